import { expect } from 'vitest';
import { axeFaults, desktop, journeys, phone, screenshot, sidewaysPx, test } from './journey.ts';

const none = 'None of these';

journeys('the self-check', () => {
  test('is weighed on the device: no request carries an answer, and the result comes before any time', async ({
    openPage,
  }) => {
    const page = await openPage({ viewport: phone });
    await page.goto('/en/check');
    await page.getByRole('main').getByRole('link', { name: 'Vitiligo' }).click();
    // What the page itself is made of has come; from here on nothing may go out.
    await page.waitForURL(/vitiligo/);
    await page.waitForLoadState('networkidle');
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.method()} ${request.url()}`));

    // A part that was not answered says so and stays.
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('Tick what applies to you').first().waitFor();
    await page.getByRole('group', { name: 'About you' }).getByLabel(none).check();
    await page.getByRole('button', { name: 'Next' }).click();

    const changed = page.getByRole('group', { name: 'The place to be treated' });
    await changed.getByLabel('In the last 12 months, has a white patch appeared').check();
    await changed.getByLabel('When did you last see a change?').fill('2999-01-01');
    await page.getByRole('button', { name: 'Next' }).click();
    await changed.locator('#fault-G05').getByText('This day has not come yet').waitFor();
    const lastMonth = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
    await changed.getByLabel('When did you last see a change?').fill(lastMonth);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Next' }).click();
    for (const part of ['Your skin until now', 'Medicines and allergies', 'Your health']) {
      await page.getByRole('group', { name: part }).getByLabel(none).check();
      await page.getByRole('button', { name: 'Next' }).click();
    }
    await page.getByRole('group', { name: 'Good to know' }).getByLabel('Do you give blood?').check();
    await page.getByRole('button', { name: 'Show the result' }).click();

    await page.getByRole('heading', { name: 'Better to wait' }).waitFor();
    await page.getByText('As far as your answers tell, from').waitFor();
    await page.getByText('Needling can wake vitiligo').waitFor();
    await page.getByText('Blood banks ask for a pause').waitFor();
    expect(await page.getByText('Parsad, IJDVL').isVisible()).toBe(true);
    expect(await page.getByRole('link', { name: 'Choose a time for the treatment' }).isVisible()).toBe(false);
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'self-check-wait-360');
    expect(sent).toEqual([]);
  });

  test('ends early when the treatment is ruled out, and offers a talk with the doctor', async ({
    openPage,
  }) => {
    const page = await openPage();
    await page.goto('/en/check?treatment=scalp');
    for (const part of ['About you', 'The place to be treated']) {
      await page.getByRole('group', { name: part }).getByLabel(none).check();
      await page.getByRole('button', { name: 'Next' }).click();
    }
    const skin = page.getByRole('group', { name: 'Your skin until now' });
    await skin.getByLabel('thick, raised scars').check();
    await page.getByRole('button', { name: 'Next' }).click();
    await skin.locator('#fault-G08').getByText('Choose the one that fits.').waitFor();
    await page.getByLabel('Yes, I do').check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'This treatment does not suit you now' }).waitFor();
    expect(await page.getByText('Needles can start such scars.').isVisible()).toBe(true);
    await screenshot(page, 'self-check-not-now-1366');
    await page.getByRole('link', { name: 'Choose a time to talk with the doctor' }).click();
    await page.getByRole('heading', { name: 'When?' }).waitFor();
  });

  test('can be done by keyboard alone', async ({ openPage }) => {
    const page = await openPage();
    await page.goto('/en/check?treatment=lip');
    for (let part = 1; part <= 6; part += 1) {
      await page.locator('.check-part:not([hidden]) input[name="none"]').focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');
    }
    await page.getByRole('heading', { name: 'You can book an appointment' }).waitFor();
    expect(await page.evaluate('document.activeElement?.hasAttribute("data-result")')).toBe(true);
  });

  test.for(['en', 'hi', 'bn', 'ne'])(
    'says the same without scripts, in %s, and loses no answer that was given',
    async (lang, { openPage }) => {
      const page = await openPage({ javaScriptEnabled: false, viewport: phone, allowed: [/422/] });
      await page.goto(`/${lang}/check?treatment=lip`);
      await page.locator('input[name="yes"][value="G08"]').check();
      await page.locator('button[type="submit"]').click();
      // The other parts and the choice are still missing; the tick is kept.
      expect(await page.locator('input[name="yes"][value="G08"]').isChecked()).toBe(true);
      expect(await page.locator('[data-fault]:not([hidden])').count()).toBeGreaterThan(4);
      await page.locator('input[name="choice-G08"][value="family"]').check();
      for (const box of await page.locator('input[name="none"]').all())
        if ((await box.inputValue()) !== 'skin') await box.check();
      await page.locator('button[type="submit"]').click();
      expect(await page.locator('[data-outcome]:not([hidden])').getAttribute('data-outcome')).toBe(
        'see-doctor-first',
      );
      expect(await page.locator('[data-reason="G08"]:visible').count()).toBe(1);
      expect(await sidewaysPx(page)).toBe(0);
      await screenshot(page, `self-check-result-${lang}-360`);
    },
  );

  test.for([
    '/en/check',
    '/bn/check?treatment=scalp',
    '/hi/estimate',
    '/ne/estimate?treatment=vitiligo&extent=hand-foot&reason=vitiligo',
  ])('%s has no fault axe can find, light or dark, and fits', async (path, { openPage }) => {
    for (const [colorScheme, viewport] of [
      ['light', desktop],
      ['dark', phone],
    ] as const) {
      const page = await openPage({ colorScheme, viewport });
      await page.goto(path);
      await screenshot(page, `${path.replaceAll(/\W+/g, '-')}-${viewport.width}`);
      expect(await axeFaults(page)).toEqual([]);
      expect(await sidewaysPx(page)).toBe(0);
    }
  });

  test('the estimate names visits, tax and what moves it, and no amount the clinic has not set', async ({
    openPage,
  }) => {
    const page = await openPage({ javaScriptEnabled: false });
    await page.goto('/en/estimate?treatment=lip');
    await page.getByLabel('Dark lips').check();
    await page.getByRole('button', { name: 'Show the estimate' }).click();
    await page.getByText('2 to 5').waitFor();
    expect(await page.getByText('To be completed by the clinic').count()).toBe(2);
    expect(await page.getByText('18 %').count()).toBe(1);
    expect(await page.locator('main').innerText()).not.toContain('₹');
  });
});
