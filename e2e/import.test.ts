import { expect } from 'vitest';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, signInAsOwner, test } from './journey.ts';

journeys('import', () => {
  test('a table of patients is looked at, put right, checked, imported and taken back', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ allowed: [/422/] });
    await signInAsOwner(page, site);
    await page.goto('/desk/imports');
    const table = (text: string) => ({ name: 'table.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.getByLabel('Table', { exact: true }).setInputFiles(table('PK\u0003\u0004 no table'));
    await page.getByRole('button', { name: 'Look at the table' }).click();
    await page.getByText('This is no table of text.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page
      .getByLabel('Table', { exact: true })
      .setInputFiles(
        table(
          'Client;Born on;Mobile;Remark\r\nSample patient tabled one;02/03/1981;98111 00001;"a; b"\r\nSample patient tabled two;31/02/1982;12;\r\n',
        ),
      );
    await page.getByRole('button', { name: 'Look at the table' }).click();
    await page.waitForURL(/\/desk\/imports\/[0-9a-f-]{36}/);
    await page.getByRole('cell', { name: '+919811100001' }).waitFor();
    await page.getByLabel('Column “Born on”').selectOption('Birth date');
    await page.getByRole('button', { name: 'Save and show' }).click();
    await page.getByRole('cell', { name: '1981-03-02' }).waitFor();
    await page.getByRole('button', { name: 'Check all rows' }).click();
    const counted = page.getByText('In order: 1. Already there: 0. With a fault: 1.');
    await counted.waitFor({ timeout: 30_000 });
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'import-faults');
    await page.setViewportSize(phone);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'phone-import-faults');
    await page.setViewportSize({ width: 1366, height: 768 });

    const row = page.getByRole('group', { name: 'Row 2' });
    await row.getByLabel('Birth date').fill('28/02/1982');
    await row.getByLabel('Telephone').fill('98111 00002');
    await page.getByRole('button', { name: 'Keep what I put right' }).click();
    await page.getByText('Kept. Check again').waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('Imported: 2. Already there: 0. With a fault: 0.').waitFor({ timeout: 30_000 });
    await screenshot(page, 'import-done');
    const here = page.url();
    await page.goto('/desk/patients?q=tabled');
    await page.getByText('Sample patient tabled two').first().waitFor();

    await page.goto(here);
    await page.getByRole('button', { name: 'Take the import back' }).click();
    await page.getByText('taken back', { exact: true }).waitFor({ timeout: 30_000 });
    await page.goto('/desk/patients?q=tabled');
    expect(await page.getByText('Sample patient tabled').count()).toBe(0);
    await page.goto('/desk/imports');
    await screenshot(page, 'imports');
  });
});
