/** What erasure says to people, on paper and on screen, in four languages. */
import type { Language } from '../tenant/schema.ts';
import type { RecordKind } from './schema.ts';

/** Tables as people call them. A table that is in no group counts under the record. */
const groups = {
  visits: [
    'bookings',
    'booking_events',
    'booking_links',
    'waitlist_entries',
    'waitlist_offers',
    'call_back_requests',
    'idempotency_keys',
    'preview_pictures',
  ],
  messages: ['messages', 'message_opt_outs', 'contact_consents'],
  forms: ['intake_forms', 'intake_saves'],
  photos: ['photos', 'photo_copies', 'photo_lines', 'photo_uploads', 'photo_upload_parts'],
  screening: [
    'screening_answers',
    'screening_decisions',
    'screening_reopenings',
    'screening_spots',
    'spot_readings',
  ],
  consents: ['consents', 'consent_signatures', 'photo_consents'],
  plans: ['plans', 'plan_files', 'plan_signatures', 'plan_drafts', 'plan_draft_steps'],
  sessions: ['sessions', 'session_entries', 'session_lots'],
  followUp: [
    'check_ins',
    'check_in_answers',
    'follow_up_cases',
    'follow_up_entries',
    'followed_sessions',
    'followed_lots',
    'adverse_events',
    'adverse_event_versions',
    'recall_contacts',
  ],
  results: ['outcomes', 'outcome_pairs', 'outcome_ratings'],
  money: ['invoices', 'payments'],
  files: ['files'],
  work: ['jobs.job'],
} as const satisfies Record<string, readonly string[]>;
export type Group = keyof typeof groups | 'record';
const groupNames: readonly Group[] = ['record', ...(Object.keys(groups) as (keyof typeof groups)[])];

/** Rows by group, from rows by table; groups without a row are left out. */
export function grouped(byTable: Readonly<Record<string, number>>): readonly (readonly [Group, number])[] {
  const sums = new Map<Group, number>();
  for (const [table, count] of Object.entries(byTable)) {
    const group =
      (Object.keys(groups) as (keyof typeof groups)[]).find((name) =>
        (groups[name] as readonly string[]).includes(table),
      ) ?? 'record';
    sums.set(group, (sums.get(group) ?? 0) + count);
  }
  return groupNames.flatMap((name) => {
    const sum = sums.get(name);
    return sum === undefined || sum === 0 ? [] : [[name, sum] as const];
  });
}

export interface RetentionWords {
  readonly title: string;
  readonly groups: Readonly<Record<Group, string>>;
  readonly kinds: Readonly<Record<RecordKind, string>>;
  readonly wentHead: string;
  readonly what: string;
  readonly rows: string;
  readonly nothingWent: string;
  readonly stayedHead: string;
  readonly until: string;
  readonly why: string;
  readonly nothingStayed: string;
  readonly identity: Readonly<Record<'gone' | 'kept' | 'number-only', string>>;
  readonly filesGone: (count: number) => string;
  readonly auditNote: string;
  readonly auditFound: (entries: string) => string;
  readonly backups: string;
  readonly lawUnreviewed: string;
  readonly requested: string;
  readonly decided: string;
  readonly finished: string;
  readonly next: string;
  readonly number: string;
  readonly states: Readonly<
    Record<
      'invited' | 'requested' | 'refused' | 'approved' | 'running' | 'sweeping' | 'waiting' | 'done',
      string
    >
  >;
}

export const retentionWords: Readonly<Record<Language, RetentionWords>> = {
  en: {
    title: 'Certificate of erasure',
    groups: {
      record: 'Record and name',
      visits: 'Visits, requests and waiting list',
      messages: 'Messages and wishes about them',
      forms: 'Intake forms',
      photos: 'Photographs',
      screening: 'Screening',
      consents: 'Consents',
      plans: 'Plans',
      sessions: 'Sessions',
      followUp: 'Follow-up',
      results: 'Results',
      money: 'Words in invoices and payments',
      files: 'Encrypted files and their keys',
      work: 'Background work',
    },
    kinds: {
      enquiry: 'Enquiries',
      contact: 'Visits and messages',
      treatment: 'Treatment record',
      tax: 'Invoices and payments',
    },
    wentHead: 'What went',
    what: 'What',
    rows: 'Entries',
    nothingWent: 'Nothing yet.',
    stayedHead: 'What stays, and why',
    until: 'Until',
    why: 'Because of',
    nothingStayed: 'Nothing about the person stays.',
    identity: {
      gone: 'Name, birth date, telephone and address are gone.',
      kept: 'Name, birth date and telephone stay with the treatment record until its date; nothing is sent to the person any more.',
      'number-only':
        'Name, birth date, telephone and address are gone from the record. A number without a name stays, because invoices refer to it; an invoice keeps the buyer’s name only where tax law asks for it.',
    },
    filesGone: (count) => `Files whose own key was destroyed and whose bytes were removed: ${count}.`,
    auditNote:
      'The log of who did what cannot be changed. It holds numbers, no names and nothing about health, and stays.',
    auditFound: (entries) =>
      `Words of the person were found in these entries of the log, which cannot be changed: ${entries}.`,
    backups:
      'Backups made before this day still hold the data until they are deleted in turn. When one is restored, this erasure is carried out again before anybody works.',
    lawUnreviewed: 'No lawyer or accountant has reviewed the periods here yet (state: unreviewed).',
    requested: 'Asked for',
    decided: 'Decided',
    finished: 'Carried out',
    next: 'The rest goes on',
    number: 'Record number',
    states: {
      invited: 'link given out',
      requested: 'to be decided',
      refused: 'refused',
      approved: 'approved',
      running: 'being carried out',
      sweeping: 'being carried out',
      waiting: 'done in part',
      done: 'done',
    },
  },
  hi: {
    title: 'मिटाने का प्रमाणपत्र',
    groups: {
      record: 'रिकॉर्ड और नाम',
      visits: 'मुलाक़ातें, अनुरोध और प्रतीक्षा सूची',
      messages: 'संदेश और उनके बारे में इच्छाएँ',
      forms: 'पूर्व-जानकारी फ़ॉर्म',
      photos: 'फ़ोटो',
      screening: 'जाँच',
      consents: 'सहमतियाँ',
      plans: 'योजनाएँ',
      sessions: 'सत्र',
      followUp: 'फ़ॉलो-अप',
      results: 'परिणाम',
      money: 'बिल और भुगतान में लिखे शब्द',
      files: 'एन्क्रिप्ट की गई फ़ाइलें और उनकी कुंजियाँ',
      work: 'पृष्ठभूमि का काम',
    },
    kinds: {
      enquiry: 'पूछताछ',
      contact: 'मुलाक़ातें और संदेश',
      treatment: 'उपचार का रिकॉर्ड',
      tax: 'बिल और भुगतान',
    },
    wentHead: 'क्या मिटाया गया',
    what: 'क्या',
    rows: 'प्रविष्टियाँ',
    nothingWent: 'अभी कुछ नहीं।',
    stayedHead: 'क्या रहता है, और क्यों',
    until: 'कब तक',
    why: 'किस कारण',
    nothingStayed: 'व्यक्ति के बारे में कुछ नहीं रहता।',
    identity: {
      gone: 'नाम, जन्मतिथि, फ़ोन और पता मिटा दिए गए।',
      kept: 'नाम, जन्मतिथि और फ़ोन उपचार के रिकॉर्ड के साथ उसकी तारीख़ तक रहते हैं; व्यक्ति को अब कुछ नहीं भेजा जाता।',
      'number-only':
        'रिकॉर्ड से नाम, जन्मतिथि, फ़ोन और पता मिटा दिए गए। बिना नाम का एक नंबर रहता है, क्योंकि बिल उससे जुड़े हैं; बिल में ख़रीदार का नाम केवल वहीं रहता है जहाँ कर क़ानून माँगता है।',
    },
    filesGone: (count) => `फ़ाइलें जिनकी अपनी कुंजी नष्ट की गई और जिनके बाइट हटाए गए: ${count}।`,
    auditNote: 'किसने क्या किया, इसका लॉग बदला नहीं जा सकता। उसमें नंबर हैं, न नाम न स्वास्थ्य की बात, और वह रहता है।',
    auditFound: (entries) => `लॉग की इन प्रविष्टियों में, जो बदली नहीं जा सकतीं, व्यक्ति के शब्द मिले: ${entries}।`,
    backups:
      'इस दिन से पहले के बैकअप में डेटा तब तक रहता है जब तक वे बारी आने पर हटाए नहीं जाते। किसी को वापस लाने पर, किसी के काम शुरू करने से पहले यह मिटाना फिर किया जाता है।',
    lawUnreviewed: 'यहाँ की अवधियाँ अभी किसी वकील या लेखाकार ने नहीं देखी हैं (स्थिति: unreviewed)।',
    requested: 'माँगा गया',
    decided: 'निर्णय',
    finished: 'पूरा किया गया',
    next: 'बाक़ी इस दिन जाता है',
    number: 'रिकॉर्ड नंबर',
    states: {
      invited: 'लिंक दिया गया',
      requested: 'निर्णय बाक़ी',
      refused: 'मना किया गया',
      approved: 'स्वीकृत',
      running: 'हो रहा है',
      sweeping: 'हो रहा है',
      waiting: 'आंशिक रूप से हुआ',
      done: 'हो गया',
    },
  },
  bn: {
    title: 'মুছে ফেলার প্রমাণপত্র',
    groups: {
      record: 'রেকর্ড ও নাম',
      visits: 'সাক্ষাৎ, অনুরোধ ও অপেক্ষার তালিকা',
      messages: 'বার্তা ও সেগুলি নিয়ে ইচ্ছা',
      forms: 'প্রাথমিক তথ্যের ফর্ম',
      photos: 'ছবি',
      screening: 'যাচাই',
      consents: 'সম্মতি',
      plans: 'পরিকল্পনা',
      sessions: 'সেশন',
      followUp: 'ফলো-আপ',
      results: 'ফলাফল',
      money: 'বিল ও পেমেন্টের কথা',
      files: 'এনক্রিপ্ট করা ফাইল ও তাদের চাবি',
      work: 'পেছনের কাজ',
    },
    kinds: {
      enquiry: 'জিজ্ঞাসা',
      contact: 'সাক্ষাৎ ও বার্তা',
      treatment: 'চিকিৎসার রেকর্ড',
      tax: 'বিল ও পেমেন্ট',
    },
    wentHead: 'কী মোছা হয়েছে',
    what: 'কী',
    rows: 'এন্ট্রি',
    nothingWent: 'এখনও কিছু নয়।',
    stayedHead: 'কী থাকে, এবং কেন',
    until: 'কবে পর্যন্ত',
    why: 'কারণ',
    nothingStayed: 'মানুষটির বিষয়ে কিছুই থাকে না।',
    identity: {
      gone: 'নাম, জন্মতারিখ, ফোন ও ঠিকানা মুছে গেছে।',
      kept: 'নাম, জন্মতারিখ ও ফোন চিকিৎসার রেকর্ডের সঙ্গে তার তারিখ পর্যন্ত থাকে; মানুষটিকে আর কিছু পাঠানো হয় না।',
      'number-only':
        'রেকর্ড থেকে নাম, জন্মতারিখ, ফোন ও ঠিকানা মুছে গেছে। নামহীন একটি নম্বর থাকে, কারণ বিল তার সঙ্গে যুক্ত; বিলে ক্রেতার নাম থাকে শুধু যেখানে কর আইন চায়।',
    },
    filesGone: (count) => `যেসব ফাইলের নিজস্ব চাবি নষ্ট করা হয়েছে ও বাইট সরানো হয়েছে: ${count}।`,
    auditNote: 'কে কী করেছে তার লগ বদলানো যায় না। তাতে নম্বর আছে, নাম বা স্বাস্থ্যের কথা নেই, এবং তা থাকে।',
    auditFound: (entries) => `লগের এই এন্ট্রিগুলিতে, যা বদলানো যায় না, মানুষটির কথা পাওয়া গেছে: ${entries}।`,
    backups:
      'এই দিনের আগের ব্যাকআপে তথ্য থাকে, যতদিন না সেগুলি পালা করে মোছা হয়। কোনোটি ফিরিয়ে আনলে, কেউ কাজ শুরু করার আগে এই মুছে ফেলা আবার করা হয়।',
    lawUnreviewed: 'এখানকার মেয়াদগুলি এখনও কোনো আইনজীবী বা হিসাবরক্ষক দেখেননি (অবস্থা: unreviewed)।',
    requested: 'চাওয়া হয়েছে',
    decided: 'সিদ্ধান্ত',
    finished: 'সম্পন্ন',
    next: 'বাকিটা যাবে',
    number: 'রেকর্ড নম্বর',
    states: {
      invited: 'লিঙ্ক দেওয়া হয়েছে',
      requested: 'সিদ্ধান্ত বাকি',
      refused: 'নামঞ্জুর',
      approved: 'মঞ্জুর',
      running: 'চলছে',
      sweeping: 'চলছে',
      waiting: 'আংশিক হয়েছে',
      done: 'হয়ে গেছে',
    },
  },
  ne: {
    title: 'मेटाइएको प्रमाणपत्र',
    groups: {
      record: 'रेकर्ड र नाम',
      visits: 'भेट, अनुरोध र प्रतीक्षा सूची',
      messages: 'सन्देश र तिनबारेका इच्छा',
      forms: 'पूर्व जानकारी फाराम',
      photos: 'तस्बिर',
      screening: 'जाँच',
      consents: 'मञ्जुरी',
      plans: 'योजना',
      sessions: 'सत्र',
      followUp: 'फलोअप',
      results: 'परिणाम',
      money: 'बिल र भुक्तानीका शब्द',
      files: 'इन्क्रिप्ट गरिएका फाइल र तिनका साँचा',
      work: 'पृष्ठभूमिको काम',
    },
    kinds: {
      enquiry: 'सोधपुछ',
      contact: 'भेट र सन्देश',
      treatment: 'उपचारको रेकर्ड',
      tax: 'बिल र भुक्तानी',
    },
    wentHead: 'के मेटियो',
    what: 'के',
    rows: 'प्रविष्टि',
    nothingWent: 'अहिलेसम्म केही होइन।',
    stayedHead: 'के रहन्छ, र किन',
    until: 'कहिलेसम्म',
    why: 'कारण',
    nothingStayed: 'व्यक्तिबारे केही रहँदैन।',
    identity: {
      gone: 'नाम, जन्ममिति, फोन र ठेगाना मेटिए।',
      kept: 'नाम, जन्ममिति र फोन उपचारको रेकर्डसँग त्यसको मितिसम्म रहन्छन्; व्यक्तिलाई अब केही पठाइँदैन।',
      'number-only':
        'रेकर्डबाट नाम, जन्ममिति, फोन र ठेगाना मेटिए। बिलहरू जोडिएकाले नामविनाको एउटा नम्बर रहन्छ; बिलमा किन्नेको नाम कर कानुनले माग्ने ठाउँमा मात्र रहन्छ।',
    },
    filesGone: (count) => `आफ्नै साँचो नष्ट गरिएका र बाइट हटाइएका फाइल: ${count}।`,
    auditNote: 'कसले के गर्‍यो भन्ने लग बदल्न सकिँदैन। त्यसमा नम्बर छन्, नाम वा स्वास्थ्यको कुरा छैन, र त्यो रहन्छ।',
    auditFound: (entries) => `लगका यी प्रविष्टिमा, जुन बदल्न सकिँदैन, व्यक्तिका शब्द भेटिए: ${entries}।`,
    backups:
      'यस दिनअघिका ब्याकअपमा तथ्याङ्क तबसम्म रहन्छ जबसम्म ती पालो आएर मेटिँदैनन्। कुनै फिर्ता ल्याउँदा, कसैले काम सुरु गर्नुअघि यो मेटाइ फेरि गरिन्छ।',
    lawUnreviewed: 'यहाँका अवधि अझै कुनै वकिल वा लेखापालले हेरेका छैनन् (अवस्था: unreviewed)।',
    requested: 'मागिएको',
    decided: 'निर्णय',
    finished: 'पूरा भएको',
    next: 'बाँकी यस दिन जान्छ',
    number: 'रेकर्ड नम्बर',
    states: {
      invited: 'लिङ्क दिइयो',
      requested: 'निर्णय बाँकी',
      refused: 'अस्वीकृत',
      approved: 'स्वीकृत',
      running: 'हुँदैछ',
      sweeping: 'हुँदैछ',
      waiting: 'आंशिक रूपमा भयो',
      done: 'भयो',
    },
  },
};
