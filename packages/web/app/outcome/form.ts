import type { OutcomeForm, ReadingsForm } from '@undertone/clinic/outcome/schema.ts';
import { typedNumber } from '@undertone/clinic/tenant/schema.ts';

type Texts = Partial<Record<string, string>>;

/** Readings typed one a line, as `L a b` with spaces, commas or semicolons between. Undefined when a line is none. */
export function readTriples(text: string): ReadingsForm['region'] | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const triples = lines.map((line) => {
    // A decimal comma only where spaces or semicolons part the numbers.
    const parts = /[;\s]/.test(line.replaceAll(/,\s+/g, ' '))
      ? line.replaceAll(/,(?=\s)/g, ' ').split(/[;\s]+/)
      : line.split(',');
    // No reading has thousands to group: `61,234` is what an instrument writes.
    const numbers = parts.filter((part) => part !== '').map((part) => typedNumber(part.replace(',', '.')));
    return numbers.length === 3 && numbers.every(Number.isFinite)
      ? { L: numbers[0], a: numbers[1], b: numbers[2] }
      : undefined;
  });
  return triples.every((one) => one !== undefined) ? triples : undefined;
}

/** What was typed, as the command takes it; or the field of readings that cannot be read. */
export function readOutcomeForm(
  patientId: string,
  texts: Texts,
): { ok: true; form: OutcomeForm } | { ok: false; field: 'region' | 'surround' } {
  const region = readTriples(texts.region ?? '');
  const surround = readTriples(texts.surround ?? '');
  if (region === undefined) return { ok: false, field: 'region' };
  if (surround === undefined || (surround.length > 0 && region.length === 0))
    return { ok: false, field: surround === undefined ? 'surround' : 'region' };
  const planned = (texts.plan ?? '').split('/');
  const score = (texts.patientScore ?? '').trim();
  return {
    ok: true,
    form: {
      patientId,
      sessionId: texts.session ?? '',
      performedOn: texts.performedOn === '' ? null : (texts.performedOn ?? null),
      treatment: texts.treatment as OutcomeForm['treatment'],
      planId: planned[0] ?? '',
      planVersion: planned[1] ? Number(planned[1]) : null,
      takenOn: texts.takenOn ?? '',
      readings:
        region.length === 0
          ? null
          : {
              white: (texts.white ?? 'D65/10') as ReadingsForm['white'],
              region,
              ...(surround.length > 0 ? { surround } : {}),
            },
      patientScore: score === '' ? null : typedNumber(score),
      rating:
        texts.rating === '' || texts.rating === undefined ? null : (texts.rating as OutcomeForm['rating']),
      note: texts.note ?? '',
    },
  };
}
