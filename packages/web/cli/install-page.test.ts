import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programFolder } from '@undertone/clinic/platform/config.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

/*
 * The steps of docs/operations.md that belong to the machine (`sh setup`), run as they stand there, as root: the account is
 * made by useradd, the program cloned and pulled by git, the folders given away, a shell opened as the clinic's account. They
 * run in a mount namespace whose /etc, /srv and /mnt are folders of this test, so the machine keeps its own. Stand-ins: `npm`
 * (the packages are those of this checkout), `sudo` (the test is root), `systemctl` and `journalctl` (noted, not executed).
 */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const page = readFileSync(join(programFolder(), 'docs', 'operations.md'), 'utf8');
const setup = [...page.matchAll(/^```sh setup\n(.*?)^```$/gms)].map(([, text = '']) => text);
const settings = /^```ini\n(UNDERTONE_HOME=.*?)^```$/ms.exec(page)?.[1] ?? '';
const step = (word: string) => setup.find((text) => text.includes(word)) ?? '';

const folder = mkdtempSync(join(tmpdir(), 'undertone-install-'));
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runs = (program: string, ...args: string[]) =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;
/** What this machine lacks for it, in words; undefined where the test can be run. */
function lacking(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs root on Linux';
  const hidden = [programFolder(), folder, process.execPath].find((path) => /^\/(etc|srv|mnt)\//.test(path));
  if (hidden !== undefined) return `${hidden} would be hidden by the folders of the test`;
  if (runs('id', 'undertone')) return 'this machine has an account undertone of its own';
  const missing = ['unshare', 'useradd', 'git', 'runuser', 'bash'].find(
    (program) => !runs('sh', '-c', `command -v ${program}`),
  );
  if (missing !== undefined) return `there is no ${missing}`;
  // A folder without history, or one that belongs to another account (git: safe.directory).
  if (!existsSync(join(programFolder(), '.git')) || !runs('git', 'ls-remote', `file://${programFolder()}`))
    return 'git gives no copy of this checkout';
  const bind =
    'mkdir -p "$0/try" && for name in srv mnt etc; do mount --bind "$0/try" /$name || exit 1; done';
  if (!runs('unshare', '--mount', 'sh', '-c', bind, folder)) return 'nothing may be mounted here';
  return runs('runuser', '-u', 'nobody', '--', process.execPath, '--version')
    ? undefined
    : 'other accounts may not run node';
}
const lack = lacking();

const standIns = (root: string) => `
npm() { echo "npm $*" >> ${root}/noted; }
sudo() { "$@"; }
systemctl() { echo "systemctl $*" >> ${root}/noted; }
journalctl() { echo "journalctl $*" >> ${root}/noted; }
`;

/** What `npm ci` would have brought: the packages of this checkout. */
const packages = ['.', ...readdirSync(join(programFolder(), 'packages')).map((name) => `packages/${name}`)]
  .filter((part) => existsSync(join(programFolder(), part, 'node_modules')))
  .map((part) => {
    const there = `/srv/undertone/${part}/node_modules`;
    return `mkdir -p ${there}; mount --bind ${join(programFolder(), part, 'node_modules')} ${there}`;
  })
  .join('\n');

/** Runs a text as root where /etc is a copy, and /srv and /mnt are folders of the test. */
function onTheMachine(text: string): Promise<{ readonly code: number | null; readonly said: string }> {
  const into = `
for name in etc srv mnt; do mount --bind ${folder}/$name /$name; done
export PATH=${process.execPath.replace(/\/[^/]*$/, '')}:$PATH HOME=${folder} npm_config_update_notifier=false
unset DATABASE_URL
cd /
${standIns(folder)}
${text}`;
  const child = spawn('unshare', ['--mount', 'bash', '-euo', 'pipefail', '-c', into], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (said += part.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}

async function done(text: string): Promise<string> {
  const { code, said } = await onTheMachine(text);
  if (code !== 0) throw new Error(`${text}\nended with ${code}:\n${said}`);
  return said;
}

const noted = () => readFileSync(join(folder, 'noted'), 'utf8');
const git = (...args: string[]) => {
  const ran = spawnSync('git', args, { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`git ${args.join(' ')}: ${ran.stderr}`);
  return ran.stdout.trim();
};

beforeAll(() => {
  if (lack !== undefined) return;
  for (const name of ['srv', 'mnt', 'mnt/backups']) mkdirSync(join(folder, name));
  spawnSync('cp', ['-a', '/etc', join(folder, 'etc')]);
  // The address of the program's repository, with one commit that is yet to come.
  git('clone', '-q', '--bare', `file://${programFolder()}`, join(folder, 'origin.git'));
});

it('a machine is set up and upgraded by the page’s own commands', async ({ skip }) => {
  if (lack !== undefined) {
    process.stderr.write(`The steps of the machine in docs/operations.md are not run here: ${lack}.\n`);
    skip(lack);
  }
  const install = step('useradd').replace('git clone UNDERTONE', `git clone -q ${folder}/origin.git`);
  expect(install).toContain(`git clone -q ${folder}`);
  await done(install);
  const who = await done('id undertone; stat -c "%U %a %n" /srv/undertone-data* /mnt/backups');
  expect(who).toMatch(/uid=\d+\(undertone\)/);
  for (const path of ['/srv/undertone-data', '/srv/undertone-data-secrets', '/mnt/backups'])
    expect(who).toContain(`undertone 700 ${path}\n`);
  expect(spawnSync('id', ['undertone']).status).not.toBe(0);

  // No mail server stands behind the address of the page.
  const env = settings.replace(/^SMTP_URL=.*\n/m, '');
  writeFileSync(join(folder, 'etc', 'undertone.env'), env, { mode: 0o600 });
  // The page opens a shell for a person; here what she would type comes with it.
  const shell = step('exec runuser').trim();
  expect(shell).toMatch(/-- bash'$/);
  const asClinic = (line: string) => shell.replace(/-- bash'$/, `-- bash -c "${line}"'`);
  const said = await done(
    `${packages}\n${asClinic('id -un; npx undertone migrate && npx undertone doctor || true')}`,
  );
  expect(said).toMatch(/^undertone$/m);
  expect(said).toMatch(/^ok +database +PostgreSQL \d+/m);
  expect(said).not.toMatch(/schema steps are pending/);
  expect(said).not.toMatch(/^fault +(secrets|folder|files|disk)/m);

  // A release comes out; the clinic pulls it.
  const work = join(folder, 'release');
  git('clone', '-q', join(folder, 'origin.git'), work);
  writeFileSync(join(work, 'RELEASE'), 'the next one\n');
  git('-C', work, 'add', 'RELEASE');
  const author = ['-c', 'user.name=Release', '-c', 'user.email=release@example.org'];
  git('-C', work, ...author, 'commit', '-q', '-m', 'The next release');
  git('-C', work, 'push', '-q', 'origin', 'HEAD');
  await done(`${packages}\n${step('git pull')}`);
  expect(git('-C', join(folder, 'srv', 'undertone'), 'rev-parse', 'HEAD')).toBe(
    git('-C', work, 'rev-parse', 'HEAD'),
  );
  expect(noted().trim().split('\n')).toEqual([
    'npm ci',
    'npm run build',
    'systemctl stop undertone',
    'npm ci',
    'npm run build',
    'systemctl start undertone',
  ]);
});
