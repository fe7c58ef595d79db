/**
 * The limits of numbing, as data: each with where it is from and its state of review. A physician must sign them before a
 * clinic relies on them; until then every one says `unreviewed`. Numbers in brackets are sources of the domain reference.
 */
export interface Sourced {
  readonly source: string;
  readonly review: 'unreviewed';
}
const from = (source: string): Sourced => ({ source, review: 'unreviewed' });

export type InjectedLine = 'lidocaine-plain' | 'lidocaine-epinephrine' | 'prilocaine';

/** What may be in the body by needle, per kilogram of the weight that counts and at most, for people of these ages. */
export interface InjectedLimit extends Sourced {
  readonly line: InjectedLine;
  readonly mgPerKg: number;
  readonly mostMg: number;
  readonly fromMonths: number;
}
export const injectedLimits: readonly InjectedLimit[] = [
  {
    line: 'lidocaine-plain',
    mgPerKg: 4.5,
    mostMg: 300,
    fromMonths: 18 * 12,
    ...from('Lidocaine label, adults [64]'),
  },
  {
    line: 'lidocaine-epinephrine',
    mgPerKg: 7,
    mostMg: 500,
    fromMonths: 18 * 12,
    ...from('Lidocaine with epinephrine label, adults [64]'),
  },
  {
    line: 'prilocaine',
    mgPerKg: 6,
    mostMg: 400,
    fromMonths: 18 * 12,
    ...from('Background clinical knowledge: the lower of the figures in use'),
  },
];

/**
 * Cream of lidocaine 2.5 % and prilocaine 2.5 %: grams and square centimetres at most, by age. A person too light for the
 * band of their age belongs to the band their weight allows.
 */
export interface CreamBand extends Sourced {
  readonly fromMonths: number;
  readonly overKg: number;
  readonly mostGrams: number;
  readonly mostCm2: number;
  readonly mostGramsPerCm2: number;
  /** It works from here; nobody waits less. */
  readonly onsetMinutes: number;
  /** It comes off by here. */
  readonly mostMinutes: number;
}
export const creamBands: readonly CreamBand[] = [
  {
    fromMonths: 0,
    overKg: 0,
    mostGrams: 1,
    mostCm2: 10,
    mostGramsPerCm2: 0.1,
    onsetMinutes: 60,
    mostMinutes: 60,
    ...from('Lidocaine/prilocaine label, 0–2 months [63]'),
  },
  {
    fromMonths: 3,
    overKg: 5,
    mostGrams: 2,
    mostCm2: 20,
    mostGramsPerCm2: 0.1,
    onsetMinutes: 60,
    mostMinutes: 60,
    ...from('Lidocaine/prilocaine label, 3–11 months [63]; weight from background knowledge of the label'),
  },
  {
    fromMonths: 12,
    overKg: 10,
    mostGrams: 10,
    mostCm2: 100,
    mostGramsPerCm2: 0.1,
    onsetMinutes: 60,
    mostMinutes: 300,
    ...from('Lidocaine/prilocaine label, 1–5 years [63]; weight and time from background knowledge'),
  },
  {
    fromMonths: 72,
    overKg: 20,
    mostGrams: 20,
    mostCm2: 200,
    mostGramsPerCm2: 0.1,
    onsetMinutes: 60,
    mostMinutes: 300,
    ...from('Lidocaine/prilocaine label, 6–11 years, at most 5 h [63]; weight from background knowledge'),
  },
  {
    fromMonths: 144,
    overKg: 20,
    mostGrams: 60,
    mostCm2: 400,
    mostGramsPerCm2: 0.2,
    onsetMinutes: 60,
    mostMinutes: 300,
    ...from(
      'Major procedures 2 g per 10 cm² [63]; ceiling 60 g over 400 cm² and 5 h: background knowledge. A full scalp exceeds it: numb by zone [derived]',
    ),
  },
];
/** Milligrams of each of the two in a gram of the cream the bands are written for. */
export const creamMgPerGram = 25;

/** On skin with eczema more gets through: it is off again after half an hour at most. */
export const eczemaCream: Sourced & { readonly onsetMinutes: number; readonly mostMinutes: number } = {
  onsetMinutes: 15,
  mostMinutes: 30,
  ...from('Lidocaine/prilocaine label, atopic dermatitis [63]'),
};

/** For pigment work the effect still grows after the onset, and stays a while after the cream is off. */
export const creamEffect: Sourced & {
  readonly deepOnsetMinutes: number;
  readonly growsUntilMinutes: number;
  readonly lastsMinutes: { readonly low: number; readonly high: number };
} = {
  deepOnsetMinutes: 120,
  growsUntilMinutes: 180,
  lastsMinutes: { low: 60, high: 120 },
  ...from('Lidocaine/prilocaine label [63]'),
};

export const otherTopical: Sourced & { readonly onsetMinutes: number; readonly mostMinutes: number } = {
  onsetMinutes: 30,
  mostMinutes: 60,
  ...from('Background clinical knowledge; small area and no wrap [65]'),
};

export const injectedOnset: Sourced & { readonly onsetMinutes: number } = {
  onsetMinutes: 5,
  ...from('Background clinical knowledge'),
};

/**
 * Products of different limits share one allowance: their fractions add up to at most one. It treats amide anaesthetics as
 * equally additive, which errs to the safe side.
 */
export const mixtureRule: Sourced & { readonly mostFraction: number } = {
  mostFraction: 1,
  ...from('Derived: toxicities of amide anaesthetics taken as additive'),
};

/**
 * Lean body weight W·9270/(6680 + 216·BMI) for men, W·9270/(8780 + 244·BMI) for women, W in kg, BMI in kg/m². Used from
 * this BMI on; below it the whole weight counts, as the labels mean it.
 */
export const leanWeightRule: Sourced & {
  readonly fromBmi: number;
  readonly male: readonly [number, number];
  readonly female: readonly [number, number];
} = {
  fromBmi: 30,
  male: [6680, 216],
  female: [8780, 244],
  ...from(
    'Formula: Janmahasatian, Clin Pharmacokinet 2005;44:1051. That it is used in obesity: background clinical knowledge',
  ),
};

/** What is still in the body counts: everything given within this time is in one sum. Nothing is taken off for time. */
export const ledgerHours: Sourced & { readonly hours: number } = {
  hours: 24,
  ...from('Derived: longer than any of these stays in the body'),
};

/**
 * No prilocaine: it makes methaemoglobin. The classes of gate G24, with names as they stand on a list of medicines.
 */
export const methaemoglobinRisks: readonly ({
  readonly code: 'g6pd' | 'methaemoglobin' | 'dapsone' | 'sulfonamide' | 'antimalarial' | 'nitrate';
  /** Beginnings of words. */
  readonly names: readonly string[];
} & Sourced)[] = [
  {
    code: 'g6pd',
    names: ['g6pd'],
    ...from('Lidocaine/prilocaine label [63]; 6.6 % in a group in Assam [73]'),
  },
  {
    code: 'methaemoglobin',
    names: ['methaemoglobin', 'methemoglobin'],
    ...from('Lidocaine/prilocaine label [63]'),
  },
  { code: 'dapsone', names: ['dapson'], ...from('Gate G24 [63; background knowledge]') },
  {
    code: 'sulfonamide',
    names: ['sulfa', 'sulpha', 'sulfon', 'co-trimoxazol', 'cotrimoxazol', 'septran', 'bactrim'],
    ...from('Gate G24 [63; background knowledge]'),
  },
  {
    code: 'antimalarial',
    names: ['primaquin', 'tafenoquin', 'chloroquin', 'hydroxychloroquin', 'quinin', 'pamaquin'],
    ...from('Gate G24 [63; background knowledge]'),
  },
  {
    code: 'nitrate',
    names: [
      'nitrat',
      'nitrit',
      'nitroglycer',
      'glyceryl trinitr',
      'isosorbide',
      'nitroprussid',
      'nicorandil',
    ],
    ...from('Gate G24 [63; background knowledge]'),
  },
];
