import { randomUUID } from 'node:crypto';
import type {
  Appointment,
  AuditEvent,
  Bundle,
  CapabilityStatement,
  Provenance,
  Resource,
} from '@medplum/fhirtypes';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createApiToken } from '../api-tokens/commands.ts';
import type { Scope } from '../api-tokens/schema.ts';
import { listAudit } from '../audit/commands.ts';
import { wholePerson } from '../export/testing.ts';
import { asTenant } from '../platform/database.ts';
import { instantOfWall } from '../platform/instant.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { createPatient, findPatients } from '../record/commands.ts';
import { seedSimulated } from '../sample/simulated.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { proven } from '../staff/testing.ts';
import { dayIn } from '../tenant/schema.ts';
import { mapContext, resourcesOf } from './commands.ts';
import { conditionOf } from './health.ts';
import { fhirPath, handleFhir } from './http.ts';
import { includesOf, readInclude, revIncludesOf } from './includes.ts';
import { mostIncludes, readSearch, readSpan } from './rules.ts';
import { recordTypes, type ServedType, servedTypes } from './schema.ts';
import { typeFacts } from './sources.ts';
import { openValidators } from './testing.ts';

const services = await testServices();
const validators = openValidators();

async function secretOf(
  actor: Actor,
  scopes: readonly Scope[] = ['fhir:read'],
  branches: readonly string[] = [],
): Promise<string> {
  const made = await createApiToken(services, await proven(services, actor), {
    name: 'Reader',
    scopes: [...scopes],
    branches: [...branches],
    days: 30,
  });
  if (!made.ok) throw new Error(made.message);
  return made.secret;
}

async function get(secret: string | undefined, path: string, headers: Record<string, string> = {}) {
  const request = new Request(`http://clinic.example${fhirPath}/${path}`, {
    headers: { ...headers, ...(secret !== undefined && { authorization: `Bearer ${secret}` }) },
  });
  const response = await handleFhir(request, services);
  if (!response) throw new Error(`${path} is not served`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    value: (isJson ? JSON.parse(bytes.toString()) : {}) as Resource,
  };
}

const faultsOf = (value: unknown) =>
  validators.flatMap(({ name, faults }) => faults(value).map((fault) => `${name}: ${fault}`));

const inBundle = (value: Resource) =>
  ((value as Bundle).entry ?? []).map((entry) => entry.resource as Resource);

async function signSessions({ tenantId, staffId }: Actor): Promise<void> {
  await sql`update sessions set state = 'signed', signed_at = '2026-02-20T09:00:00Z', signed_by = ${staffId},
    content = '{}', sha256 = sha256('{}') where tenant_id = ${tenantId}`.execute(services.db);
}

async function everyResource(actor: Actor): Promise<Resource[]> {
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const all: Resource[] = [];
    const context = mapContext(services, actor);
    for (const type of servedTypes) {
      const page = await resourcesOf(trx, context, actor.role, type, { count: 10_000 });
      all.push(...page.resources);
    }
    return all;
  });
}

describe('two validators', () => {
  it('accept every resource of a person of whom something stands in every table', async () => {
    const { actor, patientId } = await wholePerson(services);
    await signSessions(actor);
    await get(await secretOf(actor), `Patient/${patientId}`);
    const all = await everyResource(actor);
    // Nothing that is served is without an example.
    expect([...new Set(all.map(({ resourceType }) => resourceType))].sort()).toEqual([...servedTypes].sort());
    for (const one of all)
      expect([one.resourceType, one.id, ...faultsOf(one)]).toEqual([one.resourceType, one.id]);
  });

  it('accept every resource of a simulated clinic', async () => {
    const tenantId = await testTenant(services.db);
    await seedSimulated(services, { tenantId, patients: 60, seed: 5 });
    const all = await everyResource({ tenantId, role: 'owner' } as Actor);
    expect(all.length).toBeGreaterThan(300);
    const faults = all.flatMap((one) => faultsOf(one).map((fault) => `${one.resourceType} ${fault}`));
    expect(faults).toEqual([]);
  });

  it('accept whatever people write', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const row = {
          id: '1',
          patient_id: '2',
          flag: null,
          note: text,
          noted_at: '2026-02-20',
          ended_at: null,
        };
        expect(faultsOf(JSON.parse(JSON.stringify(conditionOf(row, null))))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('each refuse what is wrong: a kind of fault both look for, and one only each of them finds', async () => {
    const { actor } = await wholePerson(services);
    await secretOf(actor);
    const all = await everyResource(actor);
    const required: Partial<Record<ServedType, string>> = {
      Appointment: 'status',
      Consent: 'scope',
      AllergyIntolerance: 'patient',
      Condition: 'subject',
      MedicationStatement: 'status',
      QuestionnaireResponse: 'status',
      Encounter: 'class',
      Procedure: 'subject',
      Observation: 'code',
      Substance: 'code',
      DocumentReference: 'content',
      AdverseEvent: 'actuality',
      Provenance: 'agent',
      AuditEvent: 'recorded',
    };
    const [medplum, lantana] = validators;
    const both = (value: unknown) => [medplum, lantana].map((one) => (one?.faults(value).length ?? 0) > 0);
    for (const one of all) {
      expect([one.resourceType, ...both({ ...one, invented: 1 })]).toEqual([one.resourceType, true, true]);
    }
    for (const [type, field] of Object.entries(required)) {
      const one = all.find(({ resourceType }) => resourceType === type);
      const without = { ...one, [field]: undefined };
      expect([type, ...both(JSON.parse(JSON.stringify(without)))]).toEqual([type, true, true]);
    }
    const patient = all.find(({ resourceType }) => resourceType === 'Patient') as Resource;
    expect(both({ ...patient, birthDate: '1990-13-45' })[0]).toBe(true);
    expect(both({ ...patient, gender: 'f' })[1]).toBe(true);
    const procedure = all.find(({ resourceType }) => resourceType === 'Procedure') as Resource;
    expect(both({ ...procedure, subject: { reference: 'Location/1' } })[1]).toBe(true);
  });

  it('accept the CapabilityStatement, the bundles and the refusals', async () => {
    const { actor, patientId } = await wholePerson(services);
    const secret = await secretOf(actor);
    for (const path of [
      'metadata',
      'Patient',
      'Observation?_count=2',
      `Patient/${patientId}/$everything`,
      'Nonsense',
      'Patient/nobody',
      'Patient?name=x',
      'Patient?_summary=count',
      'Patient?_revinclude=Observation:patient&_revinclude=Provenance:patient',
      'Procedure?_include=Procedure:patient&_include=Procedure:performer&_revinclude=Provenance:target',
    ]) {
      expect([path, ...faultsOf((await get(secret, path)).value)]).toEqual([path]);
    }
    expect(faultsOf((await get(undefined, 'Patient')).value)).toEqual([]);
  });
});

describe('the FHIR API', () => {
  it('serves what its CapabilityStatement says: every kind, read and found again by each parameter', async () => {
    const { actor, patientId } = await wholePerson(services);
    const secret = await secretOf(actor);
    const capability = (await get(undefined, 'metadata')).value as CapabilityStatement;
    expect(capability).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
    const rest = capability.rest?.[0]?.resource ?? [];
    expect(rest.map(({ type }) => type)).toEqual([...servedTypes]);
    await get(secret, `Patient/${patientId}`);
    for (const { type, searchParam = [] } of rest) {
      const page = await get(secret, `${type}?_count=500`);
      const [one] = inBundle(page.value);
      const read = await get(secret, `${type}/${one?.id}`);
      expect([type, read.status, read.value.id]).toEqual([type, 200, one?.id]);
      const values: Record<string, string> = {
        _id: one?.id ?? '',
        patient: `Patient/${patientId}`,
        _lastUpdated: 'ge2020-01-01',
        date: 'ge2020-01-01',
        recorded: 'ge2020-01-01',
        target: (one as Provenance).target?.[0]?.reference ?? '',
        identifier: (one as { identifier?: { value?: string }[] }).identifier?.[0]?.value ?? '',
      };
      for (const { name = '' } of searchParam) {
        const found = await get(secret, `${type}?${name}=${values[name]}&_count=500`);
        expect([type, name, found.status]).toEqual([type, name, 200]);
        const ids = inBundle(found.value).map(({ id }) => id);
        // Of the two patients the first may be the one merged into the other.
        const isThere = name === 'patient' ? ids.length > 0 : ids.includes(one?.id);
        expect([type, name, isThere]).toEqual([type, name, true]);
      }
      const nothing = await get(secret, `${type}?_id=${randomUUID()}`);
      expect([type, inBundle(nothing.value).length]).toEqual([type, 0]);
    }
  });

  it('brings along what its CapabilityStatement lists, and refuses every other pair', async () => {
    const { actor, patientId } = await wholePerson(services);
    const secret = await secretOf(actor);
    await get(secret, `Patient/${patientId}`);
    await signSessions(actor);
    const capability = (await get(undefined, 'metadata')).value as CapabilityStatement;
    const rest = capability.rest?.[0]?.resource ?? [];
    const pairs = rest.flatMap(({ searchInclude = [] }) => searchInclude);
    expect(pairs.length).toBeGreaterThan(25);
    for (const { type, searchInclude = [], searchRevInclude = [] } of rest) {
      const alone = inBundle((await get(secret, `${type}?_count=20`)).value);
      const listed = [
        ...searchInclude.map((pair) => ['_include', pair] as const),
        ...searchRevInclude.map((pair) => ['_revinclude', pair] as const),
      ];
      const all = (['_include', '_revinclude'] as const).flatMap((way) =>
        pairs.map((pair) => [way, pair] as const),
      );
      const served = all.filter(([way, pair]) => !('ok' in readInclude(way, pair, type as ServedType)));
      expect(served).toEqual(
        all.filter(([way, pair]) => listed.some((one) => one[0] === way && one[1] === pair)),
      );
      for (const [way, pair] of served) {
        const { status, value } = await get(secret, `${type}?_count=20&${way}=${pair}`);
        expect([type, way, pair, status]).toEqual([type, way, pair, 200]);
        const entries = (value as Bundle).entry ?? [];
        const included = entries.filter(({ search }) => search?.mode === 'include');
        const urls = entries.map(({ fullUrl }) => fullUrl);
        expect(new Set(urls).size).toBe(urls.length);
        // The log grows while it is read, and gives its newest.
        if (type === 'AuditEvent') continue;
        expect(entries.length - included.length).toBe(alone.length);
        const isRight = ({ resource }: (typeof included)[number]) =>
          way === '_include'
            ? JSON.stringify(alone).includes(`"${resource?.resourceType}/${resource?.id}"`)
            : resource?.resourceType === pair.split(':')[0];
        expect(included.every(isRight)).toBe(true);
        const mayBeNone = ['link', 'encounter', 'part-of'].includes(pair.split(':')[1] ?? '');
        expect([type, way, pair, included.length > 0 || mayBeNone]).toEqual([type, way, pair, true]);
      }
    }
  });

  it('brings along exactly what points to a page', async () => {
    const { actor, patientId, sessionId } = await wholePerson(services);
    const secret = await secretOf(actor);
    await signSessions(actor);
    const refsOf = (value: Resource, type: string) =>
      inBundle(value).flatMap(({ resourceType, id }) => (resourceType === type ? [id] : []));
    const along = await get(secret, `Patient?_id=${patientId}&_revinclude=Observation:patient`);
    const asked = await get(secret, `Observation?patient=${patientId}&_count=500`);
    expect(refsOf(along.value, 'Observation')).toEqual(refsOf(asked.value, 'Observation'));
    expect(refsOf(asked.value, 'Observation').length).toBeGreaterThan(3);
    const signed = await get(secret, `Procedure?_id=${sessionId}&_revinclude=Provenance:target`);
    const about = await get(secret, `Provenance?target=Procedure/${sessionId}`);
    expect(refsOf(signed.value, 'Provenance')).toEqual([`${sessionId}-signed`]);
    expect(refsOf(about.value, 'Provenance')).toEqual([`${sessionId}-signed`]);
    const narrow = await get(
      secret,
      `Observation?patient=${patientId}&_include=Observation:performer:Practitioner`,
    );
    expect(new Set(inBundle(narrow.value).map(({ resourceType }) => resourceType))).toEqual(
      new Set(['Observation', 'Practitioner']),
    );
  });

  it('counts what it would find, without showing any of it', async () => {
    const { actor, patientId } = await wholePerson(services);
    const secret = await secretOf(actor);
    for (const type of recordTypes) {
      const whole = inBundle((await get(secret, `${type}?_count=500`)).value).length;
      expect((await get(secret, `${type}?_summary=count`)).value).toMatchObject({ total: whole });
      expect((await get(secret, `${type}?_summary=count`)).value).not.toHaveProperty('entry');
    }
    const of = `patient=${patientId}`;
    const found = inBundle((await get(secret, `Observation?${of}&_count=500`)).value).length;
    expect((await get(secret, `Observation?${of}&_summary=count`)).value).toMatchObject({ total: found });
  });

  it('tells from the log who read whose record, newest first, and reads to its end while reading adds to it', async () => {
    const { actor, patientId } = await wholePerson(services);
    const secret = await secretOf(actor);
    for (let n = 0; n < 4; n++) await get(secret, `Patient/${patientId}`);
    const about = await get(secret, `AuditEvent?patient=${patientId}`);
    expect(inBundle(about.value)).toHaveLength(4);
    expect(inBundle(about.value)[0]).toMatchObject({
      type: { code: 'fhir.read' },
      action: 'R',
      agent: [{ who: { reference: `Practitioner/${actor.staffId}` }, requestor: true }],
      entity: [{ what: { reference: `Patient/${patientId}` } }],
    });
    const seen: string[] = [];
    let path: string | undefined = 'AuditEvent?_count=1';
    while (path !== undefined) {
      const { value } = await get(secret, path);
      seen.push(...inBundle(value).map(({ id = '' }) => id));
      const next: string | undefined = (value as Bundle).link?.find(
        ({ relation }) => relation === 'next',
      )?.url;
      path = next?.slice(next.indexOf(fhirPath) + fhirPath.length + 1);
      expect(seen.length).toBeLessThan(40);
    }
    expect(seen.map(Number)).toEqual(seen.map((_, n) => Number(seen[0]) - n));
    expect(seen.at(-1)).toBe('000000000001');
    const future = await get(secret, 'AuditEvent?date=gt2200');
    expect(inBundle(future.value)).toEqual([]);
  });

  it('shows an entry that concerns several people to each of them, and to nobody who else it was', async () => {
    const { actor, patientId } = await wholePerson(services);
    const secret = await secretOf(actor);
    const made = await createPatient(services, actor, { name: 'Sample patient 015', language: 'en' });
    const otherId = made.ok ? made.patient.id : '';
    for (const path of ['Patient', `AuditEvent?patient=${patientId}`]) await get(secret, path);
    expect(await findPatients(services, actor, '')).toMatchObject({ ok: true });
    const named = (value: unknown) =>
      [...JSON.stringify(value).matchAll(/"Patient\/([^"]+)"/g)].map(([, id]) => id);
    for (const [asked, other] of [
      [patientId, otherId],
      [otherId, patientId],
    ]) {
      const about = await get(secret, `AuditEvent?patient=${asked}`);
      const codes = inBundle(about.value).map((one) => (one as AuditEvent).type.code);
      expect(codes).toEqual(expect.arrayContaining(['fhir.searched', 'patient.searched']));
      expect(named(about.value)).toContain(asked);
      expect(JSON.stringify(about.value)).not.toContain(other);
      expect(faultsOf(about.value)).toEqual([]);
      const { value } = await get(secret, `AuditEvent?patient=${asked}&_summary=count`);
      expect((value as Bundle).total).toBeGreaterThanOrEqual(codes.length);
      const along = await get(secret, `Patient?_id=${asked}&_revinclude=AuditEvent:patient`);
      expect(JSON.stringify(along.value)).toContain('patient.searched');
      expect(JSON.stringify(along.value)).not.toContain(other);
    }
    const all = await get(secret, 'AuditEvent?_count=500');
    const both = inBundle(all.value).filter(
      (one) => named(one).includes(patientId) && named(one).includes(otherId),
    );
    expect(both.map((one) => (one as AuditEvent).type.code)).toEqual(
      expect.arrayContaining(['fhir.searched', 'patient.searched']),
    );
    expect(faultsOf(all.value)).toEqual([]);
    expect((await get(secret, `AuditEvent/${both[0]?.id}`)).value.id).toBe(both[0]?.id);
  });

  it('finds by any stretch of time what the resources themselves say', async () => {
    const { actor } = await wholePerson(services);
    const secret = await secretOf(actor);
    for (const { type, param, timeOf } of [
      ...recordTypes
        .filter((type) => typeFacts[type].hasUpdated)
        .map((type) => ({ type, param: '_lastUpdated', timeOf: (one: Resource) => one.meta?.lastUpdated })),
      { type: 'AuditEvent', param: 'date', timeOf: (one: Resource) => (one as AuditEvent).recorded },
      { type: 'Appointment', param: 'date', timeOf: (one: Resource) => (one as Appointment).start },
    ]) {
      const all = inBundle((await get(secret, `${type}?_count=500`)).value);
      const times = [...new Set(all.map((one) => timeOf(one) ?? ''))];
      expect([type, times.length > 0 && !times.includes('')]).toEqual([type, true]);
      for (const time of times.slice(0, 3)) {
        const at = new Date(time).toISOString();
        for (const [prefix, isIn] of [
          ['ge', (other: number) => other >= Date.parse(at)],
          ['lt', (other: number) => other < Date.parse(at)],
        ] as const) {
          const found = inBundle((await get(secret, `${type}?${param}=${prefix}${at}&_count=500`)).value);
          const ids = new Set(found.map(({ id }) => id));
          const expected = all.filter((one) => isIn(Date.parse(timeOf(one) ?? '')));
          expect([type, prefix, expected.every(({ id }) => ids.has(id))]).toEqual([type, prefix, true]);
          expect([type, prefix, found.every((one) => isIn(Date.parse(timeOf(one) ?? '')))]).toEqual([
            type,
            prefix,
            true,
          ]);
        }
      }
    }
    expect((await get(secret, 'AuditEvent?date=le9999')).status).toBe(200);
    expect(inBundle((await get(secret, 'AuditEvent?date=le9999')).value).length).toBeGreaterThan(0);
  });

  it('shows a token that is bound to branches the visits of those alone', async () => {
    const { actor } = await wholePerson(services);
    const whole = await secretOf(actor);
    const visits = inBundle((await get(whole, 'Appointment?_count=500')).value);
    const branchOf = (one: Resource) => JSON.stringify(one).match(/"Location\/([^"]+)"/)?.[1] ?? '';
    const here = branchOf(visits[0] as Resource);
    expect(here).not.toBe('');
    const there = randomUUID();
    await sql`insert into branches (tenant_id, id, name, town, zone, created_at)
      select tenant_id, ${there}, 'Elsewhere', null, zone, now() from tenants where tenant_id = ${actor.tenantId}`.execute(
      services.db,
    );
    const same = inBundle(
      (await get(await secretOf(actor, ['fhir:read'], [here]), 'Appointment?_count=500')).value,
    );
    expect(same.map(({ id }) => id)).toEqual(
      visits.filter((one) => branchOf(one) === here).map(({ id }) => id),
    );
    const other = await secretOf(actor, ['fhir:read'], [there]);
    expect(inBundle((await get(other, 'Appointment')).value)).toEqual([]);
    expect((await get(other, 'Appointment?_summary=count')).value).toMatchObject({ total: 0 });
    expect((await get(other, `Appointment/${visits[0]?.id}`)).status).toBe(404);
    expect(JSON.stringify((await get(other, 'Patient?_revinclude=Appointment:patient')).value)).not.toContain(
      '"Appointment"',
    );
    // The record itself is open across branches.
    expect(inBundle((await get(other, 'Encounter')).value).length).toBeGreaterThan(0);
    const nowhere = await createApiToken(services, await proven(services, actor), {
      name: 'unknown',
      scopes: ['fhir:read'],
      days: 1,
      branches: [randomUUID()],
    });
    expect(nowhere).toMatchObject({ ok: false, reason: 'no-such-branch' });
  });

  it('shows the log and who signed only to who may read the log', async () => {
    const { actor, tenantId } = await wholePerson(services);
    const secret = await secretOf(actor);
    expect(inBundle((await get(secret, 'Provenance')).value).length).toBeGreaterThan(2);
    await sql`update staff set role = 'physician' where tenant_id = ${tenantId}`.execute(services.db);
    for (const path of [
      'AuditEvent',
      'Provenance',
      'Provenance?_summary=count',
      'Procedure?_revinclude=Provenance:target',
    ])
      expect([path, (await get(secret, path)).status]).toEqual([path, 403]);
    expect((await get(secret, 'Procedure')).status).toBe(200);
  });

  it('points only to what it serves', async () => {
    const { actor } = await wholePerson(services);
    const all = await everyResource(actor);
    const served = new Set(all.map(({ resourceType, id }) => `${resourceType}/${id}`));
    const pointed = [...JSON.stringify(all).matchAll(/"reference":"([^"]+)"/g)].map(([, to]) => to ?? '');
    expect(pointed.length).toBeGreaterThan(50);
    expect(pointed.filter((to) => !served.has(to))).toEqual([]);
  });

  it('gives pages that together are everything, each resource once', async () => {
    const tenantId = await testTenant(services.db);
    await seedSimulated(services, { tenantId, patients: 30, seed: 9 });
    const staffId = randomUUID();
    await sql`insert into staff (tenant_id, id, email, name, role, created_at)
      values (${tenantId}, ${staffId}, 'pages@example.org', 'Owner', 'owner', now())`.execute(services.db);
    const actor: Actor = { tenantId, staffId, role: 'owner', name: '', sessionId: randomUUID() };
    const secret = await secretOf(actor);
    const whole = inBundle((await get(secret, 'QuestionnaireResponse?_count=500')).value).map(({ id }) => id);
    const paged: (string | undefined)[] = [];
    let path: string | undefined = 'QuestionnaireResponse?_count=7';
    while (path !== undefined) {
      const { value } = await get(secret, path);
      paged.push(...inBundle(value).map(({ id }) => id));
      const next: string | undefined = (value as Bundle).link?.find(
        ({ relation }) => relation === 'next',
      )?.url;
      path = next?.slice(next.indexOf(fhirPath) + fhirPath.length + 1);
    }
    expect(whole.length).toBeGreaterThan(20);
    expect(paged).toEqual(whole);
    expect(new Set(paged).size).toBe(paged.length);
  });

  it('knows a person by the record that was merged away, and says which one stands for it', async () => {
    const { actor, patientId } = await wholePerson(services);
    const secret = await secretOf(actor);
    const patients = inBundle((await get(secret, 'Patient')).value);
    const merged = patients.find(({ id }) => id !== patientId);
    expect(merged).toMatchObject({
      active: false,
      link: [{ other: { reference: `Patient/${patientId}` }, type: 'replaced-by' }],
      extension: [{ url: 'urn:undertone:fhir:latest-birth-date', valueDate: '1990-12-31' }],
    });
    expect(merged).not.toHaveProperty('birthDate');
    const byOld = await get(secret, `Condition?patient=${merged?.id}`);
    const byNew = await get(secret, `Condition?patient=${patientId}`);
    expect(inBundle(byOld.value).map(({ id }) => id)).toEqual(inBundle(byNew.value).map(({ id }) => id));
    expect(inBundle(byNew.value)).toHaveLength(1);
  });

  it('adds up what was given to numb, without what was taken back', async () => {
    const { actor, tenantId, sessionId } = await wholePerson(services);
    const secret = await secretOf(actor);
    const read = async () => (await get(secret, `Observation/${sessionId}-numbing`)).value;
    expect(await read()).toMatchObject({
      component: [
        { code: { text: 'lidocaine' }, valueQuantity: { value: 100, unit: 'mg' } },
        { code: { text: 'prilocaine' }, valueQuantity: { value: 100, unit: 'mg' } },
      ],
    });
    await sql`insert into session_entries (tenant_id, session_id, seq, id, device_id, counter, seen_seq, kind, body,
        said_at, happened_at, received_at, made_by, sent_by)
      select tenant_id, session_id, 2, gen_random_uuid(), device_id, 2, 1, 'void',
        jsonb_build_object('of', id, 'reason', 'typed twice'), said_at, happened_at, received_at, made_by, sent_by
      from session_entries where tenant_id = ${tenantId}`.execute(services.db);
    expect((await get(secret, `Observation/${sessionId}-numbing`)).status).toBe(404);
  });

  it('gives out photographs and their bytes only while the yes to keeping them stands', async () => {
    const { actor, tenantId, photoFile, consentFile } = await wholePerson(services);
    const secret = await secretOf(actor);
    const photo = await get(secret, `Binary/${photoFile}`);
    expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect((await get(secret, `Binary/${consentFile}`)).bytes.toString()).toContain('%PDF');
    await sql`update photo_consents set withdrawn_at = now() where tenant_id = ${tenantId}`.execute(
      services.db,
    );
    expect((await get(secret, `Binary/${photoFile}`)).status).toBe(404);
    expect((await get(secret, `DocumentReference/${photoFile}`)).status).toBe(404);
    expect((await get(secret, `Binary/${consentFile}`)).status).toBe(200);
    const other = await sql<{ file_id: string }>`select file_id from preview_pictures
      where tenant_id = ${tenantId}`.execute(services.db);
    expect((await get(secret, `Binary/${other.rows[0]?.file_id}`)).status).toBe(404);
  });

  it('gives everything of a person in one bundle, with the people, places and lots it points to', async () => {
    const { actor, patientId } = await wholePerson(services);
    const secret = await secretOf(actor);
    const { status, value } = await get(secret, `Patient/${patientId}/$everything`);
    expect(status).toBe(200);
    expect(faultsOf(value)).toEqual([]);
    const types = new Set(inBundle(value).map(({ resourceType }) => resourceType));
    expect([...types].sort()).toEqual([...recordTypes].sort());
    const record = (await everyResource(actor)).filter(({ resourceType }) => resourceType !== 'AuditEvent');
    expect(inBundle(value)).toHaveLength(record.length);
    expect((await get(secret, `Patient/${randomUUID()}/$everything`)).status).toBe(404);
  });

  it('leaves an entry for each read that names whose data it was and the token', async () => {
    const { actor, tenantId, patientId } = await wholePerson(services);
    const secret = await secretOf(actor);
    const before = (await listAudit(services, tenantId)).length;
    await get(secret, `Patient/${patientId}`);
    await get(secret, 'Patient');
    const entries = (await listAudit(services, tenantId, { limit: 50 })).map(({ entry }) => entry);
    expect(entries.length).toBe(before + 4);
    expect(entries.map((entry) => entry?.action).slice(0, 4)).toEqual([
      'fhir.searched',
      'api-token.used',
      'fhir.read',
      'api-token.used',
    ]);
    expect(entries[2]).toMatchObject({
      subject: { kind: 'patient', id: patientId },
      change: { after: { type: 'Patient', found: 1 } },
    });
    expect(JSON.stringify(entries[0]?.change)).toContain(patientId);
    expect(JSON.stringify(entries)).not.toContain('Sample patient');
  });

  it('shows a role only what the role may see', async () => {
    const { tenantId, actor, patientId } = await wholePerson(services);
    const secret = await secretOf(actor);
    const roleOf = (role: Role) =>
      sql`update staff set role = ${role} where tenant_id = ${tenantId}`.execute(services.db);
    await roleOf('desk');
    expect((await get(secret, 'Patient')).status).toBe(200);
    expect((await get(secret, 'Procedure')).status).toBe(403);
    expect((await get(secret, 'DocumentReference')).status).toBe(403);
    const everything = inBundle((await get(secret, `Patient/${patientId}/$everything`)).value);
    const types = new Set(everything.map(({ resourceType }) => resourceType));
    expect(types.has('Procedure') || types.has('DocumentReference')).toBe(false);
    expect(types.has('Appointment')).toBe(true);
    for (const { id } of everything.filter(({ resourceType }) => resourceType === 'Observation'))
      expect(id).toMatch(/-(weight|fitzpatrick|monk)$/);
    await roleOf('auditor');
    expect((await get(secret, 'Patient')).status).toBe(403);
  });

  it('never looks past its clinic', async () => {
    const mine = await wholePerson(services);
    const theirs = await wholePerson(services);
    const secret = await secretOf(mine.actor);
    expect((await get(secret, `Patient/${theirs.patientId}`)).status).toBe(404);
    expect((await get(secret, `Patient/${theirs.patientId}/$everything`)).status).toBe(404);
    expect((await get(secret, `Binary/${theirs.photoFile}`)).status).toBe(404);
    for (const type of servedTypes) {
      const found = JSON.stringify((await get(secret, `${type}?_count=500`)).value);
      for (const id of [theirs.patientId, theirs.sessionId, theirs.tenantId, theirs.lotIds.pigment])
        expect(`${type} ${found.includes(id)}`).toBe(`${type} false`);
      if (!typeFacts[type].ofPatient) continue;
      expect(inBundle((await get(secret, `${type}?patient=${theirs.patientId}`)).value)).toEqual([]);
    }
  });

  it('answers what cannot be served with an OperationOutcome', async () => {
    const { actor } = await wholePerson(services);
    const secret = await secretOf(actor);
    const bookingsOnly = await secretOf(actor, ['bookings:read']);
    const cases: [string | undefined, string, Record<string, string>, number, string][] = [
      [undefined, 'Patient', {}, 401, 'login'],
      [bookingsOnly, 'Patient', {}, 403, 'forbidden'],
      [secret, 'Immunization', {}, 404, 'not-supported'],
      [secret, 'Patient/x', {}, 404, 'not-found'],
      [secret, 'Patient/x/y/z', {}, 404, 'not-found'],
      [secret, 'Patient?name=Sample', {}, 400, 'not-supported'],
      [secret, 'Location?_lastUpdated=ge2026', {}, 400, 'not-supported'],
      [secret, 'Patient?_lastUpdated=yesterday', {}, 400, 'invalid'],
      [secret, 'Patient?_count=many', {}, 400, 'invalid'],
      [secret, 'Patient', { accept: 'application/fhir+xml' }, 406, 'not-supported'],
      [secret, 'Patient?_format=xml', {}, 406, 'not-supported'],
      [secret, 'Patient?_summary=text', {}, 400, 'not-supported'],
      [secret, 'Patient?_include=*', {}, 400, 'not-supported'],
      [secret, 'Patient?date=2026', {}, 400, 'not-supported'],
      [secret, 'Appointment?date=soon', {}, 400, 'invalid'],
      [secret, 'Procedure?target=x', {}, 400, 'not-supported'],
    ];
    for (const [token, path, headers, status, code] of cases) {
      const answer = await get(token, path, headers);
      expect([path, answer.status, answer.value]).toMatchObject([
        path,
        status,
        { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] },
      ]);
    }
    const post = new Request(`http://clinic.example${fhirPath}/Patient`, { method: 'POST', body: '{}' });
    expect((await handleFhir(post, services))?.status).toBe(405);
    expect(await handleFhir(new Request('http://clinic.example/en'), services)).toBeUndefined();
  });
});

const clockOf = (zone: string) => (readingMs: number) => instantOfWall(zone, readingMs);
const utc = clockOf('UTC');

describe('a search', () => {
  it('means by a date the whole stretch it names', () => {
    const span = (text: string) => {
      const found = readSpan(text, utc);
      return [found?.from?.toISOString(), found?.before?.toISOString()];
    };
    expect(span('2026')).toEqual(['2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z']);
    expect(span('2026-02')).toEqual(['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z']);
    expect(span('ge2026-02-28')).toEqual(['2026-02-28T00:00:00.000Z', undefined]);
    expect(span('gt2026-02-28')).toEqual(['2026-03-01T00:00:00.000Z', undefined]);
    expect(span('le2026-02-28T10:00:00+05:30')).toEqual([undefined, '2026-02-28T04:30:01.000Z']);
    expect(span('lt2026-02-28T10:00:00.000Z')).toEqual([undefined, '2026-02-28T10:00:00.000Z']);
    for (const wrong of ['', 'soon', '2026-13', '2026-02-30', '26-02-02', '2026-02-02T25:00Z', 'ne2026'])
      expect([wrong, readSpan(wrong, utc)]).toEqual([wrong, undefined]);
  });

  it('means by a day without a zone the day of the clinic’s clock, whole, and no day twice', () => {
    const span = (text: string, zone: string) => {
      const found = readSpan(text, clockOf(zone));
      return [found?.from?.toISOString(), found?.before?.toISOString()];
    };
    expect(span('2026-11-25', 'Asia/Kolkata')).toEqual([
      '2026-11-24T18:30:00.000Z',
      '2026-11-25T18:30:00.000Z',
    ]);
    expect(span('2026-11-25', 'America/New_York')).toEqual([
      '2026-11-25T05:00:00.000Z',
      '2026-11-26T05:00:00.000Z',
    ]);
    expect(span('2026-11-25T10:00', 'Asia/Kolkata')[0]).toBe('2026-11-25T04:30:00.000Z');
    expect(span('2026-11-25T10:00Z', 'Asia/Kolkata')[0]).toBe('2026-11-25T10:00:00.000Z');
    // Clocks there were turned at midnight, or a whole day was left out.
    const zones = ['Asia/Kolkata', 'America/New_York', 'Africa/Cairo', 'America/Sao_Paulo', 'Pacific/Apia'];
    const days = fc.integer({ min: 0, max: 50_000 }).map((n) => new Date(n * 86_400_000));
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        days,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (zone, at, part) => {
          const day = at.toISOString().slice(0, 10);
          const after = new Date(at.getTime() + 86_400_000).toISOString().slice(0, 10);
          const [one, next] = [readSpan(day, clockOf(zone)), readSpan(after, clockOf(zone))];
          expect(one?.before).toEqual(next?.from);
          const [from, before] = [one?.from?.getTime() ?? Number.NaN, one?.before?.getTime() ?? Number.NaN];
          expect(before - from).toBeGreaterThanOrEqual(0);
          if (before === from) return;
          const within = new Date(from + Math.floor(part * (before - 1 - from)));
          expect(dayIn(zone, within)).toBe(day);
        },
      ),
    );
  });

  it('for none answers how many there are', () => {
    const facts = { ofPatient: false, hasIdentifier: false, hasUpdated: false };
    const read = (query: string) => readSearch(new URLSearchParams(query), facts, 'Location', utc);
    expect(read('_count=0')).toMatchObject({ ok: true, search: { onlyCount: true } });
    expect(read('_count=0&_summary=false')).toMatchObject({ search: { onlyCount: true } });
    expect(read('_count=9999')).toMatchObject({ search: { onlyCount: false, count: 500 } });
    expect(read('_count=-1')).toMatchObject({
      ok: false,
      message: expect.stringContaining('0 to 500') as string,
    });
  });

  it('takes along nothing whose name was only made up', () => {
    fc.assert(
      fc.property(fc.constantFrom(...servedTypes), fc.string(), (type, value) => {
        for (const [way, served] of [
          ['_include', includesOf(type)],
          ['_revinclude', revIncludesOf(type)],
        ] as const) {
          if (served.some((pair) => value === pair || value.startsWith(`${pair}:`))) continue;
          expect(readInclude(way, value, type)).toMatchObject({ ok: false, status: 400 });
        }
      }),
    );
  });

  it('takes along each kind once, and no more than ten', () => {
    const facts = { ofPatient: false, hasIdentifier: true, hasUpdated: true };
    const read = (values: readonly string[]) =>
      readSearch(new URLSearchParams(values.map((value) => ['_revinclude', value])), facts, 'Patient', utc);
    const kinds = revIncludesOf('Patient');
    const [kind = ''] = kinds;
    const often = read(Array.from({ length: 40 }, () => kind));
    expect(often.ok && often.search.includes.reverse).toHaveLength(1);
    const most = read(kinds.slice(0, mostIncludes));
    expect(most.ok && most.search.includes.reverse).toHaveLength(mostIncludes);
    expect(read(kinds.slice(0, mostIncludes + 1))).toMatchObject({
      ok: false,
      status: 400,
      message: expect.stringContaining('at most 10'),
    });
  });

  it('refuses what it does not know, whatever it is called', () => {
    const facts = { ofPatient: false, hasIdentifier: false, hasUpdated: false };
    const served = ['_count', '_id', '_after', '_format', '_summary', '_include', '_revinclude'];
    const strange = fc.string({ minLength: 1 }).filter((name) => !served.includes(name));
    fc.assert(
      fc.property(strange, fc.string(), (name, value) => {
        const read = readSearch(new URLSearchParams([[name, value]]), facts, 'Location', utc);
        expect(read).toMatchObject({ ok: false, status: 400 });
      }),
    );
  });
});
