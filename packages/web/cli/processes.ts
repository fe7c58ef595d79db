import cluster, { type Worker } from 'node:cluster';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bundle } from '../server/bundle.ts';

/*
 * Several processes of one clinic on this machine (`undertone serve --processes N`). The first one owns the data folder,
 * the embedded database and the schema; it serves nothing itself, so that nothing a visitor sends can take the database
 * down with it. Its children are the same program with `--web` (they share one port, and each takes the connections it has
 * time for) or `--worker`. A child that ends is started again; children end with the first process, however it ends. Reading the
 * program takes a child longer than all else, so it does that while the first process brings the database up, and waits
 * to be told to go on; on few cores they do it one after the other, so that one answers soon.
 */

export type Part = 'web' | 'worker';

export interface Processes {
  /**
   * Database, schema and pages are there: lets the children begin, and waits until each is ready.
   * @returns the port the pages are served at
   * @throws an error with code `process-failed` when one ends before it was ever ready
   */
  open(bundle: Bundle): Promise<number>;
  /**
   * Ends all children in order; they are not started again.
   * @param leave until it is aborted, those with pages serve on for `DRAIN_SECONDS` first
   */
  stop(leave: AbortSignal): Promise<void>;
}

export interface ProcessesOptions {
  readonly web: number;
  readonly workers: number;
  /** Arguments of the verb that every child is given besides its part. */
  readonly args: readonly string[];
  readonly main: string;
  readonly drainSeconds: number;
  readonly onRestart: (part: Part, why: string) => void;
}

/** What a child tells the first process: that it has read the program, and later that it takes work. */
type ChildMessage = { readonly undertone: 'loaded' } | { readonly undertone: 'ready'; readonly port: number };
/** What the first process answers to `loaded`, as soon as it is so. */
interface GoMessage {
  readonly undertone: 'go';
  readonly bundle: Bundle;
}

const firstPauseMs = 250;
const longestPauseMs = 10_000;
/** A child that has run so long failed for a new reason: the next pause is short again. */
const settledMs = 30_000;
/** Requests under way get 5 s of a web process, runs under way 10 s of a worker; the drain comes on top. */
export const childStopsWithinMs = 20_000;

/** Starts the children; they read the program and wait for {@link Processes.open}. */
export function startProcesses(options: ProcessesOptions): Processes {
  // Handed round by the first process, a connection on its way to a child that is killed would hang for ever: node:cluster
  // neither closes it nor gives it to another. What a killed child has taken by itself, the system closes.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  const running = new Map<Worker, Part>();
  const timers = new Set<NodeJS.Timeout>();
  const loaded = new Set<Worker>();
  let go: GoMessage | undefined;
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
      child.on('message', (message: ChildMessage) => {
        if (message.undertone === 'loaded') {
          loaded.add(child);
          if (go !== undefined) child.send(go);
          return;
        }
        isReady = true;
        resolve(message.port);
      });
      child.once('exit', (code, signal) => {
        running.delete(child);
        loaded.delete(child);
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

  const stop = async (leave: AbortSignal): Promise<void> => {
    stopping = true;
    for (const timer of timers) clearTimeout(timer);
    const tellAll = (signal: NodeJS.Signals) => {
      for (const child of running.keys()) child.process.kill(signal);
    };
    const hurry = () => tellAll('SIGINT');
    tellAll(leave.aborted ? 'SIGINT' : 'SIGTERM');
    leave.addEventListener('abort', hurry);
    const drainMs = leave.aborted ? 0 : options.drainSeconds * 1000;
    const until = performance.now() + childStopsWithinMs + drainMs;
    while (running.size > 0 && performance.now() < until) await pause(25);
    leave.removeEventListener('abort', hurry);
    tellAll('SIGKILL');
  };

  const parts: Part[] = [
    ...Array.from({ length: options.web }, () => 'web' as const),
    ...Array.from({ length: options.workers }, () => 'worker' as const),
  ];
  // Beside the first process, as many get ready at a time as there are cores: more would only delay the first to answer.
  const most = Math.max(1, availableParallelism() - 1);
  const waiting: (() => void)[] = [];
  let starting = 0;
  const inTurn = async (part: Part): Promise<number> => {
    if (starting >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    starting++;
    try {
      return stopping ? 0 : await start(part, 0);
    } finally {
      starting--;
      waiting.shift()?.();
    }
  };
  const ports = Promise.all(parts.map(inTurn));
  // One may end before anybody waits for it.
  ports.catch(() => undefined);
  return {
    async open(bundle) {
      go = { undertone: 'go', bundle };
      for (const child of loaded) child.send(go);
      try {
        return (await ports)[0] ?? 0;
      } catch (error) {
        await stop(AbortSignal.abort());
        throw error;
      }
    },
    stop,
  };
}

function failed(part: Part, why: string): Error {
  return Object.assign(
    new Error(`a ${part} process ended before it was ready (${why}); its last words are above.`),
    {
      code: 'process-failed' as const,
    },
  );
}

/** In a child: says that the program is read, and waits until the first process has made everything ready. */
export function waitToGo(): Promise<Bundle> {
  return new Promise((resolve) => {
    process.on('message', (message: GoMessage) => {
      if (message.undertone === 'go') resolve(message.bundle);
    });
    process.send?.({ undertone: 'loaded' } satisfies ChildMessage);
  });
}

/** In a child: says that work is taken from now on. */
export function sayReady(port: number): void {
  process.send?.({ undertone: 'ready', port } satisfies ChildMessage);
}

/** Whether this process is the child of a first one, which says to people what there is to say. */
export const isChild = (): boolean => cluster.isWorker;
