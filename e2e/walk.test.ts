import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { access } from './access.ts';
import { journeys, phone, sidewaysPx, signInAsOwner, test } from './journey.ts';
import { joinSite, type Prepared, readyPatient } from './prepared.ts';

/** Answers that are files, data or parts of a page. */
const noPage =
  /\/(live|version|people|record|entries|act|photos)$|\.(pdf|pem|csv|json|zip)$|passkeys|proof$|photo-uploads|plan-drafts|studio\/plans|plan-papers|paper$|previews|:(size|side|part|version|file|kind)\b/;
/** Pages whose last part is also the name of an answer. */
const page = /desk\/patients\/:patientId\/(record|photos)$/;

/** Where a first row gives an address its id; without one the page is passed over. */
const rowsOf: Readonly<Record<string, readonly [table: string, column: string]>> = {
  planId: ['plans', 'plan_id'],
  caseId: ['follow_up_cases', 'id'],
  eventId: ['adverse_events', 'id'],
  itemId: ['stock_items', 'id'],
  lotId: ['stock_lots', 'id'],
  importId: ['imports', 'id'],
  services: ['services', 'id'],
  people: ['practitioners', 'id'],
  branches: ['branches', 'id'],
};

/** What no page may show: values that are none, and times by twelve hours. */
const raw = /\bundefined\b|\bNaN\b|\[object|Invalid Date|\d[:.]\d\d [ap]m\b/;

async function addressFor(
  { clinic, actor }: Prepared,
  patientId: string,
  pattern: string,
): Promise<string | undefined> {
  let path = pattern.replace(':patientId', patientId).replace(':treatment', 'lip').replace(':language', 'hi');
  if (pattern.endsWith('texts/:language/:page')) path = path.replace(':page', 'home');
  const [, above, name] = /(\w+)\/:(\w+)$/.exec(path) ?? [];
  if (name === undefined) return path.includes(':') ? undefined : path;
  const [table, column] = rowsOf[name === 'id' ? (above ?? '') : name] ?? [];
  if (table === undefined || column === undefined) return undefined;
  const { rows } = await sql<{ id: string }>`select ${sql.ref(column)} as id from ${sql.table(table)}
    where tenant_id = ${actor.tenantId} order by 1 limit 1`.execute(clinic.db);
  return rows[0] && path.replace(`:${name}`, rows[0].id);
}

journeys('every page of the desk', () => {
  test('fits a narrow phone in one of the four languages, has a title and a heading, and shows no raw value', async ({
    openPage,
    site,
  }) => {
    const patterns = Object.keys(access).filter(
      (pattern) => access[pattern] !== 'public' && (!noPage.test(pattern) || page.test(pattern)),
    );
    expect(patterns.length).toBeGreaterThan(60);
    // As sent, without scripts: what a page says and how wide it is, the server decides.
    const open = async (lang: string) => {
      const one = await openPage({
        viewport: phone,
        javaScriptEnabled: false,
        allowed: [/status of 4(04|10)/],
      });
      await signInAsOwner(one, site);
      await one.context().addCookies([{ name: 'lang', value: lang, url: site }]);
      return { lang, one };
    };
    const pages = await Promise.all(['hi', 'bn', 'ne', 'en'].map(open));
    const joined = await joinSite();
    const faults: string[] = [];
    let walked = 0;
    try {
      const name = 'मधुमिता Venkatanarasimharajuvaripeta-Chattopadhyayabhattacharya';
      const { patientId } = await readyPatient(joined, 'lip', name, 'ne');
      const addresses: string[] = [];
      for (const pattern of patterns) {
        const address = await addressFor(joined, patientId, pattern);
        if (address !== undefined) addresses.push(address);
      }
      // Each page in one language; with another number of languages than of neighbours all get their share.
      await Promise.all(
        pages.map(async ({ lang, one }, at) => {
          for (const path of addresses.filter((_, index) => index % pages.length === at)) {
            walked += 1;
            for (const fault of await faultsOf(one, path)) faults.push(`${lang} ${path}: ${fault}`);
          }
        }),
      );
    } finally {
      await joined.stop();
    }
    expect(faults).toEqual([]);
    expect(walked).toBeGreaterThan(50);
  });

  test('sends a form once however often its button is pressed, shows that it is under way, and keeps the focus', async ({
    openPage,
    site,
  }) => {
    const one = await openPage();
    await signInAsOwner(one, site);
    await one.goto('/desk/patients/new');
    await one.getByLabel(/^Name/).fill(`Pressed twice ${Date.now()}`);
    let posts = 0;
    let letThrough: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await one.route('**/desk/patients/new**', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      posts += 1;
      await held;
      await route.continue();
    });
    const send = one.getByRole('button', { name: 'Make the record' });
    await send.focus();
    await send.dblclick();
    await one.getByRole('main').getByRole('progressbar').waitFor();
    await one.keyboard.press('Enter');
    expect(await one.evaluate(() => document.activeElement?.textContent)).toContain('Make the record');
    letThrough();
    await one.waitForURL(/\/desk\/patients\/[0-9a-f-]{36}/);
    // The button has gone with its page: the heading of the next one is where reading begins.
    await one.locator('main h1:focus').waitFor();
    expect(posts).toBe(1);
  });

  test('keeps everything typed when a form finds no line, says so, and sends it when there is one', async ({
    openPage,
    site,
  }) => {
    const one = await openPage({ allowed: [/ERR_INTERNET_DISCONNECTED/] });
    await signInAsOwner(one, site);
    const name = `Without a line ${Date.now()}`;
    await one.goto('/desk/patients/new');
    await one.getByLabel(/^Name/).fill(name);
    await one.context().setOffline(true);
    await one.getByRole('button', { name: 'Make the record' }).click();
    await one.getByText('Not sent: the program could not be reached.').waitFor();
    expect(await one.getByLabel(/^Name/).inputValue()).toBe(name);
    await one.context().setOffline(false);
    await one.getByRole('button', { name: 'Make the record' }).click();
    const chart = /\/desk\/patients\/[0-9a-f-]{36}/;
    await one.waitForURL(chart);
    // In a chart, whose frame asks for its patient anew after every act, the same.
    await one.goto(`${chart.exec(one.url())?.[0]}/record`);
    const weight = one.getByLabel(/^Weight/);
    await weight.fill('61');
    await one.context().setOffline(true);
    await weight.press('Enter');
    await one.getByText('Not sent: the program could not be reached.').waitFor();
    expect(await weight.inputValue()).toBe('61');
    await one.context().setOffline(false);
  });

  test('puts the cursor where a refused form has its first fault, with what was typed', async ({
    openPage,
    site,
  }) => {
    const one = await openPage({ allowed: [/422/] });
    await signInAsOwner(one, site);
    await one.goto('/desk/money/prices');
    await one.getByLabel('Legal name').fill('Sample clinic');
    await one.getByLabel('GSTIN').fill('27AAPFU0939F1ZW');
    await one.getByRole('button', { name: 'Save' }).click();
    await one.getByText('The last character does not fit').first().waitFor();
    await one.locator('input[name="gstin"]:focus').waitFor();
    expect(await one.getByLabel('GSTIN').inputValue()).toBe('27AAPFU0939F1ZW');
  });
});

async function faultsOf(one: Page, path: string): Promise<readonly string[]> {
  const answer = await one.goto(path, { waitUntil: 'load' });
  const status = answer?.status() ?? 0;
  // A pair of plans or pictures is chosen before it can be compared; what another journey made may be gone by now.
  const mayBeMissing = path.endsWith('/compare') || /\/desk\/(?!patients)\w.*[0-9a-f]{8}-/.test(path);
  if (mayBeMissing && (status === 404 || status === 410)) return [];
  if (status !== 200) return [`answers ${status}`];
  const wide = await sidewaysPx(one);
  const text = await one.locator('body').innerText();
  const headings = await one.locator('h1').count();
  return [
    ...(wide > 0 ? [`scrolls ${wide} px sideways`] : []),
    ...(headings === 1 ? [] : [`has ${headings} main headings`]),
    ...((await one.title()).trim() === '' ? ['has no title'] : []),
    ...(raw.test(text) ? [`shows ${raw.exec(text)?.[0]}`] : []),
  ];
}
