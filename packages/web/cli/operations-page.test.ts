import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { longestDrainSeconds, programFolder, readConfig } from '@undertone/clinic/platform/config.ts';
import { startPostgres } from '@undertone/clinic/platform/postgres.ts';
import { seedSample } from '@undertone/clinic/sample/seed.ts';
import { type StartedClinic, startClinic } from '@undertone/clinic/start.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bodyLimitBytes } from '../server/request.ts';
import { childStopsWithinMs } from './processes.ts';

/*
 * docs/operations.md is read as an owner reads it: its commands are run in their order on a clinic in a scratch folder, its
 * units and proxy configurations are given to the programs they are for, where this machine has them.
 */
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

interface Block {
  /** What stands behind the three marks. `conf` and `sh server …` are for packages/clinic/server-archive.test.ts. */
  readonly kind: string;
  readonly text: string;
  /** The last file name in back ticks before the block. */
  readonly file: string | undefined;
}

const page = readFileSync(join(programFolder(), 'docs', 'operations.md'), 'utf8');
const blocks: readonly Block[] = [...page.matchAll(/^```([a-z ]+)\n(.*?)^```$/gms)].map((found) => ({
  kind: found[1] ?? '',
  text: found[2] ?? '',
  file: [...page.slice(0, found.index).matchAll(/`(\/etc\/[\w./-]+)`/g)].at(-1)?.[1],
}));
const ofKind = (kind: string) => blocks.filter((block) => block.kind === kind);
const has = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;

const folder = mkdtempSync(join(tmpdir(), 'undertone-page-'));
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const home = join(folder, 'srv', 'undertone-data');

/** The page's own places, here. */
function here(text: string, database = ''): string {
  return text
    .replaceAll('/mnt/backups', join(folder, 'backups'))
    .replaceAll('/srv/restored', join(folder, 'restored'))
    .replaceAll(/'postgres:\/\/[^']*db\.example\.org[^']*'/g, `'${database}'`);
}

describe('the commands', () => {
  let started: StartedClinic | undefined;
  let other: Awaited<ReturnType<typeof startPostgres>>;
  const config = readConfig({
    UNDERTONE_HOME: home,
    UNDERTONE_BACKUP_DIR: join(folder, 'backups'),
    LOG_TO: 'file',
  });

  beforeAll(async () => {
    mkdirSync(join(folder, 'backups'));
    other = await startPostgres({
      home: join(folder, 'other'),
      database: { binaries: process.env.UNDERTONE_POSTGRES_BIN, account: undefined, folder: undefined },
      log: pino({ level: 'silent' }),
      durable: false,
    });
  });
  afterAll(async () => {
    await started?.stop();
    await other.stop();
  });

  async function beRunning(wanted: boolean): Promise<void> {
    if (wanted === (started !== undefined)) return;
    if (!wanted) {
      await started?.stop();
      started = undefined;
      return;
    }
    started = await startClinic(config, { work: false, archive: true, fenced: false });
    await seedSample(started.clinic);
  }

  function shell(text: string): Promise<{ code: number | null; said: string }> {
    const { DATABASE_URL: _url, ...rest } = process.env;
    const main = join(import.meta.dirname, 'main.ts');
    const npx = `npx() { shift; '${process.execPath}' '${main}' "$@"; }\n`;
    const child = spawn('bash', ['-euo', 'pipefail', '-c', npx + text], {
      cwd: programFolder(),
      env: { ...rest, UNDERTONE_HOME: home, UNDERTONE_BACKUP_DIR: join(folder, 'backups'), LOG_TO: 'file' },
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

  it.skipIf(process.platform === 'win32')(
    'run in their order, and each does what the page says',
    async () => {
      const { host, port, password } = other.admin as { host: string; port: number; password: string };
      const query = new URLSearchParams({ host, port: String(port) }).toString();
      const database = `postgres://postgres:${encodeURIComponent(password)}@localhost/undertone?${query}`;
      const commands = blocks.filter(({ kind }) => kind === 'sh' || kind === 'sh stopped');
      expect(commands.length).toBeGreaterThanOrEqual(8);
      for (const { kind, text } of commands) {
        await beRunning(kind === 'sh');
        const { code, said } = await shell(here(text, database));
        if (code !== 0) throw new Error(`${text}\nended with ${code}:\n${said}`);
        expect(said).not.toMatch(/our fault|unknown (command|option)/);
      }
      const verbs = new Set(
        commands.flatMap(({ text }) => [...text.matchAll(/npx undertone ([\w-]+)/g)].map(([, verb]) => verb)),
      );
      expect([...verbs]).toEqual(
        expect.arrayContaining([
          'doctor',
          'backup',
          'prune',
          'restore',
          'recovery-key',
          'rotate-key',
          'move-database',
        ]),
      );
    },
  );

  it('names no block that nobody looks at', () => {
    expect(
      blocks.filter(
        ({ kind }) => !/^(sh( stopped| setup)?|ini|nginx|caddy|conf|sh server( \w+)?)$/.test(kind),
      ),
    ).toEqual([]);
    expect(page.match(/^```/gm)).toHaveLength(blocks.length * 2);
  });
});

describe('the settings', () => {
  it('are ones the program takes, as the page gives them', () => {
    const settings = ofKind('ini').find(({ file }) => file === '/etc/undertone.env');
    const lines = settings?.text.trim().split('\n') ?? [];
    const given = Object.fromEntries(
      // A value in double quotes is without them, for systemd and for a shell.
      lines.map((line) => [
        line.slice(0, line.indexOf('=')),
        line.slice(line.indexOf('=') + 1).replace(/^"(.*)"$/, '$1'),
      ]),
    );
    const config = readConfig(given);
    expect(config).toMatchObject({
      home: '/srv/undertone-data',
      secrets: '/srv/undertone-data-secrets',
      mail: { from: 'Clinic <clinic@example.org>' },
      http: { publicUrl: 'https://clinic.example.org', trustedProxies: 1, host: '127.0.0.1', port: 3000 },
      sample: false,
    });
  });
});

describe('the units', () => {
  const units = ofKind('ini').filter(({ file }) => file?.startsWith('/etc/systemd/'));

  it('are the program, the backup and its time', () => {
    expect(units.map(({ file }) => file?.split('/').at(-1))).toEqual([
      'undertone.service',
      'undertone-backup.service',
      'undertone-backup.timer',
    ]);
    for (const { text } of units) expect(text).not.toContain('root');
  });

  it('leave the program the time its stopping takes at most', () => {
    const seconds = Number(/^TimeoutStopSec=(\d+)$/m.exec(units[0]?.text ?? '')?.[1]);
    // A fast shutdown of the database is given a minute before it is ended at once (postgres-process.ts).
    expect(seconds).toBeGreaterThanOrEqual(longestDrainSeconds + childStopsWithinMs / 1000 + 60);
  });

  it.skipIf(!has('systemd-analyze'))(
    'satisfy systemd-analyze verify (skipped where this machine has no systemd)',
    () => {
      const paths = units.map(({ file, text }) => {
        const path = join(folder, file?.split('/').at(-1) ?? '');
        // The account and the program's folder are made by the install step; here they are ours.
        writeFileSync(
          path,
          text.replaceAll('/srv/undertone/', `${programFolder()}/`).replaceAll(/^User=.*\n/gm, ''),
        );
        return path;
      });
      const checked = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], { encoding: 'utf8' });
      expect(
        checked.stderr.split('\n').filter((line) => line.includes(folder) || line.includes('undertone')),
      ).toEqual([]);
      expect(checked.status).toBe(0);
      const time = /OnCalendar=(.*)/.exec(units[2]?.text ?? '')?.[1] ?? '';
      expect(spawnSync('systemd-analyze', ['calendar', time]).status).toBe(0);
    },
  );

  it.skipIf(!has('systemctl'))(
    'are enabled by the page’s own commands: the clinic with the machine, the backup with the timers (skipped where this machine has no systemd)',
    () => {
      const root = join(folder, 'machine');
      mkdirSync(join(root, 'etc', 'systemd', 'system'), { recursive: true });
      for (const { file, text } of units) writeFileSync(join(root, file ?? ''), text);
      const enabled = [...page.matchAll(/systemctl enable --now (\S+)/g)].map(([, unit = '']) => unit);
      expect(enabled).toEqual(['undertone', 'undertone-backup.timer']);
      for (const unit of enabled) {
        const ran = spawnSync('systemctl', [`--root=${root}`, 'enable', unit], { encoding: 'utf8' });
        expect({ status: ran.status, said: ran.stderr }).toMatchObject({ status: 0 });
      }
      const wants = (target: string) =>
        readdirSync(join(root, 'etc', 'systemd', 'system', `${target}.wants`));
      expect(wants('multi-user.target')).toEqual(['undertone.service']);
      expect(wants('timers.target')).toEqual(['undertone-backup.timer']);
    },
  );
});

describe('the proxies', () => {
  const nginx = ofKind('nginx')[0]?.text ?? '';
  const caddy = ofKind('caddy')[0]?.text ?? '';

  it('take the largest body the program takes, hand the host on, and keep the measures to the machine', () => {
    const most = Math.max(
      ...['/desk/imports', '/desk/patients/x/photos', '/studio', '/en/checkin/x'].map(bodyLimitBytes),
    );
    expect(nginx).toContain(`client_max_body_size ${most / 1024 ** 2}m;`);
    expect(caddy).toContain(`max_size ${most / 1024 ** 2}MiB`);
    expect(nginx).toMatch(/proxy_set_header Host \$host;/);
    expect(nginx).toMatch(/X-Forwarded-For \$proxy_add_x_forwarded_for;/);
    expect(nginx).toMatch(/location = \/metrics \{\s*return 404;/);
    expect(caddy).toContain('respond /metrics 404');
    // Over http only pages are sent on to https; programs are refused (ASVS 5.0, 4.1.2).
    expect(nginx).toMatch(
      /listen 80;[^}]*return 301 https[^}]*\}\s*#[^\n]*\s*location ~ \^\/\(api\|fhir\)\/ \{\s*return 403;/,
    );
    expect(caddy).toMatch(/@programs path \/api\/\* \/fhir\/\*\s*handle @programs \{\s*respond 403/);
    // Longer than the silence of the calendar's stream (20 s), and than the program's own patience with a request (120 s).
    for (const found of [...nginx.matchAll(/_timeout (\d+)s/g), ...caddy.matchAll(/_timeout (\d+)s/g)])
      expect(Number(found[1])).toBeGreaterThanOrEqual(120);
  });

  it.skipIf(!has('caddy'))('caddy takes its configuration (skipped where this machine has no caddy)', () => {
    const path = join(folder, 'Caddyfile');
    writeFileSync(path, caddy);
    const checked = spawnSync('caddy', ['validate', '--adapter', 'caddyfile', '--config', path], {
      encoding: 'utf8',
    });
    expect({ status: checked.status, said: checked.stderr }).toMatchObject({ status: 0 });
  });

  it.skipIf(!has('nginx') || !has('openssl'))(
    'nginx takes its configuration (skipped where this machine has no nginx)',
    () => {
      const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
      const subject = ['-subj', '/CN=clinic.example.org', '-days', '2'];
      spawnSync('openssl', [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        key,
        '-out',
        certificate,
        ...subject,
      ]);
      const path = join(folder, 'nginx.conf');
      const site = nginx
        .replace(/ssl_certificate .*;/, `ssl_certificate ${certificate};`)
        .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${key};`);
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (name) => `${name}_temp_path ${folder}/${name};`,
      );
      writeFileSync(
        path,
        `pid ${folder}/nginx.pid;\nevents {}\nhttp {\naccess_log off;\n${temporary.join('\n')}\n${site}\n}\n`,
      );
      const checked = spawnSync('nginx', ['-t', '-c', path, '-e', join(folder, 'nginx.log')], {
        encoding: 'utf8',
      });
      expect({ status: checked.status, said: checked.stderr }).toMatchObject({ status: 0 });
    },
  );
});
