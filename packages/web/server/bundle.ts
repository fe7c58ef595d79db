import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeFolders } from '@undertone/clinic/platform/folders.ts';
import { precompress } from './precompress.ts';

const webDir = dirname(dirname(fileURLToPath(import.meta.url)));
const packagesDir = dirname(webDir);
const buildsDir = join(webDir, 'build');

/** Where one build of the pages lies: `client/` is served as it is, `server/index.js` renders. */
export interface Bundle {
  readonly dir: string;
  readonly clientDir: string;
  readonly serverFile: string;
}

/** Folders whose sources end up in the bundle, and files that steer the build. */
const sources = [
  join(webDir, 'app'),
  join(webDir, 'public'),
  join(packagesDir, 'engine'),
  join(packagesDir, 'clinic'),
  join(webDir, 'vite.config.ts'),
  join(webDir, 'react-router.config.ts'),
  join(webDir, 'package.json'),
  join(dirname(packagesDir), 'package-lock.json'),
];
const notInBundle = /(^|\/)(node_modules|bench|tools|testing|build)(\/|$)|\.test\.tsx?$|\.md$|(^|\/)\./;

/** A hash of everything the bundle is made of: 16 hexadecimal digits. */
export async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  const add = async (path: string): Promise<void> => {
    if (
      notInBundle.test(
        relative(packagesDir, path)
          .replaceAll('\\', '/')
          .replace(/^\.\.\//, ''),
      )
    )
      return;
    const info = await stat(path).catch(() => undefined);
    if (info?.isDirectory()) {
      for (const name of (await readdir(path)).sort()) await add(join(path, name));
    } else if (info) {
      hash.update(relative(packagesDir, path)).update('\0');
      hash.update(await readFile(path)).update('\0');
    }
  };
  for (const source of sources) await add(source);
  return hash.digest('hex').slice(0, 16);
}

function bundleAt(dir: string): Bundle {
  return { dir, clientDir: join(dir, 'client'), serverFile: join(dir, 'server', 'index.js') };
}

/**
 * The bundle for the sources as they are now: found, or built. Builds of the same sources by several processes
 * wait for the first. A build appears under its name only when it is whole.
 * @throws an error with code `bundle-failed` and the builder's output
 */
export async function ensureBundle(onProgress: (text: string) => void): Promise<Bundle> {
  const hash = await hashSources();
  const bundle = bundleAt(join(buildsDir, hash));
  if (existsSync(bundle.serverFile)) {
    await keepBundle(bundle);
    return bundle;
  }
  makeFolders(buildsDir);
  const unlock = await lock(join(buildsDir, `${hash}.lock`), () =>
    onProgress('Waiting for another process that builds the pages'),
  );
  try {
    if (existsSync(bundle.serverFile)) return bundle;
    onProgress('Building the pages (once for each version, about 20 seconds)');
    const half = join(buildsDir, `${hash}.half`);
    await rm(half, { recursive: true, force: true });
    await buildInto(half);
    onProgress('Compressing the pages');
    await precompress(join(half, 'client'));
    await rename(half, bundle.dir);
    await dropUnusedBuilds(hash);
    return bundle;
  } finally {
    await unlock();
  }
}

async function buildInto(dir: string): Promise<void> {
  const require = createRequire(import.meta.url);
  const cli = join(dirname(require.resolve('@react-router/dev/package.json')), 'bin.cjs');
  let output = '';
  const code = await new Promise<number>((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'build', webDir, '--logLevel', 'warn'], {
      cwd: webDir,
      env: { ...process.env, NODE_ENV: 'production', UNDERTONE_BUILD_DIR: relative(webDir, dir) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('exit', (exitCode) => resolve(exitCode ?? 1));
  });
  if (code !== 0) {
    throw Object.assign(new Error(`The pages could not be built:\n${output}`), { code: 'bundle-failed' });
  }
}

/** Marks a bundle as in use: a server does so every hour for as long as it runs. */
export async function keepBundle(bundle: Bundle): Promise<void> {
  await utimes(bundle.dir, new Date(), new Date()).catch(() => undefined);
}

/** How long a bundle stays after it was last in use: no server that runs may lose its files. */
const unusedLimitMs = 24 * 3_600_000;

async function dropUnusedBuilds(newest: string): Promise<void> {
  for (const name of await readdir(buildsDir)) {
    if (!/^[0-9a-f]{16}$/.test(name) || name === newest) continue;
    const dir = join(buildsDir, name);
    const usedMs = await stat(dir).then(({ mtimeMs }) => mtimeMs, Date.now);
    if (Date.now() - usedMs > unusedLimitMs) await rm(dir, { recursive: true, force: true });
  }
}

/** Longest a build may take: a lock older than this was left behind, whatever its process number means today. */
const buildLimitMs = 5 * 60_000;

/** A lock file that names its process; one left behind by a process that is gone is taken over. */
async function lock(path: string, onWait: () => void): Promise<() => Promise<void>> {
  let said = false;
  for (;;) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
    }
    const owner = Number(await readFile(path, 'utf8').catch(() => '0'));
    const ageMs = Date.now() - (await stat(path).then(({ mtimeMs }) => mtimeMs, Date.now));
    if ((owner > 0 && !isAlive(owner)) || ageMs > buildLimitMs) {
      await rm(path, { force: true });
      continue;
    }
    if (!said) onWait();
    said = true;
    await wait(200);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
