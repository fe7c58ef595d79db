/**
 * The link by which a patient asks to be erased. A token is the erasure's id and a signature over it; nothing that opens it
 * is kept. Whoever holds it says the birth date or the end of the telephone number the record has.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Services } from '../platform/services.ts';
import { asciiDigits } from '../record/transliteration.ts';

type Keys = Services['keys'];

export function erasureToken(keys: Keys, tenantId: string, erasureId: string): string {
  return Buffer.concat([
    Buffer.from(erasureId.replaceAll('-', ''), 'hex'),
    signature(keys, tenantId, erasureId),
  ]).toString('base64url');
}

/** The erasure a token opens; undefined for one this clinic has not made. */
export function erasureOfToken(keys: Keys, tenantId: string, token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 40 || bytes.toString('base64url') !== token) return undefined;
  const hex = bytes.subarray(0, 16).toString('hex');
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return timingSafeEqual(signature(keys, tenantId, id), bytes.subarray(16)) ? id : undefined;
}

function signature(keys: Keys, tenantId: string, erasureId: string): Buffer {
  return keys.mac('erasure-link', `${tenantId} ${erasureId}`).subarray(0, 24);
}

export type Asked = 'birth-date' | 'phone' | 'nothing';

export function proofFor(
  keys: Keys,
  erasureId: string,
  person: { readonly birthDate: string | null; readonly phones: readonly string[] },
): { readonly asked: Asked; readonly proof: Buffer | null } {
  if (person.birthDate !== null)
    return { asked: 'birth-date', proof: sealed(keys, erasureId, person.birthDate) };
  const end = person.phones[0]?.replaceAll(/\D/g, '').slice(-4);
  if (end?.length === 4) return { asked: 'phone', proof: sealed(keys, erasureId, end) };
  return { asked: 'nothing', proof: null };
}

export function isRightAnswer(
  keys: Keys,
  row: { readonly id: string; readonly asked: Asked | null; readonly proof: Buffer | null },
  answer: string,
): boolean {
  if (row.asked === 'nothing' || row.asked === null) return true;
  const plain = asciiDigits(answer).trim();
  const said = row.asked === 'phone' ? plain.replaceAll(/\D/g, '').slice(-4) : plain;
  return row.proof !== null && timingSafeEqual(sealed(keys, row.id, said), row.proof);
}

function sealed(keys: Keys, erasureId: string, answer: string): Buffer {
  return keys.mac('erasure-proof', `${erasureId} ${answer}`);
}
