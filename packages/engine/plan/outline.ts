import type { Mask } from '../photo/index.ts';

/** Outlines of a mask at half coverage as closed polygons in pixels, thinned to what a pen can follow. */
export function maskOutlines(mask: Mask): [number, number][][] {
  const { widthPx, heightPx, alpha } = mask;
  const inside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < widthPx && y < heightPx && alpha[y * widthPx + x] >= 128;
  // Unit edges with the inside on their left, keyed by their start; followed until they close.
  const edges = new Map<number, number[]>();
  const key = (x: number, y: number) => y * (widthPx + 1) + x;
  const add = (x0: number, y0: number, x1: number, y1: number) => {
    const from = key(x0, y0);
    const list = edges.get(from);
    if (list) list.push(key(x1, y1));
    else edges.set(from, [key(x1, y1)]);
  };
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      if (!inside(x, y)) continue;
      if (!inside(x, y - 1)) add(x + 1, y, x, y);
      if (!inside(x - 1, y)) add(x, y, x, y + 1);
      if (!inside(x, y + 1)) add(x, y + 1, x + 1, y + 1);
      if (!inside(x + 1, y)) add(x + 1, y + 1, x + 1, y);
    }
  }
  const outlines: [number, number][][] = [];
  for (const start of edges.keys()) {
    for (;;) {
      let at = start;
      const corners: [number, number][] = [];
      for (let next = edges.get(at)?.pop(); next !== undefined; next = edges.get(at)?.pop()) {
        corners.push([at % (widthPx + 1), Math.floor(at / (widthPx + 1))]);
        at = next;
      }
      if (corners.length === 0) break;
      const outline = thinned(smoothed(corners), 0.35);
      if (outline.length >= 3) outlines.push(outline);
    }
  }
  return outlines;
}

/** Mean of five neighbours: staircase to slope. */
function smoothed(points: readonly [number, number][]): [number, number][] {
  const n = points.length;
  return points.map((_, i) => {
    let x = 0;
    let y = 0;
    for (let d = -2; d <= 2; d++) {
      const p = points[(i + d + n) % n];
      x += p[0] / 5;
      y += p[1] / 5;
    }
    return [x, y];
  });
}

/** Drops points that lie within `tolerance` of the line through the last kept and the next point. */
function thinned(points: readonly [number, number][], tolerance: number): [number, number][] {
  const kept: [number, number][] = [];
  let from = 0;
  for (let i = 1; i <= points.length; i++) {
    const a = points[from];
    const b = points[i % points.length];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    let farthest = 0;
    for (let k = from + 1; k < i; k++) {
      const p = points[k];
      const off =
        Math.abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / Math.max(length, 1e-6);
      farthest = Math.max(farthest, off);
    }
    if (farthest > tolerance || i - from > 60) {
      kept.push(a);
      from = i - 1;
    }
  }
  kept.push(points[from]);
  return kept;
}
