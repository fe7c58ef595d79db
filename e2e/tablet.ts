/** What a hand does on the tablet of a session, for journeys. */
import type { Locator, Page } from 'playwright-core';

export async function step(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Session' }).getByRole('button', { name }).click();
}

export async function choose(page: Page, label: string | RegExp, option: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: label }).last().click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** What a finger presses for one of several choices: its words, behind which the input itself is hidden. */
export function choiceOf(page: Page, name: string): Locator {
  return page.locator('label', { has: page.getByRole('radio', { name, exact: true }) });
}

export async function fillNumber(page: Page, label: string | RegExp, value: string): Promise<void> {
  const field = page.getByRole('textbox', { name: label }).last();
  await field.fill(value);
  await field.blur();
}
