import { sql } from 'kysely';
import type { Trx } from '../platform/database.ts';
import type { MonthCounts } from './rules.ts';

/*
 * The one place that reads other subjects' tables without their commands: it only counts, and counting in the database
 * is what makes a year of a large clinic quick. It writes nothing.
 */

/** Counts by month on the clinic's wall, for months in which something happened. */
export async function selectCounts(
  trx: Trx,
  tenantId: string,
  zone: string,
  span: { readonly from: string; readonly to: string },
): Promise<ReadonlyMap<string, Partial<MonthCounts>>> {
  const first = sql`(${`${span.from}-01`}::date::timestamp at time zone ${zone})`;
  const last = sql`((${`${span.to}-01`}::date + interval '1 month') at time zone ${zone})`;
  const monthOf = (column: string) => sql`to_char(${sql.ref(column)} at time zone ${zone}, 'YYYY-MM')`;
  const monthOfDay = (column: string) => sql`to_char(${sql.ref(column)}, 'YYYY-MM')`;
  const within = (column: string) => sql`${sql.ref(column)} >= ${first} and ${sql.ref(column)} < ${last}`;
  const withinDays = (column: string) =>
    sql`${sql.ref(column)} >= ${`${span.from}-01`}::date
      and ${sql.ref(column)} < ${`${span.to}-01`}::date + interval '1 month'`;
  const statements = [
    sql`select ${monthOf('starts_at')} as month,
      count(*) filter (where status in ('confirmed', 'arrived', 'completed', 'no-show'))::int as visits,
      count(*) filter (where status in ('arrived', 'completed'))::int as came,
      count(*) filter (where status = 'no-show')::int as "noShows",
      count(*) filter (where status = 'cancelled')::int as cancelled
      from bookings where tenant_id = ${tenantId} and kind = 'visit' and ${within('starts_at')} group by 1`,
    sql`select ${monthOf('performed_at')} as month,
      count(*) filter (where treatment = 'scalp')::int as "sessionsScalp",
      count(*) filter (where treatment = 'lip')::int as "sessionsLip",
      count(*) filter (where treatment = 'vitiligo')::int as "sessionsVitiligo"
      from sessions where tenant_id = ${tenantId} and ${within('performed_at')} group by 1`,
    sql`select ${monthOf('due_at')} as month, count(*)::int as "checkIns",
      count(*) filter (where state = 'answered')::int as "checkInsAnswered"
      from check_ins where tenant_id = ${tenantId} and state <> 'withdrawn' and ${within('due_at')} group by 1`,
    sql`select ${monthOfDay('onset_on')} as month, count(*)::int as "adverseEvents"
      from adverse_events where tenant_id = ${tenantId} and withdrawn_reason is null and ${withinDays('onset_on')} group by 1`,
    sql`select ${monthOfDay('taken_on')} as month, count(*)::int as outcomes
      from outcomes where tenant_id = ${tenantId} and withdrawn_at is null and ${withinDays('taken_on')} group by 1`,
    sql`select ${monthOf('happened_at')} as month,
      count(*) filter (where kind = 'receipt')::int as "stockReceived",
      count(*) filter (where kind = 'used')::int as "stockUsed",
      count(*) filter (where kind = 'wasted')::int as "stockWasted"
      from stock_movements where tenant_id = ${tenantId} and ${within('happened_at')} group by 1`,
    sql`select ${monthOfDay('expires_on')} as month, count(*)::int as "lotsExpiring"
      from stock_lots l where tenant_id = ${tenantId} and ${withinDays('expires_on')}
        and (select sum(quantity) from stock_movements m where m.tenant_id = l.tenant_id and m.lot_id = l.id) > 0
      group by 1`,
    sql`select ${monthOfDay('day')} as month,
      coalesce(sum(amount_minor) filter (where kind <> 'refund'), 0)::bigint as "takingsMinor",
      coalesce(sum(amount_minor) filter (where kind = 'refund'), 0)::bigint as "refundsMinor"
      from payments where tenant_id = ${tenantId} and ${withinDays('day')} group by 1`,
  ];
  const months = new Map<string, Partial<MonthCounts>>();
  for (const statement of statements) {
    const { rows } = await sql<{ month: string } & Partial<MonthCounts>>`${statement}`.execute(trx);
    for (const { month, ...counts } of rows) months.set(month, { ...months.get(month), ...counts });
  }
  return months;
}
