import { sql } from 'kysely';
import { expect } from 'vitest';
import { advanceCheckIns, checkInToken, scheduleCheckIns } from '../packages/clinic/followup/commands.ts';
import { sampleLot, sampleSession } from '../packages/clinic/followup/testing/people.ts';
import { standingClock } from '../packages/clinic/platform/clock.ts';
import { createPatient } from '../packages/clinic/record/commands.ts';
import type { Clinic } from '../packages/clinic/start.ts';
import { axeFaults, journeys, phone, screenshot, sidewaysPx } from './journey.ts';
import { testOnOwnSite as test } from './own-site.ts';
import { photoPath } from './photos.ts';
import { ownerOf } from './prepared.ts';

const day = 86_400_000;

/** A patient treated some days ago; the check-ins are planned as the session's keeping plans them. */
async function treated(clinic: Clinic, name: string, daysAgo: number, email: string | null) {
  const operator = await ownerOf(clinic);
  const { tenantId } = operator;
  const made = await createPatient(clinic, operator, {
    name,
    language: 'bn',
    synthetic: true,
    email,
    phones: ['+919800000031'],
  });
  if (!made.ok) throw new Error(made.message);
  const patientId = made.patient.id;
  const lot = await sampleLot(clinic.db, tenantId, `L-${patientId.slice(0, 6)}`);
  const performedAt = new Date(clinic.clock.now().getTime() - daysAgo * day);
  const sessionId = await sampleSession(clinic.db, {
    tenantId,
    patientId,
    operator,
    performedAt,
    lots: [lot],
    zone: 'upper lip',
  });
  await clinic.db
    .transaction()
    .execute((trx) =>
      scheduleCheckIns(clinic, trx, { tenantId, patientId, sessionId, treatment: 'lip', performedAt }),
    );
  const { rows } = await sql<{ id: string }>`select id from check_ins where session_id = ${sessionId}
    order by day_number`.execute(clinic.db);
  return { tenantId, patientId, ids: rows.map(({ id }) => id) };
}

journeys('after the session', () => {
  test('a patient reports a red flag in Bengali, sees what to do, and the clinic answers', async ({
    clinic,
    openDesk,
    openPage,
  }) => {
    const desk = await openDesk();
    await desk.goto('/desk/followup');
    await desk.getByRole('heading', { name: 'Nobody is waiting' }).waitFor();
    await screenshot(desk, 'followup-inbox-empty');
    expect(await axeFaults(desk)).toEqual([]);

    const calm = await treated(clinic, 'Sample patient 041', 8, 'patient041@example.org');
    const ill = await treated(clinic, 'Sample patient 042', 2, 'patient042@example.org');
    const link = (who: typeof ill, at: number, lang: string) =>
      `/${lang}/checkin/${checkInToken(clinic.keys, who.tenantId, who.ids[at] ?? '')}`;

    // Somebody with a question first: it waits longer, and is still below.
    const other = await openPage({ viewport: phone, javaScriptEnabled: false });
    await other.goto(link(calm, 2, 'en'));
    await other.getByLabel('Better, as expected').check();
    await other.getByLabel('None of these').check();
    await other.getByLabel('Anything else').fill('When may I swim?');
    await other.getByRole('button', { name: 'Send' }).click();
    await other.getByRole('heading', { name: 'Call us within 24 hours' }).waitFor();
    await screenshot(other, 'checkin-360-24h');

    const patient = await openPage({ viewport: phone, javaScriptEnabled: false, allowed: [/422/] });
    await patient.goto(link(ill, 0, 'bn'));
    await patient.getByRole('heading', { name: 'কেমন আছেন?' }).waitFor();
    await screenshot(patient, 'checkin-360-bn');
    expect(await sidewaysPx(patient)).toBe(0);
    await patient.getByLabel('গলা বা জিভ ফোলা').check();
    await patient.getByRole('button', { name: 'পাঠান' }).click();
    await patient.getByText('একটি বেছে নিন।').waitFor();
    expect(await patient.getByLabel('গলা বা জিভ ফোলা').isChecked()).toBe(true);
    await patient.getByLabel('খারাপ হয়েছে').check();
    await patient.getByRole('button', { name: 'পাঠান' }).click();
    const todo = patient.getByRole('heading', { name: 'এখনই করুন' });
    await todo.waitFor();
    await screenshot(patient, 'checkin-360-bn-emergency', false);
    // Before anything else, and on the first screen: the heading, what to do, the numbers to tap.
    for (const part of [
      todo,
      patient.getByText('এখনই 112 / 108 নম্বরে ফোন করুন'),
      patient.getByRole('link', { name: '112 নম্বরে ফোন করুন' }),
    ]) {
      const box = await part.boundingBox();
      expect((box?.y ?? Number.POSITIVE_INFINITY) + (box?.height ?? 0)).toBeLessThan(phone.height);
    }
    expect(await patient.getByRole('link', { name: '108' }).getAttribute('href')).toBe('tel:108');

    await desk.goto('/desk/followup');
    const names = desk.locator('.followup-case h3');
    expect(await names.allTextContents()).toEqual(['Sample patient 042', 'Sample patient 041']);
    await desk.getByText('R01 Anaphylaxis').waitFor();
    await screenshot(desk, 'followup-inbox');
    expect(await axeFaults(desk)).toEqual([]);

    await desk.getByRole('link', { name: 'Sample patient 042', exact: true }).click();
    await desk.getByRole('heading', { name: 'What was said' }).waitFor();
    await screenshot(desk, 'followup-case');
    expect(await axeFaults(desk)).toEqual([]);
    await desk.getByRole('button', { name: 'Answer and close' }).click();
    await desk.getByText('Choose what was agreed.').waitFor();

    await desk.getByRole('link', { name: 'Record an adverse event' }).click();
    await desk.getByRole('heading', { name: 'Record an adverse event' }).waitFor();
    expect(await desk.getByLabel('Kind').inputValue()).toBe('anaphylaxis');
    await desk.getByLabel('Grade').selectOption('4');
    await desk.getByLabel('Suspected lot').selectOption({ index: 1 });
    await desk.getByLabel('What happened').fill('Throat swelling two days after');
    await desk.getByLabel('Treatment given').fill('Adrenaline by the ambulance');
    await screenshot(desk, 'followup-event');
    expect(await axeFaults(desk)).toEqual([]);
    await desk.getByRole('button', { name: 'Save' }).click();
    await desk.getByRole('link', { name: 'Report as PDF' }).waitFor();
    const href = (await desk.getByRole('link', { name: 'Report as PDF' }).getAttribute('href')) ?? '';
    const report = await desk.request.get(href);
    expect(report.headers()['content-type']).toBe('application/pdf');
    expect((await report.body()).subarray(0, 5).toString()).toBe('%PDF-');
    const json = await desk.request.get(href.replace('report.pdf', 'event.json'));
    expect(await json.json()).toMatchObject({
      resourceType: 'AdverseEvent',
      severity: { coding: [{ code: 'severe' }] },
    });

    await desk.getByRole('link', { name: 'Back to the case' }).click();
    await desk.getByLabel('What was agreed').selectOption('hospital');
    await desk.getByLabel('What was said').fill('Ambulance was called; wife is with him');
    await desk.getByRole('button', { name: 'Answer and close' }).click();
    await desk.getByText('Answered by Sample owner').waitFor();
    await desk.goto('/desk/followup');
    expect(await names.allTextContents()).toEqual(['Sample patient 041']);
    await desk.goto('/desk/followup/events');
    await desk.getByRole('link', { name: 'Anaphylaxis' }).waitFor();
    await screenshot(desk, 'followup-events');
    expect(await axeFaults(desk)).toEqual([]);
  });

  test('silence is reminded of, then somebody calls and writes down what is said', async ({
    clinic,
    openDesk,
  }) => {
    const desk = await openDesk({ viewport: phone });
    const quiet = await treated(clinic, 'Sample patient 043', 1.2, 'patient043@example.org');
    const clock = standingClock(new Date(clinic.clock.now().getTime()));
    const later = { ...clinic, clock };
    const states: string[] = [];
    for (const hours of [24, 7, 19]) {
      clock.advance(hours * 3_600_000);
      await advanceCheckIns(later);
      const { rows } = await sql<{ state: string }>`select state from check_ins
        where id = ${quiet.ids[0] ?? ''}`.execute(clinic.db);
      states.push(rows[0]?.state ?? '');
    }
    expect(states.at(-1)).toBe('to-call');
    const { rows } = await sql<{ text: string }>`select params ->> 'text' as text from messages
      where subject_kind = 'check-in' and subject_id = ${quiet.ids[0] ?? ''} order by created_at`.execute(
      clinic.db,
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]?.text).toContain('/bn/checkin/');

    await desk.goto('/desk/followup');
    const entry = desk.getByRole('listitem').filter({ hasText: 'Sample patient 043' });
    await entry.getByRole('button', { name: 'Not reached' }).click();
    await desk.getByText('called 1×, not reached').waitFor();
    await screenshot(desk, 'followup-calls-360');
    expect(await sidewaysPx(desk)).toBe(0);
    expect(await axeFaults(desk)).toEqual([]);
    await entry.getByRole('link', { name: 'Write down answers' }).click();
    await desk.getByLabel('About the same').check();
    await desk.getByLabel('Heat, pus, yellow crust').check();
    await desk.getByRole('button', { name: 'Save' }).click();
    await desk.getByRole('heading', { name: 'Cases' }).waitFor();
    await screenshot(desk, 'followup-chart-360');
    expect(await sidewaysPx(desk)).toBe(0);
    expect(await axeFaults(desk)).toEqual([]);
    await desk.goto('/desk/followup');
    await desk.getByRole('link', { name: 'Sample patient 043', exact: true }).waitFor();
    expect(await desk.getByRole('button', { name: 'Not reached: Sample patient 043' }).count()).toBe(0);
  });

  test('a line that drops, or another language, takes nothing away of what was given', async ({
    clinic,
    openPage,
  }) => {
    const who = await treated(clinic, 'Sample patient 045', 2, null);
    const token = checkInToken(clinic.keys, who.tenantId, who.ids[0] ?? '');
    const page = await openPage({ viewport: phone, allowed: [/ERR_INTERNET_DISCONNECTED/] });
    await page.goto(`/en/checkin/${token}`);
    await page.waitForLoadState('networkidle');
    await page.getByLabel('Better, as expected').check();
    await page.getByLabel('Anything else').fill('A little dry.');
    await page.getByRole('link', { name: 'বাংলা' }).click();
    await page.getByRole('heading', { name: 'কেমন আছেন?' }).waitFor();
    const kept = async () => ({
      course: await page.locator('input[name=course]:checked').count(),
      text: await page.locator('textarea[name=text]').inputValue(),
    });
    await expect.poll(kept).toEqual({ course: 1, text: 'A little dry.' });
    await page.locator('input[name=photo]').setInputFiles(photoPath('cc0-006-man-dark-skin-beard.jpg'));
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'পাঠান' }).click();
    await page.getByRole('alert').getByText('পাঠানো যায়নি').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await kept()).toEqual({ course: 1, text: 'A little dry.' });
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'পাঠান' }).click();
    await page.locator('[data-urgency]').waitFor();
    const { rows } = await sql<{ version: number; text: string; hasPhoto: boolean }>`select version,
      answers ->> 'text' as text, photo_file_id is not null as "hasPhoto"
      from check_in_answers where check_in_id = ${who.ids[0] ?? ''}`.execute(clinic.db);
    expect(rows).toEqual([{ version: 1, text: 'A little dry.', hasPhoto: true }]);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  test('the page behind the link reads well in both themes and four languages', async ({
    clinic,
    openPage,
  }) => {
    const who = await treated(clinic, 'Sample patient 044', 2, null);
    const token = checkInToken(clinic.keys, who.tenantId, who.ids[0] ?? '');
    const faults: Record<string, string[]> = {};
    for (const [lang, colorScheme] of [
      ['en', 'light'],
      ['hi', 'dark'],
      ['bn', 'light'],
      ['ne', 'dark'],
    ] as const) {
      const page = await openPage({ viewport: phone, colorScheme, allowed: [/404/] });
      await page.goto(`/${lang}/checkin/${token}`);
      await screenshot(page, `checkin-360-${lang}-${colorScheme}`);
      const found = await axeFaults(page);
      if ((await sidewaysPx(page)) > 0) found.push('scrolls sideways');
      if (found.length > 0) faults[lang] = found;
      // One small script of its own, none of the program's pages.
      expect(await page.locator('script').count()).toBe(1);
    }
    expect(faults).toEqual({});
    const page = await openPage({ allowed: [/404/] });
    expect((await page.goto('/en/checkin/not-a-token'))?.status()).toBe(404);
    await page.getByRole('heading', { name: 'This link does not open any more' }).waitFor();
  });
});
