import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect } from 'vitest';
import { removeHome, type Site, startSite } from '../tools/site.ts';
import { axeFaults, journeys, owner, screenshot, test } from './journey.ts';

journeys('the second step at sign-in', () => {
  let clinic: Site;

  beforeAll(async () => {
    clinic = await startSite();
  });

  afterAll(async () => {
    await clinic.stop();
    await removeHome(clinic.home);
  });

  test('is set up with a picture and a code, asked for at the next sign-in, and taken off with the password', async ({
    openPage,
  }) => {
    const page = await openPage({ baseURL: clinic.url, allowed: [/status of 422/] });
    await page.goto(clinic.ownerLink ?? '');
    await page.getByLabel('Your name').fill(owner.name);
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password').fill(owner.password);
    await page.getByRole('button', { name: 'Make account' }).click();
    await page.getByRole('link', { name: 'Set it up' }).click();
    await page.getByRole('button', { name: 'Set up' }).click();
    const picture = page.getByRole('img', { name: 'QR code' });
    await picture.waitFor();
    expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'second-step');
    const secret = (await page.locator('code').first().innerText()).replaceAll(' ', '');
    const codeAt = (timestamp: number) =>
      new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp });

    await page.getByLabel('Six digits').fill('000000');
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByText('These digits do not fit').waitFor();
    // One step earlier than now: a code is taken once, and the present one is needed below.
    await page.getByLabel('Six digits').fill(codeAt(Date.now() - 30_000));
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
    const recovery = await page.locator('.codes code').allInnerTexts();
    expect(new Set(recovery).size).toBe(10);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password').fill(owner.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Now the code').waitFor();
    await page.goto('/desk');
    expect(new URL(page.url()).pathname).toBe('/sign-in');

    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password').fill(owner.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Code from your authenticator').fill('000000');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('is not right').waitFor();
    await page.getByLabel('Code from your authenticator').fill(codeAt(Date.now()));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Next steps' }).waitFor();
    await page.goto('/desk/account');
    await page.getByLabel('Your password').fill(owner.password);
    await page.getByRole('button', { name: 'Turn off' }).click();
    await page.getByText('Off: your password alone').waitFor();
  });
});
