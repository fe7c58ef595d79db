import type { PreviewStatement } from '@undertone/engine/plan/index.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dotsPerCm2, hairlineMm, inTone, planOf, proportionsAt, tones } from './forecast.ts';

const statement: PreviewStatement = {
  state: 'week6',
  range: 'expected',
  relativeRgb: [0.9, 0.6, 0.7],
  redness01: 0,
  words: '',
};
const picture = { widthPx: 2, heightPx: 2, rgba: new Uint8ClampedArray(16) };
const mask = { widthPx: 2, heightPx: 2, alpha: new Uint8Array(4) };

describe('a tone of lips', () => {
  it('leaves the lip’s own tone as it is', () => {
    expect(inTone([statement], 'own')).toEqual([statement]);
  });

  it('is redder or deeper in the order offered, and never lighter in green', () => {
    const greens = tones.map((tone) => inTone([statement], tone)[0]?.relativeRgb[1] ?? NaN);
    expect(greens).toEqual([...greens].sort((a, b) => b - a));
    expect(new Set(greens).size).toBe(tones.length);
  });
});

describe('the hairline', () => {
  it('keeps its shape when it is moved, and stays within what may be tried', () => {
    fc.assert(
      fc.property(fc.double({ min: -500, max: 500, noNaN: true }), (midFrontalMm) => {
        const moved = proportionsAt(midFrontalMm);
        expect(moved.midFrontalMm).toBeGreaterThanOrEqual(hairlineMm.least);
        expect(moved.midFrontalMm).toBeLessThanOrEqual(hairlineMm.most);
        expect(moved.aboveCanthusMm - moved.midFrontalMm).toBeCloseTo(0, 9);
        expect(moved.aboveCanthusMm).toBeGreaterThan(moved.temporalPeakMm);
      }),
    );
  });
});

describe('what the engine is asked', () => {
  const wish = { picture, mask, sha256: '00', taps: [], mmPerPx: 0.3, densityPerCm2: dotsPerCm2.most };

  it('is dots of the wished density at true scale for a scalp', () => {
    const plan = planOf({ ...wish, treatment: 'scalp' });
    expect(plan.density).toMatchObject({ kind: 'scalp', densityPerCm2: dotsPerCm2.most });
    expect(plan.scale?.mmPerPx).toBe(0.3);
  });

  it('claims no scale for a patch, whose picture needs none', () => {
    const plan = planOf({ ...wish, treatment: 'vitiligo', taps: [{ x: 1, y: 1 }] });
    expect(plan.scale).toBeUndefined();
    expect(plan.region).toMatchObject({ source: 'tap', taps: [{ x: 1, y: 1 }] });
  });
});
