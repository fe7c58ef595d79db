import { readFile } from 'node:fs/promises';
import type { BrowserContext, Locator, Page, Request } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, test } from './journey.ts';
import { burntOutPhoto, type PhotoFile, phonePhotoOfPatch, photoPath } from './photos.ts';

/** Every request of every page, frame and worker of a context from now on. */
function listen(context: BrowserContext): Request[] {
  const heard: Request[] = [];
  context.on('request', (request) => heard.push(request));
  context.on('page', (page) =>
    page.on('websocket', (socket) => {
      throw new Error(`A web socket was opened to ${socket.url()}`);
    }),
  );
  return heard;
}

/** What went out beyond short questions for files of this site. */
function sentBeyondQuestions(requests: readonly Request[], site: string): string[] {
  const isQuestion = (request: Request) => {
    const { protocol, origin } = new URL(request.url());
    const stays = protocol === 'blob:' || origin === site;
    return (
      stays && request.method() === 'GET' && request.postDataBuffer() === null && request.url().length < 300
    );
  };
  return requests
    .filter((request) => !isQuestion(request))
    .map((request) => `${request.method()} ${request.url()}`);
}

async function open(
  page: Page,
  treatment: string,
  photo: string | PhotoFile,
  language = 'en',
): Promise<void> {
  await page.goto(`/${language}/preview`);
  await page.locator('[data-preview-start]').click();
  await page.locator('.preview-tool').getByText(treatment, { exact: true }).click();
  await page.locator('input[type=file]').setInputFiles(typeof photo === 'string' ? photoPath(photo) : photo);
}

async function tapMiddle(easel: Locator): Promise<void> {
  await easel.focus();
  await easel.press('ArrowDown');
  await easel.press('Enter');
}

/** Rubs the brush across the middle of the picture, a tenth of its height to either side. */
async function rubMiddle(page: Page, easel: Locator): Promise<void> {
  await easel.scrollIntoViewIfNeeded();
  const box = await easel.boundingBox();
  if (!box) throw new Error('no picture');
  const reach = Math.min(box.height, box.width) / 10;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(middle.x - reach / 2, middle.y - reach / 2);
  await page.mouse.down();
  for (const [x, y] of [
    [0.5, -0.5],
    [-0.5, 0],
    [0.5, 0],
    [-0.5, 0.5],
    [0.5, 0.5],
  ] as const)
    await page.mouse.move(middle.x + x * reach, middle.y + y * reach, { steps: 5 });
  await page.mouse.up();
}

/** The pixels of the predicted picture. */
function shownPixels(page: Page): Promise<string> {
  return page
    .locator('.compare-over canvas')
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL('image/png'));
}

/** The photograph and the prediction over it, as addresses of PNGs. */
async function picturesOf(page: Page): Promise<[original: string, predicted: string]> {
  const original = await page
    .locator('.compare-base canvas')
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL('image/png'));
  return [original, await shownPixels(page)];
}

const bytesOf = (address: string) => Buffer.from(address.split(',')[1] ?? '', 'base64');

/** Places (byte offsets of pixels) where two pictures differ by more than rounding. */
async function brightnessWhere(a: string, b: string): Promise<{ places: number[]; count: number }> {
  const [one, other] = await Promise.all([pixelsOf(a), pixelsOf(b)]);
  const places: number[] = [];
  for (let p = 0; p < one.length; p += 3) {
    if (Math.abs(one.readUInt8(p + 1) - other.readUInt8(p + 1)) >= 3) places.push(p);
  }
  return { places, count: places.length };
}

async function meanAt(picture: string, places: readonly number[]): Promise<number> {
  const pixels = await pixelsOf(picture);
  return places.reduce((sum, p) => sum + pixels.readUInt8(p + 1), 0) / places.length;
}

/** That a file is the prediction with letters across it and a band of dark words on white below it. */
async function expectMarked(file: Buffer, prediction: Buffer): Promise<void> {
  const plain = sharp(prediction).removeAlpha();
  const { width, height } = await plain.metadata();
  const metadata = await sharp(file).metadata();
  expect(metadata).toMatchObject({ format: 'png', width });
  expect(metadata.exif).toBeUndefined();
  const bandPx = metadata.height - height;
  expect(bandPx).toBeGreaterThan(30);
  const part = (top: number, rows: number) =>
    sharp(file).removeAlpha().extract({ left: 0, top, width, height: rows }).raw().toBuffer();
  const band = await part(height, bandPx);
  const share = (test: (value: number) => boolean) => band.filter(test).length / band.length;
  expect(share((value) => value > 250)).toBeGreaterThan(0.7);
  expect(share((value) => value < 80)).toBeGreaterThan(0.01);
  const [picture, unmarked] = [await part(0, height), await plain.raw().toBuffer()];
  const changed = picture.reduce(
    (sum, value, p) => sum + Number(Math.abs(value - unmarked.readUInt8(p)) > 8),
    0,
  );
  // Letters in rows over the whole picture, and the picture still to be seen between them.
  expect(changed / picture.length).toBeGreaterThan(0.01);
  expect(changed / picture.length).toBeLessThan(0.3);
}

async function pixelsOf(address: string): Promise<Buffer> {
  return sharp(Buffer.from(address.split(',')[1] ?? '', 'base64'))
    .removeAlpha()
    .raw()
    .toBuffer();
}

const meanOf = (pixels: Buffer) => pixels.reduce((sum, value) => sum + value, 0) / pixels.length;

async function choose(page: Page, text: string): Promise<string> {
  const before = await shownPixels(page);
  await page.getByText(text, { exact: true }).click();
  await expect.poll(() => shownPixels(page), { timeout: 30_000 }).not.toBe(before);
  return shownPixels(page);
}

journeys('the visitor’s preview', () => {
  test('foresees a patch on a photo of 12 megapixels with the line cut, from day 0 to month 12', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ acceptDownloads: true });
    const heard = listen(page.context());
    await page.goto('/en/preview');
    await page.getByRole('button', { name: 'Open the preview' }).waitFor();
    await screenshot(page, 'preview-offer');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Open the preview' }).click();
    await page.getByText('Choose a photo', { exact: true }).waitFor();
    await screenshot(page, 'preview-start');
    expect(await axeFaults(page)).toEqual([]);
    await open(page, 'Vitiligo', await phonePhotoOfPatch());
    await tapMiddle(page.getByRole('application'));
    await page.getByText('The border was found.').waitFor({ timeout: 60_000 });
    await screenshot(page, 'preview-vitiligo-place', false);
    // From here on there is no network at all.
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Show the range' }).click();
    await page.getByRole('button', { name: 'Save the picture' }).waitFor({ timeout: 120_000 });
    await screenshot(page, 'preview-vitiligo', false);
    expect(await axeFaults(page)).toEqual([]);

    // Worked on upright and at a size a phone can hold, whatever the file's.
    const [original, week6] = await picturesOf(page);
    const { width, height } = await sharp(bytesOf(original)).metadata();
    expect(width / height).toBeCloseTo(4 / 3, 2);
    expect(width * height).toBeGreaterThan(1_000_000);
    expect(width * height).toBeLessThan(1_202_000);

    // The patch grows darker towards its surround, more so on day 0, and nothing else changes.
    const day0 = await choose(page, 'Day 0');
    await screenshot(page, 'preview-vitiligo-day0', false);
    const month12 = await choose(page, 'Month 12');
    const inPatch = await brightnessWhere(original, week6);
    expect(inPatch.count).toBeGreaterThan(1000);
    expect(inPatch.count).toBeLessThan((width * height) / 5);
    const [before, after0, after6, after12] = await Promise.all(
      [original, day0, week6, month12].map((picture) => meanAt(picture, inPatch.places)),
    );
    expect(after6).toBeLessThan(before ?? 0);
    expect(after0).toBeLessThan(after12 ?? 0);
    const lighter = await choose(page, 'Lighter');
    const darker = await choose(page, 'Darker');
    expect(await meanAt(darker, inPatch.places)).toBeLessThan(await meanAt(lighter, inPatch.places));

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the picture' }).click();
    const file = await readFile(await (await saved).path());
    await expectMarked(file, bytesOf(darker));

    await page.context().setOffline(false);
    expect(heard.length).toBeGreaterThan(5);
    expect(sentBeyondQuestions(heard, site)).toEqual([]);
  });

  test('says when it is not sure of a border, and lets the brush draw it instead', async ({ openPage }) => {
    const page = await openPage();
    // The middle of this patch is burnt out: a tap there finds something else.
    await open(page, 'Vitiligo', 'sim-patch-006.jpg');
    const easel = page.getByRole('application');
    await tapMiddle(easel);
    await page.getByText('The program is not sure of this border.').waitFor({ timeout: 60_000 });
    expect(await page.getByRole('radio', { name: 'Brush on' }).isChecked()).toBe(true);
    await screenshot(page, 'preview-doubt', false);
    expect(await axeFaults(page)).toEqual([]);
    await rubMiddle(page, easel);
    await page.getByText('The border was found.').waitFor({ timeout: 60_000 });
    expect(await page.getByText('The program is not sure').count()).toBe(0);
    await screenshot(page, 'preview-painted', false);
  });

  test('compares by mouse, by finger and by key', async ({ openPage }) => {
    const page = await openPage({ viewport: phone, hasTouch: true });
    await open(page, 'Lip', 'cc0-005-woman-light-skin-lips.jpg');
    await page.getByRole('button', { name: 'Show the range' }).click({ timeout: 60_000 });
    const frame = page.locator('.compare');
    await frame.waitFor({ timeout: 120_000 });
    await frame.scrollIntoViewIfNeeded();
    const slider = page.getByRole('slider', { name: 'Before and after' });
    const at = async () => Number(await slider.inputValue());
    const box = await frame.boundingBox();
    if (!box) throw new Error('no picture');
    const y = box.y + box.height / 2;
    const x = (percent: number) => box.x + (box.width * percent) / 100;

    await page.mouse.move(x(20), y);
    await page.mouse.down();
    await page.mouse.move(x(60), y, { steps: 4 });
    await page.mouse.up();
    expect(Math.abs((await at()) - 60)).toBeLessThanOrEqual(1);
    // The bar stays where it was left.
    await page.mouse.move(x(90), y);
    expect(Math.abs((await at()) - 60)).toBeLessThanOrEqual(1);

    const fingers = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...percent: number[]) =>
      fingers.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: percent.map((where) => ({ x: x(where), y })),
      });
    await touch('touchStart', 60);
    for (const where of [50, 40, 30]) await touch('touchMove', where);
    await touch('touchEnd');
    expect(Math.abs((await at()) - 30)).toBeLessThanOrEqual(1);

    await slider.focus();
    await slider.press('End');
    expect(await at()).toBe(100);
    await slider.press('ArrowLeft');
    expect(await at()).toBe(99);
    await slider.press('Shift+ArrowLeft');
    expect(await at()).toBe(89);
    await slider.press('Home');
    expect(await at()).toBe(0);
    expect(await slider.getAttribute('aria-valuetext')).toBe('Now 0 %, Predicted 100 %');
  });

  test('says when a patch is burnt out, and what to do', async ({ openPage }) => {
    const page = await openPage();
    await open(page, 'Vitiligo', await burntOutPhoto());
    await tapMiddle(page.getByRole('application'));
    await page.getByText(/The border was found|not sure of this border/).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Show the range' }).click();
    await page.getByText('too bright in this photo').waitFor({ timeout: 120_000 });
    await screenshot(page, 'preview-burnt-out', false);
    expect(await axeFaults(page)).toEqual([]);
  });

  test('foresees lips in a chosen tone, redder than they are', async ({ openPage, site }) => {
    const page = await openPage({ viewport: phone, hasTouch: true });
    const heard = listen(page.context());
    await open(page, 'Lip', 'cc0-005-woman-light-skin-lips.jpg');
    await page.getByText('Berry', { exact: true }).click({ timeout: 60_000 });
    await screenshot(page, 'preview-lip-place-phone', false);
    expect(await axeFaults(page)).toEqual([]);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Show the range' }).click();
    await page.getByRole('button', { name: 'Save the picture' }).waitFor({ timeout: 120_000 });
    await screenshot(page, 'preview-lip-phone');
    expect(await sidewaysPx(page)).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    const before = await pixelsOf(
      await page
        .locator('.compare-base canvas')
        .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL('image/png')),
    );
    const after = await pixelsOf(await shownPixels(page));
    const changed = { count: 0, red: [0, 0], green: [0, 0] };
    for (let p = 0; p < before.length; p += 3) {
      if (Math.abs(after.readUInt8(p + 1) - before.readUInt8(p + 1)) < 3) continue;
      changed.count += 1;
      for (const [n, pixels] of [before, after].entries()) {
        changed.red[n] = (changed.red[n] ?? 0) + pixels.readUInt8(p);
        changed.green[n] = (changed.green[n] ?? 0) + pixels.readUInt8(p + 1);
      }
    }
    // Only the lips change: a small part of the picture, and they keep less of their green than of their red.
    expect(changed.count).toBeGreaterThan(200);
    expect(changed.count).toBeLessThan(before.length / 3 / 10);
    const kept = ([was = 1, is = 1]: readonly number[]) => is / was;
    expect(kept(changed.green)).toBeLessThan(kept(changed.red));
    await page.context().setOffline(false);
    expect(heard.length).toBeGreaterThan(5);
    expect(sentBeyondQuestions(heard, site)).toEqual([]);
  });

  test('foresees a scalp under a hairline that is dragged or moved by key', async ({ openPage, site }) => {
    const page = await openPage();
    const heard = listen(page.context());
    await open(page, 'Scalp', 'cc0-061-man-shaved-scalp-front.jpg');
    const hairline = page.getByRole('slider', { name: 'Hairline above the brows' });
    await hairline.waitFor({ timeout: 60_000 });
    const picture = page.getByRole('img', { name: 'Your photo with the hairline' });
    const box = await picture.boundingBox();
    if (!box) throw new Error('no picture');
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 4 };
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x, at.y + 12, { steps: 3 });
    await page.mouse.up();
    const dragged = Number(await hairline.inputValue());
    expect(dragged).toBeLessThan(80);
    await hairline.focus();
    await hairline.press('ArrowRight');
    expect(Number(await hairline.inputValue())).toBe(dragged + 1);
    await screenshot(page, 'preview-scalp-place', false);
    expect(await axeFaults(page)).toEqual([]);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Show the range' }).click();
    await page.getByRole('button', { name: 'Save the picture' }).waitFor({ timeout: 120_000 });
    await screenshot(page, 'preview-scalp', false);
    const week6 = meanOf(await pixelsOf(await shownPixels(page)));
    const month12 = meanOf(await pixelsOf(await choose(page, 'Month 12')));
    const original = await page
      .locator('.compare-base canvas')
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL('image/png'));
    expect(week6).toBeLessThan(meanOf(await pixelsOf(original)));
    expect(month12).not.toBe(week6);
    await page.context().setOffline(false);
    expect(heard.length).toBeGreaterThan(5);
    expect(sentBeyondQuestions(heard, site)).toEqual([]);
  });

  test('says in plain words what it cannot do', async ({ openPage }) => {
    const page = await openPage();
    await open(page, 'Lip', 'sim-patch-006-mask.png');
    await page.getByText('No face was found.').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Take a photo' }).click();
    await page.getByText('The camera could not be opened.').waitFor({ timeout: 30_000 });
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') });
    await page.getByText('cannot be opened as a picture').waitFor();
  });

  test.for(['hi', 'bn', 'ne'])('speaks %s on a phone', async (language, { openPage }) => {
    const page = await openPage({ viewport: phone });
    await page.goto(`/${language}/preview`);
    await page.locator('[data-preview-start]').click();
    await page.locator('.preview-tool').waitFor();
    await screenshot(page, `preview-start-${language}`);
    expect(await sidewaysPx(page)).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
  });

  test('tells a visitor without scripts what it needs, and why', async ({ openPage }) => {
    const page = await openPage({ javaScriptEnabled: false });
    await page.goto('/en/preview');
    await page.getByText('This page needs JavaScript').waitFor();
    await page.getByText('It is a calculation, not a promise.').waitFor();
    expect(await page.locator('.preview-tool').count()).toBe(0);
    await screenshot(page, 'preview-no-script');
  });
});
