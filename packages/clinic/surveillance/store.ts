import { sql } from 'kysely';
import { eventKinds } from '../followup/event-kinds.ts';
import type { Trx } from '../platform/database.ts';

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
