/** Sentences that leave the clinic. They name no treatment, sign or urgency: messages are read on locked screens. */
import type { Language } from '../tenant/schema.ts';

interface Sentences {
  readonly subject: string;
  readonly text: string;
}

const link: Readonly<Record<Language, Sentences>> = {
  en: {
    subject: 'How are you? {clinic}',
    text: 'Hello {name},\n\nplease tell us how it goes. It takes a minute, also when all is well:\n{link}\n\nFor an emergency do not use this link: call {emergency}.',
  },
  hi: {
    subject: 'आप कैसे हैं? {clinic}',
    text: 'नमस्ते {name},\n\nकृपया बताएँ कि कैसा चल रहा है। एक मिनट लगता है, सब ठीक हो तब भी:\n{link}\n\nआपात स्थिति में यह लिंक नहीं, {emergency} पर फ़ोन करें।',
  },
  bn: {
    subject: 'কেমন আছেন? {clinic}',
    text: 'নমস্কার {name},\n\nকেমন চলছে জানান। এক মিনিট লাগে, সব ভালো থাকলেও জানান:\n{link}\n\nজরুরি অবস্থায় এই লিংক নয়, {emergency} নম্বরে ফোন করুন।',
  },
  ne: {
    subject: 'कस्तो छ? {clinic}',
    text: 'नमस्ते {name},\n\nकस्तो भइरहेको छ, भन्नुहोस्। एक मिनेट लाग्छ, सबै राम्रो हुँदा पनि:\n{link}\n\nआपतकालमा यो लिंक होइन, {emergency} मा फोन गर्नुहोस्।',
  },
};

const reminder: Readonly<Record<Language, Sentences>> = {
  en: {
    subject: 'A minute for us? {clinic}',
    text: 'Hello {name},\n\nwe have not heard from you yet. Please tell us how it goes:\n{link}\n\nIf you do not, we will call you. For an emergency call {emergency}.',
  },
  hi: {
    subject: 'एक मिनट दें? {clinic}',
    text: 'नमस्ते {name},\n\nहमें अभी आपका जवाब नहीं मिला। कृपया बताएँ कि कैसा चल रहा है:\n{link}\n\nजवाब न मिलने पर हम फ़ोन करेंगे। आपात स्थिति में {emergency} पर फ़ोन करें।',
  },
  bn: {
    subject: 'এক মিনিট সময় দেবেন? {clinic}',
    text: 'নমস্কার {name},\n\nআমরা এখনও আপনার উত্তর পাইনি। কেমন চলছে জানান:\n{link}\n\nউত্তর না পেলে আমরা ফোন করব। জরুরি অবস্থায় {emergency} নম্বরে ফোন করুন।',
  },
  ne: {
    subject: 'एक मिनेट दिनुहुन्छ? {clinic}',
    text: 'नमस्ते {name},\n\nहामीले तपाईंको जवाफ अझै पाएका छैनौं। कस्तो भइरहेको छ, भन्नुहोस्:\n{link}\n\nजवाफ नआए हामी फोन गर्छौं। आपतकालमा {emergency} मा फोन गर्नुहोस्।',
  },
};

const caseNotice: Readonly<Record<Language, Sentences>> = {
  en: {
    subject: 'Follow-up: somebody is waiting ({step})',
    text: 'A patient has told us something that needs an answer.\n{link}\n\nThis message comes again until somebody has answered.',
  },
  hi: {
    subject: 'फ़ॉलो-अप: कोई प्रतीक्षा में है ({step})',
    text: 'एक मरीज़ ने कुछ बताया है जिसका जवाब चाहिए।\n{link}\n\nजवाब दर्ज होने तक यह संदेश आता रहेगा।',
  },
  bn: {
    subject: 'ফলো-আপ: কেউ অপেক্ষায় আছেন ({step})',
    text: 'একজন রোগী এমন কিছু জানিয়েছেন যার উত্তর দরকার।\n{link}\n\nউত্তর না দেওয়া পর্যন্ত এই বার্তা আসতে থাকবে।',
  },
  ne: {
    subject: 'फलोअप: कोही पर्खिरहनुभएको छ ({step})',
    text: 'एक बिरामीले जवाफ चाहिने कुरा भन्नुभएको छ।\n{link}\n\nजवाफ नदिएसम्म यो सन्देश आइरहन्छ।',
  },
};

const handedOver: Readonly<Record<Language, Sentences>> = {
  en: {
    subject: 'Follow-up handed over to you',
    text: '{from} has handed a follow-up over to you.\n{link}',
  },
  hi: { subject: 'फ़ॉलो-अप आपको सौंपा गया', text: '{from} ने एक फ़ॉलो-अप आपको सौंपा है।\n{link}' },
  bn: { subject: 'ফলো-আপ আপনাকে দেওয়া হয়েছে', text: '{from} একটি ফলো-আপ আপনাকে দিয়েছেন।\n{link}' },
  ne: { subject: 'फलोअप तपाईंलाई सुम्पिइयो', text: '{from} ले एउटा फलोअप तपाईंलाई सुम्पनुभएको छ।\n{link}' },
};

const lotAlert: Readonly<Record<Language, Sentences>> = {
  en: {
    subject: 'Lot alert: {count} infections or reactions',
    text: 'One lot has been used where {count} infections or reactions were seen. Please look at it and hold the lot if need be.\n{link}',
  },
  hi: {
    subject: 'लॉट चेतावनी: {count} संक्रमण या प्रतिक्रियाएँ',
    text: 'एक ही लॉट के साथ {count} संक्रमण या प्रतिक्रियाएँ देखी गई हैं। कृपया देखें और ज़रूरत हो तो लॉट रोकें।\n{link}',
  },
  bn: {
    subject: 'লট সতর্কতা: {count} সংক্রমণ বা প্রতিক্রিয়া',
    text: 'একটি লটের সঙ্গে {count} সংক্রমণ বা প্রতিক্রিয়া দেখা গেছে। দেখুন, দরকার হলে লটটি আটকে রাখুন।\n{link}',
  },
  ne: {
    subject: 'लट चेतावनी: {count} संक्रमण वा प्रतिक्रिया',
    text: 'एउटै लटसँग {count} संक्रमण वा प्रतिक्रिया देखिएका छन्। हेर्नुहोस्, चाहिए लट रोक्नुहोस्।\n{link}',
  },
};

const all = { link, reminder, caseNotice, handedOver, lotAlert };

/** Fills a message's sentences. Line breaks inside values become spaces, so that no value can add a line of its own. */
export function sentencesOf(
  which: keyof typeof all,
  language: Language,
  values: Readonly<Record<string, string>>,
): { subject: string; text: string } {
  const fill = (pattern: string) =>
    pattern.replaceAll(/\{([a-z]+)\}/g, (_, name: string) =>
      (values[name] ?? '').replaceAll(/[\r\n]+/g, ' '),
    );
  const { subject, text } = all[which][language];
  return { subject: fill(subject), text: fill(text) };
}
