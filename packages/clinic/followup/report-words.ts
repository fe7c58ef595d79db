import type { Treatment } from '../candidacy/gates.ts';
import type { Language } from '../tenant/schema.ts';
import type { EventOutcome, foundBy } from './schema.ts';

/** Words of an adverse event, on screen and on paper. Grades after CTCAE 5.0, shortened. */
export interface ReportWords {
  readonly kind: string;
  readonly grade: string;
  readonly grades: Readonly<Record<1 | 2 | 3 | 4 | 5, string>>;
  readonly gradeSource: string;
  readonly onset: string;
  readonly treatment: string;
  readonly treatments: Readonly<Record<Treatment, string>>;
  readonly performed: string;
  readonly days: string;
  readonly lot: string;
  readonly foundBy: string;
  readonly found: Readonly<Record<(typeof foundBy)[number], string>>;
  readonly description: string;
  readonly treatmentGiven: string;
  readonly outcome: string;
  readonly outcomes: Readonly<Record<EventOutcome, string>>;
  readonly resolved: string;
  readonly version: string;
  readonly withdrawn: string;
  readonly notStated: string;
  readonly reporter: string;
  readonly physician: string;
}

export const reportWords: Readonly<Record<Language, ReportWords>> = {
  en: {
    kind: 'Kind',
    grade: 'Grade',
    grades: {
      1: '1 – mild, no treatment needed',
      2: '2 – moderate, local treatment',
      3: '3 – severe, not life-threatening',
      4: '4 – life-threatening',
      5: '5 – death',
    },
    gradeSource: 'Grades after CTCAE version 5.0, shortened; unreviewed.',
    onset: 'First day of signs',
    treatment: 'Treatment',
    treatments: { scalp: 'Scalp', lip: 'Lips', vitiligo: 'Vitiligo' },
    performed: 'Session on',
    days: 'Days after the session',
    lot: 'Suspected lot',
    foundBy: 'Found by',
    found: { 'check-in': 'Check-in', desk: 'Told at the desk', visit: 'Found at a visit' },
    description: 'What happened',
    treatmentGiven: 'Treatment given',
    outcome: 'Outcome',
    outcomes: {
      ongoing: 'Ongoing',
      resolved: 'Over',
      'resolved-with-mark': 'Over, with a mark left',
      lasting: 'Lasting',
      fatal: 'Death',
      unknown: 'Unknown',
    },
    resolved: 'Over on',
    version: 'Version',
    withdrawn: 'Withdrawn',
    notStated: 'not stated',
    reporter: 'Reported by',
    physician: 'Physician',
  },
  hi: {
    kind: 'प्रकार',
    grade: 'श्रेणी',
    grades: {
      1: '1 – हल्की, इलाज ज़रूरी नहीं',
      2: '2 – मध्यम, स्थानीय इलाज',
      3: '3 – गंभीर, जान को ख़तरा नहीं',
      4: '4 – जान को ख़तरा',
      5: '5 – मृत्यु',
    },
    gradeSource: 'श्रेणियाँ CTCAE संस्करण 5.0 के अनुसार, संक्षिप्त; समीक्षा बाक़ी।',
    onset: 'लक्षण का पहला दिन',
    treatment: 'उपचार',
    treatments: { scalp: 'सिर की त्वचा', lip: 'होंठ', vitiligo: 'विटिलिगो' },
    performed: 'सत्र की तारीख़',
    days: 'सत्र के बाद दिन',
    lot: 'संदिग्ध लॉट',
    foundBy: 'कैसे पता चला',
    found: { 'check-in': 'हालचाल से', desk: 'डेस्क पर बताया', visit: 'मुलाक़ात में' },
    description: 'क्या हुआ',
    treatmentGiven: 'दिया गया इलाज',
    outcome: 'परिणाम',
    outcomes: {
      ongoing: 'जारी',
      resolved: 'ठीक हुआ',
      'resolved-with-mark': 'ठीक हुआ, निशान रहा',
      lasting: 'बना हुआ',
      fatal: 'मृत्यु',
      unknown: 'पता नहीं',
    },
    resolved: 'ठीक होने की तारीख़',
    version: 'संस्करण',
    withdrawn: 'वापस लिया गया',
    notStated: 'नहीं बताया',
    reporter: 'सूचना देने वाला',
    physician: 'चिकित्सक',
  },
  bn: {
    kind: 'ধরন',
    grade: 'মাত্রা',
    grades: {
      1: '১ – মৃদু, চিকিৎসা লাগে না',
      2: '২ – মাঝারি, স্থানীয় চিকিৎসা',
      3: '৩ – গুরুতর, প্রাণসংশয় নেই',
      4: '৪ – প্রাণসংশয়',
      5: '৫ – মৃত্যু',
    },
    gradeSource: 'মাত্রা CTCAE সংস্করণ ৫.০ অনুযায়ী, সংক্ষিপ্ত; পর্যালোচনা হয়নি।',
    onset: 'লক্ষণের প্রথম দিন',
    treatment: 'চিকিৎসা',
    treatments: { scalp: 'মাথার ত্বক', lip: 'ঠোঁট', vitiligo: 'শ্বেতী' },
    performed: 'সেশনের তারিখ',
    days: 'সেশনের পরে দিন',
    lot: 'সন্দেহের লট',
    foundBy: 'কীভাবে জানা গেল',
    found: { 'check-in': 'খোঁজ নেওয়ার উত্তরে', desk: 'ডেস্কে জানানো', visit: 'সাক্ষাতে দেখা' },
    description: 'কী হয়েছে',
    treatmentGiven: 'দেওয়া চিকিৎসা',
    outcome: 'ফল',
    outcomes: {
      ongoing: 'চলছে',
      resolved: 'সেরেছে',
      'resolved-with-mark': 'সেরেছে, দাগ আছে',
      lasting: 'রয়ে গেছে',
      fatal: 'মৃত্যু',
      unknown: 'অজানা',
    },
    resolved: 'সারার তারিখ',
    version: 'সংস্করণ',
    withdrawn: 'প্রত্যাহৃত',
    notStated: 'বলা হয়নি',
    reporter: 'যিনি জানালেন',
    physician: 'চিকিৎসক',
  },
  ne: {
    kind: 'प्रकार',
    grade: 'श्रेणी',
    grades: {
      1: '१ – हल्का, उपचार चाहिँदैन',
      2: '२ – मध्यम, स्थानीय उपचार',
      3: '३ – गम्भीर, ज्यान जोखिममा छैन',
      4: '४ – ज्यान जोखिममा',
      5: '५ – मृत्यु',
    },
    gradeSource: 'श्रेणी CTCAE संस्करण ५.० अनुसार, छोटकरीमा; समीक्षा बाँकी।',
    onset: 'लक्षणको पहिलो दिन',
    treatment: 'उपचार',
    treatments: { scalp: 'टाउकोको छाला', lip: 'ओठ', vitiligo: 'दुबी' },
    performed: 'सत्रको मिति',
    days: 'सत्रपछिका दिन',
    lot: 'शंका लागेको लट',
    foundBy: 'कसरी थाहा भयो',
    found: { 'check-in': 'हालखबरबाट', desk: 'डेस्कमा भनिएको', visit: 'भेटमा देखिएको' },
    description: 'के भयो',
    treatmentGiven: 'दिइएको उपचार',
    outcome: 'परिणाम',
    outcomes: {
      ongoing: 'जारी',
      resolved: 'सकियो',
      'resolved-with-mark': 'सकियो, दाग रह्यो',
      lasting: 'रहिरहेको',
      fatal: 'मृत्यु',
      unknown: 'थाहा छैन',
    },
    resolved: 'सकिएको मिति',
    version: 'संस्करण',
    withdrawn: 'फिर्ता लिइएको',
    notStated: 'भनिएको छैन',
    reporter: 'जानकारी दिने',
    physician: 'चिकित्सक',
  },
};
