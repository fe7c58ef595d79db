/*
 * `node tools/studio-frames.ts`: how smoothly the studio's picture zooms and pans. Opens a 12-megapixel photograph with a
 * region in a real Chromium, turns the wheel and drags for some seconds, and reads Chromium's own trace.
 */
import { join } from 'node:path';
import sharp from 'sharp';
import { ensureBundle } from '../packages/web/server/bundle.ts';
import { findChromium, launchChromium } from './chromium.ts';
import { rootDir } from './run.ts';
import { removeHome, startSite } from './site.ts';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
}

const seconds = 5;
const owner = {
  name: 'Sample owner',
  email: 'owner@example.org',
  password: 'nine grey herons over the weir',
};

const found = await findChromium();
if (!found.ok) throw new Error(found.message);
await ensureBundle(() => undefined);
const site = await startSite();
const browser = await launchChromium(found);
try {
  const context = await browser.newContext({ baseURL: site.url, viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.request.post(site.ownerLink ?? '', {
    form: owner,
    headers: { Origin: site.url },
    maxRedirects: 0,
  });
  await page.goto('/studio');
  const photo = await sharp(
    join(rootDir, 'packages/engine/fixtures/photos/cc0-027-woman-red-lips-tilted.jpg'),
  )
    .resize(3024, 4032, { fit: 'cover' })
    .jpeg({ quality: 88 })
    .toBuffer();
  await page
    .locator('input[accept="image/*"]')
    .setInputFiles({ name: 'large.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.getByText('Colour is uncalibrated').waitFor({ timeout: 120_000 });
  await page.getByRole('radiogroup').getByText('Lip', { exact: true }).click();
  await page.getByRole('button', { name: 'Find the lips' }).click();
  await page.getByText('Found from the face.').waitFor({ timeout: 120_000 });
  await page.getByText('Move', { exact: true }).click();

  const box = await page.getByRole('application').boundingBox();
  if (!box) throw new Error('The picture is not shown.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const act = async (name: string, step: (n: number) => Promise<void>) => {
    await browser.startTracing(page, {
      categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline.frame', 'cc'],
    });
    const end = performance.now() + seconds * 1000;
    for (let n = 0; performance.now() < end; n++) await step(n);
    const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    tell(name, trace.traceEvents);
  };
  await page.mouse.move(x, y);
  await act('zoom by wheel', (n) => page.mouse.wheel(0, n % 60 < 30 ? -60 : 60));
  for (let n = 0; n < 8; n++) await page.mouse.wheel(0, -120);
  await page.mouse.down();
  await act('pan by hand', (n) => page.mouse.move(x + 150 * Math.sin(n / 9), y + 90 * Math.cos(n / 7)));
  await page.mouse.up();
} finally {
  await browser.close();
  await site.stop();
  await removeHome(site.home);
}

function tell(name: string, events: readonly TraceEvent[]): void {
  const frames = events.filter((event) => event.name === 'DrawFrame').map(({ ts }) => ts / 1000);
  const gaps = frames.slice(1).map((at, n) => at - (frames[n] ?? at));
  const scripts = events
    .filter((event) => event.name === 'FireAnimationFrame')
    .map(({ dur = 0 }) => dur / 1000);
  const at = (values: readonly number[], q: number) =>
    (values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? Number.NaN).toFixed(1);
  process.stdout.write(
    `${name}: ${(frames.length / seconds).toFixed(0)} frames a second; between frames ${at(gaps, 0.5)} ms (median), ${at(gaps, 0.95)} ms (95 %); drawing takes ${at(scripts, 0.5)} ms (${at(scripts, 0.95)}) of the page's thread\n`,
  );
}
