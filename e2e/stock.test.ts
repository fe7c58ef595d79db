import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, signInAsOwner, test } from './journey.ts';
import { testOnOwnSite } from './own-site.ts';

const refused = { allowed: [/status of 422/] };

const firstIngredient = (page: Page) => page.getByRole('group', { name: 'Ingredient 1', exact: true });

async function newInk(page: Page, name: string, ci: string, cas: string): Promise<void> {
  await page.goto('/desk/stock/items/new');
  await page.getByLabel('Name, as on the label').fill(name);
  await page.getByLabel('Maker').fill('Sample maker');
  await page.getByLabel('Order at').fill('50');
  await page.getByLabel('Days once opened').fill('90');
  await page.getByRole('button', { name: 'Add an ingredient' }).click();
  await firstIngredient(page).getByLabel('CI number').fill(ci);
  await firstIngredient(page).getByLabel('CAS number').fill(cas);
  await page.locator('input[name=safetySheet]').setInputFiles({
    name: 'sheet.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7 sheet'),
  });
}

async function deliver(page: Page, lotNumber: string, drops: string): Promise<void> {
  await page.getByLabel('Lot number').fill(lotNumber);
  await page.getByLabel('Last day of use').fill(`${new Date().getUTCFullYear() + 4}-03-31`);
  await page.getByRole('textbox', { name: 'Amount' }).fill(drops);
}

journeys('the stock', () => {
  test('an ink is entered, received, opened, counted, thrown away and put on hold', async ({
    openPage,
    site,
  }) => {
    const page = await openPage(refused);
    await signInAsOwner(page, site);
    await newInk(page, 'Journey black', '77266', '1333-86-5');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This CAS number has a wrong digit.').first().waitFor();
    expect(await page.getByLabel('Name, as on the label').inputValue()).toBe('Journey black');
    await firstIngredient(page).getByLabel('CAS number').fill('1333-86-4');
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'stock-item-new');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Journey black' }).waitFor();

    await page.getByRole('link', { name: 'Receive a delivery' }).click();
    await page.getByRole('heading', { name: 'Receive a delivery' }).waitFor();
    await deliver(page, 'JB-1', '300');
    await page.getByRole('button', { name: 'Receive a delivery' }).click();
    // No certificate came with it: it is asked about, with source, and what was typed stays.
    await page.getByText('There is no sterility certificate.').waitFor();
    await page.getByText('not yet reviewed by a clinician').first().waitFor();
    expect(await page.getByLabel('Lot number').inputValue()).toBe('JB-1');
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'stock-receive');
    await page.getByLabel('Received all the same').fill('Certificate comes by post');
    await page.getByRole('button', { name: 'Receive a delivery' }).click();

    await page.getByRole('heading', { name: 'Journey black · JB-1' }).waitFor();
    await page.locator('.stock-balance', { hasText: '300 drops' }).waitFor();
    await page.getByRole('button', { name: 'Open a container' }).click();
    await page.getByRole('cell', { name: 'Opened' }).waitFor();

    const count = page.getByRole('form', { name: 'Count' });
    await count.getByLabel('What is there').fill('290');
    await count.getByRole('button', { name: 'Count' }).click();
    await page.getByText('Not done: A reason is needed.').waitFor();
    await count.getByLabel('Why it differs').fill('Left uncapped');
    await count.getByRole('button', { name: 'Count' }).click();
    await page.locator('.stock-balance', { hasText: '290 drops' }).waitFor();

    const waste = page.getByRole('form', { name: 'Throw away' });
    await waste.getByLabel('Amount').fill('300');
    await waste.getByLabel('Why').fill('Dropped');
    await waste.getByRole('button', { name: 'Throw away' }).click();
    // More than was there: entered, and said.
    await page.locator('.stock-balance', { hasText: '-10 drops' }).waitFor();
    await page.getByText('The ledger holds less than nothing').waitFor();

    const hold = page.getByRole('form', { name: 'Put on hold' });
    await hold.getByLabel('Why it is put on hold').fill('Late bumps');
    await hold.getByRole('button', { name: 'Put on hold' }).click();
    await page.getByText('May not be used: On hold').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'stock-lot');
    const rows = await page.getByRole('table').getByRole('row').allTextContents();
    expect(rows.map((row) => /On hold|Thrown|Counted|Opened|Received/.exec(row)?.[0])).toEqual([
      undefined,
      undefined,
      'Thrown',
      'Counted',
      'Opened',
      'Received',
    ]);

    await page.goto('/desk/stock');
    await page.getByRole('link', { name: 'Journey black · JB-1' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'stock');
  });

  test('cinnabar is not received, whatever is said for it', async ({ openPage, site }) => {
    const page = await openPage(refused);
    await signInAsOwner(page, site);
    await newInk(page, 'Journey cinnabar', '77766', '1344-48-5');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Journey cinnabar' }).waitFor();
    await page.getByRole('link', { name: 'Receive a delivery' }).click();
    await page.getByRole('heading', { name: 'Receive a delivery' }).waitFor();
    await deliver(page, 'JC-1', '100');
    await page.getByRole('button', { name: 'Receive a delivery' }).click();
    await page.getByText('Not received').waitFor();
    await page.getByText('on the blocklist, never used in skin').waitFor();
    expect(await page.getByLabel('Received all the same').count()).toBe(0);
  });

  test('is counted on a phone, in Bengali', async ({ openPage, site }) => {
    const page = await openPage({ ...refused, viewport: phone });
    await signInAsOwner(page, site);
    await newInk(page, 'Journey grey', '77266', '1333-86-4');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Journey grey' }).waitFor();
    await page.getByRole('link', { name: 'Receive a delivery' }).click();
    await deliver(page, 'JG-1', '120');
    await page.locator('input[name=certificate]').setInputFiles({
      name: 'certificate.png',
      mimeType: 'image/png',
      buffer: Buffer.from('not looked into'),
    });
    await page.getByRole('button', { name: 'Receive a delivery' }).click();
    await page.getByRole('heading', { name: 'Journey grey · JG-1' }).waitFor();
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'stock-lot-phone');

    await page.context().addCookies([{ name: 'lang', value: 'bn', url: site }]);
    await page.goto('/desk/stock/count');
    const row = page.getByRole('form', { name: 'Journey grey JG-1' });
    await row.getByLabel('কতটা আছে').fill('100');
    await row.getByRole('button').click();
    await row.getByLabel('তফাত কেন').fill('ছলকে গেছে');
    await row.getByRole('button').click();
    await page.getByText(/লেখা হল: হিসাবের তুলনায় -(২০|20)/).waitFor();
    expect(await sidewaysPx(page)).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'stock-count-phone');
    await page.goto('/desk/stock');
    await page.getByRole('heading', { name: 'ভাণ্ডার' }).waitFor();
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'stock-phone');
  });

  test('a recall puts the lot on hold in the same step, and ends with what came of it', async ({
    openPage,
    site,
  }) => {
    const page = await openPage(refused);
    await signInAsOwner(page, site);
    await newInk(page, 'Journey recalled', '77266', '1333-86-4');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Journey recalled' }).waitFor();
    await page.getByRole('link', { name: 'Receive a delivery' }).click();
    await deliver(page, 'JR-1', '60');
    await page.locator('input[name=certificate]').setInputFiles({
      name: 'certificate.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7 certificate'),
    });
    await page.getByRole('button', { name: 'Receive a delivery' }).click();
    await page.getByRole('link', { name: 'Recall', exact: true }).click();
    await page.getByText('This lot touched nobody yet.').waitFor();
    await page.getByLabel('Why it is recalled').fill('A letter from the maker');
    await page.getByRole('button', { name: 'Recall this lot' }).click();
    await page.getByText('Recalled since').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'recall-empty');
    await page.getByRole('link', { name: 'The lot' }).click();
    await page.getByText('May not be used: On hold').waitFor();
    await page.goBack();
    await page.getByLabel('What came of it').fill('Nobody was treated with it');
    await page.getByRole('button', { name: 'Close the recall' }).click();
    await page.getByText('Closed on').waitFor();
  });
});

journeys('stock at branches', () => {
  testOnOwnSite(
    'lies at branches: received at one, brought to another, seen at each',
    async ({ openDesk }) => {
      const page = await openDesk({ viewport: phone });
      const mark = 2;
      await page.goto('/desk/setup/branches/new');
      await page.getByLabel('Name').fill(`Second ${mark}`);
      await page.getByLabel('Street address').fill('Sample lane 1\nFirst floor');
      await page.getByLabel('Town').fill('Siliguri');
      await page.getByLabel('Telephone').fill('+91 98000 00000');
      expect(await axeFaults(page)).toEqual([]);
      await screenshot(page, 'branch-address-phone');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('link', { name: `Second ${mark}` }).click();
      expect(await page.getByLabel('Street address').inputValue()).toBe('Sample lane 1\nFirst floor');

      await newInk(page, `Branch black ${mark}`, '77266', '1333-86-4');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: `Branch black ${mark}` }).waitFor();
      await page.getByRole('link', { name: 'Receive a delivery' }).click();
      await deliver(page, `BB-${mark}`, '300');
      await page.locator('input[name=certificate]').setInputFiles({
        name: 'certificate.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('%PDF-1.7 certificate'),
      });
      await page.getByRole('button', { name: 'Receive a delivery' }).click();
      await page.getByRole('heading', { name: `Branch black ${mark} · BB-${mark}` }).waitFor();
      const transfer = page.getByRole('form', { name: 'Bring to another branch' });
      const send = async (drops: string) => {
        await transfer.getByLabel('Amount').fill(drops);
        await transfer.getByRole('button', { name: 'Bring to another branch' }).click();
      };
      await send('400');
      await page.getByText('Not done: The ledger holds less here').waitFor();
      await send('120');
      await page.locator('.stock-balance', { hasText: '180 drops' }).waitFor();
      await page.getByRole('cell', { name: 'Sent to another branch' }).waitFor();
      await page.getByText(`→ Second ${mark}`).waitFor();
      expect(await axeFaults(page)).toEqual([]);
      expect(await sidewaysPx(page)).toBe(0);
      await screenshot(page, 'stock-lot-branches-phone');
      const branches = page.getByRole('navigation', { name: 'Stock at' });
      await branches.getByRole('link', { name: `Second ${mark}` }).click();
      await page.locator('.stock-balance', { hasText: /^0 drops/ }).waitFor();
      const countIn = page.getByRole('form', { name: 'Count in: 120 drops' });
      await countIn.getByLabel('What is there').fill('११८');
      expect(await axeFaults(page)).toEqual([]);
      expect(await sidewaysPx(page)).toBe(0);
      await screenshot(page, 'stock-on-the-way-phone');
      await countIn.getByRole('button', { name: 'Count in' }).click();
      await page.getByText('Not done: A reason is needed.').waitFor();
      await countIn.getByLabel('Why it differs').fill('Two drops spilt in the box');
      await page.setViewportSize({ width: 1366, height: 768 });
      await screenshot(page, 'stock-on-the-way');
      await countIn.getByRole('button', { name: 'Count in' }).click();
      await page.locator('.stock-balance', { hasText: '118 drops' }).waitFor();
      await page.getByRole('cell', { name: 'Two drops spilt in the box' }).waitFor();
      await screenshot(page, 'stock-lot-branches');
      await page.goto('/desk/stock');
      await branches.getByRole('link', { name: `Second ${mark}` }).click();
      await page
        .getByRole('row', { name: `Branch black ${mark}` })
        .getByText('118 drops')
        .waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await screenshot(page, 'stock-branches');

      // The public page says where it is.
      await page.goto('/en');
      await page.getByText(`Second ${mark}, Sample lane 1, First floor, Siliguri`).first().waitFor();
      await screenshot(page, 'home-branches');
    },
  );
});
