/** What is asked for in a hostile way: every address of the program, with values that once broke something somewhere. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addressOf, patternsOf } from '../../e2e/access.ts';
import { staffRoutes } from '../../packages/clinic/api-tokens/routes.ts';
import { describeRoutes } from '../../packages/clinic/booking/api.ts';
import { seededRandom } from '../../packages/engine/simulator/random.ts';
import routes from '../../packages/web/app/routes.ts';
import { rootDir } from '../run.ts';

/** One request. `who`: nobody, the owner in her session, or a program with a token. */
export interface Wish {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: readonly (readonly [string, string])[];
  readonly as: 'form' | 'json' | 'multipart' | 'raw' | 'none';
  readonly who: 'visitor' | 'member' | 'program';
}

/** Must never come back as a script. */
export const marker = '<script>fuzzed()</script>';
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

/** Kinds of resource and operations a FHIR server is asked for, served here or not (HL7 FHIR R4, 3.1.0). */
const fhirPaths = [
  '/fhir/R4',
  '/fhir/R4/metadata',
  '/fhir/R4/$export',
  ...[
    'Patient',
    'Appointment',
    'Consent',
    'Procedure',
    'Observation',
    'Media',
    'Provenance',
    'Slot',
    ':kind',
  ].flatMap((kind) => [`/fhir/R4/${kind}`, `/fhir/R4/${kind}/:id`, `/fhir/R4/${kind}/:id/_history/:version`]),
  '/fhir/R4/Patient/$export',
  '/fhir/R4/Patient/:id/$everything',
  '/fhir/R4/Binary/:id',
];
const fhirFields = [
  '_count',
  '_id',
  '_include',
  '_revinclude',
  '_lastUpdated',
  '_since',
  '_type',
  '_outputFormat',
  '_elements',
  '_cursor',
  'patient',
  'subject',
  'date',
  'status',
  'code',
  'identifier',
  'family',
  'birthdate',
];

export interface Known {
  readonly pages: readonly string[];
  readonly programs: readonly string[];
  readonly fields: readonly string[];
  readonly acts: readonly string[];
}

/** Every address, and the names of fields and acts that are asked for, so that a hostile value reaches the code behind them. */
export async function knownOfTheProgram(): Promise<Known> {
  const fields = new Set([
    ...fhirFields,
    'id',
    'act',
    'intent',
    'step',
    'name',
    'q',
    'to',
    'from',
    'version',
    'day',
  ]);
  const acts = new Set<string>();
  const folders = ['packages/web/app/**/*.{ts,tsx}', 'packages/clinic/api-tokens/routes.ts'];
  for await (const path of glob(folders, { cwd: rootDir })) {
    const text = await readFile(join(rootDir, path), 'utf8');
    for (const [, field = ''] of text.matchAll(/\bform\.(\w+)/g)) fields.add(field);
    for (const [, field = ''] of text.matchAll(/\bname="(\w+)"/g)) fields.add(field);
    for (const [, field = ''] of text.matchAll(/\b(\w+): z\./g)) fields.add(field);
    for (const [, field = ''] of text.matchAll(/(?:searchParams|form|formData)\.get\('([\w-]+)'\)/g))
      fields.add(field);
    for (const [, act = ''] of text.matchAll(/case '([a-z-]+)':/g)) acts.add(act);
  }
  const ofApi = (path: string) => path.replaceAll(/\{(\w+)\}/g, ':$1');
  return {
    pages: [...new Set([...patternsOf(await routes), ...describeRoutes().map(({ path }) => ofApi(path))])],
    programs: [...new Set([...staffRoutes.map(({ path }) => ofApi(path)), ...fhirPaths])],
    // In one order on every machine: a seed means the same requests everywhere.
    fields: [...fields].toSorted(),
    acts: [...acts].toSorted(),
  };
}

/** Requests without end, the same for the same seed. */
export function* wishes(known: Known, seed: number): Generator<Wish, never> {
  const chances = seededRandom(seed);
  const chance = () => chances.uniform();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
  const encode = (text: string) =>
    chance() < 0.1 ? text.replaceAll(/[^\w%./-]/g, '') : encodeURIComponent(text.toWellFormed());
  for (;;) {
    const isProgram = chance() < 0.25;
    const pattern = pick(isProgram ? known.programs : known.pages);
    const address =
      chance() < 0.5
        ? addressOf(pattern)
        : pattern
            .replaceAll(/:\w+\??/g, () => encode(pick(hostile)).slice(0, 2000))
            .replace('*', () => encode(pick(hostile)).slice(0, 2000));
    const asked = chance() < (isProgram ? 0.8 : 0.4) ? 1 + Math.floor(chance() * 3) : 0;
    const query = Array.from(
      { length: asked },
      () => `${encode(pick(known.fields))}=${encode(pick(hostile)).slice(0, 2000)}`,
    ).join('&');
    const suffix = !isProgram && chance() < 0.2 ? '.data' : '';
    const method = pick(methods);
    const count = Math.floor(chance() * 6);
    const fields = Array.from({ length: count }, () => [pick(known.fields), pick(hostile)] as const);
    const headers: Record<string, string> = {};
    if (chance() < 0.2) headers[pick(oddHeaders)] = headerValue(pick(hostile));
    yield {
      method,
      path: `${address}${suffix}${query === '' ? '' : `?${query}`}`,
      headers,
      fields: [['act', pick(known.acts)], ['intent', pick(known.acts)], ...fields],
      as: ['GET', 'HEAD', 'OPTIONS', 'PROPFIND'].includes(method)
        ? 'none'
        : pick(isProgram ? (['json', 'json', 'json', 'raw', 'form'] as const) : forms),
      who: isProgram ? (chance() < 0.9 ? 'program' : 'visitor') : chance() < 0.75 ? 'member' : 'visitor',
    };
  }
}

const forms = ['form', 'form', 'json', 'multipart', 'raw'] as const;
const oddHeaders = [
  'Accept',
  'Accept-Language',
  'User-Agent',
  'If-None-Match',
  'Range',
  'Accept-Encoding',
  'X-Request-Id',
  'Prefer',
  'Idempotency-Key',
];

function headerValue(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e]/g, '').slice(0, 2000);
}
