import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, newHome, type Site, spawnServe } from '../site.ts';
import { childrenOf, killHard, type Running } from './processes.ts';

/** A site that is killed and started again on the same folder and port, as a service manager would. */
export interface Server extends Site {
  /** Starts it again after it was killed; resolves when it says that it is ready. */
  revive(): Promise<void>;
  /** Whether it runs. */
  isUp(): boolean;
  /** The running program's own process id. */
  readonly pid: number;
  /** What runs below it, by what it does. */
  running(): Readonly<Record<Target, readonly Running[]>>;
}

export type Target = 'first' | 'web' | 'worker' | 'database' | 'backend';

export interface ServerOptions {
  readonly home?: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Another checkout of the program. */
  readonly root?: string;
}

export async function startServer(options: ServerOptions): Promise<Server> {
  const home = options.home ?? (await newHome());
  const port = await freePort();
  const env = {
    UNDERTONE_HOME: home,
    PORT: String(port),
    TRUSTED_PROXIES: '1',
    LOG_LEVEL: 'warn',
    ...options.env,
  };
  let child: ChildProcess | undefined;
  let printed = () => '';
  const start = async () => {
    const begun = spawnServe(env, options.args, options.root);
    child = begun.child;
    printed = begun.printed;
    let ended: number | null | undefined;
    begun.child.once('exit', (code) => {
      ended = code;
    });
    for (let waitedMs = 0; !printed().includes('Ctrl-C stops everything'); waitedMs += 20) {
      if (ended !== undefined) throw new Error(`the server ended with code ${ended}:\n${printed()}`);
      if (waitedMs > 180_000) throw new Error(`the server did not start:\n${printed()}`);
      await pause(20);
    }
  };
  await start();
  const pid = () => child?.pid ?? 0;
  return {
    url: `http://localhost:${port}`,
    home,
    ownerLink: /http:\S+\/invite\/\S+/.exec(printed())?.[0],
    printed: () => printed(),
    get pid() {
      return pid();
    },
    revive: start,
    isUp: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    running: () => sorted(pid()),
    stop: async () => {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null)
        return child?.exitCode ?? null;
      const gone = new Promise<number | null>((resolve) => void child?.once('exit', resolve));
      child.kill('SIGINT');
      const late = setTimeout(() => killHard(pid()), 60_000);
      const code = await gone;
      clearTimeout(late);
      return code;
    },
  };
}

function sorted(first: number): Record<Target, readonly Running[]> {
  const all = childrenOf(first);
  const database = all.filter(({ command }) => /\bpostgres .*-D /.test(command));
  return {
    first: [{ pid: first, parent: 0, command: '' }],
    web: all.filter(({ command }) => command.includes('serve --web')),
    worker: all.filter(({ command }) => command.includes('serve --worker')),
    database,
    backend: all.filter(
      ({ parent, command }) => parent === database[0]?.pid && command.includes('undertone undertone'),
    ),
  };
}
