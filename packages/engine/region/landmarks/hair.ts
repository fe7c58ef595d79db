import { boxMean } from '../../photo/filter.ts';
import { linearTable } from '../../photo/linear.ts';
import { createMask, type Mask, type Picture, shrinkPicture } from '../../photo/picture.ts';

/** Faces are looked at with their eyes about so far apart, or closer in small pictures. */
const workingEyeDistancePx = 100;
/** Linear light below which eight bits say nothing about colour. */
const darkest = 0.0024;
/** Places of bare skin on nearly every face: upper cheeks, bridge and sides of the nose. */
const skinPoints = [50, 280, 101, 330, 36, 266, 6, 197, 195, 5];

/*
 * From "surely skin" to "surely hair", against the skin of the cheeks. Light and redness in natural logs: 0.45 is
 * a factor 1.6, which shading on a shaved head reaches, 0.8 a factor 2.2, which it does not.
 */
const darker = [0.45, 0.8] as const;
const lessRed = [0.3, 0.5] as const;
const streakier = [1.3, 2] as const;

export interface HairCover {
  /** How surely a pixel inside the zone is hair, 0..255; 0 outside the zone. */
  readonly hair: Mask;
  /** The zone less its hair: bare skin to be filled. */
  readonly bare: Mask;
  /** Share of the zone's area that hair covers. */
  readonly hairShare01: number;
}

/** How surely each place of a picture is hair, wherever it lies; the zone is no part of it. */
export interface HairMap {
  /** Blocks of `blockPx` x `blockPx` pixels of the picture, row by row, 0..1. */
  readonly share01: Float32Array;
  readonly widthBlocks: number;
  readonly heightBlocks: number;
  readonly blockPx: number;
}

/**
 * Tells hair from bare scalp by comparing with the skin of the same face: hair is darker than that skin ever
 * is under the same light, or (grey hair) much less red and finely streaked. Large pictures are looked at
 * reduced, so that streaks mean the same on all. `points`: 478 points, pixels.
 */
export function hairMap(picture: Picture, points: Float32Array, eyeDistancePx: number): HairMap {
  const blockPx = Math.max(1, Math.floor(eyeDistancePx / workingEyeDistancePx));
  const small = shrinkPicture(picture, blockPx);
  const share01 = hairShares(
    small,
    points.map((value) => value / blockPx),
    eyeDistancePx / blockPx,
  );
  return { share01, widthBlocks: small.widthPx, heightBlocks: small.heightPx, blockPx };
}

/** What of a zone of the same picture is hair, and what is bare. */
export function hairCover(zone: Mask, { share01, widthBlocks, heightBlocks, blockPx }: HairMap): HairCover {
  const { widthPx, heightPx } = zone;
  const hair = createMask(widthPx, heightPx);
  const bare = createMask(widthPx, heightPx);
  let hairSum = 0;
  let sum = 0;
  for (let y = 0, i = 0; y < heightPx; y++) {
    const row = Math.min(heightBlocks - 1, Math.floor(y / blockPx)) * widthBlocks;
    for (let x = 0; x < widthPx; x++, i++) {
      const inside = zone.alpha[i];
      if (inside === 0) continue;
      const share = share01[row + Math.min(widthBlocks - 1, Math.floor(x / blockPx))];
      hair.alpha[i] = Math.round(inside * share);
      bare.alpha[i] = inside - hair.alpha[i];
      hairSum += hair.alpha[i];
      sum += inside;
    }
  }
  return { hair, bare, hairShare01: sum === 0 ? 0 : hairSum / sum };
}

/** How surely each pixel is hair, 0..1, wherever it lies. */
function hairShares(picture: Picture, points: Float32Array, eyeDistancePx: number): Float32Array {
  const { widthPx, heightPx } = picture;
  const planes = logPlanes(picture);
  const radiusPx = Math.max(1, Math.round(eyeDistancePx / 60));
  const smooth = (plane: Float32Array, radius: number) =>
    boxMean(plane, widthPx, heightPx, radius, new Float32Array(plane.length));
  const light = smooth(planes.light, radiusPx);
  const redness = smooth(planes.redness, radiusPx);
  const streaks = planes.light;
  for (let i = 0; i < streaks.length; i++) streaks[i] = Math.abs(streaks[i] - light[i]);
  const texture = smooth(streaks, 3 * radiusPx);
  const skin = skinOf(picture, points, radiusPx, { light, redness, texture });
  const shares = new Float32Array(light.length);
  for (let i = 0; i < shares.length; i++) {
    const dark = ramp(skin.light - light[i], darker);
    const grey = Math.min(
      ramp(skin.redness - redness[i], lessRed),
      ramp(texture[i] / skin.texture, streakier),
    );
    shares[i] = Math.max(dark, grey);
  }
  return shares;
}

function ramp(value: number, [from, to]: readonly [number, number]): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

interface SkinPlanes {
  readonly light: Float32Array;
  readonly redness: Float32Array;
  readonly texture: Float32Array;
}

/** Natural logs: of mean linear light, and of red over blue. */
function logPlanes({ rgba, widthPx, heightPx }: Picture): { light: Float32Array; redness: Float32Array } {
  const table = linearTable();
  const ln = Float32Array.from(table, (value) => Math.log(Math.max(value, darkest)));
  const light = new Float32Array(widthPx * heightPx);
  const redness = new Float32Array(widthPx * heightPx);
  for (let i = 0; i < light.length; i++) {
    const red = ln[rgba[4 * i]];
    const blue = ln[rgba[4 * i + 2]];
    light[i] = (red + ln[rgba[4 * i + 1]] + blue) / 3;
    redness[i] = red - blue;
  }
  return { light, redness };
}

/** Medians over the places of bare skin; of light, without the shine that lies on them. */
function skinOf(
  picture: Picture,
  points: Float32Array,
  radiusPx: number,
  planes: SkinPlanes,
): { light: number; redness: number; texture: number } {
  const { widthPx, heightPx } = picture;
  const places = skinPoints.map((i) => {
    const x = Math.min(widthPx - 1, Math.max(0, Math.floor(points[3 * i])));
    const y = Math.min(heightPx - 1, Math.max(0, Math.floor(points[3 * i + 1])));
    return y * widthPx + x;
  });
  const median = (plane: Float32Array) => middleOf(places.map((place) => plane[place]));
  return {
    light: matteLight(places.map((place) => meanLinear(picture, place, radiusPx))),
    redness: median(planes.redness),
    texture: Math.max(0.01, median(planes.texture)),
  };
}

const middleOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];

type Linear = readonly [number, number, number];

function meanLinear({ rgba, widthPx, heightPx }: Picture, place: number, radiusPx: number): Linear {
  const table = linearTable();
  const [column, row] = [place % widthPx, Math.floor(place / widthPx)];
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let y = Math.max(0, row - radiusPx); y <= Math.min(heightPx - 1, row + radiusPx); y++)
    for (let x = Math.max(0, column - radiusPx); x <= Math.min(widthPx - 1, column + radiusPx); x++) {
      for (let c = 0; c < 3; c++) sum[c] += table[rgba[4 * (y * widthPx + x) + c]];
      count++;
    }
  return [sum[0] / count, sum[1] / count, sum[2] / count];
}

/** As many of the places, the reddest, are taken for free of shine. */
const mattePlaces = 3;

/**
 * Natural log of the light of skin without shine, median over places. Shine has the colour of the light and lies on top:
 * linear light is skin + s (1, 1, 1). On dark skin it can double the light, so that a scalp in the same light without shine
 * would pass for hair. The reddest places tell the skin's own red over blue, ρ; elsewhere s = (ρ B - R) / (ρ - 1). Skin
 * differs in redness by itself too, so a place must be less red than skin is by itself, and comes out no darker than the
 * reddest ones.
 */
export function matteLight(colours: readonly Linear[]): number {
  const lnOf = (colour: readonly number[]) =>
    colour.reduce((sum, value) => sum + Math.log(Math.max(value, darkest)), 0) / 3;
  const rednessOf = ([red, , blue]: Linear) => Math.max(red, darkest) / Math.max(blue, darkest);
  const reddest = colours.toSorted((a, b) => rednessOf(b) - rednessOf(a)).slice(0, mattePlaces);
  const rho = Math.min(...reddest.map(rednessOf));
  const matte = middleOf(reddest.map(lnOf));
  return middleOf(
    colours.map((colour) => {
      const light = lnOf(colour);
      const [red, , blue] = colour;
      if (rho <= 1 || Math.log(rho / rednessOf(colour)) < lessRed[0]) return light;
      const shine = (rho * blue - red) / (rho - 1);
      const own = lnOf(colour.map((value) => value - shine));
      return Math.max(own, Math.min(light, matte));
    }),
  );
}
