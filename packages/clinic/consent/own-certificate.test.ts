import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { renderDocument } from '../documents/index.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { proofMinutes } from '../staff/rules.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { proven } from '../staff/testing.ts';
import {
  installSealCertificate,
  mayChangeSeal,
  readSealCertificate,
  removeSealCertificate,
} from './own-certificate.ts';
import { readPkcs12 } from './pkcs12.ts';
import { sealCertificate, sealPdf } from './seal.ts';
import { certificateFile } from './testing/certificate-file.ts';

/*
 * An authority made with OpenSSL: a root, one between, and certificates it issues. OpenSSL itself then checks what was sealed
 * against the root alone, which holds only if the chain lies in the signature.
 */
const password = 'a pass phrase of words';
const folder = mkdtempSync(join(tmpdir(), 'undertone-authority-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe', encoding: 'utf8' });

function has(): boolean {
  try {
    return openssl('version') !== '';
  } catch {
    return false;
  }
}

function authority(): void {
  const write = (name: string, text: string) => writeFileSync(at(name), text);
  write('ca.ext', 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n');
  write('sign.ext', 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n');
  write(
    'server.ext',
    'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n',
  );
  write('encrypt.ext', 'basicConstraints=CA:FALSE\nkeyUsage=critical,keyEncipherment\n');
  const key = (name: string, ...kind: string[]) =>
    openssl(
      'genpkey',
      '-out',
      at(`${name}.key`),
      ...(kind.length > 0 ? kind : ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']),
    );
  const issue = (name: string, by: string, ext: string, days = '3650') => {
    openssl(
      'req',
      '-new',
      '-key',
      at(`${name}.key`),
      '-subj',
      `/CN=Sample ${name}`,
      '-out',
      at(`${name}.csr`),
    );
    const signer =
      by === name
        ? ['-signkey', at(`${name}.key`)]
        : ['-CA', at(`${by}.pem`), '-CAkey', at(`${by}.key`), '-CAcreateserial'];
    openssl(
      'x509',
      '-req',
      '-in',
      at(`${name}.csr`),
      ...signer,
      '-days',
      days,
      '-extfile',
      at(`${ext}.ext`),
      '-out',
      at(`${name}.pem`),
    );
  };
  key('root');
  issue('root', 'root', 'ca');
  key('between');
  issue('between', 'root', 'ca');
  key('clinic');
  issue('clinic', 'between', 'sign', '365');
  for (const [name, ext] of [
    ['server', 'server'],
    ['encrypt', 'encrypt'],
  ] as const) {
    execFileSync('cp', [at('clinic.key'), at(`${name}.key`)]);
    issue(name, 'between', ext, '365');
  }
  execFileSync('cp', [at('clinic.key'), at('alone.key')]);
  issue('alone', 'alone', 'sign', '365');
  for (const curve of ['P-256', 'P-384', 'P-521', 'secp256k1']) {
    key(curve, '-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`);
    issue(curve, 'between', 'sign', '365');
  }
  writeFileSync(
    at('chain.pem'),
    readFileSync(at('between.pem'), 'utf8') + readFileSync(at('root.pem'), 'utf8'),
  );
}

function packed(name: string, ...more: string[]): Buffer {
  const out = at(`${randomUUID()}.p12`);
  const parts = ['-inkey', at(`${name}.key`), '-in', at(`${name}.pem`), '-passout', `pass:${password}`];
  openssl('pkcs12', '-export', ...parts, '-out', out, ...more);
  return readFileSync(out);
}
const withChain = ['-certfile', at('chain.pem')];

describe.skipIf(!has())('the clinic’s own certificate', async () => {
  const services = await testServices();
  if (has()) authority();
  const begin = new Date(Date.now() + 60_000);
  services.clock.set(begin);
  const actorAs = async (role: Role): Promise<Actor> => {
    const [tenantId, staffId] = [await testTenant(services.db), randomUUID()];
    await sql`insert into staff (tenant_id, id, email, name, role, created_at)
      values (${tenantId}, ${staffId}, ${`${staffId}@example.org`}, 'Sample owner', ${role}, now())`.execute(
      services.db,
    );
    return proven(services, { tenantId, staffId, role, name: 'Sample owner', sessionId: randomUUID() });
  };
  const sealed = async ({ tenantId }: Actor) => {
    const pdf = await renderDocument(services, tenantId, {
      kind: 'letter',
      title: 'A letter',
      language: 'en',
      reference: randomUUID(),
      facts: [],
      blocks: [{ kind: 'paragraph', text: 'Sealed.' }],
    });
    const { bytes } = await sealPdf(services, tenantId, pdf, { reason: 'Test', at: services.clock.now() });
    return Buffer.from(bytes);
  };
  /** Checked against the root alone; OpenSSL's own word, or its refusal. */
  const checked = (pdf: Buffer): string => {
    const [, start = '0', first = '0', second = '0', rest = '0'] =
      /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/.exec(pdf.toString('latin1')) ?? [];
    const end = Number(second) + Number(rest);
    writeFileSync(
      at('covered'),
      Buffer.concat([pdf.subarray(Number(start), Number(first)), pdf.subarray(Number(second), end)]),
    );
    const padded = Buffer.from(pdf.toString('latin1', Number(first) + 1, Number(second) - 1), 'hex');
    writeFileSync(at('cms'), padded.subarray(0, 4 + padded.readUInt16BE(2)));
    const files = ['-in', at('cms'), '-content', at('covered'), '-CAfile', at('root.pem'), '-out', at('out')];
    try {
      openssl('cms', '-verify', '-binary', '-inform', 'DER', '-purpose', 'any', ...files);
      return 'right';
    } catch (error) {
      return String((error as { stderr?: unknown }).stderr);
    }
  };

  it('seals with its chain, which OpenSSL follows to the root; without it the program’s own seals, which it does not trust', async () => {
    const owner = await actorAs('owner');
    expect(checked(await sealed(owner))).toMatch(/self[- ]signed|unable to get/i);
    expect(await readSealCertificate(services, owner)).toMatchObject({ ok: true, own: undefined });
    const file = packed('clinic', ...withChain);
    expect(await installSealCertificate(services, owner, file, password)).toEqual({ ok: true });
    expect(await readSealCertificate(services, owner)).toMatchObject({
      isUsed: true,
      own: { subject: 'Sample clinic', issuer: 'Sample between', chainLength: 2 },
    });
    const pdf = await sealed(owner);
    expect(checked(pdf)).toBe('right');
    const changed = Buffer.from(pdf);
    changed[40] = (changed[40] ?? 0) ^ 1;
    expect(checked(changed)).toMatch(/verif/i);
    // The key is nowhere in the open, and no other clinic seals with it.
    const { rows } = await sql<{
      sealed_key: Buffer;
    }>`select sealed_key from document_seals where is_own`.execute(services.db);
    expect(rows).toHaveLength(1);
    expect(
      rows.some(({ sealed_key }) => sealed_key.includes(Buffer.from('300d06092a864886f70d010101', 'hex'))),
    ).toBe(false);
    expect(checked(await sealed(await actorAs('owner')))).not.toBe('right');
    const log = await listAudit(services, owner.tenantId);
    expect(log.some(({ entry }) => entry?.action === 'seal.installed')).toBe(true);
    expect(JSON.stringify(log)).not.toContain(password);

    services.clock.advance(400 * 86_400_000);
    expect(await readSealCertificate(services, owner)).toMatchObject({ isUsed: false });
    expect(checked(await sealed(owner))).not.toBe('right');
    services.clock.set(begin);
    expect(await removeSealCertificate(services, owner)).toEqual({ ok: true });
    expect(checked(await sealed(owner))).not.toBe('right');
  });

  it('may lie on a curve of NIST, and every one of its signatures is right', async () => {
    const owner = await actorAs('owner');
    for (const curve of ['P-256', 'P-384', 'P-521']) {
      const installed = await installSealCertificate(services, owner, packed(curve, ...withChain), password);
      expect([curve, installed]).toEqual([curve, { ok: true }]);
      // The two numbers of such a signature change their length by chance.
      for (let i = 0; i < 4; i++) expect(checked(await sealed(owner))).toBe('right');
    }
  });

  it('is neither brought nor taken away long after the proof of who is there, nor by a session that is none', async () => {
    const owner = await actorAs('owner');
    const file = packed('clinic', ...withChain);
    const acts = [
      () => mayChangeSeal(services, owner),
      () => installSealCertificate(services, owner, file, password),
      () => removeSealCertificate(services, owner),
    ];
    services.clock.advance(proofMinutes * 60_000);
    for (const act of acts) expect(await act()).toMatchObject({ ok: false, reason: 'proof-needed' });
    expect(await readSealCertificate(services, owner)).toMatchObject({ own: undefined });
    await proven(services, owner);
    services.clock.advance(proofMinutes * 60_000 - 1);
    for (const act of acts) expect(await act()).toEqual({ ok: true });
    const made = { ...owner, sessionId: randomUUID() };
    expect(await installSealCertificate(services, made, file, password)).toMatchObject({
      reason: 'proof-needed',
    });
    services.clock.set(begin);
  });

  it('is refused when it could not be trusted, or is not meant for documents', async () => {
    const now = services.clock.now();
    const later = new Date(now.getTime() + 366 * 86_400_000);
    const before = new Date(now.getTime() - 86_400_000);
    const old = ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES'];
    const file = packed('clinic', ...withChain);
    const cut = file.subarray(0, file.length - 40);
    for (const [fault, bytes, word, on] of [
      ['wrong-password', file, 'another', now],
      ['not-pkcs12', cut, password, now],
      ['not-pkcs12', Buffer.from('%PDF-1.7'), password, now],
      ['not-pkcs12', Buffer.alloc(0), password, now],
      ['expired', file, password, later],
      ['not-yet-valid', file, password, before],
      ['chain-missing', packed('clinic'), password, now],
      ['self-signed', packed('alone'), password, now],
      ['key-usage', packed('server', ...withChain), password, now],
      ['key-usage', packed('encrypt', ...withChain), password, now],
      ['key-usage', packed('between', '-certfile', at('root.pem')), password, now],
      ['key-kind', packed('secp256k1', ...withChain), password, now],
      ['old-encryption', packed('clinic', ...withChain, ...old), password, now],
      // Whoever sends a file names the work: of its code, and of its parts together.
      ['too-many-rounds', packed('clinic', '-iter', '200001'), password, now],
      ['too-many-rounds', packed('clinic', '-iter', '1000001', '-nomaciter'), password, now],
    ] as const)
      expect([fault, await readPkcs12(bytes, word, on)]).toEqual([fault, { ok: false, fault }]);
    for (const role of ['physician', 'assistant', 'desk', 'auditor'] as const)
      expect(await installSealCertificate(services, await actorAs(role), file, password)).toMatchObject({
        reason: 'not-allowed',
      });
    const owner = await actorAs('owner');
    expect(await installSealCertificate(services, owner, Buffer.alloc(70_000), password)).toMatchObject({
      reason: 'not-pkcs12',
      field: 'file',
    });
    expect(await installSealCertificate(services, owner, file, 'another')).toMatchObject({
      field: 'password',
    });
  });
});

describe('a certificate file made without OpenSSL', async () => {
  const services = await testServices();

  it.each(['rsa', 'P-256'] as const)(
    'opens with its password and holds key, certificate and chain: %s',
    async (kind) => {
      const now = services.clock.now();
      const file = await certificateFile('Sample clinic', password, kind, now);
      const read = await readPkcs12(file.bytes, password, now);
      if (!read.ok) throw new Error(read.fault);
      expect(Buffer.from(read.seal.certificate)).toEqual(file.certificate);
      expect(read.seal.chain).toHaveLength(1);
      expect(await readPkcs12(file.bytes, `${password}.`, now)).toEqual({
        ok: false,
        fault: 'wrong-password',
      });
    },
  );

  it('has no counterpart to check by before anything was sealed', async () => {
    const tenantId = await testTenant(services.db);
    expect(await sealCertificate(services, tenantId)).toBeUndefined();
  });
});
