import { fitHomography, type Homography, project } from './homography.ts';
import type { Picture, Point } from './picture.ts';

/** A roughly square area of even colour: a candidate for one patch of a chart. */
export interface EvenSquare extends Point {
  readonly areaPx: number;
}

/**
 * Areas of even colour that fill their own bounding parallelogram, between `minSidePx` and a fifth of the picture.
 * Even means: no channel changes by more than `stepLimit` (of 255) to the pixels two to the right and two below.
 */
export function findEvenSquares(picture: Picture, minSidePx: number, stepLimit: number): EvenSquare[] {
  const { widthPx, heightPx, rgba } = picture;
  const even = new Uint8Array(widthPx * heightPx);
  const far = 2;
  for (let y = 0; y < heightPx - far; y++) {
    for (let x = 0; x < widthPx - far; x++) {
      const i = (y * widthPx + x) * 4;
      const right = i + far * 4;
      const below = i + far * widthPx * 4;
      let step = 0;
      for (let c = 0; c < 3; c++) {
        step = Math.max(
          step,
          Math.abs(rgba[i + c] - rgba[right + c]),
          Math.abs(rgba[i + c] - rgba[below + c]),
        );
      }
      if (step <= stepLimit) even[y * widthPx + x] = 1;
    }
  }
  const squares: EvenSquare[] = [];
  const seen = new Uint8Array(widthPx * heightPx);
  const stack = new Int32Array(widthPx * heightPx);
  const maxArea = (widthPx * heightPx) / 25;
  for (let start = 0; start < even.length; start++) {
    if (!even[start] || seen[start]) continue;
    let top = 0;
    let n = 0;
    let sx = 0;
    let sy = 0;
    let sxx = 0;
    let syy = 0;
    let sxy = 0;
    stack[top++] = start;
    seen[start] = 1;
    while (top > 0) {
      const p = stack[--top];
      const x = p % widthPx;
      const y = (p - x) / widthPx;
      n++;
      sx += x;
      sy += y;
      sxx += x * x;
      syy += y * y;
      sxy += x * y;
      if (x > 0 && even[p - 1] && !seen[p - 1]) seen[(stack[top++] = p - 1)] = 1;
      if (x < widthPx - 1 && even[p + 1] && !seen[p + 1]) seen[(stack[top++] = p + 1)] = 1;
      if (y > 0 && even[p - widthPx] && !seen[p - widthPx]) seen[(stack[top++] = p - widthPx)] = 1;
      if (y < heightPx - 1 && even[p + widthPx] && !seen[p + widthPx]) seen[(stack[top++] = p + widthPx)] = 1;
    }
    if (n < minSidePx * minSidePx || n > maxArea) continue;
    const cx = sx / n;
    const cy = sy / n;
    const vx = sxx / n - cx * cx;
    const vy = syy / n - cy * cy;
    const vxy = sxy / n - cx * cy;
    // A filled parallelogram of area A has 12 · sqrt(det of its second moments) = A, whatever its shape.
    const fill = n / (12 * Math.sqrt(Math.max(1e-9, vx * vy - vxy * vxy)));
    const half = Math.sqrt(((vx - vy) / 2) ** 2 + vxy * vxy);
    const elongation = Math.sqrt(((vx + vy) / 2 + half) / Math.max(1e-9, (vx + vy) / 2 - half));
    if (fill > 0.82 && fill < 1.12 && elongation < 2.2) {
      squares.push({ x: cx + (far + 1) / 2, y: cy + (far + 1) / 2, areaPx: n });
    }
  }
  return squares;
}

/** Squares that lie on one plane lattice in perspective: lattice coordinates (whole numbers) and places. */
export interface Lattice {
  readonly nodes: readonly { readonly column: number; readonly row: number; readonly at: Point }[];
  readonly toPicture: Homography;
}

/** Every lattice of at least `minNodes` squares, largest first. Each square belongs to at most one. */
export function findLattices(squares: readonly EvenSquare[], minNodes: number): Lattice[] {
  const used = new Set<number>();
  const lattices: Lattice[] = [];
  const order = squares.map((_, i) => i).sort((a, b) => squares[b].areaPx - squares[a].areaPx);
  for (const seed of order) {
    if (used.has(seed)) continue;
    let best: { found: Map<number, [number, number]>; right: Point; worth: number } | undefined;
    for (const [right, down] of axesAt(squares, seed)) {
      const found = grow(squares, seed, right, down, used);
      const sine =
        (right.x * down.y - right.y * down.x) / (Math.hypot(right.x, right.y) * Math.hypot(down.x, down.y));
      // A sheared reading of the same squares finds nearly as many: squareness is worth a few squares.
      const worth = found.size + 8 * sine;
      if (found.size >= minNodes && (!best || worth > best.worth)) best = { found, right, worth };
    }
    if (!best) continue;
    const { found, right } = best;
    const nodes = squared([...found].map(([i, [column, row]]) => ({ column, row, at: squares[i] })));
    const toPicture = fitNodes(nodes);
    if (!toPicture) continue;
    const pitch = Math.hypot(right.x, right.y);
    const worst = Math.max(
      ...nodes.map(({ column, row, at }) => {
        const p = project(toPicture, { x: column, y: row });
        return Math.hypot(p.x - at.x, p.y - at.y);
      }),
    );
    if (worst > 0.3 * pitch) continue;
    for (const i of found.keys()) used.add(i);
    lattices.push({ nodes, toPicture });
  }
  return lattices.sort((a, b) => b.nodes.length - a.nodes.length);
}

type Node = Lattice['nodes'][number];

const fitNodes = (nodes: readonly Node[]): Homography | undefined =>
  fitHomography(
    nodes.map(({ column, row }) => ({ x: column, y: row })),
    nodes.map(({ at }) => at),
  );

/** The same nodes counted along the shortest axes: undoes a reading in which one axis was a diagonal (Gauss reduction). */
function squared(nodes: readonly Node[]): readonly Node[] {
  let out = nodes;
  for (let round = 0; round < 4; round++) {
    const h = fitNodes(out);
    if (!h) return out;
    const n = out.length;
    const x = out.reduce((s, node) => s + node.column, 0) / n;
    const y = out.reduce((s, node) => s + node.row, 0) / n;
    const o = project(h, { x, y });
    const r = project(h, { x: x + 0.5, y });
    const d = project(h, { x, y: y + 0.5 });
    const dot = (r.x - o.x) * (d.x - o.x) + (r.y - o.y) * (d.y - o.y);
    const alongRight = Math.round(dot / ((r.x - o.x) ** 2 + (r.y - o.y) ** 2));
    const alongDown = Math.round(dot / ((d.x - o.x) ** 2 + (d.y - o.y) ** 2));
    if (alongRight !== 0) out = out.map((node) => ({ ...node, column: node.column + alongRight * node.row }));
    else if (alongDown !== 0) out = out.map((node) => ({ ...node, row: node.row + alongDown * node.column }));
    else return out;
  }
  return out;
}

/** Pairs of steps to near neighbours of like size that could be the lattice's two axes. */
function axesAt(squares: readonly EvenSquare[], seed: number): [Point, Point][] {
  const s = squares[seed];
  const side = Math.sqrt(s.areaPx);
  const steps = squares
    .filter((q, i) => i !== seed && q.areaPx > s.areaPx * 0.45 && q.areaPx < s.areaPx * 2.2)
    .map((q) => ({ x: q.x - s.x, y: q.y - s.y }))
    .map((v) => ({ v, length: Math.hypot(v.x, v.y) }))
    .filter(({ length }) => length > side * 0.9 && length < side * 3)
    .sort((a, b) => a.length - b.length)
    .slice(0, 6);
  const pairs: { axes: [Point, Point]; skew: number }[] = [];
  for (const a of steps) {
    for (const b of steps) {
      const cross = a.v.x * b.v.y - a.v.y * b.v.x;
      const sine = cross / (a.length * b.length);
      const ratio = a.length / b.length;
      if (sine > 0.6 && ratio > 0.6 && ratio < 1.7) {
        pairs.push({
          axes: [a.v, b.v],
          skew:
            1 -
            sine +
            Math.abs(Math.log(ratio)) +
            0.5 * Math.log((a.length * b.length) / steps[0].length ** 2),
        });
      }
    }
  }
  // Diagonals make lattices too: the shortest and squarest pair of steps is the card's own.
  return pairs
    .sort((p, q) => p.skew - q.skew)
    .slice(0, 8)
    .map(({ axes }) => axes);
}

/** Walks from the seed along both axes, adapting the step to each neighbour found. */
function grow(
  squares: readonly EvenSquare[],
  seed: number,
  right: Point,
  down: Point,
  used: ReadonlySet<number>,
): Map<number, [number, number]> {
  const found = new Map<number, [number, number]>([[seed, [0, 0]]]);
  const queue: { i: number; right: Point; down: Point }[] = [{ i: seed, right, down }];
  const taken = new Set(['0,0']);
  for (let head = 0; head < queue.length && found.size < 200; head++) {
    const { i, right: r, down: d } = queue[head];
    const [column, row] = found.get(i) as [number, number];
    for (const [dc, dr] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]) {
      const key = `${column + dc},${row + dr}`;
      if (taken.has(key)) continue;
      const wanted = {
        x: squares[i].x + dc * r.x + dr * d.x,
        y: squares[i].y + dc * r.y + dr * d.y,
      };
      const tolerance = 0.22 * Math.hypot(dc === 0 ? d.x : r.x, dc === 0 ? d.y : r.y);
      let best = -1;
      let nearest = tolerance;
      for (let j = 0; j < squares.length; j++) {
        if (found.has(j) || used.has(j)) continue;
        const ratio = squares[j].areaPx / squares[i].areaPx;
        if (ratio < 0.4 || ratio > 2.5) continue;
        const distance = Math.hypot(squares[j].x - wanted.x, squares[j].y - wanted.y);
        if (distance < nearest) {
          nearest = distance;
          best = j;
        }
      }
      if (best < 0) continue;
      taken.add(key);
      found.set(best, [column + dc, row + dr]);
      const step = { x: squares[best].x - squares[i].x, y: squares[best].y - squares[i].y };
      const sign = dc + dr;
      queue.push({
        i: best,
        right: dc === 0 ? r : { x: step.x * sign, y: step.y * sign },
        down: dc === 0 ? { x: step.x * sign, y: step.y * sign } : d,
      });
    }
  }
  return found;
}
