import { createMask, type Mask, type Point } from '../../photo/picture.ts';
import { fillOutline, smoothLine } from './outline.ts';
import { lipLines } from './topology.ts';

/** The lines of the lips in the picture, each from the person's right corner of the mouth to the left one. */
export interface LipLines {
  readonly outerUpper: Point[];
  readonly outerLower: Point[];
  readonly innerUpper: Point[];
  readonly innerLower: Point[];
}

/** Smooth lines through the points of `FaceLandmarks`; the corners of the mouth stay corners. */
export function lipLinesOf(points: Float32Array): LipLines {
  const line = (indices: readonly number[]) =>
    smoothLine(indices.map((i) => ({ x: points[3 * i], y: points[3 * i + 1] })));
  return {
    outerUpper: line(lipLines.outerUpper),
    outerLower: line(lipLines.outerLower),
    innerUpper: line(lipLines.innerUpper),
    innerLower: line(lipLines.innerLower),
  };
}

/** The lips where MediaPipe's points put them. `points`: 478 points of `FaceLandmarks`, pixels. */
export function lipOutlineMask(points: Float32Array, picture: { widthPx: number; heightPx: number }): Mask {
  return lipMask(lipLinesOf(points), picture);
}

/**
 * The red of the lips: inside the outer border, outside the mouth opening (teeth, tongue), as coverage of
 * the picture's pixels.
 */
export function lipMask(lines: LipLines, picture: { widthPx: number; heightPx: number }): Mask {
  const { widthPx, heightPx } = picture;
  const outer = fillOutline([...lines.outerLower, ...lines.outerUpper.toReversed()], widthPx, heightPx);
  const opening = mouthOpeningMask(lines, widthPx, heightPx);
  const mask = createMask(widthPx, heightPx);
  for (let i = 0; i < mask.alpha.length; i++) mask.alpha[i] = Math.max(0, outer.alpha[i] - opening.alpha[i]);
  return mask;
}

/**
 * Between the inner lines where the upper lies above the lower. In a closed mouth the two lines cross and
 * recross by fractions of a pixel; there they are laid upon each other.
 */
function mouthOpeningMask(lines: LipLines, widthPx: number, heightPx: number): Mask {
  const middle = (line: readonly Point[]) => line[line.length >> 1];
  const [above, below] = [middle(lines.outerUpper), middle(lines.outerLower)];
  const [downX, downY] = [below.x - above.x, below.y - above.y];
  const upper: Point[] = [];
  const lower: Point[] = [];
  lines.innerUpper.forEach((high, i) => {
    const low = lines.innerLower[i];
    const open = (low.x - high.x) * downX + (low.y - high.y) * downY > 0;
    const between = { x: (high.x + low.x) / 2, y: (high.y + low.y) / 2 };
    upper.push(open ? high : between);
    lower.push(open ? low : between);
  });
  return fillOutline([...lower, ...upper.toReversed()], widthPx, heightPx);
}
