import type { Locale } from '../locales/index.ts';

/** Names of the follow-up's places in the list every page of the desk carries. */
export const followUpPlaces: Readonly<
  Record<Locale, { readonly followUp: string; readonly surveillance: string }>
> = {
  en: { followUp: 'Follow-up', surveillance: 'Surveillance' },
  hi: { followUp: 'फ़ॉलो-अप', surveillance: 'निगरानी' },
  bn: { followUp: 'ফলো-আপ', surveillance: 'নজরদারি' },
  ne: { followUp: 'फलोअप', surveillance: 'निगरानी' },
};
