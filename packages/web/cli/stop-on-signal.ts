/** What listens to signals, what ends the process and what tells the time; a test gives others. */
export interface Surroundings {
  readonly signals: {
    on(signal: NodeJS.Signals, heard: (signal: NodeJS.Signals) => void): unknown;
    off(signal: NodeJS.Signals, heard: (signal: NodeJS.Signals) => void): unknown;
  };
  readonly exit: (code?: number) => void;
  /** Milliseconds that only grow. */
  readonly nowMs: () => number;
}

/**
 * Takes everything down in order.
 * @param leave aborted, at once or later: pages are not served on any longer for the sake of a balancer
 */
export type Stop = (leave: AbortSignal) => Promise<void>;

export interface Stopping {
  /** What a signal brings about from now on; until then it ends the process alone. */
  onSignal(stop: Stop): void;
  /** Stops in order and without a drain, as if Ctrl-C had been pressed once. */
  now(): void;
  /** Signals do what they do by themselves again. */
  forget(): void;
}

/** A terminal sends Ctrl-C to the whole group of processes, and the launcher passes it on: repeats within this are one wish. */
const sameWishMs = 2000;
const listened = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The first signal stops in order. SIGTERM comes from whatever looks after the process: it drains first, and however often it
 * is repeated, it cuts nothing short, because who sends it has SIGKILL when the time is over. Ctrl-C comes from a person who
 * waits: it never drains, it ends a drain that is under way, and pressed again after two seconds it leaves at once.
 */
export function stopOnSignal({ signals, exit, nowMs }: Surroundings = ofThisProcess): Stopping {
  let stop: Stop = () => Promise.resolve();
  let hasBegun = false;
  let askedByPersonMs: number | undefined;
  const leave = new AbortController();
  const begin = () => {
    if (hasBegun) return;
    hasBegun = true;
    stop(leave.signal).then(
      () => exit(),
      (error: unknown) => {
        process.stderr.write(`undertone: stopping failed: ${(error as Error).message}\n`);
        exit(1);
      },
    );
  };
  const now = () => {
    leave.abort();
    begin();
  };
  const heard = (signal: NodeJS.Signals) => {
    if (signal === 'SIGTERM') return begin();
    if (signal === 'SIGINT') {
      askedByPersonMs ??= nowMs();
      if (nowMs() - askedByPersonMs > sameWishMs) return exit(1);
    }
    now();
  };
  for (const signal of listened) signals.on(signal, heard);
  return {
    onSignal: (action) => {
      stop = action;
    },
    now,
    forget: () => {
      for (const signal of listened) signals.off(signal, heard);
    },
  };
}

const ofThisProcess: Surroundings = {
  signals: process,
  exit: (code) => process.exit(code),
  nowMs: () => performance.now(),
};
