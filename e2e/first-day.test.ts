import { createServer } from 'node:net';
import { afterAll, beforeAll, expect } from 'vitest';
import { freePort, newHome, removeHome, type Site, spawnServe, startSite } from '../tools/site.ts';
import { journeys, owner, screenshot, test } from './journey.ts';

journeys('the first day', () => {
  let home = '';
  let first: Site;

  beforeAll(async () => {
    home = await newHome();
    first = await startSite({ home });
  });

  afterAll(async () => {
    await first.stop();
    await removeHome(home);
  });

  test('the printed link makes the owner, who then signs in and finds the desk', async ({ openPage }) => {
    const page = await openPage({ baseURL: first.url, allowed: [/422/] });
    await page.goto(first.ownerLink ?? '');
    await page.getByLabel('Your name').fill(owner.name);
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password').fill('too short');
    await page.getByText('3 more characters needed').waitFor();
    await page.getByLabel('Password').fill('aaaaaaaaaaaaaaaa');
    await page.getByRole('button', { name: 'Make account' }).click();
    await page.getByText('Too easy to guess').waitFor();
    await screenshot(page, 'owner-link');
    await page.getByLabel('Password').fill(owner.password);
    await page.getByRole('button', { name: 'Make account' }).click();
    await page.getByRole('heading', { name: `Good to see you, ${owner.name}` }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/desk');

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    await page.goto('/desk');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password').fill('not the password at all');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('is not right').waitFor();
    await page.getByLabel('Password').fill(owner.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Next steps' }).waitFor();
  });

  test('the link works once', async ({ openPage }) => {
    const page = await openPage({ baseURL: first.url, allowed: [/410/] });
    const answer = await page.goto(first.ownerLink ?? '');
    expect(answer?.status()).toBe(410);
    await page.getByText('has been used or has expired').waitFor();
  });

  test('a second start on the same folder says so and exits; Ctrl-C stops; a taken port is named; the next start has its owner', async () => {
    const env = { UNDERTONE_HOME: home, PORT: String(await freePort()) };
    const second = spawnServe(env);
    const code = await new Promise((resolve) => {
      second.child.once('exit', resolve);
    });
    expect(code).toBe(2);
    expect(second.printed()).toContain(first.url);

    expect(await first.stop()).toBe(0);
    expect(first.printed()).toContain('Stopped.');
    expect(await fetch(first.url).catch(() => 'closed')).toBe('closed');

    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(Number(env.PORT), '127.0.0.1', resolve);
    });
    const third = spawnServe(env);
    const refusal = await new Promise((resolve) => {
      third.child.once('exit', resolve);
    });
    taken.close();
    expect(refusal).toBe(2);
    expect(third.printed()).toContain(`port ${env.PORT} is in use`);

    first = await startSite({ home });
    expect(first.ownerLink).toBeUndefined();
    expect(first.printed()).not.toContain('Building');
  });
});
