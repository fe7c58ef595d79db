import type { Phase, Quadrature } from './quadrature.ts';
import { makePhase, makeQuadrature } from './quadrature.ts';
import type { LayerMatrices, OpticalLayer } from './transport.ts';
import { layerMatrices, makeLayerMatrices, makeWorkspace } from './transport.ts';
import { eliminate, multiplyInto, oneMinusProduct } from './view.ts';

/** A layer of a stack with its own Henyey-Greenstein anisotropy. */
export interface StackLayer extends OpticalLayer {
  readonly anisotropy: number;
}

export interface StackOptions {
  /** Directions per hemisphere, even, 4 or more: 8 while editing, 12 for results, 48 for reference. */
  readonly points: number;
  /** Of all layers alike, against air. */
  readonly refractiveIndex: number;
}

/** Shares of the incident light, 0..1, gloss included. */
export interface StackFluxes {
  /** Total reflectance of a collimated beam at normal incidence. */
  readonly normalReflectance01: number;
  /** Total transmittance of that beam, 0 under a half-space. */
  readonly normalTransmittance01: number;
  /** Absorbed share of that beam in each layer, top first. */
  readonly normalAbsorbed01: readonly number[];
  /** The same two for light that comes evenly from the whole hemisphere. */
  readonly diffuseReflectance01: number;
  readonly diffuseTransmittance01: number;
}

/**
 * Reflectance, absorption and transmittance of plane layers between air, top layer first. A last layer of infinite
 * thickness is a half-space; otherwise the stack ends at a second surface to air.
 */
export function stackFluxes(layers: readonly StackLayer[], options: StackOptions): StackFluxes {
  const quadrature = makeQuadrature(options.points, options.refractiveIndex);
  const n = options.points;
  const work = makeWorkspace(n);
  const phases = new Map<number, Phase>();
  const matrices = layers.map((layer) => {
    const phase = phases.get(layer.anisotropy) ?? makePhase(quadrature, layer.anisotropy);
    phases.set(layer.anisotropy, phase);
    const out = makeLayerMatrices(n);
    layerMatrices(quadrature, phase, layer, work, out);
    return out;
  });

  // From the bottom up: what everything below an interface reflects, and how light crosses each layer downwards.
  let below = diagonal(quadrature.surfaceReflectance);
  const reflectionBelow = [below];
  const crossings: Float64Array[] = [];
  for (const layer of matrices.toReversed()) {
    const crossing = crossingOf(n, layer, below);
    below = addOnTop(n, layer, below, crossing);
    crossings.unshift(crossing);
    reflectionBelow.unshift(below);
  }

  const normal = new Float64Array(n);
  normal[n - 1] = (1 - quadrature.normalReflectance) / quadrature.rootFlux[n - 1];
  const outside = options.refractiveIndex ** 2;
  const diffuse = quadrature.rootFlux.map(
    (root, i) => outside * root * (1 - quadrature.surfaceReflectance[i]),
  );
  const beam = followDown(quadrature, normal, reflectionBelow, crossings);
  const dome = followDown(quadrature, diffuse, reflectionBelow, crossings);
  const domeEntered = diffuse.reduce((sum, value, i) => sum + value * quadrature.rootFlux[i], 0);
  return {
    normalReflectance01: quadrature.normalReflectance + beam.leavingTop,
    normalTransmittance01: beam.leavingBottom,
    normalAbsorbed01: beam.absorbed,
    diffuseReflectance01: 1 - domeEntered + dome.leavingTop,
    diffuseTransmittance01: dome.leavingBottom,
  };
}

function diagonal(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length ** 2);
  values.forEach((value, i) => {
    out[i * values.length + i] = value;
  });
  return out;
}

function product(n: number, a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(n * n);
  multiplyInto(n, a, b, out);
  return out;
}

/** (1 - R below)⁻¹ T: the light that arrives at the bottom of a layer, all bounces counted. */
function crossingOf(n: number, layer: LayerMatrices, below: Float64Array): Float64Array {
  const system = new Float64Array(n * n);
  oneMinusProduct(n, layer.reflection, below, system);
  const out = Float64Array.from(layer.transmission);
  eliminate(n, system, out, n);
  return out;
}

function addOnTop(
  n: number,
  layer: LayerMatrices,
  below: Float64Array,
  crossing: Float64Array,
): Float64Array {
  const returned = product(n, layer.transmission, product(n, below, crossing));
  return returned.map((value, k) => value + layer.reflection[k]);
}

interface Followed {
  leavingTop: number;
  leavingBottom: number;
  absorbed: number[];
}

/** Sends light that has just entered the tissue downwards and keeps account of the net flux at every interface. */
function followDown(
  quadrature: Quadrature,
  entered: Float64Array,
  reflectionBelow: readonly Float64Array[],
  crossings: readonly Float64Array[],
): Followed {
  const n = quadrature.points;
  const system = new Float64Array(n * n);
  oneMinusProduct(n, diagonal(quadrature.surfaceReflectance), reflectionBelow[0], system);
  let down = Float64Array.from(entered);
  eliminate(n, system, down, 1);
  const flux = (light: Float64Array, share: (i: number) => number) =>
    light.reduce((sum, value, i) => sum + share(i) * value * quadrature.rootFlux[i], 0);
  const up = multiply(n, reflectionBelow[0], down);
  const leavingTop = flux(up, (i) => 1 - quadrature.surfaceReflectance[i]);
  const net = [flux(down, () => 1) - flux(up, () => 1)];
  crossings.forEach((crossing, layer) => {
    down = multiply(n, crossing, down);
    net.push(flux(down, () => 1) - flux(multiply(n, reflectionBelow[layer + 1], down), () => 1));
  });
  const last = net.length - 1;
  return {
    leavingTop,
    leavingBottom: net[last],
    absorbed: net.slice(0, last).map((value, i) => value - net[i + 1]),
  };
}

function multiply(n: number, matrix: Float64Array, vector: Float64Array): Float64Array<ArrayBuffer> {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j] * vector[j];
    out[i] = sum;
  }
  return out;
}
