import type { Locale } from '../locales/index.ts';

/** Words of the branches' pages, and of who works at which. */
export interface BranchWords {
  readonly title: string;
  readonly lead: string;
  readonly add: string;
  readonly town: string;
  readonly address: string;
  readonly addressHint: string;
  readonly phone: string;
  readonly zone: string;
  readonly zoneHint: string;
  readonly state: string;
  readonly open: string;
  readonly closed: string;
  readonly ahead: string;
  readonly close: string;
  readonly closeText: string;
  readonly reopen: string;
  readonly reopenText: string;
  readonly hours: string;
  readonly faults: Readonly<Record<'name' | 'zone' | 'last-branch' | 'branch-in-use' | 'zone-fixed', string>>;
  readonly worksAt: string;
  readonly everywhere: string;
  readonly chooseText: string;
  readonly ownerEverywhere: string;
  readonly branch: string;
}

export const branchWords: Readonly<Record<Locale, BranchWords>> = {
  en: {
    title: 'Branches',
    lead: 'Each branch has its own calendar, rooms, hours and till. Patients and their records are the whole clinic’s.',
    add: 'Add a branch',
    town: 'Town',
    address: 'Street address',
    addressHint: 'A line each, without the town. Shown with visits here; empty: the clinic’s own address.',
    phone: 'Telephone',
    zone: 'Time zone',
    zoneHint: 'As Asia/Kolkata or Asia/Kathmandu.',
    state: 'State',
    open: 'open',
    closed: 'closed',
    ahead: 'Ahead',
    close: 'Close this branch',
    closeText: 'It is then offered nowhere. What happened there stays, and it can be opened again.',
    reopen: 'Open it again',
    reopenText: 'Its rooms, people and hours are as they were.',
    hours: 'Its opening hours',
    faults: {
      name: 'Give it a name.',
      zone: 'Write the name of a time zone, as Asia/Kolkata.',
      'last-branch': 'The clinic needs an open branch. Open another one first.',
      'branch-in-use': 'There are visits ahead at this branch. Move or cancel them in the calendar first.',
      'zone-fixed':
        'There are visits ahead at this branch; its time zone stays until they are over or moved.',
    },
    worksAt: 'Works at',
    everywhere: 'all branches',
    chooseText:
      'Calendar and till of the others are then closed to this member. Nothing ticked: all branches.',
    ownerEverywhere: 'An owner works at all branches.',
    branch: 'Branch',
  },
  hi: {
    title: 'शाखाएँ',
    lead: 'हर शाखा का अपना कैलेंडर, कमरे, समय और रोकड़ है। मरीज़ और उनके अभिलेख पूरे क्लिनिक के हैं।',
    add: 'शाखा जोड़ें',
    town: 'शहर',
    address: 'गली का पता',
    addressHint: 'हर पंक्ति अलग, शहर के बिना। यहाँ की विज़िट के साथ दिखता है; खाली: क्लिनिक का अपना पता।',
    phone: 'टेलीफ़ोन',
    zone: 'समय क्षेत्र',
    zoneHint: 'जैसे Asia/Kolkata या Asia/Kathmandu।',
    state: 'स्थिति',
    open: 'खुली',
    closed: 'बंद',
    ahead: 'आगे की मुलाक़ातें',
    close: 'यह शाखा बंद करें',
    closeText: 'फिर यह कहीं नहीं दी जाएगी। वहाँ जो हुआ वह बना रहता है, और इसे फिर खोला जा सकता है।',
    reopen: 'फिर खोलें',
    reopenText: 'इसके कमरे, लोग और समय पहले जैसे हैं।',
    hours: 'इसके खुलने का समय',
    faults: {
      name: 'नाम दें।',
      zone: 'समय क्षेत्र का नाम लिखें, जैसे Asia/Kolkata।',
      'last-branch': 'क्लिनिक को एक खुली शाखा चाहिए। पहले कोई दूसरी खोलें।',
      'branch-in-use': 'इस शाखा में आगे मुलाक़ातें हैं। पहले उन्हें कैलेंडर में हटाएँ या बदलें।',
      'zone-fixed': 'इस शाखा में आगे मुलाक़ातें हैं; उनके पूरा होने या बदलने तक समय क्षेत्र वही रहेगा।',
    },
    worksAt: 'कहाँ काम करते हैं',
    everywhere: 'सभी शाखाएँ',
    chooseText: 'बाकी शाखाओं का कैलेंडर और रोकड़ तब इस सदस्य के लिए बंद रहते हैं। कुछ न चुनें तो सभी शाखाएँ।',
    ownerEverywhere: 'स्वामी सभी शाखाओं में काम करते हैं।',
    branch: 'शाखा',
  },
  bn: {
    title: 'শাখা',
    lead: 'প্রতিটি শাখার নিজের ক্যালেন্ডার, ঘর, সময় ও ক্যাশ আছে। রোগী ও তাঁদের নথি পুরো ক্লিনিকের।',
    add: 'শাখা যোগ করুন',
    town: 'শহর',
    address: 'রাস্তার ঠিকানা',
    addressHint: 'প্রতিটি লাইন আলাদা, শহর ছাড়া। এখানকার সাক্ষাতের সঙ্গে দেখা যায়; খালি: ক্লিনিকের নিজের ঠিকানা।',
    phone: 'টেলিফোন',
    zone: 'সময় অঞ্চল',
    zoneHint: 'যেমন Asia/Kolkata বা Asia/Kathmandu।',
    state: 'অবস্থা',
    open: 'খোলা',
    closed: 'বন্ধ',
    ahead: 'সামনের সাক্ষাৎ',
    close: 'এই শাখা বন্ধ করুন',
    closeText: 'তখন এটি আর কোথাও দেওয়া হয় না। সেখানে যা হয়েছে তা থাকে, আর আবার খোলা যায়।',
    reopen: 'আবার খুলুন',
    reopenText: 'এর ঘর, মানুষ ও সময় আগের মতোই আছে।',
    hours: 'এর খোলার সময়',
    faults: {
      name: 'একটি নাম দিন।',
      zone: 'সময় অঞ্চলের নাম লিখুন, যেমন Asia/Kolkata।',
      'last-branch': 'ক্লিনিকের একটি খোলা শাখা চাই। আগে অন্যটি খুলুন।',
      'branch-in-use': 'এই শাখায় সামনে সাক্ষাৎ আছে। আগে ক্যালেন্ডারে সেগুলি সরান বা বাতিল করুন।',
      'zone-fixed': 'এই শাখায় সামনে সাক্ষাৎ আছে; সেগুলি শেষ হওয়া বা সরানো পর্যন্ত সময় অঞ্চল একই থাকে।',
    },
    worksAt: 'কোথায় কাজ করেন',
    everywhere: 'সব শাখা',
    chooseText: 'তখন অন্য শাখার ক্যালেন্ডার ও ক্যাশ এই সদস্যের জন্য বন্ধ থাকে। কিছু না বাছলে সব শাখা।',
    ownerEverywhere: 'মালিক সব শাখায় কাজ করেন।',
    branch: 'শাখা',
  },
  ne: {
    title: 'शाखाहरू',
    lead: 'हरेक शाखाको आफ्नै पात्रो, कोठा, समय र नगद हुन्छ। बिरामी र तिनका अभिलेख सम्पूर्ण क्लिनिकका हुन्।',
    add: 'शाखा थप्नुहोस्',
    town: 'सहर',
    address: 'सडकको ठेगाना',
    addressHint: 'हरेक पङ्क्ति छुट्टै, सहरबिना। यहाँको भेटसँग देखिन्छ; खाली: क्लिनिककै ठेगाना।',
    phone: 'टेलिफोन',
    zone: 'समय क्षेत्र',
    zoneHint: 'जस्तै Asia/Kolkata वा Asia/Kathmandu।',
    state: 'अवस्था',
    open: 'खुला',
    closed: 'बन्द',
    ahead: 'आउने भेट',
    close: 'यो शाखा बन्द गर्नुहोस्',
    closeText: 'त्यसपछि यो कतै दिइँदैन। त्यहाँ भएका कुरा रहन्छन्, र यसलाई फेरि खोल्न सकिन्छ।',
    reopen: 'फेरि खोल्नुहोस्',
    reopenText: 'यसका कोठा, मानिस र समय पहिलेजस्तै छन्।',
    hours: 'यसको खुल्ने समय',
    faults: {
      name: 'नाम दिनुहोस्।',
      zone: 'समय क्षेत्रको नाम लेख्नुहोस्, जस्तै Asia/Kolkata।',
      'last-branch': 'क्लिनिकलाई एउटा खुला शाखा चाहिन्छ। पहिले अर्को खोल्नुहोस्।',
      'branch-in-use': 'यस शाखामा आउने भेट छन्। पहिले तिनलाई पात्रोमा सार्नुहोस् वा रद्द गर्नुहोस्।',
      'zone-fixed': 'यस शाखामा आउने भेट छन्; ती सकिने वा सर्ने बेलासम्म समय क्षेत्र उही रहन्छ।',
    },
    worksAt: 'कहाँ काम गर्नुहुन्छ',
    everywhere: 'सबै शाखा',
    chooseText: 'त्यसपछि अरू शाखाको पात्रो र नगद यस सदस्यका लागि बन्द हुन्छ। केही नछाने सबै शाखा।',
    ownerEverywhere: 'मालिक सबै शाखामा काम गर्छन्।',
    branch: 'शाखा',
  },
};
