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

journeys('erasure', () => {
  test('a patient asks by link, a hold forbids it, the owner lifts it and decides, and a certificate says what went', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ allowed: [/422/, /404/] });
    await signInAsOwner(page, site);
    const chart = await newPatient(page, { name: 'Sample patient vanishing', birthDate: '1987-06-05' });

    await page.goto(`${chart}/erasure`);
    await page.getByText('Nothing has to be kept: all of it goes at once.').waitFor();
    await page.getByRole('button', { name: 'Record the wish' }).click();
    await page.getByText('Write a few words, at most a thousand characters.').waitFor();
    await page.getByRole('button', { name: 'Make a link for the patient' }).click();
    const link = await page.getByLabel('Give this link to the patient').inputValue();

    const hers = await openPage({ viewport: phone, allowed: [/422/] });
    await hers.goto(link);
    await hers.getByLabel('Your birth date').fill('1987-06-06');
    await hers.getByRole('button', { name: 'Ask to be erased' }).click();
    await hers.getByText('This is not what the clinic has on record.').waitFor();
    expect(await axeFaults(hers)).toEqual([]);
    await screenshot(hers, 'phone-erasure-wish');
    await hers.getByLabel('Your birth date').fill('1987-06-05');
    await hers.getByRole('button', { name: 'Ask to be erased' }).click();
    await hers.getByRole('heading', { name: 'Your wish has reached the clinic' }).waitFor();
    expect(await hers.content()).not.toContain('vanishing');

    await page.goto(`${chart}/erasure`);
    await page.getByText('The person asked to be erased.').waitFor();
    await page.getByLabel('Why').last().fill('A complaint is under way');
    await page.getByRole('button', { name: 'Set a hold' }).click();
    await page.getByText('A hold stands since').waitFor();
    expect(await page.getByRole('button', { name: 'Erase' }).isDisabled()).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'erasure-held');
    await page.getByLabel('Why').last().fill('The complaint is settled');
    await page.getByRole('button', { name: 'Lift the hold' }).click();
    await page.getByText('No hold stands.').waitFor();
    await page.setViewportSize(phone);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'phone-erasure');
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.getByLabel('I have read what goes.').check();
    await page.getByRole('button', { name: 'Erase' }).click();
    await page.waitForURL(/\/desk\/erasures$/);

    const row = page.getByRole('row', { name: new RegExp(chart.slice(-36, -28)) });
    await expect
      .poll(
        async () => {
          await page.goto('/desk/erasures');
          return row.getByRole('link', { name: 'Open' }).count();
        },
        { timeout: 30_000, interval: 700 },
      )
      .toBe(1);
    await row.getByText('done', { exact: true }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'erasures');
    await page.setViewportSize(phone);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'phone-erasures');
    const paper = await page.request.get(
      (await row.getByRole('link', { name: 'Open' }).getAttribute('href')) ?? '',
    );
    expect(paper.headers()['content-type']).toBe('application/pdf');
    const gone = await page.goto(chart);
    expect(gone?.status()).toBe(404);
    await page.goto('/desk/patients?q=vanishing');
    expect(await page.getByText('Sample patient vanishing').count()).toBe(0);
  });
});
