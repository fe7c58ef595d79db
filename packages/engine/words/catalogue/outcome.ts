import type { Saying } from '../template.ts';

/** What comparing a later photograph or reading says, and why it could not (`outcome`). */
export const outcomeSayings: readonly Saying[] = [
  {
    en: 'The region is what became darker, with the edge of the change: what took no pigment at all is left out of it. Give the whole region as a mask for its coverage.',
    hi: 'क्षेत्र वही है जो गहरा हुआ, बदलाव के किनारे सहित: जहाँ रंगद्रव्य बिल्कुल नहीं लगा वह इसमें नहीं है। ढके हिस्से का नाप जानने के लिए पूरा क्षेत्र मास्क के रूप में दें।',
    bn: 'অঞ্চল মানে যেটুকু গাঢ় হয়েছে, বদলের ধারসহ: যেখানে রঞ্জক একেবারেই ধরেনি তা বাদ। কতটা ঢাকা পড়েছে জানতে পুরো অঞ্চল মাস্ক হিসেবে দিন।',
    ne: 'क्षेत्र भनेको गाढा भएको भाग हो, परिवर्तनको किनारसहित: रङ्गद्रव्य पटक्कै नलागेको ठाउँ यसमा छैन। कति ढाकियो जान्न पूरै क्षेत्र मास्कका रूपमा दिनुहोस्।',
  },
  {
    en: 'The mask measures {maskWidth:n} x {maskHeight:n} px, the earlier photo {photoWidth:n} x {photoHeight:n} px; they must be the same.',
    hi: 'मास्क {maskWidth} × {maskHeight} px का है, पहले की फ़ोटो {photoWidth} × {photoHeight} px की; दोनों बराबर होने चाहिए।',
    bn: 'মাস্ক {maskWidth} × {maskHeight} px, আগের ছবি {photoWidth} × {photoHeight} px; দুটি সমান হতে হবে।',
    ne: 'मास्क {maskWidth} × {maskHeight} px को छ, अघिल्लो फोटो {photoWidth} × {photoHeight} px को; दुवै बराबर हुनुपर्छ।',
  },
  {
    en: 'Dots can be counted only when the scale is known; give --mm-per-px, or photograph with a chart of known size.',
    hi: 'बिंदु तभी गिने जा सकते हैं जब पैमाना ज्ञात हो; --mm-per-px दें, या ज्ञात आकार के चार्ट के साथ फ़ोटो लें।',
    bn: 'মাপ জানা থাকলে তবেই বিন্দু গোনা যায়; --mm-per-px দিন, বা জানা মাপের চার্টসহ ছবি তুলুন।',
    ne: 'नाप थाहा भए मात्र थोप्ला गन्न सकिन्छ; --mm-per-px दिनुहोस्, वा थाहा भएको आकारको चार्टसँग फोटो खिच्नुहोस्।',
  },
  {
    en: 'A healed dot covers less than {least:n} px in these photos, so dots cannot be told apart; photograph from nearer.',
    hi: 'इन फ़ोटो में भरा हुआ बिंदु {least} px से छोटा है, इसलिए बिंदु अलग नहीं दिखते; पास से फ़ोटो लें।',
    bn: 'এই ছবিগুলিতে সেরে ওঠা বিন্দু {least} px-এর কম, তাই বিন্দু আলাদা করা যায় না; কাছ থেকে ছবি তুলুন।',
    ne: 'यी फोटोमा निको भएको थोप्लो {least} px भन्दा सानो छ, त्यसैले थोप्ला छुट्टिँदैनन्; नजिकबाट फोटो खिच्नुहोस्।',
  },
  {
    en: 'Too little skin is seen around the region in the {which:said} photo to compare it with; photograph from further away.',
    hi: '{which} फ़ोटो में क्षेत्र के आसपास तुलना के लिए त्वचा बहुत कम दिखती है; थोड़ी दूर से फ़ोटो लें।',
    bn: '{which} ছবিতে তুলনার জন্য অঞ্চলের চারপাশে ত্বক খুব কম দেখা যায়; একটু দূর থেকে ছবি তুলুন।',
    ne: '{which} फोटोमा तुलना गर्न क्षेत्रको वरपर छाला धेरै थोरै देखिन्छ; अलि टाढाबाट फोटो खिच्नुहोस्।',
  },
  {
    en: 'The region is too small in the {which:said} photo to read a colour; photograph from nearer.',
    hi: '{which} फ़ोटो में क्षेत्र इतना छोटा है कि रंग नहीं पढ़ा जाता; पास से फ़ोटो लें।',
    bn: '{which} ছবিতে অঞ্চল এত ছোট যে রং পড়া যায় না; কাছ থেকে ছবি তুলুন।',
    ne: '{which} फोटोमा क्षेत्र यति सानो छ कि रङ पढ्न सकिँदैन; नजिकबाट फोटो खिच्नुहोस्।',
  },
  {
    en: '{share:n} % of the region is overexposed in the {which:said} photo: its difference there is at least what is said.',
    hi: '{which} फ़ोटो में क्षेत्र का {share} % बहुत उजला है: वहाँ अंतर कम से कम इतना है जितना बताया गया।',
    bn: '{which} ছবিতে অঞ্চলের {share} % অতিরিক্ত উজ্জ্বল: সেখানে তফাত অন্তত ততটা যতটা বলা হয়েছে।',
    ne: '{which} फोटोमा क्षेत्रको {share} % धेरै उज्यालो छ: त्यहाँको फरक कम्तीमा भनिएजति छ।',
  },
  { en: 'earlier', hi: 'पहले की', bn: 'আগের', ne: 'अघिल्लो' },
  { en: 'later', hi: 'बाद की', bn: 'পরের', ne: 'पछिल्लो' },
  {
    en: 'Neither photo shows a colour chart: colours are as the cameras encoded them, and the skin around is taken to be the same in both. Trust the difference, not the colours.',
    hi: 'किसी फ़ोटो में रंग चार्ट नहीं है: रंग वही हैं जो कैमरों ने लिखे, और आसपास की त्वचा दोनों में एक-सी मानी गई। रंगों पर नहीं, अंतर पर भरोसा करें।',
    bn: 'কোনো ছবিতেই রঙের চার্ট নেই: রং ক্যামেরা যেমন লিখেছে তেমনই, আর চারপাশের ত্বক দুটিতে এক ধরা হয়েছে। রঙে নয়, তফাতে ভরসা করুন।',
    ne: 'कुनै फोटोमा रङ चार्ट छैन: रङ क्यामेराले लेखेजस्तै छन्, र वरपरको छाला दुवैमा उस्तै मानियो। रङमा होइन, फरकमा भर पर्नुहोस्।',
  },
  {
    en: 'Only one photo shows a colour chart: the skin around is taken to have its colour there in both. A tan or paleness since then is not seen.',
    hi: 'केवल एक फ़ोटो में रंग चार्ट है: आसपास की त्वचा का रंग दोनों में वही माना गया। इस बीच त्वचा का साँवला या फीका होना नहीं दिखता।',
    bn: 'কেবল একটি ছবিতে রঙের চার্ট আছে: চারপাশের ত্বকের রং দুটিতেই সেটি ধরা হয়েছে। এর মধ্যে রোদে পোড়া বা ফ্যাকাশে হওয়া ধরা পড়ে না।',
    ne: 'एउटा फोटोमा मात्र रङ चार्ट छ: वरपरको छालाको रङ दुवैमा त्यही मानियो। त्यसयता छाला डढेको वा फिक्का भएको देखिँदैन।',
  },
  {
    en: 'The healed reading is no colour: L* lies between 0 and 100.',
    hi: 'भरने के बाद का नाप रंग नहीं है: L* 0 और 100 के बीच होता है।',
    bn: 'সেরে ওঠার পরের মাপটি রং নয়: L* ০ ও ১০০-র মধ্যে থাকে।',
    ne: 'निको भएपछिको नाप रङ होइन: L* ० र १०० को बीचमा हुन्छ।',
  },
  {
    en: 'Day {day:n}: skin is not healed before week 6; read again from day {from:n}.',
    hi: 'दिन {day}: सप्ताह 6 से पहले त्वचा भरी नहीं होती; दिन {from} से फिर नापें।',
    bn: 'দিন {day}: সপ্তাহ ৬-এর আগে ত্বক সেরে ওঠে না; দিন {from} থেকে আবার মাপুন।',
    ne: 'दिन {day}: हप्ता ६ अघि छाला निको हुँदैन; दिन {from} देखि फेरि नाप्नुहोस्।',
  },
  {
    en: 'The plan predicts no colour for this time, so there is nothing to compare with.',
    hi: 'योजना इस समय के लिए कोई रंग नहीं बताती, इसलिए तुलना के लिए कुछ नहीं है।',
    bn: 'পরিকল্পনা এই সময়ের কোনো রং বলে না, তাই তুলনার কিছু নেই।',
    ne: 'योजनाले यस समयको रङ भन्दैन, त्यसैले तुलना गर्ने केही छैन।',
  },
  {
    en: 'No piece of skin became clearly darker between the photos, so the treated region could not be proposed; give it with --mask.',
    hi: 'दोनों फ़ोटो के बीच त्वचा का कोई भाग साफ़ तौर पर गहरा नहीं हुआ, इसलिए उपचारित क्षेत्र नहीं सुझाया जा सका; उसे --mask से दें।',
    bn: 'দুই ছবির মধ্যে ত্বকের কোনো অংশ স্পষ্ট গাঢ় হয়নি, তাই চিকিৎসা করা অঞ্চল প্রস্তাব করা গেল না; --mask দিয়ে দিন।',
    ne: 'दुई फोटोको बीचमा छालाको कुनै भाग प्रस्ट गाढा भएन, त्यसैले उपचार गरिएको क्षेत्र प्रस्ताव गर्न सकिएन; --mask ले दिनुहोस्।',
  },
  {
    en: 'The photos show too little detail to be laid over each other; photograph with sharp focus and some landmark (a mole, a fold, the edge of a lip) in the frame.',
    hi: 'फ़ोटो में इतना कम ब्योरा है कि एक को दूसरे पर नहीं रखा जा सकता; साफ़ फ़ोकस में फ़ोटो लें, जिसमें कोई निशान (तिल, सिलवट, होंठ का किनारा) हो।',
    bn: 'ছবিতে খুঁটিনাটি এত কম যে একটির উপর আরেকটি বসানো যায় না; পরিষ্কার ফোকাসে ছবি তুলুন, কোনো চিহ্ন (তিল, ভাঁজ, ঠোঁটের ধার) যেন থাকে।',
    ne: 'फोटोमा यति थोरै विवरण छ कि एउटामाथि अर्को राख्न सकिँदैन; सफा फोकसमा फोटो खिच्नुहोस्, कुनै चिन्ह (कोठी, धर्सो, ओठको किनार) देखियोस्।',
  },
  {
    en: 'The later photo cannot be laid over the earlier one with confidence: too few places agree. Photograph the same place again from nearly the same side, in focus, with as much skin around the region as before.',
    hi: 'बाद की फ़ोटो को पहले की फ़ोटो पर भरोसे से नहीं रखा जा सकता: बहुत कम जगहें मिलती हैं। वही जगह लगभग उसी ओर से, फ़ोकस में, क्षेत्र के आसपास पहले जितनी त्वचा के साथ फिर खींचें।',
    bn: 'পরের ছবিটি আগেরটির উপর ভরসা করে বসানো যায় না: খুব কম জায়গা মেলে। একই জায়গা প্রায় একই দিক থেকে, ফোকাসে, অঞ্চলের চারপাশে আগের মতো ত্বক রেখে আবার তুলুন।',
    ne: 'पछिल्लो फोटो अघिल्लोमाथि भरपर्दो गरी राख्न सकिँदैन: थोरै ठाउँ मात्र मिल्छन्। उही ठाउँ लगभग उही दिशाबाट, फोकसमा, क्षेत्रको वरपर पहिलेजति छाला पारेर फेरि खिच्नुहोस्।',
  },
  {
    en: 'The {which:said} photo measures {width:n} x {height:n} px; at least {least:n} px a side are needed.',
    hi: '{which} फ़ोटो {width} × {height} px की है; हर ओर कम से कम {least} px चाहिए।',
    bn: '{which} ছবি {width} × {height} px; প্রতি পাশে অন্তত {least} px লাগে।',
    ne: '{which} फोटो {width} × {height} px को छ; हरेकतिर कम्तीमा {least} px चाहिन्छ।',
  },
  {
    en: 'The mask is empty; white belongs to the region.',
    hi: 'मास्क ख़ाली है; सफ़ेद भाग क्षेत्र का होता है।',
    bn: 'মাস্ক খালি; সাদা অংশ অঞ্চলের।',
    ne: 'मास्क खाली छ; सेतो भाग क्षेत्रको हो।',
  },
  {
    en: 'The later photo does not show the whole region; photograph it again with skin all around.',
    hi: 'बाद की फ़ोटो में पूरा क्षेत्र नहीं दिखता; चारों ओर त्वचा के साथ फिर फ़ोटो लें।',
    bn: 'পরের ছবিতে পুরো অঞ্চল দেখা যায় না; চারপাশে ত্বক রেখে আবার ছবি তুলুন।',
    ne: 'पछिल्लो फोटोमा पूरै क्षेत्र देखिँदैन; चारैतिर छाला पारेर फेरि फोटो खिच्नुहोस्।',
  },
];
