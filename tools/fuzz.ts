// Hostile requests against every address of the program: npm run fuzz -- [--seconds 60] [--seed 7]
// A site of its own is started and thrown away. Whatever is sent, the answer must be a refusal or a page: never a fault
// (5xx), a stack trace, a script that came back as one, a header that was slipped in, or silence. The first request of
// each kind of fault is made as small as it can be and printed with the seed.
import { glob, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addressOf, patternsOf } from '../e2e/access.ts';
import { describeRoutes } from '../packages/clinic/booking/api.ts';
import { seededRandom } from '../packages/engine/simulator/random.ts';
import routes from '../packages/web/app/routes.ts';
import { rootDir } from './run.ts';
import { removeHome, type Site, startSite } from './site.ts';

interface Wish {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: readonly (readonly [string, string])[];
  readonly as: 'form' | 'json' | 'multipart' | 'raw' | 'none';
  readonly isMember: boolean;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const marker = '<script>fuzzed()</script>';
/** Written by hand: each line once broke something somewhere. */
const hostile = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  '9007199254740993',
  '2147483648',
  'true',
  'null',
  '[]',
  '{}',
  "'",
  "' or '1'='1",
  "'; drop table patients; --",
  '1 union select null, version()',
  '$1',
  '%',
  '%00',
  '\u0000',
  'a\u0000b',
  '\\x00',
  '%_\\',
  marker,
  `"><img src=x onerror=fuzzed()>${marker}`,
  'javascript:fuzzed()',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '=cmd|calc!A1',
  '+1+1',
  '@SUM(1)',
  'a\r\nX-Fuzz: slipped',
  '\r\n\r\n<script>',
  '../../../../etc/passwd',
  '..%2f..%2fsecrets%2fmaster.key',
  'file:///etc/passwd',
  '{{7*7}}',
  '${7*7}',
  '__proto__',
  'constructor',
  '\ud800',
  '\ufeff',
  '\u202etxt.exe',
  'e\u0301'.repeat(500),
  '🧵'.repeat(300),
  'a'.repeat(70_000),
  '0000-00-00',
  '2026-02-30',
  '2026-13-45T99:99',
  '10000-01-01',
  '-271821-04-20',
  '5a3b1e00-0000-4000-8000-000000000001',
  '5A3B1E00-0000-4000-8000-000000000001 ',
  '00000000-0000-0000-0000-000000000000',
];
const methods = [
  'GET',
  'GET',
  'GET',
  'POST',
  'POST',
  'POST',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'PROPFIND',
];

const member = {
  name: 'Sample owner',
  email: 'owner@example.org',
  password: 'nine grey herons over the weir',
};

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const chances = seededRandom(seed);
const chance = () => chances.uniform();
const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;

const site = await startSite({ env: { TRUSTED_PROXIES: '1', LOG_LEVEL: 'error' } });
const faults = new Map<string, string>();
let sent = 0;
try {
  const known = await wordsOfTheProgram();
  const paths = [
    ...new Set(patternsOf(await routes)),
    ...describeRoutes().map(({ path }) => path.replaceAll(/\{(\w+)\}/g, ':$1')),
  ];
  let cookie = await enter(site);
  for (const until = performance.now() + Number(values.seconds) * 1000; performance.now() < until; sent++) {
    if (sent % 150 === 149) cookie = await signIn(site);
    const wish = makeWish(paths, known);
    const fault = faultIn(await ask(site, wish, cookie));
    if (fault === undefined) continue;
    const key = `${fault} at ${wish.method} ${wish.path
      .split('?')[0]
      ?.replaceAll(/[0-9a-f-]{36}/g, ':id')
      .slice(0, 80)}`;
    if (faults.has(key)) continue;
    faults.set(key, '');
    faults.set(key, show(await shrink(site, wish, cookie, fault)));
  }
} finally {
  await site.stop();
  await removeHome(site.home);
}
for (const [what, smallest] of faults) process.stdout.write(`FAULT  ${what}\n       ${smallest}\n`);
process.stdout.write(`fuzz: ${sent} requests, ${faults.size} kinds of fault, seed ${seed}\n`);
if (faults.size > 0) process.exitCode = 1;

/** Names of fields and acts that pages ask for, so that a hostile value reaches the code behind them. */
async function wordsOfTheProgram(): Promise<{ fields: readonly string[]; acts: readonly string[] }> {
  const fields = new Set(['id', 'act', 'intent', 'step', 'name', 'q', 'to', 'from', 'version', 'day']);
  const acts = new Set<string>();
  for await (const path of glob('packages/web/app/**/*.{ts,tsx}', { cwd: rootDir })) {
    const text = await readFile(join(rootDir, path), 'utf8');
    for (const [, field = ''] of text.matchAll(/\bform\.(\w+)/g)) fields.add(field);
    for (const [, field = ''] of text.matchAll(/\bname="(\w+)"/g)) fields.add(field);
    for (const [, field = ''] of text.matchAll(/(?:searchParams|form|formData)\.get\('([\w-]+)'\)/g))
      fields.add(field);
    for (const [, act = ''] of text.matchAll(/case '([a-z-]+)':/g)) acts.add(act);
  }
  return { fields: [...fields], acts: [...acts] };
}

function makeWish(
  paths: readonly string[],
  known: { fields: readonly string[]; acts: readonly string[] },
): Wish {
  const pattern = pick(paths);
  const address =
    chance() < 0.5
      ? addressOf(pattern)
      : pattern
          .replaceAll(/:\w+\??/g, () => encode(pick(hostile)).slice(0, 2000))
          .replace('*', () => encode(pick(hostile)).slice(0, 2000));
  const query =
    chance() < 0.4 ? `?${encode(pick(known.fields))}=${encode(pick(hostile)).slice(0, 4000)}` : '';
  const suffix = chance() < 0.2 ? '.data' : '';
  const method = pick(methods);
  const count = Math.floor(chance() * 6);
  const fields = Array.from({ length: count }, () => [pick(known.fields), pick(hostile)] as const);
  const headers: Record<string, string> = {};
  if (chance() < 0.2)
    headers[
      pick(['Accept-Language', 'User-Agent', 'If-None-Match', 'Range', 'Accept-Encoding', 'X-Request-Id'])
    ] = headerValue(pick(hostile));
  return {
    method,
    path: `${address}${suffix}${query}`,
    headers,
    fields: [['act', pick(known.acts)], ['intent', pick(known.acts)], ...fields],
    as: ['GET', 'HEAD', 'OPTIONS', 'PROPFIND'].includes(method)
      ? 'none'
      : pick(['form', 'form', 'json', 'multipart', 'raw']),
    isMember: chance() < 0.75,
  };
}

function encode(text: string): string {
  return chance() < 0.1 ? text.replaceAll(/[^\w%./-]/g, '') : encodeURIComponent(text.toWellFormed());
}

function headerValue(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e]/g, '').slice(0, 2000);
}

function bodyOf({ fields, as }: Wish): { type: string; body: Buffer } | undefined {
  switch (as) {
    case 'none':
      return undefined;
    case 'form':
      return {
        type: 'application/x-www-form-urlencoded',
        body: Buffer.from(new URLSearchParams(fields.map(([name, value]) => [name, value])).toString()),
      };
    case 'json':
      return { type: 'application/json', body: Buffer.from(JSON.stringify(Object.fromEntries(fields))) };
    case 'multipart': {
      const parts = fields.map(
        ([name, value], i) =>
          `--b0\r\nContent-Disposition: form-data; name="${name}"${i % 2 === 1 ? '; filename="../x.jpg"\r\nContent-Type: image/jpeg' : ''}\r\n\r\n${value}\r\n`,
      );
      return { type: 'multipart/form-data; boundary=b0', body: Buffer.from(`${parts.join('')}--b0--`) };
    }
    case 'raw':
      return {
        type: fields.length % 2 === 0 ? 'application/json' : 'multipart/form-data',
        body: Buffer.from(fields.map(([, value]) => value).join('')),
      };
  }
}

function ask({ url }: Site, wish: Wish, cookie: string): Promise<Answer | 'silence' | 'unsendable'> {
  const content = bodyOf(wish);
  const { port, host } = new URL(url);
  return new Promise((resolve) => {
    const headers = {
      ...wish.headers,
      Host: host,
      Origin: url,
      'X-Forwarded-For': [10, 0, 0, 0].map((first) => first || Math.floor(Math.random() * 250)).join('.'),
      ...(wish.isMember && { Cookie: cookie }),
      ...(content && { 'Content-Type': content.type, 'Content-Length': String(content.body.length) }),
    };
    try {
      const asked = request(
        { host: '127.0.0.1', port, method: wish.method, path: wish.path, headers, timeout: 15_000 },
        (reply) => {
          const parts: Buffer[] = [];
          const done = () =>
            resolve({
              status: reply.statusCode ?? 0,
              headers: reply.headers,
              body: Buffer.concat(parts).toString('utf8'),
            });
          reply.on('data', (part: Buffer) => parts.push(part));
          reply.on('end', done);
          reply.on('error', done);
          // Live updates go on for ever; their head is enough.
          if (
            String(reply.headers['content-type']).startsWith('text/event-stream') ||
            wish.path.includes('/live')
          ) {
            done();
            asked.destroy();
          }
        },
      );
      asked.on('timeout', () => {
        resolve('silence');
        asked.destroy();
      });
      // Cut off by the server, as for a body beyond the limit: a refusal.
      asked.on('error', () => resolve('unsendable'));
      asked.end(content?.body);
    } catch {
      resolve('unsendable');
    }
  });
}

function faultIn(answer: Answer | 'silence' | 'unsendable'): string | undefined {
  if (answer === 'unsendable') return undefined;
  if (answer === 'silence') return 'silence for 15 s';
  const { status, headers, body } = answer;
  if (status >= 500 && status !== 501 && status !== 503) return `status ${status}`;
  if (/\n\s+at .+:\d+:\d+|node_modules[\\/]/.test(body)) return 'a stack trace';
  if (headers['x-fuzz'] !== undefined) return 'a header slipped in';
  if (String(headers['content-type']).startsWith('text/html') && body.includes(marker))
    return 'a script that came back';
  if (/elsewhere\.example/.test(String(headers.location ?? '').split('?')[0] ?? ''))
    return 'a redirect elsewhere';
  return undefined;
}

/** Leaves out what the fault does not need, one piece after another. */
async function shrink(at: Site, wish: Wish, cookie: string, fault: string): Promise<Wish> {
  let smallest = wish;
  const attempt = async (smaller: Wish) => {
    const again = faultIn(await ask(at, smaller, cookie)) === fault;
    if (again) smallest = smaller;
    return again;
  };
  await attempt({ ...smallest, headers: {} });
  await attempt({ ...smallest, path: smallest.path.split('?')[0] ?? '/' });
  await attempt({ ...smallest, isMember: false });
  for (let i = smallest.fields.length - 1; i >= 0; i--)
    await attempt({ ...smallest, fields: smallest.fields.filter((_, index) => index !== i) });
  return smallest;
}

function show({ method, path, headers, fields, as, isMember }: Wish): string {
  return JSON.stringify({ method, path, headers, fields, as, isMember }).slice(0, 1200);
}

function enter(at: Site): Promise<string> {
  return send(at, new URL(at.ownerLink ?? at.url).pathname);
}

function signIn(at: Site): Promise<string> {
  return send(at, '/sign-in');
}

async function send(at: Site, path: string): Promise<string> {
  const wish: Wish = {
    method: 'POST',
    path,
    headers: {},
    fields: Object.entries(member),
    as: 'form',
    isMember: false,
  };
  const answer = await ask(at, wish, '');
  if (typeof answer === 'string') return '';
  return [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0])
    .join('; ');
}
