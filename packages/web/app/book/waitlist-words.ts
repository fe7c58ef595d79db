import type { Locale } from '../locales/index.ts';

export type WaitlistFault =
  | 'name-missing'
  | 'email-missing'
  | 'email-wrong'
  | 'phone-wrong'
  | 'days-wrong'
  | 'days-over'
  | 'days-too-many'
  | 'consent-missing';

interface WaitlistWords {
  readonly title: string;
  readonly lead: string;
  readonly invite: string;
  readonly service: string;
  readonly from: string;
  readonly to: string;
  readonly part: string;
  readonly parts: Readonly<Record<'any' | 'morning' | 'afternoon', string>>;
  readonly emailHint: string;
  readonly phoneHint: string;
  readonly join: string;
  readonly faults: Readonly<Record<WaitlistFault, string>>;
  readonly place: string;
  readonly states: Readonly<Record<'waiting' | 'offered' | 'booked' | 'withdrawn' | 'over', string>>;
  readonly waitingNext: string;
  readonly offeredNext: (until: string) => string;
  readonly bookedNext: string;
  readonly keepLink: string;
  readonly days: string;
  readonly daysText: (from: string, to: string) => string;
  readonly leave: string;
  readonly joinAgain: string;
  // On the page of an offer.
  readonly takeText: (until: string) => string;
  readonly take: string;
  readonly decline: string;
  readonly declined: string;
}

/** Words of the waiting list. A language that lacks one does not compile. */
export const waitlistWords: Readonly<Record<Locale, WaitlistWords>> = {
  en: {
    title: 'Waiting list',
    lead: 'Say which days suit you. When a time becomes free we hold it for you and send a link by e-mail; it is yours if you take it before the link’s deadline.',
    invite: 'No time that suits you? Go on the waiting list',
    service: 'For',
    from: 'From',
    to: 'Until',
    part: 'Time of day',
    parts: { any: 'Any', morning: 'Before noon', afternoon: 'After noon' },
    emailHint: 'Offers come here.',
    phoneHint: 'If we have to reach you about an offer.',
    join: 'Go on the list',
    faults: {
      'name-missing': 'Tell us your name, in letters.',
      'email-missing': 'Offers go out by e-mail. Give an address.',
      'email-wrong': 'Use an address such as name@example.org.',
      'phone-wrong': 'Use digits, with the country code if it is not an Indian number.',
      'days-wrong': 'Choose a last day that is not before the first.',
      'days-over': 'The last day lies in the past. Choose a later one.',
      'days-too-many': 'Choose a last day within 180 days.',
      'consent-missing': 'Without this tick we may not send you an offer.',
    },
    place: 'Your place on the list',
    states: {
      waiting: 'Waiting',
      offered: 'A time is held for you',
      booked: 'You have taken a time',
      withdrawn: 'You have left the list',
      over: 'The days you named have passed',
    },
    waitingNext: 'When a time becomes free, whoever has waited longest is asked first.',
    offeredNext: (until) => `We have sent you a link. Take the time before ${until}, or it goes to the next.`,
    bookedNext: 'Everything about the visit is in the message we sent you.',
    keepLink: 'Keep this page’s address: it shows where you stand, and here you can leave the list.',
    days: 'Days',
    daysText: (from, to) => `${from} to ${to}`,
    leave: 'Leave the list',
    joinAgain: 'Go on the list again',
    takeText: (until) => `This time is held for you until ${until}.`,
    take: 'Take this time',
    decline: 'Not this time, I go on waiting',
    declined: 'The time goes to the next in line. You stay on the waiting list.',
  },
  hi: {
    title: 'प्रतीक्षा सूची',
    lead: 'बताएँ कौन से दिन ठीक हैं। समय खाली होने पर हम उसे आपके लिए रोकते हैं और ई-मेल से लिंक भेजते हैं; लिंक की समय-सीमा से पहले लें तो वह आपका है।',
    invite: 'कोई समय ठीक नहीं? प्रतीक्षा सूची में नाम लिखाएँ',
    service: 'किसके लिए',
    from: 'कब से',
    to: 'कब तक',
    part: 'दिन का समय',
    parts: { any: 'कोई भी', morning: 'दोपहर से पहले', afternoon: 'दोपहर के बाद' },
    emailHint: 'प्रस्ताव यहाँ आते हैं।',
    phoneHint: 'अगर प्रस्ताव के बारे में आपसे बात करनी पड़े।',
    join: 'सूची में नाम लिखाएँ',
    faults: {
      'name-missing': 'अपना नाम अक्षरों में लिखें।',
      'email-missing': 'प्रस्ताव ई-मेल से जाते हैं। पता लिखें।',
      'email-wrong': 'पता इस तरह लिखें: name@example.org',
      'phone-wrong': 'अंक लिखें; भारतीय नंबर न हो तो देश का कोड भी।',
      'days-wrong': 'अंतिम दिन पहले दिन से पहले का न हो।',
      'days-over': 'अंतिम दिन बीत चुका है। बाद का दिन चुनें।',
      'days-too-many': 'अंतिम दिन 180 दिन के भीतर का चुनें।',
      'consent-missing': 'इस निशान के बिना हम प्रस्ताव नहीं भेज सकते।',
    },
    place: 'सूची में आपका स्थान',
    states: {
      waiting: 'प्रतीक्षा में',
      offered: 'एक समय आपके लिए रोका गया है',
      booked: 'आपने समय ले लिया है',
      withdrawn: 'आप सूची से हट गए हैं',
      over: 'आपके बताए दिन बीत गए हैं',
    },
    waitingNext: 'समय खाली होने पर सबसे अधिक समय से प्रतीक्षा कर रहे व्यक्ति से पहले पूछा जाता है।',
    offeredNext: (until) => `हमने आपको लिंक भेजा है। ${until} से पहले समय ले लें, नहीं तो वह अगले को जाता है।`,
    bookedNext: 'मुलाक़ात की पूरी जानकारी हमारे भेजे संदेश में है।',
    keepLink: 'इस पेज का पता रखें: यहाँ दिखता है आप कहाँ हैं, और यहीं से सूची छोड़ सकते हैं।',
    days: 'दिन',
    daysText: (from, to) => `${from} से ${to}`,
    leave: 'सूची छोड़ें',
    joinAgain: 'फिर से नाम लिखाएँ',
    takeText: (until) => `यह समय ${until} तक आपके लिए रोका गया है।`,
    take: 'यह समय लें',
    decline: 'यह समय नहीं, मैं प्रतीक्षा करूँगा/करूँगी',
    declined: 'समय अगले व्यक्ति को जाता है। आप प्रतीक्षा सूची में बने रहते हैं।',
  },
  bn: {
    title: 'অপেক্ষার তালিকা',
    lead: 'কোন দিনগুলি সুবিধার বলুন। সময় খালি হলে আমরা আপনার জন্য রাখি ও ই-মেলে লিঙ্ক পাঠাই; লিঙ্কের সময়সীমার আগে নিলে সেটি আপনার।',
    invite: 'সুবিধার সময় নেই? অপেক্ষার তালিকায় নাম লেখান',
    service: 'কিসের জন্য',
    from: 'কবে থেকে',
    to: 'কবে পর্যন্ত',
    part: 'দিনের সময়',
    parts: { any: 'যে কোনও', morning: 'দুপুরের আগে', afternoon: 'দুপুরের পরে' },
    emailHint: 'প্রস্তাব এখানে আসে।',
    phoneHint: 'প্রস্তাব নিয়ে কথা বলতে হলে।',
    join: 'তালিকায় নাম লেখান',
    faults: {
      'name-missing': 'আপনার নাম অক্ষরে লিখুন।',
      'email-missing': 'প্রস্তাব ই-মেলে যায়। একটি ঠিকানা দিন।',
      'email-wrong': 'ঠিকানা এভাবে লিখুন: name@example.org',
      'phone-wrong': 'অঙ্কে লিখুন; ভারতীয় নম্বর না হলে দেশের কোড সহ।',
      'days-wrong': 'শেষ দিন প্রথম দিনের আগে হতে পারে না।',
      'days-over': 'শেষ দিন পেরিয়ে গেছে। পরের দিন বাছুন।',
      'days-too-many': 'শেষ দিন ১৮০ দিনের মধ্যে বাছুন।',
      'consent-missing': 'এই টিক ছাড়া আমরা প্রস্তাব পাঠাতে পারি না।',
    },
    place: 'তালিকায় আপনার স্থান',
    states: {
      waiting: 'অপেক্ষায়',
      offered: 'আপনার জন্য একটি সময় রাখা আছে',
      booked: 'আপনি একটি সময় নিয়েছেন',
      withdrawn: 'আপনি তালিকা ছেড়েছেন',
      over: 'আপনার বলা দিনগুলি পেরিয়ে গেছে',
    },
    waitingNext: 'সময় খালি হলে যিনি সবচেয়ে বেশি দিন অপেক্ষায়, তাঁকে আগে জিজ্ঞাসা করা হয়।',
    offeredNext: (until) => `আপনাকে লিঙ্ক পাঠানো হয়েছে। ${until}-এর আগে সময়টি নিন, নইলে পরের জনের কাছে যায়।`,
    bookedNext: 'সাক্ষাতের সব কথা আমাদের পাঠানো বার্তায় আছে।',
    keepLink: 'এই পাতার ঠিকানা রেখে দিন: এখানে দেখা যায় আপনি কোথায় আছেন, এখান থেকেই তালিকা ছাড়া যায়।',
    days: 'দিন',
    daysText: (from, to) => `${from} থেকে ${to}`,
    leave: 'তালিকা ছাড়ুন',
    joinAgain: 'আবার নাম লেখান',
    takeText: (until) => `এই সময়টি ${until} পর্যন্ত আপনার জন্য রাখা আছে।`,
    take: 'এই সময়টি নিন',
    decline: 'এই সময় নয়, আমি অপেক্ষায় থাকছি',
    declined: 'সময়টি পরের জনের কাছে যায়। আপনি অপেক্ষার তালিকায় থাকছেন।',
  },
  ne: {
    title: 'प्रतीक्षा सूची',
    lead: 'कुन दिन मिल्छ भन्नुहोस्। समय खाली भएपछि हामी तपाईंका लागि राख्छौं र इमेलमा लिंक पठाउँछौं; लिंकको म्यादभित्र लिनुभयो भने त्यो तपाईंको हो।',
    invite: 'मिल्ने समय छैन? प्रतीक्षा सूचीमा नाम लेखाउनुहोस्',
    service: 'केका लागि',
    from: 'कहिलेदेखि',
    to: 'कहिलेसम्म',
    part: 'दिनको समय',
    parts: { any: 'जुनसुकै', morning: 'मध्याह्नअघि', afternoon: 'मध्याह्नपछि' },
    emailHint: 'प्रस्ताव यहाँ आउँछ।',
    phoneHint: 'प्रस्तावबारे कुरा गर्नुपरे।',
    join: 'सूचीमा नाम लेखाउनुहोस्',
    faults: {
      'name-missing': 'आफ्नो नाम अक्षरमा लेख्नुहोस्।',
      'email-missing': 'प्रस्ताव इमेलमा जान्छ। ठेगाना दिनुहोस्।',
      'email-wrong': 'ठेगाना यसरी लेख्नुहोस्: name@example.org',
      'phone-wrong': 'अङ्कमा लेख्नुहोस्; भारतीय नम्बर नभए देशको कोडसहित।',
      'days-wrong': 'अन्तिम दिन पहिलो दिनभन्दा अघि हुन सक्दैन।',
      'days-over': 'अन्तिम दिन बितिसक्यो। पछिको दिन छान्नुहोस्।',
      'days-too-many': 'अन्तिम दिन १८० दिनभित्र छान्नुहोस्।',
      'consent-missing': 'यो चिन्ह बिना हामी प्रस्ताव पठाउन सक्दैनौं।',
    },
    place: 'सूचीमा तपाईंको स्थान',
    states: {
      waiting: 'प्रतीक्षामा',
      offered: 'तपाईंका लागि एउटा समय राखिएको छ',
      booked: 'तपाईंले समय लिनुभयो',
      withdrawn: 'तपाईंले सूची छोड्नुभयो',
      over: 'तपाईंले भनेका दिन बितिसके',
    },
    waitingNext: 'समय खाली भएपछि सबैभन्दा लामो समय पर्खेकालाई पहिले सोधिन्छ।',
    offeredNext: (until) => `हामीले तपाईंलाई लिंक पठाएका छौं। ${until} अघि समय लिनुहोस्, नत्र अर्कोलाई जान्छ।`,
    bookedNext: 'भेटका सबै कुरा हामीले पठाएको सन्देशमा छन्।',
    keepLink: 'यो पेजको ठेगाना राख्नुहोस्: तपाईं कहाँ हुनुहुन्छ यहाँ देखिन्छ, र यहीँबाट सूची छोड्न सकिन्छ।',
    days: 'दिन',
    daysText: (from, to) => `${from} देखि ${to} सम्म`,
    leave: 'सूची छोड्नुहोस्',
    joinAgain: 'फेरि नाम लेखाउनुहोस्',
    takeText: (until) => `यो समय ${until} सम्म तपाईंका लागि राखिएको छ।`,
    take: 'यो समय लिनुहोस्',
    decline: 'यो समय होइन, म पर्खिरहन्छु',
    declined: 'समय अर्कोलाई जान्छ। तपाईं प्रतीक्षा सूचीमै रहनुहुन्छ।',
  },
};
