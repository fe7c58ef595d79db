import type { Locale } from '../locales/index.ts';

const statuses = ['held', 'confirmed', 'arrived', 'completed', 'no-show', 'cancelled', 'expired'] as const;
const templates = [
  'booking-hold',
  'booking-confirmed',
  'booking-moved',
  'booking-cancelled',
  'booking-reminder',
  'waitlist-offer',
  'plain',
] as const;

type Status = (typeof statuses)[number];
type Template = (typeof templates)[number];

/** Words of the inbox and the calendar; `greeting` opens a WhatsApp message in the person's own language. */
export interface CalendarWords {
  readonly inbox: string;
  readonly inboxLead: string;
  readonly inboxEmpty: string;
  readonly inboxEmptyText: string;
  readonly callBacks: string;
  readonly requests: string;
  readonly requestsText: string;
  readonly waiting: (ago: string) => string;
  readonly tries: (count: number) => string;
  readonly call: string;
  readonly whatsApp: string;
  readonly bookIt: string;
  readonly notReached: string;
  readonly closeRequest: string;
  readonly confirm: string;
  readonly retry: string;
  readonly openDay: string;
  readonly heldUntil: (time: string) => string;
  readonly templates: Readonly<Record<Template, string>>;
  readonly attempts: (count: number) => string;
  readonly done: string;
  readonly greeting: (name: string, clinic: string) => string;
  readonly calendar: string;
  readonly zone: (zone: string) => string;
  readonly day: string;
  readonly week: string;
  readonly all: string;
  readonly byPlace: string;
  readonly earlier: string;
  readonly later: string;
  readonly today: string;
  readonly newBooking: string;
  readonly block: string;
  readonly blocked: string;
  readonly statuses: Readonly<Record<Status, string>>;
  readonly emptyDay: string;
  readonly nothingSet: string;
  readonly nothingSetText: string;
  readonly toSetUp: string;
  readonly grid: string;
  readonly keys: string;
  readonly moving: (place: string) => string;
  readonly putBack: string;
  readonly did: Readonly<
    Record<'move' | 'book' | 'block' | 'link' | 'status' | 'undo' | 'cancel' | 'confirm', string>
  >;
  readonly undo: string;
  readonly refused: string;
  readonly alternatives: string;
  readonly moveOutside: string;
  readonly markArrived: string;
  readonly markCompleted: string;
  readonly markNoShow: string;
  readonly cancel: string;
  readonly unblock: string;
  readonly moveTo: string;
  readonly move: string;
  readonly date: string;
  readonly time: string;
  readonly until: string;
  readonly withWhom: string;
  readonly room: string;
  readonly machine: string;
  readonly linkTo: string;
  readonly link: string;
  readonly linkNew: string;
  readonly whatIsBlocked: string;
  readonly note: string;
  readonly name: string;
  readonly nameHint: string;
  readonly known: string;
  readonly isNew: string;
  readonly phone: string;
  readonly email: string;
  readonly language: string;
  readonly service: string;
  readonly anyone: string;
  readonly isHere: string;
  readonly outsideHours: string;
  readonly save: string;
  readonly close: string;
  readonly optional: string;
  readonly record: string;
  readonly noService: string;
  readonly refusals: Readonly<Partial<Record<string, string>>>;
}

/** The words of the desk's appointment pages. */
export const calendarWords: Readonly<Record<Locale, CalendarWords>> = {
  en: {
    inbox: 'Inbox',
    inboxLead: 'Who waits for an answer, the longest waiting first.',
    inboxEmpty: 'Nobody is waiting',
    inboxEmptyText:
      'Requests from the site, people to call back and messages that did not arrive appear here.',
    callBacks: 'Call back',
    requests: 'Not yet confirmed',
    requestsText: 'Booked on the site; the time is held until the person uses the link in the e-mail.',
    waiting: (ago) => `asked ${ago}`,
    tries: (count) => (count === 1 ? 'called once, not reached' : `called ${count} times, not reached`),
    call: 'Call',
    whatsApp: 'WhatsApp',
    bookIt: 'Book',
    notReached: 'Not reached, call again',
    closeRequest: 'Close',
    confirm: 'Confirm',
    retry: 'Send again',
    openDay: 'Show in calendar',
    heldUntil: (time) => `held until ${time}`,
    templates: {
      'booking-hold': 'Link to confirm',
      'booking-confirmed': 'Confirmation',
      'booking-moved': 'New time',
      'booking-cancelled': 'Cancellation',
      'booking-reminder': 'Reminder',
      'waitlist-offer': 'Offer from the waiting list',
      plain: 'Message',
    },
    attempts: (count) => (count === 1 ? '1 attempt' : `${count} attempts`),
    done: 'Done.',
    greeting: (name, clinic) =>
      `Hello ${name}, this is ${clinic}. You asked us to call you about an appointment.`,
    calendar: 'Calendar',
    zone: (zone) => `Times are those of ${zone}`,
    day: 'Day',
    week: 'Week',
    all: 'All',
    byPlace: 'By room',
    earlier: 'Earlier',
    later: 'Later',
    today: 'Today',
    newBooking: 'New booking',
    block: 'Block time',
    blocked: 'Blocked',
    statuses: {
      held: 'held',
      confirmed: 'confirmed',
      arrived: 'here',
      completed: 'completed',
      'no-show': 'missed',
      cancelled: 'cancelled',
      expired: 'expired',
    },
    emptyDay: 'No bookings.',
    nothingSet: 'Nothing can be booked yet',
    nothingSetText: 'A visit needs a service and a person who gives it. Both are made in the set-up.',
    toSetUp: 'Open the set-up',
    grid: 'Bookings by time',
    keys: 'Arrow keys move a visit, Enter sets it down, Escape puts it back. Or drag it.',
    moving: (place) => `Moving to ${place}. Enter sets it down, Escape puts it back.`,
    putBack: 'Put back.',
    did: {
      move: 'Moved.',
      book: 'Booked.',
      block: 'Blocked.',
      link: 'Tied to the record.',
      status: 'Noted.',
      undo: 'Undone.',
      cancel: 'Cancelled.',
      confirm: 'Confirmed.',
    },
    undo: 'Undo',
    refused: 'Not done',
    alternatives: 'Free near it',
    moveOutside: 'Do it outside opening hours',
    markArrived: 'Is here',
    markCompleted: 'Completed',
    markNoShow: 'Did not come',
    cancel: 'Cancel the visit',
    unblock: 'Free the time',
    moveTo: 'Move to',
    move: 'Move',
    date: 'Date',
    time: 'Time',
    until: 'Until',
    withWhom: 'With',
    room: 'Room',
    machine: 'Machine',
    linkTo: 'Whose record?',
    link: 'Tie to this record',
    linkNew: 'Make a record',
    whatIsBlocked: 'Whose time or which room',
    note: 'Note',
    name: 'Name',
    nameHint: 'Known people appear as you type.',
    known: 'Known people',
    isNew: 'New person; a record is made.',
    phone: 'Telephone',
    email: 'E-mail',
    language: 'Language',
    service: 'Visit',
    anyone: 'Whoever is free',
    isHere: 'The person is here now',
    outsideHours: 'Also outside opening hours',
    save: 'Save',
    close: 'Close',
    optional: 'optional',
    record: 'Open the record',
    noService: 'Visit',
    refusals: {},
  },
  hi: {
    inbox: 'इनबॉक्स',
    inboxLead: 'जो उत्तर की प्रतीक्षा में हैं, सबसे पुराने पहले।',
    inboxEmpty: 'कोई प्रतीक्षा में नहीं है',
    inboxEmptyText: 'साइट से आए अनुरोध, जिन्हें फ़ोन करना है और जो संदेश नहीं पहुँचे, यहाँ दिखते हैं।',
    callBacks: 'फ़ोन करना है',
    requests: 'अभी पुष्टि नहीं हुई',
    requestsText: 'साइट पर बुक किया गया; ई-मेल के लिंक से पुष्टि होने तक समय रोका गया है।',
    waiting: (ago) => `अनुरोध ${ago}`,
    tries: (count) => `${count} बार फ़ोन किया, बात नहीं हुई`,
    call: 'फ़ोन करें',
    whatsApp: 'WhatsApp',
    bookIt: 'बुक करें',
    notReached: 'बात नहीं हुई, फिर करें',
    closeRequest: 'बंद करें',
    confirm: 'पुष्टि करें',
    retry: 'फिर भेजें',
    openDay: 'कैलेंडर में देखें',
    heldUntil: (time) => `${time} तक रोका गया`,
    templates: {
      'booking-hold': 'पुष्टि का लिंक',
      'booking-confirmed': 'पुष्टि',
      'booking-moved': 'नया समय',
      'booking-cancelled': 'रद्द होने की सूचना',
      'booking-reminder': 'याद दिलाना',
      'waitlist-offer': 'प्रतीक्षा सूची से प्रस्ताव',
      plain: 'संदेश',
    },
    attempts: (count) => `${count} प्रयास`,
    done: 'हो गया।',
    greeting: (name, clinic) =>
      `नमस्ते ${name}, हम ${clinic} से बोल रहे हैं। आपने मुलाक़ात के बारे में फ़ोन करने को कहा था।`,
    calendar: 'कैलेंडर',
    zone: (zone) => `समय ${zone} के अनुसार`,
    day: 'दिन',
    week: 'सप्ताह',
    all: 'सभी',
    byPlace: 'कमरे के अनुसार',
    earlier: 'पहले',
    later: 'बाद में',
    today: 'आज',
    newBooking: 'नई बुकिंग',
    block: 'समय रोकें',
    blocked: 'रोका गया',
    statuses: {
      held: 'रोका हुआ',
      confirmed: 'पक्का',
      arrived: 'आ गए',
      completed: 'पूरा हुआ',
      'no-show': 'नहीं आए',
      cancelled: 'रद्द',
      expired: 'समय बीत गया',
    },
    emptyDay: 'कोई बुकिंग नहीं।',
    nothingSet: 'अभी कुछ बुक नहीं हो सकता',
    nothingSetText: 'मुलाक़ात के लिए एक सेवा और उसे देने वाला व्यक्ति चाहिए। दोनों व्यवस्था में बनते हैं।',
    toSetUp: 'व्यवस्था खोलें',
    grid: 'समय के अनुसार बुकिंग',
    keys: 'तीर की कुंजियाँ मुलाक़ात खिसकाती हैं, Enter रखता है, Escape वापस करता है। या खींचें।',
    moving: (place) => `${place} पर ले जा रहे हैं। Enter रखता है, Escape वापस करता है।`,
    putBack: 'वापस रखा गया।',
    did: {
      move: 'समय बदला गया।',
      book: 'बुक हो गया।',
      block: 'रोका गया।',
      link: 'रिकॉर्ड से जोड़ा गया।',
      status: 'दर्ज हुआ।',
      undo: 'वापस लिया गया।',
      cancel: 'रद्द हुआ।',
      confirm: 'पुष्टि हुई।',
    },
    undo: 'वापस लें',
    refused: 'नहीं हुआ',
    alternatives: 'आस-पास ख़ाली समय',
    moveOutside: 'खुलने के समय के बाहर भी करें',
    markArrived: 'आ गए',
    markCompleted: 'पूरा हुआ',
    markNoShow: 'नहीं आए',
    cancel: 'मुलाक़ात रद्द करें',
    unblock: 'समय ख़ाली करें',
    moveTo: 'यहाँ ले जाएँ',
    move: 'बदलें',
    date: 'तारीख़',
    time: 'समय',
    until: 'तक',
    withWhom: 'किसके साथ',
    room: 'कमरा',
    machine: 'मशीन',
    linkTo: 'किसका रिकॉर्ड?',
    link: 'इस रिकॉर्ड से जोड़ें',
    linkNew: 'रिकॉर्ड बनाएँ',
    whatIsBlocked: 'किसका समय या कौन-सा कमरा',
    note: 'टिप्पणी',
    name: 'नाम',
    nameHint: 'लिखते ही पहले से दर्ज लोग दिखते हैं।',
    known: 'पहले से दर्ज लोग',
    isNew: 'नया व्यक्ति; रिकॉर्ड बनाया जाएगा।',
    phone: 'फ़ोन',
    email: 'ई-मेल',
    language: 'भाषा',
    service: 'मुलाक़ात',
    anyone: 'जो भी ख़ाली हो',
    isHere: 'व्यक्ति अभी यहीं है',
    outsideHours: 'खुलने के समय के बाहर भी',
    save: 'सहेजें',
    close: 'बंद करें',
    optional: 'ज़रूरी नहीं',
    record: 'रिकॉर्ड खोलें',
    noService: 'मुलाक़ात',
    refusals: {
      'slot-taken': 'यह समय अभी किसी और ने ले लिया। दूसरा समय चुनें।',
      'slot-not-offered': 'इस समय यह मुलाक़ात नहीं हो सकती: क्लिनिक बंद है या व्यक्ति यहाँ नहीं है।',
      'place-unsuitable': 'यह कमरा या मशीन इस सेवा के लिए नहीं है। दूसरा चुनें।',
      'person-busy': 'इस व्यक्ति की उसी समय दूसरी मुलाक़ात है।',
      'wrong-status': 'बुकिंग इस बीच बदल गई है। फिर से देखें।',
      'not-undoable': 'वापस लेने को कुछ नहीं है, या यह फिर बदल गया।',
    },
  },
  bn: {
    inbox: 'ইনবক্স',
    inboxLead: 'যাঁরা উত্তরের অপেক্ষায়, সবচেয়ে পুরোনো আগে।',
    inboxEmpty: 'কেউ অপেক্ষায় নেই',
    inboxEmptyText: 'সাইটের অনুরোধ, যাঁদের ফোন করতে হবে ও যে বার্তা পৌঁছায়নি, এখানে দেখা যায়।',
    callBacks: 'ফোন করতে হবে',
    requests: 'এখনও নিশ্চিত নয়',
    requestsText: 'সাইটে বুক করা; ই-মেলের লিঙ্কে নিশ্চিত না করা পর্যন্ত সময় ধরে রাখা আছে।',
    waiting: (ago) => `অনুরোধ ${ago}`,
    tries: (count) => `${count} বার ফোন করা হয়েছে, পাওয়া যায়নি`,
    call: 'ফোন করুন',
    whatsApp: 'WhatsApp',
    bookIt: 'বুক করুন',
    notReached: 'পাওয়া যায়নি, আবার করুন',
    closeRequest: 'বন্ধ করুন',
    confirm: 'নিশ্চিত করুন',
    retry: 'আবার পাঠান',
    openDay: 'ক্যালেন্ডারে দেখুন',
    heldUntil: (time) => `${time} পর্যন্ত ধরা`,
    templates: {
      'booking-hold': 'নিশ্চিত করার লিঙ্ক',
      'booking-confirmed': 'নিশ্চিতকরণ',
      'booking-moved': 'নতুন সময়',
      'booking-cancelled': 'বাতিলের খবর',
      'booking-reminder': 'মনে করানো',
      'waitlist-offer': 'অপেক্ষার তালিকা থেকে প্রস্তাব',
      plain: 'বার্তা',
    },
    attempts: (count) => `${count} বার চেষ্টা`,
    done: 'হয়ে গেছে।',
    greeting: (name, clinic) => `নমস্কার ${name}, ${clinic} থেকে বলছি। আপনি সাক্ষাতের বিষয়ে ফোন করতে বলেছিলেন।`,
    calendar: 'ক্যালেন্ডার',
    zone: (zone) => `সময় ${zone} অনুযায়ী`,
    day: 'দিন',
    week: 'সপ্তাহ',
    all: 'সব',
    byPlace: 'ঘর অনুযায়ী',
    earlier: 'আগে',
    later: 'পরে',
    today: 'আজ',
    newBooking: 'নতুন বুকিং',
    block: 'সময় আটকান',
    blocked: 'আটকানো',
    statuses: {
      held: 'ধরা আছে',
      confirmed: 'নিশ্চিত',
      arrived: 'এসেছেন',
      completed: 'সম্পন্ন',
      'no-show': 'আসেননি',
      cancelled: 'বাতিল',
      expired: 'মেয়াদ শেষ',
    },
    emptyDay: 'কোনো বুকিং নেই।',
    nothingSet: 'এখনও কিছু বুক করা যায় না',
    nothingSetText: 'সাক্ষাতের জন্য একটি পরিষেবা ও তা দেওয়ার একজন চাই। দুটিই ব্যবস্থায় তৈরি হয়।',
    toSetUp: 'ব্যবস্থা খুলুন',
    grid: 'সময় অনুযায়ী বুকিং',
    keys: 'তীর চিহ্ন সাক্ষাৎ সরায়, Enter বসায়, Escape ফিরিয়ে দেয়। অথবা টেনে সরান।',
    moving: (place) => `${place}-এ সরানো হচ্ছে। Enter বসায়, Escape ফিরিয়ে দেয়।`,
    putBack: 'ফিরিয়ে রাখা হয়েছে।',
    did: {
      move: 'সময় বদলানো হয়েছে।',
      book: 'বুক হয়েছে।',
      block: 'আটকানো হয়েছে।',
      link: 'নথির সঙ্গে জোড়া হয়েছে।',
      status: 'লেখা হয়েছে।',
      undo: 'ফেরানো হয়েছে।',
      cancel: 'বাতিল হয়েছে।',
      confirm: 'নিশ্চিত হয়েছে।',
    },
    undo: 'ফেরান',
    refused: 'হয়নি',
    alternatives: 'কাছাকাছি খালি সময়',
    moveOutside: 'খোলার সময়ের বাইরেও করুন',
    markArrived: 'এসেছেন',
    markCompleted: 'সম্পন্ন',
    markNoShow: 'আসেননি',
    cancel: 'সাক্ষাৎ বাতিল করুন',
    unblock: 'সময় খালি করুন',
    moveTo: 'এখানে সরান',
    move: 'সরান',
    date: 'তারিখ',
    time: 'সময়',
    until: 'পর্যন্ত',
    withWhom: 'কার সঙ্গে',
    room: 'ঘর',
    machine: 'যন্ত্র',
    linkTo: 'কার নথি?',
    link: 'এই নথির সঙ্গে জুড়ুন',
    linkNew: 'নথি তৈরি করুন',
    whatIsBlocked: 'কার সময় বা কোন ঘর',
    note: 'মন্তব্য',
    name: 'নাম',
    nameHint: 'লিখতে লিখতে নথিভুক্ত মানুষ দেখা যায়।',
    known: 'নথিভুক্ত মানুষ',
    isNew: 'নতুন মানুষ; নথি তৈরি হবে।',
    phone: 'ফোন',
    email: 'ই-মেল',
    language: 'ভাষা',
    service: 'সাক্ষাৎ',
    anyone: 'যিনি খালি আছেন',
    isHere: 'মানুষটি এখন এখানেই আছেন',
    outsideHours: 'খোলার সময়ের বাইরেও',
    save: 'সংরক্ষণ করুন',
    close: 'বন্ধ করুন',
    optional: 'আবশ্যিক নয়',
    record: 'নথি খুলুন',
    noService: 'সাক্ষাৎ',
    refusals: {
      'slot-taken': 'এই সময়টি এইমাত্র অন্য কেউ নিয়েছেন। অন্য সময় বাছুন।',
      'slot-not-offered': 'এই সময়ে এই সাক্ষাৎ হয় না: ক্লিনিক বন্ধ বা মানুষটি নেই।',
      'place-unsuitable': 'এই ঘর বা যন্ত্র এই সেবার জন্য নয়। অন্যটি বেছে নিন।',
      'person-busy': 'এই মানুষের ওই সময়ে অন্য সাক্ষাৎ আছে।',
      'wrong-status': 'বুকিং এর মধ্যে বদলে গেছে। আবার দেখুন।',
      'not-undoable': 'ফেরানোর কিছু নেই, বা আবার বদলানো হয়েছে।',
    },
  },
  ne: {
    inbox: 'इनबक्स',
    inboxLead: 'जवाफ पर्खिरहेकाहरू, सबैभन्दा पुराना पहिले।',
    inboxEmpty: 'कोही पर्खिरहेका छैनन्',
    inboxEmptyText: 'साइटका अनुरोध, फोन गर्नुपर्ने मानिस र नपुगेका सन्देश यहाँ देखिन्छन्।',
    callBacks: 'फोन गर्नुपर्ने',
    requests: 'अझै पुष्टि भएको छैन',
    requestsText: 'साइटमा बुक गरिएको; इमेलको लिङ्कबाट पुष्टि नहुन्जेल समय राखिएको छ।',
    waiting: (ago) => `अनुरोध ${ago}`,
    tries: (count) => `${count} पटक फोन गरियो, कुरा भएन`,
    call: 'फोन गर्नुहोस्',
    whatsApp: 'WhatsApp',
    bookIt: 'बुक गर्नुहोस्',
    notReached: 'कुरा भएन, फेरि गर्ने',
    closeRequest: 'बन्द गर्नुहोस्',
    confirm: 'पुष्टि गर्नुहोस्',
    retry: 'फेरि पठाउनुहोस्',
    openDay: 'पात्रोमा हेर्नुहोस्',
    heldUntil: (time) => `${time} सम्म राखिएको`,
    templates: {
      'booking-hold': 'पुष्टि गर्ने लिङ्क',
      'booking-confirmed': 'पुष्टि',
      'booking-moved': 'नयाँ समय',
      'booking-cancelled': 'रद्दको सूचना',
      'booking-reminder': 'सम्झाउने सन्देश',
      'waitlist-offer': 'प्रतीक्षा सूचीबाट प्रस्ताव',
      plain: 'सन्देश',
    },
    attempts: (count) => `${count} पटक प्रयास`,
    done: 'भयो।',
    greeting: (name, clinic) => `नमस्ते ${name}, हामी ${clinic} बाट बोल्दै छौं। तपाईंले भेटबारे फोन गर्न भन्नुभएको थियो।`,
    calendar: 'पात्रो',
    zone: (zone) => `समय ${zone} अनुसार`,
    day: 'दिन',
    week: 'हप्ता',
    all: 'सबै',
    byPlace: 'कोठा अनुसार',
    earlier: 'अघि',
    later: 'पछि',
    today: 'आज',
    newBooking: 'नयाँ बुकिङ',
    block: 'समय रोक्नुहोस्',
    blocked: 'रोकिएको',
    statuses: {
      held: 'राखिएको',
      confirmed: 'पक्का',
      arrived: 'आइपुगे',
      completed: 'पूरा भयो',
      'no-show': 'आएनन्',
      cancelled: 'रद्द',
      expired: 'म्याद सकियो',
    },
    emptyDay: 'कुनै बुकिङ छैन।',
    nothingSet: 'अहिले केही बुक हुन सक्दैन',
    nothingSetText: 'भेटका लागि एउटा सेवा र त्यो दिने व्यक्ति चाहिन्छ। दुवै व्यवस्थामा बन्छन्।',
    toSetUp: 'व्यवस्था खोल्नुहोस्',
    grid: 'समय अनुसार बुकिङ',
    keys: 'तीर कुञ्जीले भेट सार्छ, Enter ले राख्छ, Escape ले फिर्ता गर्छ। वा तान्नुहोस्।',
    moving: (place) => `${place} मा सार्दै। Enter ले राख्छ, Escape ले फिर्ता गर्छ।`,
    putBack: 'फिर्ता राखियो।',
    did: {
      move: 'सारियो।',
      book: 'बुक भयो।',
      block: 'रोकियो।',
      link: 'अभिलेखसँग जोडियो।',
      status: 'टिपियो।',
      undo: 'फिर्ता भयो।',
      cancel: 'रद्द भयो।',
      confirm: 'पुष्टि भयो।',
    },
    undo: 'फिर्ता गर्नुहोस्',
    refused: 'भएन',
    alternatives: 'नजिकका खाली समय',
    moveOutside: 'खुल्ने समय बाहिर पनि गर्नुहोस्',
    markArrived: 'आइपुगे',
    markCompleted: 'पूरा भयो',
    markNoShow: 'आएनन्',
    cancel: 'भेट रद्द गर्नुहोस्',
    unblock: 'समय खाली गर्नुहोस्',
    moveTo: 'यहाँ सार्नुहोस्',
    move: 'सार्नुहोस्',
    date: 'मिति',
    time: 'समय',
    until: 'सम्म',
    withWhom: 'कोसँग',
    room: 'कोठा',
    machine: 'मेसिन',
    linkTo: 'कसको अभिलेख?',
    link: 'यस अभिलेखसँग जोड्नुहोस्',
    linkNew: 'अभिलेख बनाउनुहोस्',
    whatIsBlocked: 'कसको समय वा कुन कोठा',
    note: 'टिप्पणी',
    name: 'नाम',
    nameHint: 'लेख्दै जाँदा दर्ता भएका मानिस देखिन्छन्।',
    known: 'दर्ता भएका मानिस',
    isNew: 'नयाँ व्यक्ति; अभिलेख बनाइनेछ।',
    phone: 'फोन',
    email: 'इमेल',
    language: 'भाषा',
    service: 'भेट',
    anyone: 'जो खाली छ',
    isHere: 'व्यक्ति अहिले यहीँ छ',
    outsideHours: 'खुल्ने समय बाहिर पनि',
    save: 'सुरक्षित गर्नुहोस्',
    close: 'बन्द गर्नुहोस्',
    optional: 'अनिवार्य होइन',
    record: 'अभिलेख खोल्नुहोस्',
    noService: 'भेट',
    refusals: {
      'slot-taken': 'यो समय भर्खरै अरू कसैले लियो। अर्को समय छान्नुहोस्।',
      'slot-not-offered': 'यो समयमा यो भेट हुँदैन: क्लिनिक बन्द छ वा व्यक्ति छैन।',
      'place-unsuitable': 'यो कोठा वा मेसिन यस सेवाका लागि होइन। अर्को छान्नुहोस्।',
      'person-busy': 'यस व्यक्तिको त्यही समयमा अर्को भेट छ।',
      'wrong-status': 'बुकिङ यसबीच बदलियो। फेरि हेर्नुहोस्।',
      'not-undoable': 'फिर्ता गर्ने केही छैन, वा फेरि बदलियो।',
    },
  },
};
