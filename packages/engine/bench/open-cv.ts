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

/** OpenCV.js 4.12, started. Held in a box: the module has a `then` of its own that answers the module, without end. */
export async function openCv(): Promise<{ readonly cv: OpenCv }> {
  const cv = createRequire(import.meta.url)('@techstark/opencv-js') as Partial<OpenCv> & {
    onRuntimeInitialized?: () => void;
  };
  if (!cv.Mat) {
    await new Promise<void>((resolve) => {
      cv.onRuntimeInitialized = resolve;
    });
  }
  return { cv: cv as OpenCv };
}
