import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
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

journeys('what leaves the clinic', () => {
  test('an owner gives a program a token, the program reads with it, and the owner ends it', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ allowed: [/422/] });
    await signInAsOwner(page, site);
    await page.goto('/desk/programs');
    await page.getByLabel('Name of the program').fill('Journey reader');
    await page.getByRole('button', { name: 'Make the token' }).click();
    await page.getByText('Choose at least one thing it may do.').waitFor();
    expect(await page.getByLabel('Name of the program').inputValue()).toBe('Journey reader');
    await page.getByText('read records as FHIR').last().click();
    await page.getByRole('button', { name: 'Make the token' }).click();
    const secret = await page.getByTestId('secret').innerText();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'programs');

    const ask = (path: string) =>
      fetch(new URL(path, site), { headers: { authorization: `Bearer ${secret}` } });
    const found = await ask('/fhir/R4/Organization');
    expect(found.status).toBe(200);
    expect(await found.json()).toMatchObject({ resourceType: 'Bundle', type: 'searchset' });
    expect((await ask('/api/v1/staff/patients/x')).status).toBe(403);
    expect((await fetch(new URL('/fhir/R4/Patient', site))).status).toBe(401);

    await page.goto('/desk/programs');
    expect(await page.content()).not.toContain(secret);
    await page.getByRole('button', { name: 'End it: Journey reader' }).first().click();
    await page.getByText('The token is ended.').waitFor();
    expect((await ask('/fhir/R4/Organization')).status).toBe(401);
    await page.setViewportSize(phone);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'phone-programs');
  });

  test('a record is copied from the chart, and by the patient behind her link', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await signInAsOwner(page, site);
    const chart = await newPatient(page, { name: 'Sample patient copied', birthDate: '1988-03-04' });
    await page.goto(`${chart}/export`);
    await page.getByRole('button', { name: 'Make a copy' }).click();
    await expect
      .poll(
        async () => {
          await page.goto(`${chart}/export`);
          return page.getByRole('link', { name: /Fetch/ }).count();
        },
        { timeout: 30_000, interval: 700 },
      )
      .toBe(1);
    expect(await axeFaults(page)).toEqual([]);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /Fetch/ }).click(),
    ]);
    const files = unzipSync(new Uint8Array(readFileSync(await file.path())));
    expect(Buffer.from(files['index.html'] ?? []).toString()).toContain('Sample patient copied');
    await page.getByRole('button', { name: 'Make a link' }).click();
    const link = await page.getByTestId('record-link').innerText();
    await screenshot(page, 'record-copies');

    const own = await openPage({ allowed: [/422/], javaScriptEnabled: false });
    await own.setViewportSize(phone);
    await own.goto(new URL(link).pathname);
    expect(await own.content()).not.toContain('Sample patient copied');
    await own.getByLabel(/date of birth/i).fill('1988-03-05');
    await own.getByRole('button', { name: 'Go on' }).click();
    await own.getByText('This is not what the clinic has.').waitFor();
    await own.getByLabel(/date of birth/i).fill('1988-03-04');
    await own.getByRole('button', { name: 'Go on' }).click();
    await own.getByRole('button', { name: 'Make my copy' }).click();
    await expect
      .poll(
        async () => {
          await own.goto(new URL(link).pathname);
          return own.getByRole('link', { name: /Fetch/ }).count();
        },
        { timeout: 30_000, interval: 700 },
      )
      .toBe(1);
    expect(await sidewaysPx(own)).toBe(0);
    await screenshot(own, 'phone-own-record');
  });
});
