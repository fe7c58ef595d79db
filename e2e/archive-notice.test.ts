import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { archiveWords } from '../packages/web/app/desk/archive-words.ts';
import { axeFaults, desktop, journeys, phone, screenshot, signInAsOwner, test } from './journey.ts';

journeys('a backup that has stopped', () => {
  test('is told on the first page of the desk, on a phone too, and no longer once it is mended', async ({
    openPage,
    site,
  }) => {
    const home = inject('site')?.home ?? '';
    const blocked = join(home, 'outbox-is-no-folder-for-backups');
    const page = await openPage();
    await signInAsOwner(page, site);
    const notice = page.getByText(archiveWords.en.title);
    await page.goto('/desk');
    expect(await notice.count()).toBe(0);
    try {
      // The folder of backups is a file: nothing can be archived there.
      writeFileSync(blocked, '');
      writeFileSync(join(home, 'backup-folder'), `${blocked}\n`);
      for (const [name, viewport] of [
        ['desktop', desktop],
        ['phone', phone],
      ] as const) {
        await page.setViewportSize(viewport);
        await page.goto('/desk');
        await notice.waitFor();
        await page.getByText('undertone doctor').waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await screenshot(page, `archive-notice-${name}`);
      }
    } finally {
      for (const path of [join(home, 'backup-folder'), blocked]) rmSync(path, { force: true });
    }
    await page.goto('/desk');
    expect(await notice.count()).toBe(0);
  });
});
