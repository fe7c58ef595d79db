import { expect } from 'vitest';
import { axeFaults, desktop, journeys, phone, screenshot, sidewaysPx, test } from './journey.ts';

const pages = ['/en', '/hi', '/bn', '/ne', '/sign-in', '/invite/gone', '/nowhere/at/all', '/ui'];

journeys('pages anybody may open', () => {
  test.for(pages)(
    '%s has no fault axe can find, breaks no policy, and fits a narrow phone',
    async (path, { openPage }) => {
      const faults: Record<string, string[]> = {};
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const viewport of [desktop, phone]) {
          const page = await openPage({ colorScheme, viewport, allowed: [/status of (404|410)/] });
          await page.goto(path);
          const name = `${path.slice(1).replaceAll('/', '-')}-${colorScheme}-${viewport.width}`;
          await screenshot(page, name);
          const found = await axeFaults(page);
          const wide = await sidewaysPx(page);
          if (wide > 0) found.push(`scrolls ${wide} px sideways`);
          if (found.length > 0) faults[name] = found;
        }
      }
      expect(faults).toEqual({});
    },
  );

  test('every page of the site map answers, has no fault axe can find, and fits', async ({
    openPage,
    site,
  }) => {
    const xml = await (await fetch(`${site}/sitemap.xml`)).text();
    const paths = [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(
      ([, address = '']) => new URL(address).pathname,
    );
    expect(paths).toContain('/en');
    const faults: Record<string, string[]> = {};
    const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
      [desktop, phone].map((viewport) => ({ colorScheme, viewport })),
    );
    const pages = await Promise.all(looks.map((look) => openPage(look)));
    // Each page in one of the four looks: neighbours in the map are the same page in other languages.
    for (const [at, path] of paths.entries()) {
      const page = pages[(at + Math.floor(at / 4)) % 4];
      if (!page) throw new Error('four looks, four pages');
      const answer = await page.goto(path);
      const found = await axeFaults(page);
      const wide = await sidewaysPx(page);
      if (wide > 0) found.push(`scrolls ${wide} px sideways`);
      if (answer?.status() !== 200) found.push(`answers ${answer?.status()}`);
      if (found.length > 0) faults[path] = found;
    }
    expect(faults).toEqual({});
  });

  test('the bare address leads to the language the browser asks for, and remembers a choice', async ({
    openPage,
  }) => {
    const page = await openPage({ locale: 'bn-IN' });
    await page.goto('/');
    expect(new URL(page.url()).pathname).toBe('/bn');
    await page.getByRole('link', { name: 'नेपाली' }).first().click();
    await page.waitForURL('**/ne');
    await page.goto('/');
    expect(new URL(page.url()).pathname).toBe('/ne');
  });

  test('content pages send no script, and say the same without one', async ({ openPage }) => {
    const page = await openPage({ javaScriptEnabled: false });
    const scripts: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url());
    });
    await page.goto('/en');
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    const withScripts = await openPage();
    withScripts.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url());
    });
    await withScripts.goto('/en');
    expect(await withScripts.locator('main').innerText()).toBe(await page.locator('main').innerText());
    expect(scripts).toEqual([]);
  });

  test('signing in works without scripts', async ({ openPage }) => {
    const page = await openPage({ javaScriptEnabled: false, allowed: [/422/] });
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill('nobody@example.org');
    await page.getByLabel('Password').fill('some wrong words here');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('is not right').waitFor();
  });
});
