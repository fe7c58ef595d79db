/**
 * Compiles `pixel-kernels.assembly` and `outline-kernels.assembly` (AssemblyScript) into one module and writes the bytes as
 * a file the engine imports:
 *
 *   node packages/engine/tools/kernels/compile-pixel-kernels.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import { compileAssembly } from '../compile-assembly.ts';

/** The kernels' WebAssembly, from their sources. */
export async function compilePixelKernels(): Promise<Buffer> {
  const sources = ['pixel-kernels.assembly', 'outline-kernels.assembly'].map((name) =>
    readFile(new URL(name, import.meta.url), 'utf8'),
  );
  return compileAssembly((await Promise.all(sources)).join('\n'));
}

if (import.meta.main) {
  const binary = await compilePixelKernels();
  await writeFile(
    new URL('../../kernels/pixel-kernels-binary.ts', import.meta.url),
    [
      '/** Written by tools/kernels/compile-pixel-kernels.ts from its two sources; WebAssembly, base64. */',
      `export const pixelKernelsBase64 =\n  '${binary.toString('base64')}';\n`,
    ].join('\n'),
  );
  console.log(`${binary.length} bytes of kernels`);
}
