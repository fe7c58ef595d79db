import { colorimeter, deltaE00, type Lab, whitePoint, xyzFromLinearRgb, xyzUnder } from '../light/index.ts';
import { type ChartPatch, colorChecker24, type FoundChart, findColorChecker, spectralGrid } from './chart.ts';
import { type LinearRgb, labOfLinear } from './colour.ts';
import {
  type Correction,
  type CorrectionKind,
  correctedLab,
  fitCorrection,
  leaveOneOut,
  type Pair,
  residuals,
} from './correct.ts';
import type { Picture } from './picture.ts';
import { balanceOf, type FoundScaleCard, findScaleCard } from './scale-card.ts';
import { channelOf } from './sensitivity.ts';
import { channelPriors } from './tables/channels.ts';
import { colorChecker24Reflectance } from './tables/colorchecker24.ts';
import { skinReflectance } from './tables/skins.ts';
import { type SeenGrey, straightened, toneBend, toneOf } from './tone.ts';

/** A colour read from a photograph, with how far it may be off and why. */
export interface PhotoColour {
  readonly lab: Lab<'D65/2'>;
  /** One standard deviation of the colour against a contact instrument, ΔE00. */
  readonly sdDeltaE: number;
  readonly calibrated: boolean;
  readonly reason: string;
}

export interface CalibrateOptions {
  /** `none` does not look for a chart. */
  readonly chart?: 'auto' | 'colorchecker24' | 'none';
  /** Middle of one patch to the middle of the next, mm, for the scale: charts are sold in several sizes. */
  readonly pitchMm?: number;
}

export interface Calibration {
  /** By a colour chart. With our own scale card alone it is false: the card is no colour standard. */
  readonly calibrated: boolean;
  readonly chart?: FoundChart;
  /** Our printed card: scale, and the light's tint taken out by its greys. */
  readonly card?: FoundScaleCard;
  readonly correction?: Correction;
  /** ΔE00 per patch after the correction; clipped patches are not fitted and carry `used: false`. */
  readonly residuals: readonly { readonly name: string; readonly deltaE00: number; readonly used: boolean }[];
  readonly meanResidual?: number;
  /** Mean ΔE00 of patches left out of the fit in turn. */
  readonly leftOutError?: number;
  /** Kinds tried, and what each did to patches left out. */
  readonly tried: readonly {
    readonly kind: CorrectionKind;
    readonly leftOutError: number;
    /** Mean ΔE00 on skins left out, seen through the chart. */
    readonly skinError?: number;
  }[];
  /** How far the light's grey lies from the encoding's white, ΔE*ab chroma: 0 neutral, above 15 a strong tint. */
  readonly lightTint?: number;
  /** How far the chart's greys lie from proportion, as a share of their light: above 0.04 the camera bent tones. */
  readonly toneBend?: number;
  readonly mmPerPx?: number;
  readonly mmPerPxRelativeSd?: number;
  /** One standard deviation of absolute skin colour after this calibration, ΔE00. */
  readonly sdDeltaE: number;
  /** One standard deviation of the difference patch minus surround in the same picture, ΔE00. */
  readonly differenceSdDeltaE: number;
  readonly reasons: readonly string[];
}

/**
 * Photographs against a contact colorimeter, median ΔE*ab: 17.8 uncalibrated, 6.4 with a chart (domain notes 4.2;
 * wound photographs). A median of a distance in three dimensions is about 1.54 standard deviations of one; skin
 * ΔE00 is about 0.6 of ΔE*ab: 6.9 and 2.5. The uncalibrated one is set wider, for lamps the study did not have.
 */
const uncalibratedSd = 9;
const chartSd = 2.5;

/**
 * With the greys of a card on plain paper. Simulated cameras, four lights, five tone curves, light moved about by 15 % between
 * card and skin leave a median of 5.4 ΔE00 on skin under the worst curve (bench `tones`), 3.5 standard deviations of one; with
 * 2 for the paper's own tint, which nobody measured. docs/science/scale-card.md
 */
const cardSd = 4;
/** Light that plain white paper sends back, as a share of what a perfect white would (0.80 to 0.92). */
const paperReflectance01 = 0.86;

/** Finds chart and card, fits the corrections, keeps the one that treats patches it has not seen best, and says how sure it is. */
export function calibrate(picture: Picture, options: CalibrateOptions = {}): Calibration {
  if (options.chart === 'none') {
    return uncalibrated('No chart was looked for: colours are as the camera encoded them.');
  }
  const chart = findColorChecker(picture);
  const card = options.chart === 'colorchecker24' ? undefined : findScaleCard(picture);
  if (chart) return withScaleOf(card, calibrateFrom(chart, options));
  if (card) return withScaleOf(card, byCard(card));
  return uncalibrated(
    'No colour chart was found: colours are as the camera encoded them. Put a ColorChecker next to the skin, flat and in the same light.',
  );
}

function uncalibrated(reason: string): Calibration {
  return {
    calibrated: false,
    residuals: [],
    tried: [],
    sdDeltaE: uncalibratedSd,
    differenceSdDeltaE: 2.5,
    reasons: [
      reason,
      'Uncalibrated photographs were 17.8 ΔE*ab (median) from a contact colorimeter; use the difference between patch and surround, or a colorimeter reading.',
    ],
  };
}

/** White balance and exposure by the card's greys and paper; the camera's own colours otherwise. */
function byCard(card: FoundScaleCard): Calibration {
  const balance = balanceOf(card.ramp);
  if (!balance) {
    return uncalibrated(
      'A scale card was found but its greys are over- or underexposed; expose so that its white is not clipped.',
    );
  }
  const [paper] = card.ramp;
  const exposure = paper.clipped ? 1 : paperReflectance01 / Math.max(1e-6, paper.linear[1]);
  const rows = [xyzFromLinearRgb([1, 0, 0]), xyzFromLinearRgb([0, 1, 0]), xyzFromLinearRgb([0, 0, 1])];
  const weightsOf = (axis: 'X' | 'Y' | 'Z'): number[] =>
    rows.map((column, i) => column[axis] * balance[i] * exposure);
  return {
    calibrated: false,
    correction: { kind: 'linear', weights: [weightsOf('X'), weightsOf('Y'), weightsOf('Z')] },
    residuals: [],
    tried: [],
    lightTint: tintOf(paper.linear),
    sdDeltaE: paper.clipped ? Math.hypot(cardSd, 3) : cardSd,
    differenceSdDeltaE: 2,
    reasons: [
      'A scale card was found: the tint of the light was taken out by its greys. It is no colour standard; for absolute colour use a ColorChecker or a colorimeter.',
    ],
  };
}

/** The card's scale, where the chart's pitch gave none. */
function withScaleOf(card: FoundScaleCard | undefined, calibration: Calibration): Calibration {
  if (!card) return calibration;
  const { mmPerPx, mmPerPxRelativeSd } = card;
  return { ...calibration, card, ...(calibration.mmPerPx === undefined && { mmPerPx, mmPerPxRelativeSd }) };
}

/** As {@link calibrate}, from a chart already found (or its corners corrected by hand and read again). */
export function calibrateFrom(chart: FoundChart, options: CalibrateOptions = {}): Calibration {
  const reference = colorChecker24();
  const greys: SeenGrey[] = chart.patches.flatMap((patch, i) =>
    i < firstGrey || patch.clipped
      ? []
      : [{ linear: patch.linear, reflectance01: reference[i].xyz.Y / whiteY }],
  );
  const tone = toneOf(greys);
  const light = ({ linear }: ChartPatch): LinearRgb => (tone ? straightened(tone, linear) : linear);
  const pairs: Pair[] = [];
  chart.patches.forEach((patch, i) => {
    if (!patch.clipped) pairs.push({ linear: light(patch), xyz: reference[i].xyz });
  });
  const reasons: string[] = [];
  const skins = skinsThroughChart(chart.patches.map((patch) => ({ ...patch, linear: light(patch) })));
  const tried: { kind: CorrectionKind; leftOutError: number; skinError?: number }[] = [];
  for (const kind of ['linear', 'root2', 'root3'] as const) {
    const errors = leaveOneOut(kind, pairs);
    if (!errors) continue;
    const onSkin = skins.length > 0 ? skinError(kind, pairs, skins) : undefined;
    tried.push({ kind, leftOutError: mean(errors), ...(onSkin === undefined ? {} : { skinError: onSkin }) });
  }
  const cost = (t: (typeof tried)[number]): number => t.skinError ?? t.leftOutError;
  const best = tried.reduce<(typeof tried)[number] | undefined>(
    (a, b) => (!a || cost(b) < cost(a) * 0.95 ? b : a),
    undefined,
  );
  const correction = best && fitCorrection(best.kind, [...lightly(pairs, skins), ...skins]);
  if (!best || !correction) {
    return {
      calibrated: false,
      chart,
      residuals: [],
      tried,
      sdDeltaE: uncalibratedSd,
      differenceSdDeltaE: 2.5,
      reasons: [
        'A chart was found but too few of its patches can be read (over- or underexposed); expose so that the white patch is not clipped.',
      ],
    };
  }
  const each = residuals(
    correction,
    chart.patches.map((patch, i) => ({ linear: light(patch), xyz: reference[i].xyz })),
  );
  const used = chart.patches.map((patch) => !patch.clipped);
  const meanResidual = mean(each.filter((_, i) => used[i]));
  const clipped = used.filter((u) => !u).length;
  if (clipped > 0) reasons.push(`${clipped} of 24 patches are over- or underexposed and were left out.`);
  const lightTint = tintOf(chart.patches[20].linear);
  if (lightTint > 12) {
    reasons.push(
      'The light is strongly tinted (warm lamp or coloured surroundings): absolute colour is worse by 1 to 2 ΔE00 than in daylight; use daylight or a 5000-6500 K lamp of high CRI.',
    );
  }
  const bend = toneBend(greys);
  if (tone) {
    reasons.push(
      `The camera bends tones by ${Math.round(100 * bend)} %, as telephones do: the chart’s greys straighten them. Where it brightens parts of a picture by themselves no chart can know: rely on the difference to the skin beside.`,
    );
  }
  const doubt = best.skinError ?? best.leftOutError * 0.5;
  if (doubt > 0.8) {
    reasons.push(
      'Patches and skin disagree as under a lamp far from daylight (or a camera that bends tones): use daylight or a 5000-6500 K lamp of high CRI, and no filter.',
    );
  }
  // Lamps far from daylight leave 1 to 2 ΔE00 on skin whatever the fit (simulated cameras, docs/science/calibration.md).
  const lightSd = Math.min(2.5, Math.max(0, lightTint - 6) * 0.1);
  const sdDeltaE = Math.hypot(chartSd, doubt, lightSd, tone ? bentSd : 0);
  const base: Calibration = {
    calibrated: true,
    chart,
    correction: tone ? { ...correction, tone } : correction,
    residuals: chart.patches.map((patch, i) => ({ name: patch.name, deltaE00: each[i], used: used[i] })),
    meanResidual,
    leftOutError: best.leftOutError,
    tried,
    lightTint,
    toneBend: bend,
    sdDeltaE,
    differenceSdDeltaE: Math.hypot(0.5, 0.25 * sdDeltaE),
    reasons,
  };
  if (!options.pitchMm) {
    return {
      ...base,
      reasons: [
        ...reasons,
        'The chart is sold in several sizes: measure from the middle of one patch to the middle of the next, in mm, to get a scale.',
      ],
    };
  }
  return { ...base, mmPerPx: options.pitchMm / chart.pitchPx, mmPerPxRelativeSd: 0.02 };
}

/** The six greys close the card. */
const firstGrey = 18;
const whiteY = whitePoint('D65/2').Y;
/** What bent tones leave on skin after the greys straightened them (simulated curves, docs/science/calibration.md). */
const bentSd = 0.5;

/** A corrected colour with its uncertainty; without a correction, the encoded colour and a plain warning. */
export function colourOf(calibration: Calibration, linear: LinearRgb): PhotoColour {
  const { correction, calibrated, sdDeltaE } = calibration;
  return {
    lab: correction ? correctedLab(correction, linear) : labOfLinear(linear),
    sdDeltaE,
    calibrated,
    reason: calibration.reasons.join(' '),
  };
}

export interface ColourDifference {
  readonly deltaE00: number;
  readonly deltaL: number;
  readonly deltaA: number;
  readonly deltaB: number;
  readonly sdDeltaE: number;
}

/**
 * Patch against its own surround in the same picture: most of what light and camera do wrong they do to both, so this
 * is the number to use. Components are patch minus surround.
 */
export function colourDifference(
  calibration: Calibration,
  patch: LinearRgb,
  surround: LinearRgb,
): ColourDifference {
  const p = colourOf(calibration, patch).lab;
  const s = colourOf(calibration, surround).lab;
  return {
    deltaE00: deltaE00(p, s),
    deltaL: p.L - s.L,
    deltaA: p.a - s.a,
    deltaB: p.b - s.b,
    sdDeltaE: calibration.differenceSdDeltaE,
  };
}

/** How far a grey lies from the encoding's white, ΔE*ab chroma. */
function tintOf(grey: LinearRgb): number {
  const { a, b } = labOfLinear(scaleTo(grey));
  return Math.hypot(a, b);
}

/** Linear light scaled so that green is 0.18: for judging tint apart from exposure. */
function scaleTo([r, g, b]: LinearRgb): LinearRgb {
  const k = 0.18 / Math.max(1e-6, g);
  return [r * k, 0.18, b * k];
}

/** Scatter of a patch's mean in a picture, as a share of it. */
const patchNoise = 0.003;
/** How much a patch counts against a skin in the fit: enough to keep other colours sensible. */
const chartWeight = 0.01;

/**
 * Skin as this camera sees it under this light, though neither is known: what each channel collects is estimated from the
 * patches and from what cameras and lights are like, then held against measured skins. Empty when fewer than 18 patches
 * can be read. Holds for linear pictures; tones that a camera bent are straightened before.
 */
function skinsThroughChart(patches: readonly ChartPatch[]): Pair[] {
  const usable = patches.flatMap((patch, i) =>
    patch.clipped ? [] : [{ linear: patch.linear, reflectance: colorChecker24Reflectance[i], i }],
  );
  const grey = usable.find(({ i }) => i >= firstGrey);
  if (usable.length < 18 || !grey) return [];
  const surfaces = usable.map(({ reflectance }) => reflectance);
  const channels = ([0, 1, 2] as const).map((c) => {
    const prior = channelPriors[c];
    // Greys reflect alike everywhere: what one answers tells the channel's exposure.
    const perUnit = grey.linear[c] / prior.mean.reduce((sum, v, k) => sum + v * grey.reflectance[k], 0);
    const answers = usable.map(({ linear }) => linear[c] / perUnit);
    return channelOf(prior, surfaces, answers, patchNoise)?.map((v) => v * perUnit);
  });
  const [red, green, blue] = channels;
  if (!red || !green || !blue) return [];
  const meter = colorimeter('D65/2', spectralGrid);
  const answer = (channel: readonly number[], skin: readonly number[]): number =>
    channel.reduce((sum, v, k) => sum + v * skin[k], 0);
  return skinReflectance.map((skin) => ({
    linear: [answer(red, skin), answer(green, skin), answer(blue, skin)],
    xyz: xyzUnder(meter, skin),
  }));
}

/** The chart beside skins; without them it is all there is. */
const lightly = (pairs: readonly Pair[], skins: readonly Pair[]): readonly Pair[] =>
  skins.length === 0 ? pairs : pairs.map((pair) => ({ ...pair, weight: chartWeight }));

/** ΔE00 on every second skin when the fit saw the patches and the other skins. */
function skinError(kind: CorrectionKind, pairs: readonly Pair[], skins: readonly Pair[]): number | undefined {
  const fitted = fitCorrection(kind, [...lightly(pairs, skins), ...skins.filter((_, i) => i % 2 === 0)]);
  if (!fitted) return undefined;
  return mean(
    residuals(
      fitted,
      skins.filter((_, i) => i % 2 === 1),
    ),
  );
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);
