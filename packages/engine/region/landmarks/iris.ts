import { irises } from './topology.ts';

/** Horizontal visible iris diameter of adults; nearly the same in all people. docs/science/landmarks.md. */
const irisMm = 11.7;
const irisRelativeSd = 0.04;
/** What the model adds on pictures of faces, as a share: docs/science/landmarks.md. */
const modelRelativeSd = 0.03;
const minWidthPx = 6;
/** Widths of the two irises that differ by more than this share do not measure the same thing. */
const mostDifference = 0.35;

export interface IrisScale {
  readonly ok: true;
  /** Mean width of both irises, pixels. */
  readonly irisWidthPx: number;
  readonly mmPerPx: number;
  /** One standard deviation as a share of `mmPerPx`. Holds at the depth of the eyes, not at other depths. */
  readonly relativeSd: number;
}

export interface NoIrisScale {
  readonly ok: false;
  readonly reason: 'iris-too-small' | 'iris-unclear';
  readonly message: string;
}

/** Millimetres a pixel from the width of the irises. `points`: 478 points of `FaceLandmarks`, pixels. */
export function irisScale(points: Float32Array): IrisScale | NoIrisScale {
  const [right, left] = [widthOf(points, irises.right), widthOf(points, irises.left)];
  const irisWidthPx = (right + left) / 2;
  if (irisWidthPx < minWidthPx)
    return {
      ok: false,
      reason: 'iris-too-small',
      message:
        'The eyes are too small in the picture to give a scale. Use a larger picture, the printed card, or draw a line of known length.',
    };
  const difference = Math.abs(right - left) / irisWidthPx;
  if (difference > mostDifference)
    return {
      ok: false,
      reason: 'iris-unclear',
      message:
        'The two irises measure differently: an eye is closed, covered or turned away. Use the printed card, or draw a line of known length.',
    };
  const ownSd = Math.hypot(difference / 2, modelRelativeSd, 0.25 / irisWidthPx);
  return {
    ok: true,
    irisWidthPx,
    mmPerPx: irisMm / irisWidthPx,
    relativeSd: Math.hypot(irisRelativeSd, ownSd),
  };
}

/** Between the two side points of an iris. */
function widthOf(points: Float32Array, iris: readonly number[]): number {
  const [, a, , b] = iris;
  return Math.hypot(points[3 * a] - points[3 * b], points[3 * a + 1] - points[3 * b + 1]);
}
