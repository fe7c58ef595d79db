import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayIn } from '../tenant/schema.ts';
import {
  balance,
  digitsOfCurrency,
  financialYear,
  minorOfTyped,
  numberLabel,
  priceLine,
  rateAfter,
  rateOn,
  sumAmounts,
  typedOfMinor,
  upiLink,
} from './rules.ts';
import { isGstinChecked, mostMinor } from './schema.ts';

const line = fc
  .record({
    quantity: fc.integer({ min: 1, max: 1000 }),
    unitMinor: fc.integer({ min: 0, max: 1_000_000_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    includesTax: fc.boolean(),
    rateBp: fc.integer({ min: 0, max: 10_000 }),
  })
  .map(({ share, ...rest }) => ({
    ...rest,
    discountMinor: Math.floor(share * rest.quantity * rest.unitMinor),
  }));

describe('a line', () => {
  it('adds up to the coin, with equal halves within the state and none across', () => {
    fc.assert(
      fc.property(line, fc.boolean(), (asked, withinState) => {
        const made = priceLine(asked, withinState);
        expect(made.totalMinor).toBe(made.taxableMinor + made.cgstMinor + made.sgstMinor + made.igstMinor);
        expect(made.cgstMinor).toBe(made.sgstMinor);
        expect(withinState ? made.igstMinor : made.cgstMinor).toBe(0);
        for (const amount of Object.values(made)) expect(amount).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('costs its price to the coin when that includes tax, and its price as taxable when it does not', () => {
    fc.assert(
      fc.property(line, fc.boolean(), (asked, withinState) => {
        const net = asked.quantity * asked.unitMinor - asked.discountMinor;
        const made = priceLine(asked, withinState);
        expect(asked.includesTax ? made.totalMinor : made.taxableMinor).toBe(net);
      }),
    );
  });

  it('is taxed within a coin of the exact rate, a half within half a coin', () => {
    fc.assert(
      fc.property(line, fc.boolean(), (asked, withinState) => {
        const { taxableMinor, cgstMinor, sgstMinor, igstMinor } = priceLine(asked, withinState);
        const exact = (taxableMinor * asked.rateBp) / 10_000;
        // Taking tax out of a price moves taxable by up to a coin, and that by at most the rate itself.
        const slack = withinState ? 1 : 0.5;
        expect(Math.abs(cgstMinor + sgstMinor + igstMinor - exact)).toBeLessThanOrEqual(
          slack * (1 + asked.rateBp / 10_000) + 1e-6,
        );
      }),
    );
  });

  it('grows with rate, price and quantity where tax comes on top, and falls with the discount', () => {
    fc.assert(
      fc.property(line, (asked) => {
        const base = { ...asked, includesTax: false };
        const total = (change: Partial<typeof base>) => priceLine({ ...base, ...change }, true).totalMinor;
        expect(total({ rateBp: base.rateBp + 100 })).toBeGreaterThanOrEqual(total({}));
        expect(total({ quantity: base.quantity + 1 })).toBeGreaterThanOrEqual(total({}));
        expect(total({ unitMinor: base.unitMinor + 1 })).toBeGreaterThan(total({}));
        expect(total({ discountMinor: Math.max(0, base.discountMinor - 1) })).toBeGreaterThanOrEqual(
          total({}),
        );
      }),
    );
  });

  it.each([
    // 1 000 rupees and 18 %: 90 and 90 on top; taken out of 1 180 the same.
    [{ unitMinor: 100_000, includesTax: false, rateBp: 1800 }, true, [100_000, 9000, 9000, 0, 118_000]],
    [{ unitMinor: 118_000, includesTax: true, rateBp: 1800 }, true, [100_000, 9000, 9000, 0, 118_000]],
    [{ unitMinor: 118_000, includesTax: true, rateBp: 1800 }, false, [100_000, 0, 0, 18_000, 118_000]],
    // 0.99 rupees and 5 %: a half is 2.475 coins.
    [{ unitMinor: 99, includesTax: false, rateBp: 500 }, true, [99, 2, 2, 0, 103]],
    [{ unitMinor: 100, includesTax: false, rateBp: 500 }, true, [100, 3, 3, 0, 106]],
  ])('%o within the state %s is %o', (asked, withinState, amounts) => {
    const made = priceLine({ quantity: 1, discountMinor: 0, ...asked }, withinState);
    expect(Object.values(made)).toEqual(amounts);
  });

  it('refuses a discount larger than itself', () => {
    expect(() =>
      priceLine({ quantity: 1, unitMinor: 100, discountMinor: 101, includesTax: true, rateBp: 0 }, true),
    ).toThrow(RangeError);
  });

  it('sums with others field by field', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (asked) => {
        const made = asked.map((one) => priceLine(one, true));
        const sum = sumAmounts(made);
        expect(sum.totalMinor).toBe(sum.taxableMinor + sum.cgstMinor + sum.sgstMinor + sum.igstMinor);
        expect(sum.totalMinor).toBe(made.reduce((total, one) => total + one.totalMinor, 0));
      }),
    );
  });
});

describe('the financial year', () => {
  it.each([
    ['2026-03-31', 4, '2025-26'],
    ['2026-04-01', 4, '2026-27'],
    ['2099-04-01', 4, '2099-00'],
    ['2026-12-31', 1, '2026'],
    ['2026-06-30', 7, '2025-26'],
  ])('of %s beginning in month %i is %s', (day, month, year) => {
    expect(financialYear(day, month)).toBe(year);
  });

  it('gives numbers of at most 16 characters', () => {
    for (const series of ['invoice', 'credit-note', 'receipt'] as const) {
      expect(numberLabel(series, '2026-27', 999_999).length).toBeLessThanOrEqual(16);
    }
    expect(numberLabel('invoice', '2026-27', 42)).toBe('INV/26-27/000042');
  });

  it('takes the day from the wall, not from Greenwich', () => {
    expect(dayIn('Asia/Kolkata', new Date('2026-03-31T18:29:59Z'))).toBe('2026-03-31');
    expect(dayIn('Asia/Kolkata', new Date('2026-03-31T18:30:00Z'))).toBe('2026-04-01');
  });
});

describe('an amount as typed', () => {
  it('comes back from how it is written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: mostMinor }),
        fc.constantFrom('en-IN', 'hi-IN', 'bn-IN', 'ne-NP'),
        (minor, tag) => {
          const written = new Intl.NumberFormat(tag, { minimumFractionDigits: 2 }).format(minor / 100);
          expect(minorOfTyped(written, 2)).toBe(minor);
        },
      ),
    );
  });

  it('is written and read back the same in every currency, whatever its smallest coin', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: mostMinor }),
        fc.constantFrom('INR', 'JPY', 'KWD', 'NPR', 'BDT'),
        (minor, currency) => {
          const digits = digitsOfCurrency(currency);
          expect(minorOfTyped(typedOfMinor(minor, digits), digits)).toBe(minor);
        },
      ),
    );
    expect(['INR', 'JPY', 'KWD'].map(digitsOfCurrency)).toEqual([2, 0, 3]);
    expect(minorOfTyped('500', digitsOfCurrency('JPY'))).toBe(500);
    expect(minorOfTyped('5.500', digitsOfCurrency('KWD'))).toBe(5500);
    expect(minorOfTyped('5.5', digitsOfCurrency('JPY'))).toBeUndefined();
  });

  it.each([
    ['1,250', 125_000],
    ['1,25,000.5', 12_500_050],
    ['1,250,000', 125_000_000],
    ['₹ 1 250.5', 125_050],
    ['Rs. 99', 9900],
    ['0.01', 1],
    ['৫০০.৭৫', 50_075],
    ['१२', 1200],
    ['7.', 700],
  ])('%s is %i', (text, minor) => expect(minorOfTyped(text, 2)).toBe(minor));

  it.each([
    '',
    '.',
    '-1',
    '12,50',
    '1,5',
    '1,2,3',
    ',500',
    '1234,567',
    '1,250,5',
    '1.234',
    '1e9',
    '12a',
    '1.2.3',
    '99999999999999',
  ])('%s is none', (text) => {
    expect(minorOfTyped(text, 2)).toBeUndefined();
  });
});

describe('a tax rate', () => {
  const rates = ['2026-04-01', '2027-04-01', '2025-01-01'].map((valid_from) => ({
    indication: 'cosmetic',
    valid_from,
  }));

  it('is the one that holds on the day, with the coming one beside it', () => {
    const on = (day: string) => [
      rateOn(rates, 'cosmetic', day)?.valid_from,
      rateAfter(rates, 'cosmetic', day)?.valid_from,
    ];
    expect(on('2024-12-31')).toEqual([undefined, '2025-01-01']);
    expect(on('2026-03-31')).toEqual(['2025-01-01', '2026-04-01']);
    expect(on('2026-04-01')).toEqual(['2026-04-01', '2027-04-01']);
    expect(on('2027-04-01')).toEqual(['2027-04-01', undefined]);
    expect(rateOn(rates, 'vitiligo', '2030-01-01')).toBeUndefined();
  });
});

describe('an account', () => {
  it('is even when everything billed was paid and everything credited given back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e9 })), (amounts) => {
        const invoices = amounts.flatMap((totalMinor) => [
          { kind: 'invoice' as const, totalMinor },
          { kind: 'credit-note' as const, totalMinor },
        ]);
        const payments = amounts.flatMap((amountMinor) => [
          { kind: 'payment' as const, amountMinor },
          { kind: 'refund' as const, amountMinor },
        ]);
        expect(balance({ invoices, payments })).toBe(0);
        const billed = amounts.reduce((sum, amount) => sum + amount, 0);
        expect(balance({ invoices: invoices.filter(({ kind }) => kind === 'invoice'), payments: [] })).toBe(
          billed,
        );
      }),
    );
  });
});

describe('a link to pay', () => {
  it('reads back what it was made of', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 50 }),
        fc.integer({ min: 1, max: mostMinor }),
        (payee, amountMinor) => {
          fc.pre(payee.isWellFormed());
          const link = upiLink({ upiId: 'clinic@bank', payee, amountMinor, note: 'INV/26-27/000042' });
          const fields = new URL(link).searchParams;
          expect(fields.get('pa')).toBe('clinic@bank');
          expect(fields.get('pn')).toBe(payee);
          expect(minorOfTyped(fields.get('am') ?? '', 2)).toBe(amountMinor);
          expect(fields.get('cu')).toBe('INR');
        },
      ),
    );
  });
});

describe('a GSTIN', () => {
  it('is checked by its last character', () => {
    // The example of the tax administration's own form.
    expect(isGstinChecked('27AAPFU0939F1ZV')).toBe(true);
    expect(isGstinChecked('27AAPFU0939F1ZW')).toBe(false);
    expect(isGstinChecked('27AAPFU0938F1ZV')).toBe(false);
  });
});
