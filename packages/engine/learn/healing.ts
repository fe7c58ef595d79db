import {
  type DriftAxis,
  defaultAssumptions,
  type HealingState,
  healingStates,
  type LearnedDrift,
  type LearnedHealing,
  type LearnedRetention,
  type PigmentClass,
  type SkinGroup,
  skinGroups,
  type Treatment,
} from '../match/index.ts';
import { fitHierarchy, type HierarchyPrior, type Posterior, type Result } from './hierarchy.ts';

/** One healed result, against what the plan expected of it. */
export interface HealedResult {
  readonly id: string;
  /** Whose it is; only that two results are of one person matters. */
  readonly person: string;
  readonly treatment: Treatment;
  readonly skinGroup: SkinGroup;
  readonly state: Exclude<HealingState, 'day0'>;
  /** Share of each class of pigment in the recipe, adding to 1. */
  readonly shares: Readonly<Partial<Record<PigmentClass, number>>>;
  /** ln of the retention read from the healed colour, and its deviation from the reading alone. */
  readonly lnRetention: number;
  readonly lnSd: number;
  /** Healed colour less what fading explains, CIELAB. */
  readonly driftA: number;
  readonly driftB: number;
}

export const pigmentClasses: readonly PigmentClass[] = ['white', 'yellow', 'red', 'black', 'other'];

/**
 * How the spread of healing that `defaultAssumptions` states (deviation of ln retention, 0.2 at week 6) is thought to be
 * made up: shares of its variance. All are assumptions; nothing was found that measures them.
 */
export const learningPrior = {
  shares: {
    clinic: 0.3,
    treatment: 0.06,
    pigmentClass: 0.08,
    skinGroup: 0.06,
    cell: 0.04,
    person: 0.36,
    session: 0.1,
  },
  /** Of the variance that fading adds after week 6: what a whole clinic has in common. */
  laterShared: 0.4,
  /** Deviation of the logarithm of both scales of the hierarchy. */
  scaleLogSd: 0.3,
  /** Deviation of colour drift in each of a* and b* at week 6, CIELAB, and of a reading of it. */
  drift: { sd: 1.6, readingSd: 0.7 },
  source:
    'split of the assumed spread between clinic, treatment, pigment, skin, person and session [derived]; person against session as in the test-spot model; drift from uneven fading of yellow, red and black, domain reference 4.1 and 4.2 [104, commercial page; derived]',
  review: 'unreviewed',
} as const;

/** Results below which the prior stands as it is. */
export const leastResults = 5;

const week6Sd = 0.2;
const sdOfShare = (share: number, sd = week6Sd): number => Math.sqrt(share) * sd;

/** What all results of a kind share: the clinic, the treatment, the pigments, the skin, their cell, and the time. */
export function effectsOf({
  treatment,
  skinGroup,
  state,
  shares,
}: Pick<HealedResult, 'treatment' | 'skinGroup' | 'state' | 'shares'>): Result['effects'] {
  const classes = Object.entries(shares).filter(([, share]) => share > 0);
  return [
    ['clinic', 1],
    [`treatment ${treatment}`, 1],
    [`skin ${skinGroup}`, 1],
    ...classes.map(([name, share]) => [`class ${name}`, share] as const),
    ...classes.map(([name, share]) => [`cell ${name} ${treatment} ${skinGroup}`, share] as const),
    ...(state === 'week6' ? [] : [[`later ${state}`, 1] as const]),
  ];
}

function priorOf(unit: number): HierarchyPrior {
  const { shares, laterShared, scaleLogSd } = learningPrior;
  const kinds: Readonly<Record<string, number>> = {
    clinic: shares.clinic,
    treatment: shares.treatment,
    skin: shares.skinGroup,
    class: shares.pigmentClass,
    cell: shares.cell,
  };
  return {
    effectSd: (effect) => {
      const [kind = '', state = ''] = effect.split(' ');
      if (kind === 'later') return (unit / week6Sd) * Math.sqrt(laterShared) * laterSd(state as HealingState);
      return sdOfShare(kinds[kind] ?? 0.04, unit);
    },
    personSd: sdOfShare(shares.person, unit),
    sessionSd: sdOfShare(shares.session, unit),
    scaleLogSd,
  };
}

/** Deviation of ln retention that fading adds between week 6 and a later state. */
function laterSd(state: HealingState): number {
  const sd = priorRetention('vitiligo', state, 'white').sd;
  return Math.sqrt(Math.max(0, sd * sd - week6Sd * week6Sd));
}

const priors = (treatment: Treatment) => defaultAssumptions(treatment).healing;

export function priorRetention(
  treatment: Treatment,
  state: HealingState,
  pigmentClass: PigmentClass,
): { ln: number; sd: number } {
  const entry = priors(treatment).find((h) => h.state === state && h.pigmentClass === pigmentClass);
  return { ln: Math.log(entry?.retentionMedian01 ?? 1), sd: entry?.retentionLogSd ?? 0 };
}

/** ln retention the prior expects of a mixture. */
export function expectedLn({
  treatment,
  state,
  shares,
}: Pick<HealedResult, 'treatment' | 'state' | 'shares'>): number {
  return Object.entries(shares).reduce(
    (sum, [name, share]) => sum + share * priorRetention(treatment, state, name as PigmentClass).ln,
    0,
  );
}

export interface HealingPosterior {
  /** ln retention of a new person. */
  readonly retention: (of: Pick<HealedResult, 'treatment' | 'skinGroup' | 'state' | 'shares'>) => {
    mean: number;
    sd: number;
  };
  /** Drift of a* and b*: of the group, and how its results scatter. */
  readonly drift: (of: Pick<HealedResult, 'treatment' | 'skinGroup' | 'state' | 'shares'>) => {
    readonly a: DriftAxis;
    readonly b: DriftAxis;
  };
  /** The scales learned: above 1, the clinic differs from the prior (between) or its people scatter (within) more. */
  readonly scales: Posterior['scales'];
}

/** The posterior of retention and drift from a clinic's results. Pure: the same results in any order give the same. */
export function learnHealing(results: readonly HealedResult[]): HealingPosterior {
  const ordered = [...results].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const fit = (value: (r: HealedResult) => number, sd: (r: HealedResult) => number, unit: number) =>
    fitHierarchy(
      ordered.map((r) => ({
        effects: effectsOf(r),
        person: r.person,
        value: value(r),
        // What fading adds to one person after week 6 is no property of the clinic.
        sd: Math.hypot(sd(r), (unit / week6Sd) * ownLaterSd(r.state)),
      })),
      priorOf(unit),
    );
  const retention = fit(
    (r) => r.lnRetention - expectedLn(r),
    (r) => r.lnSd,
    week6Sd,
  );
  const { sd: driftSd, readingSd } = learningPrior.drift;
  const driftA = fit(
    ({ driftA: v }) => v,
    () => readingSd,
    driftSd,
  );
  const driftB = fit(
    ({ driftB: v }) => v,
    () => readingSd,
    driftSd,
  );
  return {
    retention: (of) => {
      const { mean, sd } = retention.predict(effectsOf(of), ownLaterSd(of.state));
      return { mean: expectedLn(of) + mean, sd };
    },
    drift: (of) => {
      const later = (driftSd / week6Sd) * ownLaterSd(of.state);
      const axis = (posterior: Posterior): DriftAxis => {
        const group = posterior.shared(effectsOf(of));
        const { sd } = posterior.predict(effectsOf(of), later);
        const scatterSd = Math.sqrt(Math.max(0, sd * sd - group.sd * group.sd));
        return { mean: group.mean, meanSd: group.sd, scatterSd };
      };
      return { a: axis(driftA), b: axis(driftB) };
    },
    scales: retention.scales,
  };
}

const ownLaterSd = (state: HealingState): number =>
  state === 'week6' ? 0 : Math.sqrt(1 - learningPrior.laterShared) * laterSd(state);

const treatments: readonly Treatment[] = ['vitiligo', 'lip', 'scalp'];

/**
 * The document a plan takes. With fewer than {@link leastResults} results it holds no healing: the prior stands, and the
 * plan says so.
 * @param from where the results are from, for people to read
 */
export function learnedHealing(results: readonly HealedResult[], from: string): LearnedHealing {
  const head = {
    format: 'undertone/learned-healing',
    version: 1,
    results: results.length,
    people: new Set(results.map(({ person }) => person)).size,
    from,
  } as const;
  if (results.length < leastResults) return { ...head, isEnough: false, healing: [], drift: [] };
  const posterior = learnHealing(results);
  const healing: LearnedRetention[] = [];
  const drift: LearnedDrift[] = [];
  for (const treatment of treatments) {
    const own = results.filter((r) => r.treatment === treatment);
    // A treatment nobody was followed in learns little from the others: it keeps the prior.
    if (own.length === 0) continue;
    for (const skinGroup of skinGroups) {
      for (const pigmentClass of pigmentClasses) {
        const inCell = own.filter((r) => r.skinGroup === skinGroup && (r.shares[pigmentClass] ?? 0) > 0);
        for (const state of healingStates) {
          if (state === 'day0') continue;
          const kind = { treatment, skinGroup, state, shares: { [pigmentClass]: 1 } };
          const { mean, sd } = posterior.retention(kind);
          healing.push({
            treatment,
            skinGroup,
            pigmentClass,
            state,
            retentionMedian01: round(Math.exp(mean)),
            retentionLogSd: round(sd),
            results: inCell.length,
          });
          // A state nobody was read in has no drift of its own: its colour stays that of fading.
          if (!own.some((r) => r.state === state)) continue;
          const { a, b } = posterior.drift(kind);
          drift.push({
            treatment,
            skinGroup,
            pigmentClass,
            state,
            a: roundAxis(a),
            b: roundAxis(b),
            results: inCell.filter((r) => r.state === state).length,
          });
        }
      }
    }
  }
  return { ...head, isEnough: true, healing, drift };
}

// Adding 0 takes the sign off a zero, which JSON would not keep.
const round = (value: number): number => Number(value.toFixed(4)) + 0;
const roundAxis = ({ mean, meanSd, scatterSd }: DriftAxis): DriftAxis => ({
  mean: round(mean),
  meanSd: round(meanSd),
  scatterSd: round(scatterSd),
});
