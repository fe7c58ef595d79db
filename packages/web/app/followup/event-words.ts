import { type ReportWords, reportWords } from '@undertone/clinic/followup/report-words.ts';
import type { Locale } from '../locales/index.ts';

interface PageWords {
  readonly title: string;
  readonly lead: string;
  readonly none: string;
  readonly newTitle: string;
  readonly patient: string;
  readonly session: string;
  readonly noSession: string;
  readonly noLot: string;
  readonly optional: string;
  readonly save: string;
  readonly saved: string;
  readonly notSaved: string;
  readonly faults: Readonly<Record<string, string>>;
  readonly changedMeanwhile: string;
  readonly paper: string;
  readonly fhir: string;
  readonly csv: string;
  readonly recall: string;
  readonly withdraw: string;
  readonly withdrawReason: string;
  readonly recorded: string;
  readonly back: string;
}

/** Words of the pages about adverse events; those of the paper with them. */
export type EventWords = ReportWords & PageWords;

const pages: Readonly<Record<Locale, PageWords>> = {
  en: {
    title: 'Adverse events',
    lead: 'Anything unwanted after a session. Each one counts in the rates and towards the alert of its lots.',
    none: 'None recorded.',
    newTitle: 'Record an adverse event',
    patient: 'Patient',
    session: 'Session',
    noSession: 'none of them',
    noLot: 'none suspected',
    optional: 'optional',
    save: 'Save',
    saved: 'Saved.',
    notSaved: 'Not saved. Nothing you entered is lost.',
    faults: {
      kind: 'Choose a kind.',
      grade: 'Choose a grade.',
      onsetOn: 'Give the first day of signs, not before the session.',
      outcome: 'Choose how it stands; grade 5 goes with death and with nothing else.',
      resolvedOn: 'It cannot be over before it began.',
      sessionId: 'Choose a session of this patient.',
      reason: 'Say why it was none.',
    },
    changedMeanwhile: 'Somebody else has changed it. Open it again.',
    paper: 'Report as PDF',
    fhir: 'Export as FHIR (JSON)',
    csv: 'Export as CSV',
    recall: 'Recall of the lot',
    withdraw: 'It was none: take it back',
    withdrawReason: 'Why it was none',
    recorded: 'Recorded',
    back: 'Back to the case',
  },
  hi: {
    title: 'प्रतिकूल घटनाएँ',
    lead: 'सत्र के बाद कुछ भी अनचाहा। हर घटना दर में और अपने लॉट की चेतावनी में गिनी जाती है।',
    none: 'कोई दर्ज नहीं।',
    newTitle: 'प्रतिकूल घटना दर्ज करें',
    patient: 'मरीज़',
    session: 'सत्र',
    noSession: 'इनमें से कोई नहीं',
    noLot: 'किसी पर शक नहीं',
    optional: 'ज़रूरी नहीं',
    save: 'सहेजें',
    saved: 'सहेजा गया।',
    notSaved: 'नहीं सहेजा गया। आपका भरा कुछ खोया नहीं है।',
    faults: {
      kind: 'प्रकार चुनें।',
      grade: 'श्रेणी चुनें।',
      onsetOn: 'लक्षण का पहला दिन दें, सत्र से पहले का नहीं।',
      outcome: 'परिणाम चुनें; श्रेणी 5 केवल मृत्यु के साथ आती है।',
      resolvedOn: 'शुरू होने से पहले ठीक नहीं हो सकता।',
      sessionId: 'इसी मरीज़ का सत्र चुनें।',
      reason: 'बताएँ कि यह घटना क्यों नहीं थी।',
    },
    changedMeanwhile: 'इस बीच किसी और ने बदला है। फिर खोलें।',
    paper: 'रिपोर्ट PDF में',
    fhir: 'FHIR (JSON) में निकालें',
    csv: 'CSV में निकालें',
    recall: 'लॉट की वापसी',
    withdraw: 'यह घटना नहीं थी: वापस लें',
    withdrawReason: 'क्यों नहीं थी',
    recorded: 'दर्ज',
    back: 'मामले पर लौटें',
  },
  bn: {
    title: 'প্রতিকূল ঘটনা',
    lead: 'সেশনের পরে অনাকাঙ্ক্ষিত যা কিছু। প্রতিটি হারে ও তার লটের সতর্কতায় গোনা হয়।',
    none: 'কিছু লেখা নেই।',
    newTitle: 'প্রতিকূল ঘটনা লিখুন',
    patient: 'রোগী',
    session: 'সেশন',
    noSession: 'কোনোটি নয়',
    noLot: 'কোনোটিতে সন্দেহ নেই',
    optional: 'না দিলেও চলে',
    save: 'সংরক্ষণ',
    saved: 'সংরক্ষিত।',
    notSaved: 'সংরক্ষিত হয়নি। আপনার লেখা কিছুই হারায়নি।',
    faults: {
      kind: 'ধরন বেছে নিন।',
      grade: 'মাত্রা বেছে নিন।',
      onsetOn: 'লক্ষণের প্রথম দিন দিন, সেশনের আগে নয়।',
      outcome: 'ফল বেছে নিন; মাত্রা ৫ কেবল মৃত্যুর সঙ্গে।',
      resolvedOn: 'শুরুর আগে সারতে পারে না।',
      sessionId: 'এই রোগীর একটি সেশন বেছে নিন।',
      reason: 'কেন এটি ঘটনা নয় লিখুন।',
    },
    changedMeanwhile: 'এর মধ্যে অন্য কেউ বদলেছেন। আবার খুলুন।',
    paper: 'প্রতিবেদন PDF',
    fhir: 'FHIR (JSON) রপ্তানি',
    csv: 'CSV রপ্তানি',
    recall: 'লট প্রত্যাহার',
    withdraw: 'এটি ঘটনা ছিল না: ফিরিয়ে নিন',
    withdrawReason: 'কেন ছিল না',
    recorded: 'লেখা',
    back: 'ঘটনায় ফিরুন',
  },
  ne: {
    title: 'प्रतिकूल घटना',
    lead: 'सत्रपछि नचाहिएको जे पनि। हरेक घटना दरमा र आफ्नो लटको चेतावनीमा गनिन्छ।',
    none: 'केही लेखिएको छैन।',
    newTitle: 'प्रतिकूल घटना लेख्नुहोस्',
    patient: 'बिरामी',
    session: 'सत्र',
    noSession: 'कुनै होइन',
    noLot: 'कुनैमा शंका छैन',
    optional: 'नदिए पनि हुन्छ',
    save: 'राख्नुहोस्',
    saved: 'राखियो।',
    notSaved: 'राखिएन। तपाईंले भरेको केही हराएको छैन।',
    faults: {
      kind: 'प्रकार छान्नुहोस्।',
      grade: 'श्रेणी छान्नुहोस्।',
      onsetOn: 'लक्षणको पहिलो दिन दिनुहोस्, सत्रअघिको होइन।',
      outcome: 'परिणाम छान्नुहोस्; श्रेणी ५ मृत्युसँग मात्र आउँछ।',
      resolvedOn: 'सुरु हुनुअघि सकिन सक्दैन।',
      sessionId: 'यही बिरामीको सत्र छान्नुहोस्।',
      reason: 'किन घटना होइन लेख्नुहोस्।',
    },
    changedMeanwhile: 'यसबीच अरू कसैले बदल्यो। फेरि खोल्नुहोस्।',
    paper: 'प्रतिवेदन PDF',
    fhir: 'FHIR (JSON) निर्यात',
    csv: 'CSV निर्यात',
    recall: 'लट फिर्ता',
    withdraw: 'यो घटना थिएन: फिर्ता लिनुहोस्',
    withdrawReason: 'किन थिएन',
    recorded: 'लेखिएको',
    back: 'मामिलामा फर्कनुहोस्',
  },
};

export const eventWords: Readonly<Record<Locale, EventWords>> = {
  en: { ...reportWords.en, ...pages.en },
  hi: { ...reportWords.hi, ...pages.hi },
  bn: { ...reportWords.bn, ...pages.bn },
  ne: { ...reportWords.ne, ...pages.ne },
};
