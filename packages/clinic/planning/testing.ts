import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { samplePaints } from '@undertone/engine/match/index.ts';
import { makePlan, type PlanResult, previewOf } from '@undertone/engine/plan/index.ts';
import { decodePhoto, encodeJpeg } from '../platform/images/index.ts';
import type { PlanPictures } from './document.ts';

/** A real plan for tests: a scalp zone on a photograph, which needs no match and is quick. */
export async function samplePlan(
  options: { readonly mmPerPx?: number; readonly seed?: number } = {},
): Promise<{ plan: PlanResult; photo: Uint8Array; pictures: PlanPictures }> {
  const photo = await readFile(
    new URL('../../engine/fixtures/photos/cc0-061-man-shaved-scalp-front.jpg', import.meta.url),
  );
  const decoded = await decodePhoto(photo);
  if (!decoded.ok) throw new Error(decoded.message);
  const { picture } = decoded;
  const alpha = new Uint8Array(picture.widthPx * picture.heightPx);
  for (let y = 110; y < 260; y++) alpha.fill(255, y * picture.widthPx + 380, y * picture.widthPx + 640);
  const plan = await makePlan({
    treatment: 'scalp',
    photo: { picture, sha256: createHash('sha256').update(photo).digest('hex'), name: 'scalp.jpg' },
    region: { mask: { widthPx: picture.widthPx, heightPx: picture.heightPx, alpha }, source: 'mask' },
    ...(options.mmPerPx === undefined
      ? {}
      : { scale: { mmPerPx: options.mmPerPx, relativeSd: 0.02, from: 'test' } }),
    pigments: samplePaints,
    seed: options.seed ?? 1,
  });
  if (!plan.ok) throw new Error(plan.message);
  const drawn = async (state: 'day0' | 'week6' | 'month12') => {
    const preview = previewOf(plan, state);
    if (!preview) throw new Error(`no preview of ${state}`);
    return encodeJpeg(preview, 70);
  };
  const pictures = {
    photo,
    day0: await drawn('day0'),
    week6: await drawn('week6'),
    month12: await drawn('month12'),
  };
  return { plan, photo, pictures };
}
