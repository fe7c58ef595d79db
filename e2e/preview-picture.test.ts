import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, signInAsOwner, test } from './journey.ts';
import { photoPath } from './photos.ts';

/** Goes to the details of a talk with the doctor, late on one of the last days shown. */
async function chooseTime(page: Page): Promise<void> {
  await page.goto('/en/book?service=consultation');
  const day = page.locator('.slot-day').last();
  if ((await day.getAttribute('open')) === null) await day.locator('summary').click();
  await day.locator('button.slot').last().click();
  await page.getByRole('heading', { name: 'How do we reach you?' }).waitFor();
}

/** Sends the form; @returns the id of the booking it made. */
async function send(page: Page, email: string): Promise<string> {
  await page.getByLabel('Name').fill('Sample patient 014');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('The clinic may contact me').check();
  await page.getByRole('button', { name: 'Ask for this time' }).click();
  await page.getByText('Held for you, not yet confirmed').waitFor({ timeout: 60_000 });
  const token = new URL(page.url()).pathname.split('/').at(-1);
  const booking = (await (await page.request.get(`/api/v1/bookings/${token}`)).json()) as { id: string };
  return booking.id;
}

journeys('the preview picture and the booking', () => {
  test('goes along only by a tick of its own, is seen at the desk, and taken back by link', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ viewport: phone, hasTouch: true });
    await page.goto('/en/preview');
    await page.getByRole('button', { name: 'Open the preview' }).click();
    await page.locator('.preview-tool').getByText('Lip', { exact: true }).click();
    await page.locator('input[type=file]').setInputFiles(photoPath('cc0-005-woman-light-skin-lips.jpg'));
    await page.getByRole('button', { name: 'Show the range' }).click({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Take it to the booking' }).click({ timeout: 120_000 });
    await page.getByText('Kept in this tab.').waitFor();
    await screenshot(page, 'preview-kept-phone');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Choose a time' }).click();
    await page.getByRole('heading', { name: 'What do you come for?' }).waitFor();

    // Shown, but not ticked: nothing goes.
    await chooseTime(page);
    const tick = page.getByLabel('Send my preview picture along');
    expect(await tick.isChecked()).toBe(false);
    const without = await send(page, 'without-picture@example.org');
    expect(await page.getByText('Your preview picture is kept').count()).toBe(0);

    await chooseTime(page);
    await tick.check();
    await screenshot(page, 'book-with-picture-phone');
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
    // Ticked and unticked again, it has left the form.
    const files = () =>
      page.locator('input[name=picture]').evaluate((i) => (i as HTMLInputElement).files?.length);
    expect(await files()).toBe(1);
    await tick.uncheck();
    expect(await files()).toBe(0);
    await tick.check();
    const withPicture = await send(page, 'with-picture@example.org');
    await page.getByText('Your preview picture is kept with this visit').waitFor();
    await screenshot(page, 'booking-with-picture-phone');
    expect(await axeFaults(page)).toEqual([]);

    const desk = await openPage({ allowed: [/404/] });
    await signInAsOwner(desk, site);
    await desk.goto('/desk/inbox');
    await desk.locator(`a[href="/desk/previews/booking/${withPicture}"]`).click();
    const picture = desk.getByRole('img', { name: 'marked preview picture' });
    await picture.waitFor();
    await desk.getByText('Lip · Week 6 · Expected').waitFor();
    await screenshot(desk, 'desk-preview-picture');
    expect(await axeFaults(desk)).toEqual([]);
    const bytes = Buffer.from((await picture.getAttribute('src'))?.split(',')[1] ?? '', 'base64');
    const { width, height, format, exif } = await sharp(bytes).metadata();
    const original = await sharp(photoPath('cc0-005-woman-light-skin-lips.jpg')).metadata();
    expect({ format, exif }).toEqual({ format: 'jpeg', exif: undefined });
    expect(Math.max(width, height)).toBeLessThan(1150);
    // The marked band below the picture is there: it is not the photograph.
    expect(height / width).toBeGreaterThan((original.height / original.width) * 1.02);
    await desk.goto(`/desk/previews/booking/${without}`);
    await desk.getByText('There is no picture with this booking').waitFor();

    await page.getByRole('button', { name: 'Take the picture back' }).click();
    await page.getByText('The picture has been deleted.').waitFor();
    await desk.goto(`/desk/previews/booking/${withPicture}`);
    await desk.getByText('There is no picture with this booking').waitFor();
  });
});
