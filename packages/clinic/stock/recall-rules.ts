/** Recalls: how far each person has come, and what they are told. Pure. */
import type { Language } from '../tenant/schema.ts';

export const contactWays = ['call', 'visit', 'letter', 'message'] as const;
export type ContactWay = (typeof contactWays)[number];
export const contactOutcomes = ['reached', 'not-reached', 'declined', 'sent'] as const;
export type ContactOutcome = (typeof contactOutcomes)[number];

export interface RecallContact {
  readonly id: string;
  readonly way: ContactWay;
  readonly outcome: ContactOutcome;
  readonly note: string | null;
  readonly at: Date;
  readonly madeBy: string;
  readonly messageId: string | null;
}

/** `declined`: reached, and wants nothing more of it. `tried`: something went out, nobody has answered. */
export type ReachState = 'not-yet' | 'tried' | 'reached' | 'declined';

/** How far one person has come: the best that was ever recorded, whatever came after. */
export function reachState(contacts: readonly Pick<RecallContact, 'outcome'>[]): ReachState {
  const has = (outcome: ContactOutcome) => contacts.some((one) => one.outcome === outcome);
  if (has('reached')) return 'reached';
  if (has('declined')) return 'declined';
  return contacts.length > 0 ? 'tried' : 'not-yet';
}

export interface RecallTexts {
  /** Read on locked screens: names no treatment, no product and no sign. */
  readonly message: { readonly subject: string; readonly text: string };
  readonly letter: {
    readonly title: string;
    readonly greeting: string;
    readonly paragraphs: readonly string[];
    readonly watchTitle: string;
    readonly watch: readonly string[];
    readonly atOnce: string;
    readonly call: string;
  };
}

/**
 * What people are told. The signs to watch for are those of domain reference 6.2 (R01, R08, R10, R11: background
 * knowledge); nobody has reviewed these sentences yet, nor have native speakers.
 */
export const recallSource = {
  source: 'Domain reference 6.2, red flags R01, R08, R10 and R11 [background knowledge]',
  review: 'unreviewed',
} as const;

export const recallTexts: Readonly<Record<Language, RecallTexts>> = {
  en: {
    message: {
      subject: 'Please call us: {clinic}',
      text: 'Hello {name},\n\nwe would like to speak with you about your visit on {day}. Please call {clinic}: {phone}.\n\nFor an emergency call {emergency}.',
    },
    letter: {
      title: 'About a product used in your treatment',
      greeting: 'Dear {name},',
      paragraphs: [
        'At your treatment on {day} we used {item}, lot {lot}. We have set this lot aside and no longer use it while it is being looked into.',
        'This does not mean that anything is wrong with your skin. Please let us look at the treated place all the same, and tell us if you have noticed anything.',
      ],
      watchTitle: 'Call us within a day if you notice',
      watch: [
        'redness that grows, warmth, pus or fever',
        'bumps or pimples that come weeks later and stay',
        'an itchy or raised place in one colour',
      ],
      atOnce: 'Swelling of throat or tongue, trouble breathing or fainting: call {emergency} at once.',
      call: 'Our number: {phone}',
    },
  },
  hi: {
    message: {
      subject: 'कृपया हमें फ़ोन करें: {clinic}',
      text: 'नमस्ते {name},\n\nहम {day} की आपकी भेंट के बारे में आपसे बात करना चाहते हैं। कृपया {clinic} को फ़ोन करें: {phone}।\n\nआपात स्थिति में {emergency} पर फ़ोन करें।',
    },
    letter: {
      title: 'आपके उपचार में लगे एक उत्पाद के बारे में',
      greeting: 'नमस्ते {name},',
      paragraphs: [
        '{day} के आपके उपचार में हमने {item}, लॉट {lot} लगाया था। हमने यह लॉट अलग रख दिया है और जाँच होने तक इसका उपयोग नहीं करते।',
        'इसका अर्थ यह नहीं कि आपकी त्वचा में कुछ गड़बड़ है। फिर भी कृपया हमें उपचार की जगह दिखाएँ, और कुछ दिखा हो तो बताएँ।',
      ],
      watchTitle: 'यह दिखे तो एक दिन के भीतर फ़ोन करें',
      watch: [
        'बढ़ती लाली, गरमाहट, मवाद या बुखार',
        'हफ़्तों बाद निकलने वाले और बने रहने वाले दाने या गाँठें',
        'किसी एक रंग की जगह खुजली या उभार',
      ],
      atOnce: 'गले या जीभ में सूजन, साँस में तकलीफ़ या बेहोशी: तुरंत {emergency} पर फ़ोन करें।',
      call: 'हमारा नंबर: {phone}',
    },
  },
  bn: {
    message: {
      subject: 'দয়া করে আমাদের ফোন করুন: {clinic}',
      text: 'নমস্কার {name},\n\n{day} তারিখে আপনার আসা নিয়ে আমরা আপনার সঙ্গে কথা বলতে চাই। দয়া করে {clinic}-এ ফোন করুন: {phone}।\n\nজরুরি অবস্থায় {emergency} নম্বরে ফোন করুন।',
    },
    letter: {
      title: 'আপনার চিকিৎসায় ব্যবহৃত একটি জিনিস সম্পর্কে',
      greeting: 'নমস্কার {name},',
      paragraphs: [
        '{day} তারিখে আপনার চিকিৎসায় আমরা {item}, লট {lot} ব্যবহার করেছি। এই লট আমরা আলাদা করে রেখেছি; দেখা শেষ না হওয়া পর্যন্ত আর ব্যবহার করছি না।',
        'এর মানে এই নয় যে আপনার ত্বকে কিছু খারাপ হয়েছে। তবু চিকিৎসার জায়গাটি আমাদের দেখতে দিন, আর কিছু লক্ষ করে থাকলে জানান।',
      ],
      watchTitle: 'এগুলি দেখলে এক দিনের মধ্যে ফোন করুন',
      watch: [
        'বাড়তে থাকা লালভাব, গরম, পুঁজ বা জ্বর',
        'কয়েক সপ্তাহ পরে ওঠা ও থেকে যাওয়া দানা বা গোটা',
        'কোনো একটি রঙের জায়গায় চুলকানি বা ফোলা',
      ],
      atOnce: 'গলা বা জিভ ফোলা, শ্বাসকষ্ট বা অজ্ঞান লাগা: এখনই {emergency} নম্বরে ফোন করুন।',
      call: 'আমাদের নম্বর: {phone}',
    },
  },
  ne: {
    message: {
      subject: 'कृपया हामीलाई फोन गर्नुहोस्: {clinic}',
      text: 'नमस्ते {name},\n\n{day} को तपाईंको भेटबारे हामी तपाईंसँग कुरा गर्न चाहन्छौं। कृपया {clinic} मा फोन गर्नुहोस्: {phone}।\n\nआपतकालमा {emergency} मा फोन गर्नुहोस्।',
    },
    letter: {
      title: 'तपाईंको उपचारमा प्रयोग भएको एउटा वस्तुबारे',
      greeting: 'नमस्ते {name},',
      paragraphs: [
        '{day} को तपाईंको उपचारमा हामीले {item}, लट {lot} प्रयोग गर्‍यौं। यो लट हामीले छुट्ट्याएर राखेका छौं र जाँच नसकिएसम्म प्रयोग गर्दैनौं।',
        'यसको अर्थ तपाईंको छालामा केही बिग्रिएको छ भन्ने होइन। तैपनि उपचार गरिएको ठाउँ हामीलाई हेर्न दिनुहोस्, र केही देख्नुभएको भए भन्नुहोस्।',
      ],
      watchTitle: 'यी देखिए एक दिनभित्र फोन गर्नुहोस्',
      watch: [
        'बढ्दै जाने रातोपन, तातोपन, पिप वा ज्वरो',
        'हप्तौंपछि निस्कने र नहराउने दाना वा गाँठा',
        'कुनै एउटा रङको ठाउँमा चिलाउने वा उठ्ने',
      ],
      atOnce: 'घाँटी वा जिब्रो सुन्निने, सास फेर्न गाह्रो हुने वा बेहोस हुने: तुरुन्त {emergency} मा फोन गर्नुहोस्।',
      call: 'हाम्रो नम्बर: {phone}',
    },
  },
};

/** Puts values where a text names them; a name in a value is left as it is. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{([a-z]+)\}/g, (whole, key: string) => values[key] ?? whole);
}
