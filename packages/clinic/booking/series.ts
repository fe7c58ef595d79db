/** Several visits booked in one go, at the spacing a protocol asks for. */
import { minutesPerDay } from './zone.ts';

export interface Spacing {
  readonly visits: number;
  readonly gapMinDays: number;
  readonly gapMaxDays: number;
}

/**
 * Finds starts for every visit of a series.
 *
 * @param starts all possible starts in ascending order (minutes).
 * @param first the start of the first visit; it has to be among `starts`.
 * @param wallOf what the branch's clock shows at an instant, in local minutes: gaps are days of the calendar and hours those
 *   of the wall, also where the clocks are changed between two visits
 * @returns the starts, or undefined when no choice meets the spacing. Each next visit is as near as possible to the
 *   shortest gap, preferring the hour of the visit before; earlier choices are revised when later visits would fail.
 */
export function seriesStarts(
  starts: ArrayLike<number>,
  first: number,
  spacing: Spacing,
  wallOf: (minute: number) => number,
): number[] | undefined {
  const sorted = Array.from(starts);
  if (!sorted.includes(first)) return undefined;
  const hopeless = new Set<string>();
  const place = (visit: number, previous: number): number[] | undefined => {
    if (visit === spacing.visits) return [];
    const key = `${visit} ${previous}`;
    if (hopeless.has(key)) return undefined;
    const from = wallOf(previous);
    const earliest = from + spacing.gapMinDays * minutesPerDay;
    const latest = from + spacing.gapMaxDays * minutesPerDay;
    const candidates = sorted.filter((s) => wallOf(s) >= earliest && wallOf(s) <= latest);
    const cost = (s: number) => {
      const day = Math.floor((wallOf(s) - earliest) / minutesPerDay);
      const hour = (((wallOf(s) - from) % minutesPerDay) + minutesPerDay) % minutesPerDay;
      return day * minutesPerDay + Math.min(hour, minutesPerDay - hour);
    };
    for (const s of candidates.sort((a, b) => cost(a) - cost(b) || a - b)) {
      const rest = place(visit + 1, s);
      if (rest !== undefined) return [s, ...rest];
    }
    hopeless.add(key);
    return undefined;
  };
  const rest = place(1, first);
  return rest === undefined ? undefined : [first, ...rest];
}
