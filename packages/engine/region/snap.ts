import type { PixelKernels } from '../kernels/index.ts';
import type { Features } from './features.ts';

export interface SnapOptions {
  /** Half width of the comparison window, in cells. */
  readonly windowPx: number;
  readonly rounds: number;
  /** `lighter`: the inside must have less melanin or more light than the outside; `any`: either way round. */
  readonly inside: 'lighter' | 'any';
  /** Cells that must stay inside (2), must stay outside (1) or are free (0). */
  readonly pinned?: Uint8Array;
}

export interface Snapped {
  /** 1 inside, 0 outside. */
  readonly inside: Uint8Array;
  /** Evidence for being inside, in nats, clipped to ±6; 0 where nothing speaks either way. */
  readonly evidence: Float32Array;
}

/** Noise floor of the variance of light and melanin, in squared natural-log units: camera noise and skin grain. */
const varianceFloors = [0.004, 0.0012] as const;

/**
 * Moves a rough outline to the nearest border of colour by comparing the two sides locally. Local comparison is what
 * survives shading (localised region competition: Lankton and Tannenbaum, IEEE TIP 17 (2008) 2029; threshold dynamics for
 * smoothness: Esedoglu and Tsai, J. Comput. Phys. 211 (2006) 367).
 */
export function snapToBorder(
  { widthPx, heightPx, light, melanin, skin }: Features,
  start: Uint8Array,
  { windowPx, rounds, inside: side, pinned }: SnapOptions,
  kernels: PixelKernels,
): Snapped {
  const inside = new Uint8Array(start);
  const evidence = new Float32Array(start.length);
  kernels.moveOutline(
    { widthPx, heightPx, first: light, second: melanin, valid: skin },
    { windowPx, rounds, isAny: side === 'any', floors: varianceFloors, ...(pinned && { pinned }) },
    inside,
    evidence,
  );
  return { inside, evidence };
}
