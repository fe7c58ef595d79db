import type { Locale } from '../locales/index.ts';

/** The desk's name for the consent texts. */
export const consentTextsPlace: Readonly<Record<Locale, string>> = {
  en: 'Consent texts',
  hi: 'सहमति के पाठ',
  bn: 'সম্মতির পাঠ',
  ne: 'मञ्जुरीका पाठ',
};
