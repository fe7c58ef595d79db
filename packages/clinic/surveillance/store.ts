import { sql } from 'kysely';
import { eventKinds } from '../followup/event-kinds.ts';
import type { Db, Trx } from '../platform/database.ts';
import { type Count, followUpRule, type Grouping } from './rules.ts';

declare module '../platform/database.ts' {
  interface Tables {
    followed_sessions: FollowedSessionsTable;
    followed_lots: FollowedLotsTable;
  }
}

interface FollowedSessionsTable {
  tenant_id: string;
  session_id: string;
  patient_id: string;
  treatment: string;
  operator_id: string | null;
  performed_on: string;
  zones: string[];
  followed_day: number;
  event_bits: number;
}

interface FollowedLotsTable {
  tenant_id: string;
  lot_id: string;
  session_id: string;
  performed_on: string;
  treatment: string;
  operator_id: string | null;
  followed_day: number;
  event_bits: number;
}

const bits = JSON.stringify(
  Object.fromEntries(Object.entries(eventKinds).map(([kind, { bit }]) => [kind, 1 << bit])),
);

/**
 * Derives what is counted from sessions, session_lots, check_ins and adverse_events: for the sessions named, or for all
 * of the clinic.
 */
export async function deriveFollowed(
  trx: Trx,
  tenantId: string,
  sessionIds: readonly string[] | 'all',
): Promise<void> {
  const among = (column: string) =>
    sessionIds === 'all' ? sql`true` : sql`${sql.ref(column)} = any(${[...sessionIds]}::uuid[])`;
  await sql`
    with asked as (
      select c.session_id, min(c.patient_id::text)::uuid as patient_id, min(c.treatment) as treatment,
        min(c.performed_at) as performed_at,
        coalesce(max(c.day_number) filter (where c.state = 'answered'), 0) as followed_day
      from check_ins c where c.tenant_id = ${tenantId} and ${among('c.session_id')}
      group by c.session_id
    ), happened as (
      select e.session_id, bit_or(coalesce((${bits}::jsonb ->> e.kind)::int, 0)) as event_bits
      from adverse_events e where e.tenant_id = ${tenantId} and e.withdrawn_reason is null
        and e.session_id is not null and ${among('e.session_id')}
      group by e.session_id
    ), placed as (
      select l.session_id, array_agg(distinct l.zone) filter (where l.zone <> '') as zones
      from session_lots l where l.tenant_id = ${tenantId} and ${among('l.session_id')}
      group by l.session_id
    )
    insert into followed_sessions (tenant_id, session_id, patient_id, treatment, operator_id, performed_on, zones,
      followed_day, event_bits)
    select ${tenantId}::uuid, a.session_id, a.patient_id, a.treatment, s.operator_id,
      (a.performed_at at time zone t.zone)::date, coalesce(p.zones, '{}'), a.followed_day, coalesce(h.event_bits, 0)
    from asked a
    join tenants t on t.tenant_id = ${tenantId}
    left join sessions s on s.tenant_id = ${tenantId} and s.id = a.session_id
    left join happened h on h.session_id = a.session_id
    left join placed p on p.session_id = a.session_id
    on conflict (tenant_id, session_id) do update set patient_id = excluded.patient_id, treatment = excluded.treatment,
      operator_id = excluded.operator_id, performed_on = excluded.performed_on, zones = excluded.zones,
      followed_day = excluded.followed_day, event_bits = excluded.event_bits`.execute(trx);
  await sql`delete from followed_lots f where f.tenant_id = ${tenantId} and ${among('f.session_id')}`.execute(
    trx,
  );
  await sql`
    insert into followed_lots (tenant_id, lot_id, session_id, performed_on, treatment, operator_id, followed_day, event_bits)
    select distinct f.tenant_id, l.lot_id, f.session_id, f.performed_on, f.treatment, f.operator_id, f.followed_day,
      f.event_bits
    from followed_sessions f
    join session_lots l on l.tenant_id = f.tenant_id and l.session_id = f.session_id
    where f.tenant_id = ${tenantId} and ${among('f.session_id')}`.execute(trx);
}

export interface CountFilter {
  readonly tenantId: string;
  readonly treatment?: string;
  readonly operatorId?: string;
  readonly lotId?: string;
  readonly from: string;
  readonly to: string;
  /** Kinds counted, as a mask. */
  readonly bits: number;
  /** A session since this day without an answer is waited for, not unknown. */
  readonly waitingSince: string;
}

type CountRow = Count & { readonly key: string | null };

const isFollowed = (alias: string) =>
  sql<boolean>`(${sql.ref(`${alias}.followed_day`)} >= ${followUpRule.knownFromDay} or ${sql.ref(`${alias}.event_bits`)} <> 0)`;

const where = (alias: string, filter: CountFilter) => sql`
  ${sql.ref(`${alias}.tenant_id`)} = ${filter.tenantId}
  and ${sql.ref(`${alias}.performed_on`)} between ${filter.from}::date and ${filter.to}::date
  ${filter.treatment === undefined ? sql`` : sql`and ${sql.ref(`${alias}.treatment`)} = ${filter.treatment}`}
  ${filter.operatorId === undefined ? sql`` : sql`and ${sql.ref(`${alias}.operator_id`)} = ${filter.operatorId}::uuid`}`;

const counts = (alias: string, filter: CountFilter) => sql`
  count(*)::int as sessions,
  count(*) filter (where ${isFollowed(alias)})::int as followed,
  count(*) filter (where not ${isFollowed(alias)}
    and ${sql.ref(`${alias}.performed_on`)} >= ${filter.waitingSince}::date)::int as waiting,
  count(*) filter (where not ${isFollowed(alias)}
    and ${sql.ref(`${alias}.performed_on`)} < ${filter.waitingSince}::date)::int as unknown,
  count(*) filter (where ${sql.ref(`${alias}.event_bits`)} & ${filter.bits} <> 0)::int as events`;

/** Most lots of a list, those with the most events first: the rest can be asked for by name. */
const mostLots = 100;

/**
 * Counts by one thing, or of all. A session counts once in each zone and for each lot it used.
 *
 * One pass over an index counts sessions that are alike; what they come to is added up over those few groups.
 */
export async function countBy(
  db: Db | Trx,
  filter: CountFilter,
  by: Grouping | undefined,
): Promise<readonly CountRow[]> {
  // By lot, a session is a row for each lot it used; otherwise it is one row.
  const alias = by === 'lot' ? 'l' : 'f';
  const of = (column: string) => sql.ref(`${alias}.${column}`);
  const table = by === 'lot' ? sql`followed_lots l` : sql`followed_sessions f`;
  const columns = {
    treatment: 'treatment',
    operator: 'operator_id',
    zone: 'zones',
    lot: 'lot_id',
    month: 'performed_on',
  } as const;
  const one = by === undefined ? sql`null::text` : of(columns[by]);
  const keys = {
    treatment: sql`select g.one as key, g.* from grouped g`,
    operator: sql`select g.one::text as key, g.* from grouped g`,
    zone: sql`select z.zone as key, g.* from grouped g cross join lateral unnest(g.one) as z(zone)`,
    lot: sql`select g.one::text as key, g.* from grouped g`,
    month: sql`select to_char(g.one, 'YYYY-MM') as key, g.* from grouped g`,
  } as const;
  const keyed = by === undefined ? sql`select g.one as key, g.* from grouped g` : keys[by];
  const order = by === 'lot' ? sql`events desc, sessions desc, 1` : sql`1`;
  const { rows } = await sql<CountRow>`with grouped as (
      select ${one} as one, ${isFollowed(alias)} as is_followed,
        ${of('performed_on')} >= ${filter.waitingSince}::date as is_recent,
        ${of('event_bits')} & ${filter.bits} <> 0 as has_event, count(*) as n
      from ${table} where ${where(alias, filter)} ${ofLot(alias, filter)} group by 1, 2, 3, 4)
    select key, sum(n)::int as sessions,
      coalesce(sum(n) filter (where is_followed), 0)::int as followed,
      coalesce(sum(n) filter (where not is_followed and is_recent), 0)::int as waiting,
      coalesce(sum(n) filter (where not is_followed and not is_recent), 0)::int as unknown,
      coalesce(sum(n) filter (where has_event), 0)::int as events
    from (${keyed}) k group by 1 order by ${order} limit ${by === 'lot' ? mostLots : 1000}`.execute(db);
  return rows;
}

/** Only sessions that used the lot asked for; by lot, only that lot. */
function ofLot(alias: 'f' | 'l', { tenantId, lotId }: CountFilter) {
  if (lotId === undefined) return sql``;
  if (alias === 'l') return sql`and l.lot_id = ${lotId}::uuid`;
  return sql`and f.session_id in (select u.session_id from followed_lots u
    where u.tenant_id = ${tenantId} and u.lot_id = ${lotId}::uuid)`;
}

/** All sessions once, with the events of several sets of kinds. */
export async function countKinds(
  db: Db | Trx,
  filter: CountFilter,
  masks: Readonly<Record<string, number>>,
): Promise<{ count: Count; byMask: Readonly<Record<string, number>> }> {
  const each = Object.entries(masks).map(
    ([name, bits]) =>
      sql`count(*) filter (where f.event_bits & ${bits} <> 0)::int as ${sql.ref(`mask ${name}`)}`,
  );
  const { rows } = await sql<Record<string, number>>`select ${counts('f', filter)}, ${sql.join(each)}
    from followed_sessions f where ${where('f', filter)}`.execute(db);
  const row = rows[0] ?? {};
  const of = (name: string) => row[name] ?? 0;
  return {
    count: {
      sessions: of('sessions'),
      followed: of('followed'),
      waiting: of('waiting'),
      unknown: of('unknown'),
      events: of('events'),
    },
    byMask: Object.fromEntries(Object.keys(masks).map((name) => [name, of(`mask ${name}`)])),
  };
}

/** The day of the earliest session with known follow-up; undefined while there is none. */
export async function selectFirstFollowed(db: Db | Trx, filter: CountFilter): Promise<string | undefined> {
  const { rows } = await sql<{ first: string | null }>`select min(f.performed_on)::text as first
    from followed_sessions f where ${where('f', filter)} and ${isFollowed('f')}`.execute(db);
  return rows[0]?.first ?? undefined;
}

/** The latest sessions with known follow-up, the earliest of them first. */
export async function selectSequence(
  db: Db | Trx,
  filter: CountFilter,
  limit: number,
): Promise<readonly { performedOn: string; hasEvent: boolean }[]> {
  const { rows } = await sql<{ performed_on: string; has_event: boolean }>`
    select f.performed_on, f.event_bits & ${filter.bits} <> 0 as has_event
    from followed_sessions f where ${where('f', filter)} and ${isFollowed('f')} ${ofLot('f', filter)}
    order by f.performed_on desc, f.session_id desc limit ${limit}`.execute(db);
  return rows.reverse().map((row) => ({ performedOn: row.performed_on, hasEvent: row.has_event }));
}

export async function selectLotLabels(
  db: Db | Trx,
  tenantId: string,
  lotIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; label: string }>`
    select l.id, i.name || ' · ' || l.lot_number as label from stock_lots l
    join stock_items i on i.tenant_id = l.tenant_id and i.id = l.item_id
    where l.tenant_id = ${tenantId} and l.id = any(${[...lotIds]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, label }) => [id, label]));
}

/** `YYYY-MM-DD` on the clinic's wall. */
export async function selectToday(db: Db | Trx, tenantId: string, now: Date): Promise<string> {
  const { rows } = await sql<{ today: string }>`
    select (${now}::timestamptz at time zone zone)::date::text as today from tenants
    where tenant_id = ${tenantId}`.execute(db);
  return rows[0]?.today ?? now.toISOString().slice(0, 10);
}
