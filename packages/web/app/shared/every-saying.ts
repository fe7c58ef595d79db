import { type Saying, sayings } from '@undertone/engine/words/index.ts';
import { refusals } from './refusals/index.ts';

/** What the engine and the commands say, in every language. The server's; a page gets its own language of it. */
export const everySaying: readonly Saying[] = [...sayings, ...refusals];
