import type { Locale } from '../locales/index.ts';

/** What the desk says when the log of the database is not being archived. */
export const archiveWords: Readonly<Record<Locale, { readonly title: string; readonly text: string }>> = {
  en: {
    title: 'The running backup has stopped',
    text: 'Work goes on and nothing is lost here, but what is entered now has no second copy. Tell whoever looks after the machine: undertone doctor says what to do.',
  },
  hi: {
    title: 'चालू बैकअप रुक गया है',
    text: 'काम चलता रहेगा और यहाँ कुछ नहीं खोएगा, पर अभी जो लिखा जा रहा है उसकी दूसरी प्रति नहीं है। जो मशीन सँभालते हैं उन्हें बताएँ: undertone doctor बताता है कि क्या करना है।',
  },
  bn: {
    title: 'চলমান ব্যাকআপ থেমে গেছে',
    text: 'কাজ চলবে এবং এখানে কিছু হারাবে না, কিন্তু এখন যা লেখা হচ্ছে তার দ্বিতীয় কপি নেই। যিনি মেশিন দেখেন তাঁকে জানান: কী করতে হবে তা undertone doctor বলে দেয়।',
  },
  ne: {
    title: 'चालु ब्याकअप रोकिएको छ',
    text: 'काम चलिरहन्छ र यहाँ केही हराउँदैन, तर अहिले लेखिएको कुराको दोस्रो प्रति छैन। मेसिन हेर्ने व्यक्तिलाई भन्नुहोस्: के गर्ने भन्ने undertone doctor ले बताउँछ।',
  },
};
