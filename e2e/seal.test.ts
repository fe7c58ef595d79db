import { randomUUID, X509Certificate } from 'node:crypto';
import { certificateFile } from '@undertone/clinic/consent/testing/certificate-file.ts';
import { sealFault } from '@undertone/clinic/consent/testing/second-opinion.ts';
import { shippedContent } from '@undertone/clinic/consent/text.ts';
import { asTenant } from '@undertone/clinic/platform/database.ts';
import { sql } from 'kysely';
import { expect } from 'vitest';
import {
  axeFaults,
  journeys,
  newPatient,
  owner,
  phone,
  screenshot,
  sidewaysPx,
  signInAsOwner,
  test,
} from './journey.ts';
import { joinSite } from './prepared.ts';

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

  test('is brought behind a fresh proof, seals the next consent and is taken away behind another', async ({
    openPage,
    site,
  }) => {
    // By its browser's name this session is known among those of other journeys.
    const userAgent = `Journey of the seal ${randomUUID()}`;
    const page = await openPage({ userAgent, allowed: [/status of 4(22|04)/] });
    await signInAsOwner(page, site);
    const { clinic, actor, stop } = await joinSite();
    const letTimePass = () =>
      asTenant(clinic.db, actor.tenantId, async (trx) => {
        const aged = await sql`update staff_sessions set created_at = created_at - interval '6 minutes',
          proved_at = proved_at - interval '6 minutes' where user_agent = ${userAgent}`.execute(trx);
        expect(aged.numAffectedRows).toBe(1n);
      });
    const prove = async () => {
      await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
      await page.getByLabel('Your password').fill(owner.password);
      await page.getByRole('button', { name: 'Confirm and go on' }).click();
    };
    const password = 'a pass phrase of words';
    const { bytes, certificate } = await certificateFile('Sample clinic', password, 'P-256', new Date());
    const fill = async () => {
      await page
        .getByLabel('PKCS#12 file')
        .setInputFiles({ name: 'clinic.p12', mimeType: 'application/x-pkcs12', buffer: bytes });
      await page.getByLabel('Password of the file').fill(password);
      await page.getByRole('button', { name: 'Check and use it' }).click();
    };

    await letTimePass();
    await page.goto('/desk/setup/seal');
    const begin = page.getByRole('button', { name: 'Confirm and choose a file' });
    await begin.waitFor();
    expect(await page.getByLabel('PKCS#12 file').count()).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'seal-proof-first');
    await begin.click();
    await prove();
    await page.getByLabel('PKCS#12 file').waitFor();
    // Whoever lets the form lie is asked again, and nothing of it is kept.
    await letTimePass();
    await fill();
    await page.getByText('The confirmation was more than five minutes ago').waitFor();
    await begin.click();
    await prove();
    await fill();
    await page.getByText('The certificate is in use from now on.').waitFor();
    await page.getByText('Sample authority').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'seal-installed');
    await page.setViewportSize(phone);
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'seal-installed-phone');

    const pem = await page.request.get('/desk/setup/seal/certificate.pem');
    expect(new X509Certificate(await pem.body()).raw).toEqual(certificate);
    const chart = await newPatient(page, { name: 'Seal Sample Signer', birthDate: '1981-04-02' });
    await page.goto(`${chart}/consent?treatment=lip`);
    await page.locator('#consent-language').selectOption('en');
    await page.getByRole('button', { name: 'Prepare', exact: true }).click();
    const link = (await page.getByLabel('Link for the patient').inputValue()).replace(site, '');
    const handset = await openPage({ viewport: phone, javaScriptEnabled: false });
    await handset.goto(link);
    for (const { id, right } of shippedContent('lip', 'en').questions)
      await handset.locator(`input[name="answer-${id}"][value="${right}"]`).check();
    await handset.getByRole('button', { name: 'Sign now' }).click();
    await handset
      .getByRole('heading', { name: 'Thank you. The consent is signed.' })
      .waitFor({ timeout: 20_000 });
    const sealed = await (await handset.request.get(`${link}/consent.pdf`)).body();
    expect(sealFault(sealed, certificate)).toBeUndefined();

    await letTimePass();
    await page.goto('/desk/setup/seal');
    await page.getByRole('button', { name: 'Take it away' }).click();
    await prove();
    await page.getByText('The certificate and its key are taken away.').waitFor();
    await page.getByText('no authority vouches for the clinic').waitFor();
    await stop();
  });
});
