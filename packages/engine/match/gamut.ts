import type { Lab, NamedWhite } from '../light/index.ts';
import type { GamutCause, GamutVerdict } from './request.ts';

/** CIEDE2000 above which a match is called out of reach. */
export const outOfReachDeltaE00 = 3;

export interface GamutEvidence {
  readonly best: number;
  /** Largest CIELAB difference of the best recipe over the lights. */
  readonly bestDeltaEab: number;
  readonly ita: number;
  readonly surround: Pick<Lab<NamedWhite>, 'L'>;
  readonly patch: Pick<Lab<NamedWhite>, 'L'>;
  /** Best with ideal cyan, magenta and yellow absorbers added to the palette. Asked only when out of reach. */
  readonly bestWithIdealPalette: () => number;
  /** Best with the pigment right under the epidermis. */
  readonly bestShallow: () => number;
}

/**
 * Whether these pigments at this depth can reach the surround, and if not, why: what would have to be different.
 * Bands after docs/science/match.md (proposals, unreviewed).
 */
export function gamutVerdict(evidence: GamutEvidence): GamutVerdict {
  const { best, bestDeltaEab, ita } = evidence;
  const [good, fair] = ita > 28 ? [1.8, 3] : [2.6, 4.4];
  if (best <= outOfReachDeltaE00) {
    const band = bestDeltaEab <= good ? 'good' : bestDeltaEab <= fair ? 'fair' : 'poor';
    const message = {
      good: 'These pigments can come close to the surround if the assumptions hold.',
      fair: 'These pigments can come near the surround; a small difference will show side by side.',
      poor: 'These pigments leave a visible difference even if the assumptions hold.',
    }[band];
    return { band, tolerable: true, bestDeltaE00: best, message };
  }
  const cause = causeOf(evidence);
  const message = {
    lightness: 'The surround is lighter than pigment can make this patch.',
    palette: 'These pigments cannot mix this colour; others could. Add a pigment of the missing hue.',
    depth: 'The tissue above the pigment hides too much: only shallower pigment could reach this colour.',
    darkness: 'The surround is too dark to be reached by pigment under this skin, at any depth considered.',
  }[cause];
  return {
    band: 'out-of-reach',
    tolerable: false,
    bestDeltaE00: best,
    cause,
    message: `${message} Best ΔE00 ${best.toFixed(1)}, above ${outOfReachDeltaE00}.`,
  };
}

function causeOf(evidence: GamutEvidence): GamutCause {
  if (evidence.surround.L > evidence.patch.L) return 'lightness';
  if (evidence.bestWithIdealPalette() <= outOfReachDeltaE00) return 'palette';
  if (evidence.bestShallow() <= outOfReachDeltaE00) return 'depth';
  return 'darkness';
}
