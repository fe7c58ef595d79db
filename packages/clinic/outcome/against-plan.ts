import { deltaE00, itaDegrees, type Lab, type NamedWhite } from '@undertone/engine/light/index.ts';
import {
  defaultAssumptions,
  learnedAssumptions,
  learnedDrift,
  type PigmentClass,
  parsePigments,
  pigmentClassOf,
  type SkinGroup,
  skinGroupOf,
} from '@undertone/engine/match/index.ts';
import { healedAgainstPlan, retentionOfPlan } from '@undertone/engine/outcome/index.ts';
import type { PlanDocument } from '@undertone/engine/plan/document.ts';
import { medianReading, type Triple } from './rules.ts';
import type { AgainstPlan, ReadingsForm } from './schema.ts';

/** A reading against the plan, and what of it the next plans can learn from. */
export interface Compared {
  readonly against: AgainstPlan;
  /** Undefined where the reading tells nothing of retention (the plan hardly changes colour as it fades). */
  readonly lesson?: Lesson;
}

export interface Lesson {
  readonly skinGroup: SkinGroup;
  readonly state: 'week6' | 'month6' | 'month12' | 'month24';
  readonly shares: Readonly<Partial<Record<PigmentClass, number>>>;
  readonly lnRetention: number;
  readonly lnSd: number;
  readonly driftA: number;
  readonly driftB: number;
}

/** Compares the median of the readings with a plan's recipe; undefined when the plan predicts no colour. */
export function compareWithPlan(
  plan: PlanDocument,
  readings: ReadingsForm,
  daysAfter: number,
): Compared | undefined {
  const { match } = plan;
  if (match.kind !== 'recipe') return undefined;
  const colour = (triple: Triple): Lab<NamedWhite> => ({ white: readings.white, ...triple });
  const healed = colour(medianReading(readings.region));
  const surroundRead = readings.surround && colour(medianReading(readings.surround));
  const wanted = match.target.find(({ white }) => white.startsWith('D65'));
  const skinGroup = skinGroupOf(itaDegrees(surroundRead ?? wanted ?? match.target[0]));
  const classes = classesOf(plan);
  const prior = defaultAssumptions(plan.treatment);
  const learned =
    plan.inputs.learned &&
    wanted &&
    learnedAssumptions(plan.inputs.learned, plan.treatment, skinGroupOf(itaDegrees(wanted)), prior);
  const assumed = retentionOfPlan(
    plan,
    learned?.healing ?? prior.healing,
    (pigment) => classes.get(pigment) ?? 'other',
  );
  const answer = healedAgainstPlan(match, healed, daysAfter, assumed);
  if (!answer.ok || answer.state === 'day0') return undefined;
  const { state, predicted, interval90 } = answer;
  const shares: Partial<Record<PigmentClass, number>> = {};
  for (const { pigment, parts01 } of match.recipe.parts) {
    const name = classes.get(pigment) ?? 'other';
    shares[name] = (shares[name] ?? 0) + parts01;
  }
  const driftOf =
    plan.inputs.learned &&
    wanted &&
    learnedDrift(plan.inputs.learned, plan.treatment, skinGroupOf(itaDegrees(wanted)));
  // Lessons are read against fading alone: else the drift a plan already expects would be unlearned from its results.
  const course = driftOf
    ? match.predicted.map((colour) => {
        const drift = driftOf(colour.state, shares);
        if (!drift) return colour;
        const { lab } = colour;
        return { ...colour, lab: { ...lab, a: lab.a - drift.a.mean, b: lab.b - drift.b.mean } };
      })
    : match.predicted;
  const read = driftOf ? healedAgainstPlan({ predicted: course }, healed, daysAfter, assumed) : answer;
  const retention = read.ok ? read.retention : undefined;
  const statement = match.predicted.find((p) => p.state === state && p.illuminant === 'D65');
  const against: AgainstPlan = {
    state,
    white: predicted.white,
    predicted: triple(predicted),
    low90: triple(interval90.low),
    high90: triple(interval90.high),
    healed: triple(answer.healed),
    missDeltaE00: round(answer.missDeltaE00),
    withinAll: answer.withinAll,
    within: answer.within,
    toSurround: {
      predicted: statement
        ? {
            expected: round(statement.deltaE00.expected),
            low90: round(statement.deltaE00.low90),
            high90: round(statement.deltaE00.high90),
          }
        : { expected: 0, low90: 0, high90: 0 },
      healed: surroundRead ? round(deltaE00(healed, surroundRead)) : null,
    },
    retention01: retention ? round(retention.retention01) : null,
    expectedRetention01: assumed[state] === undefined ? null : round(assumed[state]),
  };
  if (!retention) return { against };
  return {
    against,
    lesson: {
      skinGroup,
      state,
      shares,
      lnRetention: Math.log(retention.retention01),
      lnSd: retention.lnSd,
      driftA: retention.driftA,
      driftB: retention.driftB,
    },
  };
}

/** The class of each pigment the plan was made with, by id. */
function classesOf(plan: PlanDocument): Map<string, PigmentClass> {
  const parsed = parsePigments(JSON.stringify(plan.inputs.pigments ?? {}));
  return new Map(
    parsed.ok ? parsed.set.pigments.map((pigment) => [pigment.id, pigmentClassOf(pigment)]) : [],
  );
}

const triple = ({ L, a, b }: Triple): Triple => ({ L: round(L), a: round(a), b: round(b) });
const round = (value: number): number => Number(value.toFixed(4)) + 0;
