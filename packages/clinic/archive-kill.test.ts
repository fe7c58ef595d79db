import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { backUp } from './backup.ts';
import { readArchiveState } from './platform/archive-state.ts';
import { readConfig } from './platform/config.ts';
import { masterKeyFile } from './platform/keys.ts';
import { testFolder } from './platform/testing/database.ts';
import { restore, takeMasterKey } from './restore.ts';
import { startClinic } from './start.ts';

const folder = testFolder();
const backups = join(folder, 'backups');
const config = readConfig({
  UNDERTONE_HOME: join(folder, 'data'),
  UNDERTONE_BACKUP_DIR: backups,
  LOG_TO: 'file',
});
const writer = join(import.meta.dirname, 'testing', 'archived-writer.ts');

/** Runs the writer until it was killed after a while; @returns the last number it was told is kept. */
async function killed(first: number, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [writer, config.home, backups, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (part: Buffer) => {
    said += part.toString();
  });
  const ended = new Promise((resolve) => void child.on('close', resolve));
  while (!said.includes('ack')) await pause(20);
  await pause(afterMs);
  child.kill('SIGKILL');
  await ended;
  return Math.max(...[...said.matchAll(/ack (\d+)\n/g)].map((found) => Number(found[1])));
}

it('a program killed while it archives loses nothing that was confirmed, and its archive goes on without a gap', async () => {
  const first = await startClinic(config, { work: false });
  await first.stop();
  await backUp(config, backups, { scratch: folder });
  let last = 0;
  const chains: unknown[] = [];
  for (const afterMs of [150, 700, 1500]) {
    last = await killed(last + 1000, afterMs);
    chains.push((await readArchiveState(config.home))?.chain);
  }
  const afterKills = new Date();
  const source = await startClinic(config, { work: false, archive: true });
  let kept: number[];
  try {
    kept = await numbersOf(source.clinic);
    expect(kept).toContain(last);
    await archivedUntil(config.home, afterKills);
  } finally {
    await source.stop();
  }
  const state = await readArchiveState(config.home);
  expect(state).toMatchObject({ brokenAt: null, failing: null });
  expect(new Set([...chains.filter(Boolean), state?.chain]).size).toBe(1);
  const target = readConfig({ UNDERTONE_HOME: join(folder, 'restored'), LOG_TO: 'file' });
  await takeMasterKey(target, readFileSync(masterKeyFile(config), 'utf8'));
  await restore(target, backups, { isDurable: false });
  const restored = await startClinic(target, { work: false });
  try {
    expect(await numbersOf(restored.clinic)).toEqual(kept);
  } finally {
    await restored.stop();
  }
}, 300_000);

async function numbersOf({
  db,
}: {
  db: Parameters<ReturnType<typeof sql>['execute']>[0];
}): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`select number from acknowledged order by number`.execute(db);
  return rows.map((row) => row.number);
}

/** Waits until all that was confirmed before this instant lies in the archive. */
async function archivedUntil(home: string, at: Date): Promise<void> {
  const reached = async () => {
    const state = await readArchiveState(home);
    return { failing: state?.failing ?? null, isReached: new Date(state?.until ?? 0) > at };
  };
  await expect.poll(reached, { timeout: 100_000 }).toEqual({ failing: null, isReached: true });
}

it('a folder that cannot be written stops the archive, says so, and never the clinic', async () => {
  const blocked = join(folder, 'a-file');
  writeFileSync(blocked, '');
  const place = readConfig({
    UNDERTONE_HOME: join(folder, 'blocked'),
    UNDERTONE_BACKUP_DIR: blocked,
    LOG_TO: 'file',
  });
  const started = await startClinic(place, { work: false, archive: true });
  const { clinic } = started;
  try {
    await expect
      .poll(async () => (await readArchiveState(place.home))?.failing?.code, { timeout: 20_000 })
      .toBeTruthy();
    await sql`create table going_on (number int)`.execute(clinic.db);
    expect(await clinic.ready()).toBe(true);
    rmSync(blocked);
    await archivedUntil(place.home, new Date());
  } finally {
    await started.stop();
  }
}, 180_000);
