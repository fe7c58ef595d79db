/** The sentences of messages. A clinician’s review is not needed for them; a native speaker’s is (state: unreviewed). */
import type { MessageLanguage, ParamsOf, Template } from './schema.ts';

interface Sentences {
  subject: string;
  text: string;
}

type Catalogue = Record<Exclude<Template, 'plain'>, Sentences>;

const en: Catalogue = {
  'booking-hold': {
    subject: 'Please confirm your appointment: {service}',
    text: 'Hello {name},\n\nwe are holding this time for you at {clinic}:\n{service}\n{when}\n\nPlease confirm it by {until}:\n{link}\n\nIf you did not ask for it, do nothing and the time is given back.',
  },
  'booking-confirmed': {
    subject: 'Your appointment: {service}, {when}',
    text: 'Hello {name},\n\nyour appointment at {clinic} is confirmed.\n{service} with {staff}\n{when}\n{where}\n\nTo move or cancel it:\n{link}',
  },
  'booking-moved': {
    subject: 'Your appointment has moved: {service}, {when}',
    text: 'Hello {name},\n\nyour appointment at {clinic} is now:\n{service} with {staff}\n{when}\n{where}\n\nTo move or cancel it:\n{link}',
  },
  'booking-cancelled': {
    subject: 'Your appointment is cancelled: {service}',
    text: 'Hello {name},\n\nthis appointment at {clinic} is cancelled:\n{service}\n{when}\n\nQuestions: {phone}',
  },
  'booking-reminder': {
    subject: 'Reminder: {service}, {when}',
    text: 'Hello {name},\n\nwe expect you at {clinic}:\n{service}\n{when}\n{where}\n\nTo move or cancel it:\n{link}',
  },
  'waitlist-offer': {
    subject: 'A time has become free: {service}',
    text: 'Hello {name},\n\na time has become free at {clinic}:\n{service}\n{when}\n\nIt is yours if you take it by {until}:\n{link}',
  },
};

const hi: Catalogue = {
  'booking-hold': {
    subject: 'कृपया अपने समय की पुष्टि करें: {service}',
    text: 'नमस्ते {name},\n\n{clinic} में यह समय आपके लिए रोका गया है:\n{service}\n{when}\n\nकृपया {until} तक पुष्टि करें:\n{link}\n\nअगर आपने नहीं माँगा था तो कुछ न करें, समय वापस चला जाएगा।',
  },
  'booking-confirmed': {
    subject: 'आपका अपॉइंटमेंट: {service}, {when}',
    text: 'नमस्ते {name},\n\n{clinic} में आपका अपॉइंटमेंट पक्का है।\n{service}, {staff}\n{when}\n{where}\n\nसमय बदलने या रद्द करने के लिए:\n{link}',
  },
  'booking-moved': {
    subject: 'आपके अपॉइंटमेंट का समय बदला: {service}, {when}',
    text: 'नमस्ते {name},\n\n{clinic} में आपका नया समय:\n{service}, {staff}\n{when}\n{where}\n\nसमय बदलने या रद्द करने के लिए:\n{link}',
  },
  'booking-cancelled': {
    subject: 'आपका अपॉइंटमेंट रद्द हुआ: {service}',
    text: 'नमस्ते {name},\n\n{clinic} में यह अपॉइंटमेंट रद्द हो गया:\n{service}\n{when}\n\nसवाल हों तो: {phone}',
  },
  'booking-reminder': {
    subject: 'याद दिलाना: {service}, {when}',
    text: 'नमस्ते {name},\n\n{clinic} में हम आपकी प्रतीक्षा करेंगे:\n{service}\n{when}\n{where}\n\nसमय बदलने या रद्द करने के लिए:\n{link}',
  },
  'waitlist-offer': {
    subject: 'एक समय खाली हुआ है: {service}',
    text: 'नमस्ते {name},\n\n{clinic} में एक समय खाली हुआ है:\n{service}\n{when}\n\n{until} तक लेने पर यह आपका है:\n{link}',
  },
};

const bn: Catalogue = {
  'booking-hold': {
    subject: 'আপনার সময়টি নিশ্চিত করুন: {service}',
    text: 'নমস্কার {name},\n\n{clinic}-এ এই সময়টি আপনার জন্য রাখা আছে:\n{service}\n{when}\n\n{until}-এর মধ্যে নিশ্চিত করুন:\n{link}\n\nআপনি না চেয়ে থাকলে কিছু করবেন না, সময়টি ফেরত যাবে।',
  },
  'booking-confirmed': {
    subject: 'আপনার অ্যাপয়েন্টমেন্ট: {service}, {when}',
    text: 'নমস্কার {name},\n\n{clinic}-এ আপনার অ্যাপয়েন্টমেন্ট নিশ্চিত হয়েছে।\n{service}, {staff}\n{when}\n{where}\n\nসময় বদলাতে বা বাতিল করতে:\n{link}',
  },
  'booking-moved': {
    subject: 'আপনার অ্যাপয়েন্টমেন্টের সময় বদলেছে: {service}, {when}',
    text: 'নমস্কার {name},\n\n{clinic}-এ আপনার নতুন সময়:\n{service}, {staff}\n{when}\n{where}\n\nসময় বদলাতে বা বাতিল করতে:\n{link}',
  },
  'booking-cancelled': {
    subject: 'আপনার অ্যাপয়েন্টমেন্ট বাতিল হয়েছে: {service}',
    text: 'নমস্কার {name},\n\n{clinic}-এ এই অ্যাপয়েন্টমেন্ট বাতিল হয়েছে:\n{service}\n{when}\n\nপ্রশ্ন থাকলে: {phone}',
  },
  'booking-reminder': {
    subject: 'মনে করিয়ে দিই: {service}, {when}',
    text: 'নমস্কার {name},\n\n{clinic}-এ আমরা আপনার অপেক্ষায় থাকব:\n{service}\n{when}\n{where}\n\nসময় বদলাতে বা বাতিল করতে:\n{link}',
  },
  'waitlist-offer': {
    subject: 'একটি সময় খালি হয়েছে: {service}',
    text: 'নমস্কার {name},\n\n{clinic}-এ একটি সময় খালি হয়েছে:\n{service}\n{when}\n\n{until}-এর মধ্যে নিলে এটি আপনার:\n{link}',
  },
};

const ne: Catalogue = {
  'booking-hold': {
    subject: 'कृपया आफ्नो समय पक्का गर्नुहोस्: {service}',
    text: 'नमस्ते {name},\n\n{clinic} मा यो समय तपाईंका लागि राखिएको छ:\n{service}\n{when}\n\nकृपया {until} सम्म पक्का गर्नुहोस्:\n{link}\n\nतपाईंले नमाग्नुभएको भए केही नगर्नुहोस्, समय फिर्ता हुनेछ।',
  },
  'booking-confirmed': {
    subject: 'तपाईंको भेट्ने समय: {service}, {when}',
    text: 'नमस्ते {name},\n\n{clinic} मा तपाईंको समय पक्का भयो।\n{service}, {staff}\n{when}\n{where}\n\nसमय सार्न वा रद्द गर्न:\n{link}',
  },
  'booking-moved': {
    subject: 'तपाईंको समय सारियो: {service}, {when}',
    text: 'नमस्ते {name},\n\n{clinic} मा तपाईंको नयाँ समय:\n{service}, {staff}\n{when}\n{where}\n\nसमय सार्न वा रद्द गर्न:\n{link}',
  },
  'booking-cancelled': {
    subject: 'तपाईंको समय रद्द भयो: {service}',
    text: 'नमस्ते {name},\n\n{clinic} मा यो समय रद्द भयो:\n{service}\n{when}\n\nप्रश्न भए: {phone}',
  },
  'booking-reminder': {
    subject: 'सम्झना: {service}, {when}',
    text: 'नमस्ते {name},\n\n{clinic} मा हामी तपाईंलाई पर्खनेछौं:\n{service}\n{when}\n{where}\n\nसमय सार्न वा रद्द गर्न:\n{link}',
  },
  'waitlist-offer': {
    subject: 'एउटा समय खाली भयो: {service}',
    text: 'नमस्ते {name},\n\n{clinic} मा एउटा समय खाली भयो:\n{service}\n{when}\n\n{until} सम्म लिनुभयो भने यो तपाईंको हो:\n{link}',
  },
};

const optOut: Record<MessageLanguage, string> = {
  en: 'No more reminders and offers: {optOutLink}',
  hi: 'याद दिलाने वाले संदेश और प्रस्ताव न पाने के लिए: {optOutLink}',
  bn: 'মনে করানো ও প্রস্তাবের বার্তা আর না পেতে: {optOutLink}',
  ne: 'सम्झना र प्रस्तावका सन्देश नपाउन: {optOutLink}',
};

/**
 * Fills a template. Line breaks in subjects become spaces; values never reach another placeholder.
 * @throws `template-param-missing` when a placeholder has no value.
 */
export function render<T extends Template>(
  template: T,
  language: MessageLanguage,
  params: ParamsOf<T>,
  optOutLink?: string,
): Sentences {
  const catalogue = { en, hi, bn, ne }[language];
  const sentences: Sentences =
    template === 'plain'
      ? { subject: '{subject}', text: '{text}' }
      : catalogue[template as Exclude<Template, 'plain'>];
  const footer = optOutLink === undefined ? '' : `\n\n${optOut[language]}`;
  const values: Record<string, string> = { ...params, ...(optOutLink === undefined ? {} : { optOutLink }) };
  const fill = (pattern: string) =>
    pattern.replaceAll(/\{([a-zA-Z]+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) {
        throw Object.assign(new Error(`template ${template} needs a value for "${name}"`), {
          code: 'template-param-missing' as const,
        });
      }
      return value;
    });
  return {
    subject: fill(sentences.subject).replaceAll(/\s+/g, ' ').trim(),
    text: fill(sentences.text + footer),
  };
}
