import type { Trx } from '../platform/database.ts';
import { decodePhoto, encodeJpeg, encodeWebp, shrinkForScreen } from '../platform/images/index.ts';
import type { Services } from '../platform/services.ts';
import { type StoredPhoto, selectCopy, upsertCopy } from './store.ts';

/** How a copy is made; another recipe makes it anew. Upright, sRGB, without any metadata. */
const recipes = {
  thumb: { name: 'webp-320-80/1', maxSidePx: 320, mediaType: 'image/webp' },
  screen: { name: 'jpeg-1600-88/1', maxSidePx: 1600, mediaType: 'image/jpeg' },
} as const;
export type CopySize = keyof typeof recipes;

/** The file of a copy; all copies are made now if it is not there. The original is decoded in its own process, under limits. */
export async function copyOf(
  services: Pick<Services, 'files'>,
  trx: Trx,
  tenantId: string,
  photo: StoredPhoto,
  size: CopySize,
): Promise<string> {
  const recipe = recipes[size];
  const known = await selectCopy(trx, tenantId, photo.id, size, recipe.name);
  if (known !== undefined) return known;
  const original = await services.files.get(trx, tenantId, photo.fileId);
  const decoded = original && (await decodePhoto(original.bytes));
  if (!decoded?.ok) {
    throw Object.assign(new Error(`Photograph ${photo.id} was taken in and can no longer be decoded.`), {
      code: 'photo-lost' as const,
    });
  }
  // One decoding for all: it costs far more than making them small.
  const made = { thumb: '', screen: '' };
  for (const one of ['screen', 'thumb'] as const) {
    const { name, maxSidePx, mediaType } = recipes[one];
    const small = await shrinkForScreen(decoded.picture, maxSidePx);
    const bytes = one === 'thumb' ? await encodeWebp(small, 80) : await encodeJpeg(small, 88);
    const file = await services.files.put(trx, { tenantId, bytes, mediaType });
    await upsertCopy(trx, {
      tenant_id: tenantId,
      photo_id: photo.id,
      size: one,
      recipe: name,
      file_id: file.id,
    });
    made[one] = file.id;
  }
  return made[size];
}
