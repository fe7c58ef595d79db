import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { rootDir } from '../tools/run.ts';
import { type Hold, holdWork, interceptWork, releaseWork, untilHeld } from './held-work.ts';
import { journeys, openStudio, screenshot, test } from './journey.ts';

const photoOf = (name: string) => join(rootDir, 'packages/engine/fixtures/photos', name);
const patch = photoOf('sim-patch-006.jpg');
const face = photoOf('cc0-005-woman-light-skin-lips.jpg');

const choose = (page: Page, photo: string) => page.locator('input[accept="image/*"]').setInputFiles(photo);

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  const easel = page.getByRole('application');
  await easel.focus();
  for (const key of keys) await easel.press(key);
}

const areaOf = (page: Page) => page.getByTestId('area').textContent();

/** Begins a step, gives it up when its worker has come to the point held, and lets the answer come late. */
async function giveUp(
  page: Page,
  hold: Hold,
  label: string | RegExp,
  begin: () => Promise<unknown>,
): Promise<void> {
  await holdWork(page, hold);
  await begin();
  const bar = page.getByRole('progressbar', { name: label });
  await bar.waitFor({ timeout: 60_000 });
  await untilHeld(page);
  await page.locator('.progress', { has: bar }).getByRole('button', { name: 'Cancel' }).click();
  await bar.waitFor({ state: 'detached' });
  expect(await releaseWork(page)).toBeGreaterThan(0);
}

journeys('every long step in the studio', () => {
  test('can be given up; no late answer appears, and the step can be taken again', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await interceptWork(page);
    await openStudio(page, site);

    await giveUp(page, { kind: 'photo' }, 'Opening the photo', () => choose(page, patch));
    await page.getByText('Drop a photograph here').waitFor();
    expect(await page.getByText('800 × 800 px').count()).toBe(0);

    await giveUp(page, { kind: 'calibrate' }, /Looking for a colour chart/, () => choose(page, patch));
    await page.getByText('A colour chart was not looked for.').waitFor();
    await screenshot(page, 'studio-chart-skipped', false);
    await page.getByRole('button', { name: 'Look for a colour chart' }).click();
    await page.getByText('A colour chart was not looked for.').waitFor({ state: 'detached' });
    await page.getByText('Colour is uncalibrated').waitFor();

    await giveUp(page, { kind: 'propose' }, 'Looking for the border', () =>
      press(page, 'Shift+ArrowDown', 'Enter'),
    );
    expect(await areaOf(page)).toBe('No region yet.');
    await press(page, 'Enter');
    await page.getByTestId('area').getByText(/px/).waitFor({ timeout: 60_000 });

    const proposed = await areaOf(page);
    await page.getByText('Brush off', { exact: true }).click();
    await giveUp(page, { kind: 'stroke' }, 'Looking for the border', () =>
      press(page, 'Shift+ArrowUp', 'Enter'),
    );
    expect(await areaOf(page)).toBe(proposed);
    await press(page, 'Enter');
    await expect.poll(() => areaOf(page), { timeout: 60_000 }).not.toBe(proposed);

    await page.getByLabel('Or millimetres a pixel').fill('0.2');
    const plan = page.getByRole('button', { name: 'Make the plan' });
    for (const [step, label] of [
      ['border', 'Reading across the border'],
      ['match', 'Searching for the mixture'],
      ['dots', 'Laying the dots'],
      ['previews', 'Drawing the predictions'],
    ] as const) {
      await giveUp(page, { kind: 'plan', step }, label, () => plan.click());
      expect(await page.getByTestId('plan').count()).toBe(0);
    }
    await plan.click();
    await page.getByTestId('plan').waitFor({ timeout: 120_000 });

    // The photo chosen before stays when the next one is given up, with the plan made from it.
    await giveUp(page, { kind: 'photo' }, 'Opening the photo', () => choose(page, face));
    expect(await page.getByText('800 × 800 px').count()).toBe(1);
    expect(await page.getByTestId('plan').count()).toBe(1);
  });

  test('finding a face can be given up, and an answer to what is gone is let go', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await interceptWork(page);
    await openStudio(page, site);
    await choose(page, face);
    await page.getByText('Colour is uncalibrated').waitFor();
    await page.getByRole('radiogroup').getByText('Lip', { exact: true }).click();
    const find = page.getByRole('button', { name: 'Find the lips' });
    await giveUp(page, { kind: 'lips' }, 'Looking for the face', () => find.click());
    expect(await areaOf(page)).toBe('No region yet.');
    await find.click();
    await page.getByText('Found from the face.').waitFor({ timeout: 60_000 });

    // Undone while a stroke is on its way: the stroke was drawn on what is no longer there.
    await holdWork(page, { kind: 'stroke' });
    await press(page, 'Enter');
    await untilHeld(page);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await areaOf(page)).toBe('No region yet.');
    await releaseWork(page);
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    expect(await areaOf(page)).toBe('No region yet.');
    await page.getByRole('button', { name: 'Redo' }).click();
    await page.getByText('Found from the face.').waitFor();
  });

  test('strokes made faster than they are drawn all arrive', async ({ openPage, site }) => {
    const page = await openPage();
    await interceptWork(page);
    await openStudio(page, site);
    await choose(page, patch);
    await page.getByText('Colour is uncalibrated').waitFor();
    await page.getByRole('radiogroup').getByText('Scalp', { exact: true }).click();
    await holdWork(page, { kind: 'stroke' });
    const across = ['Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight'];
    await press(page, 'Enter', ...across, 'Enter', ...across, 'Enter');
    await untilHeld(page);
    await releaseWork(page);
    // Three discs of the same size that do not touch.
    const undo = page.getByRole('button', { name: 'Undo' });
    const px = async () => Number(((await areaOf(page)) ?? '').replaceAll(/\D/g, ''));
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('progressbar').count()).toBe(0);
    const sizes: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      sizes.push(await px());
      await undo.click();
    }
    expect(await areaOf(page)).toBe('No region yet.');
    expect(sizes[0]).toBeGreaterThan(2.5 * (sizes[2] ?? 0));
  });
});
