import type { DensityMap } from './density.ts';

/** By how much a hand made the dots of a region denser or sparser, pixel by pixel of its picture. */
export interface DensityCover {
  /** Dots set over dots planned, row by row; 1 where nothing was changed and where none was planned. */
  readonly ratio: Float32Array;
  readonly widthCells: number;
  readonly heightCells: number;
  /** Pixels of the picture to a cell. */
  readonly cellPx: number;
}

/** @param planned the same map without what a hand changed */
export function densityCover(map: DensityMap, planned: DensityMap, mmPerPx: number): DensityCover {
  const ratio = map.perCm2.map((value, p) => (planned.perCm2[p] > 0 ? value / planned.perCm2[p] : 1));
  return {
    ratio,
    widthCells: map.widthPx,
    heightCells: map.heightPx,
    cellPx: Math.round(map.mmPerPx / mmPerPx),
  };
}

/**
 * Light of treated skin where `ratio` times the planned dots were set. Dots cover so much more or less of the skin, and light
 * that goes in beside a dot comes out through it: the roots of the lights mix by coverage (Yule and Nielsen, n = 2, as for
 * the dots of a scalp; docs/science/preview.md). At 1 it is the planned light, at 0 the untreated.
 */
export function lightAtDensity(untreated: number, planned: number, ratio: number): number {
  if (untreated <= 0) return planned;
  const root = 1 - ratio * (1 - Math.sqrt(planned / untreated));
  return root <= 0 ? 0 : untreated * root * root;
}
