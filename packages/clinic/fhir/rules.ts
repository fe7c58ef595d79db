/** What may be asked of the FHIR API, and how its answers are put together. Pure. */
import type { Bundle, CapabilityStatement, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { type Include, type Includes, includesOf, readInclude, revIncludesOf } from './includes.ts';
import {
  type FhirQuery,
  type FhirRefusal,
  fhirVersion,
  isServed,
  recordTypes,
  type ServedType,
  type Span,
  servedTypes,
} from './schema.ts';

/** What of a kind of resource can be searched. */
export interface Searchable {
  readonly ofPatient: boolean;
  readonly hasIdentifier: boolean;
  readonly hasUpdated: boolean;
  readonly date?: string;
  readonly hasTarget?: boolean;
}

const pageCount = 50;
export const mostCount = 500;

/** `_include` and `_revinclude` of one search, together: each is a statement of its own. */
export const mostIncludes = 10;

/** `$everything` answers with one bundle of at most so many resources. */
export const everythingMost = 10_000;

export interface AskedSearch extends Omit<FhirQuery, 'patientIds'> {
  /** As it was asked; records merged into that one are found later. */
  readonly patient?: string;
  readonly includes: Includes;
  /** How many there are, and none of them. */
  readonly onlyCount: boolean;
}

/**
 * Reads the parameters of a search. What is not known is refused rather than left out: a filter that is silently ignored
 * gives away more than was asked for.
 * @param instantOf when the clinic's clock shows a reading, given as milliseconds of UTC: what a day without a zone means
 */
export function readSearch(
  params: URLSearchParams,
  facts: Searchable,
  type: ServedType,
  instantOf: (readingMs: number) => Date,
): { readonly ok: true; readonly search: AskedSearch } | FhirRefusal {
  let search: { -readonly [K in keyof AskedSearch]: AskedSearch[K] } = {
    count: pageCount,
    includes: { forward: [], reverse: [] },
    onlyCount: false,
  };
  const updated: Span[] = [];
  const when: Span[] = [];
  const forward: Include[] = [];
  const reverse: Include[] = [];
  const asked = new Set<string>();
  for (const [name, value] of params) {
    if (name === '_count') {
      if (!/^\d{1,6}$/.test(value))
        return invalid(`_count: give a whole number, 0 to ${mostCount}; not "${value.slice(0, 20)}".`);
      // None of them: how many there are (FHIR R4, 3.1.1.5.4).
      if (Number(value) === 0) search.onlyCount = true;
      else search.count = Math.min(mostCount, Number(value));
    } else if (name === '_id') search.ids = list(value);
    else if (name === '_after') search.after = value;
    else if (name === 'identifier' && facts.hasIdentifier) {
      if (search.identifier !== undefined) return twice(name);
      // `system|value`: each kind has one system, so the value decides.
      search.identifier = value.slice(value.lastIndexOf('|') + 1);
    } else if (name === 'patient' && facts.ofPatient) {
      if (search.patient !== undefined) return twice(name);
      search.patient = value.replace(/^Patient\//, '');
    } else if ((name === '_lastUpdated' && facts.hasUpdated) || (name !== '' && name === facts.date)) {
      const span = readSpan(value, instantOf);
      if (span === undefined)
        return invalid(
          `${name}: give a date or an instant, such as ge2026-03-01 or lt2026-03-01T10:00:00+05:30.`,
        );
      (name === '_lastUpdated' ? updated : when).push(span);
    } else if (name === 'target' && facts.hasTarget === true) {
      if (search.targets !== undefined) return twice(name);
      search.targets = list(value);
    } else if (name === '_include' || name === '_revinclude') {
      const along = `${name}=${value}`;
      if (asked.has(along)) continue;
      const include = readInclude(name, value, type);
      if ('ok' in include) return include;
      if (asked.add(along).size > mostIncludes)
        return invalid(`${name}: at most ${mostIncludes} may be asked for in one search; ask for fewer.`);
      (name === '_include' ? forward : reverse).push(include);
    } else if (name === '_summary') {
      if (value !== 'count' && value !== 'false')
        return notServed('_summary: count and false are served here.');
      if (value === 'count') search.onlyCount = true;
    } else if (name === '_format') {
      if (!isJson(value)) return notServed('Only JSON is served.');
    } else
      return notServed(
        `The parameter ${name.slice(0, 60)} is not served here; the CapabilityStatement lists those that are.`,
      );
  }
  search = {
    ...search,
    includes: { forward, reverse },
    ...(updated.length > 0 && { updated }),
    ...(when.length > 0 && { when }),
  };
  return { ok: true, search };
}

const list = (value: string) => value.split(',').filter((id) => id !== '');

export function isJson(format: string): boolean {
  return /^(json|application\/json|application\/fhir\+json)\s*(;.*)?$/i.test(format.trim());
}

/**
 * The stretch of time a date search parameter means: `ge2026-03-01`, `2026-03`, `lt2026-03-01T10:00:00Z`.
 * @param instantOf when the clock of whoever serves shows a reading, by which a day without a zone is meant (FHIR R4, 3.1.1.4.7)
 */
export function readSpan(text: string, instantOf: (readingMs: number) => Date): Span | undefined {
  const match =
    /^(eq|ge|gt|le|lt|sa|eb)?(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+ -]\d\d:\d\d)?)?)?)?$/.exec(
      text,
    );
  if (!match) return undefined;
  const [, prefix = 'eq', year, month, day, hour, minute, second, fraction, stated] = match;
  const full = `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}`;
  const wall = new Date(`${full}.${(fraction ?? '0').padEnd(3, '0').slice(0, 3)}Z`);
  if (Number.isNaN(wall.getTime()) || !wall.toISOString().startsWith(full.slice(0, 13))) return undefined;
  // In an address a plus that was not escaped arrives as a space.
  const offsetMs = -Date.parse(`1970-01-01T00:00:00${(stated ?? 'Z').replace(' ', '+')}`);
  if (Number.isNaN(offsetMs)) return undefined;
  // Nobody kept the clocks of a zone by law before 1900.
  const isLocal = stated === undefined && Number(year) >= 1900;
  const at = (reading: Date) =>
    isLocal ? instantOf(reading.getTime()) : new Date(reading.getTime() - offsetMs);
  const start = at(wall);
  const next = new Date(wall);
  if (month === undefined) next.setUTCFullYear(next.getUTCFullYear() + 1);
  else if (day === undefined) next.setUTCMonth(next.getUTCMonth() + 1);
  else if (hour === undefined) next.setUTCDate(next.getUTCDate() + 1);
  const end = hour === undefined ? at(next) : new Date(start.getTime() + spanMs(second, fraction));
  if (prefix === 'ge') return { from: start };
  if (prefix === 'gt' || prefix === 'sa') return { from: end };
  if (prefix === 'lt' || prefix === 'eb') return { before: start };
  return prefix === 'le' ? { before: end } : { from: start, before: end };
}

function spanMs(second: string | undefined, fraction: string | undefined): number {
  if (second === undefined) return 60_000;
  return fraction === undefined ? 1000 : 1;
}

function invalid(message: string): FhirRefusal {
  return { ok: false, status: 400, code: 'invalid', message };
}
function twice(name: string): FhirRefusal {
  return invalid(`${name}: give it once; several values at once are not served.`);
}
function notServed(message: string): FhirRefusal {
  return { ok: false, status: 400, code: 'not-supported', message };
}

export function outcomeOf(refused: Pick<FhirRefusal, 'code' | 'message'>): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: refused.code, diagnostics: refused.message }],
  };
}

/** A page of a search, with a link to the next one. */
export function searchset(
  base: string,
  self: string,
  resources: readonly Resource[],
  next: string | undefined,
  now: Date,
  included: readonly Resource[] = [],
): Bundle {
  const entry = (mode: 'match' | 'include') => (one: Resource) => ({
    fullUrl: `${base}/${one.resourceType}/${one.id}`,
    resource: one,
    search: { mode },
  });
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    timestamp: now.toISOString(),
    link: [
      { relation: 'self', url: self },
      ...(next === undefined ? [] : [{ relation: 'next' as const, url: next }]),
    ],
    ...(resources.length > 0 && {
      entry: [...resources.map(entry('match')), ...included.map(entry('include'))],
    }),
  };
}

/** How many a search finds. */
export function countset(self: string, total: number, now: Date): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    timestamp: now.toISOString(),
    total,
    link: [{ relation: 'self', url: self }],
  };
}

/** A person's resources as one file. */
export function collection(base: string, resources: readonly Resource[], now: Date): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: now.toISOString(),
    ...(resources.length > 0 && {
      entry: resources.map((one) => ({ fullUrl: `${base}/${one.resourceType}/${one.id}`, resource: one })),
    }),
  };
}

/** The kinds named in `_type`; those nobody serves are refused. */
export function readTypes(text: string | null): readonly ServedType[] | FhirRefusal {
  if (text === null) return recordTypes;
  const asked = list(text);
  const strange = asked.find((type) => !isServed(type));
  if (strange !== undefined || asked.length === 0)
    return notServed(`_type: ${(strange ?? '').slice(0, 60)} is not served here.`);
  return servedTypes.filter((type) => asked.includes(type));
}

/** What is served, in FHIR's own words. */
export function capabilityStatement(
  base: string,
  factsOf: (type: ServedType) => Searchable,
  now: Date,
): CapabilityStatement {
  const operation = (name: string, definition: string) => ({ name, definition });
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: now.toISOString(),
    kind: 'instance',
    software: { name: 'Undertone' },
    implementation: { description: 'The record of one clinic, to be read', url: base },
    fhirVersion,
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        security: {
          description:
            'A token of the clinic in the header Authorization: Bearer, with the scope fhir:read; export:run for $export.',
        },
        resource: servedTypes.map((type) => {
          const facts = factsOf(type);
          return {
            type,
            interaction: [{ code: 'read' as const }, { code: 'search-type' as const }],
            versioning: 'no-version' as const,
            searchParam: [
              { name: '_id', type: 'token' as const },
              ...(facts.hasIdentifier ? [{ name: 'identifier', type: 'token' as const }] : []),
              ...(facts.ofPatient ? [{ name: 'patient', type: 'reference' as const }] : []),
              ...(facts.hasTarget === true ? [{ name: 'target', type: 'reference' as const }] : []),
              ...(facts.date === undefined ? [] : [{ name: facts.date, type: 'date' as const }]),
              ...(facts.hasUpdated ? [{ name: '_lastUpdated', type: 'date' as const }] : []),
            ],
            // FHIR knows no empty list.
            ...(includesOf(type).length > 0 && { searchInclude: [...includesOf(type)] }),
            ...(revIncludesOf(type).length > 0 && { searchRevInclude: [...revIncludesOf(type)] }),
            ...(type === 'Patient' && {
              operation: [
                operation('everything', 'http://hl7.org/fhir/OperationDefinition/Patient-everything'),
                operation('export', 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition/patient-export'),
              ],
            }),
          };
        }),
        operation: [operation('export', 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition/export')],
      },
    ],
  };
}
