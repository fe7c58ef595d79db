import cluster, { type Worker } from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';

/*
 * Several processes of one clinic on this machine (`undertone serve --processes N`). The first one owns the data folder,
 * the embedded database and the schema; it serves nothing itself, so that nothing a visitor sends can take the database
 * down with it. Its children are the same program with `--web` (they share one port; node:cluster hands connections round)
 * or `--worker`. A child that ends is started again; children end with the first process, however it ends.
 */

export type Part = 'web' | 'worker';

export interface Processes {
  /** The port the pages are served at. */
  readonly port: number;
  /** Ends all children in order; they are not started again. */
  stop(): Promise<void>;
}

export interface ProcessesOptions {
  readonly web: number;
  readonly workers: number;
  /** Arguments of the verb that every child is given besides its part. */
  readonly args: readonly string[];
  readonly main: string;
  readonly onRestart: (part: Part, why: string) => void;
}

/** What a child tells the first process when it can take work. */
export interface ReadyMessage {
  readonly undertone: 'ready';
  readonly port: number;
}

const firstPauseMs = 250;
const longestPauseMs = 10_000;
/** A child that has run so long failed for a new reason: the next pause is short again. */
const settledMs = 30_000;
/** Requests under way get 5 s of a web process, runs under way 10 s of a worker. */
const stopWithinMs = 20_000;

/**
 * Starts the children and waits until each is ready.
 * @throws an error with code `process-failed` when one ends before it was ever ready.
 */
export async function startProcesses(options: ProcessesOptions): Promise<Processes> {
  const running = new Map<Worker, Part>();
  const timers = new Set<NodeJS.Timeout>();
  let stopping = false;

  const start = (part: Part, pauseMs: number): Promise<number> => {
    // Settings are taken over when a child is forked; each part needs its own.
    cluster.setupPrimary({ exec: options.main, args: ['serve', `--${part}`, ...options.args] });
    const child = cluster.fork();
    const begunMs = performance.now();
    let isReady = false;
    running.set(child, part);
    return new Promise((resolve, reject) => {
      child.on('error', () => undefined);
      child.on('message', (message: ReadyMessage) => {
        if (message.undertone !== 'ready') return;
        isReady = true;
        resolve(message.port);
      });
      child.once('exit', (code, signal) => {
        running.delete(child);
        const why = signal ?? `code ${code}`;
        if (stopping) return resolve(0);
        if (!isReady && pauseMs === 0) return reject(failed(part, why));
        const isSettled = performance.now() - begunMs > settledMs;
        const waitMs =
          isReady && isSettled ? firstPauseMs : Math.min(longestPauseMs, pauseMs * 2 || firstPauseMs);
        options.onRestart(part, why);
        const timer = setTimeout(() => {
          timers.delete(timer);
          if (!stopping) void start(part, waitMs).catch(() => undefined);
        }, waitMs);
        timers.add(timer);
      });
    });
  };

  const stop = async (): Promise<void> => {
    stopping = true;
    for (const timer of timers) clearTimeout(timer);
    for (const child of running.keys()) child.process.kill('SIGTERM');
    for (let waitedMs = 0; running.size > 0 && waitedMs < stopWithinMs; waitedMs += 25) await pause(25);
    for (const child of running.keys()) child.process.kill('SIGKILL');
  };

  const parts: Part[] = [
    ...Array.from({ length: options.web }, () => 'web' as const),
    ...Array.from({ length: options.workers }, () => 'worker' as const),
  ];
  try {
    const ports = await Promise.all(parts.map((part) => start(part, 0)));
    return { port: ports[0] ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function failed(part: Part, why: string): Error {
  return Object.assign(
    new Error(`a ${part} process ended before it was ready (${why}); its last words are above.`),
    {
      code: 'process-failed' as const,
    },
  );
}

/** In a child: says that work is taken from now on. Without a first process nobody hears it. */
export function sayReady(port: number): void {
  process.send?.({ undertone: 'ready', port } satisfies ReadyMessage);
}

/** Whether this process is the child of a first one, which says to people what there is to say. */
export const isChild = (): boolean => cluster.isWorker;
