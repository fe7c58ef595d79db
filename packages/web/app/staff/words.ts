import type { Locale } from '../locales/index.ts';

/** Words of the members' page, passkeys, emergencies and the audit log. */
export interface StaffWords {
  readonly title: string;
  readonly lead: string;
  readonly name: string;
  readonly role: string;
  readonly roleOf: (name: string) => string;
  readonly second: string;
  readonly on: string;
  readonly off: string;
  readonly since: string;
  readonly acts: string;
  readonly self: string;
  readonly change: string;
  readonly newPassword: string;
  readonly shutOut: string;
  readonly letIn: string;
  readonly invite: string;
  readonly inviteText: string;
  readonly makeLink: string;
  readonly linkInvite: string;
  readonly linkPassword: string;
  readonly linkUntil: (until: string) => string;
  readonly lastOwner: string;
  readonly notDone: string;
  readonly done: string;
  readonly passkeys: string;
  readonly passkeysText: string;
  readonly passkeyName: string;
  readonly passkeyNameHint: string;
  readonly addPasskey: string;
  readonly passkeyAdded: string;
  readonly passkeyFailed: string;
  readonly passkeyImpossible: string;
  readonly made: string;
  readonly lastUsed: string;
  readonly never: string;
  readonly remove: string;
  readonly enterByPasskey: string;
  readonly passkeyRefused: string;
  readonly emergency: string;
  readonly emergencyText: (minutes: number) => string;
  readonly emergencyReason: string;
  /** In the log, where the words of a reason stood. */
  readonly reasonGone: Readonly<Record<'erased' | 'altered', string>>;
  readonly emergencyReasonHint: string;
  readonly emergencyReasonNeeded: string;
  readonly emergencyNone: string;
  readonly openEmergency: string;
  readonly emergencyOpen: (until: string) => string;
  readonly endEmergency: string;
  readonly log: string;
  readonly logLead: string;
  readonly when: string;
  readonly who: string;
  readonly what: string;
  readonly whom: string;
  readonly why: string;
  readonly program: string;
  readonly visitor: string;
  readonly link: string;
  readonly older: string;
  readonly newest: string;
  readonly checkLog: string;
  readonly logWhole: (entries: string) => string;
  readonly logBroken: string;
  readonly onlySubject: string;
}

export const staffWords: Readonly<Record<Locale, StaffWords>> = {
  en: {
    title: 'Staff',
    lead: 'Who works here and in which role. What a role may do is the same for everyone in it.',
    name: 'Name',
    role: 'Role',
    roleOf: (name) => `Role of ${name}`,
    second: 'Second step',
    on: 'on',
    off: 'off',
    since: 'Since',
    acts: 'Acts',
    self: 'You',
    change: 'Change',
    newPassword: 'Password link',
    shutOut: 'Shut out',
    letIn: 'Let in again',
    invite: 'Invite a member',
    inviteText: 'The link makes one account in this role. Give it to the person yourself; it is shown once.',
    makeLink: 'Make the link',
    linkInvite: 'Link for the new member',
    linkPassword: 'Link to choose a new password',
    linkUntil: (until) => `Works once, until ${until}.`,
    lastOwner: 'The clinic needs an owner; make another member owner first.',
    notDone: 'That was not possible; look at the list again.',
    done: 'Done.',
    passkeys: 'Passkeys',
    passkeysText: 'Sign in with your fingerprint, face or security key, without password and code.',
    passkeyName: 'Name of the passkey',
    passkeyNameHint: 'So that you know it again, for instance “Tablet in room 1”.',
    addPasskey: 'Add a passkey',
    passkeyAdded: 'The passkey is added.',
    passkeyFailed: 'No passkey was added. Try again, or use another device.',
    passkeyImpossible: 'This browser, or this address without https, has no passkeys.',
    made: 'Made',
    lastUsed: 'Last used',
    never: 'never',
    remove: 'Remove',
    enterByPasskey: 'Use a passkey',
    passkeyRefused: 'The passkey was not accepted. Try again, or sign in with your password.',
    emergency: 'Emergency access',
    emergencyText: (minutes) =>
      `When a person’s care cannot wait and your role does not open what is needed: for ${minutes} minutes this session has the rights of the next role. The reason and everything opened stand in the audit log.`,
    reasonGone: {
      erased: 'The reason’s words were erased with a patient’s record.',
      altered: 'The reason’s words are not those the log knows.',
    },
    emergencyReason: 'Why it cannot wait',
    emergencyReasonHint: 'A sentence, without a name.',
    emergencyReasonNeeded: 'Say in a sentence why it cannot wait (10 to 500 characters).',
    emergencyNone: 'Your role opens every record already.',
    openEmergency: 'Open the records',
    emergencyOpen: (until) => `Emergency access is open until ${until}. Everything is recorded.`,
    endEmergency: 'End it now',
    log: 'Audit log',
    logLead: 'Every read and write of health data, newest first. Nothing in it can be changed or removed.',
    when: 'When',
    who: 'Who',
    what: 'What',
    whom: 'Of what',
    why: 'Why',
    program: 'the program',
    visitor: 'a visitor',
    link: 'by link',
    older: 'Older entries',
    newest: 'Newest entries',
    checkLog: 'Check the chain',
    logWhole: (entries) => `${entries} entries, none altered, removed or moved.`,
    logBroken: 'The chain is broken. Keep the data folder as it is and ask who had access.',
    onlySubject: 'Only this',
  },
  hi: {
    title: 'कर्मचारी',
    lead: 'यहाँ कौन किस भूमिका में काम करता है। एक भूमिका में सभी के अधिकार समान हैं।',
    name: 'नाम',
    role: 'भूमिका',
    roleOf: (name) => `${name} की भूमिका`,
    second: 'दूसरा चरण',
    on: 'चालू',
    off: 'बंद',
    since: 'कब से',
    acts: 'काम',
    self: 'आप',
    change: 'बदलें',
    newPassword: 'पासवर्ड लिंक',
    shutOut: 'बाहर करें',
    letIn: 'फिर आने दें',
    invite: 'सदस्य को बुलाएँ',
    inviteText: 'लिंक से इस भूमिका में एक खाता बनता है। उसे खुद व्यक्ति को दें; यह एक बार दिखता है।',
    makeLink: 'लिंक बनाएँ',
    linkInvite: 'नए सदस्य का लिंक',
    linkPassword: 'नया पासवर्ड चुनने का लिंक',
    linkUntil: (until) => `एक बार काम करता है, ${until} तक।`,
    lastOwner: 'क्लिनिक को एक स्वामी चाहिए; पहले किसी और को स्वामी बनाएँ।',
    notDone: 'यह नहीं हो सका; सूची फिर देखें।',
    done: 'हो गया।',
    passkeys: 'पासकी',
    passkeysText: 'उँगली, चेहरे या सुरक्षा कुंजी से साइन इन करें, बिना पासवर्ड और कोड के।',
    passkeyName: 'पासकी का नाम',
    passkeyNameHint: 'ताकि आप पहचान सकें, जैसे “कमरा 1 का टैबलेट”।',
    addPasskey: 'पासकी जोड़ें',
    passkeyAdded: 'पासकी जुड़ गई।',
    passkeyFailed: 'पासकी नहीं जुड़ी। फिर कोशिश करें या दूसरा यंत्र लें।',
    passkeyImpossible: 'इस ब्राउज़र में, या https के बिना इस पते पर, पासकी नहीं हैं।',
    made: 'बनी',
    lastUsed: 'पिछली बार',
    never: 'कभी नहीं',
    remove: 'हटाएँ',
    enterByPasskey: 'पासकी से आएँ',
    passkeyRefused: 'पासकी स्वीकार नहीं हुई। फिर कोशिश करें या पासवर्ड से साइन इन करें।',
    emergency: 'आपात पहुँच',
    emergencyText: (minutes) =>
      `जब किसी की देखभाल रुक नहीं सकती और आपकी भूमिका से ज़रूरी चीज़ नहीं खुलती: ${minutes} मिनट तक इस सत्र को अगली भूमिका के अधिकार मिलते हैं। कारण और जो कुछ खोला गया, सब ऑडिट लॉग में रहता है।`,
    reasonGone: {
      erased: 'कारण के शब्द एक मरीज़ के रिकॉर्ड के साथ मिटा दिए गए।',
      altered: 'कारण के शब्द वे नहीं हैं जिन्हें लॉग जानता है।',
    },
    emergencyReason: 'क्यों रुक नहीं सकता',
    emergencyReasonHint: 'एक वाक्य, बिना नाम के।',
    emergencyReasonNeeded: 'एक वाक्य में बताएँ कि क्यों रुक नहीं सकता (10 से 500 अक्षर)।',
    emergencyNone: 'आपकी भूमिका से हर रिकॉर्ड पहले ही खुलता है।',
    openEmergency: 'रिकॉर्ड खोलें',
    emergencyOpen: (until) => `आपात पहुँच ${until} तक खुली है। सब दर्ज हो रहा है।`,
    endEmergency: 'अभी बंद करें',
    log: 'ऑडिट लॉग',
    logLead: 'स्वास्थ्य डेटा का हर पढ़ना और लिखना, नया पहले। इसमें कुछ बदला या हटाया नहीं जा सकता।',
    when: 'कब',
    who: 'किसने',
    what: 'क्या',
    whom: 'किसका',
    why: 'क्यों',
    program: 'प्रोग्राम',
    visitor: 'आगंतुक',
    link: 'लिंक से',
    older: 'पुरानी प्रविष्टियाँ',
    newest: 'नई प्रविष्टियाँ',
    checkLog: 'शृंखला जाँचें',
    logWhole: (entries) => `${entries} प्रविष्टियाँ, कोई बदली, हटाई या खिसकाई नहीं गई।`,
    logBroken: 'शृंखला टूटी है। डेटा फ़ोल्डर जैसा है वैसा रखें और पूछें किसकी पहुँच थी।',
    onlySubject: 'केवल यह',
  },
  bn: {
    title: 'কর্মী',
    lead: 'কে কোন ভূমিকায় এখানে কাজ করেন। একই ভূমিকায় সবার অধিকার সমান।',
    name: 'নাম',
    role: 'ভূমিকা',
    roleOf: (name) => `${name}-এর ভূমিকা`,
    second: 'দ্বিতীয় ধাপ',
    on: 'চালু',
    off: 'বন্ধ',
    since: 'কবে থেকে',
    acts: 'কাজ',
    self: 'আপনি',
    change: 'বদলান',
    newPassword: 'পাসওয়ার্ড লিঙ্ক',
    shutOut: 'বাইরে রাখুন',
    letIn: 'আবার ঢুকতে দিন',
    invite: 'সদস্য আমন্ত্রণ',
    inviteText: 'লিঙ্কটি এই ভূমিকায় একটি অ্যাকাউন্ট বানায়। নিজে সেই মানুষকে দিন; একবারই দেখানো হয়।',
    makeLink: 'লিঙ্ক বানান',
    linkInvite: 'নতুন সদস্যের লিঙ্ক',
    linkPassword: 'নতুন পাসওয়ার্ড বাছার লিঙ্ক',
    linkUntil: (until) => `একবার কাজ করে, ${until} পর্যন্ত।`,
    lastOwner: 'ক্লিনিকের একজন মালিক দরকার; আগে অন্য কাউকে মালিক করুন।',
    notDone: 'হল না; তালিকাটি আবার দেখুন।',
    done: 'হয়েছে।',
    passkeys: 'পাসকি',
    passkeysText: 'আঙুলের ছাপ, মুখ বা নিরাপত্তা-চাবি দিয়ে সাইন ইন করুন, পাসওয়ার্ড ও কোড ছাড়া।',
    passkeyName: 'পাসকির নাম',
    passkeyNameHint: 'যাতে চিনতে পারেন, যেমন “ঘর ১-এর ট্যাবলেট”।',
    addPasskey: 'পাসকি যোগ করুন',
    passkeyAdded: 'পাসকি যোগ হয়েছে।',
    passkeyFailed: 'পাসকি যোগ হয়নি। আবার চেষ্টা করুন বা অন্য যন্ত্র নিন।',
    passkeyImpossible: 'এই ব্রাউজারে, বা https ছাড়া এই ঠিকানায়, পাসকি নেই।',
    made: 'তৈরি',
    lastUsed: 'শেষ ব্যবহার',
    never: 'কখনও নয়',
    remove: 'সরান',
    enterByPasskey: 'পাসকি ব্যবহার করুন',
    passkeyRefused: 'পাসকি গৃহীত হয়নি। আবার চেষ্টা করুন বা পাসওয়ার্ড দিয়ে সাইন ইন করুন।',
    emergency: 'জরুরি প্রবেশ',
    emergencyText: (minutes) =>
      `যখন কারও যত্ন অপেক্ষা করতে পারে না আর আপনার ভূমিকায় দরকারি জিনিস খোলে না: ${minutes} মিনিট এই সেশন পরের ভূমিকার অধিকার পায়। কারণ ও যা খোলা হয় সব অডিট লগে থাকে।`,
    reasonGone: {
      erased: 'কারণের কথাগুলি একজন রোগীর রেকর্ডের সঙ্গে মুছে ফেলা হয়েছে।',
      altered: 'কারণের কথাগুলি লগে যা আছে তার সঙ্গে মেলে না।',
    },
    emergencyReason: 'কেন অপেক্ষা করা যায় না',
    emergencyReasonHint: 'একটি বাক্য, নাম ছাড়া।',
    emergencyReasonNeeded: 'এক বাক্যে বলুন কেন অপেক্ষা করা যায় না (১০ থেকে ৫০০ অক্ষর)।',
    emergencyNone: 'আপনার ভূমিকায় সব রেকর্ড আগেই খোলে।',
    openEmergency: 'রেকর্ড খুলুন',
    emergencyOpen: (until) => `জরুরি প্রবেশ ${until} পর্যন্ত খোলা। সব লেখা থাকছে।`,
    endEmergency: 'এখনই শেষ করুন',
    log: 'অডিট লগ',
    logLead: 'স্বাস্থ্য-তথ্যের প্রতিটি পড়া ও লেখা, নতুনটি আগে। এতে কিছু বদলানো বা সরানো যায় না।',
    when: 'কখন',
    who: 'কে',
    what: 'কী',
    whom: 'কীসের',
    why: 'কেন',
    program: 'প্রোগ্রাম',
    visitor: 'দর্শনার্থী',
    link: 'লিঙ্কে',
    older: 'পুরনো এন্ট্রি',
    newest: 'নতুন এন্ট্রি',
    checkLog: 'শৃঙ্খল যাচাই',
    logWhole: (entries) => `${entries}টি এন্ট্রি, কোনওটি বদলানো, সরানো বা নাড়ানো হয়নি।`,
    logBroken: 'শৃঙ্খল ভাঙা। ডেটা ফোল্ডার যেমন আছে রাখুন এবং কার প্রবেশ ছিল জানুন।',
    onlySubject: 'শুধু এটি',
  },
  ne: {
    title: 'कर्मचारी',
    lead: 'यहाँ को कुन भूमिकामा काम गर्छ। एउटै भूमिकाका सबैको अधिकार समान हुन्छ।',
    name: 'नाम',
    role: 'भूमिका',
    roleOf: (name) => `${name} को भूमिका`,
    second: 'दोस्रो चरण',
    on: 'खुला',
    off: 'बन्द',
    since: 'कहिलेदेखि',
    acts: 'काम',
    self: 'तपाईं',
    change: 'बदल्नुहोस्',
    newPassword: 'पासवर्ड लिंक',
    shutOut: 'बाहिर राख्नुहोस्',
    letIn: 'फेरि आउन दिनुहोस्',
    invite: 'सदस्यलाई बोलाउनुहोस्',
    inviteText: 'लिंकले यस भूमिकामा एउटा खाता बनाउँछ। आफैं व्यक्तिलाई दिनुहोस्; एक पटक मात्र देखिन्छ।',
    makeLink: 'लिंक बनाउनुहोस्',
    linkInvite: 'नयाँ सदस्यको लिंक',
    linkPassword: 'नयाँ पासवर्ड छान्ने लिंक',
    linkUntil: (until) => `एक पटक काम गर्छ, ${until} सम्म।`,
    lastOwner: 'क्लिनिकलाई एक जना मालिक चाहिन्छ; पहिले अर्कोलाई मालिक बनाउनुहोस्।',
    notDone: 'त्यो हुन सकेन; सूची फेरि हेर्नुहोस्।',
    done: 'भयो।',
    passkeys: 'पासकी',
    passkeysText: 'औंलाछाप, अनुहार वा सुरक्षा साँचोले साइन इन गर्नुहोस्, पासवर्ड र कोडबिना।',
    passkeyName: 'पासकीको नाम',
    passkeyNameHint: 'चिन्न सक्ने गरी, जस्तै “कोठा १ को ट्याब्लेट”।',
    addPasskey: 'पासकी थप्नुहोस्',
    passkeyAdded: 'पासकी थपियो।',
    passkeyFailed: 'पासकी थपिएन। फेरि प्रयास गर्नुहोस् वा अर्को यन्त्र लिनुहोस्।',
    passkeyImpossible: 'यस ब्राउजरमा, वा https बिनाको यस ठेगानामा, पासकी छैन।',
    made: 'बनेको',
    lastUsed: 'अन्तिम प्रयोग',
    never: 'कहिल्यै होइन',
    remove: 'हटाउनुहोस्',
    enterByPasskey: 'पासकी प्रयोग गर्नुहोस्',
    passkeyRefused: 'पासकी स्वीकार भएन। फेरि प्रयास गर्नुहोस् वा पासवर्डले साइन इन गर्नुहोस्।',
    emergency: 'आपतकालीन पहुँच',
    emergencyText: (minutes) =>
      `कसैको हेरचाह पर्खन नसक्दा र तपाईंको भूमिकाले चाहिने कुरा नखोल्दा: ${minutes} मिनेट यस सत्रलाई अर्को भूमिकाको अधिकार हुन्छ। कारण र खोलिएका सबै कुरा अडिट लगमा रहन्छन्।`,
    reasonGone: {
      erased: 'कारणका शब्द एक बिरामीको अभिलेखसँगै मेटाइए।',
      altered: 'कारणका शब्द लगले जानेका शब्द होइनन्।',
    },
    emergencyReason: 'किन पर्खन सक्दैन',
    emergencyReasonHint: 'एक वाक्य, नामबिना।',
    emergencyReasonNeeded: 'एक वाक्यमा भन्नुहोस् किन पर्खन सक्दैन (१० देखि ५०० अक्षर)।',
    emergencyNone: 'तपाईंको भूमिकाले सबै रेकर्ड पहिले नै खोल्छ।',
    openEmergency: 'रेकर्ड खोल्नुहोस्',
    emergencyOpen: (until) => `आपतकालीन पहुँच ${until} सम्म खुला छ। सबै लेखिँदै छ।`,
    endEmergency: 'अहिले अन्त्य गर्नुहोस्',
    log: 'अडिट लग',
    logLead: 'स्वास्थ्य डेटाको हरेक पढाइ र लेखाइ, नयाँ पहिले। यसमा केही बदल्न वा हटाउन सकिँदैन।',
    when: 'कहिले',
    who: 'कसले',
    what: 'के',
    whom: 'केको',
    why: 'किन',
    program: 'प्रोग्राम',
    visitor: 'आगन्तुक',
    link: 'लिंकबाट',
    older: 'पुराना प्रविष्टि',
    newest: 'नयाँ प्रविष्टि',
    checkLog: 'शृंखला जाँच्नुहोस्',
    logWhole: (entries) => `${entries} प्रविष्टि, कुनै पनि बदलिएको, हटाइएको वा सारिएको छैन।`,
    logBroken: 'शृंखला टुटेको छ। डेटा फोल्डर जस्ताको तस्तै राख्नुहोस् र कसको पहुँच थियो सोध्नुहोस्।',
    onlySubject: 'यो मात्र',
  },
};
