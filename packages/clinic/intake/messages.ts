/** The message that carries the link. A native speaker's review is outstanding (state: unreviewed). */
import type { Language } from '../tenant/schema.ts';

interface Sentences {
  readonly subject: (clinic: string) => string;
  readonly text: (clinic: string, name: string, link: string, until: string) => string;
}

export const intakeMessages: Readonly<Record<Language, Sentences>> = {
  en: {
    subject: (clinic) => `Before your visit: a few questions from ${clinic}`,
    text: (clinic, name, link, until) =>
      `Hello ${name},\n\nplease answer these questions before you come to ${clinic}. You can stop at any time: what you have written is kept.\n${link}\n\nThe link works until ${until}. If you prefer, answer them with us at the clinic.`,
  },
  hi: {
    subject: (clinic) => `आने से पहले: ${clinic} के कुछ सवाल`,
    text: (clinic, name, link, until) =>
      `नमस्ते ${name},\n\n${clinic} आने से पहले कृपया इन सवालों के जवाब दें। आप कभी भी रुक सकते हैं: जो लिखा है वह रखा जाता है।\n${link}\n\nलिंक ${until} तक चलेगा। चाहें तो क्लिनिक में हमारे साथ जवाब दें।`,
  },
  bn: {
    subject: (clinic) => `আসার আগে: ${clinic}-এর কয়েকটি প্রশ্ন`,
    text: (clinic, name, link, until) =>
      `নমস্কার ${name},\n\n${clinic}-এ আসার আগে অনুগ্রহ করে এই প্রশ্নগুলির উত্তর দিন। যে কোনো সময় থামতে পারেন: যা লিখেছেন তা রাখা থাকে।\n${link}\n\nলিঙ্কটি ${until} পর্যন্ত চলবে। চাইলে ক্লিনিকে আমাদের সঙ্গে উত্তর দিন।`,
  },
  ne: {
    subject: (clinic) => `आउनुअघि: ${clinic} का केही प्रश्न`,
    text: (clinic, name, link, until) =>
      `नमस्ते ${name},\n\n${clinic} आउनुअघि कृपया यी प्रश्नको उत्तर दिनुहोस्। जुनसुकै बेला रोकिन सक्नुहुन्छ: लेखेको कुरा राखिन्छ।\n${link}\n\nलिङ्क ${until} सम्म चल्छ। चाहनुहुन्छ भने क्लिनिकमा हामीसँगै उत्तर दिनुहोस्।`,
  },
};
