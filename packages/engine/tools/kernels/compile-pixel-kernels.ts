/**
 * Compiles `pixel-kernels.assembly` (AssemblyScript) and writes the bytes as a module the engine imports:
 *
 *   node packages/engine/tools/kernels/compile-pixel-kernels.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import { compileAssembly } from '../compile-assembly.ts';

/** The kernels' WebAssembly, from their source. */
export async function compilePixelKernels(): Promise<Buffer> {
  return compileAssembly(await readFile(new URL('pixel-kernels.assembly', import.meta.url), 'utf8'));
}

if (import.meta.main) {
  const binary = await compilePixelKernels();
  await writeFile(
    new URL('../../kernels/pixel-kernels-binary.ts', import.meta.url),
    [
      '/** Written by tools/kernels/compile-pixel-kernels.ts from pixel-kernels.assembly; WebAssembly, base64. */',
      `export const pixelKernelsBase64 =\n  '${binary.toString('base64')}';\n`,
    ].join('\n'),
  );
  console.log(`${binary.length} bytes of kernels`);
}
