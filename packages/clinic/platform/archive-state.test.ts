import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { archiveHealth, lateAfterMs, noteBackupPlace, writeArchiveState } from './archive-state.ts';
import { readConfig } from './config.ts';
import { testFolder } from './testing/database.ts';

const config = readConfig({ UNDERTONE_HOME: join(testFolder(), 'data') });
mkdirSync(config.home);
const now = new Date('2026-03-02T10:00:00Z');
const said = (minutesAgo: number) => ({
  folder: '/mnt/backups',
  chain: '00'.repeat(8),
  until: new Date(now.getTime() - minutesAgo * 60_000).toISOString(),
  failing: null,
  brokenAt: null,
});

it('is off until a folder of backups is known, then late, well, late again and broken as the archiver says', async () => {
  expect(await archiveHealth(config, now)).toEqual({ state: 'off' });
  await noteBackupPlace(config, '/mnt/backups');
  await noteBackupPlace(config, '/mnt/a-second-one');
  expect(await archiveHealth(config, now)).toMatchObject({ state: 'late', folder: '/mnt/backups' });
  await writeArchiveState(config.home, said(1));
  expect(await archiveHealth(config, now)).toMatchObject({ state: 'ok', ageMs: 60_000 });
  await writeArchiveState(config.home, said(lateAfterMs / 60_000 + 1));
  expect(await archiveHealth(config, now)).toMatchObject({ state: 'late' });
  await writeArchiveState(config.home, { ...said(1), brokenAt: now.toISOString() });
  expect(await archiveHealth(config, now)).toMatchObject({ state: 'broken' });
  // Cut off while it was written.
  writeFileSync(join(config.home, 'archive-state.json'), '{"folder":');
  expect(await archiveHealth(config, now)).toMatchObject({ state: 'late' });
});
