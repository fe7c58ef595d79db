import { describe, expect, it } from 'vitest';
import { createPixelKernels } from '../kernels/index.ts';
import { seededRandom } from '../simulator/random.ts';
import { grainFor } from './grain.ts';

const side = 160;
const spot = (p: number): boolean => Math.hypot((p % side) - 80, Math.floor(p / side) - 80) < 40;
const places = Array.from({ length: side * side }, (_, p) => p);
const filled = Uint8Array.from(places, (p) => (spot(p) ? 1 : 0));
const known = filled.map((is) => 1 - is);
const kernels = createPixelKernels();
const powerOf = (plane: Float32Array, of: Uint8Array): number => {
  const values = plane.filter((_, p) => of[p] === 1);
  return values.reduce((sum, v) => sum + v * v, 0) / values.length;
};

/** Even skin of some grain (standard deviation 0.05 in ln) round a smooth spot; a hair runs across it. */
const random = seededRandom(5);
const skin = Float32Array.from(places, (p) => -2 + (spot(p) ? 0 : 0.05 * random.normal()));
for (let y = 0; y < side; y++) if (known[y * side + 20] === 1) skin[y * side + 20] = -5;

describe('texture of what was filled', () => {
  const grain = grainFor(skin, filled, known, side, side, kernels);

  it('lies on what was filled alone, and is the same each time', () => {
    expect(grain.every((value, p) => filled[p] === 1 || value === 0)).toBe(true);
    expect(grainFor(skin, filled, known, side, side, kernels)).toEqual(grain);
  });

  it('has a quarter of the power of the skin near by, without its hairs', () => {
    // The smoothest third of pieces of 256 independent pixels lies up to a tenth below the mean; 5,000 pixels of copies
    // from some sixty pieces scatter by another tenth.
    const share = powerOf(grain, filled) / 0.05 ** 2;
    expect(share).toBeGreaterThan(0.25 * 0.75);
    expect(share).toBeLessThan(0.25 * 1.15);
    expect(grain.every((value) => Math.abs(value) < 0.3)).toBe(true);
  });

  it('is none where no skin is known', () => {
    const none = new Uint8Array(side * side);
    expect(grainFor(skin, filled, none, side, side, kernels).every((value) => value === 0)).toBe(true);
  });
});
