/*
 * The clinic's seal: the certificate the clinic brought, while it is valid; else one made at the first sealing. Kept in the
 * database, the private key under the master key. Any subject may seal a PDF of ours.
 *
 *   const sealed = await sealPdf(services, tenantId, pdf, { reason, language, at });   { bytes, sha256 }
 */
import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import { sql } from 'kysely';
import type { Services } from '../platform/services.ts';
import { listTenants } from '../tenant/commands.ts';
import { makeSeal, type Seal, signPdf } from './pdf-signature.ts';
import { insertSeal, selectOwnSeal, selectSeal } from './store.ts';
import { timestampOf } from './timestamp.ts';

type SealServices = Pick<Services, 'db' | 'clock' | 'keys' | 'config' | 'log'>;

/** Years a certificate is made for, and the time before its end when the next one is made. */
const validYears = 10;
const renewBeforeMs = 365 * 86_400_000;

export interface SealedPdf {
  readonly bytes: Uint8Array;
  /** SHA-256 of the whole file, hexadecimal. */
  readonly sha256: string;
  /** When an authority says it was sealed; undefined without one, or when it did not answer. */
  readonly stampedAt: Date | undefined;
}

/** @throws `pdf-not-signable` for a PDF our typesetter did not make; `seal-broken` under another master key. */
export async function sealPdf(
  services: SealServices,
  tenantId: string,
  pdf: Uint8Array,
  words: { readonly reason: string; readonly at: Date },
): Promise<SealedPdf> {
  const seal = await clinicSeal(services, tenantId);
  const name = (await listTenants(services)).find(({ id }) => id === tenantId)?.name ?? '';
  const { url } = services.config.timestamp;
  let stampedAt: Date | undefined;
  const stamp = async (signature: Uint8Array) => {
    if (url === undefined) return undefined;
    try {
      const { token, at } = await timestampOf(services.config, url, signature);
      stampedAt = at;
      return token;
    } catch (error) {
      // A consent is not lost because an authority is away: the audit entry says that it has no token.
      services.log.warn({ err: error }, 'sealed without a time stamp');
      return undefined;
    }
  };
  const bytes = await signPdf(pdf, seal, { ...words, name }, url === undefined ? undefined : stamp);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), stampedAt };
}

/** The clinic's certificate as PEM, for whoever checks its documents. Undefined before the first sealing. */
export async function sealCertificate(
  services: Pick<Services, 'db' | 'clock'>,
  tenantId: string,
): Promise<string | undefined> {
  const own = await selectOwnSeal(services.db, tenantId);
  const isOwn = own !== undefined && own.valid_until > services.clock.now();
  const row = isOwn ? own : await selectSeal(services.db, tenantId);
  return row && new X509Certificate(row.certificate).toString();
}

/** When the certificate a clinic brought itself ends; undefined where it brought none. */
export async function ownSealEnds(
  services: Pick<Services, 'db'>,
  tenantId: string,
): Promise<Date | undefined> {
  return (await selectOwnSeal(services.db, tenantId))?.valid_until;
}

async function clinicSeal(services: SealServices, tenantId: string): Promise<Seal> {
  const now = services.clock.now();
  const own = await selectOwnSeal(services.db, tenantId);
  if (own !== undefined && own.valid_until > now) return opened(services, own);
  const usable = await selectSeal(services.db, tenantId);
  if (usable !== undefined && usable.valid_until.getTime() - now.getTime() > renewBeforeMs) {
    return opened(services, usable);
  }
  const name = (await listTenants(services)).find(({ id }) => id === tenantId)?.name ?? 'Undertone';
  // A clock that is a little behind elsewhere must not find the certificate to begin in the future.
  const made = await makeSeal(name, new Date(now.getTime() - 86_400_000), validYears);
  return services.db.transaction().execute(async (trx) => {
    const key = `document seal ${tenantId}`;
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
    const other = await selectSeal(trx, tenantId);
    if (other !== undefined && other.id !== usable?.id) return opened(services, other);
    const id = randomUUID();
    await insertSeal(trx, {
      tenant_id: tenantId,
      id,
      certificate: Buffer.from(made.certificate),
      sealed_key: services.keys.seal('document-seal', `${tenantId} ${id}`, made.privateKey),
      valid_until: new Date(new X509Certificate(made.certificate).validTo),
      created_at: now,
    });
    return made;
  });
}

function opened(
  services: Pick<Services, 'keys'>,
  row: NonNullable<Awaited<ReturnType<typeof selectSeal>>>,
): Seal {
  return {
    certificate: row.certificate,
    privateKey: services.keys.open('document-seal', `${row.tenant_id} ${row.id}`, row.sealed_key),
    chain: row.chain,
  };
}
