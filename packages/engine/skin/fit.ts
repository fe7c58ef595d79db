import type { Lab, NamedWhite, Observer, Spectrum } from '../light/index.ts';
import { colorimeter, deltaE00, itaDegrees, labUnder, resample } from '../light/index.ts';
import type { DataRows, Predictor, PriorRows, SkinPrior } from './fit-problem.ts';
import { independentPrior, makePredictor, predict, solveFit, spectrumRows } from './fit-problem.ts';
import type { SkinSample } from './fit-samples.ts';
import { extraMelaninVariance, jointPrior, labRows, sampleFromLab, sampleNearby } from './fit-samples.ts';
import type { LeastSquaresFit } from './levenberg.ts';
import { seededChance } from './random.ts';
import type { InstrumentGeometry, Reading } from './reading.ts';
import { checkReading, missingGloss01, usualLabSd } from './reading.ts';
import type { SkinModel } from './skin-model.ts';
import { fittedCount, makeSkinModel, toParameters } from './skin-model.ts';
import type { SkinParameters } from './skin-parameters.ts';
import { skinGrid } from './skin-parameters.ts';
import { learnedPrior } from './tables/skin-prior.ts';

export interface FitOptions {
  /** From `makeSkinModel()`: make it once and share it between fits; otherwise each call builds its own (0.1 s). */
  readonly model?: SkinModel;
  /** Default: learned from 50 forearms. */
  readonly prior?: SkinPrior;
  /** Assumed reduced scattering at 500 nm, cm-1; default 35. Reflectance cannot tell it; try 25 to 60. */
  readonly scatteringPerCm500?: number;
  /** How many draws from the posterior; default 200 for a colour, 0 for a spectrum. */
  readonly samples?: number;
  /** Same seed, same draws; default 1. */
  readonly seed?: number;
  /** Observer of the D65 colour difference of a spectrum fit; default 10°. */
  readonly observer?: Observer;
}

export interface FitWarning {
  readonly code: 'dark-skin-little-data' | 'unusual-skin' | 'poor-fit' | 'scattering-assumed';
  readonly message: string;
}

export interface SkinFit {
  readonly instrument: InstrumentGeometry;
  readonly parameters: SkinParameters;
  /** Best total reflectance, gloss included, on skinGrid: layered model plus residual shapes. */
  readonly reflectance01: Spectrum;
  /** The same as this instrument would read it: without gloss unless the geometry includes it. */
  readonly asRead01: Float64Array;
  /** What the residual shapes add to the layered model, per band. */
  readonly residual01: Float64Array;
  /** Against the measured spectrum over skinGrid; undefined for a colour reading. */
  readonly rmse01?: number;
  /** Fit against reading: under D65 for a spectrum, under the reading's own white for a colour. */
  readonly deltaE00: number;
  /** The fitted colour as this instrument would read it. */
  readonly lab: Lab<NamedWhite>;
  /** Typology angle of the fit under D65 with the same observer, as this instrument would read it. */
  readonly itaDegrees: number;
  readonly samples: readonly SkinSample[];
  readonly warnings: readonly FitWarning[];
}

/** Standard deviation given to each band of a measured spectrum: noise and what the model misses. */
const spectrumSd01 = 0.003;
/** A spectrum speaks for itself: its fit widens the learned prior this many times and drops its correlations. */
const spectrumWidening = 2;
/** Squared distance from the prior, in its widened deviations, that no measured forearm came near (largest 18). */
const unusualDistance = 30;
/** A colour that the learned prior cannot explain within 2 deviations of the reading is given a prior up to so much wider. */
const mostStretch = 4;
/** Melanin fractions to start from: light and dark. */
const melaninStarts = [0.015, 0.15];

/**
 * The skin that explains a reading. Thrown errors carry `code: 'bad-reading'`; ask `checkReading` first to get a
 * refusal as a value.
 */
export function fitSkin(reading: Reading, options: FitOptions = {}): SkinFit {
  const checked = checkReading(reading);
  if (!checked.ok)
    throw Object.assign(new Error(checked.message), { code: 'bad-reading' as const, field: checked.field });
  const prior = options.prior ?? learnedPrior;
  const model = options.model ?? makeSkinModel();
  const predictor = makePredictor(model, prior.residualShapes, options.scatteringPerCm500 ?? 35);
  const chance = seededChance(options.seed ?? 1);
  const gloss = missingGloss01(reading.instrument);

  if (reading.kind === 'spectrum') {
    const measured01 = resample(reading.reflectance01, skinGrid).values.map((value) => value + gloss);
    const rows = spectrumRows(measured01, Math.hypot(spectrumSd01, reading.sd01 ?? 0));
    const variance = prior.mean.map((_, i) => prior.covariance[i * prior.mean.length + i]);
    variance[0] += extraMelaninVariance;
    const sd = variance.map((value) => spectrumWidening * Math.sqrt(value));
    const fit = bestOfStarts(predictor, rows, independentPrior(prior.mean, sd));
    const distance = fit.residuals.subarray(skinGrid.count).reduce((sum, value) => sum + value * value, 0);
    const samples = sampleNearby(predictor, fit, options.samples ?? 0, chance);
    predict(predictor, fit.x);
    const meter = colorimeter(`D65/${options.observer ?? '10'}`, skinGrid);
    const target = labUnder(
      meter,
      measured01.map((value) => value - gloss),
    );
    let squares = 0;
    for (let i = 0; i < skinGrid.count; i++) squares += (predictor.reflectance01[i] - measured01[i]) ** 2;
    return describeFit(reading.instrument, predictor, fit, samples, target, {
      rmse01: Math.sqrt(squares / skinGrid.count),
      unusual: distance > unusualDistance,
    });
  }

  const meter = colorimeter(reading.lab.white, skinGrid);
  const sdLab = reading.sdLab ?? usualLabSd(reading.instrument);
  const rows = labRows(meter, reading.lab, sdLab, gloss);
  let stretch = 1;
  let joint = jointPrior(prior);
  let fit = bestOfStarts(predictor, rows, joint.rows);
  while (stretch < mostStretch && misses(fit) > 2) {
    stretch *= 2;
    joint = jointPrior(prior, stretch);
    fit = bestOfStarts(predictor, rows, joint.rows);
  }
  const draws = { meter, lab: reading.lab, sdLab, gloss, leftoverSd: prior.leftoverSd };
  const samples = sampleFromLab(predictor, joint, draws, options.samples ?? 200, chance);
  predict(predictor, fit.x);
  return describeFit(reading.instrument, predictor, fit, samples, reading.lab, { unusual: stretch > 1 });
}

/** Largest of the first three residuals, the colour's: L*, a*, b* in standard deviations of the reading. */
function misses(fit: LeastSquaresFit): number {
  return Math.max(...fit.residuals.subarray(0, 3).map(Math.abs));
}

function bestOfStarts(predictor: Predictor, rows: DataRows, prior: PriorRows): LeastSquaresFit {
  const fits = melaninStarts.map((melanin) => {
    const start = Float64Array.from(prior.mean);
    start[0] = Math.log(melanin);
    return solveFit(predictor, rows, prior, start);
  });
  return fits.reduce((best, fit) => (fit.cost < best.cost ? fit : best));
}

/** Assembles the answer from a predictor that stands at the fitted vector. */
function describeFit<W extends NamedWhite>(
  instrument: InstrumentGeometry,
  predictor: Predictor,
  fit: LeastSquaresFit,
  samples: readonly SkinSample[],
  target: Lab<W>,
  found: { readonly rmse01?: number; readonly unusual: boolean },
): SkinFit {
  const { rmse01, unusual } = found;
  const gloss = missingGloss01(instrument);
  const values = Float64Array.from(predictor.reflectance01);
  const asRead = values.map((value) => value - gloss);
  const lab = labUnder(colorimeter(target.white, skinGrid), asRead);
  const observer = target.white.endsWith('/2') ? '2' : '10';
  const ita = itaDegrees(labUnder(colorimeter(`D65/${observer}`, skinGrid), asRead));
  const difference = deltaE00(lab, target);
  const residual01 = new Float64Array(skinGrid.count);
  predictor.shapes.forEach((shape, s) => {
    for (let i = 0; i < residual01.length; i++) residual01[i] += fit.x[fittedCount + s] * shape[i];
  });
  const warnings: FitWarning[] = [
    {
      code: 'scattering-assumed',
      message: `Tissue scattering is assumed (${predictor.scatteringPerCm500} per cm at 500 nm); reflectance cannot measure it.`,
    },
  ];
  if (ita < 28) {
    warnings.push({
      code: 'dark-skin-little-data',
      message:
        'Little data supports skin this dark (typology angle below 28°); treat every number as uncertain.',
    });
  }
  if (unusual) {
    warnings.push({
      code: 'unusual-skin',
      message:
        'The reading is unlike the forearms that the model learned from; what it infers is less certain.',
    });
  }
  if (difference > 3 || (rmse01 ?? 0) > 0.015) {
    warnings.push({
      code: 'poor-fit',
      message: `The reading is not well explained as skin (ΔE00 ${difference.toFixed(1)}); check the instrument geometry and the place measured.`,
    });
  }
  return {
    instrument,
    parameters: toParameters(fit.x, predictor.scatteringPerCm500),
    reflectance01: { startNm: skinGrid.startNm, stepNm: skinGrid.stepNm, values },
    asRead01: asRead,
    residual01,
    ...(rmse01 === undefined ? {} : { rmse01 }),
    deltaE00: difference,
    lab,
    itaDegrees: ita,
    samples,
    warnings,
  };
}
