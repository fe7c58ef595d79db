import type { ProtocolDay } from '@undertone/clinic/followup/protocol.ts';
import type { Urgency } from '@undertone/clinic/followup/red-flags.ts';
import type { CaseOutcome, CheckInState } from '@undertone/clinic/followup/schema.ts';
import type { Locale } from '../locales/index.ts';

type EntryKind = 'opened' | 'raised' | 'escalated' | 'handed-over' | 'noted' | 'answered';

/** Words of the follow-up on the staff's screens. */
export interface FollowUpWords {
  readonly title: string;
  readonly lead: string;
  readonly urgencies: Readonly<Record<Urgency, string>>;
  readonly days: Readonly<Record<ProtocolDay, string>>;
  readonly states: Readonly<Record<CheckInState, string>>;
  readonly outcomes: Readonly<Record<CaseOutcome, string>>;
  readonly entries: Readonly<Record<EntryKind, string>>;
  readonly open: string;
  readonly openCase: string;
  readonly empty: string;
  readonly emptyText: string;
  readonly since: (text: string) => string;
  readonly answerBy: (text: string) => string;
  readonly late: (text: string) => string;
  readonly told: (times: number) => string;
  readonly heldBy: (name: string) => string;
  readonly nobody: string;
  readonly withPhoto: string;
  readonly shownOf: (shown: number, all: number) => string;
  readonly calls: string;
  readonly callsText: string;
  readonly call: string;
  readonly tries: (count: number) => string;
  readonly writeDown: string;
  readonly notReached: string;
  readonly giveUp: string;
  readonly done: string;
  readonly events: string;
  readonly patient: string;
  readonly whatWasSaid: string;
  readonly version: (n: number) => string;
  readonly byStaff: string;
  readonly theSigns: string;
  readonly noSigns: string;
  readonly photo: string;
  readonly history: string;
  readonly answer: string;
  readonly outcome: string;
  readonly outcomeMissing: string;
  readonly note: string;
  readonly noteMissing: string;
  readonly answerNote: string;
  readonly answerAct: string;
  readonly handOver: string;
  readonly handOverTo: string;
  readonly handOverMissing: string;
  readonly handOverNote: string;
  readonly handOverAct: string;
  readonly addNote: string;
  readonly recordEvent: string;
  readonly answered: (who: string, when: string) => string;
  readonly checkIns: string;
  readonly noCheckIns: string;
  readonly stop: string;
  readonly report: string;
  readonly reportLead: string;
  readonly save: string;
  readonly day: string;
  readonly due: string;
  readonly state: string;
  readonly said: string;
  readonly cases: string;
  readonly unreviewed: string;
  readonly newAnswer: string;
  readonly somethingWrong: string;
}

export const followUpWords: Readonly<Record<Locale, FollowUpWords>> = {
  en: {
    title: 'Follow-up',
    lead: 'The most urgent first, then the longest waiting.',
    urgencies: { EMERG: 'Emergency', DAY: 'Today', '24H': 'Within 24 hours', SELF: 'To look at' },
    days: {
      day1: 'Day 1',
      day3: 'Day 3',
      day7: 'Day 7',
      day14: 'Day 14',
      day42: 'Week 6',
      month3: 'Month 3',
      month6: 'Month 6',
      month12: 'Month 12',
      month18: 'Month 18',
      month24: 'Month 24',
    },
    states: {
      planned: 'planned',
      sent: 'sent',
      reminded: 'reminded',
      'to-call': 'to be called',
      answered: 'answered',
      missed: 'missed',
      withdrawn: 'withdrawn',
    },
    outcomes: {
      advised: 'Advised by telephone',
      'visit-today': 'Comes today',
      'visit-later': 'Comes on another day',
      referred: 'Referred',
      hospital: 'Sent to hospital',
      'no-action': 'Nothing to do',
    },
    entries: {
      opened: 'Opened',
      raised: 'Answered again',
      escalated: 'Staff told',
      'handed-over': 'Handed over',
      noted: 'Note',
      answered: 'Answered',
    },
    open: 'Waiting for an answer',
    openCase: 'Open',
    empty: 'Nobody is waiting',
    emptyText: 'Answers that need a person appear here, with the time by which they should be answered.',
    since: (text) => `since ${text}`,
    answerBy: (text) => `answer by ${text}`,
    late: (text) => `late since ${text}`,
    told: (times) =>
      times === 1 ? 'staff told once' : times === 2 ? 'staff told twice' : `staff told ${times} times`,
    heldBy: (name) => `with ${name}`,
    nobody: 'nobody yet',
    withPhoto: 'photograph',
    shownOf: (shown, all) => `${shown} of ${all} shown`,
    calls: 'To call',
    callsText: 'They did not answer link and reminder, or have no address.',
    call: 'Call',
    tries: (count) => `called ${count}×, not reached`,
    writeDown: 'Write down answers',
    notReached: 'Not reached',
    giveUp: 'Give up',
    done: 'Done.',
    events: 'Adverse events',
    patient: 'Chart',
    whatWasSaid: 'What was said',
    version: (n) => `Answer ${n}`,
    byStaff: 'written down by staff',
    theSigns: 'Signs',
    noSigns: 'No sign of the list',
    photo: 'Photograph sent with the answer',
    history: 'What has happened',
    answer: 'Answer',
    outcome: 'What was agreed',
    outcomeMissing: 'Choose what was agreed.',
    note: 'Note',
    noteMissing: 'Write something here.',
    answerNote: 'What was said',
    answerAct: 'Answer and close',
    handOver: 'Hand over',
    handOverTo: 'To',
    handOverMissing: 'Choose who takes it.',
    handOverNote: 'What the other needs to know',
    handOverAct: 'Hand over',
    addNote: 'Add a note',
    recordEvent: 'Record an adverse event',
    answered: (who, when) => `Answered by ${who}, ${when}`,
    checkIns: 'Check-ins',
    noCheckIns: 'Check-ins are planned when a session is kept.',
    stop: 'Send no more check-ins',
    report: 'Write down what was reported',
    reportLead: 'Told by telephone or in the clinic: it is weighed like a check-in and waits in the inbox.',
    save: 'Save',
    day: 'Day',
    due: 'Due',
    state: 'State',
    said: 'Said',
    cases: 'Cases',
    unreviewed: 'The red-flag table has not been reviewed by a physician yet.',
    newAnswer: 'New: somebody is waiting. Look again.',
    somethingWrong: 'Not done.',
  },
  hi: {
    title: 'फ़ॉलो-अप',
    lead: 'पहले सबसे ज़रूरी, फिर सबसे लंबी प्रतीक्षा।',
    urgencies: { EMERG: 'आपात', DAY: 'आज', '24H': '24 घंटे में', SELF: 'देखना है' },
    days: {
      day1: 'दिन 1',
      day3: 'दिन 3',
      day7: 'दिन 7',
      day14: 'दिन 14',
      day42: 'हफ़्ता 6',
      month3: 'महीना 3',
      month6: 'महीना 6',
      month12: 'महीना 12',
      month18: 'महीना 18',
      month24: 'महीना 24',
    },
    states: {
      planned: 'तय',
      sent: 'भेजा गया',
      reminded: 'याद दिलाया',
      'to-call': 'फ़ोन करना है',
      answered: 'जवाब मिला',
      missed: 'छूटा',
      withdrawn: 'वापस लिया',
    },
    outcomes: {
      advised: 'फ़ोन पर सलाह दी',
      'visit-today': 'आज आएँगे',
      'visit-later': 'किसी और दिन आएँगे',
      referred: 'आगे भेजा',
      hospital: 'अस्पताल भेजा',
      'no-action': 'कुछ करना नहीं',
    },
    entries: {
      opened: 'खुला',
      raised: 'फिर जवाब दिया',
      escalated: 'स्टाफ़ को बताया',
      'handed-over': 'सौंपा गया',
      noted: 'टिप्पणी',
      answered: 'जवाब दिया',
    },
    open: 'जवाब की प्रतीक्षा में',
    openCase: 'खोलें',
    empty: 'कोई प्रतीक्षा में नहीं',
    emptyText: 'जिन जवाबों को किसी व्यक्ति की ज़रूरत है वे यहाँ दिखते हैं, समय-सीमा के साथ।',
    since: (text) => `${text} से`,
    answerBy: (text) => `${text} तक जवाब दें`,
    late: (text) => `${text} से देर`,
    told: (times) => (times === 1 ? 'स्टाफ़ को एक बार बताया' : `स्टाफ़ को ${times} बार बताया`),
    heldBy: (name) => `${name} के पास`,
    nobody: 'अभी किसी के पास नहीं',
    withPhoto: 'तस्वीर',
    shownOf: (shown, all) => `${all} में से ${shown}`,
    calls: 'फ़ोन करना है',
    callsText: 'लिंक और याद दिलाने पर जवाब नहीं दिया, या पता नहीं है।',
    call: 'फ़ोन करें',
    tries: (count) => `${count} बार फ़ोन किया, बात नहीं हुई`,
    writeDown: 'जवाब लिखें',
    notReached: 'बात नहीं हुई',
    giveUp: 'छोड़ दें',
    done: 'हो गया।',
    events: 'प्रतिकूल घटनाएँ',
    patient: 'चार्ट',
    whatWasSaid: 'क्या बताया',
    version: (n) => `जवाब ${n}`,
    byStaff: 'स्टाफ़ ने लिखा',
    theSigns: 'लक्षण',
    noSigns: 'सूची का कोई लक्षण नहीं',
    photo: 'जवाब के साथ भेजी तस्वीर',
    history: 'अब तक क्या हुआ',
    answer: 'जवाब',
    outcome: 'क्या तय हुआ',
    outcomeMissing: 'चुनें कि क्या तय हुआ।',
    note: 'टिप्पणी',
    noteMissing: 'यहाँ कुछ लिखें।',
    answerNote: 'क्या बात हुई',
    answerAct: 'जवाब दें और बंद करें',
    handOver: 'सौंपें',
    handOverTo: 'किसे',
    handOverMissing: 'चुनें कि कौन लेगा।',
    handOverNote: 'उन्हें क्या जानना चाहिए',
    handOverAct: 'सौंपें',
    addNote: 'टिप्पणी जोड़ें',
    recordEvent: 'प्रतिकूल घटना दर्ज करें',
    answered: (who, when) => `${who} ने जवाब दिया, ${when}`,
    checkIns: 'हालचाल',
    noCheckIns: 'सत्र दर्ज होने पर हालचाल के दिन तय होते हैं।',
    stop: 'हालचाल और न भेजें',
    report: 'जो बताया गया उसे लिखें',
    reportLead: 'फ़ोन पर या क्लिनिक में बताया: हालचाल की तरह तौला जाता है और इनबॉक्स में रहता है।',
    save: 'सहेजें',
    day: 'दिन',
    due: 'तारीख़',
    state: 'स्थिति',
    said: 'बताया',
    cases: 'मामले',
    unreviewed: 'ख़तरे के लक्षणों की तालिका की समीक्षा अभी किसी चिकित्सक ने नहीं की है।',
    newAnswer: 'नया: कोई प्रतीक्षा में है। फिर देखें।',
    somethingWrong: 'नहीं हुआ।',
  },
  bn: {
    title: 'ফলো-আপ',
    lead: 'আগে সবচেয়ে জরুরি, তারপর সবচেয়ে দীর্ঘ অপেক্ষা।',
    urgencies: { EMERG: 'জরুরি', DAY: 'আজ', '24H': '২৪ ঘণ্টায়', SELF: 'দেখার আছে' },
    days: {
      day1: 'দিন ১',
      day3: 'দিন ৩',
      day7: 'দিন ৭',
      day14: 'দিন ১৪',
      day42: 'সপ্তাহ ৬',
      month3: 'মাস ৩',
      month6: 'মাস ৬',
      month12: 'মাস ১২',
      month18: 'মাস ১৮',
      month24: 'মাস ২৪',
    },
    states: {
      planned: 'পরিকল্পিত',
      sent: 'পাঠানো',
      reminded: 'মনে করানো',
      'to-call': 'ফোন করতে হবে',
      answered: 'উত্তর এসেছে',
      missed: 'বাদ গেছে',
      withdrawn: 'প্রত্যাহৃত',
    },
    outcomes: {
      advised: 'ফোনে পরামর্শ দেওয়া হয়েছে',
      'visit-today': 'আজ আসবেন',
      'visit-later': 'অন্য দিন আসবেন',
      referred: 'অন্যত্র পাঠানো',
      hospital: 'হাসপাতালে পাঠানো',
      'no-action': 'কিছু করার নেই',
    },
    entries: {
      opened: 'খোলা',
      raised: 'আবার উত্তর',
      escalated: 'কর্মীদের জানানো',
      'handed-over': 'হস্তান্তর',
      noted: 'নোট',
      answered: 'উত্তর দেওয়া',
    },
    open: 'উত্তরের অপেক্ষায়',
    openCase: 'খুলুন',
    empty: 'কেউ অপেক্ষায় নেই',
    emptyText: 'যে উত্তরে মানুষের দরকার তা এখানে আসে, কখনের মধ্যে উত্তর দিতে হবে তাসহ।',
    since: (text) => `${text} থেকে`,
    answerBy: (text) => `${text}-এর মধ্যে উত্তর`,
    late: (text) => `${text} থেকে দেরি`,
    told: (times) => (times === 1 ? 'কর্মীদের একবার জানানো' : `কর্মীদের ${times} বার জানানো`),
    heldBy: (name) => `${name}-এর কাছে`,
    nobody: 'এখনও কারও কাছে নয়',
    withPhoto: 'ছবি',
    shownOf: (shown, all) => `${all}-এর মধ্যে ${shown}`,
    calls: 'ফোন করতে হবে',
    callsText: 'লিংক ও মনে করানোর উত্তর দেননি, বা ঠিকানা নেই।',
    call: 'ফোন',
    tries: (count) => `${count} বার ফোন, পাওয়া যায়নি`,
    writeDown: 'উত্তর লিখুন',
    notReached: 'পাওয়া যায়নি',
    giveUp: 'ছেড়ে দিন',
    done: 'হয়েছে।',
    events: 'প্রতিকূল ঘটনা',
    patient: 'চার্ট',
    whatWasSaid: 'কী জানিয়েছেন',
    version: (n) => `উত্তর ${n}`,
    byStaff: 'কর্মী লিখেছেন',
    theSigns: 'লক্ষণ',
    noSigns: 'তালিকার কোনো লক্ষণ নেই',
    photo: 'উত্তরের সঙ্গে পাঠানো ছবি',
    history: 'এ পর্যন্ত কী হয়েছে',
    answer: 'উত্তর',
    outcome: 'কী ঠিক হল',
    outcomeMissing: 'কী ঠিক হল বেছে নিন।',
    note: 'নোট',
    noteMissing: 'এখানে কিছু লিখুন।',
    answerNote: 'কী কথা হল',
    answerAct: 'উত্তর দিন ও বন্ধ করুন',
    handOver: 'হস্তান্তর',
    handOverTo: 'কাকে',
    handOverMissing: 'কে নেবেন বেছে নিন।',
    handOverNote: 'অন্যজনের যা জানা দরকার',
    handOverAct: 'হস্তান্তর করুন',
    addNote: 'নোট যোগ করুন',
    recordEvent: 'প্রতিকূল ঘটনা লিখুন',
    answered: (who, when) => `${who} উত্তর দিয়েছেন, ${when}`,
    checkIns: 'খোঁজ নেওয়া',
    noCheckIns: 'সেশন লেখা হলে খোঁজ নেওয়ার দিন ঠিক হয়।',
    stop: 'আর খোঁজ নেওয়ার বার্তা পাঠাবেন না',
    report: 'যা জানানো হল লিখুন',
    reportLead: 'ফোনে বা ক্লিনিকে জানানো: খোঁজের উত্তরের মতোই বিচার হয় ও ইনবক্সে থাকে।',
    save: 'সংরক্ষণ',
    day: 'দিন',
    due: 'তারিখ',
    state: 'অবস্থা',
    said: 'জানিয়েছেন',
    cases: 'ঘটনা',
    unreviewed: 'বিপদের লক্ষণের তালিকা এখনও কোনো চিকিৎসক পর্যালোচনা করেননি।',
    newAnswer: 'নতুন: কেউ অপেক্ষায় আছেন। আবার দেখুন।',
    somethingWrong: 'হয়নি।',
  },
  ne: {
    title: 'फलोअप',
    lead: 'पहिले सबैभन्दा जरुरी, अनि सबैभन्दा लामो पर्खाइ।',
    urgencies: { EMERG: 'आपत', DAY: 'आज', '24H': '२४ घण्टामा', SELF: 'हेर्नुपर्ने' },
    days: {
      day1: 'दिन १',
      day3: 'दिन ३',
      day7: 'दिन ७',
      day14: 'दिन १४',
      day42: 'हप्ता ६',
      month3: 'महिना ३',
      month6: 'महिना ६',
      month12: 'महिना १२',
      month18: 'महिना १८',
      month24: 'महिना २४',
    },
    states: {
      planned: 'तय',
      sent: 'पठाइयो',
      reminded: 'सम्झाइयो',
      'to-call': 'फोन गर्नुपर्ने',
      answered: 'जवाफ आयो',
      missed: 'छुट्यो',
      withdrawn: 'फिर्ता',
    },
    outcomes: {
      advised: 'फोनमा सल्लाह दिइयो',
      'visit-today': 'आज आउनुहुन्छ',
      'visit-later': 'अर्को दिन आउनुहुन्छ',
      referred: 'अन्यत्र पठाइयो',
      hospital: 'अस्पताल पठाइयो',
      'no-action': 'केही गर्नु छैन',
    },
    entries: {
      opened: 'खुल्यो',
      raised: 'फेरि जवाफ',
      escalated: 'कर्मचारीलाई भनियो',
      'handed-over': 'सुम्पियो',
      noted: 'टिपोट',
      answered: 'जवाफ दिइयो',
    },
    open: 'जवाफको पर्खाइमा',
    openCase: 'खोल्नुहोस्',
    empty: 'कोही पर्खिरहेको छैन',
    emptyText: 'मान्छे चाहिने जवाफ यहाँ आउँछन्, कहिलेसम्म जवाफ दिने समयसहित।',
    since: (text) => `${text} देखि`,
    answerBy: (text) => `${text} सम्म जवाफ`,
    late: (text) => `${text} देखि ढिला`,
    told: (times) => (times === 1 ? 'कर्मचारीलाई एक पटक भनियो' : `कर्मचारीलाई ${times} पटक भनियो`),
    heldBy: (name) => `${name} सँग`,
    nobody: 'अझै कसैसँग छैन',
    withPhoto: 'तस्बिर',
    shownOf: (shown, all) => `${all} मध्ये ${shown}`,
    calls: 'फोन गर्नुपर्ने',
    callsText: 'लिंक र सम्झनाको जवाफ दिएनन्, वा ठेगाना छैन।',
    call: 'फोन',
    tries: (count) => `${count} पटक फोन, भेटिएन`,
    writeDown: 'जवाफ लेख्नुहोस्',
    notReached: 'भेटिएन',
    giveUp: 'छोड्नुहोस्',
    done: 'भयो।',
    events: 'प्रतिकूल घटना',
    patient: 'चार्ट',
    whatWasSaid: 'के भन्नुभयो',
    version: (n) => `जवाफ ${n}`,
    byStaff: 'कर्मचारीले लेखेको',
    theSigns: 'लक्षण',
    noSigns: 'सूचीको कुनै लक्षण छैन',
    photo: 'जवाफसँग पठाइएको तस्बिर',
    history: 'अहिलेसम्म के भयो',
    answer: 'जवाफ',
    outcome: 'के सहमति भयो',
    outcomeMissing: 'के सहमति भयो छान्नुहोस्।',
    note: 'टिपोट',
    noteMissing: 'यहाँ केही लेख्नुहोस्।',
    answerNote: 'के कुरा भयो',
    answerAct: 'जवाफ दिई बन्द गर्नुहोस्',
    handOver: 'सुम्पनुहोस्',
    handOverTo: 'कसलाई',
    handOverMissing: 'कसले लिने छान्नुहोस्।',
    handOverNote: 'उहाँलाई के थाहा हुनुपर्छ',
    handOverAct: 'सुम्पनुहोस्',
    addNote: 'टिपोट थप्नुहोस्',
    recordEvent: 'प्रतिकूल घटना लेख्नुहोस्',
    answered: (who, when) => `${who} ले जवाफ दिनुभयो, ${when}`,
    checkIns: 'हालखबर',
    noCheckIns: 'सत्र लेखिएपछि हालखबरका दिन तय हुन्छन्।',
    stop: 'अब हालखबर नपठाउनुहोस्',
    report: 'भनिएको कुरा लेख्नुहोस्',
    reportLead: 'फोनमा वा क्लिनिकमा भनिएको: हालखबरजस्तै तौलिन्छ र इनबक्समा रहन्छ।',
    save: 'राख्नुहोस्',
    day: 'दिन',
    due: 'मिति',
    state: 'अवस्था',
    said: 'भनेको',
    cases: 'मामिला',
    unreviewed: 'खतराका लक्षणको तालिका अझै कुनै चिकित्सकले समीक्षा गरेका छैनन्।',
    newAnswer: 'नयाँ: कोही पर्खिरहेको छ। फेरि हेर्नुहोस्।',
    somethingWrong: 'भएन।',
  },
};
