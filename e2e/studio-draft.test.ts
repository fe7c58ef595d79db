import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { rootDir } from '../tools/run.ts';
import {
  axeFaults,
  journeys,
  newPatient,
  openStudio,
  phone,
  screenshot,
  signInAsOwner,
  test,
} from './journey.ts';

const photoPath = join(rootDir, 'packages/engine/fixtures/photos/sim-patch-006.jpg');
/** What a browser says of a line that is down. */
const lineDown = { allowed: [/ERR_INTERNET_DISCONNECTED|Failed to load resource|net::ERR/] };

async function choosePhoto(page: Page): Promise<void> {
  await page.locator('input[accept="image/*"]').setInputFiles(photoPath);
  await page.getByText('800 × 800 px').waitFor();
}

/** One touch of the brush by keyboard; on a scalp it paints what it touches and nothing else. */
async function paint(page: Page, steps: readonly string[]): Promise<void> {
  const easel = page.getByRole('application');
  await easel.focus();
  for (const step of steps) await easel.press(step);
  await easel.press('Enter');
}

async function areaOf(page: Page): Promise<string> {
  const area = page.getByTestId('area').getByText(/px|cm²/);
  await area.waitFor({ timeout: 60_000 });
  return (await area.textContent()) ?? '';
}

const saved = (page: Page) => page.getByText(/^Saved, /).waitFor({ timeout: 60_000 });

/** Does something to a draft that stands saved, and waits until the clinic has that too. */
async function kept(page: Page, act: () => Promise<void>): Promise<void> {
  const answer = page.waitForResponse(
    (one) => one.request().method() === 'PUT' && one.url().includes('/studio/plan-drafts/') && one.ok(),
    { timeout: 60_000 },
  );
  await act();
  await answer;
  await saved(page);
}

journeys('work in the studio', () => {
  test('is kept as it goes, with the line down too, and goes on after a reload and on another device', async ({
    openPage,
    site,
  }) => {
    const page = await openPage(lineDown);
    await signInAsOwner(page, site);
    const chart = await newPatient(page, { name: 'Sample Draftwright', ageYears: '40' });
    await page.goto(`/studio?patient=${chart.split('/').at(-1)}`);
    await page.getByText('Drop a photograph here').waitFor();
    await choosePhoto(page);
    await page.getByRole('radiogroup').getByText('Scalp', { exact: true }).click();
    await paint(page, ['ArrowDown']);
    await areaOf(page);
    await saved(page);
    expect(new URL(page.url()).searchParams.get('draft')).toMatch(/^[0-9a-f-]{36}$/);
    const first = await areaOf(page);

    await page.context().setOffline(true);
    await paint(page, ['Shift+ArrowRight', 'Shift+ArrowRight']);
    await expect.poll(() => areaOf(page), { timeout: 30_000 }).not.toBe(first);
    const second = await areaOf(page);
    await page.getByLabel('Or millimetres a pixel').fill('0,2');
    await page.getByText('No line: saved on this device').waitFor({ timeout: 30_000 });
    await screenshot(page, 'studio-draft-offline', false);
    const third = await areaOf(page);

    // The tab is closed without a line and opened again with one: nothing was lost.
    const address = page.url();
    const { context } = { context: page.context() };
    await page.close({ runBeforeUnload: false });
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(address);
    await again.getByText('800 × 800 px').waitFor();
    expect(await areaOf(again)).toBe(third);
    await saved(again);
    await screenshot(again, 'studio-draft-restored', false);
    expect(await axeFaults(again)).toEqual([]);

    // Undo reaches back behind the reload, and what was undone can be done again.
    const undo = again.getByRole('button', { name: 'Undo' });
    await undo.click();
    await expect.poll(() => areaOf(again), { timeout: 30_000 }).not.toBe(third);
    const behind = await areaOf(again);
    await saved(again);
    await again.reload();
    await again.getByText('800 × 800 px').waitFor();
    expect(await areaOf(again)).toBe(behind);
    await again.getByRole('button', { name: 'Redo' }).click();
    await expect.poll(() => areaOf(again), { timeout: 30_000 }).toBe(third);
    // A scale taken away comes back too.
    await again.getByLabel('Or millimetres a pixel').fill('');
    await expect.poll(() => areaOf(again), { timeout: 30_000 }).toBe(second);
    await undo.click();
    await expect.poll(() => areaOf(again), { timeout: 30_000 }).toBe(third);
    await saved(again);

    // Another device goes on from the patient's plans; then both have changed it.
    const other = await openPage({ viewport: phone, hasTouch: true });
    await signInAsOwner(other, site);
    await other.goto(`${chart}/plans`);
    await other.getByTestId('drafts').waitFor();
    await screenshot(other, 'plans-drafts-phone');
    expect(await axeFaults(other)).toEqual([]);
    await other.getByRole('link', { name: /^Go on/ }).click();
    await other.getByText('800 × 800 px').waitFor();
    expect(await areaOf(other)).toBe(third);
    await kept(other, () => other.getByRole('button', { name: 'Undo' }).click());
    await again.getByLabel('Or millimetres a pixel').fill('0,3');
    await again.getByText('This draft was changed on another device meanwhile').waitFor({ timeout: 30_000 });
    await saved(again);
    await screenshot(again, 'studio-draft-apart', false);
    await again.goto(`${chart}/plans`);
    await again.getByTestId('drafts').waitFor();
    expect(await again.getByRole('link', { name: /^Go on/ }).count()).toBe(2);

    // One is let go, the other becomes a plan and is a draft no more.
    await again
      .getByRole('button', { name: /^Discard/ })
      .first()
      .click();
    await again.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => again.getByRole('link', { name: /^Go on/ }).count(), { timeout: 30_000 }).toBe(1);
    await again.getByRole('link', { name: /^Go on/ }).click();
    await again.getByText('800 × 800 px').waitFor();
    await areaOf(again);
    await again.getByRole('button', { name: 'Make the plan' }).click();
    await again.getByTestId('plan').waitFor({ timeout: 120_000 });
    await again.getByRole('button', { name: 'Save the plan' }).click();
    await again.getByText('Saved in the record.').waitFor({ timeout: 60_000 });
    await again.goto(`${chart}/plans`);
    await again.getByText('Scalp, Version 1').waitFor();
    expect(await again.getByTestId('drafts').count()).toBe(0);
  });

  test('without a patient stays on the device, and is found there', async ({ openPage, site }) => {
    const page = await openPage();
    await openStudio(page, site);
    await choosePhoto(page);
    await page.getByText('Saved on this device only').waitFor();
    await page.goto('/studio');
    await page.getByTestId('drafts').getByText('on this device only').waitFor();
    await screenshot(page, 'studio-draft-list', false);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('link', { name: /^Go on/ }).click();
    await page.getByText('800 × 800 px').waitFor();
    await page.getByText('Saved on this device only').waitFor();
  });

  test('goes along when its patient is corrected, and leaves nothing behind but what another device did', async ({
    openPage,
    site,
  }) => {
    // What the server answers where another device's work stands in the way.
    const page = await openPage({ allowed: [/status of 409/] });
    await signInAsOwner(page, site);
    const run = Date.now().toString(36);
    const [first, second] = [`Sample Firstrecord ${run}`, `Sample Secondrecord ${run}`];
    const charts = [
      await newPatient(page, { name: first, ageYears: '41' }),
      await newPatient(page, { name: second, ageYears: '42' }),
    ];
    /** How many drafts stand among the plans of each. */
    const drafts = (looking: Page) =>
      Promise.all(
        charts.map(async (chart) => {
          const answer = await looking.request.get(`${chart}/plans`);
          return new Set((await answer.text()).match(/draft=[0-9a-f-]{36}/g)).size;
        }),
      );
    const choosePatient = async (name: string) => {
      await page.getByRole('button', { name: 'Patient' }).first().click();
      await page.getByRole('option', { name }).click();
    };
    await page.goto('/studio');
    await page.getByText('Drop a photograph here').waitFor();
    await choosePhoto(page);
    await page.getByRole('radiogroup').getByText('Scalp', { exact: true }).click();
    await paint(page, ['ArrowDown']);
    const area = await areaOf(page);
    await choosePatient(first);
    await saved(page);
    await expect.poll(() => drafts(page), { timeout: 30_000 }).toEqual([1, 0]);
    await choosePatient(second);
    await page.getByText('The patient was changed').waitFor({ timeout: 30_000 });
    await expect.poll(() => drafts(page), { timeout: 30_000 }).toEqual([0, 1]);
    await saved(page);
    expect(await areaOf(page)).toBe(area);

    // Another device goes on with it; then the patient is corrected back here.
    const other = await openPage();
    await signInAsOwner(other, site);
    await other.goto(`${charts[1]}/plans`);
    await other.getByRole('link', { name: /^Go on/ }).click();
    await other.getByText('800 × 800 px').waitFor();
    await kept(other, () => other.getByLabel('Or millimetres a pixel').fill('0,4'));
    await choosePatient(first);
    await expect.poll(() => drafts(page), { timeout: 30_000 }).toEqual([1, 1]);
    await other.reload();
    await other.getByText('800 × 800 px').waitFor();
    await expect.poll(() => other.getByLabel('Or millimetres a pixel').inputValue()).toBe('0,4');
  });

  test('is not written over by other work where its photograph has not arrived', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ allowed: [/ERR_FAILED|Failed to load resource|net::ERR/] });
    await signInAsOwner(page, site);
    const chart = await newPatient(page, { name: 'Sample Apartwright', ageYears: '43' });
    await page.route('**/desk/photo-uploads**', (route) => route.abort());
    await page.goto(`/studio?patient=${chart.split('/').at(-1)}`);
    await page.getByText('Drop a photograph here').waitFor();
    await choosePhoto(page);
    await page.getByRole('radiogroup').getByText('Scalp', { exact: true }).click();
    await paint(page, ['ArrowDown']);
    const area = await areaOf(page);
    await page.getByText('No line: saved on this device').waitFor({ timeout: 30_000 });

    const other = await openPage({ allowed: [/\/original .*status of 404/] });
    await signInAsOwner(other, site);
    await other.goto(`${chart}/plans`);
    await other.getByRole('link', { name: /^Go on/ }).click();
    await other.getByText('The photograph of this draft has not arrived').waitFor();
    const asked = new URL(other.url()).searchParams.get('draft');
    await other
      .locator('input[accept="image/*"]')
      .setInputFiles(join(rootDir, 'packages/engine/fixtures/photos/cc0-006-man-dark-skin-beard.jpg'));
    await other.getByText('1000 × 1000 px').waitFor();
    await saved(other);
    expect(new URL(other.url()).searchParams.get('draft')).not.toBe(asked);
    await other.goto(`${chart}/plans`);
    await other.getByTestId('drafts').waitFor();
    expect(await other.getByRole('link', { name: /^Go on/ }).count()).toBe(2);

    // The draft that could not be shown is as it was: with its own file it comes back.
    await other.goto(`/studio?draft=${asked}`);
    await other.getByText('The photograph of this draft has not arrived').waitFor();
    await choosePhoto(other);
    await expect.poll(() => areaOf(other), { timeout: 30_000 }).toBe(area);
    await page.unroute('**/desk/photo-uploads**');
    await saved(page);
  });
});
