import type { JobKind, Jobs } from './jobs.ts';
import { createSender, type Sender } from './large.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

/** A worker as a pool sees it, whichever environment it runs in. */
export interface WorkerHandle {
  post(message: ToWorker, transfer: Transferable[]): void;
  onMessage(listener: (message: FromWorker) => void): void;
  /** Called when the worker dies or its code throws outside a job. */
  onError(listener: (error: Error) => void): void;
  terminate(): Promise<unknown>;
}

export interface JobOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done01: number, step: string) => void;
  /** Buffers of the input to hand over instead of copying; the caller's views of them become empty. */
  readonly transfer?: Transferable[];
}

export interface Pool {
  /**
   * Runs a job on a free worker, or queues it. A large array (a picture, a mask) that was part of the worker's last job is not
   * sent again, so it must never change once it was given. Rejects with an `AbortError` as soon as the signal fires, whether the
   * worker has noticed or not; with code `worker-failed` when the worker died.
   */
  run<K extends JobKind>(kind: K, input: Jobs[K]['input'], options?: JobOptions): Promise<Jobs[K]['output']>;
  /** Ends all workers; jobs under way are rejected with code `pool-closed`. */
  close(): Promise<void>;
}

interface Waiting {
  readonly id: number;
  readonly kind: JobKind;
  readonly input: unknown;
  readonly options: JobOptions;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
  settled: boolean;
}

interface Slot {
  worker: WorkerHandle;
  sender: Sender;
  job: Waiting | undefined;
}

/** How long a cancelled worker may take to notice before it is replaced, ms. */
const patienceMs = 250;

/** A pool over any kind of worker. Workers are started when first needed, at most `size` of them. */
export function createPool(start: () => WorkerHandle, size: number): Pool {
  const slots: Slot[] = [];
  const queue: Waiting[] = [];
  let nextId = 1;
  let closed = false;

  const settle = (job: Waiting, how: () => void) => {
    if (job.settled) return;
    job.settled = true;
    how();
  };

  const release = (slot: Slot) => {
    slot.job = undefined;
    pump();
  };

  const openSlot = (): Slot => {
    const slot: Slot = { worker: start(), sender: createSender(), job: undefined };
    listen(slot);
    slots.push(slot);
    return slot;
  };

  const listen = (slot: Slot) => {
    const { worker } = slot;
    worker.onMessage((message) => {
      const { job } = slot;
      if (slot.worker !== worker || !job || job.id !== message.id) return;
      if (message.type === 'progress') {
        if (!job.settled) job.options.onProgress?.(message.done01, message.step);
        return;
      }
      if (message.type === 'done') settle(job, () => job.resolve(message.output));
      else settle(job, () => job.reject(failureOf(message)));
      release(slot);
    });
    worker.onError((error) => {
      if (slot.worker !== worker) return;
      const { job } = slot;
      slots.splice(slots.indexOf(slot), 1);
      void worker.terminate();
      if (job) settle(job, () => job.reject(coded('worker-failed', `The worker stopped: ${error.message}`)));
      pump();
    });
  };

  const pump = () => {
    if (closed) return;
    while (queue.length > 0) {
      const slot = slots.find((s) => !s.job) ?? (slots.length < size ? openSlot() : undefined);
      if (!slot) return;
      const job = queue.shift();
      if (!job || job.settled) continue;
      const { transfer = [] } = job.options;
      const input = slot.sender.pack(job.input, transfer);
      slot.job = job;
      try {
        slot.worker.post({ type: 'start', id: job.id, kind: job.kind, input }, transfer);
      } catch (error) {
        // Out of memory, or an array that was handed over before: the worker has got nothing of it.
        slot.job = undefined;
        slot.sender = createSender();
        settle(job, () => job.reject(error));
      }
    }
  };

  /** A long kernel does not look at its signal: a worker that stays silent is ended and its place taken anew. */
  const cancel = (job: Waiting) => {
    settle(job, () => job.reject(job.options.signal?.reason ?? new DOMException('Aborted', 'AbortError')));
    const slot = slots.find((s) => s.job === job);
    if (!slot) return;
    slot.worker.post({ type: 'cancel', id: job.id }, []);
    setTimeout(() => {
      if (slot.job !== job || closed) return;
      void slot.worker.terminate();
      slots.splice(slots.indexOf(slot), 1);
      pump();
    }, patienceMs);
  };

  return {
    run(kind, input, options = {}) {
      if (closed) return Promise.reject(coded('pool-closed', 'The pool of workers is closed.'));
      return new Promise((resolve, reject) => {
        const job: Waiting = {
          id: nextId++,
          kind,
          input,
          options,
          resolve: resolve as (output: unknown) => void,
          reject,
          settled: false,
        };
        if (options.signal?.aborted) {
          cancel(job);
          return;
        }
        options.signal?.addEventListener('abort', () => cancel(job), { once: true });
        queue.push(job);
        pump();
      });
    },
    async close() {
      closed = true;
      const gone = coded('pool-closed', 'The pool of workers was closed.');
      for (const job of queue) settle(job, () => job.reject(gone));
      for (const { job } of slots) if (job) settle(job, () => job.reject(gone));
      await Promise.all(slots.map(({ worker }) => worker.terminate()));
      slots.length = 0;
    },
  };
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function failureOf(message: Extract<FromWorker, { type: 'failed' }>): unknown {
  if (message.name === 'AbortError') return new DOMException(message.message, 'AbortError');
  return Object.assign(new Error(message.message), {
    name: message.name,
    code: message.code ?? 'job-failed',
  });
}
