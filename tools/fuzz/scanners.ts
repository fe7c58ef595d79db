/** Scanners that others wrote, run where they are installed: `apt-get install wapiti sqlmap`, and `nikto` from Debian's non-free. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromManyAddresses } from './many-addresses.ts';

const words = (line: string) => line.split(' ');

/** What a scan needs: the site, the owner's session, a folder to write in, and whom to tell. */
export interface Scan {
  readonly url: string;
  readonly cookie: string;
  readonly say: (line: string) => void;
  /** How long one kind of attack may take, in seconds. */
  readonly seconds: number;
}
type Scanning = Scan & { readonly folder: string };

interface Told {
  readonly code: number | null;
  readonly text: string;
}

/** Runs a program to its end, or for at most so many seconds; undefined where it is not installed. */
function told(
  { folder }: Pick<Scanning, 'folder'>,
  program: string,
  args: readonly string[],
  mostSeconds: number,
): Promise<Told | undefined> {
  return new Promise((resolve) => {
    // Their own state and settings go with the folder.
    const env = { ...process.env, HOME: folder, PYTHONPATH: folder };
    const child = spawn(program, args, { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
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

/** @returns findings of medium weight and more, one line each */
export async function scan(given: Scan): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'undertone-scan-'));
  const scanning = { ...given, folder };
  try {
    return [...(await wapiti(scanning)), ...(await sqlmap(scanning)), ...(await nikto(scanning))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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

/**
 * Wapiti 3.0.4 (Debian 12) ends a pattern with its flags where an address is left out of a scan, which Python refuses from
 * 3.11 on. Read by Python before the program, this puts them at the beginning.
 */
const pythonShim = `import re
_compile = re.compile
def compile(pattern, flags=0):
    if isinstance(pattern, str) and pattern.endswith('(?ms)'):
        pattern = '(?ms)' + pattern[:-5]
    return _compile(pattern, flags)
re.compile = compile
`;

/**
 * Every module but two that first fetch their lists from the network (nikto's and wappalyzer's), and one that guesses names
 * of pages, which nikto does too and which takes no heed of its time.
 */
const wapitiModules =
  'backup,blindsql,brute_login_form,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,ssrf,xss,xxe';

const passes = [
  {
    who: 'a visitor',
    starts: ['/en', '/en/book', '/en/check', '/en/prices', '/sign-in', '/bn', '/en/preview'],
    isSignedIn: false,
  },
  {
    who: 'the owner',
    starts: [
      '/desk',
      '/desk/patients',
      '/desk/patients/new',
      '/desk/stock',
      '/desk/calendar',
      '/desk/money',
      '/desk/reports',
      '/desk/erasures',
      '/desk/programs',
      '/desk/imports',
      '/desk/audit',
      '/desk/recall',
    ],
    isSignedIn: true,
  },
];

async function wapiti(scanning: Scanning): Promise<string[]> {
  const { folder, say } = scanning;
  await writeFile(join(folder, 'sitecustomize.py'), pythonShim);
  const version = await told(scanning, 'wapiti', ['--version'], 30);
  if (version === undefined) return skipped('wapiti', say);
  const findings: string[] = [];
  for (const pass of passes) findings.push(...(await wapitiPass(scanning, pass)));
  say(`${version.text.trim().split('\n').at(-1)}: ${wapitiModules}`);
  return findings;
}

async function wapitiPass(
  scanning: Scanning,
  { who, starts, isSignedIn }: (typeof passes)[number],
): Promise<string[]> {
  const { url, cookie, folder, say, seconds } = scanning;
  const report = join(folder, `wapiti-${isSignedIn}.json`);
  const [catcher, site] = [await catchCalls(), await fromManyAddresses(url)];
  const run = await told(
    scanning,
    'wapiti',
    [
      ...words(`-u ${site.url}/ --scope folder -f json -o ${report} --flush-session -v 0 --no-bugreport`),
      ...words(`-m ${wapitiModules} --max-scan-time ${2 * seconds} --max-attack-time ${seconds}`),
      ...words('--max-links-per-page 40 --max-files-per-dir 15 -d 3 --endpoint'),
      catcher.url,
      ...starts.flatMap((path) => ['-s', `${site.url}${path}`]),
      // Signing out would end the scan.
      ...words(`-x ${site.url}/sign-out -H`),
      `Origin: ${url}`,
      // It asks for brotli and cannot read it: without this it sees no link.
      '-H',
      'Accept-Encoding: gzip',
      ...(isSignedIn ? ['-H', `Cookie: ${cookie}`] : []),
    ],
    // Its own limit is looked at between two pages of an attack; ended from outside, it gives no report.
    2 * (5 + wapitiModules.split(',').length) * seconds + 600,
  );
  const called = await catcher.stop();
  const statuses = await site.stop();
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined)
    return [`wapiti as ${who}: gave no report: ${run?.text.trim().split('\n').at(-1) ?? ''}`];
  const { vulnerabilities } = JSON.parse(text) as WapitiReport;
  const proofs = await refusedFromElsewhere(scanning, vulnerabilities[forgery] ?? [], isSignedIn);
  const all = [
    ...Object.entries(vulnerabilities).flatMap(([kind, found]) =>
      found.map((one) => {
        const proof = kind === forgery ? proofs.get(one.path) : undefined;
        const line = `${kind}: ${one.method} ${one.path} ${one.info}`;
        return proof === undefined
          ? { level: one.level ?? 2, line }
          : { level: proof.holds ? 0 : (one.level ?? 2), line: `${line} (${proof.told})` };
      }),
    ),
    ...called.map((path) => ({ level: 4, line: `the site called an address it was told: ${path}` })),
  ];
  const pages = /found (\d+) URLs and forms/.exec(run?.text ?? '')?.[1] ?? '?';
  if (Number(pages) <= starts.length) return [`wapiti as ${who}: followed no link`];
  const heavy = all.filter(({ level }) => level >= 2);
  say(
    `wapiti as ${who}: ${pages} addresses and forms, ${all.length} findings, ${heavy.length} of medium weight or more`,
  );
  const answers = [...statuses].sort(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`);
  say(`  answered, by status: ${answers.join(', ')}`);
  for (const { level, line } of all) say(`  level ${level} ${line}`);
  return heavy.map(({ line }) => `wapiti as ${who}: ${line}`);
}

/** What wapiti calls a form without a token of its own. */
const forgery = 'Cross Site Request Forgery';

/**
 * The pages carry no token: a body must come from the site's own origin, which wapiti does not look at. So each form it names
 * is sent as another site's page would send it, with a foreign origin and with none.
 * @returns by path, how each was answered, and whether that refuses the finding: 403 from elsewhere, and not from its own
 */
async function refusedFromElsewhere(
  { url, cookie }: Scanning,
  found: readonly { readonly method: string; readonly path: string }[],
  isSignedIn: boolean,
): Promise<ReadonlyMap<string, { readonly holds: boolean; readonly told: string }>> {
  const proofs = new Map<string, { readonly holds: boolean; readonly told: string }>();
  const site = await fromManyAddresses(url);
  for (const { method, path } of found) {
    const statusFrom = async (origin: string | undefined) => {
      const headers = {
        'Content-Type': 'application/x-www-form-urlencoded',
        ...(origin !== undefined && { Origin: origin }),
        ...(isSignedIn && { Cookie: cookie }),
      };
      const body = method === 'GET' ? {} : { body: 'forged=1' };
      return (await fetch(new URL(path, site.url), { method, headers, redirect: 'manual', ...body })).status;
    };
    const elsewhere = await Promise.all(['https://elsewhere.example', 'null', undefined].map(statusFrom));
    const here = await statusFrom(url);
    proofs.set(path, {
      holds: elsewhere.every((status) => status === 403) && here !== 403,
      told: `answered: ${elsewhere.join(', ')} from a foreign origin, from "null" and from none, ${here} from its own`,
    });
  }
  await site.stop();
  return proofs;
}

/** A server a site that calls what it is told to call would call. */
async function catchCalls(): Promise<{ readonly url: string; stop(): Promise<readonly string[]> }> {
  const called: string[] = [];
  const server = createServer((asked, answer) => {
    const path = asked.url ?? '/';
    // The scanner itself looks whether the server is there, and asks what it has seen: told by us below.
    if (path !== '/' && !path.startsWith('/get_')) called.push(path);
    answer.setHeader('Content-Type', 'application/json');
    answer.end('{}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}/`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      return called;
    },
  };
}

/** Addresses that search the database with what was asked. */
const searches = [
  '/desk/patients?q=1',
  '/desk/calendar?date=2026-03-02&branch=1',
  '/desk/money?day=2026-03-02&branch=1',
  '/desk/audit?subject=1&before=1',
  '/api/v1/availability?service=1&from=2026-03-02&to=2026-03-03',
];

async function sqlmap(scanning: Scanning): Promise<string[]> {
  const { url, cookie, folder, say } = scanning;
  const version = await told(scanning, 'sqlmap', ['--version'], 60);
  if (version === undefined) return skipped('sqlmap', say);
  const findings: string[] = [];
  for (const path of searches) {
    const run = await told(
      scanning,
      'sqlmap',
      [
        ...words(`-u ${url}${path} --batch --flush-session --output-dir ${folder} --dbms PostgreSQL`),
        ...words('--technique BEU --level 1 --risk 1 --ignore-code 404,422'),
        `--cookie=${cookie}`,
      ],
      120,
    );
    if (/is vulnerable|identified the following injection point/.test(run?.text ?? ''))
      findings.push(`sqlmap: ${path}`);
  }
  say(
    `sqlmap ${version.text.trim().split('\n')[0]}: ${searches.length} addresses, ${findings.length} injectable`,
  );
  return findings;
}

/** Lines of nikto's report that say what it did, not what it found. */
const niktoTells =
  /^\+ (Target |Start Time|End Time|Server:|SSL Info|No CGI Directories|\d+ (items|requests|host)|ERROR: Host maximum)/;

/**
 * Headers that this program sets to protect its pages and that nikto does not know; addresses that robots.txt names, which
 * stand behind signing in; the map of the public pages.
 */
const onPurpose =
  /Uncommon header '(cross-origin-(opener|embedder|resource)-policy|x-content-type-options|x-frame-options|referrer-policy|permissions-policy|content-security-policy|x-request-id)'|in robots\.txt returned a non-forbidden or redirect HTTP code|"robots\.txt" contains|\/sitemap\.xml: This gives/;

async function nikto(scanning: Scanning): Promise<string[]> {
  const { url, folder, say, seconds } = scanning;
  const report = join(folder, 'nikto.txt');
  const most = 6 * seconds;
  const run = await told(
    scanning,
    'nikto',
    // Nothing is sent to its makers.
    ['-h', url, ...words(`-maxtime ${most}s -o ${report} -Format txt -nointeractive -ask no`)],
    most + 60,
  );
  if (run === undefined) return skipped('nikto', say);
  const text = await readFile(report, 'utf8').catch(() => '');
  // It knows no weights: whatever it says counts, but for what is so on purpose.
  const all = text.split('\n').filter((line) => line.startsWith('+ ') && !niktoTells.test(line));
  const lines = all.filter((line) => !onPurpose.test(line));
  const asked = /(\d+) (?:items checked|requests)/.exec(run.text)?.[1] ?? 'so many as fit into its time';
  if (!text.includes('+ Target'))
    return [`nikto: gave no report: ${run.text.trim().split('\n').at(-1) ?? ''}`];
  say(
    `${/Nikto v[\d.]+/.exec(text + run.text)?.[0] ?? 'nikto'}: ${asked} checks, ${all.length} remarks, ${lines.length} findings`,
  );
  return lines.map((line) => `nikto: ${line}`);
}

function skipped(program: string, say: (line: string) => void): string[] {
  say(`${program}: not installed, not run`);
  return [];
}
