import { main as compile } from 'assemblyscript/asc';

/** WebAssembly with SIMD, imported memory and no runtime, from AssemblyScript. Throws with the compiler's own words. */
export async function compileAssembly(source: string): Promise<Buffer> {
  const outputs = new Map<string, string | Uint8Array>();
  const said: string[] = [];
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
      stderr: { write: (text: string | Uint8Array) => void said.push(String(text)) },
    },
  );
  if (error) throw new Error([error.message, ...said].join('\n'));
  const binary = outputs.get('kernels.wasm');
  if (!(binary instanceof Uint8Array)) throw new Error('The compiler wrote no kernels.');
  return Buffer.from(binary);
}
