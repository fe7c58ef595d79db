/** The waiting list's form: what was typed, what is wrong with it, and the wish it makes. */
import { type WaitlistRequest, waitlistRequestSchema } from '@undertone/clinic/booking/schema.ts';
import { isLocale, type Locale } from '../locales/index.ts';
import type { WaitlistFault } from './waitlist-words.ts';

export type WaitlistField = 'name' | 'email' | 'phone' | 'fromDay' | 'toDay' | 'consent';

/** Wall-clock minutes of the day a visit may begin in; noon belongs to the afternoon. */
export const partsOfDay = {
  any: { earliestMin: 0, latestMin: 1440 },
  morning: { earliestMin: 0, latestMin: 720 },
  afternoon: { earliestMin: 720, latestMin: 1440 },
} as const;
export type PartOfDay = keyof typeof partsOfDay;

export interface WaitlistForm {
  readonly service: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly part: PartOfDay;
  readonly language: Locale;
  readonly consent: boolean;
  /** The solved challenge; empty when the browser ran no script. */
  readonly altcha: string;
}

export function readWaitlistForm(texts: Partial<Record<string, string>>, locale: Locale): WaitlistForm {
  const text = (name: string, most = 300) => (texts[name] ?? '').slice(0, most).trim();
  const part = text('part');
  const language = text('language');
  return {
    service: text('service', 60),
    name: text('name'),
    email: text('email'),
    phone: text('phone', 60),
    fromDay: text('fromDay', 10),
    toDay: text('toDay', 10),
    part: part === 'morning' || part === 'afternoon' ? part : 'any',
    language: isLocale(language) ? language : locale,
    consent: texts.consent === 'yes',
    altcha: text('altcha', 8000),
  };
}

export type CheckedWish =
  | { readonly ok: true; readonly wish: Omit<WaitlistRequest, 'altcha'> }
  | { readonly ok: false; readonly faults: Partial<Record<WaitlistField, WaitlistFault>> };

export function checkWaitlistForm(form: WaitlistForm): CheckedWish {
  const faults: Partial<Record<WaitlistField, WaitlistFault>> = {};
  const { shape } = waitlistRequestSchema;
  if (!shape.name.safeParse(form.name).success) faults.name = 'name-missing';
  if (form.email === '') faults.email = 'email-missing';
  else if (!shape.email.safeParse(form.email).success) faults.email = 'email-wrong';
  if (form.phone !== '' && !shape.phone.safeParse(form.phone).success) faults.phone = 'phone-wrong';
  if (!shape.fromDay.safeParse(form.fromDay).success) faults.fromDay = 'days-wrong';
  if (!shape.toDay.safeParse(form.toDay).success || form.toDay < form.fromDay) faults.toDay = 'days-wrong';
  if (!form.consent) faults.consent = 'consent-missing';
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  const { altcha: _, ...wish } = waitlistRequestSchema.parse({
    service: form.service,
    fromDay: form.fromDay,
    toDay: form.toDay,
    ...partsOfDay[form.part],
    name: form.name,
    email: form.email,
    ...(form.phone === '' ? {} : { phone: form.phone }),
    language: form.language,
    altcha: '',
  });
  return { ok: true, wish };
}
