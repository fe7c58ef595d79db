import type { PixelKernels } from '../kernels/index.ts';
import { type Box, createPicture, type Picture } from '../photo/picture.ts';
import { type SkinMapName, skinMaps } from './skin-maps.ts';

/** A map as a picture to look at. */
export interface DrawnSkinMap {
  readonly picture: Picture;
  /**
   * From the one end of the ramp to the other, natural log of light: 0.1 is about a tenth of the light in green (of all
   * light, for shading). Where the ends lie depends on camera and lamp, and says nothing.
   */
  readonly span: number;
}

/**
 * Colours of each map from its least value to its most, sRGB, evenly spaced and blended between. Lightness falls (for shading,
 * rises) all the way, so that they can be told apart without seeing their hue.
 */
export const skinMapRamps: Readonly<Record<SkinMapName, readonly (readonly [number, number, number])[]>> = {
  melanin: [
    [255, 246, 224],
    [218, 160, 92],
    [130, 72, 28],
    [36, 16, 8],
  ],
  blood: [
    [255, 246, 244],
    [240, 150, 142],
    [186, 30, 56],
    [62, 0, 26],
  ],
  shading: [
    [8, 8, 8],
    [248, 248, 248],
  ],
};

/** Levels at which a channel is burnt out, and all three are black: nothing can be read there. As in photo/quality. */
const burntLevel = 253;
const blackLevel = 6;
/** Means are taken over squares of about this share of the shorter side: a single pixel is mostly the file's compression. */
const meanShare = 1 / 320;
/** Share of the values left beyond each end of the ramp, which is drawn as the end… */
const tail01 = 0.02;
/** …and how far an end may lie from the middle: a bare patch on very dark skin lies 1.4 from it, cloth and hair further. */
const farthest = 1.5;
/** The ramp never stands for less than this: what eight bits and compression leave of an even surface. */
const leastSpan = 0.1;
/** Values looked at to find the ends of the ramp. */
const enoughValues = 100_000;

/** Planes of the picture's size that {@link drawSkinMap} asks the kernels for. */
export const drawnPlanes = 4;

/**
 * Draws one map of a picture. Burnt-out and black places are chequered in grey.
 * @param around where the ramp's ends are taken from; without it, from the whole picture
 */
export function drawSkinMap(
  picture: Picture,
  name: SkinMapName,
  kernels: PixelKernels,
  around?: Box,
): DrawnSkinMap {
  const { widthPx, heightPx } = picture;
  const values = skinMaps(picture, kernels)[name];
  const readable = readableOf(picture);
  for (let p = 0; p < values.length; p++) values[p] *= readable[p];
  const radiusPx = Math.round((Math.min(widthPx, heightPx) * meanShare) / 2);
  if (radiusPx > 0) {
    const share = kernels.plane(readable.length);
    kernels.boxMean(values, widthPx, heightPx, radiusPx, values);
    kernels.boxMean(readable, widthPx, heightPx, radiusPx, share);
    for (let p = 0; p < values.length; p++) if (readable[p] > 0) values[p] /= share[p];
  }
  const { low, span } = endsOf(values, readable, picture, around);
  const ramp = rampOf(name);
  const out = createPicture(widthPx, heightPx);
  const squarePx = Math.max(2, Math.round(Math.min(widthPx, heightPx) / 120));
  for (let y = 0, p = 0, o = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, p++, o += 4) {
      if (readable[p] === 0) {
        const level = (Math.floor(x / squarePx) + Math.floor(y / squarePx)) % 2 === 0 ? 118 : 138;
        out.rgba.fill(level, o, o + 3);
        continue;
      }
      const at = Math.min(255, Math.max(0, Math.round(((values[p] - low) / span) * 255)));
      out.rgba[o] = ramp[at * 3];
      out.rgba[o + 1] = ramp[at * 3 + 1];
      out.rgba[o + 2] = ramp[at * 3 + 2];
    }
  }
  return { picture: out, span };
}

/** 1 where all three channels say something, 0 where they are burnt out or black. */
export function readableOf({ rgba }: Picture): Float32Array {
  const readable = new Float32Array(rgba.length / 4);
  for (let p = 0, i = 0; p < readable.length; p++, i += 4) {
    const most = Math.max(rgba[i], rgba[i + 1], rgba[i + 2]);
    readable[p] = most < burntLevel && most > blackLevel ? 1 : 0;
  }
  return readable;
}

function endsOf(
  values: Float32Array,
  readable: Float32Array,
  { widthPx, heightPx }: Picture,
  box: Box = { x: 0, y: 0, widthPx, heightPx },
): { readonly low: number; readonly span: number } {
  const step = Math.max(1, Math.ceil(Math.sqrt((box.widthPx * box.heightPx) / enoughValues)));
  const seen: number[] = [];
  for (let y = box.y; y < box.y + box.heightPx; y += step)
    for (let x = box.x; x < box.x + box.widthPx; x += step) {
      const p = y * widthPx + x;
      if (readable[p] > 0) seen.push(values[p]);
    }
  if (seen.length === 0) return { low: 0, span: leastSpan };
  const sorted = Float32Array.from(seen).sort();
  const at = (share01: number) => sorted[Math.round(share01 * (sorted.length - 1))];
  const middle = at(0.5);
  const low = Math.max(at(tail01), middle - farthest);
  const high = Math.min(at(1 - tail01), middle + farthest);
  const span = Math.max(leastSpan, high - low);
  return { low: (low + high - span) / 2, span };
}

/** 256 colours, three numbers each. */
function rampOf(name: SkinMapName): Uint8ClampedArray {
  const stops = skinMapRamps[name];
  const ramp = new Uint8ClampedArray(256 * 3);
  for (let n = 0; n < 256; n++) {
    const at = (n / 255) * (stops.length - 1);
    const from = Math.min(stops.length - 2, Math.floor(at));
    for (let c = 0; c < 3; c++) {
      ramp[n * 3 + c] = stops[from][c] + (at - from) * (stops[from + 1][c] - stops[from][c]);
    }
  }
  return ramp;
}
