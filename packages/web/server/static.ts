import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

interface StaticFile {
  readonly path: string;
  readonly type: string;
  readonly etag: string;
  readonly immutable: boolean;
  readonly bytes: Readonly<Partial<Record<'identity' | 'br' | 'gzip', number>>>;
}

/** Serves one file and says true, or says false when the address names none. */
export type ServeStatic = (req: IncomingMessage, res: ServerResponse, pathname: string) => Promise<boolean>;

/**
 * An index of the files of a built bundle, made once: an address that is not in it never reaches the disk. Files
 * under `/assets/` carry a hash in their name and may be kept for ever.
 */
export async function staticFiles(dir: string): Promise<ServeStatic> {
  const files = new Map<string, StaticFile>();
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(br|gz)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const address = `/${relative(dir, path).replaceAll('\\', '/')}`;
    const hash = createHash('sha256').update(await readFile(path));
    files.set(address, {
      path,
      type: types[extname(entry.name)] ?? 'application/octet-stream',
      etag: `"${hash.digest('base64url').slice(0, 22)}"`,
      immutable: address.startsWith('/assets/'),
      bytes: {
        identity: await sizeOf(path),
        br: await sizeOf(`${path}.br`),
        gzip: await sizeOf(`${path}.gz`),
      },
    });
  }

  return async (req, res, pathname) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return false;
    const file = files.get(pathname);
    if (!file) return false;
    const encoding = chooseEncoding(req.headers['accept-encoding'], file.bytes);
    res.setHeader('Content-Type', file.type);
    res.setHeader('ETag', file.etag);
    res.setHeader('Vary', 'Accept-Encoding');
    res.setHeader(
      'Cache-Control',
      file.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=3600, must-revalidate',
    );
    if (req.headers['if-none-match'] === file.etag) {
      res.writeHead(304).end();
      return true;
    }
    if (encoding !== 'identity') res.setHeader('Content-Encoding', encoding);
    res.setHeader('Content-Length', file.bytes[encoding] ?? 0);
    res.writeHead(200);
    if (req.method === 'HEAD') {
      res.end();
      return true;
    }
    const suffix = { identity: '', br: '.br', gzip: '.gz' }[encoding];
    // A visitor who leaves in the middle of a file is no fault of ours.
    await pipeline(createReadStream(file.path + suffix), res).catch(() => res.destroy());
    return true;
  };
}

async function sizeOf(path: string): Promise<number | undefined> {
  return existsSync(path) ? (await stat(path)).size : undefined;
}

/** Brotli, then gzip, then plain: whichever the browser takes and we have. `;q=0` is a refusal. */
export function chooseEncoding(
  accepted: string | string[] | undefined,
  have: StaticFile['bytes'],
): 'br' | 'gzip' | 'identity' {
  const names = String(accepted ?? '')
    .split(',')
    .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
    .map((part) => part.split(';')[0]?.trim().toLowerCase());
  if (names.includes('br') && have.br !== undefined) return 'br';
  if (names.includes('gzip') && have.gzip !== undefined) return 'gzip';
  return 'identity';
}
