import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliverJob } from '../notify/commands.ts';
import { handle } from '../platform/jobs.ts';
import { openKeys } from '../platform/keys.ts';
import { connectAsAdmin, testServices, testTenant } from '../platform/testing/database.ts';
import { testMember } from '../staff/testing.ts';
import { escalateCases, reportAtDesk, sweepJob } from './commands.ts';
import { escalationAt, timers } from './escalation.ts';
import { urgencies } from './red-flags.ts';
import { samplePatient } from './testing/people.ts';

describe('the timers', () => {
  it('go on in time and tell somebody at every step, without end', () => {
    fc.assert(
      fc.property(fc.constantFrom(...urgencies), fc.nat({ max: 500 }), (urgency, step) => {
        const now = escalationAt(urgency, step);
        expect(now.tell.length).toBeGreaterThan(0);
        expect(escalationAt(urgency, step + 1).afterMin).toBeGreaterThan(now.afterMin);
      }),
    );
  });

  it('tell of an emergency at once, and of each other urgency before its answer is due', () => {
    expect(timers.EMERG.steps[0]?.afterMin).toBe(0);
    for (const urgency of urgencies) {
      expect(timers[urgency].steps[0]?.afterMin).toBeLessThanOrEqual(timers[urgency].answerWithinMin);
    }
  });
});

const services = await testServices({
  handlers: [handle(deliverJob, () => Promise.resolve()), handle(sweepJob, () => Promise.resolve())],
});

const said = { course: 'same', signs: ['infection'], details: [], none: false, text: '' };

async function openCase() {
  const tenantId = await testTenant(services.db);
  const desk = await testMember(services, 'desk', tenantId);
  await testMember(services, 'physician', tenantId);
  await testMember(services, 'owner', tenantId);
  const patientId = await samplePatient(services.db, tenantId);
  const opened = await reportAtDesk(services, desk, { patientId, form: said });
  if (!opened.ok) throw new Error(opened.message);
  const happened = async () => {
    const { rows } = await sql<{
      what: string;
      step: number | null;
    }>`select what, (detail ->> 'step')::int as step
      from follow_up_entries where tenant_id = ${tenantId} order by seq`.execute(services.db);
    return rows.map(({ what, step }) => (step === null ? what : `${what} ${step}`));
  };
  const told = async () => {
    const { rows } = await sql<{
      recipient: string;
    }>`select split_part(recipient, '-', 1) as recipient from messages
      where tenant_id = ${tenantId} order by created_at, recipient`.execute(services.db);
    return rows.map(({ recipient }) => recipient);
  };
  return { tenantId, caseId: opened.caseId, happened, told };
}

describe('an unanswered case', () => {
  it('tells one role after the other, each once', async () => {
    const { happened, told } = await openCase();
    const start = services.clock.now();
    expect(await told()).toEqual(['physician']);
    services.clock.advance(59 * 60_000);
    await escalateCases(services);
    expect(await happened()).toEqual(['opened', 'escalated 1']);
    services.clock.advance(60_000);
    await Promise.all([escalateCases(services), escalateCases(services), escalateCases(services)]);
    expect(await happened()).toEqual(['opened', 'escalated 1', 'escalated 2']);
    expect(await told()).toEqual(['physician', 'physician']);
    services.clock.advance(120 * 60_000);
    await escalateCases(services);
    services.clock.set(start);
    expect(await told()).toEqual(['physician', 'physician', 'owner', 'physician']);
  });

  it('after a standstill is told of once, by the step that is due then', async () => {
    const { happened } = await openCase();
    const start = services.clock.now();
    services.clock.advance(24 * 3_600_000);
    await escalateCases(services);
    await escalateCases(services);
    services.clock.set(start);
    // 24 h after: 180 min and ten times 120 min have passed.
    expect(await happened()).toEqual(['opened', 'escalated 1', 'escalated 13']);
  });
});

describe('a worker killed in the middle of an escalation', () => {
  const workers: ChildProcess[] = [];
  const work = async (now: Date) => {
    const given = {
      connection: services.database.connection,
      now: now.toISOString(),
      home: services.config.home,
    };
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'testing', 'sweeper.ts'), JSON.stringify(given)],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    workers.push(child);
    await once(child.stdout, 'data');
    return child;
  };
  const send = () => services.db.transaction().execute((trx) => services.jobs.send(trx, sweepJob, {}));

  beforeAll(() => openKeys(services.config));
  afterAll(() => {
    for (const worker of workers) worker.kill('SIGKILL');
  });

  it('has told nobody; the next worker tells everybody, exactly once', async () => {
    const { happened, told, caseId } = await openCase();
    const due = new Date(services.clock.now().getTime() + 61 * 60_000);

    // Holds the outbox, so that the worker stands still with the case locked and its first message unwritten.
    const holder = await connectAsAdmin(services.database);
    const admin = await connectAsAdmin(services.database);
    await holder.query('begin');
    await holder.query('lock table messages in share row exclusive mode');
    const first = await work(due);
    await send();
    const waits = async () =>
      (
        await admin.query(
          `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query ilike '%into "messages"%'
            and datname = current_database()`,
        )
      ).rows.length;
    for (let tries = 0; tries < 600 && (await waits()) === 0; tries += 1) await pause(25);
    expect(await waits()).toBe(1);
    const gone = once(first, 'exit');
    first.kill('SIGKILL');
    await gone;
    await holder.query('rollback');
    await holder.end();
    // The server notices that its client is gone when it next writes to it.
    const locked = async () =>
      (await admin.query('select 1 from follow_up_cases where id = $1 for update skip locked', [caseId])).rows
        .length === 0;
    for (let tries = 0; tries < 600 && (await locked()); tries += 1) await pause(25);
    await admin.end();
    expect(await happened()).toEqual(['opened', 'escalated 1']);

    // The lost run comes again when it counts as lost; the next minute's run does not wait for it. Both, here.
    await work(due);
    await send();
    await send();
    for (let tries = 0; tries < 600 && (await happened()).length < 3; tries += 1) await pause(25);
    await pause(300);
    expect(await happened()).toEqual(['opened', 'escalated 1', 'escalated 2']);
    expect(await told()).toEqual(['physician', 'physician']);
  }, 60_000);
});
