/** The calendar's geometry: columns, lanes and clock readings. Minutes since 1970, or of the day on the wall. */
import { minutesPerDay, offsetAt, type ZoneTable } from '@undertone/clinic/booking/rules.ts';

/** Steps a visit is dragged or moved by with the arrow keys; the panel's time field takes any minute. */
export const moveStepMin = 15;

/** A stretch of a column, in minutes of its day on the wall clock. */
export interface Span {
  readonly fromMin: number;
  readonly toMin: number;
}

/** The reading of the clock on the wall at an instant: the day since 1970 and the minute of that day. */
export function wallOf(zone: ZoneTable, minute: number): { day: number; minuteOfDay: number } {
  const wall = minute + offsetAt(zone, minute);
  const day = Math.floor(wall / minutesPerDay);
  return { day, minuteOfDay: wall - day * minutesPerDay };
}

/**
 * The instant at which the wall shows a reading: of two, the first; for a reading the change to summer time skips, the
 * instant that lies as long after the change.
 */
export function instantOf(zone: ZoneTable, day: number, minuteOfDay: number): number {
  const wall = day * minutesPerDay + minuteOfDay;
  const candidates = [...new Set(zone.offsetsMin)].map((offset) => wall - offset).sort((a, b) => a - b);
  const exact = candidates.find((minute) => minute + offsetAt(zone, minute) === wall);
  return exact ?? (candidates.at(-1) as number);
}

/** `09:05` for a minute of the day. */
export function clockText(minuteOfDay: number): string {
  const inDay = ((minuteOfDay % minutesPerDay) + minutesPerDay) % minutesPerDay;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}

/** The minute of the day of `09:05`, or undefined. */
export function minuteOfClock(text: string): number | undefined {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[1]) < 24 && Number(match[2]) < 60 ? minute : undefined;
}

/** The nearest multiple of the step. */
export function snap(minuteOfDay: number, stepMin = moveStepMin): number {
  return Math.round(minuteOfDay / stepMin) * stepMin;
}

/**
 * Puts what overlaps side by side. Each item gets a lane, and the number of lanes of the group of items it is in touch
 * with, so that a visit alone at its time has the whole column.
 */
export function lanesOf<T extends Span>(items: readonly T[]): (T & { lane: number; lanes: number })[] {
  const sorted = [...items].sort((a, b) => a.fromMin - b.fromMin || b.toMin - a.toMin);
  const out: (T & { lane: number; lanes: number })[] = [];
  let group: (T & { lane: number; lanes: number })[] = [];
  let laneEnds: number[] = [];
  let groupEnd = Number.NEGATIVE_INFINITY;
  const close = () => {
    for (const one of group) one.lanes = laneEnds.length;
    out.push(...group);
    group = [];
    laneEnds = [];
  };
  for (const item of sorted) {
    if (item.fromMin >= groupEnd) close();
    const free = laneEnds.findIndex((end) => end <= item.fromMin);
    const lane = free < 0 ? laneEnds.length : free;
    laneEnds[lane] = item.toMin;
    groupEnd = Math.max(group.length === 0 ? Number.NEGATIVE_INFINITY : groupEnd, item.toMin);
    group.push({ ...item, lane, lanes: 1 });
  }
  close();
  return out;
}

/** The hours a screen shows: whole ones around everything open and booked, at least 9 to 18. */
export function shownHours(spans: readonly Span[]): Span {
  const from = Math.min(9 * 60, ...spans.map((span) => span.fromMin));
  const to = Math.max(18 * 60, ...spans.map((span) => span.toMin));
  return {
    fromMin: Math.max(0, Math.floor(from / 60) * 60),
    toMin: Math.min(minutesPerDay, Math.ceil(to / 60) * 60),
  };
}
