import type { PhotoUse } from '@undertone/clinic/consent/schema.ts';
import type { Locale } from '../locales/index.ts';

export interface ConsentWords {
  readonly title: string;
  readonly offer: string;
  readonly offerText: string;
  readonly treatment: string;
  readonly language: string;
  readonly diagnosis: string;
  readonly diagnosisHint: string;
  readonly operator: string;
  readonly pigments: string;
  readonly pigmentsHint: string;
  readonly price: string;
  readonly guardianName: string;
  readonly guardianRelation: string;
  readonly guardianHint: string;
  readonly interpreter: string;
  readonly witness: string;
  readonly prepare: string;
  readonly prepared: string;
  readonly none: string;
  readonly noneText: string;
  readonly states: Readonly<Record<'offered' | 'signed' | 'withdrawn' | 'cancelled' | 'expired', string>>;
  readonly tablet: string;
  readonly handOver: string;
  readonly handOverHint: string;
  readonly link: string;
  readonly linkHint: string;
  readonly sendLink: string;
  readonly sendLinkHint: string;
  readonly linkSent: string;
  readonly document: string;
  readonly text: (version: number) => string;
  readonly offered: string;
  readonly signed: string;
  readonly coolingOff: string;
  readonly tries: (count: number) => string;
  readonly withdraw: string;
  readonly withdrawText: string;
  readonly withdrawReason: string;
  readonly withdrawNow: string;
  readonly withdrawnDone: string;
  readonly withdrawn: (when: string, why: string) => string;
  readonly photos: string;
  readonly photoUses: Readonly<Record<PhotoUse, string>>;
  readonly given: string;
  readonly notGiven: string;
  readonly identifiable: string;
  readonly notIdentifiable: string;
  readonly endUse: (use: string) => string;
  readonly photoUseEnded: string;
  readonly onlyPhysician: string;
  readonly notDone: string;
  readonly faults: Readonly<Record<string, string>>;
  readonly texts: string;
  readonly textsHint: string;
}

export const consentWords: Readonly<Record<Locale, ConsentWords>> = {
  en: {
    title: 'Consent',
    offer: 'Prepare a consent',
    offerText: 'The person reads it on the tablet or by the link, answers five questions and signs.',
    treatment: 'Treatment',
    language: 'Language',
    diagnosis: 'What was found',
    diagnosisHint: 'In the patient’s words; printed as it stands here.',
    operator: 'Who does it',
    pigments: 'Pigments',
    pigmentsHint: 'One a line: name; CI number; lot. May be left empty before there is a plan.',
    price: 'Price told',
    guardianName: 'Guardian’s name',
    guardianRelation: 'Relation',
    guardianHint: 'Needed under 18; the guardian in the record when left empty.',
    interpreter: 'An interpreter signs too',
    witness: 'A witness signs too',
    prepare: 'Prepare',
    prepared: 'Prepared. Hand over the tablet or send the link.',
    none: 'No consent yet',
    noneText:
      'Each treatment needs its own; the session waits until it is signed and the time to think is over.',
    states: {
      offered: 'handed over',
      signed: 'signed',
      withdrawn: 'withdrawn',
      cancelled: 'replaced',
      expired: 'link expired',
    },
    tablet: 'Open on this tablet',
    handOver: 'Sign out and hand over',
    handOverHint: 'Your session on this tablet ends, so that nothing else opens in the patient’s hands.',
    link: 'Link for the patient',
    linkHint: 'Whoever has it can read and sign. It works for 14 days.',
    sendLink: 'Send the link',
    sendLinkHint: 'To the patient, in their language.',
    linkSent: 'The link is on its way; in quiet hours it waits for the morning.',
    document: 'Sealed document (PDF)',
    text: (version) => `text version ${version}`,
    offered: 'Prepared',
    signed: 'Signed',
    coolingOff: 'Time to think until',
    tries: (count) => `${count} ${count === 1 ? 'try' : 'tries'} at the questions`,
    withdraw: 'Withdraw',
    withdrawText:
      'At the person’s word, at any time. It stops every session of this treatment that has not begun and ends the uses of photographs agreed to with it. The record stays.',
    withdrawReason: 'Reason, if they gave one',
    withdrawNow: 'Withdraw this consent',
    withdrawnDone: 'Withdrawn. Sessions of this treatment can no longer begin.',
    withdrawn: (when, why) => `Withdrawn ${when}${why === '' ? '' : `: ${why}`}`,
    photos: 'Photographs may be used for',
    photoUses: {
      record: 'Record',
      teaching: 'Teaching',
      publication: 'Publication',
      'social-media': 'Website and social media',
    },
    given: 'yes',
    notGiven: 'no',
    identifiable: 'may be recognisable',
    notIdentifiable: 'not recognisable',
    endUse: (use) => `End: ${use}`,
    photoUseEnded: 'This use has ended.',
    onlyPhysician: 'A physician explains and prepares the consent.',
    notDone: 'Not done',
    faults: {
      'no-way-to-reach': 'There is no address for it: record an e-mail address, or copy the link.',
      'opted-out': 'This person wants no messages: hand over the tablet.',
      'already-sent': 'It was sent to this address today.',
      'link-expired': 'This text can no longer be signed; prepare a new one.',
      'age-unknown': 'Record the date of birth first: whether a guardian is needed depends on it.',
      'guardian-needed': 'Under 18 a guardian has to agree: give name and relation.',
      'minor-not-treated': 'Under 18 the scalp is not treated.',
      'already-withdrawn': 'It was withdrawn before.',
      'nothing-to-withdraw': 'There is nothing to withdraw.',
      'not-allowed': 'Your role does not allow this.',
      'bad-form': 'Something is missing or cannot be read.',
    },
    texts: 'Consent texts',
    textsHint: 'Versions never change; signed consents keep theirs.',
  },
  hi: {
    title: 'सहमति',
    offer: 'सहमति तैयार करें',
    offerText: 'व्यक्ति टैबलेट पर या लिंक से पढ़ता है, पाँच सवालों के उत्तर देता है और हस्ताक्षर करता है।',
    treatment: 'उपचार',
    language: 'भाषा',
    diagnosis: 'क्या मिला',
    diagnosisHint: 'रोगी की भाषा में; जैसा लिखा है वैसा छपेगा।',
    operator: 'कौन करेगा',
    pigments: 'पिगमेंट',
    pigmentsHint: 'एक पंक्ति में एक: नाम; CI नंबर; लॉट। योजना से पहले ख़ाली छोड़ सकते हैं।',
    price: 'बताई गई क़ीमत',
    guardianName: 'अभिभावक का नाम',
    guardianRelation: 'रिश्ता',
    guardianHint: '18 से कम में ज़रूरी; ख़ाली हो तो रिकॉर्ड का अभिभावक।',
    interpreter: 'दुभाषिया भी हस्ताक्षर करे',
    witness: 'गवाह भी हस्ताक्षर करे',
    prepare: 'तैयार करें',
    prepared: 'तैयार है। टैबलेट दें या लिंक भेजें।',
    none: 'अभी कोई सहमति नहीं',
    noneText: 'हर उपचार की अपनी सहमति होती है; हस्ताक्षर और सोचने का समय पूरा होने तक सत्र रुकता है।',
    states: {
      offered: 'दी गई',
      signed: 'हस्ताक्षरित',
      withdrawn: 'वापस ली गई',
      cancelled: 'बदली गई',
      expired: 'लिंक का समय पूरा',
    },
    tablet: 'इस टैबलेट पर खोलें',
    handOver: 'साइन आउट करके टैबलेट दें',
    handOverHint: 'इस टैबलेट पर आपका सत्र समाप्त होता है, ताकि रोगी के हाथ में और कुछ न खुले।',
    link: 'रोगी के लिए लिंक',
    linkHint: 'जिसके पास लिंक है वह पढ़ और हस्ताक्षर कर सकता है। 14 दिन चलता है।',
    sendLink: 'लिंक भेजें',
    sendLinkHint: 'रोगी को, उनकी भाषा में।',
    linkSent: 'लिंक भेजा जा रहा है; शांत समय में सुबह जाएगा।',
    document: 'मुहरबंद दस्तावेज़ (PDF)',
    text: (version) => `पाठ संस्करण ${version}`,
    offered: 'तैयार',
    signed: 'हस्ताक्षर',
    coolingOff: 'सोचने का समय, इस तक',
    tries: (count) => `सवालों के ${count} प्रयास`,
    withdraw: 'वापस लेना',
    withdrawText:
      'व्यक्ति के कहने पर, कभी भी। इससे इस उपचार का हर न शुरू हुआ सत्र रुक जाता है और इसके साथ दी गई तस्वीरों की अनुमति ख़त्म होती है। रिकॉर्ड रहता है।',
    withdrawReason: 'कारण, अगर बताया हो',
    withdrawNow: 'यह सहमति वापस लें',
    withdrawnDone: 'वापस ली गई। इस उपचार के सत्र अब शुरू नहीं हो सकते।',
    withdrawn: (when, why) => `${when} को वापस ली गई${why === '' ? '' : `: ${why}`}`,
    photos: 'तस्वीरें किस काम आ सकती हैं',
    photoUses: {
      record: 'रिकॉर्ड',
      teaching: 'पढ़ाना',
      publication: 'प्रकाशन',
      'social-media': 'वेबसाइट और सोशल मीडिया',
    },
    given: 'हाँ',
    notGiven: 'नहीं',
    identifiable: 'पहचान हो सकती है',
    notIdentifiable: 'पहचान नहीं हो सकती',
    endUse: (use) => `समाप्त करें: ${use}`,
    photoUseEnded: 'यह उपयोग समाप्त हुआ।',
    onlyPhysician: 'सहमति चिकित्सक समझाते और तैयार करते हैं।',
    notDone: 'नहीं हुआ',
    faults: {
      'no-way-to-reach': 'भेजने का कोई पता नहीं: ई-मेल दर्ज करें या लिंक कॉपी करें।',
      'opted-out': 'यह व्यक्ति संदेश नहीं चाहता: टैबलेट दें।',
      'already-sent': 'आज इस पते पर भेजा जा चुका है।',
      'link-expired': 'इस पर अब हस्ताक्षर नहीं हो सकते; नया तैयार करें।',
      'age-unknown': 'पहले जन्मतिथि दर्ज करें: अभिभावक की ज़रूरत उसी पर निर्भर है।',
      'guardian-needed': '18 से कम में अभिभावक की सहमति चाहिए: नाम और रिश्ता दें।',
      'minor-not-treated': '18 से कम में सिर की त्वचा का उपचार नहीं होता।',
      'already-withdrawn': 'पहले ही वापस ली जा चुकी है।',
      'nothing-to-withdraw': 'वापस लेने को कुछ नहीं।',
      'not-allowed': 'आपकी भूमिका में इसकी अनुमति नहीं।',
      'bad-form': 'कुछ छूटा है या पढ़ा नहीं जा सका।',
    },
    texts: 'सहमति के पाठ',
    textsHint: 'संस्करण नहीं बदलते; हस्ताक्षरित सहमति अपना संस्करण रखती है।',
  },
  bn: {
    title: 'সম্মতি',
    offer: 'সম্মতি তৈরি করুন',
    offerText: 'মানুষটি ট্যাবলেটে বা লিঙ্কে পড়েন, পাঁচটি প্রশ্নের উত্তর দেন এবং সই করেন।',
    treatment: 'চিকিৎসা',
    language: 'ভাষা',
    diagnosis: 'কী পাওয়া গেছে',
    diagnosisHint: 'রোগীর ভাষায়; যেমন লেখা তেমনই ছাপা হয়।',
    operator: 'কে করবেন',
    pigments: 'রঞ্জক',
    pigmentsHint: 'এক লাইনে একটি: নাম; CI নম্বর; লট। পরিকল্পনার আগে ফাঁকা রাখা যায়।',
    price: 'জানানো দাম',
    guardianName: 'অভিভাবকের নাম',
    guardianRelation: 'সম্পর্ক',
    guardianHint: '১৮-র কমে দরকার; ফাঁকা থাকলে রেকর্ডের অভিভাবক।',
    interpreter: 'দোভাষীও সই করবেন',
    witness: 'সাক্ষীও সই করবেন',
    prepare: 'তৈরি করুন',
    prepared: 'তৈরি। ট্যাবলেট দিন বা লিঙ্ক পাঠান।',
    none: 'এখনও সম্মতি নেই',
    noneText: 'প্রতিটি চিকিৎসার নিজের সম্মতি লাগে; সই ও ভাবার সময় শেষ না হলে সেশন শুরু হয় না।',
    states: {
      offered: 'দেওয়া হয়েছে',
      signed: 'সই হয়েছে',
      withdrawn: 'ফিরিয়ে নেওয়া',
      cancelled: 'বদলানো',
      expired: 'লিঙ্কের সময় শেষ',
    },
    tablet: 'এই ট্যাবলেটে খুলুন',
    handOver: 'সাইন আউট করে ট্যাবলেট দিন',
    handOverHint: 'এই ট্যাবলেটে আপনার সেশন শেষ হয়, যাতে রোগীর হাতে আর কিছু না খোলে।',
    link: 'রোগীর লিঙ্ক',
    linkHint: 'যার কাছে আছে তিনি পড়তে ও সই করতে পারেন। ১৪ দিন চলে।',
    sendLink: 'লিঙ্ক পাঠান',
    sendLinkHint: 'রোগীকে, তাঁর ভাষায়।',
    linkSent: 'লিঙ্ক পাঠানো হচ্ছে; নীরব সময়ে সকালে যাবে।',
    document: 'সিলমোহর করা নথি (PDF)',
    text: (version) => `পাঠ সংস্করণ ${version}`,
    offered: 'তৈরি',
    signed: 'সই',
    coolingOff: 'ভাবার সময়, এই পর্যন্ত',
    tries: (count) => `প্রশ্নে ${count} বার চেষ্টা`,
    withdraw: 'ফিরিয়ে নেওয়া',
    withdrawText:
      'মানুষটির কথায়, যেকোনো সময়। এতে এই চিকিৎসার শুরু না হওয়া সব সেশন থামে এবং এর সঙ্গে দেওয়া ছবির অনুমতি শেষ হয়। নথি থাকে।',
    withdrawReason: 'কারণ, যদি জানিয়ে থাকেন',
    withdrawNow: 'এই সম্মতি ফিরিয়ে নিন',
    withdrawnDone: 'ফিরিয়ে নেওয়া হয়েছে। এই চিকিৎসার সেশন আর শুরু করা যায় না।',
    withdrawn: (when, why) => `${when} ফিরিয়ে নেওয়া${why === '' ? '' : `: ${why}`}`,
    photos: 'ছবি যে কাজে লাগতে পারে',
    photoUses: {
      record: 'নথি',
      teaching: 'শেখানো',
      publication: 'প্রকাশ',
      'social-media': 'ওয়েবসাইট ও সোশ্যাল মিডিয়া',
    },
    given: 'হ্যাঁ',
    notGiven: 'না',
    identifiable: 'চেনা যেতে পারে',
    notIdentifiable: 'চেনা যাবে না',
    endUse: (use) => `শেষ করুন: ${use}`,
    photoUseEnded: 'এই ব্যবহার শেষ হয়েছে।',
    onlyPhysician: 'চিকিৎসক বুঝিয়ে সম্মতি তৈরি করেন।',
    notDone: 'হয়নি',
    faults: {
      'no-way-to-reach': 'পাঠানোর ঠিকানা নেই: ই-মেল লিখুন বা লিঙ্ক কপি করুন।',
      'opted-out': 'এই মানুষটি বার্তা চান না: ট্যাবলেট দিন।',
      'already-sent': 'আজ এই ঠিকানায় পাঠানো হয়েছে।',
      'link-expired': 'এতে আর সই করা যায় না; নতুন তৈরি করুন।',
      'age-unknown': 'আগে জন্মতারিখ লিখুন: অভিভাবক লাগবে কি না, তাতেই ঠিক হয়।',
      'guardian-needed': '১৮-র কমে অভিভাবকের সম্মতি চাই: নাম ও সম্পর্ক দিন।',
      'minor-not-treated': '১৮-র কমে মাথার ত্বকে চিকিৎসা হয় না।',
      'already-withdrawn': 'আগেই ফিরিয়ে নেওয়া হয়েছে।',
      'nothing-to-withdraw': 'ফিরিয়ে নেওয়ার কিছু নেই।',
      'not-allowed': 'আপনার ভূমিকায় এর অনুমতি নেই।',
      'bad-form': 'কিছু বাদ পড়েছে বা পড়া যায়নি।',
    },
    texts: 'সম্মতির পাঠ',
    textsHint: 'সংস্করণ বদলায় না; সই করা সম্মতি নিজেরটি রাখে।',
  },
  ne: {
    title: 'मञ्जुरी',
    offer: 'मञ्जुरी तयार गर्नुहोस्',
    offerText: 'व्यक्तिले ट्याब्लेटमा वा लिंकबाट पढ्छ, पाँच प्रश्नको उत्तर दिन्छ र हस्ताक्षर गर्छ।',
    treatment: 'उपचार',
    language: 'भाषा',
    diagnosis: 'के भेटियो',
    diagnosisHint: 'बिरामीकै भाषामा; लेखिएजस्तै छापिन्छ।',
    operator: 'कसले गर्छ',
    pigments: 'पिग्मेन्ट',
    pigmentsHint: 'एक हरफमा एक: नाम; CI नम्बर; लट। योजनाअघि खाली राख्न मिल्छ।',
    price: 'बताइएको मूल्य',
    guardianName: 'अभिभावकको नाम',
    guardianRelation: 'नाता',
    guardianHint: '१८ भन्दा कममा चाहिन्छ; खाली भए अभिलेखको अभिभावक।',
    interpreter: 'दोभाषेले पनि हस्ताक्षर गर्ने',
    witness: 'साक्षीले पनि हस्ताक्षर गर्ने',
    prepare: 'तयार गर्नुहोस्',
    prepared: 'तयार भयो। ट्याब्लेट दिनुहोस् वा लिंक पठाउनुहोस्।',
    none: 'अझै मञ्जुरी छैन',
    noneText: 'हरेक उपचारको आफ्नै मञ्जुरी चाहिन्छ; हस्ताक्षर र सोच्ने समय नसकी सत्र सुरु हुँदैन।',
    states: {
      offered: 'दिइयो',
      signed: 'हस्ताक्षर भयो',
      withdrawn: 'फिर्ता लिइयो',
      cancelled: 'बदलियो',
      expired: 'लिंकको समय सकियो',
    },
    tablet: 'यही ट्याब्लेटमा खोल्नुहोस्',
    handOver: 'साइन आउट गरी ट्याब्लेट दिनुहोस्',
    handOverHint: 'यो ट्याब्लेटमा तपाईंको सत्र सकिन्छ, जसले बिरामीको हातमा अरू केही खुल्दैन।',
    link: 'बिरामीको लिंक',
    linkHint: 'जोसँग छ उसले पढ्न र हस्ताक्षर गर्न सक्छ। १४ दिन चल्छ।',
    sendLink: 'लिंक पठाउनुहोस्',
    sendLinkHint: 'बिरामीलाई, उहाँको भाषामा।',
    linkSent: 'लिंक पठाइँदैछ; शान्त समयमा बिहान जान्छ।',
    document: 'छाप लागेको कागजात (PDF)',
    text: (version) => `पाठ संस्करण ${version}`,
    offered: 'तयार',
    signed: 'हस्ताक्षर',
    coolingOff: 'सोच्ने समय, यतिसम्म',
    tries: (count) => `प्रश्नमा ${count} प्रयास`,
    withdraw: 'फिर्ता लिने',
    withdrawText:
      'व्यक्तिको भनाइमा, जुनसुकै बेला। यसले यस उपचारका सुरु नभएका सबै सत्र रोक्छ र यससँगै दिइएको तस्बिरको अनुमति सकिन्छ। अभिलेख रहन्छ।',
    withdrawReason: 'कारण, बताएको भए',
    withdrawNow: 'यो मञ्जुरी फिर्ता लिनुहोस्',
    withdrawnDone: 'फिर्ता लिइयो। यस उपचारका सत्र अब सुरु हुँदैनन्।',
    withdrawn: (when, why) => `${when} फिर्ता लिइयो${why === '' ? '' : `: ${why}`}`,
    photos: 'तस्बिर के काममा प्रयोग हुन सक्छ',
    photoUses: {
      record: 'अभिलेख',
      teaching: 'सिकाउने',
      publication: 'प्रकाशन',
      'social-media': 'वेबसाइट र सामाजिक सञ्जाल',
    },
    given: 'हुन्छ',
    notGiven: 'हुन्न',
    identifiable: 'चिन्न सकिन्छ',
    notIdentifiable: 'चिन्न सकिँदैन',
    endUse: (use) => `अन्त्य: ${use}`,
    photoUseEnded: 'यो प्रयोग सकियो।',
    onlyPhysician: 'चिकित्सकले बुझाएर मञ्जुरी तयार गर्नुहुन्छ।',
    notDone: 'भएन',
    faults: {
      'no-way-to-reach': 'पठाउने ठेगाना छैन: इमेल लेख्नुहोस् वा लिंक कपी गर्नुहोस्।',
      'opted-out': 'यो व्यक्ति सन्देश चाहनुहुन्न: ट्याब्लेट दिनुहोस्।',
      'already-sent': 'आज यो ठेगानामा पठाइसकियो।',
      'link-expired': 'यसमा अब हस्ताक्षर हुँदैन; नयाँ तयार गर्नुहोस्।',
      'age-unknown': 'पहिले जन्ममिति लेख्नुहोस्: अभिभावक चाहिने कि नचाहिने त्यसैले तय हुन्छ।',
      'guardian-needed': '१८ भन्दा कममा अभिभावकको मञ्जुरी चाहिन्छ: नाम र नाता दिनुहोस्।',
      'minor-not-treated': '१८ भन्दा कममा टाउकोको छालाको उपचार हुँदैन।',
      'already-withdrawn': 'पहिले नै फिर्ता लिइसकियो।',
      'nothing-to-withdraw': 'फिर्ता लिने केही छैन।',
      'not-allowed': 'तपाईंको भूमिकामा अनुमति छैन।',
      'bad-form': 'केही छुटेको छ वा पढ्न सकिएन।',
    },
    texts: 'मञ्जुरीका पाठ',
    textsHint: 'संस्करण बदलिँदैन; हस्ताक्षर भएको मञ्जुरीले आफ्नै राख्छ।',
  },
};
