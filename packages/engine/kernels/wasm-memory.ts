import { pixelKernelsBase64 } from './pixel-kernels-binary.ts';

const pageBytes = 65_536;
/** Room beside what is held, bytes, and a quarter of that: rings of rows, planes of blocks. */
const sideBytes = 16 * 1024 * 1024;

/** Where the table of `tables` lies: the kernel knows its place. The bytes before it are never written. */
export const tablePlace = 64;
const tableBytes = 3 * 256 * 16;
const firstPlace = tablePlace + tableBytes;

/** The kernels and their memory, as a driver uses them. */
export interface KernelMemory {
  readonly run: (name: string, ...places: number[]) => number;
  /** Gives all room back. */
  open(): void;
  /** Zeroed bytes; views made before are stale. */
  room(bytes: number): number;
  /** All room anew: the places of so many zeroed bytes each. */
  rooms(sizes: readonly number[]): number[];
  views(): { bytes: Uint8Array; floats: Float32Array };
  /** Whether this much can be had at once without moving what is held. */
  hasRoom(sizes: readonly number[]): boolean;
  /** Zeroed bytes that stay until the memory goes; undefined when none are left. */
  hold(bytes: number): { readonly buffer: ArrayBuffer; readonly at: number } | undefined;
  /** Where an array lies that is held here. */
  placeOf(array: ArrayBufferView): number | undefined;
}

/** Compiled once, at load; undefined where SIMD or compiling is not to be had. */
const compiled = compile();

/** True when this machine runs our SIMD kernels (every browser since 2023, Node from 16). */
export const canRunWasmPixelKernels = (): boolean => compiled !== undefined;

/** What sixteen planes may be padded with, so that whoever asks for planes need not count it. */
const paddingBytes = 16 * 80;

const padded = (bytes: number): number => (bytes + 79) & ~15;
const sumOf = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + padded(size), 0);

/**
 * The module over memory of its own. What is held lies first and never moves: a memory that holds something does not grow,
 * so it is opened with room on the side; pages nobody touches cost addresses only.
 */
export function openMemory(heldBytes = 0): KernelMemory {
  if (!compiled) {
    throw Object.assign(new Error('WebAssembly with SIMD does not run here.'), { code: 'no-simd' as const });
  }
  const holdable = heldBytes > 0 ? heldBytes + paddingBytes : 0;
  const reserved = heldBytes > 0 ? holdable + heldBytes / 4 + sideBytes : 0;
  const memory = new WebAssembly.Memory({ initial: 4 + Math.ceil((reserved + firstPlace) / pageBytes) });
  const instance = new WebAssembly.Instance(compiled, { env: { memory } });
  const call = instance.exports as unknown as Record<string, (...places: number[]) => number>;
  let base = firstPlace;
  let top = base;
  /** Behind it nothing was ever written. */
  let writtenTo = base;
  const take = (bytes: number): number => {
    const at = top;
    top += padded(bytes);
    return at;
  };
  const clear = (from: number) => {
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
    new Uint8Array(memory.buffer, from, top - from).fill(0);
    writtenTo = Math.max(writtenTo, top);
  };
  return {
    run: (name, ...places) => (call[name] as (...places: number[]) => number)(...places),
    open() {
      top = base;
    },
    room(bytes) {
      const at = take(bytes);
      clear(at);
      return at;
    },
    rooms(sizes) {
      top = base;
      const places = sizes.map(take);
      clear(base);
      return places;
    },
    views: () => ({ bytes: new Uint8Array(memory.buffer), floats: new Float32Array(memory.buffer) }),
    hasRoom: (sizes) => base + sumOf(sizes) <= memory.buffer.byteLength,
    hold(bytes) {
      if (base + padded(bytes) > firstPlace + holdable) return undefined;
      const at = base;
      base += padded(bytes);
      top = base;
      // What an operation left there; beyond it lie zeros that need not be touched.
      if (writtenTo > at) new Uint8Array(memory.buffer, at, Math.min(base, writtenTo) - at).fill(0);
      return { buffer: memory.buffer, at };
    },
    placeOf: (array) => (array.buffer === memory.buffer ? array.byteOffset : undefined),
  };
}

function compile(): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(
      Uint8Array.from(atob(pixelKernelsBase64), (letter) => letter.charCodeAt(0)),
    );
  } catch {
    return undefined;
  }
}
