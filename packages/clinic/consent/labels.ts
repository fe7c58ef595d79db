/** Words around the text of a consent, on paper and on the screen of the person who signs. */
import type { Treatment } from '../candidacy/rules.ts';
import type { Language } from '../tenant/schema.ts';
import type { PhotoUse, SignaturePart } from './schema.ts';

export interface ConsentLabels {
  readonly treatment: string;
  readonly treatments: Readonly<Record<Treatment, string>>;
  readonly parts: Readonly<Record<SignaturePart, string>>;
  readonly explainedBy: string;
  readonly operator: string;
  readonly pigment: string;
  readonly lot: string;
  readonly noPigments: string;
  readonly price: string;
  readonly risk: string;
  readonly counted: string;
  readonly onset: string;
  readonly questions: string;
  readonly answered: string;
  readonly tries: (count: number) => string;
  readonly photos: string;
  readonly photosNone: string;
  readonly photoUses: Readonly<Record<PhotoUse, string>>;
  readonly identifiable: string;
  readonly notIdentifiable: string;
  readonly declaration: string;
  readonly signatures: string;
  readonly drawn: string;
  readonly typed: string;
  readonly audit: string;
  readonly auditText: string;
  readonly consentNumber: string;
  readonly textVersion: string;
  readonly offered: string;
  readonly opened: string;
  readonly signed: string;
  readonly coolingOffUntil: string;
  readonly sealReason: string;
}

export const consentLabels: Readonly<Record<Language, ConsentLabels>> = {
  en: {
    treatment: 'Treatment',
    treatments: { scalp: 'Scalp', lip: 'Lips', vitiligo: 'White patches (vitiligo)' },
    parts: {
      patient: 'Patient',
      guardian: 'Guardian',
      assent: 'Young person (assent)',
      interpreter: 'Interpreter',
      witness: 'Witness',
    },
    explainedBy: 'Explained by',
    operator: 'Done by',
    pigment: 'Pigment',
    lot: 'Lot',
    noPigments: 'The pigments are chosen with the plan and told to you before treatment.',
    price: 'Price told',
    risk: 'What',
    counted: 'How often, as published',
    onset: 'When',
    questions: 'Questions to check that it is clear',
    answered: 'Answer',
    tries: (count) => (count === 1 ? 'right at the first try' : `right at try ${count}`),
    photos: 'Photographs',
    photosNone: 'No use of photographs was agreed to.',
    photoUses: {
      record: 'Record',
      teaching: 'Teaching',
      publication: 'Publication',
      'social-media': 'Website and social media',
    },
    identifiable: 'may be recognisable',
    notIdentifiable: 'not recognisable',
    declaration: 'Declaration',
    signatures: 'Signatures',
    drawn: 'drawn',
    typed: 'typed',
    audit: 'Audit page',
    auditText:
      'The fingerprint of this file is kept in the clinic’s audit chain, and the file carries a digital signature: any change to it can be found.',
    consentNumber: 'Consent',
    textVersion: 'Text',
    offered: 'Offered',
    opened: 'Opened',
    signed: 'Signed',
    coolingOffUntil: 'Time to think, until',
    sealReason: 'Consent sealed by the clinic',
  },
  hi: {
    treatment: 'उपचार',
    treatments: { scalp: 'सिर की त्वचा', lip: 'होंठ', vitiligo: 'सफ़ेद दाग़ (विटिलिगो)' },
    parts: {
      patient: 'रोगी',
      guardian: 'अभिभावक',
      assent: 'किशोर/किशोरी (स्वीकृति)',
      interpreter: 'दुभाषिया',
      witness: 'गवाह',
    },
    explainedBy: 'समझाने वाले',
    operator: 'करने वाले',
    pigment: 'पिगमेंट',
    lot: 'लॉट',
    noPigments: 'पिगमेंट योजना के साथ चुने जाते हैं और उपचार से पहले आपको बताए जाते हैं।',
    price: 'बताई गई क़ीमत',
    risk: 'क्या',
    counted: 'कितनी बार, जैसा प्रकाशित है',
    onset: 'कब',
    questions: 'बात साफ़ है या नहीं, इसके लिए सवाल',
    answered: 'उत्तर',
    tries: (count) => (count === 1 ? 'पहली बार में सही' : `${count} प्रयास में सही`),
    photos: 'तस्वीरें',
    photosNone: 'तस्वीरों के किसी उपयोग पर सहमति नहीं दी गई।',
    photoUses: {
      record: 'रिकॉर्ड',
      teaching: 'पढ़ाना',
      publication: 'प्रकाशन',
      'social-media': 'वेबसाइट और सोशल मीडिया',
    },
    identifiable: 'पहचान हो सकती है',
    notIdentifiable: 'पहचान नहीं हो सकती',
    declaration: 'घोषणा',
    signatures: 'हस्ताक्षर',
    drawn: 'हाथ से',
    typed: 'टाइप किया',
    audit: 'जाँच पृष्ठ',
    auditText:
      'इस फ़ाइल की छाप क्लिनिक की जाँच-शृंखला में रखी गई है और फ़ाइल पर डिजिटल हस्ताक्षर है: कोई भी बदलाव पकड़ा जा सकता है।',
    consentNumber: 'सहमति',
    textVersion: 'पाठ',
    offered: 'दिया गया',
    opened: 'खोला गया',
    signed: 'हस्ताक्षर हुए',
    coolingOffUntil: 'सोचने का समय, इस तक',
    sealReason: 'क्लिनिक द्वारा मुहरबंद सहमति',
  },
  bn: {
    treatment: 'চিকিৎসা',
    treatments: { scalp: 'মাথার ত্বক', lip: 'ঠোঁট', vitiligo: 'সাদা দাগ (শ্বেতি)' },
    parts: {
      patient: 'রোগী',
      guardian: 'অভিভাবক',
      assent: 'কিশোর বা কিশোরী (সায়)',
      interpreter: 'দোভাষী',
      witness: 'সাক্ষী',
    },
    explainedBy: 'বুঝিয়েছেন',
    operator: 'করবেন',
    pigment: 'রঞ্জক',
    lot: 'লট',
    noPigments: 'রঞ্জক পরিকল্পনার সঙ্গে বাছা হয় এবং চিকিৎসার আগে আপনাকে জানানো হয়।',
    price: 'জানানো দাম',
    risk: 'কী',
    counted: 'কতবার, প্রকাশিত হিসাবে',
    onset: 'কখন',
    questions: 'স্পষ্ট হয়েছে কি না, দেখার প্রশ্ন',
    answered: 'উত্তর',
    tries: (count) => (count === 1 ? 'প্রথম বারেই ঠিক' : `${count} বারে ঠিক`),
    photos: 'ছবি',
    photosNone: 'ছবির কোনো ব্যবহারে সম্মতি দেওয়া হয়নি।',
    photoUses: {
      record: 'নথি',
      teaching: 'শেখানো',
      publication: 'প্রকাশ',
      'social-media': 'ওয়েবসাইট ও সোশ্যাল মিডিয়া',
    },
    identifiable: 'চেনা যেতে পারে',
    notIdentifiable: 'চেনা যাবে না',
    declaration: 'ঘোষণা',
    signatures: 'সই',
    drawn: 'হাতে আঁকা',
    typed: 'টাইপ করা',
    audit: 'যাচাইয়ের পাতা',
    auditText: 'এই ফাইলের ছাপ ক্লিনিকের যাচাই-শৃঙ্খলে রাখা আছে এবং ফাইলে ডিজিটাল স্বাক্ষর আছে: যেকোনো বদল ধরা পড়ে।',
    consentNumber: 'সম্মতি',
    textVersion: 'পাঠ',
    offered: 'দেওয়া হয়েছে',
    opened: 'খোলা হয়েছে',
    signed: 'সই হয়েছে',
    coolingOffUntil: 'ভাবার সময়, এই পর্যন্ত',
    sealReason: 'ক্লিনিকের সিলমোহর করা সম্মতি',
  },
  ne: {
    treatment: 'उपचार',
    treatments: { scalp: 'टाउकोको छाला', lip: 'ओठ', vitiligo: 'सेतो दाग (दुबी)' },
    parts: {
      patient: 'बिरामी',
      guardian: 'अभिभावक',
      assent: 'किशोर वा किशोरी (सहमति)',
      interpreter: 'दोभाषे',
      witness: 'साक्षी',
    },
    explainedBy: 'बुझाउनुभयो',
    operator: 'गर्नुहुने',
    pigment: 'पिग्मेन्ट',
    lot: 'लट',
    noPigments: 'पिग्मेन्ट योजनासँगै छानिन्छ र उपचारअघि तपाईंलाई बताइन्छ।',
    price: 'बताइएको मूल्य',
    risk: 'के',
    counted: 'कति पटक, प्रकाशित अनुसार',
    onset: 'कहिले',
    questions: 'कुरा बुझियो कि भनी जाँच्ने प्रश्न',
    answered: 'उत्तर',
    tries: (count) => (count === 1 ? 'पहिलो पटकमै ठीक' : `${count} पटकमा ठीक`),
    photos: 'तस्बिर',
    photosNone: 'तस्बिरको कुनै प्रयोगमा मञ्जुरी दिइएन।',
    photoUses: {
      record: 'अभिलेख',
      teaching: 'सिकाउने',
      publication: 'प्रकाशन',
      'social-media': 'वेबसाइट र सामाजिक सञ्जाल',
    },
    identifiable: 'चिन्न सकिन्छ',
    notIdentifiable: 'चिन्न सकिँदैन',
    declaration: 'घोषणा',
    signatures: 'हस्ताक्षर',
    drawn: 'हातले',
    typed: 'टाइप गरेको',
    audit: 'जाँच पृष्ठ',
    auditText:
      'यो फाइलको छाप क्लिनिकको जाँच-शृङ्खलामा राखिएको छ र फाइलमा डिजिटल हस्ताक्षर छ: कुनै पनि परिवर्तन पत्ता लाग्छ।',
    consentNumber: 'मञ्जुरी',
    textVersion: 'पाठ',
    offered: 'दिइएको',
    opened: 'खोलिएको',
    signed: 'हस्ताक्षर भएको',
    coolingOffUntil: 'सोच्ने समय, यतिसम्म',
    sealReason: 'क्लिनिकले छाप लगाएको मञ्जुरी',
  },
};
