/**
 * Who is free when: interval algebra over whole minutes. Nothing here reads a clock, a zone file or a database.
 *
 * A visit may begin at `s` when the wall clock shows opening hours of branch and staff member through
 * [s, s + duration), and when [s - bufferBefore, s + duration + bufferAfter) is free of other occupied time for that
 * staff member and, where needed, for one suitable room and one suitable machine. Buffers may reach outside opening
 * hours: they keep visits apart, they do not keep the door open.
 */
import {
  append,
  type Intervals,
  intersect,
  normalise,
  startsInside,
  startsMeeting,
  subtract,
  union,
} from './intervals.ts';
import {
  appendAligned,
  appendWall,
  localDayOf,
  minutesPerDay,
  startOfLocalDay,
  weekdayOf,
  type ZoneTable,
} from './zone.ts';

/** Wall-clock opening, in minutes from local midnight. A close beyond 1440 reaches into the next day (≤ 2880). */
export interface OpenSpan {
  readonly openMin: number;
  readonly closeMin: number;
}

export interface WeeklySpan extends OpenSpan {
  /** ISO weekday, Monday 1 … Sunday 7. */
  readonly weekday: number;
}

/** Replaces the weekly hours of one local day; no spans means closed. */
export interface DayException {
  readonly localDay: number;
  readonly spans: readonly OpenSpan[];
}

export interface Hours {
  readonly weekly: readonly WeeklySpan[];
  readonly exceptions: readonly DayException[];
}

export interface BusyResource {
  readonly id: string;
  /** Occupied time with the buffers of whatever occupies it. */
  readonly busy: Intervals;
}

export interface StaffMember extends BusyResource {
  /** Undefined: works whenever the branch is open. */
  readonly hours?: Hours;
}

export interface ServiceTimes {
  readonly durationMin: number;
  readonly bufferBeforeMin: number;
  readonly bufferAfterMin: number;
  /** Visits begin when the wall clock shows a multiple of this. */
  readonly stepMin: number;
  /** Least time between booking and visit. */
  readonly noticeMin: number;
  /** Last local day that can be booked, counted from today. */
  readonly horizonDays: number;
}

export interface AvailabilityInput {
  readonly zone: ZoneTable;
  readonly nowMinute: number;
  /** Visits begin in [fromMinute, toMinute). */
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly service: ServiceTimes;
  readonly branchHours: Hours;
  readonly staff: readonly StaffMember[];
  /** Rooms that suit the service; undefined when it needs none. Likewise machines. */
  readonly rooms?: readonly BusyResource[];
  readonly machines?: readonly BusyResource[];
}

/** Starts in ascending order; `staffOf(i)` are indexes into the input's staff. */
export interface Availability {
  readonly startMinutes: Int32Array;
  /** Staff of slot i: `staffIndexes[firstStaff[i]] … staffIndexes[firstStaff[i + 1] - 1]`, ascending. */
  readonly firstStaff: Int32Array;
  readonly staffIndexes: Uint16Array;
}

/** The instants of a range at which the doors are open by these hours. */
export function openInstants(hours: Hours, zone: ZoneTable, fromMinute: number, toMinute: number): Intervals {
  const exceptionOf = new Map(hours.exceptions.map((e) => [e.localDay, e.spans]));
  const byWeekday: OpenSpan[][] = Array.from({ length: 8 }, () => []);
  for (const span of hours.weekly) byWeekday[span.weekday]?.push(span);
  // Two days back: a span may cross midnight, and a change of zone may move the day's edge.
  const firstDay = localDayOf(zone, fromMinute) - 2;
  const lastDay = localDayOf(zone, toMinute - 1) + 1;
  const pairs: [number, number][] = [];
  const piece: number[] = [];
  for (let day = firstDay; day <= lastDay; day += 1) {
    const spans = exceptionOf.get(day) ?? (byWeekday[weekdayOf(day)] as OpenSpan[]);
    for (const span of spans) {
      piece.length = 0;
      appendWall(piece, zone, day * minutesPerDay + span.openMin, day * minutesPerDay + span.closeMin);
      for (let i = 0; i < piece.length; i += 2) pairs.push([piece[i] as number, piece[i + 1] as number]);
    }
  }
  return intersect(normalise(pairs), [fromMinute, toMinute]);
}

/** The zone must be resolved from two days before `fromMinute` to one day after the end of the last visit. */
export function availability(input: AvailabilityInput): Availability {
  const { service, zone } = input;
  const window = bookableWindow(input);
  if (window.length === 0) return pack([], input.fromMinute, input.toMinute);
  const [from, to] = window as [number, number];
  const doorsUntil = to + service.durationMin;
  const branchOpen = openInstants(input.branchHours, zone, from, doorsUntil);
  let common: Intervals = window;
  for (const resources of [input.rooms, input.machines]) {
    if (resources !== undefined) common = intersect(common, anyFree(resources, window, service));
  }
  const starts: number[][] = [];
  for (const person of input.staff) {
    const open =
      person.hours === undefined
        ? branchOpen
        : intersect(branchOpen, openInstants(person.hours, zone, from, doorsUntil));
    const fits = subtract(startsInside(open, service.durationMin), occupiedStarts(person.busy, service));
    const aligned: number[] = [];
    appendAligned(aligned, zone, intersect(fits, common), service.stepMin);
    starts.push(aligned);
  }
  return pack(starts, from, to);
}

/** Starts allowed by range, notice and horizon. */
export function bookableWindow(
  input: Pick<AvailabilityInput, 'zone' | 'nowMinute' | 'fromMinute' | 'toMinute' | 'service'>,
): Intervals {
  const { service, zone } = input;
  const afterHorizon = startOfLocalDay(zone, localDayOf(zone, input.nowMinute) + service.horizonDays + 1);
  const out: number[] = [];
  append(
    out,
    Math.max(input.fromMinute, input.nowMinute + service.noticeMin),
    Math.min(input.toMinute, afterHorizon),
  );
  return out;
}

function occupiedStarts(busy: Intervals, service: ServiceTimes): Intervals {
  return startsMeeting(busy, service.bufferBeforeMin, service.durationMin + service.bufferAfterMin);
}

function anyFree(resources: readonly BusyResource[], window: Intervals, service: ServiceTimes): Intervals {
  let free: Intervals = [];
  for (const { busy } of resources) free = union(free, subtract(window, occupiedStarts(busy, service)));
  return free;
}

/** Merges each person's starts into one list by counting, in time linear in slots and minutes. */
function pack(starts: readonly number[][], from: number, to: number): Availability {
  const count = new Uint16Array(Math.max(0, to - from));
  let entries = 0;
  for (const list of starts) {
    entries += list.length;
    for (const at of list) count[at - from] = (count[at - from] as number) + 1;
  }
  let slots = 0;
  for (const n of count) if (n > 0) slots += 1;
  const startMinutes = new Int32Array(slots);
  const firstStaff = new Int32Array(slots + 1);
  const slotAt = new Int32Array(count.length);
  let slot = 0;
  for (let i = 0; i < count.length; i += 1) {
    if (count[i] === 0) continue;
    startMinutes[slot] = from + i;
    firstStaff[slot + 1] = (firstStaff[slot] as number) + (count[i] as number);
    slotAt[i] = slot;
    slot += 1;
  }
  const staffIndexes = new Uint16Array(entries);
  const next = firstStaff.slice();
  starts.forEach((list, person) => {
    for (const at of list) {
      const index = slotAt[at - from] as number;
      staffIndexes[next[index] as number] = person;
      next[index] = (next[index] as number) + 1;
    }
  });
  return { startMinutes, firstStaff, staffIndexes };
}

export function staffOf(found: Availability, slot: number): Uint16Array {
  return found.staffIndexes.subarray(found.firstStaff[slot], found.firstStaff[slot + 1]);
}

/** Indexes of the `count` slots nearest to an instant, nearest first; of two equally near, the earlier. */
export function nearestSlots(found: Availability, minute: number, count: number): number[] {
  const { startMinutes } = found;
  let right = 0;
  while (right < startMinutes.length && (startMinutes[right] as number) < minute) right += 1;
  let left = right - 1;
  const out: number[] = [];
  while (out.length < count && (left >= 0 || right < startMinutes.length)) {
    const toLeft = left >= 0 ? minute - (startMinutes[left] as number) : Number.POSITIVE_INFINITY;
    const toRight =
      right < startMinutes.length ? (startMinutes[right] as number) - minute : Number.POSITIVE_INFINITY;
    out.push(toLeft <= toRight ? left-- : right++);
  }
  return out;
}
