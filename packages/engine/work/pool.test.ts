import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { samplePaints } from '../match/index.ts';
import type { Mask, Picture } from '../photo/index.ts';
import { makePlan, type PlanInput, previewOf } from '../plan/index.ts';
import { proposeFromTap } from '../region/index.ts';
import {
  createLandmarkTools,
  eightCentimetreHairline,
  loadLandmarkModels,
  proposeLips,
  proposeScalp,
} from '../region/landmarks/index.ts';
import { doJob, type Jobs, type Kept } from './jobs.ts';
import { createNodePool } from './node.ts';
import { buffersOf } from './protocol.ts';

const pool = createNodePool(2);
afterAll(() => pool.close());

const fixture = (name: string) => new URL(`../fixtures/photos/${name}`, import.meta.url).pathname;

async function patch006(): Promise<{ picture: Picture; mask: Mask }> {
  const { data, info } = await sharp(fixture('sim-patch-006.jpg'))
    .removeAlpha()
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const alpha = await sharp(fixture('sim-patch-006-mask.png')).extractChannel(0).raw().toBuffer();
  return {
    picture: { widthPx: info.width, heightPx: info.height, rgba: new Uint8ClampedArray(data) },
    mask: { widthPx: info.width, heightPx: info.height, alpha: new Uint8Array(alpha) },
  };
}

/** A scalp plan needs no match and is quick. */
const scalpPlan = (picture: Picture, mask: Mask): PlanInput => ({
  treatment: 'scalp',
  photo: { picture, sha256: '0'.repeat(64) },
  region: { mask, source: 'mask' },
  scale: { mmPerPx: 0.2, relativeSd: 0.02, from: 'test' },
  pigments: samplePaints,
  seed: 4,
});

async function photo(name: string): Promise<Picture> {
  const { data, info } = await sharp(fixture(name)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, rgba: new Uint8ClampedArray(data) };
}

describe('a pool of workers', () => {
  it('answers as the same code does without a worker', async () => {
    const { picture } = await patch006();
    const taps = [{ x: 400, y: 400 }];
    const far = await pool.run('propose', { picture, taps });
    const near = proposeFromTap(picture, taps);
    expect(far).toEqual(near);
  });

  it('goes on after an input that cannot be sent, with arrays it sent before', async () => {
    const one = createNodePool(1);
    try {
      const { picture, mask } = await patch006();
      const judged = await one.run('quality', { picture, mask });
      const gone = new Uint8Array(mask.alpha);
      structuredClone(gone.buffer, { transfer: [gone.buffer] });
      const unsendable = { picture: { ...picture }, mask: { ...mask, alpha: gone } };
      await expect(one.run('quality', unsendable)).rejects.toThrow(/detached/);
      expect(await one.run('quality', { picture, mask })).toEqual(judged);
    } finally {
      await one.close();
    }
  });

  it('makes a plan with pictures, reports progress and leaves the caller its input', async () => {
    const { picture, mask } = await patch006();
    const input = scalpPlan(picture, mask);
    const steps: string[] = [];
    const answer = await pool.run(
      'plan',
      { plan: input, previews: [{ state: 'week6', range: 'expected' }] },
      { onProgress: (_, step) => steps.push(step) },
    );
    const direct = await makePlan(input);
    if (!answer.ok || !direct.ok) throw new Error('refused');
    expect(answer.document).toEqual(direct.document);
    expect(answer.mapSvg).toBe(direct.mapSvg);
    expect(answer.pictures[0]?.picture.rgba).toEqual(previewOf(direct, 'week6')?.rgba);
    expect(steps).toContain('dots');
    expect(picture.rgba.length).toBe(800 * 800 * 4);
  });

  it('draws previews without a plan', async () => {
    const { picture, mask } = await patch006();
    const statement = {
      state: 'week6',
      range: 'expected',
      relativeRgb: [1, 1, 1],
      redness01: 0,
      words: '',
    } as const;
    const source = { kind: 'region', picture, mask, treatment: 'vitiligo', expected: 'lighter' } as const;
    const answer = await pool.run('preview', { source, previews: [statement] });
    if (!answer.ok) throw new Error(answer.message);
    const middle = (400 * 800 + 400) * 4;
    expect(answer.pictures[0]?.rgba[middle + 2]).toBeLessThan(picture.rgba[middle + 2]);
    const empty = { ...mask, alpha: new Uint8Array(mask.alpha.length) };
    const refused = await pool.run('preview', { source: { ...source, mask: empty }, previews: [statement] });
    expect(refused).toMatchObject({ ok: false, reason: 'region-empty' });
  });

  it('reads a region once for all previews of it, and again when it has changed', async () => {
    const { picture, mask } = await patch006();
    const control = { signal: new AbortController().signal, onProgress: () => undefined };
    const kept: Kept = {};
    const draw = async (alpha: Uint8Array, red: number) => {
      const source = {
        kind: 'region',
        picture,
        mask: { ...mask, alpha },
        treatment: 'vitiligo',
        expected: 'lighter',
      } as const;
      const statement = {
        state: 'week6',
        range: 'expected',
        relativeRgb: [red, 1, 1],
        redness01: 0,
        words: '',
      } as const;
      // What a worker gets is a copy.
      const input = structuredClone({ source, previews: [statement] });
      const answer = (await doJob('preview', input, control, kept)) as Jobs['preview']['output'];
      if (!answer.ok) throw new Error(answer.message);
      return { rgba: answer.pictures[0]?.rgba, blend: kept.blend };
    };
    const first = await draw(mask.alpha, 1);
    const second = await draw(mask.alpha, 0.9);
    expect(second.blend).toBe(first.blend);
    expect(second.rgba).not.toEqual(first.rgba);
    const smaller = mask.alpha.map((a, p) => (p % mask.widthPx < 400 ? a : 0));
    const third = await draw(smaller, 1);
    expect(third.blend).not.toBe(first.blend);
    expect((await draw(mask.alpha, 1)).rgba).toEqual(first.rgba);
  });

  it('finds lips and scalp as the same code does without a worker, again and again', async () => {
    const picture = await photo('cc0-061-man-shaved-scalp-front.jpg');
    const resolve = createRequire(import.meta.url).resolve;
    const models = await loadLandmarkModels((_, path) => readFile(resolve(path)));
    const tools = createLandmarkTools(models);
    const lips = proposeLips(tools, picture);
    if (!lips.ok) throw new Error(lips.message);
    for (let n = 0; n < 3; n += 1) {
      const found = await pool.run('lips', { picture, models });
      expect(found).toMatchObject({ ok: true, scale: lips.scale, face: { points: lips.face.points } });
      expect(found.ok && Buffer.compare(found.mask.alpha, lips.mask.alpha)).toBe(0);
    }
    const scalp = await pool.run('scalp', { picture, models });
    if (!scalp.ok) throw new Error(scalp.message);
    const direct = proposeScalp(tools, picture);
    expect(direct.ok && Buffer.compare(scalp.mask.alpha, direct.mask.alpha)).toBe(0);
    const higher = await pool.run('scalp', {
      picture,
      models,
      proportions: { ...eightCentimetreHairline, midFrontalMm: 95 },
    });
    if (!higher.ok) throw new Error(higher.message);
    expect(higher.hairline.midFrontal.y).toBeLessThan(scalp.hairline.midFrontal.y);
  });

  it('passes refusals on as values', async () => {
    const { picture } = await patch006();
    const answer = await pool.run('propose', { picture, taps: [{ x: 9000, y: 1 }] });
    expect(answer).toMatchObject({ ok: false, reason: 'tap-outside' });
  });

  it('stops a job at once when asked, and goes on working', async () => {
    const { picture, mask } = await patch006();
    const controller = new AbortController();
    const plan: PlanInput = { ...scalpPlan(picture, mask), treatment: 'vitiligo' };
    const job = pool.run(
      'plan',
      { plan, previews: [] },
      { signal: controller.signal, onProgress: () => controller.abort() },
    );
    await expect(job).rejects.toMatchObject({ name: 'AbortError' });
    const after = await pool.run('propose', { picture, taps: [{ x: 9000, y: 1 }] });
    expect(after).toMatchObject({ ok: false });
  });

  it('refuses jobs whose signal has fired, and all jobs once closed', async () => {
    const { picture } = await patch006();
    const input = { picture, taps: [] };
    await expect(pool.run('propose', input, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    const other = createNodePool(1);
    await other.close();
    await expect(other.run('propose', input)).rejects.toMatchObject({ code: 'pool-closed' });
  });

  it('hands each buffer over once', () => {
    const shared = new Uint8Array(8);
    expect(buffersOf({ a: shared, b: [shared.subarray(2), { c: new Float32Array(4) }] })).toHaveLength(2);
  });
});
