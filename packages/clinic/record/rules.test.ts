import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gates } from '../candidacy/rules.ts';
import {
  ageOn,
  alertsOf,
  flagsOfAnswers,
  healthFlagIds,
  healthFlags,
  latestBirthDate,
  phoneInWords,
  phoneOf,
} from './rules.ts';

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));

describe('age', () => {
  it('told as years gives the latest birth date that fits: those years today, fewer a day later', () => {
    fc.assert(
      fc.property(day, fc.nat(120), (today, years) => {
        const birthDate = latestBirthDate(today, years);
        expect(ageOn(today, { birthDate, birthDateExact: false })).toEqual({ years, isExact: false });
        const next = new Date(`${birthDate}T00:00:00Z`);
        next.setUTCDate(next.getUTCDate() + 1);
        const later = { birthDate: next.toISOString().slice(0, 10), birthDateExact: true };
        // Told on 29 February, the day after may be the 29th of a birth year that had one: the birthday is today.
        const isLeapDay = today.endsWith('-02-29') || later.birthDate.endsWith('-02-29');
        expect(ageOn(today, later)?.years).toBe(
          isLeapDay && later.birthDate.slice(5) <= today.slice(5) ? years : years - 1,
        );
      }),
    );
  });

  it('never falls as days pass', () => {
    fc.assert(
      fc.property(day, day, day, (birthDate, a, b) => {
        const [first = a, second = b] = [a, b].toSorted();
        const person = { birthDate, birthDateExact: true };
        expect(ageOn(second, person)?.years).toBeGreaterThanOrEqual(ageOn(first, person)?.years ?? 0);
      }),
    );
  });
});

describe('a telephone number', () => {
  it('has one form, whatever stands between its digits', () => {
    const digits = fc.stringMatching(/^[6-9][0-9]{9}$/);
    const sign = fc.constantFrom('', ' ', '-', ' (', ') ', '.');
    fc.assert(
      fc.property(
        digits,
        sign,
        fc.constantFrom('', '0', '+91 ', '91', '0091 '),
        (number, between, before) => {
          const written = before + number.slice(0, 5) + between + number.slice(5);
          expect(phoneOf(written, 'IN')).toBe(`+91${number}`);
          expect(phoneOf(phoneInWords(`+91${number}`), 'NP')).toBe(`+91${number}`);
        },
      ),
    );
  });

  it.each([
    '',
    '12',
    'call me',
    '98000',
    '98000000141',
    '+91 18000 00014',
    '+0 123456789',
    '+12345678901234567',
  ])('is not "%s"', (text) => expect(phoneOf(text, 'IN')).toBeUndefined());

  it('without its code is one of the clinic\u2019s country', () => {
    expect(phoneOf('9841 234567', 'NP')).toBe('+9779841234567');
    expect(phoneInWords('+9779841234567')).toBe('+977 9 841 234 567');
  });
});

describe('health flags', () => {
  it('name gates that exist, with answers that gate has, and say what they rest on', () => {
    for (const id of healthFlagIds) {
      const flag: { gate?: string; choices?: readonly string[]; source: string } = healthFlags[id];
      expect(flag.source).not.toBe('');
      if (flag.gate === undefined) continue;
      const gate = gates.find((one) => one.id === flag.gate);
      const options = [...(gate?.options.map((option) => option.id) ?? []), 'unsure'];
      for (const choice of flag.choices ?? []) expect(options).toContain(choice);
      // The clear answer never sets a flag.
      expect(flag.choices).not.toContain(gate?.options[0].id);
    }
  });

  it('follow from answers; not knowing rules prilocaine out and nothing else', () => {
    expect(
      flagsOfAnswers({ G24: { choice: 'unsure' }, G14: { choice: 'unsure' }, G10: { choice: 'yes' } }),
    ).toEqual(['amide-anaesthetic-allergy', 'no-prilocaine']);
    expect(flagsOfAnswers({ G24: { choice: 'no' } })).toEqual([]);
  });
});

describe('alerts', () => {
  const entry = {
    id: 'e',
    kind: 'allergy',
    flag: null,
    note: 'Sample dye',
    source: 'desk',
    notedAt: new Date(0),
    endedAt: null,
  } as const;
  const adult = { birthDate: '1990-01-01', birthDateExact: true, guardian: null };

  it('name an allergy without a code by what was written, and stops before what to mind', () => {
    const thinner = { ...entry, kind: 'medicine', flag: 'anticoagulant', note: '' } as const;
    const latex = { ...entry, flag: 'latex-allergy', note: 'gloves' } as const;
    expect(alertsOf(adult, [thinner, entry, latex, latex], '2026-03-02')).toEqual([
      { code: 'latex-allergy', tone: 'stop', note: 'gloves' },
      { code: 'anticoagulant', tone: 'mind', note: '' },
      { code: 'other-allergy', tone: 'mind', note: 'Sample dye' },
    ]);
  });

  it('leave out what has ended', () => {
    expect(alertsOf(adult, [{ ...entry, endedAt: new Date(1) }], '2026-03-02')).toEqual([]);
  });

  it('tell of a minor, and of one without a guardian', () => {
    const minor = { ...adult, birthDate: '2009-03-03' };
    expect(alertsOf(minor, [], '2026-03-02')[0]).toMatchObject({
      code: 'minor-without-guardian',
      tone: 'stop',
    });
    const guardian = { name: 'Sample guardian', relation: 'mother', phone: null };
    expect(alertsOf({ ...minor, guardian }, [], '2026-03-02')[0]).toMatchObject({
      code: 'minor',
      tone: 'mind',
    });
    expect(alertsOf({ ...minor, guardian }, [], '2027-03-03')).toEqual([]);
  });
});
