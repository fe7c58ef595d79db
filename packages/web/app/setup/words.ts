import type { Locale } from '../locales/index.ts';

export interface SetupWords {
  readonly title: string;
  readonly lead: string;
  readonly services: string;
  readonly addService: string;
  readonly people: string;
  readonly addPerson: string;
  readonly rooms: string;
  readonly addRoom: string;
  readonly machines: string;
  readonly addMachine: string;
  readonly none: string;
  readonly name: string;
  readonly nameIn: (language: string) => string;
  readonly kind: string;
  readonly kinds: Readonly<Record<'consultation' | 'treatment' | 'follow-up', string>>;
  readonly treatment: string;
  readonly treatments: Readonly<Record<'scalp' | 'lip' | 'vitiligo', string>>;
  readonly noTreatment: string;
  readonly duration: string;
  readonly minutes: (range: string) => string;
  readonly bufferBefore: string;
  readonly bufferAfter: string;
  readonly bufferHint: string;
  readonly step: string;
  readonly notice: string;
  readonly noticeHint: string;
  readonly horizon: string;
  readonly horizonHint: string;
  readonly needs: string;
  readonly roomKind: string;
  readonly machineKind: string;
  readonly kindHint: string;
  readonly price: string;
  readonly deposit: string;
  readonly preparation: (language: string) => string;
  readonly series: string;
  readonly seriesVisits: string;
  readonly seriesMin: string;
  readonly seriesMax: string;
  readonly seriesHint: string;
  readonly online: string;
  readonly position: string;
  readonly optional: string;
  readonly account: string;
  readonly noAccount: string;
  readonly does: string;
  readonly works: (branch: string) => string;
  readonly ownHours: string;
  readonly suits: string;
  readonly suitsHint: string;
  readonly branch: string;
  readonly lacks: string;
  readonly noPerson: string;
  readonly noRoom: string;
  readonly noMachine: string;
  readonly offline: string;
  readonly save: string;
  readonly saved: string;
  readonly notSaved: string;
  readonly retire: string;
  readonly retireText: string;
  readonly back: string;
  readonly feed: string;
  readonly feedText: string;
  readonly feedOn: string;
  readonly feedMake: string;
  readonly feedAgain: string;
  readonly feedClose: string;
  readonly feedNames: string;
  readonly feedMade: string;
  readonly hours: string;
  readonly hoursHint: string;
  readonly days: string;
  readonly daysText: string;
  readonly day: string;
  readonly whom: string;
  readonly everybody: string;
  readonly dayHours: string;
  readonly dayHoursHint: string;
  readonly reason: string;
  readonly addDay: string;
  readonly closed: string;
  readonly noDays: string;
  readonly removeDay: string;
  readonly standing: (n: string) => string;
  readonly toCalendar: string;
  readonly rules: string;
  readonly policy: string;
  readonly freeCancel: string;
  readonly moveUntil: string;
  readonly maxMoves: string;
  readonly hold: string;
  readonly offer: string;
  readonly policyText: (language: string) => string;
  readonly messages: string;
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly quietHint: string;
  readonly reminders: string;
  readonly remindersHint: string;
  readonly adapter: string;
  readonly adapterText: string;
  readonly adapterUrl: string;
  readonly adapterSecret: string;
  readonly secretKept: string;
  readonly between: (least: string, most: string) => string;
  readonly atLeast: (least: string) => string;
  readonly wholeNumber: string;
  readonly tooLong: (most: string) => string;
  /** By field, then by reason. */
  readonly faults: Readonly<Record<string, string> & { other: string }>;
}

/** Words of the set-up pages. A language that lacks one does not compile. */
export const setupWords: Readonly<Record<Locale, SetupWords>> = {
  en: {
    title: 'Set-up',
    lead: 'What can be booked, with whom, where and when. What was booked before stays as it is.',
    services: 'Services',
    addService: 'Add a service',
    people: 'People who can be booked',
    addPerson: 'Add a person',
    rooms: 'Rooms',
    addRoom: 'Add a room',
    machines: 'Machines',
    addMachine: 'Add a machine',
    none: 'None yet.',
    name: 'Name',
    nameIn: (language) => `Name (${language})`,
    kind: 'Kind',
    kinds: { consultation: 'Talk', treatment: 'Treatment', 'follow-up': 'Follow-up' },
    treatment: 'Treatment',
    treatments: { scalp: 'Scalp', lip: 'Lips', vitiligo: 'Vitiligo' },
    noTreatment: 'none in particular',
    duration: 'Duration',
    minutes: (range) => `Minutes, ${range}.`,
    bufferBefore: 'Time kept before',
    bufferAfter: 'Time kept after',
    bufferHint: 'Minutes for preparing and cleaning, 0 to 240.',
    step: 'Visits begin every',
    notice: 'Booked at least so long ahead',
    noticeHint: 'Hours. The desk may book later than that.',
    horizon: 'Booked at most so far ahead',
    horizonHint: 'Days, up to 730.',
    needs: 'What it needs',
    roomKind: 'Kind of room',
    machineKind: 'Kind of machine',
    kindHint: 'A word of your own. The rooms and machines that suit carry the same word.',
    price: 'Price',
    deposit: 'Deposit',
    preparation: (language) => `How to prepare (${language})`,
    series: 'Series',
    seriesVisits: 'Visits',
    seriesMin: 'Days between, at least',
    seriesMax: 'Days between, at most',
    seriesHint: 'Leave all three empty where one visit is booked at a time.',
    online: 'Can be booked on the site',
    position: 'Place in the list',
    optional: 'optional',
    account: 'Account',
    noAccount: 'no account',
    does: 'Does',
    works: (branch) => `Works at ${branch}`,
    ownHours: 'Own hours there, instead of the branch’s',
    suits: 'Suits',
    suitsHint: 'Words of your own with commas between, for instance: consultation, procedure.',
    branch: 'Branch',
    lacks: 'State',
    noPerson: 'nobody does it',
    noRoom: 'no room suits',
    noMachine: 'no machine suits',
    offline: 'desk only',
    save: 'Save',
    saved: 'Saved.',
    notSaved: 'Not saved.',
    retire: 'Take out of use',
    retireText: 'It can no longer be booked. Visits that were booked stand.',
    back: 'Back to the set-up',
    feed: 'Private calendar',
    feedText:
      'An address for this person’s own calendar program. Whoever has it sees their visits; keep it secret.',
    feedOn: 'There is an address. It is shown only when it is made; a new one ends the old one.',
    feedMake: 'Make an address',
    feedAgain: 'Make a new address',
    feedClose: 'End the address',
    feedNames: 'Show patients’ names in it',
    feedMade: 'Copy this address now; it is not shown again.',
    hours: 'Opening hours',
    hoursHint: 'For instance 10:00–13:00, 14:00–18:00. Empty means closed.',
    days: 'Closed days and other hours',
    daysText: 'Holidays, leave, a long evening: what stands here replaces the week’s hours of that day.',
    day: 'Day',
    whom: 'For',
    everybody: 'everybody',
    dayHours: 'Hours',
    dayHoursHint: 'Empty means closed all day.',
    reason: 'Reason',
    addDay: 'Save the day',
    closed: 'closed',
    noDays: 'No day differs from the week.',
    removeDay: 'Remove',
    standing: (n) =>
      n === '1'
        ? '1 visit of that day lies outside these hours.'
        : `${n} visits of that day lie outside these hours.`,
    toCalendar: 'They stand until the desk moves them in the calendar.',
    rules: 'Rules and messages',
    policy: 'Moving and cancelling',
    freeCancel: 'Cancelling counts as late from so many hours before',
    moveUntil: 'Can be moved until so many hours before',
    maxMoves: 'How often a visit can be moved',
    hold: 'Minutes a time is held until it is confirmed',
    offer: 'Minutes an offer of the waiting list stands',
    policyText: (language) => `What people read about it (${language})`,
    messages: 'Messages',
    quietFrom: 'Quiet from',
    quietTo: 'Quiet until',
    quietHint: 'Reminders and offers wait for the end. The same time twice: never quiet.',
    reminders: 'Reminders, hours before',
    remindersHint: 'Whole hours with commas between, for instance 48, 3. At most five.',
    adapter: 'SMS and WhatsApp',
    adapterText:
      'Messages go to an address of your own, signed. Without one the desk calls, or sends by its own telephone.',
    adapterUrl: 'Address of the adapter',
    adapterSecret: 'Secret that signs',
    secretKept: 'A secret is kept. Type one only to replace it; at least 16 characters.',
    between: (least, most) => `Write a whole number from ${least} to ${most}.`,
    atLeast: (least) => `Write a number that is ${least} or more.`,
    wholeNumber: 'Write a whole number.',
    tooLong: (most) => `Use at most ${most} characters.`,
    faults: {
      'quiet.fromMin': 'Write a time such as 21:00.',
      'quiet.toMin': 'Write a time such as 21:00.',
      reminderHours: 'Name at most five reminders.',
      'names.en': 'Give it a name in English.',
      name: 'Give it a name.',
      treatment: 'Say which treatment it is.',
      noticeMin: 'Write a number of hours, from 0 to two years.',
      'series.gapMaxDays': 'The longest gap is shorter than the shortest, or longer than ten years.',
      priceMinor: 'Write an amount, for instance 1,500.',
      depositMinor: 'Write an amount, for instance 500.',
      kinds: 'Name at least one.',
      hours: 'Write times such as 10:00–13:00, 14:00–18:00, one after the other.',
      day: 'Choose a day.',
      webhookUrl: 'Use an address that begins with https://.',
      webhookSecret: 'Use a secret of at least 16 characters.',
      'not-found': 'This is not there any more. Load the page again.',
      'not-allowed': 'Your role does not allow this.',
      other: 'Look at this once more: it is missing or outside what is possible.',
    },
  },
  hi: {
    title: 'व्यवस्था',
    lead: 'क्या, किसके साथ, कहाँ और कब बुक हो सकता है। पहले से बुक मुलाक़ातें वैसी ही रहती हैं।',
    services: 'सेवाएँ',
    addService: 'सेवा जोड़ें',
    people: 'जिनके साथ बुकिंग होती है',
    addPerson: 'व्यक्ति जोड़ें',
    rooms: 'कमरे',
    addRoom: 'कमरा जोड़ें',
    machines: 'मशीनें',
    addMachine: 'मशीन जोड़ें',
    none: 'अभी कोई नहीं।',
    name: 'नाम',
    nameIn: (language) => `नाम (${language})`,
    kind: 'प्रकार',
    kinds: { consultation: 'बातचीत', treatment: 'उपचार', 'follow-up': 'अगली जाँच' },
    treatment: 'उपचार',
    treatments: { scalp: 'सिर की त्वचा', lip: 'होंठ', vitiligo: 'विटिलिगो' },
    noTreatment: 'कोई ख़ास नहीं',
    duration: 'अवधि',
    minutes: (range) => `मिनट, ${range}।`,
    bufferBefore: 'पहले रखा समय',
    bufferAfter: 'बाद में रखा समय',
    bufferHint: 'तैयारी और सफ़ाई के मिनट, 0 से 240।',
    step: 'मुलाक़ात शुरू हो हर',
    notice: 'कम से कम इतना पहले बुक हो',
    noticeHint: 'घंटे। डेस्क इसके बाद भी बुक कर सकता है।',
    horizon: 'ज़्यादा से ज़्यादा इतना आगे बुक हो',
    horizonHint: 'दिन, 730 तक।',
    needs: 'क्या चाहिए',
    roomKind: 'कमरे का प्रकार',
    machineKind: 'मशीन का प्रकार',
    kindHint: 'आपका अपना शब्द। जो कमरे और मशीनें ठीक हैं, उन पर यही शब्द हो।',
    price: 'क़ीमत',
    deposit: 'अग्रिम',
    preparation: (language) => `तैयारी कैसे करें (${language})`,
    series: 'श्रृंखला',
    seriesVisits: 'मुलाक़ातें',
    seriesMin: 'बीच के दिन, कम से कम',
    seriesMax: 'बीच के दिन, ज़्यादा से ज़्यादा',
    seriesHint: 'एक-एक करके बुक होती हों तो तीनों ख़ाली छोड़ें।',
    online: 'साइट पर बुक हो सकती है',
    position: 'सूची में स्थान',
    optional: 'ज़रूरी नहीं',
    account: 'खाता',
    noAccount: 'कोई खाता नहीं',
    does: 'करते हैं',
    works: (branch) => `${branch} में काम करते हैं`,
    ownHours: 'शाखा के बजाय वहाँ अपना समय',
    suits: 'किसके लिए ठीक',
    suitsHint: 'अपने शब्द, बीच में अल्पविराम, जैसे: consultation, procedure।',
    branch: 'शाखा',
    lacks: 'स्थिति',
    noPerson: 'कोई नहीं करता',
    noRoom: 'कोई कमरा ठीक नहीं',
    noMachine: 'कोई मशीन ठीक नहीं',
    offline: 'केवल डेस्क',
    save: 'सहेजें',
    saved: 'सहेजा गया।',
    notSaved: 'सहेजा नहीं गया।',
    retire: 'उपयोग से हटाएँ',
    retireText: 'अब बुक नहीं हो सकेगा। बुक हुई मुलाक़ातें बनी रहेंगी।',
    back: 'व्यवस्था पर लौटें',
    feed: 'निजी कैलेंडर',
    feedText: 'इस व्यक्ति के अपने कैलेंडर के लिए पता। जिसके पास पता है वह मुलाक़ातें देखता है; इसे गुप्त रखें।',
    feedOn: 'एक पता है। वह केवल बनाते समय दिखता है; नया पता पुराने को ख़त्म करता है।',
    feedMake: 'पता बनाएँ',
    feedAgain: 'नया पता बनाएँ',
    feedClose: 'पता बंद करें',
    feedNames: 'उसमें मरीज़ों के नाम दिखाएँ',
    feedMade: 'यह पता अभी कॉपी करें; दोबारा नहीं दिखेगा।',
    hours: 'खुलने का समय',
    hoursHint: 'जैसे 10:00–13:00, 14:00–18:00। ख़ाली मतलब बंद।',
    days: 'बंद दिन और अलग समय',
    daysText: 'त्योहार, छुट्टी, लंबी शाम: यहाँ लिखा समय उस दिन सप्ताह के समय की जगह लेता है।',
    day: 'दिन',
    whom: 'किसके लिए',
    everybody: 'सब',
    dayHours: 'समय',
    dayHoursHint: 'ख़ाली मतलब पूरे दिन बंद।',
    reason: 'कारण',
    addDay: 'दिन सहेजें',
    closed: 'बंद',
    noDays: 'कोई दिन सप्ताह से अलग नहीं।',
    removeDay: 'हटाएँ',
    standing: (n) => `उस दिन की ${n} मुलाक़ातें इस समय के बाहर हैं।`,
    toCalendar: 'जब तक डेस्क कैलेंडर में न बदले, वे बनी रहती हैं।',
    rules: 'नियम और संदेश',
    policy: 'बदलना और रद्द करना',
    freeCancel: 'इतने घंटे पहले से रद्द करना देर माना जाए',
    moveUntil: 'इतने घंटे पहले तक बदल सकते हैं',
    maxMoves: 'एक मुलाक़ात कितनी बार बदल सकती है',
    hold: 'पुष्टि तक समय कितने मिनट रखा जाए',
    offer: 'प्रतीक्षा सूची का प्रस्ताव कितने मिनट रहे',
    policyText: (language) => `लोग इसके बारे में क्या पढ़ें (${language})`,
    messages: 'संदेश',
    quietFrom: 'शांति शुरू',
    quietTo: 'शांति समाप्त',
    quietHint: 'याद और प्रस्ताव इसके अंत तक रुकते हैं। दोनों समय एक हों तो कभी शांति नहीं।',
    reminders: 'याद दिलाना, घंटे पहले',
    remindersHint: 'पूरे घंटे, बीच में अल्पविराम, जैसे 48, 3। ज़्यादा से ज़्यादा पाँच।',
    adapter: 'SMS और WhatsApp',
    adapterText: 'संदेश हस्ताक्षर के साथ आपके अपने पते पर जाते हैं। पता न हो तो डेस्क फ़ोन करता है या अपने फ़ोन से भेजता है।',
    adapterUrl: 'अडैप्टर का पता',
    adapterSecret: 'हस्ताक्षर का गुप्त शब्द',
    secretKept: 'एक गुप्त शब्द रखा है। बदलना हो तभी लिखें; कम से कम 16 अक्षर।',
    between: (least, most) => `${least} से ${most} तक की पूरी संख्या लिखें।`,
    atLeast: (least) => `${least} या उससे बड़ी संख्या लिखें।`,
    wholeNumber: 'पूरी संख्या लिखें।',
    tooLong: (most) => `ज़्यादा से ज़्यादा ${most} अक्षर लिखें।`,
    faults: {
      'quiet.fromMin': 'समय ऐसे लिखें: 21:00।',
      'quiet.toMin': 'समय ऐसे लिखें: 21:00।',
      reminderHours: 'याद दिलाने के ज़्यादा से ज़्यादा पाँच समय लिखें।',
      'names.en': 'अंग्रेज़ी में नाम दें।',
      name: 'नाम दें।',
      treatment: 'बताएँ कौन सा उपचार है।',
      noticeMin: 'घंटों की संख्या लिखें, 0 से दो साल तक।',
      'series.gapMaxDays': 'सबसे लंबा अंतर सबसे छोटे से कम है, या दस साल से ज़्यादा।',
      priceMinor: 'रक़म लिखें, जैसे 1,500।',
      depositMinor: 'रक़म लिखें, जैसे 500।',
      kinds: 'कम से कम एक लिखें।',
      hours: 'समय ऐसे लिखें: 10:00–13:00, 14:00–18:00, एक के बाद एक।',
      day: 'दिन चुनें।',
      webhookUrl: 'https:// से शुरू होने वाला पता दें।',
      webhookSecret: 'कम से कम 16 अक्षरों का गुप्त शब्द दें।',
      'not-found': 'यह अब यहाँ नहीं है। पन्ना फिर खोलें।',
      'not-allowed': 'आपकी भूमिका में इसकी अनुमति नहीं।',
      other: 'इसे फिर देखें: कुछ छूटा है या सीमा से बाहर है।',
    },
  },
  bn: {
    title: 'ব্যবস্থা',
    lead: 'কী, কার সঙ্গে, কোথায় ও কখন বুক করা যায়। আগে বুক করা সাক্ষাৎ যেমন আছে তেমনই থাকে।',
    services: 'পরিষেবা',
    addService: 'পরিষেবা যোগ করুন',
    people: 'যাঁদের সঙ্গে বুক করা যায়',
    addPerson: 'ব্যক্তি যোগ করুন',
    rooms: 'ঘর',
    addRoom: 'ঘর যোগ করুন',
    machines: 'যন্ত্র',
    addMachine: 'যন্ত্র যোগ করুন',
    none: 'এখনও নেই।',
    name: 'নাম',
    nameIn: (language) => `নাম (${language})`,
    kind: 'ধরন',
    kinds: { consultation: 'পরামর্শ', treatment: 'চিকিৎসা', 'follow-up': 'পরবর্তী সাক্ষাৎ' },
    treatment: 'চিকিৎসা',
    treatments: { scalp: 'মাথার ত্বক', lip: 'ঠোঁট', vitiligo: 'শ্বেতী' },
    noTreatment: 'নির্দিষ্ট নয়',
    duration: 'সময়কাল',
    minutes: (range) => `মিনিট, ${range}।`,
    bufferBefore: 'আগে রাখা সময়',
    bufferAfter: 'পরে রাখা সময়',
    bufferHint: 'প্রস্তুতি ও পরিষ্কারের মিনিট, 0 থেকে 240।',
    step: 'সাক্ষাৎ শুরু হয় প্রতি',
    notice: 'অন্তত এতটা আগে বুক করতে হয়',
    noticeHint: 'ঘণ্টা। ডেস্ক এর পরেও বুক করতে পারে।',
    horizon: 'সর্বাধিক এত দূর পর্যন্ত বুক করা যায়',
    horizonHint: 'দিন, 730 পর্যন্ত।',
    needs: 'কী লাগে',
    roomKind: 'ঘরের ধরন',
    machineKind: 'যন্ত্রের ধরন',
    kindHint: 'আপনার নিজের শব্দ। উপযুক্ত ঘর ও যন্ত্রে একই শব্দ থাকবে।',
    price: 'দাম',
    deposit: 'অগ্রিম',
    preparation: (language) => `কীভাবে প্রস্তুত হবেন (${language})`,
    series: 'ধারাবাহিক সাক্ষাৎ',
    seriesVisits: 'সাক্ষাৎ সংখ্যা',
    seriesMin: 'মাঝের দিন, অন্তত',
    seriesMax: 'মাঝের দিন, সর্বাধিক',
    seriesHint: 'একবারে একটি সাক্ষাৎ বুক হলে তিনটিই খালি রাখুন।',
    online: 'সাইটে বুক করা যায়',
    position: 'তালিকায় স্থান',
    optional: 'না দিলেও চলে',
    account: 'অ্যাকাউন্ট',
    noAccount: 'অ্যাকাউন্ট নেই',
    does: 'করেন',
    works: (branch) => `${branch}-এ কাজ করেন`,
    ownHours: 'শাখার বদলে সেখানে নিজের সময়',
    suits: 'কিসের উপযুক্ত',
    suitsHint: 'নিজের শব্দ, মাঝে কমা, যেমন: consultation, procedure।',
    branch: 'শাখা',
    lacks: 'অবস্থা',
    noPerson: 'কেউ করেন না',
    noRoom: 'উপযুক্ত ঘর নেই',
    noMachine: 'উপযুক্ত যন্ত্র নেই',
    offline: 'শুধু ডেস্ক',
    save: 'সংরক্ষণ',
    saved: 'সংরক্ষিত।',
    notSaved: 'সংরক্ষিত হয়নি।',
    retire: 'ব্যবহার থেকে সরান',
    retireText: 'আর বুক করা যাবে না। বুক করা সাক্ষাৎ থাকবে।',
    back: 'ব্যবস্থায় ফিরুন',
    feed: 'ব্যক্তিগত ক্যালেন্ডার',
    feedText: 'এই ব্যক্তির নিজের ক্যালেন্ডারের ঠিকানা। যাঁর কাছে ঠিকানা আছে তিনি সাক্ষাৎ দেখেন; গোপন রাখুন।',
    feedOn: 'একটি ঠিকানা আছে। তৈরির সময়ই শুধু দেখা যায়; নতুনটি পুরোনোটি শেষ করে।',
    feedMake: 'ঠিকানা তৈরি করুন',
    feedAgain: 'নতুন ঠিকানা তৈরি করুন',
    feedClose: 'ঠিকানা বন্ধ করুন',
    feedNames: 'তাতে রোগীদের নাম দেখান',
    feedMade: 'এখনই ঠিকানাটি কপি করুন; আবার দেখানো হবে না।',
    hours: 'খোলার সময়',
    hoursHint: 'যেমন 10:00–13:00, 14:00–18:00। খালি মানে বন্ধ।',
    days: 'বন্ধের দিন ও অন্য সময়',
    daysText: 'উৎসব, ছুটি, দীর্ঘ সন্ধ্যা: এখানে যা লেখা, সেদিন সপ্তাহের সময়ের বদলে তা চলে।',
    day: 'দিন',
    whom: 'কার জন্য',
    everybody: 'সবাই',
    dayHours: 'সময়',
    dayHoursHint: 'খালি মানে সারা দিন বন্ধ।',
    reason: 'কারণ',
    addDay: 'দিনটি সংরক্ষণ',
    closed: 'বন্ধ',
    noDays: 'কোনো দিন সপ্তাহ থেকে আলাদা নয়।',
    removeDay: 'সরান',
    standing: (n) => `সেদিনের ${n}টি সাক্ষাৎ এই সময়ের বাইরে।`,
    toCalendar: 'ডেস্ক ক্যালেন্ডারে না সরানো পর্যন্ত সেগুলি থাকে।',
    rules: 'নিয়ম ও বার্তা',
    policy: 'সময় বদল ও বাতিল',
    freeCancel: 'এত ঘণ্টা আগে থেকে বাতিল দেরি বলে গণ্য',
    moveUntil: 'এত ঘণ্টা আগে পর্যন্ত সময় বদলানো যায়',
    maxMoves: 'একটি সাক্ষাৎ কতবার বদলানো যায়',
    hold: 'নিশ্চিত না হওয়া পর্যন্ত কত মিনিট সময় রাখা হয়',
    offer: 'অপেক্ষার তালিকার প্রস্তাব কত মিনিট থাকে',
    policyText: (language) => `লোকে এ বিষয়ে যা পড়েন (${language})`,
    messages: 'বার্তা',
    quietFrom: 'নীরবতা শুরু',
    quietTo: 'নীরবতা শেষ',
    quietHint: 'মনে করানো ও প্রস্তাব এর শেষ পর্যন্ত অপেক্ষা করে। দুটি সময় এক হলে কখনও নীরবতা নেই।',
    reminders: 'মনে করানো, ঘণ্টা আগে',
    remindersHint: 'পূর্ণ ঘণ্টা, মাঝে কমা, যেমন 48, 3। সর্বাধিক পাঁচটি।',
    adapter: 'SMS ও WhatsApp',
    adapterText: 'বার্তা স্বাক্ষরসহ আপনার নিজের ঠিকানায় যায়। ঠিকানা না থাকলে ডেস্ক ফোন করে বা নিজের ফোন থেকে পাঠায়।',
    adapterUrl: 'অ্যাডাপ্টারের ঠিকানা',
    adapterSecret: 'স্বাক্ষরের গোপন শব্দ',
    secretKept: 'একটি গোপন শব্দ রাখা আছে। বদলাতে চাইলে তবেই লিখুন; অন্তত 16 অক্ষর।',
    between: (least, most) => `${least} থেকে ${most} পর্যন্ত একটি পূর্ণ সংখ্যা লিখুন।`,
    atLeast: (least) => `${least} বা তার বেশি একটি সংখ্যা লিখুন।`,
    wholeNumber: 'একটি পূর্ণ সংখ্যা লিখুন।',
    tooLong: (most) => `সর্বাধিক ${most} অক্ষর লিখুন।`,
    faults: {
      'quiet.fromMin': 'সময় এভাবে লিখুন: 21:00।',
      'quiet.toMin': 'সময় এভাবে লিখুন: 21:00।',
      reminderHours: 'মনে করানোর সর্বাধিক পাঁচটি সময় লিখুন।',
      'names.en': 'ইংরেজিতে নাম দিন।',
      name: 'নাম দিন।',
      treatment: 'কোন চিকিৎসা বলুন।',
      noticeMin: 'ঘণ্টার সংখ্যা লিখুন, 0 থেকে দুই বছর পর্যন্ত।',
      'series.gapMaxDays': 'দীর্ঘতম ফাঁক ক্ষুদ্রতমটির চেয়ে ছোট, অথবা দশ বছরের বেশি।',
      priceMinor: 'টাকার অঙ্ক লিখুন, যেমন 1,500।',
      depositMinor: 'টাকার অঙ্ক লিখুন, যেমন 500।',
      kinds: 'অন্তত একটি লিখুন।',
      hours: 'সময় এভাবে লিখুন: 10:00–13:00, 14:00–18:00, একটির পর একটি।',
      day: 'দিন বাছুন।',
      webhookUrl: 'https:// দিয়ে শুরু ঠিকানা দিন।',
      webhookSecret: 'অন্তত 16 অক্ষরের গোপন শব্দ দিন।',
      'not-found': 'এটি আর নেই। পাতাটি আবার খুলুন।',
      'not-allowed': 'আপনার ভূমিকায় এর অনুমতি নেই।',
      other: 'আর একবার দেখুন: কিছু বাদ পড়েছে বা সীমার বাইরে।',
    },
  },
  ne: {
    title: 'व्यवस्था',
    lead: 'के, कोसँग, कहाँ र कहिले बुक गर्न सकिन्छ। पहिले बुक भएका भेट जस्ताको तस्तै रहन्छन्।',
    services: 'सेवा',
    addService: 'सेवा थप्नुहोस्',
    people: 'जससँग बुक गर्न सकिन्छ',
    addPerson: 'व्यक्ति थप्नुहोस्',
    rooms: 'कोठा',
    addRoom: 'कोठा थप्नुहोस्',
    machines: 'मेसिन',
    addMachine: 'मेसिन थप्नुहोस्',
    none: 'अहिले छैन।',
    name: 'नाम',
    nameIn: (language) => `नाम (${language})`,
    kind: 'प्रकार',
    kinds: { consultation: 'परामर्श', treatment: 'उपचार', 'follow-up': 'पछिको जाँच' },
    treatment: 'उपचार',
    treatments: { scalp: 'टाउकोको छाला', lip: 'ओठ', vitiligo: 'दुबी' },
    noTreatment: 'खास छैन',
    duration: 'अवधि',
    minutes: (range) => `मिनेट, ${range}।`,
    bufferBefore: 'अघि राखिने समय',
    bufferAfter: 'पछि राखिने समय',
    bufferHint: 'तयारी र सफाइका मिनेट, 0 देखि 240।',
    step: 'भेट सुरु हुने हरेक',
    notice: 'कम्तीमा यति अघि बुक गर्ने',
    noticeHint: 'घण्टा। डेस्कले त्यसपछि पनि बुक गर्न सक्छ।',
    horizon: 'बढीमा यति अगाडिसम्म बुक गर्ने',
    horizonHint: 'दिन, 730 सम्म।',
    needs: 'के चाहिन्छ',
    roomKind: 'कोठाको प्रकार',
    machineKind: 'मेसिनको प्रकार',
    kindHint: 'आफ्नै शब्द। मिल्ने कोठा र मेसिनमा पनि यही शब्द हुन्छ।',
    price: 'मूल्य',
    deposit: 'अग्रिम',
    preparation: (language) => `कसरी तयारी गर्ने (${language})`,
    series: 'शृङ्खला',
    seriesVisits: 'भेट',
    seriesMin: 'बीचका दिन, कम्तीमा',
    seriesMax: 'बीचका दिन, बढीमा',
    seriesHint: 'एक पटकमा एउटा भेट बुक हुने भए तीनै खाली छोड्नुहोस्।',
    online: 'साइटमा बुक गर्न सकिन्छ',
    position: 'सूचीमा स्थान',
    optional: 'नदिए पनि हुन्छ',
    account: 'खाता',
    noAccount: 'खाता छैन',
    does: 'गर्नुहुन्छ',
    works: (branch) => `${branch} मा काम गर्नुहुन्छ`,
    ownHours: 'शाखाको सट्टा त्यहाँ आफ्नै समय',
    suits: 'केका लागि मिल्छ',
    suitsHint: 'आफ्नै शब्द, बीचमा अल्पविराम, जस्तै: consultation, procedure।',
    branch: 'शाखा',
    lacks: 'अवस्था',
    noPerson: 'कसैले गर्दैन',
    noRoom: 'मिल्ने कोठा छैन',
    noMachine: 'मिल्ने मेसिन छैन',
    offline: 'डेस्क मात्र',
    save: 'सुरक्षित गर्नुहोस्',
    saved: 'सुरक्षित भयो।',
    notSaved: 'सुरक्षित भएन।',
    retire: 'प्रयोगबाट हटाउनुहोस्',
    retireText: 'अब बुक गर्न सकिँदैन। बुक भएका भेट रहन्छन्।',
    back: 'व्यवस्थामा फर्कनुहोस्',
    feed: 'निजी पात्रो',
    feedText: 'यस व्यक्तिको आफ्नै पात्रोका लागि ठेगाना। ठेगाना हुनेले भेट देख्छ; गोप्य राख्नुहोस्।',
    feedOn: 'एउटा ठेगाना छ। बनाउँदा मात्र देखिन्छ; नयाँले पुरानो बन्द गर्छ।',
    feedMake: 'ठेगाना बनाउनुहोस्',
    feedAgain: 'नयाँ ठेगाना बनाउनुहोस्',
    feedClose: 'ठेगाना बन्द गर्नुहोस्',
    feedNames: 'त्यसमा बिरामीका नाम देखाउनुहोस्',
    feedMade: 'यो ठेगाना अहिले नै प्रतिलिपि गर्नुहोस्; फेरि देखिँदैन।',
    hours: 'खुल्ने समय',
    hoursHint: 'जस्तै 10:00–13:00, 14:00–18:00। खाली भनेको बन्द।',
    days: 'बन्द दिन र अरू समय',
    daysText: 'चाडपर्व, बिदा, लामो साँझ: यहाँ लेखेको समय त्यस दिन साताको समयको सट्टा चल्छ।',
    day: 'दिन',
    whom: 'कसका लागि',
    everybody: 'सबै',
    dayHours: 'समय',
    dayHoursHint: 'खाली भनेको दिनभरि बन्द।',
    reason: 'कारण',
    addDay: 'दिन सुरक्षित गर्नुहोस्',
    closed: 'बन्द',
    noDays: 'कुनै दिन साताभन्दा फरक छैन।',
    removeDay: 'हटाउनुहोस्',
    standing: (n) => `त्यस दिनका ${n} भेट यस समयभन्दा बाहिर छन्।`,
    toCalendar: 'डेस्कले पात्रोमा नसारेसम्म ती रहन्छन्।',
    rules: 'नियम र सन्देश',
    policy: 'सार्ने र रद्द गर्ने',
    freeCancel: 'यति घण्टा अघिदेखि रद्द गर्नु ढिलो मानिन्छ',
    moveUntil: 'यति घण्टा अघिसम्म सार्न सकिन्छ',
    maxMoves: 'एउटा भेट कति पटक सार्न सकिन्छ',
    hold: 'पुष्टि नभएसम्म समय कति मिनेट राखिन्छ',
    offer: 'प्रतीक्षा सूचीको प्रस्ताव कति मिनेट रहन्छ',
    policyText: (language) => `मानिसले यसबारे के पढ्छन् (${language})`,
    messages: 'सन्देश',
    quietFrom: 'शान्त समय सुरु',
    quietTo: 'शान्त समय अन्त्य',
    quietHint: 'सम्झना र प्रस्ताव यसको अन्त्यसम्म पर्खिन्छन्। दुवै समय एउटै भए कहिल्यै शान्त हुँदैन।',
    reminders: 'सम्झना, घण्टा अघि',
    remindersHint: 'पूरा घण्टा, बीचमा अल्पविराम, जस्तै 48, 3। बढीमा पाँच।',
    adapter: 'SMS र WhatsApp',
    adapterText: 'सन्देश हस्ताक्षरसहित तपाईंको आफ्नै ठेगानामा जान्छ। ठेगाना नभए डेस्कले फोन गर्छ वा आफ्नै फोनबाट पठाउँछ।',
    adapterUrl: 'एडाप्टरको ठेगाना',
    adapterSecret: 'हस्ताक्षरको गोप्य शब्द',
    secretKept: 'एउटा गोप्य शब्द राखिएको छ। बदल्न मात्र लेख्नुहोस्; कम्तीमा 16 अक्षर।',
    between: (least, most) => `${least} देखि ${most} सम्मको पूर्ण सङ्ख्या लेख्नुहोस्।`,
    atLeast: (least) => `${least} वा त्योभन्दा ठूलो सङ्ख्या लेख्नुहोस्।`,
    wholeNumber: 'पूर्ण सङ्ख्या लेख्नुहोस्।',
    tooLong: (most) => `बढीमा ${most} अक्षर लेख्नुहोस्।`,
    faults: {
      'quiet.fromMin': 'समय यसरी लेख्नुहोस्: 21:00।',
      'quiet.toMin': 'समय यसरी लेख्नुहोस्: 21:00।',
      reminderHours: 'सम्झाउने बढीमा पाँचवटा समय लेख्नुहोस्।',
      'names.en': 'अङ्ग्रेजीमा नाम दिनुहोस्।',
      name: 'नाम दिनुहोस्।',
      treatment: 'कुन उपचार हो भन्नुहोस्।',
      noticeMin: 'घण्टाको सङ्ख्या लेख्नुहोस्, 0 देखि दुई वर्षसम्म।',
      'series.gapMaxDays': 'सबैभन्दा लामो अन्तर सबैभन्दा छोटोभन्दा कम छ, वा दस वर्षभन्दा बढी।',
      priceMinor: 'रकम लेख्नुहोस्, जस्तै 1,500।',
      depositMinor: 'रकम लेख्नुहोस्, जस्तै 500।',
      kinds: 'कम्तीमा एउटा लेख्नुहोस्।',
      hours: 'समय यसरी लेख्नुहोस्: 10:00–13:00, 14:00–18:00, एकपछि अर्को।',
      day: 'दिन छान्नुहोस्।',
      webhookUrl: 'https:// बाट सुरु हुने ठेगाना दिनुहोस्।',
      webhookSecret: 'कम्तीमा 16 अक्षरको गोप्य शब्द दिनुहोस्।',
      'not-found': 'यो अब यहाँ छैन। पाना फेरि खोल्नुहोस्।',
      'not-allowed': 'तपाईंको भूमिकामा यसको अनुमति छैन।',
      other: 'फेरि हेर्नुहोस्: केही छुटेको छ वा सीमाभन्दा बाहिर छ।',
    },
  },
};
