import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rootDir } from '../run.ts';
import { newHome, removeHome } from '../site.ts';
import type { joinTrial } from '../trial/clinic.ts';
import { type Server, startServer } from './server.ts';
import { type TrialOptions, underTraffic } from './stage.ts';

/** The first schema step after the release before (platform/migrate-serving.test.ts). */
const firstStepSince = '0112';

/**
 * The release before serves; the newest is started beside it, takes the schema steps under the other's feet, and both serve
 * one database; then the old one goes and the newest serves alone. Visitors book all the while, now here, now there.
 */
export async function twoVersions({ say, seed, visitors }: TrialOptions): Promise<readonly string[]> {
  const old = await checkoutBefore(say);
  const home = await newHome();
  const newer: Server[] = [];
  try {
    let asked = 0;
    const { verdict, faults } = await underTraffic(
      {
        seed,
        visitors,
        server: { home, root: old, args: ['--processes', '1', '--workers', '1'] },
        joinTrial: (await import(pathToFileURL(join(old, 'tools', 'trial', 'clinic.ts')).href))
          .joinTrial as typeof joinTrial,
        joinAtLast: () => ({}),
        url: (server) => {
          const all = [...(server.isUp() ? [server] : []), ...newer.filter((one) => one.isUp())];
          return all[asked++ % all.length]?.url ?? server.url;
        },
      },
      async (stage) => {
        await stage.bookedMore(20);
        const beganMs = performance.now();
        const beside = await startServer({ home, args: ['--web'] });
        const steps = [...beside.printed().matchAll(/schema step (\S+)/g)].map(([, name]) => name);
        const during = stage.history.filter(
          ({ answeredMs, said }) => said === 'booked' && answeredMs > beganMs,
        ).length;
        say(
          `newest started beside the release before: ${steps.length} schema steps taken, ${during} booked meanwhile`,
        );
        if (steps.length === 0) stage.faults.push('no schema step was taken');
        newer.push(beside);
        await stage.bookedMore(60);
        say('both have served 60 bookings; the release before is stopped, the newest started in full');
        const stoppedMs = performance.now();
        await stage.server.stop();
        newer.push(await startServer({ home, args: ['--processes', '1', '--workers', '1'] }));
        await stage.answered();
        const backMs = performance.now() - stoppedMs;
        say(`answered ${(backMs / 1000).toFixed(1)} s after the stop was asked for`);
        await stage.bookedMore(20);
      },
    );
    say(JSON.stringify(verdict));
    return faults;
  } finally {
    for (const server of newer) await server.stop();
    await rm(old, { recursive: true, force: true });
    await removeHome(home);
  }
}

/** A checkout of the last commit without a schema step of this release, with the packages that are installed here. */
async function checkoutBefore(say: (line: string) => void): Promise<string> {
  const git = (args: readonly string[], cwd = rootDir): string => {
    const done = spawnSync('git', [...args], { cwd, encoding: 'utf8', maxBuffer: 64 << 20 });
    if (done.status !== 0) throw new Error(`git ${args[0]}: ${done.stderr}`);
    return done.stdout.trim();
  };
  const steps = 'packages/clinic/migrations';
  const added = git([
    'log',
    '--reverse',
    '--diff-filter=A',
    '--name-only',
    '--format=commit %H',
    '--',
    steps,
  ]);
  let commit: string | undefined;
  let at = '';
  for (const line of added.split('\n')) {
    if (line.startsWith('commit ')) at = line.slice(7);
    const [, number] = /(\d{4})-[^/]+\.ts$/.exec(line) ?? [];
    if (number !== undefined && number >= firstStepSince) commit ??= at;
  }
  if (commit === undefined)
    throw new Error('this checkout has no history of the release before; it takes a full clone.');
  const folder = await mkdtemp(join(tmpdir(), 'undertone-before-'));
  git(['clone', '--quiet', '--shared', '--no-checkout', rootDir, folder]);
  git(['checkout', '--quiet', `${commit}^`], folder);
  say(`release before: ${git(['log', '-1', '--format=%h %s'], folder)}`);
  linkPackages(folder);
  // How a trial prepares itself is today's; what it calls is the old program's.
  cpSync(join(rootDir, 'tools', 'trial'), join(folder, 'tools', 'trial'), { recursive: true });
  return folder;
}

/** @throws when the old version needs a package that is not installed here in that version. */
function linkPackages(folder: string): void {
  for (const workspace of readdirSync(join(folder, 'packages'))) {
    const { dependencies = {} } = JSON.parse(
      readFileSync(join(folder, 'packages', workspace, 'package.json'), 'utf8'),
    ) as { dependencies?: Record<string, string> };
    for (const [name, version] of Object.entries(dependencies)) {
      if (name.startsWith('@undertone/') || name.startsWith('@types/')) continue;
      const places = [
        join(rootDir, 'packages', workspace, 'node_modules', name),
        join(rootDir, 'node_modules', name),
      ];
      const found = places.map((place) => join(place, 'package.json')).find(existsSync);
      const there = found && (JSON.parse(readFileSync(found, 'utf8')) as { version: string }).version;
      if (there !== version)
        throw new Error(`the release before needs ${name} ${version}; installed is ${there ?? 'none'}.`);
    }
  }
  for (const below of ['.', ...readdirSync(join(folder, 'packages')).map((name) => join('packages', name))]) {
    const [from, to] = [join(rootDir, below, 'node_modules'), join(folder, below, 'node_modules')];
    if (!existsSync(from)) continue;
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from)) {
      if (name !== '@undertone') symlinkSync(join(from, name), join(to, name));
    }
  }
  const ours = join(folder, 'node_modules', '@undertone');
  mkdirSync(ours);
  for (const name of readdirSync(join(folder, 'packages')))
    symlinkSync(join('..', '..', 'packages', name), join(ours, name));
}
