import type { Language } from '../tenant/schema.ts';

/** Words of the session note. Names of lots and products stay as they are on the label. */
export interface PaperWords {
  readonly began: string;
  readonly firstNeedle: string;
  readonly ended: string;
  readonly treatment: string;
  readonly treatments: Readonly<Record<'vitiligo' | 'lip' | 'scalp', string>>;
  readonly operator: string;
  readonly physician: string;
  readonly plan: string;
  readonly version: string;
  readonly lidocaine: string;
  readonly prilocaine: string;
  readonly photographs: string;
  readonly numbing: string;
  readonly noNumbing: string;
  readonly time: string;
  readonly what: string;
  readonly amount: string;
  readonly zone: string;
  readonly lot: string;
  readonly fraction: string;
  readonly countedWeight: string;
  readonly pigments: string;
  readonly drops: string;
  readonly needles: string;
  readonly passes: string;
  readonly depth: string;
  readonly machine: string;
  readonly diluent: string;
  readonly diluents: string;
  readonly consumables: string;
  readonly moments: Readonly<Record<'before' | 'during' | 'after', string>>;
  readonly bleeding: string;
  readonly bleedings: Readonly<Record<'none' | 'pinpoint' | 'more', string>>;
  readonly endpoint: string;
  readonly endpoints: Readonly<
    Record<'even-colour' | 'planned-density' | 'skin-tired' | 'not-reached', string>
  >;
  readonly ending: string;
  readonly endings: Readonly<
    Record<
      | 'as-planned'
      | 'bleeding'
      | 'pain'
      | 'numbing-limit'
      | 'reaction'
      | 'patient-wish'
      | 'time'
      | 'equipment'
      | 'other',
      string
    >
  >;
  readonly deviations: string;
  readonly notes: string;
  readonly takenBack: string;
  readonly addenda: string;
  readonly afterSigning: string;
  readonly overLimit: string;
  readonly signed: string;
  readonly notSigned: string;
}

export const paperWords: Readonly<Record<Language, PaperWords>> = {
  en: {
    began: 'Began',
    firstNeedle: 'First needle',
    ended: 'Last entry',
    treatment: 'Treatment',
    treatments: { vitiligo: 'Vitiligo', lip: 'Lips', scalp: 'Scalp' },
    operator: 'Operator',
    physician: 'Physician',
    plan: 'Plan',
    version: 'version',
    lidocaine: 'lidocaine',
    prilocaine: 'prilocaine',
    photographs: 'Photographs',
    numbing: 'Numbing',
    noNumbing: 'None was given.',
    time: 'Time',
    what: 'What',
    amount: 'Amount',
    zone: 'Zone',
    lot: 'Lot',
    fraction: 'Share of the allowance used',
    countedWeight: 'Weight the limits were reckoned with',
    pigments: 'Pigments',
    drops: 'drops',
    needles: 'Needles',
    passes: 'Passes',
    depth: 'Depth',
    machine: 'Machine',
    diluent: 'Diluent, parts to one',
    diluents: 'Diluent',
    consumables: 'Consumables',
    moments: { before: 'before', during: 'during', after: 'after' },
    bleeding: 'Bleeding',
    bleedings: { none: 'none', pinpoint: 'pinpoint', more: 'more than pinpoint' },
    endpoint: 'Endpoint',
    endpoints: {
      'even-colour': 'even colour',
      'planned-density': 'planned density',
      'skin-tired': 'skin tired, stopped before',
      'not-reached': 'not reached',
    },
    ending: 'How it ended',
    endings: {
      'as-planned': 'as planned',
      bleeding: 'bleeding',
      pain: 'pain',
      'numbing-limit': 'numbing limit reached',
      reaction: 'reaction',
      'patient-wish': 'patient’s wish',
      time: 'time',
      equipment: 'equipment',
      other: 'other',
    },
    deviations: 'Different from the plan',
    notes: 'Notes',
    takenBack: 'Taken back',
    addenda: 'Addenda',
    afterSigning: 'Arrived after signing',
    overLimit: 'Numbing beyond its limit: what was done',
    signed: 'Signed, SHA-256',
    notSigned: 'Not yet signed by a physician',
  },
  hi: {
    began: 'आरंभ',
    firstNeedle: 'पहली सुई',
    ended: 'अंतिम प्रविष्टि',
    treatment: 'उपचार',
    treatments: { vitiligo: 'विटिलिगो', lip: 'होंठ', scalp: 'सिर की त्वचा' },
    operator: 'काम करने वाले',
    physician: 'चिकित्सक',
    plan: 'योजना',
    version: 'संस्करण',
    lidocaine: 'लिडोकेन',
    prilocaine: 'प्रिलोकेन',
    photographs: 'तस्वीरें',
    numbing: 'सुन्न करना',
    noNumbing: 'कुछ नहीं दिया गया।',
    time: 'समय',
    what: 'क्या',
    amount: 'मात्रा',
    zone: 'भाग',
    lot: 'लॉट',
    fraction: 'अनुमत मात्रा का उपयोग',
    countedWeight: 'सीमा के लिए गिना गया वज़न',
    pigments: 'रंगद्रव्य',
    drops: 'बूँदें',
    needles: 'सुइयाँ',
    passes: 'फेरे',
    depth: 'गहराई',
    machine: 'मशीन',
    diluent: 'एक भाग में घोलक के भाग',
    diluents: 'घोलक',
    consumables: 'अन्य सामग्री',
    moments: { before: 'पहले', during: 'बीच में', after: 'बाद में' },
    bleeding: 'रक्तस्राव',
    bleedings: { none: 'नहीं', pinpoint: 'बिंदु जितना', more: 'बिंदु से अधिक' },
    endpoint: 'अंतिम स्थिति',
    endpoints: {
      'even-colour': 'एक-सा रंग',
      'planned-density': 'योजना की सघनता',
      'skin-tired': 'त्वचा थक गई, पहले रोका',
      'not-reached': 'नहीं पहुँचा',
    },
    ending: 'कैसे समाप्त हुआ',
    endings: {
      'as-planned': 'योजना के अनुसार',
      bleeding: 'रक्तस्राव',
      pain: 'दर्द',
      'numbing-limit': 'सुन्न करने की सीमा पूरी',
      reaction: 'प्रतिक्रिया',
      'patient-wish': 'रोगी की इच्छा',
      time: 'समय',
      equipment: 'उपकरण',
      other: 'अन्य',
    },
    deviations: 'योजना से अलग',
    notes: 'टिप्पणियाँ',
    takenBack: 'वापस लिया गया',
    addenda: 'परिशिष्ट',
    afterSigning: 'हस्ताक्षर के बाद आया',
    overLimit: 'सीमा से अधिक सुन्न करना: क्या किया गया',
    signed: 'हस्ताक्षरित, SHA-256',
    notSigned: 'चिकित्सक ने अभी हस्ताक्षर नहीं किए',
  },
  bn: {
    began: 'শুরু',
    firstNeedle: 'প্রথম সুচ',
    ended: 'শেষ লেখা',
    treatment: 'চিকিৎসা',
    treatments: { vitiligo: 'শ্বেতী', lip: 'ঠোঁট', scalp: 'মাথার ত্বক' },
    operator: 'যিনি কাজ করেছেন',
    physician: 'চিকিৎসক',
    plan: 'পরিকল্পনা',
    version: 'সংস্করণ',
    lidocaine: 'লিডোকেন',
    prilocaine: 'প্রাইলোকেন',
    photographs: 'ছবি',
    numbing: 'অবশ করা',
    noNumbing: 'কিছু দেওয়া হয়নি।',
    time: 'সময়',
    what: 'কী',
    amount: 'পরিমাণ',
    zone: 'অংশ',
    lot: 'লট',
    fraction: 'অনুমোদিত পরিমাণের ব্যবহৃত অংশ',
    countedWeight: 'সীমার জন্য গোনা ওজন',
    pigments: 'রঞ্জক',
    drops: 'ফোঁটা',
    needles: 'সুচ',
    passes: 'বার',
    depth: 'গভীরতা',
    machine: 'মেশিন',
    diluent: 'এক ভাগে তরলের ভাগ',
    diluents: 'মেশানোর তরল',
    consumables: 'অন্যান্য সামগ্রী',
    moments: { before: 'আগে', during: 'মাঝে', after: 'পরে' },
    bleeding: 'রক্তপাত',
    bleedings: { none: 'নেই', pinpoint: 'বিন্দুর মতো', more: 'বিন্দুর চেয়ে বেশি' },
    endpoint: 'শেষ অবস্থা',
    endpoints: {
      'even-colour': 'সমান রং',
      'planned-density': 'পরিকল্পিত ঘনত্ব',
      'skin-tired': 'ত্বক ক্লান্ত, আগেই থামানো',
      'not-reached': 'পৌঁছায়নি',
    },
    ending: 'কীভাবে শেষ হল',
    endings: {
      'as-planned': 'পরিকল্পনা অনুযায়ী',
      bleeding: 'রক্তপাত',
      pain: 'ব্যথা',
      'numbing-limit': 'অবশ করার সীমা শেষ',
      reaction: 'প্রতিক্রিয়া',
      'patient-wish': 'রোগীর ইচ্ছা',
      time: 'সময়',
      equipment: 'যন্ত্রপাতি',
      other: 'অন্য',
    },
    deviations: 'পরিকল্পনা থেকে আলাদা',
    notes: 'মন্তব্য',
    takenBack: 'ফিরিয়ে নেওয়া',
    addenda: 'সংযোজন',
    afterSigning: 'স্বাক্ষরের পরে এসেছে',
    overLimit: 'সীমার বেশি অবশ করা: কী করা হল',
    signed: 'স্বাক্ষরিত, SHA-256',
    notSigned: 'চিকিৎসক এখনও স্বাক্ষর করেননি',
  },
  ne: {
    began: 'सुरु',
    firstNeedle: 'पहिलो सियो',
    ended: 'अन्तिम लेखाइ',
    treatment: 'उपचार',
    treatments: { vitiligo: 'दुबी', lip: 'ओठ', scalp: 'टाउकोको छाला' },
    operator: 'काम गर्ने',
    physician: 'चिकित्सक',
    plan: 'योजना',
    version: 'संस्करण',
    lidocaine: 'लिडोकेन',
    prilocaine: 'प्रिलोकेन',
    photographs: 'तस्बिर',
    numbing: 'लाटो पार्ने',
    noNumbing: 'केही दिइएन।',
    time: 'समय',
    what: 'के',
    amount: 'मात्रा',
    zone: 'भाग',
    lot: 'लट',
    fraction: 'अनुमत मात्राको प्रयोग',
    countedWeight: 'सीमाका लागि गनिएको तौल',
    pigments: 'रङ्गद्रव्य',
    drops: 'थोपा',
    needles: 'सियो',
    passes: 'फेरा',
    depth: 'गहिराइ',
    machine: 'मेसिन',
    diluent: 'एक भागमा घोलकका भाग',
    diluents: 'घोलक',
    consumables: 'अन्य सामग्री',
    moments: { before: 'पहिले', during: 'बीचमा', after: 'पछि' },
    bleeding: 'रक्तस्राव',
    bleedings: { none: 'छैन', pinpoint: 'थोप्लो जति', more: 'थोप्लोभन्दा बढी' },
    endpoint: 'अन्तिम अवस्था',
    endpoints: {
      'even-colour': 'एकनास रङ',
      'planned-density': 'योजनाको घनत्व',
      'skin-tired': 'छाला थाकेको, पहिल्यै रोकियो',
      'not-reached': 'पुगेन',
    },
    ending: 'कसरी सकियो',
    endings: {
      'as-planned': 'योजनाअनुसार',
      bleeding: 'रक्तस्राव',
      pain: 'दुखाइ',
      'numbing-limit': 'लाटो पार्ने सीमा पुग्यो',
      reaction: 'प्रतिक्रिया',
      'patient-wish': 'बिरामीको इच्छा',
      time: 'समय',
      equipment: 'उपकरण',
      other: 'अन्य',
    },
    deviations: 'योजनाभन्दा फरक',
    notes: 'टिपोट',
    takenBack: 'फिर्ता लिइएको',
    addenda: 'थप टिपोट',
    afterSigning: 'हस्ताक्षरपछि आएको',
    overLimit: 'सीमाभन्दा बढी लाटो पारेको: के गरियो',
    signed: 'हस्ताक्षरित, SHA-256',
    notSigned: 'चिकित्सकले अझै हस्ताक्षर गरेका छैनन्',
  },
};
