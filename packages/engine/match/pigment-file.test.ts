import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aboveSurface, filmReflectance, opaqueReflectance, paintSurface } from './kubelka-munk.ts';
import { whiteScatteringInPaint } from './mie-pigments.ts';
import { nominalLayerUm } from './pigment.ts';
import { parsePigments, pigmentDocument, pigmentsFromDrawdowns } from './pigment-file.ts';
import { samplePaints } from './sample-pigments.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/pigments/${name}`, import.meta.url), 'utf8');
const nm = Array.from({ length: 37 }, (_, i) => 370 + 10 * i);
const csv = (columns: Readonly<Record<string, (nm: number) => number>>) =>
  [
    ['wavelength_nm', ...Object.keys(columns)].join(','),
    ...nm.map((w) => [w, ...Object.values(columns).map((f) => f(w))].join(',')),
  ].join('\n');

/** An invented red: absorbs below 580 nm. */
const redK = (w: number) => 3 / (1 + Math.exp((w - 580) / 12)) + 0.05;
const redS = (w: number) => 0.4 + 0.0005 * (w - 550);

describe('sets of pigments', () => {
  it('survive being written and read', () => {
    const result = parsePigments(JSON.stringify(pigmentDocument(samplePaints)));
    expect(result.ok && result.set).toEqual(samplePaints);
  });

  it('the sample file is the sample set', () => {
    const result = parsePigments(fixture('sample-pigments.json'));
    expect(result.ok && result.set).toEqual(samplePaints);
  });

  it('the sample set follows from the measured paints', () => {
    const derived = parsePigments(fixture('paint_kimera_masstone_tint.csv'));
    expect(derived.ok).toBe(true);
    for (const pigment of samplePaints.pigments) {
      const own = derived.ok ? derived.set.pigments.find(({ id }) => id === pigment.id) : undefined;
      pigment.K.forEach((value, i) => expect(own?.K[i]).toBeCloseTo(value, 4));
    }
  });

  it.each([
    ['{', 'the file'],
    ['{"format":"other"}', 'format'],
    ['{"format":"undertone/pigments","version":2}', 'version'],
    ['{"format":"undertone/pigments","version":1,"grid":{"startNm":450,"stepNm":10,"count":20}}', 'grid'],
  ])('refuse %s, naming what is wrong', (text, field) => {
    const result = parsePigments(text);
    expect(result.ok).toBe(false);
    expect(!result.ok && result.field).toBe(field);
  });

  it('name the pigment and the number that is wrong', () => {
    const document = pigmentDocument(samplePaints);
    const broken = structuredClone(document) as { pigments: { K: number[] }[] };
    broken.pigments[1].K[3] = -1;
    const result = parsePigments(JSON.stringify(broken));
    expect(!result.ok && result.field).toBe('pigments[1].K[3]');
  });
});

describe('drawdowns', () => {
  const whiteS = whiteScatteringInPaint();
  const sWhite = (w: number) => whiteS[Math.min(Math.max(Math.round((w - 400) / 10), 0), 30)];
  const kWhite = () => 0.002;
  const opaque = (k: number, s: number) => aboveSurface(opaqueReflectance(k / s), paintSurface);

  it('give back the K and S that a masstone and a tint were made of', () => {
    const c = 0.4;
    const table = csv({
      'masstone|white|rep1': (w) => opaque(kWhite(), sWhite(w)),
      'masstone|red|rep1': (w) => opaque(redK(w), redS(w)),
      'mix_by_mass|red:0.4+white:1|rep1': (w) => opaque(c * redK(w) + kWhite(), c * redS(w) + sWhite(w)),
    });
    const result = pigmentsFromDrawdowns(table, {});
    const red = result.ok ? result.set.pigments.find(({ id }) => id === 'red') : undefined;
    for (const w of [430, 500, 550, 650]) {
      const i = (w - 400) / 10;
      expect((red?.K[i] ?? 0) / redK(w)).toBeCloseTo(1, 1);
      expect((red?.S[i] ?? 0) / redS(w)).toBeCloseTo(1, 1);
    }
  });

  it('give back the K and S of a film over black and white, per mg/cm²', () => {
    const load = 0.5;
    const film = (w: number, backing: number) =>
      aboveSurface(filmReflectance(redK(w) * load, redS(w) * load, backing), paintSurface);
    const table = csv({
      'backing|black|rep1': () => aboveSurface(0.03, paintSurface),
      'backing|white|rep1': () => aboveSurface(0.85, paintSurface),
      'film|red:0.5|black|rep1': (w) => film(w, 0.03),
      'film|red:0.5|white|rep1': (w) => film(w, 0.85),
    });
    const result = pigmentsFromDrawdowns(table, {});
    const red = result.ok ? result.set.pigments[0] : undefined;
    const perCm = 1 / (nominalLayerUm * 1e-4);
    // The 10 nm band average bends the reflectance a little where the absorption edge is steep.
    for (const w of [430, 500, 640, 690]) {
      expect((red?.K[(w - 400) / 10] ?? 0) / (redK(w) * perCm)).toBeCloseTo(1, 1);
      expect((red?.S[(w - 400) / 10] ?? 0) / (redS(w) * perCm)).toBeCloseTo(1, 1);
    }
  });

  it.each([
    ['percent', 'masstone|white|rep1', () => 85, 'row 2, column "masstone|white|rep1"'],
    ['a wrong column', 'red', () => 0.5, 'column "red"'],
    [
      'a gap',
      'masstone|white|rep1',
      (w: number) => (w === 500 ? Number.NaN : 0.5),
      'row 15, column "masstone|white|rep1"',
    ],
  ])('refuse %s by row and column', (_, label, values, field) => {
    const result = pigmentsFromDrawdowns(csv({ [label]: values }), {});
    expect(!result.ok && result.field).toBe(field);
  });

  it('say when replicates differ and when a tint is hardly a tint', () => {
    const table = csv({
      'masstone|white|rep1': () => 0.9,
      'masstone|red|rep1': (w) => opaque(redK(w), redS(w)),
      'masstone|red|rep2': (w) => opaque(redK(w), redS(w)) + 0.08,
      'mix_by_mass|red:10+white:1|rep1': (w) => opaque(10 * redK(w), 10 * redS(w) + 1),
    });
    const result = pigmentsFromDrawdowns(table, {});
    const codes = result.ok
      ? (result.derived ?? []).flatMap(({ checks }) => checks.map(({ code }) => code))
      : [];
    expect(codes).toContain('replicates-differ');
    expect(codes).toContain('tint-too-strong');
  });
});
