import type { IlluminantName, Lab, NamedWhite, Observer } from '../light/index.ts';
import type { Geometry, Reading, SkinModel } from '../skin/index.ts';
import type { PigmentRule, PigmentSet, Treatment } from './pigment.ts';

/** Healed colour of a place treated with known doses: what teaches scale, depth and retention. */
export interface HealedSpot {
  /** Doses implanted, in the set's unit, by pigment id: for instance `result.recipe.doses` of the first plan. */
  readonly doses: Readonly<Record<string, number>>;
  readonly reading: Reading;
}

export interface MatchRequest {
  readonly treatment: Treatment;
  /** The depigmented (or scarred) skin that will be treated. */
  readonly patch: Reading;
  /** The skin it shall look like. */
  readonly surround: Reading;
  /** The same surround in another season, for the report only. */
  readonly tannedSurround?: Reading;
  readonly pigments: PigmentSet;
  /** Ids to choose from; all allowed pigments of the set when absent. */
  readonly only?: readonly string[];
  /** Illuminants whose worst is minimised; default D65 and A. */
  readonly lights?: readonly IlluminantName[];
  /** Illuminants reported besides; default LED-B3. */
  readonly alsoReport?: readonly IlluminantName[];
  /** Default: the 10° observer. */
  readonly observer?: Observer;
  /** Where pigment is expected to lie; default by treatment, see `defaultGeometry`. */
  readonly geometry?: Geometry;
  /** For the size of the batch. */
  readonly areaCm2?: number;
  /** Healed test spots or earlier sessions of this person. */
  readonly spots?: readonly HealedSpot[];
  /** What the clinic's own results say of healing; where they say nothing the prior stands. */
  readonly learned?: LearnedHealing;
  /** Changes to the assumed spreads and healing, see `assumptions`. They go before what was learned. */
  readonly assumptions?: Partial<MatchAssumptions>;
}

export interface MatchOptions {
  /** Same request and seed: same bytes. */
  readonly seed: number;
  /** From `makeSkinModel()`: share it between calls, it takes a fifth of the time. */
  readonly skinModel?: SkinModel;
  readonly signal?: AbortSignal;
  /** 0..1 and what is being done. */
  readonly onProgress?: (done01: number, step: MatchStep) => void;
}

export type MatchStep = 'fit' | 'table' | 'learn' | 'search' | 'spread';

/** Healing states shown to people, with the time since the last session. */
export const healingStates = ['day0', 'week6', 'month6', 'month12', 'month24'] as const;
export type HealingState = (typeof healingStates)[number];

/** Spread of what nobody can know beforehand; standard deviations of logarithms unless the unit is said. */
export interface MatchAssumptions {
  /** Reduced scattering of skin at 500 nm, cm⁻¹: evenly spread in its logarithm over the range. */
  readonly scatteringPerCm: { readonly min: number; readonly max: number };
  /** Depth of the top of the pigment, deviation from the geometry, µm (plain standard deviation). */
  readonly depthSdUm: number;
  readonly thicknessLogSd: number;
  readonly mixingLogSd: number;
  readonly bloodLogSd: number;
  readonly scatterLogSd: number;
  /**
   * Shares of the variance of ln retention, 0..1: `common01` moves all pigments of a person together, the rest each
   * for itself; `personal01` returns in the same person's next session, the rest does not.
   */
  readonly retentionShare: { readonly common01: number; readonly personal01: number };
  readonly healing: readonly HealingAssumption[];
}

/** Fraction of the implanted dose that is optically at work in a state of healing, for pigments of one class. */
export interface HealingAssumption {
  readonly state: HealingState;
  readonly pigmentClass: PigmentClass;
  readonly retentionMedian01: number;
  readonly retentionLogSd: number;
  readonly source: string;
  readonly review: 'unreviewed';
}

export type PigmentClass = 'white' | 'yellow' | 'red' | 'black' | 'other';

/** Skin by typology angle (Chardon, Cretois, Hourseau 1991; domain reference 4.3). */
export const skinGroups = ['very-light', 'light', 'intermediate', 'tan', 'brown', 'dark'] as const;
export type SkinGroup = (typeof skinGroups)[number];

/**
 * What a clinic's own healed results say about healing: format `undertone/learned-healing`, version 1. Made by
 * `engine/learn`; a plan keeps the document it was made with. Plain values only.
 */
export interface LearnedHealing {
  readonly format: 'undertone/learned-healing';
  readonly version: 1;
  /** How many results of how many people it rests on. */
  readonly results: number;
  readonly people: number;
  /** Where they are from, for people to read. */
  readonly from: string;
  /** False: too few; `healing` is empty and the prior stands. */
  readonly isEnough: boolean;
  readonly healing: readonly LearnedRetention[];
  /** Drift of colour in the states it was learned for; absent in documents made before it was. */
  readonly drift?: readonly LearnedDrift[];
}

/** Retention of a class of pigment in one treatment on one group of skin. */
export interface LearnedRetention {
  readonly treatment: Treatment;
  readonly skinGroup: SkinGroup;
  readonly pigmentClass: PigmentClass;
  readonly state: HealingState;
  readonly retentionMedian01: number;
  /** For a new person, standard deviation of ln retention. */
  readonly retentionLogSd: number;
  /** Results of this very cell, in any state. */
  readonly results: number;
}

/** One coordinate of colour drift, CIELAB units. */
export interface DriftAxis {
  /** Posterior mean of the group. */
  readonly mean: number;
  /** Standard deviation of that mean, at least 0. */
  readonly meanSd: number;
  /** Standard deviation between the results of a group, at least 0. */
  readonly scatterSd: number;
}

/** Drift of a* and b* (healed less what fading explains) of a class of pigment in one treatment on one group of skin. */
export interface LearnedDrift {
  readonly treatment: Treatment;
  readonly skinGroup: SkinGroup;
  readonly pigmentClass: PigmentClass;
  readonly state: HealingState;
  readonly a: DriftAxis;
  readonly b: DriftAxis;
  /** Results of this very cell in this state. */
  readonly results: number;
}

export interface RecipePart {
  readonly pigment: string;
  readonly name: string;
  /** Share of all pigment drops, 0..1, after rounding. */
  readonly parts01: number;
  readonly drops: number;
  /** 10: one part of this pigment is first mixed into nine of diluent, and drops are counted of that. Else 1. */
  readonly letDown: 1 | 10;
}

/** Median of what is simulated, and the interval that holds 90 of 100 simulated outcomes. */
export interface Estimate {
  readonly expected: number;
  readonly low90: number;
  readonly high90: number;
}

export interface PredictedColour {
  readonly state: HealingState;
  readonly illuminant: IlluminantName;
  /** Median outcome. */
  readonly lab: Lab<NamedWhite>;
  /** 5th and 95th percentile per coordinate. */
  readonly interval90: { readonly low: Lab<NamedWhite>; readonly high: Lab<NamedWhite> };
  /** Distance to the surround under this light. */
  readonly deltaE00: Estimate;
  /** Distance to the tanned surround, when one was given. */
  readonly deltaE00Tanned?: Estimate;
}

export interface Recipe {
  readonly parts: readonly RecipePart[];
  readonly diluentDrops: number;
  readonly totalDrops: number;
  /** Implanted doses by pigment id, before rounding: what {@link HealedSpot} asks for. */
  readonly doses: Readonly<Record<string, number>>;
  /** Implanted doses that the whole drops give. */
  readonly doseOfDrops: Readonly<Record<string, number>>;
  /** Worst light's CIEDE2000 to the surround if every assumption holds, exact doses and whole drops. */
  readonly worstDeltaE00: number;
  readonly worstDeltaE00OfDrops: number;
  /** Worst light's distance at week 6 over what is uncertain. */
  readonly spread: Estimate;
}

/** `lightness`: the surround is lighter than pigment can make the patch. */
export type GamutCause = 'depth' | 'darkness' | 'palette' | 'lightness';

export interface GamutVerdict {
  /**
   * By CIELAB difference: `good` up to 1.8 (2.6 where ITA <= 28°), `fair` up to 3 (4.4), else `poor`; `out-of-reach`
   * when even the best recipe's CIEDE2000 exceeds 3. Bands are proposals, unreviewed.
   */
  readonly band: 'good' | 'fair' | 'poor' | 'out-of-reach';
  readonly tolerable: boolean;
  readonly bestDeltaE00: number;
  readonly cause?: GamutCause;
  readonly message: string;
}

/** Effect of one drop more of one pigment in the batch, on the week-6 colour under D65. */
export interface DropSensitivity {
  readonly pigment: string;
  readonly deltaL: number;
  readonly deltaA: number;
  readonly deltaB: number;
  readonly worstDeltaE00: number;
  readonly words: string;
}

/** What the healed spots taught; medians and 90 % intervals. */
export interface Learned {
  readonly spots: number;
  readonly scatteringPerCm: Estimate;
  readonly depthUm: Estimate;
  readonly retention: Readonly<Record<string, Estimate>>;
}

export interface MatchResult {
  readonly ok: true;
  readonly recipe: Recipe;
  /** Part of the full dose to give first: too light can be corrected, too dark cannot. 0 where none is to be given. */
  readonly firstDose: {
    readonly fraction01: number;
    readonly chanceTooDark01: number;
    readonly message: string;
  };
  readonly predicted: readonly PredictedColour[];
  readonly sensitivity: readonly DropSensitivity[];
  readonly alternatives: readonly Recipe[];
  readonly verdict: GamutVerdict;
  readonly learned: Learned;
  readonly untreated: readonly { readonly illuminant: IlluminantName; readonly deltaE00: number }[];
  /** Stable codes with sentences: what the result rests on. */
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly rules: readonly (PigmentRule & { readonly pigment: string })[];
  readonly target: readonly Lab<NamedWhite>[];
  readonly observer: Observer;
  readonly lights: readonly IlluminantName[];
  readonly geometry: Geometry;
  readonly seed: number;
  readonly evaluations: number;
}

export interface MatchRefusal {
  readonly ok: false;
  readonly reason:
    | 'impossible-lab'
    | 'impossible-spectrum'
    | 'mixed-instruments'
    | 'unknown-pigment'
    | 'blocked-pigment'
    | 'too-few-pigments'
    | 'impossible-geometry'
    | 'impossible-dose';
  readonly message: string;
  readonly field?: string;
}

export type MatchOutcome = MatchResult | MatchRefusal;
