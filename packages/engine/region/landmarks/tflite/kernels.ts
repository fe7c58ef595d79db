/**
 * The arithmetic of the interpreter, twice: plain JavaScript (`plain-kernels.ts`, the oracle and the
 * fallback) and WebAssembly SIMD (`wasm-kernels.ts`).
 *
 * All numbers are 32-bit floats in one memory; every `…At` is a place in it, in bytes, a multiple of 16.
 * Pictures and feature maps lie row by row, pixel by pixel, channel by channel, and the channels of a pixel
 * take a whole number of groups of four (`channels` below counts the padding; padded channels hold 0).
 */
export interface Kernels {
  readonly memory: Float32Array;

  /**
   * out[row][column] = activate(bias[column] + Σ a[row][k] · w[k][column] + residual[row][column]).
   * `weightsAt` holds blocks of 8 columns (a last one of 4 when `columns` is not a multiple of 8), each k by
   * k. `columns` is a multiple of 4. `residualAt` 0: none. Rows of `a` lie `depth` apart.
   */
  multiply(call: MultiplyCall): void;

  /** Each channel with its own filter; weights [filterHeight][filterWidth][channels], zeros outside. */
  depthwise(call: DepthwiseCall): void;

  /** Unfolds filter windows into rows of filterHeight · filterWidth · channels, zeros outside. */
  unfold(call: WindowCall): void;

  maxPool(call: WindowCall): void;

  /** Mean over all pixels. */
  meanPool(inAt: number, outAt: number, pixels: number, channels: number): void;

  /** out = activate(a + b). */
  add(
    aAt: number,
    bAt: number,
    outAt: number,
    pixels: number,
    channels: number,
    activation: Activation,
  ): void;

  /** out = activate(in). */
  activate(inAt: number, outAt: number, pixels: number, channels: number, activation: Activation): void;

  /** out[pixel][channel] = in[pixel][channel] · factor[channel]. */
  scaleChannels(inAt: number, factorAt: number, outAt: number, pixels: number, channels: number): void;

  /** Copies pixels and gives them more channels, zeros in the new ones. */
  widen(inAt: number, outAt: number, pixels: number, channels: number, outChannels: number): void;

  /** Twice as wide and high, bilinear, pixel centres at half-integers. */
  doubleSize(inAt: number, outAt: number, heightPx: number, widthPx: number, channels: number): void;
}

/** `slopeAt`: slopes of the negative side, one a channel, for `prelu`. */
export interface Activation {
  readonly kind: 'none' | 'relu' | 'prelu' | 'hard-swish';
  readonly slopeAt: number;
}

export const noActivation: Activation = { kind: 'none', slopeAt: 0 };

export interface MultiplyCall {
  readonly aAt: number;
  readonly weightsAt: number;
  readonly biasAt: number;
  readonly outAt: number;
  readonly residualAt: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  readonly activation: Activation;
}

export interface WindowCall {
  readonly inAt: number;
  readonly outAt: number;
  readonly inHeightPx: number;
  readonly inWidthPx: number;
  readonly outHeightPx: number;
  readonly outWidthPx: number;
  readonly channels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly stride: number;
  readonly padTop: number;
  readonly padLeft: number;
}

export interface DepthwiseCall extends WindowCall {
  readonly weightsAt: number;
  readonly biasAt: number;
  readonly activation: Activation;
}

/** Channels rounded up to whole groups of four. */
export function padded(channels: number): number {
  return (channels + 3) & ~3;
}

/** Puts [depth][columns] weights in the order `multiply` reads them. */
export function packColumns(weights: Float32Array, depth: number, columns: number): Float32Array {
  const packed = new Float32Array(depth * columns);
  let to = 0;
  for (let first = 0; first < columns; first += 8) {
    const width = Math.min(8, columns - first);
    for (let k = 0; k < depth; k++)
      for (let j = 0; j < width; j++) packed[to++] = weights[k * columns + first + j] ?? 0;
  }
  return packed;
}
