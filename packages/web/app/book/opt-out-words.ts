import type { Locale } from '../locales/index.ts';

interface OptOutWords {
  readonly title: string;
  readonly text: string;
  readonly still: string;
  readonly stop: string;
  readonly done: string;
  readonly doneText: string;
  readonly again: string;
  readonly againDone: string;
  readonly unknown: string;
  readonly unknownText: string;
  readonly home: string;
}

/** Words of the page behind a message's opt-out link. */
export const optOutWords: Readonly<Record<Locale, OptOutWords>> = {
  en: {
    title: 'No more reminders and offers?',
    text: 'We then send no reminders of visits and no offers of free times to this address.',
    still: 'Answers to what you do yourself, such as a confirmation or a cancellation, still come.',
    stop: 'Send me no more reminders and offers',
    done: 'Done',
    doneText:
      'This address gets no more reminders and offers. If you change your mind, use this link again or tell the clinic.',
    again: 'Send them to me again',
    againDone: 'This address gets reminders and offers again.',
    unknown: 'This link is not complete',
    unknownText: 'Please copy it whole from the message, or tell the clinic.',
    home: 'First page',
  },
  hi: {
    title: 'याद दिलाने वाले संदेश और प्रस्ताव और नहीं?',
    text: 'तब इस पते पर मुलाक़ात याद दिलाने के संदेश और खाली समय के प्रस्ताव नहीं भेजे जाएँगे।',
    still: 'आप जो स्वयं करते हैं, जैसे पुष्टि या रद्द करना, उसके जवाब फिर भी आएँगे।',
    stop: 'मुझे ये संदेश और न भेजें',
    done: 'हो गया',
    doneText: 'इस पते पर अब ये संदेश नहीं आएँगे। मन बदले तो यही लिंक फिर खोलें या क्लिनिक को बताएँ।',
    again: 'ये संदेश मुझे फिर भेजें',
    againDone: 'इस पते पर ये संदेश फिर आएँगे।',
    unknown: 'यह लिंक पूरा नहीं है',
    unknownText: 'कृपया संदेश से पूरा कॉपी करें, या क्लिनिक को बताएँ।',
    home: 'पहला पेज',
  },
  bn: {
    title: 'মনে করানো ও প্রস্তাবের বার্তা আর নয়?',
    text: 'তখন এই ঠিকানায় সাক্ষাৎ মনে করানো ও খালি সময়ের প্রস্তাব আর পাঠানো হবে না।',
    still: 'আপনি নিজে যা করেন, যেমন নিশ্চিত বা বাতিল করা, তার উত্তর তবু আসবে।',
    stop: 'আমাকে এসব বার্তা আর পাঠাবেন না',
    done: 'হয়ে গেছে',
    doneText: 'এই ঠিকানায় এসব বার্তা আর আসবে না। মত বদলালে এই লিঙ্কটি আবার খুলুন বা ক্লিনিককে জানান।',
    again: 'আমাকে এসব বার্তা আবার পাঠান',
    againDone: 'এই ঠিকানায় এসব বার্তা আবার আসবে।',
    unknown: 'লিঙ্কটি সম্পূর্ণ নয়',
    unknownText: 'বার্তা থেকে পুরোটা কপি করুন, বা ক্লিনিককে জানান।',
    home: 'প্রথম পাতা',
  },
  ne: {
    title: 'सम्झाउने र प्रस्तावका सन्देश अब नपठाउने?',
    text: 'त्यसपछि यो ठेगानामा भेट सम्झाउने र खाली समयका प्रस्ताव पठाइने छैनन्।',
    still: 'तपाईं आफैंले गर्ने कुरा, जस्तै पक्का वा रद्द गर्दा, जवाफ भने आउँछ।',
    stop: 'मलाई यी सन्देश अब नपठाउनुहोस्',
    done: 'भयो',
    doneText: 'यो ठेगानामा यी सन्देश अब आउँदैनन्। मन बदलिए यही लिंक फेरि खोल्नुहोस् वा क्लिनिकलाई भन्नुहोस्।',
    again: 'मलाई यी सन्देश फेरि पठाउनुहोस्',
    againDone: 'यो ठेगानामा यी सन्देश फेरि आउँछन्।',
    unknown: 'यो लिंक पूरा छैन',
    unknownText: 'सन्देशबाट पूरै कपी गर्नुहोस्, वा क्लिनिकलाई भन्नुहोस्।',
    home: 'पहिलो पेज',
  },
};
