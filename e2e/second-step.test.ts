import type { Clinic } from '@undertone/clinic/start.ts';
import { sql } from 'kysely';
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeFaults, joinAs, journeys, owner, phone, screenshot, sidewaysPx } from './journey.ts';
import { testOnOwnSite as test } from './own-site.ts';

const password = 'four slow barges under the bridge';

journeys('the second step at sign-in', () => {
  test('is set up with a picture and a code, asked for at the next sign-in, and taken off', async ({
    openDesk,
  }) => {
    const page = await openDesk();
    await page.goto('/desk');
    // A new clinic asks for it from the start, with days to set it up in.
    await page.getByText('14 days left to set up a second step').waitFor();
    await screenshot(page, 'second-step-first-day');
    await page.getByRole('link', { name: 'Set it up', exact: true }).click();
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
    await page.getByLabel('Six digits').fill(codeAt(Date.now()));
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
    // A code is taken once: the next one, which is taken half a minute early too.
    await page.getByLabel('Code from your authenticator').fill(codeAt(Date.now() + 30_000));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Next steps' }).waitFor();
    await page.goto('/desk/account');
    await page.getByRole('button', { name: 'Turn off' }).click();
    await page.getByText('Off: your password alone').waitFor();
    await page.getByLabel('Present password').fill(owner.password);
    await page.getByLabel('New password').fill('passwordpassword');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('guessed too easily').waitFor();
  });

  test('is required of a role, reminded of, and after the days of grace all that opens until it is set up', async ({
    openPage,
    openDesk,
    site,
    clinic,
  }) => {
    const page = await openDesk();
    await page.goto('/desk/staff');
    const name = `Sample desk ${Date.now() % 100_000}`;
    const email = `desk-${Date.now()}@example.org`;
    const member = await openPage({ viewport: phone, allowed: [/status of 422/] });
    await joinAs(member, site, page, { role: 'desk', name, email, password });
    await member.goto('/desk');

    // The owner was away: the rule waits behind the question who is there, and keeps what was typed.
    await age(
      clinic,
      `update staff_sessions set created_at = created_at - interval '6 minutes',
      proved_at = proved_at - interval '6 minutes'`,
    );
    await page.goto('/desk/staff/second-step');
    const roles = page.getByRole('group', { name: 'Roles' });
    for (const one of ['Owner', 'Physician', 'Assistant', 'Front desk'])
      await roles.getByText(one, { exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Choose at least one role.').waitFor();
    await roles.getByText('Front desk', { exact: true }).click();
    await page.getByLabel('Days to set it up').fill('3');
    await screenshot(page, 'second-step-rule');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    await screenshot(page, 'proof');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('Your password').fill('not my password at all');
    await page.getByRole('button', { name: 'Confirm and go on' }).click();
    await page.getByText('The password is not right.').waitFor();
    await page.getByLabel('Your password').fill(owner.password);
    await page.getByRole('button', { name: 'Confirm and go on' }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByText('Required of: Front desk').waitFor();
    expect(await page.getByLabel('Days to set it up').inputValue()).toBe('3');

    await member.goto('/desk');
    await member.getByText('3 days left to set up a second step').waitFor();
    await screenshot(member, 'second-step-banner-phone');
    expect(await sidewaysPx(member)).toBe(0);
    await age(clinic, `update second_step_roles set required_since = required_since - interval '3 days'`);
    await age(
      clinic,
      `update staff set created_at = created_at - interval '3 days' where email = '${email}'`,
    );
    await member.goto('/desk/calendar');
    await member.getByRole('heading', { name: 'Set up a second step', exact: true }).waitFor();
    expect(new URL(member.url()).pathname).toBe('/second-step');
    expect((await member.request.get('/desk/inbox', { maxRedirects: 0 })).status()).toBe(302);
    expect(await sidewaysPx(member)).toBe(0);
    expect(await axeFaults(member)).toEqual([]);
    for (const lang of ['hi', 'bn', 'ne', 'en']) {
      await member.context().addCookies([{ name: 'lang', value: lang, url: site }]);
      await member.goto('/second-step?to=/desk/calendar');
      await member.getByRole('heading', { level: 1 }).waitFor();
      expect(await sidewaysPx(member)).toBe(0);
      await screenshot(member, `second-step-due-phone-${lang}`);
    }

    // Meanwhile too long ago for a change of what guards the account: asked on the way, here too.
    await age(
      clinic,
      `update staff_sessions set created_at = created_at - interval '6 minutes',
      proved_at = proved_at - interval '6 minutes'`,
    );
    await member.getByRole('button', { name: 'Set up' }).click();
    await member.getByLabel('Your password').fill(password);
    await member.getByRole('button', { name: 'Confirm and go on' }).click();
    await member.getByRole('img', { name: 'QR code' }).waitFor();
    const secret = (await member.locator('code').first().innerText()).replaceAll(' ', '');
    const totp = new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 });
    await member.getByLabel('Six digits').fill(totp.generate());
    await member.getByRole('button', { name: 'Turn on' }).click();
    await member.getByRole('heading', { name: 'Recovery codes' }).waitFor();
    await screenshot(member, 'second-step-done-phone');
    expect(await sidewaysPx(member)).toBe(0);
    await member.getByRole('link', { name: 'Go on' }).click();
    await member.waitForURL('**/desk/calendar');

    // She lost the telephone: the owner takes the code off, and the next sign-in sets up another.
    await page.goto('/desk/staff');
    await page.getByRole('button', { name: `Take off second step: ${name}` }).click();
    await page.getByLabel('Your password').fill(owner.password);
    await page.getByRole('button', { name: 'Confirm and go on' }).click();
    await page.getByText('Done.').waitFor();
    await member.goto('/desk');
    await enter(member, email, password);
    await member.getByRole('heading', { name: 'Set up a second step', exact: true }).waitFor();
    await member.getByRole('button', { name: 'Sign out' }).click();
    await member.getByText('You are signed out.').waitFor();
  });

  async function enter(page: Page, email: string, words: string) {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(words);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(/\/desk|\/second-step/);
  }

  /** Lets time pass for rows: nobody waits for days here. */
  async function age(clinic: Clinic, statement: string) {
    await sql.raw(statement).execute(clinic.db);
  }
});
