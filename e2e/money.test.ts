import { expect } from 'vitest';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, signInAsOwner, test } from './journey.ts';

journeys('the till', () => {
  test('prices, an invoice with tax, a payment, the account even, the day closed', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ allowed: [/422/] });
    await signInAsOwner(page, site);
    await page.goto('/desk/money/prices');
    await page.getByLabel('Legal name').fill('Sample clinic');
    await page.getByLabel('GSTIN').fill('27AAPFU0939F1ZW');
    await page.getByLabel('UPI address').fill('clinic@bank');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The last character does not fit').first().waitFor();
    expect(await page.getByLabel('UPI address').inputValue()).toBe('clinic@bank');
    await page.getByLabel('GSTIN').fill('27AAPFU0939F1ZV');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();

    await page.getByLabel('Rate in percent').fill('18');
    await page.getByLabel('Who decided, and why').fill('Example for a journey');
    await page.getByRole('button', { name: 'Set the rate' }).click();
    await page.getByRole('cell', { name: '18%' }).waitFor();

    await page.getByLabel('What', { exact: true }).fill('Journey session');
    await page.getByLabel('Price', { exact: true }).fill('11,800');
    await page.getByRole('button', { name: 'Add to the list' }).click();
    await page.getByRole('cell', { name: 'Journey session' }).waitFor();
    await screenshot(page, 'money-prices');
    expect(await axeFaults(page)).toEqual([]);

    await page.goto('/desk/patients?q=Sample+patient+007');
    await page.getByRole('link', { name: 'Sample patient 007' }).click();
    await page.locator('.chart-places').getByRole('link', { name: 'Money' }).click();
    await page.getByText('New invoice').click();
    await page.getByRole('button', { name: 'Issue the invoice' }).click();
    await page.getByTestId('balance').getByText('₹11,800.00').waitFor();
    expect(await page.getByAltText('Code to pay by UPI: ₹11,800.00').count()).toBe(1);
    await screenshot(page, 'money-account');
    expect(await axeFaults(page)).toEqual([]);

    await page.getByLabel('Amount').first().fill('11800');
    await page.getByRole('button', { name: /How/ }).first().click();
    await page.getByRole('option', { name: 'UPI' }).click();
    await page.getByRole('button', { name: 'Take a payment' }).click();
    await page.getByText('a code on a screen is no payment yet').first().waitFor();
    expect(await page.getByLabel('Amount').first().inputValue()).toBe('11800');
    await page.getByLabel('Reference').first().fill('512345678901');
    await page.getByRole('button', { name: 'Take a payment' }).click();
    await page.getByText('Nothing is owed').waitFor();

    await page.goto('/desk/money');
    await page.getByRole('cell', { name: '512345678901' }).waitFor();
    const csv = await page.request.get('/desk/money/export.csv?from=2020-01-01&to=2099-12-31');
    expect(await csv.text()).toMatch(/invoice,INV\/.*,10000,900,900,0,11800\r\n/);
    await page.getByLabel('Cash counted now').fill('0');
    await screenshot(page, 'money-day');
    expect(await axeFaults(page)).toEqual([]);
  });

  test('fits a phone', async ({ openPage, site }) => {
    const page = await openPage({ viewport: phone });
    await signInAsOwner(page, site);
    for (const path of ['/desk/money', '/desk/money/prices']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await sidewaysPx(page)).toBe(0);
      await screenshot(page, `phone${path.replaceAll('/', '-')}`);
    }
  });
});
