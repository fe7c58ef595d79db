import type { Geometry, SkinParameters } from '../skin/index.ts';
import { pigmentClassOf } from './assumptions.ts';
import type { Pigment } from './pigment.ts';
import type { HealingState, MatchAssumptions } from './request.ts';

/**
 * What is uncertain about one person, as independent standard normal numbers z:
 * scattering scale, depth, layer thickness, blood, scattering of the patch, retention in common, retention per pigment.
 */
const scaleAt = 0;
const depthAt = 1;
const thicknessAt = 2;
const bloodAt = 3;
const scatterAt = 4;
const commonAt = 5;
const firstPigmentAt = 6;

export interface ScenarioModel {
  /** Length of z. */
  readonly dimensions: number;
  /** The bare patch for a scattering scale in cm⁻¹: skins that explain the same reading. */
  readonly patchAt: (scatteringPerCm500: number) => SkinParameters;
  readonly geometry: Geometry;
  readonly assumptions: MatchAssumptions;
  /** ln of median retention and its standard deviation, per state and pigment. */
  readonly retention: Readonly<
    Record<HealingState, readonly { readonly lnMedian: number; readonly sd: number }[]>
  >;
}

export interface Scenario {
  readonly skin: SkinParameters;
  readonly geometry: Geometry;
}

export function scenarioModel(
  patchAt: (scatteringPerCm500: number) => SkinParameters,
  geometry: Geometry,
  pigments: readonly Pigment[],
  assumptions: MatchAssumptions,
): ScenarioModel {
  const of = (state: HealingState) =>
    pigments.map((pigment) => {
      const pigmentClass = pigmentClassOf(pigment);
      const entry = assumptions.healing.find((h) => h.state === state && h.pigmentClass === pigmentClass);
      return { lnMedian: Math.log(entry?.retentionMedian01 ?? 1), sd: entry?.retentionLogSd ?? 0 };
    });
  return {
    dimensions: firstPigmentAt + pigments.length,
    patchAt,
    geometry,
    assumptions,
    retention: {
      day0: of('day0'),
      week6: of('week6'),
      month6: of('month6'),
      month12: of('month12'),
      month24: of('month24'),
    },
  };
}

/** Scattering scale of the skin, cm⁻¹ at 500 nm. */
export function scatteringOf(model: ScenarioModel, z: ArrayLike<number>): number {
  const { min, max } = model.assumptions.scatteringPerCm;
  return min * (max / min) ** normalBelow(z[scaleAt]);
}

/** Skin and layers of one possible person. */
export function scenarioOf(model: ScenarioModel, z: ArrayLike<number>): Scenario {
  const { assumptions, geometry } = model;
  const skin = model.patchAt(scatteringOf(model, z));
  const depth = geometry.clearDermisUm + assumptions.depthSdUm * z[depthAt];
  return {
    skin: {
      ...skin,
      bloodFraction: skin.bloodFraction * Math.exp(assumptions.bloodLogSd * z[bloodAt]),
      scatteringPerCm500: skin.scatteringPerCm500 * Math.exp(assumptions.scatterLogSd * z[scatterAt]),
    },
    geometry: {
      epidermisUm: geometry.epidermisUm,
      // A soft floor keeps the depth above zero and smooth.
      clearDermisUm: depth > 100 ? depth : 5 * Math.log1p(Math.exp(depth / 5)),
      pigmentLayerUm: geometry.pigmentLayerUm * Math.exp(assumptions.thicknessLogSd * z[thicknessAt]),
    },
  };
}

/**
 * Skins between fits of one reading at several scattering scales: logarithms of all parameters by the parabola through
 * three fits. Absorption rises with scattering so that the untreated colour stays.
 */
export function interpolateSkins(
  fits: readonly [SkinParameters, SkinParameters, SkinParameters],
): (scatteringPerCm500: number) => SkinParameters {
  const nodes = fits.map((fit) => Math.log(fit.scatteringPerCm500));
  return (scatteringPerCm500) => {
    const x = Math.log(scatteringPerCm500);
    const weights = nodes.map((own, i) =>
      nodes.reduce((product, other, j) => (i === j ? product : (product * (x - other)) / (own - other)), 1),
    );
    const between = (pick: (skin: SkinParameters) => number) =>
      Math.exp(fits.reduce((sum, fit, i) => sum + weights[i] * Math.log(Math.max(pick(fit), 1e-9)), 0));
    return {
      melaninFraction: fits[1].melaninFraction === 0 ? 0 : between((s) => s.melaninFraction),
      melaninExponent: between((s) => s.melaninExponent),
      bloodFraction: between((s) => s.bloodFraction),
      oxygenation01: Math.min(
        between((s) => s.oxygenation01),
        1,
      ),
      vesselRadiusUm: between((s) => s.vesselRadiusUm),
      baselineScale: between((s) => s.baselineScale),
      carotenoidPerCm: between((s) => s.carotenoidPerCm),
      scatteringPerCm500,
      scatteringSlope: between((s) => s.scatteringSlope),
    };
  };
}

/** ln of this person's retention of each pigment at week 6, without what differs from session to session. */
export function lnPersonalRetention(model: ScenarioModel, z: ArrayLike<number>, pigment: number): number {
  const { common01, personal01 } = model.assumptions.retentionShare;
  const { lnMedian, sd } = model.retention.week6[pigment];
  const own = Math.sqrt(common01) * z[commonAt] + Math.sqrt(1 - common01) * z[firstPigmentAt + pigment];
  return lnMedian + sd * Math.sqrt(personal01) * own;
}

/** Standard deviation of ln dose at week 6 that one session adds: mixing, and retention that does not repeat. */
export function sessionLogSd(model: ScenarioModel, pigment: number): number {
  const { mixingLogSd, retentionShare } = model.assumptions;
  return Math.hypot(
    mixingLogSd,
    model.retention.week6[pigment].sd * Math.sqrt(1 - retentionShare.personal01),
  );
}

/**
 * ln of the fraction of the implanted dose at work in a state.
 * @param session standard normal: mixing and this session's own retention
 * @param later standard normal: fading after week 6, independent of what healing left
 */
export function lnDoseFactor(
  model: ScenarioModel,
  state: HealingState,
  z: ArrayLike<number>,
  pigment: number,
  session: number,
  later: number,
): number {
  const { lnMedian, sd } = model.retention[state][pigment];
  if (state === 'day0') return lnMedian + model.assumptions.mixingLogSd * session;
  const healed = model.retention.week6[pigment];
  const week6 =
    lnPersonalRetention(model, z, pigment) - healed.lnMedian + sessionLogSd(model, pigment) * session;
  return lnMedian + week6 + Math.sqrt(Math.max(sd * sd - healed.sd * healed.sd, 0)) * later;
}

/** Share of the standard normal distribution below z (G. Marsaglia, J. Stat. Softw. 11 (2004) 4). */
export function normalBelow(z: number): number {
  if (z > 7) return 1;
  if (z < -7) return 0;
  let sum = z;
  let term = z;
  for (let k = 3; Math.abs(term) > 1e-16 * Math.abs(sum) && k < 400; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + sum * Math.exp(-0.5 * z * z - 0.9189385332046728);
}
