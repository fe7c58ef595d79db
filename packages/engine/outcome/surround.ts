import { type Box, clipBox, linearTable, type Mask, type Picture } from '../photo/index.ts';
import { couldBeSkin, squaredDistanceTo } from '../region/index.ts';
import { boxOfMask } from './plane.ts';

/** Three numbers, one a channel of linear sRGB. */
export type Rgb3 = readonly [number, number, number];

/**
 * A region against the skin around it, in cells of a few pixels: what each cell is, as natural logarithms of linear
 * sRGB, beyond what the skin around would be there. Shading is in both and cancels.
 */
export interface RegionAgainstSkin {
  readonly cells: readonly Cell[];
  /** Mean of the cells, weighted by how much of each belongs to the region. */
  readonly meanLn: Rgb3;
  /** Standard error of that mean from how well the skin around agrees with itself. */
  readonly sdLn: Rgb3;
  /** ln of the skin around, carried to the middle of the region. */
  readonly skinLn: Rgb3;
  /** Robust scatter of cells of the skin around about their own smooth course. */
  readonly skinSpreadLn: Rgb3;
  readonly cellPx: number;
  /** Share of the region's pixels with a clipped channel. */
  readonly clipped01: number;
  readonly skinCells: number;
}

export interface Cell {
  /** Middle, px of the picture. */
  readonly x: number;
  readonly y: number;
  /** How much of the cell belongs to the region, 0..1. */
  readonly weight: number;
  readonly ln: Rgb3;
}

export type SkinRefusal = {
  readonly ok: false;
  readonly reason: 'no-surround' | 'region-too-small';
};

const leastSkinCells = 40;

/**
 * Reads a region against a smooth surface (second order in x and y, per channel, by robust least squares) through the
 * skin in a ring around it. Cells are medians, so that hairs and pores do not count.
 * @param cellPx side of a cell; default a fourteenth of the region's radius, at least 2
 */
export function againstSkin(
  picture: Picture,
  mask: Mask,
  wantedCellPx?: number,
): ({ readonly ok: true } & RegionAgainstSkin) | SkinRefusal {
  const box = boxOfMask(mask);
  if (!box) return { ok: false, reason: 'region-too-small' };
  let areaPx = 0;
  for (const a of mask.alpha) areaPx += a / 255;
  const radiusPx = Math.sqrt(areaPx / Math.PI);
  if (areaPx < 60) return { ok: false, reason: 'region-too-small' };
  const cellPx = Math.max(2, Math.round(wantedCellPx ?? radiusPx / 14));
  const ringPx = Math.max(12, 0.9 * radiusPx);
  const gapPx = Math.max(2, 0.06 * radiusPx);
  const reach = clipBox(
    {
      x: box.x - ringPx - gapPx,
      y: box.y - ringPx - gapPx,
      widthPx: box.widthPx + 2 * (ringPx + gapPx),
      heightPx: box.heightPx + 2 * (ringPx + gapPx),
    },
    picture.widthPx,
    picture.heightPx,
  );
  const all = cellsOf(picture, mask, reach, cellPx);
  const centre = { x: box.x + box.widthPx / 2, y: box.y + box.heightPx / 2 };
  const scale = Math.max(box.widthPx, box.heightPx) / 2 + ringPx;
  const distance = distanceToRegion(all, cellPx);
  const around = all.list.filter(
    (cell, i) => cell.weight === 0 && cell.isReadable && distance[i] > gapPx && distance[i] <= gapPx + ringPx,
  );
  // Under a lamp that makes skin look like nothing skin looks like, what is alike all around is taken for it.
  const likeSkin = around.filter(({ isSkin }) => isSkin);
  const ring = likeSkin.length >= leastSkinCells ? likeSkin : around;
  if (ring.length < leastSkinCells) return { ok: false, reason: 'no-surround' };
  const inside = all.list.filter(({ weight }) => weight > 0.5);
  if (inside.length < 6) return { ok: false, reason: 'region-too-small' };
  const row = ({ x, y }: { x: number; y: number }) => {
    const [u, v] = [(x - centre.x) / scale, (y - centre.y) / scale];
    return [1, u, v, u * u, u * v, v * v];
  };
  const surface = fitSurface(ring, row);
  const at = (cell: { x: number; y: number }, c: number, of = surface) =>
    row(cell).reduce((sum, r, k) => sum + r * of.coefficients[c][k], 0);
  const kept = ring.filter((_, i) => surface.weights[i] > 0.2);
  const cells: Cell[] = inside.map((cell) => ({
    x: cell.x,
    y: cell.y,
    weight: cell.weight,
    ln: [0, 1, 2].map((c) => cell.ln[c] - at(cell, c)) as unknown as Rgb3,
  }));
  const weight = cells.reduce((sum, cell) => sum + cell.weight, 0);
  const mean = (pick: (cell: Cell) => number) =>
    cells.reduce((sum, cell) => sum + cell.weight * pick(cell), 0) / weight;
  // Without each sixth of the ring in turn: how far the region's mean then moves tells how sure the surface is.
  const moved = [0, 1, 2, 3, 4, 5].flatMap((sector) => {
    const part = kept.filter(
      ({ x, y }) =>
        Math.floor(((Math.atan2(y - centre.y, x - centre.x) / Math.PI + 1) / 2) * 6) % 6 !== sector,
    );
    if (part.length === kept.length || part.length < leastSkinCells / 2) return [];
    const other = fitSurface(part, row);
    return [[0, 1, 2].map((c) => mean((cell) => at(cell, c, other) - at(cell, c)))];
  });
  const sdLn = [0, 1, 2].map((c) =>
    Math.hypot(0.004, Math.sqrt(moved.reduce((sum, m) => sum + m[c] ** 2, 0) / Math.max(1, moved.length))),
  ) as unknown as Rgb3;
  return {
    ok: true,
    cells,
    meanLn: [0, 1, 2].map((c) => mean((cell) => cell.ln[c])) as unknown as Rgb3,
    sdLn,
    skinLn: [0, 1, 2].map((c) => mean((cell) => at(cell, c))) as unknown as Rgb3,
    skinSpreadLn: [0, 1, 2].map((c) => {
      const off = kept.map((cell) => Math.abs(cell.ln[c] - at(cell, c))).sort((a, b) => a - b);
      return 1.4826 * (off[off.length >> 1] ?? 0);
    }) as unknown as Rgb3,
    cellPx,
    clipped01: all.clipped01,
    skinCells: kept.length,
  };
}

interface SeenCell extends Cell {
  readonly isSkin: boolean;
  /** Neither clipped nor black. */
  readonly isReadable: boolean;
}

interface CellGrid {
  readonly list: readonly SeenCell[];
  readonly columns: number;
  readonly rows: number;
  readonly clipped01: number;
}

function cellsOf(picture: Picture, mask: Mask, reach: Box, cellPx: number): CellGrid {
  const table = linearTable();
  const logs = Float32Array.from(table, (v) => Math.log(Math.max(v, 0.0006)));
  const columns = Math.floor(reach.widthPx / cellPx);
  const rows = Math.floor(reach.heightPx / cellPx);
  const list: SeenCell[] = [];
  // Of a large cell every few pixels are enough for a median.
  const step = Math.max(1, Math.floor(cellPx / 9));
  const values: [number[], number[], number[]] = [[], [], []];
  let inside = 0;
  let insideClipped = 0;
  for (let r = 0; r < rows; r++) {
    for (let k = 0; k < columns; k++) {
      for (const channel of values) channel.length = 0;
      let cover = 0;
      let clipped = 0;
      let n = 0;
      for (let dy = 0; dy < cellPx; dy += step) {
        for (let dx = 0; dx < cellPx; dx += step) {
          const p = (reach.y + r * cellPx + dy) * picture.widthPx + reach.x + k * cellPx + dx;
          const i = 4 * p;
          const [red, green, blue] = [picture.rgba[i], picture.rgba[i + 1], picture.rgba[i + 2]];
          const isClipped = red >= 253 || green >= 253 || blue >= 253;
          n++;
          cover += mask.alpha[p];
          if (isClipped) clipped++;
          if (mask.alpha[p] >= 128) {
            inside++;
            if (isClipped) insideClipped++;
          }
          values[0].push(logs[red]);
          values[1].push(logs[green]);
          values[2].push(logs[blue]);
        }
      }
      const ln = values.map(middle) as unknown as Rgb3;
      list.push({
        x: reach.x + (k + 0.5) * cellPx,
        y: reach.y + (r + 0.5) * cellPx,
        weight: cover / (255 * n),
        ln,
        isSkin: couldBeSkin(ln[0], ln[1], ln[2]),
        isReadable: clipped / n < 0.2 && ln[1] > -5.5,
      });
    }
  }
  return { list, columns, rows, clipped01: inside === 0 ? 0 : insideClipped / inside };
}

/** Distance of each cell's middle to the nearest cell that touches the region, px. */
function distanceToRegion({ list, columns, rows }: CellGrid, cellPx: number): Float32Array {
  const touched = Uint8Array.from(list, ({ weight }) => (weight > 0 ? 1 : 0));
  return squaredDistanceTo(touched, columns, rows).map((d2) => Math.sqrt(d2) * cellPx);
}

/** Second-order surface through cells by Tukey's weights, common to the three channels. */
function fitSurface(
  cells: readonly SeenCell[],
  row: (cell: SeenCell) => readonly number[],
): { coefficients: readonly (readonly number[])[]; weights: Float64Array } {
  const rows = cells.map(row);
  let weights = new Float64Array(cells.length).fill(1);
  let coefficients: number[][] = [];
  for (let round = 0; round < 6; round++) {
    const normal = Array.from({ length: 6 }, () => new Float64Array(6));
    const right = [0, 1, 2].map(() => new Float64Array(6));
    rows.forEach((r, i) => {
      for (let a = 0; a < 6; a++) {
        for (let b = 0; b < 6; b++) normal[a][b] += weights[i] * r[a] * r[b];
        for (let c = 0; c < 3; c++) right[c][a] += weights[i] * r[a] * cells[i].ln[c];
      }
    });
    const total = weights.reduce((sum, w) => sum + w, 0);
    // Bends are held gently to zero: a ring seen on one side only cannot tell them.
    for (let a = 3; a < 6; a++) normal[a][a] += 0.004 * total;
    for (let a = 1; a < 3; a++) normal[a][a] += 0.0005 * total;
    coefficients = right.map((r) => solveSymmetric(normal, r));
    const off = rows.map((r, i) => {
      let sum = 0;
      for (let c = 0; c < 3; c++)
        sum += (cells[i].ln[c] - r.reduce((s, v, k) => s + v * coefficients[c][k], 0)) ** 2;
      return Math.sqrt(sum / 3);
    });
    const scale = Math.max(0.01, 1.4826 * middle([...off]));
    weights = Float64Array.from(off, (o) => {
      const t = o / (4 * scale);
      return t >= 1 ? 0 : (1 - t * t) ** 2;
    });
  }
  return { coefficients, weights };
}

/** Solves a small symmetric positive system (Gauss without pivoting); a degenerate direction gets 0. */
function solveSymmetric(matrix: readonly Float64Array[], right: Float64Array): number[] {
  const n = right.length;
  const m = matrix.map((r, i) => [...r, right[i]]);
  for (let k = 0; k < n; k++) {
    if (Math.abs(m[k][k]) < 1e-12) continue;
    for (let i = k + 1; i < n; i++) {
      const f = m[i][k] / m[k][k];
      for (let j = k; j <= n; j++) m[i][j] -= f * m[k][j];
    }
  }
  const out = Array.from({ length: n }, () => 0);
  for (let k = n - 1; k >= 0; k--) {
    if (Math.abs(m[k][k]) < 1e-12) continue;
    let sum = m[k][n];
    for (let j = k + 1; j < n; j++) sum -= m[k][j] * out[j];
    out[k] = sum / m[k][k];
  }
  return out;
}

function middle(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}
