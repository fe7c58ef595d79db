import { describe, expect, it } from 'vitest';
import { pigmentClassOf } from './assumptions.ts';
import { miePigments, whiteScatteringInPaint } from './mie-pigments.ts';
import { pigmentRules } from './pigment.ts';
import { samplePaints } from './sample-pigments.ts';

const find = (id: string) => {
  const pigment = samplePaints.pigments.find((p) => p.id === id);
  if (!pigment) throw new Error(id);
  return pigment;
};

describe('rules for pigments', () => {
  it.each(['77766', '77199'])('refuse CI %s in every treatment', (ciNumber) => {
    for (const treatment of ['vitiligo', 'lip', 'scalp'] as const) {
      const rules = pigmentRules({ ciNumber, isWhiteOpacifier: false }, treatment);
      expect(rules.some(({ effect }) => effect === 'refuse')).toBe(true);
    }
  });

  it('avoid white opacifiers on lips and scalp, named or not, and nowhere else', () => {
    const effects = (treatment: 'vitiligo' | 'lip' | 'scalp') =>
      pigmentRules({ isWhiteOpacifier: true }, treatment).map(({ effect }) => effect);
    expect(effects('lip')).toContain('avoid');
    expect(effects('scalp')).toContain('avoid');
    expect(effects('vitiligo')).not.toContain('avoid');
  });

  it('carry a source and say that nobody has reviewed them', () => {
    for (const rule of pigmentRules(find('white'), 'lip')) {
      expect(rule.source.length).toBeGreaterThan(10);
      expect(rule.review).toBe('unreviewed');
    }
  });
});

describe('pigments', () => {
  it('have coefficients of 0 or more at every band, measured or computed', () => {
    for (const { K, S } of [...samplePaints.pigments, ...miePigments().pigments]) {
      expect([...K, ...S].every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      expect(K).toHaveLength(31);
      expect(S).toHaveLength(31);
    }
  });

  it('fade in the class their absorption shows', () => {
    expect(pigmentClassOf(find('white'))).toBe('white');
    expect(pigmentClassOf(find('yellow-oxide'))).toBe('yellow');
    expect(pigmentClassOf(find('warm-yellow'))).toBe('yellow');
    expect(pigmentClassOf(find('red-oxide'))).toBe('red');
    expect(pigmentClassOf(find('black'))).toBe('black');
    expect(pigmentClassOf(find('magenta'))).toBe('red');
  });

  it('computed from optical constants have the order of colours of the minerals', () => {
    const ratio = (id: string, from: number, to: number) => {
      const pigment = miePigments().pigments.find((p) => p.id === id);
      const mean = (a: number, b: number) =>
        (pigment?.K.slice(a, b).reduce((s, v) => s + v, 0) ?? 0) / (b - a);
      return mean(from, from + 4) / mean(to, to + 4);
    };
    expect(ratio('yellow-iron-oxide', 2, 25)).toBeGreaterThan(4);
    expect(ratio('red-iron-oxide', 12, 25)).toBeGreaterThan(2);
    expect(ratio('carbon-black', 2, 25)).toBeLessThan(3);
  });

  it('white paint scatters evenly over the visible, most in the blue-green', () => {
    const shape = whiteScatteringInPaint();
    expect(shape[15]).toBeCloseTo(1, 12);
    expect(Math.min(...shape)).toBeGreaterThan(0.7);
    expect(Math.max(...shape)).toBeLessThan(1.15);
  });
});
