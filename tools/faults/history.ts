import { setTimeout as pause } from 'node:timers/promises';
import { verifyAudit } from '@undertone/clinic/audit/commands.ts';
import { sql } from 'kysely';
import type { TrialClinic } from '../trial/clinic.ts';
import type { Intent } from '../trial/visitors.ts';

/** What visitors were told, held against what the database knows. Every count but the first four should be 0. */
export interface Verdict {
  readonly intents: number;
  readonly booked: number;
  readonly cancelled: number;
  readonly refused: number;
  /** Nobody answered for a minute. */
  readonly unanswered: number;
  /** Said to be booked, and not there. */
  readonly lost: number;
  /** Said to be given back, and still held. */
  readonly comeBack: number;
  /** Never given back, and not held. */
  readonly vanished: number;
  /** Pairs of visits of one practitioner that overlap. */
  readonly doubleBookings: number;
  /** Intents that became more than one booking. */
  readonly twice: number;
  /** Bookings without their key, event or message; keys without their reply. */
  readonly halves: number;
  /** Faults of the audit chain. */
  readonly auditFaults: number;
  /** Messages that had not left a minute and a half after the last fault. */
  readonly unsent: number;
}

/** Compares the history of the visitors with the database; waits for messages that are still on their way. */
export async function judge(trial: TrialClinic, history: readonly Intent[]): Promise<Verdict> {
  const { db } = trial.clinic;
  const { tenantId, serviceId } = trial;
  const rows = await sql<{ id: string; status: string; email: string | null }>`
    select id, status, email from bookings where tenant_id = ${tenantId} and service_id = ${serviceId}
      and source = 'site'`.execute(db);
  const statusOf = new Map(rows.rows.map((row) => [row.id, row.status]));
  const perPerson = new Map<string, number>();
  for (const { email } of rows.rows) {
    if (email !== null) perPerson.set(email, (perPerson.get(email) ?? 0) + 1);
  }
  const booked = history.filter(({ said }) => said === 'booked');
  const statuses = booked.map((intent) => ({ intent, status: statusOf.get(intent.bookingId ?? '') }));
  const one = async (query: ReturnType<typeof sql<{ n: number }>>) =>
    (await query.execute(db)).rows[0]?.n ?? -1;
  const doubleBookings = await one(sql<{ n: number }>`
    select count(*) as n from bookings a join bookings b on a.tenant_id = b.tenant_id and a.id < b.id
      and a.practitioner_id = b.practitioner_id and a.occupied && b.occupied
    where a.tenant_id = ${tenantId} and a.service_id = ${serviceId} and a.source = 'site' and b.source = 'site'
      and a.status in ('held', 'confirmed') and b.status in ('held', 'confirmed')`);
  const halves = await one(sql<{ n: number }>`
    select (select count(*) from idempotency_keys where tenant_id = ${tenantId} and reply is null)
      + (select count(*) from bookings b where tenant_id = ${tenantId} and service_id = ${serviceId} and source = 'site'
          and (not exists (select from idempotency_keys k where k.tenant_id = b.tenant_id
              and k.reply ->> 'bookingId' = b.id::text)
            or not exists (select from booking_events e where e.tenant_id = b.tenant_id and e.booking_id = b.id)
            or not exists (select from messages m where m.tenant_id = b.tenant_id and m.subject_id = b.id))) as n`);
  const audit = await verifyAudit(trial.clinic);
  return {
    intents: history.length,
    booked: booked.length,
    cancelled: history.filter((intent) => intent.cancelled === 'yes').length,
    refused: history.filter(({ said }) => said === 'refused').length,
    unanswered: history.filter(({ said }) => said === 'none').length,
    lost: statuses.filter(({ status }) => status === undefined).length,
    comeBack: statuses.filter(({ intent, status }) => intent.cancelled === 'yes' && status !== 'cancelled')
      .length,
    vanished: statuses.filter(
      ({ intent, status }) => intent.cancelled === undefined && status === 'cancelled',
    ).length,
    doubleBookings,
    twice: [...perPerson.values()].filter((count) => count > 1).length,
    halves,
    auditFaults: audit.ok ? 0 : audit.faults.length,
    unsent: await unsentAfter(trial, 90_000),
  };
}

/** Messages due that are still waiting, asked again until there are none or the time is over. */
async function unsentAfter({ clinic, tenantId }: TrialClinic, withinMs: number): Promise<number> {
  for (const until = performance.now() + withinMs; ; await pause(500)) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from messages
      where tenant_id = ${tenantId} and state in ('queued', 'failed') and due_at < now()`.execute(clinic.db);
    const left = rows[0]?.n ?? 0;
    if (left === 0 || performance.now() > until) return left;
  }
}

/** The counts that must be 0 and are not. */
export function faultsOf(verdict: Verdict): readonly string[] {
  const mustBeNone = [
    'unanswered',
    'lost',
    'comeBack',
    'vanished',
    'doubleBookings',
    'twice',
    'halves',
    'auditFaults',
    'unsent',
  ] as const;
  return mustBeNone.filter((name) => verdict[name] !== 0).map((name) => `${name} ${verdict[name]}`);
}
