import { dotAdvice } from '@undertone/engine/plan/index.ts';
import type { Jobs } from '@undertone/engine/work/index.ts';
import { numberOf } from './typed.ts';

/** What the count of hair in a zone of scalp said; `failed` where it could not be done on this device. */
export type ExistingHairCount = Jobs['existingHair']['output'] | 'failed';

/** What a scalp's dots and hairs come to together, per cm². */
export const targetPerCm2 = dotAdvice('scalp').densityPerCm2;
/** More than any scalp grows; follicular units are 60 to 100. */
const mostPerCm2 = 400;

export type ExistingHair =
  | {
      readonly ok: true;
      readonly perCm2: number;
      readonly from: 'typed' | 'count' | 'none';
      /** One standard deviation of a count, per cm². */
      readonly sdPerCm2?: number;
    }
  | { readonly ok: false; readonly reason: 'not-a-number' | 'out-of-range' };

/** What is proposed of a count, whole hairs per cm²; undefined where nothing was counted. */
export const proposedOf = (count: ExistingHairCount | undefined): number | undefined =>
  count !== undefined && count !== 'failed' && count.ok ? Math.round(count.unitsPerCm2) : undefined;

/** One standard deviation of a count, per cm², to the tenth. */
const sdOf = (count: ExistingHairCount | undefined): number | undefined =>
  count !== undefined && count !== 'failed' && count.ok
    ? Math.round(10 * count.relativeSd * count.unitsPerCm2) / 10
    : undefined;

/**
 * Hair that a plan takes off its target. What is typed stands, an emptied field takes nothing off; the count speaks only
 * where nobody typed.
 */
export function existingHairOf(typed: string | null, count?: ExistingHairCount): ExistingHair {
  if (typed === null) {
    const proposed = proposedOf(count);
    const sdPerCm2 = sdOf(count);
    return proposed === undefined || sdPerCm2 === undefined
      ? { ok: true, perCm2: 0, from: 'none' }
      : { ok: true, perCm2: proposed, from: 'count', sdPerCm2 };
  }
  if (typed.trim() === '') return { ok: true, perCm2: 0, from: 'none' };
  const perCm2 = numberOf(typed);
  if (perCm2 === undefined) return { ok: false, reason: 'not-a-number' };
  if (perCm2 < 0 || perCm2 > mostPerCm2) return { ok: false, reason: 'out-of-range' };
  return { ok: true, perCm2, from: 'typed' };
}
