import { boxMean } from '../photo/filter.ts';
import { linearTable } from '../photo/linear.ts';
import type { Box, Picture } from '../photo/picture.ts';
import { cropCells } from './mask.ts';

/**
 * What the border finder looks at, on a grid of cells, each `cellPx` picture pixels wide.
 * `light` is the mean natural log of linear red, green and blue: it carries shading as well as pigment.
 * `melanin` is ln(red / blue): shading cancels, pigment raises it, a depigmented patch lowers it.
 */
export interface Features {
  readonly box: Box;
  readonly cellPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly light: Float32Array;
  readonly melanin: Float32Array;
  /** 1 where the cell can be skin, pigmented or not; 0 for background, hair, cloth, deep shadow. */
  readonly skin: Uint8Array;
}

/** Linear light below which eight-bit values say nothing about colour (about level 8 of 255). */
const floorLinear = 0.0024;

/** Features of one box of a picture, averaged over cells of `cellPx` pixels in linear light. */
export function featuresOf(picture: Picture, box: Box, cellPx: number): Features {
  const table = linearTable();
  const widthPx = Math.max(1, Math.floor(box.widthPx / cellPx));
  const heightPx = Math.max(1, Math.floor(box.heightPx / cellPx));
  const light = new Float32Array(widthPx * heightPx);
  const melanin = new Float32Array(widthPx * heightPx);
  const skin = new Uint8Array(widthPx * heightPx);
  const share = 1 / (cellPx * cellPx);
  const { rgba } = picture;
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let dy = 0; dy < cellPx; dy++) {
        let i = ((box.y + y * cellPx + dy) * picture.widthPx + box.x + x * cellPx) * 4;
        for (let dx = 0; dx < cellPx; dx++, i += 4) {
          r += table[rgba[i]];
          g += table[rgba[i + 1]];
          b += table[rgba[i + 2]];
        }
      }
      const lr = Math.log(Math.max(floorLinear, r * share));
      const lg = Math.log(Math.max(floorLinear, g * share));
      const lb = Math.log(Math.max(floorLinear, b * share));
      const p = y * widthPx + x;
      light[p] = (lr + lg + lb) / 3;
      melanin[p] = lr - lb;
      skin[p] = couldBeSkin(lr, lg, lb) ? 1 : 0;
    }
  }
  return { box, cellPx, widthPx, heightPx, light, melanin, skin };
}

/**
 * A wide gate, in natural logs of linear red, green and blue: red leads green, blue does not lead red, and there is
 * light enough to tell. Covers Monk tones 1 to 10 and depigmented skin in daylight, shade and tungsten balance. It
 * lets wood, sand, brick and grey cloth through, which only the border's own contrast can tell apart.
 */
export function couldBeSkin(lnRed: number, lnGreen: number, lnBlue: number): boolean {
  const redOverGreen = lnRed - lnGreen;
  const greenOverBlue = lnGreen - lnBlue;
  return (
    lnRed > -4.8 &&
    redOverGreen > -0.06 &&
    redOverGreen < 1.9 &&
    greenOverBlue > -0.75 &&
    greenOverBlue < 2.4 &&
    redOverGreen + greenOverBlue > -0.2
  );
}

/** How little pigment a cell seems to hold, ln: loss of melanin raises `light` and lowers `melanin` together. */
export const paleness = ({ light, melanin }: Features, cell: number): number =>
  light[cell] * 0.6 - melanin[cell];

/** Both features smoothed by a box of this radius: less noise, blunter corners. */
export function smoothFeatures(features: Features, radiusPx: number): Features {
  if (radiusPx < 1) return features;
  const { widthPx, heightPx } = features;
  return {
    ...features,
    light: boxMean(features.light, widthPx, heightPx, radiusPx),
    melanin: boxMean(features.melanin, widthPx, heightPx, radiusPx),
  };
}

/** Part of a grid: `cells` in cells from its corner. */
export function cropFeatures(features: Features, cells: Box): Features {
  const { box, cellPx, widthPx, light, melanin, skin } = features;
  return {
    box: {
      x: box.x + cells.x * cellPx,
      y: box.y + cells.y * cellPx,
      widthPx: cells.widthPx * cellPx,
      heightPx: cells.heightPx * cellPx,
    },
    cellPx,
    widthPx: cells.widthPx,
    heightPx: cells.heightPx,
    light: cropCells(light, widthPx, cells),
    melanin: cropCells(melanin, widthPx, cells),
    skin: cropCells(skin, widthPx, cells),
  };
}
