import { type GateId, gateIds } from '../gates.ts';
import type { Locale } from '../schema.ts';
import { bn } from './bn.ts';
import { en } from './en.ts';
import { hi } from './hi.ts';
import { ne } from './ne.ts';
import type { GateText, GateTexts } from './shape.ts';

export type { GateText, GateTexts } from './shape.ts';

/** @param own the clinic's words of its gates, in this language; default those that come with the program */
export function textOf(
  locale: Locale,
  own?: Readonly<Record<GateId, Pick<GateText, 'question' | 'reason'>>>,
): GateTexts {
  const shipped = { en, hi, bn, ne }[locale];
  if (own === undefined) return shipped;
  const gates = gateIds.map((id) => [id, { ...shipped.gates[id], ...own[id] }]);
  return { ...shipped, gates: Object.fromEntries(gates) as GateTexts['gates'] };
}
