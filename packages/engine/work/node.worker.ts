/** The worker's program in Node, run as it is from TypeScript. */
import { parentPort } from 'node:worker_threads';
import { serve, type ToWorker } from './protocol.ts';

const port = parentPort;
if (!port) throw Object.assign(new Error('This file runs as a worker thread.'), { code: 'not-a-worker' });
const receive = serve({ post: (message, transfer) => port.postMessage(message, transfer as ArrayBuffer[]) });
port.on('message', (message: ToWorker) => receive(message));
