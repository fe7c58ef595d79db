import type { GuardianForm, PatientDetailsForm } from '@undertone/clinic/record/schema.ts';
import { typedNumber } from '@undertone/clinic/tenant/schema.ts';

type Texts = Partial<Record<string, string>>;

/** What the fields of a patient say. Empty fields empty the record; fields the form does not have are left alone. */
export function patientFormOf(texts: Texts): PatientDetailsForm {
  const text = (name: string) => texts[name]?.trim();
  const maybe = (name: string) => text(name) || null;
  const number = (name: string) => (text(name) ? typedNumber(text(name) as string) : null);
  const has = (name: string) => texts[name] !== undefined;
  const guardian: GuardianForm | null = maybe('guardianName')
    ? { name: text('guardianName') ?? '', relation: text('relation') ?? '', phone: maybe('guardianPhone') }
    : null;
  return {
    ...(has('name') && { name: text('name') ?? '' }),
    ...(has('language') && { language: text('language') as PatientDetailsForm['language'] & string }),
    ...(has('birthDate') && maybe('birthDate') !== null && { birthDate: maybe('birthDate') }),
    ...(has('birthDate') &&
      maybe('birthDate') === null &&
      number('ageYears') === null && { birthDate: null }),
    ...(maybe('birthDate') === null &&
      number('ageYears') !== null && { ageYears: number('ageYears') as number }),
    ...(has('sex') && { sex: maybe('sex') as 'female' | null }),
    ...(has('phones') && {
      phones: (text('phones') ?? '')
        .split(/[\n,;]/)
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    }),
    ...(has('email') && { email: maybe('email') }),
    ...(has('fitzpatrick') && { fitzpatrick: number('fitzpatrick') }),
    ...(has('monk') && { monk: number('monk') }),
    ...(has('weightKg') && { weightKg: number('weightKg') }),
    ...(has('guardianName') && { guardian }),
  };
}
