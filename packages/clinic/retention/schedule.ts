import type { RetentionRule } from './schema.ts';

/**
 * The periods that come with the program, as data: none has been looked at by a lawyer or an accountant. A clinic writes
 * its own over them (`saveRetentionRule`).
 */
export const shippedSchedule: readonly RetentionRule[] = [
  {
    kind: 'enquiry',
    lawMonths: 0,
    keepMonths: 12,
    from: 'last-request',
    source:
      'Proposal of the program: a year after somebody asked and never came. No law was found that wants longer.',
    review: 'unreviewed',
    erasesByItself: false,
  },
  {
    kind: 'contact',
    lawMonths: 0,
    keepMonths: 36,
    from: 'last-visit',
    source: 'Proposal of the program: as long as the treatment record must be kept.',
    review: 'unreviewed',
    erasesByItself: false,
  },
  {
    kind: 'treatment',
    lawMonths: 36,
    keepMonths: 120,
    from: 'last-treatment',
    source:
      'Law: three years, Indian Medical Council (Professional Conduct, Etiquette and Ethics) Regulations 2002, 1.3.1, from memory. ' +
      'Kept: ten years, because reactions to pigment come late (derived). Of somebody treated as a minor the three years count from the eighteenth birthday at the earliest (from memory).',
    review: 'unreviewed',
    erasesByItself: false,
  },
  {
    kind: 'tax',
    lawMonths: 81,
    keepMonths: 81,
    from: 'financial-year-end',
    source:
      'Central Goods and Services Tax Act 2017, section 36: 72 months from the due date of the annual return, which is nine months after the year (from memory).',
    review: 'unreviewed',
    erasesByItself: false,
  },
];

/** Full years at which a person is of age, in India. */
export const majorityYears = 18;

/**
 * From which total, in the smallest coin, an invoice to somebody without a tax number must name the buyer: 50,000 rupees,
 * Central Goods and Services Tax Rules 2017, rule 46 (e), from memory and unreviewed. In other currencies the name stays
 * until the tax period has passed.
 */
export const buyerNamedFromMinor: Readonly<Record<string, number>> = { INR: 5_000_000 };
