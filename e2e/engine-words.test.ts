import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { measureWords } from '../packages/web/app/studio/measure-words.ts';
import { studioWords } from '../packages/web/app/studio/words.ts';
import { rootDir } from '../tools/run.ts';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, signInAsOwner, test } from './journey.ts';

const photoPath = join(rootDir, 'packages/engine/fixtures/photos/sim-patch-006.jpg');

/**
 * Texts of the page with three Latin words in a row: English sentences, not names, units or symbols. What can be chosen from a
 * list is names: of people, and of shelves of pigments.
 */
function englishOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent ?? '';
      const parent = walker.currentNode.parentElement;
      if (
        parent &&
        !parent.closest('script, style, option, [role=option]') &&
        /(?:\b[A-Za-z]{2,}\b[ ,]+){2}[a-z]{2,}/.test(text)
      ) {
        found.push(text.trim());
      }
    }
    return found;
  });
}

/** Languages of the catalogue whose files the page has loaded. */
function catalogues(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => [
    ...new Set(
      performance
        .getEntriesByType('resource')
        .flatMap(({ name }) => /\/assets\/(hi|bn|ne)-[^/]+\.js$/.exec(name)?.[1] ?? []),
    ),
  ]);
}

async function planned(page: Page, site: string, locale: 'hi' | 'bn'): Promise<void> {
  const words = studioWords[locale];
  await page.context().addCookies([{ name: 'lang', value: locale, url: site }]);
  await signInAsOwner(page, site);
  await page.goto('/studio');
  await page.getByText(words.dropHere).waitFor();
  await page.locator('input[accept="image/*"]').setInputFiles(photoPath);
  const easel = page.getByRole('application');
  await easel.focus();
  for (const key of ['Shift+ArrowDown', 'Enter']) await easel.press(key);
  await page.getByTestId('area').getByText(/px/).waitFor({ timeout: 60_000 });
  await page.getByLabel(words.mmPerPx).fill('0,2');
  await page.getByText(/± .* cm²/).waitFor();
  await page.getByRole('button', { name: words.makePlan }).click();
  await page.getByTestId('plan').waitFor({ timeout: 120_000 });
}

journeys('what the engine says', () => {
  test('stands in Hindi in the studio, with no English sentence', async ({ openPage, site }) => {
    const page = await openPage();
    await planned(page, site, 'hi');
    const warnings = await page.getByTestId('plan').locator('.studio-warnings li').allTextContents();
    expect(warnings.length).toBeGreaterThan(5);
    for (const warning of warnings) expect(warning).toMatch(/\p{Script=Devanagari}.*।$/u);
    expect(await page.locator('body [lang="en"]').allTextContents()).toEqual([]);
    expect(await englishOn(page)).toEqual([]);
    expect(await catalogues(page)).toEqual(['hi']);
    await page.getByTestId('plan').scrollIntoViewIfNeeded();
    await screenshot(page, 'studio-plan-hi', false);
    expect(await axeFaults(page)).toEqual([]);
  });

  test('stands in Bengali on a phone, which does not scroll sideways', async ({ openPage, site }) => {
    const page = await openPage({ viewport: phone, hasTouch: true });
    await planned(page, site, 'bn');
    await page.getByRole('heading', { name: measureWords.bn.sensitivity }).waitFor();
    expect(await page.locator('body [lang="en"]').allTextContents()).toEqual([]);
    expect(await englishOn(page)).toEqual([]);
    expect(await catalogues(page)).toEqual(['bn']);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'studio-plan-bn-360');
  });

  test('is loaded in no language where the page is English', async ({ openPage, site }) => {
    const page = await openPage();
    await signInAsOwner(page, site);
    await page.goto('/studio');
    await page.getByText(studioWords.en.dropHere).waitFor();
    expect(await catalogues(page)).toEqual([]);
  });
});
