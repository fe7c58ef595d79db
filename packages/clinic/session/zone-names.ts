import type { Language } from '../tenant/schema.ts';

/** Names of the usual zones, on screen and on paper. */
const zoneNames: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    hairline: 'Hairline',
    front: 'Front',
    mid: 'Middle',
    crown: 'Crown',
    temples: 'Temples',
    scar: 'Scar',
    'upper-lip': 'Upper lip',
    'lower-lip': 'Lower lip',
    border: 'Lip border',
    'patch-1': 'Patch 1',
    'patch-2': 'Patch 2',
    'patch-3': 'Patch 3',
  },
  hi: {
    hairline: 'हेयरलाइन',
    front: 'आगे',
    mid: 'बीच',
    crown: 'चोटी',
    temples: 'कनपटी',
    scar: 'निशान',
    'upper-lip': 'ऊपरी होंठ',
    'lower-lip': 'निचला होंठ',
    border: 'होंठ की किनारी',
    'patch-1': 'धब्बा 1',
    'patch-2': 'धब्बा 2',
    'patch-3': 'धब्बा 3',
  },
  bn: {
    hairline: 'চুলের রেখা',
    front: 'সামনে',
    mid: 'মাঝখানে',
    crown: 'তালু',
    temples: 'রগ',
    scar: 'দাগ',
    'upper-lip': 'উপরের ঠোঁট',
    'lower-lip': 'নিচের ঠোঁট',
    border: 'ঠোঁটের কিনারা',
    'patch-1': 'ছোপ 1',
    'patch-2': 'ছোপ 2',
    'patch-3': 'ছোপ 3',
  },
  ne: {
    hairline: 'कपालको रेखा',
    front: 'अगाडि',
    mid: 'बीच',
    crown: 'तालु',
    temples: 'कन्चट',
    scar: 'दाग',
    'upper-lip': 'माथिल्लो ओठ',
    'lower-lip': 'तल्लो ओठ',
    border: 'ओठको किनार',
    'patch-1': 'धब्बा 1',
    'patch-2': 'धब्बा 2',
    'patch-3': 'धब्बा 3',
  },
};

/** A zone as it is called; what people wrote themselves stays as it is. */
export function zoneName(language: Language, zone: string): string {
  return zoneNames[language][zone] ?? zone;
}
