import { latinDigits } from '../tenant/schema.ts';
import { mostMinor, type TaxIndication } from './schema.ts';

/*
 * Money in whole numbers of the smallest coin (paise): every sum is exact, and what is rounded is rounded once, per line.
 */

/** What a line says before tax is worked out. */
export interface LineToPrice {
  readonly quantity: number;
  readonly unitMinor: number;
  /** Taken off the whole line, in the same sense (with or without tax) as the unit price. */
  readonly discountMinor: number;
  readonly includesTax: boolean;
  /** Hundredths of a percent. */
  readonly rateBp: number;
}

/** A line's amounts. `totalMinor` is the sum of the other four, always. */
export interface Amounts {
  readonly taxableMinor: number;
  /** Central and state halves for a supply within the seller's state; they are equal. */
  readonly cgstMinor: number;
  readonly sgstMinor: number;
  /** The whole tax for a supply into another state. */
  readonly igstMinor: number;
  readonly totalMinor: number;
}

/** Half up, for amounts that are not negative: the usual way of the Indian tax rules (section 170, CGST Act 2017). */
function roundedShare(amountMinor: number, numerator: number, denominator: number): number {
  const product = BigInt(amountMinor) * BigInt(numerator) * 2n + BigInt(denominator);
  return Number(product / (BigInt(denominator) * 2n));
}

/**
 * Works out a line. Where the price includes tax, the total is the price to the coin and the tax is taken out of it;
 * where it does not, the tax is put on. The two halves of a supply within the state are equal to the coin.
 * @param withinState the place of supply is the seller's own state, or there is no such split in this country
 * @throws RangeError when the discount is larger than the line.
 */
export function priceLine(line: LineToPrice, withinState: boolean): Amounts {
  const gross = line.quantity * line.unitMinor;
  const net = gross - line.discountMinor;
  if (net < 0) throw new RangeError('a discount larger than its line');
  const base = line.includesTax ? 10_000 + line.rateBp : 10_000;
  if (withinState) {
    const half = roundedShare(net, line.rateBp, 2 * base);
    const taxable = line.includesTax ? net - 2 * half : net;
    return {
      taxableMinor: taxable,
      cgstMinor: half,
      sgstMinor: half,
      igstMinor: 0,
      totalMinor: taxable + 2 * half,
    };
  }
  const tax = roundedShare(net, line.rateBp, base);
  const taxable = line.includesTax ? net - tax : net;
  return { taxableMinor: taxable, cgstMinor: 0, sgstMinor: 0, igstMinor: tax, totalMinor: taxable + tax };
}

export function sumAmounts(lines: readonly Amounts[]): Amounts {
  const sum = (field: keyof Amounts) => lines.reduce((total, line) => total + line[field], 0);
  return {
    taxableMinor: sum('taxableMinor'),
    cgstMinor: sum('cgstMinor'),
    sgstMinor: sum('sgstMinor'),
    igstMinor: sum('igstMinor'),
    totalMinor: sum('totalMinor'),
  };
}

/** `2026-27` for a year from April, `2026` for one from January. @param day `YYYY-MM-DD` in the clinic's zone */
export function financialYear(day: string, startMonth: number): string {
  const year = Number(day.slice(0, 4));
  const first = Number(day.slice(5, 7)) >= startMonth ? year : year - 1;
  return startMonth === 1 ? String(first) : `${first}-${String((first + 1) % 100).padStart(2, '0')}`;
}

/** At most 16 characters, as rule 46 of the CGST Rules 2017 asks of an invoice's number: `INV/26-27/000042`. */
export function numberLabel(series: 'invoice' | 'credit-note' | 'receipt', year: string, number: number) {
  const head = { invoice: 'INV', 'credit-note': 'CN', receipt: 'R' }[series];
  return `${head}/${year.slice(2)}/${String(number).padStart(series === 'receipt' ? 7 : 6, '0')}`;
}

/**
 * What stands behind a `upi://pay` link (NPCI, UPI linking specification 1.6): who is paid, how much, for what. Showing
 * it is no payment: one is recorded only when the clinic's own bank shows the money, with its reference.
 */
export function upiLink(payment: {
  readonly upiId: string;
  readonly payee: string;
  readonly amountMinor: number;
  readonly note: string;
}): string {
  const { upiId, payee, amountMinor, note } = payment;
  const amount = `${Math.trunc(amountMinor / 100)}.${String(amountMinor % 100).padStart(2, '0')}`;
  const fields = { pa: upiId, pn: payee, am: amount, cu: 'INR', tn: note.slice(0, 50) };
  const query = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `upi://pay?${query.join('&')}`;
}

/** What the person owes: invoices less credit notes, less what was paid and not given back. Negative: the clinic owes. */
export function balance(account: {
  readonly invoices: readonly { readonly kind: 'invoice' | 'credit-note'; readonly totalMinor: number }[];
  readonly payments: readonly {
    readonly kind: 'payment' | 'deposit' | 'refund';
    readonly amountMinor: number;
  }[];
}): number {
  const billed = account.invoices.reduce(
    (sum, { kind, totalMinor }) => sum + (kind === 'invoice' ? totalMinor : -totalMinor),
    0,
  );
  const paid = account.payments.reduce(
    (sum, { kind, amountMinor }) => sum + (kind === 'refund' ? -amountMinor : amountMinor),
    0,
  );
  return billed - paid;
}

/** The rate of an indication that holds on a day: the latest one set to begin by then. @param day as `valid_from` is written */
export function rateOn<Rate extends { readonly indication: string; readonly valid_from: string }>(
  rates: readonly Rate[],
  indication: TaxIndication,
  day: string,
): Rate | undefined {
  return rates
    .filter((rate) => rate.indication === indication && rate.valid_from <= day)
    .reduce<Rate | undefined>(
      (latest, rate) => (latest && latest.valid_from > rate.valid_from ? latest : rate),
      undefined,
    );
}

/** The next rate of an indication that begins after a day. */
export function rateAfter<Rate extends { readonly indication: string; readonly valid_from: string }>(
  rates: readonly Rate[],
  indication: TaxIndication,
  day: string,
): Rate | undefined {
  return rates
    .filter((rate) => rate.indication === indication && rate.valid_from > day)
    .toSorted((a, b) => (a.valid_from < b.valid_from ? -1 : 1))[0];
}

/**
 * Decimal places of a currency (ISO 4217): how many smallest coins' digits an amount has. Rupees 2, yen 0, dinars 3.
 * @param currency three letters
 */
export function digitsOfCurrency(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}

/** What a person would type for an amount of the smallest coin: `1250.5`, of yen `500`; read back by `minorOfTyped`. */
export function typedOfMinor(minor: number, digits: number): string {
  return String(minor / 10 ** digits);
}

/**
 * The smallest coin's amount a person typed, or undefined when it is none: `1,250`, `1250.5`, `₹ 1 250.50`, digits of any
 * of the clinic's languages. A comma only groups thousands or lakhs: `12,50` is nobody's amount, whatever was meant.
 * @param digits decimal places of the currency, as `digitsOfCurrency` tells them
 */
export function minorOfTyped(text: string, digits: number): number | undefined {
  const plain = latinDigits(text).replaceAll(/[\s₹\u00A0\u202F]|^Rs\.?/g, '');
  const match = /^(\d{1,13}|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.(\d*))?$/.exec(plain);
  if (!match || (match[2] ?? '').length > digits) return undefined;
  const whole = Number((match[1] ?? '').replaceAll(',', ''));
  const minor = whole * 10 ** digits + Number((match[2] ?? '').padEnd(digits, '0'));
  return minor <= mostMinor ? minor : undefined;
}

/** Where the advice was read; both explain the law, neither is the law. */
const taxReading = 'taxmanagementindia.com 441636; taxheal.com';

/** What the law of the place leaves open about an indication; the clinic's accountant decides. */
export const taxAdvice: Readonly<
  Record<TaxIndication, { readonly suggestedBp: number | null; readonly source: string }>
> = {
  // domain: cosmetic work is outside the health exemption; 18 % is background knowledge.
  cosmetic: { suggestedBp: 1800, source: taxReading },
  // Restoring form after a congenital defect, developmental abnormality, injury or trauma: arguably exempt.
  restoring: { suggestedBp: 0, source: taxReading },
  // Unsettled.
  vitiligo: { suggestedBp: null, source: taxReading },
  consultation: { suggestedBp: 0, source: taxReading },
};
