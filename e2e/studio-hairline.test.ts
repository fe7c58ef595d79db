import { join } from 'node:path';
import { expect } from 'vitest';
import { rootDir } from '../tools/run.ts';
import { axeFaults, journeys, openStudio, screenshot, sidewaysPx, test } from './journey.ts';

const face = join(rootDir, 'packages/engine/fixtures/photos/cc0-061-man-shaved-scalp-front.jpg');

journeys('the studio, a hairline by hand', () => {
  test('is moved by mouse and by keyboard, warned of, and taken back', async ({ openPage, site }) => {
    const page = await openPage();
    await openStudio(page, site);
    await page.locator('input[type=file]').setInputFiles(face);
    await page.getByText('Colour is uncalibrated').waitFor();
    await page.getByText('Scalp', { exact: true }).first().click();
    await page.getByRole('button', { name: 'Find the zone' }).click();
    const middle = page.getByRole('button', { name: /^Mid-frontal point: \d+ mm above the glabella$/ });
    await middle.waitFor({ timeout: 60_000 });
    expect(await page.locator('.hairline-handle').count()).toBe(5);
    const area = page.getByTestId('area');
    const said = page.getByTestId('hairline-midFrontal');
    const [firstArea, first] = [await area.innerText(), await said.innerText()];
    await screenshot(page, 'studio-hairline', false);

    await middle.focus();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => area.innerText(), { timeout: 20_000 }).not.toBe(firstArea);
    const byKeys = Number.parseInt(first) - Number.parseInt(await said.innerText());
    expect(byKeys).toBeGreaterThanOrEqual(5);
    expect(byKeys).toBeLessThanOrEqual(7);
    const keysArea = await area.innerText();

    const box = await middle.boundingBox();
    if (!box) throw new Error('the handle is shown');
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
    await page.mouse.move(box.x + 22, box.y + 22);
    await page.mouse.down();
    await page.mouse.move(box.x + 22, box.y + 72, { steps: 4 });
    await page.mouse.up();
    await page.getByText(/The middle of the hairline lies lower than/).waitFor();
    await expect.poll(() => area.innerText(), { timeout: 20_000 }).not.toBe(keysArea);
    await screenshot(page, 'studio-hairline-low', false);
    expect(await axeFaults(page)).toEqual([]);

    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(() => area.innerText()).toBe(keysArea);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(() => area.innerText()).toBe(firstArea);
    expect(await said.innerText()).toBe(first);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await sidewaysPx(page)).toBe(0);
    await middle.scrollIntoViewIfNeeded();
    await screenshot(page, 'studio-hairline-360', false);
  });
});
