import { randomUUID } from 'node:crypto';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { notifyJobs } from '../notify/commands.ts';
import { handle } from '../platform/jobs.ts';
import { testServices } from '../platform/testing/database.ts';
import { describeRoutes, handleApi } from './api.ts';
import { makeFeed } from './commands.ts';
import { tokenOf } from './links.ts';
import { makeTestClinic, solved, type TestClinic } from './testing/clinic.ts';
import { freedSlotJob, sweepJob } from './waitlist-jobs.ts';

const inert = async () => undefined;
const services = await testServices({
  handlers: [...notifyJobs({} as never), handle(freedSlotJob, inert), handle(sweepJob, inert)],
});

const base = 'http://clinic.example';
async function call(
  clinic: TestClinic,
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string>; address?: string } = {},
) {
  const request = new Request(`${base}${path}`, {
    method,
    headers: {
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const address = options.address ?? '198.51.100.1';
  const response = await handleApi(request, { services, address, tenantId: clinic.tenantId });
  const type = response?.headers.get('content-type') ?? '';
  const text = (await response?.text()) ?? '';
  return {
    status: response?.status,
    headers: response?.headers,
    type,
    text,
    value: type.includes('json') ? (JSON.parse(text) as Record<string, never>) : {},
  };
}

const booking = async (clinic: TestClinic, fields: object = {}) => ({
  service: 'visit',
  start: '2026-03-03T10:00:00+05:30',
  name: 'Sample patient 014',
  email: 'patient014@example.org',
  altcha: await solved(services, clinic.tenantId),
  ...fields,
});
const withKey = (key: string = randomUUID()) => ({ 'idempotency-key': key });

interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, unknown> };
}

async function document(clinic: TestClinic): Promise<OpenApi> {
  return (await call(clinic, 'GET', '/api/v1/openapi.json')).value as unknown as OpenApi;
}

describe('the OpenAPI document', () => {
  it('describes every route, and each of its references leads somewhere', async () => {
    const clinic = await makeTestClinic(services.db);
    const doc = await document(clinic);
    expect(doc.openapi).toBe('3.1.0');
    const described = Object.entries(doc.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(
      describeRoutes()
        .map((r) => `${r.method} ${r.path}`)
        .sort(),
    );
    const references = [...JSON.stringify(doc).matchAll(/"\$ref":"([^"]+)"/g)].map((m) => m[1] as string);
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) {
      expect(Object.keys(doc.components.schemas)).toContain(reference.replace('#/components/schemas/', ''));
    }
  });

  it('holds for every route when it is called', async () => {
    const clinic = await makeTestClinic(services.db);
    const doc = await document(clinic);
    const feed = await makeFeed(
      services,
      clinic.tenantId,
      { kind: 'system', id: null },
      clinic.staffIds[0] as string,
    );
    const calls: Record<string, () => ReturnType<typeof call>> = {};
    let token = '';
    calls.listServices = () => call(clinic, 'GET', '/api/v1/services');
    calls.findAvailability = () =>
      call(clinic, 'GET', '/api/v1/availability?service=visit&from=2026-03-02&to=2026-03-08');
    calls.getChallenge = () => call(clinic, 'GET', '/api/v1/challenge');
    calls.createBooking = async () => {
      const made = await call(clinic, 'POST', '/api/v1/bookings', {
        body: await booking(clinic),
        headers: withKey(),
      });
      token = String(made.value.token);
      return made;
    };
    calls.getBooking = () => call(clinic, 'GET', `/api/v1/bookings/${token}`);
    calls.changeBooking = async () => {
      const { id } = await services.db
        .selectFrom('booking_links')
        .select('id')
        .where('tenant_id', '=', clinic.tenantId)
        .where('purpose', '=', 'confirm')
        .executeTakeFirstOrThrow();
      const confirm = tokenOf(services.keys, clinic.tenantId, { id, purpose: 'confirm' });
      return call(clinic, 'PATCH', `/api/v1/bookings/${confirm}`, { body: { action: 'confirm' } });
    };
    let wish = '';
    calls.joinWaitlist = async () => {
      const joined = await call(clinic, 'POST', '/api/v1/waitlist', {
        body: {
          service: 'visit',
          fromDay: '2026-03-02',
          toDay: '2026-03-20',
          name: 'Sample patient 015',
          email: 'patient015@example.org',
          altcha: await solved(services, clinic.tenantId),
        },
      });
      wish = String(joined.value.token);
      return joined;
    };
    calls.getWaitlistPlace = () => call(clinic, 'GET', `/api/v1/waitlist/${wish}`);
    calls.leaveWaitlist = () => call(clinic, 'DELETE', `/api/v1/waitlist/${wish}`);
    calls.readCalendarFeed = () => call(clinic, 'GET', new URL(feed.ok ? feed.url : '').pathname);
    calls.cancelBooking = () => call(clinic, 'DELETE', `/api/v1/bookings/${token}?reason=ill`);
    calls.getOpenApi = () => call(clinic, 'GET', '/api/v1/openapi.json');
    const operations = Object.values(doc.paths).flatMap((item) =>
      Object.values(item).map((o) => o.operationId),
    );
    expect(Object.keys(calls).sort()).toEqual(operations.sort());
    for (const [operationId, perform] of Object.entries(calls)) {
      const answer = await perform();
      const route = describeRoutes().find((r) => r.operationId === operationId);
      const reply = route?.replies[answer.status ?? 0];
      expect(`${operationId} ${answer.status} ${reply !== undefined}`).toBe(
        `${operationId} ${answer.status} true`,
      );
      const schema = reply?.schema as z.ZodType | undefined;
      expect(schema?.safeParse(answer.value).success ?? answer.text.startsWith('BEGIN:VCALENDAR')).toBe(true);
    }
  });
});

describe('booking over HTTP', () => {
  it('is done with the challenge a visitor is given', async () => {
    const clinic = await makeTestClinic(services.db);
    const challenge = (await call(clinic, 'GET', '/api/v1/challenge')).value as never;
    const solution = await solveChallenge({ challenge, deriveKey });
    const altcha = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
    const made = await call(clinic, 'POST', '/api/v1/bookings', {
      body: await booking(clinic, { altcha }),
      headers: withKey(),
    });
    expect(made.status).toBe(201);
    expect(made.value).toMatchObject({
      kind: 'booking',
      booking: { status: 'held' },
      next: 'confirm-by-email',
    });
  });

  it('answers a retry as it answered the first time, and says so', async () => {
    const clinic = await makeTestClinic(services.db);
    const key = randomUUID();
    const body = await booking(clinic);
    const first = await call(clinic, 'POST', '/api/v1/bookings', { body, headers: withKey(key) });
    const again = await call(clinic, 'POST', '/api/v1/bookings', { body, headers: withKey(key) });
    expect(again.value).toEqual(first.value);
    expect([first.status, again.status, again.headers?.get('idempotency-replayed')]).toEqual([
      201,
      200,
      'true',
    ]);
  });

  it('explains a refusal as a problem with a stable code', async () => {
    const clinic = await makeTestClinic(services.db);
    const post = async (fields: object, headers: Record<string, string> = withKey()) =>
      call(clinic, 'POST', '/api/v1/bookings', { body: await booking(clinic, fields), headers });
    await post({});
    const taken = await post({ email: 'other@example.org' });
    expect(taken.type).toBe('application/problem+json');
    expect(taken.value).toMatchObject({ status: 409, code: 'slot-taken', field: 'start' });
    expect((taken.value.alternatives as unknown[]).length).toBe(5);
    const cases: [object, Record<string, string>, number, string][] = [
      [{ start: 'tomorrow' }, withKey(), 400, 'invalid-input'],
      [{ email: undefined }, withKey(), 400, 'invalid-input'],
      [{ name: '<b>' }, withKey(), 400, 'invalid-input'],
      [{}, {}, 400, 'idempotency-key-missing'],
      [{ altcha: 'e30=' }, withKey(), 403, 'challenge-invalid'],
      [{ service: 'nothing' }, withKey(), 404, 'service-unknown'],
      [{ start: '2026-03-03T03:00:00+05:30' }, withKey(), 409, 'slot-not-offered'],
    ];
    for (const [fields, headers, status, code] of cases) {
      const answer = await post(fields, headers);
      expect(answer.value).toMatchObject({ status, code });
      expect(answer.status).toBe(status);
    }
  });

  it('knows its methods and media types, and leaves other paths to others', async () => {
    const clinic = await makeTestClinic(services.db);
    const put = await call(clinic, 'PUT', '/api/v1/bookings', { body: {} });
    expect([put.status, put.headers?.get('allow')]).toEqual([405, 'POST']);
    const text = await call(clinic, 'POST', '/api/v1/bookings', {
      headers: { ...withKey(), 'content-type': 'text/plain' },
    });
    expect(text.value).toMatchObject({ code: 'not-json', status: 415 });
    // Of the right kind, and empty.
    const broken = await call(clinic, 'POST', '/api/v1/bookings', {
      headers: { ...withKey(), 'content-type': 'application/json' },
    });
    expect(broken.value).toMatchObject({
      code: 'invalid-input',
      status: 400,
      detail: expect.stringContaining('JSON'),
    });
    for (const day of ['9999-12-31', '0001-01-01', '2200-01-01', '2026-02-30'])
      expect(
        (await call(clinic, 'GET', `/api/v1/availability?service=visit&from=${day}&to=${day}`)).value,
      ).toMatchObject({ status: 400, code: 'invalid-input' });
    expect((await call(clinic, 'GET', '/api/v1/unknown')).status).toBeUndefined();
    expect((await call(clinic, 'GET', '/en/scalp')).status).toBeUndefined();
    expect((await call(clinic, 'GET', '/api/v1/bookings/nonsense')).value).toMatchObject({
      code: 'link-unknown',
      status: 404,
    });
    expect((await call(clinic, 'GET', '/calendar/nonsense.ics')).status).toBe(404);
  });

  it('never caches what is personal, and tells a flood when to come back', async () => {
    const clinic = await makeTestClinic(services.db);
    const made = await call(clinic, 'POST', '/api/v1/bookings', {
      body: await booking(clinic),
      headers: withKey(),
    });
    const shown = await call(clinic, 'GET', `/api/v1/bookings/${String(made.value.token)}`);
    expect(shown.headers?.get('cache-control')).toBe('no-store');
    const flood = await Promise.all(
      Array.from({ length: 130 }, () =>
        call(clinic, 'GET', '/api/v1/bookings/nonsense', { address: '203.0.113.9' }),
      ),
    );
    const refused = flood.filter((a) => a.status === 429);
    expect(refused.length).toBe(10);
    expect(Number(refused[0]?.headers?.get('retry-after'))).toBeGreaterThan(0);
  });
});
