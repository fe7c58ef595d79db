import { setTimeout as pause } from 'node:timers/promises';

/** One request: from when it was due until it was answered. */
export interface Sample<Kind extends string> {
  readonly kind: Kind;
  readonly ms: number;
  readonly ok: boolean;
}

/**
 * Sends requests when they are due, whether or not earlier ones have been answered.
 * @returns how long it took until all were answered, in milliseconds
 */
export async function atRate<Kind extends string>(
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
  note: (one: Sample<Kind>) => void,
  send: (n: number) => { readonly kind: Kind; readonly answered: Promise<boolean> },
): Promise<number> {
  const begunMs = performance.now();
  const under: Promise<void>[] = [];
  for (let n = 0; n < perSecond * seconds; n++) {
    const dueMs = begunMs + (n * 1000) / perSecond;
    if (dueMs > performance.now()) await pause(dueMs - performance.now());
    const { kind, answered } = send(n);
    under.push(answered.catch(() => false).then((ok) => note({ kind, ms: performance.now() - dueMs, ok })));
  }
  await Promise.all(under);
  return performance.now() - begunMs;
}

/** A kind of a mix, whose shares are of a hundred. @param at from 0 to 1 */
export function chosenOf<Kind extends string>(mix: Readonly<Record<Kind, number>>, at: number): Kind {
  const kinds = Object.keys(mix) as Kind[];
  let left = at * 100;
  return kinds.find((kind) => (left -= mix[kind]) < 0) ?? kinds[0]!;
}

export function shareAt(samples: readonly Sample<string>[], share: number): number {
  const sorted = samples.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}

/** How many of each kind, their times and failures, in lines. */
export function tableOf(kinds: readonly string[], samples: readonly Sample<string>[]): string {
  const line = (name: string, of: readonly Sample<string>[]) => {
    const at = (share: number) => shareAt(of, share).toFixed(0).padStart(7);
    const failed = of.filter(({ ok }) => !ok).length;
    return `${name.padEnd(22)}${String(of.length).padStart(6)}${at(0.5)}${at(0.95)}${at(0.99)}${String(failed).padStart(8)}\n`;
  };
  const lines = kinds.map((kind) =>
    line(
      kind,
      samples.filter((one) => one.kind === kind),
    ),
  );
  return `milliseconds           asked    p50    p95    p99  failed\n${line('all', samples)}${lines.join('')}`;
}
