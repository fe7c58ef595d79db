import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Mask, Picture, Point } from '@undertone/engine/photo/index.ts';
import type { HeadModel, Scale } from '@undertone/engine/region/index.ts';

/** Lips or bare scalp found from the points of the face. */
export type RegionOfFace =
  | {
      readonly ok: true;
      readonly mask: Mask;
      readonly confidence01: number;
      /** What somebody should look at. */
      readonly notes: readonly { readonly code: string; readonly message: string }[];
      readonly scale?: Scale;
      /** Of a scalp: its hairline and its head, pixels. */
      readonly front?: readonly Point[];
      readonly head?: HeadModel;
    }
  | { readonly ok: false; readonly message: string };

/** The lips, or the scalp above the hairline less its hair, with the irises' scale where they give one. */
export async function regionOfFace(treatment: 'lip' | 'scalp', picture: Picture): Promise<RegionOfFace> {
  const landmarks = await import('@undertone/engine/region/landmarks/index.ts');
  const require = createRequire(import.meta.url);
  const models = await landmarks.loadLandmarkModels((_, path) => readFile(require.resolve(path)));
  const tools = landmarks.createLandmarkTools(models);
  if (treatment === 'lip') return landmarks.proposeLips(tools, picture);
  const scalp = landmarks.proposeScalp(tools, picture);
  return scalp.ok ? { ...scalp, mask: scalp.zone } : scalp;
}
