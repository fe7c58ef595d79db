import type { Language } from '../tenant/schema.ts';

export type AftercareTreatment = 'scalp' | 'lip' | 'vitiligo';

/** Days after the session, both ends counted. Clinical reference 6.1. */
export const aftercareDays = [
  { from: 0, to: 0 },
  { from: 1, to: 3 },
  { from: 4, to: 7 },
  { from: 8, to: 14 },
  { from: 15, to: 28 },
  { from: 42, to: 42 },
] as const;

/**
 * Where each column of the table comes from. Pages of clinics and vendors show what is practised and prove nothing; the
 * column for vitiligo is background knowledge. None has been signed by a clinician.
 */
export const aftercareSources: Readonly<
  Record<
    AftercareTreatment,
    { readonly source: string; readonly mark: 'seen' | 'known'; readonly review: 'unreviewed' }
  >
> = {
  scalp: {
    source: 'Practice of clinics: inkreasesmp.com, steadymicro.com (grade C)',
    mark: 'seen',
    review: 'unreviewed',
  },
  lip: {
    source: 'Practice of clinics: elfredabeauty.com.au, hairylittlethings.com, nudetatu.com (grade C)',
    mark: 'seen',
    review: 'unreviewed',
  },
  vitiligo: {
    source: 'Background knowledge; no source was read for this table',
    mark: 'known',
    review: 'unreviewed',
  },
};

export interface AftercareTexts {
  readonly when: string;
  readonly whatToDo: string;
  readonly dayOf: string;
  readonly day: (from: number, to: number) => string;
  /** One entry for each of `aftercareDays`, as sentences. */
  readonly treatments: Readonly<Record<AftercareTreatment, readonly (readonly string[])[]>>;
  readonly treatmentNames: Readonly<Record<AftercareTreatment, string>>;
  readonly whenToCall: string;
  readonly lead: string;
  readonly urgency: Readonly<Record<'EMERG' | 'DAY' | '24H' | 'SELF', string>>;
  readonly prescribed: string;
}

const en: AftercareTexts = {
  when: 'Day',
  whatToDo: 'What to expect and do',
  dayOf: 'Session',
  day: (from, to) => (from === 0 ? 'Day 0, today' : from === to ? `Day ${from}` : `Days ${from} to ${to}`),
  treatmentNames: { scalp: 'Scalp', lip: 'Lip', vitiligo: 'Vitiligo and body' },
  treatments: {
    scalp: [
      ['Redness is normal.', 'Wear a loose, clean cap if you go out.'],
      ['Keep the scalp dry.', 'Avoid sweating and do not touch it.'],
      ['Rinse gently with water; no shampoo yet.', 'No gym.', 'Do not pick at scabs.'],
      ['A mild shampoo is possible.', 'A light shave is possible if no scabs are left.'],
      ['No swimming pool, sauna or sun until day 28 to 30.'],
      ['Come for the review.'],
    ],
    lip: [
      [
        'Lips are swollen and the colour looks bold.',
        'Blot fluid with clean tissue.',
        'Use a cool pack and keep your head raised.',
      ],
      [
        'Swelling goes down within 24 to 48 hours.',
        'Use the ointment you were given.',
        'No spicy or salty food; drink through a straw.',
      ],
      ['The skin peels between day 3 and 7.', 'Do not pull it off.'],
      ['The colour looks pale now: this is expected.'],
      ['No peel, retinoid or filler on the lips.'],
      ['Come for the review; a retouch is decided then.'],
    ],
    vitiligo: [
      ['A thin layer of the ointment you were given.', 'A film or a dressing that does not stick.'],
      ['Wash gently twice a day and pat dry.'],
      [
        'Flakes are expected.',
        'No scratching and no tight clothing on the place: rubbing can bring new white patches.',
      ],
      ['Use a moisturiser.'],
      [
        'Sun cream of factor 30 or more, or cover the place, every day.',
        'No light treatment unless your doctor says so.',
      ],
      ['Come for the review.'],
    ],
  },
  whenToCall: 'When to call',
  lead: 'The highest line that fits counts. If you are unsure, or something gets worse, call within 24 hours.',
  urgency: {
    EMERG: 'Emergency: act now',
    DAY: 'Be seen today',
    '24H': 'Call us within 24 hours',
    SELF: 'Expected: look after it at home',
  },
  prescribed: 'Go on taking your medicines as your doctor prescribed them.',
};

const hi: AftercareTexts = {
  when: 'दिन',
  whatToDo: 'क्या होगा और क्या करें',
  dayOf: 'सत्र',
  day: (from, to) => (from === 0 ? 'दिन 0, आज' : from === to ? `दिन ${from}` : `दिन ${from} से ${to}`),
  treatmentNames: { scalp: 'सिर', lip: 'होंठ', vitiligo: 'विटिलिगो और शरीर' },
  treatments: {
    scalp: [
      ['लाली होना सामान्य है।', 'बाहर जाएँ तो ढीली, साफ़ टोपी पहनें।'],
      ['सिर को सूखा रखें।', 'पसीने से बचें और हाथ न लगाएँ।'],
      ['पानी से हल्के से धोएँ; शैम्पू अभी नहीं।', 'जिम न जाएँ।', 'पपड़ी न नोचें।'],
      ['हल्का शैम्पू लगा सकते हैं।', 'पपड़ी न बची हो तो हल्की शेव कर सकते हैं।'],
      ['दिन 28 से 30 तक तैराकी, सॉना और धूप नहीं।'],
      ['जाँच के लिए आएँ।'],
    ],
    lip: [
      ['होंठ सूजे रहेंगे और रंग गहरा दिखेगा।', 'रिसाव को साफ़ टिशू से थपथपाकर सुखाएँ।', 'ठंडी पट्टी रखें और सिर ऊँचा रखें।'],
      ['सूजन 24 से 48 घंटे में उतरती है।', 'दिया गया मरहम लगाएँ।', 'तीखा या नमकीन न खाएँ; स्ट्रॉ से पिएँ।'],
      ['दिन 3 से 7 के बीच त्वचा उतरती है।', 'उसे खींचें नहीं।'],
      ['अब रंग हल्का दिखेगा: यह अपेक्षित है।'],
      ['होंठों पर पील, रेटिनॉइड या फ़िलर नहीं।'],
      ['जाँच के लिए आएँ; दोबारा रंग भरना तब तय होगा।'],
    ],
    vitiligo: [
      ['दिए गए मरहम की पतली परत लगाएँ।', 'फ़िल्म या न चिपकने वाली पट्टी रखें।'],
      ['दिन में दो बार हल्के से धोएँ और थपथपाकर सुखाएँ।'],
      ['पपड़ी उतरना अपेक्षित है।', 'खुजलाएँ नहीं और उस जगह तंग कपड़े न पहनें: रगड़ से नए सफ़ेद दाग आ सकते हैं।'],
      ['मॉइस्चराइज़र लगाएँ।'],
      ['हर दिन 30 या अधिक फ़ैक्टर की सनक्रीम लगाएँ या जगह को ढकें।', 'डॉक्टर के कहे बिना प्रकाश उपचार नहीं।'],
      ['जाँच के लिए आएँ।'],
    ],
  },
  whenToCall: 'कब फ़ोन करें',
  lead: 'जो सबसे ऊपर की पंक्ति मिले, वही मानें। संदेह हो या हालत बिगड़े तो 24 घंटे के भीतर फ़ोन करें।',
  urgency: {
    EMERG: 'आपातकाल: अभी कदम उठाएँ',
    DAY: 'आज ही दिखाएँ',
    '24H': '24 घंटे के भीतर हमें फ़ोन करें',
    SELF: 'अपेक्षित: घर पर ध्यान रखें',
  },
  prescribed: 'अपनी दवाएँ डॉक्टर के बताए अनुसार लेते रहें।',
};

const bn: AftercareTexts = {
  when: 'দিন',
  whatToDo: 'কী হবে ও কী করবেন',
  dayOf: 'সেশন',
  day: (from, to) => (from === 0 ? 'দিন 0, আজ' : from === to ? `দিন ${from}` : `দিন ${from} থেকে ${to}`),
  treatmentNames: { scalp: 'মাথার ত্বক', lip: 'ঠোঁট', vitiligo: 'ভিটিলিগো ও শরীর' },
  treatments: {
    scalp: [
      ['লালচে ভাব স্বাভাবিক।', 'বাইরে গেলে ঢিলে, পরিষ্কার টুপি পরুন।'],
      ['মাথার ত্বক শুকনো রাখুন।', 'ঘাম এড়ান, হাত দেবেন না।'],
      ['জল দিয়ে আলতো করে ধুয়ে নিন; এখনও শ্যাম্পু নয়।', 'জিমে যাবেন না।', 'খোসা খুঁটবেন না।'],
      ['হালকা শ্যাম্পু চলবে।', 'খোসা না থাকলে হালকা করে কামানো যায়।'],
      ['২৮ থেকে ৩০ দিন পর্যন্ত সাঁতারের পুল, সনা ও রোদ নয়।'],
      ['পরীক্ষার জন্য আসুন।'],
    ],
    lip: [
      ['ঠোঁট ফুলে থাকে, রং গাঢ় দেখায়।', 'রস পরিষ্কার টিস্যু দিয়ে আলতো করে মুছে নিন।', 'ঠান্ডা সেঁক দিন, মাথা উঁচু রাখুন।'],
      ['২৪ থেকে ৪৮ ঘণ্টায় ফোলা কমে।', 'দেওয়া মলম লাগান।', 'ঝাল বা নোনতা খাবেন না; স্ট্র দিয়ে পান করুন।'],
      ['৩ থেকে ৭ দিনের মধ্যে চামড়া ওঠে।', 'টেনে তুলবেন না।'],
      ['এখন রং ফিকে দেখায়: এটাই প্রত্যাশিত।'],
      ['ঠোঁটে পিল, রেটিনয়েড বা ফিলার নয়।'],
      ['পরীক্ষার জন্য আসুন; আবার রং দেওয়া তখন ঠিক হবে।'],
    ],
    vitiligo: [
      ['দেওয়া মলমের পাতলা স্তর লাগান।', 'ফিল্ম বা আটকে যায় না এমন ড্রেসিং রাখুন।'],
      ['দিনে দুবার আলতো করে ধুয়ে চেপে শুকিয়ে নিন।'],
      ['খোসা ওঠা প্রত্যাশিত।', 'চুলকাবেন না, সেই জায়গায় আঁটো কাপড় পরবেন না: ঘষায় নতুন সাদা দাগ আসতে পারে।'],
      ['ময়েশ্চারাইজার লাগান।'],
      ['প্রতিদিন ৩০ বা তার বেশি ফ্যাক্টরের সানস্ক্রিন লাগান বা জায়গাটি ঢেকে রাখুন।', 'ডাক্তার না বললে আলোক-চিকিৎসা নয়।'],
      ['পরীক্ষার জন্য আসুন।'],
    ],
  },
  whenToCall: 'কখন ফোন করবেন',
  lead: 'যে লাইনটি সবচেয়ে উপরে মেলে সেটিই মানুন। সন্দেহ হলে বা খারাপ হলে ২৪ ঘণ্টার মধ্যে ফোন করুন।',
  urgency: {
    EMERG: 'জরুরি: এখনই ব্যবস্থা নিন',
    DAY: 'আজই দেখান',
    '24H': '২৪ ঘণ্টার মধ্যে আমাদের ফোন করুন',
    SELF: 'প্রত্যাশিত: বাড়িতে খেয়াল রাখুন',
  },
  prescribed: 'ডাক্তার যেমন বলেছেন সেভাবেই আপনার ওষুধ খেয়ে যান।',
};

const ne: AftercareTexts = {
  when: 'दिन',
  whatToDo: 'के हुन्छ र के गर्ने',
  dayOf: 'सत्र',
  day: (from, to) => (from === 0 ? 'दिन 0, आज' : from === to ? `दिन ${from}` : `दिन ${from} देखि ${to}`),
  treatmentNames: { scalp: 'टाउको', lip: 'ओठ', vitiligo: 'दुबी र शरीर' },
  treatments: {
    scalp: [
      ['रातो हुनु सामान्य हो।', 'बाहिर जाँदा खुकुलो, सफा टोपी लगाउनुहोस्।'],
      ['टाउको सुक्खा राख्नुहोस्।', 'पसिना नआउने गर्नुहोस् र नछुनुहोस्।'],
      ['पानीले बिस्तारै पखाल्नुहोस्; स्याम्पु अझै होइन।', 'जिम नजानुहोस्।', 'पाप्रा नकोट्याउनुहोस्।'],
      ['हल्का स्याम्पु लगाउन सकिन्छ।', 'पाप्रा बाँकी नभए हल्का खौरन सकिन्छ।'],
      ['28 देखि 30 दिनसम्म पौडी, सौना र घाम होइन।'],
      ['जाँचका लागि आउनुहोस्।'],
    ],
    lip: [
      [
        'ओठ सुन्निन्छ र रङ गाढा देखिन्छ।',
        'रस सफा टिस्युले थपथपाएर सुकाउनुहोस्।',
        'चिसो पट्टी राख्नुहोस् र टाउको अग्लो राख्नुहोस्।',
      ],
      ['24 देखि 48 घण्टामा सुन्निएको घट्छ।', 'दिइएको मलम लगाउनुहोस्।', 'पिरो वा नुनिलो नखानुहोस्; स्ट्रले पिउनुहोस्।'],
      ['दिन 3 देखि 7 बीच छाला उप्किन्छ।', 'तानेर ननिकाल्नुहोस्।'],
      ['अहिले रङ फिक्का देखिन्छ: यो अपेक्षित हो।'],
      ['ओठमा पिल, रेटिनोइड वा फिलर होइन।'],
      ['जाँचका लागि आउनुहोस्; फेरि रङ भर्ने कुरा त्यतिबेला तय हुन्छ।'],
    ],
    vitiligo: [
      ['दिइएको मलमको पातलो तह लगाउनुहोस्।', 'फिल्म वा नटाँसिने पट्टी राख्नुहोस्।'],
      ['दिनमा दुई पटक बिस्तारै धोएर थपथपाएर सुकाउनुहोस्।'],
      ['पाप्रा झर्नु अपेक्षित हो।', 'नकन्याउनुहोस् र त्यहाँ कसिलो लुगा नलगाउनुहोस्: रगडले नयाँ सेता दाग आउन सक्छन्।'],
      ['मोइस्चराइजर लगाउनुहोस्।'],
      ['हरेक दिन 30 वा बढी फ्याक्टरको सनक्रिम लगाउनुहोस् वा ठाउँ ढाक्नुहोस्।', 'डाक्टरले नभनी प्रकाश उपचार होइन।'],
      ['जाँचका लागि आउनुहोस्।'],
    ],
  },
  whenToCall: 'कहिले फोन गर्ने',
  lead: 'मिल्ने मध्ये सबैभन्दा माथिको पङ्क्ति मान्नुहोस्। शङ्का लागे वा बिग्रिए 24 घण्टाभित्र फोन गर्नुहोस्।',
  urgency: {
    EMERG: 'आपत्काल: अहिले नै कदम चाल्नुहोस्',
    DAY: 'आजै देखाउनुहोस्',
    '24H': '24 घण्टाभित्र हामीलाई फोन गर्नुहोस्',
    SELF: 'अपेक्षित: घरमै हेरचाह गर्नुहोस्',
  },
  prescribed: 'आफ्ना औषधि डाक्टरले भनेअनुसार खाँदै गर्नुहोस्।',
};

export const aftercareTexts: Readonly<Record<Language, AftercareTexts>> = { en, hi, bn, ne };
