/** Deterministic chance for maps: hashes of whole numbers, no state. */

/** 32 well-mixed bits of up to four whole numbers (finaliser of C. Wellons' lowbias32). */
export function hash32(a: number, b = 0, c = 0, d = 0): number {
  let h = 0x9e3779b9;
  for (const value of [a, b, c, d]) {
    h = (h ^ value) >>> 0;
    h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
    h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
    h ^= h >>> 15;
  }
  return h >>> 0;
}

/** As {@link hash32}, in 0 ≤ value < 1. */
export function hash01(a: number, b = 0, c = 0, d = 0): number {
  return hash32(a, b, c, d) / 4294967296;
}

/** Smooth noise 0..1 with features of one unit: bicubically blended values on a lattice. */
export function valueNoise01(seed: number, x: number, y: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const ease = (t: number) => t * t * (3 - 2 * t);
  const u = ease(x - ix);
  const v = ease(y - iy);
  const corner = (dx: number, dy: number) => hash01(seed, ix + dx, iy + dy, 77);
  const top = corner(0, 0) * (1 - u) + corner(1, 0) * u;
  const bottom = corner(0, 1) * (1 - u) + corner(1, 1) * u;
  return top * (1 - v) + bottom * v;
}
