import type { Locale } from '../locales/index.ts';

const en = {
  title: 'Pigments',
  lead: 'Measure the pigments on your own shelf once; recipes are then searched among them. Until you do, the sample set is used: paints, for learning.',
  steps: [
    {
      title: 'Draw down',
      texts: [
        'Shake each bottle until nothing is left at the bottom, and note its lot.',
        'Best: draw each pigment 100 µm wet over a card that is black and white. Weigh the card before and after drying; divide by the area: mg/cm². The backing must still show a little.',
        'Or: paint each pigment until black and white cannot be told apart (masstone), and a second card with titanium white, about 1 : 2 by mass, both weighed to 0.01 g (tint). White itself is needed as a masstone.',
      ],
    },
    {
      title: 'Read',
      texts: [
        'Let everything dry for a day.',
        'Read 400 to 700 nm with a spectrophotometer, three times each, lifting the head between. Leave the gloss out, or say below that it is in.',
      ],
    },
    {
      title: 'Write the file',
      texts: [
        'One CSV: wavelength_nm first, then one column a reading, as a fraction from 0 to 1.',
        'Over black and white: backing|black|rep1, backing|white|rep1, film|red:0.8|black|rep1, film|red:0.8|white|rep1. With white: masstone|white|rep1, masstone|red|rep1, mix_by_mass|red:0.29+white:0.59|rep1.',
      ],
    },
  ],
  file: 'Your file',
  choose: 'Choose a CSV or JSON file',
  gloss: 'The instrument saw the gloss (sphere, specular included)',
  unusable: 'This file cannot be used as it is.',
  whatToDo: 'Correct the place named above in the file and choose it again. Nothing was saved.',
  everyCheckPassed: 'No check asks for another drawdown.',
  drawAgain: (names: string) => `Look again at: ${names}`,
  good: 'Good',
  doubtful: 'Doubtful',
  uncertainty: (percent: string) => `Absorption known to about ± ${percent}`,
  ciNumber: 'Colour Index number',
  ciFault: 'Five digits, for example 77491, or nothing.',
  swatch: (name: string) => `Colour of ${name}, opaque, on a neutral ground, as sRGB`,
  curve: (name: string, violet: string, green: string, red: string) =>
    `Reflectance of ${name}: ${violet} at 400 nm, ${green} at 550 nm, ${red} at 700 nm`,
  curveHelp:
    'Drawn through: the opaque pigment. Dashed: mixed one to one with white. Both are calculated from absorption and scattering, on paper and not in skin. Colours are shown as sRGB.',
  reflectance: 'Reflectance of the opaque pigment, 0 to 1',
  pigment: 'Pigment',
  pigments: 'Pigments',
  name: 'Name of the set',
  source: 'Who measured, when, with which instrument',
  sourceHelp: 'Stays with every recipe made from the set.',
  kind: 'What was drawn down',
  kinds: { ink: 'Ink', paint: 'Paint' },
  doseHelp:
    'How much pigment one treatment leaves in skin is assumed for this set until healed test spots set it.',
  save: 'Save as a set',
  saved: (name: string) => `Saved: ${name}`,
  notSaved: 'Not saved.',
  sets: 'Your sets',
  noSets: 'None yet. Recipes use the sample paints.',
  provenance: 'Measured how, by whom',
  methods: {
    'black-and-white': 'Films over black and white',
    'masstone-and-tint': 'Masstone and white tint',
    given: 'Given',
    mie: 'Calculated from optical constants',
  },
  dose: 'Dose',
  doseCalibrated: 'Calibrated by test spots',
  doseAssumed: 'Assumed',
  saveDate: 'Saved on',
  download: 'Download',
};

export type PigmentWords = typeof en;

const hi: PigmentWords = {
  title: 'रंजक',
  lead: 'अपने शेल्फ़ के रंजक एक बार मापें; फिर नुस्खे उन्हीं में से खोजे जाते हैं। तब तक नमूना समूह काम आता है: पेंट, सीखने के लिए।',
  steps: [
    {
      title: 'लेप बनाएँ',
      texts: [
        'हर बोतल को तब तक हिलाएँ जब तक तले में कुछ न बचे, और उसका लॉट लिखें।',
        'सबसे अच्छा: काले-सफ़ेद कार्ड पर 100 µm गीला लेप खींचें। कार्ड को पहले और सूखने के बाद तौलें; क्षेत्रफल से भाग दें: mg/cm²। नीचे का रंग थोड़ा दिखना चाहिए।',
        'या: हर रंजक को इतना रंगें कि काला और सफ़ेद अलग न दिखें (मासटोन), और दूसरे कार्ड पर टाइटेनियम सफ़ेद के साथ, द्रव्यमान से लगभग 1 : 2, दोनों 0.01 g तक तौले हुए (टिंट)। सफ़ेद का मासटोन भी चाहिए।',
      ],
    },
    {
      title: 'मापें',
      texts: [
        'सबको एक दिन सूखने दें।',
        'स्पेक्ट्रोफ़ोटोमीटर से 400 से 700 nm, हर एक तीन बार, बीच में उठाकर मापें। चमक छोड़ें, या नीचे बताएँ कि वह शामिल है।',
      ],
    },
    {
      title: 'फ़ाइल लिखें',
      texts: [
        'एक CSV: पहले wavelength_nm, फिर हर माप का एक स्तंभ, 0 से 1 के अंश में।',
        'काले-सफ़ेद पर: backing|black|rep1, backing|white|rep1, film|red:0.8|black|rep1, film|red:0.8|white|rep1। सफ़ेद के साथ: masstone|white|rep1, masstone|red|rep1, mix_by_mass|red:0.29+white:0.59|rep1।',
      ],
    },
  ],
  file: 'आपकी फ़ाइल',
  choose: 'CSV या JSON फ़ाइल चुनें',
  gloss: 'उपकरण ने चमक भी देखी (गोला, चमक सहित)',
  unusable: 'यह फ़ाइल इस रूप में काम नहीं आ सकती।',
  whatToDo: 'ऊपर बताई जगह फ़ाइल में सुधारें और उसे फिर चुनें। कुछ सहेजा नहीं गया।',
  everyCheckPassed: 'कोई जाँच दोबारा लेप नहीं माँगती।',
  drawAgain: (names) => `फिर देखें: ${names}`,
  good: 'अच्छा',
  doubtful: 'संदिग्ध',
  uncertainty: (percent) => `अवशोषण लगभग ± ${percent} तक ज्ञात`,
  ciNumber: 'कलर इंडेक्स संख्या',
  ciFault: 'पाँच अंक, जैसे 77491, या खाली।',
  swatch: (name) => `${name} का अपारदर्शी रंग, तटस्थ पृष्ठभूमि पर, sRGB में`,
  curve: (name, violet, green, red) =>
    `${name} की परावर्तकता: 400 nm पर ${violet}, 550 nm पर ${green}, 700 nm पर ${red}`,
  curveHelp:
    'पूरी रेखा: अपारदर्शी रंजक। टूटी रेखा: सफ़ेद के साथ एक-एक। दोनों अवशोषण और प्रकीर्णन से गणित हैं, काग़ज़ पर, त्वचा में नहीं। रंग sRGB में हैं।',
  reflectance: 'अपारदर्शी रंजक की परावर्तकता, 0 से 1',
  pigment: 'रंजक',
  pigments: 'रंजक',
  name: 'समूह का नाम',
  source: 'किसने, कब, किस उपकरण से मापा',
  sourceHelp: 'इस समूह के हर नुस्खे के साथ रहता है।',
  kind: 'किसका लेप बना',
  kinds: { ink: 'स्याही', paint: 'पेंट' },
  doseHelp: 'एक उपचार त्वचा में कितना रंजक छोड़ता है, यह भरे हुए परीक्षण बिंदुओं से तय होने तक मान लिया गया है।',
  save: 'समूह के रूप में सहेजें',
  saved: (name) => `सहेजा गया: ${name}`,
  notSaved: 'सहेजा नहीं गया।',
  sets: 'आपके समूह',
  noSets: 'अभी कोई नहीं। नुस्खे नमूना पेंट लेते हैं।',
  provenance: 'कैसे और किसने मापा',
  methods: {
    'black-and-white': 'काले और सफ़ेद पर परत',
    'masstone-and-tint': 'मासटोन और सफ़ेद टिंट',
    given: 'दिया गया',
    mie: 'प्रकाशीय स्थिरांकों से गणित',
  },
  dose: 'मात्रा',
  doseCalibrated: 'परीक्षण बिंदुओं से तय',
  doseAssumed: 'मानी हुई',
  saveDate: 'सहेजने की तारीख़',
  download: 'डाउनलोड',
};

const bn: PigmentWords = {
  title: 'রঞ্জক',
  lead: 'নিজের তাকের রঞ্জকগুলি একবার মাপুন; তারপর মিশ্রণ সেগুলির মধ্যেই খোঁজা হয়। ততদিন নমুনা সেট চলে: রং, শেখার জন্য।',
  steps: [
    {
      title: 'প্রলেপ দিন',
      texts: [
        'প্রতিটি বোতল ঝাঁকান যতক্ষণ তলায় কিছু না থাকে, আর লট লিখে রাখুন।',
        'সবচেয়ে ভালো: কালো-সাদা কার্ডের উপর 100 µm ভেজা প্রলেপ টানুন। আগে ও শুকানোর পরে কার্ড ওজন করুন; ক্ষেত্রফল দিয়ে ভাগ করুন: mg/cm²। নিচের রং একটু দেখা যেতে হবে।',
        'অথবা: প্রতিটি রঞ্জক এমন করে লাগান যে কালো ও সাদা আলাদা না করা যায় (মাসটোন), আর অন্য কার্ডে টাইটানিয়াম সাদার সঙ্গে, ভরে প্রায় 1 : 2, দুটোই 0.01 g পর্যন্ত ওজন করা (টিন্ট)। সাদার মাসটোনও লাগবে।',
      ],
    },
    {
      title: 'মাপুন',
      texts: [
        'সব একদিন শুকোতে দিন।',
        'স্পেকট্রোফটোমিটারে 400 থেকে 700 nm, প্রতিটি তিনবার, মাঝে তুলে মাপুন। চকচকে প্রতিফলন বাদ দিন, অথবা নিচে বলুন যে তা আছে।',
      ],
    },
    {
      title: 'ফাইল লিখুন',
      texts: [
        'একটি CSV: প্রথমে wavelength_nm, তারপর প্রতি মাপের একটি স্তম্ভ, 0 থেকে 1 ভগ্নাংশে।',
        'কালো-সাদার উপর: backing|black|rep1, backing|white|rep1, film|red:0.8|black|rep1, film|red:0.8|white|rep1। সাদার সঙ্গে: masstone|white|rep1, masstone|red|rep1, mix_by_mass|red:0.29+white:0.59|rep1।',
      ],
    },
  ],
  file: 'আপনার ফাইল',
  choose: 'CSV বা JSON ফাইল বাছুন',
  gloss: 'যন্ত্র চকচকে প্রতিফলনও দেখেছে (গোলক, স্পেকুলার সহ)',
  unusable: 'এই ফাইল এভাবে ব্যবহার করা যায় না।',
  whatToDo: 'উপরে বলা জায়গাটি ফাইলে ঠিক করে আবার বাছুন। কিছুই সংরক্ষিত হয়নি।',
  everyCheckPassed: 'কোনো পরীক্ষা নতুন প্রলেপ চায় না।',
  drawAgain: (names) => `আবার দেখুন: ${names}`,
  good: 'ভালো',
  doubtful: 'সন্দেহজনক',
  uncertainty: (percent) => `শোষণ প্রায় ± ${percent} পর্যন্ত জানা`,
  ciNumber: 'কালার ইনডেক্স নম্বর',
  ciFault: 'পাঁচ অঙ্ক, যেমন 77491, অথবা খালি।',
  swatch: (name) => `${name}-এর অস্বচ্ছ রং, নিরপেক্ষ পটভূমিতে, sRGB`,
  curve: (name, violet, green, red) =>
    `${name}-এর প্রতিফলন: 400 nm-এ ${violet}, 550 nm-এ ${green}, 700 nm-এ ${red}`,
  curveHelp:
    'টানা রেখা: অস্বচ্ছ রঞ্জক। ভাঙা রেখা: সাদার সঙ্গে এক-এক। দুটোই শোষণ ও বিচ্ছুরণ থেকে গণনা, কাগজে, ত্বকে নয়। রং sRGB-তে দেখানো।',
  reflectance: 'অস্বচ্ছ রঞ্জকের প্রতিফলন, 0 থেকে 1',
  pigment: 'রঞ্জক',
  pigments: 'রঞ্জক',
  name: 'সেটের নাম',
  source: 'কে, কবে, কোন যন্ত্রে মেপেছেন',
  sourceHelp: 'এই সেটের প্রতিটি মিশ্রণের সঙ্গে থাকে।',
  kind: 'কীসের প্রলেপ',
  kinds: { ink: 'কালি', paint: 'রং' },
  doseHelp: 'একটি চিকিৎসা ত্বকে কতটা রঞ্জক রাখে তা সেরে ওঠা পরীক্ষা-বিন্দু ঠিক না করা পর্যন্ত অনুমান।',
  save: 'সেট হিসেবে সংরক্ষণ করুন',
  saved: (name) => `সংরক্ষিত: ${name}`,
  notSaved: 'সংরক্ষিত হয়নি।',
  sets: 'আপনার সেট',
  noSets: 'এখনও নেই। মিশ্রণ নমুনা রং ব্যবহার করে।',
  provenance: 'কীভাবে, কে মেপেছেন',
  methods: {
    'black-and-white': 'কালো ও সাদার উপর প্রলেপ',
    'masstone-and-tint': 'মাসটোন ও সাদা টিন্ট',
    given: 'দেওয়া',
    mie: 'আলোকীয় ধ্রুবক থেকে গণনা',
  },
  dose: 'মাত্রা',
  doseCalibrated: 'পরীক্ষা-বিন্দু দিয়ে ঠিক করা',
  doseAssumed: 'অনুমান',
  saveDate: 'সংরক্ষণের তারিখ',
  download: 'ডাউনলোড',
};

const ne: PigmentWords = {
  title: 'रङ्गद्रव्य',
  lead: 'आफ्नो दराजका रङ्गद्रव्य एक पटक नाप्नुहोस्; त्यसपछि मिश्रण तिनैमा खोजिन्छ। त्यतिन्जेल नमुना समूह चल्छ: पेन्ट, सिक्नका लागि।',
  steps: [
    {
      title: 'लेप बनाउनुहोस्',
      texts: [
        'हरेक बोतल पिँधमा केही नबसुन्जेल हल्लाउनुहोस्, र लट लेख्नुहोस्।',
        'सबैभन्दा राम्रो: कालो-सेतो कार्डमा 100 µm भिजेको लेप तान्नुहोस्। कार्ड पहिले र सुकेपछि तौलनुहोस्; क्षेत्रफलले भाग गर्नुहोस्: mg/cm²। तलको रङ अलिकति देखिनुपर्छ।',
        'वा: हरेक रङ्गद्रव्य कालो र सेतो नछुट्टिने गरी लगाउनुहोस् (मासटोन), र अर्को कार्डमा टाइटेनियम सेतोसँग, द्रव्यमानले करिब 1 : 2, दुवै 0.01 g सम्म तौलिएको (टिन्ट)। सेतोको मासटोन पनि चाहिन्छ।',
      ],
    },
    {
      title: 'नाप्नुहोस्',
      texts: [
        'सबैलाई एक दिन सुक्न दिनुहोस्।',
        'स्पेक्ट्रोफोटोमिटरले 400 देखि 700 nm, हरेक तीन पटक, बीचमा उठाएर नाप्नुहोस्। चमक छोड्नुहोस्, वा त्यो समावेश छ भनी तल भन्नुहोस्।',
      ],
    },
    {
      title: 'फाइल लेख्नुहोस्',
      texts: [
        'एउटा CSV: पहिले wavelength_nm, अनि हरेक नापको एउटा स्तम्भ, 0 देखि 1 को अंशमा।',
        'कालो-सेतोमा: backing|black|rep1, backing|white|rep1, film|red:0.8|black|rep1, film|red:0.8|white|rep1। सेतोसँग: masstone|white|rep1, masstone|red|rep1, mix_by_mass|red:0.29+white:0.59|rep1।',
      ],
    },
  ],
  file: 'तपाईंको फाइल',
  choose: 'CSV वा JSON फाइल छान्नुहोस्',
  gloss: 'उपकरणले चमक पनि देख्यो (गोला, चमकसहित)',
  unusable: 'यो फाइल यस रूपमा काम लाग्दैन।',
  whatToDo: 'माथि भनिएको ठाउँ फाइलमा सच्याएर फेरि छान्नुहोस्। केही सुरक्षित गरिएन।',
  everyCheckPassed: 'कुनै जाँचले फेरि लेप माग्दैन।',
  drawAgain: (names) => `फेरि हेर्नुहोस्: ${names}`,
  good: 'राम्रो',
  doubtful: 'शङ्कास्पद',
  uncertainty: (percent) => `अवशोषण करिब ± ${percent} सम्म थाहा`,
  ciNumber: 'कलर इन्डेक्स नम्बर',
  ciFault: 'पाँच अङ्क, जस्तै 77491, वा खाली।',
  swatch: (name) => `${name} को अपारदर्शी रङ, तटस्थ पृष्ठभूमिमा, sRGB`,
  curve: (name, violet, green, red) =>
    `${name} को परावर्तन: 400 nm मा ${violet}, 550 nm मा ${green}, 700 nm मा ${red}`,
  curveHelp:
    'पूरा रेखा: अपारदर्शी रङ्गद्रव्य। टुटेको रेखा: सेतोसँग एक-एक। दुवै अवशोषण र प्रकीर्णनबाट गणना, कागजमा, छालामा होइन। रङ sRGB मा देखाइन्छ।',
  reflectance: 'अपारदर्शी रङ्गद्रव्यको परावर्तन, 0 देखि 1',
  pigment: 'रङ्गद्रव्य',
  pigments: 'रङ्गद्रव्य',
  name: 'समूहको नाम',
  source: 'कसले, कहिले, कुन उपकरणले नाप्यो',
  sourceHelp: 'यस समूहको हरेक मिश्रणसँग रहन्छ।',
  kind: 'केको लेप',
  kinds: { ink: 'मसी', paint: 'पेन्ट' },
  doseHelp: 'एक उपचारले छालामा कति रङ्गद्रव्य छोड्छ, निको भएका परीक्षण बिन्दुले नतोकेसम्म अनुमान हो।',
  save: 'समूहका रूपमा सुरक्षित गर्नुहोस्',
  saved: (name) => `सुरक्षित भयो: ${name}`,
  notSaved: 'सुरक्षित भएन।',
  sets: 'तपाईंका समूह',
  noSets: 'अहिलेसम्म छैन। मिश्रणले नमुना पेन्ट लिन्छ।',
  provenance: 'कसरी, कसले नाप्यो',
  methods: {
    'black-and-white': 'कालो र सेतोमा लेप',
    'masstone-and-tint': 'मासटोन र सेतो टिन्ट',
    given: 'दिइएको',
    mie: 'प्रकाशीय स्थिराङ्कबाट गणना',
  },
  dose: 'मात्रा',
  doseCalibrated: 'परीक्षण बिन्दुले तोकेको',
  doseAssumed: 'अनुमान',
  saveDate: 'सुरक्षित मिति',
  download: 'डाउनलोड',
};

/** Words of the page where a clinic measures its pigments. */
export const pigmentWords: Readonly<Record<Locale, PigmentWords>> = { en, hi, bn, ne };
