import { randomUUID } from 'node:crypto';
import { createPatient } from '@undertone/clinic/record/commands.ts';
import type { PatientForm } from '@undertone/clinic/record/schema.ts';
import { readStock } from '@undertone/clinic/stock/commands.ts';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, signInAsOwner, test } from './journey.ts';
import { filledShelf, joinSite, type Prepared } from './prepared.ts';

/** Somebody treated with a lot some days ago. */
async function treated(
  { clinic, actor }: Prepared,
  lotId: string,
  daysAgo: number,
  form: PatientForm,
): Promise<string> {
  const made = await createPatient(clinic, actor, { synthetic: true, ...form });
  if (!made.ok) throw new Error(made.message);
  const at = new Date(Date.now() - daysAgo * 86_400_000);
  const id = randomUUID();
  const { tenantId, staffId } = actor;
  await sql`insert into sessions (tenant_id, id, patient_id, treatment, operator_id, physician_id, state, opening,
      started_at, started_by, performed_at)
    values (${tenantId}, ${id}, ${made.patient.id}, 'scalp', ${staffId}, ${staffId}, 'open', '{}', ${at}, ${staffId},
      ${at})`.execute(clinic.db);
  await sql`insert into session_lots (tenant_id, session_id, lot_id, zone, kind, drops, quantity, unit)
    values (${tenantId}, ${id}, ${lotId}, 'crown', 'pigment', 3, 3, 'drop')`.execute(clinic.db);
  return made.patient.id;
}

journeys('a recall', () => {
  test('goes from a lot to everyone it touched, who are written to, called, and counted', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await signInAsOwner(page, site);
    const prepared = await joinSite();
    try {
      const { clinic, actor } = prepared;
      const shelf = await filledShelf(prepared, 'Recalled');
      const stock = await readStock(clinic, actor);
      const lots = stock.ok ? stock.items.flatMap((one) => one.lots) : [];
      const lot = lots.find(({ lotNumber }) => lotNumber === shelf.pigmentLot)?.id ?? '';
      await treated(prepared, lot, 1, {
        name: 'Sample patient 601',
        language: 'bn',
        email: 'patient601@example.org',
      });
      const called = await treated(prepared, lot, 2, {
        name: 'Sample patient 602',
        language: 'hi',
        phones: ['+919800000602'],
      });
      await treated(prepared, lot, 3, { name: 'Sample patient 603', language: 'ne' });

      await page.goto(`/desk/stock/lots/${lot}`);
      await page.getByRole('link', { name: 'Recall', exact: true }).click();
      const names = page.getByRole('heading', { name: /Sample patient 60\d/ });
      await names.first().waitFor();
      expect(await names.allTextContents()).toEqual([
        'Sample patient 601',
        'Sample patient 602',
        'Sample patient 603',
      ]);
      await page.getByLabel('Why it is recalled').fill('Bumps in two people');
      await page.getByRole('button', { name: 'Recall this lot' }).click();
      await page.getByText('Reached: 0 of 3').waitFor();
      await page.getByRole('button', { name: 'Write to all who can be written to' }).click();
      await page.getByText('1 messages written. 2 people can only be called').waitFor();
      const attempt = page.getByRole('form', { name: 'Sample patient 602' });
      await attempt.getByLabel('What was said').fill('Comes on Friday');
      await attempt.getByRole('button', { name: 'Keep' }).click();
      await page.getByText('Reached: 1 of 3').waitFor();
      await page.getByText('Comes on Friday').waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await screenshot(page, 'recall-people');

      const list = await (await page.request.get(`/desk/recall/${lot}/people.csv`)).text();
      expect(list.trim().split('\r\n').slice(1)).toEqual([
        expect.stringMatching(/Sample patient 601.*tried,1/),
        expect.stringMatching(/Sample patient 602.*reached,1/),
        expect.stringMatching(/Sample patient 603.*not-yet,0/),
      ]);
      for (const paper of ['report.pdf', `letter/${called}.pdf`]) {
        const answer = await page.request.get(`/desk/recall/${lot}/${paper}`);
        expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
      }
      await page.setViewportSize(phone);
      expect(await sidewaysPx(page)).toBe(0);
      expect(await axeFaults(page)).toEqual([]);
      await screenshot(page, 'recall-people-phone');
    } finally {
      await prepared.stop();
    }
  });
});
