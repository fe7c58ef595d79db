import {
  colorimeter,
  deltaE00,
  itaDegrees,
  type Lab,
  labUnder,
  type NamedWhite,
  type Observer,
  resample,
} from '../light/index.ts';
import {
  fitSkin,
  missingGloss01,
  type Reading,
  reflectanceOf,
  type SkinFit,
  type SkinModel,
  type SkinParameters,
  skinGrid,
  usualLabSd,
} from '../skin/index.ts';
import { interpolateSkins } from './scenario.ts';

/** The skin to match, as total reflectance with gloss. */
export interface TargetSkin {
  readonly reflectance01: Float64Array;
  /** Colours under the whites asked for, and how far off they may be, CIEDE2000. */
  readonly labs: readonly Lab<NamedWhite>[];
  readonly sdDeltaE: number;
  /** Typology angle under D65, degrees. */
  readonly ita: number;
  readonly warnings: SkinFit['warnings'];
}

/** The skin to treat: a bare skin for every scattering scale, and what its model misses of the reading. */
export interface PatchSkin {
  readonly at: (scatteringPerCm500: number) => SkinParameters;
  readonly residual01: Float64Array;
  readonly reflectance01: Float64Array;
  /** Standard deviation of the reading, about that of each of L*, a*, b*. */
  readonly sdDeltaE: number;
  readonly warnings: SkinFit['warnings'];
}

/** A spectrum of a good instrument repeats within this, CIEDE2000. */
const spectrumSdDeltaE = 0.3;
/** Draws that tell how much a three-number colour leaves open under other lights. */
const samplesOfLab = 60;

export function readTarget(
  reading: Reading,
  whites: readonly NamedWhite[],
  observer: Observer,
  seed: number,
  model: SkinModel,
): TargetSkin {
  const meters = whites.map((white) => colorimeter(white, skinGrid));
  const fit = fitSkin(reading, { model, seed, samples: reading.kind === 'lab' ? samplesOfLab : 0 });
  const reflectance01 = totalReflectance(reading, fit);
  const fitted = meters.map((meter) => labUnder(meter, reflectance01));
  const ita = itaDegrees(labUnder(colorimeter(`D65/${observer}`, skinGrid), reflectance01));
  if (reading.kind === 'spectrum') {
    return { reflectance01, labs: fitted, sdDeltaE: spectrumSdDeltaE, ita, warnings: fit.warnings };
  }
  // The reading itself rules under its own white; what the fit missed of it is added under the others too.
  const [dL, da, db] = [reading.lab.L - fit.lab.L, reading.lab.a - fit.lab.a, reading.lab.b - fit.lab.b];
  const labs = fitted.map((lab) => ({ ...lab, L: lab.L + dL, a: lab.a + da, b: lab.b + db }));
  const squares = fit.samples.flatMap((sample) =>
    meters.map((meter, i) => deltaE00(labUnder(meter, sample.reflectance01), fitted[i]) ** 2),
  );
  const sdDeltaE = Math.sqrt(squares.reduce((sum, s) => sum + s, 0) / Math.max(squares.length, 1));
  return { reflectance01, labs, sdDeltaE, ita, warnings: fit.warnings };
}

/** Skins that explain the patch at three scattering scales, joined by parabolas. */
export function readPatch(
  reading: Reading,
  scattering: { readonly min: number; readonly max: number },
  model: SkinModel,
): PatchSkin {
  const middle = Math.sqrt(scattering.min * scattering.max);
  const fits = [scattering.min, middle, scattering.max].map((scatteringPerCm500) =>
    fitSkin(reading, { model, scatteringPerCm500, samples: 0 }),
  ) as [SkinFit, SkinFit, SkinFit];
  const at = interpolateSkins([fits[0].parameters, fits[1].parameters, fits[2].parameters]);
  const reflectance01 = totalReflectance(reading, fits[1]);
  const bare = reflectanceOf(at(middle), undefined, 'fine').values;
  return {
    at,
    residual01: reflectance01.map((value, band) => value - bare[band]),
    reflectance01,
    sdDeltaE: reading.kind === 'lab' ? (reading.sdLab ?? usualLabSd(reading.instrument)) : spectrumSdDeltaE,
    warnings: fits[1].warnings,
  };
}

/** A measured spectrum is taken as it is; a colour by its fit. Both with gloss. */
function totalReflectance(reading: Reading, fit: SkinFit): Float64Array {
  if (reading.kind === 'lab') return Float64Array.from(fit.reflectance01.values);
  const gloss = missingGloss01(reading.instrument);
  return resample(reading.reflectance01, skinGrid).values.map((value) => value + gloss);
}
