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

/** Every gate clear, but for those named. */
async function answerGates(page: Page, raised: Readonly<Record<string, string>>): Promise<void> {
  const selects = page.locator('select[name^="choice-"]');
  for (const name of await selects.evaluateAll((all) => all.map((one) => one.getAttribute('name') ?? ''))) {
    const gate = name.replace('choice-', '');
    await page.locator(`select[name="${name}"]`).selectOption(raised[gate] ?? 'no');
  }
}

journeys('screening', () => {
  test('a REVIEW is decided and signed, a DEFER shows its day, new answers open it again', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ allowed: [/status of 422/] });
    await signInAsOwner(page, site);
    const chart = await newPatient(page, { name: 'Screening Sample Lipjourney', birthDate: '1988-03-04' });
    await page.goto(`${chart}/screening?treatment=lip`);
    await page.getByRole('heading', { name: /Before a session: Lips/ }).waitFor();
    await page.getByText('Nothing has been answered yet.').first().waitFor();
    expect(await axeFaults(page)).toEqual([]);

    // A day every month of every year has.
    const threeMonthsAgo = `${new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 7)}-15`;
    await answerGates(page, { G12: 'yes', G22: 'young' });
    await page.getByLabel(/^G22: /).fill(threeMonthsAgo);
    await page.getByRole('button', { name: 'Save answers' }).click();
    await page.getByText('Answers saved.').waitFor();

    const inAYear = new Date(`${threeMonthsAgo}T00:00:00Z`);
    inAYear.setUTCFullYear(inAYear.getUTCFullYear() + 1);
    const until = new Intl.DateTimeFormat('en-IN', { dateStyle: 'medium', timeZone: 'UTC' }).format(inAYear);
    const deferred = page.getByRole('article').filter({ hasText: 'G22 DEFER' });
    await deferred.getByText(`until ${until}`).waitFor();
    const review = page.getByRole('article').filter({ hasText: 'G12 REVIEW' });
    await review.getByText('[seen, unreviewed]').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'screening-findings');

    await review.getByLabel('go on').check();
    await review.getByLabel('Why').fill('Tablets prescribed before the visit.');
    await deferred.getByLabel('wait', { exact: true }).check();
    await page.getByLabel('Treatment may go on').check();
    await page.getByRole('button', { name: 'Sign the decision' }).click();
    await page.getByText('the whole cannot go on').first().waitFor();
    expect(await review.getByLabel('Why').inputValue()).toBe('Tablets prescribed before the visit.');

    await page.getByLabel('Wait', { exact: true }).check();
    await page.getByLabel('Wait until').fill(inAYear.toISOString().slice(0, 10));
    await page.getByLabel('Why', { exact: true }).last().fill('The scar is three months old.');
    await page.getByRole('button', { name: 'Sign the decision' }).click();
    await page.getByText('The decision is signed.').waitFor();
    const waits = page.getByRole('listitem').filter({ hasText: 'The physician decided to wait.' });
    await waits.getByText(until).waitFor();

    await answerGates(page, { G12: 'yes' });
    await page.getByRole('button', { name: 'Save answers' }).click();
    await page.getByText('Answers saved.').waitFor();
    await deferred.waitFor({ state: 'detached' });
    const again = page.getByRole('article').filter({ hasText: 'G12 REVIEW' });
    await again.getByLabel('go on').check();
    await page.getByLabel('Treatment may go on').check();
    await page.getByRole('button', { name: 'Sign the decision' }).click();
    await page.getByText('A physician has decided to go on.').waitFor();
    await page
      .getByText(/Signed by Sample owner/)
      .first()
      .waitFor();
    await page
      .getByText(/SHA-256 [0-9a-f]{64}/)
      .first()
      .waitFor();

    await page.locator('select[name="choice-G14"]').selectOption('yes');
    await page.getByRole('button', { name: 'Save answers' }).click();
    await page.getByText('the decision is open again').waitFor();
    await page.getByText('New answers opened the decision again.').waitFor();
    await screenshot(page, 'screening-reopened');
    expect(await axeFaults(page)).toEqual([]);
  });

  test('a trial spot gets its due readings, in the protocol’s words, on a phone', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ viewport: phone, allowed: [/status of 422/] });
    await signInAsOwner(page, site);
    const chart = await newPatient(page, { name: 'Screening Sample Spotjourney', birthDate: '1979-11-30' });
    await page.goto(`${chart}/screening?treatment=vitiligo`);
    await page.getByText('The spot has to be placed first.').waitFor();
    expect(await sidewaysPx(page)).toBe(0);
    await page.getByLabel('Where').fill('Left forearm');
    await page.getByLabel('What was tried').fill('Recipe of the plan');
    const weeksAgo = new Date(Date.now() - 44 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('Placed').fill(weeksAgo);
    await page.getByRole('button', { name: 'Record the spot' }).click();
    const spot = page.getByRole('article', { name: 'Trial spot: Left forearm' });
    await spot.getByText('6 weeks').first().waitFor();
    await page.getByText('A reading is due.').waitFor();

    await page.goto('/desk/spots');
    const row = page.getByRole('row').filter({ hasText: 'Screening Sample Spotjourney' });
    await row.getByText('due', { exact: true }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'spots-due-phone');
    await row.getByRole('link').click();
    await spot.waitFor();

    await spot.getByText('Save the reading').first().click();
    await spot.getByLabel('clean', { exact: true }).check();
    await spot.getByLabel(/^Colour of the spot/).fill('61.2, 12, 18.5');
    await spot.getByRole('button', { name: 'Save the reading' }).click();
    await page.getByText('The reading is saved.').waitFor();
    await spot.getByText('L*a*b* 61.2, 12.0, 18.5').waitFor();
    await page.getByText('The next reading is not due yet.').waitFor();

    await page.getByLabel(/^Patch spot/).check();
    await page.getByLabel('Where').fill('Behind the left ear');
    await page.getByLabel('What was tried').fill('Beige, anaesthetic cream');
    await page.getByLabel('Placed').fill(new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10));
    await page.getByRole('button', { name: 'Record the spot' }).click();
    const patch = page.getByRole('article', { name: 'Patch spot: Behind the left ear' });
    await patch.getByText('Save the reading').first().click();
    expect(await patch.getByText('not allergic').count()).toBe(0);
    await patch.getByLabel('no early reaction', { exact: true }).last().check();
    await patch.getByRole('button', { name: 'Save the reading' }).click();
    await patch.getByText('no early reaction').first().waitFor();
    expect(await sidewaysPx(page)).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'screening-spots-phone');
  });
});
