import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const css = await readFile(new URL('./styles/tokens.css', import.meta.url), 'utf8');
const declared = new Map(
  [...css.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.trim()]),
);

/** Relative luminance Y of an sRGB colour, 0..1 (IEC 61966-2-1; the same as in WCAG 2). */
function luminance01(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** CIELAB lightness (CIE 15) of a relative luminance. */
const lightness = (y01: number) => (y01 > 216 / 24389 ? 116 * Math.cbrt(y01) - 16 : (y01 * 24389) / 27);

function contrast(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance01(a), luminance01(b)].sort((p, q) => q - p);
  return (lighter + 0.05) / (darker + 0.05);
}

function colourOf(name: string, theme: 'light' | 'dark'): string {
  const value = declared.get(name) ?? '';
  const both = /^light-dark\((.+),\s*(.+)\)$/.exec(value);
  const chosen = both ? both[theme === 'light' ? 1 : 2] : value;
  const reference = /^var\(--([\w-]+)\)$/.exec(chosen?.trim() ?? '');
  return reference?.[1] ? colourOf(reference[1], theme) : (chosen?.trim() ?? '');
}

describe('the greys', () => {
  const greys = [...declared].filter(([name]) => /^l\d+$/.test(name));

  it('are neutral, and as light as their names say', () => {
    expect(greys.length).toBeGreaterThan(20);
    const wrong = greys.filter(([name, hex]) => {
      const isNeutral = hex.slice(1, 3) === hex.slice(3, 5) && hex.slice(3, 5) === hex.slice(5, 7);
      return !isNeutral || Math.abs(lightness(luminance01(hex)) - Number(name.slice(1))) >= 0.5;
    });
    expect(wrong).toEqual([]);
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const grounds = ['canvas', 'surface', 'raised', 'hover', 'sunken'];

  it.each(['text', 'text-soft', 'nil', 'nil-strong', 'oxide', 'ochre', 'verdigris'])(
    '%s can be read on every ground (4.5 : 1)',
    (ink) => {
      expect(
        grounds.filter((ground) => contrast(colourOf(ink, theme), colourOf(ground, theme)) < 4.5),
      ).toEqual([]);
    },
  );

  it('words on filled buttons can be read (4.5 : 1)', () => {
    expect(contrast(colourOf('on-nil', theme), colourOf('nil', theme))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colourOf('on-nil', theme), colourOf('nil-strong', theme))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colourOf('on-oxide', theme), colourOf('oxide', theme))).toBeGreaterThanOrEqual(4.5);
  });

  it('edges of controls can be seen on every ground (3 : 1)', () => {
    expect(
      grounds.filter((ground) => contrast(colourOf('edge', theme), colourOf(ground, theme)) < 3),
    ).toEqual([]);
  });
});
