import type { Locale } from '../locales/index.ts';

/** Words for proving again who one is, and for a second step that the clinic requires. */
export interface ProofWords {
  readonly title: string;
  readonly lead: (minutes: number) => string;
  readonly password: string;
  readonly code: string;
  readonly codeHint: string;
  readonly go: string;
  readonly byPasskey: string;
  readonly cancel: string;
  readonly passwordWrong: string;
  readonly codeWrong: string;
  readonly passkeyRefused: string;
  readonly wait: (minutes: number) => string;
  readonly passkeyNow: string;

  readonly renew: string;
  readonly renewText: string;
  readonly changePassword: string;
  readonly presentPassword: string;
  readonly newPassword: string;
  readonly newPasswordHint: string;
  readonly passwordChanged: string;
  readonly weak: string;

  readonly dueTitle: string;
  readonly dueLead: string;
  readonly showTitle: string;
  readonly showLead: string;
  readonly doneTitle: string;
  readonly doneLead: string;
  readonly goOn: string;
  readonly banner: (days: number) => string;
  readonly bannerText: string;
  readonly bannerGo: string;

  readonly rule: string;
  readonly ruleLead: string;
  readonly ruleNow: (roles: string) => string;
  readonly ruleNobody: string;
  readonly who: string;
  readonly nobody: string;
  readonly some: string;
  readonly everybody: string;
  readonly roles: string;
  readonly rolesNeeded: string;
  readonly days: string;
  readonly daysHint: string;
  readonly daysFault: string;
  readonly save: string;
  readonly saved: string;
  readonly recovery: string;
  readonly takeOff: string;
}

export const proofWords: Readonly<Record<Locale, ProofWords>> = {
  en: {
    title: 'Confirm that it is you',
    lead: (minutes) =>
      `What you are about to change guards accounts or the clinic’s signature. Once confirmed, you are not asked again for ${minutes} minutes.`,
    password: 'Your password',
    code: 'Code from your authenticator',
    codeHint: 'Six digits, or a recovery code.',
    go: 'Confirm and go on',
    byPasskey: 'Confirm with a passkey',
    cancel: 'Do not change anything',
    passwordWrong: 'The password is not right.',
    codeWrong: 'The code is not right, or was used before. Wait for the next one.',
    passkeyRefused: 'The passkey was not accepted. Try again, or use your password.',
    wait: (minutes) => `Too many attempts. Try again in ${minutes} min.`,
    passkeyNow: 'Confirmed. Now add the passkey.',
    renew: 'New recovery codes',
    renewText: 'The codes you have now stop working.',
    changePassword: 'Change the password',
    presentPassword: 'Present password',
    newPassword: 'New password',
    newPasswordHint: 'At least 12 characters; a sentence is easy to remember. Your other sessions end.',
    passwordChanged: 'The password is changed. Your other sessions are ended.',
    weak: 'This password is guessed too easily. Use a sentence of your own.',
    dueTitle: 'Set up a second step',
    dueLead:
      'Your clinic asks everybody in your role to sign in with a second step. Set it up now; then everything opens as before.',
    showTitle: 'Show your second step',
    showLead:
      'Your clinic asks for a second step in your role, and this session was opened by the password alone.',
    doneTitle: 'Your second step is set up',
    doneLead: 'Everything is open to you again.',
    goOn: 'Go on',
    banner: (days) =>
      days === 1 ? 'One day left to set up a second step' : `${days} days left to set up a second step`,
    bannerText: 'After that, signing in leads to its set-up first.',
    bannerGo: 'Set it up now',
    rule: 'Who must use a second step',
    ruleLead:
      'A second step, a code of the telephone or a passkey, protects health records when a password is known to somebody else.',
    ruleNow: (roles) => `Required of: ${roles}`,
    ruleNobody: 'Not required of anybody.',
    who: 'Required of',
    nobody: 'Nobody; everybody may choose',
    some: 'These roles',
    everybody: 'Everybody',
    roles: 'Roles',
    rolesNeeded: 'Choose at least one role.',
    days: 'Days to set it up',
    daysHint:
      'From 0 to 90, counted from the day a role is first named here, or from joining. Afterwards sign-in leads to the set-up only.',
    daysFault: 'A whole number from 0 to 90.',
    save: 'Save',
    saved: 'Saved.',
    recovery:
      'Nobody is locked out: who has none sets it up at sign-in, and you can take off what a member lost. If you lose your own, the command undertone recover-owner on the clinic’s machine lets you in.',
    takeOff: 'Take off second step',
  },
  hi: {
    title: 'पुष्टि करें कि यह आप ही हैं',
    lead: (minutes) =>
      `आप जो बदलने जा रहे हैं वह खाते या क्लिनिक के हस्ताक्षर की रक्षा करता है। पुष्टि के बाद ${minutes} मिनट तक फिर नहीं पूछा जाएगा।`,
    password: 'आपका पासवर्ड',
    code: 'ऑथेंटिकेटर का कोड',
    codeHint: 'छह अंक, या पुनर्प्राप्ति कोड।',
    go: 'पुष्टि करके आगे बढ़ें',
    byPasskey: 'पासकी से पुष्टि करें',
    cancel: 'कुछ न बदलें',
    passwordWrong: 'पासवर्ड सही नहीं है।',
    codeWrong: 'कोड सही नहीं है या पहले इस्तेमाल हो चुका है। अगले कोड की प्रतीक्षा करें।',
    passkeyRefused: 'पासकी स्वीकार नहीं हुई। फिर कोशिश करें या पासवर्ड लिखें।',
    wait: (minutes) => `बहुत अधिक प्रयास हुए। ${minutes} मिनट बाद फिर कोशिश करें।`,
    passkeyNow: 'पुष्टि हो गई। अब पासकी जोड़ें।',
    renew: 'नए पुनर्प्राप्ति कोड',
    renewText: 'अभी के कोड काम करना बंद कर देंगे।',
    changePassword: 'पासवर्ड बदलें',
    presentPassword: 'वर्तमान पासवर्ड',
    newPassword: 'नया पासवर्ड',
    newPasswordHint: 'कम से कम 12 अक्षर; वाक्य याद रखना आसान है। आपके बाकी सत्र समाप्त हो जाएँगे।',
    passwordChanged: 'पासवर्ड बदल गया। आपके बाकी सत्र समाप्त हो गए।',
    weak: 'इस पासवर्ड का अनुमान आसानी से लग सकता है। अपना कोई वाक्य चुनें।',
    dueTitle: 'दूसरा चरण चालू करें',
    dueLead:
      'आपका क्लिनिक आपकी भूमिका में सभी से दूसरे चरण के साथ साइन इन करने को कहता है। इसे अभी चालू करें; फिर सब कुछ पहले की तरह खुलेगा।',
    showTitle: 'अपना दूसरा चरण दिखाएँ',
    showLead: 'आपका क्लिनिक आपकी भूमिका में दूसरा चरण माँगता है, और यह सत्र केवल पासवर्ड से खुला है।',
    doneTitle: 'आपका दूसरा चरण चालू है',
    doneLead: 'अब सब कुछ फिर से खुला है।',
    goOn: 'आगे बढ़ें',
    banner: (days) => `दूसरा चरण चालू करने के लिए ${days} दिन बाकी`,
    bannerText: 'उसके बाद साइन इन करने पर पहले इसे चालू करना होगा।',
    bannerGo: 'अभी चालू करें',
    rule: 'किनके लिए दूसरा चरण आवश्यक है',
    ruleLead:
      'दूसरा चरण, यानी फ़ोन का कोड या पासकी, तब भी स्वास्थ्य अभिलेखों की रक्षा करता है जब पासवर्ड किसी और को पता हो।',
    ruleNow: (roles) => `इनके लिए आवश्यक: ${roles}`,
    ruleNobody: 'किसी के लिए आवश्यक नहीं।',
    who: 'किनके लिए आवश्यक',
    nobody: 'किसी के लिए नहीं; हर कोई खुद चुने',
    some: 'ये भूमिकाएँ',
    everybody: 'सभी के लिए',
    roles: 'भूमिकाएँ',
    rolesNeeded: 'कम से कम एक भूमिका चुनें।',
    days: 'चालू करने के लिए दिन',
    daysHint:
      '0 से 90 तक; उस दिन से गिने जाते हैं जब भूमिका यहाँ पहली बार चुनी गई, या जब सदस्य जुड़ा। उसके बाद साइन इन केवल चालू करने के पृष्ठ पर ले जाता है।',
    daysFault: '0 से 90 तक की पूर्ण संख्या।',
    save: 'सहेजें',
    saved: 'सहेजा गया।',
    recovery:
      'कोई बाहर नहीं रह जाता: जिसके पास नहीं है वह साइन इन पर चालू करता है, और सदस्य ने जो खो दिया उसे आप हटा सकते हैं। अपना खो जाए तो क्लिनिक की मशीन पर undertone recover-owner आदेश से आप अंदर आ सकते हैं।',
    takeOff: 'दूसरा चरण हटाएँ',
  },
  bn: {
    title: 'নিশ্চিত করুন যে এটি আপনিই',
    lead: (minutes) =>
      `আপনি যা বদলাতে যাচ্ছেন তা অ্যাকাউন্ট বা ক্লিনিকের স্বাক্ষর রক্ষা করে। নিশ্চিত করার পর ${minutes} মিনিট আর জিজ্ঞাসা করা হবে না।`,
    password: 'আপনার পাসওয়ার্ড',
    code: 'অথেন্টিকেটরের কোড',
    codeHint: 'ছয়টি সংখ্যা, অথবা পুনরুদ্ধার কোড।',
    go: 'নিশ্চিত করে এগিয়ে যান',
    byPasskey: 'পাসকি দিয়ে নিশ্চিত করুন',
    cancel: 'কিছু বদলাবেন না',
    passwordWrong: 'পাসওয়ার্ড ঠিক নয়।',
    codeWrong: 'কোড ঠিক নয় বা আগে ব্যবহৃত হয়েছে। পরেরটির জন্য অপেক্ষা করুন।',
    passkeyRefused: 'পাসকি গৃহীত হয়নি। আবার চেষ্টা করুন, বা পাসওয়ার্ড দিন।',
    wait: (minutes) => `অনেক বেশি চেষ্টা হয়েছে। ${minutes} মিনিট পরে আবার চেষ্টা করুন।`,
    passkeyNow: 'নিশ্চিত হয়েছে। এখন পাসকি যোগ করুন।',
    renew: 'নতুন পুনরুদ্ধার কোড',
    renewText: 'এখনকার কোডগুলি আর কাজ করবে না।',
    changePassword: 'পাসওয়ার্ড বদলান',
    presentPassword: 'বর্তমান পাসওয়ার্ড',
    newPassword: 'নতুন পাসওয়ার্ড',
    newPasswordHint: 'কমপক্ষে ১২টি অক্ষর; একটি বাক্য মনে রাখা সহজ। আপনার অন্য সেশনগুলি শেষ হবে।',
    passwordChanged: 'পাসওয়ার্ড বদলানো হয়েছে। আপনার অন্য সেশনগুলি শেষ হয়েছে।',
    weak: 'এই পাসওয়ার্ড সহজে অনুমান করা যায়। নিজের একটি বাক্য ব্যবহার করুন।',
    dueTitle: 'দ্বিতীয় ধাপ চালু করুন',
    dueLead: 'আপনার ক্লিনিক আপনার ভূমিকার সবাইকে দ্বিতীয় ধাপসহ সাইন ইন করতে বলে। এখনই চালু করুন; তারপর সব আগের মতো খুলবে।',
    showTitle: 'আপনার দ্বিতীয় ধাপ দেখান',
    showLead: 'আপনার ক্লিনিক আপনার ভূমিকায় দ্বিতীয় ধাপ চায়, আর এই সেশন শুধু পাসওয়ার্ডে খোলা হয়েছে।',
    doneTitle: 'আপনার দ্বিতীয় ধাপ চালু হয়েছে',
    doneLead: 'সবকিছু আবার আপনার জন্য খোলা।',
    goOn: 'এগিয়ে যান',
    banner: (days) => `দ্বিতীয় ধাপ চালু করতে আর ${days} দিন বাকি`,
    bannerText: 'তারপর সাইন ইন করলে আগে এটি চালু করতে হবে।',
    bannerGo: 'এখনই চালু করুন',
    rule: 'কাদের দ্বিতীয় ধাপ লাগবে',
    ruleLead: 'দ্বিতীয় ধাপ, অর্থাৎ ফোনের কোড বা পাসকি, পাসওয়ার্ড অন্য কেউ জেনে গেলেও স্বাস্থ্য নথি রক্ষা করে।',
    ruleNow: (roles) => `যাদের লাগবে: ${roles}`,
    ruleNobody: 'কারও জন্য বাধ্যতামূলক নয়।',
    who: 'কাদের লাগবে',
    nobody: 'কারও নয়; প্রত্যেকে নিজে বেছে নেবেন',
    some: 'এই ভূমিকাগুলি',
    everybody: 'সবার',
    roles: 'ভূমিকা',
    rolesNeeded: 'অন্তত একটি ভূমিকা বাছুন।',
    days: 'চালু করার জন্য দিন',
    daysHint:
      '০ থেকে ৯০; ভূমিকাটি এখানে প্রথম বাছার দিন থেকে, বা যোগ দেওয়ার দিন থেকে গোনা হয়। তারপর সাইন ইন শুধু চালু করার পাতায় নিয়ে যায়।',
    daysFault: '০ থেকে ৯০-এর একটি পূর্ণ সংখ্যা।',
    save: 'সংরক্ষণ করুন',
    saved: 'সংরক্ষিত।',
    recovery:
      'কেউ বাইরে আটকে থাকেন না: যাঁর নেই তিনি সাইন ইনের সময় চালু করেন, আর সদস্য যা হারিয়েছেন তা আপনি তুলে দিতে পারেন। আপনার নিজেরটি হারালে ক্লিনিকের যন্ত্রে undertone recover-owner নির্দেশে আপনি ঢুকতে পারবেন।',
    takeOff: 'দ্বিতীয় ধাপ তুলে দিন',
  },
  ne: {
    title: 'यो तपाईं नै हो भनी पुष्टि गर्नुहोस्',
    lead: (minutes) =>
      `तपाईंले बदल्न लाग्नुभएको कुराले खाता वा क्लिनिकको हस्ताक्षरको रक्षा गर्छ। पुष्टिपछि ${minutes} मिनेटसम्म फेरि सोधिँदैन।`,
    password: 'तपाईंको पासवर्ड',
    code: 'अथेन्टिकेटरको कोड',
    codeHint: 'छ अङ्क, वा पुनःप्राप्ति कोड।',
    go: 'पुष्टि गरेर अघि बढ्नुहोस्',
    byPasskey: 'पासकीले पुष्टि गर्नुहोस्',
    cancel: 'केही नबदल्नुहोस्',
    passwordWrong: 'पासवर्ड मिलेन।',
    codeWrong: 'कोड मिलेन वा पहिले नै प्रयोग भइसक्यो। अर्को कोड पर्खनुहोस्।',
    passkeyRefused: 'पासकी स्वीकार भएन। फेरि प्रयास गर्नुहोस् वा पासवर्ड लेख्नुहोस्।',
    wait: (minutes) => `धेरै पटक प्रयास भयो। ${minutes} मिनेटपछि फेरि प्रयास गर्नुहोस्।`,
    passkeyNow: 'पुष्टि भयो। अब पासकी थप्नुहोस्।',
    renew: 'नयाँ पुनःप्राप्ति कोड',
    renewText: 'अहिलेका कोडले काम गर्न छोड्नेछन्।',
    changePassword: 'पासवर्ड बदल्नुहोस्',
    presentPassword: 'हालको पासवर्ड',
    newPassword: 'नयाँ पासवर्ड',
    newPasswordHint: 'कम्तीमा १२ अक्षर; वाक्य सम्झन सजिलो हुन्छ। तपाईंका अरू सत्र समाप्त हुन्छन्।',
    passwordChanged: 'पासवर्ड बदलियो। तपाईंका अरू सत्र समाप्त भए।',
    weak: 'यो पासवर्ड सजिलै अनुमान गर्न सकिन्छ। आफ्नै कुनै वाक्य राख्नुहोस्।',
    dueTitle: 'दोस्रो चरण सुरु गर्नुहोस्',
    dueLead:
      'तपाईंको क्लिनिकले तपाईंको भूमिकाका सबैलाई दोस्रो चरणसहित साइन इन गर्न भन्छ। अहिले नै सुरु गर्नुहोस्; त्यसपछि सबै पहिलेजस्तै खुल्छ।',
    showTitle: 'आफ्नो दोस्रो चरण देखाउनुहोस्',
    showLead: 'तपाईंको क्लिनिकले तपाईंको भूमिकामा दोस्रो चरण माग्छ, र यो सत्र पासवर्डले मात्र खोलिएको हो।',
    doneTitle: 'तपाईंको दोस्रो चरण सुरु भयो',
    doneLead: 'अब सबै कुरा फेरि खुला छ।',
    goOn: 'अघि बढ्नुहोस्',
    banner: (days) => `दोस्रो चरण सुरु गर्न ${days} दिन बाँकी`,
    bannerText: 'त्यसपछि साइन इन गर्दा पहिले यही सुरु गर्नुपर्छ।',
    bannerGo: 'अहिले सुरु गर्नुहोस्',
    rule: 'कसलाई दोस्रो चरण चाहिन्छ',
    ruleLead: 'दोस्रो चरण, अर्थात् फोनको कोड वा पासकीले, पासवर्ड अरू कसैलाई थाहा हुँदा पनि स्वास्थ्य अभिलेखको रक्षा गर्छ।',
    ruleNow: (roles) => `यिनलाई चाहिन्छ: ${roles}`,
    ruleNobody: 'कसैलाई अनिवार्य छैन।',
    who: 'कसलाई चाहिन्छ',
    nobody: 'कसैलाई होइन; सबैले आफैँ रोज्ने',
    some: 'यी भूमिका',
    everybody: 'सबैलाई',
    roles: 'भूमिका',
    rolesNeeded: 'कम्तीमा एउटा भूमिका छान्नुहोस्।',
    days: 'सुरु गर्ने दिन',
    daysHint:
      '० देखि ९० सम्म; भूमिका यहाँ पहिलो पटक छानिएको दिन वा सदस्य जोडिएको दिनदेखि गनिन्छ। त्यसपछि साइन इनले सुरु गर्ने पृष्ठमा मात्र लैजान्छ।',
    daysFault: '० देखि ९० सम्मको पूर्ण सङ्ख्या।',
    save: 'सुरक्षित गर्नुहोस्',
    saved: 'सुरक्षित भयो।',
    recovery:
      'कोही बाहिर पर्दैन: जससँग छैन उसले साइन इन गर्दा सुरु गर्छ, र सदस्यले हराएको तपाईं हटाउन सक्नुहुन्छ। आफ्नै हराए क्लिनिकको मेसिनमा undertone recover-owner आदेशले तपाईं भित्र आउन सक्नुहुन्छ।',
    takeOff: 'दोस्रो चरण हटाउनुहोस्',
  },
};
