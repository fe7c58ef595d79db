import { join } from 'node:path';
import { expect } from 'vitest';
import { rootDir } from '../tools/run.ts';
import { axeFaults, journeys, openStudio, screenshot, test } from './journey.ts';

/** The middle of its patch is burnt out: a tap there finds something else, and the program doubts it. */
const photoPath = join(rootDir, 'packages/engine/fixtures/photos/sim-patch-006.jpg');

journeys('a doubtful border in the studio', () => {
  test('is said to be one, hands over the brush, and gives way to the first stroke', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await openStudio(page, site);
    await page.locator('input[accept="image/*"]').setInputFiles(photoPath);
    await page.getByText('800 × 800 px').waitFor();
    const easel = page.getByRole('application');
    await easel.focus();
    await easel.press('ArrowDown');
    await easel.press('Enter');
    const doubt = page.getByText('The program is not sure of this border.');
    await doubt.waitFor({ timeout: 60_000 });
    expect(await page.getByRole('radio', { name: 'Brush on' }).isChecked()).toBe(true);
    const area = page.getByTestId('area').getByText(/px/);
    const proposed = await area.textContent();
    await screenshot(page, 'studio-doubt', false);
    expect(await axeFaults(page)).toEqual([]);

    await easel.focus();
    await easel.press('Enter');
    await doubt.waitFor({ state: 'detached', timeout: 60_000 });
    expect(await page.getByText(/Likelihood that this border is right/).count()).toBe(0);
    expect(await area.textContent()).not.toBe(proposed);
    await screenshot(page, 'studio-doubt-painted', false);

    // What the stroke replaced is not lost: undone, the proposal and the doubt are back.
    await page.getByRole('button', { name: 'Undo' }).click();
    await doubt.waitFor();
    expect(await area.textContent()).toBe(proposed);
  });
});
