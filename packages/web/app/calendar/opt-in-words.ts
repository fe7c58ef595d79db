import type { Locale } from '../locales/index.ts';

interface OptInWords {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly send: string;
  readonly done: string;
  readonly missing: string;
  readonly notFound: string;
}

/** Words of the desk's form for a person who wants reminders again. */
export const optInWords: Readonly<Record<Locale, OptInWords>> = {
  en: {
    title: 'Somebody wants reminders again',
    text: 'For a person who had stopped reminders and offers, and now asks for them.',
    label: 'E-mail or telephone, as in the visit',
    send: 'Send reminders again',
    done: 'This address gets reminders and offers again.',
    missing: 'Write the address.',
    notFound: 'Nobody has stopped messages to this address. Is it written as in the visit?',
  },
  hi: {
    title: 'किसी को याद दिलाने वाले संदेश फिर चाहिए',
    text: 'उस व्यक्ति के लिए जिसने ये संदेश और प्रस्ताव बंद किए थे और अब फिर माँगता है।',
    label: 'ई-मेल या फ़ोन, जैसा मुलाक़ात में लिखा है',
    send: 'संदेश फिर भेजें',
    done: 'इस पते पर ये संदेश और प्रस्ताव फिर आएँगे।',
    missing: 'पता लिखें।',
    notFound: 'इस पते के संदेश किसी ने बंद नहीं किए हैं। क्या यह मुलाक़ात जैसा ही लिखा है?',
  },
  bn: {
    title: 'কেউ আবার মনে করানোর বার্তা চান',
    text: 'যিনি এসব বার্তা ও প্রস্তাব বন্ধ করেছিলেন এবং এখন আবার চান, তাঁর জন্য।',
    label: 'ই-মেল বা ফোন, সাক্ষাতে যেমন লেখা আছে',
    send: 'বার্তা আবার পাঠান',
    done: 'এই ঠিকানায় এসব বার্তা ও প্রস্তাব আবার আসবে।',
    missing: 'ঠিকানা লিখুন।',
    notFound: 'এই ঠিকানার বার্তা কেউ বন্ধ করেননি। সাক্ষাতে যেমন আছে তেমনই লেখা তো?',
  },
  ne: {
    title: 'कसैलाई सम्झाउने सन्देश फेरि चाहिन्छ',
    text: 'यी सन्देश र प्रस्ताव रोकेको र अहिले फेरि माग्ने व्यक्तिका लागि।',
    label: 'इमेल वा फोन, भेटमा लेखिएजस्तै',
    send: 'सन्देश फेरि पठाउनुहोस्',
    done: 'यो ठेगानामा यी सन्देश र प्रस्ताव फेरि आउँछन्।',
    missing: 'ठेगाना लेख्नुहोस्।',
    notFound: 'यो ठेगानाका सन्देश कसैले रोकेको छैन। भेटमा जस्तै लेखिएको छ?',
  },
};
