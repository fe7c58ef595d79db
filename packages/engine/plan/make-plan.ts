import type { Lab, NamedWhite } from '../light/index.ts';
import {
  type LearnedHealing,
  type MatchRequest,
  type MatchResult,
  matchPigments,
  type PigmentSet,
  pigmentDocument,
  type Treatment,
} from '../match/index.ts';
import {
  type Box,
  type Calibration,
  calibrate,
  cropPicture,
  type LinearRgb,
  type Mask,
  meanLinear,
  type Picture,
  type Point,
  qualityOf,
  shrinkPicture,
} from '../photo/index.ts';
import {
  type HeadModel,
  measureRegion,
  type RegionMeasure,
  resizeMask,
  type Scale,
  sampleSkin,
  scaledHead,
  zoneOnHead,
} from '../region/index.ts';
import type { Reading } from '../skin/index.ts';
import { type Blend, prepareBlend } from './blend.ts';
import type { Rgb3 } from './border.ts';
import { type DensityProfile, densityMap } from './density.ts';
import { densityCover } from './density-cover.ts';
import { type DensityStroke, isDensityStroke } from './density-strokes.ts';
import {
  type MatchStatement,
  maskRuns,
  type PlanDocument,
  type PlanWarning,
  type SampleStatement,
} from './document.ts';
import { type Dots, layDotsByDensity } from './dots.ts';
import { dotStatement, sessionStatements } from './effort.ts';
import { type PreviewSource, previewsOfDots, previewsOfMatch } from './healing.ts';
import { dotsSvg, type MapOptions } from './map-svg.ts';
import { maskOutlines } from './outline.ts';
import { defaultSite, dotAdvice, needleAdvice, type Site, scalpDilutions, stopRule } from './protocol.ts';
import {
  colourStatement,
  photoReadings,
  plainReading,
  sampleStatement,
  type TypedReadings,
} from './readings.ts';
import { rounded } from './round.ts';
import { byHandWarnings, generalWarnings, matchWarnings, noDotsWarnings, regionWords } from './words.ts';

/** Version of the engine that makes plans; a change of any number a plan can hold raises it. */
export const engineVersion = '0.5.0';

export interface PlanInput {
  readonly treatment: Treatment;
  readonly photo: { readonly picture: Picture; readonly sha256: string; readonly name?: string };
  readonly region: {
    readonly mask: Mask;
    readonly source: 'tap' | 'mask' | 'brush' | 'landmarks';
    readonly taps?: readonly Point[];
  };
  /** Millimetres a pixel; without it the map is not at true scale and the plan says so. */
  readonly scale?: Scale & { readonly from: string };
  /** Where on the body; decides needle, depth and sessions. Default: by treatment. */
  readonly site?: Site;
  /** What `calibrate` found in the photo: correction of colours, scale. Default: no chart was looked for. */
  readonly calibration?: Calibration;
  /** Readings of an instrument; they replace the photo's colours. */
  readonly readings?: TypedReadings;
  readonly pigments: PigmentSet;
  /** What the clinic's own healed results say; default: the prior of `defaultAssumptions`. */
  readonly learned?: LearnedHealing;
  /** Ids of pigments to choose from. */
  readonly only?: readonly string[];
  /** Dots; default by treatment. */
  readonly density?: DensityProfile;
  /** Where a hand made it denser or sparser, in the order drawn. */
  readonly densityStrokes?: readonly DensityStroke[];
  readonly seed: number;
}

export type PlanStep = 'photo' | 'border' | 'match' | 'dots' | 'done';

export interface PlanOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done01: number, step: PlanStep) => void;
}

export interface PlanResult {
  readonly ok: true;
  readonly document: PlanDocument;
  readonly dots: Dots;
  /** The dot map as SVG, in millimetres when the scale is known. */
  readonly mapSvg: string;
  /** How the map is drawn, for maps of single sessions. */
  readonly mapOptions: MapOptions;
  /** The region's bounding box in the photo. */
  readonly box: Box;
  /** Draws the document's previews, see `renderHealing`. */
  readonly preview: PreviewSource;
}

export interface PlanRefusal {
  readonly ok: false;
  /** Stable; those of region, blend and match pass through. */
  readonly reason: string;
  readonly message: string;
  readonly field?: string;
}

export type PlanOutcome = PlanResult | PlanRefusal;

/**
 * From a photo and a region to a plan: samples, skin, recipe, map, predicted result, warnings. Pure: the same input
 * gives the same document, byte for byte. Rejects with an `AbortError` when the signal fires.
 */
export async function makePlan(given: PlanInput, options: PlanOptions = {}): Promise<PlanOutcome> {
  // What was learned as the document keeps it, so that a plan made again from its document is the same.
  const input = given.learned ? { ...given, learned: rounded(given.learned) } : given;
  const { signal, onProgress } = options;
  const step = (done01: number, name: PlanStep) => {
    signal?.throwIfAborted();
    onProgress?.(done01, name);
  };
  const wrong = inputProblem(input);
  if (wrong) return wrong;
  step(0, 'photo');
  const { picture } = input.photo;
  const { mask } = input.region;
  const calibration = input.calibration ?? calibrate(picture, { chart: 'none' });
  const colour = colourStatement(calibration);
  // As the document keeps it, so that a plan made again from its document is the same.
  const scale = rounded(input.scale ?? scaleOfChart(calibration));
  const profile = input.density ?? defaultProfile(input.treatment, dotAdvice(input.treatment).densityPerCm2);
  const measure = measureOnHead(mask, scale, headOfProfile(profile, scale));
  const tooLarge = tooLargeFor(input.treatment, measure.areaCm2);
  if (tooLarge) return tooLarge;
  const tooMany = tooManyDots(profile, measure.areaCm2);
  if (tooMany) return tooMany;
  const sampled = sampleCoarsely(picture, mask, scale?.mmPerPx);
  if (!sampled.ok && input.treatment !== 'scalp' && sampled.reason !== 'no-surround') return sampled;
  const samples = sampled.ok ? sampled : undefined;

  step(0.05, 'border');
  const warnings: PlanWarning[] = [
    ...generalWarnings(
      {
        treatment: input.treatment,
        isTyped: input.readings !== undefined,
        isFromFace: input.region.source === 'landmarks',
        isScaleKnown: scale !== undefined,
        isOnHead: headOfProfile(profile, scale) !== undefined,
        ...unsureHead(headOfProfile(profile, scale), measure, scale),
      },
      colour,
    ),
  ];
  let blend: Blend | undefined;
  let match: MatchStatement;
  let used: SampleStatement['used'] = null;
  let difference: { patch: LinearRgb; lnOffset: Rgb3; sd: Rgb3 } | undefined;
  let previews: PlanDocument['previews'];
  const advice = dotAdvice(input.treatment);

  if (input.treatment === 'scalp') {
    match = {
      kind: 'dilutions',
      tones: scalpDilutions.map((tone, i) => ({ ...tone, share01: advice.toneShares[i] ?? 0 })),
      words:
        'Carbon black in three greys. Ratios are not published; begin with the lightest, and store what was mixed. Never dilute with tap water.',
      source: 'black diluted to several greys [11]; 1:3 to 1:10 [known]',
      review: 'unreviewed',
    };
    previews = previewsOfDots(advice.healedDotMm, advice.dotMm);
  } else {
    if (!input.readings && isColourless(picture)) return noColour;
    const isWholeLip = input.treatment === 'lip' && input.region.source === 'landmarks';
    const expected = input.treatment === 'vitiligo' ? ('lighter' as const) : undefined;
    const read = prepareBlend(picture, mask, expected, isWholeLip);
    if (!read.ok) return read;
    blend = read;
    const patch = samples?.patch.linear ?? meanLinear(picture, mask);
    if (!patch) return { ok: false, reason: 'region-empty', message: 'The region is empty.', field: 'mask' };
    const target = targetOffset(input.treatment, blend, isWholeLip);
    difference = { patch, lnOffset: blend.meanOffset, sd: blend.meanOffsetSd };
    const fromPhoto = photoReadings(patch, target.lnOffset, calibration);
    const readings = input.readings ?? fromPhoto;
    used = {
      patch: plainReading(readings.patch),
      surround: plainReading(readings.surround),
      from: input.readings ? 'typed' : 'photo',
    };
    if (!input.readings && fromPhoto.exposureFactor !== 1) {
      warnings.push({
        code: 'exposure-assumed',
        message:
          'The photo shows the region brighter or darker than skin can be; both colours were scaled to a plausible exposure. Only their difference is from the photo.',
      });
    }
    if (target.words) warnings.push({ code: 'target-assumed', message: target.words });

    step(0.15, 'match');
    const result = await matchPigments(matchRequest(input, readings, measure.areaCm2), {
      seed: input.seed,
      ...(signal ? { signal } : {}),
      onProgress: (done01) => onProgress?.(0.15 + 0.65 * done01, 'match'),
    });
    if (!result.ok) return result;
    const { ok: _, ...recipe } = result;
    match = { kind: 'recipe', ...recipe };
    warnings.push(...matchWarnings(result));
    previews = previewsOfMatch(result, surroundLab(result, readings.surround));
    if (target.lnOffset !== blend.meanOffset) {
      // The picture is drawn over the region's own surround; a chosen target lies elsewhere.
      const shift = target.lnOffset.map((v, c) => Math.exp(v - blend!.meanOffset[c]));
      previews = previews.map((p) => ({
        ...p,
        relativeRgb: [p.relativeRgb[0] * shift[0], p.relativeRgb[1] * shift[1], p.relativeRgb[2] * shift[2]],
      }));
    }
    if (blend.clipped01 > 0.05) {
      warnings.push({
        code: 'region-clipped',
        message: `${Math.round(blend.clipped01 * 100)} % of the region is overexposed: its texture in the preview is rebuilt, not seen. Photograph again with less light or without flash.`,
      });
    }
  }

  step(0.85, 'dots');
  const mmPerPx = scale?.mmPerPx ?? nominalMmPerPx(measure.areaPx);
  // As the document keeps them, so that a plan made again from its document is the same.
  const strokes = rounded(input.densityStrokes ?? []);
  const map = densityMap(mask, mmPerPx, profile, input.seed, strokes);
  const dots = layDotsByDensity(map, {
    seed: input.seed,
    toneShares: advice.toneShares,
    stageShares: advice.stageShares,
  });
  warnings.push(...noDotsWarnings(dots.count, profile), ...byHandWarnings(map, profile));
  const trueScale = scale !== undefined;
  const needle = needleAdvice(input.site ?? defaultSite(input.treatment));
  const document: PlanDocument = rounded({
    format: 'undertone/plan',
    version: 1,
    engineVersion,
    treatment: input.treatment,
    inputs: {
      seed: input.seed,
      site: needle.site,
      photo: {
        ...(input.photo.name === undefined ? {} : { name: input.photo.name }),
        sha256: input.photo.sha256,
        widthPx: picture.widthPx,
        heightPx: picture.heightPx,
      },
      region: {
        source: input.region.source,
        ...(input.region.taps ? { taps: input.region.taps } : {}),
        maskRuns: maskRuns(mask.alpha),
      },
      ...(scale ? { scale: { mmPerPx: scale.mmPerPx, relativeSd: scale.relativeSd, from: scale.from } } : {}),
      ...(input.readings
        ? {
            readings: {
              patch: plainReading(input.readings.patch),
              surround: plainReading(input.readings.surround),
              ...(input.readings.tanned ? { tanned: plainReading(input.readings.tanned) } : {}),
            },
          }
        : {}),
      ...(input.treatment === 'scalp' ? {} : { pigments: pigmentDocument(input.pigments) }),
      ...(input.learned && input.treatment !== 'scalp' ? { learned: input.learned } : {}),
      ...(input.only ? { only: input.only } : {}),
      ...(calibration.correction ? { correction: calibration.correction } : {}),
      ...(input.density ? { density: withoutMasks(input.density) } : {}),
      ...(strokes.length > 0 ? { densityStrokes: strokes } : {}),
      colour,
    },
    photo: {
      widthPx: picture.widthPx,
      heightPx: picture.heightPx,
      quality: qualityNotes(picture, mask),
      colour,
    },
    region: {
      areaPx: measure.areaPx,
      perimeterPx: measure.perimeterPx,
      ...(measure.areaCm2 === undefined
        ? {}
        : {
            areaCm2: measure.areaCm2,
            areaCm2Sd: measure.areaCm2Sd ?? 0,
            perimeterMm: measure.perimeterMm ?? 0,
          }),
      words: regionWords(measure, scale?.from),
    },
    samples: sampleStatement(samples, difference, colour, used),
    match,
    needle: { ...needle, stopRule },
    dots: dotStatement(dots, withoutMasks(profile), advice, trueScale, input.treatment),
    sessions: sessionStatements(dots, advice, needle, trueScale),
    previews,
    warnings,
  });
  const mapOptions: MapOptions = {
    dotMm: advice.dotMm,
    toneColours: toneColours[input.treatment],
    title: trueScale
      ? `Dot map, ${input.treatment}, at true scale`
      : `Dot map, ${input.treatment}, NOT to scale`,
    trueScale,
    outlinesMm: maskOutlines(mask).map((outline) =>
      outline.map(([x, y]) => [x * mmPerPx, y * mmPerPx] as const),
    ),
  };
  const preview: PreviewSource = blend
    ? {
        kind: 'region',
        blend,
        treatment: input.treatment,
        ...(map.byHand && {
          density: densityCover(map, densityMap(mask, mmPerPx, profile, input.seed), mmPerPx),
        }),
      }
    : { kind: 'dots', picture, dots, mmPerPx };
  step(1, 'done');
  return {
    ok: true,
    document,
    dots,
    mapSvg: dotsSvg(dots, mapOptions),
    mapOptions,
    box: boundsOf(mask),
    preview,
  };
}

/** Dots a plan holds: at 60 a minute they take 139 hours. */
const mostDots = 500_000;

function tooManyDots(
  { densityPerCm2 }: DensityProfile,
  areaCm2: number | undefined,
): PlanRefusal | undefined {
  const dots = (areaCm2 ?? 0) * densityPerCm2;
  if (dots <= mostDots) return undefined;
  return {
    ok: false,
    reason: 'too-many-dots',
    message: `The region would take about ${Math.round(dots)} dots, more than the ${mostDots} a plan holds. Check the scale, or plan the region in parts.`,
    field: 'scale',
  };
}

function inputProblem(input: PlanInput): PlanRefusal | undefined {
  const { picture } = input.photo;
  const { mask } = input.region;
  if (mask.widthPx !== picture.widthPx || mask.heightPx !== picture.heightPx) {
    return {
      ok: false,
      reason: 'mask-size',
      message: `The mask measures ${mask.widthPx} x ${mask.heightPx} px, the photo ${picture.widthPx} x ${picture.heightPx} px; they must be the same.`,
      field: 'mask',
    };
  }
  if (!mask.alpha.some((a) => a > 0)) {
    return {
      ok: false,
      reason: 'region-empty',
      message: 'The region is empty; tap or paint it first.',
      field: 'mask',
    };
  }
  if (input.scale && !(input.scale.mmPerPx >= 0.001 && input.scale.mmPerPx <= 10)) {
    return {
      ok: false,
      reason: 'bad-scale',
      message: `A scale of ${input.scale.mmPerPx} mm a pixel cannot be; it lies between 0.001 and 10.`,
      field: 'scale',
    };
  }
  if (!(input.densityStrokes ?? []).every(isDensityStroke)) {
    return {
      ok: false,
      reason: 'bad-density-stroke',
      message:
        'A stroke of the density brush cannot be: it needs a way, a width and a factor between 0.5 and 1.5. Take it back and draw it again.',
      field: 'densityStrokes',
    };
  }
  if (!Number.isSafeInteger(input.seed)) {
    return { ok: false, reason: 'bad-seed', message: 'The seed must be a whole number.', field: 'seed' };
  }
  return undefined;
}

/**
 * Most skin a region of its kind can have, cm². A whole scalp has 600 to 700 and both lips, with room for scars about them, 15
 * [derived]; what is larger by a half or more has a wrong scale or holds something else.
 */
const mostAreaCm2: Readonly<Partial<Record<Treatment, number>>> = { scalp: 1000, lip: 40 };

function tooLargeFor(treatment: Treatment, areaCm2: number | undefined): PlanRefusal | undefined {
  const most = mostAreaCm2[treatment];
  if (most === undefined || areaCm2 === undefined || areaCm2 <= most) return undefined;
  return {
    ok: false,
    reason: 'region-too-large',
    message: `The region measures ${Math.round(areaCm2)} cm², more than the ${most} cm² that such a region can have. Check the scale, turn the photo upright, or mark the region by hand.`,
    field: 'mask',
  };
}

function matchRequest(input: PlanInput, readings: TypedReadings, areaCm2: number | undefined): MatchRequest {
  // White opacifier sits chalky on lips; it stays out unless someone asks for it by name.
  const withoutWhite =
    input.treatment === 'lip'
      ? input.pigments.pigments.filter((p) => !p.isWhiteOpacifier).map((p) => p.id)
      : undefined;
  const only = input.only ?? (withoutWhite && withoutWhite.length >= 2 ? withoutWhite : undefined);
  return {
    treatment: input.treatment,
    patch: readings.patch,
    surround: readings.surround,
    ...(readings.tanned ? { tannedSurround: readings.tanned } : {}),
    pigments: input.pigments,
    ...(only ? { only } : {}),
    ...(input.learned ? { learned: input.learned } : {}),
    ...(readings.patch.instrument === 'camera' ? { observer: '2' as const } : {}),
    ...(areaCm2 === undefined ? {} : { areaCm2 }),
  };
}

const noColour: PlanRefusal = {
  ok: false,
  reason: 'no-colour',
  message:
    'This photo has no colour, so no pigment can be chosen from it. Take the photo again in colour, or type readings of the region and the skin around it.',
  field: 'photo',
};

/** Steps of 255 between the channels of a pixel up to which it is grey: what rounding and compression leave. */
const mostGreyStep = 3;
/** Share of a picture's pixels that differ by more, up to which it has no colour. */
const mostColoured01 = 0.005;

function isColourless({ rgba }: Picture): boolean {
  const pixels = rgba.length / 4;
  const stride = 4 * Math.max(1, Math.floor(pixels / 100_000));
  let [coloured, seen] = [0, 0];
  for (let i = 0; i < rgba.length; i += stride, seen++) {
    const [r, g, b] = [rgba[i], rgba[i + 1], rgba[i + 2]];
    if (Math.max(r, g, b) - Math.min(r, g, b) > mostGreyStep) coloured++;
  }
  return coloured <= mostColoured01 * seen;
}

/** Colours are means over many pixels: more than this many add time and nothing else. */
const mostSampledPx = 2_000_000;

/** {@link sampleSkin} on a picture averaged over whole blocks when it is large; distances stay in its own pixels. */
function sampleCoarsely(picture: Picture, mask: Mask, mmPerPx: number | undefined) {
  const factor = Math.ceil(Math.sqrt((picture.widthPx * picture.heightPx) / mostSampledPx));
  if (factor <= 1) return sampleSkin(picture, mask, mmPerPx);
  const small = shrinkPicture(picture, factor);
  const sampled = sampleSkin(
    small,
    resizeMask(mask, small.widthPx, small.heightPx),
    mmPerPx === undefined ? undefined : mmPerPx * factor,
  );
  if (!sampled.ok) return sampled;
  const { fromPx, toPx, ...rest } = sampled.surroundDistance;
  return { ...sampled, surroundDistance: { ...rest, fromPx: fromPx * factor, toPx: toPx * factor } };
}

/**
 * What the region shall look like, as an offset from itself. Vitiligo and pale scars: the skin around. A whole dark or
 * natural lip is not to match the face: it gets a fuller tone of its own, which is a matter of taste and says so.
 */
function targetOffset(
  treatment: Treatment,
  blend: Blend,
  isWholeLip: boolean,
): { lnOffset: Rgb3; words?: string } {
  if (treatment === 'lip' && blend.keepsOwnTone) {
    return {
      lnOffset: lipTintLn,
      words: isWholeLip
        ? 'The region is the whole lip: the target is a fuller tone of its own colour, a matter of taste. Type a reading of the wanted colour to plan for that.'
        : 'The region is darker than the skin around it, so it is taken as a whole lip: the target is a fuller tone of its own colour, a matter of taste. Type a reading of the wanted colour to plan for that.',
    };
  }
  const step = Math.abs(blend.meanOffset[1]);
  if (treatment === 'lip' && step < Math.max(leastLipStep, 2 * blend.meanOffsetSd[1]))
    return {
      lnOffset: blend.meanOffset,
      words:
        'The region is hardly lighter or darker than the skin around it, so a pale part of a lip and a whole lip cannot be told apart: the target is the skin around it. For a whole lip, type a reading of the wanted colour.',
    };
  return { lnOffset: blend.meanOffset };
}

/** ln of green light below which the sign of a step says nothing about a lip. */
const leastLipStep = 0.1;

/** A quarter less green, a sixth less blue: redder and somewhat darker. */
const lipTintLn: Rgb3 = [-0.04, -0.29, -0.18];

/** Lab of the surround in the white of the predicted colours. */
function surroundLab(result: MatchResult, reading: Reading): Lab<NamedWhite> {
  const white: NamedWhite = `D65/${result.observer}`;
  const target = result.target.find((lab) => lab.white === white);
  if (target) return target;
  if (reading.kind === 'lab') return reading.lab;
  throw Object.assign(new Error('The match reports no surround under D65.'), { code: 'no-target' as const });
}

/** The dots a treatment gets unless someone says otherwise; widths and shares from the protocol. */
export function defaultProfile(treatment: Treatment, densityPerCm2: number): DensityProfile {
  if (treatment === 'scalp') {
    return {
      kind: 'scalp',
      densityPerCm2,
      edgeMm: 8,
      edgeShare01: 0.4,
      jitterMm: 3,
      scarFactor: 1.15,
      existingHairPerCm2: 0,
    };
  }
  if (treatment === 'lip') {
    return { kind: 'lip', densityPerCm2, borderMm: 1, middleShare01: 0.7, gradientMm: 4 };
  }
  return { kind: 'patch', densityPerCm2, featherMm: 2.5 };
}

/**
 * The usual profile of a scalp whose hairline is known.
 *
 * @param seen how the face shows the zone, pixels: `front` its hairline (see `scalpFront`; without it the zone's whole
 *   border counts as front), `head` the head it lies on (without it the zone counts as flat), `existingHairPerCm2` the
 *   hair that grows in it and `existingHairSdPerCm2` the error of its count
 */
export function scalpProfile(
  densityPerCm2: number,
  {
    front,
    head,
    existingHairPerCm2 = 0,
    existingHairSdPerCm2,
  }: {
    readonly front?: readonly Point[];
    readonly head?: HeadModel;
    readonly existingHairPerCm2?: number;
    readonly existingHairSdPerCm2?: number;
  },
  mmPerPx: number,
): DensityProfile {
  return {
    ...defaultProfile('scalp', densityPerCm2),
    // As a document keeps them, so that a plan made again from its document is the same.
    ...(front && { frontMm: rounded(front.map(({ x, y }) => [x * mmPerPx, y * mmPerPx] as const)) }),
    ...(head && { headMm: rounded(scaledHead(head, mmPerPx)) }),
    ...(existingHairPerCm2 > 0 && { existingHairPerCm2 }),
    ...(existingHairPerCm2 > 0 && existingHairSdPerCm2 !== undefined && { existingHairSdPerCm2 }),
  };
}

function headOfProfile(profile: DensityProfile, scale: Scale | undefined): HeadModel | undefined {
  if (profile.kind !== 'scalp' || !profile.headMm || !scale) return undefined;
  return scaledHead(profile.headMm, 1 / scale.mmPerPx);
}

/**
 * Size of a region; on a head that of the skin, with the model's error beside the scale's.
 *
 * @param head in pixels of the mask
 */
export function measureOnHead(
  mask: Mask,
  scale: Scale | undefined,
  head: HeadModel | undefined,
): RegionMeasure {
  const flat = measureRegion(mask, scale);
  if (!head || !scale || flat.areaCm2 === undefined) return flat;
  const { factor, sd } = zoneOnHead(mask, head);
  const areaCm2 = flat.areaCm2 * factor;
  return { ...flat, areaCm2, areaCm2Sd: areaCm2 * Math.hypot(2 * scale.relativeSd, sd / factor) };
}

/** Above these a head was laid in from the face alone, is turned by 20 degrees, or bears less than half of the zone surely. */
const surest = { relativeSd: 0.1, yaw: 0.35, areaSd01: 0.5 };

/** One standard deviation of an area from a head that is unsure, as a share and without the scale's own. */
function unsureHead(
  head: HeadModel | undefined,
  { areaCm2, areaCm2Sd }: RegionMeasure,
  scale: Scale | undefined,
): { readonly unsureHeadSd01?: number } {
  if (!head || !areaCm2 || areaCm2Sd === undefined || !scale) return {};
  const sd01 = Math.sqrt(Math.max(0, (areaCm2Sd / areaCm2) ** 2 - (2 * scale.relativeSd) ** 2));
  const isSure =
    head.relativeSd <= surest.relativeSd && Math.abs(head.yaw) <= surest.yaw && sd01 <= surest.areaSd01;
  return isSure ? {} : { unsureHeadSd01: sd01 };
}

/** Without a scale the region is drawn as if it covered 10 cm², so that a map can be looked at. */
function nominalMmPerPx(areaPx: number): number {
  return Math.sqrt(1000 / areaPx);
}

function withoutMasks(profile: DensityProfile): DensityProfile {
  if (profile.kind !== 'scalp') return profile;
  const { scars: _, ...rest } = profile;
  return rest;
}

const toneColours: Readonly<Record<Treatment, readonly string[]>> = {
  vitiligo: ['#b98a66', '#8f5f3e', '#5f3a22'],
  lip: ['#b5596a', '#7d2f40'],
  scalp: ['#777777', '#4a4a4a', '#1e1e1e'],
};

/** The scale that a chart or a scale card gave, as a plan's input takes it; `undefined` where none was found. */
export function scaleOfChart({ mmPerPx, mmPerPxRelativeSd }: Calibration): PlanInput['scale'] {
  return mmPerPx === undefined
    ? undefined
    : { mmPerPx, relativeSd: mmPerPxRelativeSd ?? 0.02, from: 'the colour chart' };
}

/** Findings about the region and its neighbourhood, each with what to do about it. */
function qualityNotes(picture: Picture, mask: Mask): { code: string; message: string }[] {
  const { x, y, widthPx, heightPx } = boundsOf(mask);
  const side = Math.max(widthPx, heightPx) * 2;
  const box: Box = {
    x: x + (widthPx - side) / 2,
    y: y + (heightPx - side) / 2,
    widthPx: side,
    heightPx: side,
  };
  return qualityOf(cropPicture(picture, box)).findings.map(({ problem, message }) => ({
    code: problem,
    message,
  }));
}

function boundsOf(mask: Mask): Box {
  let x0 = mask.widthPx;
  let y0 = mask.heightPx;
  let x1 = 0;
  let y1 = 0;
  for (let y = 0, p = 0; y < mask.heightPx; y++) {
    for (let x = 0; x < mask.widthPx; x++, p++) {
      if (mask.alpha[p] === 0) continue;
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      y1 = y;
    }
  }
  return { x: x0, y: y0, widthPx: x1 - x0 + 1, heightPx: y1 - y0 + 1 };
}
