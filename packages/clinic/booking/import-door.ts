/**
 * Visits from a table, for the import, in its transaction: the caller has asked for the role and writes the audit entry. The
 * database's constraints decide as they do for everybody; nobody is sent a message.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { snapshot } from './history.ts';
import { personKeyOf } from './place.ts';
import { insertBooking, insertEvent, type NewBooking, rivalsOf } from './store.ts';
import { appendWall, dayNumber, minutesPerDay, resolveZone, type ZoneTable } from './zone.ts';

export interface TabledVisit {
  readonly serviceId: string;
  readonly practitionerId: string;
  readonly branchId: string;
  /** Minutes since 1970. */
  readonly startMinute: number;
  readonly status: 'confirmed' | 'completed' | 'cancelled' | 'no-show';
  readonly patientId: string | null;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: string;
  readonly note: string | null;
}

/** What visits need to know of the clinic, read once for many. */
export interface Premises {
  readonly services: readonly {
    readonly id: string;
    readonly slug: string;
    readonly names: readonly string[];
    readonly durationMin: number;
    readonly bufferBeforeMin: number;
    readonly bufferAfterMin: number;
    readonly roomKind: string | null;
    readonly machineKind: string | null;
  }[];
  readonly practitioners: readonly {
    readonly id: string;
    readonly name: string;
    readonly branchIds: readonly string[];
  }[];
  readonly branches: readonly {
    readonly id: string;
    readonly name: string;
    readonly town: string | null;
    readonly zone: string;
  }[];
  readonly rooms: readonly {
    readonly id: string;
    readonly branchId: string;
    readonly kinds: readonly string[];
  }[];
  readonly machines: readonly {
    readonly id: string;
    readonly branchId: string;
    readonly kinds: readonly string[];
  }[];
}

export async function readPremises(trx: Trx, tenantId: string): Promise<Premises> {
  const of = sql`where tenant_id = ${tenantId}`;
  const { rows: services } = await sql<
    Omit<Premises['services'][number], 'names'> & { names: Record<string, string> }
  >`
    select id, slug, names, duration_min as "durationMin", buffer_before_min as "bufferBeforeMin",
      buffer_after_min as "bufferAfterMin", room_kind as "roomKind", machine_kind as "machineKind"
    from services ${of} order by retired_at nulls first, position, id`.execute(trx);
  const { rows: practitioners } = await sql<Premises['practitioners'][number]>`
    select p.id, p.name, coalesce((select array_agg(b.branch_id::text) from practitioner_branches b
      where b.tenant_id = p.tenant_id and b.practitioner_id = p.id), '{}') as "branchIds"
    from practitioners p where p.tenant_id = ${tenantId} order by p.left_at nulls first, p.position, p.id`.execute(
    trx,
  );
  const { rows: branches } = await sql<
    Premises['branches'][number]
  >`select id, name, town, zone from branches ${of}
    order by closed_at nulls first, created_at`.execute(trx);
  const places = async (table: 'rooms' | 'machines') =>
    (
      await sql<
        Premises['rooms'][number]
      >`select id, branch_id as "branchId", kinds from ${sql.table(table)} ${of}
        order by retired_at nulls first, name`.execute(trx)
    ).rows;
  return {
    services: services.map((one) => ({ ...one, names: Object.values(one.names) })),
    practitioners,
    branches,
    rooms: await places('rooms'),
    machines: await places('machines'),
  };
}

/**
 * Instants of wall readings, zone tables kept a year at a time.
 * @returns from day `YYYY-MM-DD` and minute of that day to minutes since 1970; undefined for a time the clocks skip
 */
export function wallReader(): (zone: string, day: string, minute: number) => number | undefined {
  const tables = new Map<string, ZoneTable>();
  return (zone, day, minute) => {
    const year = day.slice(0, 4);
    let table = tables.get(`${zone} ${year}`);
    if (table === undefined) {
      const start = dayNumber(`${year}-01-01`) * minutesPerDay;
      table = resolveZone(zone, start - 2 * minutesPerDay, start + 368 * minutesPerDay);
      tables.set(`${zone} ${year}`, table);
    }
    const wall = dayNumber(day) * minutesPerDay + minute;
    const out: number[] = [];
    appendWall(out, table, wall, wall + 1);
    return out[0];
  };
}

export type Placed =
  | { readonly ok: true; readonly bookingId: string }
  | { readonly ok: false; readonly clash: 'practitioner' | 'room' | 'person' };

/** Writes one visit, in the first room and machine of the kind that are free then; or says what stands in the way. */
export async function addVisit(
  services: Pick<Services, 'keys' | 'clock'>,
  trx: Trx,
  tenantId: string,
  premises: Premises,
  visit: TabledVisit,
  actor: { readonly kind: string; readonly id: string | null },
): Promise<Placed> {
  const service = premises.services.find(({ id }) => id === visit.serviceId);
  if (service === undefined) throw new Error('a visit of a service that is not there');
  const now = services.clock.now();
  const suited = (list: Premises['rooms'], kind: string | null): readonly (string | null)[] =>
    kind === null
      ? [null]
      : list.filter((one) => one.branchId === visit.branchId && one.kinds.includes(kind)).map(({ id }) => id);
  const rooms = [...suited(premises.rooms, service.roomKind)];
  const machines = [...suited(premises.machines, service.machineKind)];
  const person = {
    name: visit.name,
    email: visit.email,
    phone: visit.phone,
    language: visit.language,
    patientId: visit.patientId,
  };
  while (rooms.length > 0 && machines.length > 0) {
    const row: NewBooking = {
      tenant_id: tenantId,
      id: randomUUID(),
      kind: 'visit',
      status: visit.status,
      branch_id: visit.branchId,
      service_id: visit.serviceId,
      practitioner_id: visit.practitionerId,
      room_id: rooms[0] ?? null,
      machine_id: machines[0] ?? null,
      patient_id: visit.patientId,
      person_key: personKeyOf(services.keys, tenantId, person),
      start_min: visit.startMinute,
      end_min: visit.startMinute + service.durationMin,
      occupied_from_min: visit.startMinute - service.bufferBeforeMin,
      occupied_to_min: visit.startMinute + service.durationMin + service.bufferAfterMin,
      hold_expires_at: null,
      series_id: null,
      series_visit: null,
      name: visit.name,
      phone: visit.phone,
      email: visit.email,
      language: visit.language,
      note: visit.note,
      self_check: undefined,
      source: 'import',
    };
    const written = await insertBooking(trx, row, now);
    if (written !== undefined) {
      await insertEvent(trx, {
        tenantId,
        bookingId: written.id,
        what: 'imported',
        before: undefined,
        after: snapshot(written),
        actor,
        at: now,
      });
      return { ok: true, bookingId: written.id };
    }
    const rivals = await rivalsOf(trx, row);
    if (rivals.person) return { ok: false, clash: 'person' };
    if (rivals.practitioner) return { ok: false, clash: 'practitioner' };
    if (rivals.room) rooms.shift();
    if (rivals.machine) machines.shift();
    if (!rivals.room && !rivals.machine) return { ok: false, clash: 'practitioner' };
  }
  return { ok: false, clash: 'room' };
}

/** What stands in the way of a visit that would be written; undefined when nothing does. For a check without writing. */
export async function clashOf(
  services: Pick<Services, 'keys'>,
  trx: Trx,
  tenantId: string,
  premises: Premises,
  visit: TabledVisit,
): Promise<'practitioner' | 'person' | undefined> {
  const service = premises.services.find(({ id }) => id === visit.serviceId);
  if (service === undefined || visit.status === 'cancelled' || visit.status === 'no-show') return undefined;
  const person = {
    name: visit.name,
    email: visit.email,
    phone: visit.phone,
    language: visit.language,
    patientId: visit.patientId,
  };
  const rivals = await rivalsOf(trx, {
    tenant_id: tenantId,
    practitioner_id: visit.practitionerId,
    room_id: null,
    machine_id: null,
    person_key: personKeyOf(services.keys, tenantId, person),
    start_min: visit.startMinute,
    end_min: visit.startMinute + service.durationMin,
    occupied_from_min: visit.startMinute - service.bufferBeforeMin,
    occupied_to_min: visit.startMinute + service.durationMin + service.bufferAfterMin,
  });
  if (rivals.person) return 'person';
  return rivals.practitioner ? 'practitioner' : undefined;
}

/**
 * Takes imported visits back: those nobody has changed and nothing was built upon go with their event.
 * @returns those that stay
 */
export async function takeBackVisits(
  trx: Trx,
  tenantId: string,
  ids: readonly string[],
): Promise<{
  readonly gone: readonly string[];
  readonly standing: readonly { id: string; because: 'changed' | 'papers' }[];
}> {
  const { rows } = await sql<{ id: string; changed: boolean; papers: boolean }>`
    select b.id, b.version <> 1 or (select count(*) from booking_events e
        where e.tenant_id = b.tenant_id and e.booking_id = b.id and e.what <> 'imported') > 0 as changed,
      exists (select 1 from intake_forms f where f.tenant_id = b.tenant_id and f.booking_id = b.id)
        or exists (select 1 from preview_pictures p where p.tenant_id = b.tenant_id and p.booking_id = b.id)
        or exists (select 1 from waitlist_offers w where w.tenant_id = b.tenant_id and w.booking_id = b.id)
        or exists (select 1 from call_back_requests c where c.tenant_id = b.tenant_id and c.booking_id = b.id)
        or exists (select 1 from messages m where m.tenant_id = b.tenant_id and m.subject_id = b.id) as papers
    from bookings b where b.tenant_id = ${tenantId} and b.id = any(${[...ids]}::uuid[]) for update of b`.execute(
    trx,
  );
  const gone = rows.filter(({ changed, papers }) => !changed && !papers).map(({ id }) => id);
  await sql`delete from booking_events where tenant_id = ${tenantId} and booking_id = any(${gone}::uuid[])`.execute(
    trx,
  );
  await sql`delete from booking_links where tenant_id = ${tenantId} and subject_id = any(${gone}::uuid[])`.execute(
    trx,
  );
  await sql`delete from bookings where tenant_id = ${tenantId} and id = any(${gone}::uuid[])`.execute(trx);
  return {
    gone,
    standing: rows
      .filter(({ changed, papers }) => changed || papers)
      .map(({ id, changed }) => ({ id, because: changed ? ('changed' as const) : ('papers' as const) })),
  };
}
