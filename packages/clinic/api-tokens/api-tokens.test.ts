import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { listAudit } from '../audit/commands.ts';
import { handleApi } from '../booking/api.ts';
import { makeTestClinic } from '../booking/testing/clinic.ts';
import { freedSlotJob, sweepJob } from '../booking/waitlist-jobs.ts';
import { notifyJobs } from '../notify/commands.ts';
import { handle } from '../platform/jobs.ts';
import { testServices } from '../platform/testing/database.ts';
import { can } from '../staff/rules.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { proven, testMember } from '../staff/testing.ts';
import { createApiToken, listApiTokens, revokeApiToken } from './commands.ts';
import { staffRoutes } from './routes.ts';
import { actionOf, tokenRate } from './rules.ts';
import { type Scope, scopes } from './schema.ts';

const inert = async () => undefined;
const services = await testServices({
  handlers: [...notifyJobs({} as never), handle(freedSlotJob, inert), handle(sweepJob, inert)],
});

const member = async (tenantId: string, role: Role = 'owner') =>
  proven(services, await testMember(services, role, tenantId));

async function tokenFor(actor: Actor, wanted: readonly Scope[] = scopes, days = 30) {
  const program = { name: 'Test program', scopes: [...wanted], days };
  const made = await createApiToken(services, await proven(services, actor), program);
  if (!made.ok) throw new Error(made.message);
  return made;
}

/** What came back, read as loosely as a foreign program reads it. */
interface Loose {
  readonly [name: string]: Loose & string & readonly Loose[];
}

async function call(
  secret: string | undefined,
  method: string,
  path: string,
  body?: unknown,
  key: string | null = randomUUID(),
) {
  const request = new Request(`http://clinic.example${path}`, {
    method,
    headers: {
      ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(key !== null && { 'idempotency-key': key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const response = await handleApi(request, { services, address: '198.51.100.1', more: staffRoutes });
  if (!response) throw new Error(`${path} is not served`);
  return { status: response.status, headers: response.headers, value: (await response.json()) as Loose };
}

const patients = { path: '/api/v1/staff/patients/search', body: { text: '' } };
const ask = (secret: string | undefined) => call(secret, 'POST', patients.path, patients.body);

describe('a token', () => {
  it('is told once and kept only as its hash', async () => {
    const { tenantId } = await makeTestClinic(services.db);
    const actor = await member(tenantId);
    const { secret } = await tokenFor(actor);
    expect(secret).toMatch(/^utk_[A-Za-z0-9_-]{64}$/);
    const kept = await sql<{ all: string }>`select api_tokens::text as all from api_tokens
      where tenant_id = ${tenantId}`.execute(services.db);
    expect(kept.rows[0]?.all).not.toContain(secret.slice(-20));
    expect(JSON.stringify(await listApiTokens(services, actor))).not.toContain(secret.slice(-20));
    expect((await ask(secret)).status).toBe(200);
  });

  it('is made by owners only', async () => {
    const { tenantId } = await makeTestClinic(services.db);
    for (const role of ['physician', 'assistant', 'desk', 'auditor'] as const) {
      const actor = await member(tenantId, role);
      expect(
        await createApiToken(services, actor, { name: 'x', scopes: ['fhir:read'], days: 1 }),
      ).toMatchObject({ reason: 'not-allowed' });
      expect(await listApiTokens(services, actor)).toMatchObject({ reason: 'not-allowed' });
    }
  });

  it('says what is wrong with the form at its field', async () => {
    const { tenantId } = await makeTestClinic(services.db);
    const actor = await member(tenantId);
    const good = { name: 'x', scopes: ['fhir:read' as const], days: 1 };
    for (const [change, field] of [
      [{ name: ' ' }, 'name'],
      [{ scopes: [] }, 'scopes'],
      [{ days: 0 }, 'days'],
      [{ days: 4000 }, 'days'],
    ] as const) {
      expect(await createApiToken(services, actor, { ...good, ...change } as typeof good)).toMatchObject({
        reason: 'bad-form',
        field,
      });
    }
  });

  it('does only what its scopes say', async () => {
    const { tenantId } = await makeTestClinic(services.db);
    const { secret } = await tokenFor(await member(tenantId), ['bookings:read']);
    const refused = await ask(secret);
    expect(refused.status).toBe(403);
    expect(refused.value).toMatchObject({ code: 'scope-missing', status: 403 });
    const from = encodeURIComponent('2026-03-02T00:00:00Z');
    const to = encodeURIComponent('2026-03-03T00:00:00Z');
    expect((await call(secret, 'GET', `/api/v1/staff/bookings?from=${from}&to=${to}`)).status).toBe(200);
    for (const year of ['0000', '1899', '2200', '9999'])
      expect(
        await call(
          secret,
          'GET',
          `/api/v1/staff/bookings?from=${year}-03-02T00:00:00Z&to=${year}-03-03T00:00:00Z`,
        ),
      ).toMatchObject({ status: 400, value: { code: 'invalid-input' } });
  });

  it('never does more than its maker may at that moment', async () => {
    const { tenantId } = await makeTestClinic(services.db);
    const actor = await member(tenantId);
    const { secret } = await tokenFor(actor);
    await sql`update staff set role = 'auditor' where id = ${actor.staffId}`.execute(services.db);
    expect((await ask(secret)).value).toMatchObject({ code: 'not-allowed', status: 403 });
  });

  it('ends with its maker, with its day, and when it is revoked', async () => {
    const { tenantId } = await makeTestClinic(services.db);
    const actor = await member(tenantId);
    const one = await tokenFor(actor);
    const two = await tokenFor(actor, ['patients:read'], 1);
    expect(await revokeApiToken(services, actor, one.id)).toEqual({ ok: true });
    expect(await revokeApiToken(services, actor, one.id)).toMatchObject({ reason: 'not-found' });
    expect((await ask(one.secret)).status).toBe(401);
    expect((await ask(two.secret)).status).toBe(200);
    services.clock.advance(86_400_000);
    expect((await ask(two.secret)).value).toMatchObject({ code: 'token-invalid' });
    const three = await tokenFor(actor);
    await sql`update staff set disabled_at = now() where id = ${actor.staffId}`.execute(services.db);
    expect((await ask(three.secret)).status).toBe(401);
    const other = await listApiTokens(services, await member(tenantId));
    if (!other.ok) throw new Error(other.message);
    expect(other.tokens.map(({ id, state }) => [id, state])).toEqual(
      expect.arrayContaining([
        [one.id, 'revoked'],
        [two.id, 'maker-gone'],
        [three.id, 'maker-gone'],
      ]),
    );
  });

  it('opens no other clinic, and a wrong or missing one opens nothing', async () => {
    const mine = await makeTestClinic(services.db);
    const theirs = await makeTestClinic(services.db);
    const { secret } = await tokenFor(await member(mine.tenantId));
    const foreign = `utk_${Buffer.concat([
      Buffer.from(theirs.tenantId.replaceAll('-', ''), 'hex'),
      Buffer.from(secret.slice(4), 'base64url').subarray(16),
    ]).toString('base64url')}`;
    for (const wrong of [foreign, `${secret}x`, 'utk_', 'nonsense']) {
      const refused = await ask(wrong);
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
      expect(refused.headers.get('content-type')).toBe('application/problem+json');
    }
    expect((await ask(undefined)).value).toMatchObject({ code: 'token-missing', status: 401 });
  });

  it('leaves an entry with its id for every use, and is slowed down when it asks too often', async () => {
    const { tenantId } = await makeTestClinic(services.db);
    const actor = await member(tenantId);
    const { id, secret } = await tokenFor(actor);
    await ask(secret);
    await ask(secret);
    const used = await listAudit(services, tenantId, { subjectKind: 'api-token', subjectId: id });
    expect(used.map(({ entry }) => entry?.action)).toEqual([
      'api-token.used',
      'api-token.used',
      'api-token.made',
    ]);
    expect(used[0]?.entry).toMatchObject({
      actor: { kind: 'staff', id: actor.staffId },
      change: { after: { operation: 'searchPatients' } },
    });
    await sql`update rate_counts set count = ${tokenRate.most} where tenant_id = ${tenantId}`.execute(
      services.db,
    );
    const slowed = await ask(secret);
    expect(slowed.status).toBe(429);
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('the staff API', () => {
  it('is in the OpenAPI document, and each route answers as it is described', async () => {
    const clinic = await makeTestClinic(services.db);
    const { secret } = await tokenFor(await member(clinic.tenantId));
    const made = await callEvery(secret);
    const document = (await call(secret, 'GET', '/api/v1/openapi.json')).value;
    for (const route of staffRoutes) {
      const described = document.paths[route.path][route.method.toLowerCase()];
      expect(described).toMatchObject({ operationId: route.operationId, security: [{ token: [] }] });
      const answer = made[route.operationId];
      const schema = route.replies[answer?.status ?? 0]?.schema as z.ZodType | undefined;
      expect([route.operationId, schema?.safeParse(answer?.value).error]).toEqual([
        route.operationId,
        undefined,
      ]);
    }
    expect(Object.keys(made).sort()).toEqual(staffRoutes.map(({ operationId }) => operationId).sort());
    expect(document.components.securitySchemes.token).toMatchObject({ scheme: 'bearer' });
  });

  async function callEvery(secret: string) {
    const made: Record<string, Awaited<ReturnType<typeof call>>> = {};
    made.createPatient = await call(secret, 'POST', '/api/v1/staff/patients', {
      name: 'Sample patient 071',
      language: 'bn',
      phones: ['98000 00071'],
    });
    const { id } = made.createPatient.value;
    made.getPatient = await call(secret, 'GET', `/api/v1/staff/patients/${id}`);
    made.searchPatients = await call(secret, 'POST', patients.path, { text: 'Sample patient 071' });
    made.createStaffBooking = await call(secret, 'POST', '/api/v1/staff/bookings', {
      service: 'visit',
      start: '2026-03-05T11:00:00+05:30',
      patient: id,
    });
    const path = `/api/v1/staff/bookings/${made.createStaffBooking.value.id}`;
    made.changeStaffBooking = await call(secret, 'PATCH', path, {
      action: 'move',
      start: '2026-03-05T14:00:00+05:30',
    });
    const day = 'from=2026-03-05T00:00:00Z&to=2026-03-06T00:00:00Z';
    made.listStaffBookings = await call(secret, 'GET', `/api/v1/staff/bookings?${day}`);
    made.cancelStaffBooking = await call(secret, 'DELETE', path);
    return made;
  }

  it('finds the patient it made, and books, moves and cancels under the clinic’s own constraint', async () => {
    const clinic = await makeTestClinic(services.db);
    const { secret } = await tokenFor(await member(clinic.tenantId));
    const made = await callEvery(secret);
    const id = made.createPatient?.value.id;
    expect(JSON.stringify(made.searchPatients?.value)).toContain(id);
    expect(made.createStaffBooking?.value).toMatchObject({
      patient: id,
      status: 'confirmed',
      language: 'bn',
    });
    expect(made.changeStaffBooking?.value.start).toBe('2026-03-05T08:30:00.000Z');
    expect(made.cancelStaffBooking?.value.status).toBe('cancelled');
    const same = { service: 'visit', start: '2026-03-06T11:00:00+05:30' };
    const first = await call(secret, 'POST', '/api/v1/staff/bookings', {
      ...same,
      name: 'Sample patient 072',
    });
    const second = await call(secret, 'POST', '/api/v1/staff/bookings', {
      ...same,
      name: 'Sample patient 073',
    });
    expect([first.status, second.status, second.value.code]).toEqual([201, 409, 'slot-taken']);
  });

  it('refuses unknown bookings, patients, ranges and bodies as problems with a code', async () => {
    const clinic = await makeTestClinic(services.db);
    const { secret } = await tokenFor(await member(clinic.tenantId));
    const nobody = randomUUID();
    const answers = [
      await call(secret, 'GET', `/api/v1/staff/patients/${nobody}`),
      await call(secret, 'GET', '/api/v1/staff/patients/nonsense'),
      await call(secret, 'DELETE', '/api/v1/staff/bookings/nonsense'),
      await call(secret, 'PATCH', `/api/v1/staff/bookings/${nobody}`, { action: 'arrived' }),
      await call(secret, 'POST', '/api/v1/staff/bookings', {
        service: 'visit',
        start: '2026-03-05T11:00:00Z',
      }),
      await call(secret, 'GET', '/api/v1/staff/bookings?from=2026-03-06T00:00:00Z&to=2026-03-05T00:00:00Z'),
      await call(secret, 'GET', '/api/v1/staff/bookings?from=2026-03-06T00:00:00Z&to=2027-03-05T00:00:00Z'),
    ];
    expect(answers.map(({ status, value }) => `${status} ${value.code}`)).toEqual([
      '404 not-found',
      '404 not-found',
      '404 booking-unknown',
      '404 booking-unknown',
      '400 invalid-input',
      '400 range-backwards',
      '400 range-too-long',
    ]);
  });
});

type Asked = readonly [path: string, body?: unknown];
/** Each route of the desk with an address and a body that are right for a clinic whose booking and patient these are. */
const right = (of: { booking: string; patient: string }): Record<string, Asked> => ({
  listStaffBookings: ['/api/v1/staff/bookings?from=2026-03-05T00:00:00Z&to=2026-03-06T00:00:00Z'],
  createStaffBooking: [
    '/api/v1/staff/bookings',
    { service: 'visit', start: '2026-03-05T12:00:00+05:30', patient: of.patient },
  ],
  changeStaffBooking: [
    `/api/v1/staff/bookings/${of.booking}`,
    { action: 'move', start: '2026-03-05T15:00:00+05:30' },
  ],
  cancelStaffBooking: [`/api/v1/staff/bookings/${of.booking}`],
  searchPatients: [patients.path, patients.body],
  getPatient: [`/api/v1/staff/patients/${of.patient}`],
  createPatient: ['/api/v1/staff/patients', { name: 'Sample patient 075', language: 'en' }],
});

describe('each route of the desk', () => {
  /** A clinic with a patient and a visit, its owner, and what each route answers a token. */
  async function furnished() {
    const { tenantId } = await makeTestClinic(services.db);
    const owner = await member(tenantId);
    const { secret } = await tokenFor(owner);
    const wish = { name: 'Sample patient 074', language: 'en' };
    const patient = (await call(secret, 'POST', '/api/v1/staff/patients', wish)).value.id;
    const visit = { service: 'visit', start: '2026-03-05T11:00:00+05:30', patient };
    const booking = (await call(secret, 'POST', '/api/v1/staff/bookings', visit)).value.id;
    return { tenantId, owner, secret, of: right({ booking: String(booking), patient: String(patient) }) };
  }
  type Furnished = Awaited<ReturnType<typeof furnished>>;

  async function answers(secret: string | undefined, of: Furnished['of']) {
    const told: Record<string, string> = {};
    for (const { operationId, method } of staffRoutes) {
      const [path, body] = of[operationId] as Asked;
      const { status, value } = await call(secret, method, path, body);
      told[operationId] = status < 300 ? 'done' : `${status} ${value.code}`;
    }
    return told;
  }
  const all = (answer: string | ((operationId: string) => string)) =>
    Object.fromEntries(
      staffRoutes.map(({ operationId: one }) => [one, typeof answer === 'string' ? answer : answer(one)]),
    );

  it('does what is asked for with a right token, and refuses none, a wrong one and one without the scope', async () => {
    const { owner, secret, of, tenantId } = await furnished();
    expect(await answers(undefined, of)).toEqual(all('401 token-missing'));
    expect(await answers(`utk_${'A'.repeat(64)}`, of)).toEqual(all('401 token-invalid'));
    const { secret: narrow, id } = await tokenFor(owner, ['fhir:read']);
    expect(await answers(narrow, of)).toEqual(all('403 scope-missing'));
    const noted = await listAudit(services, tenantId, { subjectKind: 'api-token', subjectId: id });
    expect(noted.filter(({ entry }) => entry?.action === 'api-token.refused')).toHaveLength(
      staffRoutes.length,
    );
    expect(await answers(secret, of)).toEqual(all('done'));
  });

  it('does for its maker what the maker’s role allows and no more', async () => {
    for (const role of ['physician', 'assistant', 'desk', 'auditor'] as const) {
      const { owner, secret, of } = await furnished();
      await sql`update staff set role = ${role} where id = ${owner.staffId}`.execute(services.db);
      const scopeOf = (operation: string): Scope => {
        const [subject, act] = /Patient/.test(operation)
          ? (['patients', operation === 'createPatient'] as const)
          : (['bookings', operation !== 'listStaffBookings'] as const);
        return `${subject}:${act ? 'write' : 'read'}`;
      };
      expect([role, await answers(secret, of)]).toEqual([
        role,
        all((one) => (can(role, actionOf[scopeOf(one)]) ? 'done' : '403 not-allowed')),
      ]);
    }
  });

  it('knows nothing of another clinic’s bookings and patients', async () => {
    const [mine, theirs] = [await furnished(), await furnished()];
    const found = await answers(mine.secret, theirs.of);
    expect(found).toEqual({
      ...all('done'),
      createStaffBooking: '404 not-found',
      changeStaffBooking: '404 booking-unknown',
      cancelStaffBooking: '404 booking-unknown',
      getPatient: '404 not-found',
    });
    const listed = await call(mine.secret, 'GET', theirs.of.listStaffBookings?.[0] ?? '');
    expect(JSON.stringify(listed.value)).not.toContain(theirs.of.cancelStaffBooking?.[0].split('/').at(-1));
  });

  it('says what is wrong with what was sent', async () => {
    const { secret, of } = await furnished();
    for (const { operationId, method, body } of staffRoutes) {
      const [path] = of[operationId] as Asked;
      expect(await call(secret, 'PUT', path.replace(/\?.*/, ''), {})).toMatchObject({
        status: 405,
        value: { code: 'method-not-allowed' },
      });
      if (body === undefined) continue;
      for (const wrong of [null, [], 7, 'text', { name: ['x'], start: {}, text: 3, action: 'dance' }])
        expect(await call(secret, method, path, wrong)).toMatchObject({
          status: 400,
          value: { code: 'invalid-input', detail: expect.stringMatching(/./) as string },
        });
      const plain = new Request(`http://clinic.example${path}`, {
        method,
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'text/plain' },
        body: '{}',
      });
      const refused = await handleApi(plain, { services, address: '198.51.100.1', more: staffRoutes });
      expect(refused?.status).toBe(415);
    }
  });
});

describe('a request with an Idempotency-Key', () => {
  const bookings = '/api/v1/staff/bookings';
  const patient = (name: string) => ({ name, language: 'ne', phones: ['98000 00081'] });
  const visit = (hour: number) => ({
    service: 'visit',
    start: `2026-03-05T${hour}:00:00+05:30`,
    name: 'Sample patient 082',
  });
  const countOf = async (tenantId: string, table: 'patients' | 'bookings') => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}
      where tenant_id = ${tenantId}`.execute(services.db);
    return rows[0]?.n;
  };

  it('is needed wherever something is made', async () => {
    const { tenantId } = await makeTestClinic(services.db);
    const { secret } = await tokenFor(await member(tenantId));
    for (const route of staffRoutes.filter(({ method }) => method === 'POST')) {
      if (route.scope === 'patients:read') continue;
      const body = route.path === bookings ? visit(11) : patient('Sample patient 081');
      for (const key of [null, 'short', 'with a blank in it'])
        expect((await call(secret, 'POST', route.path, body, key)).value).toMatchObject({
          code: 'idempotency-key-missing',
          status: 400,
        });
    }
    expect(await countOf(tenantId, 'patients')).toBe(0);
  });

  it('makes one thing, however often and however much at once it is sent', async () => {
    const { tenantId } = await makeTestClinic(services.db);
    const { secret } = await tokenFor(await member(tenantId));
    for (const [path, body, table] of [
      ['/api/v1/staff/patients', patient('Sample patient 081'), 'patients'],
      [bookings, visit(11), 'bookings'],
    ] as const) {
      const key = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => call(secret, 'POST', path, body, key)),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      const again = await call(
        secret,
        'POST',
        path,
        Object.fromEntries(Object.entries(body).toReversed()),
        key,
      );
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
      for (const { value } of answers) expect(value).toEqual(again.value);
      expect(await countOf(tenantId, table)).toBe(1);
    }
  });

  it('is refused with other content, and another token’s or another operation’s same key is another key', async () => {
    const { tenantId } = await makeTestClinic(services.db);
    const actor = await member(tenantId);
    const { secret } = await tokenFor(actor);
    const key = randomUUID();
    const path = '/api/v1/staff/patients';
    expect((await call(secret, 'POST', path, patient('Sample patient 081'), key)).status).toBe(201);
    const other = await call(secret, 'POST', path, patient('Sample patient 083'), key);
    expect([other.status, other.value.code]).toEqual([422, 'idempotency-key-reused']);
    expect((await call(secret, 'POST', bookings, visit(12), key)).status).toBe(201);
    const { secret: second } = await tokenFor(actor);
    expect((await call(second, 'POST', path, patient('Sample patient 083'), key)).status).toBe(201);
    expect(await countOf(tenantId, 'patients')).toBe(2);
  });

  it('is still unused after a refusal, which leaves nothing behind', async () => {
    const { tenantId } = await makeTestClinic(services.db);
    const { secret } = await tokenFor(await member(tenantId));
    const first = await call(secret, 'POST', bookings, visit(14));
    const key = randomUUID();
    const refused = await call(secret, 'POST', bookings, visit(14), key);
    expect([refused.status, refused.value.code]).toEqual([409, 'slot-taken']);
    expect(refused.value.alternatives.length).toBeGreaterThan(0);
    await call(secret, 'DELETE', `${bookings}/${first.value.id}`);
    expect((await call(secret, 'POST', bookings, visit(14), key)).status).toBe(201);
  });

  it('keeps ids alone: nothing of a person lies beside the key', async () => {
    const { tenantId } = await makeTestClinic(services.db);
    const { secret } = await tokenFor(await member(tenantId));
    const key = randomUUID();
    const { value } = await call(
      secret,
      'POST',
      '/api/v1/staff/patients',
      patient('Sample patient 084'),
      key,
    );
    const { rows } = await sql<{ all: string; reply: unknown }>`select idempotency_keys::text as all, reply
      from idempotency_keys where tenant_id = ${tenantId}`.execute(services.db);
    expect(rows.map(({ reply }) => reply)).toEqual([{ patientId: value.id }]);
    expect(rows[0]?.all).not.toMatch(/Sample|98000/);
  });
});
