/** Our own landmarks in a module worker of a real Chromium: the same files Node runs. */
import type { Picture } from '../../photo/picture.ts';
import { openPage, origin } from './chromium.ts';

export interface WorkerAnswer {
  /** x, y, z of 478 points, pixels; null where it saw no face. */
  readonly points: number[] | null;
  /** Warm, detector and mesh. */
  readonly medianMs: number;
}

export interface WorkerLandmarks {
  readonly detect: (picture: Picture) => Promise<WorkerAnswer>;
  readonly close: () => Promise<void>;
}

/** The worker's program: loads the models from our own origin once, then answers picture by picture. */
const program = `
  import { createFaceLandmarker, loadLandmarkModels } from '${origin}/region/landmarks/index.ts';
  const read = async (_file, path) => new Uint8Array(await (await fetch('${origin}/' + path)).arrayBuffer());
  const landmarker = createFaceLandmarker(await loadLandmarkModels(read));
  onmessage = ({ data: picture }) => {
    const times = [];
    let answer;
    for (let i = 0; i < 9; i++) {
      const started = performance.now();
      answer = landmarker.detect(picture);
      times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    postMessage({ points: answer.ok ? Array.from(answer.points) : null, medianMs: times[4] });
  };
  postMessage('ready');
`;

export async function openWorkerLandmarks(): Promise<WorkerLandmarks> {
  const { page, close } = await openPage();
  await page.evaluate(
    (program) =>
      new Promise<void>((resolve, reject) => {
        const url = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
        const worker = new Worker(url, { type: 'module' });
        worker.addEventListener('error', (event) => reject(new Error(event.message)));
        worker.addEventListener('message', () => resolve(), { once: true });
        Object.assign(globalThis, { landmarkWorker: worker });
      }),
    program,
  );
  return {
    detect: (picture) =>
      page.evaluate(
        ({ widthPx, heightPx, base64 }) =>
          new Promise<WorkerAnswer>((resolve) => {
            const worker = (globalThis as unknown as { landmarkWorker: Worker }).landmarkWorker;
            const rgba = Uint8ClampedArray.from(atob(base64), (c) => c.charCodeAt(0));
            worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => resolve(data), {
              once: true,
            });
            worker.postMessage({ widthPx, heightPx, rgba }, [rgba.buffer]);
          }),
        { ...picture, base64: Buffer.from(picture.rgba.buffer).toString('base64'), rgba: undefined },
      ),
    close,
  };
}
