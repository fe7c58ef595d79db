/** The booking form: what was typed, what is wrong with it, and the request it makes. */
import { type BookingRequest, bookingRequestSchema } from '@undertone/clinic/booking/schema.ts';
import { answersSchema, treatmentSchema } from '@undertone/clinic/candidacy/schema.ts';
import { type PreviewShown, previewShownSchema } from '@undertone/clinic/visitor/schema.ts';
import { z } from 'zod';
import { isLocale, type Locale } from '../locales/index.ts';
import type { FieldFault } from './words.ts';

export type BookingField = 'name' | 'email' | 'phone' | 'note' | 'consent' | 'start';

/** Everything a form carries from page to page, as it was typed. */
export interface BookingForm {
  readonly service: string;
  readonly branch: string;
  readonly staff: string;
  readonly start: string;
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly language: Locale;
  readonly note: string;
  readonly series: boolean;
  readonly consent: boolean;
  /** Self-check answers as JSON, and the tick that sends them. */
  readonly answers: string;
  readonly share: boolean;
  /** The tick that sends the preview picture, and what the picture shows as JSON. */
  readonly sendPicture: boolean;
  readonly pictureShows: string;
  /** The solved challenge; empty when the browser ran no script. */
  readonly altcha: string;
}

export function readBookingForm(texts: Partial<Record<string, string>>, locale: Locale): BookingForm {
  const text = (name: string, most = 2000) => (texts[name] ?? '').slice(0, most).trim();
  const language = text('language');
  return {
    service: text('service', 60),
    branch: text('branch', 60),
    staff: text('staff', 60),
    start: text('start', 40),
    key: text('key', 200),
    name: text('name', 200),
    email: text('email', 300),
    phone: text('phone', 60),
    language: isLocale(language) ? language : locale,
    note: text('note'),
    series: texts.series === 'yes',
    consent: texts.consent === 'yes',
    answers: text('answers', 20_000),
    share: texts.share === 'yes',
    sendPicture: texts.sendPicture === 'yes',
    pictureShows: text('pictureShows', 200),
    altcha: text('altcha', 8000),
  };
}

export type Checked =
  | { readonly ok: true; readonly request: Omit<BookingRequest, 'altcha'>; readonly callBack: boolean }
  | { readonly ok: false; readonly faults: Partial<Record<BookingField, FieldFault>> };

/**
 * Checks a form. Without a solved challenge nothing is held: the request becomes a call-back and needs a telephone
 * number; an e-mail address that was given travels in the note.
 */
export function checkBookingForm(form: BookingForm): Checked {
  const faults: Partial<Record<BookingField, FieldFault>> = {};
  const { shape } = bookingRequestSchema;
  const callBack = form.altcha === '' || form.email === '';
  if (form.name === '') faults.name = 'name-missing';
  else if (!shape.name.safeParse(form.name).success) faults.name = 'name-letters';
  if (form.email !== '' && !shape.email.safeParse(form.email).success) faults.email = 'email-wrong';
  if (form.phone !== '' && !shape.phone.safeParse(form.phone).success) faults.phone = 'phone-wrong';
  if (form.email === '' && form.phone === '') faults.email = 'reach-missing';
  else if (callBack && form.phone === '') faults.phone = 'phone-for-call';
  if (form.note.length > 900) faults.note = 'note-long';
  if (!form.consent) faults.consent = 'consent-missing';
  if (form.start === '') faults.start = 'time-missing';
  if (Object.keys(faults).length > 0) return { ok: false, faults };

  const keepsEmail = form.email !== '' && form.altcha !== '';
  const note = form.email !== '' && !keepsEmail ? `${form.note}\n${form.email}`.trim() : form.note;
  const shared = form.share ? sharedAnswers(form.answers) : undefined;
  const { altcha: _, ...rest } = bookingRequestSchema.parse({
    service: form.service,
    start: form.start,
    name: form.name,
    language: form.language,
    series: form.series,
    altcha: '',
    ...(form.branch === '' ? {} : { branch: form.branch }),
    ...(form.staff === '' ? {} : { staff: form.staff }),
    ...(keepsEmail ? { email: form.email } : {}),
    ...(form.phone === '' ? {} : { phone: form.phone }),
    ...(note === '' ? {} : { note }),
    ...(shared === undefined ? {} : { selfCheck: { ...shared, consentToShare: true } }),
  });
  return { ok: true, request: rest, callBack };
}

/** The preview picture of a form, if its own tick was set and it says what it shows. */
export function pictureToAttach(
  form: BookingForm,
  file: FormDataEntryValue | null,
): { readonly file: File; readonly shows: PreviewShown } | undefined {
  if (!form.sendPicture || !(file instanceof File) || file.size === 0) return undefined;
  try {
    const shows = previewShownSchema.safeParse(JSON.parse(form.pictureShows));
    return shows.success ? { file, shows: shows.data } : undefined;
  } catch {
    return undefined;
  }
}

const sharedSchema = z.object({ treatment: treatmentSchema, answers: answersSchema });

/** Answers that cannot be read are left out: the doctor asks again. */
export function sharedAnswers(json: string): z.infer<typeof sharedSchema> | undefined {
  try {
    const read = sharedSchema.safeParse(JSON.parse(json));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
