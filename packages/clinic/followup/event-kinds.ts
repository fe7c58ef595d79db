/** Kinds of adverse events. Those the public risk page names carry its ids. */
import type { Language } from '../tenant/schema.ts';

interface KindFacts {
  /** Its place in `followed_sessions.event_bits`: never changes, never given again. */
  readonly bit: number;
  readonly label: Readonly<Record<Language, string>>;
  /** Counts towards the lot alert: an infection or a reaction to what was put into the skin. */
  readonly alertsLot: boolean;
  /** The line of the public risk page it is counted in. */
  readonly risk: string | null;
}

export const eventKinds = {
  infection: {
    bit: 0,
    label: { en: 'Infection', hi: 'संक्रमण', bn: 'সংক্রমণ', ne: 'संक्रमण' },
    alertsLot: true,
    risk: 'infection',
  },
  mycobacteria: {
    bit: 1,
    label: {
      en: 'Mycobacterial infection',
      hi: 'माइकोबैक्टीरिया का संक्रमण',
      bn: 'মাইকোব্যাকটেরিয়ার সংক্রমণ',
      ne: 'माइकोब्याक्टेरियाको संक्रमण',
    },
    alertsLot: true,
    risk: 'infection',
  },
  allergy: {
    bit: 2,
    label: {
      en: 'Allergy or lasting reaction',
      hi: 'एलर्जी या लंबी प्रतिक्रिया',
      bn: 'অ্যালার্জি বা দীর্ঘ প্রতিক্রিয়া',
      ne: 'एलर्जी वा लामो प्रतिक्रिया',
    },
    alertsLot: true,
    risk: 'allergy',
  },
  granuloma: {
    bit: 3,
    label: { en: 'Granuloma', hi: 'ग्रैन्युलोमा', bn: 'গ্র্যানুলোমা', ne: 'ग्रानुलोमा' },
    alertsLot: true,
    risk: 'granuloma',
  },
  eye: {
    bit: 4,
    label: { en: 'Eye', hi: 'आँख', bn: 'চোখ', ne: 'आँखा' },
    alertsLot: false,
    risk: 'eye',
  },
  scar: {
    bit: 5,
    label: {
      en: 'Scar tissue, keloid',
      hi: 'दाग़ का ऊतक, केलॉइड',
      bn: 'দাগের টিস্যু, কেলয়েড',
      ne: 'दागको तन्तु, किलोइड',
    },
    alertsLot: false,
    risk: 'scar',
  },
  bruise: {
    bit: 6,
    label: {
      en: 'Bruise, bleeding, haematoma',
      hi: 'नील, खून बहना, खून जमना',
      bn: 'কালশিটে, রক্তপাত, রক্ত জমা',
      ne: 'निलडाम, रगत बग्नु, रगत जम्नु',
    },
    alertsLot: false,
    risk: 'bruise',
  },
  'cold-sore': {
    bit: 7,
    label: { en: 'Herpes', hi: 'हर्पीज़', bn: 'হার্পিস', ne: 'हर्पिज' },
    alertsLot: false,
    risk: 'cold-sore',
  },
  koebner: {
    bit: 8,
    label: {
      en: 'New white patch or rim',
      hi: 'नया सफ़ेद दाग़ या घेरा',
      bn: 'নতুন সাদা দাগ বা বেষ্টনী',
      ne: 'नयाँ सेतो दाग वा घेरा',
    },
    alertsLot: false,
    risk: 'koebner',
  },
  mismatch: {
    bit: 9,
    label: {
      en: 'Colour does not match, pigment lost',
      hi: 'रंग का मेल न खाना, रंग झड़ना',
      bn: 'রং না মেলা, রঞ্জক ঝরা',
      ne: 'रङ नमिल्नु, रङ झर्नु',
    },
    alertsLot: false,
    risk: 'mismatch',
  },
  migration: {
    bit: 10,
    label: {
      en: 'Blurred or bluish dots',
      hi: 'धुंधले या नीले-से बिंदु',
      bn: 'ঝাপসা বা নীলচে বিন্দু',
      ne: 'धमिलो वा निलो थोप्ला',
    },
    alertsLot: false,
    risk: 'migration',
  },
  redness: {
    bit: 11,
    label: {
      en: 'Redness or swelling beyond 72 hours',
      hi: '72 घंटे से ज़्यादा लाली या सूजन',
      bn: '৭২ ঘণ্টার বেশি লালভাব বা ফোলা',
      ne: '७२ घण्टाभन्दा बढी रातोपन वा सुनिनु',
    },
    alertsLot: false,
    risk: 'redness',
  },
  anaphylaxis: {
    bit: 12,
    label: { en: 'Anaphylaxis', hi: 'एनाफ़िलैक्सिस', bn: 'অ্যানাফাইল্যাক্সিস', ne: 'एनाफिल्याक्सिस' },
    alertsLot: true,
    risk: 'allergy',
  },
  anaesthetic: {
    bit: 13,
    label: {
      en: 'Effect of the anaesthetic',
      hi: 'सुन्न करने की दवा का असर',
      bn: 'অবশ করার ওষুধের প্রভাব',
      ne: 'लट्याउने औषधिको असर',
    },
    alertsLot: false,
    risk: null,
  },
  nerve: {
    bit: 14,
    label: { en: 'Nerve', hi: 'तंत्रिका', bn: 'স্নায়ু', ne: 'स्नायु' },
    alertsLot: false,
    risk: null,
  },
  'blood-borne': {
    bit: 15,
    label: {
      en: 'Blood-borne virus',
      hi: 'रक्त से फैलने वाला वायरस',
      bn: 'রক্তবাহিত ভাইরাস',
      ne: 'रगतबाट सर्ने भाइरस',
    },
    alertsLot: false,
    risk: null,
  },
  follicle: {
    bit: 16,
    label: {
      en: 'Folliculitis, hair shedding',
      hi: 'बालों की जड़ की सूजन, बाल झड़ना',
      bn: 'চুলের গোড়ার প্রদাহ, চুল ঝরা',
      ne: 'कपालको जराको सुजन, कपाल झर्नु',
    },
    alertsLot: false,
    risk: null,
  },
  distress: {
    bit: 17,
    label: { en: 'Distress', hi: 'मानसिक कष्ट', bn: 'মানসিক কষ্ট', ne: 'मानसिक कष्ट' },
    alertsLot: false,
    risk: null,
  },
  other: {
    bit: 18,
    label: { en: 'Other', hi: 'अन्य', bn: 'অন্যান্য', ne: 'अन्य' },
    alertsLot: false,
    risk: null,
  },
} as const satisfies Record<string, KindFacts>;

export type EventKind = keyof typeof eventKinds;
export const eventKindIds = Object.keys(eventKinds) as readonly EventKind[];

/** The mask of a set of kinds over `event_bits`. */
export function bitsOf(kinds: Iterable<EventKind>): number {
  let bits = 0;
  for (const kind of kinds) bits |= 1 << eventKinds[kind].bit;
  return bits;
}
