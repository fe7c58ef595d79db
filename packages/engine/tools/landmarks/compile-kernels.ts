/**
 * Compiles `kernels.assembly` (AssemblyScript) and writes the bytes as a module the engine imports:
 *
 *   node packages/engine/tools/landmarks/compile-kernels.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compileAssembly } from '../compile-assembly.ts';

/** The kernels' WebAssembly, from their source. */
export async function compileKernels(): Promise<Buffer> {
  return compileAssembly(await readFile(new URL('kernels.assembly', import.meta.url), 'utf8'));
}

if (import.meta.main) {
  const binary = await compileKernels();
  const target = fileURLToPath(new URL('../../region/landmarks/tflite/kernels-binary.ts', import.meta.url));
  await writeFile(
    target,
    [
      '/** Written by packages/engine/tools/landmarks/compile-kernels.ts from kernels.assembly; WebAssembly, base64. */',
      `export const kernelsBase64 =\n  '${binary.toString('base64')}';\n`,
    ].join('\n'),
  );
  console.log(`${binary.length} bytes of kernels`);
}
