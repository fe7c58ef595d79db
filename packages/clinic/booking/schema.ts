/** What the booking API takes and gives, browser-safe. The OpenAPI document is generated from these. */
import { z } from 'zod';
import { selfCheckSchema } from '../candidacy/schema.ts';
import { calendarDay, isCalendarDay, language, latinDigits } from '../tenant/schema.ts';

export const languageSchema = language.meta({ description: 'BCP 47 language of the person.' });
export type Language = z.infer<typeof languageSchema>;

/** One text in each language the clinic has it in; English is the fallback. */
export type Texts = Partial<Record<Language, string>>;
const textsSchema = z.partialRecord(languageSchema, z.string());

export const slugSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,60}$/, 'Use the service’s short name, e.g. consultation.');
export const daySchema = calendarDay('Use a date such as 2026-03-29.');
export const instantSchema = z.iso
  .datetime({ offset: true, message: 'Use a time with its offset, such as 2026-03-29T10:00:00+05:30.' })
  .refine((s) => Date.parse(s) % 60_000 === 0, 'Visits begin at whole minutes.')
  .refine((s) => isCalendarDay(s.slice(0, 10)), 'Use a day from 1900 to 2199.');

export const serviceSchema = z
  .object({
    slug: slugSchema,
    names: textsSchema,
    kind: z.enum(['consultation', 'treatment', 'follow-up']),
    treatment: z.enum(['scalp', 'lip', 'vitiligo']).nullable(),
    durationMinutes: z.int().positive(),
    price: z
      .object({ amountMinor: z.int().min(0), currency: z.string().length(3) })
      .nullable()
      .meta({ description: 'Null until the clinic has set it.' }),
    deposit: z.object({ amountMinor: z.int().min(0), currency: z.string().length(3) }).nullable(),
    preparation: textsSchema,
    series: z
      .object({ visits: z.int(), gapMinDays: z.int(), gapMaxDays: z.int() })
      .nullable()
      .meta({ description: 'Visits the protocol plans, and the days between them.' }),
  })
  .meta({ id: 'Service' });
export type PublicService = z.infer<typeof serviceSchema>;

const staffMemberSchema = z.object({ id: z.uuid(), name: z.string() }).meta({ id: 'StaffMember' });
const branchSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    town: z.string().nullable(),
    zone: z.string(),
    addressLines: z.array(z.string()).readonly().nullish(),
    phone: z.string().nullish(),
  })
  .meta({ id: 'Branch' });

export const availabilityQuerySchema = z.object({
  service: slugSchema,
  from: daySchema.meta({ description: 'First local day of the branch.' }),
  to: daySchema.meta({ description: 'Last local day, at most 92 days after the first.' }),
  staff: z.uuid().optional(),
  branch: z.uuid().optional(),
});
export type AvailabilityQuery = z.infer<typeof availabilityQuerySchema>;

const slotSchema = z
  .object({
    start: z.string().meta({ description: 'ISO 8601 in the branch’s zone, with offset.' }),
    end: z.string(),
    branch: z.uuid(),
    staff: z.array(z.uuid()),
  })
  .meta({ id: 'Slot' });
export type Slot = z.infer<typeof slotSchema>;

/** A month of slots goes to cheap phones: names and ids are said once, and slots point at them. */
const freeTimeSchema = z
  .object({
    start: z.string().meta({ description: 'ISO 8601 in the branch’s zone, with offset.' }),
    branch: z.int().meta({ description: 'Index into `branches`.' }),
    staff: z.array(z.int()).meta({ description: 'Indexes into `staff`: who is free then.' }),
  })
  .meta({ id: 'FreeTime' });
export type FreeTime = z.infer<typeof freeTimeSchema>;

export const availabilitySchema = z
  .object({
    service: slugSchema,
    durationMinutes: z.int(),
    branches: z.array(branchSchema),
    staff: z.array(staffMemberSchema),
    slots: z.array(freeTimeSchema),
  })
  .meta({ id: 'Availability' });
export type PublicAvailability = z.infer<typeof availabilitySchema>;

/**
 * What a name may not hold: characters without shape and those that turn the direction of what follows, which could make a
 * name read as another. The joiners U+200C and U+200D stay: Nepali and Bengali spelling needs them (अर्‍याल, র‍্যা).
 */
const notInName = /(?![\u200c\u200d])[\p{C}<>]/u;
/** Something to be seen: joiners alone are no name. */
const shown = /[^\s\u200c\u200d]/u;
/** Marks without shape that come along when a name is pasted: directions of a single character, places to break a line. */
const pastedMarks = /[\u200b\u200e\u200f\u061c\ufeff\u00ad\u2060]/g;

/** A person's name as typed or pasted, in any script. */
export const personName = z
  .string()
  .transform((name) => name.replaceAll(pastedMarks, '').trim())
  .pipe(
    z
      .string()
      .refine((name) => shown.test(name), 'Tell us your name.')
      .max(120, 'Keep the name under 120 characters.')
      .refine((name) => !notInName.test(name), 'Use letters only.'),
  );
/** A telephone number as typed: digits of any of the clinic's languages, with the signs people put between them. */
export const phoneSchema = z
  .string()
  .transform((typed) =>
    latinDigits(typed)
      // `+91 (0)98…` is a habit of printed numbers: the 0 is dialled only without the country.
      .replace(/^(\s*\+\d{1,3}[\s-]*)\(0\)/, '$1')
      .replaceAll(/[\s().\-/]/g, ''),
  )
  .pipe(
    z
      .string()
      .regex(
        /^(\+[1-9]|[0-9])[0-9]{6,14}$/,
        'Use digits, with the country code if it is not an Indian number.',
      ),
  );
export const emailSchema = z.email('Use an address such as name@example.org.').max(254);

export const bookingRequestSchema = z
  .object({
    service: slugSchema,
    start: instantSchema.optional().meta({ description: 'Left out for a request to be called back.' }),
    staff: z.uuid().optional(),
    branch: z.uuid().optional(),
    name: personName,
    email: emailSchema.optional(),
    phone: phoneSchema.optional(),
    language: languageSchema.default('en'),
    note: z.string().trim().max(1000).optional(),
    selfCheck: selfCheckSchema.optional(),
    series: z.boolean().default(false).meta({ description: 'Book all visits of the service’s protocol.' }),
    altcha: z.string().max(8000).meta({ description: 'The solved challenge, base64 of its JSON.' }),
  })
  .refine((b) => b.email !== undefined || b.phone !== undefined, {
    path: ['email'],
    message: 'Give an e-mail address, or a phone number to be called back.',
  })
  .refine((b) => b.email === undefined || b.start !== undefined, {
    path: ['start'],
    message: 'Choose a time.',
  })
  .meta({ id: 'BookingRequest' });
export type BookingRequest = z.infer<typeof bookingRequestSchema>;

/** What somebody who waits for an earlier time wishes. */
const waitlistEntrySchema = z
  .object({
    service: slugSchema,
    branch: z.uuid().optional(),
    staff: z.uuid().optional(),
    fromDay: daySchema,
    toDay: daySchema,
    earliestMin: z
      .int()
      .min(0)
      .max(1439)
      .default(0)
      .meta({ description: 'Wall-clock minutes of the day from which a visit may begin.' }),
    latestMin: z.int().min(1).max(1440).default(1440),
    name: personName,
    email: emailSchema.optional(),
    phone: phoneSchema.optional(),
    language: languageSchema.default('en'),
  })
  .refine((e) => e.email !== undefined || e.phone !== undefined, {
    path: ['email'],
    message: 'Give an e-mail address or a phone number for the offer.',
  })
  .refine((e) => e.toDay >= e.fromDay && e.latestMin > e.earliestMin, {
    path: ['toDay'],
    message: 'The end lies before the beginning.',
  });
export type WaitlistWish = z.infer<typeof waitlistEntrySchema>;

export const waitlistRequestSchema = waitlistEntrySchema
  .safeExtend({
    altcha: z.string().max(8000).meta({ description: 'The solved challenge, base64 of its JSON.' }),
  })
  .meta({ id: 'WaitlistRequest' });
export type WaitlistRequest = z.infer<typeof waitlistRequestSchema>;

export const waitlistPlaceSchema = z
  .object({
    state: z
      .enum(['waiting', 'offered', 'booked', 'withdrawn', 'over'])
      .meta({ description: '`over`: the last day wished for has passed.' }),
    service: slugSchema,
    fromDay: daySchema,
    toDay: daySchema,
    earliestMin: z.int(),
    latestMin: z.int(),
    offerUntil: z.string().nullable().meta({ description: 'Until when a time is held; UTC.' }),
  })
  .meta({ id: 'WaitlistPlace' });
export type WaitlistPlace = z.infer<typeof waitlistPlaceSchema>;

export const waitlistReplySchema = z
  .object({
    token: z.string().meta({ description: 'For GET and DELETE of this place in the list.' }),
    place: waitlistPlaceSchema,
  })
  .meta({ id: 'WaitlistReply' });

export const bookingSchema = z
  .object({
    id: z.uuid(),
    status: z.enum(['held', 'confirmed', 'arrived', 'completed', 'cancelled', 'no-show', 'expired']),
    service: slugSchema,
    start: z.string(),
    end: z.string(),
    zone: z.string(),
    branch: branchSchema,
    staff: staffMemberSchema,
    name: z.string(),
    holdExpiresAt: z.string().nullable(),
    mayCancel: z.object({ allowed: z.boolean(), late: z.boolean(), message: z.string().nullable() }),
    mayMove: z.object({ allowed: z.boolean(), message: z.string().nullable() }),
    series: z.array(z.object({ start: z.string(), status: z.string() })).nullable(),
    policy: textsSchema,
  })
  .meta({ id: 'Booking' });
export type PublicBooking = z.infer<typeof bookingSchema>;

export const bookingReplySchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('booking'),
      token: z.string().meta({ description: 'For GET, PATCH and DELETE of this booking.' }),
      booking: bookingSchema,
      next: z.literal('confirm-by-email'),
    }),
    z.object({ kind: z.literal('call-back'), request: z.uuid() }),
  ])
  .meta({ id: 'BookingReply' });
export type BookingReply = z.infer<typeof bookingReplySchema>;

export const bookingChangeSchema = z
  .discriminatedUnion('action', [
    z.object({ action: z.literal('confirm') }),
    z.object({ action: z.literal('move'), start: instantSchema, staff: z.uuid().optional() }),
  ])
  .meta({ id: 'BookingChange' });
export type BookingChange = z.infer<typeof bookingChangeSchema>;

export const cancelQuerySchema = z.object({ reason: z.string().trim().max(500).optional() });

export const challengeSchema = z
  .object({ parameters: z.looseObject({}), signature: z.string().optional() })
  .meta({ id: 'Challenge', description: 'An ALTCHA challenge (version 2) to solve and send back.' });

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable; the sentence may change.' }),
    field: z.string().optional(),
    alternatives: z.array(slotSchema).optional(),
    retryAfterSeconds: z.int().optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457.' });
export type Problem = z.infer<typeof problemSchema>;
