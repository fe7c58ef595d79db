import type { Language } from './schema.ts';
import type { SourceNumber } from './sources.ts';

type InFourLanguages = Record<Language, string>;

/** A published count: `events` among `people`, or a rate where only that was printed. */
export interface RiskFigure {
  events?: number;
  people?: number;
  /** Where the source prints a rate rather than a count, in percent. */
  ratePercent?: number;
  /** Who was counted: often a related procedure, which the page must say. */
  population: InFourLanguages;
  source: SourceNumber;
}

export interface Risk {
  id: string;
  /** One of the five the clinic names; these come first. */
  named: boolean;
  label: InFourLanguages;
  /** Empty means nobody has counted: the page says "unknown". */
  figures: readonly RiskFigure[];
  onset: InFourLanguages;
  /** `known`: background knowledge without a read source for the onset; stays unreviewed until a clinician signs. */
  review: 'unreviewed' | 'reviewed';
}

const eyebrowsAndEyeliner: InFourLanguages = {
  en: 'eyebrows and eyeliner, one clinic in Japan',
  hi: 'भौंहें और आईलाइनर, जापान का एक क्लिनिक',
  bn: 'ভুরু ও আইলাইনার, জাপানের একটি ক্লিনিক',
  ne: 'आँखीभौं र आइलाइनर, जापानको एउटा क्लिनिक',
};
const decorative: InFourLanguages = {
  en: 'decorative tattoos, as people reported it themselves',
  hi: 'सजावटी टैटू, लोगों के अपने बताए अनुसार',
  bn: 'শখের ট্যাটু, মানুষ নিজেরা যেমন জানিয়েছেন',
  ne: 'सजावटी ट्याटु, मानिसहरूले आफैं बताएअनुसार',
};
const areola: InFourLanguages = {
  en: 'areola tattooing after breast surgery',
  hi: 'स्तन की सर्जरी के बाद एरिओला टैटू',
  bn: 'স্তনের অস্ত্রোপচারের পর অ্যারিওলা ট্যাটু',
  ne: 'स्तनको शल्यक्रियापछि एरिओला ट्याटु',
};

/** What can go wrong, as published; figures and onsets from the clinical reference, section 5.1. */
export const risks: readonly Risk[] = [
  {
    id: 'infection',
    named: true,
    label: { en: 'Infection', hi: 'संक्रमण', bn: 'সংক্রমণ', ne: 'संक्रमण' },
    figures: [
      { events: 3, people: 1352, population: eyebrowsAndEyeliner, source: 17 },
      { events: 5, people: 151, population: areola, source: 22 },
      { ratePercent: 3.2, people: 501, population: decorative, source: 21 },
    ],
    onset: {
      en: 'days 2 to 14; rare slow germs weeks 2 to 7',
      hi: 'दिन 2 से 14; कुछ विरले, धीमे जीवाणु सप्ताह 2 से 7',
      bn: 'দিন ২ থেকে ১৪; বিরল ধীরগতির জীবাণু সপ্তাহ ২ থেকে ৭',
      ne: 'दिन २ देखि १४; दुर्लभ ढिला कीटाणु हप्ता २ देखि ७',
    },
    review: 'unreviewed',
  },
  {
    id: 'eye',
    named: true,
    label: {
      en: 'Eye complications (work near the eye)',
      hi: 'आँख की जटिलताएँ (आँख के पास के काम में)',
      bn: 'চোখের জটিলতা (চোখের কাছে কাজ হলে)',
      ne: 'आँखाका जटिलता (आँखा नजिकको काममा)',
    },
    figures: [],
    onset: {
      en: 'hours; dry eyes after months',
      hi: 'कुछ घंटे; महीनों बाद आँखों का सूखापन',
      bn: 'কয়েক ঘণ্টা; কয়েক মাস পরে চোখ শুকিয়ে যাওয়া',
      ne: 'केही घण्टा; महिनौंपछि आँखा सुक्खा',
    },
    review: 'unreviewed',
  },
  {
    id: 'scar',
    named: true,
    label: {
      en: 'Scar tissue, keloid',
      hi: 'दाग़ का ऊतक, केलॉइड',
      bn: 'দাগের টিস্যু, কেলয়েড',
      ne: 'दागको तन्तु, किलोइड',
    },
    figures: [],
    onset: {
      en: 'week 4 to month 12',
      hi: 'सप्ताह 4 से महीना 12',
      bn: 'সপ্তাহ ৪ থেকে মাস ১২',
      ne: 'हप्ता ४ देखि महिना १२',
    },
    review: 'unreviewed',
  },
  {
    id: 'allergy',
    named: true,
    label: {
      en: 'Allergy, long-lasting reaction to pigment',
      hi: 'एलर्जी, रंग के प्रति लंबे समय की प्रतिक्रिया',
      bn: 'অ্যালার্জি, রঞ্জকের প্রতি দীর্ঘদিনের প্রতিক্রিয়া',
      ne: 'एलर्जी, रङप्रति लामो समयको प्रतिक्रिया',
    },
    figures: [
      { ratePercent: 6, people: 300, population: decorative, source: 20 },
      { ratePercent: 6, people: 3411, population: decorative, source: 19 },
    ],
    onset: { en: 'weeks to years', hi: 'हफ़्तों से सालों में', bn: 'সপ্তাহ থেকে বছর', ne: 'हप्ता देखि वर्ष' },
    review: 'unreviewed',
  },
  {
    id: 'bruise',
    named: true,
    label: { en: 'Bruising', hi: 'नील पड़ना', bn: 'কালশিটে', ne: 'निलडाम' },
    figures: [],
    onset: { en: 'days 0 to 3', hi: 'दिन 0 से 3', bn: 'দিন ০ থেকে ৩', ne: 'दिन ० देखि ३' },
    review: 'unreviewed',
  },
  {
    id: 'cold-sore',
    named: false,
    label: {
      en: 'Cold sores coming back (lips)',
      hi: 'होंठ के छाले (हर्पीज़) का लौटना',
      bn: 'ঠোঁটের জ্বরঠোসা ফিরে আসা',
      ne: 'ओठको घाउ (हर्पिज) फर्किनु',
    },
    figures: [],
    onset: { en: 'days 1 to 7', hi: 'दिन 1 से 7', bn: 'দিন ১ থেকে ৭', ne: 'दिन १ देखि ७' },
    review: 'unreviewed',
  },
  {
    id: 'granuloma',
    named: false,
    label: {
      en: 'Lumps in the pigment (granuloma)',
      hi: 'रंग की जगह गाँठें (ग्रैन्युलोमा)',
      bn: 'রঞ্জকের জায়গায় গুটি (গ্র্যানুলোমা)',
      ne: 'रङको ठाउँमा गिर्खा (ग्रानुलोमा)',
    },
    figures: [],
    onset: { en: 'months 7 to 12', hi: 'महीना 7 से 12', bn: 'মাস ৭ থেকে ১২', ne: 'महिना ७ देखि १२' },
    review: 'unreviewed',
  },
  {
    id: 'koebner',
    named: false,
    label: {
      en: 'New white patch or rim (vitiligo)',
      hi: 'नया सफ़ेद दाग़ या घेरा (विटिलिगो)',
      bn: 'নতুন সাদা দাগ বা বেষ্টনী (শ্বেতী)',
      ne: 'नयाँ सेतो दाग वा घेरा (दुबी)',
    },
    figures: [
      {
        events: 0,
        people: 12,
        population: {
          en: 'vitiligo of hands and feet',
          hi: 'हाथ-पैर का विटिलिगो',
          bn: 'হাত ও পায়ের শ্বেতী',
          ne: 'हात र खुट्टाको दुबी',
        },
        source: 2,
      },
      {
        events: 0,
        people: 15,
        population: { en: 'vitiligo of the lips', hi: 'होंठ का विटिलिगो', bn: 'ঠোঁটের শ্বেতী', ne: 'ओठको दुबी' },
        source: 4,
      },
    ],
    onset: { en: 'weeks to months', hi: 'हफ़्तों से महीनों में', bn: 'সপ্তাহ থেকে মাস', ne: 'हप्ता देखि महिना' },
    review: 'unreviewed',
  },
  {
    id: 'mismatch',
    named: false,
    label: {
      en: 'Colour that does not match, or pigment lost',
      hi: 'रंग का मेल न खाना, या रंग झड़ जाना',
      bn: 'রং না মেলা, বা রঞ্জক ঝরে যাওয়া',
      ne: 'रङ नमिल्नु, वा रङ झर्नु',
    },
    figures: [
      {
        events: 5,
        people: 30,
        population: {
          en: 'vitiligo, India: pigment shed',
          hi: 'विटिलिगो, भारत: रंग झड़ा',
          bn: 'শ্বেতী, ভারত: রঞ্জক ঝরেছে',
          ne: 'दुबी, भारत: रङ झरेको',
        },
        source: 3,
      },
      {
        ratePercent: 43,
        population: {
          en: 'areola: "not similar" in the view of those who answered',
          hi: 'एरिओला: जवाब देने वालों के अनुसार "मिलता-जुलता नहीं"',
          bn: 'অ্যারিওলা: উত্তরদাতাদের মতে "একরকম নয়"',
          ne: 'एरिओला: जवाफ दिनेहरूका अनुसार "उस्तै छैन"',
        },
        source: 22,
      },
    ],
    onset: {
      en: 'week 4 to month 12',
      hi: 'सप्ताह 4 से महीना 12',
      bn: 'সপ্তাহ ৪ থেকে মাস ১২',
      ne: 'हप्ता ४ देखि महिना १२',
    },
    review: 'unreviewed',
  },
  {
    id: 'migration',
    named: false,
    label: {
      en: 'Blurred or bluish dots',
      hi: 'धुंधले या नीले-से बिंदु',
      bn: 'ঝাপসা বা নীলচে বিন্দু',
      ne: 'धमिलो वा निलो थोप्ला',
    },
    figures: [],
    onset: { en: 'days to years', hi: 'दिनों से सालों में', bn: 'দিন থেকে বছর', ne: 'दिन देखि वर्ष' },
    review: 'unreviewed',
  },
  {
    id: 'redness',
    named: false,
    label: {
      en: 'Short redness and swelling: expected in nearly everyone',
      hi: 'थोड़े समय की लाली और सूजन: लगभग सबको होती है',
      bn: 'অল্প সময়ের লালভাব ও ফোলা: প্রায় সবারই হয়',
      ne: 'छोटो समयको रातोपन र सुन्निनु: लगभग सबैलाई हुन्छ',
    },
    figures: [],
    onset: { en: 'up to 72 hours', hi: '72 घंटे तक', bn: '৭২ ঘণ্টা পর্যন্ত', ne: '७२ घण्टासम्म' },
    review: 'unreviewed',
  },
];

export interface Rate01 {
  rate01: number;
  low01: number;
  high01: number;
}

/**
 * A rate with its 95 % Wilson score interval (Wilson 1927), which stays honest for 0 events and small groups.
 *
 * @param events counted, 0 … people
 * @param people at least 1
 */
export function wilsonInterval(events: number, people: number): Rate01 {
  const z = 1.959963984540054;
  const p = events / people;
  const z2 = z * z;
  const centre = (p + z2 / (2 * people)) / (1 + z2 / people);
  const half = (z / (1 + z2 / people)) * Math.sqrt((p * (1 - p)) / people + z2 / (4 * people * people));
  // With no events, or nothing but events, one bound is exact and the subtraction above only nearly so.
  return {
    rate01: p,
    low01: events === 0 ? 0 : centre - half,
    high01: events === people ? 1 : centre + half,
  };
}
