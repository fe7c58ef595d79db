import { fitHomography, project } from './homography.ts';
import type { Picture, Point } from './picture.ts';

/*
 * Square markers: a black border one module wide around 4 x 4 modules, after the idea of ArUco (Garrido-Jurado et al.,
 * Pattern Recognition 47 (2014) 2280). Steps: dark against the neighbourhood, connected, four-cornered, edges refined on
 * the full picture, bits read through the square's own projection.
 */

/**
 * The card's four words, row by row, the highest bit last; 1 is white. Any two of them, in any two of the four turns,
 * differ in at least 8 of 16 modules, and each differs from itself turned in as many: one wrong module is harmless.
 */
export const markerWords = [0xa61a, 0x4b3e, 0x0ea3, 0xcc8c] as const;

export function markerBit(word: number, row: number, column: number): boolean {
  return ((markerWords[word] >> (row * 4 + column)) & 1) === 1;
}

export interface FoundMarker {
  /** Which of {@link markerWords}. */
  readonly word: number;
  /** Top left, top right, bottom right, bottom left as printed. */
  readonly corners: readonly [Point, Point, Point, Point];
  /** Modules read wrongly: 0 or 1. */
  readonly errors: number;
}

/** Side of the picture that is searched, px: a marker of 40 px in a 4,000 px wide picture is 20 px there. */
const searchedSide = 2000;

/** @param searchedPx longer side of the picture in which dark squares are looked for; edges are found in the whole one */
export function findMarkers(picture: Picture, searchedPx: number = searchedSide): FoundMarker[] {
  const factor = Math.max(1, Math.round(Math.max(picture.widthPx, picture.heightPx) / searchedPx));
  const grey = greyOf(picture, factor);
  const found: FoundMarker[] = [];
  for (const quad of darkQuads(grey)) {
    const corners = refine(
      picture,
      quad.map((p) => ({ x: p.x * factor, y: p.y * factor })),
      factor,
    );
    const marker = corners && readMarker(picture, corners);
    if (marker) found.push(marker);
  }
  return found;
}

interface Grey {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly level: Uint8Array;
}

/** Green stands for lightness: of every block one pixel in two, for speed. */
function greyOf({ widthPx, heightPx, rgba }: Picture, factor: number): Grey {
  const w = Math.floor(widthPx / factor);
  const h = Math.floor(heightPx / factor);
  const level = new Uint8Array(w * h);
  if (factor === 1) {
    for (let i = 0, p = 1; i < level.length; i++, p += 4) level[i] = rgba[p];
    return { widthPx: w, heightPx: h, level };
  }
  const far = ((factor - 1) * widthPx + factor - 1) * 4;
  for (let y = 0, i = 0; y < h; y++) {
    for (let x = 0, p = y * factor * widthPx * 4 + 1; x < w; x++, i++, p += factor * 4) {
      level[i] =
        (rgba[p] + rgba[p + far] + rgba[p + far - (factor - 1) * 4] + rgba[p + (factor - 1) * 4]) >> 2;
    }
  }
  return { widthPx: w, heightPx: h, level };
}

/** Half side of the neighbourhood a pixel is compared with, px. */
const reach = 14;
/** A pixel is dark when it is below this share of its neighbourhood's mean, and by some levels. */
const darkShare = 0.86;
const darkLevels = 6;

/** Outlines of dark things that have four corners, clockwise. */
function darkQuads({ widthPx: w, heightPx: h, level }: Grey): [Point, Point, Point, Point][] {
  const dark = darkOf(level, w, h);
  const things = connected(dark, w, h);
  const quads: [Point, Point, Point, Point][] = [];
  for (const thing of things) {
    const across = thing.right - thing.left + 1;
    const down = thing.bottom - thing.top + 1;
    if (Math.min(across, down) < 10 || Math.max(across, down) > 0.45 * Math.max(w, h)) continue;
    if (Math.max(across, down) > 4 * Math.min(across, down)) continue;
    const quad = quadOf(hullOf(thing.edge));
    if (quad) quads.push(quad);
  }
  return quads;
}

/** 1 where a pixel is darker than its neighbourhood; sums of a sliding box, one row of columns at a time. */
function darkOf(level: Uint8Array, w: number, h: number): Uint8Array {
  const dark = new Uint8Array(w * h);
  const columns = new Int32Array(w);
  let rows = 0;
  const add = (y: number, sign: number): void => {
    const at = y * w;
    for (let x = 0; x < w; x++) columns[x] += sign * level[at + x];
    rows += sign;
  };
  for (let y = 0; y <= Math.min(reach - 1, h - 1); y++) add(y, 1);
  for (let y = 0; y < h; y++) {
    if (y + reach < h) add(y + reach, 1);
    if (y - reach - 1 >= 0) add(y - reach - 1, -1);
    let sum = 0;
    let count = 0;
    for (let x = 0; x < Math.min(reach, w); x++) {
      sum += columns[x];
      count++;
    }
    const at = y * w;
    for (let x = 0; x < w; x++) {
      if (x + reach < w) {
        sum += columns[x + reach];
        count++;
      }
      if (x - reach - 1 >= 0) {
        sum -= columns[x - reach - 1];
        count--;
      }
      const mean = sum / (count * rows);
      const value = level[at + x];
      if (value < darkShare * mean && value < mean - darkLevels) dark[at + x] = 1;
    }
  }
  return dark;
}

interface Thing {
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Ends of its runs: all that can lie on its outline. */
  edge: Point[];
}

/** Runs of dark pixels joined to those above them (8-neighbours), by union-find. */
function connected(dark: Uint8Array, w: number, h: number): Thing[] {
  const starts: number[] = [];
  const ends: number[] = [];
  const lines: number[] = [];
  const parent: number[] = [];
  const root = (i: number): number => {
    let r = i;
    while (parent[r] !== r) {
      parent[r] = parent[parent[r]];
      r = parent[r];
    }
    return r;
  };
  let above = 0;
  let aboveEnd = 0;
  for (let y = 0; y < h; y++) {
    const first = starts.length;
    const at = y * w;
    for (let x = 0; x < w; x++) {
      if (dark[at + x] === 0) continue;
      const start = x;
      while (x + 1 < w && dark[at + x + 1] === 1) x++;
      const own = starts.length;
      starts.push(start);
      ends.push(x);
      lines.push(y);
      parent.push(own);
      while (above < aboveEnd && ends[above] < start - 1) above++;
      for (let k = above; k < aboveEnd && starts[k] <= x + 1; k++) {
        const a = root(own);
        const b = root(k);
        if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
      }
    }
    above = first;
    aboveEnd = starts.length;
  }
  const things = new Map<number, Thing>();
  for (let i = 0; i < starts.length; i++) {
    const r = root(i);
    const [left, right, y] = [starts[i], ends[i], lines[i]];
    let thing = things.get(r);
    if (!thing) {
      thing = { left, right, top: y, bottom: y, edge: [] };
      things.set(r, thing);
    }
    thing.left = Math.min(thing.left, left);
    thing.right = Math.max(thing.right, right);
    thing.bottom = y;
    thing.edge.push({ x: left, y }, { x: right + 1, y }, { x: left, y: y + 1 }, { x: right + 1, y: y + 1 });
  }
  return [...things.values()].filter(({ edge }) => edge.length >= 40);
}

/** The convex hull, clockwise on the screen (Andrew 1979). */
function hullOf(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  const half = (list: readonly Point[]): Point[] => {
    const out: Point[] = [];
    for (const p of list) {
      while (out.length >= 2 && turn(out[out.length - 2], out[out.length - 1], p) <= 0) out.pop();
      out.push(p);
    }
    return out.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

const turn = (o: Point, a: Point, b: Point): number => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);

/** The four corners of a hull that is nearly a quadrilateral, or undefined. */
function quadOf(hull: readonly Point[]): [Point, Point, Point, Point] | undefined {
  if (hull.length < 4) return undefined;
  const middle = { x: 0, y: 0 };
  for (const p of hull) {
    middle.x += p.x / hull.length;
    middle.y += p.y / hull.length;
  }
  const farthest = (from: (p: Point) => number): Point =>
    hull.reduce((best, p) => (from(p) > from(best) ? p : best));
  const a = farthest((p) => (p.x - middle.x) ** 2 + (p.y - middle.y) ** 2);
  const c = farthest((p) => (p.x - a.x) ** 2 + (p.y - a.y) ** 2);
  const b = farthest((p) => turn(a, c, p));
  const d = farthest((p) => -turn(a, c, p));
  const quad: [Point, Point, Point, Point] = [a, d, c, b];
  const area = areaOf(quad);
  if (turn(a, c, b) <= 0 || turn(a, c, d) >= 0 || area < 80) return undefined;
  // Blunt corners of a blurred marker take some of the hull away; a disc would keep only 0.64.
  return areaOf(hull) / area < 1.18 ? quad : undefined;
}

function areaOf(polygon: readonly Point[]): number {
  let twice = 0;
  polygon.forEach((p, i) => {
    const q = polygon[(i + 1) % polygon.length];
    twice += p.x * q.y - q.x * p.y;
  });
  return Math.abs(twice) / 2;
}

/** Puts each side where the picture is steepest across it, and the corners where the sides meet. */
function refine(
  picture: Picture,
  quad: readonly Point[],
  factor: number,
): [Point, Point, Point, Point] | undefined {
  const lines = quad.map((p, i) => sideOf(picture, p, quad[(i + 1) % 4], 2 * factor + 1));
  const corners: Point[] = [];
  for (let i = 0; i < 4; i++) {
    const before = lines[(i + 3) % 4];
    const after = lines[i];
    if (!before || !after) return undefined;
    const det = before.nx * after.ny - after.nx * before.ny;
    if (Math.abs(det) < 0.17) return undefined;
    corners.push({
      x: (before.c * after.ny - after.c * before.ny) / det,
      y: (before.nx * after.c - after.nx * before.c) / det,
    });
  }
  const isNear = corners.every((p, i) => Math.hypot(p.x - quad[i].x, p.y - quad[i].y) < 4 * factor + 3);
  return isNear ? (corners as [Point, Point, Point, Point]) : undefined;
}

interface Line {
  readonly nx: number;
  readonly ny: number;
  /** nx · x + ny · y of its points. */
  readonly c: number;
}

function sideOf(picture: Picture, a: Point, b: Point, reachPx: number): Line | undefined {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length < 6) return undefined;
  const ux = (b.x - a.x) / length;
  const uy = (b.y - a.y) / length;
  const points: Point[] = [];
  const steps = Math.max(8, Math.min(40, Math.round(length / 2)));
  for (let k = 0; k < steps; k++) {
    const t = length * (0.12 + (0.76 * k) / (steps - 1));
    const x = a.x + ux * t;
    const y = a.y + uy * t;
    // Steepest place along the normal, dark on one side and light on the other, to a tenth of a pixel.
    let best = 0;
    let at = 0;
    const gradient = (s: number): number =>
      sample(picture, x - uy * (s + 0.75), y + ux * (s + 0.75)) -
      sample(picture, x - uy * (s - 0.75), y + ux * (s - 0.75));
    for (let s = -reachPx; s <= reachPx; s += 0.5) {
      const g = Math.abs(gradient(s));
      if (g > best) {
        best = g;
        at = s;
      }
    }
    if (best < 8) continue;
    const [before, after] = [Math.abs(gradient(at - 0.5)), Math.abs(gradient(at + 0.5))];
    const bend = before - 2 * best + after;
    const shift = bend < 0 ? Math.max(-0.5, Math.min(0.5, (0.25 * (before - after)) / bend)) : 0;
    points.push({ x: x - uy * (at + shift), y: y + ux * (at + shift) });
  }
  if (points.length < steps * 0.6) return undefined;
  const line = fitLine(points);
  const near = points.filter((p) => Math.abs(line.nx * p.x + line.ny * p.y - line.c) < 1.5);
  return near.length >= points.length * 0.6 ? fitLine(near) : undefined;
}

/** Total least squares. */
function fitLine(points: readonly Point[]): Line {
  const n = points.length;
  const mx = points.reduce((sum, p) => sum + p.x, 0) / n;
  const my = points.reduce((sum, p) => sum + p.y, 0) / n;
  let [xx, xy, yy] = [0, 0, 0];
  for (const p of points) {
    xx += (p.x - mx) ** 2;
    xy += (p.x - mx) * (p.y - my);
    yy += (p.y - my) ** 2;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy) + Math.PI / 2;
  const nx = Math.cos(angle);
  const ny = Math.sin(angle);
  return { nx, ny, c: nx * mx + ny * my };
}

/** Green between pixels; outside the picture its nearest pixel. */
function sample({ widthPx, heightPx, rgba }: Picture, x: number, y: number): number {
  const fx = Math.min(widthPx - 1.001, Math.max(0, x - 0.5));
  const fy = Math.min(heightPx - 1.001, Math.max(0, y - 0.5));
  const column = Math.floor(fx);
  const row = Math.floor(fy);
  const tx = fx - column;
  const ty = fy - row;
  const p = (row * widthPx + column) * 4 + 1;
  const q = p + widthPx * 4;
  return (rgba[p] * (1 - tx) + rgba[p + 4] * tx) * (1 - ty) + (rgba[q] * (1 - tx) + rgba[q + 4] * tx) * ty;
}

/** Reads the modules; undefined when the square holds none of the words. */
function readMarker(
  picture: Picture,
  corners: readonly [Point, Point, Point, Point],
): FoundMarker | undefined {
  const unit = [
    { x: 0, y: 0 },
    { x: 6, y: 0 },
    { x: 6, y: 6 },
    { x: 0, y: 6 },
  ];
  // The quad runs round the screen one way; the words are printed the same way.
  const clockwise = turn(corners[0], corners[1], corners[2]) > 0 ? corners : corners.toReversed();
  const h = fitHomography(unit, clockwise);
  if (!h) return undefined;
  const at = (x: number, y: number): number => {
    let sum = 0;
    for (const dx of [-0.2, 0.2]) {
      for (const dy of [-0.2, 0.2]) {
        const p = project(h, { x: x + dx, y: y + dy });
        sum += sample(picture, p.x, p.y) / 4;
      }
    }
    return sum;
  };
  const border: number[] = [];
  const quiet: number[] = [];
  for (let k = 0; k < 6; k++) {
    const m = k + 0.5;
    border.push(at(m, 0.5), at(m, 5.5), at(0.5, m), at(5.5, m));
    quiet.push(at(m, -0.5), at(m, 6.5), at(-0.5, m), at(6.5, m));
  }
  const black = border.reduce((sum, v) => sum + v, 0) / border.length;
  const white = quiet.toSorted((a, b) => a - b)[Math.floor(quiet.length / 2)];
  if (white - black < 20) return undefined;
  const middle = (black + white) / 2;
  if (border.filter((v) => v > middle).length > 2 || quiet.filter((v) => v < middle).length > 4)
    return undefined;
  let bits = 0;
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      if (at(column + 1.5, row + 1.5) > middle) bits |= 1 << (row * 4 + column);
    }
  }
  for (let turns = 0, turned = bits; turns < 4; turns++, turned = turnedLeft(turned)) {
    for (let word = 0; word < markerWords.length; word++) {
      const errors = countBits(turned ^ markerWords[word]);
      if (errors > 1) continue;
      const ordered = [0, 1, 2, 3].map((i) => clockwise[(i + turns) % 4]);
      return { word, corners: ordered as unknown as FoundMarker['corners'], errors };
    }
  }
  return undefined;
}

/** The 4 x 4 field turned by a quarter against the clock. */
function turnedLeft(bits: number): number {
  let out = 0;
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      if ((bits >> (column * 4 + (3 - row))) & 1) out |= 1 << (row * 4 + column);
    }
  }
  return out;
}

function countBits(value: number): number {
  let count = 0;
  for (let v = value; v !== 0; v &= v - 1) count++;
  return count;
}
