/** What is counted and how it is judged, as data, and the arithmetic between counts and rates. Pure. */
import { bitsOf, type EventKind, eventKindIds, eventKinds } from '../followup/event-kinds.ts';
import type { Language } from '../tenant/schema.ts';
import type { CusumDesign, RunLengths } from './cusum.ts';
import { clopperPearson, type Interval } from './statistics.ts';

export const measureIds = ['any', 'infection', 'reaction', 'scar', 'colour'] as const;
export type MeasureId = (typeof measureIds)[number];

export interface Measure {
  readonly id: MeasureId;
  readonly label: Readonly<Record<Language, string>>;
  readonly kinds: readonly EventKind[];
  /** Over `followed_sessions.event_bits`. */
  readonly bits: number;
  readonly cusum: CusumDesign;
  /** Where p0 comes from; p1 and h are proposals. */
  readonly source: string;
  readonly review: 'unreviewed' | 'reviewed';
}

const measure = (
  id: MeasureId,
  label: Measure['label'],
  kinds: readonly EventKind[],
  cusum: CusumDesign,
  source: string,
): Measure => ({ id, label, kinds, bits: bitsOf(kinds), cusum, source, review: 'unreviewed' });

export const measures: Readonly<Record<MeasureId, Measure>> = {
  any: measure(
    'any',
    { en: 'Any event', hi: 'कोई भी घटना', bn: 'যেকোনো ঘটনা', ne: 'जुनसुकै घटना' },
    eventKindIds,
    { p0: 0.12, p1: 0.2, h: 3.5 },
    'p0: 12.1 % of 1352 brow and eyeliner clients, clinical reference 5.1 [17]',
  ),
  infection: measure(
    'infection',
    { en: 'Infection', hi: 'संक्रमण', bn: 'সংক্রমণ', ne: 'संक्रमण' },
    ['infection', 'mycobacteria'],
    { p0: 0.01, p1: 0.02, h: 2.5 },
    'p0: between 0.2 % (3/1352) [17] and 3.3 % (5/151) [22], clinical reference 5.1',
  ),
  reaction: measure(
    'reaction',
    {
      en: 'Allergy or granuloma',
      hi: 'एलर्जी या ग्रैन्युलोमा',
      bn: 'অ্যালার্জি বা গ্র্যানুলোমা',
      ne: 'एलर्जी वा ग्रानुलोमा',
    },
    ['allergy', 'granuloma', 'anaphylaxis'],
    { p0: 0.02, p1: 0.04, h: 2.5 },
    'p0: below the 6 % of decorative tattoos, which are larger and more colourful, clinical reference 5.1 [19, 20]',
  ),
  scar: measure(
    'scar',
    { en: 'Scar', hi: 'निशान', bn: 'দাগ', ne: 'दाग' },
    ['scar'],
    { p0: 0.01, p1: 0.02, h: 2.5 },
    'p0: no published rate, clinical reference 5.1; proposed',
  ),
  colour: measure(
    'colour',
    {
      en: 'Colour mismatch or blur',
      hi: 'रंग न मिलना या फैलना',
      bn: 'রং না মেলা বা ঝাপসা',
      ne: 'रङ नमिल्नु वा धमिलो',
    },
    ['mismatch', 'migration'],
    { p0: 0.1, p1: 0.17, h: 3.5 },
    'p0: between 5/30 shed [3] and none stated, clinical reference 5.1; proposed',
  ),
};

/**
 * Average sessions until the CUSUM signals, at p0 (a false alarm) and at p1 (the doubling is noticed): 2000 simulated runs
 * each, seeds 1 and 2. `rules.test.ts` simulates them again.
 */
export const runLengths: Readonly<
  Record<MeasureId, { readonly inControl: RunLengths; readonly outOfControl: RunLengths }>
> = {
  any: {
    inControl: { mean: 1596, standardError: 34.8, median: 1102 },
    outOfControl: { mean: 104.7, standardError: 1.5, median: 87 },
  },
  infection: {
    inControl: { mean: 3650.4, standardError: 84.1, median: 2441 },
    outOfControl: { mean: 468.8, standardError: 7.9, median: 364 },
  },
  reaction: {
    inControl: { mean: 1808.8, standardError: 37.3, median: 1300 },
    outOfControl: { mean: 234, standardError: 3.9, median: 188 },
  },
  scar: {
    inControl: { mean: 3650.4, standardError: 84.1, median: 2441 },
    outOfControl: { mean: 468.8, standardError: 7.9, median: 364 },
  },
  colour: {
    inControl: { mean: 1831.9, standardError: 41, median: 1268 },
    outOfControl: { mean: 119.7, standardError: 1.8, median: 99 },
  },
};

export const runLengthSimulation = { runs: 2000, seedInControl: 1, seedOutOfControl: 2 } as const;

/** When a session's follow-up counts as known, as data. */
export const followUpRule = {
  /** An answer on this day after the session or later. */
  knownFromDay: 7,
  /** Until then a session without one is waited for; afterwards its follow-up is unknown. */
  waitDays: 21,
  source: 'Bacterial infections show on days 2 to 14, clinical reference 5.1; days proposed here',
  review: 'unreviewed',
} as const;

export const groupings = ['treatment', 'operator', 'zone', 'lot', 'month'] as const;
export type Grouping = (typeof groupings)[number];

/** A count of sessions. sessions = followed + waiting + unknown; events ≤ followed. */
export interface Count {
  readonly sessions: number;
  /** Follow-up known: answered late enough, or an event was seen. */
  readonly followed: number;
  readonly waiting: number;
  readonly unknown: number;
  /** Sessions with at least one such event. */
  readonly events: number;
}

export interface Rate extends Count, Interval {
  /** Events by followed sessions; undefined while nobody was followed. */
  readonly rate01: number | undefined;
  /** If every unknown session had had none. */
  readonly least01: number | undefined;
}

/** The rate with its exact 95 % interval. Unknown follow-up is no evidence of health: it stays outside the rate. */
export function rateOf(count: Count): Rate {
  const { events, followed, unknown } = count;
  return {
    ...count,
    ...clopperPearson(events, followed),
    rate01: followed === 0 ? undefined : events / followed,
    least01: followed + unknown === 0 ? undefined : events / (followed + unknown),
  };
}

/** Sessions followed below which a rate is not published: the interval then says less than published figures do. */
export const leastPublished = {
  sessions: 100,
  /** Of the sessions whose follow-up should be known by now. */
  followedShare01: 0.7,
  source: 'Proposed: with 0 of 100 the interval reaches 3.6 %; below 70 % followed the rate may mislead',
  review: 'unreviewed',
} as const;

/** Whether a count is large and whole enough for the public page. */
export function mayPublish(count: Count): boolean {
  const due = count.followed + count.unknown;
  return count.followed >= leastPublished.sessions && count.followed / due >= leastPublished.followedShare01;
}

/** Lines of the public risk page that the clinic's own events are counted in. */
export function kindsOfRisk(risk: string): readonly EventKind[] {
  return eventKindIds.filter((kind) => eventKinds[kind].risk === risk);
}

export const publicRisks: readonly string[] = [
  ...new Set(eventKindIds.map((kind) => eventKinds[kind].risk).filter((risk) => risk !== null)),
];

/** Chance beyond each inner and outer limit of the funnel: 95 % and 99.8 % inside. */
export const funnelTails = { inner: 0.025, outer: 0.001 } as const;
