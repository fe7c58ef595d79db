import { expect, it } from 'vitest';
import { kernelsBase64 } from '../../region/landmarks/tflite/kernels-binary.ts';
import { compileKernels } from './compile-kernels.ts';

it('the committed kernels are what their source compiles to', async () => {
  expect((await compileKernels()).toString('base64')).toBe(kernelsBase64);
});
