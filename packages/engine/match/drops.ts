/** Whole drops: the smallest batch that can be stirred and still holds the colour. */

export interface DropsRequest {
  /** Wanted concentration of each pigment: dose to implant over the dose of undiluted ink, 0 or more. */
  readonly strengths01: Float64Array;
  /** Worst light's CIEDE2000 between what given concentrations and the wanted ones heal to. */
  readonly errorOf: (strengths01: Float64Array) => number;
  /** Least and most drops of a batch. */
  readonly least: number;
  readonly most: number;
}

export interface DropsPlan {
  readonly drops: readonly number[];
  /** 10 where the pigment is first let down 1 part in 10 and its drops are of that. */
  readonly letDown: readonly (1 | 10)[];
  readonly diluentDrops: number;
  readonly totalDrops: number;
  readonly strengths01: Float64Array;
  readonly roundingDeltaE00: number;
}

/** A drop is about 0.05 mL; less than half a millilitre cannot be stirred evenly (both assumptions, unreviewed). */
export const dropMl = 0.05;
export const leastBatchDrops = 10;
export const mostBatchDrops = 80;

/** Rounding error, in CIEDE2000, that a larger batch is not worth mending: half of what eyes notice on light skin. */
const tolerance = 0.3;
/** Fewer drops than this of one pigment are let down instead: half a drop of error would be a sixth of it. */
const leastDropsOfOne = 3;

export function planDrops(request: DropsRequest): DropsPlan {
  // A recipe stronger than undiluted ink keeps its proportions and is thinned until it fits.
  for (let thinned = 1; ; thinned *= 0.95) {
    const strengths01 = request.strengths01.map((s) => s * thinned);
    let best: DropsPlan | undefined;
    for (let total = request.least; total <= request.most; total += 1) {
      const plan = planOf({ ...request, strengths01 }, total);
      if (!plan) continue;
      if (!best || plan.roundingDeltaE00 < best.roundingDeltaE00 - 1e-9) best = plan;
      if (best.roundingDeltaE00 <= tolerance) return best;
    }
    if (best) return best;
  }
}

/** Best rounding, up or down for each pigment, in a batch of `total` drops. */
function planOf({ strengths01, errorOf }: DropsRequest, total: number): DropsPlan | undefined {
  const letDown = Array.from(strengths01, (s): 1 | 10 => (s > 0 && s * total < leastDropsOfOne ? 10 : 1));
  const exact = strengths01.map((s, i) => s * total * letDown[i]);
  const used = [...exact.keys()].filter((i) => exact[i] > 0);
  let best: DropsPlan | undefined;
  for (let choice = 0; choice < 2 ** used.length; choice += 1) {
    const drops = Array.from(exact, () => 0);
    used.forEach((i, bit) => {
      drops[i] = Math.max(1, Math.floor(exact[i]) + ((choice >> bit) & 1));
    });
    const pigmentDrops = drops.reduce((a, b) => a + b, 0);
    if (pigmentDrops > total) continue;
    const strengths = Float64Array.from(drops, (d, i) => d / (total * letDown[i]));
    const roundingDeltaE00 = errorOf(strengths);
    if (best && roundingDeltaE00 >= best.roundingDeltaE00) continue;
    best = {
      drops,
      letDown,
      diluentDrops: total - pigmentDrops,
      totalDrops: total,
      strengths01: strengths,
      roundingDeltaE00,
    };
  }
  return best;
}
