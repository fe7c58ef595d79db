import type { Locale } from '../locales/index.ts';

interface DeskPictureWords {
  readonly title: string;
  readonly lead: string;
  readonly alt: string;
  readonly consented: (when: string) => string;
  readonly gone: string;
  readonly remove: string;
  readonly removeWhy: string;
  readonly removed: string;
  readonly back: string;
}

/** Words of the desk's page with a visitor's preview picture. */
export const deskPictureWords: Readonly<Record<Locale, DeskPictureWords>> = {
  en: {
    title: 'Preview picture',
    lead: 'Calculated on the visitor’s device and marked there. It is what they have in mind, not a plan and not a promise. Looking at it is recorded.',
    alt: 'The visitor’s marked preview picture',
    consented: (when) => `Sent by the visitor’s own tick, ${when}.`,
    gone: 'There is no picture with this booking: none was sent, it was taken back, or the booking has ended.',
    remove: 'Delete the picture',
    removeWhy: 'When the person asks for it by telephone or in the clinic. It cannot be brought back.',
    removed: 'The picture has been deleted.',
    back: 'Back to the inbox',
  },
  hi: {
    title: 'पूर्वावलोकन तस्वीर',
    lead: 'आगंतुक के उपकरण पर गणना से बनी और वहीं चिह्नित। यह उनका विचार है, योजना नहीं और वादा नहीं। इसे देखना दर्ज होता है।',
    alt: 'आगंतुक की चिह्नित पूर्वावलोकन तस्वीर',
    consented: (when) => `आगंतुक के अपने निशान से भेजी गई, ${when}।`,
    gone: 'इस बुकिंग के साथ कोई तस्वीर नहीं: भेजी नहीं गई, वापस ली गई, या बुकिंग समाप्त हो गई।',
    remove: 'तस्वीर मिटाएँ',
    removeWhy: 'जब व्यक्ति फ़ोन पर या क्लिनिक में कहे। इसे लौटाया नहीं जा सकता।',
    removed: 'तस्वीर मिटा दी गई है।',
    back: 'इनबॉक्स पर वापस',
  },
  bn: {
    title: 'পূর্বরূপের ছবি',
    lead: 'আগন্তুকের যন্ত্রে হিসাব করা ও সেখানেই চিহ্নিত। এটি তাঁর ভাবনা, পরিকল্পনা নয়, প্রতিশ্রুতিও নয়। দেখলে তা লেখা থাকে।',
    alt: 'আগন্তুকের চিহ্নিত পূর্বরূপের ছবি',
    consented: (when) => `আগন্তুকের নিজের টিকে পাঠানো, ${when}।`,
    gone: 'এই বুকিংয়ের সঙ্গে ছবি নেই: পাঠানো হয়নি, ফিরিয়ে নেওয়া হয়েছে, বা বুকিং শেষ হয়েছে।',
    remove: 'ছবি মুছুন',
    removeWhy: 'মানুষটি ফোনে বা ক্লিনিকে বললে। আর ফেরানো যায় না।',
    removed: 'ছবিটি মুছে ফেলা হয়েছে।',
    back: 'ইনবক্সে ফিরুন',
  },
  ne: {
    title: 'पूर्वावलोकन तस्बिर',
    lead: 'आगन्तुकको यन्त्रमा हिसाब गरिएको र त्यहीँ चिन्ह लगाइएको। यो उहाँको विचार हो, योजना होइन, वाचा होइन। हेरेको कुरा लेखिन्छ।',
    alt: 'आगन्तुकको चिन्ह लगाइएको पूर्वावलोकन तस्बिर',
    consented: (when) => `आगन्तुकको आफ्नै चिन्हले पठाइएको, ${when}।`,
    gone: 'यो बुकिङसँग तस्बिर छैन: पठाइएन, फिर्ता लिइयो, वा बुकिङ सकियो।',
    remove: 'तस्बिर मेटाउनुहोस्',
    removeWhy: 'व्यक्तिले फोनमा वा क्लिनिकमा भनेमा। फेरि फर्काउन सकिँदैन।',
    removed: 'तस्बिर मेटिएको छ।',
    back: 'इनबक्समा फर्कनुहोस्',
  },
};
