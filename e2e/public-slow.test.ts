import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, test } from './journey.ts';

/** A phone on a weak line: 400 kbit/s, 400 ms, as browsers' "slow 3G". */
async function onSlowLine(page: Page): Promise<void> {
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  });
}

journeys('a visitor on a weak line', () => {
  test('reads at once, and is told that the preview is on its way', async ({ openPage }) => {
    const page = await openPage({ viewport: phone });
    await onSlowLine(page);
    await page.goto('/en/preview', { waitUntil: 'commit' });
    await page.getByRole('heading', { name: 'See a range on your own photo' }).waitFor();
    await page.waitForLoadState('load');
    await page.getByRole('button', { name: 'Open the preview' }).click();
    await page.getByText('Loading the preview').waitFor();
    await screenshot(page, 'preview-loading-360', false);
    await page.getByText('Choose a photo', { exact: true }).waitFor({ timeout: 60_000 });
    expect(await sidewaysPx(page)).toBe(0);
  });

  test('keeps the page when the line drops, and may try again', async ({ openPage }) => {
    const page = await openPage({ viewport: phone, allowed: [/ERR_INTERNET_DISCONNECTED/] });
    await page.goto('/en/preview');
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Open the preview' }).click();
    await page.getByText('The preview could not be loaded.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Open the preview' }).click();
    await page.getByText('Choose a photo', { exact: true }).waitFor({ timeout: 60_000 });
  });

  test('sees that the booking form is at work, and gets one booking for one press', async ({ openPage }) => {
    const page = await openPage({ viewport: phone });
    await page.goto('/en/book?service=consultation');
    await page.locator('.slot-day').nth(3).locator('summary').click();
    await page.locator('.slot-day').nth(3).locator('button.slot').first().click();
    await page.getByRole('heading', { name: 'How do we reach you?' }).waitFor();
    let answer = () => undefined as void;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/v1/challenge', async (route) => {
      await answered;
      await route.continue();
    });
    await page.getByLabel('Name').fill('Sample patient 041');
    await page.getByLabel('E-mail').fill('patient041@example.org');
    await page.getByLabel('The clinic may contact me').check();
    await page.getByRole('button', { name: 'Ask for this time' }).click();
    await page.getByText('Preparing a check against robots').waitFor();
    await screenshot(page, 'book-checking-360', false);
    // An impatient second press asks for nothing more.
    await page.getByRole('button', { name: 'Ask for this time' }).click({ force: true });
    answer();
    await page.getByText('Held for you, not yet confirmed').waitFor({ timeout: 60_000 });
  });

  test('is told that a booking was not sent, with everything typed still there, and sends it again', async ({
    openPage,
  }) => {
    const page = await openPage({ viewport: phone, allowed: [/ERR_INTERNET_DISCONNECTED/] });
    await page.goto('/en/book?service=consultation');
    await page.locator('.slot-day').nth(4).locator('summary').click();
    await page.locator('.slot-day').nth(4).locator('button.slot').first().click();
    await page.getByRole('heading', { name: 'How do we reach you?' }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.getByLabel('Name').fill('Sample patient 046');
    await page.getByLabel('E-mail').fill('patient046@example.org');
    await page.getByLabel('The clinic may contact me').check();
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Ask for this time' }).click();
    await page.getByText('Not sent: the clinic could not be reached.').waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe('patient046@example.org');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Ask for this time' }).click();
    await page.getByText('Held for you, not yet confirmed').waitFor({ timeout: 60_000 });
  });
});

journeys('a visitor without a mouse', () => {
  test('goes from the first page to a held visit by keyboard', async ({ openPage }) => {
    const page = await openPage();
    await page.goto('/en');
    // Out of sight until it is reached, with letters of twice the size too.
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    const skip = await page.locator('.skip-link').boundingBox();
    // To the fraction of a pixel that boxes are rounded to.
    expect((skip?.y ?? 1) + (skip?.height ?? 1)).toBeLessThan(1);
    await page.evaluate(() => document.documentElement.removeAttribute('style'));
    // The first stop leads past the menu.
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('Skip to content');
    await page.keyboard.press('Enter');
    const tabTo = async (name: RegExp) => {
      for (let stop = 0; stop < 120; stop += 1) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(() => {
          const { activeElement: one } = document;
          return one?.getAttribute('aria-label') ?? (one as HTMLElement | null)?.innerText ?? '';
        });
        if (name.test(at)) return;
      }
      throw new Error(`Tab does not reach ${name.source}`);
    };
    await tabTo(/^Book a visit$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What do you come for?' }).waitFor();
    await tabTo(/^Consultation with the doctor/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'When?' }).waitFor();
    await tabTo(/, \d{1,2}:\d{2}/);
    await page.keyboard.press('Enter');
    await page.getByLabel('Name').focus();
    await page.keyboard.type('Sample patient 042');
    await page.keyboard.press('Tab');
    await page.keyboard.type('patient042@example.org');
    await page.getByLabel('The clinic may contact me').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Held for you, not yet confirmed').waitFor({ timeout: 60_000 });
  });
});
