/** The message that carries the link of a consent. A native speaker's review is outstanding (state: unreviewed). */
import type { Language } from '../tenant/schema.ts';

interface Sentences {
  readonly subject: (clinic: string) => string;
  readonly text: (clinic: string, name: string, link: string, until: string) => string;
}

/** No treatment is named: who else reads the letter learns nothing about it. */
export const consentMessages: Readonly<Record<Language, Sentences>> = {
  en: {
    subject: (clinic) => `To read before your treatment: ${clinic}`,
    text: (clinic, name, link, until) =>
      `Hello ${name},\n\nhere is the consent text of ${clinic} for you to read at your own pace. Sign it only when you have understood it and agree; you can ask us anything before.\n${link}\n\nWhoever has this link can open the text, so please do not pass it on. It works until ${until}. If you prefer, read it with us at the clinic.`,
  },
  hi: {
    subject: (clinic) => `उपचार से पहले पढ़ने के लिए: ${clinic}`,
    text: (clinic, name, link, until) =>
      `नमस्ते ${name},\n\n${clinic} का सहमति-पत्र यहाँ है, आराम से पढ़ें। समझ आने और सहमत होने पर ही हस्ताक्षर करें; उससे पहले कुछ भी पूछ सकते हैं।\n${link}\n\nजिसके पास यह लिंक है वह इसे खोल सकता है, इसलिए कृपया आगे न भेजें। लिंक ${until} तक चलेगा। चाहें तो क्लिनिक में हमारे साथ पढ़ें।`,
  },
  bn: {
    subject: (clinic) => `চিকিৎসার আগে পড়ার জন্য: ${clinic}`,
    text: (clinic, name, link, until) =>
      `নমস্কার ${name},\n\n${clinic}-এর সম্মতিপত্র এখানে, নিজের সময়ে পড়ুন। বুঝে ও রাজি হয়ে তবেই সই করুন; তার আগে যা খুশি জিজ্ঞাসা করতে পারেন।\n${link}\n\nযার কাছে এই লিঙ্ক আছে তিনি এটি খুলতে পারেন, তাই অন্য কাউকে পাঠাবেন না। লিঙ্কটি ${until} পর্যন্ত চলবে। চাইলে ক্লিনিকে আমাদের সঙ্গে পড়ুন।`,
  },
  ne: {
    subject: (clinic) => `उपचारअघि पढ्नका लागि: ${clinic}`,
    text: (clinic, name, link, until) =>
      `नमस्ते ${name},\n\n${clinic} को मञ्जुरीपत्र यहाँ छ, आफ्नो समय लिएर पढ्नुहोस्। बुझेर सहमत भएपछि मात्र हस्ताक्षर गर्नुहोस्; त्यसअघि जे पनि सोध्न सक्नुहुन्छ।\n${link}\n\nजोसँग यो लिङ्क छ उसले खोल्न सक्छ, त्यसैले अरूलाई नपठाउनुहोस्। लिङ्क ${until} सम्म चल्छ। चाहनुहुन्छ भने क्लिनिकमा हामीसँगै पढ्नुहोस्।`,
  },
};
