import type { PlanDocument } from '@undertone/engine/plan/document.ts';
import type { Language } from '../tenant/schema.ts';

type Band = 'good' | 'fair' | 'poor' | 'out-of-reach';

/** Warnings a patient is told; those about needles, pigments and readings are for staff and stand in the plan itself. */
export const toldWarnings = [
  'no-clinical-accuracy',
  'unreviewed',
  'colour-uncalibrated',
  'scale-unknown',
  'scalp-foreshortened',
  'head-unsure',
  'hair-at-target',
  'no-dots',
  'density-by-hand',
  'region-clipped',
  'mid-tone',
  'out-of-reach',
  'laser-darkening',
] as const;
export type ToldWarning = (typeof toldWarnings)[number];

export interface PlanPaperWords {
  readonly treatments: Readonly<Record<PlanDocument['treatment'], string>>;
  readonly treatment: string;
  /** Numbers come in the digits of the language. */
  readonly version: (n: string, engine: string) => string;
  readonly made: string;
  readonly pictures: Readonly<Record<'photo' | 'day0' | 'week6' | 'month12', string>>;
  readonly noPromise: string;
  readonly match: string;
  readonly bands: Readonly<Record<Band, string>>;
  readonly dilutions: string;
  readonly pigments: string;
  readonly pigment: string;
  readonly drops: string;
  readonly sessions: string;
  readonly session: (n: string) => string;
  readonly after: (low: string, high: string | undefined) => string;
  readonly minutes: (low: string, high: string) => string;
  readonly area: string;
  readonly know: string;
  readonly warnings: Readonly<Record<ToldWarning, string>>;
  readonly physician: string;
  readonly patient: string;
  readonly unsigned: string;
}

export const planPaperWords: Readonly<Record<Language, PlanPaperWords>> = {
  en: {
    treatments: { scalp: 'Scalp', lip: 'Lip', vitiligo: 'Vitiligo' },
    treatment: 'Treatment',
    version: (n, engine) => `version ${n}, engine ${engine}`,
    made: 'Plan',
    pictures: { photo: 'Now', day0: 'Day 0', week6: 'Week 6', month12: 'Month 12' },
    noPromise: 'The pictures show what is likely, within a range. They are no promise.',
    match: 'Colour',
    bands: {
      good: 'A good match to the skin around can be expected.',
      fair: 'A fair match can be expected: a difference may be seen when looking closely.',
      poor: 'Only a poor match can be expected: a difference will be seen.',
      'out-of-reach': 'With these pigments the colour cannot be matched. Talk about it before deciding.',
    },
    dilutions: 'Dots in three greys of one black, lighter to darker.',
    pigments: 'Pigments',
    pigment: 'Pigment',
    drops: 'Drops',
    sessions: 'Sessions',
    session: (n) => `Session ${n}`,
    after: (low, high) =>
      high === undefined || high === low ? `at least ${low} days later` : `${low} to ${high} days later`,
    minutes: (low, high) => `about ${low} to ${high} minutes`,
    area: 'Area',
    know: 'What to know',
    warnings: {
      'no-clinical-accuracy':
        'The colours come from a model. How exact they are in healed skin has not been shown: a test spot is read after week 6.',
      unreviewed: 'Needle, depth, dots and sessions rest on sources that no clinician has signed yet.',
      'colour-uncalibrated': 'The photo had no colour chart, so its colours may be wrong.',
      'scale-unknown': 'The scale of the photo is unknown, so area and time cannot be told.',
      'scalp-foreshortened': 'The photo was taken from the front; the real area is larger.',
      'head-unsure':
        'The head in the photo could not be measured well, so area and number of dots are uncertain. Ask for them to be measured on your head before the session.',
      'hair-at-target':
        'The hair you have is already as dense as this plan aims for, so the plan sets no dots. Talk about what treatment would add.',
      'no-dots':
        'This plan sets no dots: the region is too small, or its scale is not right. It has to be made again before a session.',
      'density-by-hand': 'In some places the density of the dots was changed by hand.',
      'region-clipped':
        'Part of the region is too bright in the photo: there the pictures of the result are filled in, not seen.',
      'mid-tone': 'Skin tans and pigment does not: in summer the contrast can come back.',
      'out-of-reach': 'The wanted colour cannot be reached with the pigments at hand.',
      'laser-darkening':
        'Some of these pigments turn dark under laser light. Tell anyone who plans laser treatment.',
    },
    physician: 'Physician',
    patient: 'Patient',
    unsigned: 'This version is not signed yet.',
  },
  hi: {
    treatments: { scalp: 'सिर', lip: 'होंठ', vitiligo: 'विटिलिगो' },
    treatment: 'उपचार',
    version: (n, engine) => `संस्करण ${n}, इंजन ${engine}`,
    made: 'योजना',
    pictures: { photo: 'अभी', day0: 'दिन 0', week6: 'सप्ताह 6', month12: 'महीना 12' },
    noPromise: 'तस्वीरें बताती हैं कि क्या संभव है, एक सीमा के भीतर। वे कोई वादा नहीं हैं।',
    match: 'रंग',
    bands: {
      good: 'आसपास की त्वचा से अच्छा मेल होने की उम्मीद है।',
      fair: 'ठीक-ठाक मेल की उम्मीद है: पास से देखने पर अंतर दिख सकता है।',
      poor: 'मेल कमज़ोर रहेगा: अंतर दिखेगा।',
      'out-of-reach': 'इन रंगों से मेल नहीं हो सकता। निर्णय से पहले बात करें।',
    },
    dilutions: 'एक ही काले रंग के तीन धूसर बिंदु, हल्के से गहरे।',
    pigments: 'रंगद्रव्य',
    pigment: 'रंगद्रव्य',
    drops: 'बूँदें',
    sessions: 'सत्र',
    session: (n) => `सत्र ${n}`,
    after: (low, high) =>
      high === undefined || high === low ? `कम से कम ${low} दिन बाद` : `${low} से ${high} दिन बाद`,
    minutes: (low, high) => `लगभग ${low} से ${high} मिनट`,
    area: 'क्षेत्रफल',
    know: 'जानने योग्य',
    warnings: {
      'no-clinical-accuracy':
        'रंग एक मॉडल से आते हैं। भरी हुई त्वचा में वे कितने सही हैं, यह दिखाया नहीं गया: परीक्षण बिंदु सप्ताह 6 के बाद देखा जाता है।',
      unreviewed: 'सुई, गहराई, बिंदु और सत्र ऐसे स्रोतों पर हैं जिन पर किसी चिकित्सक ने अभी हस्ताक्षर नहीं किए।',
      'colour-uncalibrated': 'फ़ोटो में रंग चार्ट नहीं था, इसलिए रंग ग़लत हो सकते हैं।',
      'scale-unknown': 'फ़ोटो का पैमाना ज्ञात नहीं, इसलिए क्षेत्रफल और समय नहीं बताए जा सकते।',
      'scalp-foreshortened': 'फ़ोटो सामने से ली गई; असली क्षेत्र बड़ा है।',
      'head-unsure':
        'फ़ोटो में सिर ठीक से नापा नहीं जा सका, इसलिए क्षेत्रफल और बिंदुओं की संख्या निश्चित नहीं। सत्र से पहले उन्हें अपने सिर पर नपवाएँ।',
      'hair-at-target':
        'आपके बाल पहले से उतने घने हैं जितने इस योजना का लक्ष्य है, इसलिए इसमें कोई बिंदु नहीं। बात करें कि उपचार से क्या बढ़ेगा।',
      'no-dots':
        'इस योजना में कोई बिंदु नहीं: क्षेत्र बहुत छोटा है या उसका पैमाना सही नहीं। सत्र से पहले इसे फिर बनाना होगा।',
      'density-by-hand': 'कुछ जगहों पर बिंदुओं का घनत्व हाथ से बदला गया है।',
      'region-clipped': 'फ़ोटो में क्षेत्र का एक भाग बहुत चमकीला है: वहाँ परिणाम की तस्वीर भरी हुई है, देखी हुई नहीं।',
      'mid-tone': 'त्वचा धूप में गहरी होती है, रंग नहीं: गर्मियों में अंतर फिर दिख सकता है।',
      'out-of-reach': 'उपलब्ध रंगों से चाहा गया रंग नहीं बन सकता।',
      'laser-darkening': 'कुछ रंग लेज़र से गहरे हो जाते हैं। लेज़र करने वाले को ज़रूर बताएँ।',
    },
    physician: 'चिकित्सक',
    patient: 'मरीज़',
    unsigned: 'इस संस्करण पर अभी हस्ताक्षर नहीं हुए।',
  },
  bn: {
    treatments: { scalp: 'মাথার ত্বক', lip: 'ঠোঁট', vitiligo: 'ভিটিলিগো' },
    treatment: 'চিকিৎসা',
    version: (n, engine) => `সংস্করণ ${n}, ইঞ্জিন ${engine}`,
    made: 'পরিকল্পনা',
    pictures: { photo: 'এখন', day0: 'দিন ০', week6: 'সপ্তাহ ৬', month12: 'মাস ১২' },
    noPromise: 'ছবিগুলি দেখায় কী হতে পারে, একটি সীমার মধ্যে। এগুলি কোনও প্রতিশ্রুতি নয়।',
    match: 'রং',
    bands: {
      good: 'আশপাশের ত্বকের সঙ্গে ভালো মিল আশা করা যায়।',
      fair: 'মোটামুটি মিল আশা করা যায়: কাছ থেকে দেখলে তফাত ধরা পড়তে পারে।',
      poor: 'মিল দুর্বল হবে: তফাত দেখা যাবে।',
      'out-of-reach': 'এই রংগুলি দিয়ে মেলানো যায় না। সিদ্ধান্তের আগে কথা বলুন।',
    },
    dilutions: 'একই কালোর তিন ধূসর বিন্দু, হালকা থেকে গাঢ়।',
    pigments: 'রঞ্জক',
    pigment: 'রঞ্জক',
    drops: 'ফোঁটা',
    sessions: 'সেশন',
    session: (n) => `সেশন ${n}`,
    after: (low, high) =>
      high === undefined || high === low ? `অন্তত ${low} দিন পরে` : `${low} থেকে ${high} দিন পরে`,
    minutes: (low, high) => `প্রায় ${low} থেকে ${high} মিনিট`,
    area: 'ক্ষেত্রফল',
    know: 'যা জানা দরকার',
    warnings: {
      'no-clinical-accuracy':
        'রংগুলি একটি মডেল থেকে আসে। সেরে ওঠা ত্বকে তা কতটা ঠিক, দেখানো হয়নি: পরীক্ষার দাগ ৬ সপ্তাহের পরে দেখা হয়।',
      unreviewed: 'সূচ, গভীরতা, বিন্দু ও সেশন এমন উৎসের উপর যাতে কোনও চিকিৎসক এখনও স্বাক্ষর করেননি।',
      'colour-uncalibrated': 'ছবিতে রঙের চার্ট ছিল না, তাই রং ভুল হতে পারে।',
      'scale-unknown': 'ছবির মাপ জানা নেই, তাই ক্ষেত্রফল ও সময় বলা যায় না।',
      'scalp-foreshortened': 'ছবিটি সামনে থেকে তোলা; আসল ক্ষেত্র বড়।',
      'head-unsure':
        'ছবিতে মাথা ভালো করে মাপা যায়নি, তাই ক্ষেত্রফল ও বিন্দুর সংখ্যা অনিশ্চিত। সেশনের আগে নিজের মাথায় মেপে নিতে বলুন।',
      'hair-at-target':
        'আপনার চুল আগে থেকেই ততটা ঘন যতটা এই পরিকল্পনার লক্ষ্য, তাই এতে কোনও বিন্দু নেই। চিকিৎসায় কী বাড়বে তা নিয়ে কথা বলুন।',
      'no-dots': 'এই পরিকল্পনায় কোনও বিন্দু নেই: অঞ্চলটি খুব ছোট, বা তার মাপ ঠিক নয়। সেশনের আগে এটি আবার করতে হবে।',
      'density-by-hand': 'কিছু জায়গায় বিন্দুর ঘনত্ব হাতে বদলানো হয়েছে।',
      'region-clipped': 'ছবিতে অঞ্চলের একটি অংশ খুব উজ্জ্বল: সেখানে ফলের ছবিটি পূরণ করা, দেখা নয়।',
      'mid-tone': 'ত্বক রোদে গাঢ় হয়, রঞ্জক হয় না: গরমকালে তফাত আবার দেখা দিতে পারে।',
      'out-of-reach': 'হাতে থাকা রঞ্জক দিয়ে চাওয়া রং পাওয়া যায় না।',
      'laser-darkening': 'কিছু রঞ্জক লেজারে কালো হয়ে যায়। লেজার করার আগে জানান।',
    },
    physician: 'চিকিৎসক',
    patient: 'রোগী',
    unsigned: 'এই সংস্করণে এখনও স্বাক্ষর হয়নি।',
  },
  ne: {
    treatments: { scalp: 'टाउको', lip: 'ओठ', vitiligo: 'दुबी' },
    treatment: 'उपचार',
    version: (n, engine) => `संस्करण ${n}, इन्जिन ${engine}`,
    made: 'योजना',
    pictures: { photo: 'अहिले', day0: 'दिन ०', week6: 'हप्ता ६', month12: 'महिना १२' },
    noPromise: 'तस्बिरले के सम्भव छ, एउटा सीमाभित्र देखाउँछन्। ती कुनै वाचा होइनन्।',
    match: 'रङ',
    bands: {
      good: 'वरपरको छालासँग राम्रो मेल हुने आशा छ।',
      fair: 'ठिकै मेल हुने आशा छ: नजिकबाट हेर्दा फरक देखिन सक्छ।',
      poor: 'मेल कमजोर हुनेछ: फरक देखिनेछ।',
      'out-of-reach': 'यी रङले मेल खुवाउन सकिँदैन। निर्णयअघि कुरा गर्नुहोस्।',
    },
    dilutions: 'एउटै कालोका तीन खरानी थोप्ला, हल्कादेखि गाढा।',
    pigments: 'रञ्जक',
    pigment: 'रञ्जक',
    drops: 'थोपा',
    sessions: 'सत्रहरू',
    session: (n) => `सत्र ${n}`,
    after: (low, high) =>
      high === undefined || high === low ? `कम्तीमा ${low} दिनपछि` : `${low} देखि ${high} दिनपछि`,
    minutes: (low, high) => `करिब ${low} देखि ${high} मिनेट`,
    area: 'क्षेत्रफल',
    know: 'जान्नुपर्ने कुरा',
    warnings: {
      'no-clinical-accuracy':
        'रङहरू एउटा मोडेलबाट आउँछन्। निको भएको छालामा कति ठीक छन् देखाइएको छैन: परीक्षण थोप्लो हप्ता ६ पछि हेरिन्छ।',
      unreviewed: 'सियो, गहिराइ, थोप्ला र सत्र यस्ता स्रोतमा छन् जसमा कुनै चिकित्सकले अझै हस्ताक्षर गरेका छैनन्।',
      'colour-uncalibrated': 'तस्बिरमा रङ चार्ट थिएन, त्यसैले रङ गलत हुन सक्छ।',
      'scale-unknown': 'तस्बिरको नाप थाहा छैन, त्यसैले क्षेत्रफल र समय भन्न सकिँदैन।',
      'scalp-foreshortened': 'तस्बिर अगाडिबाट खिचिएको हो; वास्तविक क्षेत्र ठूलो छ।',
      'head-unsure':
        'तस्बिरमा टाउको राम्ररी नाप्न सकिएन, त्यसैले क्षेत्रफल र थोप्लाको सङ्ख्या निश्चित छैन। सत्रअघि आफ्नै टाउकोमा नाप्न भन्नुहोस्।',
      'hair-at-target':
        'तपाईंको रौँ पहिल्यै यो योजनाको लक्ष्य जति बाक्लो छ, त्यसैले यसमा थोप्ला छैन। उपचारले के थप्छ भन्नेबारे कुरा गर्नुहोस्।',
      'no-dots': 'यो योजनामा थोप्ला छैन: क्षेत्र धेरै सानो छ, वा यसको नाप ठीक छैन। सत्रअघि यो फेरि बनाउनुपर्छ।',
      'density-by-hand': 'केही ठाउँमा थोप्लाको घनत्व हातले बदलिएको छ।',
      'region-clipped': 'तस्बिरमा क्षेत्रको एक भाग धेरै चम्किलो छ: त्यहाँ नतिजाको तस्बिर भरिएको हो, देखिएको होइन।',
      'mid-tone': 'छाला घाममा कालो हुन्छ, रञ्जक हुँदैन: गर्मीमा फरक फेरि देखिन सक्छ।',
      'out-of-reach': 'हातमा भएका रञ्जकले चाहेको रङ बन्दैन।',
      'laser-darkening': 'केही रञ्जक लेजरले कालो हुन्छन्। लेजर गर्नेलाई भन्नुहोस्।',
    },
    physician: 'चिकित्सक',
    patient: 'बिरामी',
    unsigned: 'यो संस्करणमा अझै हस्ताक्षर भएको छैन।',
  },
};
