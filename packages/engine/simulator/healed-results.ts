import { effectsOf, expectedLn, type HealedResult, learningPrior, pigmentClasses } from '../learn/index.ts';
import { type PigmentClass, skinGroups } from '../match/index.ts';
import { type Random, seededRandom } from './random.ts';

/** A clinic whose healing is known: effects drawn from the prior, or moved on purpose. */
export interface SimulatedHealing {
  readonly results: readonly HealedResult[];
  /** One more result of a person nobody has seen, of a kind like the others. */
  readonly next: () => HealedResult;
}

export interface HealingTruth {
  /** Factors on the prior's deviations: between groups, and within. */
  readonly between: number;
  readonly within: number;
  /** ln by which the whole clinic differs from the prior's medians, besides what is drawn. */
  readonly clinicShift: number;
}

/** Deviation of ln retention at week 6 whose shares the prior states. */
const week6Sd = 0.2;

export function simulateHealing(
  count: number,
  seed: number,
  truth: HealingTruth = { between: 1, within: 1, clinicShift: 0 },
): SimulatedHealing {
  const random = seededRandom(seed);
  const { shares } = learningPrior;
  const sdOf: Readonly<Record<string, number>> = {
    clinic: shares.clinic,
    treatment: shares.treatment,
    skin: shares.skinGroup,
    class: shares.pigmentClass,
    cell: shares.cell,
  };
  const effects = new Map<string, number>();
  const effect = (name: string): number => {
    const known = effects.get(name);
    if (known !== undefined) return known;
    const share = sdOf[name.split(' ')[0]] ?? 0;
    const drawn = truth.between * Math.sqrt(share) * week6Sd * random.normal();
    effects.set(name, drawn);
    return drawn;
  };
  const people = new Map<string, number>();
  const result = (id: string, person: string): HealedResult => {
    const treatment = random.uniform() < 0.6 ? 'vitiligo' : 'lip';
    const kind = {
      treatment,
      skinGroup: random.pick(skinGroups),
      state: 'week6',
      shares: mixture(random),
    } as const;
    const own = people.get(person) ?? truth.within * Math.sqrt(shares.person) * week6Sd * random.normal();
    people.set(person, own);
    const lnSd = random.between(0.03, 0.1);
    const { drift } = learningPrior;
    return {
      ...kind,
      id,
      person,
      lnRetention:
        expectedLn(kind) +
        truth.clinicShift +
        effectsOf(kind).reduce((sum, [name, weight]) => sum + weight * effect(name), 0) +
        own +
        truth.within * Math.sqrt(shares.session) * week6Sd * random.normal() +
        lnSd * random.normal(),
      lnSd,
      driftA: Math.hypot(drift.sd, drift.readingSd) * random.normal(),
      driftB: Math.hypot(drift.sd, drift.readingSd) * random.normal(),
    };
  };
  const results = Array.from({ length: count }, (_, i) =>
    // Every third person comes twice.
    result(`r${String(i).padStart(5, '0')}`, `p${i % 3 === 2 ? i - 1 : i}`),
  );
  let more = 0;
  return { results, next: () => result(`next${more++}`, `new${more}`) };
}

function mixture(random: Random): Partial<Record<PigmentClass, number>> {
  const sole = random.pick(pigmentClasses);
  const parts = pigmentClasses.map((name) =>
    name === sole || random.uniform() < 0.5 ? random.between(0.1, 1) : 0,
  );
  const total = parts.reduce((sum, part) => sum + part, 0);
  return Object.fromEntries(
    pigmentClasses.flatMap((name, i) => (parts[i] > 0 ? [[name, parts[i] / total]] : [])),
  );
}
