import { join } from 'node:path';
import { pigmentDocument, samplePaints } from '@undertone/engine/match/index.ts';
import { expect } from 'vitest';
import { rootDir } from '../tools/run.ts';
import { axeFaults, journeys, screenshot, signInAsOwner, test } from './journey.ts';

const photoPath = join(rootDir, 'packages/engine/fixtures/photos/sim-patch-006.jpg');

/** A flat spectrum: enough to see that a file is taken, kept and let go. */
const spectrumCsv = [
  'wavelength_nm,arm',
  ...Array.from({ length: 31 }, (_, i) => `${400 + 10 * i},0.4`),
].join('\n');

journeys('readings and pigments in the studio', () => {
  test('are taken with their instrument, and from the clinic’s own set', async ({ openPage, site }) => {
    const page = await openPage();
    await signInAsOwner(page, site);
    const own = { ...pigmentDocument(samplePaints), name: 'Own inks', kind: 'ink' };
    const saved = await page.request.post('/desk/pigments', {
      headers: { Origin: site },
      form: { document: JSON.stringify(own) },
    });
    expect(saved.status()).toBe(201);

    await page.goto('/studio');
    await page.locator('input[type=file]').setInputFiles(photoPath);
    await page.getByText('800 × 800 px').waitFor();
    const easel = page.getByRole('application');
    await easel.focus();
    await easel.press('ArrowDown');
    await easel.press('Enter');
    await page
      .getByTestId('area')
      .getByText(/px|cm²/)
      .waitFor({ timeout: 60_000 });

    await page.getByRole('heading', { name: 'Colorimeter' }).click();
    await page.getByRole('button', { name: /Instrument/ }).click();
    await page.getByRole('option', { name: /gloss excluded/ }).click();
    await page.getByRole('button', { name: /Light and observer/ }).click();
    await page.getByRole('option', { name: 'D50, 2°' }).click();
    const make = page.getByRole('button', { name: 'Make the plan' });
    const fill = async (place: string, values: readonly string[]) => {
      const group = page.getByRole('group', { name: place });
      for (const [n, key] of ['L*', 'a*', 'b*'].entries()) await group.getByLabel(key).fill(values[n] ?? '');
    };
    await fill('Patch', ['74', '7', '15']);
    await page.getByText('Read the patch and the skin 5 cm away').first().waitFor();
    expect(await make.isDisabled()).toBe(true);
    await fill('Skin 5 cm away', ['62', '10', '19']);
    expect(await page.getByText('Read the patch and the skin 5 cm away').count()).toBe(0);
    expect(await page.getByTestId('read-surround').textContent()).toMatch(/SCE.*D50, 2°/);

    const buffer = Buffer.from(spectrumCsv);
    const file = page.locator('input[data-spectrum=patch]');
    await file.setInputFiles({ name: 'arm.csv', mimeType: 'text/csv', buffer });
    await page.getByText('Read all places the same way').first().waitFor();
    await page.getByRole('button', { name: 'Take the spectrum away' }).click();
    await page.getByText('Reflectance cannot fix the scattering scale').first().waitFor();

    await page.getByRole('heading', { name: 'Pigments' }).click();
    await page.getByRole('button', { name: /Pigment set/ }).click();
    await page.getByRole('option', { name: 'Own inks' }).first().click();
    await page.getByText('assumed for this set').waitFor();
    await page.getByText('All that are allowed').click();
    await page.getByText('magenta', { exact: true }).click();
    await screenshot(page, 'studio-readings', false);
    expect(await axeFaults(page)).toEqual([]);
    expect(await make.isEnabled()).toBe(true);
  });
});
