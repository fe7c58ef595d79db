import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExistingHairCount, existingHairOf, proposedOf } from './existing-hair.ts';

const counted = fc
  .double({ min: 0, max: 300, noNaN: true })
  .map(
    (unitsPerCm2): ExistingHairCount => ({ ok: true, unitsPerCm2, relativeSd: 0.3, counted: 90, areaCm2: 2 }),
  );
const notCounted = fc.constantFrom<ExistingHairCount | undefined>(undefined, 'failed', {
  ok: false,
  reason: 'too-long',
  message: 'Hair covers hair here; shave or clip it to about a millimetre and photograph it again.',
});

describe('hair that a plan takes off its target', () => {
  it('is the count, in whole numbers as the field shows it, while nobody typed', () => {
    fc.assert(
      fc.property(counted, (count) => {
        const proposed = proposedOf(count);
        expect(Number.isInteger(proposed)).toBe(true);
        expect(existingHairOf(null, count)).toMatchObject({ ok: true, perCm2: proposed, from: 'count' });
      }),
    );
  });

  it('carries the error of a count, and none of what was typed', () => {
    const count: ExistingHairCount = { ok: true, unitsPerCm2: 40, relativeSd: 0.3, counted: 90, areaCm2: 2 };
    expect(existingHairOf(null, count)).toMatchObject({ perCm2: 40, sdPerCm2: 12 });
    expect(existingHairOf('40', count)).not.toHaveProperty('sdPerCm2');
  });

  it('is what was typed, whatever was counted before or after', () => {
    fc.assert(
      fc.property(fc.oneof(counted, notCounted), fc.integer({ min: 0, max: 400 }), (count, perCm2) => {
        expect(existingHairOf(String(perCm2), count)).toEqual({ ok: true, perCm2, from: 'typed' });
      }),
    );
  });

  it('is none where nothing was counted, and where the field was emptied', () => {
    fc.assert(
      fc.property(counted, notCounted, (count, none) => {
        expect(existingHairOf(null, none)).toEqual({ ok: true, perCm2: 0, from: 'none' });
        expect(existingHairOf(' ', count)).toEqual({ ok: true, perCm2: 0, from: 'none' });
      }),
    );
  });

  it('takes digits of every language, and nothing that no scalp grows', () => {
    expect(existingHairOf('३५,५')).toEqual({ ok: true, perCm2: 35.5, from: 'typed' });
    expect(existingHairOf('many')).toEqual({ ok: false, reason: 'not-a-number' });
    expect(existingHairOf('-1')).toEqual({ ok: false, reason: 'out-of-range' });
    expect(existingHairOf('401')).toEqual({ ok: false, reason: 'out-of-range' });
  });
});
