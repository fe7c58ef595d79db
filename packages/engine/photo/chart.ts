import { colorimeter, type Lab, labFromXyz, whitePoint, type Xyz, xyzUnder } from '../light/index.ts';
import { type LinearRgb, median } from './colour.ts';
import { fitLinear3x3, type Matrix3, multiply } from './correct.ts';
import { fitHomography, type Homography, project } from './homography.ts';
import { findEvenSquares, findLattices, type Lattice } from './lattice.ts';
import { linearTable } from './linear.ts';
import { type Picture, type Point, shrinkPicture } from './picture.ts';
import { colorChecker24Names, colorChecker24Reflectance } from './tables/colorchecker24.ts';

export const spectralGrid = { startNm: 400, stepNm: 10, count: 31 } as const;

/** What a patch should measure: name and CIE XYZ under D65, 2°, perfect white = 1. */
export interface ReferencePatch {
  readonly name: string;
  readonly xyz: Xyz;
  readonly lab: Lab<'D65/2'>;
}

/** The 24 patches of the classic ColorChecker under D65/2, row by row, from their published reflectances. */
export function colorChecker24(): ReferencePatch[] {
  const meter = colorimeter('D65/2', spectralGrid);
  const white = whitePoint('D65/2');
  return colorChecker24Reflectance.map((reflectance, i) => {
    const xyz = xyzUnder(meter, reflectance);
    return { name: colorChecker24Names[i], xyz, lab: labFromXyz(xyz, white, 'D65/2') };
  });
}

export interface ChartPatch {
  readonly name: string;
  /** Centre in the picture. */
  readonly at: Point;
  /** Half side of the square that was read, px. */
  readonly radiusPx: number;
  /** Median linear light as the picture encodes it. */
  readonly linear: LinearRgb;
  /** Relative scatter of the pixels read (robust standard deviation over mean, green). */
  readonly noise: number;
  /** A channel reads 253 or more, or all read 2 or less: the patch tells nothing about colour. */
  readonly clipped: boolean;
}

export interface FoundChart {
  readonly kind: 'colorchecker24';
  /** Outer corners of the field of patches: top left, top right, bottom right, bottom left of the card. */
  readonly corners: readonly [Point, Point, Point, Point];
  /** Lattice units (patch centres at whole numbers, column 0..5, row 0..3) to picture pixels. */
  readonly toPicture: Homography;
  readonly patches: readonly ChartPatch[];
  /** Mean distance of the 24 patches from the reference after the best 3x3, ΔE*ab: small means surely a card. */
  readonly misfit: number;
  /** Mean distance between neighbouring patch centres, px. */
  readonly pitchPx: number;
}

const columns = 6;
const rows = 4;
/** Above this mean ΔE*ab after a 3x3 fit it is not a ColorChecker: 24 even squares of other colours fit at 15 and more. */
const worstMisfit = 9;

/**
 * Finds a 24-patch ColorChecker, in any rotation and moderate perspective, with patches from about 12 px of a 1,000 px
 * wide picture upwards. `undefined` when there is none: a lattice of even squares counts only when its colours, after
 * the best 3x3 matrix, are those of the card and no other reading of the lattice fits nearly as well.
 */
export function findColorChecker(picture: Picture): FoundChart | undefined {
  const longer = Math.max(picture.widthPx, picture.heightPx);
  for (const [side, step] of [
    [1000, 9],
    [1000, 18],
    [600, 12],
    [2000, 12],
  ]) {
    const factor = Math.max(1, Math.round(longer / side));
    if (side > 1000 && factor === Math.max(1, Math.round(longer / 1000))) continue;
    const small = shrinkPicture(picture, factor);
    const squares = findEvenSquares(small, 5, step);
    if (squares.length < 9) continue;
    for (const lattice of findLattices(squares, 9).slice(0, 4)) {
      const chart = readLattice(picture, lattice, factor);
      if (chart) return chart;
    }
  }
  return undefined;
}

interface Placement {
  readonly toPicture: Homography;
  readonly misfit: number;
}

/** Tries every way the card's 6 x 4 fields can lie on the lattice's squares. */
function readLattice(picture: Picture, lattice: Lattice, factor: number): FoundChart | undefined {
  const reference = colorChecker24();
  const table = linearTable();
  const nodes = lattice.nodes;
  const cs = nodes.map((n) => n.column);
  const rs = nodes.map((n) => n.row);
  const extent = [Math.min(...cs), Math.max(...cs), Math.min(...rs), Math.max(...rs)];
  const read = new Map<string, LinearRgb | undefined>();
  const scaled = (p: Point): Point => ({ x: p.x * factor, y: p.y * factor });
  const colourAt = (column: number, row: number): LinearRgb | undefined => {
    const key = `${column},${row}`;
    if (!read.has(key)) {
      const at = scaled(project(lattice.toPicture, { x: column, y: row }));
      const beside = scaled(project(lattice.toPicture, { x: column + 0.25, y: row }));
      const radius = Math.max(1, Math.hypot(beside.x - at.x, beside.y - at.y));
      read.set(key, readSquare(picture, table, at, radius)?.linear);
    }
    return read.get(key);
  };
  let best: (Placement & { turn: number; c0: number; r0: number }) | undefined;
  let second = Infinity;
  for (let turn = 0; turn < 4; turn++) {
    const wide = turn % 2 === 0;
    const w = wide ? columns : rows;
    const h = wide ? rows : columns;
    // A square beside the card may have joined the lattice: the card may then be narrower than it.
    const [cLow, cHigh] = [extent[0], extent[1] - w + 1].sort((a, b) => a - b);
    const [rLow, rHigh] = [extent[2], extent[3] - h + 1].sort((a, b) => a - b);
    for (let c0 = cLow; c0 <= cHigh; c0++) {
      for (let r0 = rLow; r0 <= rHigh; r0++) {
        const samples: LinearRgb[] = [];
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++) {
            const [c, r] = place(turn, column, row);
            const colour = colourAt(c0 + c, r0 + r);
            if (colour) samples.push(colour);
          }
        }
        if (samples.length < 24) continue;
        const misfit = misfitOf(samples, reference);
        if (!best || misfit < best.misfit) {
          second = best?.misfit ?? Infinity;
          best = { toPicture: lattice.toPicture, misfit, turn, c0, r0 };
        } else second = Math.min(second, misfit);
      }
    }
  }
  if (!best || best.misfit > worstMisfit || second < best.misfit * 1.4) return undefined;
  const { turn, c0, r0, misfit } = best;
  // The lattice's own squares, in the card's coordinates, give the final projection.
  const from: Point[] = [];
  const to: Point[] = [];
  for (const node of nodes) {
    const [column, row] = unplace(turn, node.column - c0, node.row - r0);
    if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
    from.push({ x: column, y: row });
    to.push(scaled(node.at));
  }
  const toPicture = fitHomography(from, to);
  if (!toPicture) return undefined;
  const patches: ChartPatch[] = [];
  let pitch = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = project(toPicture, { x: column, y: row });
      const beside = project(toPicture, { x: column + 0.27, y: row });
      const below = project(toPicture, { x: column, y: row + 0.27 });
      const radiusPx = Math.max(
        1,
        Math.min(Math.hypot(beside.x - at.x, beside.y - at.y), Math.hypot(below.x - at.x, below.y - at.y)),
      );
      pitch += radiusPx / 0.27 / 24;
      const colour = readSquare(picture, table, at, radiusPx * 0.9);
      if (!colour) return undefined;
      patches.push({ name: colorChecker24Names[row * columns + column], at, radiusPx, ...colour });
    }
  }
  const corner = (x: number, y: number): Point => project(toPicture, { x, y });
  return {
    kind: 'colorchecker24',
    corners: [corner(-0.5, -0.5), corner(5.5, -0.5), corner(5.5, 3.5), corner(-0.5, 3.5)],
    toPicture,
    patches,
    misfit,
    pitchPx: pitch,
  };
}

/** Where the card's field lies on the lattice after `turn` quarter turns. */
function place(turn: number, column: number, row: number): [number, number] {
  if (turn === 0) return [column, row];
  if (turn === 1) return [rows - 1 - row, column];
  if (turn === 2) return [columns - 1 - column, rows - 1 - row];
  return [row, columns - 1 - column];
}

function unplace(turn: number, c: number, r: number): [number, number] {
  if (turn === 0) return [c, r];
  if (turn === 1) return [r, rows - 1 - c];
  if (turn === 2) return [columns - 1 - c, rows - 1 - r];
  return [columns - 1 - r, c];
}

/** Mean ΔE*ab to the reference after the best 3x3 from linear RGB to XYZ. */
function misfitOf(samples: readonly LinearRgb[], reference: readonly ReferencePatch[]): number {
  const matrix = fitLinear3x3(
    samples,
    reference.map(({ xyz }) => xyz),
  );
  if (!matrix) return Infinity;
  return meanDistance(samples, reference, matrix);
}

function meanDistance(
  samples: readonly LinearRgb[],
  reference: readonly ReferencePatch[],
  matrix: Matrix3,
): number {
  const white = whitePoint('D65/2');
  let sum = 0;
  for (let i = 0; i < samples.length; i++) {
    const [X, Y, Z] = multiply(matrix, samples[i]);
    const lab = labFromXyz({ X, Y, Z }, white, 'D65/2');
    sum += Math.hypot(lab.L - reference[i].lab.L, lab.a - reference[i].lab.a, lab.b - reference[i].lab.b);
  }
  return sum / samples.length;
}

/** Median linear light of a square; `undefined` when it leaves the picture. At most 400 pixels are read. */
function readSquare(
  picture: Picture,
  table: Float32Array,
  at: Point,
  radiusPx: number,
): { linear: LinearRgb; noise: number; clipped: boolean } | undefined {
  const { widthPx, heightPx, rgba } = picture;
  if (at.x - radiusPx < 0 || at.y - radiusPx < 0 || at.x + radiusPx > widthPx || at.y + radiusPx > heightPx)
    return undefined;
  const side = Math.max(1, Math.min(20, Math.floor(2 * radiusPx)));
  const levels: [number[], number[], number[]] = [[], [], []];
  for (let j = 0; j < side; j++) {
    const y = Math.min(heightPx - 1, Math.floor(at.y + ((j + 0.5) / side - 0.5) * 2 * radiusPx));
    for (let i = 0; i < side; i++) {
      const x = Math.min(widthPx - 1, Math.floor(at.x + ((i + 0.5) / side - 0.5) * 2 * radiusPx));
      const p = (y * widthPx + x) * 4;
      for (let c = 0; c < 3; c++) levels[c].push(rgba[p + c]);
    }
  }
  // A trimmed mean: the middle 60 %, in linear light. Medians of eight-bit levels would step.
  const linear = levels.map((values) => {
    const sorted = Float64Array.from(values).sort();
    const cut = Math.floor(sorted.length * 0.2);
    let sum = 0;
    for (let k = cut; k < sorted.length - cut; k++) sum += table[sorted[k]];
    return sum / (sorted.length - 2 * cut);
  }) as [number, number, number];
  const middle = levels.map((values) => median(values));
  const greens = levels[1].map((level) => table[level]);
  const scatter = 1.4826 * median(greens.map((value) => Math.abs(value - linear[1])));
  return {
    linear,
    noise: scatter / Math.max(1e-4, linear[1]),
    clipped: middle.some((v) => v >= 253) || middle.every((v) => v <= 2),
  };
}
