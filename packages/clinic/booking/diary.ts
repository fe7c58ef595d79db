/** From the diary the database returns to the input of the rules, and from their answer to what a page shows. */
import {
  type Availability,
  type AvailabilityInput,
  availability,
  type Hours,
  staffOf,
} from './availability.ts';
import { append, type Intervals, normalise } from './intervals.ts';
import type { FreeTime, Slot } from './schema.ts';
import type { Diary } from './store.ts';
import {
  dayNumber,
  isoWithOffset,
  minutesPerDay,
  resolveZone,
  startOfLocalDay,
  type ZoneTable,
} from './zone.ts';

export interface BranchDiary {
  readonly branch: Diary['branches'][number];
  readonly zone: ZoneTable;
  readonly people: Diary['people'];
  readonly input: AvailabilityInput;
}

/** Days of the branch's own calendar, both included; or instants, half-open. */
export type Range = { fromDay: string; toDay: string } | { fromMinute: number; toMinute: number };

export interface DiaryOptions {
  readonly nowMinute: number;
  /** The desk may book at once, far ahead, and while the doors are shut. */
  readonly desk?: { readonly ignoreHours: boolean } | undefined;
}

/** Instants that cover a range in every zone on earth (offsets run from −12 to +14 hours). */
export function instantsAround(range: Range): { fromMinute: number; toMinute: number } {
  if ('fromMinute' in range) return range;
  return {
    fromMinute: dayNumber(range.fromDay) * minutesPerDay - 14 * 60,
    toMinute: (dayNumber(range.toDay) + 1) * minutesPerDay + 12 * 60,
  };
}

export function branchDiaries(diary: Diary, range: Range, options: DiaryOptions): BranchDiary[] {
  const { service } = diary;
  const around = instantsAround(range);
  const busy = busyTimes(diary);
  const resource = ({ id }: { id: string }) => ({ id, busy: busy.get(id) ?? [] });
  const zones = new Map<string, ZoneTable>();
  return diary.branches.map((branch) => {
    let zone = zones.get(branch.zone);
    if (zone === undefined) {
      const from = Math.min(around.fromMinute, options.nowMinute) - 4 * minutesPerDay;
      zone = resolveZone(branch.zone, from, around.toMinute + 4 * minutesPerDay);
      zones.set(branch.zone, zone);
    }
    const here = <T extends { branch_id: string }>(list: readonly T[]) =>
      list.filter((x) => x.branch_id === branch.id);
    const people = here(diary.people);
    const shut = options.desk?.ignoreHours === true;
    return {
      branch,
      zone,
      people,
      input: {
        zone,
        nowMinute: options.nowMinute,
        ...('fromMinute' in range
          ? range
          : {
              fromMinute: startOfLocalDay(zone, dayNumber(range.fromDay)),
              toMinute: startOfLocalDay(zone, dayNumber(range.toDay) + 1),
            }),
        service: {
          durationMin: service.duration_min,
          bufferBeforeMin: service.buffer_before_min,
          bufferAfterMin: service.buffer_after_min,
          stepMin: options.desk === undefined ? service.step_min : 1,
          noticeMin: options.desk === undefined ? service.notice_min : -minutesPerDay,
          horizonDays: options.desk === undefined ? service.horizon_days : 730,
        },
        branchHours: shut ? alwaysOpen : hoursOf(diary, branch.id, null),
        staff: people.map((person) => ({
          ...resource(person),
          ...(person.own_hours && !shut ? { hours: hoursOf(diary, branch.id, person.id) } : {}),
        })),
        ...(service.room_kind === null ? {} : { rooms: here(diary.rooms).map(resource) }),
        ...(service.machine_kind === null ? {} : { machines: here(diary.machines).map(resource) }),
      },
    };
  });
}

const alwaysOpen: Hours = {
  weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, openMin: 0, closeMin: minutesPerDay })),
  exceptions: [],
};

/** Each resource's occupied time. The index hands it out in order of time; if it ever does not, it is sorted here. */
function busyTimes({
  lengths,
  busy,
  origin,
}: Pick<Diary, 'lengths' | 'busy' | 'origin'>): Map<string, Intervals> {
  let at = 0;
  return new Map(
    lengths.map(([id, count]) => {
      const out: number[] = [];
      const first = at;
      let last = Number.NEGATIVE_INFINITY;
      for (; at < first + count; at += 1) {
        const packed = (busy as Buffer).readInt32BE(4 * at);
        const start = origin + (packed >> 12);
        if (start < last) {
          at = first + count;
          return [id, normalise(unsorted(busy as Buffer, first, count, origin))];
        }
        last = start;
        append(out, start, start + (packed & 4095));
      }
      return [id, out];
    }),
  );
}

function unsorted(busy: Buffer, first: number, count: number, origin: number): [number, number][] {
  return Array.from({ length: count }, (_, i) => {
    const packed = busy.readInt32BE(4 * (first + i));
    const start = origin + (packed >> 12);
    return [start, start + (packed & 4095)];
  });
}

function hoursOf(diary: Diary, branchId: string, personId: string | null): Hours {
  return {
    weekly: diary.hours
      .filter(([branch, person]) => branch === branchId && person === personId)
      .map(([, , weekday, openMin, closeMin]) => ({ weekday, openMin, closeMin })),
    exceptions: diary.exceptions
      .filter(([branch, person]) => branch === branchId && person === personId)
      .map(([, , day, spans]) => ({
        localDay: dayNumber(day),
        spans: pairs(spans).map(([openMin, closeMin]) => ({ openMin, closeMin })),
      })),
  };
}

function pairs(flat: readonly number[]): [number, number][] {
  return Array.from({ length: flat.length / 2 }, (_, i) => [
    flat[2 * i] as number,
    flat[2 * i + 1] as number,
  ]);
}

/** Free times of all branches in order of time; `staffIds` is the list that the answers' indexes point into. */
export function freeTimesOf(branches: readonly BranchDiary[], staffIds: readonly string[]): FreeTime[] {
  const found: { at: number; free: FreeTime }[] = [];
  for (const [branch, one] of branches.entries()) {
    const indexOf = one.people.map((person) => staffIds.indexOf(person.id));
    const { startMinutes, firstStaff, staffIndexes } = availability(one.input);
    // Plain loops: a month of twenty people is some ten thousand entries, and iterating typed arrays costs more than
    // finding them did.
    for (let i = 0; i < startMinutes.length; i += 1) {
      const at = startMinutes[i] as number;
      const staff: number[] = [];
      const end = firstStaff[i + 1] as number;
      for (let k = firstStaff[i] as number; k < end; k += 1)
        staff.push(indexOf[staffIndexes[k] as number] as number);
      found.push({ at, free: { start: isoWithOffset(one.zone, at), branch, staff } });
    }
  }
  if (branches.length > 1) found.sort((a, b) => a.at - b.at);
  return found.map(({ free }) => free);
}

export function slotAt(one: BranchDiary, found: Availability, index: number): Slot {
  const start = found.startMinutes[index] as number;
  return {
    start: isoWithOffset(one.zone, start),
    end: isoWithOffset(one.zone, start + one.input.service.durationMin),
    branch: one.branch.id,
    staff: Array.from(staffOf(found, index), (p) => (one.people[p] as { id: string }).id),
  };
}
