/** What a protocol says about sessions, as data. */
import type { Treatment } from '../candidacy/rules.ts';
import type { Sourced } from './numbing-limits.ts';

/** Longest a session lasts, minutes from the first needle; undefined where nothing is known. */
export const sessionCaps: Readonly<
  Record<Treatment, Sourced & { readonly mostMinutes: number | undefined }>
> = {
  lip: {
    mostMinutes: 120,
    source: 'Domain reference 2.1: session caps, background clinical knowledge',
    review: 'unreviewed',
  },
  scalp: {
    mostMinutes: 240,
    source: 'Domain reference 2.1: session caps, background clinical knowledge',
    review: 'unreviewed',
  },
  vitiligo: { mostMinutes: undefined, source: 'Domain reference 2.1 gives none', review: 'unreviewed' },
};

/** Zones offered to begin with; a person may write others. Codes, so that every language can say them. */
export const usualZones: Readonly<Record<Treatment, readonly string[]>> = {
  scalp: ['hairline', 'front', 'mid', 'crown', 'temples', 'scar'],
  lip: ['upper-lip', 'lower-lip', 'border', 'scar'],
  vitiligo: ['patch-1', 'patch-2', 'patch-3'],
};
