/** The address a person reads and signs at. The token is the consent's id and a signature; the table keeps its hash. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Db } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import type { ConsentRefusal } from './schema.ts';
import { type ConsentRow, selectConsent } from './store.ts';

export function tokenOf(keys: Services['keys'], tenantId: string, consentId: string): string {
  const id = Buffer.from(consentId.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, signature(keys, tenantId, consentId)]).toString('base64url');
}

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function signature(keys: Services['keys'], tenantId: string, consentId: string): Buffer {
  return keys.mac('consent-link', `${tenantId} ${consentId}`).subarray(0, 24);
}

/** @param lock the consent against other changes, until the transaction ends */
export async function consentOfToken(
  services: Pick<Services, 'keys' | 'clock'>,
  db: Db,
  tenantId: string,
  token: string,
  lock = false,
): Promise<{ ok: true; row: ConsentRow } | ConsentRefusal> {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 40 || bytes.toString('base64url') !== token) return unknown;
  const hex = bytes.subarray(0, 16).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (!timingSafeEqual(signature(services.keys, tenantId, id), bytes.subarray(16))) return unknown;
  const row = await selectConsent(db, tenantId, id, lock);
  if (row === undefined || !row.token_hash.equals(tokenHash(token))) return unknown;
  if (row.state === 'cancelled') {
    return {
      ok: false,
      reason: 'cancelled',
      message: 'A newer text has taken the place of this one. Please ask the clinic for its link.',
    };
  }
  if (row.expires_at <= services.clock.now()) {
    return {
      ok: false,
      reason: 'link-expired',
      message: 'This link has expired. Please ask the clinic for a new one.',
    };
  }
  return { ok: true, row };
}

const unknown: ConsentRefusal = {
  ok: false,
  reason: 'link-unknown',
  message: 'This link is not known here. Please copy it whole, or ask the clinic for a new one.',
};
