import { join } from 'node:path';
import { decodePhoto } from '@undertone/clinic/platform/images/index.ts';
import type { Mask, Picture } from '@undertone/engine/photo/index.ts';
import { simulateStubble } from '@undertone/engine/simulator/hair.ts';
import { simulatePatch } from '@undertone/engine/simulator/patch.ts';
import { seededRandom } from '@undertone/engine/simulator/random.ts';
import sharp from 'sharp';
import { rootDir } from '../tools/run.ts';

/** A photograph of the fixtures, by its file name. */
export const photoPath = (name: string) => join(rootDir, 'packages/engine/fixtures/photos', name);

/** A file as a browser is handed it. */
export interface PhotoFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const jpegOf = ({ rgba, widthPx, heightPx }: Picture) =>
  sharp(rgba, { raw: { width: widthPx, height: heightPx, channels: 4 } }).removeAlpha();

/**
 * A cheek with a simulated pale patch in the middle, as a phone would write it: 12 megapixels, lying on its side with
 * the orientation in EXIF, and with the place it was taken. Taken darker by a quarter, so that the patch is not burnt
 * out and its colour can be read.
 */
export async function phonePhotoOfPatch(): Promise<PhotoFile> {
  const face = await sharp(photoPath('cc0-006-man-dark-skin-beard.jpg')).linear(0.75, 0).png().toBuffer();
  const { picture, mask } = simulatePatch(
    await decoded(face),
    { x: 560, y: 470, widthPx: 110, heightPx: 110 },
    { strength: 0.7, chromophores: 'steep', random: seededRandom(5) },
  );
  const middle = middleOf(mask);
  const crop = { left: middle.x - 320, top: middle.y - 240, width: 640, height: 480 };
  const upright = await jpegOf(picture).extract(crop).resize(4000, 3000).png().toBuffer();
  const buffer = await sharp(upright)
    .rotate(270)
    .withExif({
      IFD0: { Make: 'Sample phone' },
      IFD3: { GPSLatitude: '26/1 43/1 0/1', GPSLatitudeRef: 'N' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 92 })
    .toBuffer();
  return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer };
}

/** Fifteen millimetres of a simulated scalp from above, 50 follicular units a cm² of a millimetre, 0.05 mm a pixel. */
export async function stubblePhoto(): Promise<PhotoFile> {
  const { picture } = simulateStubble({
    mmPerPx: 0.05,
    sizeMm: 15,
    unitsPerCm2: 50,
    lengthMm: 1,
    tone: 'light',
    assumption: 'layered',
    random: seededRandom(7),
  });
  return { name: 'stubble.png', mimeType: 'image/png', buffer: await jpegOf(picture).png().toBuffer() };
}

/** A cheek with a patch that flash has burnt out to paper white: nothing of its colour is left. */
export async function burntOutPhoto(): Promise<PhotoFile> {
  const spot = Buffer.from(
    '<svg width="640" height="480"><ellipse cx="320" cy="240" rx="70" ry="55" fill="#fff"/></svg>',
  );
  const buffer = await sharp(photoPath('cc0-006-man-dark-skin-beard.jpg'))
    .extract({ left: 140, top: 120, width: 640, height: 480 })
    .composite([{ input: spot }])
    .jpeg({ quality: 95 })
    .toBuffer();
  return { name: 'flash.jpg', mimeType: 'image/jpeg', buffer };
}

async function decoded(bytes: Buffer): Promise<Picture> {
  const photo = await decodePhoto(bytes);
  if (!photo.ok) throw new Error(photo.message);
  return photo.picture;
}

function middleOf({ alpha, widthPx }: Mask): { x: number; y: number } {
  let x = 0;
  let y = 0;
  let count = 0;
  for (const [p, cover] of alpha.entries()) {
    if (cover < 200) continue;
    x += p % widthPx;
    y += Math.floor(p / widthPx);
    count += 1;
  }
  return { x: Math.round(x / count), y: Math.round(y / count) };
}
