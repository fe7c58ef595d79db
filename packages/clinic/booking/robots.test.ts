import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { notifyJobs } from '../notify/commands.ts';
import { handle } from '../platform/jobs.ts';
import { testServices } from '../platform/testing/database.ts';
import { handleApi } from './api.ts';
import { rateRules } from './limits.ts';
import { makeTestClinic, solved, type TestClinic } from './testing/clinic.ts';
import { freedSlotJob, sweepJob } from './waitlist-jobs.ts';

const inert = async () => undefined;
const services = await testServices({
  handlers: [...notifyJobs({} as never), handle(freedSlotJob, inert), handle(sweepJob, inert)],
});

/** Posts, `together` at a time, and counts the answers by status. */
async function post(
  clinic: TestClinic,
  many: number,
  robot: (nth: number) => { readonly body: object; readonly address: string },
): Promise<Record<number, number>> {
  const together = 40;
  const statuses: Record<number, number> = {};
  for (let first = 0; first < many; first += together) {
    await Promise.all(
      Array.from({ length: Math.min(together, many - first) }, async (_, i) => {
        const { body, address } = robot(first + i);
        const request = new Request('http://clinic.example/api/v1/bookings', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
          body: JSON.stringify(body),
        });
        const reply = await handleApi(request, { services, address, tenantId: clinic.tenantId });
        const status = reply?.status ?? 0;
        statuses[status] = (statuses[status] ?? 0) + 1;
      }),
    );
  }
  return statuses;
}

async function bookingsOf({ tenantId }: TestClinic): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from bookings where tenant_id = ${tenantId}`.execute(services.db);
  return rows[0]?.n ?? -1;
}

/** Every half hour of ten hours a day from tomorrow on. */
function startOf(nth: number): string {
  const day = String(3 + Math.floor(nth / 16)).padStart(2, '0');
  const minute = 600 + (nth % 16) * 30;
  const clock = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
  return `2026-03-${day}T${clock}:00+05:30`;
}

const person = (nth: number) => ({
  service: 'visit',
  start: startOf(nth % 400),
  name: `Robot ${nth}`,
  email: `robot${nth}@example.org`,
});

describe('a robot that posts 4 000 times', () => {
  it('without doing the work leaves nothing', async () => {
    const clinic = await makeTestClinic(services.db, { staff: 4 });
    const used = await solved(services, clinic.tenantId);
    const statuses = await post(clinic, 2000, (nth) => ({
      body: { ...person(nth), altcha: nth % 2 === 0 ? 'bm90aGluZw==' : `${used.slice(0, -8)}AAAAAAA=` },
      address: `198.51.100.${nth % 200}`,
    }));
    expect(statuses[201]).toBeUndefined();
    expect(await bookingsOf(clinic)).toBe(0);
  });

  it('doing it each time, from one address, leaves no more than an address may', async () => {
    const clinic = await makeTestClinic(services.db, { staff: 4 });
    const answers = await Promise.all(
      Array.from({ length: 2 * rateRules.bookingPerAddress.most }, () => solved(services, clinic.tenantId)),
    );
    const statuses = await post(clinic, 2000, (nth) => ({
      body: { ...person(nth), altcha: answers[nth % answers.length] },
      address: '203.0.113.9',
    }));
    expect(await bookingsOf(clinic)).toBeLessThanOrEqual(rateRules.bookingPerAddress.most);
    expect(statuses[429]).toBe(2000 - rateRules.bookingPerAddress.most);
  });

  it('doing it each time, from many addresses in one name, leaves no more than a person may', async () => {
    const clinic = await makeTestClinic(services.db, { staff: 4 });
    const answers = await Promise.all(Array.from({ length: 60 }, () => solved(services, clinic.tenantId)));
    await post(clinic, 60, (nth) => ({
      body: { ...person(nth), email: 'one@example.org', altcha: answers[nth] },
      address: `192.0.2.${nth}`,
    }));
    expect(await bookingsOf(clinic)).toBeLessThanOrEqual(rateRules.bookingPerEmail.most);
  });
});
