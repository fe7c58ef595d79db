/*
 * What the owner looks at each month: visits, who did not come, sessions, check-ins, adverse events, takings. Counts
 * only: nobody's name or id leaves the database.
 *
 *   readReport(services, actor, { from, to })     { ok: true, months, totals, hasMoney }
 *
 * Rates of complications with their intervals are `surveillance`; this says how many, not how often.
 */
import { recordAudit } from '../audit/commands.ts';
import type { Services } from '../platform/services.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import { type MonthCounts, monthsBetween, noCounts, type ReportRefusal, sumMonths } from './rules.ts';
import { selectCounts } from './store.ts';

export interface Report {
  readonly from: string;
  readonly to: string;
  /** One row a month, also for months in which nothing happened. */
  readonly months: readonly ({ readonly month: string } & MonthCounts)[];
  readonly totals: MonthCounts;
  /** Whether the actor may see takings; where not, they are 0. */
  readonly hasMoney: boolean;
}

/** @param span first and last month, `YYYY-MM`, at most 36 of them */
export async function readReport(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  span: { readonly from: string; readonly to: string },
): Promise<({ ok: true } & Report) | ReportRefusal> {
  if (!can(actor.role, 'report.read')) return notAllowed;
  const months = monthsBetween(span.from, span.to);
  if (!months) return badSpan;
  const { tenantId } = actor;
  const zone = (await listTenants(services)).find(({ id }) => id === tenantId)?.zone ?? 'UTC';
  const hasMoney = can(actor.role, 'payment.read');
  return services.db.transaction().execute(async (trx) => {
    const counted = await selectCounts(trx, tenantId, zone, span);
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'report.read',
      subject: { kind: 'tenant', id: tenantId },
      change: { after: { from: span.from, to: span.to } },
    });
    const rows = months.map((month) => {
      const counts = { ...noCounts, ...counted.get(month) };
      return { month, ...counts, ...(hasMoney ? {} : { takingsMinor: 0, refundsMinor: 0 }) };
    });
    return { ok: true as const, ...span, months: rows, totals: sumMonths(rows), hasMoney };
  });
}

const notAllowed: ReportRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
const badSpan: ReportRefusal = {
  ok: false,
  reason: 'bad-span',
  message: 'Give two months, the first one first, at most 36 of them, for instance 2026-01 and 2026-12.',
  field: 'from',
};
