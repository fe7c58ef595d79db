import { createMask, type Mask, type Point } from '../../photo/picture.ts';
import { type Hairline, hairlineLine } from './hairline.ts';
import { fillOutline } from './outline.ts';

/**
 * The head above a hairline, hair and bare skin alike: silhouette where it lies beyond the line as seen from
 * the face. Beside the temporal peaks the line goes on sideways, at their height. Coverage of the pixels.
 */
export function scalpZone(silhouette: Mask, hairline: Hairline): Mask {
  const { widthPx, heightPx } = silhouette;
  const line = hairlineLine(hairline);
  const { rightTemporalPeak, leftTemporalPeak } = hairline;
  const across = unitVector(rightTemporalPeak, leftTemporalPeak);
  const up = { x: across.y, y: -across.x };
  // Farther than any corner of the picture.
  const far = 2 * (widthPx + heightPx);
  const go = (from: Point, sideways: number, upwards: number): Point => ({
    x: from.x + sideways * across.x + upwards * up.x,
    y: from.y + sideways * across.y + upwards * up.y,
  });
  const above = fillOutline(
    [
      ...line,
      go(leftTemporalPeak, far, 0),
      go(leftTemporalPeak, far, far),
      go(rightTemporalPeak, -far, far),
      go(rightTemporalPeak, -far, 0),
    ],
    widthPx,
    heightPx,
  );
  const zone = createMask(widthPx, heightPx);
  for (let i = 0; i < zone.alpha.length; i++)
    zone.alpha[i] = Math.round((silhouette.alpha[i] * above.alpha[i]) / 255);
  return zone;
}

function unitVector(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}
