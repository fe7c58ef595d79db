import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floodGuard } from './flood.ts';

describe('the flood guard', () => {
  it('never lets more than the burst and the refill pass, however requests arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 }), (gapsMs) => {
        const guard = floodGuard({ burst: 10, perSecond: 5 });
        let nowMs = 0;
        let passed = 0;
        for (const gap of gapsMs) {
          nowMs += gap;
          if (guard.waitSeconds('a', nowMs) === 0) passed += 1;
        }
        expect(passed).toBeLessThanOrEqual(10 + (nowMs / 1000) * 5 + 1e-6);
      }),
    );
  });

  it('names a wait after which a request passes', () => {
    const guard = floodGuard({ burst: 1, perSecond: 0.5 });
    expect(guard.waitSeconds('a', 0)).toBe(0);
    const seconds = guard.waitSeconds('a', 0);
    expect(seconds).toBeGreaterThan(0);
    expect(guard.waitSeconds('a', seconds * 1000)).toBe(0);
  });

  it('counts each address by itself', () => {
    const guard = floodGuard({ burst: 1, perSecond: 1 });
    expect(guard.waitSeconds('a', 0)).toBe(0);
    expect(guard.waitSeconds('b', 0)).toBe(0);
  });
});
