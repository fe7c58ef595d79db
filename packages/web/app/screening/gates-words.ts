import type { GateAction } from '@undertone/clinic/candidacy/gates.ts';
import type { Locale } from '../locales/index.ts';

export interface GatesWords {
  readonly title: string;
  readonly lead: string;
  readonly gate: string;
  readonly question: string;
  readonly reason: string;
  readonly source: string;
  readonly state: string;
  readonly change: (what: string) => string;
  readonly spots: string;
  readonly actions: Readonly<Record<GateAction, string>>;
  readonly whenAnswered: (option: string) => string;
  readonly from: (reading: string, unit: string) => string;
  readonly until: (reading: string, unit: string) => string;
  /** How long a finding of the option holds. */
  readonly waits: Readonly<Record<'weeks' | 'months', (option: string) => string>>;
  readonly waitHint: string;
  readonly units: Readonly<Record<'minutes' | 'hours' | 'days', string>>;
  readonly sessionWaits: (reading: string) => string;
  readonly requiredFor: string;
  readonly looksAt: string;
  readonly ownSchedule: (treatment: string) => string;
  readonly rule: string;
  readonly save: string;
  readonly inForceNow: (version: number) => string;
  readonly draftNow: (version: number) => string;
  readonly draft: string;
  readonly draftText: string;
  readonly laxer: string;
  readonly review: string;
  readonly iHaveRead: string;
  readonly tickFirst: string;
  readonly history: string;
  readonly noHistory: string;
  readonly version: (version: number) => string;
  readonly inForce: string;
  readonly wasDraft: string;
  readonly reviewed: string;
  readonly unreviewed: string;
  readonly everything: string;
  readonly program: string;
  readonly back: string;
  readonly notDone: string;
  readonly faults: Readonly<Record<string, string>>;
}

export const gatesWords: Readonly<Record<Locale, GatesWords>> = {
  en: {
    title: 'Gates and test spots',
    lead: 'What is asked before a treatment, by self-check, intake and staff, what an answer does, and when test spots are read. Signed decisions keep the version they were made by.',
    gate: 'Gate',
    question: 'Question',
    reason: 'Reason',
    source: 'Source',
    state: 'Review',
    change: (what) => `Change ${what}`,
    spots: 'Schedules of test spots',
    actions: { STOP: 'Stop', DEFER: 'Wait', REVIEW: 'Physician decides', INFORM: 'Only tells' },
    whenAnswered: (option) => `When answered: ${option}`,
    from: (reading, unit) => `${reading}: from, in ${unit}`,
    until: (reading, unit) => `${reading}: until, in ${unit}`,
    waits: {
      weeks: (option) => `${option}: to wait from its date, in weeks`,
      months: (option) => `${option}: to wait from its date, in months`,
    },
    waitHint:
      'A whole number from 1 to 520. Where the question or the reason names this time, change it there too.',
    units: { minutes: 'minutes', hours: 'hours', days: 'days' },
    sessionWaits: (reading) => `A session waits for it: ${reading}`,
    requiredFor: 'Needed before',
    looksAt: 'Looked at',
    ownSchedule: (t) => `A schedule of its own: ${t}`,
    rule: 'A change that is stricter everywhere and changes no words holds at once. Everything else is a draft until a physician has reviewed it.',
    save: 'Save a new version',
    inForceNow: (version) => `Version ${version} is in force.`,
    draftNow: (version) => `Version ${version} is a draft. It holds after a physician’s review.`,
    draft: 'A draft waits for a review',
    draftText: 'Until then the version before it is in force.',
    laxer: 'It lets more pass at',
    review: 'Review and put in force',
    iHaveRead: 'I have read the draft as a physician and answer for it.',
    tickFirst: 'Tick first that you have read it.',
    history: 'Versions',
    noHistory: 'Nothing was changed yet: what came with the program is in force.',
    version: (version) => `Version ${version}`,
    inForce: 'put in force',
    wasDraft: 'draft',
    reviewed: 'reviewed',
    unreviewed: 'unreviewed',
    everything: 'all gates and spots',
    program: 'the program',
    back: 'All gates',
    notDone: 'Not saved',
    faults: {
      'bad-form': 'Look at the field marked below.',
      'protocol-changed': 'Somebody has saved another version meanwhile; look at theirs first.',
      'promise-in-text': 'A word promises what nobody can keep; say it without.',
      'not-allowed': 'Your role does not allow this.',
    },
  },
  hi: {
    title: 'जाँच-प्रश्न और परीक्षण बिंदु',
    lead: 'उपचार से पहले क्या पूछा जाता है, उत्तर से क्या होता है, और परीक्षण बिंदु कब पढ़े जाते हैं। हस्ताक्षरित निर्णय अपना संस्करण रखते हैं।',
    gate: 'जाँच',
    question: 'प्रश्न',
    reason: 'कारण',
    source: 'स्रोत',
    state: 'समीक्षा',
    change: (what) => `${what} बदलें`,
    spots: 'परीक्षण बिंदुओं की समय-सारणी',
    actions: { STOP: 'रुकें', DEFER: 'प्रतीक्षा', REVIEW: 'चिकित्सक तय करते हैं', INFORM: 'केवल सूचना' },
    whenAnswered: (option) => `उत्तर यह हो तो: ${option}`,
    from: (reading, unit) => `${reading}: कब से, ${unit} में`,
    until: (reading, unit) => `${reading}: कब तक, ${unit} में`,
    waits: {
      weeks: (option) => `${option}: उसकी तारीख़ से प्रतीक्षा, हफ़्तों में`,
      months: (option) => `${option}: उसकी तारीख़ से प्रतीक्षा, महीनों में`,
    },
    waitHint: '1 से 520 तक पूरी संख्या। प्रश्न या कारण में यह समय लिखा हो तो वहाँ भी बदलें।',
    units: { minutes: 'मिनट', hours: 'घंटे', days: 'दिन' },
    sessionWaits: (reading) => `सत्र इसकी प्रतीक्षा करता है: ${reading}`,
    requiredFor: 'इससे पहले ज़रूरी',
    looksAt: 'क्या देखा जाता है',
    ownSchedule: (t) => `${t}: अपनी समय-सारणी`,
    rule: 'जो बदलाव हर जगह सख़्त है और कोई शब्द नहीं बदलता, वह तुरंत लागू होता है। बाकी सब चिकित्सक की समीक्षा तक प्रारूप रहता है।',
    save: 'नया संस्करण सहेजें',
    inForceNow: (version) => `संस्करण ${version} लागू है।`,
    draftNow: (version) => `संस्करण ${version} प्रारूप है। चिकित्सक की समीक्षा के बाद लागू होगा।`,
    draft: 'एक प्रारूप समीक्षा की प्रतीक्षा में है',
    draftText: 'तब तक उससे पहले का संस्करण लागू है।',
    laxer: 'यहाँ यह पहले से ढीला है',
    review: 'समीक्षा करें और लागू करें',
    iHaveRead: 'मैंने चिकित्सक के रूप में प्रारूप पढ़ा है और इसका उत्तरदायी हूँ।',
    tickFirst: 'पहले निशान लगाएँ कि आपने पढ़ा है।',
    history: 'संस्करण',
    noHistory: 'अभी कुछ नहीं बदला गया: कार्यक्रम के साथ आया संस्करण लागू है।',
    version: (version) => `संस्करण ${version}`,
    inForce: 'लागू किया गया',
    wasDraft: 'प्रारूप',
    reviewed: 'समीक्षित',
    unreviewed: 'असमीक्षित',
    everything: 'सभी जाँच और बिंदु',
    program: 'कार्यक्रम',
    back: 'सभी जाँच-प्रश्न',
    notDone: 'सहेजा नहीं गया',
    faults: {
      'bad-form': 'नीचे चिह्नित खाना देखें।',
      'protocol-changed': 'इस बीच किसी ने दूसरा संस्करण सहेजा है; पहले उसे देखें।',
      'promise-in-text': 'कोई शब्द ऐसा वादा करता है जिसे निभाया नहीं जा सकता; उसके बिना लिखें।',
      'not-allowed': 'आपकी भूमिका में इसकी अनुमति नहीं है।',
    },
  },
  bn: {
    title: 'যাচাই-প্রশ্ন ও পরীক্ষার বিন্দু',
    lead: 'চিকিৎসার আগে কী জিজ্ঞাসা করা হয়, উত্তরে কী হয়, আর পরীক্ষার বিন্দু কখন দেখা হয়। স্বাক্ষরিত সিদ্ধান্ত নিজের সংস্করণ রাখে।',
    gate: 'যাচাই',
    question: 'প্রশ্ন',
    reason: 'কারণ',
    source: 'উৎস',
    state: 'পর্যালোচনা',
    change: (what) => `${what} বদলান`,
    spots: 'পরীক্ষার বিন্দুর সময়সূচি',
    actions: { STOP: 'থামুন', DEFER: 'অপেক্ষা', REVIEW: 'চিকিৎসক ঠিক করেন', INFORM: 'শুধু জানায়' },
    whenAnswered: (option) => `উত্তর এই হলে: ${option}`,
    from: (reading, unit) => `${reading}: কবে থেকে, ${unit}`,
    until: (reading, unit) => `${reading}: কবে পর্যন্ত, ${unit}`,
    waits: {
      weeks: (option) => `${option}: তার তারিখ থেকে অপেক্ষা, সপ্তাহে`,
      months: (option) => `${option}: তার তারিখ থেকে অপেক্ষা, মাসে`,
    },
    waitHint: '১ থেকে ৫২০ পর্যন্ত পূর্ণ সংখ্যা। প্রশ্ন বা কারণে এই সময় লেখা থাকলে সেখানেও বদলান।',
    units: { minutes: 'মিনিটে', hours: 'ঘণ্টায়', days: 'দিনে' },
    sessionWaits: (reading) => `সেশন এর জন্য অপেক্ষা করে: ${reading}`,
    requiredFor: 'এর আগে দরকার',
    looksAt: 'যা দেখা হয়',
    ownSchedule: (t) => `${t}: নিজস্ব সময়সূচি`,
    rule: 'যে বদল সব জায়গায় আরও কড়া ও কোনও কথা বদলায় না, তা তখনই কার্যকর হয়। বাকি সব চিকিৎসকের পর্যালোচনা পর্যন্ত খসড়া।',
    save: 'নতুন সংস্করণ রাখুন',
    inForceNow: (version) => `সংস্করণ ${version} কার্যকর।`,
    draftNow: (version) => `সংস্করণ ${version} খসড়া। চিকিৎসকের পর্যালোচনার পরে কার্যকর হবে।`,
    draft: 'একটি খসড়া পর্যালোচনার অপেক্ষায়',
    draftText: 'ততক্ষণ আগের সংস্করণ কার্যকর।',
    laxer: 'এখানে আগের চেয়ে ঢিলে',
    review: 'পর্যালোচনা করে কার্যকর করুন',
    iHaveRead: 'আমি চিকিৎসক হিসেবে খসড়াটি পড়েছি ও এর দায় নিচ্ছি।',
    tickFirst: 'আগে টিক দিন যে পড়েছেন।',
    history: 'সংস্করণ',
    noHistory: 'এখনও কিছু বদলানো হয়নি: প্রোগ্রামের সঙ্গে আসা সংস্করণ কার্যকর।',
    version: (version) => `সংস্করণ ${version}`,
    inForce: 'কার্যকর করা হয়েছে',
    wasDraft: 'খসড়া',
    reviewed: 'পর্যালোচিত',
    unreviewed: 'পর্যালোচনা হয়নি',
    everything: 'সব যাচাই ও বিন্দু',
    program: 'প্রোগ্রাম',
    back: 'সব যাচাই-প্রশ্ন',
    notDone: 'রাখা হয়নি',
    faults: {
      'bad-form': 'নিচে চিহ্নিত ঘরটি দেখুন।',
      'protocol-changed': 'এর মধ্যে কেউ অন্য সংস্করণ রেখেছেন; আগে সেটি দেখুন।',
      'promise-in-text': 'একটি শব্দ এমন প্রতিশ্রুতি দেয় যা রাখা যায় না; সেটি ছাড়া লিখুন।',
      'not-allowed': 'আপনার ভূমিকায় এর অনুমতি নেই।',
    },
  },
  ne: {
    title: 'जाँच-प्रश्न र परीक्षण बिन्दु',
    lead: 'उपचारअघि के सोधिन्छ, उत्तरले के गर्छ र परीक्षण बिन्दु कहिले पढिन्छ। हस्ताक्षरित निर्णयले आफ्नो संस्करण राख्छ।',
    gate: 'जाँच',
    question: 'प्रश्न',
    reason: 'कारण',
    source: 'स्रोत',
    state: 'समीक्षा',
    change: (what) => `${what} बदल्नुहोस्`,
    spots: 'परीक्षण बिन्दुका तालिका',
    actions: { STOP: 'रोक्नुहोस्', DEFER: 'पर्खने', REVIEW: 'चिकित्सकले निर्णय गर्छन्', INFORM: 'जानकारी मात्र' },
    whenAnswered: (option) => `उत्तर यस्तो भए: ${option}`,
    from: (reading, unit) => `${reading}: कहिलेदेखि, ${unit}मा`,
    until: (reading, unit) => `${reading}: कहिलेसम्म, ${unit}मा`,
    waits: {
      weeks: (option) => `${option}: त्यसको मितिबाट पर्खाइ, हप्तामा`,
      months: (option) => `${option}: त्यसको मितिबाट पर्खाइ, महिनामा`,
    },
    waitHint: '१ देखि ५२० सम्मको पूर्ण सङ्ख्या। प्रश्न वा कारणमा यो समय लेखिएको भए त्यहाँ पनि बदल्नुहोस्।',
    units: { minutes: 'मिनेट', hours: 'घण्टा', days: 'दिन' },
    sessionWaits: (reading) => `सत्रले यसलाई पर्खन्छ: ${reading}`,
    requiredFor: 'यसअघि चाहिने',
    looksAt: 'के हेरिन्छ',
    ownSchedule: (t) => `${t}: आफ्नै तालिका`,
    rule: 'सबैतिर कडा र कुनै शब्द नबदल्ने परिवर्तन तुरुन्त लागू हुन्छ। अरू सबै चिकित्सकको समीक्षासम्म मस्यौदा रहन्छ।',
    save: 'नयाँ संस्करण राख्नुहोस्',
    inForceNow: (version) => `संस्करण ${version} लागू छ।`,
    draftNow: (version) => `संस्करण ${version} मस्यौदा हो। चिकित्सकको समीक्षापछि लागू हुन्छ।`,
    draft: 'एउटा मस्यौदा समीक्षा पर्खिरहेको छ',
    draftText: 'त्यतिन्जेल अघिल्लो संस्करण लागू छ।',
    laxer: 'यहाँ पहिलेभन्दा खुकुलो छ',
    review: 'समीक्षा गरी लागू गर्नुहोस्',
    iHaveRead: 'मैले चिकित्सकका रूपमा मस्यौदा पढेको छु र यसको जिम्मा लिन्छु।',
    tickFirst: 'पहिले पढेको चिन्ह लगाउनुहोस्।',
    history: 'संस्करणहरू',
    noHistory: 'अहिलेसम्म केही बदलिएको छैन: कार्यक्रमसँग आएको संस्करण लागू छ।',
    version: (version) => `संस्करण ${version}`,
    inForce: 'लागू गरिएको',
    wasDraft: 'मस्यौदा',
    reviewed: 'समीक्षित',
    unreviewed: 'असमीक्षित',
    everything: 'सबै जाँच र बिन्दु',
    program: 'कार्यक्रम',
    back: 'सबै जाँच-प्रश्न',
    notDone: 'राखिएन',
    faults: {
      'bad-form': 'तल चिन्ह लगाइएको कोठा हेर्नुहोस्।',
      'protocol-changed': 'यसबीच कसैले अर्को संस्करण राखेको छ; पहिले त्यो हेर्नुहोस्।',
      'promise-in-text': 'कुनै शब्दले राख्न नसकिने वाचा गर्छ; त्यसबिना लेख्नुहोस्।',
      'not-allowed': 'तपाईंको भूमिकामा यसको अनुमति छैन।',
    },
  },
};
