import { expect } from 'vitest';
import { axeFaults, journeys, phone, screenshot, test } from './journey.ts';

journeys('the components', () => {
  test('the comparison moves by mouse, by finger and by the arrow keys, and says where it stands', async ({
    openPage,
  }) => {
    const page = await openPage({ viewport: phone, hasTouch: true });
    await page.goto('/ui');
    const frame = page.locator('.compare');
    const slider = page.getByRole('slider', { name: 'Before and predicted' });
    await frame.scrollIntoViewIfNeeded();
    const box = await frame.boundingBox();
    if (!box) throw new Error('the comparison is not on the page');
    const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const;
    const standsAt = async () => Number(await slider.inputValue());

    await page.mouse.move(...at(0.5));
    await page.mouse.down();
    await page.mouse.move(...at(0.2), { steps: 4 });
    await page.mouse.up();
    expect(await standsAt()).toBeCloseTo(20, 0);

    await page.touchscreen.tap(...at(0.7));
    expect(await standsAt()).toBeCloseTo(70, 0);

    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await standsAt()).toBeCloseTo(69, 0);
    await page.keyboard.press('Shift+ArrowRight');
    expect(await standsAt()).toBeCloseTo(79, 0);
    await page.keyboard.press('Home');
    expect(await standsAt()).toBe(0);
    expect(await slider.getAttribute('aria-valuetext')).toBe('Before 0 %, Week 6 100 %');
  });

  test('a dialog takes the keyboard, gives it back, and is sound while open', async ({ openPage }) => {
    const page = await openPage();
    await page.goto('/ui');
    const opener = page.getByRole('button', { name: 'Ask first' });
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Discard this plan?' });
    await dialog.waitFor();
    for (let step = 0; step < 5; step++) {
      await page.keyboard.press('Tab');
      expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    }
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'dialog', false);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('a choice is made by the keyboard alone', async ({ openPage }) => {
    const page = await openPage({ colorScheme: 'dark' });
    await page.goto('/ui');
    await page
      .getByRole('button', { name: 'Choose Needle' })
      .or(page.getByRole('button', { name: 'Needle' }))
      .first()
      .focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: '3 round liner' }).waitFor();
    await screenshot(page, 'select', false);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('option').first().waitFor({ state: 'detached' });
    expect(await page.locator('.select-button').first().innerText()).toBe('3 round liner');
  });

  test('a notice is announced, and one with an action waits for it', async ({ openPage }) => {
    const page = await openPage();
    await page.goto('/ui');
    await page.getByRole('button', { name: 'Offer undo' }).click();
    const notice = page.getByRole('alertdialog').filter({ hasText: 'Stroke removed.' });
    await notice.waitFor();
    await screenshot(page, 'toast', false);
    expect(await axeFaults(page)).toEqual([]);
    await notice.getByRole('button', { name: 'Undo' }).click();
    await notice.waitFor({ state: 'detached' });
  });

  test('nothing moves for people who asked for stillness', async ({ openPage }) => {
    const page = await openPage({ reducedMotion: 'reduce' });
    await page.goto('/ui');
    const moving = await page.evaluate(
      () =>
        document
          .getAnimations()
          .filter((animation) => Number(animation.effect?.getComputedTiming().activeDuration ?? 0) > 1)
          .length,
    );
    expect(moving).toBe(0);
  });
});
