import type { DensityMap } from './density.ts';

/** Candidates for dots, in the order in which they are met. */
export interface Candidates {
  readonly count: number;
  /** Density at which a place is used over the density planned there: below 1 it would be without any correction. */
  readonly ratio: Float64Array;
  /** Index of its part of the region; missing where there is one. */
  readonly part?: Uint32Array;
}

/** Parts of a region of which each holds its own number of dots. */
export interface Parts {
  /** How many dots each part is to hold as planned, whole or not. */
  readonly planned: Float64Array;
  /** Part of each piece of the region; missing where there is one part. */
  readonly ofIsland?: Uint32Array;
}

/**
 * A piece with room for fewer dots than this at the tiles' full density counts together with all others so small. A handful
 * of dots can only be brought to a number by setting some too close: of 225 pieces of 3 mm, each rounded by itself, the
 * closest two lay at 0.69 of the mean spacing.
 */
const leastRoom = 250;

/** @param fullPerCm2 at which the tiles are used up */
export function partsOf(map: DensityMap, fullPerCm2: number): Parts {
  const { islands } = map;
  if (!islands && !map.planned) return { planned: Float64Array.of(map.expectedCount) };
  const perCm2 = map.planned?.perCm2 ?? map.perCm2;
  const sums = new Float64Array(islands?.count ?? 1);
  if (islands) for (let p = 0; p < perCm2.length; p++) sums[islands.ofCell[p]] += perCm2[p];
  else sums[0] = perCm2.reduce((sum, value) => sum + value, 0);
  const cellCm2 = map.mmPerPx ** 2 / 100;
  if (!islands) return { planned: sums.map((sum) => sum * cellCm2) };
  const most = map.planned?.maxPerCm2 ?? map.maxPerCm2;
  const ofIsland = new Uint32Array(islands.count);
  // The first part is that of the small pieces; it may be empty.
  const planned = [0];
  sums.forEach((sum, island) => {
    const count = sum * cellCm2;
    if ((count / most) * fullPerCm2 < leastRoom) planned[0] += count;
    else ofIsland[island] = planned.push(count) - 1;
  });
  return { planned: Float64Array.from(planned), ofIsland };
}

/**
 * Candidates are looked for up to this multiple of the planned density. Dots in a part of the region scatter by less than
 * the root of their number, so that four such deviations hold what a threshold may need; the rest is bounded to save time.
 */
export const reachOf = (planned: number): number =>
  planned > 0 ? 1 + Math.min(0.5, 4 / Math.sqrt(planned)) : 1;

/**
 * The ratios below which candidates are used, `[part * stages + stage]`, so that each part holds its planned number of
 * dots after every session, rounded. Which way to round walks by the golden ratio from part to part: it does not
 * depend on the density, so that more density never takes a dot away, and over many parts errors cancel.
 *
 * @param planned of {@link Parts}
 * @param stageEnds cumulative shares after each session, the last 1
 */
export function thresholdsOf(
  candidates: Candidates,
  planned: Float64Array,
  stageEnds: readonly number[],
): Float64Array {
  const stages = stageEnds.length;
  const thresholds = new Float64Array(planned.length * stages);
  stageEnds.forEach((end, stage) => {
    const below = new Uint32Array(planned.length);
    const near: number[][] = Array.from(planned, () => []);
    const low = planned.map((count) => end * (2 - reachOf(count * end)));
    const high = planned.map((count) => end * reachOf(count * end));
    for (let i = 0; i < candidates.count; i++) {
      const part = candidates.part ? candidates.part[i] : 0;
      const ratio = candidates.ratio[i];
      if (ratio < low[part]) below[part]++;
      else if (ratio < high[part]) near[part].push(ratio);
    }
    planned.forEach((count, part) => {
      const wanted = Math.floor(count * end + ((0.5 + part * goldenRatio) % 1)) - below[part];
      const sorted = Float64Array.from(near[part]).sort();
      thresholds[part * stages + stage] =
        wanted < 0 ? low[part] : wanted < sorted.length ? sorted[wanted] : high[part];
    });
  });
  return thresholds;
}

const goldenRatio = (Math.sqrt(5) - 1) / 2;
