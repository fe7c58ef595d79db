import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, inject } from 'vitest';
import { launchChromium } from '../tools/chromium.ts';
import {
  axeFaults,
  journeys,
  newPatient,
  phone,
  test as plain,
  screenshot,
  sidewaysPx,
  signInAsOwner,
} from './journey.ts';
import { photoPath } from './photos.ts';

/** A browser whose camera shows a test picture, so that a photograph can be taken without one. */
const test = plain.extend({
  browser: [
    async ({}, use) => {
      const found = inject('chromium');
      if (!found) throw new Error('journeys() guards this');
      const fake = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
      const browser = await launchChromium({ ...found, args: [...found.args, ...fake] });
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
});

/** A person of this journey's own, made at the desk. @returns the patient's id */
async function makePerson(page: Page, site: string, name: string): Promise<string> {
  await signInAsOwner(page, site);
  const chart = await newPatient(page, { name, birthDate: '1980-05-06' });
  return chart.slice(chart.lastIndexOf('/') + 1);
}

journeys('photographs', () => {
  test('are taken under the ghost of the last one, compared and measured', async ({ openPage, site }) => {
    const page = await openPage({ permissions: ['camera'] });
    const id = await makePerson(page, site, 'Sample patient 701');
    await page.goto(`/desk/patients/${id}/photos`);
    await page.getByText('No photographs yet').waitFor();

    const earlier = await readFile(photoPath('cc0-006-man-dark-skin-beard.jpg'));
    const file = (buffer: Buffer) => ({ name: 'a.jpg', mimeType: 'image/jpeg', buffer });
    await page.locator('input[type=file]').setInputFiles(file(earlier));
    await page.getByRole('checkbox').first().waitFor({ timeout: 30_000 });
    // The same face a little turned and shifted, as a hand holds a camera.
    const later = await sharp(earlier)
      .rotate(3, { background: '#777777' })
      .extract({ left: 30, top: 40, width: 700, height: 700 })
      .jpeg({ quality: 92 })
      .toBuffer();
    await page.locator('input[type=file]').setInputFiles(file(later));
    await page.getByRole('checkbox').nth(1).waitFor({ timeout: 30_000 });

    // Third: by the camera, over the first of that view.
    await page.getByRole('button', { name: /View/ }).click();
    await page.getByRole('option', { name: 'Wide' }).click();
    await page.getByRole('button', { name: 'Take photographs' }).click();
    await page.getByText(/Laid over: the same view/).waitFor();
    await page.getByRole('button', { name: 'Take the photograph' }).click();
    await screenshot(page, 'photos-capture', false);
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('checkbox').nth(2).waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Done' }).click();
    await screenshot(page, 'photos-timeline', false);
    expect(await axeFaults(page)).toEqual([]);

    // The last two tiles are the two uploads, the newest first.
    await page.getByRole('checkbox').nth(1).check();
    await page.getByRole('checkbox').nth(2).check();
    await page.getByRole('link', { name: 'Compare', exact: true }).click();
    await page.getByRole('button', { name: 'Align', exact: true }).click();
    await page.getByText(/^Aligned: places lie off/).waitFor({ timeout: 60_000 });
    await page.getByRole('slider', { name: 'Compare' }).fill('40');
    await screenshot(page, 'photos-compare', false);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByText('Side by side').click();

    await page.getByRole('link', { name: 'All photographs' }).click();
    await page.locator('.photo-tile a').last().click();
    const picture = page.getByRole('application');
    await picture.focus();
    await picture.press('Enter');
    for (let i = 0; i < 4; i++) await picture.press('Shift+ArrowRight');
    await picture.press('Enter');
    await page.getByLabel('Length of the line (mm)').fill('20');
    await page.getByRole('button', { name: 'Save the line' }).click();
    await page.getByText('Known length: 20 mm').waitFor();
    await picture.focus();
    await picture.press('Enter');
    for (let i = 0; i < 2; i++) await picture.press('Shift+ArrowLeft');
    await picture.press('Enter');
    await page.getByTestId('length').getByText('10 mm').waitFor();
    await page.getByRole('button', { name: 'Save the line' }).click();
    await page.getByText('Measure a length: 10 mm').waitFor();
    await screenshot(page, 'photos-measure', false);
    expect(await axeFaults(page)).toEqual([]);

    await page.setViewportSize(phone);
    for (const path of ['', `/${page.url().split('/').at(-1)}`]) {
      await page.goto(`/desk/patients/${id}/photos${path}`);
      await page.waitForLoadState('networkidle');
      expect(await sidewaysPx(page)).toBe(0);
      await screenshot(page, `photos-phone${path === '' ? '' : '-one'}`, false);
    }
  }, 120_000);

  test('survive a cut line and a reload, and arrive once and unchanged', async ({ openPage, site }) => {
    const page = await openPage({ allowed: [/Failed to load resource|net::ERR/] });
    const id = await makePerson(page, site, 'Sample patient 702');
    await page.goto(`/desk/patients/${id}/photos`);
    const bytes = await readFile(photoPath('cc0-025-woman-dark-skin-lips.jpg'));
    let pieces = 0;
    const cut = '**/desk/photo-uploads/*';
    await page.route(cut, (route) => (++pieces > 1 ? route.abort() : route.continue()));
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: bytes });
    await page.getByText('1 photograph is not yet saved').waitFor();
    await expect.poll(() => pieces, { timeout: 20_000 }).toBeGreaterThan(1);
    await page.reload();
    await page.getByText('1 photograph is not yet saved').waitFor();
    await page.unroute(cut);
    await page.reload();
    await page.getByRole('checkbox').first().waitFor({ timeout: 30_000 });
    await page.getByText('not yet saved').waitFor({ state: 'detached' });
    expect(await page.getByRole('checkbox').count()).toBe(1);
    await page.locator('.photo-tile a').click();
    await page.getByText(createHash('sha256').update(bytes).digest('hex')).waitFor();
  }, 60_000);
});
