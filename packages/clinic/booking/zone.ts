/**
 * Wall clocks. Instants are whole minutes since 1970-01-01T00:00Z; a wall reading is the same count taken from the
 * local clock ("local minutes"), so that wall = instant + offset. Offsets are looked up once per day of a range;
 * everything after is integer arithmetic. Works for half-hour and 45-minute zones and half-hour changes.
 */
import { append, type Intervals } from './intervals.ts';

export const minutesPerDay = 1440;

export interface ZoneTable {
  readonly zone: string;
  /** The table answers for instants in [fromMinute, toMinute). */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Segment i begins at `starts[i]` (the first at fromMinute) and has `offsetsMin[i]`. */
  readonly starts: readonly number[];
  readonly offsetsMin: readonly number[];
}

/**
 * Resolves a zone's offsets over a range of instants (minutes).
 * @throws an error with code `zone-unknown` for a name the system's zone data lacks.
 */
export function resolveZone(zone: string, fromMinute: number, toMinute: number): ZoneTable {
  const offsetAt = offsetReader(zone);
  const starts = [fromMinute];
  const offsetsMin = [offsetAt(fromMinute)];
  for (let minute = fromMinute; minute < toMinute; minute += minutesPerDay) {
    const next = Math.min(minute + minutesPerDay, toMinute);
    const before = offsetsMin.at(-1) as number;
    const after = offsetAt(next);
    if (after === before) continue;
    let low = minute;
    let high = next;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    starts.push(high);
    offsetsMin.push(after);
  }
  return { zone, fromMinute, toMinute, starts, offsetsMin };
}

function offsetReader(zone: string): (minute: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      timeZoneName: 'longOffset',
      year: 'numeric',
    });
  } catch {
    throw Object.assign(new Error(`unknown time zone "${zone}"; use a name such as Asia/Kolkata.`), {
      code: 'zone-unknown' as const,
    });
  }
  return (minute) => {
    const match = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(format.format(minute * 60_000));
    if (match?.[1] === undefined) return 0;
    const size = Number(match[2]) * 60 + Number(match[3]);
    return match[1] === '-' ? -size : size;
  };
}

function segmentAt(table: ZoneTable, minute: number): number {
  let i = table.starts.length - 1;
  while (i > 0 && (table.starts[i] as number) > minute) i -= 1;
  return i;
}

/** Minutes to add to an instant to read the wall clock. */
export function offsetAt(table: ZoneTable, minute: number): number {
  return table.offsetsMin[segmentAt(table, minute)] as number;
}

/** The local calendar day of an instant, as days since 1970-01-01. */
export function localDayOf(table: ZoneTable, minute: number): number {
  return Math.floor((minute + offsetAt(table, minute)) / minutesPerDay);
}

/** ISO weekday, Monday 1 … Sunday 7. Day 0 was a Thursday. */
export function weekdayOf(localDay: number): number {
  return ((((localDay + 3) % 7) + 7) % 7) + 1;
}

/**
 * Appends the instants at which the wall clock reads inside [wallStart, wallEnd), both local minutes. A reading that a
 * change skips yields nothing; one that a change repeats yields both passes.
 */
export function appendWall(out: number[], table: ZoneTable, wallStart: number, wallEnd: number): void {
  const { starts, offsetsMin } = table;
  for (let i = 0; i < starts.length; i += 1) {
    const offset = offsetsMin[i] as number;
    const end = i + 1 < starts.length ? (starts[i + 1] as number) : table.toMinute;
    append(out, Math.max(wallStart - offset, starts[i] as number), Math.min(wallEnd - offset, end));
  }
}

/** The first instant of a local day. */
export function startOfLocalDay(table: ZoneTable, localDay: number): number {
  const out: number[] = [];
  appendWall(out, table, localDay * minutesPerDay, (localDay + 1) * minutesPerDay);
  return out[0] ?? localDay * minutesPerDay - (table.offsetsMin[0] as number);
}

/** Appends every instant in `within` whose wall reading is a multiple of `stepMin`. */
export function appendAligned(out: number[], table: ZoneTable, within: Intervals, stepMin: number): void {
  const { starts, offsetsMin } = table;
  let segment = 0;
  for (let i = 0; i < within.length; i += 2) {
    let from = within[i] as number;
    const to = within[i + 1] as number;
    while (from < to) {
      while (segment + 1 < starts.length && (starts[segment + 1] as number) <= from) segment += 1;
      const end = Math.min(to, segment + 1 < starts.length ? (starts[segment + 1] as number) : to);
      const offset = offsetsMin[segment] as number;
      let at = Math.ceil((from + offset) / stepMin) * stepMin - offset;
      for (; at < end; at += stepMin) out.push(at);
      from = end;
    }
  }
}

/** `2026-03-29` for a count of local days. */
export function isoDay(localDay: number): string {
  // Civil date from a day count: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
  const z = localDay + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * m + 2) / 5) + 1;
  const month = m < 10 ? m + 3 : m - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

/** Days since 1970-01-01 of `YYYY-MM-DD`. */
export function dayNumber(iso: string): number {
  return Math.floor(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
}

/** `2026-03-29T10:15:00+05:30`: what the wall shows, and by how much it differs from UTC. */
export function isoWithOffset(table: ZoneTable, minute: number): string {
  const offset = offsetAt(table, minute);
  const wall = minute + offset;
  const day = Math.floor(wall / minutesPerDay);
  const ofDay = wall - day * minutesPerDay;
  const size = Math.abs(offset);
  const sign = offset < 0 ? '-' : '+';
  return `${isoDay(day)}T${pad(Math.floor(ofDay / 60))}:${pad(ofDay % 60)}:00${sign}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

function pad(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}
