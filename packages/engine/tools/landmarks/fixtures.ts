import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import type { Mask, Picture } from '../../photo/picture.ts';
import { type LandmarkModels, loadLandmarkModels } from '../../region/landmarks/weights.ts';

const require = createRequire(import.meta.url);
const fixtures = new URL('../../fixtures/', import.meta.url);

/** What MediaPipe answered, by photograph; written by `reference.ts`. */
export interface Reference {
  readonly widthPx: number;
  readonly heightPx: number;
  /** x / width, y / height, z / width of 478 points; null where it saw no face. */
  readonly points: readonly number[] | null;
  /** Foreground confidence, a square grey PNG, base64. */
  readonly silhouettePng: string;
}

export function readModels(): Promise<LandmarkModels> {
  return loadLandmarkModels((_file, path) => readFile(require.resolve(path)));
}

export async function readReferences(): Promise<Map<string, Reference>> {
  const text = await readFile(new URL('landmarks.json', fixtures), 'utf8');
  return new Map(Object.entries((JSON.parse(text) as { faces: Record<string, Reference> }).faces));
}

/** MediaPipe's points in pixels. */
export function pointsOf(reference: Reference): Float32Array {
  return Float32Array.from(reference.points ?? [], (value, i) =>
    i % 3 === 1 ? value * reference.heightPx : value * reference.widthPx,
  );
}

export async function silhouetteOf(reference: Reference): Promise<Mask> {
  const { data, info } = await sharp(Buffer.from(reference.silhouettePng, 'base64'))
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, alpha: Uint8Array.from(data) };
}

/** The photographs, without their masks. */
export async function photoNames(folder = new URL('photos/', fixtures)): Promise<string[]> {
  return (await readdir(folder)).filter((name) => /\.(jpg|png)$/.test(name) && !name.includes('mask')).sort();
}

export const photoFile = (name: string): string => fileURLToPath(new URL(`photos/${name}`, fixtures));

export function readPhoto(name: string): Promise<Picture> {
  return pictureFrom(sharp(photoFile(name)));
}

/** Upright sRGB pixels. */
export async function pictureFrom(image: Sharp): Promise<Picture> {
  const { data, info } = await image
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, rgba: new Uint8ClampedArray(data) };
}
