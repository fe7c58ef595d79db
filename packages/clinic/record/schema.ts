import { z } from 'zod';
import { type Language, language } from '../tenant/schema.ts';
import { type HealthFlag, type HealthKind, healthFlagIds, healthKinds } from './flags.ts';

const personName = z
  .string()
  .trim()
  .min(1, 'A name is needed.')
  .max(200, 'At most 200 characters.')
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'Use letters, no control characters.');
const shortText = z
  .string()
  .trim()
  .max(500, 'At most 500 characters.')
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'Use letters, no control characters.');
/** As typed: `phoneOf` decides whether it is a number, in the clinic's country. */
const phoneText = z.string().trim().max(40, 'At most 40 characters.');
const oldestYears = 120;

export const sexes = ['female', 'male', 'other'] as const;
export type Sex = (typeof sexes)[number];

const guardianForm = z.object({
  name: personName,
  relation: z.string().trim().min(1, 'Say how they are related.').max(80),
  phone: phoneText.nullable().default(null),
});
export type GuardianForm = z.input<typeof guardianForm>;
export type Guardian = z.output<typeof guardianForm>;

const details = z.object({
  name: personName,
  language,
  birthDate: z.iso.date('Write the day as in 1990-05-21.').nullable(),
  /** In place of a birth date: whole years today. */
  ageYears: z.int().min(0).max(oldestYears, `At most ${oldestYears} years.`),
  sex: z.enum(sexes).nullable(),
  phones: z.array(phoneText).max(5, 'At most five numbers.'),
  email: z.email('Write an address such as name@example.org.').max(254).nullable(),
  /** Sun reaction, I to VI as 1 to 6. */
  fitzpatrick: z.int().min(1).max(6).nullable(),
  /** Tone on the Monk scale, 1 to 10. */
  monk: z.int().min(1).max(10).nullable(),
  weightKg: z.number().gt(0).lt(500).nullable(),
  guardian: guardianForm.nullable(),
});

/** Details a form may give; only what is given is written. */
export type PatientDetailsForm = Partial<z.input<typeof details>>;

export const patientForm = details.partial().extend({
  name: personName,
  language,
  /** Invented, for trying things out: marked so wherever it is shown. */
  synthetic: z.boolean().default(false),
});
export type PatientForm = z.input<typeof patientForm>;

/** Only what is given changes. `version` is the one the editor began from: somebody else's later change is not overwritten. */
export const patientChange = details.partial().extend({ version: z.int() });
export type PatientChange = z.input<typeof patientChange>;

export interface Patient {
  readonly tenantId: string;
  readonly id: string;
  readonly name: string;
  readonly language: Language;
  readonly synthetic: boolean;
  readonly createdAt: Date;
  /** `YYYY-MM-DD`. When `birthDateExact` is false only the age was told, and this is the latest day that fits it. */
  readonly birthDate: string | null;
  readonly birthDateExact: boolean;
  readonly sex: Sex | null;
  /** E.164, the first one is called first. */
  readonly phones: readonly string[];
  readonly email: string | null;
  readonly fitzpatrick: number | null;
  readonly monk: number | null;
  readonly weightKg: number | null;
  readonly weighedOn: string | null;
  readonly guardian: Guardian | null;
  /** The record that stands for this one since two were found to be one person. */
  readonly mergedInto: string | null;
  /** Counts changes, from 1. */
  readonly version: number;
}

export const healthEntryForm = z
  .object({
    kind: z.enum(healthKinds),
    flag: z.enum(healthFlagIds).nullable().default(null),
    note: shortText.default(''),
  })
  .refine(({ flag, note }) => flag !== null || note !== '', {
    path: ['note'],
    message: 'Choose from the list or write something.',
  });
export type HealthEntryForm = z.input<typeof healthEntryForm>;

export interface HealthEntry {
  readonly id: string;
  readonly kind: HealthKind;
  /** Null, or a code of a later version: then only the note is read. */
  readonly flag: HealthFlag | null;
  readonly note: string;
  readonly source: 'desk' | 'intake';
  readonly notedAt: Date;
  /** Null while it holds. */
  readonly endedAt: Date | null;
}

export const contactChannels = ['call', 'sms', 'whatsapp', 'email'] as const;
export type ContactChannel = (typeof contactChannels)[number];
export const contactPurposes = ['appointments', 'aftercare', 'news'] as const;
export type ContactPurpose = (typeof contactPurposes)[number];

export interface ContactConsent {
  readonly channel: ContactChannel;
  readonly purpose: ContactPurpose;
  readonly givenAt: Date;
  readonly givenVia: 'desk' | 'intake';
  readonly withdrawnAt: Date | null;
}

/** A patient with everything the chart's first page shows. */
export interface PatientRecord {
  readonly patient: Patient;
  /** Those that hold first, the newest first. */
  readonly health: readonly HealthEntry[];
  readonly consents: readonly ContactConsent[];
  /** Other records of the same person that were merged into this one. */
  readonly merged: readonly { readonly id: string; readonly mergeId: string; readonly mergedAt: Date }[];
}

/** One line of a search: enough to know whom one has found. */
export interface FoundPatient {
  readonly id: string;
  readonly name: string;
  readonly language: Language;
  readonly synthetic: boolean;
  readonly birthDate: string | null;
  readonly birthDateExact: boolean;
  readonly phone: string | null;
}

export interface RecordRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'not-found'
    | 'bad-form'
    | 'bad-phone'
    | 'born-in-future'
    | 'changed-meanwhile'
    | 'merged'
    | 'same-record'
    | 'not-merged';
  readonly message: string;
  readonly field?: string;
}
