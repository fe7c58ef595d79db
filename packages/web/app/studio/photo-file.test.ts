import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PhotoTold } from './photo.worker.ts';
import { openPhotoAside } from './photo-file.ts';

let workers: FakeWorker[];

/** A browser's worker that says only what a test has it say. */
class FakeWorker extends EventTarget {
  isEnded = false;
  constructor() {
    super();
    workers.push(this);
  }
  postMessage() {}
  terminate() {
    this.isEnded = true;
  }
  say(data: PhotoTold) {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const file = new File(['no picture'], 'a.jpg', { type: 'image/jpeg' });
/** What the page itself reads of this file. */
const readOnThePage = { ok: false, reason: 'not-an-image' };

beforeEach(() => {
  workers = [];
  vi.useFakeTimers();
  vi.stubGlobal('Worker', FakeWorker);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a photograph opened beside the page', () => {
  const opening = () => {
    const control = new AbortController();
    const opened = openPhotoAside(file, { signal: control.signal, onProgress: () => {} });
    return { control, opened, worker: workers[0] };
  };

  it('is opened on the page when its worker never begins, and when it breaks', async () => {
    const silent = opening();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await silent.opened).toEqual(readOnThePage);
    expect(silent.worker.isEnded).toBe(true);
    for (const type of ['error', 'messageerror']) {
      workers = [];
      const broken = opening();
      broken.worker.dispatchEvent(new Event(type));
      expect(await broken.opened).toEqual(readOnThePage);
    }
  });

  it('is waited for, however long it takes, once its worker has begun', async () => {
    const { opened, worker } = opening();
    worker.say({ type: 'progress', done01: 0 });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(worker.isEnded).toBe(false);
    worker.say({ type: 'done', answer: { ok: false, reason: 'too-large' } });
    expect(await opened).toEqual({ ok: false, reason: 'too-large' });
    expect(worker.isEnded).toBe(true);
  });

  it('that is given up while the page reads it comes to nothing', async () => {
    const { control, opened, worker } = opening();
    worker.dispatchEvent(new Event('error'));
    // The worker's fault is known; the page has begun.
    while (!worker.isEnded) await Promise.resolve();
    control.abort('given up');
    await expect(opened).rejects.toBe('given up');
  });
});
