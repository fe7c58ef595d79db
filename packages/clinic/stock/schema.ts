/** What the stock is told, browser-safe. */
import { z } from 'zod';
import { calendarDay, latinDigits } from '../tenant/schema.ts';
import { hazards } from './substances.ts';
import { units, usualDropUl } from './units.ts';

const text = (most: number) => z.string().trim().max(most);
/** An empty field of a form is one that was not filled. */
const optionalText = (most: number) =>
  text(most)
    .transform((value) => (value === '' ? null : value))
    .nullable()
    .default(null);

export const itemKinds = ['pigment', 'needle', 'consumable', 'drug'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** Colour Index constitution number, five digits, sometimes with a part after a colon (PB 15:3 is 74160). */
const ciNumber = z
  .string()
  .transform(ciDigits)
  .pipe(z.string().regex(/^\d{5}(:\d{1,2})?$/, 'A CI number has five digits, such as 77491.'));
/** Chemical Abstracts number, with its check digit. */
const casNumber = z
  .string()
  .regex(/^\d{2,7}-\d{2}-\d$/, 'A CAS number looks like 1309-37-1.')
  .refine(casIsWhole, 'This CAS number has a wrong digit.');

/** What a label prints: `CI 77491`, `C.I. 77491`, digits of any of the clinic's languages. */
function ciDigits(text: string): string {
  return latinDigits(text)
    .trim()
    .replace(/^C\.?\s*I\.?\s*(No\.?\s*)?/i, '')
    .replaceAll(/\s*:\s*/g, ':');
}

/** The last digit is the sum of the others, each times its place from the right, modulo ten. */
export function casIsWhole(cas: string): boolean {
  const digits = Array.from(cas.replaceAll('-', ''), Number);
  const check = digits.pop();
  const sum = digits.reverse().reduce((total, digit, at) => total + digit * (at + 1), 0);
  return sum % 10 === check;
}

export const ingredient = z
  .object({
    name: optionalText(200),
    ciNumber: ciNumber.nullable().default(null),
    cas: casNumber.nullable().default(null),
    /** By weight of the whole ink; null where the sheet does not say. */
    percent: z.number().min(0).max(100).nullable().default(null),
    hazards: z.array(z.enum(hazards)).default([]),
    phRegulator: z.boolean().default(false),
  })
  .refine((one) => one.name !== null || one.ciNumber !== null || one.cas !== null, {
    message: 'Name the ingredient, or give its CI or CAS number.',
    path: ['name'],
  });
export type Ingredient = z.infer<typeof ingredient>;

const active = z.object({
  substance: z.string().trim().toLowerCase().min(1, 'Name the substance.').max(80),
  /** Milligrams in one millilitre, gram or piece: 2 % lidocaine is 20 mg in one mL. */
  mgPer: z.number().positive('More than 0 mg.').max(1000),
  per: z.enum(['ml', 'g', 'piece']),
});
export type Active = z.infer<typeof active>;

const needle = z.object({
  points: z.int().min(1).max(99),
  diameterMm: z.number().min(0.1).max(1),
  arrangement: z.enum(['round', 'flat', 'magnum', 'curved-magnum']),
});
export type Needle = z.infer<typeof needle>;

export const itemForm = z.object({
  kind: z.enum(itemKinds),
  name: text(120).min(1, 'Name it as its label does.'),
  maker: optionalText(120),
  unit: z.enum(units),
  dropUl: z.int().min(10).max(200).default(usualDropUl),
  /** In `unit`: on the list of what to order when no more than this is left. */
  lowAt: z.number().min(0).max(1e6).nullable().default(null),
  discardAfterDays: z.int().min(0).max(3650).nullable().default(null),
  ingredients: z.array(ingredient).max(60).default([]),
  actives: z.array(active).max(10).default([]),
  needle: needle.nullable().default(null),
  pigmentSetId: z.uuid().nullable().default(null),
  setPigmentId: optionalText(120),
  note: optionalText(1000),
  /** Whose mark for ordering is given: null for hers, or the main one. */
  branchId: z.uuid().nullable().default(null),
});
export type ItemForm = z.input<typeof itemForm>;

export const receiptForm = z.object({
  itemId: z.uuid(),
  lotNumber: text(80).min(1, 'Copy the lot number from the label.'),
  expiresOn: calendarDay('Use a date such as 2027-03-31.').nullable().default(null),
  quantity: z.number().positive('How much came?'),
  unit: z.enum(units),
  supplier: optionalText(120),
  /** Where it is put on the shelf: null for hers, or the main one. */
  branchId: z.uuid().nullable().default(null),
  /** Why it is received in spite of warnings. */
  acceptedReason: optionalText(500),
  /** Made once for one delivery by whoever sends it: sent twice, it counts once. */
  receiptId: z.uuid(),
});
export type ReceiptForm = z.input<typeof receiptForm>;

/** A file that comes with an item or a lot: a safety sheet, a certificate. */
export const paperMediaTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export interface Paper {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}
export const mostPaperBytes = 20 * 1024 * 1024;
