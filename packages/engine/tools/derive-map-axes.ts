/**
 * Derives `maps/tables/axes.ts` from the engine's own skin model: how ln of linear sRGB falls when melanin or blood
 * rises. Run from anywhere: `node packages/engine/tools/derive-map-axes.ts`
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { colorimeter, linearRgbFromXyz, xyzUnder } from '../light/index.ts';
import { exampleSkin, reflectanceOf, skinGrid } from '../skin/index.ts';

const meter = colorimeter('D65/2', skinGrid);
/** From light to dark skin and from pale to flushed; beyond, the lines bend too much for one slope. */
const melaninFractions = [0.008, 0.016, 0.032, 0.064, 0.128];
const bloodFractions = [0.003, 0.006, 0.012, 0.024];

/** Minus ln of linear sRGB under D65. */
function absorbance(melaninFraction: number, bloodFraction: number): number[] {
  const { values } = reflectanceOf({ ...exampleSkin, melaninFraction, bloodFraction });
  return linearRgbFromXyz(xyzUnder(meter, values)).map((v) => -Math.log(Math.max(v, 1e-4)));
}

/** Least-squares slopes of red and blue on green over several curves, each with its own mean. */
function slopes(curves: readonly number[][][]): { axis: [number, number, number]; worstLeft: number } {
  let gg = 0;
  const gc = [0, 0, 0];
  const all: number[][] = [];
  for (const curve of curves) {
    const mean = [0, 1, 2].map((c) => curve.reduce((sum, v) => sum + v[c], 0) / curve.length);
    for (const v of curve) {
      const d = [0, 1, 2].map((c) => v[c] - mean[c]);
      all.push(d);
      gg += d[1] * d[1];
      for (const c of [0, 1, 2]) gc[c] += d[1] * d[c];
    }
  }
  const axis = gc.map((v) => Number((v / gg).toFixed(4))) as [number, number, number];
  const worstLeft = Math.max(...all.flatMap((d) => d.map((v, c) => Math.abs(v - axis[c] * d[1]))));
  return { axis, worstLeft };
}

const melanin = slopes(bloodFractions.map((b) => melaninFractions.map((m) => absorbance(m, b))));
const blood = slopes(melaninFractions.map((m) => bloodFractions.map((b) => absorbance(m, b))));
console.log(melanin, blood);

await mkdir(new URL('../maps/tables/', import.meta.url), { recursive: true });
await writeFile(
  new URL('../maps/tables/axes.ts', import.meta.url),
  `// Derived by tools/derive-map-axes.ts from engine/skin; do not edit.

/**
 * What a unit of melanin or blood takes from ln of linear red, green and blue (sRGB, D65), scaled to 1 in green: mean
 * over melanin fractions ${melaninFractions[0]}..${melaninFractions[melaninFractions.length - 1]} and blood fractions ${bloodFractions[0]}..${bloodFractions[bloodFractions.length - 1]}. The truth is a little curved: at the ends red
 * and blue lie up to ${melanin.worstLeft.toFixed(2)} (melanin) and ${blood.worstLeft.toFixed(2)} (blood) off these lines, natural log.
 */
export const melaninAxis: readonly [number, number, number] = [${melanin.axis.join(', ')}];
export const bloodAxis: readonly [number, number, number] = [${blood.axis.join(', ')}];
`,
);
