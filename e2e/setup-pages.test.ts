import { expect } from 'vitest';
import {
  axeFaults,
  desktop,
  journeys,
  phone,
  screenshot,
  sidewaysPx,
  signInAsOwner,
  test,
} from './journey.ts';

journeys('the set-up of the clinic', () => {
  test('says at each field what it may hold, and keeps what was typed', async ({ openPage, site }) => {
    const page = await openPage({ viewport: phone, allowed: [/422/] });
    await signInAsOwner(page, site);
    /** Fills a field wrongly, saves, waits for what stands at it instead of the fault before; then puts the old words back. */
    const refusedWith = async (label: string, wrong: string, fault: string, save = 0) => {
      const field = page.getByLabel(label, { exact: true });
      const before = await field.inputValue();
      await field.fill(wrong);
      await page.getByRole('button', { name: 'Save', exact: true }).nth(save).click();
      await page.locator('.field-error').getByText(fault, { exact: true }).waitFor();
      await field.and(page.locator('[aria-invalid]')).waitFor();
      expect(await page.locator('.field-error').count()).toBe(1);
      expect(await field.inputValue()).toBe(wrong);
      await field.fill(before);
    };
    await page.goto('/desk/setup/rules');
    await refusedWith('Reminders, hours before', '48, 9000', 'Write a whole number from 1 to 720.', 1);
    await refusedWith('Reminders, hours before', '1, 2, 3, 4, 5, 6', 'Name at most five reminders.', 1);
    await refusedWith('Quiet from', '', 'Write a time such as 21:00.', 1);
    await refusedWith('How often a visit can be moved', 'many', 'Write a whole number from 0 to 50.');
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'setup-rules-refused-360');
    expect(await sidewaysPx(page)).toBe(0);
    await page.goto('/desk/setup');
    await page.getByRole('link', { name: 'Consultation' }).first().click();
    await refusedWith('Booked at most so far ahead', '800', 'Write a whole number from 0 to 730.');
    await refusedWith('Booked at least so long ahead', '-1', 'Write a number of hours, from 0 to two years.');
    await refusedWith('Kind of room · optional', 'x'.repeat(121), 'Use at most 120 characters.');
  });

  test('a service is made, refused at its field, given to somebody, offered on the site and taken out again', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ viewport: desktop, allowed: [/422/] });
    await signInAsOwner(page, site);
    await page.goto('/desk/setup');
    await page.getByRole('link', { name: 'Add a service' }).click();
    await page.getByRole('heading', { name: 'Add a service' }).waitFor();
    await page.getByLabel('Duration').fill('2');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Not saved.').waitFor();
    await page.getByLabel('Name (English)').fill('Sample review of scars');
    await page.getByLabel('Kind', { exact: true }).selectOption('consultation');
    await page.getByRole('button', { name: 'Save' }).click();
    // What was typed is kept, and the next fault stands at its field.
    await page.getByLabel('Duration').and(page.locator('[aria-invalid]')).waitFor();
    expect(await page.getByLabel('Name (English)').inputValue()).toBe('Sample review of scars');
    await page.getByText('Write a whole number from 5 to 720.').waitFor();
    await page.getByLabel('Duration').fill('৩০');
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'setup-service-1366');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Sample review of scars' }).waitFor();

    await page.goto('/desk/setup');
    const row = page.getByRole('row').filter({ hasText: 'Sample review of scars' });
    await row.getByText('nobody does it').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'setup-1366');
    await page.getByRole('link', { name: 'Dr. Sneha Bhagat' }).click();
    await page.getByLabel('Sample review of scars').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    const visitor = await openPage({ viewport: phone });
    await visitor.goto('/en/book?service=sample-review-of-scars');
    await visitor.locator('button.slot').first().waitFor();

    await page.goto('/desk/setup');
    await page.getByRole('link', { name: 'Sample review of scars' }).click();
    await page.getByRole('button', { name: 'Take out of use' }).click();
    await page.getByRole('heading', { name: 'Set-up' }).waitFor();
    expect(await page.getByText('Sample review of scars').count()).toBe(0);
  });

  test('hours that cannot be read are marked; a day is closed and opened again; a private calendar is made', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ viewport: phone, allowed: [/422/] });
    await signInAsOwner(page, site);
    await page.goto('/desk/setup/hours');
    const sunday = page.getByLabel('Sunday');
    await sunday.fill('ten to six');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Write times such as').first().waitFor();
    expect(await sunday.inputValue()).toBe('ten to six');
    await sunday.fill('');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();

    const day = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('Day', { exact: true }).fill(day);
    await page.getByLabel('Reason').fill('Sample holiday');
    await page.getByRole('button', { name: 'Save the day' }).click();
    const row = page.getByRole('row').filter({ hasText: 'Sample holiday' });
    await row.getByText('closed').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'setup-hours-360');
    await row.getByRole('button').click();
    await page.getByText('No day differs from the week.').waitFor();

    // A browser may have no Nepali of its own: what comes alive still names the days as the server named them.
    const language = (lang: string) => page.context().addCookies([{ name: 'lang', value: lang, url: site }]);
    await language('ne');
    await page.goto('/desk/setup/hours');
    const isAlive = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('input')].some((input) =>
          Object.keys(input).some((key) => key.startsWith('__react')),
        ),
      );
    await expect.poll(isAlive).toBe(true);
    expect(await page.getByLabel('आइतबार').count()).toBe(1);
    await screenshot(page, 'setup-hours-ne-360');
    await language('en');

    await page.goto('/desk/setup/people/5a3f0002-0000-4000-8000-000000000001');
    await page.getByRole('button', { name: 'Make an address' }).click();
    const address = (await page.locator('.setup-address').textContent()) ?? '';
    expect(address).toMatch(/\/calendar\/[\w-]{32}\.ics$/);
    await page.getByRole('button', { name: 'End the address' }).waitFor();
    // While the page takes its answer in, buttons are dimmed.
    await expect.poll(() => axeFaults(page)).toEqual([]);
    await screenshot(page, 'setup-person-360');
    const calendar = await fetch(new URL(new URL(address).pathname, site));
    expect(await calendar.text()).toContain('BEGIN:VCALENDAR');
    await page.getByRole('button', { name: 'End the address' }).click();
    await page.getByRole('button', { name: 'Make an address' }).waitFor();
    expect((await fetch(new URL(new URL(address).pathname, site))).status).toBe(404);
  });
});
