import { type EventKind, eventKindIds } from '../followup/event-kinds.ts';
import { checkInDays } from '../followup/protocol.ts';
import type { Sign, Urgency } from '../followup/red-flags.ts';
import type { CheckInAnswers, CheckInState } from '../followup/schema.ts';
import { type TriageContext, triage } from '../followup/triage.ts';
import {
  type Chance,
  idKind,
  mixedSeed,
  type SimulatedPatient,
  seededChance,
  simulatedId,
} from './simulated-people.ts';
import { type SimulatedResult, simulatedResult } from './simulated-results.ts';

export type Treatment = 'scalp' | 'lip' | 'vitiligo';

/**
 * What a simulated clinic is like: the truth that statistics made from its rows must find again. Every number is
 * invented for the purpose; none is a claim about real treatments.
 */
export interface SimulatedTruth {
  /** Chance of none, one, two sessions a patient. */
  readonly sessionShares: readonly [number, number, number];
  readonly treatmentShares: Readonly<Record<Treatment, number>>;
  /** Chance a session has an event of the kind, for an ordinary operator and lot. */
  readonly eventRate: Readonly<Partial<Record<EventKind, number>>>;
  /** Factor on every rate, by operator. */
  readonly operatorFactor: readonly number[];
  /** The lot whose sessions are infected so many times as often. */
  readonly badLot: { readonly number: number; readonly factor: number };
  readonly lots: number;
  /** Chance that a check-in is answered, first day and last, with a straight line between. */
  readonly answered: { readonly first: number; readonly last: number };
}

export const simulatedTruth: SimulatedTruth = {
  sessionShares: [0.57, 0.32, 0.11],
  treatmentShares: { scalp: 0.45, vitiligo: 0.3, lip: 0.25 },
  eventRate: {
    infection: 0.012,
    allergy: 0.006,
    granuloma: 0.0015,
    eye: 0.002,
    scar: 0.004,
    bruise: 0.05,
    'cold-sore': 0.01,
    koebner: 0.005,
    mismatch: 0.03,
    migration: 0.006,
    redness: 0.04,
  },
  operatorFactor: [1, 0.8, 1.1, 1, 2],
  badLot: { number: 7, factor: 12 },
  lots: 40,
  answered: { first: 0.88, last: 0.42 },
};

/** What a kind of event makes people tick, the day of the check-in it shows at, and how long it takes. */
const course: Readonly<Partial<Record<EventKind, { sign: Sign; day: number; days: number; grade: number }>>> =
  {
    infection: { sign: 'infection', day: 7, days: 12, grade: 2 },
    allergy: { sign: 'itchy-raised', day: 42, days: 60, grade: 2 },
    granuloma: { sign: 'bumps', day: 365, days: 120, grade: 2 },
    eye: { sign: 'eye', day: 1, days: 4, grade: 2 },
    scar: { sign: 'firm-scar', day: 180, days: 300, grade: 2 },
    bruise: { sign: 'small-bruise', day: 1, days: 8, grade: 1 },
    'cold-sore': { sign: 'blisters', day: 3, days: 9, grade: 2 },
    koebner: { sign: 'white-patch', day: 90, days: 200, grade: 2 },
    mismatch: { sign: 'colour', day: 42, days: 90, grade: 1 },
    migration: { sign: 'colour', day: 90, days: 200, grade: 1 },
    redness: { sign: 'mild-redness', day: 7, days: 5, grade: 1 },
  };

export interface SimulatedSession {
  readonly id: string;
  readonly patientId: string;
  readonly treatment: Treatment;
  readonly performedAt: Date;
  /** Index of the operator and of the pigment lots. */
  readonly operator: number;
  readonly lots: readonly number[];
  readonly zone: string;
  readonly checkIns: readonly SimulatedCheckIn[];
  readonly events: readonly SimulatedEvent[];
  readonly result: SimulatedResult | undefined;
}

export interface SimulatedCheckIn {
  readonly id: string;
  readonly day: string;
  readonly dayNumber: number;
  readonly dueAt: Date;
  readonly state: CheckInState;
  readonly answeredAt: Date | null;
  readonly urgency: Urgency | null;
  readonly answers: CheckInAnswers | null;
  readonly context: TriageContext | null;
  readonly matched: readonly string[];
  readonly reasons: readonly string[];
  /** A case it opened. */
  readonly case: { readonly id: string; readonly answeredAt: Date | null } | null;
}

export interface SimulatedEvent {
  readonly id: string;
  readonly kind: EventKind;
  readonly grade: number;
  readonly onsetOn: string;
  readonly lot: number | null;
  readonly foundBy: 'check-in' | 'visit';
  readonly resolvedOn: string | null;
}

const dayMs = 86_400_000;
const zones: Readonly<Record<Treatment, readonly string[]>> = {
  scalp: ['front', 'crown', 'whole'],
  lip: ['upper', 'lower', 'both'],
  vitiligo: ['face', 'hand-foot', 'trunk-limb'],
};

/** The sessions of a simulated patient with all that followed, as of `now`. Pure: the same patient, the same life. */
export function simulatedSessions(
  seed: number,
  patient: SimulatedPatient,
  now: Date,
  truth: SimulatedTruth = simulatedTruth,
): readonly SimulatedSession[] {
  const chance = seededChance(mixedSeed(seed ^ 0x5e55, patient.number));
  const count = chance.index(truth.sessionShares);
  const treatment = (['scalp', 'vitiligo', 'lip'] as const)[
    chance.index([truth.treatmentShares.scalp, truth.treatmentShares.vitiligo, truth.treatmentShares.lip])
  ];
  const out: SimulatedSession[] = [];
  for (let k = 0; k < count; k++) {
    const at = patient.createdAt.getTime() + (12 + 45 * k + 30 * chance.uniform()) * dayMs;
    if (at > now.getTime() - dayMs) break;
    out.push(sessionOf(seed, patient, k, treatment, new Date(at), now, chance, truth));
  }
  return out;
}

function sessionOf(
  seed: number,
  patient: SimulatedPatient,
  k: number,
  treatment: Treatment,
  performedAt: Date,
  now: Date,
  chance: Chance,
  truth: SimulatedTruth,
): SimulatedSession {
  const number = patient.number * 4 + k;
  const operator = Math.floor(chance.uniform() * truth.operatorFactor.length);
  // Lots come and go: those of a month are used in it.
  const month = Math.floor(performedAt.getTime() / (30 * dayMs));
  const lots = [...new Set([month, month + 1 + Math.floor(2 * chance.uniform())].map((m) => m % truth.lots))];
  const factor = (kind: EventKind) =>
    truth.operatorFactor[operator] *
    (kind === 'infection' && lots.includes(truth.badLot.number) ? truth.badLot.factor : 1);
  const kinds = eventKindIds.filter((kind) => {
    const rate = truth.eventRate[kind];
    return rate !== undefined && chance.uniform() < rate * factor(kind);
  });
  const dayOf = (days: number) => new Date(performedAt.getTime() + days * dayMs);
  const iso = (at: Date) => at.toISOString().slice(0, 10);
  const events = kinds.flatMap((kind, i): SimulatedEvent[] => {
    const how = course[kind];
    if (!how || dayOf(how.day) > now) return [];
    const over = dayOf(how.day + how.days);
    return [
      {
        id: simulatedId(seed, idKind.event, number * 16 + i),
        kind,
        grade: how.grade + (chance.uniform() < 0.06 ? 1 : 0),
        onsetOn: iso(dayOf(how.day)),
        lot: kind === 'infection' || kind === 'allergy' ? lots[0] : null,
        foundBy: chance.uniform() < 0.7 ? 'check-in' : 'visit',
        resolvedOn: over <= now ? iso(over) : null,
      },
    ];
  });
  const days = checkInDays(treatment, iso(performedAt));
  const signOn = new Map<number, Sign>();
  for (const { kind, foundBy } of events) {
    const how = course[kind];
    if (foundBy === 'check-in' && how)
      signOn.set(
        nearest(
          days.map(({ dayNumber }) => dayNumber),
          how.day,
        ),
        how.sign,
      );
  }
  const checkIns = days.map(({ plan, on, dayNumber }, i) =>
    checkInOf(
      {
        id: simulatedId(seed, idKind.checkIn, number * 16 + i),
        day: plan.day,
        dayNumber,
        on,
        i,
        of: days.length,
      },
      performedAt,
      now,
      signOn.get(dayNumber),
      chance,
      truth,
    ),
  );
  return {
    id: simulatedId(seed, idKind.session, number),
    patientId: patient.id,
    treatment,
    performedAt,
    operator,
    lots,
    zone: zones[treatment][Math.floor(3 * chance.uniform())],
    checkIns,
    events,
    result: simulatedResult(seed, { number, patientNumber: patient.number, treatment, performedAt }, now),
  };
}

const nearest = (days: readonly number[], day: number) =>
  days.reduce((best, one) => (Math.abs(one - day) < Math.abs(best - day) ? one : best));

function checkInOf(
  one: { id: string; day: string; dayNumber: number; on: string; i: number; of: number },
  performedAt: Date,
  now: Date,
  sign: Sign | undefined,
  chance: Chance,
  truth: SimulatedTruth,
): SimulatedCheckIn {
  // Ten in the morning in India.
  const dueAt = new Date(`${one.on}T04:30:00Z`);
  const base = { id: one.id, day: one.day, dayNumber: one.dayNumber, dueAt };
  const silent = {
    answeredAt: null,
    urgency: null,
    answers: null,
    context: null,
    matched: [],
    reasons: [],
    case: null,
  };
  if (dueAt > now) return { ...base, state: 'planned', ...silent };
  const { first, last } = truth.answered;
  const willAnswer = chance.uniform() < first + ((last - first) * one.i) / (one.of - 1) || sign !== undefined;
  const answeredAt = new Date(dueAt.getTime() + (0.2 + 20 * chance.uniform() ** 2) * 3_600_000);
  if (!willAnswer || answeredAt > now) {
    const late = now.getTime() - dueAt.getTime();
    const state =
      late < 0.5 * dayMs ? 'sent' : late < 2 * dayMs ? 'reminded' : late < 7 * dayMs ? 'to-call' : 'missed';
    return { ...base, state, ...silent };
  }
  const worry = sign === undefined && chance.uniform() < 0.01;
  const answers: CheckInAnswers = {
    course: worry ? 'unsure' : sign ? 'same' : 'better',
    signs: sign ? [sign] : [],
    details: [],
    none: sign === undefined,
    text: '',
  };
  const context: TriageContext = {
    hoursSince: (answeredAt.getTime() - performedAt.getTime()) / 3_600_000,
    bloodThinner: false,
  };
  const result = triage(answers, context);
  const answerTook =
    (result.urgency === 'EMERG' ? 0.01 : result.urgency === 'DAY' ? 0.08 : 0.7) *
    (0.3 + 1.4 * chance.uniform());
  const settledAt = new Date(answeredAt.getTime() + answerTook * dayMs);
  return {
    ...base,
    state: 'answered',
    answeredAt,
    urgency: result.urgency,
    answers,
    context,
    matched: result.matched.map(({ id }) => id),
    reasons: [...result.doubts],
    case:
      result.urgency === 'SELF'
        ? null
        : { id: one.id.replace(/-8003-/, '-8008-'), answeredAt: settledAt <= now ? settledAt : null },
  };
}
