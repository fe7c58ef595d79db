import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Types that shrink; fonts and pictures are compressed already. */
const shrinks = new Set([
  '.js',
  '.css',
  '.svg',
  '.json',
  '.txt',
  '.xml',
  '.html',
  '.map',
  '.wasm',
  '.webmanifest',
]);

/** Writes `name.br` and `name.gz` beside each file of the folder that becomes smaller by at least a tenth. */
export async function precompress(dir: string): Promise<void> {
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !shrinks.has(extname(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    if (bytes.length < 512) continue;
    const small = await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } });
    if (small.length > bytes.length * 0.9) continue;
    await writeFile(`${path}.br`, small);
    await writeFile(`${path}.gz`, await zip(bytes, { level: 9 }));
  }
}
