/**
 * The link by which a patient asks for her own record. A token is the link's id and a signature over it: nothing that opens
 * it is kept. The link alone shows nothing: before that a person says the birth date or the end of the telephone number the
 * record has.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Services } from '../platform/services.ts';
import { asciiDigits } from '../record/transliteration.ts';
import type { Asks } from './schema.ts';

type Keys = Services['keys'];

export function recordToken(keys: Keys, tenantId: string, linkId: string): string {
  const id = Buffer.from(linkId.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, signature(keys, tenantId, linkId)]).toString('base64url');
}

/** The link a token is; undefined for one this clinic has not made. */
export function linkOfToken(keys: Keys, tenantId: string, token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 40 || bytes.toString('base64url') !== token) return undefined;
  const hex = bytes.subarray(0, 16).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return timingSafeEqual(signature(keys, tenantId, id), bytes.subarray(16)) ? id : undefined;
}

function signature(keys: Keys, tenantId: string, linkId: string): Buffer {
  return keys.mac('record-link', `${tenantId} ${linkId}`).subarray(0, 24);
}

/** What a link asks for, and the sealed right answer; undefined where the record has neither. */
export function proofFor(
  keys: Keys,
  linkId: string,
  person: { readonly birthDate: string | null; readonly phone: string | null },
): { readonly asks: Asks; readonly proof: Buffer } | undefined {
  if (person.birthDate !== null) return { asks: 'birth-date', proof: sealed(keys, linkId, person.birthDate) };
  const end = person.phone?.replaceAll(/\D/g, '').slice(-4);
  if (end?.length === 4) return { asks: 'phone', proof: sealed(keys, linkId, end) };
  return undefined;
}

export function isProof(
  keys: Keys,
  link: { readonly id: string; readonly asks: Asks; readonly proof: Buffer },
  answer: string,
): boolean {
  const plain = asciiDigits(answer).trim();
  const said = link.asks === 'phone' ? plain.replaceAll(/\D/g, '').slice(-4) : plain;
  return timingSafeEqual(sealed(keys, link.id, said), link.proof);
}

function sealed(keys: Keys, linkId: string, answer: string): Buffer {
  return keys.mac('record-proof', `${linkId} ${answer}`);
}

const passHours = 12;

/** What the browser keeps after the proof: good for one link and twelve hours. */
export function passFor(keys: Keys, linkId: string, now: Date): string {
  const until = String(now.getTime() + passHours * 3_600_000);
  return `${until}.${keys.mac('record-pass', `${linkId} ${until}`).toString('base64url')}`;
}

export function isPass(keys: Keys, linkId: string, pass: string | undefined, now: Date): boolean {
  const [until = '', mac = ''] = (pass ?? '').split('.');
  if (!/^\d{10,16}$/.test(until) || Number(until) < now.getTime()) return false;
  const right = keys.mac('record-pass', `${linkId} ${until}`);
  const given = Buffer.from(mac, 'base64url');
  return given.length === right.length && timingSafeEqual(given, right);
}
