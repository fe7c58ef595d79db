import type { Locale } from '../locales/index.ts';

export interface CheckWords {
  readonly title: string;
  readonly lead: string;
  readonly privacy: string;
  readonly chooseTitle: string;
  readonly treatments: Readonly<Record<'scalp' | 'lip' | 'vitiligo', string>>;
  readonly chosen: string;
  readonly other: string;
  readonly listHint: string;
  readonly listMissing: string;
  readonly which: string;
  readonly whichMissing: string;
  readonly dateHint: string;
  readonly dateLater: string;
  readonly step: (at: number, of: number) => string;
  readonly next: string;
  readonly back: string;
  readonly show: string;
  readonly result: string;
  readonly until: (date: string) => string;
  readonly untilOpen: string;
  readonly reasons: string;
  readonly noReasons: string;
  readonly alsoKnow: string;
  readonly source: string;
  readonly unreviewed: string;
  readonly bookVisit: string;
  readonly bookConsultation: string;
  readonly change: string;
  readonly startOver: string;
  readonly takeAlong: string;
  readonly takeAlongHint: string;
  readonly takeAlongGo: string;
  readonly medicines: string;
}

/** Words around the gates' own texts (`clinic/candidacy/texts`). A language that lacks one does not compile. */
export const checkWords: Readonly<Record<Locale, CheckWords>> = {
  en: {
    title: 'Is this treatment for you now?',
    lead: 'A few questions, about two minutes. You see the answer, and why, before you choose a time.',
    privacy:
      'Your answers are weighed on this device. If your browser runs no scripts, our server weighs them once and forgets them: nothing is stored or logged. The clinic gets them only if you send them along with a booking.',
    chooseTitle: 'What do you come for?',
    treatments: { scalp: 'Scalp', lip: 'Lips', vitiligo: 'Vitiligo' },
    chosen: 'For',
    other: 'Choose another treatment',
    listHint: 'Tick every line that applies. If none does, tick the last one.',
    listMissing: 'Tick what applies to you, or “None of these”.',
    which: 'Which of these?',
    whichMissing: 'Choose the one that fits.',
    dateHint: 'About is enough. Leave it empty if you do not know.',
    dateLater: 'This day has not come yet. Choose today or an earlier day.',
    step: (at, of) => `Part ${at} of ${of}`,
    next: 'Next',
    back: 'Back',
    show: 'Show the result',
    result: 'Your result',
    until: (date) => `As far as your answers tell, from ${date}.`,
    untilOpen: 'No date can be given: it depends on when it has healed or ended.',
    reasons: 'Why',
    noReasons: 'None of your answers asks for a wait or a second look.',
    alsoKnow: 'Good to know',
    source: 'Source',
    unreviewed:
      'These questions and reasons have not yet been reviewed by a clinician. The doctor decides with you.',
    bookVisit: 'Choose a time for the treatment',
    bookConsultation: 'Choose a time to talk with the doctor',
    change: 'Change my answers',
    startOver: 'Start again',
    takeAlong: 'Send my answers to the clinic with the booking',
    takeAlongHint:
      'Then you need not answer twice. Without this tick they are gone when you leave this page.',
    takeAlongGo: 'Choose a time and send my answers along',
    medicines: 'Keep taking every medicine as it was prescribed.',
  },
  hi: {
    title: 'क्या यह उपचार अभी आपके लिए है?',
    lead: 'कुछ सवाल, लगभग दो मिनट। समय चुनने से पहले आप जवाब और उसका कारण देखते हैं।',
    privacy:
      'आपके जवाब इसी यंत्र पर परखे जाते हैं। ब्राउज़र स्क्रिप्ट न चलाए तो हमारा सर्वर एक बार परखकर भूल जाता है: कुछ सहेजा या लॉग में लिखा नहीं जाता। क्लिनिक को वे तभी मिलते हैं जब आप उन्हें बुकिंग के साथ भेजें।',
    chooseTitle: 'आप किसलिए आना चाहते हैं?',
    treatments: { scalp: 'सिर', lip: 'होंठ', vitiligo: 'विटिलिगो' },
    chosen: 'विषय',
    other: 'दूसरा उपचार चुनें',
    listHint: 'जो भी लागू हो, उस पर निशान लगाएँ। कुछ भी न हो तो आख़िरी पंक्ति पर।',
    listMissing: 'जो लागू हो उस पर निशान लगाएँ, या “इनमें से कोई नहीं” पर।',
    which: 'इनमें से कौन-सा?',
    whichMissing: 'जो ठीक बैठे, वह चुनें।',
    dateHint: 'अंदाज़ा काफ़ी है। पता न हो तो ख़ाली छोड़ें।',
    dateLater: 'यह दिन अभी आया नहीं। आज या उससे पहले का दिन चुनें।',
    step: (at, of) => `भाग ${at} / ${of}`,
    next: 'आगे',
    back: 'पीछे',
    show: 'नतीजा देखें',
    result: 'आपका नतीजा',
    until: (date) => `आपके जवाबों के अनुसार ${date} से।`,
    untilOpen: 'तारीख़ नहीं बताई जा सकती: यह ठीक होने या पूरा होने पर निर्भर है।',
    reasons: 'कारण',
    noReasons: 'आपके किसी जवाब से रुकने या दोबारा देखने की ज़रूरत नहीं दिखती।',
    alsoKnow: 'जान लेना अच्छा है',
    source: 'स्रोत',
    unreviewed: 'इन सवालों और कारणों की किसी चिकित्सक ने अभी समीक्षा नहीं की है। डॉक्टर आपके साथ फ़ैसला करते हैं।',
    bookVisit: 'उपचार का समय चुनें',
    bookConsultation: 'डॉक्टर से बात करने का समय चुनें',
    change: 'जवाब बदलें',
    startOver: 'फिर से शुरू करें',
    takeAlong: 'बुकिंग के साथ मेरे जवाब क्लिनिक को भेजें',
    takeAlongHint: 'तब दोबारा जवाब नहीं देने पड़ते। निशान न लगाएँ तो पन्ना छोड़ते ही जवाब मिट जाते हैं।',
    takeAlongGo: 'समय चुनें और जवाब साथ भेजें',
    medicines: 'हर दवा वैसे ही लेते रहें जैसे डॉक्टर ने लिखी है।',
  },
  bn: {
    title: 'এই চিকিৎসা কি এখন আপনার জন্য?',
    lead: 'কয়েকটি প্রশ্ন, প্রায় দুই মিনিট। সময় বেছে নেওয়ার আগেই উত্তর ও তার কারণ দেখতে পাবেন।',
    privacy:
      'আপনার উত্তর এই যন্ত্রেই বিচার করা হয়। ব্রাউজারে স্ক্রিপ্ট না চললে আমাদের সার্ভার একবার বিচার করে ভুলে যায়: কিছু জমা বা লগে লেখা হয় না। বুকিংয়ের সঙ্গে পাঠালে তবেই ক্লিনিক তা পায়।',
    chooseTitle: 'কীসের জন্য আসতে চান?',
    treatments: { scalp: 'মাথা', lip: 'ঠোঁট', vitiligo: 'শ্বেতী' },
    chosen: 'বিষয়',
    other: 'অন্য চিকিৎসা বেছে নিন',
    listHint: 'যা যা মেলে তাতে টিক দিন। কিছুই না মিললে শেষ লাইনে।',
    listMissing: 'যা মেলে তাতে টিক দিন, নইলে “এর কোনোটিই নয়”-তে।',
    which: 'এর মধ্যে কোনটি?',
    whichMissing: 'যেটি মেলে সেটি বেছে নিন।',
    dateHint: 'আন্দাজ দিলেই হবে। না জানলে ফাঁকা রাখুন।',
    dateLater: 'এই দিন এখনও আসেনি। আজ বা আগের কোনো দিন দিন।',
    step: (at, of) => `অংশ ${at} / ${of}`,
    next: 'পরের অংশ',
    back: 'পিছনে',
    show: 'ফল দেখুন',
    result: 'আপনার ফল',
    until: (date) => `আপনার উত্তর অনুযায়ী ${date} থেকে।`,
    untilOpen: 'তারিখ বলা যায় না: কবে সারে বা শেষ হয় তার ওপর নির্ভর করে।',
    reasons: 'কারণ',
    noReasons: 'আপনার কোনো উত্তরের জন্য অপেক্ষা বা আবার দেখার দরকার নেই।',
    alsoKnow: 'জেনে রাখা ভালো',
    source: 'সূত্র',
    unreviewed: 'এই প্রশ্ন ও কারণ কোনো চিকিৎসক এখনও পর্যালোচনা করেননি। ডাক্তার আপনার সঙ্গে মিলে ঠিক করবেন।',
    bookVisit: 'চিকিৎসার সময় বেছে নিন',
    bookConsultation: 'ডাক্তারের সঙ্গে কথা বলার সময় বেছে নিন',
    change: 'উত্তর বদলান',
    startOver: 'আবার শুরু করুন',
    takeAlong: 'বুকিংয়ের সঙ্গে আমার উত্তর ক্লিনিকে পাঠান',
    takeAlongHint: 'তাহলে দুবার উত্তর দিতে হবে না। টিক না দিলে পাতা ছাড়লেই উত্তর মুছে যায়।',
    takeAlongGo: 'সময় বেছে নিন, উত্তরও পাঠান',
    medicines: 'প্রতিটি ওষুধ যেমন লেখা আছে তেমনই খেয়ে যান।',
  },
  ne: {
    title: 'यो उपचार अहिले तपाईंका लागि हो?',
    lead: 'केही प्रश्न, करिब दुई मिनेट। समय रोज्नुअघि नै उत्तर र त्यसको कारण देख्नुहुन्छ।',
    privacy:
      'तपाईंका उत्तर यही यन्त्रमा जाँचिन्छन्। ब्राउजरमा स्क्रिप्ट नचले हाम्रो सर्भरले एक पटक जाँचेर बिर्सन्छ: केही राखिँदैन, लगमा लेखिँदैन। बुकिङसँग पठाउनुभयो भने मात्र क्लिनिकले पाउँछ।',
    chooseTitle: 'के का लागि आउन चाहनुहुन्छ?',
    treatments: { scalp: 'टाउको', lip: 'ओठ', vitiligo: 'दुबी' },
    chosen: 'विषय',
    other: 'अर्को उपचार रोज्नुहोस्',
    listHint: 'जे जे मिल्छ त्यसमा चिनो लगाउनुहोस्। कुनै नमिले अन्तिम लाइनमा।',
    listMissing: 'मिल्नेमा चिनो लगाउनुहोस्, वा “यीमध्ये कुनै होइन” मा।',
    which: 'यीमध्ये कुन?',
    whichMissing: 'मिल्ने एउटा रोज्नुहोस्।',
    dateHint: 'अन्दाज भए पुग्छ। थाहा नभए खाली राख्नुहोस्।',
    dateLater: 'यो दिन अझै आएको छैन। आज वा अघिको दिन रोज्नुहोस्।',
    step: (at, of) => `भाग ${at} / ${of}`,
    next: 'अर्को',
    back: 'पछाडि',
    show: 'नतिजा हेर्नुहोस्',
    result: 'तपाईंको नतिजा',
    until: (date) => `तपाईंका उत्तरअनुसार ${date} देखि।`,
    untilOpen: 'मिति भन्न सकिँदैन: निको हुने वा सकिने समयमा भर पर्छ।',
    reasons: 'कारण',
    noReasons: 'तपाईंका कुनै उत्तरले पर्खन वा फेरि हेर्न भन्दैन।',
    alsoKnow: 'थाहा पाउनु राम्रो',
    source: 'स्रोत',
    unreviewed: 'यी प्रश्न र कारण कुनै चिकित्सकले अझै समीक्षा गरेका छैनन्। डाक्टरले तपाईंसँगै निर्णय गर्नुहुन्छ।',
    bookVisit: 'उपचारको समय रोज्नुहोस्',
    bookConsultation: 'डाक्टरसँग कुरा गर्ने समय रोज्नुहोस्',
    change: 'उत्तर बदल्नुहोस्',
    startOver: 'फेरि सुरु गर्नुहोस्',
    takeAlong: 'बुकिङसँगै मेरा उत्तर क्लिनिकमा पठाउनुहोस्',
    takeAlongHint: 'त्यसो गरे दोहोर्‍याउनु पर्दैन। चिनो नलगाए पाना छोड्दा उत्तर मेटिन्छन्।',
    takeAlongGo: 'समय रोज्नुहोस्, उत्तर पनि पठाउनुहोस्',
    medicines: 'हरेक औषधि लेखिएअनुसार नै लिँदै गर्नुहोस्।',
  },
};
