import type { Lab, NamedWhite } from '../light/index.ts';
import {
  type HealingState,
  healingStates,
  type MatchResult,
  type PredictedColour,
  type Treatment,
} from '../match/index.ts';
import { type Box, cropPicture, type Picture } from '../photo/index.ts';
import type { Blend } from './blend.ts';
import type { DensityCover } from './density-cover.ts';
import type { PreviewRange, PreviewStatement } from './document.ts';
import type { Dots } from './dots.ts';
import { relativeRgb } from './readings.ts';
import { renderRegion } from './render.ts';
import { renderDots } from './scalp.ts';

const ranges: readonly PreviewRange[] = ['light', 'expected', 'dark'];

const stateWords: Readonly<Record<HealingState, string>> = {
  day0: 'Right after the session: darker, and the skin is red and swollen.',
  week6: 'Week 6: the first time a verdict makes sense.',
  month6: 'Month 6: colour still moves.',
  month12: 'Month 12: formal outcome.',
  month24: 'Month 24: many need a refresh by now.',
};

/** Nearly all skin is red after needling for up to 72 hours (domain reference 5.1); how red is assumed. */
const dayZeroRedness: Readonly<Record<PreviewRange, number>> = { light: 0.5, expected: 0.8, dark: 1 };

/**
 * ln of the light that full redness leaves in linear red, green, blue: blood absorbs green most, then blue
 * (oxyhaemoglobin around 545 and 465 nm against 600 nm). The strength is a choice, not a measurement.
 */
const rednessLn = [-0.04, -0.3, -0.2] as const;

/** Predicted colours as pictures are drawn from them: relative to the surround, for each state and range. */
export function previewsOfMatch(match: MatchResult, surround: Lab<NamedWhite>): PreviewStatement[] {
  const out: PreviewStatement[] = [];
  for (const state of healingStates) {
    const predicted = match.predicted.find((p) => p.state === state && p.illuminant === 'D65');
    if (!predicted) continue;
    for (const range of ranges) {
      out.push({
        state,
        range,
        relativeRgb: relativeRgb(labOfRange(predicted, range), surround),
        redness01: state === 'day0' ? dayZeroRedness[range] : 0,
        words: stateWords[state],
      });
    }
  }
  return out;
}

/** The median outcome, or the same hue at the 5th or 95th percentile of lightness. */
function labOfRange(predicted: PredictedColour, range: PreviewRange): Lab<NamedWhite> {
  const { lab, interval90 } = predicted;
  if (range === 'expected') return lab;
  const end = range === 'light' ? interval90.high : interval90.low;
  return { ...lab, L: end.L };
}

/** Scalp: how a dot of carbon black looks in each state. Diameters from the protocol; darkness is assumed. */
export function previewsOfDots(
  healedDotMm: { low: number; expected: number; high: number },
  dotMm: number,
): PreviewStatement[] {
  const looks: readonly { state: HealingState; growth: number; transmittance01: number }[] = [
    { state: 'day0', growth: 0, transmittance01: 0.05 },
    { state: 'week6', growth: 0.7, transmittance01: 0.1 },
    { state: 'month6', growth: 0.9, transmittance01: 0.14 },
    { state: 'month12', growth: 1, transmittance01: 0.17 },
    { state: 'month24', growth: 1.1, transmittance01: 0.24 },
  ];
  return looks.flatMap(({ state, growth, transmittance01 }) =>
    ranges.map((range): PreviewStatement => {
      const healed =
        range === 'light' ? healedDotMm.low : range === 'dark' ? healedDotMm.high : healedDotMm.expected;
      return {
        state,
        range,
        relativeRgb: [1, 1, 1],
        redness01: state === 'day0' ? dayZeroRedness[range] * 0.4 : 0,
        dot: {
          diameterMm: dotMm * 1.5 + (healed - dotMm * 1.5) * growth,
          transmittance01: Math.min(
            0.9,
            transmittance01 + (range === 'light' ? 0.1 : range === 'dark' ? -0.04 : 0),
          ),
        },
        words: stateWords[state],
      };
    }),
  );
}

/** What a preview is drawn from: a read region, or dots on a scalp. */
export type PreviewSource =
  | {
      readonly kind: 'region';
      readonly blend: Blend;
      readonly treatment: Treatment;
      readonly density?: DensityCover;
    }
  | { readonly kind: 'dots'; readonly picture: Picture; readonly dots: Dots; readonly mmPerPx: number };

/** Draws one state and range. The input is not changed. */
export function renderHealing(source: PreviewSource, preview: PreviewStatement): Picture {
  if (source.kind === 'region') {
    const relative = preview.relativeRgb.map((v, c) => v * Math.exp(rednessLn[c] * preview.redness01));
    return renderRegion(source.blend, [relative[0], relative[1], relative[2]], source.density);
  }
  const dot = preview.dot ?? { diameterMm: 0.3, transmittance01: 0.4 };
  return renderDots(source.picture, source.dots, source.mmPerPx, {
    diameterMm: dot.diameterMm,
    // Carbon under skin looks slightly cool: red is scattered back less than blue (Tyndall; domain reference 4.1).
    transmittance: [dot.transmittance01 * 0.97, dot.transmittance01, Math.min(1, dot.transmittance01 * 1.06)],
  });
}

/** The picture of one state and range of a plan; undefined when the plan predicts none. */
export function previewOf(
  plan: {
    readonly document: { readonly previews: readonly PreviewStatement[] };
    readonly preview: PreviewSource;
  },
  state: HealingState,
  range: PreviewRange = 'expected',
): Picture | undefined {
  const statement = plan.document.previews.find((p) => p.state === state && p.range === range);
  return statement && renderHealing(plan.preview, statement);
}

/** The part of a picture that shows the region and as much again around it: for print and thumbnails. */
export function cropToRegion(plan: { readonly box: Box }, shown: Picture): Picture {
  const { x, y, widthPx, heightPx } = plan.box;
  const side = Math.ceil(Math.max(widthPx, heightPx) * 2);
  return cropPicture(shown, {
    x: x + (widthPx - side) / 2,
    y: y + (heightPx - side) / 2,
    widthPx: side,
    heightPx: side,
  });
}
