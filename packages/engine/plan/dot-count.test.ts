import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMask, type Mask } from '../photo/index.ts';
import { type DensityProfile, densityMap } from './density.ts';
import { type Dots, decodeDotTiles, layDotsByDensity } from './dots.ts';

const tiles = decodeDotTiles();
const mmPerPx = 0.25;
const side = 320;

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

function discs(...all: Disc[]): Mask {
  const mask = createMask(side, side);
  for (const { x, y, r } of all)
    for (let row = 0; row < side; row++)
      for (let column = 0; column < side; column++)
        if (Math.hypot(column - x, row - y) < r) mask.alpha[row * side + column] = 255;
  return mask;
}

const seeds = fc.integer({ min: 0, max: 1e9 });
const densities = fc.integer({ min: 100, max: 400 });
const flat = (densityPerCm2: number): DensityProfile => ({ kind: 'patch', densityPerCm2, featherMm: 0 });
const soft = (densityPerCm2: number): DensityProfile => ({ kind: 'patch', densityPerCm2, featherMm: 2.5 });
const stageShares = [0.3, 0.7, 1];

const inside = ({ count, xMm, yMm }: Dots, { x, y, r }: Disc): number =>
  Array.from({ length: count }, (_, i) => Math.hypot(xMm[i] / mmPerPx - x, yMm[i] / mmPerPx - y)).filter(
    (far) => far < r + 2,
  ).length;
const places = (dots: Dots) => Array.from({ length: dots.count }, (_, i) => `${dots.xMm[i]} ${dots.yMm[i]}`);

describe('the number of dots', () => {
  it('is what was planned, rounded, after every session', () => {
    fc.assert(
      fc.property(
        seeds,
        densities,
        fc.integer({ min: 60, max: 150 }),
        fc.constantFrom(flat, soft),
        (seed, perCm2, r, profile) => {
          const map = densityMap(discs({ x: 160, y: 160, r }), mmPerPx, profile(perCm2), seed);
          const dots = layDotsByDensity(map, { seed, tiles, stageShares });
          stageShares.forEach((share, session) => {
            const set = dots.stage.filter((stage) => stage <= session).length;
            expect(Math.abs(set - share * map.expectedCount)).toBeLessThanOrEqual(0.5 + 1e-6);
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is that of each piece, to one dot, and of all small pieces together', () => {
    const large = [
      { x: 80, y: 80, r: 70 },
      { x: 240, y: 90, r: 60 },
    ];
    const small = Array.from({ length: 24 }, (_, i) => ({
      x: 20 + 40 * (i % 8),
      y: 190 + 45 * Math.floor(i / 8),
      r: 9,
    }));
    const mask = discs(...large, ...small);
    const cells = (disc: Disc) => discs(disc).alpha.filter((a) => a > 0).length;
    fc.assert(
      fc.property(seeds, densities, (seed, perCm2) => {
        const dots = layDotsByDensity(densityMap(mask, mmPerPx, flat(perCm2), seed), { seed, tiles });
        const wanted = (n: number) => n * (mmPerPx ** 2 / 100) * perCm2;
        for (const disc of large)
          expect(Math.abs(inside(dots, disc) - wanted(cells(disc)))).toBeLessThan(1 + 1e-6);
        const ofSmall = small.reduce((sum, disc) => sum + inside(dots, disc), 0);
        const cellsOfSmall = small.reduce((sum, disc) => sum + cells(disc), 0);
        expect(Math.abs(ofSmall - wanted(cellsOfSmall))).toBeLessThan(1 + 1e-6);
      }),
      { numRuns: 20 },
    );
  });

  it('only grows with the density, dot by dot, also in pieces', () => {
    const mask = discs({ x: 90, y: 90, r: 80 }, { x: 250, y: 250, r: 40 }, { x: 40, y: 280, r: 6 });
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 100, max: 310 }),
        fc.integer({ min: 1, max: 10 }),
        (seed, perCm2, more) => {
          const lay = (density: number) =>
            places(layDotsByDensity(densityMap(mask, mmPerPx, soft(density), seed), { seed, tiles }));
          const many = new Set(lay(perCm2 + more));
          expect(lay(perCm2).filter((place) => !many.has(place))).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });
});
