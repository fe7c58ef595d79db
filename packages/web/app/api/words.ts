import type { ApiTokenView, Scope } from '@undertone/clinic/api-tokens/schema.ts';
import type { Locale } from '../locales/index.ts';

/** Words of the page on which owners give programs their tokens. */
export interface ApiWords {
  readonly title: string;
  readonly lead: string;
  readonly make: string;
  readonly name: string;
  readonly nameHint: string;
  readonly may: string;
  readonly scopes: Readonly<Record<Scope, string>>;
  readonly branches: string;
  readonly branchesHint: string;
  readonly days: string;
  readonly makeIt: string;
  readonly made: string;
  readonly madeText: string;
  readonly faults: Readonly<Record<'name' | 'scopes' | 'days' | 'other', string>>;
  readonly none: string;
  readonly by: string;
  readonly until: string;
  readonly lastUsed: string;
  readonly never: string;
  readonly state: string;
  readonly states: Readonly<Record<ApiTokenView['state'], string>>;
  readonly end: string;
  readonly ended: string;
}

export const apiWords: Readonly<Record<Locale, ApiWords>> = {
  en: {
    title: 'Programs',
    lead: 'Another program can ask the clinic in your name, with a token. It may never do more than you may, every use is in the log, and you can end it at any moment.',
    make: 'A token for a program',
    name: 'Name of the program',
    nameHint: 'So that you know later what to end.',
    may: 'It may',
    scopes: {
      'bookings:read': 'read the calendar',
      'bookings:write': 'book, move and cancel visits',
      'patients:read': 'find patients and read who they are',
      'patients:write': 'add patients',
      'fhir:read': 'read records as FHIR',
      'export:run': 'export the whole clinic as FHIR',
    },
    branches: 'Branches whose days it sees',
    branchesHint: 'Nothing ticked: all of yours. Records are open across branches.',
    days: 'Days it works',
    makeIt: 'Make the token',
    made: 'The token is made. Copy it now: it is shown this once.',
    madeText: 'The program sends it in the header Authorization: Bearer.',
    faults: {
      name: 'Give the program a name of at most 80 characters.',
      scopes: 'Choose at least one thing it may do.',
      days: 'Give 1 to 366 days.',
      other: 'This could not be done. Please look again.',
    },
    none: 'No program has a token.',
    by: 'Made by',
    until: 'Until',
    lastUsed: 'Last used',
    never: 'never',
    state: 'State',
    states: { good: 'works', expired: 'expired', revoked: 'ended', 'maker-gone': 'its maker is shut out' },
    end: 'End it',
    ended: 'The token is ended.',
  },
  hi: {
    title: 'प्रोग्राम',
    lead: 'कोई दूसरा प्रोग्राम टोकन से आपके नाम पर क्लिनिक से पूछ सकता है। वह आपसे अधिक कभी नहीं कर सकता, हर उपयोग लॉग में है, और आप उसे किसी भी क्षण समाप्त कर सकते हैं।',
    make: 'प्रोग्राम के लिए टोकन',
    name: 'प्रोग्राम का नाम',
    nameHint: 'ताकि बाद में पता हो कि क्या समाप्त करना है।',
    may: 'वह कर सकता है',
    scopes: {
      'bookings:read': 'कैलेंडर पढ़ना',
      'bookings:write': 'मुलाक़ात बुक करना, बदलना, रद्द करना',
      'patients:read': 'मरीज़ खोजना और उनकी पहचान पढ़ना',
      'patients:write': 'मरीज़ जोड़ना',
      'fhir:read': 'रिकॉर्ड FHIR के रूप में पढ़ना',
      'export:run': 'पूरे क्लिनिक को FHIR में निकालना',
    },
    branches: 'किन शाखाओं के दिन देखे',
    branchesHint: 'कुछ न चुनें तो आपकी सभी। रिकॉर्ड सभी शाखाओं में खुले हैं।',
    days: 'कितने दिन चले',
    makeIt: 'टोकन बनाएँ',
    made: 'टोकन बन गया। अभी कॉपी करें: यह एक ही बार दिखता है।',
    madeText: 'प्रोग्राम इसे Authorization: Bearer हेडर में भेजता है।',
    faults: {
      name: 'प्रोग्राम को अधिकतम 80 अक्षरों का नाम दें।',
      scopes: 'कम से कम एक काम चुनें।',
      days: '1 से 366 दिन लिखें।',
      other: 'यह नहीं हो सका। कृपया फिर देखें।',
    },
    none: 'किसी प्रोग्राम के पास टोकन नहीं है।',
    by: 'किसने बनाया',
    until: 'कब तक',
    lastUsed: 'पिछला उपयोग',
    never: 'कभी नहीं',
    state: 'स्थिति',
    states: { good: 'चल रहा', expired: 'समय बीता', revoked: 'समाप्त', 'maker-gone': 'बनाने वाला बाहर है' },
    end: 'समाप्त करें',
    ended: 'टोकन समाप्त हुआ।',
  },
  bn: {
    title: 'প্রোগ্রাম',
    lead: 'অন্য একটি প্রোগ্রাম টোকেন দিয়ে আপনার নামে ক্লিনিকের কাছে চাইতে পারে। সে কখনও আপনার চেয়ে বেশি পারে না, প্রতিটি ব্যবহার লগে থাকে, আর আপনি যে কোনো মুহূর্তে তা শেষ করতে পারেন।',
    make: 'প্রোগ্রামের জন্য টোকেন',
    name: 'প্রোগ্রামের নাম',
    nameHint: 'যাতে পরে জানা থাকে কোনটি শেষ করতে হবে।',
    may: 'সে পারে',
    scopes: {
      'bookings:read': 'ক্যালেন্ডার পড়তে',
      'bookings:write': 'সাক্ষাৎ বুক, বদল ও বাতিল করতে',
      'patients:read': 'রোগী খুঁজতে ও তাঁদের পরিচয় পড়তে',
      'patients:write': 'রোগী যোগ করতে',
      'fhir:read': 'রেকর্ড FHIR হিসেবে পড়তে',
      'export:run': 'পুরো ক্লিনিক FHIR-এ বের করতে',
    },
    branches: 'কোন শাখার দিন দেখবে',
    branchesHint: 'কিছু না বাছলে আপনার সবগুলি। নথি সব শাখায় খোলা।',
    days: 'কত দিন চলবে',
    makeIt: 'টোকেন তৈরি করুন',
    made: 'টোকেন তৈরি হয়েছে। এখনই কপি করুন: একবারই দেখানো হয়।',
    madeText: 'প্রোগ্রাম এটি Authorization: Bearer হেডারে পাঠায়।',
    faults: {
      name: 'প্রোগ্রামকে সর্বাধিক 80 অক্ষরের নাম দিন।',
      scopes: 'অন্তত একটি কাজ বেছে নিন।',
      days: '1 থেকে 366 দিন লিখুন।',
      other: 'এটি করা যায়নি। আবার দেখুন।',
    },
    none: 'কোনো প্রোগ্রামের টোকেন নেই।',
    by: 'কে তৈরি করেছেন',
    until: 'কত দিন পর্যন্ত',
    lastUsed: 'শেষ ব্যবহার',
    never: 'কখনও নয়',
    state: 'অবস্থা',
    states: {
      good: 'চলছে',
      expired: 'মেয়াদ শেষ',
      revoked: 'শেষ করা',
      'maker-gone': 'যিনি তৈরি করেছেন তিনি বাইরে',
    },
    end: 'শেষ করুন',
    ended: 'টোকেন শেষ করা হয়েছে।',
  },
  ne: {
    title: 'प्रोग्रामहरू',
    lead: 'अर्को प्रोग्रामले टोकनबाट तपाईंको नाममा क्लिनिकसँग सोध्न सक्छ। त्यसले तपाईंभन्दा बढी कहिल्यै गर्न सक्दैन, हरेक प्रयोग लगमा हुन्छ, र तपाईं जुनसुकै बेला अन्त्य गर्न सक्नुहुन्छ।',
    make: 'प्रोग्रामका लागि टोकन',
    name: 'प्रोग्रामको नाम',
    nameHint: 'पछि के अन्त्य गर्ने थाहा होस् भनेर।',
    may: 'त्यसले गर्न सक्छ',
    scopes: {
      'bookings:read': 'क्यालेन्डर पढ्न',
      'bookings:write': 'भेट बुक गर्न, सार्न, रद्द गर्न',
      'patients:read': 'बिरामी खोज्न र उनीहरूको परिचय पढ्न',
      'patients:write': 'बिरामी थप्न',
      'fhir:read': 'रेकर्ड FHIR का रूपमा पढ्न',
      'export:run': 'पूरै क्लिनिक FHIR मा निकाल्न',
    },
    branches: 'कुन शाखाका दिन हेर्ने',
    branchesHint: 'केही नछाने तपाईंका सबै। अभिलेख सबै शाखामा खुला छन्।',
    days: 'कति दिन चल्ने',
    makeIt: 'टोकन बनाउनुहोस्',
    made: 'टोकन बन्यो। अहिले नै कपी गर्नुहोस्: एकपटक मात्र देखिन्छ।',
    madeText: 'प्रोग्रामले यसलाई Authorization: Bearer हेडरमा पठाउँछ।',
    faults: {
      name: 'प्रोग्रामलाई बढीमा 80 अक्षरको नाम दिनुहोस्।',
      scopes: 'कम्तीमा एउटा काम छान्नुहोस्।',
      days: '1 देखि 366 दिन लेख्नुहोस्।',
      other: 'यो हुन सकेन। फेरि हेर्नुहोस्।',
    },
    none: 'कुनै प्रोग्रामसँग टोकन छैन।',
    by: 'कसले बनायो',
    until: 'कहिलेसम्म',
    lastUsed: 'पछिल्लो प्रयोग',
    never: 'कहिल्यै होइन',
    state: 'अवस्था',
    states: { good: 'चल्दै', expired: 'म्याद सकियो', revoked: 'अन्त्य भयो', 'maker-gone': 'बनाउने व्यक्ति बाहिर' },
    end: 'अन्त्य गर्नुहोस्',
    ended: 'टोकन अन्त्य भयो।',
  },
};
