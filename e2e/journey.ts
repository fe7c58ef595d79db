import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import axe, { type Result } from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { test as base, describe, expect, inject } from 'vitest';
import { launchChromium } from '../tools/chromium.ts';

/** Journeys through the real site in a real browser; skipped, loudly, where there is none. */
export const journeys = inject('chromium') === undefined ? describe.skip : describe;

export const desktop = { width: 1366, height: 768 };
export const phone = { width: 360, height: 740 };

/** Faults a page may have on purpose in one test, for instance the answer 422 to a refused form. */
export interface PageOptions extends BrowserContextOptions {
  readonly allowed?: readonly RegExp[];
}

export interface JourneyFixtures {
  /** Address of the site, without a trailing slash. */
  readonly site: string;
  readonly browser: Browser;
  /** A page in a context of its own. An error in its console, or a refused style or script, fails the test. */
  readonly openPage: (options?: PageOptions) => Promise<Page>;
}

export const test = base.extend<JourneyFixtures>({
  site: async ({}, use) => {
    await use(inject('site')?.url ?? '');
  },
  browser: [
    async ({}, use) => {
      const found = inject('chromium');
      if (!found) throw new Error('journeys() guards this');
      const browser = await launchChromium(found);
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  openPage: async ({ browser, site }, use) => {
    const contexts: BrowserContext[] = [];
    const faults: string[] = [];
    await use(async ({ allowed = [], ...options } = {}) => {
      const context = await browser.newContext({
        baseURL: site,
        viewport: desktop,
        locale: 'en-IN',
        timezoneId: 'Asia/Kolkata',
        ...options,
      });
      contexts.push(context);
      const note = (text: string) => {
        if (!allowed.some((pattern) => pattern.test(text))) faults.push(text);
      };
      context.on('console', (message) => {
        if (message.type() === 'error' || /Content Security Policy|Hydration/i.test(message.text())) {
          note(`${message.location().url} ${message.text()}`);
        }
      });
      context.on('weberror', (error) => note(error.error().stack ?? error.error().message));
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expect(faults).toEqual([]);
  },
});

export interface NewPatient {
  readonly name: string;
  readonly phone?: string;
  readonly birthDate?: string;
  readonly ageYears?: string;
}

/** Makes a person of the journey's own at the desk, signed in before; @returns the address path of the chart, which is open. */
export async function newPatient(page: Page, given: NewPatient): Promise<string> {
  await page.goto('/desk/patients/new');
  await page.getByLabel(/^Name/).fill(given.name);
  if (given.phone) await page.getByLabel(/^Telephone/).fill(given.phone);
  if (given.ageYears) await page.getByLabel('or age in years').fill(given.ageYears);
  if (given.birthDate) await page.getByLabel(/^Date of birth/).fill(given.birthDate);
  await page.getByRole('button', { name: 'Make the record' }).click();
  await page.getByRole('heading', { level: 1, name: given.name }).waitFor();
  return /\/desk\/patients\/[0-9a-f-]{36}/.exec(page.url())?.[0] ?? '';
}

export const owner = {
  name: 'Sample owner',
  email: 'owner@example.org',
  password: 'nine grey herons over the weir',
};

/** Signs the page's context in as the site's owner; makes the account the first time, by the link the site printed. */
export async function signInAsOwner(
  page: Page,
  site: string,
  link = inject('site')?.ownerLink ?? '',
): Promise<void> {
  const send = (path: string, form: Record<string, string>) =>
    page.request.post(path, { form, headers: { Origin: site }, maxRedirects: 0 });
  const made = await send(link, owner);
  if (made.status() === 302) return;
  const signedIn = await send(`${site}/sign-in`, { email: owner.email, password: owner.password });
  expect(signedIn.status()).toBe(302);
}

/** Opens the studio as the site's owner, ready to take a photograph. */
export async function openStudio(page: Page, site: string): Promise<void> {
  await signInAsOwner(page, site);
  await page.goto('/studio');
  await page.getByText('Drop a photograph here').waitFor();
}

/** Signs the page's context in as a new member of staff, whom the owner on `desk` invites into a role. */
export async function joinAs(
  page: Page,
  site: string,
  desk: Page,
  { role, ...account }: Record<'role' | 'name' | 'email' | 'password', string>,
): Promise<void> {
  const headers = { Origin: site };
  const invited = await desk.request.post('/desk/staff', { form: { act: 'invite', role }, headers });
  const [link] = /\/invite\/[\w.~-]+/.exec(await invited.text()) ?? [];
  const joined = await page.request.post(link ?? '/invite/none', { form: account, headers, maxRedirects: 0 });
  expect(joined.status()).toBe(302);
}

/**
 * Asks without a browser, redirects not followed. Many questions in a row are more than the site takes from one address:
 * then it says how long to wait, and this waits.
 */
export async function askPatiently(url: string, init: RequestInit = {}): Promise<Response> {
  for (;;) {
    const answer = await fetch(url, { redirect: 'manual', ...init });
    if (answer.status !== 429) return answer;
    await answer.body?.cancel();
    await setTimeout(1000 * Number(answer.headers.get('Retry-After') ?? '1'));
  }
}

/** Saves what the page looks like, for people; @returns the file. */
export async function screenshot(page: Page, name: string, fullPage = true): Promise<string> {
  const dir = process.env.UNDERTONE_SCREENSHOTS ?? join(tmpdir(), 'undertone-screenshots');
  await mkdir(dir, { recursive: true });
  const path = join(dir, `${name}.png`);
  await page.screenshot({ path, fullPage, animations: 'disabled' });
  return path;
}

/** Accessibility faults axe-core finds (WCAG 2.2 A and AA, best practices), one line each. */
export async function axeFaults(page: Page): Promise<string[]> {
  // A dialog that is still fading in has not its colours yet. What turns for ever is not waited for.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime))
        .map((one) => one.finished),
    ),
  );
  // Through the debugger: the page's policy refuses inline scripts, as it should.
  await page.evaluate(axe.source);
  // The announcer keeps what it said for some seconds, when the button it spoke of may be gone.
  const run = 'axe.run({ exclude: [["[data-live-announcer]"]] }, { resultTypes: ["violations"] })';
  const { violations } = (await page.evaluate(run)) as {
    violations: Result[];
  };
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}

/** How many pixels the page is wider than the window: 0 unless it scrolls sideways. */
export function sidewaysPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** The drops of a pigment that is chosen by hand; diluent, where the shelf has any, is asked for in the same words. */
export async function fillDrops(page: Page, value: string): Promise<void> {
  const line = page.locator('.session-take', { has: page.getByRole('button', { name: 'Record: Pigment' }) });
  const field = line.getByRole('textbox', { name: 'Drops' });
  await field.fill(value);
  await field.blur();
}
