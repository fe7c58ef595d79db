/** Reads one photograph beside the page, so that it can be given up half-way. */
import { type PhotoAnswer, readPhoto } from './read-photo.ts';

export interface PhotoQuestion {
  readonly file: File;
  readonly mostShownPixels: number;
}

export type PhotoTold =
  | { readonly type: 'progress'; readonly done01: number }
  | { readonly type: 'done'; readonly answer: PhotoAnswer }
  | { readonly type: 'failed' };

interface WorkerScope {
  postMessage(message: PhotoTold, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<PhotoQuestion>) => void): void;
}

const scope = globalThis as unknown as WorkerScope;
const tell = (message: PhotoTold, transfer: Transferable[] = []) => scope.postMessage(message, transfer);

scope.addEventListener('message', ({ data: { file, mostShownPixels } }) => {
  // That it has begun: a file in a cloud may take its time.
  tell({ type: 'progress', done01: 0 });
  readPhoto(file, mostShownPixels, (done01) => tell({ type: 'progress', done01 }))
    .then((answer) =>
      tell({ type: 'done', answer }, answer.ok ? [answer.picture.rgba.buffer as ArrayBuffer] : []),
    )
    .catch(() => tell({ type: 'failed' }));
});
