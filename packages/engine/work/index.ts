/**
 * Work: the engine's long jobs in workers. The page makes a pool with `createBrowserPool` (browser.ts), a server or
 * test with `createNodePool` (node.ts); both answer
 *
 *     const proposal = await pool.run('propose', { picture, taps }, { signal, onProgress });
 *
 * Results hand their buffers over; inputs are copied unless `transfer` lists their buffers, large arrays once while the same
 * worker goes on using them.
 */
export type { JobKind, Jobs, PlanAnswer, PreviewWish } from './jobs.ts';
export type { JobOptions, Pool } from './pool.ts';
