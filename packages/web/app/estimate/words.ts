import type { Locale } from '../locales/index.ts';
import type { ExtentId, ReasonId, Treatment } from './rules.ts';

export interface EstimateWords {
  readonly title: string;
  readonly lead: string;
  readonly treatments: Readonly<Record<Treatment, string>>;
  readonly choose: string;
  readonly other: string;
  readonly where: string;
  readonly extents: Readonly<Record<ExtentId, string>>;
  readonly why: string;
  readonly reasons: Readonly<Record<ReasonId, string>>;
  readonly show: string;
  readonly result: string;
  readonly visits: string;
  readonly visitsRange: (least: string, most: string) => string;
  readonly retouch: string;
  readonly tax: string;
  readonly taxFixed: (percent: string) => string;
  readonly taxRange: (least: string, most: string) => string;
  readonly perVisit: string;
  readonly priceOpen: string;
  readonly total: string;
  readonly totalRange: (least: string, most: string) => string;
  readonly deposit: string;
  readonly moves: string;
  readonly drivers: readonly string[];
  readonly notAPromise: string;
  readonly unreviewed: string;
  readonly source: string;
  readonly check: string;
  readonly talk: string;
}

export const estimateWords: Readonly<Record<Locale, EstimateWords>> = {
  en: {
    title: 'What may it cost?',
    lead: 'An estimate is a range. What moves it is shown with it.',
    treatments: { scalp: 'Scalp', lip: 'Lips', vitiligo: 'Vitiligo' },
    choose: 'What is to be treated?',
    other: 'Choose another treatment',
    where: 'Where, and how much of it?',
    extents: {
      hairline: 'Hairline',
      crown: 'Crown',
      full: 'Whole top of the head',
      'scalp-scar': 'A scar on the scalp',
      'lip-scar': 'A scar of the lip',
      'dark-lips': 'Dark lips, upper or lower or both',
      'trunk-limb': 'A patch on trunk, arm or leg',
      'hand-foot': 'A patch on hand or foot',
      'lip-patch': 'A patch on the lips',
    },
    why: 'Why? It decides the tax.',
    reasons: {
      cosmetic: 'For the look: hair loss, lips darker than I wish',
      'born-or-injured': 'From birth, or after an injury, accident or operation',
      vitiligo: 'Vitiligo',
    },
    show: 'Show the estimate',
    result: 'The estimate',
    visits: 'Visits with needles',
    visitsRange: (least, most) => (least === most ? least : `${least} to ${most}`),
    retouch: 'The higher number has one retouch in it, until your plan says that it is included.',
    tax: 'Tax (GST)',
    taxFixed: (percent) => `${percent} %`,
    taxRange: (least, most) =>
      `${least} to ${most} %: not settled for this reason; the clinic’s accountant decides`,
    perVisit: 'Price of a visit, before tax',
    priceOpen: 'To be completed by the clinic',
    total: 'Altogether, tax included',
    totalRange: (least, most) => `${least} to ${most}`,
    deposit: 'Deposit',
    moves: 'What moves it',
    drivers: [
      'Area: it is measured from your photograph, in square centimetres.',
      'Number of visits: how the first one heals decides about the next.',
      'Scars take slower passes.',
      'Consultation and test spot are separate.',
      'Colour fades. A later refresh is a new visit with its own price.',
    ],
    notAPromise:
      'The doctor examines you before any price is agreed. The plan you sign names visits, price, tax and retouch.',
    unreviewed: 'Numbers of visits have not yet been reviewed by a clinician.',
    source: 'Source',
    check: 'Go to the self-check',
    talk: 'Book a talk with the doctor',
  },
  hi: {
    title: 'ख़र्च कितना हो सकता है?',
    lead: 'अनुमान एक सीमा है। वह किससे बदलता है, यह साथ में दिखता है।',
    treatments: { scalp: 'सिर', lip: 'होंठ', vitiligo: 'विटिलिगो' },
    choose: 'किस जगह का उपचार?',
    other: 'दूसरा उपचार चुनें',
    where: 'कहाँ, और कितना हिस्सा?',
    extents: {
      hairline: 'बालों की आगे की रेखा',
      crown: 'सिर का ऊपरी-पिछला भाग',
      full: 'सिर का पूरा ऊपरी भाग',
      'scalp-scar': 'सिर पर निशान',
      'lip-scar': 'होंठ का निशान',
      'dark-lips': 'काले होंठ, ऊपर, नीचे या दोनों',
      'trunk-limb': 'धड़, बाँह या टाँग पर दाग',
      'hand-foot': 'हाथ या पैर पर दाग',
      'lip-patch': 'होंठों पर दाग',
    },
    why: 'किस कारण? कर इसी से तय होता है।',
    reasons: {
      cosmetic: 'रूप के लिए: बाल झड़ना, होंठ चाहत से काले',
      'born-or-injured': 'जन्म से, या चोट, दुर्घटना या ऑपरेशन के बाद',
      vitiligo: 'विटिलिगो',
    },
    show: 'अनुमान देखें',
    result: 'अनुमान',
    visits: 'सुई वाली मुलाक़ातें',
    visitsRange: (least, most) => (least === most ? least : `${least} से ${most}`),
    retouch: 'बड़ी संख्या में एक रीटच शामिल है, जब तक योजना में न लिखा हो कि वह साथ है।',
    tax: 'कर (GST)',
    taxFixed: (percent) => `${percent} %`,
    taxRange: (least, most) => `${least} से ${most} %: इस कारण के लिए तय नहीं; क्लिनिक का लेखाकार तय करता है`,
    perVisit: 'एक मुलाक़ात की क़ीमत, कर से पहले',
    priceOpen: 'क्लिनिक को भरना है',
    total: 'कुल, कर सहित',
    totalRange: (least, most) => `${least} से ${most}`,
    deposit: 'अग्रिम',
    moves: 'किससे बदलता है',
    drivers: [
      'क्षेत्र: आपकी तस्वीर से वर्ग सेंटीमीटर में नापा जाता है।',
      'मुलाक़ातों की संख्या: पहली कैसे भरती है, उससे अगली तय होती है।',
      'निशानों पर धीरे काम होता है।',
      'परामर्श और परीक्षण बिंदु अलग हैं।',
      'रंग हल्का पड़ता है। बाद में ताज़ा करना नई मुलाक़ात है, अपनी क़ीमत के साथ।',
    ],
    notAPromise:
      'क़ीमत तय होने से पहले डॉक्टर जाँच करते हैं। जिस योजना पर आप हस्ताक्षर करते हैं उसमें मुलाक़ातें, क़ीमत, कर और रीटच लिखे होते हैं।',
    unreviewed: 'मुलाक़ातों की संख्या की किसी चिकित्सक ने अभी समीक्षा नहीं की है।',
    source: 'स्रोत',
    check: 'स्वयं-जाँच पर जाएँ',
    talk: 'डॉक्टर से बात का समय लें',
  },
  bn: {
    title: 'খরচ কত হতে পারে?',
    lead: 'আন্দাজ একটি সীমা। কীসে তা বদলায়, সঙ্গে দেখানো হয়।',
    treatments: { scalp: 'মাথা', lip: 'ঠোঁট', vitiligo: 'শ্বেতী' },
    choose: 'কোথায় চিকিৎসা?',
    other: 'অন্য চিকিৎসা বেছে নিন',
    where: 'কোথায়, কতটা?',
    extents: {
      hairline: 'চুলের সামনের রেখা',
      crown: 'মাথার চাঁদি',
      full: 'মাথার পুরো উপরের ভাগ',
      'scalp-scar': 'মাথায় দাগ',
      'lip-scar': 'ঠোঁটের কাটা দাগ',
      'dark-lips': 'কালো ঠোঁট, উপরের, নিচের বা দুটিই',
      'trunk-limb': 'শরীর, হাত বা পায়ের উপর সাদা দাগ',
      'hand-foot': 'হাতের পাতা বা পায়ের পাতায় সাদা দাগ',
      'lip-patch': 'ঠোঁটে সাদা দাগ',
    },
    why: 'কেন? কর এতেই ঠিক হয়।',
    reasons: {
      cosmetic: 'দেখতে ভালো লাগার জন্য: চুল পড়া, ঠোঁট বেশি কালো',
      'born-or-injured': 'জন্ম থেকে, বা আঘাত, দুর্ঘটনা, অপারেশনের পরে',
      vitiligo: 'শ্বেতী',
    },
    show: 'আন্দাজ দেখান',
    result: 'আন্দাজ',
    visits: 'সুচের সাক্ষাৎ',
    visitsRange: (least, most) => (least === most ? least : `${least} থেকে ${most}`),
    retouch: 'বড় সংখ্যাটিতে একটি রিটাচ ধরা আছে, যতক্ষণ পরিকল্পনায় লেখা না থাকে যে সেটি সঙ্গে আছে।',
    tax: 'কর (GST)',
    taxFixed: (percent) => `${percent} %`,
    taxRange: (least, most) => `${least} থেকে ${most} %: এই কারণে ঠিক হয়নি; ক্লিনিকের হিসাবরক্ষক ঠিক করেন`,
    perVisit: 'এক সাক্ষাতের দাম, করের আগে',
    priceOpen: 'ক্লিনিককে লিখতে হবে',
    total: 'মোট, কর ধরে',
    totalRange: (least, most) => `${least} থেকে ${most}`,
    deposit: 'অগ্রিম',
    moves: 'কীসে বদলায়',
    drivers: [
      'জায়গা: আপনার ছবি থেকে বর্গ সেন্টিমিটারে মাপা হয়।',
      'সাক্ষাতের সংখ্যা: প্রথমটি কেমন শুকোয়, তাতে পরেরটি ঠিক হয়।',
      'কাটা দাগে ধীরে কাজ করতে হয়।',
      'পরামর্শ ও পরীক্ষামূলক বিন্দু আলাদা।',
      'রং ফিকে হয়। পরে তাজা করা নতুন সাক্ষাৎ, তার নিজের দামে।',
    ],
    notAPromise: 'দাম ঠিক হওয়ার আগে ডাক্তার দেখেন। যে পরিকল্পনায় সই করেন তাতে সাক্ষাৎ, দাম, কর ও রিটাচ লেখা থাকে।',
    unreviewed: 'সাক্ষাতের সংখ্যা কোনো চিকিৎসক এখনও পর্যালোচনা করেননি।',
    source: 'সূত্র',
    check: 'যাচাইয়ে যান',
    talk: 'ডাক্তারের সঙ্গে কথার সময় নিন',
  },
  ne: {
    title: 'खर्च कति हुन सक्छ?',
    lead: 'अनुमान एउटा सीमा हो। के ले बदल्छ, सँगै देखिन्छ।',
    treatments: { scalp: 'टाउको', lip: 'ओठ', vitiligo: 'दुबी' },
    choose: 'कहाँको उपचार?',
    other: 'अर्को उपचार रोज्नुहोस्',
    where: 'कहाँ, कति भाग?',
    extents: {
      hairline: 'कपालको अगाडिको रेखा',
      crown: 'टाउकोको टुप्पो',
      full: 'टाउकोको पूरै माथिल्लो भाग',
      'scalp-scar': 'टाउकोमा खत',
      'lip-scar': 'ओठको खत',
      'dark-lips': 'कालो ओठ, माथि, तल वा दुवै',
      'trunk-limb': 'शरीर, पाखुरा वा खुट्टामा दाग',
      'hand-foot': 'हात वा पैतालामा दाग',
      'lip-patch': 'ओठमा दाग',
    },
    why: 'किन? कर यसैले तय हुन्छ।',
    reasons: {
      cosmetic: 'रूपका लागि: कपाल झर्नु, ओठ चाहेभन्दा कालो',
      'born-or-injured': 'जन्मदेखि, वा चोट, दुर्घटना वा शल्यक्रियापछि',
      vitiligo: 'दुबी',
    },
    show: 'अनुमान देखाउनुहोस्',
    result: 'अनुमान',
    visits: 'सियोका भेट',
    visitsRange: (least, most) => (least === most ? least : `${least} देखि ${most}`),
    retouch: 'ठूलो सङ्ख्यामा एउटा रिटच छ, योजनामा समावेश छ भनी नलेखिएसम्म।',
    tax: 'कर (GST)',
    taxFixed: (percent) => `${percent} %`,
    taxRange: (least, most) => `${least} देखि ${most} %: यस कारणका लागि टुङ्गो छैन; क्लिनिकको लेखापालले तय गर्छ`,
    perVisit: 'एक भेटको मूल्य, करअघि',
    priceOpen: 'क्लिनिकले भर्नुपर्छ',
    total: 'जम्मा, करसहित',
    totalRange: (least, most) => `${least} देखि ${most}`,
    deposit: 'अग्रिम',
    moves: 'के ले बदल्छ',
    drivers: [
      'क्षेत्र: तपाईंको तस्बिरबाट वर्ग सेन्टिमिटरमा नापिन्छ।',
      'भेटको सङ्ख्या: पहिलो कसरी निको हुन्छ, त्यसले अर्को तय गर्छ।',
      'खतमा बिस्तारै काम गरिन्छ।',
      'परामर्श र परीक्षण थोप्लो छुट्टै हुन्।',
      'रङ फिका हुन्छ। पछि ताजा गर्नु नयाँ भेट हो, आफ्नै मूल्यमा।',
    ],
    notAPromise: 'मूल्य तय हुनुअघि डाक्टरले जाँच्नुहुन्छ। तपाईंले सही गर्ने योजनामा भेट, मूल्य, कर र रिटच लेखिन्छ।',
    unreviewed: 'भेटको सङ्ख्या कुनै चिकित्सकले अझै समीक्षा गरेका छैनन्।',
    source: 'स्रोत',
    check: 'जाँचमा जानुहोस्',
    talk: 'डाक्टरसँग कुरा गर्ने समय लिनुहोस्',
  },
};
