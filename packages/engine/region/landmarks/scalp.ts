import { createMask, type Mask, type Point } from '../../photo/picture.ts';
import { type Hairline, hairlineLine } from './hairline.ts';
import { fillOutline } from './outline.ts';

/**
 * The head above a hairline, hair and bare skin alike: silhouette where it lies beyond the line as seen from
 * the face. Beside the temporal peaks the line goes on sideways, at their height. Coverage of the pixels.
 */
export function scalpZone(silhouette: Mask, hairline: Hairline): Mask {
  const { widthPx, heightPx } = silhouette;
  const front = scalpFront(silhouette, hairline);
  const [first, last] = [front[0], front[front.length - 1]];
  const across = acrossOf(hairline);
  const far = fartherThan(silhouette);
  const raised = ({ x, y }: Point): Point => ({ x: x + far * across.y, y: y - far * across.x });
  const above = fillOutline([...front, raised(last), raised(first)], widthPx, heightPx);
  const zone = createMask(widthPx, heightPx);
  for (let i = 0; i < zone.alpha.length; i++)
    zone.alpha[i] = Math.round((silhouette.alpha[i] * above.alpha[i]) / 255);
  return zone;
}

/**
 * The border between the zone and the face, from the right edge of the head to the left one and on beyond the picture:
 * the zone's only border that is one on the skin. Pixels.
 */
export function scalpFront(picture: { widthPx: number; heightPx: number }, hairline: Hairline): Point[] {
  const { rightTemporalPeak: right, leftTemporalPeak: left } = hairline;
  const across = acrossOf(hairline);
  const far = fartherThan(picture);
  return [
    { x: right.x - far * across.x, y: right.y - far * across.y },
    ...hairlineLine(hairline),
    { x: left.x + far * across.x, y: left.y + far * across.y },
  ];
}

const acrossOf = ({ rightTemporalPeak, leftTemporalPeak }: Hairline): Point =>
  unitVector(rightTemporalPeak, leftTemporalPeak);

/** A length that leads out of the picture from any place in it, pixels. */
const fartherThan = ({ widthPx, heightPx }: { widthPx: number; heightPx: number }): number =>
  2 * (widthPx + heightPx);

function unitVector(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}
