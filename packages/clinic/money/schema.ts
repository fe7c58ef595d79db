import { z } from 'zod';
import { calendarDay } from '../tenant/schema.ts';

/** Largest amount taken anywhere, in the smallest coin: ten thousand million rupees. Sums stay exact far beyond it. */
export const mostMinor = 1_000_000_000_000;

/** Why something is done decides its tax; the accountant says how much. */
export const taxIndication = z.enum(['cosmetic', 'restoring', 'vitiligo', 'consultation']);
export type TaxIndication = z.infer<typeof taxIndication>;

export const paymentMethod = z.enum(['cash', 'card', 'upi', 'bank']);
export type PaymentMethod = z.infer<typeof paymentMethod>;

const minor = z.int().min(0).max(mostMinor);
const day = calendarDay('A day is needed, for instance 2026-04-01.');
const words = (most: number) => z.string().trim().max(most);
const blankAsNull = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value);

export const settingsForm = z.object({
  legalName: words(200).min(1, 'The name that stands on invoices is needed.'),
  address: words(500).default(''),
  /** 15 characters: state, PAN, entity, Z, check digit. Null: not registered, so no tax invoice. */
  gstin: z
    .preprocess(
      blankAsNull,
      z
        .string()
        .trim()
        .toUpperCase()
        .regex(
          /^[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/,
          'A GSTIN has 15 characters, for instance 19ABCDE1234F1Z5.',
        )
        .refine(isGstinChecked, 'The last character does not fit the others; check the number.')
        .nullable(),
    )
    .default(null),
  upiId: z
    .preprocess(
      blankAsNull,
      z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9._-]{2,255}@[A-Za-z0-9.-]{2,64}$/, 'A UPI address looks like name@bank.')
        .nullable(),
    )
    .default(null),
  /** Left out: as it was, and April for a clinic that has never said. */
  yearStartMonth: z.int().min(1).max(12).optional(),
});
export type SettingsForm = z.input<typeof settingsForm>;

export const taxRateForm = z.object({
  indication: taxIndication,
  validFrom: day,
  rateBp: z.int('A rate in percent is needed.').min(0, 'From 0 to 100 %.').max(10_000, 'From 0 to 100 %.'),
  note: words(500).min(1, 'Say who decided, and why.'),
});
export type TaxRateForm = z.input<typeof taxRateForm>;

export const priceItemForm = z.object({
  name: words(200).min(1, 'A name is needed.'),
  treatment: z.preprocess(blankAsNull, z.enum(['scalp', 'lip', 'vitiligo']).nullable()).default(null),
  sac: z
    .preprocess(
      blankAsNull,
      z
        .string()
        .trim()
        .regex(/^[0-9]{4,8}$/, 'A services accounting code has 4 to 8 digits, for instance 999722.')
        .nullable(),
    )
    .default(null),
  unitMinor: minor,
  includesTax: z.boolean(),
  sessions: z.int().min(0).max(24, 'A package holds at most 24 sessions.').default(0),
});
export type PriceItemForm = z.input<typeof priceItemForm>;

export const invoiceForm = z.object({
  patientId: z.uuid(),
  buyerName: words(200).optional(),
  buyerGstin: z.preprocess(blankAsNull, z.string().trim().toUpperCase().length(15).nullable()).default(null),
  /** Two digits of the state; null means the seller's own. */
  placeOfSupply: z
    .preprocess(
      blankAsNull,
      z
        .string()
        .trim()
        .regex(/^[0-9]{2}$/, 'Two digits, for instance 19 for West Bengal.')
        .nullable(),
    )
    .default(null),
  lines: z
    .array(
      z.object({
        priceItemId: z.uuid('Choose from the price list.'),
        indication: taxIndication,
        quantity: z.int().min(1, 'At least one.').max(1000),
        discountMinor: minor.default(0),
      }),
    )
    .min(1, 'An invoice needs a line.')
    .max(50),
  /** Made by the form: the same id again returns the same invoice. */
  id: z.uuid(),
});
export type InvoiceForm = z.input<typeof invoiceForm>;

export const paymentForm = z.object({
  /** Made by the form: the same id again returns the same payment. */
  id: z.uuid(),
  patientId: z.uuid(),
  branchId: z.uuid().optional(),
  kind: z.enum(['payment', 'deposit']).default('payment'),
  method: paymentMethod,
  amountMinor: z.int('An amount is needed.').min(1, 'An amount is needed.').max(mostMinor),
  reference: words(100).default(''),
});
export type PaymentForm = z.input<typeof paymentForm>;

export const refundForm = z.object({
  id: z.uuid(),
  paymentId: z.uuid(),
  method: paymentMethod,
  amountMinor: z.int('An amount is needed.').min(1, 'An amount is needed.').max(mostMinor),
  reference: words(100).default(''),
  reason: words(500).min(1, 'Say why it is given back.'),
});
export type RefundForm = z.input<typeof refundForm>;

export const creditForm = z.object({
  id: z.uuid(),
  invoiceId: z.uuid(),
  reason: words(500).min(1, 'Say why the invoice is credited.'),
});
export type CreditForm = z.input<typeof creditForm>;

export const closeForm = z.object({
  branchId: z.uuid().optional(),
  day,
  floatMinor: minor,
  countedMinor: minor,
  note: words(500).default(''),
});
export type CloseForm = z.input<typeof closeForm>;

export interface MoneyRefusal {
  readonly ok: false;
  readonly reason:
    | 'not-allowed'
    | 'bad-form'
    | 'not-found'
    | 'no-tax-rate'
    | 'no-settings'
    | 'discount-too-large'
    | 'already-credited'
    | 'too-much'
    | 'day-closed'
    | 'day-not-over'
    | 'note-needed'
    | 'other-content'
    | 'package-used-up';
  readonly message: string;
  readonly field?: string;
}

/** The check character of a GSTIN: base 36, factors 1 and 2 in turn, digits of each product added (GSTN). */
export function isGstinChecked(gstin: string): boolean {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const sum = Array.from(gstin.slice(0, 14)).reduce((total, character, i) => {
    const product = alphabet.indexOf(character) * (i % 2 === 0 ? 1 : 2);
    return total + Math.floor(product / 36) + (product % 36);
  }, 0);
  return alphabet[(36 - (sum % 36)) % 36] === gstin[14];
}
