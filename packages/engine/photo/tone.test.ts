import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lightOn10nm, rawRgb, simulatedCameras } from '../simulator/camera.ts';
import { channelOf } from './sensitivity.ts';
import { channelPriors } from './tables/channels.ts';
import { colorChecker24Reflectance } from './tables/colorchecker24.ts';
import { skinReflectance } from './tables/skins.ts';
import { type SeenGrey, straightened, toneBend, toneOf } from './tone.ts';

const levels = [0.9, 0.59, 0.36, 0.2, 0.09, 0.031];
const seenBy = (curve: (light: number) => number): SeenGrey[] =>
  levels.map((reflectance01) => {
    const value = curve(reflectance01);
    return { reflectance01, linear: [value, value, value] };
  });

describe('tones a camera bent', () => {
  it('are undone where they are a power, at any exposure and tint, within the greys and a little beyond', () => {
    const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(between(1.15, 1.8), between(0.3, 1), between(0.02, 1), (power, exposure, light) => {
        const curve = (v: number) => (exposure * v) ** power;
        const tone = toneOf(seenBy(curve));
        if (!tone) throw new Error('a power of 1.15 is no straight line');
        const value = curve(light);
        const [red, green, blue] = straightened(tone, [value, value, value]);
        expect(Math.abs(green / light - 1)).toBeLessThan(1e-4);
        expect([red, blue]).toEqual([green, green]);
      }),
    );
  });

  it('are left alone where greys are straight, too few, or turn back', () => {
    expect(toneBend(seenBy((v) => 0.4 * v))).toBeLessThan(1e-9);
    expect(toneOf(seenBy((v) => 0.4 * v))).toBeUndefined();
    expect(toneOf(seenBy((v) => v ** 1.5).slice(0, 4))).toBeUndefined();
    const backwards = seenBy((v) => 1 - 0.9 * v);
    expect(toneOf(backwards)).toBeUndefined();
  });

  it('keep their order', () => {
    const tone = toneOf(seenBy((v) => v ** 1.4 * (1.2 - 0.2 * v)));
    if (!tone) throw new Error('bent');
    let before = 0;
    for (let v = 0; v <= 1.2; v += 0.01) {
      const [now] = straightened(tone, [v, v, v]);
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
  });
});

describe('a channel seen through the chart', () => {
  it('answers to skin as the camera does, within half a percent in 95 of 100, under any light', () => {
    const off: number[] = [];
    for (const camera of simulatedCameras.filter((_, n) => n % 4 === 0)) {
      for (const light of ['D65', 'LED-B3', 'A', 'FL11'] as const) {
        const power = lightOn10nm(light);
        const patches = colorChecker24Reflectance.map((r) => rawRgb(camera, power, r));
        const white = patches[18] ?? [1, 1, 1];
        for (const c of [0, 1, 2] as const) {
          const answers = patches.map((rgb) => rgb[c] / white[c]);
          const prior = channelPriors[c];
          const channel = prior && channelOf(prior, colorChecker24Reflectance, answers, 0.003);
          if (!channel) throw new Error('solvable');
          for (const skin of skinReflectance) {
            const ours = channel.reduce((sum, v, k) => sum + v * (skin[k] ?? 0), 0);
            off.push(Math.abs((ours * white[c]) / rawRgb(camera, power, skin)[c] - 1));
          }
        }
      }
    }
    off.sort((a, b) => a - b);
    expect(off[Math.floor(0.95 * off.length)]).toBeLessThan(0.005);
  });

  it('is what is usual where nothing was measured', () => {
    const [prior] = channelPriors;
    if (!prior) throw new Error('three channels');
    const channel = channelOf(prior, [], [], 0.003);
    channel?.forEach((v, k) => expect(v).toBeCloseTo(prior.mean[k] ?? 0, 12));
  });
});
