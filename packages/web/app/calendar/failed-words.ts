import type { FailureKind } from '@undertone/clinic/notify/rules.ts';
import type { Locale } from '../locales/index.ts';

interface FailedWords {
  readonly title: string;
  readonly text: string;
  readonly to: (address: string) => string;
  /** Why it did not arrive, and what to do about it. */
  readonly kinds: Readonly<Record<FailureKind, string>>;
  readonly correct: string;
  readonly email: string;
  readonly phone: string;
  readonly send: string;
  readonly told: string;
  readonly onItsWay: string;
  readonly badEmail: string;
  readonly badPhone: string;
  readonly technical: string;
}

/** Words of the desk's pile of messages that did not arrive. */
export const failedWords: Readonly<Record<Locale, FailedWords>> = {
  en: {
    title: 'Messages that did not arrive',
    text: 'Each says why, and what to do. A message leaves this list when it is sent again or the person was told.',
    to: (address) => `to ${address}`,
    kinds: {
      'address-refused':
        'There is no such mailbox. Ask the person for the right address, correct it and send again.',
      'server-refused':
        'The mail server did not take it. Send again later; if others fail too, tell who looks after the program.',
      'sign-in-refused':
        'The mail server does not accept the program’s password. Tell who looks after the program, then send again.',
      unreachable:
        'The mail server could not be reached. Look whether the clinic’s line works, then send again.',
      'adapter-missing':
        'The clinic has no way to send SMS or WhatsApp. Call the person, or write from your own telephone.',
      'adapter-refused':
        'The SMS or WhatsApp service did not take it. Look at the number; if it is right, send again later.',
      other: 'It could not be delivered. Send again; if it comes back, call the person.',
    },
    correct: 'Correct the address',
    email: 'E-mail',
    phone: 'Telephone',
    send: 'Correct and send',
    told: 'Told otherwise',
    onItsWay: 'It is on its way. If it does not arrive, it comes back here.',
    badEmail: 'Write an address such as name@example.org.',
    badPhone: 'Write 7 to 15 digits, with the country code if the number is not of this country.',
    technical: 'For who looks after the program',
  },
  hi: {
    title: 'जो संदेश नहीं पहुँचे',
    text: 'हर एक में कारण और करने का काम लिखा है। फिर भेजने या व्यक्ति को बता देने पर संदेश यहाँ से हट जाता है।',
    to: (address) => `पता: ${address}`,
    kinds: {
      'address-refused': 'ऐसा कोई मेलबॉक्स नहीं है। व्यक्ति से सही पता पूछें, सुधारें और फिर भेजें।',
      'server-refused': 'मेल सर्वर ने इसे नहीं लिया। बाद में फिर भेजें; दूसरे भी न जाएँ तो प्रोग्राम सँभालने वाले को बताएँ।',
      'sign-in-refused': 'मेल सर्वर प्रोग्राम का पासवर्ड नहीं मान रहा। प्रोग्राम सँभालने वाले को बताएँ, फिर भेजें।',
      unreachable: 'मेल सर्वर तक पहुँच नहीं हुई। देखें कि क्लिनिक का इंटरनेट चल रहा है, फिर भेजें।',
      'adapter-missing': 'क्लिनिक के पास SMS या WhatsApp भेजने का साधन नहीं है। व्यक्ति को फ़ोन करें या अपने फ़ोन से लिखें।',
      'adapter-refused': 'SMS या WhatsApp सेवा ने इसे नहीं लिया। नंबर देखें; सही हो तो बाद में फिर भेजें।',
      other: 'यह पहुँचाया नहीं जा सका। फिर भेजें; लौट आए तो व्यक्ति को फ़ोन करें।',
    },
    correct: 'पता सुधारें',
    email: 'ई-मेल',
    phone: 'फ़ोन',
    send: 'सुधारें और भेजें',
    told: 'दूसरी तरह बता दिया',
    onItsWay: 'संदेश रास्ते में है। नहीं पहुँचा तो यहाँ लौट आएगा।',
    badEmail: 'name@example.org जैसा पता लिखें।',
    badPhone: '7 से 15 अंक लिखें; नंबर दूसरे देश का हो तो देश कोड के साथ।',
    technical: 'प्रोग्राम सँभालने वाले के लिए',
  },
  bn: {
    title: 'যে বার্তা পৌঁছায়নি',
    text: 'প্রতিটিতে কারণ ও করণীয় লেখা আছে। আবার পাঠালে বা মানুষটিকে জানানো হলে বার্তাটি এখান থেকে সরে যায়।',
    to: (address) => `ঠিকানা: ${address}`,
    kinds: {
      'address-refused': 'এমন কোনো মেলবক্স নেই। মানুষটির কাছে ঠিক ঠিকানা জেনে শুধরে আবার পাঠান।',
      'server-refused': 'মেল সার্ভার এটি নেয়নি। পরে আবার পাঠান; অন্যগুলিও না গেলে যিনি প্রোগ্রাম দেখেন তাঁকে জানান।',
      'sign-in-refused': 'মেল সার্ভার প্রোগ্রামের পাসওয়ার্ড মানছে না। যিনি প্রোগ্রাম দেখেন তাঁকে জানান, তারপর আবার পাঠান।',
      unreachable: 'মেল সার্ভারে পৌঁছানো যায়নি। ক্লিনিকের ইন্টারনেট চলছে কি না দেখুন, তারপর আবার পাঠান।',
      'adapter-missing': 'ক্লিনিকের SMS বা WhatsApp পাঠানোর উপায় নেই। মানুষটিকে ফোন করুন বা নিজের ফোন থেকে লিখুন।',
      'adapter-refused': 'SMS বা WhatsApp পরিষেবা এটি নেয়নি। নম্বর দেখুন; ঠিক থাকলে পরে আবার পাঠান।',
      other: 'এটি পৌঁছে দেওয়া যায়নি। আবার পাঠান; ফিরে এলে মানুষটিকে ফোন করুন।',
    },
    correct: 'ঠিকানা শুধরান',
    email: 'ই-মেল',
    phone: 'ফোন',
    send: 'শুধরে পাঠান',
    told: 'অন্যভাবে জানানো হয়েছে',
    onItsWay: 'বার্তাটি পথে আছে। না পৌঁছালে এখানে ফিরে আসবে।',
    badEmail: 'name@example.org-এর মতো ঠিকানা লিখুন।',
    badPhone: '৭ থেকে ১৫টি অঙ্ক লিখুন; নম্বর অন্য দেশের হলে দেশের কোড সহ।',
    technical: 'যিনি প্রোগ্রাম দেখেন তাঁর জন্য',
  },
  ne: {
    title: 'नपुगेका सन्देश',
    text: 'हरेकमा कारण र गर्नुपर्ने काम लेखिएको छ। फेरि पठाएपछि वा व्यक्तिलाई भनेपछि सन्देश यहाँबाट हट्छ।',
    to: (address) => `ठेगाना: ${address}`,
    kinds: {
      'address-refused': 'यस्तो मेलबक्स छैन। व्यक्तिसँग सही ठेगाना सोध्नुहोस्, सच्याउनुहोस् र फेरि पठाउनुहोस्।',
      'server-refused': 'मेल सर्भरले यो लिएन। पछि फेरि पठाउनुहोस्; अरू पनि नगए कार्यक्रम हेर्नेलाई भन्नुहोस्।',
      'sign-in-refused': 'मेल सर्भरले कार्यक्रमको पासवर्ड मान्दैन। कार्यक्रम हेर्नेलाई भन्नुहोस्, अनि फेरि पठाउनुहोस्।',
      unreachable: 'मेल सर्भरमा पुग्न सकिएन। क्लिनिकको इन्टरनेट चलेको छ कि हेर्नुहोस्, अनि फेरि पठाउनुहोस्।',
      'adapter-missing': 'क्लिनिकसँग SMS वा WhatsApp पठाउने उपाय छैन। व्यक्तिलाई फोन गर्नुहोस् वा आफ्नै फोनबाट लेख्नुहोस्।',
      'adapter-refused': 'SMS वा WhatsApp सेवाले यो लिएन। नम्बर हेर्नुहोस्; सही भए पछि फेरि पठाउनुहोस्।',
      other: 'यो पुर्‍याउन सकिएन। फेरि पठाउनुहोस्; फर्किए व्यक्तिलाई फोन गर्नुहोस्।',
    },
    correct: 'ठेगाना सच्याउनुहोस्',
    email: 'इमेल',
    phone: 'फोन',
    send: 'सच्याएर पठाउनुहोस्',
    told: 'अर्को तरिकाले भनियो',
    onItsWay: 'सन्देश बाटोमा छ। नपुगे यहीँ फर्किन्छ।',
    badEmail: 'name@example.org जस्तो ठेगाना लेख्नुहोस्।',
    badPhone: '७ देखि १५ अंक लेख्नुहोस्; नम्बर अर्को देशको भए देशको कोडसहित।',
    technical: 'कार्यक्रम हेर्नेका लागि',
  },
};
