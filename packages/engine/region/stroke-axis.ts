import { boxMean } from '../photo/filter.ts';
import { linearTable } from '../photo/linear.ts';
import type { Picture } from '../photo/picture.ts';
import type { Features } from './features.ts';

/** Linear light below which eight-bit values say nothing about colour (about level 8 of 255). */
const floorLinear = 0.0024;
/** Standard deviations between stroke and surround below which their colours say nothing about a border. */
const leastApart = 1;
/** What one standard deviation within a side becomes, in the natural logs that the snap expects. */
export const sdLn = 0.15;

/**
 * The features of a box along the one axis of colour on which the middle of a stroke and what lies beside it differ most
 * for their own scatter (Fisher's discriminant of light, red over green and green over blue): `light` rises towards the
 * stroke's colour, `melanin` is left empty. Lips are redder, darker or paler than the skin about them, each person's
 * otherwise, and hold folds, shine and a dark seam, which a difference of either sign would take for their border.
 *
 * @param flat the box's features without shading
 * @param toLine distance of each cell from the stroke's line, cells
 * @returns `undefined` where the two do not differ: then the stroke means what it covers
 */
export function alongStroke(
  picture: Picture,
  flat: Features,
  toLine: Float32Array,
  radius: number,
): Features | undefined {
  const planes = [flat.light, ...ratiosOf(picture, flat)];
  const middle: number[] = [];
  const beside: number[] = [];
  for (let c = 0; c < toLine.length; c++) {
    if (!flat.skin[c]) continue;
    if (toLine[c] <= 0.6 * radius) middle.push(c);
    else if (toLine[c] >= 1.2 * radius && toLine[c] < 1.6 * radius) beside.push(c);
  }
  if (middle.length < 12 || beside.length < 20) return undefined;
  const [own, other] = [statisticsOf(planes, middle), statisticsOf(planes, beside)];
  const scatter = own.scatter.map((row, i) =>
    row.map((value, k) => (value + other.scatter[i][k]) / 2 + (i === k ? grainVariance : 0)),
  );
  const apart = own.mean.map((value, i) => value - other.mean[i]);
  const axis = solve(scatter, apart);
  const sdApart = Math.sqrt(
    Math.max(
      0,
      axis.reduce((sum, value, i) => sum + value * apart[i], 0),
    ),
  );
  if (sdApart < leastApart) return undefined;
  const light = new Float32Array(flat.light.length);
  for (let c = 0; c < light.length; c++) {
    let score = 0;
    for (let i = 0; i < 3; i++) score += axis[i] * (planes[i][c] - (own.mean[i] + other.mean[i]) / 2);
    light[c] = (sdLn * score) / sdApart;
  }
  return { ...flat, light, melanin: new Float32Array(light.length) };
}

/** Grain of photographs, squared natural logs: no axis may hang on less. */
const grainVariance = 0.0004;

/** ln red over green, ln green over blue, cell by cell, smoothed as the other features are. */
function ratiosOf(
  picture: Picture,
  { box, cellPx, widthPx, heightPx }: Features,
): [Float32Array, Float32Array] {
  const table = linearTable();
  const redOverGreen = new Float32Array(widthPx * heightPx);
  const greenOverBlue = new Float32Array(widthPx * heightPx);
  const share = 1 / (cellPx * cellPx);
  const ln = (sum: number): number => Math.log(Math.max(floorLinear, sum * share));
  for (let y = 0, c = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, c++) {
      let [r, g, b] = [0, 0, 0];
      for (let dy = 0; dy < cellPx; dy++) {
        let i = ((box.y + y * cellPx + dy) * picture.widthPx + box.x + x * cellPx) * 4;
        for (let dx = 0; dx < cellPx; dx++, i += 4) {
          r += table[picture.rgba[i]];
          g += table[picture.rgba[i + 1]];
          b += table[picture.rgba[i + 2]];
        }
      }
      redOverGreen[c] = ln(r) - ln(g);
      greenOverBlue[c] = ln(g) - ln(b);
    }
  }
  return [boxMean(redOverGreen, widthPx, heightPx, 1), boxMean(greenOverBlue, widthPx, heightPx, 1)];
}

function statisticsOf(
  planes: readonly Float32Array[],
  cells: readonly number[],
): { mean: number[]; scatter: number[][] } {
  const mean = planes.map((plane) => cells.reduce((sum, c) => sum + plane[c], 0) / cells.length);
  const scatter = planes.map((a, i) =>
    planes.map(
      (b, k) => cells.reduce((sum, c) => sum + (a[c] - mean[i]) * (b[c] - mean[k]), 0) / cells.length,
    ),
  );
  return { mean, scatter };
}

/** x of A x = b for a symmetric positive A of three rows (Cramer). */
function solve(A: readonly (readonly number[])[], b: readonly number[]): number[] {
  const det = (m: readonly (readonly number[])[]): number =>
    m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
    m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
    m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  const all = det(A);
  return b.map((_, k) => det(A.map((row, i) => row.map((value, j) => (j === k ? b[i] : value)))) / all);
}
