import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { samplePaints } from '../match/index.ts';
import { createMask, type Mask, type Picture } from '../photo/index.ts';
import type { HeadModel } from '../region/index.ts';
import { simulatePatch } from '../simulator/patch.ts';
import { seededRandom } from '../simulator/random.ts';
import { maskOfRuns, maskRuns } from './document.ts';
import { previewOf } from './healing.ts';
import { makePlan, type PlanInput, type PlanResult, scalpProfile } from './make-plan.ts';
import { readingOf } from './readings.ts';

const photo = (name: string) => new URL(`../fixtures/photos/${name}`, import.meta.url).pathname;

async function pictureOf(name: string): Promise<Picture> {
  const { data, info } = await sharp(photo(name))
    .removeAlpha()
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, rgba: new Uint8ClampedArray(data) };
}

const cheek = { x: 400, y: 400, widthPx: 140, heightPx: 140 };

async function made(input: PlanInput): Promise<PlanResult> {
  const outcome = await makePlan(input);
  if (!outcome.ok) throw new Error(`${outcome.reason}: ${outcome.message}`);
  return outcome;
}

describe('a plan of a patch', () => {
  let input: PlanInput;
  let plan: PlanResult;
  beforeAll(async () => {
    const original = await pictureOf('cc0-049-woman-smile.jpg');
    const patch = simulatePatch(original, cheek, {
      strength: 0.3,
      chromophores: 'steep',
      random: seededRandom(3),
    });
    input = {
      treatment: 'vitiligo',
      photo: { picture: patch.picture, sha256: 'a'.repeat(64), name: 'patch.jpg' },
      region: { mask: patch.mask, source: 'mask' },
      scale: { mmPerPx: 0.2, relativeSd: 0.02, from: 'test' },
      site: 'face',
      pigments: samplePaints,
      seed: 5,
    };
    plan = await made(input);
  }, 120_000);

  it('is the same document from the same input, and from what the document holds', async () => {
    const { inputs } = plan.document;
    const again = await made({
      ...input,
      region: {
        ...input.region,
        mask: {
          widthPx: inputs.photo.widthPx,
          heightPx: inputs.photo.heightPx,
          alpha: maskOfRuns(inputs.region.maskRuns, inputs.photo.widthPx * inputs.photo.heightPx),
        },
      },
      seed: inputs.seed,
      site: inputs.site,
    });
    expect(JSON.stringify(again.document)).toBe(JSON.stringify(plan.document));
    expect(again.mapSvg).toBe(plan.mapSvg);
  }, 120_000);

  it('states area, dots, sessions and time that agree with each other', () => {
    const { region, dots, sessions } = plan.document;
    const sum = input.region.mask.alpha.reduce((total, a) => total + a / 255, 0);
    expect(region.areaCm2).toBeCloseTo((sum * 0.2 ** 2) / 100, 3);
    expect(dots.count).toBe(plan.dots.count);
    expect(sessions.reduce((total, s) => total + (s.dots ?? 0), 0)).toBe(dots.count);
    expect(plan.mapSvg.match(/<circle /g)).toHaveLength(plan.dots.count);
  });

  it('matches the skin across the border, not the shading of skin far away', () => {
    const { samples } = plan.document;
    if (samples.used?.surround.kind !== 'lab' || samples.used.patch.kind !== 'lab')
      throw new Error('no colours');
    expect(samples.used.from).toBe('photo');
    expect(samples.used.patch.lab.L).toBeGreaterThan(samples.used.surround.lab.L);
    expect(samples.difference?.lnLinearRgb.every((rise) => rise > 0)).toBe(true);
  });

  it('predicts a range in every state, lighter above darker', () => {
    const at = (state: string, range: string) => {
      const found = plan.document.previews.find((p) => p.state === state && p.range === range);
      if (!found) throw new Error(`no ${state} ${range}`);
      return found.relativeRgb[1];
    };
    for (const state of ['day0', 'week6', 'month12']) {
      expect(at(state, 'light')).toBeGreaterThan(at(state, 'expected'));
      expect(at(state, 'expected')).toBeGreaterThan(at(state, 'dark'));
    }
    const day0 = previewOf(plan, 'day0');
    const week6 = previewOf(plan, 'week6');
    if (!day0 || !week6) throw new Error('no pictures');
    const mean = (picture: Picture, c: number) => {
      let sum = 0;
      let weight = 0;
      input.region.mask.alpha.forEach((a, p) => {
        sum += a * picture.rgba[p * 4 + c];
        weight += a;
      });
      return sum / weight;
    };
    // Day 0 is redder: green and blue fall behind red.
    expect(mean(day0, 1) / mean(day0, 0)).toBeLessThan(mean(week6, 1) / mean(week6, 0));
  });

  it('says what it rests on, and promises nothing', () => {
    const codes = plan.document.warnings.map((w) => w.code);
    expect(codes).toEqual(
      expect.arrayContaining(['no-clinical-accuracy', 'unreviewed', 'colour-uncalibrated']),
    );
    expect(new Set(codes).size).toBe(codes.length);
    const words = JSON.stringify({ ...plan.document, inputs: null });
    expect(words).not.toMatch(/\b(cure|cures|cured|permanent|guaranteed|safe)\b/i);
    expect(words).not.toMatch(/\b100 ?% (match|safe|success)/i);
  });

  it('stops when asked', async () => {
    const controller = new AbortController();
    const job = makePlan(input, {
      signal: controller.signal,
      onProgress: (_, step) => step === 'match' && controller.abort(),
    });
    await expect(job).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('plans of lips', () => {
  it('never match a lip found by the face to the skin around it, also where it comes out lighter', async () => {
    const picture = await pictureOf('cc0-025-woman-dark-skin-lips.jpg');
    const mask = createMask(1000, 1000);
    for (let y = 610; y < 660; y++) mask.alpha.fill(255, y * 1000 + 520, y * 1000 + 580);
    const lighter: Picture = { ...picture, rgba: picture.rgba.slice() };
    mask.alpha.forEach((a, p) => {
      if (a) for (let c = 0; c < 3; c++) lighter.rgba[p * 4 + c] = lighter.rgba[p * 4 + c] * 1.15;
    });
    const { document } = await made({
      treatment: 'lip',
      photo: { picture: lighter, sha256: 'b'.repeat(64) },
      region: { mask, source: 'landmarks' },
      pigments: samplePaints,
      seed: 1,
    });
    expect(document.samples.difference?.lnLinearRgb[1]).toBeGreaterThan(0);
    expect(document.warnings.find(({ code }) => code === 'target-assumed')?.message).toContain('whole lip');
    const { patch, surround } = document.samples.used ?? {};
    if (patch?.kind !== 'lab' || surround?.kind !== 'lab') throw new Error('no readings');
    // A fuller tone of its own is darker than the lip itself, whatever the skin around looks like.
    expect(surround.lab.L).toBeLessThan(patch.lab.L);
  }, 120_000);

  it('keep white opacifier out, take a whole lip as one, and say the target is taste', async () => {
    const picture = await pictureOf('cc0-025-woman-dark-skin-lips.jpg');
    const mask = createMask(1000, 1000);
    for (let y = 610; y < 660; y++) mask.alpha.fill(255, y * 1000 + 520, y * 1000 + 580);
    const darker: Picture = { ...picture, rgba: picture.rgba.slice() };
    mask.alpha.forEach((a, p) => {
      if (a) for (let c = 0; c < 3; c++) darker.rgba[p * 4 + c] = darker.rgba[p * 4 + c] * 0.8;
    });
    const plan = await made({
      treatment: 'lip',
      photo: { picture: darker, sha256: 'b'.repeat(64) },
      region: { mask, source: 'mask' },
      pigments: samplePaints,
      seed: 1,
    });
    expect(plan.document.warnings.map((w) => w.code)).toContain('target-assumed');
    if (plan.document.match.kind !== 'recipe') throw new Error('no recipe');
    expect(plan.document.match.recipe.parts.map((p) => p.pigment)).not.toContain('white');
    expect(plan.document.dots.profile.kind).toBe('lip');
  }, 120_000);
});

describe('plans of scalps', () => {
  const mask = createMask(120, 90);
  for (let y = 20; y < 70; y++) mask.alpha.fill(255, y * 120 + 15, y * 120 + 105);
  const base: PlanInput = {
    treatment: 'scalp',
    photo: {
      picture: { widthPx: 120, heightPx: 90, rgba: new Uint8ClampedArray(120 * 90 * 4).fill(150) },
      sha256: 'd'.repeat(64),
    },
    region: { mask, source: 'mask' },
    scale: { mmPerPx: 1, relativeSd: 0.05, from: 'test' },
    pigments: samplePaints,
    seed: 1,
  };
  const head: HeadModel = {
    x: 60,
    y: 70,
    halfBreadth: 60,
    halfHeight: 72,
    roll: 0,
    yaw: 0,
    relativeSd: 0.02,
  };
  const codesOf = ({ document }: PlanResult) => document.warnings.map(({ code }) => code);

  it('refuse a zone larger than any scalp, as a wrong scale or a head upside down gives', async () => {
    const scale = { mmPerPx: 6, relativeSd: 0.05, from: 'test' };
    expect(await makePlan({ ...base, scale })).toMatchObject({ ok: false, reason: 'region-too-large' });
  });

  it('have dots or say why they have none, whatever hair is there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 400 }), async (existingHairPerCm2) => {
        const density = scalpProfile(75, { existingHairPerCm2 }, 1);
        const plan = await made({ ...base, density });
        expect(codesOf(plan).includes('hair-at-target')).toBe(existingHairPerCm2 >= 75);
        expect(plan.dots.count > 0).toBe(existingHairPerCm2 < 75);
      }),
      { numRuns: 12, examples: [[0], [74], [75]] },
    );
  });

  it('say that a zone has no dots exactly when it has none', async () => {
    const plans = await Promise.all(
      [0.002, 0.05, 1].map((mmPerPx) =>
        made({
          ...base,
          density: scalpProfile(75, {}, mmPerPx),
          scale: { mmPerPx, relativeSd: 0.05, from: 'test' },
        }),
      ),
    );
    for (const plan of plans) expect(codesOf(plan).includes('no-dots')).toBe(plan.dots.count === 0);
    expect(plans[0].dots.count).toBe(0);
    expect(plans[2].dots.count).toBeGreaterThan(0);
  });

  it('warn of a head that is unsure, by how much, and not of one well seen', async () => {
    const plan = (relativeSd: number) =>
      made({ ...base, density: scalpProfile(75, { head: { ...head, relativeSd } }, 1) });
    expect(codesOf(await plan(0.02))).not.toContain('head-unsure');
    const turned = scalpProfile(75, { head: { ...head, yaw: 0.4 } }, 1);
    expect(codesOf(await made({ ...base, density: turned }))).toContain('head-unsure');
    const { document } = await plan(0.22);
    const told = document.warnings.find(({ code }) => code === 'head-unsure');
    const share = Number(/off by (\d+) %/.exec(told?.message ?? '')?.[1]) / 200;
    const { areaCm2 = 0, areaCm2Sd = 0 } = document.region;
    expect(Math.hypot(share, 2 * 0.05)).toBeCloseTo(areaCm2Sd / areaCm2, 1);
  });
});

describe('input that cannot be planned is refused', () => {
  const photoIn = (...rgb: readonly [number, number, number]) => {
    const rgba = Uint8ClampedArray.from({ length: 40 * 40 * 4 }, (_, i) => [...rgb, 255][i % 4]);
    return { picture: { widthPx: 40, heightPx: 40, rgba }, sha256: 'c'.repeat(64) };
  };
  const some = createMask(40, 40);
  some.alpha.fill(255, 600, 900);
  const base: PlanInput = {
    treatment: 'vitiligo',
    photo: photoIn(190, 150, 130),
    region: { mask: some, source: 'mask' },
    pigments: samplePaints,
    seed: 1,
  };
  const cases: readonly [string, Partial<PlanInput>, string][] = [
    ['a mask of another size', { region: { mask: createMask(10, 10), source: 'mask' } }, 'mask-size'],
    ['an empty region', { region: { mask: createMask(40, 40), source: 'mask' } }, 'region-empty'],
    ['a scale of nothing', { scale: { mmPerPx: 0, relativeSd: 0, from: 'test' } }, 'bad-scale'],
    ['a seed that is none', { seed: 0.5 }, 'bad-seed'],
    ['a region like its surround', {}, 'no-difference'],
    ['a photo without colour', { photo: photoIn(128, 128, 128) }, 'no-colour'],
  ];
  it.each(cases)('%s', async (_, change, reason) => {
    const outcome = await makePlan({ ...base, ...change });
    expect(outcome).toMatchObject({ ok: false, reason, message: expect.stringMatching(/.{20}/) });
  });
});

describe('what a document keeps', () => {
  it('of a mask, gives the mask back', () => {
    const alpha = Uint8Array.from({ length: 5000 }, (_, i) => (i % 97 < 40 ? 255 : i % 5));
    expect(maskOfRuns(maskRuns(alpha), 5000)).toEqual(alpha);
    const mask: Mask = { widthPx: 50, heightPx: 100, alpha };
    expect(maskRuns(mask.alpha).length).toBeLessThan(5000 * 2);
    expect(() => maskOfRuns([3, 255], 5)).toThrow(expect.objectContaining({ code: 'bad-runs' }));
  });

  it('of a spectrum, gives the reading back', () => {
    const plain = {
      kind: 'spectrum' as const,
      startNm: 400,
      stepNm: 150,
      reflectance01: [0.2, 0.3, 0.4],
      instrument: '45/0' as const,
    };
    expect(readingOf(plain)).toMatchObject({ reflectance01: { values: Float64Array.from([0.2, 0.3, 0.4]) } });
  });
});
