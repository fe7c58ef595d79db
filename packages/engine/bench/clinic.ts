// A simulated clinic: people whose true optics nobody knows, two visits, one healed test spot between them.
import { colorimeter, deltaE00, labUnder } from '../light/index.ts';
import {
  defaultAssumptions,
  defaultGeometry,
  type HealedSpot,
  type MatchResult,
  matchPigments,
  nominalLayerUm,
  type PigmentSet,
  pigmentClassOf,
} from '../match/index.ts';
import {
  fitSkin,
  type Geometry,
  type Reading,
  reflectanceOf,
  type SkinModel,
  type SkinParameters,
  skinGrid,
} from '../skin/index.ts';
import type { Forearm } from './forearms.ts';

export interface ClinicOptions {
  readonly pigments: PigmentSet;
  /** What the healed spot is read with. */
  readonly spot: 'spectrum' | 'colour';
  /** Whether the thickness of the pigment layer varies as well (20 %). */
  readonly thickness: boolean;
  /** Share of retention's variance that belongs to the person, 0..1. */
  readonly personal01: number;
}

export interface VisitOutcome {
  /** CIEDE2000 of the healed result to the surround: under D65, and the worse of D65 and A. */
  readonly d65: number;
  readonly worst: number;
  /** Whether each of L*, a*, b* under D65 and the difference itself fell into its 90 % interval. */
  readonly insideLab: readonly boolean[];
  readonly insideDeltaE: boolean;
  readonly result: MatchResult;
}

interface Truth {
  readonly skin: SkinParameters;
  readonly geometry: Geometry;
  /** ln of this person's retention per pigment at week 6, without the session's part. */
  readonly lnRetention: readonly number[];
}

/** Spectra of the clinic repeat with this noise per band and this gain from visit to visit. */
const bandNoise01 = 0.003;
const gainNoise = 0.01;
/** What a three-number colorimeter adds to each of L*, a*, b*. */
const colourNoise = 0.5;

export async function twoVisits(
  forearm: Forearm,
  model: SkinModel,
  normal: () => number,
  uniform: () => number,
  options: ClinicOptions,
): Promise<{ first: VisitOutcome; second: VisitOutcome } | undefined> {
  const { pigments } = options;
  const assumed = defaultAssumptions('vitiligo');
  const { min, max } = assumed.scatteringPerCm;
  const scattering = min * (max / min) ** uniform();
  const person = fitSkin(forearm.reading, { model, scatteringPerCm500: scattering }).parameters;
  const bare: SkinParameters = { ...person, melaninFraction: 0 };
  const common = normal();
  const central = defaultGeometry('vitiligo');
  const { common01 } = assumed.retentionShare;
  const healed = pigments.pigments.map((pigment) => {
    const pigmentClass = pigmentClassOf(pigment);
    return assumed.healing.find((h) => h.state === 'week6' && h.pigmentClass === pigmentClass);
  });
  const truth: Truth = {
    skin: {
      ...bare,
      bloodFraction: bare.bloodFraction * Math.exp(assumed.bloodLogSd * normal()),
      scatteringPerCm500: scattering * Math.exp(assumed.scatterLogSd * normal()),
    },
    geometry: {
      ...central,
      clearDermisUm: Math.max(5, central.clearDermisUm + assumed.depthSdUm * normal()),
      pigmentLayerUm:
        central.pigmentLayerUm * Math.exp(options.thickness ? assumed.thicknessLogSd * normal() : 0),
    },
    lnRetention: healed.map((h) => {
      const own = Math.sqrt(common01) * common + Math.sqrt(1 - common01) * normal();
      return (
        Math.log(h?.retentionMedian01 ?? 1) + (h?.retentionLogSd ?? 0) * Math.sqrt(options.personal01) * own
      );
    }),
  };

  const noisy = (reflectance01: ArrayLike<number>): Reading => {
    const gain = Math.exp(gainNoise * normal());
    const values = Float64Array.from(reflectance01, (value) => gain * value + bandNoise01 * normal());
    return {
      kind: 'spectrum',
      reflectance01: { startNm: skinGrid.startNm, stepNm: skinGrid.stepNm, values },
      instrument: 'sphere-sci',
    };
  };
  const colour = (reflectance01: ArrayLike<number>): Reading => {
    const { L, a, b } = labUnder(colorimeter('D65/10', skinGrid), reflectance01);
    const lab = {
      white: 'D65/10' as const,
      L: L + colourNoise * normal(),
      a: a + colourNoise * normal(),
      b: b + colourNoise * normal(),
    };
    return { kind: 'lab', lab, instrument: 'sphere-sci', sdLab: colourNoise };
  };
  const healedSpectrum = (doses: Readonly<Record<string, number>>): Float64Array => {
    const muaPerCm = new Float64Array(skinGrid.count);
    const muspPerCm = new Float64Array(skinGrid.count);
    pigments.pigments.forEach((pigment, p) => {
      const session = (healed[p]?.retentionLogSd ?? 0) * Math.sqrt(1 - options.personal01) * normal();
      const mixing = assumed.mixingLogSd * normal();
      const dose =
        ((doses[pigment.id] ?? 0) * Math.exp(truth.lnRetention[p] + session + mixing) * nominalLayerUm) /
        truth.geometry.pigmentLayerUm;
      for (let band = 0; band < skinGrid.count; band += 1) {
        muaPerCm[band] += (3 / 8) * dose * pigment.K[band];
        muspPerCm[band] += dose * pigment.S[band];
      }
    });
    return Float64Array.from(
      reflectanceOf(truth.skin, { geometry: truth.geometry, muaPerCm, muspPerCm }, 'fine').values,
    );
  };

  const patch = noisy(reflectanceOf(bare, undefined, 'fine').values);
  const surround = forearm.reading;
  const meters = [colorimeter('D65/10', skinGrid), colorimeter('A/10', skinGrid)];
  const visit = async (
    spots: readonly HealedSpot[],
  ): Promise<{ outcome: VisitOutcome; seen: Float64Array } | undefined> => {
    const result = await matchPigments(
      {
        treatment: 'vitiligo',
        patch,
        surround,
        pigments,
        spots,
        assumptions: { retentionShare: { ...assumed.retentionShare, personal01: options.personal01 } },
      },
      { seed: 7, skinModel: model },
    );
    if (!result.ok) throw new Error(result.message);
    const seen = healedSpectrum(result.recipe.doseOfDrops);
    const differences = meters.map((meter) =>
      deltaE00(labUnder(meter, seen), labUnder(meter, forearm.measured01)),
    );
    const lab = labUnder(meters[0], seen);
    const predicted = result.predicted.find((p) => p.state === 'week6' && p.illuminant === 'D65');
    if (!predicted) return undefined;
    const { low, high } = predicted.interval90;
    const inside = (value: number, from: number, to: number) => value >= from && value <= to;
    return {
      seen,
      outcome: {
        d65: differences[0],
        worst: Math.max(...differences),
        insideLab: [inside(lab.L, low.L, high.L), inside(lab.a, low.a, high.a), inside(lab.b, low.b, high.b)],
        insideDeltaE: inside(differences[0], predicted.deltaE00.low90, predicted.deltaE00.high90),
        result,
      },
    };
  };
  const first = await visit([]);
  if (!first) return undefined;
  const reading = options.spot === 'spectrum' ? noisy(first.seen) : colour(first.seen);
  const second = await visit([{ doses: first.outcome.result.recipe.doseOfDrops, reading }]);
  return second && { first: first.outcome, second: second.outcome };
}
