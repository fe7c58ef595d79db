import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsePigments } from '@undertone/engine/match/index.ts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { rootDir } from '../tools/run.ts';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, signInAsOwner, test } from './journey.ts';

/** Masstones and white tints of thirteen paints, each read three times. */
const paints = await readFile(
  join(rootDir, 'packages/engine/fixtures/pigments/paint_kimera_masstone_tint.csv'),
  'utf8',
);

async function openPigments(page: Page, site: string): Promise<void> {
  await signInAsOwner(page, site);
  await page.goto('/desk/pigments');
  await page.getByRole('heading', { name: 'Your file' }).waitFor();
}

async function choose(page: Page, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  await page.locator('input[type=file]').setInputFiles({ name: 'shelf.csv', mimeType: 'text/csv', buffer });
}

journeys('the pigments page', () => {
  test('takes drawdowns to a set of the clinic’s own', async ({ openPage, site }) => {
    const page = await openPage();
    await openPigments(page, site);
    expect(await axeFaults(page)).toEqual([]);
    await choose(page, paints);
    await page.getByTestId('derived').waitFor({ timeout: 60_000 });
    await page.getByText('Look again at:').waitFor();
    await page.getByRole('img', { name: 'Colour of red oxide' }).waitFor();
    await page.getByRole('img', { name: /Reflectance of red oxide: 0\.\d\d at 400 nm/ }).waitFor();

    const number = page.getByLabel('Colour Index number: red oxide');
    await number.fill('7749');
    await page.getByText('Five digits').waitFor();
    const save = page.getByRole('button', { name: 'Save as a set' });
    expect(await save.isDisabled()).toBe(true);
    await number.fill('77491');
    await page.getByLabel('Name of the set').fill('Shelf of the test');
    await page.getByLabel('Who measured').fill('Read in the test');
    await screenshot(page, 'pigments');
    expect(await axeFaults(page)).toEqual([]);
    await save.click();
    await page.getByText('Saved: Shelf of the test').waitFor();

    const row = page.getByRole('row', { name: /Shelf of the test/ });
    expect(await row.textContent()).toMatch(/Ink.*13.*Masstone and white tint\. Read in the test.*Assumed/);
    const address = await row.getByRole('link').getAttribute('href');
    const parsed = parsePigments(await (await page.request.get(`${site}${address ?? ''}`)).text());
    if (!parsed.ok) throw new Error(parsed.message);
    expect(parsed.set).toMatchObject({ name: 'Shelf of the test', kind: 'ink', doseCalibrated: false });
    expect(parsed.set.pigments.find(({ id }) => id === 'red-oxide')).toMatchObject({ ciNumber: '77491' });
  });

  test('names what is wrong with a file by row and column, and takes the corrected one', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await openPigments(page, site);
    const lines = paints.split('\n');
    const at = lines.findIndex((line) => line.startsWith('549.'));
    const withCell = (cell: string) =>
      lines.map((line, n) => (n === at ? line.replace(/^([^,]+),[^,]+/, `$1,${cell}`) : line)).join('\n');
    for (const [cell, fault] of [
      ['91.4', `row ${at + 1}, column "masstone|white|rep1": 91.4 looks like percent`],
      ['', `row ${at + 1}, column "masstone|white|rep1": "" is not a number; fill the gap`],
    ] as const) {
      await choose(page, withCell(cell));
      await page.getByText(fault).waitFor();
      expect(await page.getByTestId('derived').count()).toBe(0);
    }
    expect(await axeFaults(page)).toEqual([]);
    await choose(page, paints);
    await page.getByTestId('derived').waitFor({ timeout: 60_000 });
    expect(await page.getByText('cannot be used').count()).toBe(0);
  });

  test('reads in four languages and fits a phone', async ({ openPage, site }) => {
    const page = await openPage({ viewport: phone, locale: 'ne-NP' });
    await signInAsOwner(page, site);
    await page.goto('/desk/pigments');
    await page.getByRole('heading', { name: 'रङ्गद्रव्य', exact: true }).waitFor();
    await choose(page, paints);
    await page.getByTestId('derived').waitFor({ timeout: 60_000 });
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'pigments-phone');
  });

  test('keeps nothing that is no set', async ({ openPage, site }) => {
    const page = await openPage();
    await signInAsOwner(page, site);
    const answer = await page.request.post('/desk/pigments', {
      headers: { Origin: site },
      form: { document: '{"format":"undertone/pigments","version":1,"pigments":[]}' },
    });
    expect(answer.status()).toBe(422);
  });
});
