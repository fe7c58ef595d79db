import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { nthSmallest } from './quantile.ts';

it('the nth smallest is what sorting puts there', () => {
  const value = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ noNaN: true }));
  fc.assert(
    fc.property(
      fc.float64Array({ minLength: 1, maxLength: 200, noNaN: true }),
      fc.array(value),
      fc.nat(),
      (a, b, k) => {
        const values = Float64Array.from([...a, ...b]);
        const n = k % values.length;
        const sorted = values.toSorted();
        // 0 and -0 are one value here.
        expect(nthSmallest(values, n) + 0).toBe(sorted[n] + 0);
      },
    ),
  );
});
