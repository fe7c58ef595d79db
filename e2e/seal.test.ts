import { expect } from 'vitest';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, signInAsOwner, test } from './journey.ts';

journeys('the signing certificate', () => {
  test('is asked for with what it needs, and a file that is none is refused in words', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ allowed: [/status of 422/], viewport: phone });
    await signInAsOwner(page, site);
    await page.goto('/desk/setup');
    await page.getByRole('link', { name: 'Signing certificate' }).click();
    await page.getByText('no authority vouches for the clinic').waitFor();
    await page.getByLabel('PKCS#12 file').setInputFiles({
      name: 'clinic.p12',
      mimeType: 'application/x-pkcs12',
      buffer: Buffer.from('not a certificate'),
    });
    await page.getByLabel('Password of the file').fill('a pass phrase');
    await page.getByRole('button', { name: 'Check and use it' }).click();
    await page.getByText('Not taken: This is no PKCS#12 file that can be read.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'seal-phone');
    await page.setViewportSize({ width: 1366, height: 768 });
    await screenshot(page, 'seal');
    for (const lang of ['hi', 'bn', 'ne']) {
      await page.context().addCookies([{ name: 'lang', value: lang, url: site }]);
      await page.goto('/desk/setup/seal');
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
  });
});
