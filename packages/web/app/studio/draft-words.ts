import type { Locale } from '../locales/index.ts';
import type { KeptState } from './draft-keeper.ts';
import type { DraftNotice } from './use-draft.ts';

export interface DraftWords {
  readonly kept: Readonly<Record<Exclude<KeptState['kind'], 'saved' | 'refused' | 'none'>, string>>;
  readonly saved: (time: string) => string;
  readonly photo: (percent: string) => string;
  readonly refused: string;
  readonly notices: Readonly<Record<DraftNotice, string>>;
  readonly drafts: string;
  /** Treatment, then the time of the last change. */
  readonly draftOf: (treatment: string, when: string) => string;
  readonly goOn: string;
  readonly discard: string;
  readonly discarded: string;
  readonly discardTitle: string;
  readonly discardText: string;
  readonly keep: string;
  readonly notDiscarded: string;
  readonly opening: string;
  readonly onlyHere: string;
  readonly choosePatient: string;
}

const en: DraftWords = {
  kept: {
    unsaved: 'Not saved yet',
    device: 'Saved on this device only. Choose the patient, and it is saved in the clinic as you work.',
    waiting: 'No line: saved on this device. It is sent as soon as the server answers.',
    saving: 'Saving …',
  },
  saved: (time) => `Saved, ${time}`,
  photo: (percent) => `Saving the photograph, ${percent}`,
  refused: 'Not saved',
  notices: {
    'other-patient':
      'The patient was changed: this work is now a draft of the patient chosen. The photograph saved before stays among the first patient’s photographs; remove it there if it is not theirs.',
    'other-device':
      'This draft was changed on another device meanwhile. Nothing was written over: what you do here is now a draft of its own, and both are among the patient’s plans.',
    'draft-gone':
      'This draft has become a plan or was discarded meanwhile. What you do here is kept as a new draft.',
    'no-such-draft': 'This draft is not there any more: it became a plan, or was discarded.',
    'photo-elsewhere':
      'The photograph of this draft has not arrived from the device where it was chosen. Open the studio there, or choose the same file here: the region comes back with it.',
    'not-restored':
      'The photograph opens at another size here than where the region was drawn. Begin anew, or go on at the other device.',
  },
  drafts: 'Drafts',
  draftOf: (treatment, when) => `${treatment}, changed ${when}`,
  goOn: 'Go on',
  discard: 'Discard',
  discarded: 'Discarded.',
  discardTitle: 'Discard this draft?',
  discardText:
    'The region, its steps and the readings of this draft go. Its photograph stays among the patient’s photographs.',
  keep: 'Keep it',
  notDiscarded: 'Not discarded: the server did not answer. Try again.',
  opening: 'Opening the draft',
  onlyHere: 'on this device only',
  choosePatient: 'Patient',
};

const hi: DraftWords = {
  kept: {
    unsaved: 'अभी सहेजा नहीं गया',
    device: 'केवल इस उपकरण पर सहेजा गया। मरीज़ चुनें, फिर काम करते-करते क्लिनिक में सहेजा जाएगा।',
    waiting: 'लाइन नहीं है: इस उपकरण पर सहेजा गया। सर्वर के जवाब देते ही भेजा जाएगा।',
    saving: 'सहेजा जा रहा है …',
  },
  saved: (time) => `सहेजा गया, ${time}`,
  photo: (percent) => `फ़ोटो सहेजी जा रही है, ${percent}`,
  refused: 'सहेजा नहीं गया',
  notices: {
    'other-patient':
      'मरीज़ बदला गया: यह काम अब चुने गए मरीज़ का मसौदा है। पहले सहेजी गई फ़ोटो पहले मरीज़ की फ़ोटो में रहती है; यदि वह उनकी नहीं है तो वहाँ से हटाएँ।',
    'other-device':
      'यह मसौदा इस बीच दूसरे उपकरण पर बदला गया। कुछ भी मिटाया नहीं गया: यहाँ का काम अब अलग मसौदा है, और दोनों मरीज़ की योजनाओं में हैं।',
    'draft-gone': 'यह मसौदा इस बीच योजना बन गया या हटा दिया गया। यहाँ का काम नए मसौदे के रूप में रखा जाता है।',
    'no-such-draft': 'यह मसौदा अब नहीं है: वह योजना बन गया या हटा दिया गया।',
    'photo-elsewhere':
      'इस मसौदे की फ़ोटो उस उपकरण से नहीं आई जहाँ वह चुनी गई थी। वहाँ स्टूडियो खोलें, या वही फ़ाइल यहाँ चुनें: क्षेत्र उसके साथ लौट आएगा।',
    'not-restored':
      'फ़ोटो यहाँ उस आकार में नहीं खुलती जिस पर क्षेत्र बनाया गया था। नया शुरू करें, या दूसरे उपकरण पर जारी रखें।',
  },
  drafts: 'मसौदे',
  draftOf: (treatment, when) => `${treatment}, ${when} को बदला गया`,
  goOn: 'जारी रखें',
  discard: 'हटाएँ',
  discarded: 'हटाया गया।',
  discardTitle: 'यह मसौदा हटाएँ?',
  discardText: 'इस मसौदे का क्षेत्र, उसके चरण और नाप हट जाएँगे। फ़ोटो मरीज़ की फ़ोटो में रहेगी।',
  keep: 'रहने दें',
  notDiscarded: 'हटाया नहीं गया: सर्वर ने जवाब नहीं दिया। फिर कोशिश करें।',
  opening: 'मसौदा खुल रहा है',
  onlyHere: 'केवल इस उपकरण पर',
  choosePatient: 'मरीज़',
};

const bn: DraftWords = {
  kept: {
    unsaved: 'এখনও সংরক্ষিত হয়নি',
    device: 'শুধু এই যন্ত্রে সংরক্ষিত। রোগী বেছে নিন, তাহলে কাজ করতে করতে ক্লিনিকে সংরক্ষিত হবে।',
    waiting: 'লাইন নেই: এই যন্ত্রে সংরক্ষিত। সার্ভার সাড়া দিলেই পাঠানো হবে।',
    saving: 'সংরক্ষণ হচ্ছে …',
  },
  saved: (time) => `সংরক্ষিত, ${time}`,
  photo: (percent) => `ছবি সংরক্ষণ হচ্ছে, ${percent}`,
  refused: 'সংরক্ষিত হয়নি',
  notices: {
    'other-patient':
      'রোগী বদলানো হয়েছে: এই কাজ এখন বাছা রোগীর খসড়া। আগে সংরক্ষিত ছবিটি প্রথম রোগীর ছবির মধ্যে আছে; তাঁর না হলে সেখান থেকে সরান।',
    'other-device':
      'এই খসড়া ইতিমধ্যে অন্য যন্ত্রে বদলানো হয়েছে। কিছুই মুছে যায়নি: এখানকার কাজ এখন আলাদা খসড়া, আর দুটিই রোগীর পরিকল্পনার মধ্যে আছে।',
    'draft-gone': 'এই খসড়া ইতিমধ্যে পরিকল্পনা হয়েছে বা বাদ দেওয়া হয়েছে। এখানকার কাজ নতুন খসড়া হিসেবে রাখা হচ্ছে।',
    'no-such-draft': 'এই খসড়া আর নেই: তা পরিকল্পনা হয়েছে বা বাদ দেওয়া হয়েছে।',
    'photo-elsewhere':
      'যে যন্ত্রে ছবিটি বাছা হয়েছিল সেখান থেকে এই খসড়ার ছবি আসেনি। সেখানে স্টুডিও খুলুন, বা একই ফাইল এখানে বাছুন: অঞ্চলটি তার সঙ্গে ফিরে আসবে।',
    'not-restored':
      'অঞ্চলটি যে মাপে আঁকা হয়েছিল, ছবিটি এখানে সেই মাপে খোলে না। নতুন করে শুরু করুন, বা অন্য যন্ত্রে চালিয়ে যান।',
  },
  drafts: 'খসড়া',
  draftOf: (treatment, when) => `${treatment}, ${when} বদলানো`,
  goOn: 'চালিয়ে যান',
  discard: 'বাদ দিন',
  discarded: 'বাদ দেওয়া হয়েছে।',
  discardTitle: 'এই খসড়া বাদ দেবেন?',
  discardText: 'এই খসড়ার অঞ্চল, তার ধাপ ও মাপ চলে যাবে। ছবিটি রোগীর ছবির মধ্যে থাকবে।',
  keep: 'রেখে দিন',
  notDiscarded: 'বাদ দেওয়া যায়নি: সার্ভার সাড়া দেয়নি। আবার চেষ্টা করুন।',
  opening: 'খসড়া খোলা হচ্ছে',
  onlyHere: 'শুধু এই যন্ত্রে',
  choosePatient: 'রোগী',
};

const ne: DraftWords = {
  kept: {
    unsaved: 'अझै बचत भएको छैन',
    device: 'यस उपकरणमा मात्र बचत भयो। बिरामी छान्नुहोस्, त्यसपछि काम गर्दै जाँदा क्लिनिकमा बचत हुन्छ।',
    waiting: 'लाइन छैन: यस उपकरणमा बचत भयो। सर्भरले जवाफ दिनेबित्तिकै पठाइन्छ।',
    saving: 'बचत हुँदैछ …',
  },
  saved: (time) => `बचत भयो, ${time}`,
  photo: (percent) => `फोटो बचत हुँदैछ, ${percent}`,
  refused: 'बचत भएन',
  notices: {
    'other-patient':
      'बिरामी फेरियो: यो काम अब छानिएको बिरामीको मस्यौदा हो। पहिले बचत भएको फोटो पहिलो बिरामीका फोटोमै रहन्छ; उहाँको होइन भने त्यहाँबाट हटाउनुहोस्।',
    'other-device':
      'यो मस्यौदा यसबीच अर्को उपकरणमा परिवर्तन भयो। केही मेटिएको छैन: यहाँको काम अब छुट्टै मस्यौदा हो, र दुवै बिरामीका योजनामा छन्।',
    'draft-gone': 'यो मस्यौदा यसबीच योजना बन्यो वा हटाइयो। यहाँको काम नयाँ मस्यौदाका रूपमा राखिन्छ।',
    'no-such-draft': 'यो मस्यौदा अब छैन: त्यो योजना बन्यो वा हटाइयो।',
    'photo-elsewhere':
      'फोटो छानिएको उपकरणबाट यस मस्यौदाको फोटो आइपुगेको छैन। त्यहीँ स्टुडियो खोल्नुहोस्, वा त्यही फाइल यहाँ छान्नुहोस्: क्षेत्र त्यससँगै फर्किन्छ।',
    'not-restored': 'क्षेत्र कोरिएको आकारमा फोटो यहाँ खुल्दैन। नयाँ सुरु गर्नुहोस्, वा अर्को उपकरणमा जारी राख्नुहोस्।',
  },
  drafts: 'मस्यौदाहरू',
  draftOf: (treatment, when) => `${treatment}, ${when} मा परिवर्तन`,
  goOn: 'जारी राख्नुहोस्',
  discard: 'हटाउनुहोस्',
  discarded: 'हटाइयो।',
  discardTitle: 'यो मस्यौदा हटाउने?',
  discardText: 'यस मस्यौदाको क्षेत्र, त्यसका चरण र नाप हट्छन्। फोटो बिरामीका फोटोमा रहन्छ।',
  keep: 'रहन दिनुहोस्',
  notDiscarded: 'हटेन: सर्भरले जवाफ दिएन। फेरि प्रयास गर्नुहोस्।',
  opening: 'मस्यौदा खुल्दैछ',
  onlyHere: 'यस उपकरणमा मात्र',
  choosePatient: 'बिरामी',
};

export const draftWords: Readonly<Record<Locale, DraftWords>> = { en, hi, bn, ne };
