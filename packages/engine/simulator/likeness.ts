import { decodeRgb, deltaE00, type Lab } from '../light/index.ts';
import { boxMean, labOfLinear, type Mask, type Picture } from '../photo/index.ts';

/** How like the photograph a patch was made from the healed picture of that patch is. */
export interface Likeness {
  /** CIEDE2000 over the patch, pixel by pixel. */
  readonly mean: number;
  readonly p95: number;
  /** Power of the texture in the patch's core as a share of the original's: fine, middle, coarse. */
  readonly texture: readonly [number, number, number];
  /** CIEDE2000 between the mean colours of the rim, just inside and just outside the border. */
  readonly rimInside: number;
  readonly rimOutside: number;
}

export function likenessOf(healed: Picture, original: Picture, patch: Mask): Likeness {
  const { mean, p95 } = distances(healed, original, patch);
  const [rimOutside, rimInside] = rimResiduals(healed, original, patch);
  return { mean, p95, texture: textureShares(healed, original, patch), rimInside, rimOutside };
}

const lin = (picture: Picture, p: number, c: number) => decodeRgb(picture.rgba[p * 4 + c] / 255);
const labOf = (picture: Picture, p: number): Lab<'D65/2'> =>
  labOfLinear([lin(picture, p, 0), lin(picture, p, 1), lin(picture, p, 2)]);

/** CIEDE2000 between two pictures inside a mask. */
export function distances(a: Picture, b: Picture, mask: Mask): { mean: number; p95: number } {
  const found: number[] = [];
  for (let p = 0; p < mask.alpha.length; p++) {
    if (mask.alpha[p] > 127) found.push(deltaE00(labOf(a, p), labOf(b, p)));
  }
  found.sort((x, y) => x - y);
  return {
    mean: found.reduce((s, v) => s + v, 0) / found.length,
    p95: found[Math.floor(found.length * 0.95)],
  };
}

/** Bands of texture: the radii, px, between whose smoothings they lie. */
const bandRadiiPx = [1, 3, 8] as const;

/** Power of log luminance inside the mask's core in three bands, as a share of the original's. */
function textureShares(healed: Picture, original: Picture, mask: Mask): [number, number, number] {
  const { widthPx: w, heightPx: h } = mask;
  const luminance = (picture: Picture) =>
    Float32Array.from({ length: w * h }, (_, p) =>
      Math.log(
        0.004 + 0.2126 * lin(picture, p, 0) + 0.7152 * lin(picture, p, 1) + 0.0722 * lin(picture, p, 2),
      ),
    );
  const core = nearOf(mask, 10);
  let r: Float32Array = luminance(healed);
  let o: Float32Array = luminance(original);
  const share = (radius: number): number => {
    const smooth = (plane: Float32Array) => boxMean(boxMean(plane, w, h, radius), w, h, radius);
    const [sr, so] = [smooth(r), smooth(o)];
    let powerR = 0;
    let powerO = 0;
    for (let p = 0; p < core.length; p++) {
      if (core[p] < 0.98) continue;
      powerR += (r[p] - sr[p]) ** 2;
      powerO += (o[p] - so[p]) ** 2;
    }
    [r, o] = [sr, so];
    return powerR / powerO;
  };
  const [fine, middle, coarse] = bandRadiiPx;
  return [share(fine), share(middle), share(coarse)];
}

/** Colour of the rim within a few pixels of the true border, outside and inside: healed against original. */
export function rimResiduals(healed: Picture, original: Picture, mask: Mask): [number, number] {
  const near = nearOf(mask, 5);
  const mean = (picture: Picture, from: number, to: number) => {
    const sum: [number, number, number] = [0, 0, 0];
    let count = 0;
    for (let p = 0; p < near.length; p++) {
      if (near[p] <= from || near[p] >= to) continue;
      count++;
      for (let c = 0; c < 3; c++) sum[c] += lin(picture, p, c);
    }
    return labOfLinear([sum[0] / count, sum[1] / count, sum[2] / count]);
  };
  const residual = (from: number, to: number) => deltaE00(mean(healed, from, to), mean(original, from, to));
  return [residual(0.05, 0.5), residual(0.5, 0.95)];
}

const nearOf = ({ alpha, widthPx, heightPx }: Mask, radiusPx: number): Float32Array =>
  boxMean(
    Float32Array.from(alpha, (a) => a / 255),
    widthPx,
    heightPx,
    radiusPx,
  );
