import type { Locale } from '../locales/index.ts';

interface WaitlistDeskWords {
  readonly title: string;
  readonly lead: string;
  readonly nobody: string;
  readonly nobodyText: string;
  readonly since: (when: string) => string;
  readonly days: (from: string, to: string) => string;
  readonly hours: (from: string, to: string) => string;
  readonly waits: string;
  readonly held: (at: string, until: string) => string;
  readonly mail: string;
  readonly remove: string;
  readonly removed: string;
  /** Of a person who waits no more. */
  readonly gone: string;
  /** Opens a WhatsApp message, in the person's own language. */
  readonly greeting: (name: string, clinic: string) => string;
}

/** Words of the waiting list at the desk. */
export const waitlistDeskWords: Readonly<Record<Locale, WaitlistDeskWords>> = {
  en: {
    title: 'Waiting list',
    lead: 'People who want an earlier time. A time that becomes free is held for whoever has waited longest and can use it, and the link goes out by itself.',
    nobody: 'Nobody is waiting',
    nobodyText: 'Who finds no time that suits goes on the list from the booking page.',
    since: (when) => `since ${when}`,
    days: (from, to) => `${from} to ${to}`,
    hours: (from, to) => `between ${from} and ${to}`,
    waits: 'Waiting',
    held: (at, until) => `Held: ${at}, until ${until}`,
    mail: 'Write an e-mail',
    remove: 'Take off the list',
    removed: 'Taken off the list. A time that was held goes to the next person; nobody was written to.',
    gone: 'This person does not wait any more. Please look again.',
    greeting: (name, clinic) =>
      `Hello ${name}, this is ${clinic}. It is about your place on the waiting list.`,
  },
  hi: {
    title: 'प्रतीक्षा सूची',
    lead: 'वे लोग जो पहले का समय चाहते हैं। खाली हुआ समय उसके लिए रोका जाता है जो सबसे देर से प्रतीक्षा में है और आ सकता है; लिंक अपने आप जाता है।',
    nobody: 'कोई प्रतीक्षा में नहीं',
    nobodyText: 'जिसे कोई समय ठीक नहीं लगता, वह बुकिंग पेज से सूची में आता है।',
    since: (when) => `${when} से`,
    days: (from, to) => `${from} से ${to} तक`,
    hours: (from, to) => `${from} और ${to} के बीच`,
    waits: 'प्रतीक्षा में',
    held: (at, until) => `रोका गया: ${at}, ${until} तक`,
    mail: 'ई-मेल लिखें',
    remove: 'सूची से हटाएँ',
    removed: 'सूची से हटाया गया। रोका हुआ समय अगले व्यक्ति को मिलेगा; किसी को संदेश नहीं गया।',
    gone: 'यह व्यक्ति अब प्रतीक्षा में नहीं है। कृपया फिर देखें।',
    greeting: (name, clinic) => `नमस्ते ${name}, हम ${clinic} से हैं। बात प्रतीक्षा सूची में आपके स्थान की है।`,
  },
  bn: {
    title: 'অপেক্ষার তালিকা',
    lead: 'যাঁরা আগের সময় চান। কোনো সময় খালি হলে যিনি সবচেয়ে বেশি দিন অপেক্ষায় ও আসতে পারেন তাঁর জন্য রাখা হয়; লিঙ্ক নিজে থেকেই যায়।',
    nobody: 'কেউ অপেক্ষায় নেই',
    nobodyText: 'যিনি সুবিধার সময় পান না, তিনি বুকিং পাতা থেকে তালিকায় আসেন।',
    since: (when) => `${when} থেকে`,
    days: (from, to) => `${from} থেকে ${to}`,
    hours: (from, to) => `${from} ও ${to}-এর মধ্যে`,
    waits: 'অপেক্ষায়',
    held: (at, until) => `রাখা আছে: ${at}, ${until} পর্যন্ত`,
    mail: 'ই-মেল লিখুন',
    remove: 'তালিকা থেকে সরান',
    removed: 'তালিকা থেকে সরানো হয়েছে। রাখা সময় পরের জন পাবেন; কাউকে বার্তা যায়নি।',
    gone: 'এই মানুষটি আর অপেক্ষায় নেই। আবার দেখুন।',
    greeting: (name, clinic) => `নমস্কার ${name}, ${clinic} থেকে বলছি। অপেক্ষার তালিকায় আপনার জায়গার বিষয়ে।`,
  },
  ne: {
    title: 'प्रतीक्षा सूची',
    lead: 'पहिलेको समय चाहने मानिसहरू। खाली भएको समय सबैभन्दा लामो समयदेखि पर्खिरहेका र आउन सक्नेका लागि राखिन्छ; लिंक आफैं जान्छ।',
    nobody: 'कोही प्रतीक्षामा छैन',
    nobodyText: 'मिल्ने समय नपाउने व्यक्ति बुकिङ पृष्ठबाट सूचीमा आउँछन्।',
    since: (when) => `${when} देखि`,
    days: (from, to) => `${from} देखि ${to} सम्म`,
    hours: (from, to) => `${from} र ${to} बीच`,
    waits: 'प्रतीक्षामा',
    held: (at, until) => `राखिएको: ${at}, ${until} सम्म`,
    mail: 'इमेल लेख्नुहोस्',
    remove: 'सूचीबाट हटाउनुहोस्',
    removed: 'सूचीबाट हटाइयो। राखिएको समय अर्को व्यक्तिले पाउनेछन्; कसैलाई सन्देश गएन।',
    gone: 'यो व्यक्ति अब प्रतीक्षामा छैन। कृपया फेरि हेर्नुहोस्।',
    greeting: (name, clinic) => `नमस्ते ${name}, हामी ${clinic} बाट बोल्दै छौं। प्रतीक्षा सूचीमा तपाईंको ठाउँबारे हो।`,
  },
};
