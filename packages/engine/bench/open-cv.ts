import { createRequire } from 'node:module';

interface Mat {
  convertTo(to: unknown, type: number, scale: number, shift: number): void;
  delete(): void;
}

/** What the bench uses of OpenCV.js; its own types are 50,000 lines. */
export interface OpenCv {
  readonly CV_32F: number;
  readonly COLOR_RGBA2RGB: number;
  readonly Mat: new (rows?: number, columns?: number, type?: number, fill?: unknown) => Mat;
  readonly Size: new (width: number, height: number) => unknown;
  readonly Scalar: new (value: number) => unknown;
  matFromImageData(image: { data: Uint8ClampedArray; width: number; height: number }): Mat;
  matFromArray(rows: number, columns: number, type: number, values: ArrayLike<number>): Mat;
  cvtColor(from: unknown, to: unknown, code: number): void;
  boxFilter(from: unknown, to: unknown, depth: number, size: unknown): void;
  log(from: unknown, to: unknown): void;
  transform(from: unknown, to: unknown, matrix: unknown): void;
  multiply(a: unknown, b: unknown, to: unknown): void;
  divide(a: unknown, b: unknown, to: unknown): void;
  add(a: unknown, b: unknown, to: unknown): void;
  subtract(a: unknown, b: unknown, to: unknown): void;
}

/** OpenCV.js 4.12, started: its module is ready at once or answers later. */
export async function openCv(): Promise<OpenCv> {
  const loaded = createRequire(import.meta.url)('@techstark/opencv-js') as Promise<OpenCv> | OpenCv;
  return loaded;
}
