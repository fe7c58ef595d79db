import { describe, expect, it } from 'vitest';
import { measureHead } from '../bench/scalps.ts';
import { seededRandom } from './random.ts';
import { simulateScalp } from './scalp.ts';

describe('scalps of known shape', () => {
  const heads = Array.from({ length: 6 }, (_, i) => {
    const random = seededRandom(760_000 + i);
    const scene = simulateScalp({
      tone: 'brown',
      assumption: i % 2 === 0 ? 'layered' : 'added',
      random,
      hairLengthMm: i < 3 ? 1 : 15,
    });
    return { scene, measured: measureHead(scene, random) };
  });

  it('hold more skin than the picture shows, and their bare zone lies within the head', () => {
    for (const { scene, measured } of heads) {
      expect(measured.flat).toBeLessThan(0.95);
      expect(scene.bareCm2).toBeGreaterThan(20);
      expect(scene.bare.alpha.every((a, p) => a <= scene.silhouette.alpha[p])).toBe(true);
    }
  });

  it('are measured within a quarter of their true area, and the middle of them within a tenth', () => {
    const errors = heads.map(({ measured }) => Math.abs(measured.curved - 1)).sort((a, b) => a - b);
    expect(errors.at(-1)).toBeLessThan(0.25);
    expect(errors[errors.length >> 1]).toBeLessThan(0.1);
  });

  it('take as many dots as the area found asks for', () => {
    for (const { measured } of heads)
      expect(Math.abs(measured.dots / measured.curved - 1)).toBeLessThan(0.02);
  });
});
