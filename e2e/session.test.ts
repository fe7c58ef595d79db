import type { Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import {
  axeFaults,
  fillDrops,
  journeys,
  phone,
  screenshot,
  sidewaysPx,
  signInAsOwner,
  test,
} from './journey.ts';
import { filledShelf, joinSite, type Prepared, readyPatient } from './prepared.ts';
import { choiceOf, choose, fillNumber, step } from './tablet.ts';

const tablet = { width: 1180, height: 820 };
/** Without a line a browser notes every request that fails. */
const offline = [/ERR_INTERNET_DISCONNECTED/, /Failed to load resource/, /Failed to fetch/];

let prepared: Promise<Prepared> | undefined;
const join = () => (prepared ??= joinSite());
afterAll(async () => (await prepared)?.stop());

/** Begins a session through the chart; @returns its address. */
async function begin(page: Page, patientId: string): Promise<string> {
  await page.goto(`/desk/patients/${patientId}/session`);
  await page.getByRole('button', { name: /^Start session/ }).click();
  await page.waitForURL(/\/desk\/sessions\//);
  await page.getByText('All saved').waitFor();
  return page.url();
}

const line = (page: Page) => page.getByTestId('line');
const waiting = async (page: Page) => Number(await line(page).getAttribute('data-waiting'));
const settled = (page: Page) =>
  page.locator('[data-testid="line"][data-waiting="0"][data-line="up"]').waitFor();

journeys('a session on a tablet', () => {
  test('numbs under the limit, records the work, keeps and signs; stock goes down', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ viewport: tablet });
    await signInAsOwner(page, site);
    const clinic = await join();
    const shelf = await filledShelf(clinic, 'Tablet');
    const { patientId } = await readyPatient(clinic, 'lip', 'Sample patient 501');
    await begin(page, patientId);
    await screenshot(page, 'session-before');
    expect(await axeFaults(page)).toEqual([]);

    await page.getByRole('button', { name: 'As proposed', exact: true }).click();
    await page.locator('[data-testid="field-weightKg"][data-confirmed="true"]').waitFor();
    await fillNumber(page, /Height/, '165');
    await page.getByRole('button', { name: 'Confirm: Height' }).click();
    await settled(page);

    await step(page, 'Numbing');
    await choose(page, /Product/, 'Lidocaine 1 %');
    await fillNumber(page, /Amount/, '27.1');
    await page.getByText('The numbing limit would be passed.').waitFor();
    expect(await page.getByRole('button', { name: 'Record as given' }).isDisabled()).toBe(true);
    await screenshot(page, 'session-hard-stop');
    await fillNumber(page, /Amount/, '10');
    await page.getByRole('button', { name: 'Record as given' }).click();
    const soFar = page.getByRole('complementary', { name: 'So far' });
    await soFar.getByText('37 %', { exact: true }).waitFor();
    await soFar.getByText('100 of 270 mg').waitFor();
    await settled(page);
    await screenshot(page, 'session-numbing');
    expect(await axeFaults(page)).toEqual([]);

    await step(page, 'Work');
    await choose(page, /^Choose a lot Pigment$/, new RegExp(shelf.pigmentLot));
    await fillDrops(page, '12');
    await page.getByRole('button', { name: 'Record: Pigment' }).click();
    await choose(page, /^Choose a lot Needle$/, new RegExp(shelf.needleLot));
    await page.getByRole('button', { name: 'Record: Needle' }).click();
    await page.getByRole('button', { name: 'Record: Passes' }).click();
    await page.getByText(`${shelf.pigment}, 12 Drops`).waitFor();
    await screenshot(page, 'session-work');
    expect(await axeFaults(page)).toEqual([]);

    await step(page, 'End');
    await page.getByText('Still missing').waitFor();
    for (const choice of ['None', 'Even colour', 'As planned']) await choiceOf(page, choice).click();
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByText('Kept: stock and check-ins are done.').waitFor();
    await page.getByRole('button', { name: 'Countersign' }).click();
    await page.getByText('Signed and closed.').waitFor();
    await screenshot(page, 'session-signed');
    expect(await axeFaults(page)).toEqual([]);

    const sheet = await page.request.get(`${page.url()}/aftercare.pdf`);
    expect(sheet.headers()['content-type']).toBe('application/pdf');
    const note = await page.request.get(`${page.url()}/note.pdf`);
    expect((await note.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await page.goto('/desk/stock');
    const row = page.getByText(shelf.pigment).first();
    await row.click();
    await page.getByText(/388/).first().waitFor();
  });

  test('goes on without a line, through a reload, and two tablets end with the same record', async ({
    openPage,
    site,
  }) => {
    const one = await openPage({ viewport: tablet, allowed: offline });
    await signInAsOwner(one, site);
    const clinic = await join();
    const shelf = await filledShelf(clinic, 'Offline');
    const { patientId } = await readyPatient(clinic, 'scalp', 'Sample patient 502', 'hi');
    const address = await begin(one, patientId);
    const two = await openPage({ viewport: tablet, allowed: offline });
    await signInAsOwner(two, site);
    await two.goto(address);
    await settled(two);
    await one.locator('[data-testid="line"][data-offline="true"]').waitFor();

    await one.context().setOffline(true);
    await step(one, 'Work');
    await choose(one, /^Choose a lot Pigment$/, new RegExp(shelf.pigmentLot));
    await fillDrops(one, '7');
    await one.getByRole('button', { name: 'Record: Pigment' }).click();
    await one.getByRole('textbox', { name: 'Note', exact: true }).fill('Written without a line');
    await one.getByRole('button', { name: 'Write down: Note' }).click();
    await one.getByText('2 not yet saved').waitFor();
    await screenshot(one, 'session-offline');
    expect(await axeFaults(one)).toEqual([]);

    await one.reload();
    await one.getByRole('heading', { name: 'Sample patient 502' }).waitFor();
    await one.getByText('Written without a line').waitFor();
    await expect.poll(() => waiting(one)).toBe(2);
    await step(one, 'End');
    await choiceOf(one, 'Pinpoint').click();
    await one.getByText('3 not yet saved').waitFor();

    await step(two, 'End');
    await choiceOf(two, 'None').click();
    await choiceOf(two, 'Even colour').click();
    await settled(two);

    await one.context().setOffline(false);
    await settled(one);
    for (const page of [one, two]) {
      await page.getByText('Two tablets wrote different values').waitFor();
      await page.getByText('Written without a line').waitFor();
    }
    await screenshot(one, 'session-conflict');
    expect(await axeFaults(one)).toEqual([]);
    await two.getByRole('button', { name: 'Use Pinpoint' }).click();
    await one.getByText('Two tablets wrote different values').waitFor({ state: 'detached' });
    const soFar = (page: Page) =>
      page.getByRole('region', { name: 'So far' }).locator('li').allTextContents();
    await expect.poll(async () => (await soFar(one)).length).toBe(2);
    expect(await soFar(two)).toEqual(await soFar(one));
  });

  test('a phone fits; signing out with entries that are not saved asks first', async ({ openPage, site }) => {
    const page = await openPage({ viewport: phone, allowed: offline });
    await signInAsOwner(page, site);
    const clinic = await join();
    const { patientId } = await readyPatient(clinic, 'lip', 'Sample patient 503', 'ne');
    const address = await begin(page, patientId);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'session-phone');
    await step(page, 'Numbing');
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'session-phone-numbing');
    await step(page, 'Work');
    expect(await sidewaysPx(page)).toBe(0);
    await page.route('**/entries', (route) => route.abort());
    await page.getByRole('textbox', { name: 'Note', exact: true }).fill('Not sent');
    await page.getByRole('button', { name: 'Write down: Note' }).click();
    await page.getByText('1 not yet saved').waitFor();

    await page.goto('/desk');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Something is not yet saved').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stay' }).click();
    await page.unroute('**/entries');
    await page.goto(address);
    await settled(page);
    await page.goto('/desk');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    const left = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const opened = indexedDB.open('undertone-sessions');
          opened.addEventListener('success', () => {
            const mirrors = opened.result.transaction('mirrors').objectStore('mirrors').count();
            mirrors.addEventListener('success', () => resolve(mirrors.result));
          });
        }),
    );
    expect(left).toBe(0);
  });
});
