import { z } from 'zod';

/** Languages the clinic can speak to people in, in the order they are offered: English, Hindi, Bengali, Nepali. */
export const languages = ['en', 'hi', 'bn', 'ne'] as const;
export const language = z.enum(languages);
export type Language = z.infer<typeof language>;

/** A text with the digits of the clinic's languages (०–९, ০–৯) as those that numbers are read from. */
export function latinDigits(text: string): string {
  return text.replaceAll(/[०-९০-৯]/g, (digit) =>
    String((digit.codePointAt(0) ?? 0) - (digit < 'ঀ' ? 0x09_66 : 0x09_e6)),
  );
}

/**
 * A number as somebody types it: digits of any of the clinic's languages, a point or a comma before the decimals. NaN where
 * it is none, where nothing was typed, and where a comma may as well group thousands (`1,250` is not taken for one and a
 * quarter); forms refuse that at its field.
 */
export function typedNumber(text: string): number {
  const typed = latinDigits(text).trim().replace('\u2212', '-');
  if (/^[-+]?[1-9]\d{0,2},\d{3}$/.test(typed)) return Number.NaN;
  const plain = typed.replace(',', '.');
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
}

const known = z.string().trim().min(1).max(2000);

/** What a clinic says about itself. Null: to be completed by the clinic; the site shows that, never an invention. */
export const clinicFacts = z.object({
  addressLines: z.array(known).nullable(),
  town: known.nullable(),
  phone: known.nullable(),
  email: z.email().nullable(),
  licence: known.nullable(),
  physician: z
    .object({
      name: known,
      title: known,
      degrees: known,
      registration: known.nullable(),
    })
    .nullable(),
});
export type ClinicFacts = z.infer<typeof clinicFacts>;

/** A clinic: the tenant. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** IANA name, for instance `Asia/Kolkata`. */
  readonly zone: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly languages: readonly Language[];
  readonly facts: ClinicFacts;
  /** The demonstration clinic, whose people are invented. */
  readonly sample: boolean;
}

export interface Branch {
  readonly tenantId: string;
  readonly id: string;
  readonly name: string;
  readonly town: string | null;
  readonly zone: string;
  /** Street address without the town. Undefined or null: the clinic's own stands for it. */
  readonly addressLines?: readonly string[] | null;
  readonly phone?: string | null;
}

/** Whether the name is one this machine knows as a time zone. */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The calendar day of an instant on the wall of a zone, `YYYY-MM-DD`. */
export function dayIn(zone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);
}

/** A day of the calendar, `YYYY-MM-DD`, so many days later; earlier where they are fewer than none. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Whole days from one day of the calendar to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/**
 * A day of the calendar, `YYYY-MM-DD`, as somebody writes it in a form, a file or an address. Days beside these are no day of a
 * clinic, and neither the database nor every zone can reckon with all of them.
 */
export const calendarDay = (message?: string) =>
  z.iso
    .date(message)
    .refine((day) => day >= '1900-01-01' && day < '2200-01-01', 'Use a day from 1900 to 2199.');

/** Whether a text is such a day. */
export function isCalendarDay(text: string): boolean {
  return calendarDay().safeParse(text).success;
}

/** Days of the calendar are counted in a zone without changes, where each is as long as the next. */
const dayMs = 86_400_000;
