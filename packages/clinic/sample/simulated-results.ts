import { expectedLn, pigmentClasses } from '@undertone/engine/learn/index.ts';
import { type PigmentClass, type SkinGroup, skinGroups } from '@undertone/engine/match/index.ts';
import { type Rating, scale, timePointAt } from '../outcome/rules.ts';
import { addDays } from '../tenant/schema.ts';
import { type Chance, idKind, mixedSeed, seededChance, simulatedId } from './simulated-people.ts';

/** How pigment heals in the simulated clinic: what learning from its results must find again. Invented. */
export const simulatedHealing = {
  /** Share of sessions on lips and patches that are read at week 6. */
  recorded: 0.5,
  /** ln by which this clinic keeps less pigment than the prior says. */
  clinicShift: -0.15,
  classShift: { white: 0.05, yellow: -0.1, red: 0.06, black: 0.02, other: 0 },
  personSd: 0.12,
  sessionSd: 0.06,
  readingSd: 0.05,
} as const;

export interface SimulatedResult {
  readonly id: string;
  readonly performedOn: string;
  readonly takenOn: string;
  readonly daysAfter: number;
  readonly skinGroup: SkinGroup;
  readonly shares: Readonly<Partial<Record<PigmentClass, number>>>;
  readonly lnRetention: number;
  readonly driftA: number;
  readonly driftB: number;
  readonly patientScore: number;
  readonly rating: Rating;
}

/** The week-6 result of a session, if its day has come and somebody read it. */
export function simulatedResult(
  seed: number,
  session: {
    readonly number: number;
    readonly patientNumber: number;
    readonly treatment: 'vitiligo' | 'lip' | 'scalp';
    readonly performedAt: Date;
  },
  now: Date,
): SimulatedResult | undefined {
  const chance = seededChance(mixedSeed(seed ^ 0x0c0e, session.number));
  const { treatment } = session;
  const isRecorded = chance.uniform() < simulatedHealing.recorded;
  const performedOn = session.performedAt.toISOString().slice(0, 10);
  const daysAfter = 38 + Math.floor(12 * chance.uniform());
  const takenOn = addDays(performedOn, daysAfter);
  if (treatment === 'scalp' || !isRecorded || takenOn >= now.toISOString().slice(0, 10)) return undefined;
  if (timePointAt(daysAfter) !== 'week6') return undefined;
  // What is the person's own is the same in every session of theirs.
  const person = seededChance(mixedSeed(seed ^ 0x0e0e, session.patientNumber));
  const skinGroup = skinGroups[person.index([0.02, 0.08, 0.2, 0.35, 0.3, 0.05])];
  const shares = mixture(chance);
  const { clinicShift, classShift, personSd, sessionSd, readingSd } = simulatedHealing;
  const shift = Object.entries(shares).reduce(
    (sum, [name, share]) => sum + share * classShift[name as PigmentClass],
    0,
  );
  const lnRetention =
    expectedLn({ treatment, state: 'week6', shares }) +
    clinicShift +
    shift +
    personSd * person.normal() +
    sessionSd * chance.normal() +
    readingSd * chance.normal();
  const step = Math.min(3, Math.max(0, Math.round(1.9 + 0.8 * chance.normal())));
  return {
    id: simulatedId(seed, idKind.outcome, session.number),
    performedOn,
    takenOn,
    daysAfter,
    skinGroup,
    shares,
    lnRetention,
    driftA: 0.8 * chance.normal(),
    driftB: -0.5 + 0.9 * chance.normal(),
    patientScore: Math.min(10, Math.max(0, Math.round(3 + 2 * step + chance.normal()))),
    rating: scale[step],
  };
}

function mixture(chance: Chance): Partial<Record<PigmentClass, number>> {
  const sole = pigmentClasses[Math.floor(chance.uniform() * pigmentClasses.length)];
  const parts = pigmentClasses.map((name) =>
    name === sole || chance.uniform() < 0.5 ? 0.1 + 0.9 * chance.uniform() : 0,
  );
  const total = parts.reduce((sum, part) => sum + part, 0);
  return Object.fromEntries(
    pigmentClasses.flatMap((name, i) =>
      parts[i] > 0 ? [[name, Number((parts[i] / total).toFixed(4))]] : [],
    ),
  );
}
