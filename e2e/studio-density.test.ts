import { join } from 'node:path';
import { expect } from 'vitest';
import { rootDir } from '../tools/run.ts';
import { axeFaults, journeys, openStudio, phone, screenshot, sidewaysPx, test } from './journey.ts';

journeys('the density brush', () => {
  test('makes a place sparser by keys; the dots follow, the plan tells it, undo brings them back', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await openStudio(page, site);
    await page
      .locator('input[accept="image/*"]')
      .setInputFiles(join(rootDir, 'packages/engine/fixtures/photos/sim-patch-006.jpg'));
    const easel = page.getByRole('application');
    await easel.waitFor();
    // A zone of scalp: its plan needs no search for a recipe.
    await page.getByRole('radiogroup').getByText('Scalp', { exact: true }).click();
    await page.getByLabel('Or millimetres a pixel').fill('0.2');
    await easel.focus();
    for (let n = 0; n < 4; n += 1) await easel.press(']');
    await easel.press('Enter');
    await page
      .getByTestId('area')
      .getByText(/± .* cm²/)
      .waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Make the plan' }).click();
    const dots = page.getByTestId('dots');
    await dots.waitFor({ timeout: 90_000 });
    const planned = await dots.textContent();

    await page.getByText('× 0.5', { exact: true }).click();
    expect(await page.getByRole('checkbox', { name: 'Show the dots' }).isChecked()).toBe(true);
    await easel.focus();
    await easel.press('[');
    await easel.press('[');
    await easel.press('Enter');
    await page.getByTestId('density-strokes').getByText('Strokes: 1').waitFor();
    await page.getByText(/density of dots was changed by hand on .* % of the region/).waitFor({
      timeout: 90_000,
    });
    const countOf = (text: string | null) => Number((text ?? '').replaceAll(',', ''));
    expect(countOf(await dots.textContent())).toBeLessThan(countOf(planned));
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'studio-density', false);
    await page.setViewportSize(phone);
    await screenshot(page, 'studio-density-360');
    expect(await sidewaysPx(page)).toBe(0);

    const step = page.getByRole('region', { name: 'Density brush' });
    await step.getByRole('button', { name: 'Undo' }).click();
    await dots.getByText(planned ?? '', { exact: true }).waitFor({ timeout: 90_000 });
    expect(await page.getByText(/changed by hand/).count()).toBe(0);
  });
});
