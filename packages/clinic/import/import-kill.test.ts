import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { makeTestClinic } from '../booking/testing/clinic.ts';
import { readConfig } from '../platform/config.ts';
import type { Db } from '../platform/database.ts';
import { inTenant } from '../platform/scope.ts';
import { testFolder } from '../platform/testing/database.ts';
import type { Actor } from '../staff/schema.ts';
import { type Clinic, type StartedClinic, startClinic } from '../start.ts';
import { readImport, stageImport, startImport, undoImport } from './commands.ts';
import type { ImportKind } from './schema.ts';

/*
 * The machine's power goes, the program is killed: whoever starts it again finds the import going on behind the last rows
 * that were settled, and taking it back brings exactly the record of before.
 */
const patience = 300_000;
const rows = 3000;
const home = join(testFolder(), 'data');
const importer = join(import.meta.dirname, 'testing', 'importer.ts');
let started: StartedClinic | undefined;
afterAll(() => started?.stop());

/** @param work true: as a server does, which finds the job that was left */
async function open(work: boolean): Promise<Clinic> {
  started = await startClinic(readConfig({ UNDERTONE_HOME: home, LOG_TO: 'file' }), { work, fenced: false });
  return started.clinic;
}

async function close(): Promise<void> {
  await started?.stop();
  started = undefined;
}

/** Lets the program work on an import until so many rows are settled (or are left, when it takes it back), and kills it. */
async function killedAt(
  tenantId: string,
  importId: string,
  isFar: (said: string) => boolean,
): Promise<string> {
  const child = spawn(process.execPath, [importer, home, tenantId, importId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (part: Buffer) => {
    said += part.toString();
    if (isFar(said)) child.kill('SIGKILL');
  });
  await new Promise((resolve) => void child.on('close', resolve));
  return said;
}

const settled = (said: string) =>
  Math.max(0, ...[...said.matchAll(/at (\d+) /g)].map((found) => Number(found[1])));

/** Every row of the tables an import writes, as one text. */
async function everything(db: Db, tenantId: string): Promise<string> {
  const parts: unknown[] = [];
  for (const table of [
    'patients',
    'patient_words',
    'health_entries',
    'bookings',
    'booking_events',
    'files',
    'messages',
  ]) {
    const found = await sql<{ line: string }>`
      select t::text as line from ${sql.table(table)} t where tenant_id = ${tenantId} order by 1`.execute(db);
    parts.push([table, found.rows.map(({ line }) => line)]);
  }
  return JSON.stringify(parts);
}

async function stateOf(clinic: Clinic, actor: Actor, id: string): Promise<string> {
  const read = await inTenant(actor.tenantId, () => readImport(clinic, actor, id));
  return read.ok ? read.import.state : read.reason;
}

it.each([
  [
    'patients' as ImportKind,
    [
      'name,phone,notes',
      ...Array.from({ length: rows }, (_, n) => `Killed ${n} Person${n},${9_720_000_000 + n},note ${n}`),
    ],
    'patients',
  ],
  [
    'appointments' as ImportKind,
    [
      'date,time,practitioner,name,phone,status',
      ...Array.from({ length: rows }, (_, n) => {
        const slot = Math.floor(n / 2);
        const day = new Date(Date.UTC(2015, 0, 1 + Math.floor(slot / 16))).toISOString().slice(0, 10);
        const time = `${10 + Math.floor((slot % 16) / 2)}:${slot % 2 === 0 ? '00' : '30'}`;
        return `${day},${time},Doctor ${1 + (n % 2)},Visitor ${n},${9_730_000_000 + n},done`;
      }),
      // The last one stands where the first one stands: the diary's own constraint decides.
      '2015-01-01,10:15,Doctor 1,Clashing Visitor,9739999999,done',
    ],
    'bookings',
  ],
])(
  'an import of %s that is killed twice comes in whole and once, and is taken back exactly, also with a kill in between',
  async (kind, lines, table) => {
    let clinic = await open(false);
    const { tenantId } = await makeTestClinic(clinic.db, { staff: 2 });
    const actor: Actor = {
      tenantId,
      staffId: randomUUID(),
      role: 'owner',
      name: '',
      sessionId: randomUUID(),
    };
    const before = await everything(clinic.db, tenantId);
    const id = await inTenant(tenantId, async () => {
      const staged = await stageImport(clinic, actor, kind, Buffer.from(lines.join('\n')));
      if (!staged.ok) throw new Error(staged.message);
      const going = await startImport(clinic, actor, staged.import.id, { dry: false });
      if (!going.ok) throw new Error(going.message);
      return staged.import.id;
    });
    await close();

    const first = settled(await killedAt(tenantId, id, (said) => settled(said) >= 500));
    const second = settled(await killedAt(tenantId, id, (said) => settled(said) > first));
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(rows);
    expect(second).toBeGreaterThan(first);

    clinic = await open(true);
    await expect
      .poll(() => stateOf(clinic, actor, id), { timeout: patience, interval: 250 })
      .toBe('imported');
    const { rows: found } = await sql<{ count: number; names: number }>`
    select count(*) as count, count(distinct name) as names from ${sql.table(table)} where tenant_id = ${tenantId}`.execute(
      clinic.db,
    );
    expect(found).toEqual([{ count: rows, names: rows }]);
    const read = await inTenant(tenantId, () => readImport(clinic, actor, id));
    expect(read).toMatchObject({
      import: { rowsTotal: lines.length - 1, counts: { imported: rows, faulty: lines.length - 1 - rows } },
    });
    await close();

    clinic = await open(false);
    await inTenant(tenantId, () => undoImport(clinic, actor, id));
    await close();
    await killedAt(tenantId, id, (said) => said.includes('undoing'));
    clinic = await open(true);
    await expect.poll(() => stateOf(clinic, actor, id), { timeout: patience, interval: 250 }).toBe('undone');
    expect(await everything(clinic.db, tenantId)).toBe(before);
    await close();
  },
  patience,
);
