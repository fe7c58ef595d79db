import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLog } from './log.ts';
import { testFolder } from './testing/database.ts';

it('keeps ids and codes, and cuts out what usually names a person', () => {
  const home = testFolder();
  const log = openLog({ home, log: { level: 'info', to: 'file' } });
  const error = Object.assign(new Error('duplicate key value'), {
    code: '23505',
    detail: 'Key (email)=(asha@example.org) already exists.',
  });
  log.info({ patientId: 'p1', name: 'Asha', nested: { email: 'asha@example.org', kept: 1 } }, 'saved');
  log.error({ err: error }, 'failed');
  const lines = readFileSync(join(home, 'log', 'undertone.log'), 'utf8')
    .trim()
    .split('\n');
  const [saved, failed] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(saved).toMatchObject({ patientId: 'p1', nested: { kept: 1 } });
  expect(failed).toMatchObject({ err: { code: '23505', message: 'duplicate key value' } });
  expect(lines.join('')).not.toMatch(/Asha|asha@/);
});

it.skipIf(process.platform !== 'linux')('goes on without a line where the disk is full', () => {
  const home = testFolder();
  mkdirSync(join(home, 'log'));
  symlinkSync('/dev/full', join(home, 'log', 'undertone.log'));
  const log = openLog({ home, log: { level: 'info', to: 'file' } });
  for (let n = 0; n < 3; n++) expect(() => log.error({ n }, 'no room for this')).not.toThrow();
});
