import { viewNames } from '@undertone/clinic/photos/view-names.ts';
import type { PhotoTreatment, PhotoView } from '@undertone/clinic/photos/views.ts';
import type { Locale } from '../locales/index.ts';

export interface PhotoWords {
  readonly photos: string;
  readonly take: string;
  readonly upload: string;
  readonly treatment: string;
  readonly treatments: Readonly<Record<PhotoTreatment, string>>;
  readonly view: string;
  readonly views: Readonly<Record<PhotoView, string>>;
  readonly none: string;
  readonly noneText: string;
  readonly waiting: (count: number) => string;
  readonly sending: (percent: number) => string;
  readonly notSaved: string;
  readonly discard: string;
  readonly compare: string;
  readonly compareHelp: string;
  readonly chosen: (count: number) => string;
  readonly earlier: string;
  readonly later: string;
  readonly slider: string;
  readonly sideBySide: string;
  readonly showAs: string;
  readonly align: string;
  readonly aligning: string;
  readonly aligned: (px: string, percent: string) => string;
  readonly alignedByHand: string;
  readonly notAligned: string;
  readonly byHand: string;
  readonly byHandHelp: string;
  readonly marks: (which: 'earlier' | 'later', count: number) => string;
  readonly asTaken: string;
  readonly shoot: string;
  readonly keep: string;
  readonly again: string;
  readonly close: string;
  readonly camera: string;
  readonly noCamera: string;
  readonly ghost: string;
  readonly ghostOf: (day: string) => string;
  readonly noGhost: string;
  readonly tips: string;
  readonly original: string;
  readonly measure: string;
  readonly measureHelp: string;
  readonly scale: string;
  readonly length: string;
  readonly lengthMm: string;
  readonly saveLine: string;
  readonly lines: string;
  readonly back: string;
  readonly size: (width: number, height: number) => string;
  readonly hash: string;
  readonly failed: string;
  readonly beyond: string;
  readonly uses: Readonly<Record<'teaching' | 'publication' | 'social-media', string>>;
  readonly noteOnUse: string;
}

const en: PhotoWords = {
  photos: 'Photographs',
  take: 'Take photographs',
  upload: 'Upload a file',
  treatment: 'Treatment',
  treatments: { scalp: 'Scalp', lip: 'Lip', vitiligo: 'Vitiligo' },
  view: 'View',
  views: viewNames.en,
  none: 'No photographs yet',
  noneText: 'Photographs of the standard views, taken alike each time, show what changes.',
  waiting: (count) =>
    count === 1 ? '1 photograph is not yet saved' : `${count} photographs are not yet saved`,
  sending: (percent) => `Sending, ${percent} %`,
  notSaved: 'Kept on this device until it is saved. You may go on, or reload the page.',
  discard: 'Discard',
  compare: 'Compare',
  compareHelp: 'Choose two photographs to compare.',
  chosen: (count) => `${count} of 2 chosen`,
  earlier: 'Earlier',
  later: 'Later',
  slider: 'Slider',
  sideBySide: 'Side by side',
  showAs: 'Show',
  align: 'Align',
  aligning: 'Looking for the same skin in both',
  aligned: (px, percent) =>
    `Aligned: places lie off by about ${px} px; ${percent} % of what was compared agrees.`,
  alignedByHand: 'Aligned by the points you marked.',
  notAligned: 'The two could not be aligned by themselves. Mark the same two places in both.',
  byHand: 'Align by hand',
  byHandHelp:
    'Mark the same two places in both photographs: click, or move the cross with the arrow keys and press Enter.',
  marks: (which, count) => `${which === 'earlier' ? 'Earlier' : 'Later'}: ${count} of 2 places marked`,
  asTaken: 'As taken',
  shoot: 'Take the photograph',
  keep: 'Keep it',
  again: 'Take it again',
  close: 'Done',
  camera: 'What the camera sees',
  noCamera: 'The camera cannot be used here. Allow it for this page, or upload a file.',
  ghost: 'Strength of the last photograph over the picture',
  ghostOf: (day) => `Laid over: the same view of ${day}`,
  noGhost: 'This view has not been photographed before.',
  tips: 'Same distance and angle, even daylight, no flash, no filter; the colour card in the picture.',
  original: 'Original file, without its place',
  measure: 'Measure',
  measureHelp: 'Click the two ends of a line, or move the cross with the arrow keys and press Enter.',
  scale: 'Known length',
  length: 'Measure a length',
  lengthMm: 'Length of the line (mm)',
  saveLine: 'Save the line',
  lines: 'Lines',
  back: 'All photographs',
  size: (width, height) => `${width} × ${height} px`,
  hash: 'SHA-256 of the original',
  failed: 'That did not work; nothing was lost. Try again.',
  beyond: 'Use beyond the record',
  uses: { teaching: 'For teaching', publication: 'For publication', 'social-media': 'For social media' },
  noteOnUse: 'Given out only while the person’s consent to that use is in force. Each use is recorded.',
};

const hi: PhotoWords = {
  photos: 'फ़ोटो',
  take: 'फ़ोटो लें',
  upload: 'फ़ाइल चढ़ाएँ',
  treatment: 'उपचार',
  treatments: { scalp: 'सिर', lip: 'होंठ', vitiligo: 'विटिलिगो' },
  view: 'दृश्य',
  views: viewNames.hi,
  none: 'अभी कोई फ़ोटो नहीं',
  noneText: 'हर बार एक जैसे लिए गए मानक दृश्य बताते हैं कि क्या बदला।',
  waiting: (count) => `${count} फ़ोटो अभी सहेजे नहीं गए`,
  sending: (percent) => `भेजा जा रहा है, ${percent} %`,
  notSaved: 'सहेजे जाने तक इसी उपकरण पर रखा है। आप आगे बढ़ सकते हैं या पृष्ठ फिर खोल सकते हैं।',
  discard: 'हटाएँ',
  compare: 'तुलना करें',
  compareHelp: 'तुलना के लिए दो फ़ोटो चुनें।',
  chosen: (count) => `2 में से ${count} चुने`,
  earlier: 'पहले',
  later: 'बाद में',
  slider: 'स्लाइडर',
  sideBySide: 'साथ-साथ',
  showAs: 'दिखाएँ',
  align: 'मिलाएँ',
  aligning: 'दोनों में वही त्वचा खोजी जा रही है',
  aligned: (px, percent) => `मिलाया गया: जगहें लगभग ${px} px हटी हैं; तुलना का ${percent} % मेल खाता है।`,
  alignedByHand: 'आपके चुने बिंदुओं से मिलाया गया।',
  notAligned: 'दोनों अपने-आप नहीं मिले। दोनों में वही दो जगहें चुनें।',
  byHand: 'हाथ से मिलाएँ',
  byHandHelp: 'दोनों फ़ोटो में वही दो जगहें चुनें: क्लिक करें, या तीर कुंजियों से निशान हिलाकर Enter दबाएँ।',
  marks: (which, count) => `${which === 'earlier' ? 'पहले' : 'बाद में'}: 2 में से ${count} जगहें चुनीं`,
  asTaken: 'जैसा लिया गया',
  shoot: 'फ़ोटो खींचें',
  keep: 'रखें',
  again: 'फिर से लें',
  close: 'पूरा हुआ',
  camera: 'कैमरा जो देखता है',
  noCamera: 'यहाँ कैमरा नहीं चल सकता। इस पृष्ठ को अनुमति दें, या फ़ाइल चढ़ाएँ।',
  ghost: 'पिछली फ़ोटो कितनी दिखे',
  ghostOf: (day) => `ऊपर रखी है: ${day} का वही दृश्य`,
  noGhost: 'इस दृश्य की फ़ोटो पहले नहीं ली गई।',
  tips: 'वही दूरी और कोण, समान दिन का प्रकाश, फ़्लैश नहीं, फ़िल्टर नहीं; रंग कार्ड तस्वीर में।',
  original: 'मूल फ़ाइल, स्थान के बिना',
  measure: 'नापें',
  measureHelp: 'रेखा के दोनों सिरों पर क्लिक करें, या तीर कुंजियों से निशान हिलाकर Enter दबाएँ।',
  scale: 'ज्ञात लंबाई',
  length: 'लंबाई नापें',
  lengthMm: 'रेखा की लंबाई (मिमी)',
  saveLine: 'रेखा सहेजें',
  lines: 'रेखाएँ',
  back: 'सभी फ़ोटो',
  size: (width, height) => `${width} × ${height} px`,
  hash: 'मूल का SHA-256',
  failed: 'यह नहीं हुआ; कुछ खोया नहीं। फिर कोशिश करें।',
  beyond: 'रिकॉर्ड के बाहर उपयोग',
  uses: { teaching: 'शिक्षण के लिए', publication: 'प्रकाशन के लिए', 'social-media': 'सोशल मीडिया के लिए' },
  noteOnUse: 'तभी दिया जाता है जब उस उपयोग की सहमति लागू हो। हर उपयोग दर्ज होता है।',
};

const bn: PhotoWords = {
  photos: 'ছবি',
  take: 'ছবি তুলুন',
  upload: 'ফাইল আপলোড করুন',
  treatment: 'চিকিৎসা',
  treatments: { scalp: 'মাথার ত্বক', lip: 'ঠোঁট', vitiligo: 'ভিটিলিগো' },
  view: 'দৃশ্য',
  views: viewNames.bn,
  none: 'এখনও কোনও ছবি নেই',
  noneText: 'প্রতিবার একইভাবে তোলা নির্দিষ্ট দৃশ্য দেখায় কী বদলেছে।',
  waiting: (count) => `${count}টি ছবি এখনও সংরক্ষিত হয়নি`,
  sending: (percent) => `পাঠানো হচ্ছে, ${percent} %`,
  notSaved: 'সংরক্ষণ না হওয়া পর্যন্ত এই যন্ত্রে রাখা আছে। আপনি কাজ চালিয়ে যেতে বা পাতা আবার খুলতে পারেন।',
  discard: 'বাদ দিন',
  compare: 'তুলনা করুন',
  compareHelp: 'তুলনার জন্য দুটি ছবি বেছে নিন।',
  chosen: (count) => `2টির মধ্যে ${count}টি বাছা`,
  earlier: 'আগের',
  later: 'পরের',
  slider: 'স্লাইডার',
  sideBySide: 'পাশাপাশি',
  showAs: 'দেখান',
  align: 'মিলিয়ে নিন',
  aligning: 'দুটিতে একই ত্বক খোঁজা হচ্ছে',
  aligned: (px, percent) => `মেলানো হয়েছে: জায়গাগুলি প্রায় ${px} px সরে আছে; তুলনার ${percent} % মেলে।`,
  alignedByHand: 'আপনার চিহ্নিত বিন্দু দিয়ে মেলানো হয়েছে।',
  notAligned: 'দুটি নিজে থেকে মেলেনি। দুটিতেই একই দুটি জায়গা চিহ্নিত করুন।',
  byHand: 'হাতে মেলান',
  byHandHelp: 'দুই ছবিতে একই দুটি জায়গা চিহ্নিত করুন: ক্লিক করুন, বা তীর কী দিয়ে চিহ্ন সরিয়ে Enter চাপুন।',
  marks: (which, count) => `${which === 'earlier' ? 'আগের' : 'পরের'}: 2টির মধ্যে ${count}টি জায়গা চিহ্নিত`,
  asTaken: 'যেমন তোলা',
  shoot: 'ছবি তুলুন',
  keep: 'রাখুন',
  again: 'আবার তুলুন',
  close: 'শেষ',
  camera: 'ক্যামেরা যা দেখছে',
  noCamera: 'এখানে ক্যামেরা ব্যবহার করা যাচ্ছে না। এই পাতাকে অনুমতি দিন, বা ফাইল আপলোড করুন।',
  ghost: 'আগের ছবি কতটা দেখা যাবে',
  ghostOf: (day) => `উপরে রাখা: ${day}-এর একই দৃশ্য`,
  noGhost: 'এই দৃশ্যের ছবি আগে তোলা হয়নি।',
  tips: 'একই দূরত্ব ও কোণ, সমান দিনের আলো, ফ্ল্যাশ নয়, ফিল্টার নয়; রঙের কার্ড ছবিতে থাকুক।',
  original: 'মূল ফাইল, স্থানের তথ্য ছাড়া',
  measure: 'মাপুন',
  measureHelp: 'রেখার দুই প্রান্তে ক্লিক করুন, বা তীর কী দিয়ে চিহ্ন সরিয়ে Enter চাপুন।',
  scale: 'জানা দৈর্ঘ্য',
  length: 'দৈর্ঘ্য মাপুন',
  lengthMm: 'রেখার দৈর্ঘ্য (মিমি)',
  saveLine: 'রেখা সংরক্ষণ করুন',
  lines: 'রেখা',
  back: 'সব ছবি',
  size: (width, height) => `${width} × ${height} px`,
  hash: 'মূলের SHA-256',
  failed: 'হল না; কিছু হারায়নি। আবার চেষ্টা করুন।',
  beyond: 'রেকর্ডের বাইরে ব্যবহার',
  uses: { teaching: 'শেখানোর জন্য', publication: 'প্রকাশের জন্য', 'social-media': 'সোশ্যাল মিডিয়ার জন্য' },
  noteOnUse: 'কেবল সেই ব্যবহারে সম্মতি বহাল থাকলেই দেওয়া হয়। প্রতিটি ব্যবহার লেখা থাকে।',
};

const ne: PhotoWords = {
  photos: 'तस्बिर',
  take: 'तस्बिर खिच्नुहोस्',
  upload: 'फाइल चढाउनुहोस्',
  treatment: 'उपचार',
  treatments: { scalp: 'टाउको', lip: 'ओठ', vitiligo: 'दुबी' },
  view: 'दृश्य',
  views: viewNames.ne,
  none: 'अहिलेसम्म तस्बिर छैन',
  noneText: 'हरेक पटक उस्तै खिचिएका मानक दृश्यले के फेरियो देखाउँछन्।',
  waiting: (count) => `${count} तस्बिर अझै सुरक्षण भएका छैनन्`,
  sending: (percent) => `पठाउँदै, ${percent} %`,
  notSaved: 'नराखिएसम्म यही उपकरणमा छ। तपाईं अघि बढ्न वा पृष्ठ फेरि खोल्न सक्नुहुन्छ।',
  discard: 'हटाउनुहोस्',
  compare: 'तुलना गर्नुहोस्',
  compareHelp: 'तुलनाका लागि दुई तस्बिर छान्नुहोस्।',
  chosen: (count) => `2 मध्ये ${count} छानियो`,
  earlier: 'पहिले',
  later: 'पछि',
  slider: 'स्लाइडर',
  sideBySide: 'सँगसँगै',
  showAs: 'देखाउनुहोस्',
  align: 'मिलाउनुहोस्',
  aligning: 'दुवैमा उही छाला खोजिँदै छ',
  aligned: (px, percent) => `मिलाइयो: ठाउँहरू करिब ${px} px सरेका छन्; तुलनाको ${percent} % मिल्छ।`,
  alignedByHand: 'तपाईंले छानेका बिन्दुबाट मिलाइयो।',
  notAligned: 'दुवै आफैं मिलेनन्। दुवैमा उही दुई ठाउँ छान्नुहोस्।',
  byHand: 'हातले मिलाउनुहोस्',
  byHandHelp: 'दुवै तस्बिरमा उही दुई ठाउँ छान्नुहोस्: क्लिक गर्नुहोस्, वा तीर कुञ्जीले चिन्ह सारेर Enter थिच्नुहोस्।',
  marks: (which, count) => `${which === 'earlier' ? 'पहिले' : 'पछि'}: 2 मध्ये ${count} ठाउँ छानियो`,
  asTaken: 'खिचेजस्तै',
  shoot: 'तस्बिर खिच्नुहोस्',
  keep: 'राख्नुहोस्',
  again: 'फेरि खिच्नुहोस्',
  close: 'सकियो',
  camera: 'क्यामेराले देखेको',
  noCamera: 'यहाँ क्यामेरा चल्न सक्दैन। यो पृष्ठलाई अनुमति दिनुहोस्, वा फाइल चढाउनुहोस्।',
  ghost: 'अघिल्लो तस्बिर कति देखिने',
  ghostOf: (day) => `माथि राखिएको: ${day} को उही दृश्य`,
  noGhost: 'यो दृश्य पहिले खिचिएको छैन।',
  tips: 'उही दूरी र कोण, समान दिनको उज्यालो, फ्ल्यास होइन, फिल्टर होइन; रङ कार्ड तस्बिरमा।',
  original: 'मूल फाइल, स्थानबिना',
  measure: 'नाप्नुहोस्',
  measureHelp: 'रेखाका दुवै छेउमा क्लिक गर्नुहोस्, वा तीर कुञ्जीले चिन्ह सारेर Enter थिच्नुहोस्।',
  scale: 'थाहा भएको लम्बाइ',
  length: 'लम्बाइ नाप्नुहोस्',
  lengthMm: 'रेखाको लम्बाइ (मिमी)',
  saveLine: 'रेखा राख्नुहोस्',
  lines: 'रेखाहरू',
  back: 'सबै तस्बिर',
  size: (width, height) => `${width} × ${height} px`,
  hash: 'मूलको SHA-256',
  failed: 'भएन; केही हराएन। फेरि प्रयास गर्नुहोस्।',
  beyond: 'अभिलेखबाहेकको प्रयोग',
  uses: { teaching: 'सिकाउन', publication: 'प्रकाशनका लागि', 'social-media': 'सामाजिक सञ्जालका लागि' },
  noteOnUse: 'त्यस प्रयोगको सहमति लागू रहुञ्जेल मात्र दिइन्छ। हरेक प्रयोग लेखिन्छ।',
};

export const photoWords: Readonly<Record<Locale, PhotoWords>> = { en, hi, bn, ne };
