import type { RecordKind } from '@undertone/clinic/retention/schema.ts';
import type { Locale } from '../locales/index.ts';

/** What the pages of erasure say besides what the certificate says (clinic/retention/words.ts). */
export interface ErasureWords {
  readonly title: string;
  readonly chartLead: string;
  readonly goesNow: string;
  readonly stays: string;
  readonly stayLead: string;
  readonly nothingStays: string;
  readonly visitsToCome: (count: string) => string;
  readonly otherName: (count: string) => string;
  readonly ask: string;
  readonly note: string;
  readonly noteHint: string;
  readonly record: string;
  readonly giveLink: string;
  readonly linkReady: string;
  readonly linkHint: string;
  readonly stands: Readonly<Record<string, string>>;
  readonly decide: string;
  readonly understood: string;
  readonly approve: string;
  readonly why: string;
  readonly refuse: string;
  readonly holds: string;
  readonly holdLead: string;
  readonly noHold: string;
  readonly holdStands: (since: string) => string;
  readonly setHold: string;
  readonly liftHold: string;
  readonly register: string;
  readonly registerLead: string;
  readonly registerEmpty: string;
  readonly patient: string;
  readonly state: string;
  readonly from: string;
  readonly sources: Readonly<Record<'desk' | 'patient' | 'schedule', string>>;
  readonly recorded: string;
  readonly certificate: string;
  readonly open: string;
  readonly periods: string;
  readonly periodsLead: string;
  readonly law: string;
  readonly keep: string;
  readonly counted: Readonly<Record<RecordKind, string>>;
  readonly source: string;
  readonly byItself: string;
  readonly reviewed: string;
  readonly save: string;
  readonly saved: string;
  readonly enquiries: (count: string, before: string) => string;
  readonly eraseEnquiries: string;
  readonly enquiriesGone: (count: string) => string;
  readonly refusals: Readonly<Record<string, string>>;
  readonly failed: string;
  readonly wishTitle: string;
  readonly wishLead: (clinic: string) => string;
  readonly wishStays: string;
  readonly birthDate: string;
  readonly phoneEnd: string;
  readonly wishSend: string;
  readonly wishTaken: string;
  readonly wishTakenLead: string;
  readonly gone: string;
}

export const erasureWords: Readonly<Record<Locale, ErasureWords>> = {
  en: {
    title: 'Erasure',
    chartLead:
      'What would go and what would stay if this person asked to be erased today. The owner decides.',
    goesNow: 'Goes at once',
    stays: 'Stays, and until when',
    stayLead: 'The law wants these kept. On their date they go by themselves; nobody has to ask again.',
    nothingStays: 'Nothing has to be kept: all of it goes at once.',
    visitsToCome: (count) => `Visits still to come, which are cancelled: ${count}`,
    otherName: (count) =>
      `Requests under the same telephone or e-mail by another name, which are left alone: ${count}`,
    ask: 'Record a wish',
    note: 'How the wish was told, and how you know it is this person',
    noteHint: 'By letter of 2 March, signed; identity card seen.',
    record: 'Record the wish',
    giveLink: 'Make a link for the patient',
    linkReady: 'Give this link to the patient',
    linkHint: 'It is good for 14 days and asks for the birth date or the end of the telephone number.',
    stands: {
      invited: 'A link was given out; the patient has not used it yet.',
      requested: 'The person asked to be erased. The owner has to decide.',
      approved: 'Approved. It is being carried out.',
      running: 'It is being carried out.',
      sweeping: 'It is being carried out.',
      waiting: 'Carried out in part. The rest goes on its date.',
      done: 'Carried out.',
      refused: 'Refused.',
    },
    decide: 'Decide',
    understood: 'I have read what goes. It cannot be brought back.',
    approve: 'Erase',
    why: 'Why',
    refuse: 'Refuse',
    holds: 'Legal hold',
    holdLead:
      'While a hold stands nothing of this person is erased: a case before a court, a complaint under way.',
    noHold: 'No hold stands.',
    holdStands: (since) => `A hold stands since ${since}.`,
    setHold: 'Set a hold',
    liftHold: 'Lift the hold',
    register: 'Erasure and retention',
    registerLead: 'Who asked to be erased, what has passed its period, and how long records are kept.',
    registerEmpty: 'Nobody has asked to be erased, and nothing has passed its period.',
    patient: 'Record number',
    state: 'State',
    from: 'Asked by',
    sources: { desk: 'desk', patient: 'patient, by link', schedule: 'period has passed' },
    recorded: 'Recorded',
    certificate: 'Certificate',
    open: 'Open',
    periods: 'How long records are kept',
    periodsLead:
      'The periods that came with the program have not been reviewed by a lawyer or an accountant. Put yours in their place and say who decided.',
    law: 'Months the law wants it kept',
    keep: 'Months after which it has passed',
    counted: {
      enquiry: 'counted from the last request',
      contact: 'counted from the last visit',
      treatment: 'counted from the last treatment',
      tax: 'counted from the end of the financial year',
    },
    source: 'Where this comes from',
    byItself: 'Erase what has passed without asking me',
    reviewed: 'Reviewed',
    save: 'Save',
    saved: 'Saved.',
    enquiries: (count, before) => `People who asked before ${before} and never came: ${count}`,
    eraseEnquiries: 'Erase these enquiries',
    enquiriesGone: (count) => `Enquiries erased: ${count}`,
    refusals: {
      'on-hold': 'A legal hold stands. Lift it first, or refuse the wish.',
      'already-asked': 'An erasure of this person is open already.',
      'already-held': 'A hold stands already.',
      'bad-form': 'Write a few words, at most a thousand characters.',
      'wrong-state': 'This was decided meanwhile. Load the page again.',
      'not-allowed': 'Your role does not allow this.',
      merged: 'This record was merged into another one; record the wish there.',
      'link-unknown': 'This link is not known here. Copy it whole, or ask the clinic for a new one.',
      'link-expired': 'This link has expired. Ask the clinic for a new one.',
      'wrong-answer': 'This is not what the clinic has on record. Try again, or call the clinic.',
    },
    failed:
      'Months are whole numbers; what has passed is never shorter than the law wants. Say where it comes from.',
    wishTitle: 'Have your record erased',
    wishLead: (clinic) => `With this page you ask ${clinic} to erase what it keeps about you.`,
    wishStays:
      'Some records must be kept by law for a time, such as treatment notes and invoices. The clinic tells you which and until when. Visits still to come are cancelled.',
    birthDate: 'Your birth date',
    phoneEnd: 'Last four digits of your telephone number',
    wishSend: 'Ask to be erased',
    wishTaken: 'Your wish has reached the clinic',
    wishTakenLead: 'The owner of the clinic decides and lets you know what went and what had to stay.',
    gone: 'This page cannot be opened',
  },
  hi: {
    title: 'मिटाना',
    chartLead: 'अगर यह व्यक्ति आज मिटाने को कहे तो क्या जाएगा और क्या रहेगा। निर्णय मालिक करता है।',
    goesNow: 'तुरंत जाता है',
    stays: 'रहता है, और कब तक',
    stayLead: 'क़ानून चाहता है कि ये रखे जाएँ। अपनी तारीख़ पर ये अपने आप जाते हैं; दोबारा कहना नहीं पड़ता।',
    nothingStays: 'कुछ रखना ज़रूरी नहीं: सब तुरंत जाता है।',
    visitsToCome: (count) => `आने वाली मुलाक़ातें, जो रद्द होंगी: ${count}`,
    otherName: (count) => `उसी फ़ोन या ईमेल पर किसी और नाम के अनुरोध, जिन्हें छुआ नहीं जाता: ${count}`,
    ask: 'इच्छा दर्ज करें',
    note: 'इच्छा कैसे बताई गई, और आप कैसे जानते हैं कि यही व्यक्ति है',
    noteHint: '2 मार्च का हस्ताक्षरित पत्र; पहचान पत्र देखा।',
    record: 'इच्छा दर्ज करें',
    giveLink: 'मरीज़ के लिए लिंक बनाएँ',
    linkReady: 'यह लिंक मरीज़ को दें',
    linkHint: 'यह 14 दिन चलता है और जन्मतिथि या फ़ोन नंबर के आख़िरी अंक पूछता है।',
    stands: {
      invited: 'लिंक दिया गया है; मरीज़ ने अभी इस्तेमाल नहीं किया।',
      requested: 'व्यक्ति ने मिटाने को कहा है। मालिक को निर्णय करना है।',
      approved: 'स्वीकृत। मिटाया जा रहा है।',
      running: 'मिटाया जा रहा है।',
      sweeping: 'मिटाया जा रहा है।',
      waiting: 'आंशिक रूप से हो गया। बाक़ी अपनी तारीख़ पर जाएगा।',
      done: 'हो गया।',
      refused: 'मना किया गया।',
    },
    decide: 'निर्णय',
    understood: 'मैंने पढ़ लिया है कि क्या जाएगा। यह वापस नहीं आ सकता।',
    approve: 'मिटाएँ',
    why: 'क्यों',
    refuse: 'मना करें',
    holds: 'क़ानूनी रोक',
    holdLead: 'जब तक रोक है, इस व्यक्ति का कुछ नहीं मिटता: अदालत में मामला, चल रही शिकायत।',
    noHold: 'कोई रोक नहीं है।',
    holdStands: (since) => `${since} से रोक है।`,
    setHold: 'रोक लगाएँ',
    liftHold: 'रोक हटाएँ',
    register: 'मिटाना और रखने की अवधि',
    registerLead: 'किसने मिटाने को कहा, किसकी अवधि बीत गई, और रिकॉर्ड कितने समय रखे जाते हैं।',
    registerEmpty: 'किसी ने मिटाने को नहीं कहा, और किसी की अवधि नहीं बीती।',
    patient: 'रिकॉर्ड नंबर',
    state: 'स्थिति',
    from: 'किसने कहा',
    sources: { desk: 'डेस्क', patient: 'मरीज़, लिंक से', schedule: 'अवधि बीत गई' },
    recorded: 'दर्ज',
    certificate: 'प्रमाणपत्र',
    open: 'खोलें',
    periods: 'रिकॉर्ड कितने समय रखे जाते हैं',
    periodsLead:
      'प्रोग्राम के साथ आई अवधियाँ किसी वकील या लेखाकार ने नहीं देखी हैं। उनकी जगह अपनी लिखें और बताएँ किसने तय किया।',
    law: 'क़ानून कितने महीने रखवाता है',
    keep: 'कितने महीने बाद अवधि बीतती है',
    counted: {
      enquiry: 'पिछले अनुरोध से गिना जाता है',
      contact: 'पिछली मुलाक़ात से गिना जाता है',
      treatment: 'पिछले उपचार से गिना जाता है',
      tax: 'वित्तीय वर्ष के अंत से गिना जाता है',
    },
    source: 'यह कहाँ से है',
    byItself: 'जिसकी अवधि बीत गई उसे मुझसे पूछे बिना मिटाएँ',
    reviewed: 'देखा गया',
    save: 'सहेजें',
    saved: 'सहेजा गया।',
    enquiries: (count, before) => `जिन्होंने ${before} से पहले पूछा और नहीं आए: ${count}`,
    eraseEnquiries: 'ये पूछताछ मिटाएँ',
    enquiriesGone: (count) => `मिटाई गई पूछताछ: ${count}`,
    refusals: {
      'on-hold': 'क़ानूनी रोक है। पहले उसे हटाएँ, या इच्छा को मना करें।',
      'already-asked': 'इस व्यक्ति का मिटाना पहले से खुला है।',
      'already-held': 'रोक पहले से है।',
      'bad-form': 'कुछ शब्द लिखें, अधिकतम एक हज़ार अक्षर।',
      'wrong-state': 'इस बीच निर्णय हो गया। पेज फिर खोलें।',
      'not-allowed': 'आपकी भूमिका में यह अनुमति नहीं है।',
      merged: 'यह रिकॉर्ड दूसरे में मिला दिया गया; इच्छा वहाँ दर्ज करें।',
      'link-unknown': 'यह लिंक यहाँ नहीं मिला। पूरा कॉपी करें, या क्लिनिक से नया माँगें।',
      'link-expired': 'यह लिंक पुराना हो गया। क्लिनिक से नया माँगें।',
      'wrong-answer': 'क्लिनिक के रिकॉर्ड में यह नहीं है। फिर कोशिश करें, या क्लिनिक को फ़ोन करें।',
    },
    failed: 'महीने पूरी संख्या में; बीतने की अवधि क़ानून से छोटी नहीं होती। बताएँ यह कहाँ से है।',
    wishTitle: 'अपना रिकॉर्ड मिटवाएँ',
    wishLead: (clinic) => `इस पेज से आप ${clinic} से कहते हैं कि आपके बारे में जो रखा है उसे मिटा दे।`,
    wishStays:
      'कुछ रिकॉर्ड क़ानून से कुछ समय रखने होते हैं, जैसे उपचार के नोट और बिल। क्लिनिक बताएगा कौन से और कब तक। आने वाली मुलाक़ातें रद्द होंगी।',
    birthDate: 'आपकी जन्मतिथि',
    phoneEnd: 'आपके फ़ोन नंबर के आख़िरी चार अंक',
    wishSend: 'मिटाने को कहें',
    wishTaken: 'आपकी इच्छा क्लिनिक तक पहुँच गई',
    wishTakenLead: 'क्लिनिक का मालिक निर्णय करता है और बताता है कि क्या गया और क्या रखना पड़ा।',
    gone: 'यह पेज नहीं खुल सकता',
  },
  bn: {
    title: 'মুছে ফেলা',
    chartLead: 'এই মানুষটি আজ মুছে ফেলতে বললে কী যাবে আর কী থাকবে। সিদ্ধান্ত মালিকের।',
    goesNow: 'তখনই যায়',
    stays: 'থাকে, এবং কবে পর্যন্ত',
    stayLead: 'আইন এগুলি রাখতে বলে। নিজের তারিখে এগুলি আপনিই যায়; আর বলতে হয় না।',
    nothingStays: 'কিছুই রাখতে হবে না: সবই তখনই যায়।',
    visitsToCome: (count) => `সামনের সাক্ষাৎ, যা বাতিল হবে: ${count}`,
    otherName: (count) => `একই ফোন বা ইমেলে অন্য নামের অনুরোধ, যা ছোঁয়া হয় না: ${count}`,
    ask: 'ইচ্ছা লিখে রাখুন',
    note: 'ইচ্ছা কীভাবে জানানো হল, এবং কীভাবে জানেন যে ইনিই সেই মানুষ',
    noteHint: '২ মার্চের সই করা চিঠি; পরিচয়পত্র দেখা হয়েছে।',
    record: 'ইচ্ছা লিখে রাখুন',
    giveLink: 'রোগীর জন্য লিঙ্ক তৈরি করুন',
    linkReady: 'এই লিঙ্ক রোগীকে দিন',
    linkHint: 'এটি ১৪ দিন চলে, এবং জন্মতারিখ বা ফোন নম্বরের শেষ অঙ্ক জিজ্ঞাসা করে।',
    stands: {
      invited: 'লিঙ্ক দেওয়া হয়েছে; রোগী এখনও ব্যবহার করেননি।',
      requested: 'মানুষটি মুছে ফেলতে বলেছেন। মালিককে সিদ্ধান্ত নিতে হবে।',
      approved: 'মঞ্জুর। মোছা হচ্ছে।',
      running: 'মোছা হচ্ছে।',
      sweeping: 'মোছা হচ্ছে।',
      waiting: 'আংশিক হয়েছে। বাকিটা নিজের তারিখে যাবে।',
      done: 'হয়ে গেছে।',
      refused: 'নামঞ্জুর।',
    },
    decide: 'সিদ্ধান্ত',
    understood: 'কী যাবে তা পড়েছি। এটি আর ফেরানো যায় না।',
    approve: 'মুছুন',
    why: 'কেন',
    refuse: 'নামঞ্জুর করুন',
    holds: 'আইনি স্থগিত',
    holdLead: 'স্থগিত থাকা অবস্থায় এই মানুষটির কিছুই মোছা হয় না: আদালতে মামলা, চলমান অভিযোগ।',
    noHold: 'কোনো স্থগিত নেই।',
    holdStands: (since) => `${since} থেকে স্থগিত আছে।`,
    setHold: 'স্থগিত করুন',
    liftHold: 'স্থগিত তুলে নিন',
    register: 'মুছে ফেলা ও রাখার মেয়াদ',
    registerLead: 'কে মুছে ফেলতে বলেছেন, কার মেয়াদ পেরিয়েছে, এবং রেকর্ড কত দিন রাখা হয়।',
    registerEmpty: 'কেউ মুছে ফেলতে বলেননি, কারও মেয়াদও পেরোয়নি।',
    patient: 'রেকর্ড নম্বর',
    state: 'অবস্থা',
    from: 'কে বলেছেন',
    sources: { desk: 'ডেস্ক', patient: 'রোগী, লিঙ্কে', schedule: 'মেয়াদ পেরিয়েছে' },
    recorded: 'লেখা হয়েছে',
    certificate: 'প্রমাণপত্র',
    open: 'খুলুন',
    periods: 'রেকর্ড কত দিন রাখা হয়',
    periodsLead:
      'প্রোগ্রামের সঙ্গে আসা মেয়াদ কোনো আইনজীবী বা হিসাবরক্ষক দেখেননি। তার জায়গায় নিজেরটা লিখুন, এবং কে ঠিক করেছেন বলুন।',
    law: 'আইন কত মাস রাখতে বলে',
    keep: 'কত মাস পরে মেয়াদ পেরোয়',
    counted: {
      enquiry: 'শেষ অনুরোধ থেকে গোনা',
      contact: 'শেষ সাক্ষাৎ থেকে গোনা',
      treatment: 'শেষ চিকিৎসা থেকে গোনা',
      tax: 'আর্থিক বছরের শেষ থেকে গোনা',
    },
    source: 'এটি কোথা থেকে',
    byItself: 'মেয়াদ পেরোলে আমাকে না জিজ্ঞাসা করে মুছুন',
    reviewed: 'দেখা হয়েছে',
    save: 'সংরক্ষণ',
    saved: 'সংরক্ষিত।',
    enquiries: (count, before) => `${before}-এর আগে জিজ্ঞাসা করে যাঁরা আসেননি: ${count}`,
    eraseEnquiries: 'এই জিজ্ঞাসাগুলি মুছুন',
    enquiriesGone: (count) => `মোছা জিজ্ঞাসা: ${count}`,
    refusals: {
      'on-hold': 'আইনি স্থগিত আছে। আগে তুলে নিন, বা ইচ্ছা নামঞ্জুর করুন।',
      'already-asked': 'এই মানুষটির মুছে ফেলা আগেই খোলা আছে।',
      'already-held': 'স্থগিত আগেই আছে।',
      'bad-form': 'কয়েকটি কথা লিখুন, সর্বাধিক হাজার অক্ষর।',
      'wrong-state': 'ইতিমধ্যে সিদ্ধান্ত হয়েছে। পাতাটি আবার খুলুন।',
      'not-allowed': 'আপনার ভূমিকায় এটি করা যায় না।',
      merged: 'এই রেকর্ড অন্যটির সঙ্গে মেলানো হয়েছে; ইচ্ছা সেখানে লিখুন।',
      'link-unknown': 'এই লিঙ্ক এখানে জানা নেই। পুরোটা কপি করুন, বা ক্লিনিকে নতুন চান।',
      'link-expired': 'এই লিঙ্কের মেয়াদ শেষ। ক্লিনিকে নতুন চান।',
      'wrong-answer': 'ক্লিনিকের রেকর্ডে এটি নেই। আবার চেষ্টা করুন, বা ক্লিনিকে ফোন করুন।',
    },
    failed: 'মাস পূর্ণ সংখ্যায়; পেরোনোর মেয়াদ আইনের চেয়ে ছোট হয় না। কোথা থেকে তা বলুন।',
    wishTitle: 'আপনার রেকর্ড মুছিয়ে নিন',
    wishLead: (clinic) => `এই পাতায় আপনি ${clinic}-কে বলছেন আপনার বিষয়ে যা রাখা আছে তা মুছে ফেলতে।`,
    wishStays:
      'কিছু রেকর্ড আইনত কিছু দিন রাখতে হয়, যেমন চিকিৎসার নোট ও বিল। কোনগুলি ও কবে পর্যন্ত, ক্লিনিক জানাবে। সামনের সাক্ষাৎ বাতিল হবে।',
    birthDate: 'আপনার জন্মতারিখ',
    phoneEnd: 'আপনার ফোন নম্বরের শেষ চার অঙ্ক',
    wishSend: 'মুছে ফেলতে বলুন',
    wishTaken: 'আপনার ইচ্ছা ক্লিনিকে পৌঁছেছে',
    wishTakenLead: 'ক্লিনিকের মালিক সিদ্ধান্ত নেন এবং জানান কী গেল আর কী রাখতে হল।',
    gone: 'এই পাতা খোলা যায় না',
  },
  ne: {
    title: 'मेटाउने',
    chartLead: 'यो व्यक्तिले आज मेटाउन भने के जान्छ र के रहन्छ। निर्णय मालिकले गर्छ।',
    goesNow: 'तुरुन्त जान्छ',
    stays: 'रहन्छ, र कहिलेसम्म',
    stayLead: 'कानुनले यी राख्न भन्छ। आफ्नो मितिमा यी आफैँ जान्छन्; फेरि भन्नु पर्दैन।',
    nothingStays: 'केही राख्नु पर्दैन: सबै तुरुन्त जान्छ।',
    visitsToCome: (count) => `आउने भेट, जुन रद्द हुन्छन्: ${count}`,
    otherName: (count) => `उही फोन वा इमेलमा अर्को नामका अनुरोध, जुन छोइँदैनन्: ${count}`,
    ask: 'इच्छा लेख्नुहोस्',
    note: 'इच्छा कसरी भनियो, र यही व्यक्ति हो भनी कसरी थाहा भयो',
    noteHint: '२ मार्चको हस्ताक्षर भएको चिठी; परिचयपत्र हेरियो।',
    record: 'इच्छा लेख्नुहोस्',
    giveLink: 'बिरामीका लागि लिङ्क बनाउनुहोस्',
    linkReady: 'यो लिङ्क बिरामीलाई दिनुहोस्',
    linkHint: 'यो १४ दिन चल्छ र जन्ममिति वा फोन नम्बरको अन्तिम अङ्क सोध्छ।',
    stands: {
      invited: 'लिङ्क दिइएको छ; बिरामीले अझै प्रयोग गरेका छैनन्।',
      requested: 'व्यक्तिले मेटाउन भनेका छन्। मालिकले निर्णय गर्नुपर्छ।',
      approved: 'स्वीकृत। मेटाइँदैछ।',
      running: 'मेटाइँदैछ।',
      sweeping: 'मेटाइँदैछ।',
      waiting: 'आंशिक भयो। बाँकी आफ्नो मितिमा जान्छ।',
      done: 'भयो।',
      refused: 'अस्वीकृत।',
    },
    decide: 'निर्णय',
    understood: 'के जान्छ भनी पढेँ। यो फर्काउन सकिँदैन।',
    approve: 'मेटाउनुहोस्',
    why: 'किन',
    refuse: 'अस्वीकार गर्नुहोस्',
    holds: 'कानुनी रोक',
    holdLead: 'रोक रहेसम्म यस व्यक्तिको केही मेटिँदैन: अदालतको मुद्दा, चलिरहेको उजुरी।',
    noHold: 'कुनै रोक छैन।',
    holdStands: (since) => `${since} देखि रोक छ।`,
    setHold: 'रोक लगाउनुहोस्',
    liftHold: 'रोक हटाउनुहोस्',
    register: 'मेटाउने र राख्ने अवधि',
    registerLead: 'कसले मेटाउन भने, केको अवधि बित्यो, र रेकर्ड कति समय राखिन्छ।',
    registerEmpty: 'कसैले मेटाउन भनेका छैनन्, र केहीको अवधि बितेको छैन।',
    patient: 'रेकर्ड नम्बर',
    state: 'अवस्था',
    from: 'कसले भने',
    sources: { desk: 'डेस्क', patient: 'बिरामी, लिङ्कबाट', schedule: 'अवधि बित्यो' },
    recorded: 'लेखिएको',
    certificate: 'प्रमाणपत्र',
    open: 'खोल्नुहोस्',
    periods: 'रेकर्ड कति समय राखिन्छ',
    periodsLead:
      'कार्यक्रमसँग आएका अवधि कुनै वकिल वा लेखापालले हेरेका छैनन्। तिनको ठाउँमा आफ्नो लेख्नुहोस् र कसले तय गर्‍यो भन्नुहोस्।',
    law: 'कानुनले कति महिना राख्न भन्छ',
    keep: 'कति महिनापछि अवधि बित्छ',
    counted: {
      enquiry: 'अन्तिम अनुरोधबाट गनिन्छ',
      contact: 'अन्तिम भेटबाट गनिन्छ',
      treatment: 'अन्तिम उपचारबाट गनिन्छ',
      tax: 'आर्थिक वर्षको अन्त्यबाट गनिन्छ',
    },
    source: 'यो कहाँबाट हो',
    byItself: 'अवधि बितेको मलाई नसोधी मेटाउनुहोस्',
    reviewed: 'हेरिएको',
    save: 'सुरक्षित गर्नुहोस्',
    saved: 'सुरक्षित भयो।',
    enquiries: (count, before) => `${before} अघि सोधेर नआएका: ${count}`,
    eraseEnquiries: 'यी सोधपुछ मेटाउनुहोस्',
    enquiriesGone: (count) => `मेटिएका सोधपुछ: ${count}`,
    refusals: {
      'on-hold': 'कानुनी रोक छ। पहिले हटाउनुहोस्, वा इच्छा अस्वीकार गर्नुहोस्।',
      'already-asked': 'यस व्यक्तिको मेटाउने काम पहिल्यै खुला छ।',
      'already-held': 'रोक पहिल्यै छ।',
      'bad-form': 'केही शब्द लेख्नुहोस्, बढीमा हजार अक्षर।',
      'wrong-state': 'यसबीच निर्णय भयो। पृष्ठ फेरि खोल्नुहोस्।',
      'not-allowed': 'तपाईंको भूमिकाले यो दिँदैन।',
      merged: 'यो रेकर्ड अर्कोमा मिलाइयो; इच्छा त्यहाँ लेख्नुहोस्।',
      'link-unknown': 'यो लिङ्क यहाँ थाहा छैन। पूरा कपी गर्नुहोस्, वा क्लिनिकसँग नयाँ माग्नुहोस्।',
      'link-expired': 'यो लिङ्कको म्याद सकियो। क्लिनिकसँग नयाँ माग्नुहोस्।',
      'wrong-answer': 'क्लिनिकको रेकर्डमा यो छैन। फेरि प्रयास गर्नुहोस्, वा क्लिनिकमा फोन गर्नुहोस्।',
    },
    failed: 'महिना पूर्ण सङ्ख्यामा; बित्ने अवधि कानुनभन्दा छोटो हुँदैन। कहाँबाट हो भन्नुहोस्।',
    wishTitle: 'आफ्नो रेकर्ड मेटाउन लगाउनुहोस्',
    wishLead: (clinic) => `यस पृष्ठबाट तपाईं ${clinic} लाई तपाईंबारे राखेको कुरा मेटाउन भन्नुहुन्छ।`,
    wishStays:
      'केही रेकर्ड कानुनले केही समय राख्नुपर्छ, जस्तै उपचारका टिपोट र बिल। कुन र कहिलेसम्म क्लिनिकले भन्छ। आउने भेट रद्द हुन्छन्।',
    birthDate: 'तपाईंको जन्ममिति',
    phoneEnd: 'तपाईंको फोन नम्बरको अन्तिम चार अङ्क',
    wishSend: 'मेटाउन भन्नुहोस्',
    wishTaken: 'तपाईंको इच्छा क्लिनिकमा पुग्यो',
    wishTakenLead: 'क्लिनिकको मालिकले निर्णय गर्छ र के गयो, के राख्नु पर्‍यो भन्छ।',
    gone: 'यो पृष्ठ खोल्न सकिँदैन',
  },
};
