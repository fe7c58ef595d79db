/** Whom to call in an emergency, by the clinic's country; a clinic may give out others (`follow_up_settings`). */
import { z } from 'zod';
import { latinDigits } from '../tenant/schema.ts';

const telephone = z
  .string()
  .trim()
  .transform(latinDigits)
  .pipe(z.string().regex(/^\+?[0-9][0-9 -]{1,18}[0-9]$/, 'Give a telephone number, for instance 112.'));

export const localNumbers = z.object({
  /** First the one to try first. */
  emergency: z.array(telephone).min(1).max(3),
  crisis: z.object({ name: z.string().trim().max(60), number: telephone }),
});
export type LocalNumbers = z.infer<typeof localNumbers>;

interface Sourced extends LocalNumbers {
  readonly source: string;
  readonly mark: 'seen' | 'known';
  readonly review: 'unreviewed' | 'reviewed';
}

export const numbersByCountry: Readonly<Record<string, Sourced>> = {
  IN: {
    emergency: ['112', '108'],
    crisis: { name: 'Tele-MANAS', number: '14416' },
    source: 'Clinical reference 6.2, rows R01 and R18',
    mark: 'known',
    review: 'unreviewed',
  },
  NP: {
    emergency: ['102', '100'],
    crisis: { name: 'TUTH', number: '1166' },
    source: 'Ambulance 102, police 100, suicide prevention helpline 1166',
    mark: 'known',
    review: 'unreviewed',
  },
  BD: {
    emergency: ['999'],
    crisis: { name: 'Shastho Batayon', number: '16263' },
    source: 'National emergency service 999, health call centre 16263',
    mark: 'known',
    review: 'unreviewed',
  },
};

/** The numbers of a country; where we know none, 112, which mobile networks almost everywhere connect. */
export function numbersOf(country: string): LocalNumbers {
  const { emergency, crisis } = numbersByCountry[country] ?? {
    emergency: ['112'],
    crisis: { name: '', number: '112' },
  };
  return { emergency: [...emergency], crisis };
}
