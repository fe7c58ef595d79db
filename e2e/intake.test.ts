import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import {
  axeFaults,
  journeys,
  newPatient,
  phone,
  screenshot,
  sidewaysPx,
  signInAsOwner,
  test,
} from './journey.ts';

/** Makes a patient and a form for vitiligo; leaves the desk in the chart's intake tab. @returns the form's link */
async function sendForm(desk: Page, site: string, name: string, phoneNumber: string): Promise<string> {
  await signInAsOwner(desk, site);
  await newPatient(desk, { name, phone: phoneNumber });
  await desk.getByRole('link', { name: 'Intake', exact: true }).click();
  await desk.getByText('No form yet').waitFor();
  await desk.getByRole('button', { name: 'Send the link' }).click();
  await desk.getByText('give the link by hand').waitFor();
  const link = new URL(await desk.getByRole('textbox', { name: 'Link' }).inputValue());
  return `${site}${link.pathname}`;
}

/** Answers every gate that has none yet as clear. */
async function answerClear(page: Page): Promise<void> {
  for (const question of await page.locator('fieldset.intake-choices:has(input[type=radio])').all()) {
    if ((await question.locator('input:checked').count()) === 0)
      await question.locator('input[type=radio]').first().check();
  }
}

const saved = (page: Page) => page.getByText('Saved at the clinic.');

journeys('intake', () => {
  test('what is typed survives a lost line, a reload and a closed page, and reaches the record', async ({
    openPage,
    site,
  }) => {
    const desk = await openPage();
    const link = await sendForm(desk, site, 'Sample intake Kanakprabha', '98111 30001');
    expect(await axeFaults(desk)).toEqual([]);

    const page = await openPage({
      viewport: phone,
      allowed: [/status of 4(10|22)/, /ERR_INTERNET_DISCONNECTED/],
    });
    const context = page.context();
    await page.goto(link);
    await page.getByText('First, is it you?').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'intake-proof-phone');
    await page.getByLabel(/last four digits/).fill('9999');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('The clinic has noted something else').waitFor();
    await page.getByLabel(/last four digits/).fill('0001');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'Before your visit' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'intake-form-phone');

    await page.getByLabel('Name', { exact: true }).fill('Kanakprabha');
    await saved(page).waitFor();

    // The line goes down in the middle of the form; then the page is closed.
    await context.setOffline(true);
    await page.getByLabel('Medicines you take').fill('Sample medicine, mornings');
    await page.getByText('No connection: kept on this device').waitFor();
    await screenshot(page, 'intake-offline-phone', false);
    await page.close({ runBeforeUnload: false });
    await context.setOffline(false);

    const again = await context.newPage();
    await again.goto(link);
    await expect
      .poll(() => again.getByLabel('Medicines you take').inputValue())
      .toBe('Sample medicine, mornings');
    await saved(again).waitFor();
    // The lid closes in the middle of a word, before any pause.
    await again.getByLabel('Allergies').pressSequentially('Sample dy');
    await again.reload();
    await expect.poll(() => again.getByLabel('Allergies').inputValue()).toBe('Sample dy');
    await again.getByLabel('Allergies').fill('Sample dye');

    await again.getByRole('button', { name: 'Send to the clinic' }).click();
    await again.getByText(/answers are still open/).waitFor();
    await again.locator('[role=alert]:focus').waitFor();
    await expect.poll(() => again.getByLabel('Allergies').inputValue()).toBe('Sample dye');
    await answerClear(again);
    await again.locator('#field-gate\\.G14 input[value=yes]').check();
    await again.getByRole('button', { name: 'Send to the clinic' }).click();
    await again.getByText('Thank you, your answers have arrived').waitFor();
    // The page forgets by its script, which may begin after the words are read.
    await expect.poll(() => again.evaluate(() => Object.keys(localStorage))).toEqual([]);
    expect((await again.goto(link))?.status()).toBe(410);

    await desk.goto('/desk/intake');
    await desk
      .getByRole('listitem')
      .filter({ hasText: 'Kanakprabha' })
      .getByRole('link', { name: 'Look at it' })
      .click();
    await desk.getByText('G14 REVIEW').waitFor();
    expect(await axeFaults(desk)).toEqual([]);
    await screenshot(desk, 'intake-accept');
    await desk.getByRole('button', { name: 'Accept into the record' }).click();
    await desk.getByText('Accepted. The record and the screening have the answers.').waitFor();
    const alerts = desk.getByRole('list', { name: 'Mind' });
    await alerts.getByText('Blood thinner').waitFor();
    await alerts.getByText('Allergy: Sample dye').waitFor();
    await desk.getByRole('link', { name: 'Record', exact: true }).click();
    await desk.getByText('Sample medicine, mornings').waitFor();
  });

  test('opens again without a line, with everything typed and nothing else kept of the person', async ({
    openPage,
    site,
  }) => {
    const desk = await openPage();
    const link = await sendForm(desk, site, 'Sample intake Mandakini', '98111 30004');
    const page = await openPage({
      viewport: phone,
      allowed: [/status of 410/, /net::ERR_/, /Failed to (load resource|fetch)/],
    });
    await page.goto(link);
    await page.getByLabel(/last four digits/).fill('0004');
    // A slow line: somebody has begun to type when the script comes.
    let arrive = () => undefined as void;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.route('**/*.js', async (route) => {
      await arrived;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Mandakini');
    arrive();
    await saved(page).waitFor();
    await page.unroute('**/*.js');
    await page.locator('[data-intake][data-offline=yes]').waitFor();
    const kept = await page.evaluate(async () => {
      const texts: string[] = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys())
          texts.push((await (await cache.match(request))?.text()) ?? '');
      }
      return texts.join(' ');
    });
    expect(kept).toContain('data-intake');
    expect(kept).not.toContain('Mandakini');

    await page.context().setOffline(true);
    await page.reload();
    await page.getByRole('heading', { name: 'Before your visit' }).waitFor();
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Mandakini');
    await page.getByLabel('Medicines you take').fill('Sample medicine, evenings');
    await page.getByText('No connection: kept on this device').waitFor();
    await screenshot(page, 'intake-reloaded-offline-phone', false);
    await page.reload();
    await expect
      .poll(() => page.getByLabel('Medicines you take').inputValue())
      .toBe('Sample medicine, evenings');
    await page.getByRole('button', { name: 'Send to the clinic' }).click();
    await page.getByText('No connection: kept on this device').waitFor();

    await page.context().setOffline(false);
    await saved(page).waitFor();
    await answerClear(page);
    await page.getByRole('button', { name: 'Send to the clinic' }).click();
    await page.getByText('Thank you, your answers have arrived').waitFor();
    await expect.poll(() => page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    expect((await page.goto(link))?.status()).toBe(410);
    await page.context().setOffline(true);
    await expect(page.reload()).rejects.toThrow(/net::ERR_/);
  });

  test('the tablet is handed over signed out, in the person’s language, and needs no proof', async ({
    openPage,
    site,
  }) => {
    const tablet = await openPage({ viewport: { width: 1180, height: 820 } });
    await signInAsOwner(tablet, site);
    await newPatient(tablet, { name: 'Sample intake Nilanjana', phone: '98111 30002' });
    await tablet.getByRole('link', { name: 'Intake', exact: true }).click();
    await tablet.getByRole('button', { name: 'Fill on this tablet' }).click();
    await tablet.getByRole('heading', { name: 'Before your visit' }).waitFor();
    expect(new URL(tablet.url()).pathname).toMatch(/^\/en\/intake\//);
    await screenshot(tablet, 'intake-tablet', false);
    await tablet.goto('/desk/patients');
    expect(new URL(tablet.url()).pathname).toBe('/sign-in');
  });

  test('is whole in every language, without scripts and in the dark', async ({ openPage, site }) => {
    const desk = await openPage();
    const link = await sendForm(desk, site, 'Sample intake Tilottama', '98111 30003');
    const open = async (language: string, options: Parameters<typeof openPage>[0]) => {
      const page = await openPage({ viewport: phone, allowed: [/status of 422/], ...options });
      await page.goto(link.replace('/en/', `/${language}/`));
      await page.locator('#answer').fill('0003');
      await page.locator('button[value=prove]').click();
      await page.locator('.intake-form').waitFor();
      await screenshot(page, `intake-${language}`);
      return page;
    };
    for (const language of ['bn', 'ne']) {
      const page = await open(language, { colorScheme: 'dark' });
      expect(await axeFaults(page)).toEqual([]);
      expect(await sidewaysPx(page)).toBe(0);
    }
    const plain = await open('hi', { javaScriptEnabled: false });
    await plain.locator('#name').fill('तिलोत्तमा');
    await plain.locator('.intake-end button').click();
    await plain.locator('[role=alert] a').waitFor();
    expect(await plain.locator('#name').inputValue()).toBe('तिलोत्तमा');
    await answerClear(plain);
    await plain.locator('.intake-end button').click();
    await plain.locator('[data-intake-sent]').waitFor();
  });
});
