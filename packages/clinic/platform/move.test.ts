import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client } from 'pg';
import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { recordAudit } from '../audit/commands.ts';
import { systemClock } from './clock.ts';
import { clientSettings, migrate, openDatabase } from './database.ts';
import { openJobs } from './jobs.ts';
import { moveDatabase } from './move.ts';
import { startPostgres } from './postgres.ts';
import { testFolder, testTenant } from './testing/database.ts';

vi.setConfig({ testTimeout: 180_000 });
const log = pino({ level: 'silent' });

async function server() {
  const home = testFolder();
  const postgres = await startPostgres({
    home,
    database: { binaries: process.env.UNDERTONE_POSTGRES_BIN, account: undefined, folder: undefined },
    log,
    durable: false,
  });
  const database = openDatabase(postgres.connection, { poolSize: 6, log });
  await migrate(database.db);
  await (await openJobs(postgres.connection, log, [])).stop(0);
  return { postgres, database, admin: postgres.admin };
}

it('moves a clinic to another server under load: no confirmed write is lost, every row and sequence is there', async () => {
  const [old, fresh] = [await server(), await server()];
  const tenantId = await testTenant(old.database.db);
  // As after a change of the master key: the new server made a root of its own, and must take the clinic's.
  const ring = (root: string) => sql`insert into platform.master_keys (id, sealed_root, in_use, since)
    values ('0123456789abcdef', convert_to(${root}, 'UTF8'), true, now())`;
  await ring('the root of the clinic').execute(old.database.db);
  await ring('a root of its own').execute(fresh.database.db);
  const confirmed: string[] = [];
  const over = new AbortController();
  // Each write is an entry of the audit chain: keys, identity and hashes are in it.
  const write = async (into: typeof old, note: string) => {
    await into.database.db.transaction().execute((trx) =>
      recordAudit({ clock: systemClock() }, trx, {
        tenantId,
        actor: { kind: 'system', id: null },
        action: 'sample.seeded',
        subject: { kind: 'tenant', id: tenantId },
        change: { after: { note } },
      }),
    );
    confirmed.push(note);
  };
  const load = async (who: number) => {
    for (let n = 0; !over.signal.aborted; n++) {
      await write(old, `${who}-${n}`).catch(() => pause(20));
      await pause(1);
    }
  };
  const loading = Promise.all([load(1), load(2), load(3)]);
  await pause(500);
  const moved = await moveDatabase({ from: old.admin, worker: 'undertone', to: fresh.admin });
  over.abort();
  await loading;
  expect(moved.different).toEqual([]);
  const notes = await sql<{ note: string }>`
    select entry::jsonb #>> '{change,after,note}' as note from audit_entries where tenant_id = ${tenantId}`.execute(
    fresh.database.db,
  );
  const there = new Set(notes.rows.map(({ note }) => note));
  expect(confirmed.length).toBeGreaterThan(20);
  expect(confirmed.filter((note) => !there.has(note))).toEqual([]);
  const roots = await sql`select convert_from(sealed_root, 'UTF8') as root from platform.master_keys`.execute(
    fresh.database.db,
  );
  expect(roots.rows).toEqual([{ root: 'the root of the clinic' }]);
  // Life goes on at the new place, and cannot at the old one.
  await write(fresh, 'after');
  await expect(write(old, 'never')).rejects.toMatchObject({ code: '28000' });
  const again = moveDatabase({ from: old.admin, worker: 'undertone', to: fresh.admin });
  await expect(again).rejects.toMatchObject({ code: 'move-refused' });
  process.stdout.write(`move: ${moved.rows} rows, writes stood still for ${moved.pauseMs.toFixed(0)} ms\n`);
  for (const { database, postgres, admin } of [old, fresh]) {
    await database.close();
    const left = new Client(clientSettings(admin));
    await left.connect();
    expect((await left.query('select 1 from pg_replication_slots')).rowCount).toBe(0);
    await left.end();
    await postgres.stop();
  }
});
