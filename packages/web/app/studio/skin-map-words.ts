import type { SkinMapName } from '@undertone/engine/maps/index.ts';
import type { Locale } from '../locales/index.ts';

/** Words of the maps over the photograph. Source of what they claim: docs/science/kernels.md; unreviewed. */
interface SkinMapWords {
  readonly show: string;
  readonly names: Readonly<Record<'photo' | SkinMapName, string>>;
  readonly least: Readonly<Record<SkinMapName, string>>;
  readonly most: Readonly<Record<SkinMapName, (span: string) => string>>;
  /** `tenth`: 0.1 in the digits of the language. */
  readonly units: Readonly<Record<SkinMapName, (tenth: string) => string>>;
  readonly caveat: string;
  readonly difference: (signed: string) => string;
  /** There is a region, and nothing can be said of it. */
  readonly noDifference: string;
  readonly drawing: string;
  readonly failed: string;
}

const enMore = (span: string) => `${span} more`;
const hiMore = (span: string) => `${span} अधिक`;
const bnMore = (span: string) => `${span} বেশি`;
const neMore = (span: string) => `${span} बढी`;

const enTaken = (tenth: string) =>
  `Unit: natural log of the green light it takes away; ${tenth} is about a tenth of that light.`;
const hiTaken = (tenth: string) =>
  `इकाई: इसके कारण घटी हरी रोशनी का प्राकृतिक लघुगणक; ${tenth} यानी उस रोशनी का लगभग दसवाँ भाग।`;
const bnTaken = (tenth: string) =>
  `একক: এটি যতটা সবুজ আলো কমায়, তার স্বাভাবিক লগারিদম; ${tenth} মানে সেই আলোর প্রায় দশ ভাগের এক ভাগ।`;
const neTaken = (tenth: string) =>
  `एकाइ: यसले घटाएको हरियो प्रकाशको प्राकृतिक लघुगणक; ${tenth} भनेको त्यो प्रकाशको करिब दशौँ भाग।`;

export const skinMapWords: Readonly<Record<Locale, SkinMapWords>> = {
  en: {
    show: 'What is shown',
    names: { photo: 'Photo', melanin: 'Melanin', blood: 'Haemoglobin', shading: 'Shading' },
    least: { melanin: 'Least here', blood: 'Least here', shading: 'Darkest here' },
    most: { melanin: enMore, blood: enMore, shading: (span) => `${span} lighter` },
    units: {
      melanin: enTaken,
      blood: enTaken,
      shading: (tenth) => `Unit: natural log of light; ${tenth} is about a tenth of it.`,
    },
    caveat:
      'Only differences within this one picture can be read: camera and lamp move the whole map. Chequered places are burnt out or black. Estimated from a skin model, not validated against measurements; it is no diagnosis.',
    difference: (signed) => `Region against the skin around it: ${signed}`,
    noDifference:
      'The region cannot be compared with the skin around it: too much of it is burnt out or black, or no such skin is seen.',
    drawing: 'Drawing the map',
    failed: 'The map could not be drawn on this device. The photo is shown.',
  },
  hi: {
    show: 'क्या दिखाया जाए',
    names: { photo: 'फ़ोटो', melanin: 'मेलेनिन', blood: 'हीमोग्लोबिन', shading: 'छाया' },
    least: { melanin: 'यहाँ सबसे कम', blood: 'यहाँ सबसे कम', shading: 'यहाँ सबसे अँधेरा' },
    most: { melanin: hiMore, blood: hiMore, shading: (span) => `${span} अधिक उजला` },
    units: {
      melanin: hiTaken,
      blood: hiTaken,
      shading: (tenth) => `इकाई: रोशनी का प्राकृतिक लघुगणक; ${tenth} यानी उसका लगभग दसवाँ भाग।`,
    },
    caveat:
      'केवल इसी एक फ़ोटो के भीतर के अंतर पढ़े जा सकते हैं: कैमरा और लैंप पूरे नक्शे को खिसका देते हैं। चारखाने वाली जगहें ज़्यादा रोशनी से सफ़ेद या काली हैं। यह त्वचा के एक मॉडल से किया गया अनुमान है, मापों से जाँचा नहीं गया; यह निदान नहीं है।',
    difference: (signed) => `आसपास की त्वचा की तुलना में क्षेत्र: ${signed}`,
    noDifference:
      'क्षेत्र की तुलना आसपास की त्वचा से नहीं हो सकती: उसका बहुत भाग ज़्यादा रोशनी से सफ़ेद या काला है, या आसपास ऐसी त्वचा नहीं दिखती।',
    drawing: 'नक्शा बन रहा है',
    failed: 'इस उपकरण पर नक्शा नहीं बन सका। फ़ोटो दिखाई जा रही है।',
  },
  bn: {
    show: 'কী দেখানো হবে',
    names: { photo: 'ছবি', melanin: 'মেলানিন', blood: 'হিমোগ্লোবিন', shading: 'ছায়া' },
    least: { melanin: 'এখানে সবচেয়ে কম', blood: 'এখানে সবচেয়ে কম', shading: 'এখানে সবচেয়ে অন্ধকার' },
    most: { melanin: bnMore, blood: bnMore, shading: (span) => `${span} বেশি উজ্জ্বল` },
    units: {
      melanin: bnTaken,
      blood: bnTaken,
      shading: (tenth) => `একক: আলোর স্বাভাবিক লগারিদম; ${tenth} মানে তার প্রায় দশ ভাগের এক ভাগ।`,
    },
    caveat:
      'শুধু এই একটি ছবির ভেতরের পার্থক্যই পড়া যায়: ক্যামেরা ও বাতি পুরো মানচিত্রটিকে সরিয়ে দেয়। ছককাটা জায়গাগুলি বেশি আলোয় সাদা বা কালো। এটি ত্বকের একটি মডেল থেকে করা অনুমান, মাপ দিয়ে যাচাই করা নয়; এটি রোগনির্ণয় নয়।',
    difference: (signed) => `চারপাশের ত্বকের তুলনায় এলাকা: ${signed}`,
    noDifference:
      'এলাকাটি চারপাশের ত্বকের সঙ্গে তুলনা করা যায় না: এর অনেকটা বেশি আলোয় সাদা বা কালো, অথবা পাশে তেমন ত্বক দেখা যায় না।',
    drawing: 'মানচিত্র আঁকা হচ্ছে',
    failed: 'এই যন্ত্রে মানচিত্র আঁকা যায়নি। ছবিটি দেখানো হচ্ছে।',
  },
  ne: {
    show: 'के देखाउने',
    names: { photo: 'तस्बिर', melanin: 'मेलानिन', blood: 'हेमोग्लोबिन', shading: 'छाया' },
    least: { melanin: 'यहाँ सबैभन्दा कम', blood: 'यहाँ सबैभन्दा कम', shading: 'यहाँ सबैभन्दा अँध्यारो' },
    most: { melanin: neMore, blood: neMore, shading: (span) => `${span} बढी उज्यालो` },
    units: {
      melanin: neTaken,
      blood: neTaken,
      shading: (tenth) => `एकाइ: प्रकाशको प्राकृतिक लघुगणक; ${tenth} भनेको त्यसको करिब दशौँ भाग।`,
    },
    caveat:
      'यही एउटा तस्बिरभित्रका फरक मात्र पढ्न सकिन्छ: क्यामेरा र बत्तीले पूरै नक्सालाई सार्छन्। कोठे भाग धेरै उज्यालोले सेता वा काला छन्। यो छालाको एउटा मोडेलबाट गरिएको अनुमान हो, नापबाट जाँचिएको छैन; यो रोगको निदान होइन।',
    difference: (signed) => `वरपरको छालाको तुलनामा क्षेत्र: ${signed}`,
    noDifference:
      'क्षेत्रलाई वरपरको छालासँग तुलना गर्न सकिँदैन: यसको धेरै भाग धेरै उज्यालोले सेतो वा कालो छ, वा वरपर त्यस्तो छाला देखिँदैन।',
    drawing: 'नक्सा बन्दै छ',
    failed: 'यस उपकरणमा नक्सा बनाउन सकिएन। तस्बिर देखाइएको छ।',
  },
};
