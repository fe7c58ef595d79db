import { type LinearRgb, median } from './colour.ts';
import { fitHomography, type Homography, project } from './homography.ts';
import { linearTable } from './linear.ts';
import { type FoundMarker, findMarkers, markerBit } from './markers.ts';
import type { Picture, Point } from './picture.ts';

/**
 * The card a clinic prints itself: four markers, a ruler and a ramp of greys, as large as a bank card. It gives scale and
 * the tint of the light; it is not a colour standard, because nobody measured the ink (docs/science/scale-card.md).
 * All lengths in mm from the card's top left corner.
 */
export const scaleCard = {
  widthMm: 86,
  heightMm: 54,
  markerMm: 12,
  /** Top left corners of the markers, in the order of {@link markerWords}. */
  markersMm: [
    { x: 4, y: 4 },
    { x: 70, y: 4 },
    { x: 70, y: 38 },
    { x: 4, y: 38 },
  ],
  /** Squares of the ramp, light to dark, with the share of ink that is printed. */
  ramp: [0, 0.2, 0.4, 0.6, 0.8, 1].map((ink01, i) => ({ x: 19 + 8 * i, y: 5, sideMm: 8, ink01 })),
  ruler: { x: 18, y: 46, lengthMm: 50 },
} as const;

export interface RampPatch {
  readonly ink01: number;
  readonly at: Point;
  /** Median linear light as the picture encodes it. */
  readonly linear: LinearRgb;
  readonly clipped: boolean;
}

export interface FoundScaleCard {
  readonly kind: 'scale-card';
  /** Corners of the card: top left, top right, bottom right, bottom left. */
  readonly corners: readonly [Point, Point, Point, Point];
  /** Millimetres on the card to picture pixels. */
  readonly toPicture: Homography;
  /** How many of the four markers were read: 3 or 4. */
  readonly markers: number;
  /** Root mean square distance of the marker corners from where the card says, px. */
  readonly misfitPx: number;
  readonly mmPerPx: number;
  /** One standard deviation of the scale, relative: misfit, tilt, and 0.5 % for a printer. */
  readonly mmPerPxRelativeSd: number;
  readonly ramp: readonly RampPatch[];
}

/** A printer's length is right to about half a percent once "actual size" is chosen; the ruler shows it when it is not. */
const printerRelativeSd = 0.005;
/** Markers that belong to one card lie within this share of a marker's side of where it has them. */
const worstMisfitShare = 0.06;

/**
 * Finds the card in any rotation and moderate perspective, with markers from about 35 px of a 4,000 px wide picture
 * upwards. `undefined` when fewer than three of its markers are seen where one card would have them.
 */
export function findScaleCard(picture: Picture): FoundScaleCard | undefined {
  const quick = findMarkers(picture);
  // A card that is far away or blurred shows one or two of its markers at half size: then it is worth looking closely.
  const isPromising = quick.length > 0 && quick.length < 3;
  const markers = isPromising ? findMarkers(picture, Math.max(picture.widthPx, picture.heightPx)) : quick;
  if (markers.length < 3) return undefined;
  const cornersMm = scaleCard.markersMm.map(({ x, y }) => square(x, y, scaleCard.markerMm));
  let best: { chosen: readonly FoundMarker[]; toPicture: Homography; misfitPx: number } | undefined;
  for (const chosen of combinations(markers)) {
    const from = chosen.flatMap(({ word }) => cornersMm[word]);
    const to = chosen.flatMap(({ corners }) => corners);
    const toPicture = fitHomography(from, to);
    if (!toPicture) continue;
    const misfitPx = rootMeanSquare(from.map((p, i) => distance(project(toPicture, p), to[i])));
    const side = Math.min(...chosen.map(({ corners }) => distance(corners[0], corners[1])));
    if (misfitPx > Math.max(1, worstMisfitShare * side)) continue;
    const isMore = !best || chosen.length > best.chosen.length;
    if (isMore || (chosen.length === best?.chosen.length && misfitPx < best.misfitPx)) {
      best = { chosen, toPicture, misfitPx };
    }
  }
  if (!best) return undefined;
  const { chosen, toPicture, misfitPx } = best;
  const middle = { x: scaleCard.widthMm / 2, y: scaleCard.heightMm / 2 };
  const [wide, narrow] = pxPerMm(toPicture, middle);
  const table = linearTable();
  const at = (x: number, y: number): Point => project(toPicture, { x, y });
  return {
    kind: 'scale-card',
    corners: [
      at(0, 0),
      at(scaleCard.widthMm, 0),
      at(scaleCard.widthMm, scaleCard.heightMm),
      at(0, scaleCard.heightMm),
    ],
    toPicture,
    markers: chosen.length,
    misfitPx,
    mmPerPx: 1 / wide,
    // Skin beside a tilted card need not share its tilt: half of what the tilt shortens is doubt.
    mmPerPxRelativeSd: Math.hypot(printerRelativeSd, misfitPx / (wide * 60), 0.5 * (1 - narrow / wide)),
    ramp: scaleCard.ramp.map((patch) => readRamp(picture, table, toPicture, patch)),
  };
}

/** Sets of three or four markers with different words; the four-marker sets first. */
function combinations(markers: readonly FoundMarker[]): FoundMarker[][] {
  const byWord = [0, 1, 2, 3].map((word) => markers.filter((marker) => marker.word === word).slice(0, 3));
  const all: FoundMarker[][] = [];
  const choose = (word: number, chosen: FoundMarker[]): void => {
    if (word === 4) {
      if (chosen.length >= 3) all.push(chosen);
      return;
    }
    for (const marker of byWord[word]) choose(word + 1, [...chosen, marker]);
    choose(word + 1, chosen);
  };
  choose(0, []);
  return all.sort((a, b) => b.length - a.length);
}

function square(x: number, y: number, side: number): Point[] {
  return [
    { x, y },
    { x: x + side, y },
    { x: x + side, y: y + side },
    { x, y: y + side },
  ];
}

/** The largest and smallest stretch of the projection at a place, px a mm (singular values of its derivative). */
function pxPerMm(h: Homography, at: Point): [number, number] {
  const step = 0.5;
  const d = (dx: number, dy: number): Point => {
    const a = project(h, { x: at.x + dx, y: at.y + dy });
    const b = project(h, { x: at.x - dx, y: at.y - dy });
    return { x: (a.x - b.x) / (2 * step), y: (a.y - b.y) / (2 * step) };
  };
  const u = d(step, 0);
  const v = d(0, step);
  const sum = u.x ** 2 + u.y ** 2 + v.x ** 2 + v.y ** 2;
  const area = Math.abs(u.x * v.y - u.y * v.x);
  const root = Math.sqrt(Math.max(0, sum * sum - 4 * area * area));
  return [Math.sqrt((sum + root) / 2), Math.sqrt(Math.max(0, (sum - root) / 2))];
}

function readRamp(
  picture: Picture,
  table: Float32Array,
  toPicture: Homography,
  { x, y, sideMm, ink01 }: (typeof scaleCard.ramp)[number],
): RampPatch {
  const values: [number[], number[], number[]] = [[], [], []];
  let clipped = 0;
  const steps = 15;
  for (let i = 0; i < steps; i++) {
    for (let j = 0; j < steps; j++) {
      const place = (k: number): number => sideMm * (0.25 + (0.5 * k) / (steps - 1));
      const { x: px, y: py } = project(toPicture, { x: x + place(i), y: y + place(j) });
      const column = Math.floor(px);
      const row = Math.floor(py);
      if (column < 0 || row < 0 || column >= picture.widthPx || row >= picture.heightPx) continue;
      const p = (row * picture.widthPx + column) * 4;
      const [r, g, b] = picture.rgba.subarray(p, p + 3);
      if (Math.max(r, g, b) >= 253 || Math.max(r, g, b) <= 2) clipped++;
      values[0].push(table[r]);
      values[1].push(table[g]);
      values[2].push(table[b]);
    }
  }
  return {
    ink01,
    at: project(toPicture, { x: x + sideMm / 2, y: y + sideMm / 2 }),
    linear: [median(values[0]), median(values[1]), median(values[2])],
    clipped: values[0].length === 0 || clipped > values[0].length * 0.1,
  };
}

/**
 * What makes the card's greys grey: a factor for each channel, green 1, from the ramp's middle; `undefined` when fewer
 * than two of its squares can be read.
 */
export function balanceOf(ramp: readonly RampPatch[]): LinearRgb | undefined {
  const usable = ramp.filter(({ clipped, ink01, linear }) => !clipped && ink01 < 1 && linear[1] > 0.01);
  if (usable.length < 2) return undefined;
  const factor = (channel: 0 | 2): number =>
    median(usable.map(({ linear }) => linear[1] / Math.max(1e-6, linear[channel])));
  return [factor(0), 1, factor(2)];
}

/** The card as it is printed, an SVG in millimetres. Its words say what it is not. */
export function drawScaleCard(): string {
  const { widthMm, heightMm, markersMm, markerMm, ramp, ruler } = scaleCard;
  const module = markerMm / 6;
  const boxes: string[] = [];
  const box = (x: number, y: number, w: number, h: number, grey: number): void => {
    const level = Math.round(255 * grey);
    boxes.push(`<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="rgb(${level},${level},${level})"/>`);
  };
  markersMm.forEach((corner, word) => {
    box(corner.x, corner.y, markerMm, markerMm, 0);
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 4; column++) {
        if (!markerBit(word, row, column)) continue;
        box(corner.x + (column + 1) * module, corner.y + (row + 1) * module, module, module, 1);
      }
    }
  });
  for (const { x, y, sideMm, ink01 } of ramp) box(x, y, sideMm, sideMm, 1 - ink01);
  const ticks = Array.from({ length: ruler.lengthMm + 1 }, (_, mm) => {
    const height = mm % 10 === 0 ? 3.5 : mm % 5 === 0 ? 2.5 : 1.5;
    return `<path d="M${ruler.x + mm} ${ruler.y}v-${height}"/>`;
  });
  const words = [
    { y: 21, size: 3.4, text: 'Undertone scale card' },
    { y: 26, size: 2.4, text: 'Not a colour standard' },
    { y: 30, size: 2.4, text: 'Print at actual size, on matt white paper;' },
    { y: 33.2, size: 2.4, text: 'the ruler below must measure 50 mm.' },
  ].map(
    ({ y, size, text }) =>
      `<text x="43" y="${y}" font-size="${size}" text-anchor="middle" font-family="Anek Devanagari">${text}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthMm}mm" height="${heightMm}mm" viewBox="0 0 ${widthMm} ${heightMm}">`,
    `<rect x="0.1" y="0.1" width="${widthMm - 0.2}" height="${heightMm - 0.2}" fill="#fff" stroke="#999" stroke-width="0.2"/>`,
    ...boxes,
    `<rect x="${ramp[0].x}" y="${ramp[0].y}" width="8" height="8" fill="none" stroke="#999" stroke-width="0.1"/>`,
    `<g stroke="#000" stroke-width="0.15" fill="none"><path d="M${ruler.x} ${ruler.y}h${ruler.lengthMm}"/>${ticks.join('')}</g>`,
    ...words,
    '</svg>',
  ].join('\n');
}

const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / Math.max(1, values.length));

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
