import { join } from 'node:path';
import type { BrowserContext, Locator, Page, Request } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { rootDir } from '../tools/run.ts';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, test } from './journey.ts';

const photoPath = (name: string) => join(rootDir, 'packages/engine/fixtures/photos', name);

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

async function open(page: Page, treatment: string, photo: string, language = 'en'): Promise<void> {
  await page.goto(`/${language}/preview`);
  await page.locator('.preview-tool').getByText(treatment, { exact: true }).click();
  await page.locator('input[type=file]').setInputFiles(photoPath(photo));
}

async function tapMiddle(easel: Locator): Promise<void> {
  await easel.focus();
  await easel.press('ArrowDown');
  await easel.press('Enter');
}

/** The pixels of the predicted picture. */
function shownPixels(page: Page): Promise<string> {
  return page
    .locator('.compare-over canvas')
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL('image/png'));
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
  test('finds a patch with the line cut, and says so when its light is burnt out', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ acceptDownloads: true });
    const heard = listen(page.context());
    await page.goto('/en/preview');
    await page.getByText('Choose a photo', { exact: true }).waitFor();
    await screenshot(page, 'preview-start');
    expect(await axeFaults(page)).toEqual([]);
    await open(page, 'Vitiligo', 'sim-patch-006.jpg');
    await tapMiddle(page.getByRole('application'));
    await page.getByText('The border was found.').waitFor({ timeout: 60_000 });
    await screenshot(page, 'preview-vitiligo-place', false);
    // From here on there is no network at all.
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Show the range' }).click();
    await page.getByText('does not show enough to calculate from').waitFor({ timeout: 120_000 });
    expect(await axeFaults(page)).toEqual([]);
    await page.context().setOffline(false);
    expect(heard.length).toBeGreaterThan(5);
    expect(sentBeyondQuestions(heard, site)).toEqual([]);
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
