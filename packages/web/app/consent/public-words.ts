import type { Locale } from '../locales/index.ts';

export interface ConsentPageWords {
  readonly for: (name: string) => string;
  readonly unreviewed: string;
  readonly contents: string;
  readonly understood: string;
  readonly understoodText: string;
  readonly again: string;
  readonly right: string;
  readonly sign: string;
  readonly signText: string;
  readonly coolingOff: (hours: number) => string;
  readonly name: string;
  readonly relation: string;
  readonly draw: string;
  readonly drawHint: string;
  readonly type: string;
  readonly typeHint: string;
  readonly clear: string;
  readonly field: (who: string) => string;
  readonly send: string;
  readonly sending: string;
  readonly done: string;
  readonly doneText: (until: string) => string;
  readonly giveBack: string;
  readonly document: string;
  readonly withdrawn: string;
  readonly withdrawnText: string;
  readonly withdraw: string;
  readonly withdrawText: string;
  readonly withdrawNow: string;
  readonly gone: string;
  readonly faults: Readonly<Record<string, string>>;
}

export const consentPageWords: Readonly<Record<Locale, ConsentPageWords>> = {
  en: {
    for: (name) => `For ${name}`,
    unreviewed: 'The medical sentences here have not been reviewed by a clinician yet.',
    contents: 'What this is about',
    understood: 'Is it clear?',
    understoodText:
      'Five short questions. A wrong answer does no harm: it shows what we should explain again.',
    again: 'Please look at this again.',
    right: 'Yes.',
    sign: 'Sign',
    signText: 'Sign only if you want this treatment. You may also close this page and decide later.',
    coolingOff: (hours) =>
      `After signing there are at least ${hours} hours to think before treatment begins.`,
    name: 'Full name',
    relation: 'Relation',
    draw: 'Draw the signature',
    drawHint: 'With finger, pen or mouse.',
    type: 'Type the name as signature',
    typeHint: 'The name above counts as the signature.',
    clear: 'Clear',
    field: (who) => `Signature field: ${who}`,
    send: 'Sign now',
    sending: 'The document is being sealed …',
    done: 'Thank you. The consent is signed.',
    doneText: (until) => `Time to think until ${until}. You may withdraw at any time, also afterwards.`,
    giveBack: 'On the clinic’s tablet: please give it back now.',
    document: 'Open the signed document (PDF)',
    withdrawn: 'This consent was withdrawn.',
    withdrawnText: 'No treatment is begun on it, and photographs are no longer used under it.',
    withdraw: 'Withdraw',
    withdrawText:
      'No reason is needed. Treatment is not begun or goes no further, and photographs are no longer used under this consent. The record of what was done stays.',
    withdrawNow: 'Withdraw this consent',
    gone: 'This link does not open',
    faults: {
      'link-unknown': 'Please copy the link whole, or ask the clinic for a new one.',
      'link-expired': 'The link has expired. Please ask the clinic for a new one.',
      cancelled: 'A newer text has taken the place of this one. Please ask the clinic for its link.',
      'already-signed': 'It has been signed already.',
      'not-understood': 'Some answers are not right yet. They are marked below; please look again.',
      'signature-missing': 'A signature is missing: draw it, or type the name.',
      'guardian-needed': 'Under 18 the guardian has to sign.',
      'photos-not-for-minors': 'Under 18, photographs are used for the record and for teaching only.',
      'bad-form': 'Something is missing. Please fill in every name.',
    },
  },
  hi: {
    for: (name) => `${name} के लिए`,
    unreviewed: 'यहाँ के चिकित्सा-वाक्य अभी किसी चिकित्सक ने नहीं जाँचे।',
    contents: 'यह किस बारे में है',
    understood: 'क्या बात साफ़ है?',
    understoodText: 'पाँच छोटे सवाल। ग़लत उत्तर से कोई नुक़सान नहीं: उससे पता चलता है कि हमें क्या फिर समझाना है।',
    again: 'कृपया इसे फिर देखें।',
    right: 'हाँ।',
    sign: 'हस्ताक्षर',
    signText: 'तभी हस्ताक्षर करें जब आप यह उपचार चाहें। आप पेज बंद करके बाद में भी तय कर सकते हैं।',
    coolingOff: (hours) => `हस्ताक्षर के बाद उपचार से पहले सोचने के लिए कम से कम ${hours} घंटे हैं।`,
    name: 'पूरा नाम',
    relation: 'रिश्ता',
    draw: 'हस्ताक्षर बनाएँ',
    drawHint: 'उँगली, पेन या माउस से।',
    type: 'नाम लिखकर हस्ताक्षर करें',
    typeHint: 'ऊपर का नाम ही हस्ताक्षर माना जाएगा।',
    clear: 'मिटाएँ',
    field: (who) => `हस्ताक्षर की जगह: ${who}`,
    send: 'अभी हस्ताक्षर करें',
    sending: 'दस्तावेज़ पर मुहर लग रही है …',
    done: 'धन्यवाद। सहमति पर हस्ताक्षर हो गए।',
    doneText: (until) => `सोचने का समय ${until} तक है। आप कभी भी, बाद में भी, सहमति वापस ले सकते हैं।`,
    giveBack: 'क्लिनिक के टैबलेट पर: कृपया अब इसे लौटा दें।',
    document: 'हस्ताक्षर वाला दस्तावेज़ खोलें (PDF)',
    withdrawn: 'यह सहमति वापस ले ली गई।',
    withdrawnText: 'इसके आधार पर उपचार शुरू नहीं होगा और तस्वीरें अब काम में नहीं ली जाएँगी।',
    withdraw: 'वापस लेना',
    withdrawText:
      'कारण बताना ज़रूरी नहीं। उपचार शुरू नहीं होगा या आगे नहीं बढ़ेगा, और इस सहमति से तस्वीरें काम में नहीं ली जाएँगी। जो हुआ उसका रिकॉर्ड रहता है।',
    withdrawNow: 'यह सहमति वापस लें',
    gone: 'यह लिंक नहीं खुलता',
    faults: {
      'link-unknown': 'कृपया पूरा लिंक कॉपी करें, या क्लिनिक से नया माँगें।',
      'link-expired': 'लिंक का समय पूरा हो गया। क्लिनिक से नया माँगें।',
      cancelled: 'इसकी जगह नया पाठ आ गया है। क्लिनिक से उसका लिंक माँगें।',
      'already-signed': 'इस पर हस्ताक्षर हो चुके हैं।',
      'not-understood': 'कुछ उत्तर अभी सही नहीं हैं। वे नीचे दिखाए गए हैं; कृपया फिर देखें।',
      'signature-missing': 'एक हस्ताक्षर बाक़ी है: बनाएँ, या नाम लिखें।',
      'guardian-needed': '18 वर्ष से कम में अभिभावक के हस्ताक्षर चाहिए।',
      'photos-not-for-minors': '18 वर्ष से कम में तस्वीरें सिर्फ़ रिकॉर्ड और पढ़ाने के लिए काम आती हैं।',
      'bad-form': 'कुछ छूटा है। कृपया हर नाम भरें।',
    },
  },
  bn: {
    for: (name) => `${name}-এর জন্য`,
    unreviewed: 'এখানকার চিকিৎসার কথাগুলি এখনও কোনো চিকিৎসক যাচাই করেননি।',
    contents: 'বিষয়টি কী',
    understood: 'স্পষ্ট হয়েছে কি?',
    understoodText: 'পাঁচটি ছোট প্রশ্ন। ভুল উত্তরে ক্ষতি নেই: কী আবার বোঝাতে হবে, তা জানা যায়।',
    again: 'এটি আবার দেখুন।',
    right: 'হ্যাঁ।',
    sign: 'সই',
    signText: 'এই চিকিৎসা চাইলে তবেই সই করুন। পাতা বন্ধ করে পরেও ঠিক করতে পারেন।',
    coolingOff: (hours) => `সই করার পরে চিকিৎসা শুরুর আগে ভাবার জন্য অন্তত ${hours} ঘণ্টা আছে।`,
    name: 'পুরো নাম',
    relation: 'সম্পর্ক',
    draw: 'সই আঁকুন',
    drawHint: 'আঙুল, কলম বা মাউস দিয়ে।',
    type: 'নাম লিখে সই করুন',
    typeHint: 'উপরের নামটিই সই হিসেবে ধরা হবে।',
    clear: 'মুছুন',
    field: (who) => `সইয়ের জায়গা: ${who}`,
    send: 'এখন সই করুন',
    sending: 'নথিতে সিলমোহর হচ্ছে …',
    done: 'ধন্যবাদ। সম্মতিতে সই হয়েছে।',
    doneText: (until) => `ভাবার সময় ${until} পর্যন্ত। যেকোনো সময়, পরেও, সম্মতি ফিরিয়ে নিতে পারেন।`,
    giveBack: 'ক্লিনিকের ট্যাবলেটে: দয়া করে এখন ফেরত দিন।',
    document: 'সই করা নথি খুলুন (PDF)',
    withdrawn: 'এই সম্মতি ফিরিয়ে নেওয়া হয়েছে।',
    withdrawnText: 'এর ভিত্তিতে চিকিৎসা শুরু হয় না, ছবিও আর ব্যবহার হয় না।',
    withdraw: 'ফিরিয়ে নেওয়া',
    withdrawText:
      'কারণ জানানোর দরকার নেই। চিকিৎসা শুরু হয় না বা আর এগোয় না, এই সম্মতিতে ছবিও আর ব্যবহার হয় না। যা হয়েছে তার নথি থাকে।',
    withdrawNow: 'এই সম্মতি ফিরিয়ে নিন',
    gone: 'লিঙ্কটি খুলছে না',
    faults: {
      'link-unknown': 'পুরো লিঙ্কটি কপি করুন, অথবা ক্লিনিকের কাছে নতুন চান।',
      'link-expired': 'লিঙ্কের সময় শেষ। ক্লিনিকের কাছে নতুন চান।',
      cancelled: 'এর জায়গায় নতুন পাঠ এসেছে। ক্লিনিকের কাছে তার লিঙ্ক চান।',
      'already-signed': 'এতে আগেই সই হয়েছে।',
      'not-understood': 'কিছু উত্তর এখনও ঠিক নয়। নিচে চিহ্ন দেওয়া আছে; আবার দেখুন।',
      'signature-missing': 'একটি সই বাকি: আঁকুন, অথবা নাম লিখুন।',
      'guardian-needed': '১৮-র কম বয়সে অভিভাবকের সই চাই।',
      'photos-not-for-minors': '১৮-র কম বয়সে ছবি শুধু নথি ও শেখানোর কাজে লাগে।',
      'bad-form': 'কিছু বাদ পড়েছে। প্রতিটি নাম লিখুন।',
    },
  },
  ne: {
    for: (name) => `${name}का लागि`,
    unreviewed: 'यहाँका चिकित्सा वाक्य अझै कुनै चिकित्सकले समीक्षा गरेका छैनन्।',
    contents: 'यो केबारे हो',
    understood: 'कुरा बुझियो?',
    understoodText: 'पाँच छोटा प्रश्न। गलत उत्तरले हानि हुँदैन: के फेरि बुझाउनुपर्छ भन्ने देखाउँछ।',
    again: 'कृपया यो फेरि हेर्नुहोस्।',
    right: 'हो।',
    sign: 'हस्ताक्षर',
    signText: 'यो उपचार चाहनुहुन्छ भने मात्र हस्ताक्षर गर्नुहोस्। पृष्ठ बन्द गरेर पछि पनि निर्णय गर्न सक्नुहुन्छ।',
    coolingOff: (hours) => `हस्ताक्षरपछि उपचार सुरु हुनुअघि सोच्न कम्तीमा ${hours} घण्टा छ।`,
    name: 'पूरा नाम',
    relation: 'नाता',
    draw: 'हस्ताक्षर कोर्नुहोस्',
    drawHint: 'औँला, कलम वा माउसले।',
    type: 'नाम लेखेर हस्ताक्षर गर्नुहोस्',
    typeHint: 'माथिको नामलाई नै हस्ताक्षर मानिन्छ।',
    clear: 'मेट्नुहोस्',
    field: (who) => `हस्ताक्षर गर्ने ठाउँ: ${who}`,
    send: 'अहिले हस्ताक्षर गर्नुहोस्',
    sending: 'कागजातमा छाप लाग्दै छ …',
    done: 'धन्यवाद। मञ्जुरीमा हस्ताक्षर भयो।',
    doneText: (until) => `सोच्ने समय ${until} सम्म छ। जुनसुकै बेला, पछि पनि, मञ्जुरी फिर्ता लिन सक्नुहुन्छ।`,
    giveBack: 'क्लिनिकको ट्याब्लेटमा: कृपया अब फिर्ता दिनुहोस्।',
    document: 'हस्ताक्षर भएको कागजात खोल्नुहोस् (PDF)',
    withdrawn: 'यो मञ्जुरी फिर्ता लिइयो।',
    withdrawnText: 'यसका आधारमा उपचार सुरु हुँदैन, तस्बिर पनि अब प्रयोग हुँदैन।',
    withdraw: 'फिर्ता लिने',
    withdrawText:
      'कारण चाहिँदैन। उपचार सुरु हुँदैन वा अघि बढ्दैन, र यो मञ्जुरीअनुसार तस्बिर प्रयोग हुँदैन। जे भयो त्यसको अभिलेख रहन्छ।',
    withdrawNow: 'यो मञ्जुरी फिर्ता लिनुहोस्',
    gone: 'यो लिंक खुल्दैन',
    faults: {
      'link-unknown': 'कृपया पूरा लिंक प्रतिलिपि गर्नुहोस्, वा क्लिनिकसँग नयाँ माग्नुहोस्।',
      'link-expired': 'लिंकको समय सकियो। क्लिनिकसँग नयाँ माग्नुहोस्।',
      cancelled: 'यसको ठाउँमा नयाँ पाठ आयो। क्लिनिकसँग त्यसको लिंक माग्नुहोस्।',
      'already-signed': 'यसमा हस्ताक्षर भइसकेको छ।',
      'not-understood': 'केही उत्तर अझै ठीक छैनन्। तल चिन्ह लगाइएको छ; फेरि हेर्नुहोस्।',
      'signature-missing': 'एउटा हस्ताक्षर बाँकी छ: कोर्नुहोस्, वा नाम लेख्नुहोस्।',
      'guardian-needed': '१८ वर्षभन्दा कममा अभिभावकको हस्ताक्षर चाहिन्छ।',
      'photos-not-for-minors': '१८ वर्षभन्दा कममा तस्बिर अभिलेख र सिकाउन मात्र प्रयोग हुन्छ।',
      'bad-form': 'केही छुटेको छ। हरेक नाम भर्नुहोस्।',
    },
  },
};
