import type { Locale } from '../locales/index.ts';

interface ChartWords {
  readonly chart: string;
  readonly nextStep: string;
  readonly makePlan: string;
  readonly addGuardian: string;
}

export const chartWords: Readonly<Record<Locale, ChartWords>> = {
  en: { chart: 'Chart', nextStep: 'Next step', makePlan: 'Make a plan', addGuardian: 'Note the guardian' },
  hi: { chart: 'रोगी की फ़ाइल', nextStep: 'अगला कदम', makePlan: 'योजना बनाएँ', addGuardian: 'अभिभावक दर्ज करें' },
  bn: { chart: 'রোগীর ফাইল', nextStep: 'পরের ধাপ', makePlan: 'পরিকল্পনা তৈরি করুন', addGuardian: 'অভিভাবক লিখুন' },
  ne: {
    chart: 'बिरामीको फाइल',
    nextStep: 'अर्को चरण',
    makePlan: 'योजना बनाउनुहोस्',
    addGuardian: 'अभिभावक लेख्नुहोस्',
  },
};
