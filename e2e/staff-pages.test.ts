import type { RouteConfigEntry } from '@react-router/dev/routes';
import { expect } from 'vitest';
import routes from '../packages/web/app/routes.ts';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, signInAsOwner, test } from './journey.ts';

/**
 * Addresses anybody may open, beside the public site (all below `/:lang`). Everything else in `routes.ts` is for staff and
 * must refuse.
 */
const publicPaths = new Set([
  '/',
  '/preferences',
  '/sign-in',
  '/sign-out',
  '/invite/:token',
  '/ui',
  '/robots.txt',
  '/sitemap.xml',
  '/*',
]);

function pathsOf(entries: readonly RouteConfigEntry[], above = ''): string[] {
  return entries.flatMap((entry) => {
    const own = entry.path === undefined ? above : `${above}/${entry.path}`;
    const isPage = entry.path !== undefined || entry.index === true;
    return [...(isPage ? [own === '' ? '/' : own] : []), ...pathsOf(entry.children ?? [], own)];
  });
}

const staffPaths = [...new Set(pathsOf(await routes))]
  .filter((path) => !publicPaths.has(path) && !/^\/(api|:lang)(\/|$)/.test(path))
  .map((path) => path.replaceAll(/:\w+\??/g, 'x').replace('*', 'x'));

journeys('staff pages', () => {
  test('there are some', () => {
    expect(staffPaths).toContain('/desk');
  });

  test.for(staffPaths)(
    '%s refuses without a session, as a page, as data and as a form',
    async (path, { site }) => {
      const page = await fetch(site + path, { redirect: 'manual' });
      expect(page.status).toBe(302);
      expect(page.headers.get('Location')).toBe(`/sign-in?to=${encodeURIComponent(path)}`);
      const asData = await fetch(`${site}${path}.data`, { redirect: 'manual' });
      expect(await asData.text()).toContain('/sign-in');
      const form = await fetch(site + path, {
        method: 'POST',
        redirect: 'manual',
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
