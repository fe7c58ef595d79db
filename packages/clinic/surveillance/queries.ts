/** Rates, funnel, CUSUM and what may be published, from the clinic's own followed sessions. Nobody is named. */
import { recordAudit } from '../audit/commands.ts';
import { bitsOf } from '../followup/event-kinds.ts';
import type { Services } from '../platform/services.ts';
import { staffNames } from '../staff/commands.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { addDays } from '../tenant/schema.ts';
import { cusum } from './cusum.ts';
import {
  type Count,
  followUpRule,
  funnelTails,
  type Grouping,
  kindsOfRisk,
  type MeasureId,
  mayPublish,
  measures,
  publicRisks,
  type Rate,
  rateOf,
} from './rules.ts';
import { funnelLimits, type Interval } from './statistics.ts';
import {
  type CountFilter,
  countBy,
  countKinds,
  selectFirstFollowed,
  selectLotLabels,
  selectSequence,
  selectToday,
} from './store.ts';

type ReadServices = Pick<Services, 'db' | 'clock'>;

export interface RateQuery {
  readonly measure: MeasureId;
  readonly treatment?: 'scalp' | 'lip' | 'vitiligo';
  readonly operatorId?: string;
  readonly lotId?: string;
  /** Days of the sessions on the clinic's calendar, both included. */
  readonly from: string;
  readonly to: string;
}

export interface RateRow extends Rate {
  readonly key: string | null;
  readonly label: string | null;
}

export interface SurveillanceRefusal {
  readonly ok: false;
  readonly reason: 'not-allowed';
  readonly message: string;
}
const notAllowed: SurveillanceRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};

/** The rate of everything asked for, and of each part of it. */
export async function readRates(
  services: ReadServices,
  actor: Actor,
  query: RateQuery,
  by: Grouping,
): Promise<{ ok: true; total: RateRow; rows: readonly RateRow[] } | SurveillanceRefusal> {
  if (!can(actor.role, 'report.read')) return notAllowed;
  const { tenantId } = actor;
  const staff = by === 'operator' ? await staffNames(services, tenantId) : undefined;
  return services.db.transaction().execute(async (trx) => {
    const filter = filterOf(tenantId, query, await selectToday(trx, tenantId, services.clock.now()));
    const counted = await countBy(trx, filter, by);
    // A session has one treatment, operator and month, but may have several zones and lots.
    const total = by === 'zone' || by === 'lot' ? (await countBy(trx, filter, undefined))[0] : sumOf(counted);
    const lots =
      by === 'lot'
        ? await selectLotLabels(
            trx,
            tenantId,
            counted.map(({ key }) => key).filter((key) => key !== null),
          )
        : undefined;
    await note(services, trx, actor, query, by);
    const labelOf = (key: string | null) =>
      key === null ? null : (staff?.get(key) ?? lots?.get(key) ?? key);
    const rows = counted.map(
      ({ key, ...count }): RateRow => ({ key, label: labelOf(key), ...rateOf(count) }),
    );
    return {
      ok: true as const,
      total: { key: null, label: null, ...rateOf(total ?? nothing) },
      rows,
    };
  });
}

function sumOf(counts: readonly Count[]): Count {
  return counts.reduce(
    (sum, one) => ({
      sessions: sum.sessions + one.sessions,
      followed: sum.followed + one.followed,
      waiting: sum.waiting + one.waiting,
      unknown: sum.unknown + one.unknown,
      events: sum.events + one.events,
    }),
    nothing,
  );
}

const nothing: Count = { sessions: 0, followed: 0, waiting: 0, unknown: 0, events: 0 };

function filterOf(tenantId: string, query: RateQuery, today: string): CountFilter {
  const { measure, ...rest } = query;
  return {
    tenantId,
    ...rest,
    bits: measures[measure].bits,
    waitingSince: addDays(today, -followUpRule.waitDays),
  };
}

export interface FunnelPoint extends RateRow {
  readonly inner: Interval;
  readonly outer: Interval;
}

/** The parts of a rate against the limits chance alone would keep them in, about the rate of all of them together. */
export function funnelOf(total: Rate, rows: readonly RateRow[]): readonly FunnelPoint[] {
  const target = total.rate01;
  if (target === undefined) return [];
  return rows
    .filter(({ followed }) => followed > 0)
    .map((row) => ({
      ...row,
      inner: funnelLimits(row.followed, target, funnelTails.inner),
      outer: funnelLimits(row.followed, target, funnelTails.outer),
    }));
}

/** Sessions a control chart shows: the latest of those with known follow-up. */
export const chartSessions = 1000;

export interface CusumPoint {
  readonly performedOn: string;
  readonly hasEvent: boolean;
  readonly value: number;
  readonly isSignal: boolean;
}

/** The CUSUM of the latest sessions with known follow-up, in the order they were done. */
export async function readCusum(
  services: ReadServices,
  actor: Actor,
  query: RateQuery,
): Promise<{ ok: true; points: readonly CusumPoint[] } | SurveillanceRefusal> {
  if (!can(actor.role, 'report.read')) return notAllowed;
  return services.db.transaction().execute(async (trx) => {
    const today = await selectToday(trx, actor.tenantId, services.clock.now());
    const filter = filterOf(actor.tenantId, query, today);
    const sequence = await selectSequence(trx, filter, chartSessions);
    await note(services, trx, actor, query, 'cusum');
    const steps = cusum(
      sequence.map(({ hasEvent }) => hasEvent),
      measures[query.measure].cusum,
    );
    return {
      ok: true as const,
      points: sequence.map((one, i) => ({ ...one, ...(steps[i] as { value: number; isSignal: boolean }) })),
    };
  });
}

async function note(
  services: ReadServices,
  trx: Parameters<typeof recordAudit>[1],
  actor: Actor,
  query: RateQuery,
  what: string,
): Promise<void> {
  await recordAudit(services, trx, {
    tenantId: actor.tenantId,
    actor: { kind: 'staff', id: actor.staffId },
    action: 'surveillance.read',
    subject: { kind: 'tenant', id: actor.tenantId },
    change: { after: { what, measure: query.measure, from: query.from, to: query.to } },
  });
}

export interface PublicRates {
  /** Sessions whose follow-up is known, and those of them with any adverse event. Undefined while they are too few. */
  readonly all: { readonly events: number; readonly people: number } | undefined;
  /** By line of the public risk page. */
  readonly byRisk: Readonly<Record<string, { readonly events: number; readonly people: number }>>;
  /** Followed so far, whether or not it is enough. */
  readonly followed: number;
  /** Days of the first session counted and of the counting, on the clinic's calendar; only with {@link all}. */
  readonly period?: { readonly from: string; readonly to: string };
}

/** What the public risk page may show of the clinic's own counts: all sessions, once there are enough of them. */
export async function publicRates(
  services: ReadServices,
  tenantId: string,
  treatment?: 'scalp' | 'lip' | 'vitiligo',
): Promise<PublicRates> {
  const today = await selectToday(services.db, tenantId, services.clock.now());
  const masks = Object.fromEntries(publicRisks.map((risk) => [risk, bitsOf(kindsOfRisk(risk))]));
  const filter: CountFilter = {
    tenantId,
    from: '1900-01-01',
    to: today,
    bits: measures.any.bits,
    waitingSince: addDays(today, -followUpRule.waitDays),
    ...(treatment !== undefined && { treatment }),
  };
  const { count, byMask } = await countKinds(services.db, filter, masks);
  const { followed: people } = count;
  if (!mayPublish(count)) return { all: undefined, byRisk: {}, followed: people };
  return {
    all: { events: count.events, people },
    byRisk: Object.fromEntries(publicRisks.map((risk) => [risk, { events: byMask[risk] ?? 0, people }])),
    followed: people,
    period: { from: (await selectFirstFollowed(services.db, filter)) ?? today, to: today },
  };
}
