import type { JobKind, Jobs, Pool } from '@undertone/engine/work/index.ts';
import { useCallback, useEffect, useRef, useState } from 'react';

export interface WorkState {
  readonly kind: JobKind;
  readonly done01: number;
  readonly step: string;
}

/**
 * The studio's pool of workers: one job at a time is shown, a new job of the same kind ends the one before. Nothing is
 * calculated on the page's own thread. A quiet job shows no progress.
 */
export function useWork() {
  const pool = useRef<Promise<Pool>>(null);
  const running = useRef(new Map<JobKind, AbortController>());
  const [state, setState] = useState<WorkState | null>(null);

  useEffect(() => {
    const jobs = running.current;
    return () => {
      for (const job of jobs.values()) job.abort();
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
      running.current.get(kind)?.abort();
      const controller = new AbortController();
      running.current.set(kind, controller);
      if (!quiet) setState({ kind, done01: 0, step: '' });
      try {
        pool.current ??= import('@undertone/engine/work/browser.ts').then((made) => made.createBrowserPool());
        const workers = await pool.current;
        return await workers.run(kind, input, {
          signal: controller.signal,
          onProgress: (done01, step) => {
            if (!quiet) setState({ kind, done01, step });
          },
        });
      } catch (error) {
        if (controller.signal.aborted) return 'cancelled';
        throw error;
      } finally {
        if (running.current.get(kind) === controller) {
          running.current.delete(kind);
          if (!quiet) setState(null);
        }
      }
    },
    [],
  );

  const cancel = useCallback(() => {
    for (const job of running.current.values()) job.abort();
  }, []);

  return { run, cancel, state };
}
