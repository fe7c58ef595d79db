import type { Lab, NamedWhite } from '../light/index.ts';
import type { HealingState, LearnedHealing, MatchResult, Treatment } from '../match/index.ts';
import type { Correction, Point } from '../photo/index.ts';
import type { InstrumentGeometry } from '../skin/index.ts';
import type { DensityProfile } from './density.ts';
import type { DensityStroke } from './density-strokes.ts';
import type { NeedleAdvice, Site, Sourced } from './protocol.ts';

/**
 * A plan as it is kept: everything that went in, what came out, and the words that go with it. Plain values only, so
 * that JSON is the document. The same inputs give the same bytes; docs/science/plan.md lists the fields.
 */
export interface PlanDocument {
  readonly format: 'undertone/plan';
  readonly version: 1;
  readonly engineVersion: string;
  readonly treatment: Treatment;
  readonly inputs: PlanInputs;
  readonly photo: PhotoStatement;
  readonly region: RegionStatement;
  readonly samples: SampleStatement;
  readonly match: MatchStatement;
  readonly needle: NeedleAdvice & { readonly stopRule: string };
  readonly dots: DotStatement;
  readonly sessions: readonly SessionStatement[];
  readonly previews: readonly PreviewStatement[];
  readonly warnings: readonly PlanWarning[];
}

export interface PlanInputs {
  readonly seed: number;
  readonly site: Site;
  readonly photo: {
    readonly name?: string;
    readonly sha256: string;
    readonly widthPx: number;
    readonly heightPx: number;
  };
  readonly region: {
    readonly source: 'tap' | 'mask' | 'brush' | 'landmarks';
    readonly taps?: readonly Point[];
    /** Row by row: count and value, again and again. */
    readonly maskRuns: readonly number[];
  };
  readonly scale?: { readonly mmPerPx: number; readonly relativeSd: number; readonly from: string };
  readonly readings?: {
    readonly patch: PlainReading;
    readonly surround: PlainReading;
    readonly tanned?: PlainReading;
  };
  /** The document of the pigment set, as `pigmentDocument` writes it; absent for dilutions of one black. */
  readonly pigments?: unknown;
  /** What was learned from healed results when the plan was made; absent for plans of the prior alone. */
  readonly learned?: LearnedHealing;
  readonly only?: readonly string[];
  /** What a chart made of the photo's colours. */
  readonly correction?: Correction;
  /** Scars of a scalp zone are a mask of their own and not kept here. */
  readonly density?: DensityProfile;
  /** Where a hand changed the density, in the order drawn; absent where none did. */
  readonly densityStrokes?: readonly DensityStroke[];
  readonly colour: ColourStatement;
}

/** A reading with plain arrays instead of typed ones. */
export type PlainReading =
  | {
      readonly kind: 'lab';
      readonly lab: Lab<NamedWhite>;
      readonly instrument: InstrumentGeometry;
      readonly sdLab?: number;
    }
  | {
      readonly kind: 'spectrum';
      readonly startNm: number;
      readonly stepNm: number;
      readonly reflectance01: readonly number[];
      readonly instrument: InstrumentGeometry;
    };

/** How far the picture's colours may be wrong, and why. */
export interface ColourStatement {
  readonly calibrated: boolean;
  readonly method: string;
  /** Typical error of one colour on its own, ΔE. */
  readonly absoluteSdDeltaE: number;
  /** Typical error of a difference between two places of one picture, ΔE. */
  readonly differenceSdDeltaE: number;
  readonly statement: string;
}

export interface PhotoStatement {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly quality: readonly { readonly code: string; readonly message: string }[];
  readonly colour: ColourStatement;
}

export interface RegionStatement {
  readonly areaPx: number;
  readonly perimeterPx: number;
  readonly areaCm2?: number;
  readonly areaCm2Sd?: number;
  readonly perimeterMm?: number;
  readonly words: string;
}

export interface SampledColour {
  readonly lab: Lab<NamedWhite>;
  readonly pixels?: number;
  readonly sdDeltaE: number;
}

export interface SampleStatement {
  readonly patch?: SampledColour;
  readonly edge?: SampledColour;
  /** Skin some distance away, as photographed: shading between the two places is in it. */
  readonly distant?: SampledColour & { readonly distanceMm?: number; readonly distancePx: number };
  /**
   * Region against the skin just across its border, ΔE00 under D65, shading cancelled: the photograph's best number.
   * `lnLinearRgb` is the same as a difference of logarithms of linear sRGB.
   */
  readonly difference?: {
    readonly deltaE00: number;
    readonly lnLinearRgb: readonly number[];
    readonly sd: readonly number[];
  };
  readonly used: {
    readonly patch: PlainReading;
    readonly surround: PlainReading;
    readonly from: 'photo' | 'typed';
  } | null;
}

/** What the match answered; or the dilutions of one black for a scalp, which needs no match. */
export type MatchStatement =
  | ({ readonly kind: 'recipe' } & Omit<MatchResult, 'ok'>)
  | ({
      readonly kind: 'dilutions';
      readonly tones: readonly {
        readonly tone: string;
        readonly share01: number;
        readonly diluentParts: number;
      }[];
      readonly words: string;
    } & Sourced);

export interface DotStatement extends Sourced {
  readonly trueScale: boolean;
  readonly profile: DensityProfile;
  readonly count: number | null;
  readonly expectedCount: number | null;
  readonly meanSpacingMm: number;
  readonly dotMm: number;
  readonly healedDotMm: { readonly low: number; readonly expected: number; readonly high: number };
  readonly toneShares: readonly number[];
  readonly minutes: { readonly low: number; readonly high: number } | null;
  readonly words: string;
}

export interface SessionStatement {
  readonly number: number;
  /** Days after the session before; from the calendar's point of view a proposal. */
  readonly afterDays?: { readonly low: number; readonly high?: number };
  readonly dots: number | null;
  readonly minutes: { readonly low: number; readonly high: number } | null;
  readonly visits: number | null;
  readonly words: string;
}

export type PreviewRange = 'light' | 'expected' | 'dark';

/** How one picture is drawn: light of the treated skin over that of its surround, per channel of linear sRGB. */
export interface PreviewStatement {
  readonly state: HealingState;
  readonly range: PreviewRange;
  readonly relativeRgb: readonly [number, number, number];
  /** Further reddening of day 0, 0..1. */
  readonly redness01: number;
  /** Scalp only: diameter and darkness of a dot. */
  readonly dot?: { readonly diameterMm: number; readonly transmittance01: number };
  readonly words: string;
}

export interface PlanWarning {
  readonly code: string;
  readonly message: string;
}

/** Row-by-row runs of a mask: count, value, count, value … */
export function maskRuns(alpha: Uint8Array): number[] {
  const runs: number[] = [];
  let from = 0;
  for (let p = 1; p <= alpha.length; p++) {
    if (p === alpha.length || alpha[p] !== alpha[from]) {
      runs.push(p - from, alpha[from]);
      from = p;
    }
  }
  return runs;
}

/** The inverse of {@link maskRuns}. Throws `bad-runs` when the runs do not fill `count` pixels exactly. */
export function maskOfRuns(runs: readonly number[], count: number): Uint8Array {
  const alpha = new Uint8Array(count);
  let p = 0;
  for (let i = 0; i + 1 < runs.length; i += 2) {
    alpha.fill(runs[i + 1], p, p + runs[i]);
    p += runs[i];
  }
  if (p !== count) {
    throw Object.assign(new Error(`The mask's runs fill ${p} pixels of ${count}.`), {
      code: 'bad-runs' as const,
    });
  }
  return alpha;
}
