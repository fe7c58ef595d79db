/** What a cell means. Pure: the clinic's country and day are given. */
import { asciiDigits, latestBirthDate, phoneOf } from '../record/rules.ts';
import type { Sex } from '../record/schema.ts';
import type { Language } from '../tenant/schema.ts';
import { plainName } from './columns.ts';
import type { DateOrder, FaultCode } from './schema.ts';

/** A value, nothing said, or what is wrong. */
export type Read<T> = { readonly value: T | null } | { readonly fault: FaultCode };

const months: Readonly<Record<string, number>> = Object.fromEntries(
  ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map((name, i) => [
    name,
    i + 1,
  ]),
);

/** A calendar day as `YYYY-MM-DD`. Years have four digits: with two nobody knows the century. */
export function dayOf(text: string, order: DateOrder): Read<string> {
  const plain = asciiDigits(text).trim();
  if (plain === '') return { value: null };
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(plain);
  if (iso) return realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const named = /^(\d{1,2})[ .-]+([A-Za-z]{3})[a-z]*[ .,-]+(\d{2,4})$/.exec(plain);
  if (named) {
    if ((named[3] ?? '').length < 4) return { fault: 'short-year' };
    return realDay(Number(named[3]), months[(named[2] ?? '').toLowerCase()] ?? 0, Number(named[1]));
  }
  const parts = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[T ,].*)?$/.exec(plain);
  if (!parts) return { fault: 'bad-date' };
  const [a = '', b = '', c = ''] = parts.slice(1);
  if (a.length === 4) return realDay(Number(a), Number(b), Number(c));
  if (c.length < 4) return { fault: 'short-year' };
  return order === 'mdy'
    ? realDay(Number(c), Number(a), Number(b))
    : realDay(Number(c), Number(b), Number(a));
}

function realDay(year: number, month: number, day: number): Read<string> {
  const at = new Date(Date.UTC(year, month - 1, day));
  const isReal = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isReal && year >= 1800 ? { value: at.toISOString().slice(0, 10) } : { fault: 'bad-date' };
}

/** Minutes after midnight on the wall: `14:30`, `2.30 pm`, or the time within a date and time. */
export function minuteOf(text: string): Read<number> {
  const plain = asciiDigits(text).trim().toLowerCase();
  if (plain === '') return { value: null };
  const found =
    /(?:^|[T ,]\s*)(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2}(?:\.\d+)?)?\s*(am|pm|a\.m\.|p\.m\.)?\s*$/i.exec(
      plain,
    );
  if (!found || (found[2] === undefined && found[3] === undefined)) return { fault: 'bad-time' };
  const half = found[3]?.[0];
  let hour = Number(found[1]);
  const minute = Number(found[2] ?? 0);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return { fault: 'bad-time' };
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  return hour < 24 && minute < 60 ? { value: hour * 60 + minute } : { fault: 'bad-time' };
}

export function birthDateOf(text: string, order: DateOrder, today: string): Read<string> {
  const read = dayOf(text, order);
  if ('fault' in read || read.value === null) return read;
  return read.value > today || read.value < '1890-01-01' ? { fault: 'born-in-future' } : read;
}

/** Whole years, as the latest birth date that fits them. */
export function ageOf(text: string, today: string): Read<string> {
  const plain = asciiDigits(text).trim();
  if (plain === '') return { value: null };
  const years = /^(\d{1,3})(?:\s*(?:y|yr|yrs|years))?$/i.exec(plain)?.[1];
  return years !== undefined && Number(years) <= 120
    ? { value: latestBirthDate(today, Number(years)) }
    : { fault: 'bad-age' };
}

const sexWords: Readonly<Record<Sex, readonly string[]>> = {
  female: ['f', 'female', 'woman', 'w', 'महिला', 'स्त्री', 'মহিলা', 'নারী', 'স্ত্রী'],
  male: ['m', 'male', 'man', 'पुरुष', 'পুরুষ'],
  other: ['o', 'other', 'x', 'third', 'अन्य', 'অন্য', 'অন্যান্য'],
};

export function sexOf(text: string): Read<Sex> {
  const plain = plainName(text);
  if (plain === '') return { value: null };
  const found = (Object.keys(sexWords) as Sex[]).find((sex) => sexWords[sex].includes(plain));
  return found === undefined ? { fault: 'bad-sex' } : { value: found };
}

const languageWords: Readonly<Record<Language, readonly string[]>> = {
  en: ['en', 'eng', 'english', 'अंग्रेज़ी', 'ইংরেজি', 'अङ्ग्रेजी'],
  hi: ['hi', 'hin', 'hindi', 'हिन्दी', 'हिंदी', 'হিন্দি'],
  bn: ['bn', 'ben', 'bengali', 'bangla', 'বাংলা', 'बांग्ला', 'बंगाली'],
  ne: ['ne', 'nep', 'nepali', 'नेपाली', 'নেপালি'],
};

export function languageOf(text: string): Read<Language> {
  const plain = plainName(text);
  if (plain === '') return { value: null };
  const found = (Object.keys(languageWords) as Language[]).find((one) => languageWords[one].includes(plain));
  return found === undefined ? { fault: 'bad-language' } : { value: found };
}

/** Numbers in E.164; several in one cell stand apart by `;`, `/`, `,` or a line. */
export function phonesOf(text: string, country: string): Read<readonly string[]> {
  const parts = text
    .replace(/^'/, '')
    .split(/[;,/\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const numbers = parts.map((part) => phoneOf(part, country));
  if (numbers.includes(undefined)) return { fault: 'bad-phone' };
  return { value: [...new Set(numbers as string[])] };
}

export function weightOf(text: string): Read<number> {
  const plain = asciiDigits(text)
    .trim()
    .replace(',', '.')
    .replace(/\s*kg$/i, '');
  if (plain === '') return { value: null };
  const weight = Number(plain);
  return weight > 0 && weight < 500 ? { value: weight } : { fault: 'bad-weight' };
}

/** Free text; a mark that a spreadsheet put before what it took for a formula is dropped. */
export function textOf(text: string, most: number): Read<string> {
  const plain = text.trim().replace(/^'(?=[=+\-@])/, '');
  if (plain === '') return { value: null };
  if (plain.length > most) return { fault: 'too-long' };
  return plain.isWellFormed() && !/[\p{Cc}--[\n\r\t]]/v.test(plain)
    ? { value: plain }
    : { fault: 'not-letters' };
}

const statusWords = {
  confirmed: ['confirmed', 'booked', 'scheduled', 'open', 'planned', 'पक्का', 'নিশ্চিত'],
  completed: ['completed', 'complete', 'done', 'finished', 'attended', 'came', 'arrived', 'हो गया', 'সম্পন্ন'],
  cancelled: ['cancelled', 'canceled', 'cancel', 'रद्द', 'বাতিল'],
  'no-show': ['no show', 'noshow', 'missed', 'did not come', 'absent', 'dna', 'नहीं आए', 'আসেননি', 'आएनन्'],
} as const;
export type ImportedStatus = keyof typeof statusWords;

export function statusOf(text: string): Read<ImportedStatus> {
  const plain = plainName(text);
  if (plain === '') return { value: null };
  const found = (Object.keys(statusWords) as ImportedStatus[]).find((one) =>
    (statusWords[one] as readonly string[]).includes(plain),
  );
  return found === undefined ? { fault: 'bad-status' } : { value: found };
}
