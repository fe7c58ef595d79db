import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadHandles } from './hairline-spread.ts';

const place = fc.record({ x: fc.integer({ min: 0, max: 360 }), y: fc.integer({ min: 0, max: 400 }) });
const five = fc.array(place, { minLength: 5, maxLength: 5 });

function leastBetween(places: readonly { readonly x: number; readonly y: number }[]): number {
  return Math.min(
    ...places.flatMap((one, n) =>
      places.slice(n + 1).map((other) => Math.hypot(one.x - other.x, one.y - other.y)),
    ),
  );
}

describe('handles of a hairline', () => {
  it('each has room for a finger, however close their places lie', () => {
    fc.assert(
      fc.property(five, fc.constantFrom(1, 0.2, 0.01), (places, zoom) => {
        const close = places.map(({ x, y }) => ({ x: x * zoom, y: y * zoom }));
        expect(leastBetween(spreadHandles(close, 44))).toBeGreaterThan(43.9);
      }),
    );
  });

  it('stand on their places where there is room', () => {
    const apart = [20, 80, 140, 200, 260].map((x, n) => ({ x, y: n === 2 ? 40 : 60 }));
    expect(spreadHandles(apart, 44)).toEqual(apart);
  });

  it('are moved no further than the room they lack', () => {
    const [left, right] = spreadHandles(
      [
        { x: 100, y: 50 },
        { x: 120, y: 50 },
      ],
      44,
    );
    expect(left).toEqual({ x: 88, y: 50 });
    expect(right).toEqual({ x: 132, y: 50 });
  });
});
