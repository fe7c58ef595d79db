import { expect } from 'vitest';
import { axeFaults, journeys, screenshot, signInAsOwner, test } from './journey.ts';

journeys('the public texts', () => {
  test('are edited with preview, kept from promising, published, and seen by visitors', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ allowed: [/422/] });
    await signInAsOwner(page, site);
    await page.goto('/desk/texts');
    await page.getByRole('link', { name: 'Public texts' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.goto('/desk/texts/en/clinic');

    const body = page.getByLabel('Text', { exact: true });
    await body.fill('## Where\n\nA permanent place in Siliguri.');
    await page.getByText('"permanent" promises too much').waitFor();
    await body.fill('## Where\n\nTwo rooms on the first floor.');
    await page.getByRole('region', { name: 'Preview' }).getByText('Two rooms').waitFor();
    await screenshot(page, 'text-editor');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save as a new draft' }).click();
    await page.getByText('Saved as version').waitFor();
    expect(await (await page.request.get('/en/clinic')).text()).not.toContain('Two rooms');

    await page.getByRole('button', { name: 'I have reviewed this version' }).click();
    await page.getByText('reviewed by').waitFor();
    const answered = page.waitForResponse((reply) => reply.request().method() === 'POST');
    await page.getByRole('button', { name: 'Publish this version' }).click();
    expect((await answered).status()).toBe(200);
    await page.getByText('Visitors now see this version.').waitFor();
    const shown = await (await page.request.get('/en/clinic')).text();
    expect(shown).toContain('Two rooms');
    expect(shown).toContain('Reviewed by');
    expect(await (await page.request.get('/hi/clinic')).text()).toContain('अंग्रेज़ी पाठ इस अनुवाद से नया है');
  });
});
