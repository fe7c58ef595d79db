import type { PixelKernels } from '../kernels/index.ts';
import { linearTable } from '../photo/linear.ts';
import type { Picture } from '../photo/picture.ts';
import { bloodAxis, melaninAxis } from './tables/axes.ts';

/**
 * What of a picture's light melanin, blood and shading account for, pixel by pixel, in natural logs of linear sRGB: ln of
 * channel c = shading - melanin · melaninAxis[c] - blood · bloodAxis[c]. Units are what is lost in green. Where zero lies
 * depends on the light and the camera: read differences within one picture, not values.
 */
export interface SkinMaps {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly melanin: Float32Array;
  readonly blood: Float32Array;
  readonly shading: Float32Array;
}

export const skinMapNames = ['melanin', 'blood', 'shading'] as const;
export type SkinMapName = (typeof skinMapNames)[number];

/** Linear light below which eight-bit values say nothing about colour (about level 8 of 255). */
const floorLinear = 0.0024;

/**
 * The three maps of a picture, in planes of the kernels. About 12 bytes a pixel; `into` takes planes of an earlier picture of
 * the same size.
 */
export function skinMaps(picture: Picture, kernels: PixelKernels, into?: SkinMaps): SkinMaps {
  const { widthPx, heightPx, rgba } = picture;
  const count = widthPx * heightPx;
  const maps =
    into?.melanin.length === count
      ? { ...into, widthPx, heightPx }
      : {
          widthPx,
          heightPx,
          melanin: kernels.plane(count),
          blood: kernels.plane(count),
          shading: kernels.plane(count),
        };
  kernels.tables(rgba, mapTable(), [maps.melanin, maps.blood, maps.shading]);
  return maps;
}

/** What the maps would show of one colour, linear sRGB. */
export function skinPartsOf(linear: readonly number[]): Readonly<Record<SkinMapName, number>> {
  const ln = linear.map((value) => Math.log(Math.max(value, floorLinear)));
  const [melanin, blood, shading] = unmix().map((row) => row.reduce((sum, v, c) => sum + v * ln[c], 0));
  return { melanin, blood, shading };
}

/** Contribution of each level of each channel to the three maps, as `PixelKernels.tables` reads it. */
function mapTable(): Float32Array {
  const rows = unmix();
  const table = new Float32Array(3 * 256 * 4);
  linearTable().forEach((linear, level) => {
    const ln = Math.log(Math.max(linear, floorLinear));
    for (let c = 0; c < 3; c++) {
      for (let k = 0; k < 3; k++) table[(c * 256 + level) * 4 + k] = rows[k][c] * ln;
    }
  });
  return table;
}

/** Rows that read melanin, blood and shading from ln of red, green and blue: the inverse of the model, by cofactors. */
function unmix(): readonly (readonly number[])[] {
  const columns = [melaninAxis.map((v) => -v), bloodAxis.map((v) => -v), [1, 1, 1]];
  const cross = (a: readonly number[], b: readonly number[]) => [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  const [m, h, s] = columns;
  const determinant = cross(m, h).reduce((sum, v, c) => sum + v * s[c], 0);
  return [cross(h, s), cross(s, m), cross(m, h)].map((row) => row.map((v) => v / determinant));
}
