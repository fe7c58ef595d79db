/** How urgent an answer is: the red-flag table applied. Pure; highest match wins, doubt is never below 24H. */
import {
  type Condition,
  type Detail,
  details,
  type RedFlag,
  type RowId,
  redFlags,
  type Sign,
  type Urgency,
  urgencies,
} from './red-flags.ts';

/** How the person says it goes; `unsure` is an answer too. */
export const courses = ['better', 'same', 'worse', 'unsure'] as const;
export type Course = (typeof courses)[number];

export interface TriageAnswers {
  readonly course: Course;
  readonly signs: readonly Sign[];
  readonly details: readonly Detail[];
  /** "None of these" was ticked: without it, no tick is silence, not an answer. */
  readonly none: boolean;
  /** In the person's own words; nobody has read it yet. */
  readonly text: string;
}

export interface TriageContext {
  /** From the end of the session to the answer, at least 0. */
  readonly hoursSince: number;
  /** Taking a blood thinner, as the record says. False also when nothing is known. */
  readonly bloodThinner: boolean;
}

/** Why an answer is at least 24H although no row says so. */
const doubts = ['worsening', 'unclear', 'unread-text', 'unexplained-sign'] as const;
export type Doubt = (typeof doubts)[number];

export interface MatchedRow {
  readonly id: RowId;
  /** After its escalations. */
  readonly urgency: Urgency;
  readonly isEscalated: boolean;
}

export interface TriageResult {
  readonly urgency: Urgency;
  /** Most urgent first, then by number. */
  readonly matched: readonly MatchedRow[];
  readonly doubts: readonly Doubt[];
}

/**
 * Weighs an answer. A sign that no matching row takes up (redness that should be over, say) counts as unclear.
 *
 * @param table another table only in tests
 */
export function triage(
  answers: TriageAnswers,
  context: TriageContext,
  table: readonly RedFlag[] = redFlags,
): TriageResult {
  // A detail ticked without its sign still says that the sign is there.
  const told = new Set<Sign>([...answers.signs, ...answers.details.map((one) => details[one])]);
  const asked = { told, details: new Set(answers.details), context };
  const explained = new Set<Sign>();
  const matched: MatchedRow[] = [];
  for (const flag of table) {
    if (!holds(flag.when, asked)) continue;
    for (const sign of signsIn(flag.when, asked)) explained.add(sign);
    const raised = flag.escalations.filter(({ when }) => holds(when, asked)).map(({ to }) => to);
    const urgency = highest([flag.urgency, ...raised]);
    matched.push({ id: flag.id, urgency, isEscalated: urgency !== flag.urgency });
  }
  matched.sort((a, b) => rankOf(a.urgency) - rankOf(b.urgency) || a.id.localeCompare(b.id));
  const found: Doubt[] = [];
  if (answers.course === 'worse') found.push('worsening');
  if (answers.course === 'unsure' || (told.size === 0 && !answers.none)) found.push('unclear');
  if (answers.text.trim() !== '') found.push('unread-text');
  if ([...told].some((sign) => !explained.has(sign))) found.push('unexplained-sign');
  const floor: Urgency = found.length > 0 ? '24H' : 'SELF';
  return { urgency: highest([floor, ...matched.map(({ urgency }) => urgency)]), matched, doubts: found };
}

interface Asked {
  readonly told: ReadonlySet<Sign>;
  readonly details: ReadonlySet<Detail>;
  readonly context: TriageContext;
}

function holds(condition: Condition, asked: Asked): boolean {
  if ('sign' in condition) return asked.told.has(condition.sign);
  if ('detail' in condition) return asked.details.has(condition.detail);
  if ('any' in condition) return condition.any.some((one) => holds(one, asked));
  if ('all' in condition) return condition.all.every((one) => holds(one, asked));
  if ('known' in condition) return asked.context.bloodThinner;
  const { from = 0, to = Number.POSITIVE_INFINITY } = condition.hours;
  return asked.context.hoursSince >= from && asked.context.hoursSince <= to;
}

/** The signs that made a condition hold. */
function signsIn(condition: Condition, asked: Asked): Sign[] {
  if (!holds(condition, asked)) return [];
  if ('sign' in condition) return [condition.sign];
  if ('any' in condition) return condition.any.flatMap((one) => signsIn(one, asked));
  if ('all' in condition) return condition.all.flatMap((one) => signsIn(one, asked));
  return [];
}

/** 0 is the most urgent. */
export function rankOf(urgency: Urgency): number {
  return urgencies.length - 1 - urgencies.indexOf(urgency);
}

function highest(all: readonly Urgency[]): Urgency {
  return all.reduce((most, one) => (rankOf(one) < rankOf(most) ? one : most), 'SELF');
}
