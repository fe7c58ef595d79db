import type { Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import { axeFaults, fillDrops, journeys, screenshot, signInAsOwner, test } from './journey.ts';
import { filledShelf, joinSite, type Prepared, readyPatient } from './prepared.ts';
import { choiceOf, choose, fillNumber, step } from './tablet.ts';

const tablet = { width: 1180, height: 820 };

let prepared: Promise<Prepared> | undefined;
const join = () => (prepared ??= joinSite());
afterAll(async () => (await prepared)?.stop());

interface Day {
  readonly treatment: 'vitiligo' | 'lip' | 'scalp';
  readonly title: string;
  readonly name: string;
  readonly language: 'bn' | 'hi' | 'ne';
  /** A heading of the aftercare sheet in that language would be found in its text; here its name says it. */
  readonly sheet: string;
  /** Each at a time of their own: a time is not given twice. */
  readonly clock: string;
}

const days: readonly Day[] = [
  {
    treatment: 'vitiligo',
    title: 'Vitiligo',
    name: 'Sample patient 611',
    language: 'bn',
    sheet: 'aftercare-vitiligo-bn.pdf',
    clock: '08:05',
  },
  {
    treatment: 'lip',
    title: 'Lips',
    name: 'Sample patient 612',
    language: 'ne',
    sheet: 'aftercare-lip-ne.pdf',
    clock: '11:05',
  },
  {
    treatment: 'scalp',
    title: 'Scalp',
    name: 'Sample patient 613',
    language: 'hi',
    sheet: 'aftercare-scalp-hi.pdf',
    clock: '14:05',
  },
];

/** The person comes to the desk: found by name, entered as here now; the way to the record is in the panel. */
async function arrive(page: Page, name: string, clock: string): Promise<void> {
  await page.goto('/desk/calendar?view=day');
  await page.getByRole('button', { name: 'New booking' }).click();
  const form = page.getByRole('complementary', { name: 'New booking' });
  await form.getByLabel('Name').fill(name);
  await form
    .getByRole('button', { name: new RegExp(name) })
    .first()
    .click();
  await form.getByLabel('Time', { exact: true }).fill(clock);
  await form.getByText('Also outside opening hours').click();
  await form.getByRole('button', { name: 'Save' }).click();
  const panel = page.getByRole('complementary', { name });
  await panel.getByText('here', { exact: true }).waitFor();
  await panel.getByRole('link', { name: 'Open the record' }).click();
  await page.getByRole('heading', { name }).first().waitFor();
}

journeys('a treatment day', () => {
  for (const { treatment, title, name, language, sheet, clock } of days) {
    test(`${treatment}: from arrival at the desk to the aftercare sheet`, async ({ openPage, site }) => {
      const page = await openPage({ viewport: tablet });
      await signInAsOwner(page, site);
      const clinic = await join();
      const shelf = await filledShelf(clinic, `Day ${treatment}`);
      const { patientId } = await readyPatient(clinic, treatment, name, language);

      await arrive(page, name, clock);
      await page.locator('a[href^="/desk/plans/"]').first().click();
      await page.getByRole('heading', { name: /^Plan: / }).waitFor();
      await page.goBack();
      const chart = page.getByRole('navigation', { name: 'Chart' });

      await page.goto(`/desk/patients/${patientId}/screening?treatment=${treatment}`);
      await page.getByText('Ready for a session').waitFor();

      await page.goto(`/desk/patients/${patientId}/consent?treatment=${treatment}`);
      await page.getByText('Signed', { exact: false }).first().waitFor();

      await chart.getByRole('link', { name: 'Sessions' }).click();
      await page.getByRole('button', { name: `Start session: ${title}` }).click();
      await page.waitForURL(/\/desk\/sessions\//);
      await page.getByText('All saved').waitFor();

      await page.getByRole('button', { name: 'As proposed', exact: true }).click();
      await page.locator('[data-testid="field-weightKg"][data-confirmed="true"]').waitFor();
      await fillNumber(page, /Height/, '165');
      await page.getByRole('button', { name: 'Confirm: Height' }).click();
      await page.getByText('Numb, or begin the work').waitFor();

      await fillNumber(page, /Amount/, '4');
      await fillNumber(page, /Area/, '40');
      await fillNumber(page, /Minutes ago/, '90');
      await page.getByRole('button', { name: 'Record as given' }).click();
      await page.getByText('Record the work').waitFor();
      await step(page, 'Numbing');
      await page.getByRole('button', { name: 'Cream is off' }).click();

      await step(page, 'Work');
      await choose(page, /^Choose a lot Pigment$/, new RegExp(shelf.pigmentLot));
      await fillDrops(page, '9');
      await page.getByRole('button', { name: 'Record: Pigment' }).click();
      await choose(page, /^Choose a lot Needle$/, new RegExp(shelf.needleLot));
      await page.getByRole('button', { name: 'Record: Needle' }).click();
      await page.getByRole('button', { name: 'Record: Passes' }).click();

      await page.getByText('Say how the skin looks and how it ended').waitFor();
      await page.getByRole('button', { name: 'End →' }).click();
      for (const choice of ['None', 'Even colour', 'As planned']) await choiceOf(page, choice).click();
      await page.getByRole('button', { name: 'Keep', exact: true }).click();
      await page.getByText('Kept: stock and check-ins are done.').waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await screenshot(page, `treatment-day-${treatment}`);
      await page.getByRole('button', { name: 'Countersign' }).click();
      await page.getByText('Hand over the aftercare sheet').waitFor();

      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Aftercare sheet' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(sheet);
      expect(await download.failure()).toBeNull();

      await page.getByRole('link', { name: 'To the chart' }).click();
      await page.getByRole('cell', { name: 'Signed' }).waitFor();
    });
  }
});
