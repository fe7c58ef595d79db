import { fresnelFromInside } from './quadrature.ts';
import { seededChance } from './random.ts';
import type { StackLayer } from './stack.ts';

/**
 * An independent referee for `stackFluxes`: photons followed one by one (after MCML; Wang, Jacques, Zheng 1995).
 * Layers are endless sideways, so depth and the cosine to the normal are all that has to be followed.
 */
export interface MonteCarloFluxes {
  /** Shares of a beam at normal incidence, gloss included. */
  readonly normalReflectance01: number;
  readonly normalTransmittance01: number;
  readonly normalAbsorbed01: readonly number[];
  /** Standard error of the reflectance. */
  readonly reflectanceError01: number;
}

export interface MonteCarloOptions {
  readonly photons: number;
  readonly seed: number;
  readonly refractiveIndex: number;
}

/** A photon weaker than this lives on with this chance, stronger by its inverse, so that nothing is lost on average. */
const faint = 0.02;
const survival = 0.1;

export function monteCarloFluxes(
  layers: readonly StackLayer[],
  options: MonteCarloOptions,
): MonteCarloFluxes {
  const { photons, refractiveIndex } = options;
  const chance = seededChance(options.seed);
  const gloss = fresnelFromInside(refractiveIndex, 1);
  const extinction = layers.map((layer) => layer.muaPerCm + layer.musPerCm);
  const albedo = layers.map((layer, i) => (extinction[i] > 0 ? layer.musPerCm / extinction[i] : 0));
  const absorbed = new Float64Array(layers.length);
  let transmitted = 0;
  let sum = 0;
  let squares = 0;

  for (let photon = 0; photon < photons; photon++) {
    let weight = 1 - gloss;
    let returned = gloss;
    let layer = 0;
    /** Depth below the top of the layer, cm, and cosine to the inward normal. */
    let depth = 0;
    let cosine = 1;
    let free = -Math.log(1 - chance.uniform());
    while (weight > 0) {
      const { thicknessCm, anisotropy } = layers[layer];
      const toBorder =
        cosine > 0 ? (thicknessCm - depth) / cosine : cosine < 0 ? -depth / cosine : Number.POSITIVE_INFINITY;
      const step = extinction[layer] > 0 ? free / extinction[layer] : Number.POSITIVE_INFINITY;
      if (step >= toBorder) {
        free -= toBorder * extinction[layer];
        const next = layer + (cosine > 0 ? 1 : -1);
        if (next >= 0 && next < layers.length) {
          layer = next;
          depth = cosine > 0 ? 0 : layers[layer].thicknessCm;
          continue;
        }
        const leaving = weight * (1 - fresnelFromInside(refractiveIndex, Math.abs(cosine)));
        if (next < 0) returned += leaving;
        else transmitted += leaving;
        weight -= leaving;
        depth = next < 0 ? 0 : thicknessCm;
        cosine = -cosine;
      } else {
        depth += step * cosine;
        absorbed[layer] += weight * (1 - albedo[layer]);
        weight *= albedo[layer];
        cosine = scattered(cosine, anisotropy, chance.uniform(), chance.uniform());
        free = -Math.log(1 - chance.uniform());
      }
      if (weight < faint) {
        if (chance.uniform() < survival) weight /= survival;
        else weight = 0;
      }
    }
    sum += returned;
    squares += returned * returned;
  }
  const mean = sum / photons;
  return {
    normalReflectance01: mean,
    normalTransmittance01: transmitted / photons,
    normalAbsorbed01: Array.from(absorbed, (value) => value / photons),
    reflectanceError01: Math.sqrt(Math.max(0, squares / photons - mean * mean) / (photons - 1)),
  };
}

/** The new cosine to the normal after a Henyey-Greenstein turn. */
function scattered(cosine: number, anisotropy: number, first: number, second: number): number {
  const turn =
    anisotropy === 0
      ? 2 * first - 1
      : (1 + anisotropy ** 2 - ((1 - anisotropy ** 2) / (1 - anisotropy + 2 * anisotropy * first)) ** 2) /
        (2 * anisotropy);
  const across = Math.sqrt(Math.max(0, (1 - cosine * cosine) * (1 - turn * turn)));
  const next = cosine * turn + across * Math.cos(2 * Math.PI * second);
  return Math.min(1, Math.max(-1, next));
}
