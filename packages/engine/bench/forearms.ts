// Shared by benches: the 50 training forearms as readings, with their fits.
import { readFileSync } from 'node:fs';
import { colorimeter, itaDegrees, labUnder, resample, type Spectrum } from '../light/index.ts';
import {
  fitSkin,
  makeSkinModel,
  type SkinFit,
  type SkinModel,
  type SkinParameters,
  type SpectrumReading,
  skinGrid,
} from '../skin/index.ts';

export interface Forearm {
  readonly id: string;
  readonly reading: SpectrumReading;
  /** Measured reflectance on the skin grid, gloss included. */
  readonly measured01: Float64Array;
  readonly fit: SkinFit;
  /** The same skin without melanin. */
  readonly bare: SkinParameters;
  readonly ita: number;
}

/** @param path a CSV like the training file; default the training forearms (NIST, see fixtures/data/SOURCES.md) */
export function forearms(
  scatteringPerCm500: number,
  path?: string,
  model: SkinModel = makeSkinModel(),
): Forearm[] {
  const file = path ?? new URL('../fixtures/data/skin_nist_train_avg_5nm.csv', import.meta.url);
  const [header, ...rows] = readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const nm = rows.map((row) => Number(row[0]));
  const meter = colorimeter('D65/2', skinGrid);
  return header.slice(1).map((id, column) => {
    const reflectance01: Spectrum = {
      startNm: nm[0],
      stepNm: nm[1] - nm[0],
      values: Float64Array.from(rows, (row) => Number(row[column + 1])),
    };
    const reading: SpectrumReading = { kind: 'spectrum', reflectance01, instrument: 'sphere-sci' };
    const fit = fitSkin(reading, { model, scatteringPerCm500 });
    const measured01 = resample(reflectance01, skinGrid).values;
    return {
      id,
      reading,
      measured01,
      fit,
      bare: { ...fit.parameters, melaninFraction: 0 },
      ita: itaDegrees(labUnder(meter, measured01)),
    };
  });
}

export function percentile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (at - low) * (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]);
}
