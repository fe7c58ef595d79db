import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/**
 * Sets documents with Typst: Indic scripts shaped, lengths exact, PDF tagged for screen readers, same bytes for the
 * same input. The compiler runs in a thread of its own, started with the first document: a long document holds up no
 * request, and a fault in it takes nothing else with it. docs/documents.md, docs/decisions/0005.
 */
export interface Typesetter {
  /**
   * @param source a Typst document. Data belongs in a JSON file it reads, never in the source itself.
   * @param files what the source may open, by absolute path such as `/plan.json`.
   * @throws `typesetting-failed` with the compiler's words; also after {@link mostMs}.
   */
  pdf(source: string, files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array>;
  /** The same as an SVG whose letters are outlines, so that any renderer shows them shaped right. */
  svg(source: string, files: Readonly<Record<string, Uint8Array>>): Promise<string>;
  /** Ends the thread. The typesetter may be used again: it starts another. */
  close(): Promise<void>;
}

/** The families a document may name; together they set Latin, Devanagari and Bengali. */
export const documentFonts = ['Anek Devanagari', 'Anek Bangla'] as const;

export interface TypesettingRequest {
  readonly id: number;
  readonly format: 'pdf' | 'svg';
  readonly source: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

export type TypesettingAnswer =
  | { readonly id: number; readonly ok: true; readonly result: Uint8Array | string }
  | { readonly id: number; readonly ok: false; readonly words: string };

/** A document that takes longer is given up; a plan with 100,000 dots takes a few seconds. */
const mostMs = 60_000;
/** The thread holds about 150 MB; it goes when nothing was set for this long. */
const idleMs = 60_000;

interface Pending {
  readonly resolve: (result: Uint8Array | string) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** Costs nothing until the first document, which takes about half a second more than the next. */
export function openTypesetter(): Typesetter {
  let thread: { readonly worker: Worker; readonly pending: Map<number, Pending> } | undefined;
  let idle: NodeJS.Timeout | undefined;
  let count = 0;

  const end = async (because: string) => {
    clearTimeout(idle);
    const ended = thread;
    thread = undefined;
    for (const { reject, timer } of ended?.pending.values() ?? []) {
      clearTimeout(timer);
      reject(failure(because));
    }
    await ended?.worker.terminate();
  };

  const start = () => {
    // By package name, so that it is found also from a bundle.
    const script = createRequire(import.meta.url).resolve('@undertone/clinic/platform/typesetter.worker.ts');
    // The compiler writes every file it is refused to stderr; its answer says the same.
    const worker = new Worker(script, {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stderr: true,
    });
    const pending = new Map<number, Pending>();
    const started = { worker, pending };
    worker.on('message', (answer: TypesettingAnswer) => {
      const one = pending.get(answer.id);
      if (!one) return;
      pending.delete(answer.id);
      clearTimeout(one.timer);
      if (answer.ok) one.resolve(answer.result);
      else one.reject(failure(answer.words));
      if (pending.size > 0) return;
      worker.unref();
      idle = setTimeout(() => void end('idle'), idleMs).unref();
    });
    worker.on('error', (error) => {
      if (thread === started) void end(String(error));
    });
    worker.unref();
    return started;
  };

  const set = (request: Omit<TypesettingRequest, 'id'>) =>
    new Promise<Uint8Array | string>((resolve, reject) => {
      clearTimeout(idle);
      thread ??= start();
      const id = ++count;
      const timer = setTimeout(() => void end(`more than ${mostMs / 1000} seconds`), mostMs);
      thread.pending.set(id, { resolve, reject, timer });
      thread.worker.ref();
      thread.worker.postMessage({ ...request, id } satisfies TypesettingRequest, []);
    });

  return {
    pdf: (source, files) => set({ format: 'pdf', source, files }) as Promise<Uint8Array>,
    svg: (source, files) => set({ format: 'svg', source, files }) as Promise<string>,
    close: () => end('closed'),
  };
}

function failure(words: string) {
  return Object.assign(new Error(`The document could not be set: ${words}`), {
    code: 'typesetting-failed' as const,
  });
}
