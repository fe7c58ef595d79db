/**
 * The link to a form, and the proof that whoever holds it is the person. A token is the form's id and a signature over it: a
 * forged one is refused without a query, and nothing that opens a form is kept in the database. The link alone shows nothing
 * that is kept: before that a person says the birth date or the end of the telephone number the record has. Where the record
 * has neither, the link's secret is the only guard.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Services } from '../platform/services.ts';
import { asciiDigits } from '../record/transliteration.ts';
import type { Asks, IntakeForm } from './schema.ts';

type Keys = Services['keys'];

export function intakeToken(keys: Keys, tenantId: string, formId: string): string {
  const id = Buffer.from(formId.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, signature(keys, tenantId, formId)]).toString('base64url');
}

/** The form a token opens; undefined for one this clinic has not made. */
export function formOfToken(keys: Keys, tenantId: string, token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 40 || bytes.toString('base64url') !== token) return undefined;
  const hex = bytes.subarray(0, 16).toString('hex');
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return timingSafeEqual(signature(keys, tenantId, id), bytes.subarray(16)) ? id : undefined;
}

function signature(keys: Keys, tenantId: string, formId: string): Buffer {
  return keys.mac('intake-link', `${tenantId} ${formId}`).subarray(0, 24);
}

/** What a form asks for, and the sealed right answer. */
export function proofFor(
  keys: Keys,
  formId: string,
  person: { readonly birthDate: string | null; readonly phone: string | null },
): { readonly asks: Asks; readonly proof: Buffer | null } {
  if (person.birthDate !== null) return { asks: 'birth-date', proof: sealed(keys, formId, person.birthDate) };
  const end = person.phone?.replaceAll(/\D/g, '').slice(-4);
  if (end?.length === 4) return { asks: 'phone', proof: sealed(keys, formId, end) };
  return { asks: 'nothing', proof: null };
}

export function isProof(
  keys: Keys,
  form: Pick<IntakeForm, 'id' | 'asks'> & { readonly proof: Buffer | null },
  answer: string,
): boolean {
  const plain = asciiDigits(answer).trim();
  const said = form.asks === 'phone' ? plain.replaceAll(/\D/g, '').slice(-4) : plain;
  return form.proof !== null && timingSafeEqual(sealed(keys, form.id, said), form.proof);
}

function sealed(keys: Keys, formId: string, answer: string): Buffer {
  return keys.mac('intake-proof', `${formId} ${answer}`);
}

const passHours = 12;

/** What the browser keeps after the proof: good for one form and twelve hours. */
export function passFor(keys: Keys, formId: string, now: Date): string {
  const until = String(now.getTime() + passHours * 3_600_000);
  return `${until}.${keys.mac('intake-pass', `${formId} ${until}`).toString('base64url')}`;
}

export function isPass(keys: Keys, formId: string, pass: string | undefined, now: Date): boolean {
  const [until = '', mac = ''] = (pass ?? '').split('.');
  if (!/^\d{10,16}$/.test(until) || Number(until) < now.getTime()) return false;
  const right = keys.mac('intake-pass', `${formId} ${until}`);
  const given = Buffer.from(mac, 'base64url');
  return given.length === right.length && timingSafeEqual(given, right);
}
