import { join } from 'node:path';
import { parsePlan } from '@undertone/clinic/planning/schema.ts';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { rootDir } from '../tools/run.ts';
import { journeys, screenshot, signInAsOwner, test } from './journey.ts';

const photoPath = (name: string) => join(rootDir, 'packages/engine/fixtures/photos', name);

async function openWith(
  page: Page,
  site: string,
  treatment: string,
  photo: Parameters<Locator['setInputFiles']>[0],
): Promise<void> {
  await signInAsOwner(page, site);
  await page.goto('/studio');
  await page.getByText('Drop a photograph here').waitFor();
  await page.locator('input[type=file]').setInputFiles(photo);
  await page.getByText('Colour is uncalibrated').waitFor();
  await page.getByText(treatment, { exact: true }).first().click();
}

/** Makes the plan, keeps it in a record and answers it as the record holds it. */
async function planned(page: Page) {
  await page.getByRole('button', { name: 'Make the plan' }).click();
  await page.getByTestId('plan').waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Patient' }).click();
  await page.getByRole('option', { name: 'Sample patient 021' }).click();
  await page.getByRole('button', { name: 'Save the plan' }).click();
  await page.getByText('Saved in the record.').waitFor({ timeout: 60_000 });
  const address = await page.getByRole('link', { name: 'Open the saved plan' }).getAttribute('href');
  const parsed = parsePlan(await (await page.request.get(`${address}/plan.json`)).text());
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.plan;
}

journeys('the studio, from a face', () => {
  test('finds the lips and their scale, and plans them', async ({ openPage, site }) => {
    const page = await openPage();
    await openWith(page, site, 'Lip', photoPath('cc0-025-woman-dark-skin-lips.jpg'));
    await page.getByRole('button', { name: 'Find the lips' }).click();
    await page.getByText('Found from the face.').waitFor({ timeout: 60_000 });
    await page.getByText(/± .* cm²/).waitFor();
    const plan = await planned(page);
    await screenshot(page, 'studio-lips', false);
    expect(plan.inputs.region.source).toBe('landmarks');
    expect(plan.inputs.scale?.from).toContain('irises');
    // The red of two adult lips.
    expect(plan.region.areaCm2).toBeGreaterThan(4);
    expect(plan.region.areaCm2).toBeLessThan(20);
    expect(plan.dots.count).toBeGreaterThan(1000);
  });

  test('finds the scalp of a shaved head, and plans its dots without a recipe', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await openWith(page, site, 'Scalp', photoPath('cc0-061-man-shaved-scalp-front.jpg'));
    await page.getByRole('button', { name: 'Find the zone' }).click();
    await page.getByText('Found from the face.').waitFor({ timeout: 60_000 });
    const plan = await planned(page);
    await screenshot(page, 'studio-scalp', false);
    expect(plan.match.kind).toBe('dilutions');
    expect(plan.inputs.region.source).toBe('landmarks');
    // From the front only the strip before the crown is seen; its area is that of the skin, which turns away.
    expect(plan.region.areaCm2).toBeGreaterThan(8);
    expect(plan.dots.count).toBeGreaterThan(200);
    expect(plan.warnings.some(({ message }) => message.includes('on a modelled head'))).toBe(true);
    const flatCm2 = (plan.region.areaPx * (plan.inputs.scale?.mmPerPx ?? 0) ** 2) / 100;
    expect(plan.region.areaCm2).toBeGreaterThan(1.5 * flatCm2);
    expect(plan.inputs.density).toMatchObject({ headMm: { roll: expect.any(Number) as number } });
  });

  test('says in plain words when no face is seen, and keeps brush and ruler at hand', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    const corner = await sharp(photoPath('cc0-005-woman-light-skin-lips.jpg'))
      .extract({ left: 10, top: 10, width: 90, height: 90 })
      .png()
      .toBuffer();
    await openWith(page, site, 'Lip', { name: 'corner.png', mimeType: 'image/png', buffer: corner });
    await page.getByRole('button', { name: 'Find the lips' }).click();
    await page.getByText(/mark the region by brush/).waitFor({ timeout: 60_000 });
    expect(await page.getByText('Brush on').isVisible()).toBe(true);
  });
});
