import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Site } from '../tools/site.ts';
import { axeFaults, journeys, phone, screenshot, sidewaysPx } from './journey.ts';
import { testOnOwnSite as test } from './own-site.ts';

/** Letters to an address, oldest first, once there are as many as wanted. */
async function lettersTo(own: Site, address: string, wanted: number) {
  const folder = join(own.home, 'outbox');
  for (let turn = 0; turn < 120; turn += 1) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).sort();
    const all = await Promise.all(
      names.map(async (name) => simpleParser(await readFile(join(folder, name)))),
    );
    const letters = all.filter(({ to }) => [to].flat().some((t) => t?.text.includes(address)));
    if (letters.length >= wanted) {
      return letters.map((letter) => ({
        subject: letter.subject ?? '',
        link: /http\S+\/booking\/[\w-]+/.exec(letter.text ?? '')?.[0] ?? '',
        optOut: /http\S+\/opt-out\/[\w-]+/.exec(letter.text ?? '')?.[0] ?? '',
        calendar: letter.attachments.some(({ contentType }) => contentType === 'text/calendar'),
      }));
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`${wanted} letters to ${address} did not come`);
}

/** Goes to the details of a talk with the doctor at the n-th free time of the second day with any. */
async function chooseTime(page: Page, nth: number): Promise<string> {
  await page.goto('/en/book?service=consultation');
  const day = page.locator('.slot-day').nth(1);
  if ((await day.getAttribute('open')) === null) await day.locator('summary').click();
  const slot = day.locator('button.slot').nth(nth);
  const label = (await slot.getAttribute('aria-label')) ?? '';
  await slot.click();
  await page.getByRole('heading', { name: 'How do we reach you?' }).waitFor();
  return label;
}

async function fillIn(page: Page, name: string, email: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('The clinic may contact me').check();
}

journeys('booking a visit', () => {
  test('from the self-check to a confirmed visit, then moved, then cancelled, by links alone', async ({
    openPage,
    own,
  }) => {
    const page = await openPage({ viewport: phone });
    await page.goto('/en/book?service=lip');
    await page.getByRole('link', { name: 'Go to the self-check' }).click();
    // The script of the page lays the parts one behind another.
    await page.locator('.check-part[hidden]').first().waitFor({ state: 'attached' });
    for (let part = 1; part <= 6; part += 1) {
      await page.locator('.check-part:not([hidden]) input[name="none"]').check();
      await page.locator('.check-steps button:visible').last().click();
    }
    await page.getByRole('link', { name: 'Choose a time for the treatment' }).click();
    await page.getByText('India Standard Time').first().waitFor();
    await screenshot(page, 'book-times-360');
    expect(await axeFaults(page)).toEqual([]);
    const second = page.locator('.slot-day').nth(1);
    await second.locator('summary').click();
    await second.locator('button.slot').first().click();

    const share = page.getByLabel('Send my self-check answers along');
    await share.waitFor();
    expect(await share.isChecked()).toBe(false);
    await share.check();
    await fillIn(page, 'Sample patient 014', 'patient014@example.org');
    await screenshot(page, 'book-details-360');
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
    await page.getByRole('button', { name: 'Ask for this time' }).click();
    await page.getByText('Held for you, not yet confirmed').waitFor();
    await screenshot(page, 'booking-held-360');
    expect(await axeFaults(page)).toEqual([]);
    // The page itself cannot confirm: that proves the e-mail address.
    expect(await page.getByRole('button', { name: 'Confirm this visit' }).count()).toBe(0);

    const [ask] = await lettersTo(own, 'patient014@example.org', 1);
    await page.goto(ask?.link ?? '');
    await page.getByText('Held for you, not yet confirmed').waitFor();
    await page.getByRole('button', { name: 'Confirm this visit' }).click();
    await page.getByText('Confirmed', { exact: true }).waitFor();

    const [, sure] = await lettersTo(own, 'patient014@example.org', 2);
    expect(sure?.calendar).toBe(true);
    await page.goto(sure?.link ?? '');
    const file = await page.request.get(`${sure?.link}/calendar.ics`);
    expect(file.headers()['content-type']).toContain('text/calendar');
    expect(await file.text()).toMatch(/BEGIN:VEVENT[^]*STATUS:CONFIRMED[^]*END:VEVENT/);
    await screenshot(page, 'booking-confirmed-360');

    await page.getByRole('link', { name: 'Choose another time' }).click();
    const last = page.locator('.slot-day').last();
    await last.locator('summary').click();
    const slot = last.locator('button.slot').last();
    const label = (await slot.getAttribute('aria-label')) ?? '';
    await slot.click();
    await page.getByRole('button', { name: 'Move to' }).click();
    await page.getByText('The visit was moved.').waitFor();
    expect(await page.locator('main').innerText()).toContain(label.split(', ').at(-1) ?? label);
    await lettersTo(own, 'patient014@example.org', 3);

    await page.getByText('Cancel this visit').click();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel the visit' }).click();
    await page.getByText('The visit is cancelled.').waitFor();
    await lettersTo(own, 'patient014@example.org', 4);
    // The same file now takes the visit out of a calendar it was added to.
    expect(await (await page.request.get(`${sure?.link}/calendar.ics`)).text()).toContain('STATUS:CANCELLED');
  });

  test('without scripts reaches the list to call back, answers and words intact', async ({ openPage }) => {
    const page = await openPage({ javaScriptEnabled: false, viewport: phone, allowed: [/422/] });
    await page.goto('/en/check?treatment=lip');
    for (const box of await page.locator('input[name="none"]').all()) await box.check();
    await page.getByRole('button', { name: 'Show the result' }).click();
    await page.getByLabel('Send my answers to the clinic with the booking').check();
    await page.getByRole('button', { name: 'Choose a time and send my answers along' }).click();
    // The answers travel in forms, never in an address.
    await page.locator('button.slot').first().click();
    expect(page.url()).not.toContain('answers');
    expect(await page.getByLabel('Send my self-check answers along').isChecked()).toBe(true);
    await page.locator('noscript .alert').waitFor();
    await fillIn(page, 'Sample patient 015', 'patient015@example.org');
    await page.getByRole('button', { name: 'Ask for this time' }).click();
    await page.getByText('did not run in your browser').first().waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Sample patient 015');
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'book-without-scripts-360');
    await page.getByLabel('Phone').fill('98765 43215');
    await page.getByRole('button', { name: 'Ask for this time' }).click();
    await page.getByRole('heading', { name: 'We call you back' }).waitFor();
  });

  test('sent twice is one booking', async ({ openPage, own, site }) => {
    const page = await openPage();
    await chooseTime(page, 0);
    await fillIn(page, 'Sample patient 016', 'patient016@example.org');
    const posted = page.waitForRequest(
      (request) => request.method() === 'POST' && !request.url().includes('/api/'),
    );
    await page.getByRole('button', { name: 'Ask for this time' }).dblclick();
    const request = await posted;
    const body = request.postDataBuffer() ?? Buffer.alloc(0);
    const type = request.headers()['content-type'] ?? '';
    await page.waitForURL(/\/en\/booking\//);
    const first = page.url();
    // The reply was lost and the browser sends once more.
    const again = await page.request.post(`${site}/en/book`, {
      data: body,
      headers: { Origin: site, 'Content-Type': type },
      maxRedirects: 0,
    });
    expect(again.status()).toBe(303);
    expect(new URL(again.headers().location ?? '', site).href).toBe(first);
    expect(await lettersTo(own, 'patient016@example.org', 1)).toHaveLength(1);
  });

  test('a time somebody else took offers the nearest ones and keeps every word', async ({ openPage }) => {
    const slow = await openPage({ allowed: [/409/] });
    const quick = await openPage();
    expect(await chooseTime(slow, 3)).toBe(await chooseTime(quick, 3));
    await fillIn(quick, 'Sample patient 017', 'patient017@example.org');
    await quick.getByRole('button', { name: 'Ask for this time' }).click();
    await quick.waitForURL(/\/en\/booking\//);

    await fillIn(slow, 'Sample patient 018', 'patient018@example.org');
    await slow.getByLabel('Anything we should know').fill('I come with my sister.');
    await slow.getByRole('button', { name: 'Ask for this time' }).click();
    await slow.getByText('Somebody was faster').waitFor();
    expect(await slow.getByLabel('Anything we should know').inputValue()).toBe('I come with my sister.');
    expect(await slow.getByLabel('E-mail').inputValue()).toBe('patient018@example.org');
    expect(await slow.locator('input[type="radio"][name="start"]').count()).toBeGreaterThan(2);
    expect(await axeFaults(slow)).toEqual([]);
    await screenshot(slow, 'book-taken-1366');
    await slow.getByRole('button', { name: 'Ask for this time' }).click();
    await slow.waitForURL(/\/en\/booking\//);
    await slow.getByText('Held for you').waitFor();
  });

  test('books all visits of a protocol at once, and shows them behind the link', async ({
    openPage,
    own,
  }) => {
    const page = await openPage({ viewport: phone });
    await page.goto('/en/book?service=vitiligo&checked=seen');
    await page.locator('button.slot').first().click();
    await page.getByLabel('Book all 3 visits at once').check();
    await fillIn(page, 'Sample patient 019', 'patient019@example.org');
    await page.getByRole('button', { name: 'Ask for this time' }).click();
    await page.getByText('Held for you, not yet confirmed').first().waitFor();
    const visits = page.getByRole('region', { name: 'All visits' }).getByRole('listitem');
    expect(await visits.count()).toBe(3);
    const [ask] = await lettersTo(own, 'patient019@example.org', 1);
    await page.goto(ask?.link ?? '');
    await page.getByRole('button', { name: 'Confirm this visit' }).click();
    // One confirmation is for the whole series.
    await expect.poll(() => visits.getByText('Confirmed', { exact: true }).count()).toBe(3);
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'booking-series-360');
  });

  test('the waiting list holds a freed time, and its link takes it', async ({ openPage, openDesk, own }) => {
    // In quiet hours the offer, and its deadline, would wait for the morning: this clinic has none.
    const desk = await openDesk();
    await desk.goto('/desk/setup/rules');
    await desk.getByLabel('Quiet from').fill('00:00');
    await desk.getByLabel('Quiet until').fill('00:00');
    expect(await axeFaults(desk)).toEqual([]);
    await screenshot(desk, 'setup-rules-1366');
    await desk.getByRole('button', { name: 'Save' }).last().click();
    await desk.getByText('Saved.').waitFor();

    const first = await openPage();
    await chooseTime(first, 8);
    await fillIn(first, 'Sample patient 031', 'patient031@example.org');
    await first.getByRole('button', { name: 'Ask for this time' }).click();
    const [ask] = await lettersTo(own, 'patient031@example.org', 1);
    await first.goto(ask?.link ?? '');
    await first.getByRole('button', { name: 'Confirm this visit' }).click();
    await first.getByText('Confirmed', { exact: true }).waitFor();

    const page = await openPage({ viewport: phone, allowed: [/422/] });
    await page.goto('/en/book?service=consultation');
    await page.getByRole('link', { name: 'Go on the waiting list' }).click();
    await page.getByRole('heading', { name: 'Waiting list' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Go on the list' }).click();
    await page.getByText('Offers go out by e-mail. Give an address.').first().waitFor();
    expect(await page.getByLabel('Name').getAttribute('aria-invalid')).toBe('true');
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'waitlist-360');
    await page.getByLabel('Name').fill('Sample patient 032');
    await page.getByLabel('E-mail').fill('patient032@example.org');
    await page.getByLabel('The clinic may contact me').check();
    await page.getByRole('button', { name: 'Go on the list' }).click();
    await page.getByText('Waiting', { exact: true }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
    const place = page.url();

    const [, sure] = await lettersTo(own, 'patient031@example.org', 2);
    await first.goto(sure?.link ?? '');
    await first.getByText('Cancel this visit').click();
    await first.getByRole('button', { name: 'Cancel the visit' }).click();
    await first.getByText('The visit is cancelled.').waitFor();

    await expect
      .poll(
        async () => {
          await page.goto(place);
          return page.getByText('A time is held for you').count();
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBe(1);
    await screenshot(page, 'waitlist-offered-360');
    const [offer] = await lettersTo(own, 'patient032@example.org', 1);
    await page.goto(offer?.link ?? '');
    await page.getByText('This time is held for you until').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'waitlist-offer-360');
    await page.getByRole('button', { name: 'Take this time' }).click();
    await page.getByText('Confirmed', { exact: true }).waitFor();
    await lettersTo(own, 'patient032@example.org', 2);
    await page.goto(place);
    await page.getByText('You have taken a time').waitFor();

    // The offer says how to get no more of them; opening that link alone changes nothing.
    await page.goto(offer?.optOut ?? '');
    await page.getByRole('heading', { name: 'No more reminders and offers?' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'opt-out-360');
    await page.getByRole('button', { name: 'Send me no more' }).click();
    await page.getByText('This address gets no more reminders and offers.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send them to me again' }).click();
    await page.getByText('This address gets reminders and offers again.').waitFor();
    expect(await axeFaults(page)).toEqual([]);

    // Stopped once more, and taken back at the desk.
    await page.goto(offer?.optOut ?? '');
    await page.getByRole('button', { name: 'Send me no more' }).click();
    await page.getByText('This address gets no more reminders and offers.').waitFor();
    await desk.goto('/desk/inbox');
    await desk.getByText('Somebody wants reminders again').click();
    const again = desk.getByLabel('E-mail or telephone, as in the visit');
    await again.fill('patient099@example.org');
    await desk.getByRole('button', { name: 'Send reminders again' }).click();
    await again.and(desk.locator('[aria-invalid]')).waitFor();
    expect(await again.inputValue()).toBe('patient099@example.org');
    expect(await axeFaults(desk)).toEqual([]);
    await desk.getByText('Nobody has stopped messages to this address.').last().waitFor();
    await screenshot(desk, 'inbox-opt-in-1366');
    await again.fill('Patient032@example.org');
    await desk.getByRole('button', { name: 'Send reminders again' }).click();
    await desk.getByText('This address gets reminders and offers again.').waitFor();
  });

  test.for(['hi', 'bn', 'ne'])('keeps a waiting list in %s', async (lang, { openPage }) => {
    const page = await openPage({ viewport: phone });
    const number = { hi: '033', bn: '034', ne: '035' }[lang] ?? '';
    await page.goto(`/${lang}/waitlist`);
    await page.locator('#book-name').fill(`Sample patient ${number}`);
    await page.locator('#book-email').fill(`patient${number}@example.org`);
    await page.locator('#book-consent').check();
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
    await page.locator('[data-send]').click();
    await page.waitForURL(new RegExp(`/${lang}/waitlist/.`));
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, `waitlist-place-${lang}-360`);
    await page.locator('button[data-look="grave"]').click();
    await page.locator('.book-state[data-state="withdrawn"]').waitFor();
  });

  test('a form with mistakes says so at each field and in one list, and a link nobody made opens nothing', async ({
    openPage,
  }) => {
    const page = await openPage({ allowed: [/422/, /404/] });
    await chooseTime(page, 6);
    await page.getByLabel('E-mail').fill('nobody');
    await page.getByRole('button', { name: 'Ask for this time' }).click();
    await page.getByRole('alert').getByText('Something is missing').waitFor();
    expect(await page.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Name').getAttribute('aria-describedby')).toContain('error-name');
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'book-mistakes-1366');
    await page.goto('/hi/booking/nobody-made-this');
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await axeFaults(page)).toEqual([]);
  });

  test.for(['hi', 'bn', 'ne'])('books in %s', async (lang, { openPage, own }) => {
    const page = await openPage({ viewport: phone });
    const number = { hi: '021', bn: '022', ne: '023' }[lang] ?? '';
    await page.goto(`/${lang}/book`);
    await page.locator('.choice-list a').first().click();
    const day = page.locator('.slot-day').nth(2);
    await day.locator('summary').click();
    await day
      .locator('button.slot')
      .nth(Number(number) - 15)
      .click();
    await page.locator('#book-name').fill(`Sample patient ${number}`);
    await page.locator('#book-email').fill(`patient${number}@example.org`);
    await page.locator('#book-consent').check();
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
    await page.locator('[data-send]').click();
    await page.waitForURL(new RegExp(`/${lang}/booking/`));
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, `booking-held-${lang}-360`);
    const [letter] = await lettersTo(own, `patient${number}@example.org`, 1);
    expect(letter?.link).toContain(`/${lang}/booking/`);
  });
});
