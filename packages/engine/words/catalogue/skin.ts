import type { Saying } from '../template.ts';

/** What a reading says of skin, and what is wrong with a reading or with a file of spectra (`skin`). */
export const skinSayings: readonly Saying[] = [
  {
    en: 'Tissue scattering is assumed ({scattering:n} per cm at 500 nm); reflectance cannot measure it.',
    hi: 'ऊतक का प्रकीर्णन माना हुआ है (500 nm पर {scattering} प्रति cm); परावर्तन से वह नापा नहीं जा सकता।',
    bn: 'কলার বিচ্ছুরণ ধরে নেওয়া (৫০০ nm-এ প্রতি cm {scattering}); প্রতিফলন দিয়ে তা মাপা যায় না।',
    ne: 'तन्तुको प्रकीर्णन मानिएको हो (५०० nm मा प्रति cm {scattering}); परावर्तनले त्यो नाप्न सक्दैन।',
  },
  {
    en: 'Little data supports skin this dark (typology angle below 28°); treat every number as uncertain.',
    hi: 'इतनी गहरी त्वचा (टाइपोलॉजी कोण 28° से कम) के लिए आँकड़े कम हैं; हर संख्या को अनिश्चित मानें।',
    bn: 'এত গাঢ় ত্বকের (টাইপোলজি কোণ ২৮°-এর কম) তথ্য কম; প্রতিটি সংখ্যা অনিশ্চিত ধরুন।',
    ne: 'यति गाढा छाला (टाइपोलोजी कोण २८° भन्दा कम) का तथ्याङ्क थोरै छन्; हरेक अङ्कलाई अनिश्चित मान्नुहोस्।',
  },
  {
    en: 'The reading is unlike the forearms that the model learned from; what it infers is less certain.',
    hi: 'यह नाप उन बाँहों जैसा नहीं है जिनसे मॉडल ने सीखा; उसका अनुमान कम पक्का है।',
    bn: 'মাপটি সেই বাহুগুলির মতো নয় যা থেকে মডেল শিখেছে; তার অনুমান কম নির্ভরযোগ্য।',
    ne: 'यो नाप मोडेलले सिकेका पाखुराजस्तो छैन; त्यसको अनुमान कम भरपर्दो छ।',
  },
  {
    en: 'The reading is not well explained as skin (ΔE00 {difference:n}); check the instrument geometry and the place measured.',
    hi: 'यह नाप त्वचा के रूप में ठीक नहीं बैठता (ΔE00 {difference}); उपकरण की ज्यामिति और नापी गई जगह जाँचें।',
    bn: 'মাপটি ত্বক হিসেবে ঠিক মেলে না (ΔE00 {difference}); যন্ত্রের জ্যামিতি ও মাপার জায়গা দেখুন।',
    ne: 'यो नाप छालाका रूपमा राम्ररी मिल्दैन (ΔE00 {difference}); उपकरणको ज्यामिति र नापिएको ठाउँ जाँच्नुहोस्।',
  },
  {
    en: 'The spectrum covers {from:n} to {to:n} nm; 400 to 700 nm are needed. Export the full visible range.',
    hi: 'स्पेक्ट्रम {from} से {to} nm तक है; 400 से 700 nm चाहिए। पूरा दृश्य दायरा निर्यात करें।',
    bn: 'বর্ণালি {from} থেকে {to} nm পর্যন্ত; ৪০০ থেকে ৭০০ nm লাগে। পুরো দৃশ্যমান পরিসর রপ্তানি করুন।',
    ne: 'स्पेक्ट्रम {from} देखि {to} nm सम्म छ; ४०० देखि ७०० nm चाहिन्छ। पूरै दृश्य दायरा निर्यात गर्नुहोस्।',
  },
  {
    en: 'Reflectance at {at:n} nm is {value:n}; it must lie between 0 and 1. Divide percent by 100.',
    hi: '{at} nm पर परावर्तन {value} है; वह 0 और 1 के बीच होना चाहिए। प्रतिशत को 100 से भाग दें।',
    bn: '{at} nm-এ প্রতিফলন {value}; তা ০ ও ১-এর মধ্যে হতে হবে। শতাংশকে ১০০ দিয়ে ভাগ করুন।',
    ne: '{at} nm मा परावर्तन {value} छ; त्यो ० र १ को बीचमा हुनुपर्छ। प्रतिशतलाई १०० ले भाग गर्नुहोस्।',
  },
  {
    en: 'L* {L:n}, a* {a:n}, b* {b:n} cannot be skin; L* lies between 0 and 100, a* and b* within ±60. Check the reading.',
    hi: 'L* {L}, a* {a}, b* {b} त्वचा का नहीं हो सकता; L* 0 और 100 के बीच, a* और b* ±60 के भीतर होते हैं। नाप जाँचें।',
    bn: 'L* {L}, a* {a}, b* {b} ত্বকের হতে পারে না; L* ০ ও ১০০-র মধ্যে, a* ও b* ±৬০-এর মধ্যে থাকে। মাপ দেখুন।',
    ne: 'L* {L}, a* {a}, b* {b} छालाको हुन सक्दैन; L* ० र १०० को बीचमा, a* र b* ±६० भित्र हुन्छन्। नाप जाँच्नुहोस्।',
  },
  {
    en: 'The file is empty; expected a header line and one line per wavelength.',
    hi: 'फ़ाइल ख़ाली है; एक शीर्ष पंक्ति और हर तरंगदैर्घ्य की एक पंक्ति चाहिए।',
    bn: 'ফাইল খালি; একটি শিরোনাম লাইন ও প্রতি তরঙ্গদৈর্ঘ্যে একটি লাইন লাগে।',
    ne: 'फाइल खाली छ; एक शीर्ष पङ्क्ति र हरेक तरङ्गदैर्घ्यको एक पङ्क्ति चाहिन्छ।',
  },
  {
    en: 'Line {line:n}: the first column is "{title}"; it must be wavelength_nm, in nanometres.',
    hi: 'पंक्ति {line}: पहला स्तंभ "{title}" है; वह wavelength_nm होना चाहिए, नैनोमीटर में।',
    bn: 'লাইন {line}: প্রথম স্তম্ভ "{title}"; তা wavelength_nm হতে হবে, ন্যানোমিটারে।',
    ne: 'पङ्क्ति {line}: पहिलो स्तम्भ "{title}" हो; त्यो wavelength_nm हुनुपर्छ, न्यानोमिटरमा।',
  },
  {
    en: 'The file holds no spectra; expected a column per sample and a line per wavelength.',
    hi: 'फ़ाइल में कोई स्पेक्ट्रम नहीं है; हर नमूने का एक स्तंभ और हर तरंगदैर्घ्य की एक पंक्ति चाहिए।',
    bn: 'ফাইলে কোনো বর্ণালি নেই; প্রতি নমুনায় একটি স্তম্ভ ও প্রতি তরঙ্গদৈর্ঘ্যে একটি লাইন লাগে।',
    ne: 'फाइलमा स्पेक्ट्रम छैन; हरेक नमुनाको एक स्तम्भ र हरेक तरङ्गदैर्घ्यको एक पङ्क्ति चाहिन्छ।',
  },
  {
    en: 'Line {line:n}, column {column:n}',
    hi: 'पंक्ति {line}, स्तंभ {column}',
    bn: 'লাইন {line}, স্তম্ভ {column}',
    ne: 'पङ्क्ति {line}, स्तम्भ {column}',
  },
  {
    en: 'Line {line:n}, column "{column}"',
    hi: 'पंक्ति {line}, स्तंभ "{column}"',
    bn: 'লাইন {line}, স্তম্ভ "{column}"',
    ne: 'पङ्क्ति {line}, स्तम्भ "{column}"',
  },
  {
    en: '{where:said}: the sample has no name; give every column a name.',
    hi: '{where}: नमूने का नाम नहीं है; हर स्तंभ को नाम दें।',
    bn: '{where}: নমুনার নাম নেই; প্রতিটি স্তম্ভের নাম দিন।',
    ne: '{where}: नमुनाको नाम छैन; हरेक स्तम्भलाई नाम दिनुहोस्।',
  },
  {
    en: '{where:said}: "{name}" names two samples; rename one.',
    hi: '{where}: "{name}" दो नमूनों का नाम है; एक का नाम बदलें।',
    bn: '{where}: "{name}" দুটি নমুনার নাম; একটির নাম বদলান।',
    ne: '{where}: "{name}" दुई नमुनाको नाम हो; एउटाको नाम बदल्नुहोस्।',
  },
  {
    en: 'Line {line:n}: {cells:n} cells where the header has {columns:n}; mend the line.',
    hi: 'पंक्ति {line}: {cells} खाने हैं जबकि शीर्ष में {columns}; पंक्ति सुधारें।',
    bn: 'লাইন {line}: {cells}টি ঘর, শিরোনামে {columns}টি; লাইনটি ঠিক করুন।',
    ne: 'पङ्क्ति {line}: {cells} कोठा छन् तर शीर्षमा {columns}; पङ्क्ति सच्याउनुहोस्।',
  },
  {
    en: '{where:said}: the value is missing; gaps cannot be fitted.',
    hi: '{where}: मान नहीं है; ख़ाली जगह से मिलान नहीं हो सकता।',
    bn: '{where}: মান নেই; ফাঁক থাকলে মেলানো যায় না।',
    ne: '{where}: मान छैन; खाली ठाउँ मिलाउन सकिँदैन।',
  },
  {
    en: '{where:said}: "{cell}" is not a number.',
    hi: '{where}: "{cell}" संख्या नहीं है।',
    bn: '{where}: "{cell}" সংখ্যা নয়।',
    ne: '{where}: "{cell}" सङ्ख्या होइन।',
  },
  {
    en: '{where:said}: {value:n} looks like micrometres; give nanometres.',
    hi: '{where}: {value} माइक्रोमीटर लगता है; नैनोमीटर में दें।',
    bn: '{where}: {value} মাইক্রোমিটার মনে হয়; ন্যানোমিটারে দিন।',
    ne: '{where}: {value} माइक्रोमिटरजस्तो छ; न्यानोमिटरमा दिनुहोस्।',
  },
  {
    en: '{where:said}: {here:n} nm follows {before:n} nm, but the lines before step by {step:n} nm; a regular grid is needed.',
    hi: '{where}: {before} nm के बाद {here} nm है, पर पहले की पंक्तियाँ {step} nm के क़दम पर हैं; बराबर क़दम चाहिए।',
    bn: '{where}: {before} nm-এর পরে {here} nm, কিন্তু আগের লাইনগুলি {step} nm ধাপে; সমান ধাপ লাগে।',
    ne: '{where}: {before} nm पछि {here} nm छ, तर अघिका पङ्क्ति {step} nm को चरणमा छन्; बराबर चरण चाहिन्छ।',
  },
  {
    en: 'Column "{title}": a step of {step:n} nm is too coarse; {most:n} nm at most.',
    hi: 'स्तंभ "{title}": {step} nm का क़दम बहुत बड़ा है; अधिक से अधिक {most} nm।',
    bn: 'স্তম্ভ "{title}": {step} nm ধাপ খুব বড়; সর্বাধিক {most} nm।',
    ne: 'स्तम्भ "{title}": {step} nm को चरण धेरै ठूलो छ; बढीमा {most} nm।',
  },
  {
    en: 'Lines {first:n} to {last:n}, column "{title}": {from:n} to {to:n} nm; {least:n} to {most:n} nm are needed. Export the full visible range.',
    hi: 'पंक्ति {first} से {last}, स्तंभ "{title}": {from} से {to} nm; {least} से {most} nm चाहिए। पूरा दृश्य दायरा निर्यात करें।',
    bn: 'লাইন {first} থেকে {last}, স্তম্ভ "{title}": {from} থেকে {to} nm; {least} থেকে {most} nm লাগে। পুরো দৃশ্যমান পরিসর রপ্তানি করুন।',
    ne: 'पङ्क्ति {first} देखि {last}, स्तम्भ "{title}": {from} देखि {to} nm; {least} देखि {most} nm चाहिन्छ। पूरै दृश्य दायरा निर्यात गर्नुहोस्।',
  },
  {
    en: '{where:said}: {value:n} looks like percent; divide by 100 (reflectance is 0 to 1).',
    hi: '{where}: {value} प्रतिशत लगता है; 100 से भाग दें (परावर्तन 0 से 1 होता है)।',
    bn: '{where}: {value} শতাংশ মনে হয়; ১০০ দিয়ে ভাগ করুন (প্রতিফলন ০ থেকে ১)।',
    ne: '{where}: {value} प्रतिशतजस्तो छ; १०० ले भाग गर्नुहोस् (परावर्तन ० देखि १ हुन्छ)।',
  },
  {
    en: '{where:said}: {value:n} is no reflectance; values lie between 0 and 1.',
    hi: '{where}: {value} परावर्तन नहीं है; मान 0 और 1 के बीच होते हैं।',
    bn: '{where}: {value} প্রতিফলন নয়; মান ০ ও ১-এর মধ্যে থাকে।',
    ne: '{where}: {value} परावर्तन होइन; मान ० र १ को बीचमा हुन्छन्।',
  },
];
