import type { Mask, Stroke } from './mask.ts';

/** Below this a proposal is more often wrong than right, and painting from nothing ends better (docs/science/region.md). */
const leastBelieved01 = 0.5;

/** Whether the person should be asked to paint over the patch. Regions without a likelihood are nobody's guess. */
export function isDoubtful(confidence01: number | undefined): boolean {
  return confidence01 !== undefined && confidence01 < leastBelieved01;
}

/** The likelihood as people say it: about so many in ten, 1 to 9, as nothing here is certain either way. */
export function timesInTen(confidence01: number): number {
  return Math.min(9, Math.max(1, Math.round(confidence01 * 10)));
}

/**
 * What a stroke is laid on: the region so far, or nothing when that is a doubtful proposal and the stroke adds. A stroke
 * that takes away is laid on the proposal: who removes its faults has looked at it. The mask given is not changed.
 */
export function beneathStroke(mask: Mask, confidence01: number | undefined, mode: Stroke['mode']): Mask {
  if (mode === 'remove' || !isDoubtful(confidence01)) return mask;
  return { ...mask, alpha: new Uint8Array(mask.alpha.length) };
}
