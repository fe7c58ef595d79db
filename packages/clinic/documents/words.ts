import type { Language } from '../tenant/schema.ts';
import type { DocumentKind } from './schema.ts';

export interface DocumentWords {
  readonly titles: Readonly<Record<DocumentKind, string>>;
  readonly patient: string;
  readonly born: string;
  readonly recordNumber: string;
  readonly issued: string;
  readonly phone: string;
  readonly email: string;
  readonly licence: string;
  readonly registration: string;
  readonly sample: string;
  readonly page: string;
  readonly unreviewed: string;
  readonly reviewed: (by: string, on: string) => string;
  readonly sources: string;
  readonly stencil: string;
  readonly stencilSheet: (row: number, column: number) => string;
  readonly printAtFullSize: string;
}

/** What every document says around its own words. */
export const documentWords: Readonly<Record<Language, DocumentWords>> = {
  en: {
    titles: {
      plan: 'Treatment plan',
      consent: 'Consent',
      'session-note': 'Session note',
      aftercare: 'Aftercare at home',
      'adverse-event-report': 'Report of an adverse event',
      'recall-report': 'Recall report',
      receipt: 'Receipt',
      letter: 'Letter',
    },
    patient: 'Patient',
    born: 'Born',
    recordNumber: 'Record',
    issued: 'Given out',
    phone: 'Phone',
    email: 'E-mail',
    licence: 'Licence',
    registration: 'Registration',
    sample: 'Sample clinic: the people in this document are invented.',
    page: 'Page',
    unreviewed: 'The medical sentences here have not been reviewed by a clinician yet (state: unreviewed).',
    reviewed: (by, on) => `Reviewed by ${by}, ${on}.`,
    sources: 'Sources',
    stencil: 'Stencil at 1:1',
    stencilSheet: (row, column) => `row ${row}, column ${column}`,
    printAtFullSize:
      'Print at 100 %, without fitting to the page. The line below must measure exactly 100 mm.',
  },
  hi: {
    titles: {
      plan: 'उपचार योजना',
      consent: 'सहमति',
      'session-note': 'सत्र का विवरण',
      aftercare: 'घर पर देखभाल',
      'adverse-event-report': 'प्रतिकूल घटना की रिपोर्ट',
      'recall-report': 'रिकॉल रिपोर्ट',
      receipt: 'रसीद',
      letter: 'पत्र',
    },
    patient: 'मरीज़',
    born: 'जन्म',
    recordNumber: 'रिकॉर्ड',
    issued: 'दिया गया',
    phone: 'फ़ोन',
    email: 'ई-मेल',
    licence: 'लाइसेंस',
    registration: 'पंजीकरण',
    sample: 'नमूना क्लिनिक: इस दस्तावेज़ के लोग काल्पनिक हैं।',
    page: 'पृष्ठ',
    unreviewed: 'यहाँ के चिकित्सकीय वाक्यों की किसी चिकित्सक ने अभी समीक्षा नहीं की है (स्थिति: असमीक्षित)।',
    reviewed: (by, on) => `समीक्षा: ${by}, ${on}।`,
    sources: 'स्रोत',
    stencil: 'स्टेंसिल, 1:1',
    stencilSheet: (row, column) => `पंक्ति ${row}, स्तंभ ${column}`,
    printAtFullSize: '100 % पर छापें, पृष्ठ के अनुसार छोटा-बड़ा न करें। नीचे की रेखा ठीक 100 मिमी होनी चाहिए।',
  },
  bn: {
    titles: {
      plan: 'চিকিৎসা পরিকল্পনা',
      consent: 'সম্মতি',
      'session-note': 'সেশনের বিবরণ',
      aftercare: 'বাড়িতে যত্ন',
      'adverse-event-report': 'বিরূপ ঘটনার প্রতিবেদন',
      'recall-report': 'প্রত্যাহার প্রতিবেদন',
      receipt: 'রসিদ',
      letter: 'চিঠি',
    },
    patient: 'রোগী',
    born: 'জন্ম',
    recordNumber: 'রেকর্ড',
    issued: 'দেওয়া হয়েছে',
    phone: 'ফোন',
    email: 'ই-মেল',
    licence: 'লাইসেন্স',
    registration: 'নিবন্ধন',
    sample: 'নমুনা ক্লিনিক: এই নথির মানুষেরা কাল্পনিক।',
    page: 'পৃষ্ঠা',
    unreviewed: 'এখানকার চিকিৎসা-সংক্রান্ত বাক্যগুলি এখনও কোনও চিকিৎসক পর্যালোচনা করেননি (অবস্থা: অপর্যালোচিত)।',
    reviewed: (by, on) => `পর্যালোচনা: ${by}, ${on}।`,
    sources: 'উৎস',
    stencil: 'স্টেনসিল, 1:1',
    stencilSheet: (row, column) => `সারি ${row}, স্তম্ভ ${column}`,
    printAtFullSize: '100 % মাপে ছাপুন, পাতার মাপে ছোট-বড় করবেন না। নীচের রেখাটি ঠিক 100 মিমি হতে হবে।',
  },
  ne: {
    titles: {
      plan: 'उपचार योजना',
      consent: 'सहमति',
      'session-note': 'सत्रको विवरण',
      aftercare: 'घरमा हेरचाह',
      'adverse-event-report': 'प्रतिकूल घटनाको प्रतिवेदन',
      'recall-report': 'रिकल प्रतिवेदन',
      receipt: 'रसिद',
      letter: 'पत्र',
    },
    patient: 'बिरामी',
    born: 'जन्म',
    recordNumber: 'अभिलेख',
    issued: 'दिइएको',
    phone: 'फोन',
    email: 'इमेल',
    licence: 'इजाजतपत्र',
    registration: 'दर्ता',
    sample: 'नमुना क्लिनिक: यस कागजातका मानिसहरू काल्पनिक हुन्।',
    page: 'पृष्ठ',
    unreviewed: 'यहाँका चिकित्सा सम्बन्धी वाक्यहरू कुनै चिकित्सकले अझै समीक्षा गरेका छैनन् (अवस्था: असमीक्षित)।',
    reviewed: (by, on) => `समीक्षा: ${by}, ${on}।`,
    sources: 'स्रोतहरू',
    stencil: 'स्टेन्सिल, 1:1',
    stencilSheet: (row, column) => `पङ्क्ति ${row}, स्तम्भ ${column}`,
    printAtFullSize: '100 % मा छाप्नुहोस्, पृष्ठअनुसार सानो-ठूलो नगर्नुहोस्। तलको रेखा ठ्याक्कै 100 मिमी हुनुपर्छ।',
  },
};
