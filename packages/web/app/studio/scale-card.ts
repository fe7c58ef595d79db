import { renderDocument } from '@undertone/clinic/documents/index.ts';
import { drawScaleCard } from '@undertone/engine/photo/index.ts';
import type { Locale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import type { Route } from './+types/scale-card.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

/** `/desk/scale-card.pdf`: the card that gives a photograph its millimetres, at true scale. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const language = localeOf(request);
  const { title, alt, use } = words[language];
  const pdf = await renderDocument(clinic, actorOf(context).tenantId, {
    kind: 'letter',
    language,
    title,
    blocks: [
      { kind: 'list', items: use, numbered: true },
      {
        kind: 'pictures',
        pictures: [{ bytes: new TextEncoder().encode(drawScaleCard()), alt, widthMm: 86 }],
      },
    ],
  });
  return new Response(pdf as Uint8Array<ArrayBuffer>, {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'inline; filename="scale-card.pdf"',
      'Cache-Control': 'private, max-age=3600',
    },
  });
}

const words: Readonly<Record<Locale, { title: string; alt: string; use: readonly string[] }>> = {
  en: {
    title: 'Scale card',
    alt: 'Four square markers, a ramp of greys and a ruler of 50 mm',
    use: [
      'Print at actual size on matt white paper, and cut along the line.',
      'The ruler on the card must measure 50 mm. If it does not, the printer has scaled the page.',
      'Lay it beside the skin, flat and at the same depth, whole in the picture, in the same light.',
      'It gives millimetres and takes out the tint of the light. It is not a colour standard.',
      'Throw it away after each person, or cover it with film that can be wiped.',
    ],
  },
  hi: {
    title: 'माप कार्ड',
    alt: 'चार चौकोर चिह्न, धूसर की सीढ़ी और 50 मिमी की पट्टी',
    use: [
      'असली आकार में बिना चमक वाले सफ़ेद काग़ज़ पर छापें और रेखा पर काटें।',
      'कार्ड की पट्टी 50 मिमी होनी चाहिए। न हो तो प्रिंटर ने पृष्ठ छोटा-बड़ा किया है।',
      'त्वचा के पास, सपाट और उसी गहराई पर, पूरा चित्र में, उसी रोशनी में रखें।',
      'यह मिलीमीटर बताता है और रोशनी का रंग हटाता है। यह रंग का मानक नहीं है।',
      'हर व्यक्ति के बाद फेंक दें, या पोंछी जा सकने वाली परत से ढकें।',
    ],
  },
  bn: {
    title: 'মাপের কার্ড',
    alt: 'চারটি চৌকো চিহ্ন, ধূসরের ধাপ আর ৫০ মিমি স্কেল',
    use: [
      'আসল মাপে চকচকে নয় এমন সাদা কাগজে ছাপুন, দাগ ধরে কাটুন।',
      'কার্ডের স্কেল ৫০ মিমি হতে হবে। না হলে প্রিন্টার পাতার মাপ বদলেছে।',
      'ত্বকের পাশে, সমান ও একই গভীরতায়, পুরোটা ছবিতে, একই আলোয় রাখুন।',
      'এটি মিলিমিটার দেয় ও আলোর আভা সরায়। এটি রঙের মানদণ্ড নয়।',
      'প্রতি জনের পরে ফেলে দিন, বা মোছা যায় এমন আবরণে ঢাকুন।',
    ],
  },
  ne: {
    title: 'नाप कार्ड',
    alt: 'चार वटा चौकोर चिन्ह, खैरोको सिँढी र ५० मिमीको स्केल',
    use: [
      'वास्तविक आकारमा नचम्किने सेतो कागजमा छाप्नुहोस् र रेखामा काट्नुहोस्।',
      'कार्डको स्केल ५० मिमी हुनुपर्छ। नभए प्रिन्टरले पृष्ठको आकार बदलेको छ।',
      'छालाको छेउमा, समतल र उही गहिराइमा, पूरै तस्बिरमा, उही उज्यालोमा राख्नुहोस्।',
      'यसले मिलिमिटर दिन्छ र उज्यालोको आभा हटाउँछ। यो रङको मानक होइन।',
      'हरेक व्यक्तिपछि फाल्नुहोस्, वा पुछ्न मिल्ने आवरणले ढाक्नुहोस्।',
    ],
  },
};
