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

journeys('the record', () => {
  test('somebody is entered on a phone and found by another script, a misspelling and the telephone', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ viewport: phone });
    await signInAsOwner(page, site);
    await page.goto('/desk/patients');
    await page.getByRole('link', { name: 'New patient' }).first().click();
    await page.getByRole('heading', { name: 'New patient' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'record-new-phone');
    await page.getByLabel(/^Name/).fill('रजनीगंधा थापामगर');
    await page.getByLabel(/^Telephone/).fill('98111 20001');
    await page.getByLabel('or age in years').fill('34');
    await page.getByRole('button', { name: 'Make the record' }).click();
    await page.getByRole('heading', { name: 'रजनीगंधा थापामगर' }).waitFor();
    await page.getByText('about 34 years').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'chart-phone');

    await page.goto('/desk/patients');
    const search = page.getByLabel('Name or telephone');
    const found = page.getByRole('link', { name: 'रजनीगंधा थापामगर' });
    for (const text of ['rajanigandha', 'Rojonigondha', 'Thapamagr', 'রজনী', '20001']) {
      await search.fill('nobody of this name');
      await page.getByText('Nobody is found').waitFor();
      await search.fill(text);
      await found.waitFor();
    }
    await screenshot(page, 'patients-found-phone');
    expect(await sidewaysPx(page)).toBe(0);
  });

  test('a second record of one person is noticed, merged and parted again', async ({ openPage, site }) => {
    const page = await openPage({ allowed: [/status of 409/] });
    await signInAsOwner(page, site);
    const first = await newPatient(page, {
      name: 'Madhabilata Ghatraj',
      phone: '98111 20002',
      birthDate: '1991-04-03',
    });
    await page.goto('/desk/patients/new');
    await page.getByLabel(/^Name/).fill('মাধবীলতা ঘাটরাজ');
    await page.getByLabel(/^Telephone/).fill('098111-20002');
    await page.getByRole('button', { name: 'Make the record' }).click();
    await page.getByText('This may be somebody you know already').waitFor();
    await page.getByText('same telephone, same name').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'record-alike');
    await page.getByRole('button', { name: 'None of these: make a new record' }).click();
    await page.getByRole('heading', { name: 'মাধবীলতা ঘাটরাজ' }).waitFor();

    await page.goto(`${first}/record?alike=1`);
    await page.getByRole('button', { name: 'Merge into this record' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Merge into this record' }).click();
    await page.getByText('The records are one now.').waitFor();
    await page.getByRole('button', { name: 'Undo the merge' }).click();
    await page.getByText('Merged into this record').first().waitFor({ state: 'detached' });
  });

  test('an allergy stands in the head of every page of the chart until it is ended', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ allowed: [/status of 422/] });
    await signInAsOwner(page, site);
    await newPatient(page, { name: 'Kanchanmala Ghatraj', ageYears: '17' });
    await page.getByText('Under 18, no guardian noted').waitFor();
    await page.getByRole('link', { name: 'Note the guardian' }).click();
    await page.getByLabel('Guardian’s name').fill('Sample guardian');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Look at this once more.').waitFor();
    await page.getByLabel('Relation').fill('mother');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByText('Guardian: Sample guardian (mother)').waitFor();
    await page.getByRole('textbox', { name: 'In words' }).fill('Sample dye');
    await page.getByRole('button', { name: 'Note this' }).click();
    const alert = page.getByRole('list', { name: 'Mind' }).getByText('Allergy: Sample dye');
    await alert.waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'record-desktop');
    await page.getByRole('link', { name: 'Overview' }).click();
    await alert.waitFor();
    await page.getByRole('link', { name: 'Record', exact: true }).click();
    await page.getByRole('button', { name: 'No longer so' }).click();
    await alert.waitFor({ state: 'detached' });
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'record-phone');
  });

  test('the day shows who comes, with what brings them further', async ({ openPage, site }) => {
    const page = await openPage();
    await signInAsOwner(page, site);
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(new Date());
    const booked = await page.request.post('/desk/calendar', {
      form: {
        intent: 'book',
        day: today,
        clock: '23:30',
        service: 'consultation',
        name: 'Sample visitor Aparajita',
        language: 'en',
        outside: 'yes',
      },
      headers: { Origin: site },
    });
    expect(booked.ok()).toBe(true);
    await page.goto('/desk');
    const line = page.getByRole('row').filter({ hasText: 'Sample visitor Aparajita' });
    await line.getByText('23:30').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'desk-day');
    await line.getByRole('link', { name: 'Send the intake form' }).click();
    await page.getByRole('button', { name: 'Send the link' }).waitFor();
    await page.goto('/desk');
    await page.setViewportSize(phone);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'desk-day-phone');
  });
});
