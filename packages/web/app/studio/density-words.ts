import type { Locale } from '../locales/index.ts';

interface DensityWords {
  readonly title: string;
  readonly help: string;
  readonly asPlanned: string;
  readonly size: string;
  readonly strokes: (count: string) => string;
  readonly allAsPlanned: string;
  readonly full: string;
}

/** Words of the density brush. Its limits are `mostDensity` of the engine, unreviewed. */
export const densityWords: Readonly<Record<Locale, DensityWords>> = {
  en: {
    title: 'Density brush',
    help: 'Choose how dense, then stroke over the region; on the picture, arrows move the cross and Enter sets a dab. Dots fade over at the edge of a stroke; a later stroke replaces one below it.',
    asPlanned: 'As planned',
    size: 'Size of the brush',
    strokes: (count) => `Strokes: ${count}`,
    allAsPlanned: 'All as planned',
    full: 'No more strokes fit into one plan: take some back first.',
  },
  hi: {
    title: 'घनत्व ब्रश',
    help: 'कितना घना, चुनें, फिर क्षेत्र पर फेरें; चित्र पर तीर से निशान खिसकता है और Enter से एक छाप लगती है। फेरे के किनारे पर बदलाव धीरे-धीरे घटता है; बाद का फेरा नीचे वाले की जगह लेता है।',
    asPlanned: 'योजना जैसा',
    size: 'ब्रश का आकार',
    strokes: (count) => `फेरे: ${count}`,
    allAsPlanned: 'सब योजना जैसा',
    full: 'एक योजना में और फेरे नहीं आ सकते: पहले कुछ वापस लें।',
  },
  bn: {
    title: 'ঘনত্বের তুলি',
    help: 'কতটা ঘন, বেছে নিন, তারপর অঞ্চলের উপর টানুন; ছবিতে তীর চিহ্ন সরায় আর Enter একটি ছাপ দেয়। টানের ধারে বদল ধীরে মিলিয়ে যায়; পরের টান নিচেরটির জায়গা নেয়।',
    asPlanned: 'পরিকল্পনামতো',
    size: 'তুলির মাপ',
    strokes: (count) => `টান: ${count}`,
    allAsPlanned: 'সব পরিকল্পনামতো',
    full: 'এক পরিকল্পনায় আর টান ধরে না: আগে কিছু ফিরিয়ে নিন।',
  },
  ne: {
    title: 'घनत्व ब्रस',
    help: 'कति बाक्लो, छान्नुहोस्, अनि क्षेत्रमाथि कोर्नुहोस्; चित्रमा तीरले चिन्ह सार्छ र Enter ले एउटा छाप लगाउँछ। कोराइको किनारमा परिवर्तन बिस्तारै घट्छ; पछिको कोराइले तलकोको ठाउँ लिन्छ।',
    asPlanned: 'योजनाअनुसार',
    size: 'ब्रसको आकार',
    strokes: (count) => `कोराइ: ${count}`,
    allAsPlanned: 'सबै योजनाअनुसार',
    full: 'एउटा योजनामा थप कोराइ अटाउँदैन: पहिले केही फिर्ता लिनुहोस्।',
  },
};
