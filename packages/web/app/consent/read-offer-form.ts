/** What the form to prepare a consent sends, as `offerConsent` takes it. Pure. */
import type { OfferForm } from '@undertone/clinic/consent/schema.ts';

type Texts = Partial<Record<string, string>>;

export function readOfferForm(patientId: string, form: Texts): OfferForm {
  const name = (form.guardianName ?? '').trim();
  return {
    patientId,
    treatment: form.treatment as OfferForm['treatment'],
    language: form.language as OfferForm['language'],
    diagnosis: form.diagnosis ?? '',
    operator: form.operator ?? '',
    pigments: readPigments(form.pigments ?? ''),
    price: form.price ?? '',
    ...(name !== '' && { guardian: { name, relation: form.guardianRelation ?? '' } }),
    interpreter: form.interpreter === 'yes',
    witness: form.witness === 'yes',
  };
}

/** One pigment a line: `name; CI number; lot`. */
export function readPigments(text: string): { name: string; ci: string; lot: string }[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', ci = '', ...lot] = line.split(';').map((part) => part.trim());
      return { name, ci, lot: lot.join('; ') };
    });
}
