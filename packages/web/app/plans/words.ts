import type { RemakeReason } from '@undertone/clinic/planning/rules.ts';
import { inDigitsOf, type Locale } from '../locales/index.ts';

export interface PlanWords {
  readonly plans: string;
  readonly make: string;
  readonly nextVersion: string;
  readonly none: string;
  readonly noneText: string;
  readonly version: (n: number) => string;
  readonly madeOn: string;
  readonly treatment: string;
  readonly state: string;
  readonly unsigned: string;
  readonly signedBy: (name: string, when: string) => string;
  readonly superseded: string;
  readonly signature: string;
  readonly sign: string;
  readonly signText: string;
  readonly contentHash: string;
  readonly notLatest: string;
  readonly toLatest: string;
  readonly again: string;
  readonly againText: string;
  readonly identical: string;
  readonly differs: (count: number) => string;
  readonly reasons: Readonly<Record<RemakeReason, string>>;
  readonly compare: string;
  readonly compareHelp: string;
  readonly same: string;
  readonly value: string;
  readonly noValue: string;
  readonly more: (count: string) => string;
  /** A long row of numbers: how many, and what they add up to. */
  readonly row: (length: string, sum: string) => string;
  readonly print: string;
  readonly open: string;
  readonly failed: string;
}

const en: PlanWords = {
  plans: 'Plans',
  make: 'Make a plan',
  nextVersion: 'Make the next version',
  none: 'No plan yet',
  noneText: 'A plan is made in the studio from a photograph: region, recipe, map of dots, predicted result.',
  version: (n) => `Version ${n}`,
  madeOn: 'Made',
  treatment: 'Treatment',
  state: 'State',
  unsigned: 'Not signed',
  signedBy: (name, when) => `Signed by ${name}, ${when}`,
  superseded: 'superseded',
  signature: 'Signature',
  sign: 'Sign this version',
  signText:
    'A signed version cannot change. A later version takes its place and needs a signature of its own.',
  contentHash: 'SHA-256 of what was signed',
  notLatest: 'This is not the latest version.',
  toLatest: 'Open the latest',
  again: 'Run again',
  againText: 'Makes the plan again from its stored inputs and photo and compares every value.',
  identical: 'The same in every value.',
  differs: (count) => `Values that differ: ${count}`,
  reasons: {
    'engine-version': 'It was made by another version of the engine.',
    'picture-not-kept':
      'The pixels it was made from were not kept; the photo was decoded by another program than then.',
    'scars-not-kept': 'The scars of the zone are a mask of their own, which no plan keeps.',
    arithmetic:
      'No stored input explains this. Another browser, Node or processor made it, whose arithmetic can differ in the last digit; if more differs, report it.',
  },
  compare: 'Compare',
  compareHelp: 'Choose two versions to compare.',
  same: 'Nothing differs.',
  value: 'Value',
  noValue: 'none',
  more: (count) => `and ${count} more`,
  row: (length, sum) => `${length} values, sum ${sum}`,
  print: 'Print',
  open: 'Open',
  failed: 'That did not work; nothing was changed.',
};

const hi: PlanWords = {
  plans: 'योजनाएँ',
  make: 'योजना बनाएँ',
  nextVersion: 'अगला संस्करण बनाएँ',
  none: 'अभी कोई योजना नहीं',
  noneText: 'योजना स्टूडियो में फ़ोटो से बनती है: क्षेत्र, मिश्रण, बिंदुओं का नक्शा, अनुमानित परिणाम।',
  version: (n) => `संस्करण ${n}`,
  madeOn: 'बनाया',
  treatment: 'उपचार',
  state: 'स्थिति',
  unsigned: 'हस्ताक्षर नहीं',
  signedBy: (name, when) => `हस्ताक्षर: ${name}, ${when}`,
  superseded: 'नया संस्करण है',
  signature: 'हस्ताक्षर',
  sign: 'इस संस्करण पर हस्ताक्षर करें',
  signText: 'हस्ताक्षरित संस्करण बदल नहीं सकता। बाद का संस्करण उसकी जगह लेता है और उसे अपना हस्ताक्षर चाहिए।',
  contentHash: 'हस्ताक्षरित सामग्री का SHA-256',
  notLatest: 'यह नवीनतम संस्करण नहीं है।',
  toLatest: 'नवीनतम खोलें',
  again: 'फिर से चलाएँ',
  againText: 'सहेजे गए आँकड़ों और फ़ोटो से योजना फिर बनती है और हर मान की तुलना होती है।',
  identical: 'वही, हर मान में।',
  differs: (count) => `${count} मान अलग हैं।`,
  reasons: {
    'engine-version': 'यह इंजन के दूसरे संस्करण से बनी थी।',
    'picture-not-kept': 'जिन पिक्सेलों से यह बनी वे नहीं रखे गए; फ़ोटो दूसरे प्रोग्राम ने खोली।',
    'scars-not-kept': 'निशानों का अलग मास्क होता है, जो योजना में नहीं रखा जाता।',
    arithmetic:
      'कोई सहेजा आँकड़ा कारण नहीं। यह दूसरे ब्राउज़र या प्रोसेसर पर बनी, जिसका गणित अंतिम अंक में अलग हो सकता है; इससे अधिक हो तो बताएँ।',
  },
  compare: 'तुलना करें',
  compareHelp: 'तुलना के लिए दो संस्करण चुनें।',
  same: 'कुछ भी अलग नहीं।',
  value: 'मान',
  noValue: 'नहीं',
  more: (count) => `और ${count}`,
  row: (length, sum) => `${length} मान, योग ${sum}`,
  print: 'छापें',
  open: 'खोलें',
  failed: 'यह नहीं हुआ; कुछ बदला नहीं।',
};

const bn: PlanWords = {
  plans: 'পরিকল্পনা',
  make: 'পরিকল্পনা করুন',
  nextVersion: 'পরের সংস্করণ করুন',
  none: 'এখনও কোনও পরিকল্পনা নেই',
  noneText: 'স্টুডিওতে ছবি থেকে পরিকল্পনা হয়: অঞ্চল, মিশ্রণ, বিন্দুর মানচিত্র, সম্ভাব্য ফল।',
  version: (n) => `সংস্করণ ${inDigitsOf('bn', `${n}`)}`,
  madeOn: 'তৈরি',
  treatment: 'চিকিৎসা',
  state: 'অবস্থা',
  unsigned: 'স্বাক্ষর নেই',
  signedBy: (name, when) => `স্বাক্ষর: ${name}, ${when}`,
  superseded: 'নতুন সংস্করণ আছে',
  signature: 'স্বাক্ষর',
  sign: 'এই সংস্করণে স্বাক্ষর করুন',
  signText: 'স্বাক্ষরিত সংস্করণ বদলায় না। পরের সংস্করণ তার জায়গা নেয় এবং তার নিজের স্বাক্ষর লাগে।',
  contentHash: 'স্বাক্ষরিত বিষয়ের SHA-256',
  notLatest: 'এটি সর্বশেষ সংস্করণ নয়।',
  toLatest: 'সর্বশেষটি খুলুন',
  again: 'আবার চালান',
  againText: 'রাখা তথ্য ও ছবি থেকে পরিকল্পনা আবার তৈরি হয় এবং প্রতিটি মান মেলানো হয়।',
  identical: 'একই, প্রতিটি মানে।',
  differs: (count) => `${inDigitsOf('bn', `${count}`)}টি মান আলাদা।`,
  reasons: {
    'engine-version': 'এটি ইঞ্জিনের অন্য সংস্করণে তৈরি।',
    'picture-not-kept': 'যে পিক্সেল থেকে তৈরি তা রাখা হয়নি; ছবিটি অন্য প্রোগ্রাম খুলেছে।',
    'scars-not-kept': 'দাগের আলাদা মাস্ক থাকে, যা পরিকল্পনায় রাখা হয় না।',
    arithmetic: 'রাখা কোনও তথ্য এর কারণ নয়। অন্য ব্রাউজার বা প্রসেসরে তৈরি, যার গণনা শেষ অঙ্কে আলাদা হতে পারে; বেশি হলে জানান।',
  },
  compare: 'তুলনা করুন',
  compareHelp: 'তুলনার জন্য দুটি সংস্করণ বেছে নিন।',
  same: 'কিছুই আলাদা নয়।',
  value: 'মান',
  noValue: 'নেই',
  more: (count) => `আরও ${count}টি`,
  row: (length, sum) => `${length}টি মান, যোগফল ${sum}`,
  print: 'ছাপুন',
  open: 'খুলুন',
  failed: 'হল না; কিছু বদলায়নি।',
};

const ne: PlanWords = {
  plans: 'योजनाहरू',
  make: 'योजना बनाउनुहोस्',
  nextVersion: 'अर्को संस्करण बनाउनुहोस्',
  none: 'अहिलेसम्म योजना छैन',
  noneText: 'स्टुडियोमा तस्बिरबाट योजना बन्छ: क्षेत्र, मिश्रण, थोप्लाको नक्सा, अनुमानित नतिजा।',
  version: (n) => `संस्करण ${inDigitsOf('ne', `${n}`)}`,
  madeOn: 'बनाइएको',
  treatment: 'उपचार',
  state: 'अवस्था',
  unsigned: 'हस्ताक्षर छैन',
  signedBy: (name, when) => `हस्ताक्षर: ${name}, ${when}`,
  superseded: 'नयाँ संस्करण छ',
  signature: 'हस्ताक्षर',
  sign: 'यो संस्करणमा हस्ताक्षर गर्नुहोस्',
  signText: 'हस्ताक्षर भएको संस्करण बदलिँदैन। पछिको संस्करणले त्यसको ठाउँ लिन्छ र आफ्नै हस्ताक्षर चाहिन्छ।',
  contentHash: 'हस्ताक्षर गरिएको कुराको SHA-256',
  notLatest: 'यो पछिल्लो संस्करण होइन।',
  toLatest: 'पछिल्लो खोल्नुहोस्',
  again: 'फेरि चलाउनुहोस्',
  againText: 'राखिएका तथ्य र तस्बिरबाट योजना फेरि बनाएर हरेक मान तुलना गरिन्छ।',
  identical: 'उही, हरेक मानमा।',
  differs: (count) => `${inDigitsOf('ne', `${count}`)} मान फरक छन्।`,
  reasons: {
    'engine-version': 'यो इन्जिनको अर्को संस्करणले बनाएको हो।',
    'picture-not-kept': 'जुन पिक्सेलबाट बन्यो ती राखिएनन्; तस्बिर अर्कै प्रोग्रामले खोल्यो।',
    'scars-not-kept': 'दागको छुट्टै मास्क हुन्छ, जुन योजनामा राखिँदैन।',
    arithmetic:
      'राखिएको कुनै तथ्य कारण होइन। अर्को ब्राउजर वा प्रोसेसरमा बनेको, जसको गणना अन्तिम अङ्कमा फरक हुन सक्छ; बढी भए जानकारी दिनुहोस्।',
  },
  compare: 'तुलना गर्नुहोस्',
  compareHelp: 'तुलनाका लागि दुई संस्करण छान्नुहोस्।',
  same: 'केही फरक छैन।',
  value: 'मान',
  noValue: 'छैन',
  more: (count) => `र ${count} अरू`,
  row: (length, sum) => `${length} मान, जोड ${sum}`,
  print: 'छाप्नुहोस्',
  open: 'खोल्नुहोस्',
  failed: 'भएन; केही बदलिएन।',
};

export const planWords: Readonly<Record<Locale, PlanWords>> = { en, hi, bn, ne };
