import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePlan } from '@undertone/clinic/planning/schema.ts';
import { maskOfRuns, type PlanDocument } from '@undertone/engine/plan/document.ts';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { rootDir } from '../tools/run.ts';
import { journeys, newPatient, signInAsOwner, test } from './journey.ts';

/*
 * The same photograph through the workers of a browser and through the program in a terminal. From the same pixels and the
 * same region every number agrees to a millionth, but how many steps the search took: browser and Node may round the last
 * digit of a logarithm otherwise. Where each decodes the JPEG itself, and finds the region itself, a few border pixels in a
 * thousand may differ, and areas and counts by half a percent.
 */
const closely = 1e-6;
const nearly = 0.005;

const photoOf = (name: string) => join(rootDir, 'packages/engine/fixtures/photos', name);

function undertone(...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const program = join(rootDir, 'packages/web/cli/undertone.js');
    execFile(process.execPath, [program, ...args], { maxBuffer: 1e8 }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr));
      else resolve(stdout);
    });
  });
}

/** What the studio made of a photograph, as the record keeps it, with the pixels it worked at. */
async function inBrowser(page: Page, site: string, treatment: 'Vitiligo' | 'Lip' | 'Scalp', photo: string) {
  await signInAsOwner(page, site);
  const chart = await newPatient(page, { name: `Sample Headless ${treatment}`, ageYears: '40' });
  await page.goto(`/studio?patient=${chart.split('/').at(-1)}`);
  await page.getByText('Drop a photograph here').waitFor();
  await page.locator('input[accept="image/*"]').setInputFiles(photo);
  await page.getByText('Colour is uncalibrated').waitFor();
  if (treatment === 'Vitiligo') {
    const easel = page.getByRole('application');
    await easel.focus();
    await easel.press('Shift+ArrowDown');
    await easel.press('Enter');
    await page.getByText(/Likelihood that this border is right/).waitFor({ timeout: 60_000 });
    await page.getByLabel('Or millimetres a pixel').fill('0,2');
  } else {
    await page.getByRole('radiogroup').getByText(treatment, { exact: true }).click();
    await page.getByRole('button', { name: /^Find the/ }).click();
    await page.getByText('Found from the face.').waitFor({ timeout: 60_000 });
  }
  await page.getByText(/± .* cm²/).waitFor();
  await page.getByRole('button', { name: 'Make the plan' }).click();
  await page.getByTestId('plan').waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Save the plan' }).click();
  await page.getByText('Saved in the record.').waitFor({ timeout: 60_000 });
  const address = await page.getByRole('link', { name: 'Open the saved plan' }).getAttribute('href');
  const parsed = parsePlan(await (await page.request.get(`${address}/plan.json`)).text());
  if (!parsed.ok) throw new Error(parsed.message);
  const pixels = await page.request.get(`${address}/picture`);
  return {
    document: parsed.plan,
    map: await (await page.request.get(`${address}/map`)).text(),
    picture: pixels.ok() ? await pixels.body() : await readFile(photo),
  };
}

const maskOf = ({ inputs }: PlanDocument) =>
  maskOfRuns(inputs.region.maskRuns, inputs.photo.widthPx * inputs.photo.heightPx);

function pngOfMask(document: PlanDocument): Promise<Buffer> {
  const { widthPx: width, heightPx: height } = document.inputs.photo;
  return sharp(Buffer.from(maskOf(document)), { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
}

/** Intersection over union of a document's region and a mask file. */
async function overlap(document: PlanDocument, path: string): Promise<number> {
  const ours = maskOf(document);
  const theirs = await sharp(path).greyscale().raw().toBuffer();
  let [both, either] = [0, 0];
  ours.forEach((a, i) => {
    both += Math.min(a, theirs[i] ?? 0);
    either += Math.max(a, theirs[i] ?? 0);
  });
  return both / either;
}

/** Paths of values that differ by more than a share of them. */
function differing(a: unknown, b: unknown, share: number, path = ''): string[] {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= share * Math.max(1e-9, Math.abs(a), Math.abs(b)) ? [] : [path];
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return a === b ? [] : [path];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) =>
    differing(
      (a as Record<string, unknown>)[key],
      (b as Record<string, unknown>)[key],
      share,
      path === '' ? key : `${path}.${key}`,
    ),
  );
}

/** What the two are told differently: where file, region and scale came from, and what is said of that. */
const toldOtherwise =
  /^(inputs\.(photo\.(sha256|name)|region\.(source|taps)|scale\.(relativeSd|from))|region\.(areaCm2Sd|words)|match\.evaluations|warnings)/;

journeys('browser and terminal', () => {
  test('agree on a patch: calibration, region, plan, map and dots', async ({ openPage, site }) => {
    const folder = await mkdtemp(join(tmpdir(), 'undertone-headless-'));
    const photo = photoOf('sim-patch-006.jpg');
    const made = await inBrowser(await openPage(), site, 'Vitiligo', photo);
    const { document } = made;
    const [tap] = document.inputs.region.taps ?? [];
    if (!tap) throw new Error('a tap was made');
    const found = join(folder, 'found.png');
    const region = JSON.parse(
      await undertone(
        'region',
        photo,
        '--treatment',
        'vitiligo',
        '--tap',
        `${tap.x},${tap.y}`,
        '--mask',
        found,
        '--json',
      ),
    ) as { areaPx: number };
    expect(await overlap(document, found)).toBeGreaterThan(1 - nearly);
    expect(Math.abs(region.areaPx / document.region.areaPx - 1)).toBeLessThan(nearly);

    const calibrated = JSON.parse(await undertone('calibrate', photo, '--json')) as {
      calibrated: boolean;
      reasons: string[];
      uncertainty: { absoluteDeltaE00Sd: number; differenceDeltaE00Sd: number };
    };
    expect(calibrated.calibrated).toBe(document.inputs.colour.calibrated);
    expect(calibrated.reasons.join(' ')).toBe(document.inputs.colour.statement);
    expect(calibrated.uncertainty.absoluteDeltaE00Sd).toBeCloseTo(document.inputs.colour.absoluteSdDeltaE, 2);

    const mask = join(folder, 'mask.png');
    const picture = join(folder, 'picture.png');
    await writeFile(mask, await pngOfMask(document));
    await writeFile(picture, made.picture);
    const out = join(folder, 'plan');
    const given = ['--mask', mask, '--mm-per-px', '0.2', '--seed', '1'];
    if (document.inputs.learned) {
      const learned = join(folder, 'learned.json');
      await writeFile(learned, JSON.stringify(document.inputs.learned));
      given.push('--learned', learned);
    }
    await undertone('plan', picture, '--treatment', 'vitiligo', ...given, '--out', out);
    const parsed = parsePlan(await readFile(join(out, 'plan.json'), 'utf8'));
    if (!parsed.ok) throw new Error(parsed.message);
    const others = differing(document, parsed.plan, closely).filter((path) => !toldOtherwise.test(path));
    expect(others).toEqual([]);
    expect(await readFile(join(out, 'map.svg'), 'utf8')).toBe(made.map);

    const { profile } = document.dots;
    if (profile.kind !== 'patch') throw new Error('a patch has the profile of one');
    const dots = JSON.parse(
      await undertone(
        'dots',
        '--mask',
        mask,
        '--mm-per-px',
        '0.2',
        '--seed',
        '1',
        '--density-per-cm2',
        String(profile.densityPerCm2),
        '--feather-mm',
        String(profile.featherMm),
        '--out',
        join(folder, 'dots.svg'),
        '--json',
      ),
    ) as { count: number };
    expect(dots.count).toBe(document.dots.count);
    await rm(folder, { recursive: true });
  });

  for (const [treatment, photo] of [
    ['Lip', 'cc0-025-woman-dark-skin-lips.jpg'],
    ['Scalp', 'cc0-061-man-shaved-scalp-front.jpg'],
  ] as const) {
    test(`agree on a ${treatment.toLowerCase()} each finds by itself`, async ({ openPage, site }) => {
      const folder = await mkdtemp(join(tmpdir(), 'undertone-headless-'));
      const { document } = await inBrowser(await openPage(), site, treatment, photoOf(photo));
      const out = join(folder, 'plan');
      const kind = treatment.toLowerCase();
      const found = join(folder, 'found.png');
      await undertone('region', photoOf(photo), '--treatment', kind, '--mask', found);
      expect(await overlap(document, found)).toBeGreaterThan(1 - nearly);
      await undertone('plan', photoOf(photo), '--treatment', kind, '--seed', '1', '--out', out);
      const parsed = parsePlan(await readFile(join(out, 'plan.json'), 'utf8'));
      if (!parsed.ok) throw new Error(parsed.message);
      const here = parsed.plan;
      const mask = join(folder, 'mask.png');
      await writeFile(mask, await pngOfMask(here));
      expect(await overlap(document, mask)).toBeGreaterThan(1 - nearly);
      expect(Math.abs((here.region.areaCm2 ?? 0) / (document.region.areaCm2 ?? 1) - 1)).toBeLessThan(nearly);
      expect(Math.abs((here.dots.count ?? 0) / (document.dots.count ?? 1) - 1)).toBeLessThan(nearly);
      expect(differing(document.inputs.density, here.inputs.density, nearly)).toEqual([]);
      await rm(folder, { recursive: true });
    });
  }
});
