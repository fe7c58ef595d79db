import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Role } from '../packages/clinic/staff/schema.ts';
import routes from '../packages/web/app/routes.ts';
import { access, addressOf, patternsOf } from './access.ts';
import {
  askPatiently,
  axeFaults,
  joinAs,
  journeys,
  phone,
  screenshot,
  sidewaysPx,
  signInAsOwner,
  test,
} from './journey.ts';

const patterns = [...new Set(patternsOf(await routes))];
const staffPatterns = Object.keys(access).filter((pattern) => access[pattern] !== 'public');
const staffPaths = staffPatterns.map(addressOf);
const roles: readonly Role[] = ['owner', 'physician', 'assistant', 'desk', 'auditor'];

journeys('staff pages', () => {
  test('and public ones are all in the table of access, and nothing else is', () => {
    expect(patterns.toSorted()).toEqual(Object.keys(access).toSorted());
  });

  test('open to the roles the table names and refuse every other role, as a page and as a form', async ({
    openPage,
    site,
  }) => {
    const ownerPage = await openPage();
    await signInAsOwner(ownerPage, site);
    const faults: string[] = [];
    for (const role of roles) {
      const cookie = await cookieOf(role === 'owner' ? ownerPage : await memberPage(role));
      for (const pattern of staffPatterns) {
        const allowed = access[pattern] as readonly Role[];
        const mayOpen = allowed.includes(role);
        // Of those who may open it one is asked: the walk is about refusals.
        if (mayOpen && role !== allowed.at(-1)) continue;
        const page = await ask(pattern, { headers: { Cookie: cookie } });
        const isSentAway = page.status === 302 && (page.headers.get('Location') ?? '').startsWith('/sign-in');
        if (isSentAway || (page.status === 403) === mayOpen || page.status >= 500)
          faults.push(`${role} ${pattern}: ${page.status}, ${mayOpen ? 'should open' : 'should refuse'}`);
        if (mayOpen) continue;
        const form = await ask(pattern, {
          method: 'POST',
          headers: { Cookie: cookie, Origin: site },
          body: new URLSearchParams({ intent: 'x', act: 'x' }),
        });
        // 405: there is nothing at this address that could be done.
        if (form.status !== 403 && form.status !== 405)
          faults.push(`${role} ${pattern} as a form: ${form.status}`);
      }
    }
    expect(faults).toEqual([]);

    /** The answer's head; a page that goes on for ever is not waited for. */
    async function ask(pattern: string, init: RequestInit) {
      const answer = await askPatiently(site + addressOf(pattern), init);
      await answer.body?.cancel();
      return answer;
    }

    async function cookieOf(page: Page) {
      const cookies = await page.context().cookies(site);
      return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    }

    /** A page of a new member of staff with this role, invited by the owner. */
    async function memberPage(role: Role) {
      const page = await openPage();
      await joinAs(page, site, ownerPage, {
        role,
        name: `Sample ${role}`,
        email: `access-${role}@example.org`,
        password: 'seven slow barges under the bridge',
      });
      return page;
    }
  });

  test.for(staffPaths)(
    '%s refuses without a session, as a page, as data and as a form',
    async (path, { site }) => {
      const page = await askPatiently(site + path);
      expect(page.status).toBe(302);
      expect(page.headers.get('Location')).toBe(`/sign-in?to=${encodeURIComponent(path)}`);
      const asData = await askPatiently(`${site}${path}.data`);
      expect(await asData.text()).toContain('/sign-in');
      const form = await askPatiently(site + path, {
        method: 'POST',
        headers: { Origin: site },
        body: new URLSearchParams({ act: 'end-others' }),
      });
      expect(form.status).toBe(302);
      expect(form.headers.get('Location')).toContain('/sign-in');
    },
  );

  test('signing in leads back to the page that was wanted, by keyboard alone', async ({ openPage, site }) => {
    await signInAsOwner(await openPage(), site);
    const page = await openPage();
    await page.goto('/desk/account');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('E-mail').focus();
    await page.keyboard.type('owner@example.org');
    await page.keyboard.press('Tab');
    await page.keyboard.type('nine grey herons over the weir');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Sign in');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Account and sessions' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/desk/account');
  });

  test('a session can be seen and ended from another one', async ({ openPage, site }) => {
    const here = await openPage();
    await signInAsOwner(here, site);
    const there = await openPage();
    await signInAsOwner(there, site);
    await there.goto('/desk');
    await here.goto('/desk/account');
    await here.getByRole('button', { name: 'End all others' }).click();
    await here.getByText('The session is ended.').waitFor();
    await there.goto('/desk');
    expect(new URL(there.url()).pathname).toBe('/sign-in');
  });

  test('a patient is found by a part of the name, and the page about them opens', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ allowed: [/status of 404/] });
    await signInAsOwner(page, site);
    await page.goto('/desk');
    await page.getByRole('link', { name: 'Patients' }).click();
    await page.getByLabel('Name or telephone').fill('003');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Sample patient 003' }).click();
    await page.getByRole('heading', { name: 'Sample patient 003' }).waitFor();
    await page.getByText('No plan yet').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'patient');
    await page.goto('/desk/patients?q=nobody+is+called+this');
    await page.getByText('Nobody is found').waitFor();
    expect((await page.goto('/desk/patients/not-a-patient'))?.status()).toBe(404);
  });

  test('have no fault axe can find, and no sideways scroll on a narrow phone', async ({ openPage, site }) => {
    const faults: Record<string, string[]> = {};
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const viewport of [{ width: 1366, height: 768 }, phone]) {
        const page = await openPage({ colorScheme, viewport });
        await signInAsOwner(page, site);
        for (const path of ['/desk', '/desk/patients', '/desk/account']) {
          await page.goto(path);
          const name = `${path.slice(1).replaceAll('/', '-')}-${colorScheme}-${viewport.width}`;
          await screenshot(page, name);
          const found = await axeFaults(page);
          const wide = await sidewaysPx(page);
          if (wide > 0) found.push(`scrolls ${wide} px sideways`);
          if (found.length > 0) faults[name] = found;
        }
      }
    }
    expect(faults).toEqual({});
  });
});
