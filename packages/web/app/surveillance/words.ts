import type { Grouping } from '@undertone/clinic/surveillance/rules.ts';
import type { Locale } from '../locales/index.ts';

export interface SurveillanceWords {
  readonly title: string;
  readonly lead: string;
  readonly measure: string;
  readonly treatment: string;
  readonly all: string;
  readonly treatments: Readonly<Record<'scalp' | 'lip' | 'vitiligo', string>>;
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly groupings: Readonly<Record<Grouping, string>>;
  readonly show: string;
  readonly csv: string;
  readonly rates: string;
  readonly name: string;
  readonly events: string;
  readonly followed: string;
  readonly rate: string;
  readonly interval: string;
  readonly unknown: string;
  readonly waiting: string;
  readonly sessions: string;
  readonly total: string;
  readonly notCounted: string;
  readonly howCounted: (fromDay: string, waitDays: string) => string;
  readonly empty: string;
  readonly emptyText: string;
  readonly funnel: string;
  readonly funnelText: string;
  readonly insideAll: string;
  readonly outside95: string;
  readonly outside998: string;
  readonly cusum: string;
  readonly cusumText: (p0: string, p1: string, h: string) => string;
  readonly runLengths: (inControl: string, outOfControl: string) => string;
  readonly signals: string;
  readonly noSignal: string;
  readonly signalOn: (day: string, value: string) => string;
  readonly sessionsAxis: string;
  readonly sumAxis: string;
  readonly rateAxis: string;
  readonly limit: string;
  readonly unreviewed: string;
  readonly alerts: string;
  readonly noAlerts: string;
  readonly alert: (count: string, day: string) => string;
  readonly recall: string;
  readonly settle: string;
  readonly settleNote: string;
  readonly settled: (day: string) => string;
  readonly settleMissing: string;
  readonly public: string;
  readonly publicYes: (events: string, people: string) => string;
  readonly publicNo: (followed: string, least: string) => string;
  readonly badPeriod: string;
  readonly source: string;
}

export const surveillanceWords: Readonly<Record<Locale, SurveillanceWords>> = {
  en: {
    title: 'Surveillance',
    lead: 'What the clinic’s own sessions came to, counted with what is not known.',
    measure: 'Counted',
    treatment: 'Treatment',
    all: 'all',
    treatments: { scalp: 'Scalp', lip: 'Lips', vitiligo: 'Vitiligo' },
    from: 'From',
    to: 'To',
    by: 'By',
    groupings: { treatment: 'treatment', operator: 'operator', zone: 'zone', lot: 'lot', month: 'month' },
    show: 'Show',
    csv: 'Export as CSV',
    rates: 'Rates',
    name: 'Name',
    events: 'With event',
    followed: 'Followed',
    rate: 'Rate',
    interval: '95 % interval',
    unknown: 'Unknown',
    waiting: 'Waiting',
    sessions: 'Sessions',
    total: 'All',
    notCounted: 'not stated',
    howCounted: (fromDay, waitDays) =>
      `Followed: answered on day ${fromDay} or later, or an event was seen. Unknown: no answer ${waitDays} days after. The rate is of those followed; the interval is exact (Clopper–Pearson).`,
    empty: 'Nothing to count yet',
    emptyText: 'Sessions appear here once they are kept and their check-ins are answered.',
    funnel: 'Funnel',
    funnelText:
      'Each against the rate of all. Between the inner lines 95 of 100 lie by chance alone, between the outer ones 998 of 1000.',
    insideAll: 'inside',
    outside95: 'outside 95 %',
    outside998: 'outside 99.8 %',
    cusum: 'CUSUM',
    cusumText: (p0, p1, h) =>
      `Adds evidence for ${p1} against ${p0}, session by session; signals above ${h} and begins again.`,
    runLengths: (inControl, outOfControl) =>
      `Simulated: a false signal every ${inControl} sessions on average; the higher rate is noticed after ${outOfControl}.`,
    signals: 'Signals',
    noSignal: 'No signal.',
    signalOn: (day, value) => `${day}: ${value}`,
    sessionsAxis: 'followed sessions, in order',
    sumAxis: 'sum',
    rateAxis: 'rate',
    limit: 'limit',
    unreviewed: 'Targets and limits are proposals that nobody has reviewed yet.',
    alerts: 'Lot alerts',
    noAlerts: 'No lot has raised an alert.',
    alert: (count, day) => `${count} infections or reactions, since ${day}`,
    recall: 'Open the recall',
    settle: 'Settle',
    settleNote: 'What was done',
    settled: (day) => `settled on ${day}`,
    settleMissing: 'Say what was done.',
    public: 'On the public risk page',
    publicYes: (events, people) => `${events} of ${people} followed sessions with any event.`,
    publicNo: (followed, least) =>
      `Nothing yet: ${followed} followed sessions; ${least} are needed, and seven of ten must be known.`,
    badPeriod: 'The period ends before it begins.',
    source: 'Source',
  },
  hi: {
    title: 'निगरानी',
    lead: 'क्लिनिक के अपने सत्रों का हिसाब, जो पता नहीं उसके साथ।',
    measure: 'क्या गिना',
    treatment: 'उपचार',
    all: 'सभी',
    treatments: { scalp: 'सिर की त्वचा', lip: 'होंठ', vitiligo: 'विटिलिगो' },
    from: 'से',
    to: 'तक',
    by: 'किसके अनुसार',
    groupings: {
      treatment: 'उपचार',
      operator: 'करने वाला',
      zone: 'क्षेत्र',
      lot: 'लॉट',
      month: 'महीना',
    },
    show: 'दिखाएँ',
    csv: 'CSV में निकालें',
    rates: 'दरें',
    name: 'नाम',
    events: 'घटना वाले',
    followed: 'हाल पता',
    rate: 'दर',
    interval: '95 % अंतराल',
    unknown: 'पता नहीं',
    waiting: 'प्रतीक्षा',
    sessions: 'सत्र',
    total: 'सभी',
    notCounted: 'नहीं बताया',
    howCounted: (fromDay, waitDays) =>
      `हाल पता: दिन ${fromDay} या बाद में जवाब, या घटना दिखी। पता नहीं: ${waitDays} दिन बाद भी जवाब नहीं। दर हाल-पता सत्रों की है; अंतराल सटीक है (Clopper–Pearson)।`,
    empty: 'अभी गिनने को कुछ नहीं',
    emptyText: 'सत्र दर्ज होने और हालचाल के जवाब आने पर यहाँ दिखते हैं।',
    funnel: 'फ़नल',
    funnelText:
      'हर एक की तुलना कुल दर से। केवल संयोग से 100 में 95 भीतरी रेखाओं के बीच, 1000 में 998 बाहरी रेखाओं के बीच रहते हैं।',
    insideAll: 'अंदर',
    outside95: '95 % के बाहर',
    outside998: '99.8 % के बाहर',
    cusum: 'CUSUM',
    cusumText: (p0, p1, h) =>
      `हर सत्र के साथ ${p0} के बजाय ${p1} के पक्ष में प्रमाण जोड़ता है; ${h} से ऊपर संकेत देता है और फिर शुरू होता है।`,
    runLengths: (inControl, outOfControl) =>
      `अनुकरण: औसतन हर ${inControl} सत्रों में एक झूठा संकेत; बढ़ी दर ${outOfControl} सत्रों में पकड़ी जाती है।`,
    signals: 'संकेत',
    noSignal: 'कोई संकेत नहीं।',
    signalOn: (day, value) => `${day}: ${value}`,
    sessionsAxis: 'हाल-पता सत्र, क्रम से',
    sumAxis: 'योग',
    rateAxis: 'दर',
    limit: 'सीमा',
    unreviewed: 'लक्ष्य और सीमाएँ प्रस्ताव हैं, जिनकी समीक्षा अभी नहीं हुई।',
    alerts: 'लॉट चेतावनियाँ',
    noAlerts: 'किसी लॉट की चेतावनी नहीं।',
    alert: (count, day) => `${count} संक्रमण या प्रतिक्रियाएँ, ${day} से`,
    recall: 'वापसी खोलें',
    settle: 'निपटाएँ',
    settleNote: 'क्या किया गया',
    settled: (day) => `${day} को निपटा`,
    settleMissing: 'बताएँ कि क्या किया गया।',
    public: 'सार्वजनिक जोखिम पृष्ठ पर',
    publicYes: (events, people) => `${people} हाल-पता सत्रों में से ${events} में कोई घटना।`,
    publicNo: (followed, least) =>
      `अभी कुछ नहीं: ${followed} हाल-पता सत्र; ${least} चाहिए, और दस में सात का हाल पता हो।`,
    badPeriod: 'अवधि शुरू होने से पहले समाप्त होती है।',
    source: 'स्रोत',
  },
  bn: {
    title: 'নজরদারি',
    lead: 'ক্লিনিকের নিজের সেশনের হিসাব, যা অজানা তাসহ।',
    measure: 'কী গোনা',
    treatment: 'চিকিৎসা',
    all: 'সব',
    treatments: { scalp: 'মাথার ত্বক', lip: 'ঠোঁট', vitiligo: 'শ্বেতী' },
    from: 'থেকে',
    to: 'পর্যন্ত',
    by: 'কী অনুযায়ী',
    groupings: {
      treatment: 'চিকিৎসা',
      operator: 'যিনি করেছেন',
      zone: 'অঞ্চল',
      lot: 'লট',
      month: 'মাস',
    },
    show: 'দেখান',
    csv: 'CSV রপ্তানি',
    rates: 'হার',
    name: 'নাম',
    events: 'ঘটনাসহ',
    followed: 'খোঁজ জানা',
    rate: 'হার',
    interval: '৯৫ % ব্যবধান',
    unknown: 'অজানা',
    waiting: 'অপেক্ষায়',
    sessions: 'সেশন',
    total: 'সব',
    notCounted: 'বলা হয়নি',
    howCounted: (fromDay, waitDays) =>
      `খোঁজ জানা: দিন ${fromDay} বা পরে উত্তর, বা ঘটনা দেখা গেছে। অজানা: ${waitDays} দিন পরেও উত্তর নেই। হার খোঁজ-জানা সেশনের; ব্যবধান সঠিক (Clopper–Pearson)।`,
    empty: 'এখনও গোনার কিছু নেই',
    emptyText: 'সেশন লেখা হলে ও খোঁজের উত্তর এলে এখানে দেখা যায়।',
    funnel: 'ফানেল',
    funnelText:
      'প্রতিটির তুলনা সবার হারের সঙ্গে। শুধু দৈবে ১০০-র ৯৫টি ভেতরের রেখার মধ্যে, ১০০০-এর ৯৯৮টি বাইরের রেখার মধ্যে থাকে।',
    insideAll: 'ভেতরে',
    outside95: '৯৫ %-এর বাইরে',
    outside998: '৯৯.৮ %-এর বাইরে',
    cusum: 'CUSUM',
    cusumText: (p0, p1, h) =>
      `প্রতি সেশনে ${p0}-এর বদলে ${p1}-এর পক্ষে প্রমাণ যোগ করে; ${h}-এর উপরে সংকেত দেয় ও আবার শুরু হয়।`,
    runLengths: (inControl, outOfControl) =>
      `অনুকরণ: গড়ে ${inControl} সেশনে একটি মিথ্যা সংকেত; বাড়তি হার ধরা পড়ে ${outOfControl} সেশনে।`,
    signals: 'সংকেত',
    noSignal: 'কোনো সংকেত নেই।',
    signalOn: (day, value) => `${day}: ${value}`,
    sessionsAxis: 'খোঁজ-জানা সেশন, ক্রমে',
    sumAxis: 'যোগফল',
    rateAxis: 'হার',
    limit: 'সীমা',
    unreviewed: 'লক্ষ্য ও সীমা প্রস্তাব মাত্র, এখনও পর্যালোচনা হয়নি।',
    alerts: 'লট সতর্কতা',
    noAlerts: 'কোনো লটের সতর্কতা নেই।',
    alert: (count, day) => `${count} সংক্রমণ বা প্রতিক্রিয়া, ${day} থেকে`,
    recall: 'প্রত্যাহার খুলুন',
    settle: 'নিষ্পত্তি',
    settleNote: 'কী করা হল',
    settled: (day) => `${day} নিষ্পত্তি`,
    settleMissing: 'কী করা হল লিখুন।',
    public: 'সর্বসাধারণের ঝুঁকির পাতায়',
    publicYes: (events, people) => `${people} খোঁজ-জানা সেশনের ${events}টিতে কোনো ঘটনা।`,
    publicNo: (followed, least) =>
      `এখনও কিছু নয়: ${followed} খোঁজ-জানা সেশন; ${least} দরকার, আর দশে সাতটির খোঁজ জানা চাই।`,
    badPeriod: 'সময়কাল শুরুর আগেই শেষ।',
    source: 'উৎস',
  },
  ne: {
    title: 'निगरानी',
    lead: 'क्लिनिकका आफ्नै सत्रको हिसाब, थाहा नभएकोसहित।',
    measure: 'के गनियो',
    treatment: 'उपचार',
    all: 'सबै',
    treatments: { scalp: 'टाउकोको छाला', lip: 'ओठ', vitiligo: 'दुबी' },
    from: 'देखि',
    to: 'सम्म',
    by: 'केअनुसार',
    groupings: { treatment: 'उपचार', operator: 'गर्ने', zone: 'क्षेत्र', lot: 'लट', month: 'महिना' },
    show: 'देखाउनुहोस्',
    csv: 'CSV निर्यात',
    rates: 'दर',
    name: 'नाम',
    events: 'घटना भएका',
    followed: 'हाल थाहा',
    rate: 'दर',
    interval: '९५ % अन्तराल',
    unknown: 'थाहा छैन',
    waiting: 'पर्खाइ',
    sessions: 'सत्र',
    total: 'सबै',
    notCounted: 'भनिएको छैन',
    howCounted: (fromDay, waitDays) =>
      `हाल थाहा: दिन ${fromDay} वा पछि जवाफ, वा घटना देखियो। थाहा छैन: ${waitDays} दिनपछि पनि जवाफ छैन। दर हाल थाहा भएका सत्रको हो; अन्तराल सही छ (Clopper–Pearson)।`,
    empty: 'अझै गन्ने केही छैन',
    emptyText: 'सत्र लेखिएर हालखबरको जवाफ आएपछि यहाँ देखिन्छ।',
    funnel: 'फनेल',
    funnelText: 'हरेकको तुलना सबैको दरसँग। संयोगले मात्र १०० मा ९५ भित्री रेखाबीच, १००० मा ९९८ बाहिरी रेखाबीच पर्छन्।',
    insideAll: 'भित्र',
    outside95: '९५ % बाहिर',
    outside998: '९९.८ % बाहिर',
    cusum: 'CUSUM',
    cusumText: (p0, p1, h) =>
      `हरेक सत्रमा ${p0} को सट्टा ${p1} को पक्षमा प्रमाण जोड्छ; ${h} माथि संकेत दिन्छ र फेरि सुरु हुन्छ।`,
    runLengths: (inControl, outOfControl) =>
      `अनुकरण: औसतमा ${inControl} सत्रमा एउटा झुटो संकेत; बढेको दर ${outOfControl} सत्रमा थाहा हुन्छ।`,
    signals: 'संकेत',
    noSignal: 'संकेत छैन।',
    signalOn: (day, value) => `${day}: ${value}`,
    sessionsAxis: 'हाल थाहा भएका सत्र, क्रमले',
    sumAxis: 'जोड',
    rateAxis: 'दर',
    limit: 'सीमा',
    unreviewed: 'लक्ष्य र सीमा प्रस्ताव हुन्, समीक्षा भएको छैन।',
    alerts: 'लट चेतावनी',
    noAlerts: 'कुनै लटको चेतावनी छैन।',
    alert: (count, day) => `${count} संक्रमण वा प्रतिक्रिया, ${day} देखि`,
    recall: 'फिर्ता खोल्नुहोस्',
    settle: 'टुंग्याउनुहोस्',
    settleNote: 'के गरियो',
    settled: (day) => `${day} मा टुंगियो`,
    settleMissing: 'के गरियो लेख्नुहोस्।',
    public: 'सार्वजनिक जोखिम पृष्ठमा',
    publicYes: (events, people) => `${people} हाल थाहा भएका सत्रमध्ये ${events} मा कुनै घटना।`,
    publicNo: (followed, least) =>
      `अझै केही छैन: ${followed} हाल थाहा भएका सत्र; ${least} चाहिन्छ, र दसमा सातको हाल थाहा हुनुपर्छ।`,
    badPeriod: 'अवधि सुरु हुनुअघि सकिन्छ।',
    source: 'स्रोत',
  },
};
