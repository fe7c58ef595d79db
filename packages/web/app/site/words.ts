import type { PageKey } from '@undertone/clinic/visitor/schema.ts';
import type { Locale } from '../locales/index.ts';

/** What a visitor can do after reading, in the order that serves them: find out, look, count, come. */
export const stepKeys = ['check', 'preview', 'estimate', 'book'] as const;
export type StepKey = (typeof stepKeys)[number];

interface SiteWords {
  readonly menu: Readonly<Record<PageKey, string>>;
  readonly menuLabel: string;
  readonly sources: string;
  readonly sourcesNote: string;
  readonly unreviewed: string;
  readonly reviewedBy: (name: string, date: string) => string;
  readonly lagsBehind: string;
  readonly onlyEnglish: string;
  readonly searchLabel: string;
  readonly searchButton: string;
  readonly found: (count: number, query: string) => string;
  readonly nothingFound: (query: string) => string;
  readonly price: {
    readonly title: string;
    readonly from: (price: string) => string;
    readonly open: string;
    readonly more: string;
  };
  readonly allQuestions: string;
  readonly risk: string;
  readonly howOften: string;
  readonly onset: string;
  readonly unknown: string;
  /** For example: 3 of 1,352 (0.2 %; 0.08–0.65). */
  readonly counted: (events: string, people: string, percent: string, low: string, high: string) => string;
  readonly ratePeople: (percent: string, people: string) => string;
  /** Where the clinic has counted fewer treatments than `least`, which is the number that would be enough. */
  readonly ownRateTooFew: (treatments: string, least: string) => string;
  /** Sessions with any adverse event, and the days of the first session and of the count. */
  readonly ownRate: (rate: string, from: string, to: string) => string;
  /** Who was counted, beside the clinic's own figure of one risk. */
  readonly ownSessions: string;
  readonly published: (date: string) => string;
  readonly nextSteps: string;
  readonly steps: Readonly<Record<StepKey, { readonly title: string; readonly text: string }>>;
}

/** Words of the public site around the clinic's own texts. A language that lacks one does not compile. */
export const siteWords: Readonly<Record<Locale, SiteWords>> = {
  en: {
    menu: {
      home: 'Home',
      'how-it-works': 'How it works',
      scalp: 'Scalp',
      lip: 'Lips',
      vitiligo: 'Vitiligo',
      risks: 'Risks',
      doctor: 'Doctor',
      clinic: 'Clinic',
      prices: 'Prices',
      faq: 'Questions',
    },
    menuLabel: 'Pages',
    sources: 'Sources',
    sourcesNote:
      'A: regulator, label, guideline or reviewed paper. B: a report of one. C: a clinic’s or commercial page, which shows what is practised and proves nothing.',
    unreviewed: 'Not yet reviewed by a clinician.',
    reviewedBy: (name, date) => `Reviewed by ${name}, ${date}.`,
    lagsBehind: 'The English text is newer than this translation.',
    onlyEnglish: 'This page is not translated yet.',
    searchLabel: 'Search the questions',
    searchButton: 'Search',
    found: (count, query) => (count === 1 ? `1 answer for “${query}”` : `${count} answers for “${query}”`),
    nothingFound: (query) => `Nothing found for “${query}”. Try one word, or ask us when you book.`,
    price: {
      title: 'Price',
      from: (price) => `A visit costs from ${price}, before tax.`,
      open: 'The clinic has not given a price yet.',
      more: 'What moves it, and the range',
    },
    allQuestions: 'All questions',
    risk: 'Risk',
    howOften: 'How often, where it was counted',
    onset: 'When',
    unknown: 'unknown: nobody has counted',
    counted: (events, people, percent, low, high) =>
      `${events} of ${people} (${percent} %; 95 % interval ${low}–${high} %)`,
    ratePeople: (percent, people) => `${percent} % of ${people}`,
    ownRateTooFew: (treatments, least) =>
      `This clinic’s own rate: not stated yet. Sessions followed so far: ${treatments}; a rate is shown from ${least} on.`,
    ownRate: (rate, from, to) =>
      `This clinic’s own count of sessions with anything unwanted, ${from} to ${to}: ${rate}.`,
    ownSessions: 'this clinic, its own followed sessions',
    published: (date) => `Last published ${date}.`,
    nextSteps: 'What you can do next',
    steps: {
      check: {
        title: 'Self-check',
        text: 'Two minutes of questions: whether to book, to wait, or to see a doctor first.',
      },
      preview: {
        title: 'Preview',
        text: 'See a range of results on your own photo; it stays on your device.',
      },
      estimate: { title: 'Price estimate', text: 'A range for your case, and what moves it.' },
      book: { title: 'Book a visit', text: 'Choose a free time; move or cancel it by a link.' },
    },
  },
  hi: {
    menu: {
      home: 'शुरुआत',
      'how-it-works': 'कैसे होता है',
      scalp: 'सिर',
      lip: 'होंठ',
      vitiligo: 'विटिलिगो',
      risks: 'जोखिम',
      doctor: 'डॉक्टर',
      clinic: 'क्लिनिक',
      prices: 'क़ीमतें',
      faq: 'सवाल',
    },
    menuLabel: 'पन्ने',
    sources: 'स्रोत',
    sourcesNote:
      'A: नियामक, लेबल, दिशानिर्देश या समीक्षित शोध। B: उनकी रिपोर्ट। C: क्लिनिक या व्यावसायिक पन्ना, जो चलन दिखाता है, कुछ सिद्ध नहीं करता।',
    unreviewed: 'किसी चिकित्सक ने अभी इसकी समीक्षा नहीं की है।',
    reviewedBy: (name, date) => `समीक्षा: ${name}, ${date}।`,
    lagsBehind: 'अंग्रेज़ी पाठ इस अनुवाद से नया है।',
    onlyEnglish: 'इस पन्ने का अनुवाद अभी नहीं हुआ है।',
    searchLabel: 'सवालों में खोजें',
    searchButton: 'खोजें',
    found: (count, query) => `“${query}” के लिए ${count} जवाब`,
    nothingFound: (query) => `“${query}” के लिए कुछ नहीं मिला। एक शब्द आज़माएँ, या बुकिंग के समय पूछें।`,
    price: {
      title: 'क़ीमत',
      from: (price) => `एक मुलाक़ात ${price} से, कर अलग।`,
      open: 'क्लिनिक ने अभी क़ीमत नहीं बताई है।',
      more: 'क़ीमत किससे बदलती है, और उसकी सीमा',
    },
    allQuestions: 'सारे सवाल',
    risk: 'जोखिम',
    howOften: 'कितनी बार, जहाँ गिना गया',
    onset: 'कब',
    unknown: 'अज्ञात: किसी ने गिना नहीं',
    counted: (events, people, percent, low, high) =>
      `${people} में से ${events} (${percent} %; 95 % अंतराल ${low}–${high} %)`,
    ratePeople: (percent, people) => `${people} में ${percent} %`,
    ownRateTooFew: (treatments, least) =>
      `इस क्लिनिक की अपनी दर अभी नहीं बताई जाती। अब तक गिने गए उपचार: ${treatments}; दर ${least} उपचारों से दिखाई जाती है।`,
    ownRate: (rate, from, to) =>
      `इस क्लिनिक की अपनी गिनती, किसी भी अनचाही घटना वाले सत्र, ${from} से ${to}: ${rate}।`,
    ownSessions: 'यह क्लिनिक, अपने वे सत्र जिनका आगे का हाल पता है',
    published: (date) => `पिछला प्रकाशन: ${date}।`,
    nextSteps: 'अब आप क्या कर सकते हैं',
    steps: {
      check: { title: 'स्वयं जाँच', text: 'दो मिनट के सवाल: समय लें, रुकें, या पहले डॉक्टर से मिलें।' },
      preview: { title: 'झलक', text: 'अपनी फ़ोटो पर देखें कि कैसा दिख सकता है; फ़ोटो आपके फ़ोन पर ही रहती है।' },
      estimate: { title: 'ख़र्च का अनुमान', text: 'आपके मामले में कितना लग सकता है, और किससे घटता-बढ़ता है।' },
      book: { title: 'मुलाक़ात तय करें', text: 'ख़ाली समय चुनें; लिंक से उसे बदलें या रद्द करें।' },
    },
  },
  bn: {
    menu: {
      home: 'শুরু',
      'how-it-works': 'কীভাবে হয়',
      scalp: 'মাথা',
      lip: 'ঠোঁট',
      vitiligo: 'শ্বেতী',
      risks: 'ঝুঁকি',
      doctor: 'ডাক্তার',
      clinic: 'ক্লিনিক',
      prices: 'দাম',
      faq: 'প্রশ্ন',
    },
    menuLabel: 'পাতা',
    sources: 'সূত্র',
    sourcesNote:
      'A: নিয়ন্ত্রক, লেবেল, নির্দেশিকা বা পর্যালোচিত গবেষণা। B: তার প্রতিবেদন। C: ক্লিনিক বা ব্যবসায়িক পাতা, যা চল দেখায়, কিছু প্রমাণ করে না।',
    unreviewed: 'কোনো চিকিৎসক এখনও পর্যালোচনা করেননি।',
    reviewedBy: (name, date) => `পর্যালোচনা: ${name}, ${date}।`,
    lagsBehind: 'ইংরেজি লেখাটি এই অনুবাদের চেয়ে নতুন।',
    onlyEnglish: 'এই পাতার অনুবাদ এখনও হয়নি।',
    searchLabel: 'প্রশ্নের মধ্যে খুঁজুন',
    searchButton: 'খুঁজুন',
    found: (count, query) => `“${query}”-এর জন্য ${count}টি উত্তর`,
    nothingFound: (query) => `“${query}”-এর জন্য কিছু পাওয়া যায়নি। একটি শব্দ দিয়ে দেখুন, বা বুকিংয়ের সময় জিজ্ঞেস করুন।`,
    price: {
      title: 'দাম',
      from: (price) => `একটি সাক্ষাতের দাম ${price} থেকে, কর আলাদা।`,
      open: 'ক্লিনিক এখনও দাম জানায়নি।',
      more: 'দাম কীসে বদলায়, আর তার সীমা',
    },
    allQuestions: 'সব প্রশ্ন',
    risk: 'ঝুঁকি',
    howOften: 'কতবার, যেখানে গোনা হয়েছে',
    onset: 'কখন',
    unknown: 'অজানা: কেউ গোনেননি',
    counted: (events, people, percent, low, high) =>
      `${people} জনে ${events} (${percent} %; ৯৫ % ব্যবধান ${low}–${high} %)`,
    ratePeople: (percent, people) => `${people} জনে ${percent} %`,
    ownRateTooFew: (treatments, least) =>
      `এই ক্লিনিকের নিজস্ব হার এখনও বলা হয় না। এ পর্যন্ত গোনা চিকিৎসা: ${treatments}; ${least}টি থেকে হার দেখানো হয়।`,
    ownRate: (rate, from, to) =>
      `এই ক্লিনিকের নিজস্ব গণনা, যে কোনও অবাঞ্ছিত ঘটনার সেশন, ${from} থেকে ${to}: ${rate}।`,
    ownSessions: 'এই ক্লিনিক, যেসব সেশনের পরের খবর জানা আছে',
    published: (date) => `শেষ প্রকাশ: ${date}।`,
    nextSteps: 'এখন কী করতে পারেন',
    steps: {
      check: { title: 'নিজে যাচাই', text: 'দুই মিনিটের প্রশ্ন: সময় নেবেন, অপেক্ষা করবেন, না আগে ডাক্তার দেখাবেন।' },
      preview: { title: 'আগাম ছবি', text: 'নিজের ছবিতে দেখুন কেমন হতে পারে; ছবি আপনার ফোনেই থাকে।' },
      estimate: { title: 'খরচের আন্দাজ', text: 'আপনার ক্ষেত্রে কত হতে পারে, আর কীসে বাড়ে-কমে।' },
      book: { title: 'সাক্ষাৎ ঠিক করুন', text: 'ফাঁকা সময় বেছে নিন; লিংক দিয়ে তা বদলান বা বাতিল করুন।' },
    },
  },
  ne: {
    menu: {
      home: 'सुरु',
      'how-it-works': 'कसरी हुन्छ',
      scalp: 'टाउको',
      lip: 'ओठ',
      vitiligo: 'दुबी',
      risks: 'जोखिम',
      doctor: 'डाक्टर',
      clinic: 'क्लिनिक',
      prices: 'मूल्य',
      faq: 'प्रश्न',
    },
    menuLabel: 'पाना',
    sources: 'स्रोत',
    sourcesNote:
      'A: नियामक, लेबल, निर्देशिका वा समीक्षित अनुसन्धान। B: त्यसको प्रतिवेदन। C: क्लिनिक वा व्यावसायिक पाना, जसले चलन देखाउँछ, केही प्रमाणित गर्दैन।',
    unreviewed: 'कुनै चिकित्सकले अझै समीक्षा गरेका छैनन्।',
    reviewedBy: (name, date) => `समीक्षा: ${name}, ${date}।`,
    lagsBehind: 'अङ्ग्रेजी पाठ यो अनुवादभन्दा नयाँ छ।',
    onlyEnglish: 'यो पानाको अनुवाद अझै भएको छैन।',
    searchLabel: 'प्रश्नहरूमा खोज्नुहोस्',
    searchButton: 'खोज्नुहोस्',
    found: (count, query) => `“${query}” का लागि ${count} उत्तर`,
    nothingFound: (query) => `“${query}” का लागि केही भेटिएन। एउटा शब्द प्रयास गर्नुहोस्, वा बुकिङ गर्दा सोध्नुहोस्।`,
    price: {
      title: 'मूल्य',
      from: (price) => `एक भेटको मूल्य ${price} देखि, कर अलग।`,
      open: 'क्लिनिकले अहिलेसम्म मूल्य बताएको छैन।',
      more: 'मूल्य केले बदल्छ, र त्यसको दायरा',
    },
    allQuestions: 'सबै प्रश्न',
    risk: 'जोखिम',
    howOften: 'कति पटक, गनिएको ठाउँमा',
    onset: 'कहिले',
    unknown: 'थाहा छैन: कसैले गनेको छैन',
    counted: (events, people, percent, low, high) =>
      `${people} मध्ये ${events} (${percent} %; ९५ % अन्तराल ${low}–${high} %)`,
    ratePeople: (percent, people) => `${people} मध्ये ${percent} %`,
    ownRateTooFew: (treatments, least) =>
      `यस क्लिनिकको आफ्नै दर अझै भनिँदैन। अहिलेसम्म गनिएका उपचार: ${treatments}; दर ${least} उपचारदेखि देखाइन्छ।`,
    ownRate: (rate, from, to) =>
      `यस क्लिनिकको आफ्नै गणना, कुनै पनि नचाहेको घटना भएका सत्र, ${from} देखि ${to}: ${rate}।`,
    ownSessions: 'यो क्लिनिक, पछिको हाल थाहा भएका आफ्नै सत्र',
    published: (date) => `पछिल्लो प्रकाशन: ${date}।`,
    nextSteps: 'अब तपाईं के गर्न सक्नुहुन्छ',
    steps: {
      check: { title: 'आफैं जाँच', text: 'दुई मिनेटका प्रश्न: समय लिने, पर्खने, वा पहिले डाक्टरलाई भेट्ने।' },
      preview: { title: 'झलक', text: 'आफ्नै फोटोमा कस्तो देखिन सक्छ हेर्नुहोस्; फोटो तपाईंकै फोनमा रहन्छ।' },
      estimate: { title: 'खर्चको अनुमान', text: 'तपाईंको अवस्थामा कति लाग्न सक्छ, र केले घटबढ गर्छ।' },
      book: { title: 'भेट तय गर्नुहोस्', text: 'खाली समय छान्नुहोस्; लिङ्कबाट त्यसलाई सार्नुहोस् वा रद्द गर्नुहोस्।' },
    },
  },
};
