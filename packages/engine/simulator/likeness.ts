import { decodeRgb, deltaE00, type Lab } from '../light/index.ts';
import { boxMean, labOfLinear, type Mask, type Picture } from '../photo/index.ts';

/** How like the photograph a patch was made from the healed picture of that patch is. */
export interface Likeness {
  /** CIEDE2000 over the patch, pixel by pixel. */
  readonly mean: number;
  readonly p95: number;
  /** Power of the texture in the patch's core as a share of the original's: fine, middle, coarse. */
  readonly texture: readonly [number, number, number];
  /** The same power inside as a share of that in the skin 10 to 30 px around the patch, in the healed picture and the original. */
  readonly againstSurround: Record<'healed' | 'original', readonly [number, number, number]>;
  /** CIEDE2000 between the mean colours of the rim, just inside and just outside the border. */
  readonly rimInside: number;
  readonly rimOutside: number;
}

export function likenessOf(healed: Picture, original: Picture, patch: Mask): Likeness {
  const { mean, p95 } = distances(healed, original, patch);
  const [rimOutside, rimInside] = rimResiduals(healed, original, patch);
  return { mean, p95, ...textureOf(healed, original, patch), rimInside, rimOutside };
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

/** Mean power of log luminance in three bands, in the mask's core and in the ring around it. */
function texturePower(picture: Picture, mask: Mask): { readonly core: number[]; readonly ring: number[] } {
  const { widthPx: w, heightPx: h } = mask;
  let plane: Float32Array = Float32Array.from({ length: w * h }, (_, p) =>
    Math.log(0.004 + 0.2126 * lin(picture, p, 0) + 0.7152 * lin(picture, p, 1) + 0.0722 * lin(picture, p, 2)),
  );
  const near = nearOf(mask, 10);
  const far = nearOf(mask, 30);
  const core: number[] = [];
  const ring: number[] = [];
  for (const radius of bandRadiiPx) {
    const smooth = boxMean(boxMean(plane, w, h, radius), w, h, radius);
    let [inside, outside, insideCount, outsideCount] = [0, 0, 0, 0];
    for (let p = 0; p < near.length; p++) {
      const power = (plane[p] - smooth[p]) ** 2;
      if (near[p] >= 0.98) {
        inside += power;
        insideCount++;
      } else if (near[p] < 0.001 && far[p] > 0.001) {
        outside += power;
        outsideCount++;
      }
    }
    core.push(inside / insideCount);
    ring.push(outside / outsideCount);
    plane = smooth;
  }
  return { core, ring };
}

function textureOf(
  healed: Picture,
  original: Picture,
  mask: Mask,
): Pick<Likeness, 'texture' | 'againstSurround'> {
  const [after, before] = [texturePower(healed, mask), texturePower(original, mask)];
  const share = (a: readonly number[], b: readonly number[]) =>
    [a[0] / b[0], a[1] / b[1], a[2] / b[2]] as const;
  return {
    texture: share(after.core, before.core),
    againstSurround: { healed: share(after.core, after.ring), original: share(before.core, before.ring) },
  };
}

/** Colour of the rim within a few pixels of the true border, outside and inside: healed against original. */
function rimResiduals(healed: Picture, original: Picture, mask: Mask): [number, number] {
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
