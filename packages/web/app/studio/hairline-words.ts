import type { HairlinePlace, HairlineRuleCode } from '@undertone/engine/region/landmarks/index.ts';
import type { Locale } from '../locales/index.ts';

interface HairlineWords {
  readonly title: string;
  readonly help: string;
  readonly places: Readonly<Record<HairlinePlace, string>>;
  /** Where a place lies. */
  readonly lies: Readonly<Record<HairlinePlace, (mm: string) => string>>;
  readonly rules: Readonly<Record<HairlineRuleCode, (limitMm: string) => string>>;
  readonly unreviewed: string;
  readonly furtherLoss: (underYears: string) => string;
  /** A move that could not be made; the reason stands below. */
  readonly notMoved: string;
  readonly notLoaded: string;
}

/** A place and its millimetres: both temporal sides are measured the same way. */
const sided = <T>(peak: T, frontotemporal: T, midFrontal: T): Readonly<Record<HairlinePlace, T>> => ({
  rightTemporalPeak: peak,
  rightFrontotemporal: frontotemporal,
  midFrontal,
  leftFrontotemporal: frontotemporal,
  leftTemporalPeak: peak,
});

/** The rules' sentences are unreviewed, like the rules. */
export const hairlineWords: Readonly<Record<Locale, HairlineWords>> = {
  en: {
    title: 'Hairline',
    help: 'Drag a handle over the picture, or reach it with Tab: an arrow key moves it by 1 mm, with Shift by 5 mm. What the brush drew stays.',
    places: {
      rightTemporalPeak: 'Right temporal peak',
      rightFrontotemporal: 'Right frontotemporal point',
      midFrontal: 'Mid-frontal point',
      leftFrontotemporal: 'Left frontotemporal point',
      leftTemporalPeak: 'Left temporal peak',
    },
    lies: sided(
      (mm) => `${mm} mm below the frontotemporal point`,
      (mm) => `${mm} mm above the outer corner of the eye`,
      (mm) => `${mm} mm above the glabella`,
    ),
    rules: {
      'mid-frontal-low': (mm) =>
        `The middle of the hairline lies lower than ${mm} mm above the glabella. Do not go below the native or the mature line.`,
      'recess-closed': (mm) => `A temple recess is shallower than ${mm} mm. Most men have one: keep it.`,
      uneven: (mm) => `The two sides differ by more than ${mm} mm.`,
    },
    unreviewed: 'These rules have not been reviewed by a clinician.',
    furtherLoss: (years) =>
      `Plan for further loss: hair goes on receding. Under ${years} with fast loss, review before planning.`,
    notMoved: 'The hairline was not moved; it stands where it was.',
    notLoaded: 'What finds the face could not be loaded. Move the handle again when there is a connection.',
  },
  hi: {
    title: 'हेयरलाइन',
    help: 'तस्वीर पर किसी हैंडल को खींचें, या Tab से उस तक जाएँ: तीर की कुंजी उसे 1 mm खिसकाती है, Shift के साथ 5 mm। ब्रश से बनाया हुआ बना रहता है।',
    places: {
      rightTemporalPeak: 'दायाँ टेम्पोरल शिखर',
      rightFrontotemporal: 'दायाँ फ्रंटोटेम्पोरल बिंदु',
      midFrontal: 'मध्य-ललाट बिंदु',
      leftFrontotemporal: 'बायाँ फ्रंटोटेम्पोरल बिंदु',
      leftTemporalPeak: 'बायाँ टेम्पोरल शिखर',
    },
    lies: sided(
      (mm) => `फ्रंटोटेम्पोरल बिंदु से ${mm} mm नीचे`,
      (mm) => `आँख के बाहरी कोने से ${mm} mm ऊपर`,
      (mm) => `ग्लैबेला से ${mm} mm ऊपर`,
    ),
    rules: {
      'mid-frontal-low': (mm) =>
        `हेयरलाइन का मध्य ग्लैबेला से ${mm} mm से कम ऊपर है। अपनी या परिपक्व हेयरलाइन से नीचे न जाएँ।`,
      'recess-closed': (mm) => `कनपटी का खाली कोना ${mm} mm से कम गहरा है। ज़्यादातर पुरुषों में यह होता है: इसे रहने दें।`,
      uneven: (mm) => `दोनों तरफ़ में ${mm} mm से ज़्यादा अंतर है।`,
    },
    unreviewed: 'इन नियमों की समीक्षा किसी चिकित्सक ने नहीं की है।',
    furtherLoss: (years) =>
      `आगे झड़ने को ध्यान में रखें: बाल पीछे हटते रहते हैं। ${years} से कम उम्र में तेज़ी से झड़ते हों तो योजना से पहले समीक्षा करें।`,
    notMoved: 'हेयरलाइन नहीं खिसकी; वह वहीं है जहाँ थी।',
    notLoaded: 'चेहरा ढूँढने वाला हिस्सा लोड नहीं हुआ। कनेक्शन आने पर हैंडल फिर खिसकाएँ।',
  },
  bn: {
    title: 'চুলের রেখা',
    help: 'ছবির উপর কোনো হাতল টানুন, বা Tab দিয়ে সেখানে যান: তীর চাবি সেটিকে ১ mm সরায়, Shift-সহ ৫ mm। ব্রাশে আঁকা অংশ থেকে যায়।',
    places: {
      rightTemporalPeak: 'ডান টেম্পোরাল শিখর',
      rightFrontotemporal: 'ডান ফ্রন্টোটেম্পোরাল বিন্দু',
      midFrontal: 'মধ্য-ললাট বিন্দু',
      leftFrontotemporal: 'বাঁ ফ্রন্টোটেম্পোরাল বিন্দু',
      leftTemporalPeak: 'বাঁ টেম্পোরাল শিখর',
    },
    lies: sided(
      (mm) => `ফ্রন্টোটেম্পোরাল বিন্দুর ${mm} mm নীচে`,
      (mm) => `চোখের বাইরের কোণের ${mm} mm উপরে`,
      (mm) => `গ্লাবেলার ${mm} mm উপরে`,
    ),
    rules: {
      'mid-frontal-low': (mm) => `চুলের রেখার মাঝখান গ্লাবেলার ${mm} mm-এর কম উপরে। নিজের বা পরিণত রেখার নীচে যাবেন না।`,
      'recess-closed': (mm) => `কপালের পাশের খাঁজ ${mm} mm-এর কম গভীর। বেশির ভাগ পুরুষের এটি থাকে: রেখে দিন।`,
      uneven: (mm) => `দুই পাশের তফাত ${mm} mm-এর বেশি।`,
    },
    unreviewed: 'এই নিয়মগুলি কোনো চিকিৎসক পর্যালোচনা করেননি।',
    furtherLoss: (years) =>
      `আরও চুল পড়া ধরে রাখুন: চুল পিছিয়ে যেতে থাকে। ${years}-এর কম বয়সে দ্রুত পড়লে পরিকল্পনার আগে পর্যালোচনা করুন।`,
    notMoved: 'চুলের রেখা সরানো হয়নি; যেখানে ছিল সেখানেই আছে।',
    notLoaded: 'মুখ খোঁজার অংশটি লোড হয়নি। সংযোগ ফিরলে হাতলটি আবার সরান।',
  },
  ne: {
    title: 'कपालको रेखा',
    help: 'तस्बिरमाथि कुनै ह्यान्डल तान्नुहोस्, वा Tab ले त्यहाँ पुग्नुहोस्: तीर कुञ्जीले १ mm सार्छ, Shift सँग ५ mm। ब्रसले बनाएको रहिरहन्छ।',
    places: {
      rightTemporalPeak: 'दायाँ टेम्पोरल चुचुरो',
      rightFrontotemporal: 'दायाँ फ्रन्टोटेम्पोरल बिन्दु',
      midFrontal: 'मध्य-निधार बिन्दु',
      leftFrontotemporal: 'बायाँ फ्रन्टोटेम्पोरल बिन्दु',
      leftTemporalPeak: 'बायाँ टेम्पोरल चुचुरो',
    },
    lies: sided(
      (mm) => `फ्रन्टोटेम्पोरल बिन्दुभन्दा ${mm} mm तल`,
      (mm) => `आँखाको बाहिरी कुनाभन्दा ${mm} mm माथि`,
      (mm) => `ग्लाबेलाभन्दा ${mm} mm माथि`,
    ),
    rules: {
      'mid-frontal-low': (mm) =>
        `कपालको रेखाको बीच ग्लाबेलाभन्दा ${mm} mm भन्दा कम माथि छ। आफ्नै वा परिपक्व रेखाभन्दा तल नजानुहोस्।`,
      'recess-closed': (mm) => `कन्चटको खाली कुना ${mm} mm भन्दा कम गहिरो छ। धेरैजसो पुरुषमा यो हुन्छ: राख्नुहोस्।`,
      uneven: (mm) => `दुई छेउको फरक ${mm} mm भन्दा बढी छ।`,
    },
    unreviewed: 'यी नियमहरू कुनै चिकित्सकले समीक्षा गरेका छैनन्।',
    furtherLoss: (years) =>
      `अझ झर्ने कुरा ध्यानमा राख्नुहोस्: रौँ पछि सर्दै जान्छ। ${years} भन्दा कम उमेरमा छिटो झरे योजनाअघि समीक्षा गर्नुहोस्।`,
    notMoved: 'कपालको रेखा सारिएन; जहाँ थियो त्यहीँ छ।',
    notLoaded: 'अनुहार खोज्ने भाग लोड भएन। जडान भएपछि ह्यान्डल फेरि सार्नुहोस्।',
  },
};
