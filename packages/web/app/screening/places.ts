import type { Locale } from '../locales/index.ts';

/** The desk's name for the list of spots to read; apart from the page's words, which every desk page would carry. */
export const spotsPlace: Readonly<Record<Locale, string>> = {
  en: 'Spots to read',
  hi: 'देखने के बिंदु',
  bn: 'দেখার বিন্দু',
  ne: 'हेर्नुपर्ने बिन्दु',
};
