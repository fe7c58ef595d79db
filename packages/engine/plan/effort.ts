import type { Treatment } from '../match/index.ts';
import type { DensityProfile } from './density.ts';
import type { DotStatement, SessionStatement } from './document.ts';
import type { Dots } from './dots.ts';
import type { DotAdvice, NeedleAdvice } from './protocol.ts';

type Minutes = { readonly low: number; readonly high: number };

/** Dots as the document tells them. Without a scale there is no count: the map only shows the arrangement. */
export function dotStatement(
  dots: Dots,
  profile: DensityProfile,
  advice: DotAdvice,
  trueScale: boolean,
  treatment: Treatment,
): DotStatement {
  const minutes = trueScale ? minutesFor(dots.count, advice) : null;
  const spacing = 10 / Math.sqrt(profile.densityPerCm2);
  const arrangement =
    treatment === 'scalp'
      ? 'soft irregular front, darker tones sparse'
      : treatment === 'lip'
        ? 'full at the border, thinning inwards'
        : 'feathered edge';
  return {
    trueScale,
    profile,
    count: trueScale ? dots.count : null,
    expectedCount: trueScale ? dots.expectedCount : null,
    meanSpacingMm: spacing,
    dotMm: advice.dotMm,
    healedDotMm: advice.healedDotMm,
    toneShares: advice.toneShares,
    minutes,
    words: trueScale
      ? `${dots.count} dots, about ${Number(spacing.toPrecision(2))} mm apart, ${arrangement}.`
      : `Dots about ${Number(spacing.toPrecision(2))} mm apart, ${arrangement}; their number needs the scale.`,
    source: advice.source,
    review: advice.review,
  };
}

/** What each session sets, how long it takes and how many visits that is under the longest-session rule. */
export function sessionStatements(
  dots: Dots,
  advice: DotAdvice,
  needle: NeedleAdvice,
  trueScale: boolean,
): SessionStatement[] {
  return advice.stageShares.map((share, index) => {
    let count = 0;
    for (const stage of dots.stage) if (stage === index) count++;
    const minutes = minutesFor(count, advice);
    const visits = Math.max(1, Math.ceil(minutes.high / advice.longestSessionMinutes));
    const { low, high } = needle.gapDays;
    return {
      number: index + 1,
      ...(index === 0 ? {} : { afterDays: needle.gapDays }),
      dots: trueScale ? count : null,
      minutes: trueScale ? minutes : null,
      visits: trueScale ? visits : null,
      words:
        `${Math.round(share * 100)} % of all dots are set by the end of session ${index + 1}` +
        (index === 0 ? '.' : `, ${low}${high ? `-${high}` : ''} days after the one before.`) +
        (trueScale && visits > 1
          ? ` Up to ${visits} visits, none longer than ${advice.longestSessionMinutes} minutes.`
          : ''),
    };
  });
}

function minutesFor(count: number, advice: DotAdvice): Minutes {
  return {
    low: Math.ceil(count / advice.dotsPerMinute.high),
    high: Math.ceil(count / advice.dotsPerMinute.low),
  };
}
