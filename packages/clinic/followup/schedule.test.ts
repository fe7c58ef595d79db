import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { deliverJob } from '../notify/commands.ts';
import { handle } from '../platform/jobs.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { testMember } from '../staff/testing.ts';
import { openCheckIn } from './answers.ts';
import { checkInDays, protocols } from './protocol.ts';
import { advanceCheckIns, scheduleCheckIns } from './schedule.ts';
import { sampleLot, samplePatient, sampleSession } from './testing/people.ts';

describe('the days of the protocol', () => {
  it('of a session on the last day of January', () => {
    expect(checkInDays('lip', '2027-01-31').map(({ on }) => on)).toEqual([
      '2027-02-01',
      '2027-02-03',
      '2027-02-07',
      '2027-02-14',
      '2027-03-14',
      '2027-04-30',
      '2027-07-31',
      '2028-01-31',
      '2028-07-31',
      '2029-01-31',
    ]);
  });

  it('come in order and say how many days after the session they are, whatever the day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2060-12-31'), noInvalidDate: true }),
        (at) => {
          const on = at.toISOString().slice(0, 10);
          const days = checkInDays('scalp', on);
          const numbers = days.map(({ dayNumber }) => dayNumber);
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
          for (const due of days) {
            expect(Date.parse(due.on) - Date.parse(on)).toBe(due.dayNumber * 86_400_000);
          }
        },
      ),
    );
  });

  it('are unreviewed proposals with their source, for every treatment', () => {
    for (const protocol of Object.values(protocols)) {
      expect(protocol.review).toBe('unreviewed');
      expect(protocol.source).not.toBe('');
    }
  });
});

// Messages stay in the outbox: what is written there is looked at.
const services = await testServices({ handlers: [handle(deliverJob, () => Promise.resolve())] });

async function setting(email: string | null = 'patient@example.org') {
  const tenantId = await testTenant(services.db);
  const operator = await testMember(services, 'physician', tenantId);
  const patientId = await samplePatient(services.db, tenantId, { email });
  const performedAt = services.clock.now();
  const lot = await sampleLot(services.db, tenantId, 'L-1');
  const sessionId = await sampleSession(services.db, {
    tenantId,
    patientId,
    operator,
    performedAt,
    lots: [lot],
    zone: 'upper lip',
  });
  const schedule = (at = performedAt, branchId: string | null = null) =>
    services.db.transaction().execute((trx) =>
      scheduleCheckIns(services, trx, {
        tenantId,
        patientId,
        sessionId,
        branchId,
        treatment: 'lip',
        performedAt: at,
      }),
    );
  const rows = async () =>
    (
      await sql<{
        protocol_day: string;
        state: string;
        due_at: Date;
      }>`select protocol_day, state, due_at from check_ins
        where tenant_id = ${tenantId} order by day_number`.execute(services.db)
    ).rows;
  const outbox = async () =>
    (
      await sql<{
        dedupe_key: string;
        branch_id: string | null;
        params: { text: string };
      }>`select dedupe_key, branch_id, params from messages
        where tenant_id = ${tenantId} order by created_at, id`.execute(services.db)
    ).rows;
  return { tenantId, patientId, sessionId, operator, lot, schedule, rows, outbox };
}

const hour = 3_600_000;

describe('check-ins of a session', () => {
  it('are planned once, at ten in the morning on the clinic’s wall', async () => {
    const { schedule, rows, tenantId, lot, operator } = await setting();
    expect(await schedule()).toBe(10);
    expect(await schedule()).toBe(0);
    const planned = await rows();
    expect(planned.map(({ state }) => state)).toEqual(Array.from({ length: 10 }, () => 'planned'));
    expect(planned[0]?.due_at.toISOString()).toBe('2026-03-03T04:30:00.000Z');
    const counted = await sql`select f.operator_id, f.zones, l.lot_id from followed_sessions f
      join followed_lots l using (tenant_id, session_id) where tenant_id = ${tenantId}`.execute(services.db);
    expect(counted.rows).toEqual([{ operator_id: operator.staffId, zones: ['upper lip'], lot_id: lot }]);
  });

  it('of a session written down late begin with the one that is due now', async () => {
    const { schedule, rows } = await setting();
    await schedule(new Date(services.clock.now().getTime() - 20 * 24 * hour));
    expect((await rows()).map(({ state }) => state).slice(0, 5)).toEqual([
      'missed',
      'missed',
      'missed',
      'planned',
      'planned',
    ]);
  });

  it('go out as a link, are reminded of, and then a person calls', async () => {
    const start = services.clock.now();
    const { schedule, rows, outbox } = await setting();
    await schedule();
    const first = async () => (await rows())[0]?.state;
    const seen: (string | undefined)[] = [];
    for (const hours of [23, 1, 5, 1, 17, 1]) {
      services.clock.advance(hours * hour);
      await advanceCheckIns(services);
      seen.push(await first());
    }
    services.clock.set(start);
    expect(seen).toEqual(['planned', 'sent', 'sent', 'reminded', 'reminded', 'to-call']);
    const sent = await outbox();
    expect(sent.map(({ dedupe_key }) => dedupe_key.split(' ').at(-1))).toEqual(['link', 'reminder']);
    const links = sent.map(({ params }) => /\/en\/checkin\/([\w-]+)/.exec(params.text)?.[1]);
    expect(links[0]).toHaveLength(54);
    expect(links[1]).toBe(links[0]);
  });

  it('are counted by the wall of the branch of the session', async () => {
    const { tenantId, schedule, rows } = await setting();
    const branchId = randomUUID();
    await sql`insert into branches (tenant_id, id, name, town, zone, created_at)
      values (${tenantId}, ${branchId}, 'Abroad', null, 'Europe/Berlin', now())`.execute(services.db);
    await schedule(undefined, branchId);
    expect((await rows())[0]?.due_at.toISOString()).toBe('2026-03-03T09:00:00.000Z');
  });

  it('come from the branch that treated her, which the page behind their link names too', async () => {
    const start = services.clock.now();
    const { tenantId, schedule, outbox } = await setting();
    const branches = [randomUUID(), randomUUID()];
    for (const [n, id] of branches.entries())
      await sql`insert into branches (tenant_id, id, name, town, zone, created_at, address_lines, phone)
        values (${tenantId}, ${id}, ${`Branch ${n}`}, 'Siliguri', 'Asia/Kolkata',
          timestamptz '2026-01-01' + ${n} * interval '1 hour', ${[`Street ${n}`]}, ${`+91 98000 0000${n}`})`.execute(
        services.db,
      );
    await schedule(undefined, branches[1]);
    services.clock.advance(24 * hour);
    await advanceCheckIns(services);
    const [sent] = await outbox();
    const text = sent?.params.text ?? '';
    const page = await openCheckIn(services, tenantId, /checkin\/([\w-]+)/.exec(text)?.[1] ?? '');
    services.clock.set(start);
    expect(sent?.branch_id).toBe(branches[1]);
    expect(text).toMatch(/, Branch 1\nStreet 1, Siliguri\n\+91 98000 00001$/);
    expect(page).toMatchObject({ ok: true, page: { clinicPhone: '+91 98000 00001' } });
    expect(page.ok && page.page.clinicName).toMatch(/, Branch 1$/);
  });

  it('of somebody without an address go straight to the call list', async () => {
    const start = services.clock.now();
    const { schedule, rows, outbox } = await setting(null);
    await schedule();
    services.clock.advance(24 * hour);
    await advanceCheckIns(services);
    services.clock.set(start);
    expect((await rows())[0]?.state).toBe('to-call');
    expect(await outbox()).toEqual([]);
  });
});
