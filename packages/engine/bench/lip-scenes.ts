import sharp from 'sharp';
import type { Picture } from '../photo/index.ts';
import { type MouthPlace, type SimulatedLip, simulateLip } from '../simulator/lip.ts';
import { type Random, seededRandom } from '../simulator/random.ts';
import { type SkinTone, tissueAssumptions } from '../simulator/tissue.ts';
import {
  photoFile,
  pictureFrom,
  pointsOf,
  type Reference,
  readReferences,
} from '../tools/landmarks/fixtures.ts';

/** A face whose mouth is replaced; where it lies is what MediaPipe, not our code, said of the photograph. */
export interface LipFace {
  readonly photo: string;
  readonly tone: SkinTone;
}

/** On these the finder of lips may be mended; on the others it is only measured. */
export const lipFacesTuned: readonly LipFace[] = [
  { photo: 'cc0-005-woman-light-skin-lips.jpg', tone: 'light' },
  { photo: 'cc0-025-woman-dark-skin-lips.jpg', tone: 'very dark' },
  { photo: 'pd-congress-H001042-lips.jpg', tone: 'light' },
];
export const lipFacesOther: readonly LipFace[] = [
  { photo: 'cc0-027-woman-red-lips-tilted.jpg', tone: 'light' },
  { photo: 'cc0-049-woman-smile.jpg', tone: 'light' },
  { photo: 'pd-congress-L000174-bald-front.jpg', tone: 'light' },
  { photo: 'pd-congress-W000187-lips.jpg', tone: 'brown' },
];

export interface LipScene extends SimulatedLip {
  readonly mmPerPx: number;
  readonly place: MouthPlace;
  readonly random: Random;
}

/** Mean distance between the pupils of adults (Dodgson 2004): millimetres for errors, nothing more. */
const pupilsMm = 63;

/** Opens the photographs of some faces; each scene is then one call with a seed. */
export async function lipScenes(
  faces: readonly LipFace[],
): Promise<(seed: number, isScarred?: boolean) => LipScene> {
  const references = await readReferences();
  const opened = await Promise.all(
    faces.map(async ({ photo, tone }) => {
      const reference = references.get(photo);
      if (!reference) throw new Error(`${photo} has no points.`);
      const image = sharp(photoFile(photo));
      const enlarge = Math.max(reference.widthPx, reference.heightPx) < 400 ? 3 : 1;
      const picture: Picture = await pictureFrom(
        enlarge === 1 ? image : image.resize(reference.widthPx * enlarge, reference.heightPx * enlarge),
      );
      return { picture, tone, ...mouthOf(reference, enlarge) };
    }),
  );
  return (seed, isScarred = false) => {
    const random = seededRandom(seed);
    const { picture, tone, place, mmPerPx } = random.pick(opened);
    const assumption = random.pick(tissueAssumptions);
    return {
      ...simulateLip(picture, place, { tone, assumption, random, isScarred }),
      mmPerPx,
      place,
      random,
    };
  };
}

function mouthOf(reference: Reference, enlarge: number): { place: MouthPlace; mmPerPx: number } {
  const points = pointsOf(reference);
  const at = (i: number) => ({ x: enlarge * points[3 * i], y: enlarge * points[3 * i + 1] });
  const [rightCorner, leftCorner, top, low] = [61, 291, 0, 17].map(at);
  const length = Math.hypot(leftCorner.x - rightCorner.x, leftCorner.y - rightCorner.y);
  const below = ({ x, y }: { x: number; y: number }): number =>
    ((y - rightCorner.y) * (leftCorner.x - rightCorner.x) -
      (x - rightCorner.x) * (leftCorner.y - rightCorner.y)) /
    length;
  const [rightPupil, leftPupil] = [468, 473].map(at);
  return {
    place: { rightCorner, leftCorner, topPx: below(top), lowPx: below(low) },
    mmPerPx: pupilsMm / Math.hypot(leftPupil.x - rightPupil.x, leftPupil.y - rightPupil.y),
  };
}
