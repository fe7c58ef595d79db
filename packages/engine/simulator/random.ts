/** A seeded source of numbers: the same seed gives the same picture everywhere. */
export interface Random {
  /** Uniform in 0 ≤ x < 1. */
  uniform(): number;
  /** Uniform between two bounds. */
  between(low: number, high: number): number;
  /** Standard normal (Box-Muller). */
  normal(): number;
  /** One of a non-empty list. */
  pick<T>(list: readonly T[]): T;
}

/** Mulberry32: 32 bits of state, enough for pictures, not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    pick: (list) => list[Math.floor(uniform() * list.length)],
  };
}

/**
 * Smooth noise over a grid, mean 0, deviation about 1: white noise interpolated at `octaves` scales, each half as
 * wide and `persistence01` as strong as the one before.
 */
export function fractalNoise(
  widthPx: number,
  heightPx: number,
  featurePx: number,
  octaves: number,
  persistence01: number,
  random: Random,
): Float32Array {
  const out = new Float32Array(widthPx * heightPx);
  let gain = 1;
  let power = 0;
  for (let octave = 0, cell = featurePx; octave < octaves; octave++, cell /= 2, gain *= persistence01) {
    const columns = Math.ceil(widthPx / cell) + 2;
    const rows = Math.ceil(heightPx / cell) + 2;
    const knots = Float32Array.from({ length: columns * rows }, () => random.normal());
    power += gain * gain;
    for (let y = 0; y < heightPx; y++) {
      const gy = y / cell;
      const row = Math.floor(gy);
      const ty = ease(gy - row);
      for (let x = 0; x < widthPx; x++) {
        const gx = x / cell;
        const column = Math.floor(gx);
        const tx = ease(gx - column);
        const k = row * columns + column;
        const top = knots[k] + (knots[k + 1] - knots[k]) * tx;
        const low = knots[k + columns] + (knots[k + columns + 1] - knots[k + columns]) * tx;
        out[y * widthPx + x] += gain * (top + (low - top) * ty);
      }
    }
  }
  // Interpolation lowers the deviation of white noise to about 0.69 of its knots in two dimensions.
  const scale = 1 / (0.69 * Math.sqrt(power));
  for (let p = 0; p < out.length; p++) out[p] *= scale;
  return out;
}

const ease = (t: number): number => t * t * (3 - 2 * t);
