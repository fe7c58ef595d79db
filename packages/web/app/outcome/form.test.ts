import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readOutcomeForm, readTriples } from './form.ts';

const number = fc.integer({ min: -600, max: 999 }).map((n) => n / 10);

it('reads what was typed, whatever parts the numbers', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, number, number), { maxLength: 3 }),
      fc.constantFrom(' ', '; ', ', ', '\t'),
      (rows, between) => {
        const text = rows.map((row) => row.join(between)).join('\n');
        expect(readTriples(text)).toEqual(rows.map(([L, a, b]) => ({ L, a, b })));
      },
    ),
  );
  expect(readTriples('61.2,11.0,18.4')).toEqual([{ L: 61.2, a: 11, b: 18.4 }]);
  expect(readTriples('61,234 11,0 18,4')).toEqual([{ L: 61.234, a: 11, b: 18.4 }]);
  expect(readTriples('61,2 11,0 18,4')).toEqual([{ L: 61.2, a: 11, b: 18.4 }]);
});

it.each(['61.2', '61 x 3', '1 2 3 4', 'L a b'])('does not take "%s" for a reading', (text) => {
  expect(readTriples(text)).toBeUndefined();
  expect(readOutcomeForm('p', { region: text })).toEqual({ ok: false, field: 'region' });
});

it('keeps what is not given as not given', () => {
  const read = readOutcomeForm('p', {
    takenOn: '2026-02-21',
    treatment: 'lip',
    plan: '',
    patientScore: ' ',
    rating: '',
  });
  expect(read).toMatchObject({
    ok: true,
    form: { readings: null, patientScore: null, rating: null, planVersion: null },
  });
  expect(readOutcomeForm('p', { surround: '60 1 2' })).toEqual({ ok: false, field: 'region' });
});
