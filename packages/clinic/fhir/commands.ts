/*
 * The record as FHIR R4, to be read by other programs.
 *
 *   readResource(services, member, type, id)         { ok: true, resource }
 *   searchResources(services, member, type, params)  { ok: true, bundle }: a page, with a link to the next
 *   everythingOf(services, member, patientId)        { ok: true, bundle }: all that is a person's, and what it points to
 *   readBinary(services, member, fileId)             { ok: true, bytes, mediaType } of a document that may be read
 *   resourcesOf(trx, context, role, type, query)     for exports, in their transaction: no audit entry
 *   resourcesOfPatient(trx, context, role, id)       likewise, all of one person
 *
 * A role sees the sources its actions allow (sources.ts). Every read leaves an entry that names whose data it was.
 */
import type { Bundle, CapabilityStatement, Resource } from '@medplum/fhirtypes';
import { recordAudit } from '../audit/commands.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import { instantOfWall } from '../platform/instant.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import { type Includes, includedMost, pointedTo } from './includes.ts';
import {
  capabilityStatement,
  collection,
  countset,
  everythingMost,
  mostCount,
  readSearch,
  searchset,
} from './rules.ts';
import {
  type FhirQuery,
  type FhirRefusal,
  isServed,
  type MapContext,
  recordTypes,
  type ServedType,
  servedTypes,
} from './schema.ts';
import { typeFacts } from './sources.ts';
import { countResources, type Selected, selectRecordsOf, selectResources } from './store.ts';

type FhirServices = Pick<Services, 'db' | 'clock' | 'config'>;

/** Where the API lies. */
export function fhirBase({ config }: Pick<Services, 'config'>): string {
  return `${config.http.publicUrl}/fhir/R4`;
}

/** The clinic's clock, in which a day of a search is meant. */
async function zoneOf(services: Pick<Services, 'db'>, tenantId: string): Promise<string> {
  return (await listTenants(services)).find(({ id }) => id === tenantId)?.zone ?? 'UTC';
}

/** @param member.branches left out: what belongs to the day of any branch is open */
export function mapContext(
  services: Pick<Services, 'config'>,
  { tenantId, branches }: Pick<Actor, 'tenantId' | 'branches'>,
): MapContext {
  return {
    tenantId,
    ...(branches !== undefined && { branches }),
    binaryUrl: (fileId) => `${fhirBase(services)}/Binary/${fileId}`,
  };
}

export function conformance(services: Pick<Services, 'config' | 'clock'>): CapabilityStatement {
  return capabilityStatement(fhirBase(services), (type) => typeFacts[type], services.clock.now());
}

export async function readResource(
  services: FhirServices,
  member: Actor,
  type: string,
  id: string,
): Promise<{ ok: true; resource: Resource } | FhirRefusal> {
  if (!isServed(type)) return noSuchType(type);
  if (!mayReadAny(member.role, type)) return forbidden;
  return asTenant(services.db, member.tenantId, async (trx) => {
    const context = mapContext(services, member);
    const found = await resourcesOf(trx, context, member.role, type, { ids: [id], count: 1 });
    const [one] = found.resources;
    if (one === undefined) return notFound;
    await recordRead(services, trx, member, 'fhir.read', found, { type });
    return { ok: true as const, resource: one };
  });
}

export async function searchResources(
  services: FhirServices,
  member: Actor,
  type: string,
  params: URLSearchParams,
): Promise<{ ok: true; bundle: Bundle } | FhirRefusal> {
  if (!isServed(type)) return noSuchType(type);
  if (!mayReadAny(member.role, type)) return forbidden;
  const zone = await zoneOf(services, member.tenantId);
  const asked = readSearch(params, typeFacts[type], type, (readingMs) => instantOfWall(zone, readingMs));
  if (!asked.ok) return asked;
  const { patient, includes, onlyCount, ...search } = asked.search;
  const { tenantId, role } = member;
  const alongside = [
    ...includes.reverse.map((one) => one.type),
    ...includes.forward.flatMap(({ targets }) => (targets.length === 1 ? targets : [])),
  ];
  if (alongside.some((one) => !mayReadAny(role, one))) return forbidden;
  return asTenant(services.db, tenantId, async (trx) => {
    const patientIds =
      patient === undefined
        ? undefined
        : isUuid(patient)
          ? await selectRecordsOf(trx, tenantId, patient)
          : [];
    const query = { ...search, ...(patientIds !== undefined && { patientIds }) };
    const base = fhirBase(services);
    const address = (after?: string) => {
      const asking = new URLSearchParams(params);
      asking.delete('_after');
      if (after !== undefined) asking.set('_after', after);
      return `${base}/${type}${asking.size === 0 ? '' : `?${asking}`}`;
    };
    const self = address(params.get('_after') ?? undefined);
    const now = services.clock.now();
    const context = mapContext(services, member);
    if (onlyCount) {
      const total = await countResources(trx, context, sourcesOf(role, type), query);
      const none = { resources: [], patientIds: [], after: undefined };
      await recordRead(services, trx, member, 'fhir.searched', none, { type, count: total });
      return { ok: true as const, bundle: countset(self, total, now) };
    }
    const found = await resourcesOf(trx, context, role, type, query);
    const included = await includedWith(trx, context, role, found.resources, includes);
    if (included === undefined) return tooManyIncluded;
    const all = {
      resources: [...found.resources, ...included.resources],
      patientIds: [...new Set([...found.patientIds, ...included.patientIds])],
      after: found.after,
    };
    await recordRead(services, trx, member, 'fhir.searched', all, { type });
    const next = found.after === undefined ? undefined : address(found.after);
    const bundle = searchset(base, self, found.resources, next, now, included.resources);
    return { ok: true as const, bundle };
  });
}

/**
 * What a page points to, and what points to it; undefined when that is more than a page may carry. A kind of which the role
 * sees some sources gives those.
 */
async function includedWith(
  trx: Trx,
  context: MapContext,
  role: Role,
  resources: readonly Resource[],
  { forward, reverse }: Includes,
): Promise<Selected | undefined> {
  const wanted: [ServedType, Omit<FhirQuery, 'count'>][] = [...pointedTo(resources, forward)].map(
    ([type, ids]) => [type, { ids }],
  );
  for (const { type, param } of reverse) {
    const ids = resources.map(({ id = '' }) => id);
    const targets = resources.map(({ resourceType, id }) => `${resourceType}/${id}`);
    wanted.push([type, param === 'patient' ? { patientIds: ids } : { targets }]);
  }
  const all = new Map<string, Resource>();
  const patientIds = new Set<string>();
  for (const [type, query] of wanted) {
    if (!mayReadAny(role, type)) continue;
    const found = await resourcesOf(trx, context, role, type, { ...query, count: includedMost });
    for (const one of found.resources) all.set(`${one.resourceType}/${one.id}`, one);
    for (const id of found.patientIds) patientIds.add(id);
    if (found.after !== undefined || all.size > includedMost) return undefined;
  }
  return { resources: [...all.values()], patientIds: [...patientIds], after: undefined };
}

export async function everythingOf(
  services: FhirServices,
  member: Actor,
  patientId: string,
): Promise<{ ok: true; bundle: Bundle } | FhirRefusal> {
  if (!can(member.role, 'patient.read')) return forbidden;
  if (!isUuid(patientId)) return notFound;
  return asTenant(services.db, member.tenantId, async (trx) => {
    const context = mapContext(services, member);
    const found = await resourcesOfPatient(trx, context, member.role, patientId);
    if (found === undefined) return notFound;
    if (found.resources.length > everythingMost) return tooMuch;
    await recordRead(services, trx, member, 'fhir.everything', found, {});
    const base = fhirBase(services);
    const self = `${base}/Patient/${patientId}/$everything`;
    return {
      ok: true as const,
      bundle: searchset(base, self, found.resources, undefined, services.clock.now()),
    };
  });
}

/** The bytes of a document that the member may see as a DocumentReference. */
export async function readBinary(
  services: FhirServices & Pick<Services, 'files'>,
  member: Actor,
  fileId: string,
): Promise<{ ok: true; bytes: Uint8Array; mediaType: string } | FhirRefusal> {
  if (!mayReadAny(member.role, 'DocumentReference')) return forbidden;
  if (!isUuid(fileId)) return notFound;
  return asTenant(services.db, member.tenantId, async (trx) => {
    const context = mapContext(services, member);
    const found = await resourcesOf(trx, context, member.role, 'DocumentReference', {
      ids: [fileId],
      count: 1,
    });
    if (found.resources.length === 0) return notFound;
    const file = await services.files.get(trx, member.tenantId, fileId);
    if (file === undefined) return notFound;
    await recordRead(services, trx, member, 'fhir.read', found, { type: 'Binary' });
    return { ok: true as const, bytes: file.bytes, mediaType: file.mediaType };
  });
}

/** One page of a kind of resource, for whoever audits it themselves. */
export function resourcesOf(
  trx: Trx,
  context: MapContext,
  role: Role,
  type: ServedType,
  query: FhirQuery,
): Promise<Selected> {
  return selectResources(trx, context, sourcesOf(role, type), query);
}

function sourcesOf(role: Role, type: ServedType) {
  return typeFacts[type].sources.filter(({ actions }) => actions.every((action) => can(role, action)));
}

export function mayReadAny(role: Role, type: ServedType): boolean {
  return sourcesOf(role, type).length > 0;
}

/**
 * All resources of a person, and the people, places and lots they point to.
 * @returns undefined when there is no such person
 */
export async function resourcesOfPatient(
  trx: Trx,
  context: MapContext,
  role: Role,
  patientId: string,
): Promise<Selected | undefined> {
  const patientIds = await selectRecordsOf(trx, context.tenantId, patientId);
  if (patientIds.length === 0) return undefined;
  const own: Resource[] = [];
  for (const type of recordTypes)
    if (typeFacts[type].ofPatient) own.push(...(await allOf(trx, context, role, type, { patientIds })));
  const pointed = new Map<ServedType, Set<string>>();
  for (const [, type = '', id = ''] of JSON.stringify(own).matchAll(/"reference":"(\w+)\/([^"]+)"/g)) {
    if (!isServed(type) || typeFacts[type].ofPatient) continue;
    pointed.set(type, (pointed.get(type) ?? new Set()).add(id));
  }
  const others: Resource[] = [];
  for (const [type, ids] of pointed)
    others.push(...(await allOf(trx, context, role, type, { ids: [...ids] })));
  return { resources: [...own, ...others], patientIds, after: undefined };
}

async function allOf(
  trx: Trx,
  context: MapContext,
  role: Role,
  type: ServedType,
  query: Omit<FhirQuery, 'count'>,
): Promise<Resource[]> {
  const all: Resource[] = [];
  for (let after: string | undefined; ; ) {
    const page = await resourcesOf(trx, context, role, type, {
      ...query,
      ...(after !== undefined && { after }),
      count: mostCount,
    });
    all.push(...page.resources);
    after = page.after;
    if (after === undefined) return all;
  }
}

export { collection, servedTypes };

/** Whose data was read. People are named by id, at most as many as a page can hold. */
function recordRead(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  member: Actor,
  action: string,
  found: Selected,
  after: { readonly type?: string; readonly count?: number },
): Promise<void> {
  const [only, ...more] = found.patientIds;
  const isOne = only !== undefined && more.length === 0;
  return recordAudit(services, trx, {
    tenantId: member.tenantId,
    actor: { kind: 'staff', id: member.staffId },
    action,
    subject: isOne ? { kind: 'patient', id: only } : { kind: 'tenant', id: member.tenantId },
    change: {
      after: {
        ...after,
        token: member.sessionId,
        found: found.resources.length,
        ...(more.length > 0 && { patients: [...found.patientIds] }),
      },
    },
  });
}

const notFound: FhirRefusal = {
  ok: false,
  status: 404,
  code: 'not-found',
  message: 'There is no such resource, or it is not open to this token.',
};
const forbidden: FhirRefusal = {
  ok: false,
  status: 403,
  code: 'forbidden',
  message: 'The role of whoever made this token does not allow this.',
};
const tooManyIncluded: FhirRefusal = {
  ok: false,
  status: 400,
  code: 'too-costly',
  message: `More than ${includedMost} resources would come along; ask for smaller pages with _count.`,
};
const tooMuch: FhirRefusal = {
  ok: false,
  status: 400,
  code: 'too-costly',
  message: `More than ${everythingMost} resources; search each kind with ?patient= and _count instead.`,
};
function noSuchType(type: string): FhirRefusal {
  return {
    ok: false,
    status: 404,
    code: 'not-supported',
    message: `${type.slice(0, 60)} is not served here; the CapabilityStatement lists what is.`,
  };
}
