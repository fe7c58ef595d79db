import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { undertone as runVerb, verbJson } from '../testing/run-verb.ts';

// Each verb starts and stops a database of its own.
vi.setConfig({ testTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), 'undertone-verbs-'));
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);
const undertone = (home: string, ...args: string[]) => runVerb(join(folder, home), args);
const json = (home: string, ...args: string[]) => verbJson(join(folder, home), args);

it('prepares, seeds, examines, backs up and restores a clinic from the command line', async () => {
  const first = await json('a', 'migrate');
  expect(first).toMatchObject({
    format: 'undertone/migrate',
    version: 1,
    taken: expect.arrayContaining(['0001-tenants']) as string[],
  });
  expect(await json('a', 'seed')).toMatchObject({ format: 'undertone/seed', isNew: true });
  expect(await json('a', 'verify-audit')).toMatchObject({
    format: 'undertone/verify-audit',
    ok: true,
    faults: [],
  });

  const backups = join(folder, 'backups');
  const made = await json('a', 'backup', backups, '--scratch', folder);
  expect(made).toMatchObject({ format: 'undertone/backup-made', proof: { auditEntries: 1 } });
  const examined = await json('a', 'doctor');
  const findings = examined.findings as { check: string; state: string }[];
  expect(findings.filter((finding) => finding.state === 'fault')).toEqual([]);
  expect(findings.find((finding) => finding.check === 'backup')?.state).toBe('ok');

  const withoutKey = await undertone('b', 'restore', backups);
  expect(withoutKey).toMatchObject({ code: 2, err: expect.stringContaining('--key') as string });
  const key = join(folder, 'a-secrets', 'master.key');
  const restored = await json('b', 'restore', backups, '--key', key);
  expect(restored.format).toBe('undertone/restored');
  // With an archived log the newest moment is restored, which is the backup's or later.
  expect(Date.parse(String(restored.at))).toBeGreaterThanOrEqual(Date.parse(String(made.at)));
  const chains = async (home: string) => (await json(home, 'verify-audit')).chains;
  expect(await chains('b')).toEqual(await chains('a'));
});

it('says in one line what to do about a wrong setting, a missing backup, and open secrets', async () => {
  const missing = await undertone(
    'c',
    'restore',
    join(folder, 'nothing-here'),
    '--key',
    join(folder, 'no-key'),
  );
  expect(missing).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^undertone: key file .* does not exist/) as string,
  });
  writeFileSync(join(folder, 'bad.key'), 'not a key');
  const bad = await undertone('c', 'restore', folder, '--key', join(folder, 'bad.key'));
  expect(bad).toMatchObject({ code: 2, err: expect.stringContaining('32 bytes') as string });

  await json('d', 'migrate');
  chmodSync(join(folder, 'd', 'secrets', 'postgres.password'), 0o644);
  const examined = await undertone('d', 'doctor');
  expect(examined.code).toBe(1);
  expect(examined.out).toMatch(/^fault secrets .*postgres\.password.*chmod/m);
});
