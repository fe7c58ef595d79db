import type { Picture } from '../../photo/picture.ts';
import { detectFaces, wholePicture } from './face-detector.ts';
import { type FaceMesh, regionOfDetection, regionOfMesh, runFaceMesh } from './face-mesh.ts';
import type { TurnedBox } from './sample.ts';
import type { Program } from './tflite/program.ts';

export interface FaceModels {
  readonly detector: Program;
  readonly mesh: Program;
}

export interface FoundFace extends FaceMesh {
  readonly otherFaces: number;
}

const minScore01 = 0.5;
/** Upright faces score above the first or reach the second, wrongly turned ones neither: docs/science/landmarks.md. */
const plainScore01 = 0.85;
const plainPresence = 22;
/**
 * Whole faces reach 25 and more, blurred, dark or masked ones 13; half-covered faces and pieces of a face that
 * MediaPipe takes for a whole one (it asks for 0) stay below: docs/science/landmarks.md.
 */
const minPresence = 12;
/** A face found only by searching must be surer than chance finds. */
const minSearchPresence = 15;
/** A face in another direction must beat the first find by this much of presence. */
const turnedAdvantage = 3;
const quarterTurns = [0, 1, 2, 3].map((quarter) => (quarter * Math.PI) / 2);
/** More looks than these never changed the answer. */
const mostLooks = 4;

/**
 * The surest face of a picture, or none. An upright face of ordinary size costs one look of each model, and
 * gives exactly what MediaPipe's still-picture graph gives. Otherwise the search goes on: picture turned,
 * framed wider (a face that fills it), in parts (a small face).
 */
export function findFace(models: FaceModels, picture: Picture): FoundFace | undefined {
  const whole = wholePicture(picture);
  const first = look(models, picture, whole);
  if (first && first.presence > (first.score01 >= plainScore01 ? minPresence : plainPresence)) return first;

  let best: FoundFace | undefined = first && first.presence > minPresence ? first : undefined;
  const wider = { ...whole, width: 1.6 * whole.width, height: 1.6 * whole.height };
  const frames = best ? [whole] : [whole, wider];
  for (const frame of frames)
    for (const radians of quarterTurns) {
      const found = look(models, picture, { ...frame, radians });
      if (
        found &&
        found.presence >= minSearchPresence &&
        found.presence > (best?.presence ?? 0) + turnedAdvantage
      )
        best = found;
    }
  if (best) return best;
  for (const parts of [2, 4]) {
    for (const part of partsOf(picture, parts)) {
      const found = look(models, picture, part);
      if (found && found.presence > (best?.presence ?? minSearchPresence)) best = found;
    }
    if (best) return best;
  }
  return undefined;
}

/** Detector, then mesh, then the mesh again while its points call for another region than it was given. */
function look(
  models: FaceModels,
  picture: Picture,
  window: TurnedBox,
): (FoundFace & { score01: number }) | undefined {
  const [face, ...others] = detectFaces(models.detector, picture, window, minScore01);
  if (!face) return undefined;
  let region = regionOfDetection(face);
  let mesh = runFaceMesh(models.mesh, picture, region);
  for (let looks = 1; looks < mostLooks; looks++) {
    const wanted = regionOfMesh(mesh);
    if (agree(region, wanted)) break;
    region = wanted;
    mesh = runFaceMesh(models.mesh, picture, region);
  }
  return { ...mesh, score01: face.score01, otherFaces: others.length };
}

/** Whether two regions show the model much the same; bounds: docs/science/landmarks.md. */
function agree(a: TurnedBox, b: TurnedBox): boolean {
  const turn = Math.abs(Math.atan2(Math.sin(a.radians - b.radians), Math.cos(a.radians - b.radians)));
  const shift = Math.hypot(a.centreX - b.centreX, a.centreY - b.centreY) / a.width;
  const growth = b.width / a.width;
  return turn < Math.PI / 18 && shift < 0.1 && growth > 0.85 && growth < 1.3;
}

/** Squares of a part of the picture's longer side, each overlapping the next by half. */
function partsOf({ widthPx, heightPx }: Picture, parts: number): TurnedBox[] {
  const side = Math.max(widthPx, heightPx) / parts;
  const places = (length: number): number[] => {
    if (length <= side) return [length / 2];
    const steps = Math.ceil((2 * (length - side)) / side);
    return Array.from({ length: steps + 1 }, (_, i) => side / 2 + (i * (length - side)) / steps);
  };
  return places(heightPx).flatMap((centreY) =>
    places(widthPx).map((centreX) => ({ centreX, centreY, width: side, height: side, radians: 0 })),
  );
}
