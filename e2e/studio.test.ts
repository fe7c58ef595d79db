import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parsePlan } from '@undertone/clinic/planning/schema.ts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { rootDir } from '../tools/run.ts';
import {
  axeFaults,
  journeys,
  openStudio,
  phone,
  screenshot,
  sidewaysPx,
  signInAsOwner,
  test,
} from './journey.ts';

/** A face with a simulated patch (CC0); its true outline lies beside it. */
const photoPath = join(rootDir, 'packages/engine/fixtures/photos/sim-patch-006.jpg');

/** Puts the cross a little below the middle of the picture, where the patch is not burnt out, and taps by keyboard alone. */
async function tapByKeyboard(page: Page, steps: readonly string[] = ['Shift+ArrowDown']): Promise<void> {
  const easel = page.getByRole('application');
  await easel.focus();
  for (const step of steps) await easel.press(step);
  await easel.press('Enter');
  await page
    .getByTestId('area')
    .getByText(/px|cm²/)
    .waitFor({ timeout: 60_000 });
}

journeys('the studio', () => {
  test('takes a real photograph to a plan in the patient’s record', async ({ openPage, site }) => {
    const page = await openPage();
    await openStudio(page, site);
    await page.locator('input[accept="image/*"]').setInputFiles(photoPath);
    await page.getByText('800 × 800 px').waitFor();
    await page.getByText('Colour is uncalibrated').waitFor();
    await tapByKeyboard(page);
    await page.getByText(/Likelihood that this border is right: about [1-9] in 10/).waitFor();
    await screenshot(page, 'studio-likelihood', false);
    await page.getByLabel('Or millimetres a pixel').fill('0,2');
    await page.getByText(/± .* cm²/).waitFor();

    await page.getByRole('button', { name: 'Make the plan' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Make the plan' }).waitFor();
    expect(await page.getByTestId('plan').count()).toBe(0);

    await page.getByRole('button', { name: 'Make the plan' }).click();
    await page.getByTestId('plan').waitFor({ timeout: 120_000 });
    await page.getByRole('slider', { name: 'Before and after' }).fill('40');
    await page.getByText('Day 0', { exact: true }).click();
    await page.getByText('Show the dots').click();
    await screenshot(page, 'studio-plan', false);
    // The instrument is one screen: its panels scroll, the page does not.
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
    expect(await axeFaults(page)).toEqual([]);

    await page.getByRole('button', { name: 'Patient' }).click();
    await page.getByRole('option', { name: 'Sample patient 028' }).click();
    await page.getByRole('button', { name: 'Save the plan' }).click();
    await page.getByText('Saved in the record.').waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Open the saved plan' }).click();
    await page.getByRole('heading', { name: 'Plan: Vitiligo' }).waitFor();
    await page.getByText('Sample patient 028').waitFor();
    await screenshot(page, 'saved-plan');

    const address = new URL(page.url()).pathname;
    const parsed = parsePlan(await (await page.request.get(`${address}/plan.json`)).text());
    if (!parsed.ok) throw new Error(parsed.message);
    const { inputs, region, match, dots, previews } = parsed.plan;
    const original = await readFile(photoPath);
    expect(inputs.photo.sha256).toBe(createHash('sha256').update(original).digest('hex'));
    expect((await (await page.request.get(`${address}/photo`)).body()).equals(original)).toBe(true);
    expect(region.areaCm2).toBeCloseTo((region.areaPx * 0.2 * 0.2) / 100, 2);
    expect(dots.count).toBeGreaterThan(100);
    if (match.kind !== 'recipe') throw new Error('vitiligo asks for a recipe');
    expect(match.recipe.parts.length).toBeGreaterThan(0);
    for (const part of match.recipe.parts) expect(Number.isInteger(part.drops)).toBe(true);
    for (const { deltaE00 } of match.predicted) {
      expect(deltaE00.low90).toBeLessThanOrEqual(deltaE00.expected);
      expect(deltaE00.expected).toBeLessThanOrEqual(deltaE00.high90);
    }
    const states: readonly string[] = previews.map((preview) => preview.state);
    expect(states).toEqual(expect.arrayContaining(['day0', 'week6', 'month12']));
    const pdf = await (await page.request.get(`${address}/pdf`)).body();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('says what to do with a file that is no picture, and keeps what was there', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await openStudio(page, site);
    await page
      .locator('input[accept="image/*"]')
      .setInputFiles({ name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a picture') });
    await page.getByText('cannot be opened as a picture').waitFor();
    await page.locator('input[accept="image/*"]').setInputFiles(photoPath);
    await tapByKeyboard(page);
    const area = await page.getByTestId('area').textContent();
    await page
      .locator('input[accept="image/*"]')
      .setInputFiles({ name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) });
    await page.getByText('cannot be opened as a picture').waitFor();
    expect(await page.getByTestId('area').textContent()).toBe(area);
  });

  test('loses nothing when the line drops while saving', async ({ openPage, site }) => {
    const page = await openPage({ allowed: [/ERR_FAILED|ERR_INTERNET|Failed to load/] });
    await openStudio(page, site);
    await page.locator('input[accept="image/*"]').setInputFiles(photoPath);
    await tapByKeyboard(page);
    await page.getByRole('button', { name: 'Make the plan' }).click();
    await page.getByTestId('plan').waitFor({ timeout: 120_000 });
    await page.getByRole('button', { name: 'Patient' }).click();
    await page.getByRole('option', { name: 'Sample patient 028' }).click();
    await page.route('**/studio/plans', (route) => route.abort());
    await page.getByRole('button', { name: 'Save the plan' }).click();
    await page.getByText('Your work is still here').waitFor();
    await page.unroute('**/studio/plans');
    await page.getByRole('button', { name: 'Save the plan' }).click();
    await page.getByText('Saved in the record.').waitFor({ timeout: 60_000 });
  });

  test('fits a phone without scrolling sideways', async ({ openPage, site }) => {
    const page = await openPage({ viewport: phone, hasTouch: true });
    await openStudio(page, site);
    await page.locator('input[accept="image/*"]').setInputFiles(photoPath);
    await tapByKeyboard(page, ['ArrowDown', 'ArrowDown']);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'studio-phone');
    expect(await axeFaults(page)).toEqual([]);
  });

  test('takes no photograph whose bytes are not the plan’s, and no hostile file', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await signInAsOwner(page, site);
    const answer = await page.request.post('/studio/plans', {
      headers: { Origin: site },
      multipart: {
        document: '{}',
        photo: { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(9) },
      },
    });
    expect(answer.status()).toBe(422);
    expect(await answer.json()).toMatchObject({ ok: false });
  });
});
