/**
 * The link of a check-in opens that one check-in and nothing else. It is the check-in's id and a signature over clinic, id
 * and purpose: nothing of it is stored, so a stolen database opens nothing and a reminder carries the same link.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Services } from '../platform/services.ts';

/** Days after the check-in was due in which its link still opens. */
export const linkLivesDays = 60;

export function checkInToken(keys: Services['keys'], tenantId: string, checkInId: string): string {
  const id = Buffer.from(checkInId.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, signature(keys, tenantId, checkInId)]).toString('base64url');
}

/** The check-in a token names, if this clinic made the token. */
export function checkInOfToken(keys: Services['keys'], tenantId: string, token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 40 || bytes.toString('base64url') !== token) return undefined;
  const hex = bytes.subarray(0, 16).toString('hex');
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return timingSafeEqual(signature(keys, tenantId, id), bytes.subarray(16)) ? id : undefined;
}

function signature(keys: Services['keys'], tenantId: string, checkInId: string): Buffer {
  return keys.mac('check-in-link', `${tenantId} ${checkInId}`).subarray(0, 24);
}
