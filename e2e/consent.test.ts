import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
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

async function prepare(page: Page, chart: string, language: string, treatment = 'vitiligo'): Promise<void> {
  await page.goto(`${chart}/consent?treatment=${treatment}`);
  await page.locator('#consent-language').selectOption(language);
  await page.getByLabel('Pigments', { exact: true }).fill('Sample beige; CI 77491; LOT-7');
  await page.getByRole('button', { name: 'Prepare', exact: true }).click();
  await page.getByText('Prepared. Hand over the tablet or send the link.').waitFor();
}

/** Draws across the middle of the field, as a finger does. */
async function drawIn(page: Page, canvas: Locator): Promise<void> {
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('there is no field to draw in');
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(0.2, 0.7));
  await page.mouse.down();
  for (const [x, y] of [
    [0.3, 0.2],
    [0.4, 0.8],
    [0.55, 0.3],
    [0.7, 0.6],
  ] as const) {
    await page.mouse.move(...at(x, y), { steps: 6 });
  }
  await page.mouse.up();
}

const rightAnswers = { treatment: 'a', colour: 'a', allergy: 'a', warning: 'a', withdrawal: 'a' } as const;

async function answer(page: Page, answers: Readonly<Record<string, string>>): Promise<void> {
  for (const [id, option] of Object.entries(answers)) {
    await page.locator(`input[name="answer-${id}"][value="${option}"]`).check();
  }
}

journeys('consent', () => {
  test('is read, understood and drawn on the tablet in Bengali, waited over, and withdrawn', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ allowed: [/status of 422/] });
    await signInAsOwner(page, site);
    const chart = await newPatient(page, { name: 'সহজবালা পরীক্ষারানী', birthDate: '1985-07-19' });
    await prepare(page, chart, 'bn');
    await screenshot(page, 'consent-prepared');
    expect(await axeFaults(page)).toEqual([]);
    const link = (await page.getByLabel('Link for the patient').inputValue()).replace(site, '');

    const tablet = await openPage({ viewport: { width: 1024, height: 768 }, allowed: [/status of 422/] });
    await signInAsOwner(tablet, site);
    await tablet.goto(`${chart}/consent?treatment=vitiligo`);
    await tablet.getByRole('button', { name: 'Sign out and hand over' }).click();
    await tablet.getByRole('heading', { name: 'মাইক্রো-পিগমেন্টেশনে সম্মতি: সাদা দাগ' }).waitFor();
    expect(new URL(tablet.url()).pathname).toBe(link);
    const desk = await tablet.request.get('/desk', { maxRedirects: 0 });
    expect(desk.headers().location).toContain('/sign-in');
    await tablet.getByText('Sample beige, CI 77491, লট LOT-7').waitFor();
    expect(await tablet.locator('input[type=checkbox]:checked').count()).toBe(0);
    expect(await axeFaults(tablet)).toEqual([]);
    await screenshot(tablet, 'consent-tablet-bn');

    await answer(tablet, { ...rightAnswers, colour: 'b' });
    await tablet.locator('input[name="photo-record"]').check();
    await drawIn(tablet, tablet.locator('[data-signature="patient"] canvas'));
    await tablet.getByRole('button', { name: 'এখন সই করুন' }).click();
    await tablet.getByText('কিছু উত্তর এখনও ঠিক নয়').waitFor();
    await tablet.getByText('হুবহু মিলের কথা দেওয়া যায় না').waitFor();
    expect(await tablet.locator('input[name="photo-record"]').isChecked()).toBe(true);
    expect(await tablet.locator('input[name="strokes-patient"]').inputValue()).toMatch(/^\[\[\[\d+,\d+\]/);
    await screenshot(tablet, 'consent-tablet-bn-again');

    await answer(tablet, rightAnswers);
    await tablet.getByRole('button', { name: 'এখন সই করুন' }).click();
    await tablet.getByRole('heading', { name: 'ধন্যবাদ। সম্মতিতে সই হয়েছে।' }).waitFor({ timeout: 20_000 });
    expect(await axeFaults(tablet)).toEqual([]);
    await screenshot(tablet, 'consent-signed-bn');

    const document = await tablet.request.get(`${link}/consent.pdf`);
    const bytes = await document.body();
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('%PDF-1.7');
    const dir = process.env.UNDERTONE_SCREENSHOTS ?? join(tmpdir(), 'undertone-screenshots');
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'consent-bn.pdf'), bytes);

    await page.reload();
    await page.getByText('Signed and sealed.').waitFor();
    await page.getByText(/Time to think after signing\. \(until /).waitFor();
    await page.getByText('2 tries at the questions').waitFor();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await page.getByText(`SHA-256 ${sha256}`).waitFor();
    await page.getByRole('button', { name: 'End: Record' }).waitFor();
    await screenshot(page, 'consent-signed-chart');

    await tablet.locator('details.consent-withdraw > summary').click();
    await tablet.getByRole('button', { name: 'এই সম্মতি ফিরিয়ে নিন' }).click();
    await tablet.getByRole('heading', { name: 'এই সম্মতি ফিরিয়ে নেওয়া হয়েছে।' }).waitFor();
    await page.reload();
    await page.getByText('Withdrawn.', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: /^End: / }).count()).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
  });

  test('is typed on a phone without scripts, with an interpreter, in Hindi', async ({ openPage, site }) => {
    const page = await openPage();
    await signInAsOwner(page, site);
    const chart = await newPatient(page, { name: 'Consent Sample Typist', birthDate: '1970-02-11' });
    await page.goto(`${chart}/consent?treatment=lip`);
    await page.locator('#consent-language').selectOption('hi');
    await page.getByLabel('An interpreter signs too').check();
    await page.getByRole('button', { name: 'Prepare', exact: true }).click();
    const link = (await page.getByLabel('Link for the patient').inputValue()).replace(site, '');

    const handset = await openPage({ viewport: phone, javaScriptEnabled: false });
    // In another language's address the text is still in its own.
    await handset.goto(link.replace('/hi/', '/en/'));
    expect(new URL(handset.url()).pathname.startsWith('/hi/')).toBe(true);
    await screenshot(handset, 'consent-phone-hi');
    await answer(handset, rightAnswers);
    expect(await handset.locator('canvas').first().isVisible()).toBe(false);
    await handset.locator('#name-interpreter').fill('दुभाषिया उदाहरण');
    await handset.getByRole('button', { name: 'अभी हस्ताक्षर करें' }).click();
    await handset
      .getByRole('heading', { name: 'धन्यवाद। सहमति पर हस्ताक्षर हो गए।' })
      .waitFor({ timeout: 20_000 });
  });

  test('of a minor is refused without a guardian, and signed by guardian and young person', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ allowed: [/status of 422/] });
    await signInAsOwner(page, site);
    const born = `${new Date().getUTCFullYear() - 12}-01-15`;
    const chart = await newPatient(page, { name: 'Consent Sample Youngperson', birthDate: born });
    await page.goto(`${chart}/consent?treatment=lip`);
    await page.getByLabel('What was found').fill('Scar after cleft lip');
    await page.getByRole('button', { name: 'Prepare', exact: true }).click();
    await page
      .getByText(/Under 18 a guardian has to agree/)
      .first()
      .waitFor();
    expect(await page.getByLabel('What was found').inputValue()).toBe('Scar after cleft lip');
    await page.getByLabel('Guardian’s name').fill('Consent Sample Guardian');
    await page.getByLabel('Relation').fill('mother');
    await page.getByRole('button', { name: 'Prepare', exact: true }).click();
    const link = (await page.getByLabel('Link for the patient').inputValue()).replace(site, '');

    const tablet = await openPage({ viewport: phone, colorScheme: 'dark' });
    await tablet.goto(link);
    await tablet.getByText('Under 18, photographs are used for the record and for teaching only.').waitFor();
    expect(await tablet.locator('input[name="photo-social-media"]').count()).toBe(0);
    await answer(tablet, rightAnswers);
    await drawIn(tablet, tablet.locator('[data-signature="guardian"] canvas'));
    await tablet
      .locator('[data-signature="assent"]')
      .getByLabel(/^Type the name/)
      .check();
    expect(await sidewaysPx(tablet)).toBe(0);
    expect(await axeFaults(tablet)).toEqual([]);
    await screenshot(tablet, 'consent-minor-phone');
    await tablet.getByRole('button', { name: 'Sign now' }).click();
    await tablet
      .getByRole('heading', { name: 'Thank you. The consent is signed.' })
      .waitFor({ timeout: 20_000 });

    await page.goto(`${chart}/consent?treatment=scalp`);
    await page.getByLabel('Guardian’s name').fill('Consent Sample Guardian');
    await page.getByLabel('Relation').fill('mother');
    await page.getByRole('button', { name: 'Prepare', exact: true }).click();
    await page.getByText('Under 18 the scalp is not treated.').first().waitFor();
  });

  test('texts are read, changed into a new version, and take no promise', async ({ openPage, site }) => {
    const page = await openPage({ allowed: [/status of 422/] });
    await signInAsOwner(page, site);
    await page.goto('/desk/consent-texts');
    expect(await page.getByRole('row').count()).toBe(13);
    expect(await axeFaults(page)).toEqual([]);
    await page.goto('/desk/consent-texts/scalp/ne');
    expect(await axeFaults(page)).toEqual([]);
    const lead = page.getByLabel('First words');
    const before = await lead.inputValue();
    await lead.fill(`${before} १००% ग्यारेन्टी`);
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByText('A word promises what nobody can keep').waitFor();
    expect(await lead.inputValue()).toContain('ग्यारेन्टी');
    await lead.fill(`${before} हतार नगर्नुहोस्।`);
    await page.getByLabel('Time to think, hours').fill('48');
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByText('Saved as version 2, unreviewed.').waitFor();
    await page.locator('section').getByText('Version 2').waitFor();
    await screenshot(page, 'consent-text-editor');
    await page.getByRole('button', { name: 'I have read this version and it may be used' }).click();
    await page.getByText('Version 3').first().waitFor();
    await page.getByText('reviewed', { exact: true }).first().waitFor();
  });

  test('behind an unknown link says what to do', async ({ openPage }) => {
    const page = await openPage({ allowed: [/status of 404/] });
    await page.goto(`/ne/consent/${Buffer.alloc(40).toString('base64url')}`);
    await page.getByRole('heading', { name: 'यो लिंक खुल्दैन' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });
});
