/** How long old backups are kept: for so many days, weeks and months, the newest of each. */
export interface KeepRule {
  readonly days: number;
  readonly weeks: number;
  readonly months: number;
}

/** Reads `7d,4w,12m`. @returns undefined when it is not such a rule, or would keep nothing. */
export function parseKeep(text: string): KeepRule | undefined {
  const rule = { days: 0, weeks: 0, months: 0 };
  const names = { d: 'days', w: 'weeks', m: 'months' } as const;
  for (const part of text.split(',')) {
    const read = /^\s*(\d{1,4})([dwm])\s*$/.exec(part);
    if (read === null) return undefined;
    rule[names[read[2] as 'd' | 'w' | 'm']] = Number(read[1]);
  }
  return rule.days + rule.weeks + rule.months > 0 ? rule : undefined;
}

/**
 * Which backups stay: of each of the last days, weeks (from Monday) and months that have one, the newest; and always the
 * newest of all. Days are counted among those that have a backup, so a pause removes nothing.
 * @param instants of the backups (ISO, UTC), in any order
 * @returns those to keep; `daily` are the ones whose archived log stays too, so that a restore may go to any instant
 *   since the oldest of them.
 */
export function choose(
  instants: readonly string[],
  rule: KeepRule,
): { readonly kept: ReadonlySet<string>; readonly daily: ReadonlySet<string> } {
  const newestFirst = instants.toSorted().toReversed();
  const firstOf = (count: number, period: (at: string) => string): string[] => {
    const seen = new Map<string, string>();
    for (const at of newestFirst) if (!seen.has(period(at)) && seen.size < count) seen.set(period(at), at);
    return [...seen.values()];
  };
  const daily = new Set([...newestFirst.slice(0, 1), ...firstOf(rule.days, (at) => at.slice(0, 10))]);
  const kept = new Set([
    ...daily,
    ...firstOf(rule.weeks, mondayOf),
    ...firstOf(rule.months, (at) => at.slice(0, 7)),
  ]);
  return { kept, daily };
}

function mondayOf(at: string): string {
  const day = new Date(`${at.slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}
