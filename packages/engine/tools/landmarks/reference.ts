/**
 * Asks the pinned MediaPipe builds what they see in the photographs of the fixtures, and writes the answers
 * as the fixture the landmark tests compare against:
 *
 *   node packages/engine/tools/landmarks/reference.ts
 */
import { writeFile } from 'node:fs/promises';
import { facePackage, silhouettePackage } from '../../region/landmarks/weights.ts';
import { photoNames, type Reference, readPhoto } from './fixtures.ts';
import { maskSidePx, openMediaPipe } from './mediapipe.ts';

const mediaPipe = await openMediaPipe();
const faces: Record<string, Reference> = {};
for (const name of await photoNames()) {
  const picture = await readPhoto(name);
  const { points, silhouettePng } = await mediaPipe.ask(picture);
  faces[name] = {
    widthPx: picture.widthPx,
    heightPx: picture.heightPx,
    points: points?.map((value) => Number(value.toFixed(7))) ?? null,
    silhouettePng: silhouettePng.toString('base64'),
  };
  console.log(name, points ? `${points.length / 3} points` : 'no face');
}
await mediaPipe.close();
await writeFile(
  new URL('../../fixtures/landmarks.json', import.meta.url),
  `${JSON.stringify({
    origin:
      `Answers of ${facePackage.name}@${facePackage.version} (478 points: x / width, y / height, z / width) and ` +
      `${silhouettePackage.name}@${silhouettePackage.version} (foreground confidence, ${maskSidePx} px grey PNG), ` +
      'run in headless Chromium 153 on SwiftShader by packages/engine/tools/landmarks/reference.ts. ' +
      'Photographs and their licences: packages/engine/fixtures/photos.',
    faces,
  })}\n`,
);
