import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPixelKernels, type PixelKernels } from './index.ts';
import { canRunWasmPixelKernels } from './wasm-pixel-kernels.ts';

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
