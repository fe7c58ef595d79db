/*
 * `node tools/studio-frames.ts`: how smoothly the studio's picture zooms and pans. Opens a 12-megapixel photograph with a
 * region in a real Chromium, turns the wheel and drags for some seconds, and reads Chromium's own trace. On Linux it tells the
 * processor time of all of Chromium's processes, too: of two runs beside other work only that can be compared.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
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
    const before = await processorMs();
    const end = performance.now() + seconds * 1000;
    for (let n = 0; performance.now() < end; n++) await step(n);
    const spentMs = (await processorMs()) - before;
    const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    tell(name, trace.traceEvents, spentMs);
  };
  await page.mouse.move(x, y);
  // An answer to a turn of the wheel comes a frame later: waiting for each would show half the frames.
  const turns: Promise<void>[] = [];
  await act('zoom by wheel', async (n) => {
    turns.push(page.mouse.wheel(0, n % 120 < 60 ? -30 : 30));
    await pause(8);
  });
  await Promise.all(turns);
  for (let n = 0; n < 8; n++) await page.mouse.wheel(0, -120);
  await page.mouse.down();
  await act('pan by hand', (n) => page.mouse.move(x + 150 * Math.sin(n / 9), y + 90 * Math.cos(n / 7)));
  await page.mouse.up();
} finally {
  await browser.close();
  await site.stop();
  await removeHome(site.home);
}

/** Processor time so far of the browser's processes, which descend from this one, ms; 0 where there is no /proc. */
async function processorMs(): Promise<number> {
  const processes = new Map<
    number,
    { readonly parent: number; readonly isBrowser: boolean; readonly ticks: number }
  >();
  for (const pid of await readdir('/proc').catch(() => [])) {
    const stat = /^\d+$/.test(pid) ? await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '') : '';
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    processes.set(Number(pid), {
      parent: Number(fields[1]),
      isBrowser: /\((chrom|headless)/.test(stat),
      ticks: Number(fields[11]) + Number(fields[12]),
    });
  }
  const isOurs = (pid: number): boolean => {
    const parent = processes.get(pid)?.parent;
    return parent !== undefined && (parent === process.pid || isOurs(parent));
  };
  let ticks = 0;
  for (const [pid, found] of processes) if (found.isBrowser && isOurs(pid)) ticks += found.ticks;
  // Linux counts a hundred ticks a second.
  return ticks * 10;
}

function tell(name: string, events: readonly TraceEvent[], spentMs: number): void {
  const frames = events.filter((event) => event.name === 'DrawFrame').map(({ ts }) => ts / 1000);
  const gaps = frames.slice(1).map((at, n) => at - (frames[n] ?? at));
  const scripts = events
    .filter((event) => event.name === 'FireAnimationFrame')
    .map(({ dur = 0 }) => dur / 1000);
  const at = (values: readonly number[], q: number) =>
    (values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? Number.NaN).toFixed(1);
  process.stdout.write(
    `${name}: ${(frames.length / seconds).toFixed(0)} frames a second; between frames ${at(gaps, 0.5)} ms (median), ${at(gaps, 0.95)} ms (95 %); drawing takes ${at(scripts, 0.5)} ms (${at(scripts, 0.95)}) of the page's thread, a frame ${(spentMs / frames.length).toFixed(1)} ms of all processors\n`,
  );
}
