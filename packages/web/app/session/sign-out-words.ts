import type { Locale } from '../locales/index.ts';

interface SignOutWords {
  readonly title: string;
  /** What a session's tablet has not sent yet, and how to send it. */
  readonly entries: (n: number) => string;
  /** Studio work that only this device has, and how to keep it. */
  readonly drafts: (n: number) => string;
  readonly lost: string;
  readonly lose: string;
  readonly stay: string;
}

/** On their own, because every page of the desk can sign out. */
export const signOutWords: Readonly<Record<Locale, SignOutWords>> = {
  en: {
    title: 'Something is not yet saved',
    entries: (n) =>
      `Entries of sessions that have not reached the server: ${n}. Open the session with a line, and they are sent.`,
    drafts: (n) =>
      `Studio work that only this device has: ${n}. Open it in the studio with a line and choose the patient, and it is kept.`,
    lost: 'Signing out deletes it here.',
    lose: 'Sign out and lose it',
    stay: 'Stay',
  },
  hi: {
    title: 'कुछ अभी सहेजा नहीं गया',
    entries: (n) => `सत्रों की प्रविष्टियाँ जो सर्वर तक नहीं पहुँचीं: ${n}। नेटवर्क के साथ सत्र खोलें, वे भेज दी जाएँगी।`,
    drafts: (n) =>
      `स्टूडियो का काम जो केवल इस उपकरण पर है: ${n}। नेटवर्क के साथ उसे स्टूडियो में खोलें और मरीज़ चुनें, वह सहेज लिया जाएगा।`,
    lost: 'साइन आउट करने से यह यहाँ से मिट जाएगा।',
    lose: 'साइन आउट करें और खो दें',
    stay: 'रुकें',
  },
  bn: {
    title: 'কিছু এখনও সংরক্ষিত নয়',
    entries: (n) => `সেশনের যেসব লেখা সার্ভারে পৌঁছায়নি: ${n}। নেটওয়ার্কসহ সেশন খুলুন, সেগুলি পাঠানো হবে।`,
    drafts: (n) => `স্টুডিওর যে কাজ শুধু এই যন্ত্রে আছে: ${n}। নেটওয়ার্কসহ স্টুডিওতে খুলুন ও রোগী বেছে নিন, তাহলে রাখা হবে।`,
    lost: 'সাইন আউট করলে এখান থেকে মুছে যাবে।',
    lose: 'সাইন আউট করুন ও হারান',
    stay: 'থাকুন',
  },
  ne: {
    title: 'केही अझै सुरक्षित छैन',
    entries: (n) => `सर्भरमा नपुगेका सत्रका लेखाइ: ${n}। नेटवर्कसहित सत्र खोल्नुहोस्, ती पठाइन्छन्।`,
    drafts: (n) =>
      `यो उपकरणमा मात्र भएको स्टुडियोको काम: ${n}। नेटवर्कसहित स्टुडियोमा खोलेर बिरामी छान्नुहोस्, सुरक्षित हुन्छ।`,
    lost: 'साइन आउट गरे यहाँबाट मेटिन्छ।',
    lose: 'साइन आउट गरेर गुमाउने',
    stay: 'बस्ने',
  },
};
