import { doJob, type JobKind, type Kept } from './jobs.ts';
import { createReceiver } from './large.ts';

/** What a pool sends to a worker. */
export type ToWorker =
  | { readonly type: 'start'; readonly id: number; readonly kind: JobKind; readonly input: unknown }
  | { readonly type: 'cancel'; readonly id: number };

/** What a worker sends back. */
export type FromWorker =
  | { readonly type: 'progress'; readonly id: number; readonly done01: number; readonly step: string }
  | { readonly type: 'done'; readonly id: number; readonly output: unknown }
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly name: string;
      readonly code?: string;
      readonly message: string;
    };

/** One side of a worker's port, as both environments can offer it. */
export interface Port {
  post(message: FromWorker, transfer: Transferable[]): void;
}

/**
 * The worker's side: returns the function to feed with messages. A job yields between its steps, so a cancel that
 * arrives meanwhile is seen at the next one.
 */
export function serve(port: Port): (message: ToWorker) => void {
  const running = new Map<number, AbortController>();
  const kept: Kept = {};
  const receiver = createReceiver();
  return (message) => {
    if (message.type === 'cancel') {
      running.get(message.id)?.abort();
      return;
    }
    const { id, kind } = message;
    const controller = new AbortController();
    running.set(id, controller);
    doJob(
      kind,
      receiver.unpack(message.input) as never,
      {
        signal: controller.signal,
        onProgress: (done01, step) => port.post({ type: 'progress', id, done01, step }, []),
      },
      kept,
    )
      .then((output) => {
        const given = buffersOf(output).filter((buffer) => !receiver.holds(buffer));
        port.post({ type: 'done', id, output }, given);
      })
      .catch((error: unknown) => {
        const { name, message, code } = error as { name?: string; message?: string; code?: unknown };
        port.post(
          {
            type: 'failed',
            id,
            name: name ?? 'Error',
            message: message ?? String(error),
            ...(typeof code === 'string' ? { code } : {}),
          },
          [],
        );
      })
      .finally(() => running.delete(id));
  };
}

/** The array buffers inside a value, each once: those a worker hands over instead of copying. */
export function buffersOf(value: unknown, found: Set<ArrayBuffer> = new Set()): ArrayBuffer[] {
  collect(value, found, new Set());
  return [...found];
}

function collect(value: unknown, found: Set<ArrayBuffer>, seen: Set<object>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof ArrayBuffer) {
    found.add(value);
  } else if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else {
    for (const inner of Object.values(value)) collect(inner, found, seen);
  }
}
