import { expect } from 'vitest';
import { recordOutcome } from '../packages/clinic/outcome/commands.ts';
import { patchPlan } from '../packages/clinic/outcome/testing.ts';
import { savePlan } from '../packages/clinic/planning/commands.ts';
import { encodeJpeg } from '../packages/clinic/platform/images/index.ts';
import { createPatient } from '../packages/clinic/record/commands.ts';
import { followUpCase } from '../packages/engine/simulator/follow-up-cases.ts';
import { axeFaults, joinAs, journeys, phone, screenshot, sidewaysPx } from './journey.ts';
import { testOnOwnSite as test } from './own-site.ts';
import { ownerOf } from './prepared.ts';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

journeys('a healed result', () => {
  test('is read at week 6 beside what was predicted, and rated by a second person who knows neither name nor order', async ({
    openPage,
    openDesk,
    site,
    clinic,
  }) => {
    const page = await openDesk();
    const actor = await ownerOf(clinic);
    const name = 'Outcome Sample Rivermist';
    const made = await createPatient(clinic, actor, { name, language: 'en', synthetic: true });
    if (!made.ok) throw new Error(made.message);
    const patientId = made.patient.id;
    const plan = await patchPlan();
    const saved = await savePlan(clinic, actor, { patientId, document: JSON.stringify(plan), parts: {} });
    if (!saved.ok || plan.match.kind !== 'recipe') throw new Error('no plan');
    const lab = plan.match.predicted.find((p) => p.state === 'week6' && p.illuminant === 'D65')?.lab;
    if (!lab) throw new Error('nothing predicted');

    await page.goto(`/desk/patients/${patientId}/outcome`);
    await page.getByRole('heading', { name: 'No result yet' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'outcome-empty');

    await page.getByLabel('Day it was done').fill(daysAgo(20));
    await page.getByLabel(/^Treated skin/).fill('61 x 3');
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByText('Give three numbers a line: L* a* b*.').waitFor();
    expect(await page.getByLabel(/^Treated skin/).inputValue()).toBe('61 x 3');
    const reading = (by: number) => `${(lab.L + by).toFixed(1)} ${lab.a.toFixed(1)} ${lab.b.toFixed(1)}`;
    await page.getByLabel(/^Treated skin/).fill([reading(0.2), reading(-0.3), reading(0)].join('\n'));
    await page.getByLabel(/^Skin around/).fill(reading(-1));
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByText(/not healed before week 6/).waitFor();
    await page.getByLabel('Day it was done').fill(daysAgo(44));
    await page.getByLabel(/own score/).fill('8');
    await page.locator('label.radio', { hasText: /^Good$/ }).click();
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByRole('heading', { name: 'Week 6 · Vitiligo' }).waitFor();
    await page.getByText('Within the predicted range').waitFor();
    await page.getByText(/own score: 8 of 10/).waitFor();
    await page
      .getByRole('cell', { name: lab.L.toFixed(1), exact: true })
      .first()
      .waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'outcome-week6');
    await page.setViewportSize(phone);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'outcome-week6-phone');

    // A second result, with photographs, waits for somebody who had no hand in it.
    const visits = followUpCase(9107, { taken: [0.9, 1], detail01: [0.5, 1] });
    const recorded = await recordOutcome(
      clinic,
      actor,
      { patientId, performedOn: daysAgo(100), treatment: 'vitiligo', takenOn: daysAgo(2), rating: 'good' },
      { before: await encodeJpeg(visits.before), after: await encodeJpeg(visits.after) },
    );
    if (!recorded.ok) throw new Error(recorded.message);
    await page.goto('/desk/ratings');
    await page.getByRole('heading', { name: 'Nothing to rate' }).waitFor();

    const rater = await openPage();
    await joinAs(rater, site, page, {
      role: 'assistant',
      name: 'Sample rater',
      email: 'rater@example.org',
      password: 'seven slow barges under the bridge',
    });
    const heard: string[] = [];
    const bodies: Promise<void>[] = [];
    let isListening = true;
    rater.on('response', (response) => {
      if (!isListening || !response.url().includes('/desk/ratings')) return;
      bodies.push(
        Promise.all([response.body(), response.allHeaders()]).then(([body, headers]) => {
          heard.push(`${response.url()}\n${JSON.stringify(headers)}\n${body.toString('latin1')}`);
        }),
      );
    });
    await rater.goto('/desk/ratings');
    await rater.getByText('1 pair waits').waitFor();
    await rater
      .locator('img')
      .last()
      .evaluate((img: HTMLImageElement) => img.decode());
    await Promise.all(bodies);
    isListening = false;
    expect(heard.length).toBeGreaterThanOrEqual(3);
    const secrets = [
      name,
      'Rivermist',
      patientId,
      recorded.outcome.id,
      daysAgo(100),
      daysAgo(2),
      'last-modified',
      'Exif',
    ];
    for (const text of heard) for (const secret of secrets) expect(text).not.toContain(secret);
    for (const text of heard.filter((one) => one.includes('image/jpeg'))) {
      expect(text.split('\n').slice(0, 2).join()).not.toMatch(/before|after|week|month/i);
    }
    expect(await axeFaults(rater)).toEqual([]);
    await screenshot(rater, 'outcome-rate');
    await rater.setViewportSize(phone);
    expect(await sidewaysPx(rater)).toBe(0);
    await screenshot(rater, 'outcome-rate-phone');

    const rate = (letter: string, rating: string) =>
      rater
        .getByRole('region', { name: `Picture ${letter}` })
        .locator('label.radio', { hasText: rating })
        .click();
    await rate('A', 'Fair');
    await rate('B', 'Fair');
    await rater.getByRole('button', { name: 'Save and go on' }).click();
    await rater.getByText('Saved. Thank you.').waitFor();
    await rater.getByRole('heading', { name: 'Nothing to rate' }).waitFor();

    await page.setViewportSize({ width: 1366, height: 768 });
    await page.goto(`/desk/patients/${patientId}/outcome`);
    await page.getByText('Second rater, blind: Fair').waitFor();
    await screenshot(page, 'outcome-photos');
    await page.goto('/desk/outcomes');
    await page.getByText('Few results', { exact: true }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'outcome-report');
    const learned = await page.request.get('/desk/outcomes/learned.json');
    expect(await learned.json()).toMatchObject({
      format: 'undertone/learned-healing',
      results: 1,
      isEnough: false,
    });
  });
});
