import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mask } from '../photo/picture.ts';
import { type DensityProfile, densityMap } from './density.ts';
import { type DensityStroke, mostDensity, strokeFactors } from './density-strokes.ts';
import { decodeDotTiles, layDotsByDensity } from './dots.ts';
import { defaultProfile } from './make-plan.ts';

const side = 200;
const mmPerPx = 0.2;
const mask: Mask = { widthPx: side, heightPx: side, alpha: new Uint8Array(side * side).fill(255) };
const tiles = decodeDotTiles();
const flat = (densityPerCm2: number): DensityProfile => ({ kind: 'patch', densityPerCm2, featherMm: 0 });
const lay = (profile: DensityProfile, strokes: readonly DensityStroke[], seed = 1) =>
  layDotsByDensity(densityMap(mask, mmPerPx, profile, seed, strokes), { seed, tiles });
const placesOf = ({ count, xMm, yMm }: ReturnType<typeof lay>) =>
  Array.from({ length: count }, (_, i) => `${xMm[i]} ${yMm[i]}`);

const strokeOf = (low: number, high: number) =>
  fc.record({
    factor: fc.double({ min: low, max: high, noNaN: true }),
    radiusPx: fc.integer({ min: 4, max: 60 }),
    points: fc.array(fc.tuple(fc.integer({ min: -40, max: 240 }), fc.integer({ min: -40, max: 240 })), {
      minLength: 1,
      maxLength: 6,
    }),
  });
const strokesOf = (low: number, high: number) =>
  fc.array(strokeOf(low, high), { minLength: 1, maxLength: 4 });
const profiles = fc.constantFrom<DensityProfile>(
  defaultProfile('vitiligo', 400),
  defaultProfile('lip', 400),
  defaultProfile('scalp', 75),
  flat(150),
  flat(30),
);

/** Distance in pixels from a place to a stroke's way. */
function distanceTo({ points }: DensityStroke, x: number, y: number): number {
  return Math.min(
    ...points.map(([bx, by], n) => {
      const [ax, ay] = points[Math.max(0, n - 1)];
      const [dx, dy] = [bx - ax, by - ay];
      const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      return Math.hypot(x - ax - t * dx, y - ay - t * dy);
    }),
  );
}

describe('the density brush', () => {
  it('changes nothing without strokes, and nothing with strokes as planned', () => {
    fc.assert(
      fc.property(profiles, strokesOf(1, 1), (profile, asPlanned) => {
        const plain = layDotsByDensity(densityMap(mask, mmPerPx, profile, 1), { seed: 1, tiles });
        expect(lay(profile, [])).toEqual(plain);
        expect(lay(profile, asPlanned)).toEqual(plain);
      }),
      { numRuns: 12 },
    );
  });

  it('only adds dots where it asks for more, and only within its reach', () => {
    fc.assert(
      fc.property(profiles, strokesOf(1, 1.5), (profile, strokes) => {
        const before = new Set(placesOf(lay(profile, [])));
        const after = lay(profile, strokes);
        const kept = placesOf(after).filter((place, i) => {
          if (before.has(place)) return true;
          const [x, y] = [after.xMm[i] / mmPerPx, after.yMm[i] / mmPerPx];
          expect(Math.min(...strokes.map((s) => distanceTo(s, x, y) - s.radiusPx))).toBeLessThan(1);
          return false;
        });
        expect(kept.length).toBe(before.size);
      }),
      { numRuns: 20 },
    );
  });

  it('only takes dots away where it asks for fewer, and only within its reach', () => {
    fc.assert(
      fc.property(profiles, strokesOf(0.5, 1), (profile, strokes) => {
        const before = lay(profile, []);
        const after = new Set(placesOf(lay(profile, strokes)));
        const all = placesOf(before);
        expect(all.filter((place) => after.has(place)).length).toBe(after.size);
        all.forEach((place, i) => {
          if (after.has(place)) return;
          const [x, y] = [before.xMm[i] / mmPerPx, before.yMm[i] / mmPerPx];
          expect(Math.min(...strokes.map((s) => distanceTo(s, x, y) - s.radiusPx))).toBeLessThan(1);
        });
      }),
      { numRuns: 20 },
    );
  });

  it.each([0.5, 0.75, 1.25, 1.5])('sets × %f of the dots under its core, to 3 %%', (factor) => {
    const core = { x: 100, y: 100, radiusPx: 90 * 0.7 };
    let [count, planned] = [0, 0];
    for (let seed = 1; seed <= 4; seed++) {
      const within = (dots: ReturnType<typeof lay>) =>
        dots.xMm.filter(
          (x, i) => Math.hypot(x / mmPerPx - core.x, dots.yMm[i] / mmPerPx - core.y) < core.radiusPx,
        ).length;
      planned += within(lay(flat(240), [], seed));
      count += within(lay(flat(240), [{ factor, radiusPx: 90, points: [[100, 100]] }], seed));
    }
    expect(Math.abs(count / planned / factor - 1)).toBeLessThan(0.03);
  });

  it('does not mind the order of strokes that lie apart or have one factor; else the last one holds', () => {
    const factorsOf = (...strokes: DensityStroke[]) => strokeFactors(strokes, side, side, 1);
    const left: DensityStroke = { factor: 0.5, radiusPx: 30, points: [[40, 60]] };
    const right: DensityStroke = { factor: 1.5, radiusPx: 30, points: [[140, 60]] };
    expect(factorsOf(left, right)).toEqual(factorsOf(right, left));
    fc.assert(
      fc.property(strokeOf(0.5, 1.5), strokeOf(0.5, 1.5), (a, b) => {
        const same = { ...b, factor: a.factor };
        const [one, other] = [factorsOf(a, same), factorsOf(same, a)];
        expect(one.every((value, p) => Math.abs(value - other[p]) < 1e-6)).toBe(true);
      }),
      { numRuns: 15 },
    );
    expect(factorsOf(left, { ...left, factor: 1 })[60 * side + 40]).toBe(1);
    expect(factorsOf({ ...left, factor: 1 }, left)[60 * side + 40]).toBe(0.5);
  });

  it('asks for no more than the most of its kind, tells where, and takes nothing from what is planned above it', () => {
    fc.assert(
      fc.property(profiles, strokesOf(1, 1.5), (profile, strokes) => {
        const planned = densityMap(mask, mmPerPx, profile, 1);
        const { perCm2, byHand } = densityMap(mask, mmPerPx, profile, 1, strokes);
        const most = mostDensity[profile.kind].perCm2;
        expect(perCm2.every((d, p) => d <= Math.max(most, planned.perCm2[p]) + 1e-3)).toBe(true);
        expect(perCm2.every((d, p) => d >= planned.perCm2[p])).toBe(true);
        expect(byHand?.areaCm2).toBeLessThanOrEqual(planned.areaCm2 * 1.000001);
      }),
      { numRuns: 12 },
    );
    const over = [{ factor: 1.5, radiusPx: 500, points: [[100, 100]] as const }];
    expect(densityMap(mask, mmPerPx, flat(400), 1, over).byHand?.heldBackCm2).toBeCloseTo(16, 3);
    expect(densityMap(mask, mmPerPx, flat(200), 1, over).byHand?.heldBackCm2).toBe(0);
  });
});
