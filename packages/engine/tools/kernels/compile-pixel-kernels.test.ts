import { expect, it } from 'vitest';
import { pixelKernelsBase64 } from '../../kernels/pixel-kernels-binary.ts';
import { compilePixelKernels } from './compile-pixel-kernels.ts';

it('the committed kernels are what their source compiles to', async () => {
  expect((await compilePixelKernels()).toString('base64')).toBe(pixelKernelsBase64);
});
