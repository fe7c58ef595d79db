import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labOf } from '../light/index.ts';
import { parseDrawdowns } from './drawdown-table.ts';
import { drawdownReflectance, parsePigments, samplePaints } from './index.ts';

const paints = readFileSync(
  new URL('../fixtures/pigments/paint_kimera_masstone_tint.csv', import.meta.url),
  'utf8',
);
const table = parseDrawdowns(paints);
const derived = parsePigments(paints);
const anyPaint = fc.constantFrom(...samplePaints.pigments);
const doses = fc.double({ min: 0.01, max: 100, noNaN: true });

describe('the colour of a drawdown', () => {
  it('gives back the masstones that K and S came from, within 0.02 in reflectance', () => {
    if (!table.ok || !derived.ok) throw new Error('the fixture is read');
    for (const pigment of derived.set.pigments) {
      const columns = table.columns.filter((c) => c.kind === 'masstone' && c.name === pigment.name);
      const again = drawdownReflectance([{ pigment, dose: 1 }]).values;
      for (const [i, value] of again.entries()) {
        const mean = columns.reduce((sum, c) => sum + (c.reflectance01.values[i] ?? 0), 0) / columns.length;
        expect(Math.abs(value - mean), `${pigment.name} at ${400 + 10 * i} nm`).toBeLessThan(0.02);
      }
    }
  });

  it('depends on the ratio of doses and not on their order', () => {
    fc.assert(
      fc.property(anyPaint, anyPaint, doses, doses, (a, b, doseA, doseB) => {
        const parts = [
          { pigment: a, dose: doseA },
          { pigment: b, dose: doseB },
        ];
        const mixed = drawdownReflectance(parts).values;
        const turned = drawdownReflectance(
          parts.toReversed().map((p) => ({ ...p, dose: 7 * p.dose })),
        ).values;
        for (const [i, value] of mixed.entries()) expect(turned[i]).toBeCloseTo(value, 10);
      }),
    );
  });

  it('is lighter with more white', () => {
    const white = samplePaints.pigments.find((p) => p.isWhiteOpacifier);
    if (!white) throw new Error('the sample set has white');
    for (const pigment of samplePaints.pigments.filter((p) => p !== white)) {
      const lightness = [0.1, 1, 10].map(
        (dose) =>
          labOf(
            drawdownReflectance([
              { pigment, dose: 1 },
              { pigment: white, dose },
            ]),
            'D65/10',
          ).L,
      );
      expect(lightness.toSorted((a, b) => a - b)).toEqual(lightness);
    }
  });
});
