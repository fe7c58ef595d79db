import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BoxOptions,
  landmarksToTransform,
  transformFeatures,
  transformPoints,
} from './attention-operators.ts';

const options: BoxOptions = {
  left: 0,
  right: 1,
  targetRadians: 0,
  outHeight: 16,
  outWidth: 16,
  scaleX: 1.5,
  scaleY: 1.5,
  subset: [0, 1, 2, 3],
};

/** A level box 40 wide and 20 high about (cx, cy), turned: left end, right end, top, bottom. */
function points(cx: number, cy: number, radians: number): Float32Array {
  const corners = [
    [-20, 0],
    [20, 0],
    [0, -10],
    [0, 10],
  ];
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return Float32Array.from(
    corners.flatMap(([x = 0, y = 0]) => [cx + x * cos - y * sin, cy + x * sin + y * cos, 7]),
  );
}

function through(matrix: Float32Array, x: number, y: number): number[] {
  const out = new Float32Array(2);
  transformPoints(Float32Array.from([x, y]), matrix, out);
  return [...out];
}

describe('attention operators', () => {
  it('the box round a turned feature turns with it and is one and a half times as large', () => {
    fc.assert(
      fc.property(
        fc.float({ min: -50, max: 50, noNaN: true }),
        fc.float({ min: -50, max: 50, noNaN: true }),
        fc.float({ min: Math.fround(-1.5), max: 1.5, noNaN: true }),
        (cx, cy, radians) => {
          const matrix = new Float32Array(16);
          landmarksToTransform(points(cx, cy, radians), options, matrix);
          const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
          const expected = (u: number, v: number) => [cx + u * cos - v * sin, cy + u * sin + v * cos];
          for (const [gridX, gridY, u, v] of [
            [8, 8, 0, 0],
            [0, 0, -30, -15],
            [16, 0, 30, -15],
            [16, 16, 30, 15],
          ] as const) {
            const [x = 0, y = 0] = through(matrix, gridX, gridY);
            const [wantX = 0, wantY = 0] = expected(u, v);
            expect(x).toBeCloseTo(wantX, 3);
            expect(y).toBeCloseTo(wantY, 3);
          }
        },
      ),
    );
  });

  it('features under the identity stay as they are; under a shift of whole pixels they shift', () => {
    const values = Float32Array.from({ length: 6 * 5 * 4 }, (_, i) => Math.cos(3 * i));
    const input = { heightPx: 6, widthPx: 5, channels: 4, values };
    const same = { ...input, values: new Float32Array(values.length) };
    const identity = Float32Array.from([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
    transformFeatures(input, identity, same);
    expect(same.values).toEqual(values);

    const shifted = { heightPx: 2, widthPx: 2, channels: 4, values: new Float32Array(16) };
    const shift = Float32Array.from([1, 0, 0, 2, 0, 1, 0, 3, 0, 0, 1, 0, 0, 0, 0, 1]);
    transformFeatures(input, shift, shifted);
    for (let y = 0; y < 2; y++)
      for (let x = 0; x < 2; x++)
        for (let c = 0; c < 4; c++)
          expect(shifted.values[(y * 2 + x) * 4 + c]).toBe(values[((y + 3) * 5 + x + 2) * 4 + c]);
  });

  it('features from outside the input are 0', () => {
    const input = { heightPx: 3, widthPx: 3, channels: 4, values: new Float32Array(36).fill(1) };
    const out = { heightPx: 3, widthPx: 3, channels: 4, values: new Float32Array(36).fill(9) };
    const away = Float32Array.from([1, 0, 0, 50, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
    transformFeatures(input, away, out);
    expect(out.values).toEqual(new Float32Array(36));
  });
});
