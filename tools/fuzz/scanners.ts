/** Scanners that others wrote, run where they are installed: `apt-get install wapiti sqlmap nikto`. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const words = (line: string) => line.split(' ');

interface Told {
  readonly code: number | null;
  readonly text: string;
}

/** Runs a program to its end, or for at most so many seconds; undefined where it is not installed. */
function told(program: string, args: readonly string[], mostSeconds: number): Promise<Told | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString()));
    child.stderr.on('data', (part: Buffer) => (text += part.toString()));
    const late = setTimeout(() => child.kill('SIGKILL'), mostSeconds * 1000);
    child.on('error', () => {
      clearTimeout(late);
      resolve(undefined);
    });
    child.on('exit', (code) => {
      clearTimeout(late);
      resolve({ code, text });
    });
  });
}

/** Levels of wapiti's report: 1 low, 2 medium, 3 high, 4 critical; what says no level counts. */
interface WapitiReport {
  readonly vulnerabilities: Readonly<
    Record<
      string,
      readonly {
        readonly method: string;
        readonly path: string;
        readonly info: string;
        readonly level?: number;
      }[]
    >
  >;
}

/** @returns findings of medium weight and more, one line each */
export async function scan(url: string, cookie: string, say: (line: string) => void): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'undertone-scan-'));
  try {
    return [
      ...(await wapiti(url, cookie, folder, say)),
      ...(await sqlmap(url, cookie, folder, say)),
      ...(await nikto(url, folder, say)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function wapiti(
  url: string,
  cookie: string,
  folder: string,
  say: (line: string) => void,
): Promise<string[]> {
  const report = join(folder, 'wapiti.json');
  const starts = ['/en', '/en/book', '/en/check', '/desk', '/desk/patients', '/desk/stock', '/desk/calendar'];
  const run = await told(
    'wapiti',
    [
      ...words(`-u ${url}/ --scope domain -f json -o ${report} --flush-session -v 0`),
      ...starts.flatMap((path) => ['-s', `${url}${path}`]),
      // Signing out would end the scan.
      ...words(`-x ${url}/sign-out --max-scan-time 150 --max-links-per-page 40 -d 3`),
      ...['Cookie: ', 'Origin: '].flatMap((name) => ['-H', `${name}${name === 'Cookie: ' ? cookie : url}`]),
    ],
    300,
  );
  if (run === undefined) return skipped('wapiti', say);
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) {
    // As the 3.0.4 of Debian 12, which its Python 3.11 refuses.
    say(`wapiti: does not run here: ${run.text.trim().split('\n').at(-1) ?? ''}`);
    return [];
  }
  const { vulnerabilities } = JSON.parse(text) as WapitiReport;
  const all = Object.entries(vulnerabilities).flatMap(([kind, found]) =>
    found.map((one) => ({
      level: one.level ?? 2,
      line: `wapiti: ${kind}: ${one.method} ${one.path} ${one.info}`,
    })),
  );
  say(
    `wapiti: ${all.length} findings, ${all.filter(({ level }) => level >= 2).length} of medium weight or more`,
  );
  for (const { level, line } of all) say(`  level ${level} ${line}`);
  return all.filter(({ level }) => level >= 2).map(({ line }) => line);
}

/** Addresses that search the database with what was asked. */
const searches = [
  '/desk/patients?q=1',
  '/desk/calendar?date=2026-03-02&branch=1',
  '/desk/money?day=2026-03-02&branch=1',
  '/desk/audit?subject=1&before=1',
  '/api/v1/availability?service=1&from=2026-03-02&to=2026-03-03',
];

async function sqlmap(
  url: string,
  cookie: string,
  folder: string,
  say: (line: string) => void,
): Promise<string[]> {
  const findings: string[] = [];
  for (const path of searches) {
    const run = await told(
      'sqlmap',
      [
        ...words(`-u ${url}${path} --batch --flush-session --output-dir ${folder} --dbms PostgreSQL`),
        ...words('--technique BEU --level 1 --risk 1 --ignore-code 404,422'),
        `--cookie=${cookie}`,
      ],
      120,
    );
    if (run === undefined) return skipped('sqlmap', say);
    if (/is vulnerable|identified the following injection point/.test(run.text))
      findings.push(`sqlmap: ${path}`);
  }
  say(`sqlmap: ${searches.length} addresses, ${findings.length} injectable`);
  return findings;
}

async function nikto(url: string, folder: string, say: (line: string) => void): Promise<string[]> {
  const report = join(folder, 'nikto.txt');
  const run = await told(
    'nikto',
    ['-h', url, '-maxtime', '180s', '-o', report, '-Format', 'txt', '-nointeractive'],
    240,
  );
  if (run === undefined) return skipped('nikto', say);
  const lines = (await readFile(report, 'utf8').catch(() => ''))
    .split('\n')
    .filter((line) => /^\+ (GET|OSVDB|\/)/.test(line));
  say(`nikto: ${lines.length} lines`);
  return lines.map((line) => `nikto: ${line}`);
}

function skipped(program: string, say: (line: string) => void): string[] {
  say(`${program}: not installed, not run`);
  return [];
}
