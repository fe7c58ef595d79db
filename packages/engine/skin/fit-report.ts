import type { Observer } from '../light/index.ts';
import type { FitWarning } from './fit.ts';
import { fitSkin } from './fit.ts';
import type { InstrumentGeometry } from './reading.ts';
import { makeSkinModel } from './skin-model.ts';
import { skinGrid } from './skin-parameters.ts';
import type { NamedSpectrum } from './spectra-csv.ts';

export interface FitReportOptions {
  readonly instrument: InstrumentGeometry;
  readonly observer: Observer;
  /** Assumed reduced scattering at 500 nm, cm-1. */
  readonly scatteringPerCm500: number;
  /** Called after each sample with how many are done. */
  readonly onSample?: (done: number) => void;
}

/** One sample of `undertone skin fit --json`. Fractions 0..1; lengths and coefficients as their names say. */
export interface FitReportSample {
  readonly name: string;
  /** Root mean square of fit minus measurement, reflectance units, over `fitted`'s grid. */
  readonly rmse: number;
  /** CIEDE2000 between fit and measurement under D65 and the stated observer. */
  readonly deltaE00: number;
  readonly melaninFraction: number;
  readonly melaninExponent: number;
  readonly bloodFraction: number;
  readonly oxygenation: number;
  readonly vesselRadiusUm: number;
  readonly baselineScale: number;
  readonly carotenoidPerCm: number;
  readonly scatteringPerCm500: number;
  readonly scatteringSlope: number;
  readonly lab: { readonly white: string; readonly L: number; readonly a: number; readonly b: number };
  readonly itaDegrees: number;
  /** The fitted reflectance as the instrument would read it. */
  readonly fitted: {
    readonly startNm: number;
    readonly stepNm: number;
    readonly reflectance: readonly number[];
  };
  readonly warnings: readonly FitWarning[];
}

interface Spread {
  readonly median: number;
  readonly p95: number;
}

export interface FitReport {
  readonly format: 'undertone/skin-fit';
  readonly version: 1;
  readonly instrument: InstrumentGeometry;
  readonly illuminant: 'D65';
  readonly observer: Observer;
  readonly samples: readonly FitReportSample[];
  readonly summary: { readonly count: number; readonly rmse: Spread; readonly deltaE00: Spread };
}

/** Fits every spectrum, with one shared model. */
export function reportFits(spectra: readonly NamedSpectrum[], options: FitReportOptions): FitReport {
  const { instrument, observer, scatteringPerCm500 } = options;
  const model = makeSkinModel();
  const samples = spectra.map(({ name, reflectance01 }, i): FitReportSample => {
    const reading = { kind: 'spectrum', reflectance01, instrument } as const;
    const fit = fitSkin(reading, { model, observer, scatteringPerCm500 });
    options.onSample?.(i + 1);
    const { oxygenation01, ...parameters } = fit.parameters;
    const rounded = Object.fromEntries(
      Object.entries(parameters).map(([key, value]) => [key, significant(value)]),
    );
    return {
      name,
      rmse: significant(fit.rmse01 ?? 0),
      deltaE00: significant(fit.deltaE00),
      ...(rounded as typeof parameters),
      oxygenation: significant(oxygenation01),
      lab: {
        white: fit.lab.white,
        L: significant(fit.lab.L),
        a: significant(fit.lab.a),
        b: significant(fit.lab.b),
      },
      itaDegrees: significant(fit.itaDegrees),
      fitted: {
        startNm: skinGrid.startNm,
        stepNm: skinGrid.stepNm,
        reflectance: Array.from(fit.asRead01, significant),
      },
      warnings: fit.warnings,
    };
  });
  return {
    format: 'undertone/skin-fit',
    version: 1,
    instrument,
    illuminant: 'D65',
    observer,
    samples,
    summary: {
      count: samples.length,
      rmse: spread(samples.map((sample) => sample.rmse)),
      deltaE00: spread(samples.map((sample) => sample.deltaE00)),
    },
  };
}

function spread(values: readonly number[]): Spread {
  return { median: significant(quantile(values, 0.5)), p95: significant(quantile(values, 0.95)) };
}

/** Quantile with linear interpolation between order statistics. */
function quantile(values: readonly number[], share01: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = share01 * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

function significant(value: number): number {
  return Number(value.toPrecision(6));
}
