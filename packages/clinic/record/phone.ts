import { internationalDigits } from '../notify/rules.ts';
import { asciiDigits } from './transliteration.ts';

/**
 * A telephone number in E.164 (`+919800000014`), or undefined when it cannot be one. Digits of every script, spaces and
 * signs are taken; a number without its country's code is one of the clinic's country.
 *
 * India: ten digits after +91, the first from 2 to 9 (National Numbering Plan 2003; mobiles begin with 6 to 9). Elsewhere
 * seven to fifteen digits (ITU-T E.164).
 */
export function phoneOf(text: string, country: string): string | undefined {
  const plain = asciiDigits(text).replaceAll(/[\s().\-/]/g, '');
  if (!/^\+?\d{5,18}$/.test(plain)) return undefined;
  const digits = internationalDigits(plain, country);
  if (digits === undefined || !/^[1-9]\d{6,14}$/.test(digits)) return undefined;
  if (digits.startsWith('91') && !/^91[2-9]\d{9}$/.test(digits)) return undefined;
  return `+${digits}`;
}

/** A number as people read it aloud: `+91 98000 00014`; other countries in groups of three. */
export function phoneInWords(e164: string): string {
  const indian = /^\+91(\d{5})(\d{5})$/.exec(e164);
  if (indian) return `+91 ${indian[1]} ${indian[2]}`;
  return e164.replace(/^(\+\d{2,3})(\d+)$/, (_, code: string, rest: string) =>
    [code, ...(rest.match(/\d{1,3}(?=(\d{3})*$)/g) ?? [])].join(' '),
  );
}
