import { type ColourSample, sampleColour } from '../photo/colour.ts';
import { linearTable } from '../photo/linear.ts';
import { createMask, type Mask, type Picture } from '../photo/picture.ts';
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

/** Reads patch core, edge ring and distant skin; only cells that look like skin, glare and hair left out. */
export function sampleSkin(picture: Picture, mask: Mask, mmPerPx?: number): SkinSamples | SampleRefusal {
  const { widthPx, heightPx } = picture;
  const inside = Uint8Array.from(mask.alpha, (v) => (v >= 128 ? 1 : 0));
  const areaPx = inside.reduce((sum, v) => sum + v, 0);
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
  const toIn = squaredDistanceTo(inside, widthPx, heightPx);
  const toOut = squaredDistanceTo(
    Uint8Array.from(inside, (v) => 1 - v),
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
