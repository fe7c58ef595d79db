/** The scheme both membranes follow: multigrid (Brandt, Math. Comp. 31 (1977) 333) on cells, halved level by level. */

export interface Grid {
  readonly widthPx: number;
  readonly heightPx: number;
}

export const parentGrid = ({ widthPx, heightPx }: Grid): Grid => ({
  widthPx: Math.ceil(widthPx / 2),
  heightPx: Math.ceil(heightPx / 2),
});

/**
 * Weights of two Jacobi sweeps that together damp the upper half of the spectrum most (Chebyshev on 0.5 to 2): by 0.22,
 * where two equal sweeps reach 0.36.
 */
export const sweepWeights = [1.388_796, 0.561_727] as const;

/**
 * V-cycles on every grid coarser than the picture, each with these sweeps before and after. The picture itself is only
 * smoothed, by two sweeps.
 */
export const membraneSweeps = { cycles: 2, before: 2, after: 2 } as const;
