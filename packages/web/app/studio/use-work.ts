import type { JobKind, Jobs, Pool } from '@undertone/engine/work/index.ts';
import { useCallback, useEffect, useRef, useState } from 'react';

export interface WorkState {
  readonly kind: JobKind;
  readonly done01: number;
  readonly step: string;
}

interface Running {
  readonly controller: AbortController;
  readonly quiet: boolean;
}

/**
 * The studio's pool of workers: a new job of a kind ends the one before, and the job begun last is shown. Nothing is
 * calculated on the page's own thread. A quiet job shows no progress. A job that was cancelled answers `cancelled`, and
 * nothing else after that.
 */
export function useWork() {
  const pool = useRef<Promise<Pool>>(null);
  const running = useRef(new Map<JobKind, Running>());
  const [shown, setShown] = useState<readonly WorkState[]>([]);
  /** What waited for something else must not start workers again when the page is gone. */
  const isGone = useRef(false);

  useEffect(() => {
    const jobs = running.current;
    isGone.current = false;
    return () => {
      isGone.current = true;
      for (const { controller } of jobs.values()) controller.abort();
      void pool.current?.then((made) => made.close());
      pool.current = null;
    };
  }, []);

  const run = useCallback(
    async <K extends JobKind>(
      kind: K,
      input: Jobs[K]['input'],
      { quiet = false }: { readonly quiet?: boolean } = {},
    ): Promise<Jobs[K]['output'] | 'cancelled'> => {
      if (isGone.current) return 'cancelled';
      running.current.get(kind)?.controller.abort();
      const job = { controller: new AbortController(), quiet };
      const { signal } = job.controller;
      running.current.set(kind, job);
      const others = (all: readonly WorkState[]) => all.filter((one) => one.kind !== kind);
      const show = (done01: number, step: string) => {
        if (!quiet && running.current.get(kind) === job)
          setShown((all) => [...others(all), { kind, done01, step }]);
      };
      show(0, '');
      try {
        pool.current ??= import('@undertone/engine/work/browser.ts').then((made) => made.createBrowserPool());
        const workers = await pool.current;
        const output = await workers.run(kind, input, { signal, onProgress: show });
        return signal.aborted ? 'cancelled' : output;
      } catch (error) {
        if (signal.aborted) return 'cancelled';
        throw error;
      } finally {
        if (running.current.get(kind) === job) {
          running.current.delete(kind);
          if (!quiet) setShown(others);
        }
      }
    },
    [],
  );

  /** Ends the job of a kind; without one, every job that is shown. */
  const cancel = useCallback((kind?: JobKind) => {
    for (const [own, { controller, quiet }] of running.current)
      if (kind === undefined ? !quiet : own === kind) controller.abort();
  }, []);

  return { run, cancel, state: shown.at(-1) ?? null };
}
