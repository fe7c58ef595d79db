/** The worker's program in a browser: `new Worker(new URL('./browser.worker.ts', import.meta.url), { type: 'module' })`. */
import { serve, type ToWorker } from './protocol.ts';

interface WorkerScope {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}

const scope = globalThis as unknown as WorkerScope;
const receive = serve({ post: (message, transfer) => scope.postMessage(message, transfer) });
scope.addEventListener('message', (event) => receive(event.data));
