/** Puts a visit into the diary: the one path by which a slot is sold, for visitors, desk, series and waitlist alike. */
import { randomUUID } from 'node:crypto';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { availability, staffOf } from './availability.ts';
import { type BranchDiary, branchDiaries } from './diary.ts';
import { snapshot } from './history.ts';
import { minuteOf, type Refusal, serviceUnknown } from './queries.ts';
import {
  type BookingRow,
  type Diary,
  expireHolds,
  insertBooking,
  insertEvent,
  type NewBooking,
  readDiary,
  rivalsOf,
  type ServiceRow,
} from './store.ts';

export interface Person {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: string;
  readonly patientId: string | null;
}

export interface Wanted {
  readonly tenantId: string;
  /** Slug or id. */
  readonly service: string;
  readonly startMinute: number;
  readonly branchId?: string | undefined;
  readonly practitionerId?: string | undefined;
  /** This room, this machine, and no other. */
  readonly roomId?: string | undefined;
  readonly machineId?: string | undefined;
  readonly person: Person;
  readonly status: 'held' | 'confirmed' | 'arrived';
  readonly holdExpiresAt: Date | null;
  readonly note?: string | undefined;
  readonly selfCheck?: unknown;
  readonly source: BookingRow['source'];
  readonly series?: { readonly id: string; readonly visit: number } | undefined;
  readonly desk?: { readonly ignoreHours: boolean } | undefined;
}

export type PlaceRefusal = Refusal<
  | 'service-unknown'
  | 'slot-not-offered'
  | 'slot-taken'
  | 'person-busy'
  | 'service-not-online'
  | 'place-unsuitable'
>;

export const slotTaken: PlaceRefusal = {
  ok: false,
  reason: 'slot-taken',
  message: 'Somebody else has just taken this time. Please choose another.',
  field: 'start',
};

/** Nobody is in two places: the patient's id, or a keyed hash of name and address. */
export function personKeyOf(keys: Services['keys'], tenantId: string, person: Person): string {
  if (person.patientId !== null) return `patient ${person.patientId}`;
  const name = person.name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
  const address = (person.email ?? person.phone ?? '').toLowerCase();
  return keys.mac('person', `${tenantId} ${address} ${name}`).toString('base64url');
}

/**
 * Tries to write the visit. Expired holds in the way are cleared first, in the same transaction; the database's
 * constraints decide among rivals, and what lost is tried again with the next free person, room or machine.
 */
export async function placeVisit(
  services: Pick<Services, 'clock' | 'keys'>,
  trx: Trx,
  wanted: Wanted,
): Promise<{ ok: true; booking: BookingRow; diary: Diary } | PlaceRefusal> {
  const now = services.clock.now();
  const { tenantId, startMinute } = wanted;
  const range = { fromMinute: startMinute, toMinute: startMinute + 1 };
  const query = {
    tenantId,
    service: wanted.service,
    branchId: wanted.branchId,
    practitionerId: wanted.practitionerId,
    // Longest service with its buffers: everything that could touch this visit.
    fromMinute: startMinute - 240,
    toMinute: startMinute + 720 + 240,
    now,
  };
  const cleared = await expireHolds(trx, tenantId, now, { fromMin: query.fromMinute, toMin: query.toMinute });
  for (const row of cleared) {
    const actor = { kind: 'system', id: null };
    const event = {
      tenantId,
      bookingId: row.id,
      what: 'expired',
      before: undefined,
      after: snapshot(row),
      actor,
      at: now,
    };
    await insertEvent(trx, event);
  }
  const whole = await readDiary(trx, query);
  if (whole === undefined) return serviceUnknown;
  const only = <T extends { readonly id: string }>(list: readonly T[], id: string | undefined): T[] =>
    id === undefined ? [...list] : list.filter((one) => one.id === id);
  const diary: Diary = {
    ...whole,
    rooms: only(whole.rooms, wanted.roomId),
    machines: only(whole.machines, wanted.machineId),
  };
  const isMissing = (id: string | undefined, list: readonly unknown[]) =>
    id !== undefined && list.length === 0;
  if (isMissing(wanted.roomId, diary.rooms) || isMissing(wanted.machineId, diary.machines)) {
    const message = 'This room or machine does not suit the service. Choose another.';
    return { ok: false, reason: 'place-unsuitable', message, field: 'roomId' };
  }
  if (!diary.service.online && wanted.desk === undefined && wanted.source === 'site') {
    return {
      ...serviceUnknown,
      reason: 'service-not-online',
      message: 'Please call the clinic to book this.',
    };
  }
  const branches = branchDiaries(diary, range, { nowMinute: minuteOf(now), desk: wanted.desk });
  const personKey = personKeyOf(services.keys, tenantId, wanted.person);
  for (const one of branches) {
    const found = availability(one.input);
    if (found.startMinutes.length === 0) continue;
    const candidates = Array.from(staffOf(found, 0), (p) => (one.people[p] as { id: string }).id);
    const outcome = await insertSomewhere(trx, one, diary.service, candidates, personKey, wanted, now);
    if (outcome === 'person-busy') {
      const message = 'There is already a visit in your name at that time.';
      return { ok: false, reason: 'person-busy', message, field: 'start' };
    }
    if (outcome !== undefined) return { ok: true, booking: outcome, diary };
  }
  return branches.some((one) => isOffered(one))
    ? slotTaken
    : {
        ok: false,
        reason: 'slot-not-offered',
        message:
          'This time is not offered: closed, too soon, or too far ahead. Please choose one from the list.',
        field: 'start',
      };
}

/** Whether the time would be free if nobody had booked anything. */
function isOffered(one: BranchDiary): boolean {
  const idle = <T extends { id: string }>(list: readonly T[]) => list.map((x) => ({ ...x, busy: [] }));
  const { input } = one;
  const free = availability({
    ...input,
    staff: idle(input.staff),
    ...(input.rooms === undefined ? {} : { rooms: idle(input.rooms) }),
    ...(input.machines === undefined ? {} : { machines: idle(input.machines) }),
  });
  return free.startMinutes.length > 0;
}

async function insertSomewhere(
  trx: Trx,
  one: BranchDiary,
  service: ServiceRow,
  candidates: readonly string[],
  personKey: string,
  wanted: Wanted,
  now: Date,
): Promise<BookingRow | 'person-busy' | undefined> {
  const start = wanted.startMinute;
  const from = start - service.buffer_before_min;
  const to = start + service.duration_min + service.buffer_after_min;
  const free = (list: BranchDiary['input']['rooms']) =>
    list === undefined ? [null] : list.filter(({ busy }) => !meets(busy, from, to)).map(({ id }) => id);
  const people = [...candidates];
  const rooms = free(one.input.rooms);
  const machines = free(one.input.machines);
  while (people.length > 0 && rooms.length > 0 && machines.length > 0) {
    const row: NewBooking = {
      tenant_id: wanted.tenantId,
      id: randomUUID(),
      kind: 'visit',
      status: wanted.status,
      branch_id: one.branch.id,
      service_id: service.id,
      practitioner_id: people[0] as string,
      room_id: rooms[0] as string | null,
      machine_id: machines[0] as string | null,
      patient_id: wanted.person.patientId,
      person_key: personKey,
      start_min: start,
      end_min: start + service.duration_min,
      occupied_from_min: from,
      occupied_to_min: to,
      hold_expires_at: wanted.holdExpiresAt,
      series_id: wanted.series?.id ?? null,
      series_visit: wanted.series?.visit ?? null,
      name: wanted.person.name,
      phone: wanted.person.phone,
      email: wanted.person.email,
      language: wanted.person.language,
      note: wanted.note ?? null,
      self_check: wanted.selfCheck,
      source: wanted.source,
    };
    const written = await insertBooking(trx, row, now);
    if (written !== undefined) return written;
    const rivals = await rivalsOf(trx, row);
    if (rivals.person) return 'person-busy';
    if (rivals.practitioner) people.shift();
    if (rivals.room) rooms.shift();
    if (rivals.machine) machines.shift();
    if (!rivals.practitioner && !rivals.room && !rivals.machine) {
      // The rival vanished between the two statements: the same choice is worth one more try.
      const again = await insertBooking(trx, row, now);
      if (again !== undefined) return again;
      people.shift();
    }
  }
  return undefined;
}

function meets(busy: readonly number[], from: number, to: number): boolean {
  for (let i = 0; i < busy.length; i += 2) {
    if ((busy[i] as number) < to && (busy[i + 1] as number) > from) return true;
  }
  return false;
}
