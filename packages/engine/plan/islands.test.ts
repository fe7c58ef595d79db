import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { islandsOf } from './islands.ts';

/** Cells reached from one another over sides and corners, by flooding: slow and plain. */
function flooded(values: Float32Array, widthPx: number, heightPx: number): Int32Array {
  const of = new Int32Array(values.length).fill(-1);
  let count = 0;
  for (let from = 0; from < values.length; from++) {
    if (values[from] <= 0 || of[from] >= 0) continue;
    const open = [from];
    of[from] = count;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % widthPx, Math.floor(at / widthPx)];
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          if (x + dx < 0 || x + dx >= widthPx || y + dy < 0 || y + dy >= heightPx) continue;
          const next = at + dy * widthPx + dx;
          if (values[next] <= 0 || of[next] >= 0) continue;
          of[next] = count;
          open.push(next);
        }
    }
    count++;
  }
  return of;
}

describe('the pieces of a region', () => {
  it('are those found by flooding, in the same order, and none where there is one', () => {
    const grids = fc
      .tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 }))
      .chain(([widthPx, heightPx]) =>
        fc.record({
          widthPx: fc.constant(widthPx),
          heightPx: fc.constant(heightPx),
          cells: fc.array(fc.constantFrom(0, 0, 1, 0.25), {
            minLength: widthPx * heightPx,
            maxLength: widthPx * heightPx,
          }),
        }),
      );
    fc.assert(
      fc.property(grids, ({ widthPx, heightPx, cells }) => {
        const values = Float32Array.from(cells);
        const wanted = flooded(values, widthPx, heightPx);
        const count = 1 + wanted.reduce((most, value) => Math.max(most, value), -1);
        const found = islandsOf(values, widthPx, heightPx);
        expect(found?.count ?? 1).toBe(Math.max(1, count));
        const ofCell = found ? Int32Array.from(found.ofCell) : new Int32Array(values.length);
        expect(ofCell.map((island, cell) => (values[cell] > 0 ? island : -1))).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
  });
});
