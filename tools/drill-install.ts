import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { rootDir } from './run.ts';
import { freePort } from './site.ts';

/** How long the first start may take: the pages are built and the database is made. */
const startsWithinMs = 300_000;

/**
 * The first two commands of docs/operations.md as a newcomer gives them: in a fresh clone of what is committed, `npm ci` and
 * `npm start` on an empty data folder, until the pages answer; then Ctrl-C. Packages come from npm's own cache where they lie
 * there.
 * @returns what was wrong
 */
export async function drillInstall(say: (line: string) => void): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'undertone-install-'));
  const clone = join(folder, 'undertone');
  // Nothing of this checkout's own programs.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((part) => !part.startsWith(rootDir))
    .join(delimiter);
  const port = await freePort();
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|DATABASE_URL$)/i.test(name)),
  );
  const settings = {
    ...env,
    PATH: path,
    UNDERTONE_HOME: join(folder, 'data'),
    PORT: String(port),
    npm_config_prefer_offline: 'true',
  };
  const run = (program: string, ...args: string[]) => {
    const beganMs = performance.now();
    const ran = spawnSync(program, args, {
      cwd: args[0] === 'clone' ? folder : clone,
      env: settings,
      encoding: 'utf8',
    });
    const seconds = ((performance.now() - beganMs) / 1000).toFixed(0);
    say(`${program} ${args[0]}: ended with ${ran.status} after ${seconds} s`);
    return ran.status === 0 ? [] : [`${program} ${args.join(' ')}: ${ran.stdout}${ran.stderr}`];
  };
  try {
    const faults = [...run('git', 'clone', '-q', `file://${rootDir}`, clone)];
    if (faults.length === 0) faults.push(...run('npm', 'ci'));
    if (faults.length === 0) faults.push(...(await startOnce(clone, settings, port, say)));
    return faults;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function startOnce(
  cwd: string,
  env: NodeJS.ProcessEnv,
  port: number,
  say: (line: string) => void,
): Promise<readonly string[]> {
  const beganMs = performance.now();
  // A group of its own: Ctrl-C reaches npm, its shell and the program, as from a terminal.
  const child = spawn('npm', ['start'], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (printed += part.toString()));
  const { promise: ended, resolve } = Promise.withResolvers<number | null>();
  child.once('error', (error) => {
    printed += error.message;
    resolve(-1);
  });
  child.once('exit', (code) => resolve(code));
  const faults: string[] = [];
  const isReady = /Ctrl-C stops everything/;
  while (!isReady.test(printed) && child.exitCode === null && performance.now() - beganMs < startsWithinMs)
    await pause(200);
  if (isReady.test(printed)) {
    say(`npm start: ready after ${((performance.now() - beganMs) / 1000).toFixed(0)} s`);
    for (const path of ['/readyz', '/en']) {
      const answered = await fetch(`http://localhost:${port}${path}`).then(({ status }) => status, String);
      if (answered !== 200) faults.push(`${path} answered ${answered}`);
    }
    if (!/\/invite\/\S+/.test(printed)) faults.push('no link for the first owner was printed');
  } else faults.push(`npm start did not get ready: ${printed}`);
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
  await ended;
  if (faults.length === 0 && !printed.includes('Stopped.'))
    faults.push(`it did not stop in order: ${printed}`);
  return faults;
}
