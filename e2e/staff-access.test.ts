import { expect } from 'vitest';
import { axeFaults, joinAs, journeys, phone, screenshot, sidewaysPx } from './journey.ts';
import { testOnOwnSite as test } from './own-site.ts';

journeys('who may come in', () => {
  test('an owner adds a passkey, signs in with it alone, and takes it away', async ({ openDesk }) => {
    const page = await openDesk();
    const debug = await page.context().newCDPSession(page);
    await debug.send('WebAuthn.enable');
    await debug.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto('/desk/account');
    await page.getByLabel('Name of the passkey').fill('Tablet in room 1');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('The passkey is added.').waitFor();
    await page.getByRole('rowheader', { name: 'Tablet in room 1' }).waitFor();
    await screenshot(page, 'passkeys');
    expect(await axeFaults(page)).toEqual([]);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    await screenshot(page, 'passkey-sign-in');
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL('**/desk');

    await page.goto('/desk/account');
    await page.getByRole('button', { name: 'Remove: Tablet in room 1' }).click();
    await page.getByRole('rowheader', { name: 'Tablet in room 1' }).waitFor({ state: 'detached' });
  });

  test('a member joins by link, opens an emergency, and the owner reads why and shuts her out', async ({
    openPage,
    openDesk,
  }) => {
    const page = await openDesk();
    await page.goto('/desk/staff');
    await page.getByRole('button', { name: /Role/ }).last().click();
    await page.getByRole('option', { name: 'Auditor' }).click();
    await page.getByRole('button', { name: 'Make the link' }).click();
    const link = await page.getByTestId('link').innerText();

    const other = await openPage({ allowed: [/40[34]/, /422/] });
    await other.goto(link);
    await other.getByLabel('Your name').fill('Sample auditor');
    await other.getByLabel('E-mail').fill('auditor@example.org');
    await other.getByLabel('Password').fill('four slow barges under the bridge');
    await other.getByRole('button', { name: 'Make account' }).click();
    await other.waitForURL('**/desk');
    expect((await other.request.get('/desk/patients')).status()).toBe(403);
    expect((await other.request.get('/desk/staff')).status()).toBe(403);
    await other.goto('/desk/emergency');
    await other.getByLabel('Why it cannot wait').fill('too short');
    await other.getByRole('button', { name: 'Open the records' }).click();
    await other.getByText('10 to 500 characters').waitFor();
    expect(await other.getByLabel('Why it cannot wait').inputValue()).toBe('too short');
    await other.getByLabel('Why it cannot wait').fill('Person fainted in the waiting room');
    await screenshot(other, 'emergency');
    expect(await axeFaults(other)).toEqual([]);
    await other.getByRole('button', { name: 'Open the records' }).click();
    await other.getByText('Emergency access is open until').waitFor();
    await other.getByRole('link', { name: 'Sample patient 014' }).waitFor();
    await screenshot(other, 'emergency-open');
    await other.getByRole('button', { name: 'End it now' }).click();
    await other.getByText('Emergency access is open until').waitFor({ state: 'detached' });
    expect((await other.request.get('/desk/patients')).status()).toBe(403);

    await page.goto('/desk/audit');
    await page.getByText('Person fainted in the waiting room').waitFor();
    await page.getByRole('button', { name: 'Check the chain' }).click();
    await page.getByText('none altered, removed or moved').waitFor();
    await screenshot(page, 'audit-log', false);
    expect(await axeFaults(page)).toEqual([]);

    await page.goto('/desk/staff');
    await page.getByRole('button', { name: 'Shut out: Sample auditor' }).click();
    await page.getByRole('button', { name: 'Let in again: Sample auditor' }).waitFor();
    await screenshot(page, 'staff-members');
    expect(await axeFaults(page)).toEqual([]);
    await other.goto('/desk');
    expect(new URL(other.url()).pathname).toBe('/sign-in');

    await page.setViewportSize(phone);
    for (const path of ['/desk/staff', '/desk/audit', '/desk/emergency']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await sidewaysPx(page)).toBe(0);
      await screenshot(page, `phone${path.replaceAll('/', '-')}`);
    }
  });

  test('an owner opens a branch, binds a member to it, and its calendar and till alone are hers', async ({
    openPage,
    openDesk,
    site,
  }) => {
    const page = await openDesk();
    const name = `Hill house ${Date.now() % 100_000}`;
    await page.goto('/desk/setup');
    await page.getByRole('link', { name: 'Branches' }).click();
    await page.getByRole('link', { name: 'Add a branch' }).click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Town').fill('Darjeeling');
    await page.getByLabel('Time zone').fill('Asia/Nowhere');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Write the name of a time zone').waitFor();
    expect(await page.getByLabel('Town').inputValue()).toBe('Darjeeling');
    await page.getByLabel('Time zone').fill('Asia/Kolkata');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name }).waitFor();
    await screenshot(page, 'branches');
    expect(await axeFaults(page)).toEqual([]);

    const email = `hills-${Date.now()}@example.org`;
    const member = await openPage({ viewport: phone, allowed: [/40[34]/] });
    await joinAs(member, site, page, {
      role: 'desk',
      name: `Member of ${name}`,
      email,
      password: 'four slow barges under the bridge',
    });

    await page.goto('/desk/staff');
    await page.getByLabel(`all branches: Member of ${name}`).click();
    await page.locator('details[open]').getByText(name, { exact: true }).last().click();
    await screenshot(page, 'staff-branches');
    expect(await axeFaults(page)).toEqual([]);
    await page
      .getByRole('button', { name: `Change: Member of ${name}` })
      .last()
      .click();
    await page.getByText('Done.').waitFor();

    await member.goto('/desk/money');
    await member.getByText(`${name} ·`).or(member.getByText('Money')).first().waitFor();
    expect(await member.getByRole('navigation', { name: 'Branches' }).count()).toBe(0);
    await page.goto('/desk/money');
    await page.getByRole('navigation', { name: 'Branches' }).getByRole('link', { name }).click();
    await page.getByText(name).first().waitFor();
    await screenshot(page, 'money-branches');
    expect(await axeFaults(page)).toEqual([]);
    const other = new URL(page.url()).searchParams.get('branch') ?? '';
    expect(other).not.toBe('');
    const first = await page
      .getByRole('navigation', { name: 'Branches' })
      .getByRole('link')
      .first()
      .getAttribute('href');
    expect((await member.request.get(first ?? '')).status()).toBe(404);
    expect((await member.request.get(`/desk/money?branch=${other}`)).status()).toBe(200);
    await member.goto('/desk/calendar');
    await member.getByRole('heading', { level: 1 }).waitFor();
    expect(await member.getByRole('link', { name: 'Hill house' }).count()).toBe(0);

    await page.goto('/desk/setup/branches');
    await page.getByRole('link', { name }).click();
    await page.getByRole('button', { name: 'Close this branch' }).click();
    await page.getByText('closed', { exact: true }).first().waitFor();
    await page.setViewportSize(phone);
    for (const path of ['/desk/setup/branches', '/desk/staff', '/desk/staff/second-step']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await sidewaysPx(page)).toBe(0);
      await screenshot(page, `phone${path.replaceAll('/', '-')}`);
    }
  });

  test('the measures tell how the program is, and nobody’s name, address or id', async ({ openPage }) => {
    const page = await openPage();
    await page.goto('/en');
    const measures = await (await page.request.get('/metrics')).text();
    expect(measures).toMatch(/undertone_http_request_seconds_count\{kind="page",status="2xx"\} [1-9]/);
    expect(measures).toContain('undertone_ready 1');
    expect(measures).toContain('# TYPE undertone_jobs gauge');
    expect(measures).not.toMatch(/@|[0-9a-f]{8}-[0-9a-f]{4}-|127\.0\.0\.1/);
    const outside = await page.request.get('/metrics', { headers: { 'X-Forwarded-For': '203.0.113.7' } });
    expect(outside.status()).toBe(404);
  });
});
