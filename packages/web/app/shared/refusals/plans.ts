import type { Saying } from '@undertone/engine/words/index.ts';

/** Why a plan, its parts or its draft were not kept, signed or made again (`clinic/planning`). */
export const planRefusals: readonly Saying[] = [
  {
    en: 'There is no such plan.',
    hi: 'ऐसी कोई योजना नहीं है।',
    bn: 'এমন কোনো পরিকল্পনা নেই।',
    ne: 'यस्तो कुनै योजना छैन।',
  },
  {
    en: 'The plan belongs to another patient; begin a new plan.',
    hi: 'योजना किसी और मरीज़ की है; नई योजना शुरू करें।',
    bn: 'পরিকল্পনাটি অন্য রোগীর; নতুন পরিকল্পনা শুরু করুন।',
    ne: 'योजना अर्कै बिरामीको हो; नयाँ योजना सुरु गर्नुहोस्।',
  },
  {
    en: 'The plan keeps no {part}.',
    hi: 'योजना में {part} नहीं रखा है।',
    bn: 'পরিকল্পনায় {part} রাখা নেই।',
    ne: 'योजनामा {part} राखिएको छैन।',
  },
  {
    en: 'The {part} cannot be kept as {type:word}; give {types}.',
    hi: '{part} को {type} के रूप में नहीं रखा जा सकता; {types} दें।',
    bn: '{part} {type} হিসেবে রাখা যায় না; {types} দিন।',
    ne: '{part} लाई {type} का रूपमा राख्न सकिँदैन; {types} दिनुहोस्।',
  },
  {
    en: 'The photo is not the one the plan was made from; send the original file, unchanged.',
    hi: 'यह वह फ़ोटो नहीं है जिससे योजना बनी; मूल फ़ाइल बिना बदले भेजें।',
    bn: 'যে ছবি থেকে পরিকল্পনা হয়েছিল এটি সেটি নয়; আসল ফাইল না বদলে পাঠান।',
    ne: 'योजना बनाइएको फोटो यो होइन; मूल फाइल नबदली पठाउनुहोस्।',
  },
  {
    en: 'This version was saved without its photograph; nothing can be made again from it.',
    hi: 'यह संस्करण फ़ोटो के बिना सहेजा गया; इससे कुछ फिर नहीं बनाया जा सकता।',
    bn: 'এই সংস্করণ ছবি ছাড়া সংরক্ষিত; এ থেকে কিছু আবার করা যায় না।',
    ne: 'यो संस्करण फोटोबिना राखियो; यसबाट केही फेरि बनाउन सकिँदैन।',
  },
  {
    en: 'The plan was made with inputs this version does not know: {inputs}.',
    hi: 'योजना ऐसी जानकारी से बनी जिसे यह संस्करण नहीं जानता: {inputs}।',
    bn: 'পরিকল্পনাটি এমন তথ্য থেকে করা যা এই সংস্করণ জানে না: {inputs}।',
    ne: 'योजना यस संस्करणले नचिन्ने जानकारीबाट बनेको हो: {inputs}।',
  },
  {
    en: 'Version {version:n} has been followed by version {latest:n}; read and sign that one.',
    hi: 'संस्करण {version} के बाद संस्करण {latest} आ चुका है; उसे पढ़ें और उस पर हस्ताक्षर करें।',
    bn: 'সংস্করণ {version}-এর পরে সংস্করণ {latest} এসেছে; সেটি পড়ে স্বাক্ষর করুন।',
    ne: 'संस्करण {version} पछि संस्करण {latest} आइसकेको छ; त्यो पढेर हस्ताक्षर गर्नुहोस्।',
  },
  {
    en: 'This version is signed already.',
    hi: 'इस संस्करण पर हस्ताक्षर हो चुके हैं।',
    bn: 'এই সংস্করণে স্বাক্ষর হয়ে গেছে।',
    ne: 'यो संस्करणमा हस्ताक्षर भइसकेको छ।',
  },
  {
    en: 'The mask’s runs do not fill the photo.',
    hi: 'मास्क फ़ोटो को पूरा नहीं ढकता।',
    bn: 'মাস্ক ছবিটি পুরো ঢাকে না।',
    ne: 'मास्कले फोटो पूरै ढाक्दैन।',
  },
  {
    en: 'The file is no JSON; choose the plan.json of a plan.',
    hi: 'फ़ाइल JSON नहीं है; किसी योजना की plan.json चुनें।',
    bn: 'ফাইলটি JSON নয়; কোনো পরিকল্পনার plan.json বাছুন।',
    ne: 'फाइल JSON होइन; कुनै योजनाको plan.json छान्नुहोस्।',
  },
  {
    en: 'The file is no plan; choose the plan.json of a plan.',
    hi: 'फ़ाइल योजना नहीं है; किसी योजना की plan.json चुनें।',
    bn: 'ফাইলটি পরিকল্পনা নয়; কোনো পরিকল্পনার plan.json বাছুন।',
    ne: 'फाइल योजना होइन; कुनै योजनाको plan.json छान्नुहोस्।',
  },
  {
    en: 'Not usable: {problem}.',
    hi: 'काम नहीं आ सकता: {problem}।',
    bn: 'ব্যবহার করা যায় না: {problem}।',
    ne: 'काम लाग्दैन: {problem}।',
  },
  {
    en: 'The plan was made from {width:n} x {height:n} pixels, the picture sent with it has others; make the plan again.',
    hi: 'योजना {width} × {height} पिक्सेल से बनी, साथ भेजी तस्वीर अलग है; योजना फिर बनाएँ।',
    bn: 'পরিকল্পনাটি {width} × {height} পিক্সেল থেকে করা, সঙ্গে পাঠানো ছবি আলাদা; পরিকল্পনা আবার করুন।',
    ne: 'योजना {width} × {height} पिक्सेलबाट बनेको हो, सँगै पठाइएको तस्बिर फरक छ; योजना फेरि बनाउनुहोस्।',
  },
  {
    en: 'The picture of {name} is missing; make the plan again.',
    hi: '{name} की तस्वीर नहीं है; योजना फिर बनाएँ।',
    bn: '{name}-এর ছবি নেই; পরিকল্পনা আবার করুন।',
    ne: '{name} को तस्बिर छैन; योजना फेरि बनाउनुहोस्।',
  },
  {
    en: 'This is no id of a draft.',
    hi: 'यह किसी मसौदे की पहचान नहीं है।',
    bn: 'এটি কোনো খসড়ার পরিচয় নয়।',
    ne: 'यो कुनै मस्यौदाको पहिचान होइन।',
  },
  {
    en: 'There is no such draft; it may have become a plan, or been discarded.',
    hi: 'ऐसा कोई मसौदा नहीं है; शायद वह योजना बन गया या हटा दिया गया।',
    bn: 'এমন কোনো খসড়া নেই; হয়তো পরিকল্পনা হয়ে গেছে বা ফেলে দেওয়া হয়েছে।',
    ne: 'यस्तो कुनै मस्यौदा छैन; सायद त्यो योजना भयो वा हटाइयो।',
  },
  {
    en: 'The draft has become a plan or was discarded since; what was done goes on as a new one.',
    hi: 'इस बीच मसौदा योजना बन गया या हटा दिया गया; जो काम हुआ वह नए मसौदे के रूप में चलता है।',
    bn: 'এর মধ্যে খসড়াটি পরিকল্পনা হয়েছে বা ফেলে দেওয়া হয়েছে; যা করা হয়েছে তা নতুন খসড়া হিসেবে চলবে।',
    ne: 'यसबीच मस्यौदा योजना भयो वा हटाइयो; गरिएको काम नयाँ मस्यौदाका रूपमा चल्छ।',
  },
  {
    en: 'The draft was saved from another device since; what was done here goes on as a draft of its own.',
    hi: 'इस बीच मसौदा किसी दूसरे उपकरण से सहेजा गया; यहाँ का काम अलग मसौदे के रूप में चलता है।',
    bn: 'এর মধ্যে অন্য যন্ত্র থেকে খসড়াটি সংরক্ষিত হয়েছে; এখানকার কাজ আলাদা খসড়া হিসেবে চলবে।',
    ne: 'यसबीच मस्यौदा अर्को यन्त्रबाट राखियो; यहाँको काम छुट्टै मस्यौदाका रूपमा चल्छ।',
  },
  {
    en: 'Steps the draft names have not arrived; they are sent again.',
    hi: 'मसौदे के कुछ चरण नहीं पहुँचे; वे फिर भेजे जा रहे हैं।',
    bn: 'খসড়ার কিছু ধাপ পৌঁছয়নি; আবার পাঠানো হচ্ছে।',
    ne: 'मस्यौदाका केही चरण आइपुगेनन्; फेरि पठाइँदै छन्।',
  },
  {
    en: 'The plan has version {found}, this program reads version 1; update the program.',
    hi: 'योजना का संस्करण {found} है, यह प्रोग्राम संस्करण 1 पढ़ता है; प्रोग्राम अपडेट करें।',
    bn: 'পরিকল্পনার সংস্করণ {found}, এই প্রোগ্রাম সংস্করণ ১ পড়ে; প্রোগ্রাম আপডেট করুন।',
    ne: 'योजनाको संस्करण {found} हो, यो प्रोग्रामले संस्करण १ पढ्छ; प्रोग्राम अद्यावधिक गर्नुहोस्।',
  },
];
