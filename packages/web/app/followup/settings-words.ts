import type { Locale } from '../locales/index.ts';

interface SettingsWords {
  readonly title: string;
  readonly lead: string;
  readonly ofCountry: (country: string) => string;
  readonly emergency: string;
  readonly second: string;
  readonly third: string;
  readonly crisisName: string;
  readonly crisisNumber: string;
  readonly optional: string;
  readonly wrong: string;
  readonly save: string;
  readonly saved: string;
}

export const settingsWords: Readonly<Record<Locale, SettingsWords>> = {
  en: {
    title: 'Emergency numbers',
    lead: 'Patients see them on the page of a check-in. Try each before you save it.',
    ofCountry: (country) => `These are the numbers of the country (${country}), not yet reviewed.`,
    emergency: 'Emergency number, the first to try',
    second: 'Second emergency number',
    third: 'Third emergency number',
    crisisName: 'Crisis line, name',
    crisisNumber: 'Crisis line, number',
    optional: 'optional',
    wrong: 'Give a telephone number, for instance 112.',
    save: 'Save',
    saved: 'Saved.',
  },
  hi: {
    title: 'आपात नंबर',
    lead: 'मरीज़ इन्हें हालचाल के पन्ने पर देखते हैं। सहेजने से पहले हर नंबर जाँच लें।',
    ofCountry: (country) => `ये देश (${country}) के नंबर हैं, समीक्षा बाक़ी।`,
    emergency: 'आपात नंबर, सबसे पहले',
    second: 'दूसरा आपात नंबर',
    third: 'तीसरा आपात नंबर',
    crisisName: 'संकट लाइन, नाम',
    crisisNumber: 'संकट लाइन, नंबर',
    optional: 'ज़रूरी नहीं',
    wrong: 'टेलीफ़ोन नंबर दें, जैसे 112।',
    save: 'सहेजें',
    saved: 'सहेजा गया।',
  },
  bn: {
    title: 'জরুরি নম্বর',
    lead: 'রোগীরা খোঁজের পাতায় এগুলি দেখেন। সংরক্ষণের আগে প্রতিটি যাচাই করুন।',
    ofCountry: (country) => `এগুলি দেশের (${country}) নম্বর, পর্যালোচনা হয়নি।`,
    emergency: 'জরুরি নম্বর, সবার আগে',
    second: 'দ্বিতীয় জরুরি নম্বর',
    third: 'তৃতীয় জরুরি নম্বর',
    crisisName: 'সংকট লাইন, নাম',
    crisisNumber: 'সংকট লাইন, নম্বর',
    optional: 'না দিলেও চলে',
    wrong: 'একটি টেলিফোন নম্বর দিন, যেমন 112।',
    save: 'সংরক্ষণ',
    saved: 'সংরক্ষিত।',
  },
  ne: {
    title: 'आपत नम्बर',
    lead: 'बिरामीले हालखबरको पानामा यी देख्छन्। राख्नुअघि हरेक जाँच्नुहोस्।',
    ofCountry: (country) => `यी देश (${country}) का नम्बर हुन्, समीक्षा बाँकी।`,
    emergency: 'आपत नम्बर, सबैभन्दा पहिले',
    second: 'दोस्रो आपत नम्बर',
    third: 'तेस्रो आपत नम्बर',
    crisisName: 'संकट लाइन, नाम',
    crisisNumber: 'संकट लाइन, नम्बर',
    optional: 'नदिए पनि हुन्छ',
    wrong: 'टेलिफोन नम्बर दिनुहोस्, जस्तै 112।',
    save: 'राख्नुहोस्',
    saved: 'राखियो।',
  },
};
