import { type ColourSample, sampleColour } from '../photo/colour.ts';
import { linearTable } from '../photo/linear.ts';
import { createMask, createPicture, type Mask, type Picture } from '../photo/picture.ts';
import { couldBeSkin } from './features.ts';
import { squaredDistanceTo } from './mask.ts';

/**
 * Colours of the patch and of the skin it must match. Skin beside a patch is itself lighter than skin further away
 * (n = 25, colorimeter), so the target is read at a distance and the edge is kept apart: domain notes 4.1.
 */
export interface SkinSamples {
  readonly ok: true;
  /** Core of the patch, away from its soft border. */
  readonly patch: ColourSample;
  /** Skin just outside the border. */
  readonly edge?: ColourSample;
  /** Skin some distance away: 5 cm when the scale is known and the picture reaches so far. */
  readonly surround: ColourSample;
  /** Where the surround was read, from the border. */
  readonly surroundDistance: { readonly fromPx: number; readonly toPx: number; readonly mm?: number };
  readonly masks: { readonly patch: Mask; readonly edge: Mask; readonly surround: Mask };
}

export interface SampleRefusal {
  readonly ok: false;
  readonly reason: 'region-empty' | 'region-too-small' | 'no-surround';
  readonly message: string;
  readonly field: 'mask';
}

/**
 * Reads patch core, edge ring and distant skin; only pixels that look like skin, glare and hair left out. Of a large
 * picture it reads every second, third, … row and column; `pixels` counts those read.
 */
export function sampleSkin(picture: Picture, mask: Mask, mmPerPx?: number): SkinSamples | SampleRefusal {
  let areaPx = 0;
  for (const cover of mask.alpha) if (cover >= 128) areaPx++;
  if (areaPx === 0) {
    return {
      ok: false,
      reason: 'region-empty',
      message: 'The region is empty; tap or paint the patch first.',
      field: 'mask',
    };
  }
  if (areaPx < 60) {
    return {
      ok: false,
      reason: 'region-too-small',
      message: `The region covers ${areaPx} px, too few to read a colour (60 needed); take the photo closer.`,
      field: 'mask',
    };
  }
  const step = thinning(picture, areaPx);
  if (step === 1) return readBands(picture, mask, mmPerPx);
  const read = readBands(thinPicture(picture, step), thinMask(mask, step), mmPerPx && mmPerPx * step);
  if (!read.ok) return read;
  const { fromPx, toPx } = read.surroundDistance;
  return {
    ...read,
    surroundDistance: { ...read.surroundDistance, fromPx: fromPx * step, toPx: toPx * step },
    masks: {
      patch: widenMask(read.masks.patch, step, mask),
      edge: widenMask(read.masks.edge, step, mask),
      surround: widenMask(read.masks.surround, step, mask),
    },
  };
}

/** Pixels enough to read colours from, and pixels of the patch that must be left of them. */
const enough = { picture: 600_000, patch: 2_000 };

/** Every how many rows and columns of a picture are enough to read. */
function thinning({ widthPx, heightPx }: Picture, areaPx: number): number {
  const wanted = Math.floor(Math.sqrt((widthPx * heightPx) / enough.picture));
  return Math.max(1, Math.min(wanted, Math.floor(Math.sqrt(areaPx / enough.patch))));
}

/** Every `step`-th pixel of every `step`-th row, as it is: an average would hide grain and mix border and glare in. */
function thinPicture(picture: Picture, step: number): Picture {
  const out = createPicture(Math.floor(picture.widthPx / step), Math.floor(picture.heightPx / step));
  for (let y = 0, o = 0; y < out.heightPx; y++) {
    let i = ((y * step + (step >> 1)) * picture.widthPx + (step >> 1)) * 4;
    for (let x = 0; x < out.widthPx; x++, i += step * 4, o += 4) {
      out.rgba[o] = picture.rgba[i];
      out.rgba[o + 1] = picture.rgba[i + 1];
      out.rgba[o + 2] = picture.rgba[i + 2];
    }
  }
  return out;
}

function thinMask(mask: Mask, step: number): Mask {
  const out = createMask(Math.floor(mask.widthPx / step), Math.floor(mask.heightPx / step));
  for (let y = 0, o = 0; y < out.heightPx; y++) {
    let p = (y * step + (step >> 1)) * mask.widthPx + (step >> 1);
    for (let x = 0; x < out.widthPx; x++, p += step, o++) out.alpha[o] = mask.alpha[p];
  }
  return out;
}

/** A thinned mask on the grid it was thinned from. */
function widenMask(thin: Mask, step: number, like: Mask): Mask {
  const out = createMask(like.widthPx, like.heightPx);
  for (let y = 0; y < thin.heightPx; y++) {
    for (let x = 0; x < thin.widthPx; x++) {
      const cover = thin.alpha[y * thin.widthPx + x];
      if (cover === 0) continue;
      for (let dy = 0; dy < step; dy++) {
        const p = (y * step + dy) * like.widthPx + x * step;
        out.alpha.fill(cover, p, p + step);
      }
    }
  }
  return out;
}

function readBands(picture: Picture, mask: Mask, mmPerPx: number | undefined): SkinSamples | SampleRefusal {
  const { widthPx, heightPx } = picture;
  const inside = mask.alpha.map((v) => (v >= 128 ? 1 : 0));
  const areaPx = inside.reduce((sum, v) => sum + v, 0);
  const toIn = squaredDistanceTo(inside, widthPx, heightPx);
  const toOut = squaredDistanceTo(
    inside.map((v) => 1 - v),
    widthPx,
    heightPx,
  );
  let deepest = 0;
  for (const d2 of toOut) deepest = Math.max(deepest, d2);
  const inradiusPx = Math.sqrt(deepest);
  const radiusPx = Math.sqrt(areaPx / Math.PI);
  const readable = readableSkin(picture);

  const insetPx = Math.min(inradiusPx * 0.4, Math.max(2, radiusPx * 0.12));
  const patchMask = band(mask, (p) => readable[p] !== 0 && toOut[p] >= insetPx * insetPx);
  const patch = sampleColour(picture, patchMask);

  const gapPx = Math.max(2, radiusPx * 0.06);
  const edgePx = gapPx + (mmPerPx ? 5 / mmPerPx : Math.max(4, radiusPx * 0.25));
  const edgeMask = band(
    mask,
    (p) => readable[p] === 1 && toIn[p] >= gapPx * gapPx && toIn[p] <= edgePx * edgePx,
  );
  const edge = sampleColour(picture, edgeMask);

  const wantedPx = mmPerPx ? 50 / mmPerPx : radiusPx * 1.5;
  for (const share of [1, 0.7, 0.5, 0.35, 0.2]) {
    const fromPx = Math.max(edgePx, wantedPx * share * 0.8);
    const toPx = Math.max(fromPx + 3, wantedPx * share * 1.2);
    const surroundMask = band(
      mask,
      (p) => readable[p] === 1 && toIn[p] >= fromPx * fromPx && toIn[p] <= toPx * toPx,
    );
    const surround = sampleColour(picture, surroundMask);
    if (!patch || !surround || surround.pixels < Math.max(40, areaPx * 0.02)) continue;
    return {
      ok: true,
      patch,
      ...(edge ? { edge } : {}),
      surround,
      surroundDistance: { fromPx, toPx, ...(mmPerPx ? { mm: ((fromPx + toPx) / 2) * mmPerPx } : {}) },
      masks: { patch: patchMask, edge: edgeMask, surround: surroundMask },
    };
  }
  return {
    ok: false,
    reason: 'no-surround',
    message: 'No skin is seen around the region to compare it with; take the photo from further away.',
    field: 'mask',
  };
}

/** 1 where a pixel shows skin that can be read: the colour of skin, neither glare nor clipped nor black. */
function readableSkin(picture: Picture): Uint8Array {
  const table = linearTable();
  const logs = Float32Array.from(table, (v) => Math.log(Math.max(v, 0.0024)));
  const out = new Uint8Array(picture.widthPx * picture.heightPx);
  for (let p = 0, i = 0; p < out.length; p++, i += 4) {
    const r = picture.rgba[i];
    const g = picture.rgba[i + 1];
    const b = picture.rgba[i + 2];
    out[p] = r < 252 && g < 250 && b < 250 && couldBeSkin(logs[r], logs[g], logs[b]) ? 1 : 0;
  }
  return out;
}

function band(like: Mask, belongs: (p: number) => boolean): Mask {
  const out = createMask(like.widthPx, like.heightPx);
  for (let p = 0; p < out.alpha.length; p++) if (belongs(p)) out.alpha[p] = 255;
  return out;
}
