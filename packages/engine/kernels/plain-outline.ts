import {
  leastBelief,
  leastSeen,
  mostFlickering,
  mostNats,
  type OutlineCells,
  type OutlineRules,
} from './outline.ts';

/** A mean over windows, as the plain box mean is. */
type Mean = (
  plane: Float64Array,
  widthPx: number,
  heightPx: number,
  radiusPx: number,
  out: Float64Array,
) => unknown;

/** The outline moved in double precision: see `moveOutline` in pixel-kernels.ts. */
export function plainMoveOutline(
  { widthPx, heightPx, first, second, valid }: OutlineCells,
  { windowPx, rounds, isAny, pinned, floors }: OutlineRules,
  inside: Uint8Array,
  evidence: Float32Array,
  boxMean: Mean,
): void {
  const count = widthPx * heightPx;
  const mean = (plane: Float64Array): Float64Array => {
    boxMean(plane, widthPx, heightPx, windowPx, plane);
    return plane;
  };
  const over = (value: (p: number) => number): Float64Array =>
    mean(Float64Array.from({ length: count }, (_, p) => (valid[p] ? value(p) : 0)));
  const all = over(() => 1);
  const allFirst = over((p) => first[p]);
  const allSecond = over((p) => second[p]);
  const allFirst2 = over((p) => first[p] ** 2);
  const allSecond2 = over((p) => second[p] ** 2);
  for (let p = 0; p < count; p++) inside[p] = pinned?.[p] ? pinned[p] - 1 : inside[p] && valid[p] ? 1 : 0;
  const belief = new Float64Array(count);
  for (let round = 0; round < rounds; round++) {
    const weight = over((p) => inside[p]);
    const inFirst = over((p) => inside[p] * first[p]);
    const inSecond = over((p) => inside[p] * second[p]);
    for (let p = 0; p < count; p++) {
      const wIn = weight[p];
      const wOut = all[p] - wIn;
      if (!valid[p]) {
        evidence[p] = -mostNats;
        belief[p] = 0;
        continue;
      }
      if (wIn < leastSeen || wOut < leastSeen) {
        evidence[p] = wIn < leastSeen ? -1 : 1;
        belief[p] = inside[p];
        continue;
      }
      const meanFirst = [inFirst[p] / wIn, (allFirst[p] - inFirst[p]) / wOut] as const;
      const meanSecond = [inSecond[p] / wIn, (allSecond[p] - inSecond[p]) / wOut] as const;
      const variance = (squares: number, [a, b]: readonly [number, number], floor: number): number =>
        (squares - wIn * a * a - wOut * b * b) / all[p] + floor;
      const stepFirst = meanFirst[0] - meanFirst[1];
      const stepSecond = meanSecond[1] - meanSecond[0];
      const nats =
        ((isAny ? stepFirst : Math.max(0, stepFirst)) * (first[p] - (meanFirst[0] + meanFirst[1]) / 2)) /
          variance(allFirst2[p], meanFirst, floors[0]) +
        ((isAny ? stepSecond : Math.max(0, stepSecond)) * ((meanSecond[0] + meanSecond[1]) / 2 - second[p])) /
          variance(allSecond2[p], meanSecond, floors[1]);
      evidence[p] = Math.max(-mostNats, Math.min(mostNats, nats));
      belief[p] = 1 / (1 + Math.exp(-evidence[p]));
    }
    boxMean(belief, widthPx, heightPx, 1, belief);
    let moved = 0;
    for (let p = 0; p < count; p++) {
      const next = pinned?.[p] ? pinned[p] - 1 : belief[p] >= leastBelief && valid[p] ? 1 : 0;
      if (next === inside[p]) continue;
      inside[p] = next;
      moved++;
    }
    if (moved <= count * mostFlickering) break;
  }
}

/** Gauss-Seidel sweeps in reading order: see `relaxPair` in pixel-kernels.ts. */
export function plainRelax(
  surface: Float32Array,
  right: Float32Array,
  below: Float32Array,
  widthPx: number,
  heightPx: number,
  rounds: number,
): void {
  for (let round = 0; round < rounds; round++) {
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++) {
        const p = y * widthPx + x;
        let sum = 0;
        let count = 0;
        if (x + 1 < widthPx) {
          sum += surface[p + 1] - right[p];
          count++;
        }
        if (x > 0) {
          sum += surface[p - 1] + right[p - 1];
          count++;
        }
        if (y + 1 < heightPx) {
          sum += surface[p + widthPx] - below[p];
          count++;
        }
        if (y > 0) {
          sum += surface[p - widthPx] + below[p - widthPx];
          count++;
        }
        surface[p] = sum / count;
      }
    }
  }
}
