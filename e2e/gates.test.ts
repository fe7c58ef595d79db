import { expect } from 'vitest';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, signInAsOwner, test } from './journey.ts';

journeys('what a clinic screens by', () => {
  test('a stricter gate holds at once, other words wait for a review, by keyboard and on a phone', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ allowed: [/422/] });
    await signInAsOwner(page, site);
    await page.goto('/desk/gates');
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'gates');

    await page.goto('/desk/gates?spot=patch');
    const day8 = page.getByLabel(/from, in days/).first();
    const before = Number(await day8.inputValue());
    const until = page.getByLabel(/until, in days/).first();
    await day8.fill(String(Number(await until.inputValue()) + 1));
    await page.getByRole('button', { name: 'Save a new version' }).press('Enter');
    await page.getByText(/Not saved/).waitFor();
    expect(await axeFaults(page)).toEqual([]);

    await page.goto('/desk/gates?gate=G05');
    await page.getByLabel(/to wait from its date, in months/).fill('०');
    await page.getByRole('button', { name: 'Save a new version' }).press('Enter');
    await page.getByText(/Not saved/).waitFor();
    await screenshot(page, 'gate-wait');

    // Whatever an earlier walk left: a draft with words of this walk.
    await page.goto('/desk/gates?gate=G14');
    const mark = `Sample wording ${Date.now()}`;
    await page.locator('#reason-en').fill(mark);
    await page.locator('#question-bn').fill('');
    await page.getByRole('button', { name: 'Save a new version' }).press('Enter');
    await page.getByText(/Not saved/).waitFor();
    expect(await page.locator('#reason-en').inputValue()).toBe(mark);
    await page.locator('#question-bn').fill('এটি কি নমুনা প্রশ্ন?');
    await page.getByRole('button', { name: 'Save a new version' }).press('Enter');
    await page.getByText(/is a draft/).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'gates-draft');

    await page.goto('/desk/gates');
    await page.getByRole('button', { name: 'Review and put in force' }).press('Enter');
    await page.getByText('Tick first that you have read it.').waitFor();
    await page.getByLabel(/I have read the draft/).press('Space');
    await page.getByRole('button', { name: 'Review and put in force' }).press('Enter');
    await page.getByText(/is in force/).waitFor();
    await page.getByText('put in force, reviewed').first().waitFor();

    // What is in force is what visitors are asked and told.
    const visitor = await openPage();
    await visitor.goto('/bn/check?treatment=scalp');
    await visitor.getByText('এটি কি নমুনা প্রশ্ন?').first().waitFor({ state: 'attached' });
    await visitor.goto('/en/check?treatment=scalp');
    await visitor.getByText(mark).first().waitFor({ state: 'attached' });

    await page.setViewportSize(phone);
    await page.goto('/desk/gates');
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'phone-gates', false);
    await page.goto('/desk/gates?gate=G14');
    expect(await sidewaysPx(page)).toBe(0);
    expect(await page.locator('#reason-en').inputValue()).toBe(mark);
    await screenshot(page, 'phone-gate', false);
    expect(before).toBeGreaterThan(0);
  });

  test('of test spots, lips can have a schedule of their own', async ({ openPage, site }) => {
    const page = await openPage({ viewport: phone });
    await signInAsOwner(page, site);
    await page.goto('/desk/gates?spot=trial&for=lip');
    await page.getByText('A schedule of its own: ').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'gates-spot-lip-phone');
    await page.goto('/desk/gates');
    await page.getByRole('link', { name: /Change Trial spot, lip/i }).waitFor();
    await page.setViewportSize({ width: 1366, height: 768 });
    await screenshot(page, 'gates-spots');
  });
});
