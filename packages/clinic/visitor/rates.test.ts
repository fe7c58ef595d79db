import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { publishedRates } from './rates.ts';
import { risks } from './risks.ts';

const services = await testServices();

/** Sessions on days before today, all followed to day 14, the first of them with the events of `bits`. */
async function followed(tenantId: string, sessions: number, withEvent: number, bits: number): Promise<void> {
  await sql`insert into followed_sessions
      (tenant_id, session_id, patient_id, treatment, performed_on, followed_day, event_bits)
    select ${tenantId}, gen_random_uuid(), gen_random_uuid(), 'lip',
      ${services.clock.now()}::date - 30 - n, 14, case when n <= ${withEvent} then ${bits}::int else 0 end
    from generate_series(1, ${sessions}) n`.execute(services.db);
}

describe('the clinic’s own rates on the public page', () => {
  it('say nothing but how many sessions were followed while they are too few', async () => {
    const tenantId = await testTenant(services.db);
    await followed(tenantId, 99, 9, 1);
    expect(await publishedRates(services, tenantId)).toEqual({
      any: null,
      byRisk: {},
      period: null,
      followed: 99,
      needed: 100,
    });
  });

  it('state numerator, denominator, exact interval and period once there are enough', async () => {
    const tenantId = await testTenant(services.db);
    await followed(tenantId, 200, 3, 1);
    const rates = await publishedRates(services, tenantId);
    expect(rates.any).toMatchObject({ events: 3, people: 200, rate01: 0.015 });
    // Clopper and Pearson for 3 of 200: 0.31 to 4.32 %.
    expect(rates.any?.low01).toBeCloseTo(0.0031, 4);
    expect(rates.any?.high01).toBeCloseTo(0.0432, 4);
    const today = services.clock.now();
    const first = new Date(today.getTime() - 230 * 86_400_000).toISOString().slice(0, 10);
    expect(rates.period?.from).toBe(first);
    expect(rates.period?.to).toBe(today.toISOString().slice(0, 10));
  });

  it('are counted under lines the page shows', async () => {
    const tenantId = await testTenant(services.db);
    await followed(tenantId, 120, 0, 0);
    const shown = new Set(risks.map(({ id }) => id));
    const counted = Object.keys((await publishedRates(services, tenantId)).byRisk);
    expect(counted.length).toBeGreaterThan(3);
    expect(counted.filter((id) => !shown.has(id))).toEqual([]);
  });
});
