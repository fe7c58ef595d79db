import type { Activation, Kernels } from './kernels.ts';
import { kernelsBase64 } from './kernels-binary.ts';

type Exports = Record<string, (...places: number[]) => void>;

const pageBytes = 65_536;
const activationCodes = { none: 0, relu: 1, prelu: 2, 'hard-swish': 3 } as const;

/** True when this machine runs our SIMD kernels (every browser since 2023, Node from 16). */
export function canRunWasmKernels(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(kernelBytes());
}

/**
 * The kernels in WebAssembly SIMD, over `bytes` of memory of their own. Compiles synchronously (8 kB), so
 * a page's content security policy needs `'wasm-unsafe-eval'`.
 */
export function createWasmKernels(bytes: number): Kernels {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(kernelBytes()), { env: { memory } });
  const call = instance.exports as unknown as Exports;
  const run = (name: string, ...places: number[]) => (call[name] as (...places: number[]) => void)(...places);
  const kind = (activation: Activation) => activationCodes[activation.kind];

  return {
    memory: new Float32Array(memory.buffer),
    multiply: (c) =>
      run(
        'multiply',
        c.aAt,
        c.weightsAt,
        c.biasAt,
        c.outAt,
        c.residualAt,
        c.rows,
        c.depth,
        c.columns,
        kind(c.activation),
        c.activation.slopeAt,
      ),
    depthwise: (c) =>
      run('depthwise', ...windowPlaces(c), c.weightsAt, c.biasAt, kind(c.activation), c.activation.slopeAt),
    unfold: (c) => run('unfold', ...windowPlaces(c)),
    maxPool: (c) => run('maxPool', ...windowPlaces(c)),
    meanPool: (inAt, outAt, pixels, channels) => run('meanPool', inAt, outAt, pixels, channels),
    add: (aAt, bAt, outAt, pixels, channels, activation) =>
      run('add', aAt, bAt, outAt, pixels, channels, kind(activation), activation.slopeAt),
    activate: (inAt, outAt, pixels, channels, activation) =>
      run('activate', inAt, outAt, pixels, channels, kind(activation), activation.slopeAt),
    scaleChannels: (inAt, factorAt, outAt, pixels, channels) =>
      run('scaleChannels', inAt, factorAt, outAt, pixels, channels),
    widen: (inAt, outAt, pixels, channels, outChannels) =>
      run('widen', inAt, outAt, pixels, channels, outChannels),
    doubleSize: (inAt, outAt, heightPx, widthPx, channels) =>
      run('doubleSize', inAt, outAt, heightPx, widthPx, channels),
  };
}

function windowPlaces(c: Parameters<Kernels['unfold']>[0]): number[] {
  return [
    c.inAt,
    c.outAt,
    c.inHeightPx,
    c.inWidthPx,
    c.outHeightPx,
    c.outWidthPx,
    c.channels,
    c.filterHeight,
    c.filterWidth,
    c.stride,
    c.padTop,
    c.padLeft,
  ];
}

function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(kernelsBase64), (letter) => letter.charCodeAt(0));
}
