/**
 * Bernoulli CUSUM by log-likelihood ratio (Page 1954; Steiner et al., Biostatistics 2000;1:441): each session with known
 * follow-up adds ln(p1/p0) with an event, ln((1−p1)/(1−p0)) without; the sum never falls below 0; above the limit it signals
 * and begins again. Pure; the simulation takes its seed.
 */
export interface CusumDesign {
  /** Rate taken as in control. */
  readonly p0: number;
  /** Rate to be noticed soon; above p0. */
  readonly p1: number;
  /** Control limit. */
  readonly h: number;
}

export function cusumWeights({ p0, p1 }: Pick<CusumDesign, 'p0' | 'p1'>): {
  withEvent: number;
  without: number;
} {
  return { withEvent: Math.log(p1 / p0), without: Math.log((1 - p1) / (1 - p0)) };
}

export interface CusumStep {
  readonly value: number;
  readonly isSignal: boolean;
}

/** The chart of a row of sessions, in their order. After a signal it goes on from 0. */
export function cusum(events: readonly boolean[], design: CusumDesign): readonly CusumStep[] {
  const { withEvent, without } = cusumWeights(design);
  let sum = 0;
  return events.map((hasEvent) => {
    sum = Math.max(0, sum + (hasEvent ? withEvent : without));
    const value = sum;
    const isSignal = value > design.h;
    if (isSignal) sum = 0;
    return { value, isSignal };
  });
}

export interface RunLengths {
  /** Average sessions until a signal. */
  readonly mean: number;
  /** Of the mean, from the simulation. */
  readonly standardError: number;
  readonly median: number;
}

/** How long the chart runs until it signals at a true rate, by simulation. */
export function simulateRunLengths(
  design: CusumDesign,
  rate01: number,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): RunLengths {
  const { withEvent, without } = cusumWeights(design);
  const random = mulberry32(seed);
  const lengths = Array.from({ length: runs }, () => {
    let sum = 0;
    let length = 0;
    while (sum <= design.h) {
      sum = Math.max(0, sum + (random() < rate01 ? withEvent : without));
      length += 1;
    }
    return length;
  });
  const mean = lengths.reduce((total, one) => total + one, 0) / runs;
  const variance = lengths.reduce((total, one) => total + (one - mean) ** 2, 0) / (runs - 1);
  const sorted = [...lengths].sort((a, b) => a - b);
  return {
    mean,
    standardError: Math.sqrt(variance / runs),
    median: sorted[Math.floor(runs / 2)] ?? 0,
  };
}

/** A small seeded generator (mulberry32, T. Ettinger); uniform in 0 ≤ x < 1. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
