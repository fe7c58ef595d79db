import type { Mask } from '../photo/picture.ts';
import { type DensityMap, type DensityProfile, densityMap } from './density.ts';
import { partsOf, reachOf, thresholdsOf } from './dot-thresholds.ts';
import { dotTileLeastPoints, dotTilePoints, dotTilesBase64 } from './dot-tiles.ts';
import { hash01, hash32 } from './hash.ts';

/** Where the needle goes, in millimetres from the top left corner of the region's picture. */
export interface Dots {
  readonly count: number;
  readonly xMm: Float32Array;
  readonly yMm: Float32Array;
  /** Index of the tone (0 the most frequent) each dot is given. */
  readonly tone: Uint8Array;
  /** Index of the session in which the dot is set. */
  readonly stage: Uint8Array;
  /** Integral of the wanted density. */
  readonly expectedCount: number;
  readonly areaCm2: number;
  /** How much of a dot's disc is seen, 0..1: dots on skin that turns away are narrow in the picture. Missing: all. */
  readonly seen01?: Float32Array;
}

export interface DotOptions {
  /** Same seed, same dots. */
  readonly seed: number;
  /**
   * The density at which the tiles are used up; it fixes their scale. Of maps laid with the same value and seed, the
   * one whose density is the other's times a number above 1 holds its dots. Default 400, which leaves a quarter
   * to choose from up to 320; 500 up to 400; four times more as often as the map needs it.
   */
  readonly fullPerCm2?: number;
  /** Shares of two or three tones, adding to 1; default one tone. */
  readonly toneShares?: readonly number[];
  /** Cumulative shares after each session, the last 1; default one session. Scalp: 0.3, 0.7, 1. */
  readonly stageShares?: readonly number[];
  /** Decoded tiles, when many maps are laid. */
  readonly tiles?: DotTiles;
}

/** The tiles of progressive blue noise, decoded. Coordinates in tile sides, 0..1. */
export interface DotTiles {
  readonly x: readonly Float32Array[];
  readonly y: readonly Float32Array[];
}

/** Decodes the committed tiles; about 2 ms. See tools/build-dot-tiles.ts for how they are made. */
export function decodeDotTiles(): DotTiles {
  const x: Float32Array[] = [];
  const y: Float32Array[] = [];
  for (const base64 of dotTilesBase64) {
    const bytes = atob(base64);
    const tileX = new Float32Array(dotTilePoints);
    const tileY = new Float32Array(dotTilePoints);
    const word = (b: number) => ((bytes.charCodeAt(b) << 8) | bytes.charCodeAt(b + 1)) / 65536 + 1 / 131072;
    for (let i = 0; i < dotTilePoints; i++) {
      tileX[i] = word(i * 4);
      tileY[i] = word(i * 4 + 2);
    }
    x.push(tileX);
    y.push(tileY);
  }
  return { x, y };
}

/** {@link layDotsByDensity} of a region filled by a profile. */
export function layDots(
  mask: Mask,
  options: DotOptions & { readonly mmPerPx: number; readonly profile: DensityProfile },
): Dots {
  return layDotsByDensity(densityMap(mask, options.mmPerPx, options.profile, options.seed), options);
}

/**
 * Dots whose local density follows the map, evenly spread at every density.
 *
 * The plane is paved with square tiles, turned and shifted by the seed; which tile lies where is drawn by hash. Point
 * `j` of a tile is a candidate where the map asks for more than `(j + u) / 4096` of the full density, `u` being drawn
 * once per place. That alone gives the right count on average; the threshold is then moved, part by part of the region,
 * until the part holds its number ({@link thresholdsOf}). Strokes of the density brush multiply the threshold and do
 * not move it, so that they only add or only take away, and only where they lie. Spacing is at least 0.75 /
 * sqrt(density) where the density is even and above 2 % of the full density.
 */
export function layDotsByDensity(map: DensityMap, options: DotOptions): Dots {
  const tiles = options.tiles ?? decodeDotTiles();
  const plannedMost = map.planned?.maxPerCm2 ?? map.maxPerCm2;
  const full = options.fullPerCm2 ?? defaultFull(plannedMost);
  const sideMm = Math.sqrt(dotTilePoints / full) * 10;
  const angle = hash01(options.seed, 1) * 2 * Math.PI;
  const cos = Math.cos(angle) * sideMm;
  const sin = Math.sin(angle) * sideMm;
  const shiftX = hash01(options.seed, 2) * sideMm;
  const shiftY = hash01(options.seed, 3) * sideMm;
  const toneEnds = cumulative(options.toneShares ?? [1]);
  const stageEnds = options.stageShares ?? [1];
  const perMm = 1 / map.mmPerPx;
  const { widthPx, heightPx, perCm2, skinPerMap } = map;
  const widthMm = widthPx * map.mmPerPx;
  const heightMm = heightPx * map.mmPerPx;
  const { planned, ofIsland } = partsOf(map, full);
  const islandOfCell = ofIsland && map.islands?.ofCell;
  const reach = planned.map(reachOf);
  const plannedPerCm2 = map.planned?.perCm2;
  const wantedPerCm2 = plannedPerCm2 ?? perCm2;
  const most = Math.max(map.maxPerCm2, plannedMost) * reach.reduce((a, b) => Math.max(a, b));
  const use = Math.min(dotTilePoints, Math.ceil((most / full) * dotTilePoints));
  const perRank = full / dotTilePoints;

  let capacity = Math.ceil(map.expectedCount * 1.1) + 1024;
  let xMm = new Float32Array(capacity);
  let yMm = new Float32Array(capacity);
  let tone = new Uint8Array(capacity);
  let ratio = new Float64Array(capacity);
  let cellOf = new Uint32Array(capacity);
  let found = 0;

  const rows = tileRange(widthMm, heightMm, shiftX, shiftY, cos, sin);
  for (let row = rows.firstRow; row <= rows.lastRow; row++) {
    for (let column = rows.firstColumn; column <= rows.lastColumn; column++) {
      const x0 = column * cos - row * sin + shiftX;
      const y0 = column * sin + row * cos + shiftY;
      if (missesBox(x0, y0, cos, sin, widthMm, heightMm)) continue;
      const which = hash32(options.seed, column, row, 4) % tiles.x.length;
      const tileX = tiles.x[which];
      const tileY = tiles.y[which];
      const offset = hash01(options.seed, column, row, 5);
      const toneStart = hash01(options.seed, column, row, 6);
      if (found + use > capacity) {
        capacity = Math.max(capacity * 2, found + use);
        xMm = grown(xMm, new Float32Array(capacity));
        yMm = grown(yMm, new Float32Array(capacity));
        tone = grown(tone, new Uint8Array(capacity));
        ratio = grown(ratio, new Float64Array(capacity));
        cellOf = grown(cellOf, new Uint32Array(capacity));
      }
      for (let j = 0; j < use; j++) {
        const u = tileX[j];
        const v = tileY[j];
        const x = x0 + u * cos - v * sin;
        const y = y0 + u * sin + v * cos;
        const px = Math.floor(x * perMm);
        const py = Math.floor(y * perMm);
        if (px < 0 || py < 0 || px >= widthPx || py >= heightPx) continue;
        const cell = py * widthPx + px;
        const wanted = wantedPerCm2[cell];
        const asked = (j + offset) * perRank;
        const mostHere = plannedPerCm2 ? Math.max(wanted, perCm2[cell]) : wanted;
        if (asked >= mostHere * reach[islandOfCell ? ofIsland[islandOfCell[cell]] : 0]) continue;
        xMm[found] = x;
        yMm[found] = y;
        ratio[found] = asked / wanted;
        cellOf[found] = cell;
        // Neighbours in the order lie far apart, so a golden-ratio walk spreads each tone evenly too.
        if (toneEnds.length > 1) tone[found] = indexBelow(toneEnds, (toneStart + j * 0.618033988749895) % 1);
        found++;
      }
    }
  }

  const part = islandOfCell && cellOf.subarray(0, found).map((cell) => ofIsland[islandOfCell[cell]]);
  const thresholds = thresholdsOf({ count: found, ratio, ...(part && { part }) }, planned, stageEnds);
  const stages = stageEnds.length;
  const stage = new Uint8Array(found);
  let count = 0;
  for (let i = 0; i < found; i++) {
    const first = (part?.[i] ?? 0) * stages;
    const at = plannedPerCm2 ? (ratio[i] * plannedPerCm2[cellOf[i]]) / perCm2[cellOf[i]] : ratio[i];
    let session = 0;
    while (session < stages && at >= thresholds[first + session]) session++;
    if (session === stages) continue;
    xMm[count] = xMm[i];
    yMm[count] = yMm[i];
    tone[count] = tone[i];
    stage[count] = session;
    count++;
  }
  return {
    count,
    xMm: xMm.subarray(0, count),
    yMm: yMm.subarray(0, count),
    tone: tone.subarray(0, count),
    stage: stage.subarray(0, count),
    expectedCount: map.expectedCount,
    areaCm2: map.areaCm2,
    ...(skinPerMap && {
      seen01: Float32Array.from({ length: count }, (_, i) => 1 / skinPerMap(xMm[i], yMm[i])),
    }),
  };
}

/**
 * As told at {@link DotOptions.fullPerCm2}. Below 9 per cm² tiles would meet badly: one step less. The steps below 320 are
 * those of plans made before there was a threshold to move, so that their dots are found where they were.
 */
function defaultFull(maxPerCm2: number): number {
  if (maxPerCm2 <= 0) return 400;
  if (maxPerCm2 > 320) return 500 * 4 ** Math.max(0, Math.ceil(Math.log2(maxPerCm2 / 400) / 2));
  const least = (400 * dotTileLeastPoints) / dotTilePoints;
  return 400 * 4 ** Math.min(0, Math.floor(Math.log2(maxPerCm2 / least) / 2));
}

function cumulative(shares: readonly number[]): number[] {
  let sum = 0;
  return shares.map((share) => (sum += share));
}

/** Index of the first end above the value; the last when rounding leaves none. */
function indexBelow(ends: readonly number[], value: number): number {
  for (let i = 0; i < ends.length - 1; i++) if (value < ends[i]) return i;
  return ends.length - 1;
}

function grown<T extends Float32Array | Float64Array | Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Tiles that can touch the picture: the picture's corners, turned into tile coordinates. */
function tileRange(
  widthMm: number,
  heightMm: number,
  shiftX: number,
  shiftY: number,
  cos: number,
  sin: number,
) {
  const scale = 1 / (cos * cos + sin * sin);
  const columns: number[] = [];
  const rows: number[] = [];
  for (const [x, y] of [
    [0, 0],
    [widthMm, 0],
    [0, heightMm],
    [widthMm, heightMm],
  ]) {
    columns.push(((x - shiftX) * cos + (y - shiftY) * sin) * scale);
    rows.push(((y - shiftY) * cos - (x - shiftX) * sin) * scale);
  }
  return {
    firstColumn: Math.floor(Math.min(...columns)),
    lastColumn: Math.floor(Math.max(...columns)),
    firstRow: Math.floor(Math.min(...rows)),
    lastRow: Math.floor(Math.max(...rows)),
  };
}

function missesBox(
  x0: number,
  y0: number,
  cos: number,
  sin: number,
  widthMm: number,
  heightMm: number,
): boolean {
  const left = x0 + Math.min(0, cos) + Math.min(0, -sin);
  const right = x0 + Math.max(0, cos) + Math.max(0, -sin);
  const top = y0 + Math.min(0, sin) + Math.min(0, cos);
  const bottom = y0 + Math.max(0, sin) + Math.max(0, cos);
  return right < 0 || left > widthMm || bottom < 0 || top > heightMm;
}
