import type { Mask } from '../../photo/picture.ts';
import type { HeadModel } from '../head.ts';

/** The sides of a head from the front begin here, share of its half breadth in the picture. */
const sidesFrom01 = 0.8;

/**
 * Share of the zone's sides that was told as hair, 0..1; `undefined` where the zone has no sides. Hair at the sides and the
 * back is what balding leaves, so sides without any are shaved more often than bare (docs/science/region.md).
 */
export function sideHair01(zone: Mask, hair: Mask, head: HeadModel): number | undefined {
  const [cos, sin] = [Math.cos(head.roll), Math.sin(head.roll)];
  const half = Math.hypot(head.halfBreadth * Math.cos(head.yaw), head.halfHeight * Math.sin(head.yaw));
  let [hairSum, sum] = [0, 0];
  for (let y = 0, p = 0; y < zone.heightPx; y++)
    for (let x = 0; x < zone.widthPx; x++, p++) {
      if (zone.alpha[p] === 0) continue;
      const aside = (x + 0.5 - head.x) * cos + (y + 0.5 - head.y) * sin;
      if (Math.abs(aside) < sidesFrom01 * half) continue;
      hairSum += hair.alpha[p];
      sum += zone.alpha[p];
    }
  return sum === 0 ? undefined : hairSum / sum;
}
