import type { Locale } from '../locales/index.ts';

interface SignOutWords {
  readonly title: string;
  readonly text: (n: number) => string;
  readonly lose: string;
  readonly stay: string;
}

/** On their own, because every page of the desk can sign out. */
export const signOutWords: Readonly<Record<Locale, SignOutWords>> = {
  en: {
    title: 'Entries are not yet saved',
    text: (n) =>
      `${n} on this tablet have not reached the server. Signing out deletes them. Open the session with a line first, or sign out and lose them.`,
    lose: 'Sign out and lose them',
    stay: 'Stay',
  },
  hi: {
    title: 'कुछ अभी सहेजा नहीं गया',
    text: (n) =>
      `इस टैबलेट की ${n} प्रविष्टियाँ सर्वर तक नहीं पहुँचीं। साइन आउट करने से वे मिट जाएँगी। पहले नेटवर्क के साथ सत्र खोलें, या साइन आउट करके उन्हें खो दें।`,
    lose: 'साइन आउट करें और खो दें',
    stay: 'रुकें',
  },
  bn: {
    title: 'কিছু এখনও সংরক্ষিত নয়',
    text: (n) =>
      `এই ট্যাবলেটের ${n}টি লেখা সার্ভারে পৌঁছায়নি। সাইন আউট করলে মুছে যাবে। আগে নেটওয়ার্কসহ সেশন খুলুন, অথবা সাইন আউট করে সেগুলি হারান।`,
    lose: 'সাইন আউট করুন ও হারান',
    stay: 'থাকুন',
  },
  ne: {
    title: 'केही अझै सुरक्षित छैन',
    text: (n) =>
      `यो ट्याब्लेटका ${n} लेखाइ सर्भरमा पुगेका छैनन्। साइन आउट गरे मेटिन्छन्। पहिले नेटवर्कसहित सत्र खोल्नुहोस्, वा साइन आउट गरेर ती गुमाउनुहोस्।`,
    lose: 'साइन आउट गरेर गुमाउने',
    stay: 'बस्ने',
  },
};
