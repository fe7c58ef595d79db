// The inbox and surveillance of a clinic with 200 000 simulated patients and about a million check-ins.
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { answerCheckIn, checkInToken, followUpOf, readCase, readInbox } from '../followup/commands.ts';
import { followUpJobs } from '../followup/jobs.ts';
import { notifyJobs } from '../notify/commands.ts';
import { standingClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { migrate, openDatabase } from '../platform/database.ts';
import { openFiles } from '../platform/files.ts';
import { openJobs } from '../platform/jobs.ts';
import { openKeys } from '../platform/keys.ts';
import { openMail } from '../platform/mail.ts';
import { startPostgres } from '../platform/postgres.ts';
import { seedSimulated } from '../sample/simulated.ts';
import type { Actor } from '../staff/schema.ts';
import { publicRates, readCusum, readRates } from '../surveillance/commands.ts';
import { groupings } from '../surveillance/rules.ts';

export const name = 'followup';
export const describe =
  'inbox, answers, rates, funnel and CUSUM with 200 000 patients and a million check-ins';

const now = '2026-03-02T04:30:00Z';

export async function run(args: readonly string[]): Promise<void> {
  const patients = Number(args[0] ?? 200_000);
  const repeats = Number(args[1] ?? 60);
  const home = mkdtempSync(join(tmpdir(), 'undertone-bench-'));
  chmodSync(home, 0o711);
  const log = pino({ level: 'silent' });
  const postgres = await startPostgres({
    home,
    database: { binaries: undefined, account: undefined, folder: undefined },
    log,
  });
  const database = openDatabase(postgres.connection, { poolSize: 6, log });
  try {
    await migrate(database.db);
    const config = readConfig({ UNDERTONE_HOME: home });
    const clock = standingClock(now);
    const keys = await openKeys(config);
    const parts = {
      config,
      db: database.db,
      keys,
      clock,
      log,
      mail: openMail(config, clock),
      files: openFiles(config, keys, clock),
    };
    const later = () => jobs;
    const jobs: Awaited<ReturnType<typeof openJobs>> = await openJobs(postgres.connection, log, [
      ...notifyJobs({ ...parts, jobs: later }),
      ...followUpJobs({ ...parts, jobs: later }),
    ]);
    const services = { ...parts, jobs };
    const tenantId = randomUUID();
    await sql`insert into tenants (tenant_id, name, country, zone, currency, languages, created_at)
      values (${tenantId}, 'Bench clinic', 'IN', 'Asia/Kolkata', 'INR', '{en}', now())`.execute(database.db);
    const began = performance.now();
    const written = await seedSimulated(services, { tenantId, patients, seed: 1 });
    // A clinic that has fallen behind: the inbox must stay quick when it is needed most.
    await sql`update follow_up_cases set state = 'open', answered_at = null, answered_by = null, outcome = null
      where tenant_id = ${tenantId} and id in (select id from follow_up_cases where tenant_id = ${tenantId}
        order by opened_at desc limit 2000)`.execute(database.db);
    await sql`vacuum analyze`.execute(database.db);
    console.log(
      `${JSON.stringify(written)}, written in ${((performance.now() - began) / 1000).toFixed(0)} s`,
    );
    const { rows: open } = await sql<{ open: number; calls: number }>`select
      (select count(*) from follow_up_cases where tenant_id = ${tenantId} and state = 'open') as open,
      (select count(*) from check_ins where tenant_id = ${tenantId} and state = 'to-call') as calls`.execute(
      database.db,
    );
    console.log(`${open[0]?.open} open cases, ${open[0]?.calls} people to call\n`);
    const actor: Actor = {
      tenantId,
      staffId: randomUUID(),
      role: 'owner',
      name: 'Bench',
      sessionId: randomUUID(),
    };
    console.log(`${'what'.padEnd(46)}   least     p50     p95   milliseconds, ${repeats} times`);
    const time = async (what: string, work: (turn: number) => Promise<unknown>) => {
      for (let turn = 0; turn < 3; turn += 1) await work(turn);
      const times: number[] = [];
      for (let turn = 3; turn < repeats + 3; turn += 1) {
        const start = performance.now();
        await work(turn);
        times.push(performance.now() - start);
      }
      times.sort((a, b) => a - b);
      const at = (share: number) =>
        (times[Math.floor(share * (times.length - 1))] ?? Number.NaN).toFixed(1).padStart(8);
      console.log(`${what.padEnd(46)}${at(0)}${at(0.5)}${at(0.95)}`);
    };
    await time('inbox: cases, calls, counts', () => readInbox(services, actor));
    const { rows: cases } = await sql<{ id: string; patient_id: string }>`select id, patient_id
      from follow_up_cases where tenant_id = ${tenantId} order by id limit ${repeats + 3}`.execute(
      database.db,
    );
    const nth = (turn: number) => cases[turn % cases.length];
    await time('one case', (turn) => readCase(services, actor, nth(turn)?.id ?? ''));
    await time('follow-up of a patient', (turn) => followUpOf(services, actor, nth(turn)?.patient_id ?? ''));
    const { rows: sent } = await sql<{ id: string }>`select id from check_ins
      where tenant_id = ${tenantId} and state in ('planned', 'sent', 'reminded') order by due_at limit ${repeats + 3}`.execute(
      database.db,
    );
    const form = { course: 'same', signs: ['infection'], details: [], none: false, text: '' };
    await time('answering a check-in with a red flag', (turn) =>
      answerCheckIn(services, tenantId, checkInToken(keys, tenantId, sent[turn]?.id ?? ''), form),
    );
    for (const [span, from] of [
      ['a year', '2025-03-02'],
      ['all years', '2000-01-01'],
    ] as const) {
      const query = { measure: 'any' as const, from, to: '2026-03-02' };
      for (const by of groupings) {
        await time(`rates by ${by}, ${span}`, () => readRates(services, actor, query, by));
      }
      await time(`CUSUM, ${span}`, () => readCusum(services, actor, query));
    }
    await time('public rates', () => publicRates(services, tenantId));
    await jobs.stop(0);
  } finally {
    await database.close();
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
