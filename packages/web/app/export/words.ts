import type { ExportState } from '@undertone/clinic/export/schema.ts';
import type { Locale } from '../locales/index.ts';

/** Words about copies of a record, at the desk and for the patient. Not yet read by a native speaker. */
export interface ExportWords {
  readonly title: string;
  readonly lead: string;
  readonly make: string;
  readonly making: string;
  readonly asked: string;
  readonly byPatient: string;
  readonly until: string;
  readonly fetch: (size: string) => string;
  /** Head of the column with what to fetch. */
  readonly copy: string;
  readonly none: string;
  readonly state: string;
  readonly states: Readonly<Record<ExportState, string>>;
  readonly linkTitle: string;
  readonly linkText: string;
  readonly makeLink: string;
  readonly linkMade: (until: string) => string;
  readonly ownTitle: string;
  readonly ownLead: (clinic: string) => string;
  readonly ownMake: string;
  readonly ownMaking: string;
  readonly reload: string;
  readonly keep: string;
  readonly proveLead: string;
  readonly birthDate: string;
  readonly phoneEnd: string;
  readonly go: string;
  readonly gone: string;
  readonly refusals: Readonly<Record<string, string>>;
}

export const exportWords: Readonly<Record<Locale, ExportWords>> = {
  en: {
    title: 'Copy of the record',
    lead: 'Everything the clinic keeps about this person in one zip: a page to read in their language, documents, photographs, all data, and FHIR for another clinic. It is kept encrypted for a week.',
    make: 'Make a copy',
    making: 'The copy is being made. Reload this page in a moment.',
    asked: 'Asked',
    byPatient: 'by the patient',
    until: 'Kept until',
    fetch: (size) => `Fetch (${size})`,
    copy: 'Copy',
    none: 'No copy was asked for yet.',
    state: 'State',
    states: {
      queued: 'being made',
      ready: 'ready',
      failed: 'could not be made',
      cancelled: 'given up',
      expired: 'removed',
    },
    linkTitle: 'Let the patient fetch it',
    linkText:
      'Give the patient this link. It asks for the date of birth or the end of the telephone number first.',
    makeLink: 'Make a link',
    linkMade: (until) => `The link works until ${until}. It is shown this once.`,
    ownTitle: 'Your record',
    ownLead: (clinic) =>
      `A copy of everything ${clinic} keeps about you: documents, photographs and all data.`,
    ownMake: 'Make my copy',
    ownMaking: 'Your copy is being made. This takes a minute or two.',
    reload: 'Look again',
    keep: 'The copy holds health data. Keep it where only you can open it.',
    proveLead: 'First show that it is you.',
    birthDate: 'Your date of birth',
    phoneEnd: 'The last four digits of your telephone number',
    go: 'Go on',
    gone: 'This link does not work',
    refusals: {
      'link-unknown': 'This link is not known here. Please copy it whole, or ask the clinic for a new one.',
      'link-expired': 'This link has expired. Please ask the clinic for a new one.',
      'proof-wrong': 'This is not what the clinic has. Please check it.',
      'too-many-requests': 'Too many tries. Please wait an hour, or call the clinic.',
      'already-asked': 'A copy was asked for already.',
      'nothing-to-ask':
        'The record has neither date of birth nor telephone number by which the patient could show who they are. Add one first.',
      merged: 'This record was merged into another one. Open that one.',
      other: 'This could not be done. Please try again.',
    },
  },
  hi: {
    title: 'रिकॉर्ड की प्रति',
    lead: 'इस व्यक्ति के बारे में क्लिनिक जो कुछ रखता है, एक zip में: उनकी भाषा में पढ़ने का पन्ना, दस्तावेज़, फ़ोटो, सारा डेटा, और दूसरे क्लिनिक के लिए FHIR। यह एक सप्ताह कूटबद्ध रखा जाता है।',
    make: 'प्रति बनाएँ',
    making: 'प्रति बन रही है। थोड़ी देर में यह पन्ना फिर खोलें।',
    asked: 'कब माँगी',
    byPatient: 'मरीज़ ने',
    until: 'कब तक रखी है',
    fetch: (size) => `लें (${size})`,
    copy: 'प्रति',
    none: 'अभी कोई प्रति नहीं माँगी गई।',
    state: 'स्थिति',
    states: { queued: 'बन रही', ready: 'तैयार', failed: 'नहीं बन सकी', cancelled: 'छोड़ दी', expired: 'हटा दी' },
    linkTitle: 'मरीज़ स्वयं ले',
    linkText: 'यह लिंक मरीज़ को दें। पहले जन्म तिथि या फ़ोन के अंतिम अंक पूछे जाते हैं।',
    makeLink: 'लिंक बनाएँ',
    linkMade: (until) => `लिंक ${until} तक चलेगा। यह एक ही बार दिखता है।`,
    ownTitle: 'आपका रिकॉर्ड',
    ownLead: (clinic) => `${clinic} आपके बारे में जो कुछ रखता है उसकी प्रति: दस्तावेज़, फ़ोटो और सारा डेटा।`,
    ownMake: 'मेरी प्रति बनाएँ',
    ownMaking: 'आपकी प्रति बन रही है। एक-दो मिनट लगते हैं।',
    reload: 'फिर देखें',
    keep: 'प्रति में स्वास्थ्य की जानकारी है। इसे वहाँ रखें जहाँ केवल आप खोल सकें।',
    proveLead: 'पहले दिखाएँ कि यह आप हैं।',
    birthDate: 'आपकी जन्म तिथि',
    phoneEnd: 'आपके फ़ोन के अंतिम चार अंक',
    go: 'आगे',
    gone: 'यह लिंक नहीं चलता',
    refusals: {
      'link-unknown': 'यह लिंक यहाँ नहीं है। पूरा कॉपी करें, या क्लिनिक से नया माँगें।',
      'link-expired': 'इस लिंक का समय बीत गया। क्लिनिक से नया माँगें।',
      'proof-wrong': 'क्लिनिक के पास यह नहीं है। कृपया जाँचें।',
      'too-many-requests': 'बहुत प्रयास हुए। एक घंटा रुकें, या क्लिनिक को फ़ोन करें।',
      'already-asked': 'प्रति पहले ही माँगी गई है।',
      'nothing-to-ask': 'रिकॉर्ड में न जन्म तिथि है न फ़ोन, जिससे पहचान हो सके। पहले एक जोड़ें।',
      merged: 'यह रिकॉर्ड दूसरे में मिला दिया गया। वह खोलें।',
      other: 'यह नहीं हो सका। कृपया फिर प्रयास करें।',
    },
  },
  bn: {
    title: 'রেকর্ডের কপি',
    lead: 'এই ব্যক্তি সম্পর্কে ক্লিনিক যা রাখে সব একটি zip-এ: তাঁর ভাষায় পড়ার পাতা, নথি, ছবি, সব তথ্য, আর অন্য ক্লিনিকের জন্য FHIR। এক সপ্তাহ এনক্রিপ্ট করে রাখা হয়।',
    make: 'কপি তৈরি করুন',
    making: 'কপি তৈরি হচ্ছে। একটু পরে পাতাটি আবার খুলুন।',
    asked: 'কখন চাওয়া',
    byPatient: 'রোগী',
    until: 'কত দিন থাকবে',
    fetch: (size) => `নিন (${size})`,
    copy: 'কপি',
    none: 'এখনও কোনো কপি চাওয়া হয়নি।',
    state: 'অবস্থা',
    states: {
      queued: 'তৈরি হচ্ছে',
      ready: 'তৈরি',
      failed: 'তৈরি করা যায়নি',
      cancelled: 'ছেড়ে দেওয়া',
      expired: 'সরানো',
    },
    linkTitle: 'রোগী নিজে নিন',
    linkText: 'এই লিঙ্কটি রোগীকে দিন। আগে জন্ম তারিখ বা ফোনের শেষ অঙ্কগুলি জানতে চাওয়া হয়।',
    makeLink: 'লিঙ্ক তৈরি করুন',
    linkMade: (until) => `লিঙ্কটি ${until} পর্যন্ত চলবে। একবারই দেখানো হয়।`,
    ownTitle: 'আপনার রেকর্ড',
    ownLead: (clinic) => `${clinic} আপনার সম্পর্কে যা রাখে তার কপি: নথি, ছবি ও সব তথ্য।`,
    ownMake: 'আমার কপি তৈরি করুন',
    ownMaking: 'আপনার কপি তৈরি হচ্ছে। এক-দুই মিনিট লাগে।',
    reload: 'আবার দেখুন',
    keep: 'কপিতে স্বাস্থ্যের তথ্য আছে। এমন জায়গায় রাখুন যেখানে শুধু আপনি খুলতে পারেন।',
    proveLead: 'আগে দেখান যে এটি আপনিই।',
    birthDate: 'আপনার জন্ম তারিখ',
    phoneEnd: 'আপনার ফোনের শেষ চার অঙ্ক',
    go: 'এগিয়ে যান',
    gone: 'এই লিঙ্কটি চলে না',
    refusals: {
      'link-unknown': 'এই লিঙ্কটি এখানে নেই। পুরোটা কপি করুন, বা ক্লিনিকের কাছে নতুন চান।',
      'link-expired': 'এই লিঙ্কের মেয়াদ শেষ। ক্লিনিকের কাছে নতুন চান।',
      'proof-wrong': 'ক্লিনিকের কাছে এটি নেই। অনুগ্রহ করে দেখুন।',
      'too-many-requests': 'অনেক চেষ্টা হয়েছে। এক ঘণ্টা অপেক্ষা করুন, বা ক্লিনিকে ফোন করুন।',
      'already-asked': 'কপি আগেই চাওয়া হয়েছে।',
      'nothing-to-ask': 'রেকর্ডে জন্ম তারিখ বা ফোন কিছুই নেই যা দিয়ে পরিচয় দেখানো যায়। আগে একটি যোগ করুন।',
      merged: 'এই রেকর্ডটি অন্যটির সঙ্গে মেলানো হয়েছে। সেটি খুলুন।',
      other: 'এটি করা যায়নি। আবার চেষ্টা করুন।',
    },
  },
  ne: {
    title: 'रेकर्डको प्रति',
    lead: 'यो व्यक्तिबारे क्लिनिकले राखेको सबै कुरा एउटै zip मा: उहाँको भाषामा पढ्ने पाना, कागजात, तस्बिर, सबै डेटा, र अर्को क्लिनिकका लागि FHIR। एक हप्ता गोप्य बनाएर राखिन्छ।',
    make: 'प्रति बनाउनुहोस्',
    making: 'प्रति बन्दै छ। एकछिनमा यो पाना फेरि खोल्नुहोस्।',
    asked: 'कहिले मागियो',
    byPatient: 'बिरामीले',
    until: 'कहिलेसम्म राखिन्छ',
    fetch: (size) => `लिनुहोस् (${size})`,
    copy: 'प्रति',
    none: 'अहिलेसम्म प्रति मागिएको छैन।',
    state: 'अवस्था',
    states: { queued: 'बन्दै', ready: 'तयार', failed: 'बन्न सकेन', cancelled: 'छोडियो', expired: 'हटाइयो' },
    linkTitle: 'बिरामी आफैँले लिनुहोस्',
    linkText: 'यो लिङ्क बिरामीलाई दिनुहोस्। पहिले जन्म मिति वा फोनका अन्तिम अङ्क सोधिन्छ।',
    makeLink: 'लिङ्क बनाउनुहोस्',
    linkMade: (until) => `लिङ्क ${until} सम्म चल्छ। एकपटक मात्र देखिन्छ।`,
    ownTitle: 'तपाईंको रेकर्ड',
    ownLead: (clinic) => `${clinic} ले तपाईंबारे राखेको सबैको प्रति: कागजात, तस्बिर र सबै डेटा।`,
    ownMake: 'मेरो प्रति बनाउनुहोस्',
    ownMaking: 'तपाईंको प्रति बन्दै छ। एक-दुई मिनेट लाग्छ।',
    reload: 'फेरि हेर्नुहोस्',
    keep: 'प्रतिमा स्वास्थ्यको जानकारी छ। तपाईंले मात्र खोल्न सक्ने ठाउँमा राख्नुहोस्।',
    proveLead: 'पहिले तपाईं नै हो भनी देखाउनुहोस्।',
    birthDate: 'तपाईंको जन्म मिति',
    phoneEnd: 'तपाईंको फोनका अन्तिम चार अङ्क',
    go: 'अगाडि',
    gone: 'यो लिङ्क चल्दैन',
    refusals: {
      'link-unknown': 'यो लिङ्क यहाँ छैन। पूरै कपी गर्नुहोस्, वा क्लिनिकसँग नयाँ माग्नुहोस्।',
      'link-expired': 'यो लिङ्कको म्याद सकियो। क्लिनिकसँग नयाँ माग्नुहोस्।',
      'proof-wrong': 'क्लिनिकसँग यो छैन। कृपया जाँच्नुहोस्।',
      'too-many-requests': 'धेरै प्रयास भयो। एक घण्टा पर्खनुहोस्, वा क्लिनिकमा फोन गर्नुहोस्।',
      'already-asked': 'प्रति पहिले नै मागिएको छ।',
      'nothing-to-ask': 'रेकर्डमा न जन्म मिति छ न फोन, जसले पहिचान होस्। पहिले एउटा थप्नुहोस्।',
      merged: 'यो रेकर्ड अर्कोमा मिलाइएको छ। त्यो खोल्नुहोस्।',
      other: 'यो हुन सकेन। फेरि प्रयास गर्नुहोस्।',
    },
  },
};

/** Bytes as people read them. */
export function sizeText(bytes: number, tag: string): string {
  const isLarge = bytes >= 1_000_000;
  return new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: 1,
  }).format(bytes / (isLarge ? 1_000_000 : 1000));
}
