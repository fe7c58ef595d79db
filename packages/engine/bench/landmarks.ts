import type { Picture } from '../photo/picture.ts';
import {
  createFaceLandmarker,
  createSilhouette,
  type FaceLandmarker,
  type KernelChoice,
  lipOutlineMask,
} from '../region/landmarks/index.ts';
import { intersectionOverUnion } from '../region/mask.ts';
import {
  pointsOf,
  type Reference,
  readModels,
  readPhoto,
  readReferences,
  silhouetteOf,
} from '../tools/landmarks/fixtures.ts';

export const name = 'landmarks';
export const describe =
  'face points, lips and silhouette against MediaPipe; "live" asks it again in Chromium';

/** Rounds after the warm-up; the median is shown. */
const rounds = 15;

export async function run(args: readonly string[]): Promise<void> {
  const models = await readModels();
  const started = performance.now();
  const landmarker = createFaceLandmarker(models);
  const silhouette = createSilhouette(models.silhouette);
  console.log(`models ready in ${(performance.now() - started).toFixed(0)} ms\n`);

  const pictures = new Map<string, Picture>();
  const references = await readReferences();
  for (const name of references.keys()) pictures.set(name, await readPhoto(name));
  if (args.includes('live')) {
    await askAgain(references, pictures);
    await compareWithWorker(landmarker, pictures);
  }

  console.log('error in % of the eye distance, overlap as intersection over union, medians in ms');
  console.log(row('photograph', ['points', 'worst', 'lips', 'outline', 'face ms', 'outline ms']));
  for (const [name, reference] of references) {
    const picture = pictures.get(name);
    if (!picture) continue;
    const outlineIoU = intersectionOverUnion(silhouette.segmentSmall(picture), await silhouetteOf(reference));
    const faceMs = medianMs(() => landmarker.detect(picture));
    const outlineMs = medianMs(() => silhouette.segment(picture));
    const accuracy = compare(landmarker, picture, reference);
    console.log(row(name, [...accuracy, outlineIoU.toFixed(4), faceMs.toFixed(1), outlineMs.toFixed(1)]));
  }

  const [first] = pictures.values();
  if (!first) return;
  const msOf = (kernels: KernelChoice): number => {
    const own = createFaceLandmarker(models, kernels);
    return medianMs(() => own.detect(first), kernels === 'plain' ? 3 : rounds);
  };
  const [simd, plain] = [msOf('wasm'), msOf('plain')];
  console.log(
    `\nplain JavaScript ${plain.toFixed(0)} ms, SIMD ${simd.toFixed(1)} ms: ${(plain / simd).toFixed(0)} x`,
  );
}

/** Mean and largest point error and lip overlap, or why there is none. */
function compare(landmarker: FaceLandmarker, picture: Picture, reference: Reference): string[] {
  const found = landmarker.detect(picture);
  if (!found.ok || !reference.points)
    return [found.ok ? 'face' : found.reason, reference.points ? 'face' : 'no face', '-'];
  const expected = pointsOf(reference);
  const errors = Array.from(
    { length: expected.length / 3 },
    (_, i) =>
      (100 *
        Math.hypot(found.points[3 * i] - expected[3 * i], found.points[3 * i + 1] - expected[3 * i + 1])) /
      found.eyeDistancePx,
  );
  const lips = intersectionOverUnion(
    lipOutlineMask(found.points, picture),
    lipOutlineMask(expected, picture),
  );
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return [mean.toFixed(3), Math.max(...errors).toFixed(2), lips.toFixed(4)];
}

/** Replaces the stored answers by fresh ones, and says how long MediaPipe took for its fourth frame. */
async function askAgain(references: Map<string, Reference>, pictures: Map<string, Picture>): Promise<void> {
  const { openMediaPipe } = await import('../tools/landmarks/mediapipe.ts');
  const mediaPipe = await openMediaPipe();
  const times: number[] = [];
  for (const [name, picture] of pictures) {
    const { points, silhouettePng, lastFrameMs } = await mediaPipe.ask(picture, 4);
    const { widthPx, heightPx } = picture;
    references.set(name, { widthPx, heightPx, points, silhouettePng: silhouettePng.toString('base64') });
    if (points) times.push(lastFrameMs);
  }
  await mediaPipe.close();
  times.sort((a, b) => a - b);
  console.log(
    `MediaPipe on SwiftShader, same face again: median ${times[times.length >> 1]?.toFixed(0)} ms\n`,
  );
}

/** The same code in a worker of the browser: how far its points lie from Node's, and how long it takes. */
async function compareWithWorker(landmarker: FaceLandmarker, pictures: Map<string, Picture>): Promise<void> {
  const { openWorkerLandmarks } = await import('../tools/landmarks/our-browser.ts');
  const worker = await openWorkerLandmarks();
  let apartPx = 0;
  const times: number[] = [];
  for (const picture of pictures.values()) {
    const there = await worker.detect(picture);
    const here = landmarker.detect(picture);
    if (here.ok !== (there.points !== null))
      throw new Error('Browser and Node disagree on whether there is a face.');
    if (!here.ok) continue;
    times.push(there.medianMs);
    there.points?.forEach((value, i) => {
      apartPx = Math.max(apartPx, Math.abs(value - here.points[i]));
    });
  }
  await worker.close();
  times.sort((a, b) => a - b);
  console.log(
    `ours in a browser worker: median ${times[times.length >> 1]?.toFixed(1)} ms a face, points at most ${apartPx} px from Node's\n`,
  );
}

function medianMs(work: () => unknown, times = rounds): number {
  work();
  const samples = Array.from({ length: times }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return samples.sort((a, b) => a - b)[times >> 1];
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(38) + cells.map((cell) => cell.padStart(11)).join('');
}
