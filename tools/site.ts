import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootDir } from './run.ts';

/** The real program, started by its own command on a data folder of its own. */
export interface Site {
  readonly url: string;
  readonly home: string;
  /** The one-time link printed when there is no owner yet. */
  readonly ownerLink: string | undefined;
  /** Everything it printed so far. */
  readonly printed: () => string;
  /** Process id of what was started. */
  readonly pid: number;
  /** Sends the signal Ctrl-C sends, waits, and resolves with the exit code. */
  stop(): Promise<number | null>;
}

export interface SiteOptions {
  /** A data folder to start on; default a fresh one. */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of `undertone serve`, for instance `--web`. */
  readonly args?: readonly string[];
}

export async function newHome(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'undertone-e2e-'));
}

export async function removeHome(home: string): Promise<void> {
  // The master key lies beside the data folder.
  for (const folder of [home, `${home}-secrets`])
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** Runs `undertone serve`, of this program or of another checkout of it, and collects what it prints. */
export function spawnServe(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  root: string = rootDir,
): {
  child: ChildProcess;
  printed: () => string;
} {
  const main = join(root, 'packages', 'web', 'cli', 'main.ts');
  const child = spawn(process.execPath, [main, 'serve', ...args], {
    cwd: root,
    env: { ...process.env, LOG_TO: 'file', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, printed: () => text };
}

/** Starts the site and waits until it says it is ready. */
export async function startSite(options: SiteOptions = {}): Promise<Site> {
  const home = options.home ?? (await newHome());
  const port = await freePort();
  const { child, printed } = spawnServe(
    { UNDERTONE_HOME: home, PORT: String(port), UNDERTONE_SPECIMENS: '1', ...options.env },
    options.args,
  );
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
  });
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The site did not start in three minutes:\n${printed()}`));
    }, 180_000);
    const look = () => {
      if (!printed().includes('Ctrl-C stops everything')) return;
      clearTimeout(late);
      resolve();
    };
    child.stdout?.on('data', look);
    void ended.then((code) => {
      clearTimeout(late);
      reject(new Error(`The site ended with code ${code}:\n${printed()}`));
    });
  });
  return {
    url: `http://localhost:${port}`,
    home,
    ownerLink: /http:\S+\/invite\/\S+/.exec(printed())?.[0],
    printed,
    pid: child.pid ?? 0,
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}
