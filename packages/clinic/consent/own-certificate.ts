/*
 * The clinic's own signing certificate, from an authority, in place of the one the program makes for itself.
 *
 *   readSealCertificate(services, actor)                       { ok: true, own, isUsed }   (settings.write)
 *   mayChangeSeal(services, actor)                             { ok: true }, or why not; asked before a form is shown
 *   installSealCertificate(services, actor, bytes, password)   { ok: true }; checked first, the key sealed under the master key
 *   removeSealCertificate(services, actor)                     { ok: true }; the program's own seals again
 *
 * Whoever can change it signs in the clinic's name, so both acts need a fresh proof of who is there (staff/proof.ts). The
 * file and its password are not kept.
 */
import { randomUUID, X509Certificate } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import { asTenant } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { proofFault } from '../staff/commands.ts';
import { by, can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { mostPkcs12Bytes, type Pkcs12Fault, readPkcs12 } from './pkcs12.ts';
import { insertSeal, removeOwnSeals, selectOwnSeal } from './store.ts';

export interface OwnCertificateRefusal {
  readonly ok: false;
  readonly reason: 'not-allowed' | 'proof-needed' | Pkcs12Fault;
  readonly message: string;
  readonly field?: 'file' | 'password';
}

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** SHA-256 of the certificate, as viewers show it. */
  readonly fingerprint: string;
  /** Certificates that go with it into each signature. */
  readonly chainLength: number;
}

export async function readSealCertificate(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
): Promise<{ ok: true; own: CertificateFacts | undefined; isUsed: boolean } | OwnCertificateRefusal> {
  if (!can(actor.role, 'settings.write')) return notAllowed;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const row = await selectOwnSeal(trx, actor.tenantId);
    if (row === undefined) return { ok: true as const, own: undefined, isUsed: false };
    const one = new X509Certificate(row.certificate);
    return {
      ok: true as const,
      isUsed: row.valid_until > services.clock.now(),
      own: {
        subject: commonName(one.subject),
        issuer: commonName(one.issuer),
        validFrom: one.validFromDate,
        validUntil: row.valid_until,
        fingerprint: one.fingerprint256,
        chainLength: row.chain.length,
      },
    };
  });
}

/** Whether the actor may bring or take away a certificate now. */
export async function mayChangeSeal(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
): Promise<{ ok: true } | OwnCertificateRefusal> {
  if (!can(actor.role, 'settings.write')) return notAllowed;
  const fault = await proofFault(services, actor);
  return fault === undefined ? { ok: true } : { ok: false, reason: 'proof-needed', message: fault.message };
}

export async function installSealCertificate(
  services: Pick<Services, 'db' | 'clock' | 'keys'>,
  actor: Actor,
  bytes: Uint8Array,
  password: string,
): Promise<{ ok: true } | OwnCertificateRefusal> {
  const may = await mayChangeSeal(services, actor);
  if (!may.ok) return may;
  if (bytes.length === 0 || bytes.length > mostPkcs12Bytes) return refusal('not-pkcs12');
  const now = services.clock.now();
  const read = await readPkcs12(bytes, password, now);
  if (!read.ok) return refusal(read.fault);
  const { certificate, privateKey, chain, validUntil } = read.seal;
  const { tenantId } = actor;
  const id = randomUUID();
  return asTenant(services.db, tenantId, async (trx) => {
    await removeOwnSeals(trx, tenantId);
    await insertSeal(trx, {
      tenant_id: tenantId,
      id,
      certificate: Buffer.from(certificate),
      sealed_key: services.keys.seal('document-seal', `${tenantId} ${id}`, privateKey),
      valid_until: validUntil,
      created_at: now,
      is_own: true,
      chain: chain.map((one) => Buffer.from(one)),
    });
    const { fingerprint256 } = new X509Certificate(certificate);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'seal.installed',
      subject: { kind: 'document-seal', id },
      change: { after: { fingerprint: fingerprint256, validUntil: validUntil.toISOString() } },
    });
    return { ok: true as const };
  });
}

export async function removeSealCertificate(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
): Promise<{ ok: true } | OwnCertificateRefusal> {
  const may = await mayChangeSeal(services, actor);
  if (!may.ok) return may;
  const { tenantId } = actor;
  return asTenant(services.db, tenantId, async (trx) => {
    const before = await selectOwnSeal(trx, tenantId);
    if (before === undefined) return { ok: true as const };
    await removeOwnSeals(trx, tenantId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'seal.removed',
      subject: { kind: 'document-seal', id: before.id },
    });
    return { ok: true as const };
  });
}

/** Node gives a name as lines of `CN=…`. */
function commonName(name: string): string {
  const lines = name.split('\n');
  return (lines.find((line) => line.startsWith('CN='))?.slice(3) ?? lines.at(-1) ?? '').trim();
}

const messages: Readonly<Record<Pkcs12Fault, string>> = {
  'not-pkcs12': 'This is no PKCS#12 file (.p12 or .pfx) that can be read.',
  'wrong-password': 'The password does not open this file.',
  'too-many-rounds':
    'The password of this file is stretched too often to be opened here; export it again as your program does by itself.',
  'old-encryption':
    'The file is encrypted in an old way; export it again with AES (openssl pkcs12 -export does so).',
  'no-key': 'The file needs one certificate with its private key.',
  'key-kind':
    'The key must be RSA of 2048 bits or more, or lie on the curve P-256, P-384 or P-521; ask your authority for one.',
  'key-usage': 'This certificate is not meant for signing documents.',
  'not-yet-valid': 'The certificate is not valid yet.',
  expired: 'The certificate has expired.',
  'self-signed':
    'The certificate is self-signed: nobody vouches for it, so it adds nothing to the program’s own.',
  'chain-missing': 'The certificate of whoever issued it is missing; export the file with its chain.',
  'chain-invalid': 'A certificate of the chain may not issue others, or is not valid today.',
};

function refusal(fault: Pkcs12Fault): OwnCertificateRefusal {
  const field = fault === 'wrong-password' ? 'password' : 'file';
  return { ok: false, reason: fault, message: messages[fault], field };
}

const notAllowed: OwnCertificateRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
