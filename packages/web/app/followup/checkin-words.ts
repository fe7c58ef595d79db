import type { ProtocolDay } from '@undertone/clinic/followup/protocol.ts';
import type { Urgency } from '@undertone/clinic/followup/red-flags.ts';
import type { Locale } from '../locales/index.ts';

/** Words of the page behind a check-in's link; the clinical sentences are in `clinic/followup/texts`. */
export interface CheckInWords {
  readonly title: string;
  readonly days: Readonly<Record<ProtocolDay, string>>;
  readonly lead: string;
  readonly emergencyFirst: string;
  readonly course: string;
  readonly courseMissing: string;
  readonly signs: string;
  readonly none: string;
  readonly signsMissing: string;
  readonly text: string;
  readonly textHint: string;
  readonly photo: string;
  readonly photoHint: string;
  readonly photoAgain: string;
  readonly photoRefused: string;
  readonly optional: string;
  readonly send: string;
  readonly sending: string;
  readonly notSent: string;
  readonly faults: string;
  readonly headings: Readonly<Record<Urgency, string>>;
  readonly call: (number: string) => string;
  readonly callClinic: string;
  readonly received: string;
  readonly again: string;
  readonly unreviewed: string;
  readonly gone: string;
  readonly goneText: string;
  readonly language: string;
}

export const checkInWords: Readonly<Record<Locale, CheckInWords>> = {
  en: {
    title: 'How are you?',
    days: {
      day1: 'Day 1 after your session',
      day3: 'Day 3 after your session',
      day7: 'Day 7 after your session',
      day14: 'Day 14 after your session',
      day42: 'Week 6 after your session',
      month3: 'Month 3 after your session',
      month6: 'Month 6 after your session',
      month12: 'Month 12 after your session',
      month18: 'Month 18 after your session',
      month24: 'Month 24 after your session',
    },
    lead: 'One minute. You are told at once what to do.',
    emergencyFirst: 'Hard to breathe, fainting or heavy bleeding? Do not fill this in, call:',
    course: 'How does it go, all in all?',
    courseMissing: 'Choose one.',
    signs: 'Tick all that is so',
    none: 'None of these',
    signsMissing: 'Tick what is so, or “None of these” at the end.',
    text: 'Anything else you want to tell us',
    textHint: 'A person reads this within 24 hours.',
    photo: 'A photograph of the place',
    photoHint: 'In daylight, if you can. Where it was taken is removed from it.',
    photoAgain: 'Please choose the photograph again.',
    photoRefused: 'This file cannot be read as a photograph. Send a JPEG, PNG, WebP or HEIC.',
    optional: 'optional',
    send: 'Send',
    sending: 'Sending…',
    notSent:
      'Not sent: the clinic could not be reached. Nothing you entered is lost. Send it again in a moment; if it cannot wait, call.',
    faults: 'Something is missing. Nothing you entered is lost.',
    headings: {
      EMERG: 'Act now',
      DAY: 'You need to be seen today',
      '24H': 'Call us within 24 hours',
      SELF: 'Nothing to do now',
    },
    call: (number) => `Call ${number}`,
    callClinic: 'Call the clinic',
    received: 'The clinic has your answer.',
    again: 'Has something changed? Answer again',
    unreviewed: 'This advice has not been reviewed by a physician yet.',
    gone: 'This link does not open any more',
    goneText: 'It is incomplete or has expired. Please telephone the clinic.',
    language: 'Language',
  },
  hi: {
    title: 'आप कैसे हैं?',
    days: {
      day1: 'आपके सत्र के बाद पहला दिन',
      day3: 'आपके सत्र के बाद तीसरा दिन',
      day7: 'आपके सत्र के बाद सातवाँ दिन',
      day14: 'आपके सत्र के बाद चौदहवाँ दिन',
      day42: 'आपके सत्र के बाद छठा हफ़्ता',
      month3: 'आपके सत्र के बाद तीसरा महीना',
      month6: 'आपके सत्र के बाद छठा महीना',
      month12: 'आपके सत्र के बाद बारहवाँ महीना',
      month18: 'आपके सत्र के बाद अठारहवाँ महीना',
      month24: 'आपके सत्र के बाद चौबीसवाँ महीना',
    },
    lead: 'एक मिनट। क्या करना है, तुरंत बताया जाएगा।',
    emergencyFirst: 'साँस में कठिनाई, बेहोशी या बहुत खून? इसे न भरें, फ़ोन करें:',
    course: 'कुल मिलाकर कैसा चल रहा है?',
    courseMissing: 'एक चुनें।',
    signs: 'जो सही हो, उन सब पर निशान लगाएँ',
    none: 'इनमें से कुछ नहीं',
    signsMissing: 'जो हो उस पर निशान लगाएँ, या अंत में “इनमें से कुछ नहीं” पर।',
    text: 'और कुछ जो आप बताना चाहें',
    textHint: '24 घंटे के अंदर एक व्यक्ति इसे पढ़ेगा।',
    photo: 'उस जगह की तस्वीर',
    photoHint: 'हो सके तो दिन की रोशनी में। तस्वीर से जगह की जानकारी हटा दी जाती है।',
    photoAgain: 'कृपया तस्वीर फिर चुनें।',
    photoRefused: 'यह फ़ाइल तस्वीर की तरह नहीं पढ़ी जा सकी। JPEG, PNG, WebP या HEIC भेजें।',
    optional: 'ज़रूरी नहीं',
    send: 'भेजें',
    sending: 'भेजा जा रहा है…',
    notSent:
      'नहीं भेजा गया: क्लिनिक से जुड़ नहीं सके। आपका भरा हुआ कुछ खोया नहीं है। थोड़ी देर में फिर भेजें; रुकना ठीक न हो तो फ़ोन करें।',
    faults: 'कुछ छूट गया है। आपका भरा हुआ कुछ खोया नहीं है।',
    headings: {
      EMERG: 'अभी करें',
      DAY: 'आज ही दिखाना ज़रूरी है',
      '24H': '24 घंटे के अंदर हमें फ़ोन करें',
      SELF: 'अभी कुछ करना ज़रूरी नहीं',
    },
    call: (number) => `${number} पर फ़ोन करें`,
    callClinic: 'क्लिनिक को फ़ोन करें',
    received: 'आपका जवाब क्लिनिक को मिल गया है।',
    again: 'कुछ बदला है? फिर जवाब दें',
    unreviewed: 'इस सलाह की समीक्षा अभी किसी चिकित्सक ने नहीं की है।',
    gone: 'यह लिंक अब नहीं खुलता',
    goneText: 'यह अधूरा है या इसका समय बीत गया। कृपया क्लिनिक को फ़ोन करें।',
    language: 'भाषा',
  },
  bn: {
    title: 'কেমন আছেন?',
    days: {
      day1: 'আপনার সেশনের পরে প্রথম দিন',
      day3: 'আপনার সেশনের পরে তৃতীয় দিন',
      day7: 'আপনার সেশনের পরে সপ্তম দিন',
      day14: 'আপনার সেশনের পরে চতুর্দশ দিন',
      day42: 'আপনার সেশনের পরে ষষ্ঠ সপ্তাহ',
      month3: 'আপনার সেশনের পরে তৃতীয় মাস',
      month6: 'আপনার সেশনের পরে ষষ্ঠ মাস',
      month12: 'আপনার সেশনের পরে দ্বাদশ মাস',
      month18: 'আপনার সেশনের পরে অষ্টাদশ মাস',
      month24: 'আপনার সেশনের পরে চব্বিশতম মাস',
    },
    lead: 'এক মিনিট। কী করতে হবে সঙ্গে সঙ্গে জানানো হবে।',
    emergencyFirst: 'শ্বাসকষ্ট, অজ্ঞান হওয়া বা খুব রক্তপাত? এটি ভরবেন না, ফোন করুন:',
    course: 'সব মিলিয়ে কেমন চলছে?',
    courseMissing: 'একটি বেছে নিন।',
    signs: 'যা যা ঠিক, সবগুলোতে টিক দিন',
    none: 'এর কোনোটি নয়',
    signsMissing: 'যা হচ্ছে তাতে টিক দিন, বা শেষে “এর কোনোটি নয়”।',
    text: 'আর কিছু জানাতে চাইলে',
    textHint: '২৪ ঘণ্টার মধ্যে একজন মানুষ এটি পড়বেন।',
    photo: 'জায়গাটির ছবি',
    photoHint: 'পারলে দিনের আলোয়। ছবি থেকে স্থানের তথ্য সরিয়ে দেওয়া হয়।',
    photoAgain: 'ছবিটি আবার বেছে নিন।',
    photoRefused: 'এই ফাইলটি ছবি হিসেবে পড়া গেল না। JPEG, PNG, WebP বা HEIC পাঠান।',
    optional: 'না দিলেও চলে',
    send: 'পাঠান',
    sending: 'পাঠানো হচ্ছে…',
    notSent:
      'পাঠানো যায়নি: ক্লিনিকের সঙ্গে সংযোগ হয়নি। আপনার লেখা কিছুই হারায়নি। একটু পরে আবার পাঠান; অপেক্ষা করা না গেলে ফোন করুন।',
    faults: 'কিছু বাদ পড়েছে। আপনার লেখা কিছুই হারায়নি।',
    headings: {
      EMERG: 'এখনই করুন',
      DAY: 'আজই দেখানো দরকার',
      '24H': '২৪ ঘণ্টার মধ্যে আমাদের ফোন করুন',
      SELF: 'এখন কিছু করার দরকার নেই',
    },
    call: (number) => `${number} নম্বরে ফোন করুন`,
    callClinic: 'ক্লিনিকে ফোন করুন',
    received: 'আপনার উত্তর ক্লিনিক পেয়েছে।',
    again: 'কিছু বদলেছে? আবার উত্তর দিন',
    unreviewed: 'এই পরামর্শ এখনও কোনো চিকিৎসক পর্যালোচনা করেননি।',
    gone: 'এই লিংকটি আর খোলে না',
    goneText: 'এটি অসম্পূর্ণ বা মেয়াদ শেষ। ক্লিনিকে ফোন করুন।',
    language: 'ভাষা',
  },
  ne: {
    title: 'तपाईंलाई कस्तो छ?',
    days: {
      day1: 'तपाईंको सत्रपछिको पहिलो दिन',
      day3: 'तपाईंको सत्रपछिको तेस्रो दिन',
      day7: 'तपाईंको सत्रपछिको सातौं दिन',
      day14: 'तपाईंको सत्रपछिको चौधौं दिन',
      day42: 'तपाईंको सत्रपछिको छैटौं हप्ता',
      month3: 'तपाईंको सत्रपछिको तेस्रो महिना',
      month6: 'तपाईंको सत्रपछिको छैटौं महिना',
      month12: 'तपाईंको सत्रपछिको बाह्रौं महिना',
      month18: 'तपाईंको सत्रपछिको अठारौं महिना',
      month24: 'तपाईंको सत्रपछिको चौबीसौं महिना',
    },
    lead: 'एक मिनेट। के गर्ने, तुरुन्तै भनिन्छ।',
    emergencyFirst: 'सास फेर्न गाह्रो, बेहोसी वा धेरै रगत? यो नभर्नुहोस्, फोन गर्नुहोस्:',
    course: 'समग्रमा कस्तो भइरहेको छ?',
    courseMissing: 'एउटा छान्नुहोस्।',
    signs: 'जे छ, ती सबैमा चिन्ह लगाउनुहोस्',
    none: 'यीमध्ये कुनै होइन',
    signsMissing: 'जे छ त्यसमा चिन्ह लगाउनुहोस्, वा अन्त्यमा “यीमध्ये कुनै होइन”।',
    text: 'अरू केही भन्न चाहनुहुन्छ भने',
    textHint: '२४ घण्टाभित्र एक जना मान्छेले यो पढ्नुहुन्छ।',
    photo: 'त्यो ठाउँको तस्बिर',
    photoHint: 'सके दिनको उज्यालोमा। तस्बिरबाट ठाउँको जानकारी हटाइन्छ।',
    photoAgain: 'कृपया तस्बिर फेरि छान्नुहोस्।',
    photoRefused: 'यो फाइल तस्बिरका रूपमा पढ्न सकिएन। JPEG, PNG, WebP वा HEIC पठाउनुहोस्।',
    optional: 'नदिए पनि हुन्छ',
    send: 'पठाउनुहोस्',
    sending: 'पठाइँदै छ…',
    notSent:
      'पठाइएन: क्लिनिकसँग जोडिन सकिएन। तपाईंले भर्नुभएको केही हराएको छैन। केही बेरमा फेरि पठाउनुहोस्; पर्खन नमिल्ने भए फोन गर्नुहोस्।',
    faults: 'केही छुटेको छ। तपाईंले भरेको केही हराएको छैन।',
    headings: {
      EMERG: 'अहिले नै गर्नुहोस्',
      DAY: 'आजै देखाउनु पर्छ',
      '24H': '२४ घण्टाभित्र हामीलाई फोन गर्नुहोस्',
      SELF: 'अहिले केही गर्नु पर्दैन',
    },
    call: (number) => `${number} मा फोन गर्नुहोस्`,
    callClinic: 'क्लिनिकमा फोन गर्नुहोस्',
    received: 'तपाईंको जवाफ क्लिनिकले पाएको छ।',
    again: 'केही बदलियो? फेरि जवाफ दिनुहोस्',
    unreviewed: 'यो सल्लाह अझै कुनै चिकित्सकले समीक्षा गरेका छैनन्।',
    gone: 'यो लिंक अब खुल्दैन',
    goneText: 'यो अधुरो छ वा यसको समय सकियो। कृपया क्लिनिकमा फोन गर्नुहोस्।',
    language: 'भाषा',
  },
};
