/**
 * Trial and patch spots as data, and what their readings say. Pure and browser-safe. Numbers and words come from
 * domain.md 1.2 (Koebner/trial spot) and 1.3 (patch testing); no clinician has signed them.
 */
import type { Treatment } from '../candidacy/rules.ts';
import { addDays } from '../tenant/schema.ts';

export const spotKinds = ['trial', 'patch'] as const;
export type SpotKind = (typeof spotKinds)[number];

export const spotSigns = ['halo', 'colour', 'scar', 'reaction'] as const;
export type SpotSign = (typeof spotSigns)[number];

/**
 * What a reading may say. `clear` is worded "clean" (trial) or "no early reaction" (patch), never "not allergic":
 * a patch test cannot exclude an allergy to tattoo pigment (domain.md 1.3, source 53).
 */
export const readingOutcomes = ['clear', 'adverse', 'unclear'] as const;
export type ReadingOutcome = (typeof readingOutcomes)[number];

export const readingIds = ['minute-20', 'hour-48', 'day-8', 'week-6', 'week-12'] as const;
export type ReadingId = (typeof readingIds)[number];

/** Time after the spot was placed: minutes and hours count from the instant, days from the day in the clinic's zone. */
export type After = { readonly minutes: number } | { readonly hours: number } | { readonly days: number };

export interface ReadingRule {
  readonly id: ReadingId;
  readonly from: After;
  /** Last moment of the window; a reading after it still counts and is marked late. */
  readonly until: After;
  readonly signs: readonly SpotSign[];
  /** Whether a session waits for this reading. */
  readonly isRequired: boolean;
}

export interface SpotProtocol {
  readonly kind: SpotKind;
  /** Treatments that may not begin before such a spot was placed and read, unless a physician sets it aside. */
  readonly requiredFor: readonly Treatment[];
  readonly sizeMm?: { readonly width: number; readonly height: number };
  readonly readings: readonly ReadingRule[];
  /** Of a treatment whose spots are read otherwise; the others go by `readings`. */
  readonly own?: Readonly<Partial<Record<Treatment, readonly ReadingRule[]>>>;
  readonly mark: 'seen' | 'known' | 'derived';
  readonly source: string;
  readonly reviewState: 'unreviewed' | 'reviewed';
}

const trialSigns = ['halo', 'colour', 'scar'] as const;

export const spotProtocols: Readonly<Record<SpotKind, SpotProtocol>> = {
  trial: {
    kind: 'trial',
    requiredFor: ['vitiligo'],
    sizeMm: { width: 5, height: 5 },
    readings: [
      { id: 'week-6', from: { days: 42 }, until: { days: 56 }, signs: trialSigns, isRequired: true },
      { id: 'week-12', from: { days: 84 }, until: { days: 98 }, signs: trialSigns, isRequired: true },
    ],
    mark: 'known',
    source: 'Background clinical knowledge, awaiting a physician’s signature; windows of two weeks derived',
    reviewState: 'unreviewed',
  },
  patch: {
    kind: 'patch',
    requiredFor: [],
    readings: [
      {
        id: 'minute-20',
        from: { minutes: 20 },
        until: { minutes: 60 },
        signs: ['reaction'],
        isRequired: true,
      },
      { id: 'hour-48', from: { hours: 48 }, until: { hours: 72 }, signs: ['reaction'], isRequired: true },
      { id: 'day-8', from: { days: 8 }, until: { days: 10 }, signs: ['reaction'], isRequired: true },
      { id: 'week-6', from: { days: 42 }, until: { days: 56 }, signs: ['colour'], isRequired: false },
    ],
    mark: 'known',
    source:
      'Schedule: background clinical knowledge, awaiting a physician’s signature. Late readings may help, and tattoo allergy cannot be reliably diagnosed by patch test: review of 1997-2022 (domain.md source 53)',
    reviewState: 'unreviewed',
  },
};

/** When a spot of a treatment is read, and what is looked at. */
export function readingsFor(protocol: SpotProtocol, treatment: Treatment): readonly ReadingRule[] {
  return protocol.own?.[treatment] ?? protocol.readings;
}

export interface SpotReading {
  readonly reading: ReadingId;
  readonly outcome: ReadingOutcome;
}

export interface Spot {
  readonly kind: SpotKind;
  readonly placedAt: Date;
  readonly readings: readonly SpotReading[];
  /** A physician decided in writing that this spot no longer counts. */
  readonly isSetAside: boolean;
}

export type DueState = 'read' | 'early' | 'due' | 'late';

export interface DueReading {
  readonly rule: ReadingRule;
  readonly state: DueState;
  /** The last outcome recorded for it. */
  readonly outcome?: ReadingOutcome;
  /** The day in the clinic's zone on which it may be read first. */
  readonly fromDay: string;
  readonly untilDay: string;
}

/**
 * @param dayOf the calendar day of an instant in the clinic's zone, `YYYY-MM-DD`
 * @param protocols the clinic's own; default those that come with the program
 */
export function readingsOf(
  spot: Spot & { readonly treatment: Treatment },
  now: Date,
  dayOf: (at: Date) => string,
  protocols: Readonly<Record<SpotKind, SpotProtocol>> = spotProtocols,
): readonly DueReading[] {
  return readingsFor(protocols[spot.kind], spot.treatment).map((rule) => {
    const from = momentOf(spot.placedAt, rule.from, dayOf);
    const until = momentOf(spot.placedAt, rule.until, dayOf);
    const window = { rule, fromDay: from.day, untilDay: until.day };
    // Read again after "unclear": the last word counts.
    const outcome = spot.readings.findLast(({ reading }) => reading === rule.id)?.outcome;
    if (outcome !== undefined) return { ...window, state: 'read', outcome };
    if (!from.isReached(now)) return { ...window, state: 'early' };
    return { ...window, state: until.isPassed(now) ? 'late' : 'due' };
  });
}

function momentOf(placedAt: Date, after: After, dayOf: (at: Date) => string) {
  if ('days' in after) {
    const day = addDays(dayOf(placedAt), after.days);
    return {
      day,
      isReached: (now: Date) => dayOf(now) >= day,
      isPassed: (now: Date) => dayOf(now) > day,
    };
  }
  const ms = 'minutes' in after ? after.minutes * 60_000 : after.hours * 3_600_000;
  const at = new Date(placedAt.getTime() + ms);
  return { day: dayOf(at), isReached: (now: Date) => now >= at, isPassed: (now: Date) => now > at };
}
