import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { createPool, type Pool } from './pool.ts';
import type { FromWorker } from './protocol.ts';

/**
 * A pool of worker threads. They do not keep the process alive when nothing is under way.
 * @param script where `node.worker.ts` lies, for a caller in a bundle, which has it by package name only.
 */
export function createNodePool(
  size = Math.max(1, availableParallelism()),
  script: string | URL = new URL('./node.worker.ts', import.meta.url),
): Pool {
  return createPool(() => {
    const worker = new Worker(script);
    worker.unref();
    return {
      post: (message, transfer) => {
        worker.ref();
        worker.postMessage(message, transfer as ArrayBuffer[]);
      },
      onMessage: (listener) =>
        worker.on('message', (message: FromWorker) => {
          if (message.type !== 'progress') worker.unref();
          listener(message);
        }),
      onError: (listener) => worker.on('error', (error) => listener(error as Error)),
      terminate: () => worker.terminate(),
    };
  }, size);
}
