/** Lays two photographs over each other in a thread of its own: it takes seconds, which no request may wait for. */
import { parentPort, workerData } from 'node:worker_threads';
import { assessOutcome, type OutcomeInput } from '@undertone/engine/outcome/index.ts';
import { type Aligned, pairOf } from './align.ts';

const input = workerData as OutcomeInput;
const outcome = assessOutcome(input);
const answer = { outcome, pair: pairOf(input, outcome) };
const port = parentPort;
port?.postMessage(answer satisfies Aligned);
