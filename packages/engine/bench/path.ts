import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { Mask, Picture } from '../photo/index.ts';
import type { PreviewStatement } from '../plan/index.ts';
import { openPage, origin } from '../tools/landmarks/chromium.ts';
import { createNodePool } from '../work/node.ts';

export const name = 'path';
export const describe = 'a 12-megapixel photo to its preview and one more, by stage, in Node and in Chromium';

/** Milliseconds of each stage, in order. */
type Laps = Record<string, number>;

/** Longer side that the studio and the visitor's page work at, and that of 2 MP, px. */
const workingSides = { studio: 2400, '2 MP': 1633, visitor: 1265 } as const;
const rounds = 5;

const statement = (relative: number): PreviewStatement => ({
  state: 'week6',
  range: 'expected',
  relativeRgb: [relative, relative, relative],
  redness01: 0,
  words: '',
});

export async function run(): Promise<void> {
  const jpeg = await sharp(new URL('../fixtures/photos/sim-patch-006.jpg', import.meta.url).pathname)
    .resize(4000, 3000, { fit: 'cover' })
    .jpeg({ quality: 92 })
    .toBuffer();
  for (const [who, side] of Object.entries(workingSides)) {
    console.log(`${who}, ${side} px, Node, two workers`);
    // In a process of its own: its memory is then that of the work, not of this bench.
    spawnSync(process.execPath, [fileURLToPath(import.meta.url), String(side)], {
      input: jpeg,
      stdio: ['pipe', 'inherit', 'inherit'],
    });
    const browser = await inChromium(jpeg, side);
    console.log(`${who}, ${side} px, Chromium, two workers`);
    print(browser.laps);
    console.log(`  most memory of all its processes: ${Math.round(browser.mostMb)} MB\n`);
  }
}

/** Least and median of each stage over the rounds after the first, which warms up. */
function print(all: readonly Laps[]): void {
  const warm = all.slice(1);
  console.log(' '.repeat(44), 'least'.padStart(8), 'median'.padStart(8));
  for (const stage of Object.keys(warm[0] ?? {})) {
    const sorted = warm.map((laps) => laps[stage]).sort((a, b) => a - b);
    const middle = sorted[sorted.length >> 1];
    console.log(`  ${stage.padEnd(42)}`, sorted[0].toFixed(0).padStart(8), middle.toFixed(0).padStart(8));
  }
}

async function inNode(jpeg: Buffer, side: number): Promise<Laps[]> {
  const pool = createNodePool(2);
  const all: Laps[] = [];
  for (let round = 0; round < rounds; round++) {
    const laps: Laps = {};
    const begin = performance.now();
    let start = begin;
    const lap = (stage: string) => {
      const now = performance.now();
      laps[stage] = now - start;
      start = now;
    };
    const { data, info } = await sharp(jpeg)
      .resize(side, side, { fit: 'inside' })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const picture: Picture = {
      widthPx: info.width,
      heightPx: info.height,
      rgba: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
    };
    lap('decode and shrink');
    const middle = { x: info.width / 2, y: info.height / 2 };
    const found = await pool.run('propose', { picture, taps: [middle] });
    if (!found.ok) throw new Error(found.message);
    lap('propose from a tap');
    await preview(found.mask, 1);
    lap('read the border and draw');
    laps['photo to preview'] = start - begin;
    await preview(found.mask, 0.95);
    lap('draw another tone');
    all.push(laps);

    async function preview(mask: Mask, relative: number) {
      const source = { kind: 'region', picture, mask, treatment: 'vitiligo', expected: 'lighter' } as const;
      const answer = await pool.run('preview', { source, previews: [statement(relative)] });
      if (!answer.ok) throw new Error(answer.message);
    }
  }
  await pool.close();
  return all;
}

async function inChromium(jpeg: Buffer, side: number): Promise<{ laps: Laps[]; mostMb: number }> {
  const { page, close } = await openPage();
  const laps = await page.evaluate(
    async ({ base64, origin, side, rounds, statements }) => {
      const work = (await import(`${origin}/work/browser.ts`)) as typeof import('../work/browser.ts');
      const pool = work.createBrowserPool(2);
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const all: Record<string, number>[] = [];
      for (let round = 0; round < rounds; round++) {
        const laps: Record<string, number> = {};
        const begin = performance.now();
        let start = begin;
        const lap = (stage: string) => {
          const now = performance.now();
          laps[stage] = now - start;
          start = now;
        };
        const whole = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
        lap('decode');
        const scale = side / Math.max(whole.width, whole.height);
        const widthPx = Math.round(whole.width * scale);
        const heightPx = Math.round(whole.height * scale);
        const canvas = new OffscreenCanvas(widthPx, heightPx);
        const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently: true });
        if (!context) throw new Error('no canvas');
        context.imageSmoothingQuality = 'high';
        context.drawImage(whole, 0, 0, widthPx, heightPx);
        whole.close();
        const picture = { widthPx, heightPx, rgba: context.getImageData(0, 0, widthPx, heightPx).data };
        lap('shrink and read');
        const found = await pool.run('propose', { picture, taps: [{ x: widthPx / 2, y: heightPx / 2 }] });
        if (!found.ok) throw new Error(found.message);
        lap('propose from a tap');
        const source = {
          kind: 'region',
          picture,
          mask: found.mask,
          treatment: 'vitiligo',
          expected: 'lighter',
        } as const;
        for (const [n, statement] of statements.entries()) {
          const answer = await pool.run('preview', { source, previews: [statement] });
          const drawn = answer.ok && answer.pictures[0];
          if (!drawn) throw new Error('no preview');
          const bitmap = await createImageBitmap(
            new ImageData(drawn.rgba as Uint8ClampedArray<ArrayBuffer>, widthPx, heightPx),
          );
          bitmap.close();
          lap(n === 0 ? 'read the border and draw' : 'draw another tone');
          if (n === 0) laps['photo to preview'] = start - begin;
        }
        all.push(laps);
      }
      await pool.close();
      return all;
    },
    { base64: jpeg.toString('base64'), origin, side, rounds, statements: [statement(1), statement(0.95)] },
  );
  const mostMb = await memoryOf((await browserPids()).map(String));
  await close();
  return { laps, mostMb };

  /** Processes of this browser: they descend from this one. */
  async function browserPids(): Promise<number[]> {
    const parents = new Map<number, number>();
    for (const entry of await readdir('/proc').catch(() => [])) {
      const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      if (/^\d+$/.test(entry) && parent > 0) parents.set(Number(entry), parent);
    }
    const isOurs = (pid: number): boolean => {
      const parent = parents.get(pid);
      return parent !== undefined && (parent === process.pid || isOurs(parent));
    };
    return [...parents.keys()].filter(isOurs);
  }
}

/** Sum of each process's own highest memory without what it shares, MB; not a number where there is no /proc. */
async function memoryOf(pids: readonly string[]): Promise<number> {
  let sum = 0;
  for (const pid of pids) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const of = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
    sum += of('VmHWM') - of('RssFile') - of('RssShmem');
  }
  return pids.length === 0 ? Number.NaN : sum / 1000;
}

if (import.meta.main) {
  print(await inNode(await buffer(process.stdin), Number(process.argv[2])));
  console.log(`  most memory of the process: ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`);
}
