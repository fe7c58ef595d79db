/**
 * Two-flux theory of opaque and thin paint films. It serves here only to turn measured drawdowns into K and S; light
 * in skin is computed by adding-doubling (`skin/`), against which plain Kubelka-Munk errs by 0.03 in reflectance.
 *
 * P. Kubelka and F. Munk, Z. techn. Phys. 12 (1931) 593; P. Kubelka, J. Opt. Soc. Am. 38 (1948) 448;
 * J. L. Saunderson, J. Opt. Soc. Am. 32 (1942) 727. See docs/science/pigments.md.
 */

/** How much light the surface of a film turns back: from outside (`k1`) and, diffuse, from inside (`k2`), each 0..1. */
export interface SurfaceReflection {
  readonly k1: number;
  readonly k2: number;
  /** Whether the instrument saw the gloss (sphere with gloss trap closed). */
  readonly glossIncluded: boolean;
}

/** A binder of index 1.5: 4 % outside by Fresnel; 60 % inside for diffuse light. Instruments without gloss. */
export const paintSurface: SurfaceReflection = { k1: 0.04, k2: 0.6, glossIncluded: false };

/** Reflectance below the surface (0..1) from reflectance measured in air. */
export function belowSurface(measured01: number, { k1, k2, glossIncluded }: SurfaceReflection): number {
  const body = glossIncluded ? measured01 - k1 : measured01;
  return body / ((1 - k1) * (1 - k2) + k2 * body);
}

/** The reverse of {@link belowSurface}. */
export function aboveSurface(internal01: number, { k1, k2, glossIncluded }: SurfaceReflection): number {
  const body = ((1 - k1) * (1 - k2) * internal01) / (1 - k2 * internal01);
  return glossIncluded ? body + k1 : body;
}

/** K/S of an opaque layer from its reflectance below the surface, 0 < R <= 1. */
export function absorptionToScattering(internal01: number): number {
  return (1 - internal01) ** 2 / (2 * internal01);
}

/** Reflectance below the surface of an opaque layer from K/S >= 0. */
export function opaqueReflectance(absorptionToScatteringRatio: number): number {
  const q = absorptionToScatteringRatio;
  return 1 / (1 + q + Math.sqrt(q * (q + 2)));
}

/**
 * Reflectance below the surface of a film in optical contact with a backing.
 * @param kx K times thickness, >= 0
 * @param sx S times thickness, > 0
 */
export function filmReflectance(kx: number, sx: number, backing01: number): number {
  const a = 1 + kx / sx;
  const b = Math.sqrt(Math.max(a * a - 1, 0));
  // b coth(b S X) has the limit 1 / (S X) for a film that does not absorb.
  const bCoth = b * sx < 1e-6 ? 1 / sx : b / Math.tanh(b * sx);
  return (1 - backing01 * (a - bCoth)) / (a - backing01 + bCoth);
}

/** Over which the same film was read: reflectances below the surface of film and of bare backing. */
export interface FilmReading {
  readonly film01: number;
  readonly backing01: number;
}

/**
 * K and S times thickness from one film over two backings (Kubelka 1948, both equations solved for a).
 * `undefined` where the two readings carry no information: an opaque film, or readings no film can have.
 */
export function filmCoefficients(
  first: FilmReading,
  second: FilmReading,
): { readonly kx: number; readonly sx: number } | undefined {
  const { film01: r1, backing01: g1 } = first;
  const { film01: r2, backing01: g2 } = second;
  const numerator = (1 + r1 * g1) * (r2 - g2) - (1 + r2 * g2) * (r1 - g1);
  const denominator = (r1 + g1) * (r2 - g2) - (r2 + g2) * (r1 - g1);
  const a = numerator / denominator;
  if (!(a >= 1)) return undefined;
  const b = Math.sqrt(a * a - 1);
  const bCoth = (1 + r1 * g1 - a * (r1 + g1)) / (r1 - g1);
  if (!(bCoth > b)) return undefined;
  const sx = b < 1e-6 ? 1 / bCoth : Math.atanh(b / bCoth) / b;
  if (!Number.isFinite(sx)) return undefined;
  return { kx: (a - 1) * sx, sx };
}
