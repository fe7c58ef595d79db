/** What a person's record rules out among what numbs. Pure. */
import { flagsOf } from '../record/rules.ts';
import type { HealthEntry } from '../record/schema.ts';
import { methaemoglobinRisksIn } from './numbing.ts';
import type { Opening } from './schema.ts';

export const ruledOutKinds = ['amides', 'prilocaine'] as const;
export type RuledOutKind = (typeof ruledOutKinds)[number];

/** Health flags that rule prilocaine out (gate G24). */
const prilocaineFlags = [
  'no-prilocaine',
  'g6pd-deficiency',
  'methaemoglobinaemia',
  'oxidant-medicine',
] as const;

export function ruledOutBy(health: readonly HealthEntry[]): ReadonlySet<RuledOutKind> {
  const flags = flagsOf(health);
  const found = new Set<RuledOutKind>();
  if (flags.has('amide-anaesthetic-allergy')) found.add('amides');
  const isAtRisk = health.some(
    ({ note, endedAt }) => endedAt === null && methaemoglobinRisksIn(note).length > 0,
  );
  if (isAtRisk || prilocaineFlags.some((flag) => flags.has(flag))) found.add('prilocaine');
  return found;
}

const mayHave = { amides: 'mayHaveAmides', prilocaine: 'mayHavePrilocaine' } as const;

/**
 * The opening as the record has it now; the same one when nothing changed. What was ruled out when the session began stays so;
 * what was learnt since goes again with its reason, when a merge is undone say.
 */
export function withRuledOut(opening: Opening, ruledOut: ReadonlySet<RuledOutKind>, now: Date): Opening {
  let next = opening;
  for (const kind of ruledOutKinds) {
    const isLearnt = next.learnt?.[kind] !== undefined;
    if (ruledOut.has(kind) && next[mayHave[kind]])
      next = {
        ...next,
        [mayHave[kind]]: false,
        learnt: { ...next.learnt, [kind]: now.toISOString() },
      };
    else if (!ruledOut.has(kind) && isLearnt) {
      const { [kind]: _, ...learnt } = next.learnt ?? {};
      next = { ...next, [mayHave[kind]]: true, learnt };
    }
  }
  return next;
}

/** As a tablet had it that knew of these alone, of what was learnt since the beginning. */
export function knowing(opening: Opening, known: readonly RuledOutKind[] = []): Opening {
  let before = opening;
  for (const kind of ruledOutKinds)
    if (opening.learnt?.[kind] !== undefined && !known.includes(kind))
      before = { ...before, [mayHave[kind]]: true };
  return before;
}
