import { type PigmentSet, samplePaints } from '@undertone/engine/match/index.ts';
import type { Calibration, Mask, Picture, Point, QualityReport } from '@undertone/engine/photo/index.ts';
import { maskOfRuns, maskRuns, type PreviewRange } from '@undertone/engine/plan/document.ts';
import type { DensityStroke, Site } from '@undertone/engine/plan/index.ts';
import { type HeadModel, isDoubtful, type Scale } from '@undertone/engine/region/index.ts';
import type { ScalpLine } from '@undertone/engine/region/landmarks/index.ts';
import type { PlanAnswer } from '@undertone/engine/work/index.ts';
import { mostDensityStrokes, sparsePoints } from './density-stroke.ts';
import { type Conditions, noSpectra, type Place, type ReadSpectrum, type Spectra } from './readings.ts';
import { numberOf, type TypedLab } from './typed.ts';

export type Treatment = 'vitiligo' | 'lip' | 'scalp';
export type Tool = 'tap' | 'add' | 'remove' | 'measure' | 'move' | 'density';
export type HealingView = 'day0' | 'week6' | 'month12' | 'month24';

/** The photograph under work: what the page calculates with, and the file it came from. */
export interface StudioPhoto {
  readonly file: File;
  readonly sha256: string;
  readonly picture: Picture;
  /** Pixels of the file for one of the picture: above 1 when it was made smaller for the screen. */
  readonly reducedBy: number;
}

/** How the region came about. */
export type RegionSource = 'tap' | 'brush' | 'landmarks';

export interface Ruler {
  readonly from: Point;
  readonly to: Point;
  /** Length of the line on the skin, mm, as typed. */
  readonly lengthMm: string;
}

/** A region as one step of the history: compact, so that many fit. */
interface RegionStep {
  readonly runs: readonly number[];
  readonly source: RegionSource;
  readonly taps: readonly Point[];
  /** Of a scalp on a face seen: its hairline and its head, pixels. A hand that draws on changes neither. */
  readonly front?: readonly Point[];
  readonly head?: HeadModel;
  /** Its hairline's five places and the head they are measured on. */
  readonly line?: ScalpLine;
  /** How likely a proposal is right; missing where a hand has drawn. */
  readonly confidence01?: number;
  /** What the engine says of a region found from the face that a hand has not drawn on. */
  readonly notes?: readonly string[];
}

/** How the studio stood before each act, oldest first, and what was undone, the next to redo last. */
export interface Trail {
  readonly past: readonly TakenBack[];
  readonly ahead: readonly TakenBack[];
  /** The field that was typed into last: a number is one act, however many keys it took. */
  readonly typing: string | null;
}

/**
 * What undo takes back: what is treated, the region, the scale, the hair in the zone. Readings and pigments are corrected
 * where they stand.
 */
export type TakenBack = Pick<
  StudioState,
  | 'treatment'
  | 'site'
  | 'history'
  | 'at'
  | 'ruler'
  | 'mmPerPxTyped'
  | 'existingHairTyped'
  | 'irisScale'
  | 'densityStrokes'
>;

const noTrail: Trail = { past: [], ahead: [], typing: null };

export interface StudioState {
  readonly treatment: Treatment;
  readonly site: Site | null;
  readonly photo: StudioPhoto | null;
  /** What was found out about the photo's colours and scale; null while it is being looked at. */
  readonly calibration: Calibration | null;
  readonly quality: QualityReport | null;
  readonly tool: Tool;
  readonly brushPx: number;
  /** Steps of the region, oldest first; `at` is the one shown, -1 an empty region. */
  readonly history: readonly RegionStep[];
  readonly at: number;
  /** What undo and redo go back and forth between. */
  readonly trail: Trail;
  readonly ruler: Ruler | null;
  readonly mmPerPxTyped: string;
  /** Hair that grows in a zone of scalp, per cm², as typed; null while nobody typed: the count in the photo is proposed. */
  readonly existingHairTyped: string | null;
  /** Where a hand made the dots denser or sparser, pixels of the picture, in the order drawn. */
  readonly densityStrokes: readonly DensityStroke[];
  /** What the density brush multiplies with next. */
  readonly densityFactor: number;
  /** Scale from the width of the irises; what is typed, drawn or read from a chart comes first. */
  readonly irisScale: Scale | null;
  readonly readings: Readonly<Record<Place, TypedLab>>;
  readonly spectra: Spectra;
  readonly conditions: Conditions;
  /** Among whose pigments the recipe is searched: `sample` or the id of a set of the clinic's. */
  readonly pigments: { readonly id: string; readonly set: PigmentSet };
  /** Ids of the pigments to choose from; null lets the plan choose among all that are allowed. */
  readonly only: readonly string[] | null;
  readonly seed: number;
  readonly plan: Extract<PlanAnswer, { ok: true }> | null;
  readonly view: HealingView;
  readonly range: PreviewRange;
  readonly savedPlanId: string | null;
}

const noLab: TypedLab = { L: '', a: '', b: '' };

export const emptyStudio: StudioState = {
  treatment: 'vitiligo',
  site: null,
  photo: null,
  calibration: null,
  quality: null,
  tool: 'tap',
  brushPx: 24,
  history: [],
  at: -1,
  trail: noTrail,
  ruler: null,
  mmPerPxTyped: '',
  existingHairTyped: null,
  densityStrokes: [],
  densityFactor: 1.25,
  irisScale: null,
  readings: { patch: noLab, surround: noLab, tanned: noLab },
  spectra: noSpectra,
  conditions: { instrument: 'contact-colorimeter', white: 'D65/10' },
  pigments: { id: 'sample', set: samplePaints },
  only: null,
  seed: 1,
  plan: null,
  view: 'week6',
  range: 'expected',
  savedPlanId: null,
};

export type StudioAct =
  | { readonly type: 'photo'; readonly photo: StudioPhoto }
  | { readonly type: 'calibrated'; readonly calibration: Calibration }
  | { readonly type: 'judged'; readonly quality: QualityReport }
  | { readonly type: 'treatment'; readonly treatment: Treatment }
  | { readonly type: 'site'; readonly site: Site | null }
  | { readonly type: 'tool'; readonly tool: Tool }
  | { readonly type: 'brush'; readonly brushPx: number }
  | {
      readonly type: 'region';
      readonly mask: Mask;
      readonly source: RegionSource;
      readonly taps: readonly Point[];
      /** The studio the region was asked of: an answer to what is no longer there is let go. */
      readonly of?: StudioState;
      /** Of a tap's proposal, 0..1. A doubtful one brings up the brush. */
      readonly confidence01?: number;
      readonly irisScale?: Scale;
      /** Of a scalp found from the face: its hairline and its head, pixels. */
      readonly front?: readonly Point[];
      readonly head?: HeadModel;
      readonly line?: ScalpLine;
      readonly notes?: readonly string[];
    }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'clear' }
  | { readonly type: 'ruler'; readonly ruler: Ruler | null }
  | { readonly type: 'mmPerPx'; readonly typed: string }
  | { readonly type: 'existingHair'; readonly typed: string | null }
  | { readonly type: 'densityFactor'; readonly factor: number }
  | { readonly type: 'densityStroke'; readonly points: readonly Point[] }
  | { readonly type: 'densityAsPlanned' }
  | { readonly type: 'reading'; readonly of: Place; readonly lab: TypedLab }
  | { readonly type: 'spectrum'; readonly of: Place; readonly spectrum: ReadSpectrum | null }
  | { readonly type: 'conditions'; readonly conditions: Conditions }
  | { readonly type: 'pigments'; readonly id: string; readonly set: PigmentSet }
  | { readonly type: 'only'; readonly only: readonly string[] | null }
  /** `of`: the studio the plan was asked of. What was changed since makes it a plan of something else. */
  | { readonly type: 'planned'; readonly plan: Extract<PlanAnswer, { ok: true }>; readonly of: StudioState }
  | { readonly type: 'view'; readonly view: HealingView }
  | { readonly type: 'range'; readonly range: PreviewRange }
  | { readonly type: 'saved'; readonly planId: string }
  /** Work that was kept, as it stood. */
  | { readonly type: 'restored'; readonly studio: StudioState };

/** What a region is asked of. */
const regionInputs = [
  'treatment',
  'photo',
  'history',
  'at',
] as const satisfies readonly (keyof StudioState)[];

/** What a plan is made from. */
const planInputs = [
  'treatment',
  'site',
  'photo',
  'calibration',
  'history',
  'at',
  'ruler',
  'mmPerPxTyped',
  'existingHairTyped',
  'densityStrokes',
  'irisScale',
  'readings',
  'spectra',
  'conditions',
  'pigments',
  'only',
  'seed',
] as const satisfies readonly (keyof StudioState)[];

/** Steps kept for undo. */
const historyMost = 60;

/** The state after an act. Whatever changes an input of the plan lets go of the plan made from the old one. */
export function nextState(
  state: StudioState,
  act: Exclude<StudioAct, { type: 'undo' | 'redo' }>,
): StudioState {
  const stale = { plan: null, savedPlanId: null } as const;
  switch (act.type) {
    case 'photo':
      return {
        ...state,
        ...stale,
        photo: act.photo,
        calibration: null,
        quality: null,
        tool: 'tap',
        brushPx: Math.round(
          Math.max(6, Math.min(act.photo.picture.widthPx, act.photo.picture.heightPx) / 30),
        ),
        history: [],
        at: -1,
        trail: noTrail,
        ruler: null,
        mmPerPxTyped: '',
        existingHairTyped: null,
        densityStrokes: [],
        irisScale: null,
      };
    case 'calibrated':
      return { ...state, ...stale, calibration: act.calibration };
    case 'judged':
      return { ...state, quality: act.quality };
    case 'treatment':
      return {
        ...state,
        ...stale,
        treatment: act.treatment,
        site: null,
        irisScale: null,
        densityStrokes: [],
        tool: act.treatment === 'vitiligo' ? 'tap' : 'add',
      };
    case 'site':
      return { ...state, ...stale, site: act.site };
    case 'tool':
      return { ...state, tool: act.tool };
    case 'brush':
      return { ...state, brushPx: act.brushPx };
    case 'region': {
      const { source, taps, confidence01, notes, of = state } = act;
      if (regionInputs.some((input) => state[input] !== of[input])) return state;
      const { front, head, line } = act.source === 'brush' ? { ...currentStep(state), ...act } : act;
      const step: RegionStep = {
        runs: maskRuns(act.mask.alpha),
        source,
        taps,
        ...(confidence01 !== undefined && { confidence01 }),
        ...(front && { front }),
        ...(head && { head }),
        ...(line && { line }),
        ...(notes && { notes }),
      };
      const history = [...state.history.slice(0, state.at + 1), step].slice(-historyMost);
      const irisScale = act.irisScale ?? state.irisScale;
      const tool = isDoubtful(confidence01) ? 'add' : state.tool;
      return { ...state, ...stale, history, at: history.length - 1, irisScale, tool };
    }
    case 'clear':
      return { ...state, ...stale, history: [], at: -1, densityStrokes: [] };
    case 'ruler':
      return { ...state, ...stale, ruler: act.ruler, mmPerPxTyped: '' };
    case 'mmPerPx':
      return { ...state, ...stale, mmPerPxTyped: act.typed, ruler: null };
    case 'existingHair':
      return { ...state, ...stale, existingHairTyped: act.typed };
    case 'densityFactor':
      return { ...state, densityFactor: act.factor, tool: 'density' };
    case 'densityStroke': {
      const { densityStrokes, densityFactor: factor, brushPx: radiusPx } = state;
      const stroke = { factor, radiusPx, points: sparsePoints(act.points, radiusPx / 6) };
      if (stroke.points.length === 0 || densityStrokes.length >= mostDensityStrokes) return state;
      return { ...state, ...stale, densityStrokes: [...densityStrokes, stroke] };
    }
    case 'densityAsPlanned':
      return { ...state, ...stale, densityStrokes: [] };
    case 'reading':
      return { ...state, ...stale, readings: { ...state.readings, [act.of]: act.lab } };
    case 'spectrum':
      return { ...state, ...stale, spectra: { ...state.spectra, [act.of]: act.spectrum } };
    case 'conditions':
      return { ...state, ...stale, conditions: act.conditions };
    case 'pigments':
      return { ...state, ...stale, pigments: { id: act.id, set: act.set }, only: null };
    case 'only':
      return { ...state, ...stale, only: act.only };
    case 'planned':
      if (planInputs.some((input) => state[input] !== act.of[input])) return state;
      return { ...state, plan: act.plan, savedPlanId: null };
    case 'view':
      return { ...state, view: act.view };
    case 'range':
      return { ...state, range: act.range };
    case 'saved':
      return { ...state, savedPlanId: act.planId };
    case 'restored':
      return act.studio;
  }
}

/** The step of the region that is shown; undefined when there is none. */
export function currentStep({ history, at }: Pick<StudioState, 'history' | 'at'>): RegionStep | undefined {
  return at < 0 ? undefined : history[at];
}

/** The region as a mask of the picture's size; empty when nothing is chosen. */
export function maskOf(state: Pick<StudioState, 'photo' | 'history' | 'at'>): Mask | undefined {
  if (!state.photo) return undefined;
  const { widthPx, heightPx } = state.photo.picture;
  const step = currentStep(state);
  const alpha = step ? maskOfRuns(step.runs, widthPx * heightPx) : new Uint8Array(widthPx * heightPx);
  return { widthPx, heightPx, alpha };
}

export type ScaleChoice =
  | {
      readonly ok: true;
      readonly scale: { readonly mmPerPx: number; readonly relativeSd: number; readonly from: string };
    }
  | { readonly ok: false; readonly reason: 'none' | 'ruler-short' | 'not-a-number' | 'out-of-range' };

/** Where a ruler's two ends can be set, pixels, one standard deviation each. */
const rulerEndSdPx = 1.5;

/**
 * Millimetres a pixel of the picture, from a drawn line, a typed number, the chart or the irises, with its error: the line's from how
 * well its ends can be set, a typed number's taken as 2 %. `none` while nothing was given.
 */
export function scaleOf({
  ruler,
  mmPerPxTyped,
  calibration,
  irisScale,
}: Pick<StudioState, 'ruler' | 'mmPerPxTyped' | 'calibration' | 'irisScale'>): ScaleChoice {
  const plausible = (mmPerPx: number) => mmPerPx >= 0.005 && mmPerPx <= 2;
  if (ruler) {
    if (ruler.lengthMm.trim() === '') return { ok: false, reason: 'none' };
    const lengthMm = numberOf(ruler.lengthMm);
    const lengthPx = Math.hypot(ruler.to.x - ruler.from.x, ruler.to.y - ruler.from.y);
    if (lengthMm === undefined || lengthMm <= 0) return { ok: false, reason: 'not-a-number' };
    if (lengthPx < 20) return { ok: false, reason: 'ruler-short' };
    const mmPerPx = lengthMm / lengthPx;
    if (!plausible(mmPerPx)) return { ok: false, reason: 'out-of-range' };
    const relativeSd = Math.hypot((Math.SQRT2 * rulerEndSdPx) / lengthPx, 0.01);
    return { ok: true, scale: { mmPerPx, relativeSd, from: `a drawn line of ${lengthMm} mm` } };
  }
  if (mmPerPxTyped.trim() === '') {
    if (calibration?.mmPerPx === undefined) {
      if (!irisScale) return { ok: false, reason: 'none' };
      return { ok: true, scale: { ...irisScale, from: 'the width of the irises, 11.7 mm' } };
    }
    const { mmPerPx, mmPerPxRelativeSd = 0.02 } = calibration;
    const from = calibration.card?.mmPerPx === mmPerPx ? 'the scale card' : 'the colour chart';
    return { ok: true, scale: { mmPerPx, relativeSd: mmPerPxRelativeSd, from } };
  }
  const mmPerPx = numberOf(mmPerPxTyped);
  if (mmPerPx === undefined) return { ok: false, reason: 'not-a-number' };
  if (!plausible(mmPerPx)) return { ok: false, reason: 'out-of-range' };
  return { ok: true, scale: { mmPerPx, relativeSd: 0.02, from: 'a typed number' } };
}
