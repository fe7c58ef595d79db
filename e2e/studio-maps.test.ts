import { join } from 'node:path';
import sharp from 'sharp';
import { expect } from 'vitest';
import { simulatePatch } from '../packages/engine/simulator/patch.ts';
import { seededRandom } from '../packages/engine/simulator/random.ts';
import { locales } from '../packages/web/app/locales/index.ts';
import { skinMapWords } from '../packages/web/app/studio/skin-map-words.ts';
import { studioWords } from '../packages/web/app/studio/words.ts';
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

const photoOf = (name: string) => join(rootDir, 'packages/engine/fixtures/photos', name);
const photoPath = photoOf('sim-patch-006.jpg');

/** Dark skin in half the light, with a patch in the middle that nothing of is burnt out. */
async function photoOfPatch(): Promise<Buffer> {
  const side = 440;
  const { data } = await sharp(photoOf('cc0-006-man-dark-skin-beard.jpg'))
    .extract({ left: 345 - side / 2, top: 525 - side / 2, width: side, height: side })
    .linear(0.6, 0)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const picture = { widthPx: side, heightPx: side, rgba: new Uint8ClampedArray(data) };
  const area = { x: 165, y: 165, widthPx: 110, heightPx: 110 };
  const { picture: withPatch } = simulatePatch(picture, area, {
    strength: 0.8,
    chromophores: 'steep',
    random: seededRandom(11),
  });
  return sharp(withPatch.rgba, { raw: { width: side, height: side, channels: 4 } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

journeys('maps over the photo', () => {
  test('are chosen by keyboard, read by their legend, and compared with the photo', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await openStudio(page, site);
    const input = page.locator('input[accept="image/*"]');
    await input.setInputFiles({ name: 'patch.jpg', mimeType: 'image/jpeg', buffer: await photoOfPatch() });
    await page.getByText('Colour is uncalibrated').waitFor();
    const choice = page.getByRole('group', { name: 'What is shown' });
    expect(await choice.getByRole('radio', { name: 'Photo' }).isChecked()).toBe(true);
    expect(await page.getByTestId('map-legend').count()).toBe(0);

    await choice.getByRole('radio', { name: 'Photo' }).focus();
    await page.keyboard.press('ArrowRight');
    const legend = page.getByTestId('map-legend');
    await legend.getByText(/natural log of the green light/).waitFor({ timeout: 60_000 });
    await legend.getByText(/Only differences within this one picture can be read/).waitFor();
    await legend.getByText(/not validated/).waitFor();
    expect(await legend.getByText(/Region against the skin around it/).count()).toBe(0);

    // A depigmented patch holds less melanin than the skin around it.
    const easel = page.getByRole('application');
    await easel.focus();
    await easel.press('Enter');
    const difference = async () => {
      const text = await legend.getByText(/Region against the skin around it/).textContent();
      return Number((text ?? '').replace('−', '-').replace(/^.*: /, ''));
    };
    await legend.getByText(/Region against the skin around it: −/).waitFor({ timeout: 60_000 });
    const melanin = await difference();
    expect(melanin).toBeLessThan(-0.1);
    await screenshot(page, 'studio-map-melanin', false);
    expect(await axeFaults(page)).toEqual([]);

    await choice.getByText('Shading', { exact: true }).click();
    await legend.getByText(/natural log of light;/).waitFor({ timeout: 60_000 });
    await screenshot(page, 'studio-map-shading', false);
    await choice.getByText('Haemoglobin', { exact: true }).click();
    await legend.getByText(/natural log of the green light/).waitFor({ timeout: 60_000 });
    await page.getByRole('slider', { name: 'Before and after' }).fill('50');
    await screenshot(page, 'studio-map-blood', false);

    for (const [name, size] of [
      ['768', { width: 768, height: 1024 }],
      ['1024', { width: 1024, height: 768 }],
      ['360', phone],
    ] as const) {
      await page.setViewportSize(size);
      await screenshot(page, `studio-map-${name}`, false);
      expect(await sidewaysPx(page)).toBe(0);
    }
    await choice.getByText('Photo', { exact: true }).click();
    await legend.waitFor({ state: 'detached' });

    // Of a patch that is burnt out nothing is said.
    await input.setInputFiles(photoPath);
    await page.getByText('800 × 800 px').waitFor();
    await choice.getByText('Melanin', { exact: true }).click();
    await easel.focus();
    for (const key of ['ArrowDown', 'Enter']) await easel.press(key);
    await legend.getByText(/The region cannot be compared/).waitFor({ timeout: 60_000 });
  });

  test.for(locales.filter((locale) => locale !== 'en'))('speak %s', async (locale, { openPage, site }) => {
    const page = await openPage({ viewport: phone, hasTouch: true });
    await page.context().addCookies([{ name: 'lang', value: locale, url: site }]);
    await signInAsOwner(page, site);
    await page.goto('/studio');
    await page.getByText(studioWords[locale].dropHere).waitFor();
    await page.locator('input[accept="image/*"]').setInputFiles(photoPath);
    const words = skinMapWords[locale];
    await page.getByText(words.names.blood, { exact: true }).tap();
    await page.getByText(words.caveat).waitFor({ timeout: 60_000 });
    expect(await sidewaysPx(page)).toBe(0);
    await page.getByTestId('map-legend').scrollIntoViewIfNeeded();
    await screenshot(page, `studio-map-${locale}`, false);
  });
});
