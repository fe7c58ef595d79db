import type { Locale } from '../locales/index.ts';

export interface ConsentTextsWords {
  readonly title: string;
  readonly lead: string;
  readonly text: string;
  readonly version: string;
  readonly state: string;
  readonly made: string;
  readonly unreviewed: string;
  readonly reviewed: string;
  readonly open: string;
  readonly leadField: string;
  readonly hours: string;
  readonly hoursHint: string;
  readonly heading: string;
  readonly lines: string;
  readonly linesHint: string;
  readonly questions: string;
  readonly question: string;
  readonly option: (n: number) => string;
  readonly right: string;
  readonly because: string;
  readonly declarations: string;
  readonly risksHint: string;
  readonly save: string;
  readonly saved: (version: number) => string;
  readonly review: string;
  readonly reviewHint: string;
  readonly notDone: string;
  readonly faults: Readonly<Record<string, string>>;
  readonly history: string;
}

export const consentTextsWords: Readonly<Record<Locale, ConsentTextsWords>> = {
  en: {
    title: 'Consent texts',
    lead: 'What people read and sign. A version never changes; signed consents keep theirs.',
    text: 'Text',
    version: 'Version',
    state: 'State',
    made: 'Made',
    unreviewed: 'unreviewed',
    reviewed: 'reviewed',
    open: 'Read and change',
    leadField: 'First words',
    hours: 'Time to think, hours',
    hoursHint: 'At least 24.',
    heading: 'Heading',
    lines: 'Sentences',
    linesHint: 'One paragraph a line, without markup.',
    questions: 'Questions',
    question: 'Question',
    option: (n) => `Answer ${n}`,
    right: 'right answer',
    because: 'Explanation',
    declarations: 'What is signed',
    risksHint:
      'The published risks with their counts, photographs and sources come from the program and stay as they are.',
    save: 'Save as a new version',
    saved: (version) => `Saved as version ${version}, unreviewed.`,
    review: 'I have read this version and it may be used',
    reviewHint: 'Makes a reviewed version with the same words, under your name.',
    notDone: 'Not saved',
    faults: {
      'promise-in-text': 'A word promises what nobody can keep; say it without.',
      'not-allowed': 'Your role does not allow this.',
      'bad-form': 'Something is missing or too long.',
    },
    history: 'Versions',
  },
  hi: {
    title: 'सहमति के पाठ',
    lead: 'जो लोग पढ़ते और हस्ताक्षर करते हैं। संस्करण नहीं बदलते; हस्ताक्षरित सहमति अपना संस्करण रखती है।',
    text: 'पाठ',
    version: 'संस्करण',
    state: 'स्थिति',
    made: 'बना',
    unreviewed: 'असमीक्षित',
    reviewed: 'समीक्षित',
    open: 'पढ़ें और बदलें',
    leadField: 'पहले शब्द',
    hours: 'सोचने का समय, घंटे',
    hoursHint: 'कम से कम 24।',
    heading: 'शीर्षक',
    lines: 'वाक्य',
    linesHint: 'एक पंक्ति में एक अनुच्छेद, बिना चिह्नों के।',
    questions: 'सवाल',
    question: 'सवाल',
    option: (n) => `उत्तर ${n}`,
    right: 'सही उत्तर',
    because: 'समझाना',
    declarations: 'किस पर हस्ताक्षर होते हैं',
    risksHint: 'प्रकाशित जोखिम, तस्वीरें और स्रोत प्रोग्राम से आते हैं और वैसे ही रहते हैं।',
    save: 'नए संस्करण के रूप में सहेजें',
    saved: (version) => `संस्करण ${version} सहेजा गया, असमीक्षित।`,
    review: 'मैंने यह संस्करण पढ़ा है और यह काम में आ सकता है',
    reviewHint: 'इन्हीं शब्दों का समीक्षित संस्करण आपके नाम से बनता है।',
    notDone: 'सहेजा नहीं गया',
    faults: {
      'promise-in-text': 'एक शब्द ऐसा वादा करता है जो कोई निभा नहीं सकता; उसके बिना कहें।',
      'not-allowed': 'आपकी भूमिका में इसकी अनुमति नहीं।',
      'bad-form': 'कुछ छूटा है या बहुत लंबा है।',
    },
    history: 'संस्करण',
  },
  bn: {
    title: 'সম্মতির পাঠ',
    lead: 'মানুষ যা পড়েন ও সই করেন। সংস্করণ বদলায় না; সই করা সম্মতি নিজেরটি রাখে।',
    text: 'পাঠ',
    version: 'সংস্করণ',
    state: 'অবস্থা',
    made: 'তৈরি',
    unreviewed: 'অযাচাইকৃত',
    reviewed: 'যাচাইকৃত',
    open: 'পড়ুন ও বদলান',
    leadField: 'প্রথম কথা',
    hours: 'ভাবার সময়, ঘণ্টা',
    hoursHint: 'অন্তত ২৪।',
    heading: 'শিরোনাম',
    lines: 'বাক্য',
    linesHint: 'এক লাইনে এক অনুচ্ছেদ, কোনো চিহ্ন ছাড়া।',
    questions: 'প্রশ্ন',
    question: 'প্রশ্ন',
    option: (n) => `উত্তর ${n}`,
    right: 'ঠিক উত্তর',
    because: 'ব্যাখ্যা',
    declarations: 'যাতে সই হয়',
    risksHint: 'প্রকাশিত ঝুঁকি, ছবি ও সূত্র প্রোগ্রাম থেকে আসে এবং একই থাকে।',
    save: 'নতুন সংস্করণ হিসেবে রাখুন',
    saved: (version) => `সংস্করণ ${version} রাখা হয়েছে, অযাচাইকৃত।`,
    review: 'আমি এই সংস্করণ পড়েছি, এটি ব্যবহার করা যায়',
    reviewHint: 'একই কথায় যাচাইকৃত সংস্করণ আপনার নামে তৈরি হয়।',
    notDone: 'রাখা হয়নি',
    faults: {
      'promise-in-text': 'একটি শব্দ এমন কথা দেয় যা কেউ রাখতে পারে না; তা ছাড়া বলুন।',
      'not-allowed': 'আপনার ভূমিকায় এর অনুমতি নেই।',
      'bad-form': 'কিছু বাদ পড়েছে বা বেশি লম্বা।',
    },
    history: 'সংস্করণ',
  },
  ne: {
    title: 'मञ्जुरीका पाठ',
    lead: 'मानिसले पढ्ने र हस्ताक्षर गर्ने कुरा। संस्करण बदलिँदैन; हस्ताक्षर भएको मञ्जुरीले आफ्नै राख्छ।',
    text: 'पाठ',
    version: 'संस्करण',
    state: 'अवस्था',
    made: 'बनेको',
    unreviewed: 'असमीक्षित',
    reviewed: 'समीक्षित',
    open: 'पढ्नुहोस् र बदल्नुहोस्',
    leadField: 'पहिलो शब्द',
    hours: 'सोच्ने समय, घण्टा',
    hoursHint: 'कम्तीमा २४।',
    heading: 'शीर्षक',
    lines: 'वाक्य',
    linesHint: 'एक हरफमा एक अनुच्छेद, चिह्नबिना।',
    questions: 'प्रश्न',
    question: 'प्रश्न',
    option: (n) => `उत्तर ${n}`,
    right: 'सही उत्तर',
    because: 'व्याख्या',
    declarations: 'केमा हस्ताक्षर हुन्छ',
    risksHint: 'प्रकाशित जोखिम, तस्बिर र स्रोत प्रोग्रामबाट आउँछन् र उस्तै रहन्छन्।',
    save: 'नयाँ संस्करणका रूपमा राख्नुहोस्',
    saved: (version) => `संस्करण ${version} राखियो, असमीक्षित।`,
    review: 'मैले यो संस्करण पढेँ, यो प्रयोग गर्न सकिन्छ',
    reviewHint: 'यिनै शब्दको समीक्षित संस्करण तपाईंको नाममा बन्छ।',
    notDone: 'राखिएन',
    faults: {
      'promise-in-text': 'एउटा शब्दले कसैले राख्न नसक्ने वाचा गर्छ; त्यसबिना भन्नुहोस्।',
      'not-allowed': 'तपाईंको भूमिकामा अनुमति छैन।',
      'bad-form': 'केही छुटेको छ वा धेरै लामो छ।',
    },
    history: 'संस्करण',
  },
};
