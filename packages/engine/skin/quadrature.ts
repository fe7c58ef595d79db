/**
 * Directions and phase function of the transport. A slab of refractive index n bends everything that enters it into
 * cosines above the critical one, so the cosines are split there: Gauss-Legendre below, Radau above, whose last node
 * is exactly 1 and makes normal incidence a node (Prahl 1993).
 */
export interface Quadrature {
  readonly points: number;
  /** Refractive index of the tissue; air outside. */
  readonly refractiveIndex: number;
  /** Cosines inside the tissue, ascending, the last one 1. */
  readonly cosines: Float64Array;
  /** sqrt(2 cosine weight): an intensity times this squared is the flux a node carries. */
  readonly rootFlux: Float64Array;
  /** Fresnel reflectance of the surface seen from inside; 1 below the critical cosine. */
  readonly surfaceReflectance: Float64Array;
  /** Fresnel reflectance of the surface for normal incidence. */
  readonly normalReflectance: number;
}

/** Phase function between nodes, after delta-M scaling (Wiscombe, J. Atmos. Sci. 34 (1977) 1408). */
export interface Phase {
  readonly anisotropy: number;
  /** Share of scattering treated as not scattered at all. */
  readonly forwardPeak01: number;
  /** points × points, redistribution to the same hemisphere, times the flux roots of both nodes over cosine. */
  readonly forward: Float64Array;
  /** The same, to the other hemisphere. */
  readonly backward: Float64Array;
}

/** Fresnel reflectance for unpolarised light inside an index n meeting air at `cosine`. */
export function fresnelFromInside(refractiveIndex: number, cosine: number): number {
  const sinOut = refractiveIndex * Math.sqrt(Math.max(0, 1 - cosine * cosine));
  if (sinOut >= 1) return 1;
  const cosOut = Math.sqrt(1 - sinOut * sinOut);
  const s = (refractiveIndex * cosine - cosOut) / (refractiveIndex * cosine + cosOut);
  const p = (cosine - refractiveIndex * cosOut) / (cosine + refractiveIndex * cosOut);
  return (s * s + p * p) / 2;
}

/**
 * @param points even number of directions per hemisphere, at least 4
 * @param refractiveIndex of the tissue against air, 1 or more
 */
export function makeQuadrature(points: number, refractiveIndex: number): Quadrature {
  const critical = Math.sqrt(Math.max(0, 1 - 1 / (refractiveIndex * refractiveIndex)));
  const below = critical > 0 ? points / 2 : 0;
  const cosines = new Float64Array(points);
  const rootFlux = new Float64Array(points);
  const place = (at: number, rule: Rule, low: number, high: number) => {
    rule.nodes.forEach((node, i) => {
      const cosine = i === rule.nodes.length - 1 && node === 1 ? high : low + ((high - low) * (node + 1)) / 2;
      cosines[at + i] = cosine;
      rootFlux[at + i] = Math.sqrt(cosine * (high - low) * rule.weights[i]);
    });
  };
  if (below > 0) place(0, gaussRule(below), 0, critical);
  place(below, radauRule(points - below), critical, 1);
  const surfaceReflectance = cosines.map((cosine, i) =>
    i < below ? 1 : fresnelFromInside(refractiveIndex, cosine),
  );
  return {
    points,
    refractiveIndex,
    cosines,
    rootFlux,
    surfaceReflectance,
    normalReflectance: fresnelFromInside(refractiveIndex, 1),
  };
}

/**
 * Henyey-Greenstein redistribution with as many Legendre terms as there are points. The forward diagonal takes up
 * what the quadrature misses of the normalisation, so that a layer without absorption keeps all its light.
 */
export function makePhase(quadrature: Quadrature, anisotropy: number, terms = quadrature.points): Phase {
  const { points, cosines, rootFlux } = quadrature;
  const forwardPeak01 = anisotropy ** terms;
  const polynomials = Array.from(cosines, (cosine) => legendre(cosine, terms));
  const forward = new Float64Array(points * points);
  const backward = new Float64Array(points * points);
  for (let i = 0; i < points; i++) {
    for (let j = 0; j < points; j++) {
      let same = 0;
      let other = 0;
      for (let l = 0; l < terms; l++) {
        const moment = (anisotropy ** l - forwardPeak01) / (1 - forwardPeak01);
        const term = (2 * l + 1) * moment * polynomials[i][l] * polynomials[j][l];
        same += term;
        other += l % 2 === 0 ? term : -term;
      }
      forward[i * points + j] = same;
      backward[i * points + j] = other;
    }
  }
  const weight = (i: number) => rootFlux[i] ** 2 / (2 * cosines[i]);
  for (let i = 0; i < points; i++) {
    let sum = 0;
    for (let j = 0; j < points; j++) {
      sum += weight(j) * (forward[i * points + j] + backward[i * points + j]);
    }
    const diagonal = i * points + i;
    forward[diagonal] = forward[diagonal] + (2 - sum) / weight(i);
  }
  const scale = (i: number) => rootFlux[i] / cosines[i];
  for (let i = 0; i < points; i++) {
    for (let j = 0; j < points; j++) {
      const at = i * points + j;
      forward[at] = forward[at] * scale(i) * scale(j);
      backward[at] = backward[at] * scale(i) * scale(j);
    }
  }
  return { anisotropy, forwardPeak01, forward, backward };
}

interface Rule {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/** P_0..P_(terms-1) at x. */
function legendre(x: number, terms: number): number[] {
  const values = [1, x];
  for (let l = 2; l < terms; l++) {
    values[l] = ((2 * l - 1) * x * values[l - 1] - (l - 1) * values[l - 2]) / l;
  }
  return values.slice(0, terms);
}

/** Gauss-Legendre on [-1, 1], nodes ascending. */
function gaussRule(n: number): Rule {
  const nodes = roots((x) => legendre(x, n + 1)[n], n);
  const weights = nodes.map((x) => {
    const p = legendre(x, n + 1);
    const slope = (n * (x * p[n] - p[n - 1])) / (x * x - 1);
    return 2 / ((1 - x * x) * slope * slope);
  });
  return { nodes, weights };
}

/** Radau on [-1, 1] with a fixed node at +1, nodes ascending. */
function radauRule(n: number): Rule {
  const inner = roots((x) => {
    const p = legendre(-x, n + 1);
    return (p[n - 1] + p[n]) / (1 - x);
  }, n - 1);
  const weights = inner.map((x) => (1 + x) / (n * legendre(-x, n)[n - 1]) ** 2);
  return { nodes: [...inner, 1], weights: [...weights, 2 / (n * n)] };
}

/** The `count` simple roots of f in (-1, 1), by sign changes and bisection to the last bit. */
function roots(f: (x: number) => number, count: number): number[] {
  const found: number[] = [];
  const steps = 400 * (count + 1);
  // Equal steps in angle: roots of orthogonal polynomials crowd towards the ends.
  const at = (i: number) => -Math.cos((Math.PI * (i + 0.5)) / (steps + 1));
  for (let i = 0; i < steps && found.length < count; i++) {
    let low = at(i);
    let high = at(i + 1);
    if (f(low) * f(high) > 0) continue;
    const sign = Math.sign(f(low));
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2;
      if (f(middle) * sign > 0) low = middle;
      else high = middle;
    }
    found.push((low + high) / 2);
  }
  return found;
}
