import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeys } from '../platform/keys.ts';
import { testServices } from '../platform/testing/database.ts';
import { makeTestClinic, solved } from './testing/clinic.ts';

/** 64 clients against three server processes on one database; sizes kept small enough for every run of the tests. */
const clients = 64;
const serverCount = 3;
const now = '2026-03-02T04:30:00Z';

const services = await testServices();
const servers: { process: ChildProcess; url: string }[] = [];
const clinic = await makeTestClinic(services.db, {
  staff: 2,
  rooms: 2,
  service: { durationMin: 30, bufferAfterMin: 0, roomKind: 'any' },
});

beforeAll(async () => {
  const given = {
    connection: services.database.connection,
    tenantId: clinic.tenantId,
    now,
    home: services.config.home,
  };
  // The key file is made before the processes start, so that all sign alike.
  await openKeys(services.config);
  await Promise.all(
    Array.from({ length: serverCount }, async () => {
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, 'testing', 'race-server.ts'), JSON.stringify(given)],
        {
          stdio: ['pipe', 'pipe', 'inherit'],
        },
      );
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      servers.push({ process: child, url: `http://127.0.0.1:${line.toString().trim()}` });
    }),
  );
});
afterAll(async () => {
  await Promise.all(
    servers.map(async ({ process: child }) => {
      const gone = once(child, 'exit');
      child.stdin?.end();
      await gone;
    }),
  );
});

let turn = 0;
async function post(fields: { start: string; staff?: string }, key: string, altcha: string) {
  const { url } = servers[turn++ % serverCount] as { url: string };
  const response = await fetch(`${url}/api/v1/bookings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, 'x-address': key },
    body: JSON.stringify({ service: 'visit', name: key, email: `${key}@example.org`, altcha, ...fields }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}

interface Attempt {
  fields: { start: string; staff?: string };
  key: string;
  altcha: string;
}

/** Each client works off its attempts one after the other; all clients at once. */
async function race(attempts: readonly Attempt[]) {
  const results: (Attempt & Awaited<ReturnType<typeof post>>)[] = [];
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (const attempt of attempts.filter((__, i) => i % clients === client)) {
        results.push({ ...attempt, ...(await post(attempt.fields, attempt.key, attempt.altcha)) });
      }
    }),
  );
  return results;
}

const attemptsOf = (all: readonly Attempt['fields'][]): Promise<Attempt[]> =>
  Promise.all(
    all.map(async (fields) => ({
      fields,
      key: randomUUID(),
      altcha: await solved(services, clinic.tenantId),
    })),
  );

const clockTime = (day: string, minute: number) =>
  `${day}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00+05:30`;

async function overlaps(): Promise<number> {
  const answer = await sql<{ n: number }>`
    select count(*) as n from bookings a join bookings b on a.tenant_id = b.tenant_id and a.id < b.id
      and a.occupied && b.occupied and (a.practitioner_id = b.practitioner_id or a.room_id = b.room_id)
    where a.tenant_id = ${clinic.tenantId}
      and a.status in ('held', 'confirmed') and b.status in ('held', 'confirmed')`.execute(services.db);
  return answer.rows[0]?.n ?? -1;
}

describe('64 clients, three server processes, one database', () => {
  it('sell each of 20 identical slots to exactly one', async () => {
    // Ten times with each of two practitioners, asked for by name.
    const slots = Array.from({ length: 20 }, (_, i) => ({
      start: clockTime('2026-03-04', 600 + 30 * (i % 10)),
      staff: clinic.staffIds[Math.floor(i / 10)] as string,
    }));
    const results = await race(
      await attemptsOf(Array.from({ length: 320 }, (_, i) => slots[(i * 7) % 20] as Attempt['fields'])),
    );
    expect(new Set(results.map((r) => r.status))).toEqual(new Set([201, 409]));
    for (const slot of slots) {
      const same = results.filter((r) => r.fields.start === slot.start && r.fields.staff === slot.staff);
      expect(same.length).toBe(16);
      expect(same.filter((r) => r.status === 201).length).toBe(1);
    }
    const losers = results.filter((r) => r.status === 409);
    expect(new Set(losers.map((r) => r.body.code))).toEqual(new Set(['slot-taken']));
    expect(losers.every((r) => (r.body.alternatives as unknown[]).length === 5)).toBe(true);
    expect(await overlaps()).toBe(0);
  });

  it('sell partly overlapping times to nobody twice and leave none unsold that was wanted', async () => {
    const wanted = Array.from({ length: 256 }, (_, i) => ({
      start: clockTime('2026-03-05', 600 + 15 * ((i * 5) % 20)),
      staff: clinic.staffIds[i % 2] as string,
    }));
    const results = await race(await attemptsOf(wanted));
    expect(new Set(results.map((r) => r.status))).toEqual(new Set([201, 409]));
    const won = results.filter((r) => r.status === 201).map((r) => r.fields);
    const clash = (a: Attempt['fields'], b: Attempt['fields']) =>
      a.staff === b.staff && Math.abs(Date.parse(a.start) - Date.parse(b.start)) < 30 * 60_000;
    for (const [i, a] of won.entries()) expect(won.slice(i + 1).some((b) => clash(a, b))).toBe(false);
    for (const { fields } of results) expect(won.some((w) => clash(w, fields))).toBe(true);
    expect(await overlaps()).toBe(0);
  });

  it('book once however often a lost reply is asked for again, at the same moment and by any process', async () => {
    const attempts = await attemptsOf(
      Array.from({ length: 16 }, (_, i) => ({ start: clockTime('2026-03-06', 600 + 30 * i) })),
    );
    const answers = await Promise.all(
      attempts.map(async (a) =>
        Promise.all(Array.from({ length: 4 }, () => post(a.fields, a.key, a.altcha))),
      ),
    );
    for (const four of answers) {
      expect(new Set(four.map((r) => JSON.stringify(r.body))).size).toBe(1);
      expect(four.map((r) => r.status).sort((a, b) => a - b)).toEqual([200, 200, 200, 201]);
    }
    const rows = await services.db
      .selectFrom('bookings')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('tenant_id', '=', clinic.tenantId)
      .where('start_min', '>=', Date.parse('2026-03-06T00:00:00+05:30') / 60_000)
      .executeTakeFirstOrThrow();
    expect(rows.n).toBe(16);
  });
});
