/**
 * Self-service links. A token is the link's id and a signature over id, tenant and purpose; the table keeps only the
 * token's SHA-256. A forged token is refused without a query, a stolen table opens nothing, and a token can be made
 * again for the reply to a repeated request.
 */
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Db, Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import './tables.ts';

export type LinkPurpose = 'manage' | 'confirm' | 'accept-offer' | 'intake' | 'opt-out' | 'waitlist';

export interface Link {
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly subjectId: string;
}

export type LinkRefusal = {
  ok: false;
  reason: 'link-unknown' | 'link-expired' | 'link-used';
  message: string;
};

const unknownLink: LinkRefusal = {
  ok: false,
  reason: 'link-unknown',
  message: 'This link is not known here. Please copy it whole, or ask the clinic for a new one.',
};

export function tokenOf(
  keys: Services['keys'],
  tenantId: string,
  link: Pick<Link, 'id' | 'purpose'>,
): string {
  const id = Buffer.from(link.id.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, signature(keys, tenantId, link)]).toString('base64url');
}

function signature(keys: Services['keys'], tenantId: string, link: Pick<Link, 'id' | 'purpose'>): Buffer {
  return keys.mac('booking-link', `${tenantId} ${link.id} ${link.purpose}`).subarray(0, 24);
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export async function makeLink(
  services: Pick<Services, 'keys' | 'clock'>,
  trx: Trx,
  tenantId: string,
  link: { purpose: LinkPurpose; subjectId: string; expiresAt: Date },
): Promise<{ link: Link; token: string }> {
  const made: Link = { id: randomUUID(), purpose: link.purpose, subjectId: link.subjectId };
  const token = tokenOf(services.keys, tenantId, made);
  await trx
    .insertInto('booking_links')
    .values({
      tenant_id: tenantId,
      id: made.id,
      purpose: made.purpose,
      subject_id: made.subjectId,
      token_hash: hashOf(token),
      expires_at: link.expiresAt,
      used_at: null,
      created_at: services.clock.now(),
    })
    .execute();
  return { link: made, token };
}

/** Finds what a token opens, if its purpose is among those wanted. */
export async function openLink(
  services: Pick<Services, 'keys' | 'clock'>,
  db: Db | Trx,
  tenantId: string,
  token: string,
  purposes: readonly LinkPurpose[],
): Promise<{ ok: true; link: Link; usedAt: Date | null } | LinkRefusal> {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 40 || bytes.toString('base64url') !== token) return unknownLink;
  const hex = bytes.subarray(0, 16).toString('hex');
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  const purpose = purposes.find((p) =>
    timingSafeEqual(signature(services.keys, tenantId, { id, purpose: p }), bytes.subarray(16)),
  );
  if (purpose === undefined) return unknownLink;
  const row = await db
    .selectFrom('booking_links')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst();
  if (row === undefined) return unknownLink;
  if (row.expires_at <= services.clock.now()) {
    return {
      ok: false,
      reason: 'link-expired',
      message: 'This link has expired. Please ask the clinic for a new one.',
    };
  }
  return { ok: true, link: { id, purpose, subjectId: row.subject_id }, usedAt: row.used_at };
}

/** Marks a single-use link as used; false when somebody was faster. */
export async function useLink(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
  linkId: string,
): Promise<boolean> {
  const result = await trx
    .updateTable('booking_links')
    .set({ used_at: services.clock.now() })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', linkId)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
