import type { Action } from '@undertone/clinic/staff/rules.ts';
import type { Locale } from '../locales/index.ts';

/** One tab of a patient's chart: its address below `/desk/patients/:patientId`, its name, and who may open it. */
export interface ChartPlace {
  /** Empty for the first page. */
  readonly path: string;
  readonly label: Readonly<Record<Locale, string>>;
  readonly action: Action;
}

/** In the order of a treatment. Each has a child route of `chart/layout.tsx` in `routes.ts`. */
export const chartPlaces: readonly ChartPlace[] = [
  {
    path: '',
    label: { en: 'Overview', hi: 'सारांश', bn: 'সারাংশ', ne: 'सारांश' },
    action: 'patient.read',
  },
  {
    path: 'intake',
    label: { en: 'Intake', hi: 'पूर्व-जानकारी', bn: 'প্রাথমিক তথ্য', ne: 'पूर्व जानकारी' },
    action: 'patient.read',
  },
  {
    path: 'record',
    label: { en: 'Record', hi: 'रिकॉर्ड', bn: 'রেকর্ড', ne: 'रेकर्ड' },
    action: 'patient.read',
  },
  {
    path: 'screening',
    label: { en: 'Screening', hi: 'जाँच', bn: 'যাচাই', ne: 'जाँच' },
    action: 'screening.read',
  },
  {
    path: 'consent',
    label: { en: 'Consent', hi: 'सहमति', bn: 'সম্মতি', ne: 'मञ्जुरी' },
    action: 'consent.read',
  },
  {
    path: 'photos',
    label: { en: 'Photographs', hi: 'फ़ोटो', bn: 'ছবি', ne: 'तस्बिर' },
    action: 'photo.read',
  },
  {
    path: 'plans',
    label: { en: 'Plans', hi: 'योजनाएँ', bn: 'পরিকল্পনা', ne: 'योजनाहरू' },
    action: 'plan.read',
  },
  {
    path: 'session',
    label: { en: 'Sessions', hi: 'सत्र', bn: 'সেশন', ne: 'सत्र' },
    action: 'session.read',
  },
  {
    path: 'followup',
    label: { en: 'Follow-up', hi: 'फ़ॉलो-अप', bn: 'ফলো-আপ', ne: 'फलोअप' },
    action: 'followup.read',
  },
  {
    path: 'outcome',
    label: { en: 'Results', hi: 'परिणाम', bn: 'ফলাফল', ne: 'परिणाम' },
    action: 'outcome.read',
  },
  {
    path: 'money',
    label: { en: 'Money', hi: 'पैसे', bn: 'টাকা', ne: 'पैसा' },
    action: 'payment.read',
  },
  {
    path: 'export',
    label: { en: 'Copy', hi: 'प्रति', bn: 'কপি', ne: 'प्रति' },
    action: 'data.export',
  },
  {
    path: 'erasure',
    label: { en: 'Erasure', hi: 'मिटाना', bn: 'মুছে ফেলা', ne: 'मेटाउने' },
    action: 'patient.read',
  },
];
