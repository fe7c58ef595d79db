import type { Kernels } from './tflite/kernels.ts';
import { createPlainKernels } from './tflite/plain-kernels.ts';
import { canRunWasmKernels, createWasmKernels } from './tflite/wasm-kernels.ts';

/** Which arithmetic runs the models; the results agree to about 1e-4 of a model pixel. */
export type KernelChoice = 'wasm' | 'plain';

/** WebAssembly SIMD where it runs, plain JavaScript (some fifty times slower) elsewhere. */
export function makeKernelsFor(choice?: KernelChoice): (bytes: number) => Kernels {
  const chosen = choice ?? (canRunWasmKernels() ? 'wasm' : 'plain');
  return chosen === 'wasm' ? createWasmKernels : createPlainKernels;
}
