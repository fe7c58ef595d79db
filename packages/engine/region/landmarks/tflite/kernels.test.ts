import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Activation,
  type DepthwiseCall,
  type Kernels,
  noActivation,
  packColumns,
  type WindowCall,
} from './kernels.ts';
import { createPlainKernels } from './plain-kernels.ts';
import { canRunWasmKernels, createWasmKernels } from './wasm-kernels.ts';

// The largest output starts at outAt: 9 × 9 pixels unfolded by 5 × 5 taps of 24 channels, 194,400 bytes.
const bytes = 5 * 65_536;
const [inAt, weightsAt, biasAt, slopeAt, residualAt, outAt] = [64, 40_000, 80_000, 82_000, 84_000, 120_000];

/** Both kernels over the same random contents. */
function pair(seed: number): { plain: Kernels; wasm: Kernels } {
  const plain = createPlainKernels(bytes);
  const wasm = createWasmKernels(bytes);
  let state = seed;
  for (let i = 0; i < plain.memory.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    plain.memory[i] = state / 2 ** 31 - 1;
  }
  wasm.memory.set(plain.memory);
  return { plain, wasm };
}

/** Largest difference anywhere in the two memories. */
function difference({ plain, wasm }: { plain: Kernels; wasm: Kernels }): number {
  let most = 0;
  for (let i = 0; i < plain.memory.length; i++)
    most = Math.max(most, Math.abs(plain.memory[i] - wasm.memory[i]));
  return most;
}

const seed = fc.integer({ min: 1, max: 2 ** 31 });
const channels = fc.integer({ min: 1, max: 6 }).map((groups) => 4 * groups);
const activation = fc
  .constantFrom<Activation['kind']>('none', 'relu', 'prelu', 'hard-swish')
  .map((kind): Activation => ({ kind, slopeAt }));

/** Windows with TensorFlow's SAME or VALID padding. */
const windowCall = fc
  .record({
    inHeightPx: fc.integer({ min: 1, max: 9 }),
    inWidthPx: fc.integer({ min: 1, max: 9 }),
    channels,
    filterHeight: fc.integer({ min: 1, max: 5 }),
    filterWidth: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 2 }),
    same: fc.boolean(),
  })
  .filter(
    ({ same, inHeightPx, inWidthPx, filterHeight, filterWidth }) =>
      same || (filterHeight <= inHeightPx && filterWidth <= inWidthPx),
  )
  .map(({ same, ...call }): WindowCall => {
    const out = (inPx: number, filter: number) =>
      same ? Math.ceil(inPx / call.stride) : Math.floor((inPx - filter) / call.stride) + 1;
    const pad = (inPx: number, outPx: number, filter: number) =>
      same ? Math.max(0, ((outPx - 1) * call.stride + filter - inPx) >> 1) : 0;
    const outHeightPx = out(call.inHeightPx, call.filterHeight);
    const outWidthPx = out(call.inWidthPx, call.filterWidth);
    return {
      ...call,
      inAt,
      outAt,
      outHeightPx,
      outWidthPx,
      padTop: pad(call.inHeightPx, outHeightPx, call.filterHeight),
      padLeft: pad(call.inWidthPx, outWidthPx, call.filterWidth),
    };
  });

describe('SIMD kernels do what the plain ones do', () => {
  it('run on this machine', () => expect(canRunWasmKernels()).toBe(true));

  it('multiply', () => {
    fc.assert(
      fc.property(
        seed,
        fc.integer({ min: 1, max: 11 }),
        fc.integer({ min: 1, max: 40 }),
        channels,
        activation,
        fc.boolean(),
        (seed, rows, depth, columns, activation, residual) => {
          const both = pair(seed);
          const call = {
            aAt: inAt,
            weightsAt,
            biasAt,
            outAt,
            residualAt: residual ? residualAt : 0,
            rows,
            depth,
            columns,
            activation,
          };
          both.plain.multiply(call);
          both.wasm.multiply(call);
          expect(difference(both)).toBeLessThan(1e-4);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('depthwise', () => {
    fc.assert(
      fc.property(seed, windowCall, activation, (seed, window, activation) => {
        const both = pair(seed);
        const call: DepthwiseCall = { ...window, weightsAt, biasAt, activation };
        both.plain.depthwise(call);
        both.wasm.depthwise(call);
        expect(difference(both)).toBeLessThan(1e-4);
      }),
      { numRuns: 100 },
    );
  });

  it('unfold and maxPool', () => {
    fc.assert(
      fc.property(seed, windowCall, (seed, call) => {
        for (const name of ['unfold', 'maxPool'] as const) {
          const both = pair(seed);
          both.plain[name](call);
          both.wasm[name](call);
          expect(difference(both)).toBeLessThan(1e-4);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('everything that goes pixel by pixel', () => {
    fc.assert(
      fc.property(
        seed,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        channels,
        activation,
        (seed, heightPx, widthPx, channels, activation) => {
          const pixels = heightPx * widthPx;
          const calls: ((kernels: Kernels) => void)[] = [
            (kernels) => kernels.meanPool(inAt, outAt, pixels, channels),
            (kernels) => kernels.add(inAt, residualAt, outAt, pixels, channels, activation),
            (kernels) => kernels.activate(inAt, outAt, pixels, channels, activation),
            (kernels) => kernels.scaleChannels(inAt, biasAt, outAt, pixels, channels),
            (kernels) => kernels.widen(inAt, outAt, pixels, channels, channels + 8),
            (kernels) => kernels.doubleSize(inAt, outAt, heightPx, widthPx, channels),
          ];
          for (const call of calls) {
            const both = pair(seed);
            call(both.plain);
            call(both.wasm);
            expect(difference(both)).toBeLessThan(1e-4);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('plain kernels', () => {
  it('unfold and multiply together are a convolution', () => {
    fc.assert(
      fc.property(seed, windowCall, (seed, window) => {
        const kernels = createPlainKernels(bytes);
        const columns = 4;
        const taps = window.filterHeight * window.filterWidth;
        const depth = taps * window.channels;
        let state = seed;
        const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 31 - 1;
        const input = Float32Array.from(
          { length: window.inHeightPx * window.inWidthPx * window.channels },
          random,
        );
        // [filterHeight][filterWidth][channels][column], the definition's own order.
        const filters = Float32Array.from({ length: depth * columns }, random);
        kernels.memory.set(input, inAt / 4);
        kernels.memory.set(packColumns(filters, depth, columns), weightsAt / 4);
        kernels.unfold(window);
        const resultAt = residualAt;
        kernels.multiply({
          aAt: outAt,
          weightsAt,
          biasAt,
          outAt: resultAt,
          residualAt: 0,
          rows: window.outHeightPx * window.outWidthPx,
          depth,
          columns,
          activation: noActivation,
        });
        for (let y = 0; y < window.outHeightPx; y++)
          for (let x = 0; x < window.outWidthPx; x++)
            for (let column = 0; column < columns; column++) {
              let sum = 0;
              for (let tap = 0; tap < taps; tap++) {
                const inY = y * window.stride - window.padTop + Math.floor(tap / window.filterWidth);
                const inX = x * window.stride - window.padLeft + (tap % window.filterWidth);
                if (inY < 0 || inX < 0 || inY >= window.inHeightPx || inX >= window.inWidthPx) continue;
                for (let c = 0; c < window.channels; c++)
                  sum +=
                    input[(inY * window.inWidthPx + inX) * window.channels + c] *
                    filters[(tap * window.channels + c) * columns + column];
              }
              const got = kernels.memory[resultAt / 4 + (y * window.outWidthPx + x) * columns + column];
              expect(got).toBeCloseTo(sum, 3);
            }
      }),
      { numRuns: 40 },
    );
  });

  it('a depthwise filter with one central 1 changes nothing', () => {
    const kernels = createPlainKernels(bytes);
    const [side, channels] = [5, 4];
    const input = Float32Array.from({ length: side * side * channels }, (_, i) => Math.sin(i));
    kernels.memory.set(input, inAt / 4);
    kernels.memory.fill(1, weightsAt / 4 + 4 * channels, weightsAt / 4 + 5 * channels);
    kernels.depthwise({
      inAt,
      outAt,
      inHeightPx: side,
      inWidthPx: side,
      outHeightPx: side,
      outWidthPx: side,
      channels,
      filterHeight: 3,
      filterWidth: 3,
      stride: 1,
      padTop: 1,
      padLeft: 1,
      weightsAt,
      biasAt,
      activation: noActivation,
    });
    expect(kernels.memory.slice(outAt / 4, outAt / 4 + input.length)).toEqual(input);
  });

  it('doubling keeps the mean and the range', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 36, maxLength: 36 }),
        (values) => {
          const kernels = createPlainKernels(bytes);
          kernels.memory.set(values, inAt / 4);
          kernels.doubleSize(inAt, outAt, 3, 3, 4);
          const out = kernels.memory.slice(outAt / 4, outAt / 4 + 4 * values.length);
          expect(Math.max(...out)).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
          expect(Math.min(...out)).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
          // Edges are repeated, so each input pixel spreads over exactly four output pixels' worth of weight.
          const mean = (list: ArrayLike<number>) => Array.from(list).reduce((a, b) => a + b, 0) / list.length;
          expect(mean(out)).toBeCloseTo(mean(values), 5);
        },
      ),
    );
  });
});
