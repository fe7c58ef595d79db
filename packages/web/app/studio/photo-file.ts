import type { PhotoTold } from './photo.worker.ts';
import { type PhotoAnswer, type PhotoFault, readPhoto } from './read-photo.ts';
import type { StudioPhoto } from './state.ts';

export type { PhotoFault } from './read-photo.ts';

type OpenedPhoto =
  | { readonly ok: true; readonly photo: StudioPhoto }
  | { readonly ok: false; readonly reason: PhotoFault };

/**
 * Opens a photograph on this device, on the page itself; see `read-photo.ts`. The bytes stay as they are for saving.
 */
export async function openPhoto(file: File, mostShownPixels = Infinity): Promise<OpenedPhoto> {
  return openedOf(file, await readPhoto(file, mostShownPixels));
}

export interface OpeningControl {
  readonly signal: AbortSignal;
  readonly onProgress: (done01: number) => void;
}

/** A worker that has not begun by then is not waited for. */
const beginsWithinMs = 15_000;

/**
 * The same in a worker of its own, which ends when the signal fires; on the page where a worker cannot be had or does not
 * begin. Rejects with the signal's reason.
 */
export async function openPhotoAside(
  file: File,
  { signal, onProgress }: OpeningControl,
): Promise<OpenedPhoto> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./photo.worker.ts', import.meta.url), { type: 'module' });
  let patience: ReturnType<typeof setTimeout> | undefined;
  try {
    const answer = await new Promise<PhotoAnswer | undefined>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      for (const fault of ['error', 'messageerror'] as const)
        worker.addEventListener(fault, () => resolve(undefined));
      patience = setTimeout(resolve, beginsWithinMs, undefined);
      worker.addEventListener('message', ({ data }: MessageEvent<PhotoTold>) => {
        clearTimeout(patience);
        if (signal.aborted) return;
        if (data.type === 'progress') onProgress(data.done01);
        else resolve(data.type === 'done' ? data.answer : undefined);
      });
      worker.postMessage({ file, mostShownPixels: Infinity }, []);
    });
    signal.throwIfAborted();
    if (answer) return openedOf(file, answer);
    worker.terminate();
    const readHere = await readPhoto(file, Infinity, (done01) => {
      if (!signal.aborted) onProgress(done01);
    });
    signal.throwIfAborted();
    return openedOf(file, readHere);
  } finally {
    clearTimeout(patience);
    worker.terminate();
  }
}

function openedOf(file: File, answer: PhotoAnswer): OpenedPhoto {
  if (!answer.ok) return answer;
  const { picture, sha256, reducedBy } = answer;
  return { ok: true, photo: { file, sha256, picture, reducedBy } };
}
