import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beneathStroke, isDoubtful, timesInTen } from './doubt.ts';
import { createMask } from './mask.ts';

const confidence = fc.double({ min: 0, max: 1, noNaN: true });

function half() {
  const mask = createMask(6, 4);
  mask.alpha.fill(255, 0, 12);
  return mask;
}

describe('a proposal’s likelihood', () => {
  it('is doubted where it is more often wrong than right, and never where there was no guess', () => {
    expect(isDoubtful(0.499)).toBe(true);
    expect(isDoubtful(0.5)).toBe(false);
    expect(isDoubtful(undefined)).toBe(false);
  });

  it('is told in tenths that never promise or rule out, and rise with it', () => {
    fc.assert(
      fc.property(confidence, confidence, (a, b) => {
        expect(timesInTen(a)).toBeGreaterThanOrEqual(1);
        expect(timesInTen(a)).toBeLessThanOrEqual(9);
        expect(Math.sign(timesInTen(a) - timesInTen(b)) * Math.sign(a - b)).toBeGreaterThanOrEqual(0);
      }),
    );
    expect(timesInTen(0.71)).toBe(7);
  });
});

describe('what a stroke is laid on', () => {
  it('is nothing where it adds to a doubtful proposal, else the region as it was', () => {
    fc.assert(
      fc.property(
        fc.option(confidence, { nil: undefined }),
        fc.constantFrom('add', 'remove'),
        (sure, mode) => {
          const mask = half();
          const beneath = beneathStroke(mask, sure, mode);
          const isReplaced = mode === 'add' && isDoubtful(sure);
          expect(beneath.alpha).toEqual(isReplaced ? new Uint8Array(24) : half().alpha);
          expect(mask).toEqual(half());
        },
      ),
    );
  });
});
