import { join } from 'node:path';
import sharp from 'sharp';
import { expect } from 'vitest';
import { seededRandom } from '../packages/engine/simulator/random.ts';
import { drawMole } from '../packages/engine/simulator/spots.ts';
import { rootDir } from '../tools/run.ts';
import { failWork, interceptWork } from './held-work.ts';
import { axeFaults, journeys, openStudio, phone, screenshot, sidewaysPx, test } from './journey.ts';

const photoPath = join(rootDir, 'packages/engine/fixtures/photos/sim-patch-006.jpg');

/** The simulated patch with a mole drawn on it, as a file a camera could have written. */
async function photoWithMole(): Promise<Buffer> {
  const { data, info } = await sharp(photoPath).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const picture = { widthPx: info.width, heightPx: info.height, rgba: new Uint8ClampedArray(data) };
  const mole = { x: info.width / 2 - 20, y: info.height / 2 + 20, diameterPx: 15, strength: 1.2 };
  const { rgba } = drawMole(picture, mole, seededRandom(3));
  return sharp(rgba, { raw: { width: info.width, height: info.height, channels: 4 } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

journeys('dark spots in the studio', () => {
  test('a mole on the patch is ringed, with its reason, and left out of the region', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await openStudio(page, site);
    await page
      .locator('input[accept="image/*"]')
      .setInputFiles({ name: 'mole.jpg', mimeType: 'image/jpeg', buffer: await photoWithMole() });
    await page.getByLabel('Or millimetres a pixel').fill('0.2');
    const easel = page.getByRole('application');
    await easel.focus();
    await easel.press('Shift+ArrowDown');
    await easel.press('Enter');
    const area = page.getByTestId('area');
    await area.getByText(/± .* cm²/).waitFor({ timeout: 60_000 });
    const found = page.getByText(/dark spots? in the region/);
    await found.waitFor();
    await page.getByText('a reason to stop (G03)').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'studio-dark-spot', false);
    await page.setViewportSize(phone);
    await screenshot(page, 'studio-dark-spot-360');
    expect(await sidewaysPx(page)).toBe(0);

    const areaOf = async () => Number.parseFloat((await area.textContent()) ?? '');
    const before = await areaOf();
    await page.getByRole('button', { name: /^Leave .* out, with a margin/ }).click();
    await found.waitFor({ state: 'detached' });
    // A disc of 1.5 mm radius and 2 mm of margin is 0.4 cm².
    expect(await areaOf()).toBeLessThan(before - 0.2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await found.waitFor();
    expect(await areaOf()).toBe(before);
  });

  test('a search that fails says so, and leaves the rest of the studio working', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await interceptWork(page);
    await openStudio(page, site);
    await page
      .locator('input[accept="image/*"]')
      .setInputFiles({ name: 'mole.jpg', mimeType: 'image/jpeg', buffer: await photoWithMole() });
    await page.getByLabel('Or millimetres a pixel').fill('0.2');
    await failWork(page, 'darkSpots');
    const easel = page.getByRole('application');
    await easel.focus();
    await easel.press('Shift+ArrowDown');
    await easel.press('Enter');
    const area = page.getByTestId('area');
    await area.getByText(/± .* cm²/).waitFor({ timeout: 60_000 });
    const failed = page.getByText('Dark spots could not be looked for on this device');
    await failed.waitFor();
    expect(await axeFaults(page)).toEqual([]);
    const proposed = await area.textContent();
    await page.getByText('Brush off', { exact: true }).click();
    await easel.focus();
    await easel.press('Enter');
    await expect.poll(() => area.textContent(), { timeout: 60_000 }).not.toBe(proposed);
    await failed.waitFor();

    // Where it works again, the next change of the region finds the mole.
    await failWork(page);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/dark spots? in the region/).waitFor();
    expect(await failed.count()).toBe(0);
    await page.getByRole('button', { name: 'Make the plan' }).click();
    await page.getByTestId('plan').waitFor({ timeout: 120_000 });
  });
});
