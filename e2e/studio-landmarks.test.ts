import { join } from 'node:path';
import { parsePlan } from '@undertone/clinic/planning/schema.ts';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { rootDir } from '../tools/run.ts';
import { axeFaults, journeys, openStudio, screenshot, sidewaysPx, test } from './journey.ts';
import { stubblePhoto } from './photos.ts';

const photoPath = (name: string) => join(rootDir, 'packages/engine/fixtures/photos', name);

async function openWith(
  page: Page,
  site: string,
  treatment: string,
  photo: Parameters<Locator['setInputFiles']>[0],
): Promise<void> {
  await openStudio(page, site);
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
    // A whole head is too far away for single hairs: the count says so and takes nothing off.
    await page.getByTestId('hair-count').getByText('Single hairs do not show').waitFor();
    expect(await page.getByLabel('Hair in the zone').inputValue()).toBe('');
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

  test('counts the hair of a shaved scalp seen close, and dots make up the rest unless one types another number', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await openWith(page, site, 'Scalp', await stubblePhoto());
    await page.getByLabel('Or millimetres a pixel').fill('0.05');
    const easel = page.getByRole('application');
    await easel.focus();
    for (let times = 0; times < 12; times += 1) await easel.press(']');
    const box = await easel.boundingBox();
    if (!box) throw new Error('the picture is shown');
    const side = Math.min(box.width, box.height);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x - side / 4, y);
    await page.mouse.down();
    await page.mouse.move(x + side / 4, y, { steps: 6 });
    await page.mouse.up();
    await page.getByTestId('hair-count').getByText('Counted in the zone').waitFor({ timeout: 60_000 });
    const field = page.getByLabel('Hair in the zone');
    const counted = Number(await field.inputValue());
    expect(counted).toBeGreaterThan(15);
    expect(counted).toBeLessThan(75);
    await field.scrollIntoViewIfNeeded();
    await screenshot(page, 'studio-hair', false);
    const dots = page.getByTestId('dots');
    const plannedDots = async () => {
      await page.getByRole('button', { name: 'Make the plan' }).click();
      await dots.waitFor({ timeout: 120_000 });
      return Number((await dots.innerText()).replaceAll(',', ''));
    };
    const byCount = await plannedDots();
    expect(await page.getByTestId('existing-hair').innerText()).toMatch(
      new RegExp(`^${counted} ± [1-9]\\d* per cm²$`),
    );
    await field.fill('0');
    await dots.waitFor({ state: 'detached' });
    const ofBareSkin = await plannedDots();
    expect(byCount).toBeLessThan(ofBareSkin);
    await page.getByRole('button', { name: `Take the count, ${counted}` }).click();
    expect(await field.inputValue()).toBe(String(counted));
    expect(await axeFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await sidewaysPx(page)).toBe(0);
    await field.scrollIntoViewIfNeeded();
    await screenshot(page, 'studio-hair-360', false);
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
