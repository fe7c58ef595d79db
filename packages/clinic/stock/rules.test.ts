import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayIn } from '../tenant/schema.ts';
import { lotFault, receiptFindings } from './rules.ts';
import { casIsWhole, ingredient } from './schema.ts';
import { hazardLimits, substanceRules } from './substances.ts';
import { fromBase, toBase, unitsOf } from './units.ts';

const counted = (baseUnit: 'ul' | 'mg' | 'piece') => ({ baseUnit, dropUl: 50 });
const noFault = { expiresOn: null, discardBy: null, heldAt: null };
const delivery = {
  kind: 'pigment' as const,
  expiresOn: '2027-01-01',
  hasSafetySheet: true,
  hasCertificate: true,
  today: '2026-03-02',
};
const one = (facts: object) => ingredient.parse({ name: 'x', ciNumber: '77891', ...facts });

describe('the CI number of a label', () => {
  it.each(['77491', 'CI 77491', 'C.I. 77491', 'ci77491', 'C.I. No. 77491', '७७४९१', 'CI ৭৭৪৯১', ' 77491 '])(
    '%s is read',
    (ciNumber) => {
      expect(one({ ciNumber }).ciNumber).toBe('77491');
    },
  );

  it('keeps its part after a colon, and is none with other digits', () => {
    expect(one({ ciNumber: 'CI 77491 : 1' }).ciNumber).toBe('77491:1');
    for (const ciNumber of ['7749', '774911', 'CI', '77491-1', 'XCI 77491'])
      expect(ingredient.safeParse({ name: 'x', ciNumber }).success).toBe(false);
  });
});

describe('quantities', () => {
  it('come back from base units as they were said', () => {
    for (const baseUnit of ['ul', 'mg', 'piece'] as const) {
      for (const unit of unitsOf[baseUnit]) {
        fc.assert(
          fc.property(fc.integer({ min: 1, max: 1_000_000 }), (whole) => {
            const base = toBase(whole, unit, counted(baseUnit));
            expect(base !== undefined && fromBase(base, unit, 50)).toBe(whole);
          }),
        );
      }
    }
  });

  it('are whole in base units, never below zero, or refused', () => {
    fc.assert(
      fc.property(fc.double(), fc.boolean(), (quantity, orZero) => {
        const base = toBase(quantity, 'ml', counted('ul'), orZero);
        if (base === undefined) return;
        expect(Number.isSafeInteger(base)).toBe(true);
        expect(Object.is(base, -0)).toBe(false);
        expect(base).toBeGreaterThanOrEqual(orZero ? 0 : 1);
      }),
    );
  });
});

describe('substances', () => {
  it('are all named by whole CAS numbers, with a source and the state of their review', () => {
    for (const rule of substanceRules) {
      expect(rule.cas.every(casIsWhole)).toBe(true);
      expect(rule.ciNumbers.length + rule.cas.length).toBeGreaterThan(0);
      expect(rule.source).not.toBe('');
      expect(rule.review).toBe('unreviewed');
    }
    expect(new Set(substanceRules.map(({ code }) => code)).size).toBe(substanceRules.length);
  });

  it('a wrong digit in a CAS number is noticed', () => {
    for (const cas of ['1333-86-4', '1309-37-1', '13463-67-7', '7732-18-5']) {
      expect(casIsWhole(cas)).toBe(true);
      const digit = Number(cas[0]);
      expect(casIsWhole(`${(digit + 1) % 10}${cas.slice(1)}`)).toBe(false);
    }
  });

  it.each(Object.entries(hazardLimits))('a %s counts from its limit on, not below it', (hazard, limit) => {
    const codes = (percent: number | null, phRegulator = false) =>
      receiptFindings({ ...delivery, ingredients: [one({ percent, phRegulator, hazards: [hazard] })] }).map(
        ({ code }) => code,
      );
    expect(codes(limit.fromPercent)).toEqual([`reach-${hazard}`]);
    expect(codes(limit.fromPercent * 0.99)).toEqual([]);
    expect(codes(null)).toEqual([`reach-${hazard}`]);
    const regulator = limit.asPhRegulator ?? limit.fromPercent;
    expect(codes(regulator * 0.99, true)).toEqual([]);
    expect(codes(regulator, true)).toEqual([`reach-${hazard}`]);
  });

  it('the part after the colon of a CI number does not hide it', () => {
    const found = receiptFindings({ ...delivery, ingredients: [one({ ciNumber: '77199:1' })] });
    expect(found[0]).toMatchObject({ code: 'blocklist-cadmium', effect: 'refuse' });
  });
});

describe('a lot', () => {
  it('may be used on its last day and not on the next, whatever the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
        const last = addDays('2000-01-01', days);
        for (const key of ['expiresOn', 'discardBy'] as const) {
          expect(lotFault({ ...noFault, [key]: last }, [], last)).toBeUndefined();
          expect(lotFault({ ...noFault, [key]: last }, [], addDays(last, 1))).toBeDefined();
        }
      }),
    );
  });

  it('is judged by the clinic’s day', () => {
    const at = new Date('2026-03-05T18:31:00Z');
    expect(dayIn('Asia/Kolkata', at)).toBe('2026-03-06');
    expect(dayIn('America/New_York', at)).toBe('2026-03-05');
  });
});
