import { sql } from 'kysely';
import { expect } from 'vitest';
import { seedSimulated } from '../packages/clinic/sample/simulated.ts';
import { mainTenant } from '../packages/clinic/tenant/commands.ts';
import { axeFaults, journeys, phone, screenshot, sidewaysPx } from './journey.ts';
import { testOnOwnSite as test } from './own-site.ts';

journeys('surveillance', () => {
  test('shows rates with what is unknown, a funnel, a CUSUM and the alerts of lots', async ({
    openPage,
    openDesk,
    clinic,
  }) => {
    const tenantId = (await mainTenant(clinic))?.id ?? '';
    await seedSimulated(clinic, { tenantId, patients: 600, seed: 7 });
    await sql`insert into lot_alerts (tenant_id, id, lot_id, rule, events, raised_at)
      select tenant_id, gen_random_uuid(), lot_id, 'two-infections-or-reactions', 2, now() from followed_lots
      where tenant_id = ${tenantId} order by lot_id limit 1`.execute(clinic.db);
    const page = await openDesk();
    await page.goto('/desk/surveillance?from=2020-01-01');
    const table = page.getByRole('region', { name: 'Rates' });
    await table.getByRole('rowheader', { name: 'Lips' }).waitFor();
    await page.getByRole('img', { name: 'Funnel' }).waitFor();
    await page.getByRole('img', { name: 'CUSUM' }).waitFor();
    await screenshot(page, 'surveillance');
    expect(await axeFaults(page)).toEqual([]);

    await page.getByLabel('By', { exact: true }).selectOption('operator');
    await page.getByLabel('Counted').selectOption('infection');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.waitForURL(/by=operator/);
    await table.getByRole('columnheader', { name: 'operator' }).waitFor();
    const href = (await page.getByRole('link', { name: 'Export as CSV' }).getAttribute('href')) ?? '';
    const csv = await (await page.request.get(href)).text();
    expect(csv).toContain('operator,name,measure,from,to,sessions,followed,unknown,waiting,with_event,rate');

    await page.getByText('Settle', { exact: true }).first().click();
    await page.getByRole('button', { name: 'Settle' }).click();
    await page.getByText('Say what was done.').first().waitFor();
    await page.getByLabel('What was done').fill('Lot held, maker told');
    await page.getByRole('button', { name: 'Settle' }).click();
    await page.getByText('Lot held, maker told').waitFor();

    await page.setViewportSize(phone);
    await page.goto('/desk/surveillance?from=2020-01-01&by=lot');
    await page.getByRole('img', { name: 'Funnel' }).waitFor();
    await screenshot(page, 'surveillance-360');
    expect(await sidewaysPx(page)).toBe(0);
    const dark = await openPage({ colorScheme: 'dark', storageState: await page.context().storageState() });
    await dark.goto('/desk/surveillance?from=2020-01-01');
    await screenshot(dark, 'surveillance-dark');
    expect(await axeFaults(dark)).toEqual([]);
  });
});
