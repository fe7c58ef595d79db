import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { rootDir } from '../tools/run.ts';
import { axeFaults, journeys, openStudio, screenshot, sidewaysPx, test } from './journey.ts';

const upright = { width: 768, height: 1024 };
const across = { width: 1024, height: 768 };

const treatments = [
  ['Vitiligo', 'sim-patch-006.jpg'],
  ['Lip', 'cc0-025-woman-dark-skin-lips.jpg'],
  ['Scalp', 'cc0-061-man-shaved-scalp-front.jpg'],
] as const;

/** Things to press that a finger would miss: smaller than 24 px either way (WCAG 2.5.8), or cut off at the side. */
function missed(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, .studio-toolbox label, a.button, label.button')].flatMap((one) => {
      const { width, height, right } = one.getBoundingClientRect();
      if (width === 0 || height === 0) return [];
      return width < 24 || height < 24 || right > innerWidth + 1 ? [one.textContent ?? ''] : [];
    }),
  );
}

journeys('the studio on a tablet', () => {
  test.for(treatments)(
    '%s: from photo to plan by touch, either way up',
    async ([name, photo], { openPage, site }) => {
      const page = await openPage({ viewport: upright, hasTouch: true });
      await openStudio(page, site);
      await page
        .locator('input[accept="image/*"]')
        .setInputFiles(join(rootDir, 'packages/engine/fixtures/photos', photo));
      await page.getByText('Colour is uncalibrated').waitFor();
      const easel = page.getByRole('application');
      if (name === 'Vitiligo') {
        await easel.scrollIntoViewIfNeeded();
        const box = await easel.boundingBox();
        if (!box) throw new Error('the picture is shown');
        await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height * 0.55);
        await page.getByText(/Likelihood that this border is right/).waitFor({ timeout: 60_000 });
        await page.getByLabel('Or millimetres a pixel').fill('0.2');
      } else {
        await page.getByRole('radiogroup').getByText(name, { exact: true }).tap();
        await page.getByRole('button', { name: /^Find the/ }).tap();
        await page.getByText('Found from the face.').waitFor({ timeout: 60_000 });
      }
      await page.getByText(/± .* cm²/).waitFor();
      await page.getByRole('button', { name: 'Make the plan' }).tap();
      await page.getByTestId('plan').waitFor({ timeout: 120_000 });
      for (const [side, size] of [
        ['upright', upright],
        ['across', across],
      ] as const) {
        await page.setViewportSize(size);
        await easel.scrollIntoViewIfNeeded();
        await screenshot(page, `studio-tablet-${name}-${side}`, false);
        await page.getByTestId('plan').scrollIntoViewIfNeeded();
        await screenshot(page, `studio-tablet-${name}-${side}-plan`, false);
        expect(await sidewaysPx(page)).toBe(0);
        expect(await missed(page)).toEqual([]);
        // The picture is seen while its plan is read.
        const box = await easel.boundingBox();
        expect(box && box.y + box.height).toBeGreaterThan(200);
      }
      await page.setViewportSize(upright);
      expect(await axeFaults(page)).toEqual([]);
    },
  );
});
