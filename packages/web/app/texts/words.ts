import type { TextState } from '@undertone/clinic/visitor/schema.ts';
import type { Locale } from '../locales/index.ts';

interface TextsWords {
  readonly title: string;
  readonly lead: string;
  readonly page: string;
  readonly version: string;
  readonly state: string;
  readonly states: Readonly<Record<TextState, string>>;
  readonly reviewed: (name: string) => string;
  readonly unreviewed: string;
  readonly lagging: string;
  readonly heading: string;
  readonly description: string;
  readonly body: string;
  readonly bodyHint: string;
  readonly saveDraft: string;
  readonly saved: (version: number) => string;
  readonly preview: string;
  readonly problems: string;
  readonly line: (line: number) => string;
  readonly review: string;
  readonly publish: string;
  readonly published: string;
  readonly history: string;
  readonly open: string;
  readonly all: string;
}

/** Words of the pages where staff edit the public texts. */
export const textsWords: Readonly<Record<Locale, TextsWords>> = {
  en: {
    title: 'Public texts',
    lead: 'What visitors read. Every version is kept; visitors see the published one.',
    page: 'Page',
    version: 'Version',
    state: 'State',
    states: { draft: 'draft', reviewed: 'reviewed', published: 'published', retired: 'earlier' },
    reviewed: (name) => `reviewed by ${name}`,
    unreviewed: 'not reviewed by a clinician',
    lagging: 'older than the English text',
    heading: 'Title',
    description: 'Description',
    body: 'Text',
    bodyHint: '## heading, - list, [16] source 16, [words](page:scalp) link to a page',
    saveDraft: 'Save as a new draft',
    saved: (version) => `Saved as version ${version}.`,
    preview: 'Preview',
    problems: 'Before this can be published',
    line: (line) => `Line ${line}`,
    review: 'I have reviewed this version',
    publish: 'Publish this version',
    published: 'Visitors now see this version.',
    history: 'Versions',
    open: 'Open',
    all: 'All texts',
  },
  hi: {
    title: 'सार्वजनिक पाठ',
    lead: 'जो आगंतुक पढ़ते हैं। हर संस्करण रखा जाता है; आगंतुक प्रकाशित वाला देखते हैं।',
    page: 'पन्ना',
    version: 'संस्करण',
    state: 'स्थिति',
    states: { draft: 'मसौदा', reviewed: 'समीक्षित', published: 'प्रकाशित', retired: 'पुराना' },
    reviewed: (name) => `समीक्षा: ${name}`,
    unreviewed: 'चिकित्सक की समीक्षा नहीं',
    lagging: 'अंग्रेज़ी पाठ से पुराना',
    heading: 'शीर्षक',
    description: 'विवरण',
    body: 'पाठ',
    bodyHint: '## शीर्षक, - सूची, [16] स्रोत 16, [शब्द](page:scalp) पन्ने की कड़ी',
    saveDraft: 'नया मसौदा सहेजें',
    saved: (version) => `संस्करण ${version} सहेजा गया।`,
    preview: 'झलक',
    problems: 'प्रकाशित करने से पहले',
    line: (line) => `पंक्ति ${line}`,
    review: 'मैंने इस संस्करण की समीक्षा की है',
    publish: 'यह संस्करण प्रकाशित करें',
    published: 'आगंतुक अब यही संस्करण देखते हैं।',
    history: 'संस्करण',
    open: 'खोलें',
    all: 'सारे पाठ',
  },
  bn: {
    title: 'প্রকাশ্য লেখা',
    lead: 'দর্শনার্থীরা যা পড়েন। প্রতিটি সংস্করণ রাখা হয়; তাঁরা প্রকাশিতটি দেখেন।',
    page: 'পাতা',
    version: 'সংস্করণ',
    state: 'অবস্থা',
    states: { draft: 'খসড়া', reviewed: 'পর্যালোচিত', published: 'প্রকাশিত', retired: 'আগের' },
    reviewed: (name) => `পর্যালোচনা: ${name}`,
    unreviewed: 'চিকিৎসক পর্যালোচনা করেননি',
    lagging: 'ইংরেজি লেখার চেয়ে পুরোনো',
    heading: 'শিরোনাম',
    description: 'বিবরণ',
    body: 'লেখা',
    bodyHint: '## শিরোনাম, - তালিকা, [16] সূত্র ১৬, [কথা](page:scalp) পাতার লিঙ্ক',
    saveDraft: 'নতুন খসড়া সংরক্ষণ',
    saved: (version) => `সংস্করণ ${version} সংরক্ষিত।`,
    preview: 'আভাস',
    problems: 'প্রকাশের আগে',
    line: (line) => `লাইন ${line}`,
    review: 'আমি এই সংস্করণ পর্যালোচনা করেছি',
    publish: 'এই সংস্করণ প্রকাশ করুন',
    published: 'দর্শনার্থীরা এখন এই সংস্করণ দেখেন।',
    history: 'সংস্করণগুলি',
    open: 'খুলুন',
    all: 'সব লেখা',
  },
  ne: {
    title: 'सार्वजनिक पाठ',
    lead: 'आगन्तुकले पढ्ने कुरा। हरेक संस्करण राखिन्छ; आगन्तुकले प्रकाशित देख्छन्।',
    page: 'पाना',
    version: 'संस्करण',
    state: 'अवस्था',
    states: { draft: 'मस्यौदा', reviewed: 'समीक्षित', published: 'प्रकाशित', retired: 'अघिल्लो' },
    reviewed: (name) => `समीक्षा: ${name}`,
    unreviewed: 'चिकित्सकले समीक्षा नगरेको',
    lagging: 'अङ्ग्रेजी पाठभन्दा पुरानो',
    heading: 'शीर्षक',
    description: 'विवरण',
    body: 'पाठ',
    bodyHint: '## शीर्षक, - सूची, [16] स्रोत १६, [शब्द](page:scalp) पानाको कडी',
    saveDraft: 'नयाँ मस्यौदा बचत',
    saved: (version) => `संस्करण ${version} बचत भयो।`,
    preview: 'झलक',
    problems: 'प्रकाशित गर्नुअघि',
    line: (line) => `हरफ ${line}`,
    review: 'मैले यो संस्करण समीक्षा गरेँ',
    publish: 'यो संस्करण प्रकाशित गर्नुहोस्',
    published: 'आगन्तुकले अब यही संस्करण देख्छन्।',
    history: 'संस्करणहरू',
    open: 'खोल्नुहोस्',
    all: 'सबै पाठ',
  },
};
