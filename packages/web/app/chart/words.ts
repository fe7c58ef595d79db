import type { Locale } from '../locales/index.ts';

interface ChartWords {
  readonly chart: string;
  readonly nextStep: string;
  readonly addGuardian: string;
  readonly sendIntake: string;
  readonly intakeOut: string;
  readonly acceptIntake: string;
  readonly beginSession: string;
  readonly from: (day: string) => string;
}

export const chartWords: Readonly<Record<Locale, ChartWords>> = {
  en: {
    chart: 'Chart',
    nextStep: 'Next step',
    addGuardian: 'Note the guardian',
    sendIntake: 'Send the intake form',
    intakeOut: 'The intake form is with the patient',
    acceptIntake: 'Look at the intake form',
    beginSession: 'Begin the session',
    from: (day) => `from ${day}`,
  },
  hi: {
    chart: 'रोगी की फ़ाइल',
    nextStep: 'अगला कदम',
    addGuardian: 'अभिभावक दर्ज करें',
    sendIntake: 'पूर्व-जानकारी फ़ॉर्म भेजें',
    intakeOut: 'फ़ॉर्म रोगी के पास है',
    acceptIntake: 'भरा हुआ फ़ॉर्म देखें',
    beginSession: 'सत्र शुरू करें',
    from: (day) => `${day} से`,
  },
  bn: {
    chart: 'রোগীর ফাইল',
    nextStep: 'পরের ধাপ',
    addGuardian: 'অভিভাবক লিখুন',
    sendIntake: 'প্রাথমিক তথ্যের ফর্ম পাঠান',
    intakeOut: 'ফর্মটি রোগীর কাছে',
    acceptIntake: 'ভরা ফর্ম দেখুন',
    beginSession: 'সেশন শুরু করুন',
    from: (day) => `${day} থেকে`,
  },
  ne: {
    chart: 'बिरामीको फाइल',
    nextStep: 'अर्को चरण',
    addGuardian: 'अभिभावक लेख्नुहोस्',
    sendIntake: 'पूर्व जानकारी फारम पठाउनुहोस्',
    intakeOut: 'फारम बिरामीसँग छ',
    acceptIntake: 'भरिएको फारम हेर्नुहोस्',
    beginSession: 'सत्र सुरु गर्नुहोस्',
    from: (day) => `${day} देखि`,
  },
};
