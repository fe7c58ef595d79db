import { project } from '@undertone/engine/photo/homography.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { similarity } from './by-hand.ts';

const place = fc.record({ x: fc.integer({ min: 0, max: 2000 }), y: fc.integer({ min: 0, max: 2000 }) });

describe('alignment by two marked places', () => {
  it('brings both places exactly onto their partners', () => {
    fc.assert(
      fc.property(place, place, place, place, (a, b, c, d) => {
        fc.pre(Math.hypot(a.x - b.x, a.y - b.y) >= 1 && Math.hypot(c.x - d.x, c.y - d.y) >= 1);
        const h = similarity([a, b], [c, d]) ?? [];
        for (const [from, to] of [
          [a, c],
          [b, d],
        ] as const) {
          const there = project(h, from);
          expect(Math.hypot(there.x - to.x, there.y - to.y)).toBeLessThan(1e-6);
        }
      }),
    );
  });

  it('says nothing about one place marked twice', () => {
    const at = { x: 5, y: 5 };
    expect(similarity([at, at], [at, { x: 9, y: 9 }])).toBeUndefined();
  });
});
