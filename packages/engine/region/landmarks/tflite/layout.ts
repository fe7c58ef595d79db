import { type Kernels, padded } from './kernels.ts';

/** Copies elements in order between two tensors, each rank-4 one with its channels padded. */
export function copyLogical(
  from: Float32Array,
  fromShape: readonly number[],
  to: Float32Array,
  toShape: readonly number[],
): void {
  const stride = (shape: readonly number[]) => {
    const channels = shape.at(-1) ?? 1;
    return { channels, step: shape.length === 4 ? padded(channels) : channels };
  };
  const [source, target] = [stride(fromShape), stride(toShape)];
  const count = logicalSize(fromShape);
  for (let i = 0; i < count; i++)
    to[Math.floor(i / target.channels) * target.step + (i % target.channels)] =
      from[Math.floor(i / source.channels) * source.step + (i % source.channels)];
}

/** Filters [out][height][width][in] with both channel counts padded, as [padded out][taps · padded in]. */
export function padFilters(filters: Float32Array, shape: readonly number[]): Float32Array {
  const [outChannels = 0, height = 1, width = 1, inChannels = 0] = shape;
  const taps = height * width;
  const wide = padded(inChannels);
  const out = new Float32Array(padded(outChannels) * taps * wide);
  for (let row = 0; row < outChannels * taps; row++)
    out.set(filters.subarray(row * inChannels, (row + 1) * inChannels), row * wide);
  return out;
}

/** [rows][columns] to [columns][rows]. */
export function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      out[column * rows + row] = values[row * columns + column] ?? 0;
  return out;
}

/** A longer copy, zeros at its end. */
export function padTo(values: Float32Array, length: number): Float32Array {
  const out = new Float32Array(length);
  out.set(values);
  return out;
}

/** The floats at a place (in bytes) of the kernels' memory, not copied. */
export function view(kernels: Kernels, at: number, floats: number): Float32Array {
  return kernels.memory.subarray(at / 4, at / 4 + floats);
}

/** How many elements a tensor has, padding apart. */
export function logicalSize(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** Weights wait here, behind the working memory, until the kernels own a memory to put them in. */
export class WeightStore {
  bytes: number;
  readonly #parts: { at: number; values: Float32Array }[] = [];

  constructor(start: number) {
    this.bytes = start;
  }

  place(values: Float32Array): number {
    const at = this.bytes;
    this.#parts.push({ at, values });
    this.bytes += (values.length * 4 + 15) & ~15;
    return at;
  }

  writeTo(memory: Float32Array): void {
    for (const { at, values } of this.#parts) memory.set(values, at / 4);
  }
}
