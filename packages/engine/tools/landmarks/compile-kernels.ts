/**
 * Compiles `kernels.assembly` (AssemblyScript) and writes the bytes as a module the engine imports:
 *
 *   node packages/engine/tools/landmarks/compile-kernels.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { main as compile } from 'assemblyscript/asc';

/** The kernels' WebAssembly, from their source. */
export async function compileKernels(): Promise<Buffer> {
  const source = await readFile(new URL('kernels.assembly', import.meta.url), 'utf8');
  const outputs = new Map<string, string | Uint8Array>();
  const { error } = await compile(
    [
      'kernels.ts',
      '--outFile=kernels.wasm',
      '--runtime=stub',
      '--importMemory',
      '--noExportMemory',
      '--noAssert',
      '--enable=simd',
      '--optimizeLevel=3',
      '--shrinkLevel=0',
      '--use=abort=',
    ],
    {
      readFile: (name) => (name === 'kernels.ts' ? source : null),
      writeFile: (name, contents) => void outputs.set(name, contents),
      listFiles: () => [],
    },
  );
  if (error) throw new Error(error.message);
  const binary = outputs.get('kernels.wasm');
  if (!(binary instanceof Uint8Array)) throw new Error('The compiler wrote no kernels.');
  return Buffer.from(binary);
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
