import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as pkijs from 'pkijs';
import { afterAll, describe, expect, it } from 'vitest';
import { renderDocument } from '../documents/index.ts';
import type { Services } from '../platform/services.ts';
import { testFolder, testServices, testTenant } from '../platform/testing/database.ts';
import { sealPdf } from './seal.ts';
import { startAuthority } from './testing/authority.ts';
import { timestampOf } from './timestamp.ts';

const plain = await testServices();
const authority = await startAuthority(() => new Date('2026-03-02T04:31:00Z'));
afterAll(() => authority.stop());
const open = { outbound: { hosts: ['127.0.0.1'], plaintext: false } };
const config = { ...plain.config, ...open, timestamp: { url: authority.url } };
const services: Pick<Services, keyof typeof plain & keyof Services> = { ...plain, config };

const signature = new TextEncoder().encode('the value of a signature');

/** The time-stamp token of a sealed file, and the signature it is over. */
function tokenIn(pdf: Uint8Array): { token: Uint8Array; over: Uint8Array } | undefined {
  const text = Buffer.from(pdf).toString('latin1');
  const padded = Buffer.from(/\/Contents <([0-9a-f]+)>/.exec(text)?.[1] ?? '', 'hex');
  const cms = padded.subarray(0, 4 + padded.readUInt16BE(2));
  const content = pkijs.ContentInfo.fromBER(Uint8Array.from(cms).buffer);
  const [signer] = new pkijs.SignedData({ schema: content.content }).signerInfos;
  const found = signer?.unsignedAttrs?.attributes.find(({ type }) => type === '1.2.840.113549.1.9.16.2.14');
  const value = found?.values[0] as { toBER(): ArrayBuffer } | undefined;
  return (
    signer &&
    value && { token: new Uint8Array(value.toBER()), over: signer.signature.valueBlock.valueHexView }
  );
}

async function sealed(by = services) {
  const tenantId = await testTenant(plain.db);
  const pdf = await renderDocument(by, tenantId, {
    kind: 'letter',
    language: 'en',
    blocks: [{ kind: 'paragraph', text: 'A letter.' }],
  });
  return sealPdf(by, tenantId, pdf, { reason: 'Sealed', at: plain.clock.now() });
}

describe('a time stamp', () => {
  it('is about the signature it was asked for, and only a hash leaves the house', async () => {
    authority.mood = 'honest';
    const before = authority.asked.length;
    const { at } = await timestampOf(open, authority.url, signature);
    expect(at).toEqual(new Date('2026-03-02T04:31:00Z'));
    const question = Buffer.from(authority.asked[before] ?? []);
    expect(question.includes(Buffer.from(signature))).toBe(false);
    expect(question.length).toBeLessThan(100);
  });

  it.each(['about-another', 'refusing', 'away'] as const)(
    'is not taken from an authority that is %s',
    async (mood) => {
      authority.mood = mood;
      await expect(timestampOf(open, authority.url, signature)).rejects.toMatchObject({
        code: 'timestamp-unusable',
      });
    },
  );

  it('is not asked for at a host the settings do not name, and no question leaves the house', async () => {
    authority.mood = 'honest';
    const before = authority.asked.length;
    for (const hosts of [undefined, ['authority.example']]) {
      const shut = { ...services, config: { ...config, outbound: { hosts, plaintext: true } } };
      await expect(timestampOf(shut.config, authority.url, signature)).rejects.toMatchObject({
        code: 'timestamp-unusable',
        message: expect.stringContaining('OUTBOUND_HOSTS') as string,
      });
      expect((await sealed(shut)).stampedAt).toBeUndefined();
    }
    expect(authority.asked.length).toBe(before);
  });

  it('stands in the seal of a document; without an answer the document is sealed all the same', async () => {
    authority.mood = 'honest';
    const stamped = await sealed();
    expect(stamped.stampedAt).toEqual(new Date('2026-03-02T04:31:00Z'));
    expect(tokenIn(stamped.bytes)).toBeDefined();
    authority.mood = 'away';
    const alone = await sealed();
    expect(alone.stampedAt).toBeUndefined();
    expect(tokenIn(alone.bytes)).toBeUndefined();
  });

  it.skipIf(!hasOpenssl())('is found right by OpenSSL, and wrong over anything else', async () => {
    authority.mood = 'honest';
    const { token, over } = tokenIn((await sealed()).bytes) ?? {};
    const folder = testFolder();
    const at = (name: string) => join(folder, name);
    writeFileSync(at('token'), token ?? '');
    writeFileSync(at('data'), over ?? '');
    writeFileSync(at('authority.pem'), new X509Certificate(authority.certificate).toString());
    const verify = () =>
      execFileSync(
        'openssl',
        [
          'ts',
          '-verify',
          '-data',
          at('data'),
          '-in',
          at('token'),
          '-token_in',
          '-CAfile',
          at('authority.pem'),
        ],
        { encoding: 'utf8', stdio: 'pipe' },
      );
    expect(verify()).toContain('Verification: OK');
    const changed = readFileSync(at('data'));
    changed[0] = (changed[0] ?? 0) ^ 1;
    writeFileSync(at('data'), changed);
    expect(verify).toThrow(/imprint mismatch|FAILED/);
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}
