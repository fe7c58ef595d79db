import type { Language } from '../tenant/schema.ts';

/** A seeded source of numbers (mulberry32): the same seed gives the same people everywhere. Not for secrets. */
export interface Chance {
  /** Uniform in 0 ≤ x < 1. */
  uniform(): number;
  normal(): number;
  /** An index drawn with these weights. */
  index(weights: readonly number[]): number;
}

export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    index: (weights) => {
      let left = uniform() * weights.reduce((sum, weight) => sum + weight, 0);
      const found = weights.findIndex((weight) => (left -= weight) < 0);
      return found < 0 ? weights.length - 1 : found;
    },
  };
}

/** Spreads neighbouring seeds and numbers apart (the finaliser of MurmurHash3). */
export function mixedSeed(seed: number, number: number): number {
  let h = (seed ^ Math.imul(number, 0x9e3779b1)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The identifier of the nth thing of a kind under a seed: the same again in every run, so that runs may be repeated. */
export function simulatedId(seed: number, kind: number, number: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  return `${hex(seed >>> 0, 8)}-51ed-8${hex(kind, 3)}-8000-${hex(number, 12)}`;
}

/** Kinds of {@link simulatedId}. */
export const idKind = { patient: 1, session: 2, checkIn: 3, event: 4, outcome: 5, lot: 6, plan: 7 } as const;

export interface SimulatedPatient {
  /** From 1. */
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly language: Language;
  readonly createdAt: Date;
  /** `YYYY-MM-DD`, adults between 18 and 75. */
  readonly birthDate: string;
  readonly sex: 'female' | 'male' | 'other';
}

const languages = ['bn', 'hi', 'ne', 'en'] as const;
const languageWeights = [0.45, 0.25, 0.2, 0.1];
const syllables = [
  'ba',
  'ko',
  'ri',
  'ta',
  'lo',
  'mi',
  'na',
  'su',
  'de',
  'pa',
  'go',
  'vi',
  'ru',
  'sha',
  'ne',
  'dhi',
  'ma',
  'ki',
  'lu',
  'jo',
];

/**
 * Nobody real: a number for a name, and a made-up word after it so that searching by name has something to find.
 * Patient `number` under a seed is the same person however many are asked for.
 */
export function simulatedPatient(seed: number, number: number, now: Date): SimulatedPatient {
  const chance = seededChance(mixedSeed(seed, number));
  const language = languages[chance.index(languageWeights)];
  const word = Array.from(
    { length: 2 + Math.floor(chance.uniform() * 3) },
    () => syllables[Math.floor(chance.uniform() * syllables.length)],
  ).join('');
  const daysAgo = 1100 * chance.uniform();
  const ageDays = (18 + 57 * chance.uniform() ** 1.6) * 365.25 + daysAgo;
  return {
    number,
    id: simulatedId(seed, idKind.patient, number),
    name: `Sample patient ${String(number).padStart(6, '0')} ${word[0].toUpperCase()}${word.slice(1)}`,
    language,
    createdAt: new Date(now.getTime() - daysAgo * 86_400_000),
    birthDate: new Date(now.getTime() - ageDays * 86_400_000).toISOString().slice(0, 10),
    sex: (['female', 'male', 'other'] as const)[chance.index([0.52, 0.47, 0.01])],
  };
}
