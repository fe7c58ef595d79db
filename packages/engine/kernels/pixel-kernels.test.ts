import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPixelKernels, type PixelKernels } from './index.ts';
import { unknownBox } from './pixel-kernels.ts';
import { canRunWasmPixelKernels } from './wasm-memory.ts';

const wasm = createPixelKernels('wasm');
const plain = createPixelKernels('plain');

/** Repeatable values in low..high with slopes, steps and grain, as pictures have. */
function planeOf(widthPx: number, heightPx: number, seed: number, low: number, high: number): Float32Array {
  let state = seed >>> 0;
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const [fx, fy, edge] = [random() / 9, random() / 9, random() * widthPx];
  return Float32Array.from({ length: widthPx * heightPx }, (_, p) => {
    const x = p % widthPx;
    const y = Math.floor(p / widthPx);
    const smooth = 0.5 + 0.2 * Math.sin(x * fx) + 0.15 * Math.cos(y * fy) + (x > edge ? 0.1 : 0);
    return low + (high - low) * Math.min(1, Math.max(0, smooth + 0.1 * (random() - 0.5)));
  });
}

function worst(a: Float32Array, b: Float32Array): number {
  let most = 0;
  // A value that is no number fails any comparison; made infinite, it is seen.
  for (let p = 0; p < a.length; p++)
    most = Math.max(most, Math.abs(a[p] - b[p]) || (a[p] === b[p] ? 0 : Infinity));
  return most;
}

const side = fc.integer({ min: 1, max: 150 });
const seed = fc.integer({ min: 1, max: 2 ** 31 });
const radius = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 10, max: 170 }));
/** Where values lie: levels of light, their logarithms, anything far from zero. */
const range = fc.constantFrom<readonly [number, number]>([0, 1], [-7, 0], [0, 255], [1000, 1001]);

/** Runs one kernel both ways and answers the worst difference. */
function compared(
  widthPx: number,
  heightPx: number,
  run: (kernels: PixelKernels, out: Float32Array) => void,
): number {
  const outs = [wasm, plain].map((kernels) => {
    const out = new Float32Array(widthPx * heightPx);
    run(kernels, out);
    return out;
  });
  return worst(outs[0], outs[1]);
}

describe('SIMD kernels do what the plain ones do', () => {
  it('run on this machine', () => expect(canRunWasmPixelKernels()).toBe(true));

  it('tables', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40_000 }), seed, (count, seed) => {
        const rgba = Uint8ClampedArray.from(planeOf(count * 4, 1, seed, 0, 255));
        const table = planeOf(3 * 256 * 4, 1, seed + 1, -3, 3);
        const outs = [wasm, plain].map((kernels) => {
          const out = [0, 1, 2].map(() => new Float32Array(count)) as [
            Float32Array,
            Float32Array,
            Float32Array,
          ];
          kernels.tables(rgba, table, out);
          return out;
        });
        for (const k of [0, 1, 2]) expect(worst(outs[0][k], outs[1][k])).toBeLessThan(2e-6);
      }),
      { numRuns: 20 },
    );
  });

  it('box mean, to what single precision can lose over so many sums', () => {
    fc.assert(
      fc.property(side, side, radius, range, seed, (widthPx, heightPx, radiusPx, [low, high], seed) => {
        const plane = planeOf(widthPx, heightPx, seed, low, high);
        const most = compared(widthPx, heightPx, (kernels, out) =>
          kernels.boxMean(plane, widthPx, heightPx, radiusPx, out),
        );
        // Some 600 additions in a row, each off by at most 6e-8 of the sum.
        expect(most).toBeLessThan(4e-5 * Math.max(Math.abs(low), Math.abs(high)));
      }),
      { numRuns: 150 },
    );
  });

  it('box mean in place, tall and wide enough for sums to be taken afresh', () => {
    for (const [widthPx, heightPx] of [
      [517, 9],
      [7, 517],
      [301, 299],
    ]) {
      const plane = planeOf(widthPx, heightPx, 7, -7, 0);
      const most = compared(widthPx, heightPx, (kernels, out) => {
        out.set(plane);
        kernels.boxMean(out, widthPx, heightPx, 21, out);
      });
      expect(most).toBeLessThan(7e-6);
    }
  });

  for (const name of ['guidedFilter', 'quickGuidedFilter'] as const) {
    it(`${name}, to three thousandths of the range`, () => {
      fc.assert(
        fc.property(
          side,
          side,
          radius,
          range,
          fc.constantFrom(1e-4, 1e-3, 1e-2),
          seed,
          (widthPx, heightPx, radiusPx, [low, high], share, seed) => {
            const guide = planeOf(widthPx, heightPx, seed, low, high);
            const plane = planeOf(widthPx, heightPx, seed + 9, 0, 1);
            const epsilon = share * (high - low) ** 2;
            const most = compared(widthPx, heightPx, (kernels, out) =>
              kernels[name](guide, plane, widthPx, heightPx, radiusPx, epsilon, out),
            );
            expect(most).toBeLessThan(3e-3);
          },
        ),
        { numRuns: 100 },
      );
    });
  }

  it('guided filter of a large picture, within one part in twenty thousand', () => {
    const [widthPx, heightPx] = [901, 603];
    const guide = planeOf(widthPx, heightPx, 3, -6, 0);
    const plane = planeOf(widthPx, heightPx, 4, 0, 1);
    const most = compared(widthPx, heightPx, (kernels, out) =>
      kernels.guidedFilter(guide, plane, widthPx, heightPx, 16, 6e-3, out),
    );
    expect(most).toBeLessThan(5e-5);
  });

  it('membrane', () => {
    fc.assert(
      fc.property(
        side,
        side,
        range,
        seed,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (widthPx, heightPx, [low, high], seed, share) => {
          const plane = planeOf(widthPx, heightPx, seed, low, high);
          const unknown = unknownOf(widthPx, heightPx, seed, share);
          const most = compared(widthPx, heightPx, (kernels, out) =>
            kernels.membrane(plane, unknown, widthPx, heightPx, out),
          );
          expect(most).toBeLessThan(3e-5 * Math.max(Math.abs(low), Math.abs(high)));
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('planes in the kernels own memory', () => {
  it('get the same bits as planes elsewhere, whatever lies where', () => {
    fc.assert(
      fc.property(
        side,
        side,
        radius,
        seed,
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        (widthPx, heightPx, radiusPx, seed, where) => {
          const count = widthPx * heightPx;
          const results = [false, true].map((isHeld) => {
            const kernels = createPixelKernels('wasm', 8 * count);
            const planes = where.map((here) =>
              isHeld && here ? kernels.plane(count) : new Float32Array(count),
            );
            const [melanin, blood, shading, guide, plane, mean, guided, quick] = planes;
            guide.set(planeOf(widthPx, heightPx, seed, -6, 0));
            plane.set(planeOf(widthPx, heightPx, seed + 1, 0, 1));
            const rgba = Uint8ClampedArray.from(planeOf(count * 4, 1, seed, 0, 255));
            kernels.tables(rgba, planeOf(3 * 256 * 4, 1, seed + 2, -3, 3), [melanin, blood, shading]);
            kernels.boxMean(plane, widthPx, heightPx, radiusPx, mean);
            kernels.guidedFilter(guide, plane, widthPx, heightPx, radiusPx, 1e-3, guided);
            kernels.quickGuidedFilter(guide, plane, widthPx, heightPx, radiusPx, 1e-3, quick);
            kernels.membrane(plane, unknownOf(widthPx, heightPx, seed, 0.3), widthPx, heightPx, plane);
            kernels.boxMean(shading, widthPx, heightPx, radiusPx, shading);
            kernels.guidedFilter(guide, plane, widthPx, heightPx, radiusPx, 1e-2, guide);
            return planes.map((values) => values.slice());
          });
          expect(results[1]).toEqual(results[0]);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('stay where they are while operations take more room than there is beside them', () => {
    const kernels = createPixelKernels('wasm', 100);
    const held = kernels.plane(100).fill(3);
    const [widthPx, heightPx] = [1200, 900];
    const wide = planeOf(widthPx, heightPx, 6, 0, 1);
    const out = new Float32Array(wide.length);
    kernels.guidedFilter(wide, wide, widthPx, heightPx, 900, 1e-3, out);
    kernels.membrane(wide, unknownOf(widthPx, heightPx, 6, 0.5), widthPx, heightPx, out);
    expect(held).toEqual(new Float32Array(100).fill(3));
  });

  it('are zeros, also where an operation has worked before they were given', () => {
    const [widthPx, heightPx] = [120, 90];
    const count = widthPx * heightPx;
    const kernels = createPixelKernels('wasm', 2 * count);
    const first = kernels.plane(count).fill(1);
    kernels.guidedFilter(first, planeOf(widthPx, heightPx, 6, 0, 1), widthPx, heightPx, 9, 1e-3, first);
    expect(kernels.plane(count)).toEqual(new Float32Array(count));
  });

  it('are given while they last, and ordinary ones after that', () => {
    const kernels = createPixelKernels('wasm', 300);
    const planes = [100, 100, 100, 5000].map((count) => kernels.plane(count));
    expect(planes.map(({ length }) => length)).toEqual([100, 100, 100, 5000]);
    expect(new Set(planes.slice(0, 3).map(({ buffer }) => buffer)).size).toBe(1);
    expect(planes[3].buffer).not.toBe(planes[0].buffer);
    planes.forEach((plane, k) => plane.fill(k));
    planes.forEach((plane, k) => expect(plane.every((value) => value === k)).toBe(true));
  });
});

it('the box of unknown pixels holds them all and one pixel around, wherever their bytes lie', () => {
  fc.assert(
    fc.property(
      side,
      side,
      fc.integer({ min: 0, max: 9 }),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { maxLength: 4 }),
      (widthPx, heightPx, offset, set) => {
        const count = widthPx * heightPx;
        // Set bytes before and after the picture must not be seen.
        const unknown = new Uint8Array(offset + count + 9)
          .fill(1)
          .subarray(offset, offset + count)
          .fill(0);
        for (const [at, value] of set) unknown[at % count] = value;
        const columns = set.map(([at]) => (at % count) % widthPx);
        const rows = set.map(([at]) => Math.floor((at % count) / widthPx));
        const span = (values: readonly number[], length: number) => {
          const from = Math.max(0, Math.min(...values) - 1);
          return [from, Math.min(length, Math.max(...values) + 2) - from];
        };
        const [x, width] = span(columns, widthPx);
        const [y, height] = span(rows, heightPx);
        const box = set.length === 0 ? undefined : { x, y, widthPx: width, heightPx: height };
        expect(unknownBox(unknown, widthPx, heightPx)).toEqual(box);
      },
    ),
    { numRuns: 200 },
  );
});

/** A patch on skin as the border finder sees it: lighter and with less of the second feature inside a blob. */
function patchOf(widthPx: number, heightPx: number, seed: number) {
  const isInside = (p: number, share: number): boolean => {
    const [x, y] = [(p % widthPx) + 0.5, Math.floor(p / widthPx) + 0.5];
    const wobble = 1 + 0.2 * Math.sin(3 * Math.atan2(y - heightPx / 2, x - widthPx / 2) + (seed % 7));
    return Math.hypot(x - widthPx / 2, y - heightPx / 2) < share * wobble * Math.min(widthPx, heightPx);
  };
  const truth = Uint8Array.from({ length: widthPx * heightPx }, (_, p) => (isInside(p, 0.25) ? 1 : 0));
  const shading = planeOf(widthPx, heightPx, seed, -2.4, -1.8);
  const first = shading.map((v, p) => v + (truth[p] ? 0.35 : 0));
  const second = planeOf(widthPx, heightPx, seed + 1, 0.9, 1.1).map((v, p) => v - (truth[p] ? 0.25 : 0));
  const grain = planeOf(widthPx, heightPx, seed + 2, 0, 1);
  const valid = Uint8Array.from(grain, (v) => (v > 0.12 ? 1 : 0));
  const start = Uint8Array.from(truth, (_, p) => (isInside(p + 5, 0.19) ? 1 : 0));
  return { cells: { widthPx, heightPx, first, second, valid }, truth, start };
}

it('outlines: evidence of one round to a hundredth of a nat, all rounds to a few cells', () => {
  fc.assert(
    fc.property(
      side,
      side,
      fc.integer({ min: 1, max: 40 }),
      seed,
      fc.boolean(),
      (widthPx, heightPx, windowPx, seed, isAny) => {
        const { cells, start } = patchOf(widthPx, heightPx, seed);
        const pinned = Uint8Array.from(start, (_, p) => ((p * 7 + seed) % 61 === 0 ? 1 + (p % 2) : 0));
        const after = (rounds: number) =>
          [wasm, plain].map((kernels) => {
            const inside = new Uint8Array(start);
            const evidence = new Float32Array(start.length);
            const rules = { windowPx, rounds, isAny, pinned, floors: [0.004, 0.0012] as const };
            kernels.moveOutline(cells, rules, inside, evidence);
            return { inside, evidence };
          });
        const [a, b] = after(1);
        expect(worst(a.evidence, b.evidence)).toBeLessThan(0.01);
        const [c, d] = after(12);
        const unlike = c.inside.reduce((sum, v, p) => sum + (v === d.inside[p] ? 0 : 1), 0);
        expect(unlike).toBeLessThanOrEqual(2 + 0.005 * start.length);
        expect(c.inside.every((v, p) => pinned[p] === 0 || v === pinned[p] - 1)).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

it('relaxed surfaces: the same bits', () => {
  fc.assert(
    fc.property(side, side, seed, fc.integer({ min: 1, max: 4 }), (widthPx, heightPx, seed, rounds) => {
      // A surface of one cell has no neighbour to go by.
      fc.pre(widthPx * heightPx > 1);
      const plane = (n: number, size: number) => planeOf(widthPx, heightPx, seed + n, -size, size);
      const right = [plane(1, 0.1), plane(2, 0.3)] as const;
      const below = [plane(3, 0.1), plane(4, 0.3)] as const;
      const [a, b] = [wasm, plain].map((kernels) => {
        const surfaces = [plane(5, 1), plane(6, 1)] as const;
        kernels.relaxPair(surfaces, right, below, widthPx, heightPx, rounds);
        return surfaces;
      });
      expect(a).toEqual(b);
    }),
    { numRuns: 60 },
  );
});

/** Discs and single pixels that are unknown, about this share of the picture. */
function unknownOf(widthPx: number, heightPx: number, seed: number, share: number): Uint8Array {
  const grain = planeOf(widthPx, heightPx, seed + 5, 0, 1);
  const radius = Math.sqrt((share * widthPx * heightPx) / Math.PI);
  const [cx, cy] = [(seed % 97) / 97, (seed % 89) / 89];
  return Uint8Array.from(grain, (value, p) => {
    const isNear = Math.hypot((p % widthPx) - cx * widthPx, Math.floor(p / widthPx) - cy * heightPx) < radius;
    return isNear || value > 0.8 ? 1 + (p % 255) : 0;
  });
}

describe.each([wasm, plain])('the kernels of kind $kind', (kernels) => {
  const [widthPx, heightPx] = [123, 87];

  it('leave a constant plane as it is', () => {
    const flat = new Float32Array(widthPx * heightPx).fill(0.37);
    const guide = planeOf(widthPx, heightPx, 5, -7, 0);
    const out = new Float32Array(flat.length);
    kernels.boxMean(flat, widthPx, heightPx, 13, out);
    expect(worst(out, flat)).toBeLessThan(1e-6);
    for (const name of ['guidedFilter', 'quickGuidedFilter'] as const) {
      kernels[name](guide, flat, widthPx, heightPx, 13, 1e-3, out);
      expect(worst(out, flat)).toBeLessThan(1e-5);
    }
    kernels.membrane(flat, unknownOf(widthPx, heightPx, 3, 0.4), widthPx, heightPx, out);
    expect(worst(out, flat)).toBeLessThan(1e-6);
  });

  it('give back a plane that is a line of its guide, however small epsilon is', () => {
    const guide = planeOf(widthPx, heightPx, 8, 0, 1);
    const plane = guide.map((g) => 3 * g - 2);
    const out = new Float32Array(plane.length);
    kernels.guidedFilter(guide, plane, widthPx, heightPx, 9, 1e-7, out);
    expect(worst(out, plane)).toBeLessThan(2e-3);
  });

  it('fill the membrane within the bounds of what holds it, and touch nothing known', () => {
    fc.assert(
      fc.property(seed, fc.double({ min: 0.05, max: 0.9, noNaN: true }), (seed, share) => {
        const plane = planeOf(widthPx, heightPx, seed, -2, 5);
        const unknown = unknownOf(widthPx, heightPx, seed, share);
        // Whatever lies in the unknown must not matter.
        for (let p = 0; p < plane.length; p++)
          if (unknown[p] !== 0) plane[p] = p % 2 === 0 ? Number.NaN : 1e9;
        const out = new Float32Array(plane.length);
        kernels.membrane(plane, unknown, widthPx, heightPx, out);
        const isKnown = (_: number, p: number) => unknown[p] === 0;
        const known = plane.filter(isKnown);
        expect(out.filter(isKnown)).toEqual(known);
        const filled = out.filter((_, p) => unknown[p] !== 0);
        const [low, high] = [Math.min(...known), Math.max(...known)];
        const slack = 0.02 * (high - low);
        expect(filled.every((value) => value > low - slack && value < high + slack)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('fill a hole in a slope with the slope, nearly', () => {
    const plane = Float32Array.from(
      { length: widthPx * heightPx },
      (_, p) => (p % widthPx) / widthPx + Math.floor(p / widthPx) / heightPx,
    );
    const unknown = Uint8Array.from(plane, (_, p) =>
      Math.hypot((p % widthPx) - 60, Math.floor(p / widthPx) - 44) < 30 ? 1 : 0,
    );
    const out = new Float32Array(plane.length);
    kernels.membrane(plane, unknown, widthPx, heightPx, out);
    // Slopes are harmonic. The range over the hole's rim is about 0.85; the scheme's own error is below 2 % of it.
    expect(worst(out, plane)).toBeLessThan(0.017);
  });

  it('lead a rough outline to the border of a patch', () => {
    const { cells, truth, start } = patchOf(widthPx, heightPx, 11);
    const inside = new Uint8Array(start);
    const rules = { windowPx: 9, rounds: 20, isAny: false, floors: [0.004, 0.0012] as const };
    kernels.moveOutline(cells, rules, inside, new Float32Array(start.length));
    const [right, all] = cells.valid.reduce(
      ([right, all], v, p) => (v ? [right + (inside[p] === truth[p] ? 1 : 0), all + 1] : [right, all]),
      [0, 0],
    );
    expect(right / all).toBeGreaterThan(0.98);
  });

  it('relax towards a surface whose steps are the wanted ones', () => {
    const wanted = planeOf(40, 30, 4, 0, 1);
    const right = wanted.map((v, p) => (p % 40 < 39 ? wanted[p + 1] - v : 0));
    const below = wanted.map((v, p) => (p + 40 < wanted.length ? wanted[p + 40] - v : 0));
    const surfaces = [new Float32Array(wanted.length), new Float32Array(wanted)] as const;
    kernels.relaxPair(surfaces, [right, right], [below, below], 40, 30, 2500);
    // Steps say nothing of the level.
    const level = surfaces[0][0] - wanted[0];
    expect(
      worst(
        surfaces[0].map((v) => v - level),
        wanted,
      ),
    ).toBeLessThan(2e-3);
    expect(worst(surfaces[1], wanted)).toBeLessThan(2e-3);
  });

  it('refuse planes of another size by a code', () => {
    const plane = new Float32Array(12);
    expect(() => kernels.boxMean(plane, 4, 4, 1, plane)).toThrow(
      expect.objectContaining({ code: 'plane-size' }),
    );
  });

  it('leave a plane without a known pixel as it is', () => {
    const plane = planeOf(9, 7, 2, 0, 1);
    const out = new Float32Array(plane.length);
    kernels.membrane(plane, new Uint8Array(plane.length).fill(1), 9, 7, out);
    expect(out).toEqual(plane);
  });
});
