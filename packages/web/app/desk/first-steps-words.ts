import type { Locale } from '../locales/index.ts';
import type { FirstStep } from './first-steps-list.ts';

interface FirstStepsWords {
  readonly title: string;
  readonly lead: string;
  readonly done: string;
  /** Before the names of the texts. */
  readonly sampleTexts: string;
  readonly sampleTextsWhy: string;
  readonly steps: Readonly<Record<FirstStep, readonly [name: string, why: string]>>;
}

/** Words of what a clinic that has just been opened needs. */
export const firstStepsWords: Readonly<Record<Locale, FirstStepsWords>> = {
  en: {
    title: 'Open the clinic',
    lead: 'About an hour, in this order. Everything can be changed later.',
    done: 'done',
    sampleTexts: 'These public texts name another clinic',
    sampleTextsWhy:
      'They are the sample clinic’s, as this clinic was opened with. Visitors read them until you write your own.',
    steps: {
      hours: ['Opening hours', 'When visits may begin and end, for each weekday.'],
      rooms: ['Rooms', 'At least one; two visits are never put into the same room.'],
      people: ['People who treat', 'Who they are, where they work and which services they give.'],
      prices: ['Prices and tax', 'The clinic’s name on invoices, the rates of tax, the price list.'],
      pigments: ['Pigments', 'The measured set that plans mix from.'],
      texts: ['Public texts', 'Read what ships, correct it, have it reviewed.'],
      consent: ['Consent texts', 'Read them in each language before the first signature.'],
      staff: ['Staff accounts', 'A sign-in of their own for everybody who works here.'],
      services: ['Services', 'Length, room and price of each. From here on visitors can book.'],
    },
  },
  hi: {
    title: 'क्लिनिक शुरू करें',
    lead: 'लगभग एक घंटा, इसी क्रम में। बाद में सब बदला जा सकता है।',
    done: 'हो गया',
    sampleTexts: 'ये सार्वजनिक पाठ किसी और क्लिनिक का नाम लेते हैं',
    sampleTextsWhy: 'ये नमूना क्लिनिक के हैं, जिनके साथ यह क्लिनिक शुरू हुआ था। आपके अपने लिखने तक आगंतुक यही पढ़ते हैं।',
    steps: {
      hours: ['खुलने का समय', 'हर दिन मुलाक़ातें कब शुरू और कब ख़त्म हो सकती हैं।'],
      rooms: ['कमरे', 'कम से कम एक; एक ही कमरे में एक साथ दो मुलाक़ातें नहीं रखी जातीं।'],
      people: ['उपचार करने वाले', 'वे कौन हैं, कहाँ काम करते हैं और कौन-सी सेवाएँ देते हैं।'],
      prices: ['मूल्य और कर', 'बिल पर क्लिनिक का नाम, कर की दरें, मूल्य सूची।'],
      pigments: ['रंजक', 'मापा हुआ संग्रह जिससे योजनाएँ रंग मिलाती हैं।'],
      texts: ['सार्वजनिक पाठ', 'साथ आए पाठ पढ़ें, सुधारें, समीक्षा कराएँ।'],
      consent: ['सहमति के पाठ', 'पहले हस्ताक्षर से पहले हर भाषा में पढ़ें।'],
      staff: ['कर्मचारियों के खाते', 'यहाँ काम करने वाले हर व्यक्ति का अपना प्रवेश।'],
      services: ['सेवाएँ', 'हर एक की अवधि, कमरा और मूल्य। इसके बाद आगंतुक समय ले सकते हैं।'],
    },
  },
  bn: {
    title: 'ক্লিনিক চালু করুন',
    lead: 'প্রায় এক ঘণ্টা, এই ক্রমে। পরে সবই বদলানো যায়।',
    done: 'হয়েছে',
    sampleTexts: 'এই প্রকাশ্য লেখাগুলি অন্য ক্লিনিকের নাম বলে',
    sampleTextsWhy:
      'এগুলি নমুনা ক্লিনিকের, যা নিয়ে এই ক্লিনিক খোলা হয়েছিল। আপনারা নিজেদের না লেখা পর্যন্ত দর্শকরা এগুলিই পড়েন।',
    steps: {
      hours: ['খোলার সময়', 'প্রতিদিন সাক্ষাৎ কখন শুরু ও শেষ হতে পারে।'],
      rooms: ['ঘর', 'অন্তত একটি; একই ঘরে একসঙ্গে দুটি সাক্ষাৎ রাখা হয় না।'],
      people: ['যাঁরা চিকিৎসা করেন', 'তাঁরা কারা, কোথায় কাজ করেন, কোন পরিষেবা দেন।'],
      prices: ['দাম ও কর', 'বিলে ক্লিনিকের নাম, করের হার, দামের তালিকা।'],
      pigments: ['রঞ্জক', 'মাপা সংগ্রহ, যা থেকে পরিকল্পনা রং মেলায়।'],
      texts: ['প্রকাশ্য লেখা', 'সঙ্গে আসা লেখা পড়ুন, শুধরে নিন, পর্যালোচনা করান।'],
      consent: ['সম্মতির লেখা', 'প্রথম স্বাক্ষরের আগে প্রতিটি ভাষায় পড়ুন।'],
      staff: ['কর্মীদের অ্যাকাউন্ট', 'এখানে যাঁরা কাজ করেন, প্রত্যেকের নিজের প্রবেশ।'],
      services: ['পরিষেবা', 'প্রতিটির সময়, ঘর ও দাম। এরপর দর্শকরা সময় নিতে পারেন।'],
    },
  },
  ne: {
    title: 'क्लिनिक सुरु गर्नुहोस्',
    lead: 'करिब एक घण्टा, यही क्रममा। पछि सबै बदल्न सकिन्छ।',
    done: 'भयो',
    sampleTexts: 'यी सार्वजनिक पाठले अर्कै क्लिनिकको नाम लिन्छन्',
    sampleTextsWhy: 'यी नमुना क्लिनिकका हुन्, जसबाट यो क्लिनिक सुरु भएको थियो। तपाईंहरूले आफ्नै नलेखेसम्म आगन्तुकले यिनै पढ्छन्।',
    steps: {
      hours: ['खुल्ने समय', 'हरेक दिन भेट कहिले सुरु र कहिले अन्त्य हुन सक्छ।'],
      rooms: ['कोठा', 'कम्तीमा एउटा; एउटै कोठामा एकै पटक दुई भेट राखिँदैन।'],
      people: ['उपचार गर्नेहरू', 'उनीहरू को हुन्, कहाँ काम गर्छन्, कुन सेवा दिन्छन्।'],
      prices: ['मूल्य र कर', 'बिलमा क्लिनिकको नाम, करका दर, मूल्य सूची।'],
      pigments: ['रङ्गद्रव्य', 'नापिएको सङ्ग्रह, जसबाट योजनाले रङ मिसाउँछ।'],
      texts: ['सार्वजनिक पाठ', 'साथमा आएका पाठ पढ्नुहोस्, सच्याउनुहोस्, समीक्षा गराउनुहोस्।'],
      consent: ['सहमतिका पाठ', 'पहिलो हस्ताक्षरअघि हरेक भाषामा पढ्नुहोस्।'],
      staff: ['कर्मचारीका खाता', 'यहाँ काम गर्ने हरेकको आफ्नै प्रवेश।'],
      services: ['सेवाहरू', 'हरेकको अवधि, कोठा र मूल्य। त्यसपछि आगन्तुकले समय लिन सक्छन्।'],
    },
  },
};
