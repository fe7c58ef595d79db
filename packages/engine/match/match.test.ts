import { describe, expect, it } from 'vitest';
import { colorimeter, labUnder } from '../light/index.ts';
import { exampleSkin, type Reading, reflectanceOf, skinGrid } from '../skin/index.ts';
import { type MatchRequest, matchPigments, samplePaints } from './index.ts';

const colour = (L: number, a: number, b: number): Reading => ({
  kind: 'lab',
  lab: { white: 'D65/10', L, a, b },
  instrument: 'sphere-sci',
});
const spectrumOf = (melaninFraction: number): Reading => ({
  kind: 'spectrum',
  reflectance01: reflectanceOf({ ...exampleSkin, melaninFraction }, undefined, 'fine'),
  instrument: 'sphere-sci',
});
const request: MatchRequest = {
  treatment: 'vitiligo',
  patch: spectrumOf(0),
  surround: spectrumOf(0.012),
  pigments: samplePaints,
};
const ask = async (changes: Partial<MatchRequest> = {}, seed = 1) => {
  const outcome = await matchPigments({ ...request, ...changes }, { seed });
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome;
};

describe('a match', () => {
  it('gives a recipe that beats the untreated patch, in whole drops, with intervals that hold their medians', async () => {
    const match = await ask();
    expect(match.recipe.parts.length).toBeGreaterThanOrEqual(2);
    expect(match.recipe.parts.reduce((sum, part) => sum + part.parts01, 0)).toBeCloseTo(1, 10);
    expect(match.recipe.parts.every(({ drops }) => Number.isInteger(drops) && drops > 0)).toBe(true);
    expect(match.recipe.worstDeltaE00OfDrops).toBeLessThan(
      Math.max(...match.untreated.map((u) => u.deltaE00)) / 2,
    );
    expect(match.predicted).toHaveLength(15);
    for (const { deltaE00, lab, interval90 } of match.predicted) {
      expect(deltaE00.low90).toBeLessThanOrEqual(deltaE00.expected);
      expect(deltaE00.expected).toBeLessThanOrEqual(deltaE00.high90);
      expect(interval90.low.L).toBeLessThanOrEqual(lab.L);
      expect(lab.L).toBeLessThanOrEqual(interval90.high.L);
    }
    expect(match.verdict.tolerable).toBe(true);
    expect(match.firstDose.fraction01).toBeGreaterThan(0);
    expect(match.firstDose.fraction01).toBeLessThanOrEqual(1);
  });

  it('gives no dose where no mixture comes near the surround, and none where there is nothing to match', async () => {
    const [light, dark] = [colour(72, 8, 16), colour(25, 6, 8)];
    for (const [patch, surround] of [
      [light, dark],
      [dark, light],
    ] as const) {
      const { verdict, firstDose } = await ask({ patch, surround });
      expect(verdict.tolerable).toBe(false);
      expect(firstDose.fraction01).toBe(0);
      expect(firstDose.message).toMatch(/^Give no dose/);
    }
    const { firstDose } = await ask({ patch: light, surround: light });
    expect(firstDose.fraction01).toBe(0);
    expect(firstDose.message).toMatch(/^No pigment is needed/);
  });

  it('is the same to the last byte for the same seed', async () => {
    const [one, two] = [await ask({}, 5), await ask({}, 5)];
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
  });

  it('fades towards the bare patch: later states are lighter than week 6', async () => {
    const { predicted } = await ask();
    const lightness = (state: string) =>
      predicted.find((p) => p.state === state && p.illuminant === 'D65')?.lab.L ?? 0;
    expect(lightness('day0')).toBeLessThan(lightness('week6'));
    expect(lightness('week6')).toBeLessThan(lightness('month12'));
    expect(lightness('month12')).toBeLessThan(lightness('month24'));
  });

  it('learns from a healed spot: the range narrows', async () => {
    const before = await ask();
    const healed = before.predicted.find((p) => p.state === 'week6' && p.illuminant === 'D65');
    if (!healed) throw new Error('no prediction');
    const after = await ask({
      spots: [
        {
          doses: before.recipe.doseOfDrops,
          reading: { kind: 'lab', lab: healed.lab, instrument: 'sphere-sci' },
        },
      ],
    });
    expect(after.learned.spots).toBe(1);
    const width = (m: typeof before) => m.recipe.spread.high90 - m.recipe.spread.low90;
    expect(width(after)).toBeLessThan(0.8 * width(before));
  });

  it('calls a dark surround on bare skin out of reach, says why, and warns that little data supports it', async () => {
    const match = await ask({ surround: colour(32, 12, 14), patch: colour(70, 6, 11) });
    expect(match.verdict.band).toBe('out-of-reach');
    expect(['depth', 'darkness', 'palette']).toContain(match.verdict.cause);
    expect(match.verdict.bestDeltaE00).toBeGreaterThan(3);
    expect(match.warnings.map(({ code }) => code)).toContain('dark-skin-little-data');
  });

  it('finds nothing to do where nothing differs', async () => {
    const match = await ask({ surround: request.patch });
    expect(match.recipe.worstDeltaE00).toBeLessThan(0.5);
    expect(match.warnings.map(({ code }) => code)).toContain('little-to-gain');
  });

  it('says that a surround lighter than the patch cannot be matched', async () => {
    const match = await ask({ surround: colour(85, 2, 8), patch: colour(60, 12, 16) });
    expect(match.verdict.cause).toBe('lightness');
  });

  it('avoids titanium dioxide on lips where it can', async () => {
    const match = await ask({ treatment: 'lip' });
    expect(match.recipe.parts.map(({ pigment }) => pigment)).not.toContain('white');
  });

  it('leaves out the blocklist and says so', async () => {
    const cinnabar = { ...samplePaints.pigments[2], id: 'cinnabar', name: 'cinnabar', ciNumber: '77766' };
    const pigments = { ...samplePaints, pigments: [...samplePaints.pigments, cinnabar] };
    const match = await ask({ pigments });
    expect(match.recipe.parts.map(({ pigment }) => pigment)).not.toContain('cinnabar');
    expect(match.warnings.map(({ code }) => code)).toContain('pigment-refused');
    const named = await matchPigments({ ...request, pigments, only: ['cinnabar', 'black'] }, { seed: 1 });
    expect(named).toMatchObject({ ok: false, reason: 'blocked-pigment' });
  });

  it('reports every step and stops when asked', async () => {
    const steps = new Set<string>();
    const controller = new AbortController();
    const stopped = matchPigments(request, {
      seed: 1,
      signal: controller.signal,
      onProgress: (_, step) => {
        steps.add(step);
        if (step === 'search') controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect([...steps]).toEqual(expect.arrayContaining(['fit', 'table', 'search']));
  });
});

describe('a request that cannot be answered', () => {
  const values = labUnder(colorimeter('D65/10', skinGrid), new Float64Array(skinGrid.count).fill(0.5));
  it.each<[string, Partial<MatchRequest>, string]>([
    ['an impossible colour', { patch: colour(120, 0, 0) }, 'impossible-lab'],
    ['a colour no skin has', { patch: colour(50, -90, 0) }, 'impossible-lab'],
    [
      'two instruments',
      { surround: { kind: 'lab', lab: values, instrument: 'camera' } },
      'mixed-instruments',
    ],
    ['an unknown pigment', { only: ['white', 'vermilion'] }, 'unknown-pigment'],
    ['one pigment', { only: ['white'] }, 'too-few-pigments'],
    [
      'a layer without thickness',
      { geometry: { epidermisUm: 0, clearDermisUm: 70, pigmentLayerUm: 300 } },
      'impossible-geometry',
    ],
    ['a spot without dose', { spots: [{ doses: {}, reading: spectrumOf(0.01) }] }, 'impossible-dose'],
    [
      'percent for fraction',
      {
        patch: {
          kind: 'spectrum',
          reflectance01: { startNm: 400, stepNm: 10, values: new Float64Array(31).fill(55) },
          instrument: 'sphere-sci',
        },
      },
      'impossible-spectrum',
    ],
  ])('is refused: %s', async (_, changes, reason) => {
    expect(await matchPigments({ ...request, ...changes }, { seed: 1 })).toMatchObject({ ok: false, reason });
  });
});
