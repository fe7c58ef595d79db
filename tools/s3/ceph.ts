// A real S3 server for the tests of the file store: Ceph's object gateway (radosgw) from Debian's packages, with one monitor
// and one storage daemon in memory, unpacked into a scratch folder (nothing is installed) and stopped again.
//
//   node tools/s3/ceph.ts                 runs the tests of the file store and of backups of a bucket on it
//   node tools/s3/ceph.ts COMMAND ARG…    runs a command with S3_TEST_URL and the AWS_… variables set
//
// Needs Debian 12 (apt-get, dpkg), about 70 MB of packages and 300 MB of room in the system's temporary folder.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { rootDir, run } from '../run.ts';
import { freePort } from '../site.ts';

const unpacked = join(tmpdir(), 'undertone-ceph');
const bucket = 'clinic-files';
const credentials = { accessKeyId: 'undertone', secretAccessKey: randomBytes(20).toString('hex') };

if (!existsSync(unpacked)) fetchPackages();
const scratch = mkdtempSync(join(tmpdir(), 'undertone-ceph-run-'));
const running: ChildProcess[] = [];
try {
  const endpoint = await startCeph();
  const env = {
    S3_TEST_URL: `s3://${bucket}?${new URLSearchParams({ endpoint }).toString()}`,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  const [command = 'vitest', ...args] = process.argv.slice(2);
  const tests = ['packages/clinic/platform/s3-store.test.ts', 'packages/clinic/backup-bucket.test.ts'];
  const usual = ['run', '--project', 'clinic', ...tests];
  process.exitCode = await run(command, process.argv.length > 2 ? args : usual, env);
} finally {
  for (const child of running.reverse()) await end(child);
  rmSync(scratch, { recursive: true, force: true });
}

/** Downloads the packages this machine lacks and unpacks them side by side. */
function fetchPackages(): void {
  const folder = mkdtempSync(join(tmpdir(), 'undertone-ceph-'));
  const wanted = ['--no-install-recommends', 'radosgw', 'ceph-mon', 'ceph-osd'];
  const plan = spawnSync('apt-get', ['install', '--simulate', ...wanted], { encoding: 'utf8' });
  const names = [...(plan.stdout ?? '').matchAll(/^Inst (\S+)/gm)].map(([, name]) => name as string);
  if (names.length === 0)
    throw new Error('Debian has no packages of Ceph for this machine; run "apt-get update" first.');
  const got = spawnSync('apt-get', ['download', ...names], { cwd: folder, stdio: 'inherit' });
  if (got.status !== 0) throw new Error('the packages could not be downloaded');
  const root = join(folder, 'root');
  for (const file of readdirSync(folder)) spawnSync('dpkg', ['-x', join(folder, file), root]);
  renameSync(root, unpacked);
  rmSync(folder, { recursive: true, force: true });
}

async function startCeph(): Promise<string> {
  const lib = join(unpacked, 'usr', 'lib', 'x86_64-linux-gnu');
  const monitorPort = await freePort();
  const gatewayPort = await freePort();
  const fsid = randomUUID();
  const conf = join(scratch, 'ceph.conf');
  const settings = {
    fsid,
    'mon host': `[v1:127.0.0.1:${monitorPort}]`,
    'public addr': '127.0.0.1',
    'auth cluster required': 'none',
    'auth service required': 'none',
    'auth client required': 'none',
    'run dir': scratch,
    'admin socket': join(scratch, '$name.asok'),
    'log file': join(scratch, '$name.log'),
    'mon data': join(scratch, 'mon'),
    'mon cluster log file': join(scratch, 'cluster.log'),
    'osd data': join(scratch, 'osd'),
    'osd objectstore': 'memstore',
    'osd class dir': join(lib, 'rados-classes'),
    'erasure code dir': join(lib, 'ceph', 'erasure-code'),
    'plugin dir': join(lib, 'ceph'),
    'rgw data': join(scratch, 'rgw'),
    'osd pool default size': '1',
    'osd pool default min size': '1',
    'osd pool default pg num': '4',
    'osd crush chooseleaf type': '0',
    'mon allow pool size one': 'true',
    'mon max pg per osd': '2000',
    'mon data avail warn': '1',
    'mon data avail crit': '1',
    'rgw frontends': `beast endpoint=127.0.0.1:${gatewayPort}`,
    'rgw enable ops log': 'false',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(conf, `[global]\n${lines.join('\n')}\n`);
  for (const name of ['mon', 'osd', 'rgw']) mkdirSync(join(scratch, name));
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: [lib, join(lib, 'ceph'), join(unpacked, 'lib', 'x86_64-linux-gnu')].join(':'),
    CEPH_CONF: conf,
  };
  const programs = join(unpacked, 'usr', 'bin');
  const once = (name: string, ...args: string[]) => {
    const done = spawnSync(join(programs, name), args, { env, encoding: 'utf8' });
    if (done.status !== 0)
      throw new Error(`${name} ended with ${done.status}: ${done.stderr} ${done.error ?? ''}`);
    return done.stdout;
  };
  const daemon = (name: string, ...args: string[]) => {
    running.push(spawn(join(programs, name), ['-f', ...args, '-c', conf], { env, stdio: 'ignore' }));
  };
  const monmap = join(scratch, 'monmap');
  once('monmaptool', '--create', '--addv', 'a', `[v1:127.0.0.1:${monitorPort}]`, '--fsid', fsid, monmap);
  once('ceph-mon', '--mkfs', '-i', 'a', '--monmap', monmap, '-c', conf);
  daemon('ceph-mon', '-i', 'a');
  const osdId = randomUUID();
  const python = join(unpacked, 'usr', 'lib', 'python3', 'dist-packages');
  const ceph = (...args: string[]) => {
    const done = spawnSync(
      '/usr/bin/python3',
      [join(programs, 'ceph'), '--connect-timeout', '30', '-c', conf, ...args],
      {
        env: { ...env, PYTHONPATH: python },
        encoding: 'utf8',
      },
    );
    if (done.status !== 0) throw new Error(`ceph ${args.join(' ')}: ${done.stderr}`);
  };
  ceph('osd', 'new', osdId, '0');
  once('ceph-osd', '--mkfs', '-i', '0', '--osd-uuid', osdId, '-c', conf);
  daemon('ceph-osd', '-i', '0');
  daemon('radosgw', '-n', 'client.rgw');
  const endpoint = `http://127.0.0.1:${gatewayPort}`;
  for (let triesLeft = 600; !(await answers(endpoint)); triesLeft--) {
    if (triesLeft === 0) throw new Error(`the gateway did not start; see ${scratch}`);
    await pause(100);
  }
  const { accessKeyId, secretAccessKey } = credentials;
  const keys = ['--access-key', accessKeyId, '--secret-key', secretAccessKey];
  once(
    'radosgw-admin',
    '-n',
    'client.rgw',
    '-c',
    conf,
    'user',
    'create',
    '--uid=clinic',
    '--display-name=clinic',
    ...keys,
  );
  await makeBucket(endpoint);
  return endpoint;
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(endpoint)).status < 500;
  } catch {
    return false;
  }
}

async function makeBucket(endpoint: string): Promise<void> {
  const require = createRequire(join(rootDir, 'packages', 'clinic', 'package.json'));
  const { AwsClient } = (await import(require.resolve('aws4fetch'))) as typeof import('aws4fetch');
  const client = new AwsClient({ ...credentials, service: 's3', region: 'us-east-1' });
  const made = await client.fetch(`${endpoint}/${bucket}`, { method: 'PUT' });
  if (!made.ok) throw new Error(`the bucket could not be made: ${made.status} ${await made.text()}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 3000);
  await gone;
  clearTimeout(late);
}
