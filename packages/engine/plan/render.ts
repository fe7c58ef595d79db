import { encodeRgb } from '../light/index.ts';
import { linearTable, type Picture } from '../photo/index.ts';
import type { Blend } from './blend.ts';
import type { Rgb3 } from './border.ts';
import { type DensityCover, lightAtDensity } from './density-cover.ts';

/** Steps of the table that encodes light: fine enough that no 8-bit value is missed. */
const encodeSteps = 4096;

/**
 * The picture with the region coloured like the skin around it, times `relative`: the colour the treated skin is
 * predicted to have, divided by that of the surround, per channel of linear sRGB. 1 is a perfect match. Texture, hair,
 * shading and shine stay: every pixel keeps its own light and only its logarithm is shifted, by a smooth amount.
 *
 * @param density where a hand changed the density of the dots, the colour goes with it
 */
export function renderRegion(blend: Blend, relative: Rgb3, density?: DensityCover): Picture {
  const { picture, box, cover, healed } = blend;
  const rgba = new Uint8ClampedArray(picture.rgba);
  const encode = Uint8ClampedArray.from({ length: encodeSteps + 1 }, (_, i) =>
    Math.round(encodeRgb((i / encodeSteps) ** 2) * 255),
  );
  const extra = relative.map((value) => Math.log(Math.max(value, 1e-3)));
  const table = linearTable();
  for (let y = 0, p = 0; y < box.heightPx; y++) {
    const cellRow = density && Math.floor((box.y + y) / density.cellPx) * density.widthCells;
    let target = ((box.y + y) * picture.widthPx + box.x) * 4;
    for (let x = 0; x < box.widthPx; x++, p++, target += 4) {
      const a = cover[p];
      if (a < 0.002) continue;
      const ratio =
        density && cellRow !== undefined
          ? density.ratio[cellRow + Math.floor((box.x + x) / density.cellPx)]
          : 1;
      for (let c = 0; c < 3; c++) {
        const planned = healed[c][p] * (a > 0.998 ? relative[c] : Math.exp(a * extra[c]));
        const out = ratio === 1 ? planned : lightAtDensity(table[picture.rgba[target + c]], planned, ratio);
        rgba[target + c] = out >= 1 ? 255 : encode[(Math.sqrt(out) * encodeSteps + 0.5) | 0];
      }
    }
  }
  return { widthPx: picture.widthPx, heightPx: picture.heightPx, rgba };
}
