import { linearTable } from '../../photo/linear.ts';
import type { Picture, Point } from '../../photo/picture.ts';
import { type LipLines, lipLinesOf } from './lips.ts';

/** Farthest a border moves, share of the lips' width. */
const reach = 0.06;
/** Offsets tried on each side of the line. */
const steps = 12;
/** Depth of the strips compared on the two sides of a candidate border, share of the lips' width. */
const stripDepth = 0.03;
/** Places along each of the two lines where the picture is cut across. */
const stations = 48;
/** Costs in units of evidence: for leaving the landmarks (at full reach), for a step between neighbours. */
const priorCost = 2.2;
const bendCost = 0.5;
/** Colours closer than this (natural logs) are one colour: grain and compression of photographs. */
const grain = 0.06;

/**
 * Lip lines moved to where the colour changes. Along each outer line the picture is cut across, and the border put
 * where a strip inside differs most from a strip outside in the direction in which these lips differ from the skin
 * round them: a comparison of near places only, so that shading does not matter. The whole line is chosen at once
 * (dynamic programming) and stays near the landmarks where the colours do not speak. Inner lines stay.
 * `points`: 478 points of `FaceLandmarks`, pixels.
 */
export function snapLipLines(picture: Picture, points: Float32Array): LipLines {
  const lines = lipLinesOf(points);
  const [right, left] = [lines.outerUpper[0], lines.outerUpper.at(-1)!];
  const widthPx = Math.hypot(left.x - right.x, left.y - right.y);
  const colours = logColours(picture);
  return {
    ...lines,
    outerUpper: snapLine(colours, spread(lines.outerUpper, stations), widthPx, -1),
    outerLower: snapLine(colours, spread(lines.outerLower, stations), widthPx, 1),
  };
}

type Colours = (point: Point) => readonly [number, number, number];

/** `side`: 1 where the outside lies to the right of the walking direction in the picture (y down), -1 to the left. */
function snapLine(colourAt: Colours, line: Point[], widthPx: number, side: 1 | -1): Point[] {
  const normals = line.map((_, i) => outwards(line, i, side));
  const stripPx = stripDepth * widthPx;
  const strip = (i: number, fromPx: number, toPx: number) =>
    meanColour(colourAt, line[i], normals[i], fromPx, toPx);
  const offsetPx = (step: number) => (step / steps) * reach * widthPx;

  // What leaving the lips does to the colour, here: mean over the neighbouring stations, well off the border.
  const leaving = line.map((_, i) =>
    difference(strip(i, stripPx, reach * widthPx + stripPx), strip(i, -reach * widthPx - stripPx, -stripPx)),
  );
  const evidence = line.map((_, i) => {
    const axis = meanOf(leaving.slice(Math.max(0, i - 4), i + 5));
    const size = Math.hypot(...axis);
    return Array.from({ length: 2 * steps + 1 }, (_, k) => {
      const at = offsetPx(k - steps);
      const change = difference(strip(i, at, at + stripPx), strip(i, at - stripPx, at));
      const along = (change[0] * axis[0] + change[1] * axis[1] + change[2] * axis[2]) / Math.max(size, grain);
      return Math.min(3, Math.max(0, along) / (grain + 0.5 * size));
    });
  });
  const chosen = bestPath(evidence);
  return line.map(({ x, y }, i) => {
    // The corners of the mouth belong to both lines and stay.
    const share = Math.min(1, (4 * Math.min(i, line.length - 1 - i)) / line.length);
    const move = share * offsetPx(chosen[i] - steps);
    return { x: x + move * normals[i].x, y: y + move * normals[i].y };
  });
}

/** The offsets with the most evidence less the cost of leaving the middle and of differing between neighbours. */
function bestPath(evidence: readonly (readonly number[])[]): number[] {
  const count = 2 * steps + 1;
  const value = (i: number, k: number) => evidence[i][k] - priorCost * ((k - steps) / steps) ** 2;
  let best = Array.from({ length: count }, (_, k) => value(0, k));
  const from: number[][] = [];
  for (let i = 1; i < evidence.length; i++) {
    const before = best;
    const origins: number[] = [];
    best = before.map((_, k) => {
      let top = 0;
      for (let j = 1; j < count; j++)
        if (before[j] - bendCost * (j - k) ** 2 > before[top] - bendCost * (top - k) ** 2) top = j;
      origins.push(top);
      return before[top] - bendCost * (top - k) ** 2 + value(i, k);
    });
    from.push(origins);
  }
  const path = [best.indexOf(Math.max(...best))];
  for (const origins of from.toReversed()) path.unshift(origins[path[0]]);
  return path;
}

function outwards(line: readonly Point[], i: number, side: 1 | -1): Point {
  const a = line[Math.max(0, i - 1)];
  const b = line[Math.min(line.length - 1, i + 1)];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { x: (-side * (b.y - a.y)) / length, y: (side * (b.x - a.x)) / length };
}

function meanColour(
  colourAt: Colours,
  { x, y }: Point,
  normal: Point,
  fromPx: number,
  toPx: number,
): number[] {
  const samples = Math.max(2, Math.ceil(toPx - fromPx));
  const sum = [0, 0, 0];
  for (let s = 0; s < samples; s++) {
    const t = fromPx + ((s + 0.5) / samples) * (toPx - fromPx);
    const colour = colourAt({ x: x + t * normal.x, y: y + t * normal.y });
    for (let k = 0; k < 3; k++) sum[k] += colour[k] / samples;
  }
  return sum;
}

/** Log light, counted half because shading moves it, and two log colour ratios, which it leaves alone. */
function logColours({ widthPx, heightPx, rgba }: Picture): Colours {
  const ln = Float32Array.from(linearTable(), (value) => Math.log(Math.max(value, 0.0024)));
  return ({ x, y }) => {
    const column = Math.min(widthPx - 1, Math.max(0, Math.floor(x)));
    const i = 4 * (Math.min(heightPx - 1, Math.max(0, Math.floor(y))) * widthPx + column);
    const [red, green, blue] = [ln[rgba[i]], ln[rgba[i + 1]], ln[rgba[i + 2]]];
    return [(red + green + blue) / 6, red - green, green - blue];
  };
}

function spread(line: readonly Point[], count: number): Point[] {
  const lengths = [0];
  for (let i = 1; i < line.length; i++)
    lengths.push(lengths[i - 1] + Math.hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y));
  let i = 1;
  return Array.from({ length: count }, (_, n) => {
    const wanted = (n / (count - 1)) * lengths[lengths.length - 1];
    while (i < line.length - 1 && lengths[i] < wanted) i++;
    const share = (wanted - lengths[i - 1]) / (lengths[i] - lengths[i - 1] || 1);
    return {
      x: line[i - 1].x + share * (line[i].x - line[i - 1].x),
      y: line[i - 1].y + share * (line[i].y - line[i - 1].y),
    };
  });
}

function difference(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, k) => value - b[k]);
}

function meanOf(vectors: readonly (readonly number[])[]): number[] {
  return [0, 1, 2].map((k) => vectors.reduce((sum, vector) => sum + vector[k], 0) / vectors.length);
}
