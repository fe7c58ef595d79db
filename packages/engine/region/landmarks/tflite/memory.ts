export interface MemoryStep {
  readonly reads: readonly number[];
  readonly writes: number;
  readonly scratchFloats: number;
}

export interface MemoryPlan {
  /** Bytes the working memory takes, from 0. */
  readonly bytes: number;
  /** Bytes; scratch space large enough for any one step. */
  readonly scratchAt: number;
  /** Bytes; where a tensor lives. Throws `tflite-unsupported` for a tensor no step makes. */
  at(tensor: number): number;
  /** Floats a tensor takes, padding included. */
  floats(tensor: number): number;
}

/** The first bytes stay free, so that 0 can mean "none". */
const firstByte = 64;

/**
 * Gives every tensor a place, first fit, and hands the place on once nothing reads the tensor any more.
 * The model's own inputs and outputs keep theirs. Tensors never overlap while both are needed.
 */
export function planMemory(
  steps: readonly MemoryStep[],
  model: { inputs: readonly number[]; outputs: readonly number[]; floatsOf(tensor: number): number },
): MemoryPlan {
  const lastRead = new Map<number, number>();
  steps.forEach((step, i) => {
    for (const tensor of step.reads) lastRead.set(tensor, i);
  });
  for (const tensor of [...model.inputs, ...model.outputs]) lastRead.set(tensor, steps.length);

  const places = new Map<number, number>();
  let live: { tensor: number; at: number; bytes: number }[] = [];
  let top = firstByte;
  const claim = (tensor: number): void => {
    const bytes = (model.floatsOf(tensor) * 4 + 15) & ~15;
    let at = firstByte;
    for (const other of live) {
      if (at + bytes <= other.at) break;
      at = Math.max(at, other.at + other.bytes);
    }
    live.push({ tensor, at, bytes });
    live.sort((a, b) => a.at - b.at);
    places.set(tensor, at);
    top = Math.max(top, at + bytes);
  };

  for (const tensor of model.inputs) claim(tensor);
  steps.forEach((step, i) => {
    claim(step.writes);
    live = live.filter(({ tensor }) => (lastRead.get(tensor) ?? i) > i);
  });

  const scratchFloats = steps.reduce((most, step) => Math.max(most, step.scratchFloats), 0);
  return {
    scratchAt: top,
    bytes: top + ((scratchFloats * 4 + 15) & ~15),
    floats: (tensor) => model.floatsOf(tensor),
    at: (tensor) => {
      const at = places.get(tensor);
      if (at !== undefined) return at;
      throw Object.assign(new Error(`Nothing computes tensor ${tensor}.`), {
        code: 'tflite-unsupported' as const,
      });
    },
  };
}
