import { type Selectable, sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import { keepPlan } from '../platform/kept-plans.ts';
import { activeStatuses } from './policy.ts';
import type { Texts } from './schema.ts';
import type { BookingsTable } from './tables.ts';

export type BookingRow = Selectable<BookingsTable>;

/** A service as the rules and the pages need it. */
export interface ServiceRow {
  id: string;
  slug: string;
  names: Texts;
  kind: 'consultation' | 'treatment' | 'follow-up';
  treatment: 'scalp' | 'lip' | 'vitiligo' | null;
  duration_min: number;
  buffer_before_min: number;
  buffer_after_min: number;
  step_min: number;
  notice_min: number;
  horizon_days: number;
  room_kind: string | null;
  machine_kind: string | null;
  price_minor: number | null;
  deposit_minor: number | null;
  preparation: Texts;
  series_visits: number | null;
  series_gap_min_days: number | null;
  series_gap_max_days: number | null;
  online: boolean;
  position: number;
}

/** Everything availability is computed from, as one row of JSON. */
export interface Diary {
  service: ServiceRow;
  branches: { id: string; name: string; town: string | null; zone: string }[];
  people: { id: string; name: string; branch_id: string; own_hours: boolean }[];
  rooms: { id: string; branch_id: string }[];
  machines: { id: string; branch_id: string }[];
  /** branch, practitioner or null, weekday, opens, closes. */
  hours: [string, string | null, number, number, number][];
  /** branch, practitioner or null, day, open, close, open, close … */
  exceptions: [string, string | null, string, number[]][];
  /** Resources in the order of their occupied times in {@link busy}, and how many each has. */
  lengths: [id: string, count: number][];
  /**
   * Occupied times, four bytes each, big-endian: minutes after `origin` · 4096 + length. Null for none at all. Rows, arrays
   * of the database or numbers as text take up to several times as long.
   */
  busy: Buffer | null;
  /** What the packed minutes are counted from. */
  origin: number;
}

export interface DiaryQuery {
  tenantId: string;
  /** Slug or id. */
  service: string;
  branchId?: string | undefined;
  practitionerId?: string | undefined;
  /** Widened by the caller so that any zone's days are covered. */
  fromMinute: number;
  toMinute: number;
  now: Date;
  /** A booking that is being moved does not stand in its own way. */
  withoutBookingId?: string | undefined;
}

/** Longest occupied time of one booking (checked by the table), so that the scan of the diary has two ends. */
const longestOccupiedMin = 2880;

/** The one query of availability: bounded in time, read from the primary. Undefined when there is no such service. */
export async function readDiary(db: Db | Trx, query: DiaryQuery): Promise<Diary | undefined> {
  const { tenantId, fromMinute, toMinute, now } = query;
  const branch = query.branchId ?? null;
  const person = query.practitionerId ?? null;
  const without = query.withoutBookingId ?? null;
  const inReach = sql`b.tenant_id = ${tenantId} and b.status in ('held', 'confirmed', 'arrived', 'completed')
    and b.occupied_from_min >= ${fromMinute - longestOccupiedMin} and b.occupied_from_min < ${toMinute}
    and b.occupied_to_min > ${fromMinute} and (b.hold_expires_at is null or b.hold_expires_at > ${now})
    and (${without}::uuid is null or b.id <> ${without}::uuid)`;
  const packed = sql`string_agg(int4send((b.occupied_from_min - ${fromMinute}::int) * 4096
    + b.occupied_to_min - b.occupied_from_min), '')`;
  const answer = await sql<Diary>`${keepPlan}
    with svc as (
      select * from services where tenant_id = ${tenantId} and retired_at is null
        and (slug = ${query.service} or id::text = ${query.service})
    ), br as (
      select id, name, town, zone from branches where tenant_id = ${tenantId} and closed_at is null
        and (${branch}::uuid is null or id = ${branch}::uuid)
    ), people as (
      select p.id, p.name, pb.branch_id, pb.own_hours, p.position
      from practitioners p
      join practitioner_services ps on ps.tenant_id = p.tenant_id and ps.practitioner_id = p.id
      join svc on svc.id = ps.service_id
      join practitioner_branches pb on pb.tenant_id = p.tenant_id and pb.practitioner_id = p.id
      join br on br.id = pb.branch_id
      where p.tenant_id = ${tenantId} and p.left_at is null and (${person}::uuid is null or p.id = ${person}::uuid)
    ), places as (
      select r.id, r.branch_id from rooms r, svc where r.tenant_id = ${tenantId} and r.retired_at is null
        and svc.room_kind = any(r.kinds) and r.branch_id in (select id from br)
    ), tools as (
      select m.id, m.branch_id from machines m, svc where m.tenant_id = ${tenantId} and m.retired_at is null
        and svc.machine_kind = any(m.kinds) and m.branch_id in (select id from br)
    ), times (id, spans) as (
      select p.id, (select ${packed} from bookings b where b.practitioner_id = p.id and ${inReach})
        from (select distinct id from people) p
      union all select id, (select ${packed} from bookings b where b.room_id = places.id and ${inReach}) from places
      union all select id, (select ${packed} from bookings b where b.machine_id = tools.id and ${inReach}) from tools
    )
    select to_jsonb(svc) as service, ${fromMinute}::int as origin,
      (select coalesce(json_agg(br order by br.name, br.id), '[]') from br) as branches,
      (select coalesce(json_agg(people order by people.position, people.name, people.id), '[]') from people) as people,
      (select coalesce(json_agg(places order by places.id), '[]') from places) as rooms,
      (select coalesce(json_agg(tools order by tools.id), '[]') from tools) as machines,
      (select coalesce(json_agg(json_build_array(branch_id, practitioner_id, weekday, open_min, close_min)), '[]')
        from opening_hours h where h.tenant_id = ${tenantId} and h.branch_id in (select id from br)
          and (h.practitioner_id is null or h.practitioner_id in (select id from people))) as hours,
      (select coalesce(json_agg(json_build_array(branch_id, practitioner_id, day, spans)), '[]')
        from opening_exceptions e where e.tenant_id = ${tenantId} and e.branch_id in (select id from br)
          and (e.practitioner_id is null or e.practitioner_id in (select id from people))
          and e.day between ${dayOf(fromMinute - 4320)}::date and ${dayOf(toMinute + 4320)}::date) as exceptions,
      (select coalesce(json_agg(json_build_array(id, coalesce(octet_length(spans), 0) / 4) order by id), '[]')
        from times) as lengths,
      (select string_agg(spans, '' order by id) from times) as busy
    from svc`.execute(db);
  return answer.rows[0];
}

function dayOf(minute: number): string {
  return new Date(minute * 60_000).toISOString().slice(0, 10);
}

export async function selectServices(db: Db | Trx, tenantId: string): Promise<ServiceRow[]> {
  return db
    .selectFrom('services')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('retired_at', 'is', null)
    .orderBy('position')
    .orderBy('slug')
    .execute();
}

export interface Policy {
  freeCancelHours: number;
  moveUntilHours: number;
  maxMoves: number;
  holdMinutes: number;
  offerMinutes: number;
  texts: Texts;
}

export async function selectPolicy(db: Db | Trx, tenantId: string): Promise<Policy> {
  const row = await db
    .selectFrom('booking_policies')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  return {
    freeCancelHours: row?.free_cancel_hours ?? 24,
    moveUntilHours: row?.move_until_hours ?? 6,
    maxMoves: row?.max_moves ?? 3,
    holdMinutes: row?.hold_minutes ?? 30,
    offerMinutes: row?.offer_minutes ?? 120,
    texts: row?.texts ?? {},
  };
}

export type NewBooking = Pick<
  BookingRow,
  | 'tenant_id'
  | 'id'
  | 'kind'
  | 'status'
  | 'branch_id'
  | 'service_id'
  | 'practitioner_id'
  | 'room_id'
  | 'machine_id'
  | 'patient_id'
  | 'person_key'
  | 'start_min'
  | 'end_min'
  | 'occupied_from_min'
  | 'occupied_to_min'
  | 'hold_expires_at'
  | 'series_id'
  | 'series_visit'
  | 'name'
  | 'phone'
  | 'email'
  | 'language'
  | 'note'
  | 'source'
> & { self_check: unknown };

/**
 * Writes a booking unless an active one stands in its way. `ON CONFLICT DO NOTHING` waits for a rival transaction and
 * then yields; a plain insert that catches 23P01 deadlocks under load.
 */
export async function insertBooking(
  trx: Trx,
  booking: NewBooking,
  at: Date,
): Promise<BookingRow | undefined> {
  return trx
    .insertInto('bookings')
    .values({
      ...booking,
      self_check: booking.self_check === undefined ? null : JSON.stringify(booking.self_check),
      created_at: at,
      changed_at: at,
    })
    .onConflict((c) => c.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** What stands in the way of a booking that was not written. */
export async function rivalsOf(
  trx: Trx,
  wanted: Pick<
    NewBooking,
    | 'tenant_id'
    | 'practitioner_id'
    | 'room_id'
    | 'machine_id'
    | 'person_key'
    | 'start_min'
    | 'end_min'
    | 'occupied_from_min'
    | 'occupied_to_min'
  >,
): Promise<{ practitioner: boolean; room: boolean; machine: boolean; person: boolean }> {
  const active = sql.join(activeStatuses.map((s) => sql.lit(s)));
  const answer = await sql<{ practitioner: boolean; room: boolean; machine: boolean; person: boolean }>`
    select
      coalesce(bool_or(meets and practitioner_id = ${wanted.practitioner_id}::uuid), false) as practitioner,
      coalesce(bool_or(meets and room_id = ${wanted.room_id}::uuid), false) as room,
      coalesce(bool_or(meets and machine_id = ${wanted.machine_id}::uuid), false) as machine,
      coalesce(bool_or(start_min < ${wanted.end_min} and end_min > ${wanted.start_min}
        and person_key = ${wanted.person_key}::text), false) as person
    from (select b.*, b.occupied_from_min < ${wanted.occupied_to_min}
        and b.occupied_to_min > ${wanted.occupied_from_min} as meets
      from bookings b where b.tenant_id = ${wanted.tenant_id} and b.status in (${active})
        and b.occupied_from_min >= ${wanted.occupied_from_min - longestOccupiedMin}
        and b.occupied_from_min < ${wanted.occupied_to_min}) near`.execute(trx);
  return answer.rows[0] ?? { practitioner: false, room: false, machine: false, person: false };
}

/** Expired holds still block by constraint until their status says so. Rivals doing the same are skipped, not awaited. */
export async function expireHolds(
  trx: Trx,
  tenantId: string,
  now: Date,
  within?: { fromMin: number; toMin: number },
): Promise<BookingRow[]> {
  const answer = await sql<BookingRow>`
    update bookings set status = 'expired', hold_expires_at = null, changed_at = ${now}, version = version + 1
    where tenant_id = ${tenantId} and id in (
      select id from bookings where tenant_id = ${tenantId} and status = 'held' and hold_expires_at <= ${now}
        and (${within === undefined} or (occupied_from_min < ${within?.toMin ?? 0} and occupied_to_min > ${within?.fromMin ?? 0}))
      order by id for update skip locked)
    returning *`.execute(trx);
  return answer.rows;
}

export async function selectBooking(
  db: Db | Trx,
  tenantId: string,
  id: string,
  lock = false,
): Promise<BookingRow | undefined> {
  let query = db.selectFrom('bookings').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id);
  if (lock) query = query.forUpdate();
  return query.executeTakeFirst();
}

export type BookingChange = Partial<
  Omit<NewBooking, 'tenant_id' | 'id' | 'self_check'> &
    Pick<BookingRow, 'moves' | 'calendar_sequence' | 'cancelled_by' | 'cancelled_late' | 'cancel_reason'>
>;

/** Changes a locked booking and counts its version. */
export async function updateBooking(
  trx: Trx,
  tenantId: string,
  id: string,
  change: BookingChange,
  at: Date,
): Promise<BookingRow> {
  return trx
    .updateTable('bookings')
    .set((eb) => ({ ...change, changed_at: at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function insertEvent(
  trx: Trx,
  event: {
    tenantId: string;
    bookingId: string;
    what: string;
    before: object | undefined;
    after: object | undefined;
    actor: { kind: string; id: string | null };
    at: Date;
  },
): Promise<void> {
  await trx
    .insertInto('booking_events')
    .values({
      tenant_id: event.tenantId,
      booking_id: event.bookingId,
      what: event.what,
      before: event.before === undefined ? null : JSON.stringify(event.before),
      after: event.after === undefined ? null : JSON.stringify(event.after),
      actor_kind: event.actor.kind,
      actor_id: event.actor.id,
      at: event.at,
    })
    .execute();
}

export async function selectBookingsBetween(
  db: Db | Trx,
  tenantId: string,
  range: {
    fromMin: number;
    toMin: number;
    branchId?: string | undefined;
    practitionerId?: string | undefined;
  },
): Promise<BookingRow[]> {
  let query = db
    .selectFrom('bookings')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('occupied_from_min', '>=', range.fromMin - longestOccupiedMin)
    .where('occupied_from_min', '<', range.toMin)
    .where('occupied_to_min', '>', range.fromMin);
  if (range.branchId !== undefined) query = query.where('branch_id', '=', range.branchId);
  if (range.practitionerId !== undefined) query = query.where('practitioner_id', '=', range.practitionerId);
  return query.orderBy('start_min').orderBy('id').execute();
}

export interface BookingContext {
  service: { id: string; slug: string; names: Texts };
  branch: {
    id: string;
    name: string;
    town: string | null;
    zone: string;
    addressLines: string[] | null;
    phone: string | null;
  };
  staff: { id: string; name: string };
}

/** The names around a visit: service, branch, practitioner. */
export async function selectBookingContext(db: Db | Trx, row: BookingRow): Promise<BookingContext> {
  const answer = await sql<BookingContext>`
    select json_build_object('id', s.id, 'slug', s.slug, 'names', s.names) as service,
      json_build_object('id', b.id, 'name', b.name, 'town', b.town, 'zone', b.zone,
        'addressLines', b.address_lines, 'phone', b.phone) as branch,
      json_build_object('id', p.id, 'name', p.name) as staff
    from services s, branches b, practitioners p
    where s.tenant_id = ${row.tenant_id} and s.id = ${row.service_id}::uuid
      and b.tenant_id = ${row.tenant_id} and b.id = ${row.branch_id}::uuid
      and p.tenant_id = ${row.tenant_id} and p.id = ${row.practitioner_id}::uuid`.execute(db);
  const found = answer.rows[0];
  if (found === undefined) {
    throw Object.assign(new Error(`booking ${row.id} is not a visit, or its service is gone`), {
      code: 'booking-not-a-visit' as const,
    });
  }
  return found;
}

export async function selectSeries(db: Db | Trx, tenantId: string, seriesId: string): Promise<BookingRow[]> {
  return db
    .selectFrom('bookings')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('series_id', '=', seriesId)
    .orderBy('start_min')
    .execute();
}

/** What messages say about the clinic. */
export interface TenantFacts {
  name: string;
  currency: string;
  country: string;
  phone: string | null;
  email: string | null;
  addressLines: string[] | null;
}

export async function selectTenantFacts(db: Db | Trx, tenantId: string): Promise<TenantFacts> {
  const answer = await sql<TenantFacts>`
    select name, currency, country, facts ->> 'phone' as phone, facts ->> 'email' as email,
      case when jsonb_typeof(facts -> 'addressLines') = 'array' then facts -> 'addressLines' end as "addressLines"
    from tenants where tenant_id = ${tenantId}`.execute(db);
  const found = answer.rows[0];
  if (found === undefined) {
    throw Object.assign(new Error(`there is no clinic ${tenantId}`), { code: 'tenant-unknown' as const });
  }
  return found;
}

/** A digest of the ids and versions of every booking in a stretch of time. */
export async function selectVersionOf(
  db: Db | Trx,
  tenantId: string,
  range: { fromMin: number; toMin: number },
): Promise<string> {
  const answer = await sql<{ version: string }>`
    select coalesce(md5(string_agg(id || ' ' || version, ',' order by id)), '') as version from bookings
    where tenant_id = ${tenantId} and occupied_from_min >= ${range.fromMin - longestOccupiedMin}
      and occupied_from_min < ${range.toMin} and occupied_to_min > ${range.fromMin}`.execute(db);
  return answer.rows[0]?.version ?? '';
}
