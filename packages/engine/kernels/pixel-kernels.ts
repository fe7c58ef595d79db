import type { OutlineCells, OutlineRules } from './outline.ts';

/** Operations over whole pictures that cost time: one interface, a SIMD and a plain implementation. */
export interface PixelKernels {
  readonly kind: 'wasm' | 'plain';

  /**
   * A plane of zeros in the kernels' own memory while what they were made to hold lasts, in JavaScript's after that.
   * Operations on such planes carry less in and out; results are the same bits. It shares its buffer with all else the
   * kernels hold: give another thread a `slice`, never the plane.
   */
  plane(count: number): Float32Array;

  /**
   * Three planes of 8-bit pixels by tables: plane k of a pixel is the sum over its channels c of
   * `table[(c · 256 + level) · 4 + k]`.
   * @param rgba four bytes a pixel; alpha is not read
   * @param table 3 · 256 · 4 numbers, the fourth of each group unused
   * @param out planes of `rgba.length / 4` numbers
   */
  tables(
    rgba: Uint8ClampedArray,
    table: Float32Array,
    out: readonly [Float32Array, Float32Array, Float32Array],
  ): void;

  /**
   * Mean over the square of side 2 · radiusPx + 1 around each pixel; near the border the mean of what is inside.
   * `out` may be `plane`.
   */
  boxMean(plane: Float32Array, widthPx: number, heightPx: number, radiusPx: number, out: Float32Array): void;

  /**
   * Guided filter with one grey guide: `plane` follows the edges of `guide`. He, Sun, Tang, IEEE TPAMI 35 (2013)
   * 1397, equations 5, 6 and 8. `out` may be `plane` or `guide`.
   * @param epsilon squared units of the guide: structure weaker than its root is smoothed; above 0
   */
  guidedFilter(
    guide: Float32Array,
    plane: Float32Array,
    widthPx: number,
    heightPx: number,
    radiusPx: number,
    epsilon: number,
    out: Float32Array,
  ): void;

  /**
   * The same filter with slopes and heights found on blocks of 4 x 4 pixels and stretched bilinearly (He and Sun,
   * arXiv 1505.00996, with means over whole blocks in place of single pixels): windows of 4 · (2 · round(radiusPx / 4) + 1)
   * pixels. For radii from 8 on.
   */
  quickGuidedFilter(
    guide: Float32Array,
    plane: Float32Array,
    widthPx: number,
    heightPx: number,
    radiusPx: number,
    epsilon: number,
    out: Float32Array,
  ): void;

  /**
   * The plane with its unknown pixels filled like a membrane (Laplace's equation) fastened to the known ones beside
   * them; the picture's edge holds nothing. Multigrid, one cycle: see docs/science/kernels.md for its error. Without
   * a known pixel the plane stays as it is.
   * @param unknown one byte a pixel, 0 for known
   * @param out may be `plane`
   */
  membrane(
    plane: Float32Array,
    unknown: Uint8Array,
    widthPx: number,
    heightPx: number,
    out: Float32Array,
  ): void;

  /**
   * Moves an outline to the nearest border by comparing its two sides locally: about each cell the means of what is now
   * inside and outside are taken over a window, the cell goes to the side it fits better, and belief is smoothed over
   * 3 x 3 cells; as many rounds as asked for, fewer when nothing moves any more.
   * @param inside 0 or 1 a cell, changed in place; what is not valid goes outside unless pinned
   * @param evidence gets the log likelihood ratio for the inside, nats: cut at ±6, ±1 where one side is hardly seen
   */
  moveOutline(cells: OutlineCells, rules: OutlineRules, inside: Uint8Array, evidence: Float32Array): void;

  /**
   * Gauss-Seidel sweeps in reading order over two surfaces at once, towards those whose steps to the next cell are the
   * wanted ones; in place. The same bits from both kinds: sums in double precision, kept in single.
   * @param right wanted `surface[x + 1] - surface[x]`; the last column is not read
   * @param below wanted `surface[y + 1] - surface[y]`; the last row is not read
   */
  relaxPair(
    surfaces: readonly [Float32Array, Float32Array],
    right: readonly [Float32Array, Float32Array],
    below: readonly [Float32Array, Float32Array],
    widthPx: number,
    heightPx: number,
    rounds: number,
  ): void;
}

/** Least epsilon: what single precision leaves of a variance. */
export const leastEpsilon = 1e-9;

/** Side of the quick guided filter's blocks, px, and its radius in blocks. */
export const blockPx = 4;
export const blockRadius = (radiusPx: number): number => Math.max(1, Math.round(radiusPx / blockPx));

/** Share of one column (or row) in the mean over a window cut off at both ends. */
export function windowShares(length: number, radius: number, padded: number): Float32Array {
  const shares = new Float32Array(padded);
  for (let x = 0; x < length; x++) {
    shares[x] = 1 / (Math.min(length - 1, x + radius) - Math.max(0, x - radius) + 1);
  }
  return shares;
}

/** The mean of about a thousand values: what a plane is centred on, so that little of single precision is lost. */
export function roughMean(plane: Float32Array): number {
  const stride = Math.max(1, Math.floor(plane.length / 1000)) | 1;
  let sum = 0;
  let count = 0;
  for (let p = 0; p < plane.length; p += stride, count++) sum += plane[p];
  return count === 0 ? 0 : Math.fround(sum / count);
}

/** Throws `plane-size` when a plane does not hold widthPx · heightPx values. */
export function requirePlanes(
  widthPx: number,
  heightPx: number,
  planes: readonly { readonly length: number }[],
): void {
  const isWhole = Number.isInteger(widthPx) && Number.isInteger(heightPx) && widthPx > 0 && heightPx > 0;
  if (isWhole && planes.every((plane) => plane.length === widthPx * heightPx)) return;
  throw Object.assign(new Error(`The planes do not measure ${widthPx} x ${heightPx} px.`), {
    code: 'plane-size' as const,
  });
}

/** Throws `plane-size` when an outline's planes do not all hold one value a cell. */
export function requireCells(
  { widthPx, heightPx, first, second, valid }: OutlineCells,
  { pinned }: OutlineRules,
  inside: Uint8Array,
  evidence: Float32Array,
): void {
  requirePlanes(widthPx, heightPx, [first, second, valid, inside, evidence, ...(pinned ? [pinned] : [])]);
}

/** The rectangle of unknown pixels with one known pixel around it where the picture has one; undefined for none. */
export function unknownBox(
  unknown: Uint8Array,
  widthPx: number,
  heightPx: number,
): { x: number; y: number; widthPx: number; heightPx: number } | undefined {
  const scan = scannerOf(unknown);
  const start = scan.first(0, unknown.length);
  if (start === unknown.length) return undefined;
  const top = Math.floor(start / widthPx);
  const bottom = Math.floor(scan.last(0, unknown.length) / widthPx);
  let left = widthPx;
  let right = -1;
  for (let y = top; y <= bottom; y++) {
    const from = y * widthPx;
    left = scan.first(from, from + left) - from;
    right = Math.max(right, scan.last(from + right + 1, from + widthPx) - from);
  }
  const x = Math.max(0, left - 1);
  const y = Math.max(0, top - 1);
  return {
    x,
    y,
    widthPx: Math.min(widthPx, right + 2) - x,
    heightPx: Math.min(heightPx, bottom + 2) - y,
  };
}

/** Looks for bytes other than 0, 32 at a time where the array's place allows it: most of a picture is known. */
function scannerOf(bytes: Uint8Array): {
  /** The first in from..to, `to` for none. */
  first(from: number, to: number): number;
  /** The last in from..to, `from - 1` for none. */
  last(from: number, to: number): number;
} {
  const isAligned = bytes.byteOffset % 4 === 0;
  const words = isAligned
    ? new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
    : new Int32Array(0);
  const isEmpty = (w: number): boolean =>
    (words[w] |
      words[w + 1] |
      words[w + 2] |
      words[w + 3] |
      words[w + 4] |
      words[w + 5] |
      words[w + 6] |
      words[w + 7]) ===
    0;
  return {
    first(from, to) {
      let at = from;
      while (at < to && bytes[at] === 0) {
        if (isAligned && at % 4 === 0 && at + 32 <= to) {
          while (at + 32 <= to && isEmpty(at >> 2)) at += 32;
          while (at < to && bytes[at] === 0) at++;
        } else at++;
      }
      return at;
    },
    last(from, to) {
      let at = to - 1;
      while (at >= from && bytes[at] === 0) {
        if (isAligned && at % 4 === 3 && at - 31 >= from) {
          while (at - 31 >= from && isEmpty((at - 31) >> 2)) at -= 32;
          while (at >= from && bytes[at] === 0) at--;
        } else at--;
      }
      return at;
    },
  };
}
