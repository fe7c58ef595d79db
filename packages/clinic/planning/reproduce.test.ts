import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { samplePaints } from '@undertone/engine/match/index.ts';
import { makePlan, scalpProfile } from '@undertone/engine/plan/index.ts';
import { describe, expect, it } from 'vitest';
import { decodePhoto, encodePng, resizeTo } from '../platform/images/index.ts';
import { testServices } from '../platform/testing/database.ts';
import { testPatient } from '../record/testing/patient.ts';
import { testActor } from '../staff/testing.ts';
import { reproducePlan, savePlan } from './commands.ts';
import { samplePlan } from './testing.ts';

const services = await testServices();
const actor = await testActor(services, 'physician', undefined, 'Test physician');
const { id: patientId } = await testPatient(services, actor);
const { plan, photo } = await samplePlan({ mmPerPx: 0.3 });
const map = { bytes: new TextEncoder().encode(plan.mapSvg), mediaType: 'image/svg+xml' };

async function saved(document: string, parts: Parameters<typeof savePlan>[2]['parts']): Promise<string> {
  const answer = await savePlan(services, actor, { patientId, document, parts });
  if (!answer.ok) throw new Error(answer.message);
  return answer.plan.planId;
}

describe('a plan made again', () => {
  it('is the same to the byte, map included', async () => {
    const id = await saved(JSON.stringify(plan.document), {
      photo: { bytes: photo, mediaType: 'image/jpeg' },
      map,
    });
    expect(await reproducePlan(services, actor, id)).toEqual({
      ok: true,
      isIdentical: true,
      engine: { madeBy: plan.document.engineVersion, now: plan.document.engineVersion },
      reasons: [],
      differences: [],
      isMapIdentical: true,
    });
  });

  it('is the same to the byte on a head with its hairline, at a scale of many digits', async () => {
    const decoded = await decodePhoto(photo);
    if (!decoded.ok) throw new Error(decoded.message);
    const { picture } = decoded;
    const { widthPx, heightPx } = picture;
    const alpha = new Uint8Array(widthPx * heightPx);
    for (let y = 110; y < 260; y++) alpha.fill(255, y * widthPx + 380, y * widthPx + 640);
    const mmPerPx = 0.1 * Math.PI;
    const front = [0, 1, 2, 3].map((n) => ({ x: 300 + 133.3333 * n, y: 255.7 - 3.1 * n }));
    const head = {
      x: 511.123456789,
      y: 300.987654321,
      halfBreadth: 201.1,
      halfHeight: 251.3,
      roll: 0.0123456789,
      yaw: -0.1,
      relativeSd: 0.0333333,
    };
    const outcome = await makePlan({
      treatment: 'scalp',
      photo: { picture, sha256: createHash('sha256').update(photo).digest('hex'), name: 'scalp.jpg' },
      region: { mask: { widthPx, heightPx, alpha }, source: 'brush' },
      scale: { mmPerPx, relativeSd: 1 / 30, from: 'test' },
      density: scalpProfile(75, { front, head }, mmPerPx),
      densityStrokes: [{ factor: 1.25, radiusPx: 100 / 3, points: [[500.1, 1400 / 9]] }],
      pigments: samplePaints,
      seed: 7,
    });
    if (!outcome.ok) throw new Error(outcome.message);
    const text = JSON.stringify(outcome.document);
    const id = await saved(text, {
      photo: { bytes: photo, mediaType: 'image/jpeg' },
      map: { bytes: new TextEncoder().encode(outcome.mapSvg), mediaType: 'image/svg+xml' },
    });
    expect(await reproducePlan(services, actor, id)).toMatchObject({ isIdentical: true, differences: [] });
    const { region } = outcome.document;
    // The skin of the zone is more than it shows, and less well known than the scale alone would say.
    expect(region.areaCm2).toBeGreaterThan((1.1 * region.areaPx * mmPerPx ** 2) / 100);
    expect((region.areaCm2Sd ?? 0) / (region.areaCm2 ?? 1)).toBeGreaterThan(2 / 30);
  });

  it('is the same to the byte with a recipe, from the pixels a page worked at', async () => {
    const bytes = await readFile(new URL('../../engine/fixtures/photos/sim-patch-006.jpg', import.meta.url));
    const decoded = await decodePhoto(bytes);
    if (!decoded.ok) throw new Error(decoded.message);
    const picture = await resizeTo(decoded.picture, 400, 400);
    const alpha = new Uint8Array(400 * 400);
    for (let y = 185; y < 225; y++) alpha.fill(255, y * 400 + 180, y * 400 + 220);
    const outcome = await makePlan({
      treatment: 'vitiligo',
      photo: { picture, sha256: createHash('sha256').update(bytes).digest('hex') },
      region: { mask: { widthPx: 400, heightPx: 400, alpha }, source: 'mask' },
      scale: { mmPerPx: 0.3, relativeSd: 0.02, from: 'test' },
      pigments: samplePaints,
      seed: 3,
    });
    if (!outcome.ok) throw new Error(outcome.message);
    // As another machine made it, whose search took a step more to the same recipe.
    const { document } = outcome;
    if (document.match.kind !== 'recipe') throw new Error('a patch has a recipe');
    const elsewhere = {
      ...document,
      match: { ...document.match, evaluations: document.match.evaluations + 1 },
    };
    const id = await saved(JSON.stringify(elsewhere), {
      photo: { bytes, mediaType: 'image/jpeg' },
      picture: { bytes: await encodePng(picture), mediaType: 'image/png' },
    });
    expect(await reproducePlan(services, actor, id)).toMatchObject({ isIdentical: true, differences: [] });

    // Without those pixels the photo is made smaller by another program: near, not the same, and it says why.
    const without = await saved(JSON.stringify(outcome.document), {
      photo: { bytes, mediaType: 'image/jpeg' },
    });
    const again = await reproducePlan(services, actor, without);
    expect(again.ok && (again.isIdentical || again.reasons.includes('picture-not-kept'))).toBe(true);
  }, 120_000);

  it('names every value that differs, and what may have caused it', async () => {
    const older = JSON.stringify({
      ...plan.document,
      engineVersion: '0.0.9',
      dots: { ...plan.document.dots, count: 1 },
    });
    const id = await saved(older, { photo: { bytes: photo, mediaType: 'image/jpeg' } });
    const again = await reproducePlan(services, actor, id);
    expect(again).toMatchObject({
      isIdentical: false,
      engine: { madeBy: '0.0.9', now: plan.document.engineVersion },
      reasons: expect.arrayContaining(['engine-version']),
      differences: [
        { path: 'engineVersion', before: '0.0.9', after: plan.document.engineVersion },
        { path: 'dots.count', before: 1, after: plan.document.dots.count },
      ],
    });
  });

  it('says when the photograph is missing', async () => {
    const id = await saved(JSON.stringify(plan.document), {});
    expect(await reproducePlan(services, actor, id)).toMatchObject({ reason: 'photo-missing' });
  });
});
