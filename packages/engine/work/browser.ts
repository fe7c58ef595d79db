import { createPool, type Pool } from './pool.ts';
import type { FromWorker } from './protocol.ts';

/** A pool of module workers. Only for code that runs in a browser. */
export function createBrowserPool(size = Math.max(1, Math.min(2, navigator.hardwareConcurrency - 1))): Pool {
  return createPool(() => {
    const worker = new Worker(new URL('./browser.worker.ts', import.meta.url), { type: 'module' });
    return {
      post: (message, transfer) => worker.postMessage(message, transfer),
      onMessage: (listener) =>
        worker.addEventListener('message', (event: MessageEvent<FromWorker>) => listener(event.data)),
      onError: (listener) => {
        worker.addEventListener('error', (event) => listener(new Error(event.message)));
        worker.addEventListener('messageerror', () => listener(new Error('a message could not be read')));
      },
      terminate: () => Promise.resolve(worker.terminate()),
    };
  }, size);
}
