import { type Box, linearTable, type Mask, type Picture } from '../photo/index.ts';
import { type BorderReading, type BorderView, borderJumps, isRead, type Jump, type Rgb3 } from './border.ts';
import { darkestLight, healedLight, type Planes, planes } from './healed-light.ts';
import { snapCover } from './snap-cover.ts';

export type { Rgb3 } from './border.ts';

/**
 * What is known about a region of a picture once its border has been read: by how much the region differs from the
 * skin around it, as differences of the natural logarithm of linear sRGB, and where. Made once; rendering any
 * colour from it is quick.
 */
export interface Blend {
  readonly picture: Picture;
  /** The part of the picture that can change. */
  readonly box: Box;
  /** How much of each pixel belongs to the region, 0..1, snapped to the border seen in the picture. */
  readonly cover: Float32Array;
  /** Linear light of the box with the region coloured like the skin around it, clipped channels rebuilt. */
  readonly healed: readonly [Float32Array, Float32Array, Float32Array];
  /** How far ln of the region's linear light rises to become that of the skin around: mean, standard error. */
  readonly meanOffset: Rgb3;
  readonly meanOffsetSd: Rgb3;
  /**
   * Whether the region is known to be a whole lip or, where nothing was expected of it, is darker than the skin around it. It is
   * not to become like that skin, so what its border differs from place to place is its own light and shine, and stays: the
   * offset is the mean one everywhere.
   */
  readonly keepsOwnTone: boolean;
  /** Border places read, and those left out because they show no skin or none that is alike. */
  readonly places: { readonly used: number; readonly dropped: number };
  /** Share of the region with a clipped channel: there the texture is rebuilt, not read. */
  readonly clipped01: number;
}

export interface BlendRefusal {
  readonly ok: false;
  readonly reason: 'region-empty' | 'region-overexposed' | 'no-border' | 'no-difference';
  readonly message: string;
  readonly field: 'mask';
}

/** Places on the border below which nothing is concluded. */
const leastPlaces = 6;

/** ln of light: 2 %, about half a CIEDE2000 unit. */
const leastDifference = 0.02;

/** ln of green light by which a region is darker than its surround from which it is taken for a whole lip. */
const leastOwnTone = 0.05;

/** Encoded values from here on are taken as clipped. */
const clippedFrom = 253;

/**
 * Reads a region's border. The colour of the skin around is compared locally, across the border, so that shading
 * cancels; a place where the other side is hair, shadow or background disagrees with the rest and is dropped. That a region
 * is a whole lip is best known beforehand: in a small or blurred photograph the step at its border may have either sign.
 */
export function prepareBlend(
  picture: Picture,
  mask: Mask,
  expected?: 'lighter' | 'darker',
  isWholeLip = false,
): ({ ok: true } & Blend) | BlendRefusal {
  const region = regionBox(mask);
  if (!region) {
    return {
      ok: false,
      reason: 'region-empty',
      message: 'The region is empty; tap or paint it first.',
      field: 'mask',
    };
  }
  const radiusPx = Math.sqrt(region.areaPx / Math.PI);
  const margin = 2 * Math.round(Math.min(64, Math.max(6, radiusPx * 0.2))) + 4;
  const x = Math.max(0, region.x0 - margin);
  const y = Math.max(0, region.y0 - margin);
  const box: Box = {
    x,
    y,
    widthPx: Math.min(mask.widthPx, region.x1 + 1 + margin) - x,
    heightPx: Math.min(mask.heightPx, region.y1 + 1 + margin) - y,
  };
  const { widthPx, heightPx } = box;
  const count = widthPx * heightPx;
  const table = linearTable();
  const logs = Float32Array.from(table, (v) => Math.log(Math.max(v, darkestLight)));
  const light = planes(count);
  const log = planes(count);
  const clipped = new Uint8Array(count);
  const drawn = new Float32Array(count);
  const [red, green, blue] = light;
  const [lnRed, lnGreen, lnBlue] = log;
  for (let row = 0, p = 0; row < heightPx; row++) {
    let source = (y + row) * mask.widthPx + x;
    for (let column = 0; column < widthPx; column++, p++, source++) {
      drawn[p] = mask.alpha[source] / 255;
      const at = source * 4;
      const [r, g, b] = [picture.rgba[at], picture.rgba[at + 1], picture.rgba[at + 2]];
      red[p] = table[r];
      green[p] = table[g];
      blue[p] = table[b];
      lnRed[p] = logs[r];
      lnGreen[p] = logs[g];
      lnBlue[p] = logs[b];
      const bits = (r >= clippedFrom ? 1 : 0) | (g >= clippedFrom ? 2 : 0) | (b >= clippedFrom ? 4 : 0);
      clipped[p] = bits;
    }
  }

  const factor = Math.ceil(Math.sqrt(count / mostReadPx));
  const view = coarseView(
    { widthPx, heightPx, log, clipped, cover: drawn, ...(expected ? { expected } : {}) },
    factor,
  );
  const windowPx = Math.round(Math.min(32, Math.max(6, (radiusPx / factor) * 0.2)));
  let reading = borderJumps(view, windowPx);
  let inside = 0;
  let insideClipped = 0;
  for (let p = 0; p < count; p++) {
    inside += drawn[p];
    if (clipped[p] !== 0) insideClipped += drawn[p];
  }
  const clipped01 = insideClipped / inside;
  if (placesRead(reading) < leastPlaces) {
    if (clipped01 > 0.5) {
      return {
        ok: false,
        reason: 'region-overexposed',
        message: `${Math.round(clipped01 * 100)} % of the region is overexposed, so its colour cannot be read; photograph again with less light or without flash.`,
        field: 'mask',
      };
    }
    // Green and blue were read: it is red that has run over, in the region or in the skin beside it.
    if (reading.jumps.length >= leastPlaces) {
      return {
        ok: false,
        reason: 'region-overexposed',
        message:
          'The region’s border is overexposed, so its colour cannot be read; photograph again with less light or without flash.',
        field: 'mask',
      };
    }
    return {
      ok: false,
      reason: 'no-border',
      message:
        expected === undefined
          ? 'Too little skin is seen around the region to tell what it should look like; draw the region smaller or take the photo from further away.'
          : `The region is not ${expected} than the skin around it, or too little skin is seen around it; check the region, or take the photo from further away.`,
      field: 'mask',
    };
  }
  if (expected !== undefined && Math.max(...reading.mean.map(Math.abs)) < leastDifference) {
    return {
      ok: false,
      reason: 'no-difference',
      message:
        'The region has the colour of the skin around it, so there is nothing to match; check the region.',
      field: 'mask',
    };
  }
  let seen = snapCover(view, reading.mean, windowPx);
  if (seen !== view.cover) {
    // A border drawn wrong spoils the places read along it: read again along the border that was found.
    const again = borderJumps({ ...view, cover: seen }, windowPx);
    if (placesRead(again) >= leastPlaces) {
      reading = again;
      seen = snapCover({ ...view, cover: seen }, reading.mean, windowPx);
    }
  }
  const cover =
    seen === view.cover ? drawn : stretched(seen, view.widthPx, view.heightPx, factor, widthPx, heightPx);
  const jumps = reading.jumps.map((jump) => ({
    ...jump,
    x: jump.x * factor + (factor - 1) / 2,
    y: jump.y * factor + (factor - 1) / 2,
  }));
  const keepsOwnTone = isWholeLip || (expected === undefined && reading.mean[1] < -leastOwnTone);
  const local = keepsOwnTone ? [] : jumps;
  const offset = offsetField(local, reading.mean, reading.spread, widthPx, heightPx, radiusPx);
  const healed = healedLight(light, log, clipped, cover, offset, widthPx, heightPx, keepsOwnTone);
  return {
    ok: true,
    picture,
    box,
    cover,
    healed,
    meanOffset: [-reading.mean[0], -reading.mean[1], -reading.mean[2]],
    meanOffsetSd: reading.meanSd,
    keepsOwnTone,
    places: { used: reading.jumps.length, dropped: reading.dropped },
    clipped01,
  };
}

/** Places at which the channel that was read at fewest of them was read. */
const placesRead = ({ jumps }: BorderReading): number =>
  Math.min(...[0, 1, 2].map((c) => jumps.filter((jump) => isRead(jump, c)).length));

/** More pixels than this around a region are averaged over whole blocks before its border is read. */
const mostReadPx = 800_000;

/** The view averaged over blocks of `factor` x `factor`; a block with a clipped pixel counts as clipped. */
function coarseView(view: BorderView, factor: number): BorderView {
  if (factor === 1) return view;
  const widthPx = Math.ceil(view.widthPx / factor);
  const heightPx = Math.ceil(view.heightPx / factor);
  const log = planes(widthPx * heightPx);
  const cover = new Float32Array(widthPx * heightPx);
  const clipped = new Uint8Array(widthPx * heightPx);
  const weight = new Float32Array(widthPx * heightPx);
  for (let y = 0, p = 0; y < view.heightPx; y++) {
    const row = Math.floor(y / factor) * widthPx;
    for (let x = 0; x < view.widthPx; x++, p++) {
      const q = row + Math.floor(x / factor);
      weight[q]++;
      cover[q] += view.cover[p];
      clipped[q] |= view.clipped[p];
      log[0][q] += view.log[0][p];
      log[1][q] += view.log[1][p];
      log[2][q] += view.log[2][p];
    }
  }
  for (let q = 0; q < weight.length; q++) {
    const share = 1 / weight[q];
    cover[q] *= share;
    for (let c = 0; c < 3; c++) log[c][q] *= share;
  }
  return { ...view, widthPx, heightPx, log, cover, clipped };
}

/** A coarse plane at full size, bilinearly. */
function stretched(
  coarse: Float32Array,
  coarseWidthPx: number,
  coarseHeightPx: number,
  factor: number,
  widthPx: number,
  heightPx: number,
): Float32Array {
  if (factor === 1) return coarse;
  const out = new Float32Array(widthPx * heightPx);
  for (let y = 0, p = 0; y < heightPx; y++) {
    const gy = Math.min(Math.max((y + 0.5) / factor - 0.5, 0), coarseHeightPx - 1);
    const y0 = Math.min(Math.floor(gy), coarseHeightPx - 2);
    const ty = gy - y0;
    for (let x = 0; x < widthPx; x++, p++) {
      const gx = Math.min(Math.max((x + 0.5) / factor - 0.5, 0), coarseWidthPx - 1);
      const x0 = Math.min(Math.floor(gx), coarseWidthPx - 2);
      const tx = gx - x0;
      const k = y0 * coarseWidthPx + x0;
      const top = coarse[k] + (coarse[k + 1] - coarse[k]) * tx;
      const low =
        coarse[k + coarseWidthPx] + (coarse[k + coarseWidthPx + 1] - coarse[k + coarseWidthPx]) * tx;
      out[p] = top + (low - top) * ty;
    }
  }
  return out;
}

function regionBox(
  mask: Mask,
): { x0: number; y0: number; x1: number; y1: number; areaPx: number } | undefined {
  let x0 = mask.widthPx;
  let x1 = -1;
  let y0 = mask.heightPx;
  let y1 = -1;
  let sum = 0;
  for (let y = 0, p = 0; y < mask.heightPx; y++) {
    for (let x = 0; x < mask.widthPx; x++, p++) {
      const a = mask.alpha[p];
      if (a === 0) continue;
      sum += a;
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      y1 = y;
    }
  }
  return sum === 0 ? undefined : { x0, y0, x1, y1, areaPx: sum / 255 };
}

/** Side of the coarse grid on which the offset is estimated before it is stretched over the box. */
const fieldNodes = 40;

/**
 * The offset over the box: border jumps averaged with a Gaussian of a third of the region's radius, drawn towards
 * the mean where few places speak. How much they may differ from the mean is taken from their own spread, so noise
 * does not become blotches.
 */
function offsetField(
  jumps: readonly Jump[],
  mean: Rgb3,
  spread: { readonly noise2: Rgb3; readonly between2: Rgb3 },
  widthPx: number,
  heightPx: number,
  radiusPx: number,
): Planes {
  const stepX = Math.max(1, (widthPx - 1) / (fieldNodes - 1));
  const stepY = Math.max(1, (heightPx - 1) / (fieldNodes - 1));
  const reachPx = Math.max(6, radiusPx / 3);
  const field = planes(fieldNodes * fieldNodes);
  for (let j = 0; j < fieldNodes; j++) {
    for (let i = 0; i < fieldNodes; i++) {
      const weight = [0, 0, 0];
      const sum = [0, 0, 0];
      for (const jump of jumps) {
        const dx = jump.x - i * stepX;
        const dy = jump.y - j * stepY;
        const w = Math.exp(-(dx * dx + dy * dy) / (2 * reachPx * reachPx));
        for (let c = 0; c < 3; c++) {
          if (!isRead(jump, c)) continue;
          weight[c] += w;
          sum[c] += w * (jump.rise[c] - mean[c]);
        }
      }
      for (let c = 0; c < 3; c++) {
        const pull = spread.noise2[c] / Math.max(spread.between2[c], 1e-6);
        field[c][j * fieldNodes + i] = -(mean[c] + sum[c] / (weight[c] + pull));
      }
    }
  }
  const out = planes(widthPx * heightPx);
  for (let y = 0, p = 0; y < heightPx; y++) {
    const gy = Math.min(y / stepY, fieldNodes - 1.001);
    const row = Math.floor(gy);
    const ty = gy - row;
    for (let x = 0; x < widthPx; x++, p++) {
      const gx = Math.min(x / stepX, fieldNodes - 1.001);
      const column = Math.floor(gx);
      const tx = gx - column;
      const k = row * fieldNodes + column;
      for (let c = 0; c < 3; c++) {
        const f = field[c];
        const top = f[k] + (f[k + 1] - f[k]) * tx;
        const low = f[k + fieldNodes] + (f[k + fieldNodes + 1] - f[k + fieldNodes]) * tx;
        out[c][p] = top + (low - top) * ty;
      }
    }
  }
  return out;
}
