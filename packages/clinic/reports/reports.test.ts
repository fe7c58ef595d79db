import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { sampleLot } from '../followup/testing/people.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { seedSimulated } from '../sample/simulated.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { readReport } from './commands.ts';
import { addMonths, countNames, monthsBetween, sumMonths } from './rules.ts';

const services = await testServices();
services.clock.set('2026-07-15T06:00:00Z');
const tenantId = await testTenant(services.db);
const seeded = await seedSimulated(services, { tenantId, patients: 300, seed: 41 });

const as = (role: Role, of = tenantId): Actor => ({
  tenantId: of,
  staffId: randomUUID(),
  role,
  name: 'Test',
  sessionId: randomUUID(),
});

async function read(from: string, to: string, actor = as('owner')) {
  const answer = await readReport(services, actor, { from, to });
  if (!answer.ok) throw new Error(answer.message);
  return answer;
}

describe('months', () => {
  it('run from one to the other, each once and in order', () => {
    const month = fc.integer({ min: 0, max: 1200 }).map((n) => addMonths('1990-01', n));
    fc.assert(
      fc.property(month, fc.integer({ min: 0, max: 35 }), (from, count) => {
        const to = addMonths(from, count);
        const months = monthsBetween(from, to) ?? [];
        expect(months).toHaveLength(count + 1);
        expect([months[0], months.at(-1)]).toEqual([from, to]);
        expect(months).toEqual([...new Set(months)].toSorted());
        expect(monthsBetween(to, from) === undefined).toBe(count > 0);
      }),
    );
  });

  it.each([
    ['2026-13', '2026-12'],
    ['2026-1', '2026-12'],
    ['', ''],
    ['2020-01', '2023-01'],
    ['0000-01', '0000-12'],
    ['9999-01', '9999-12'],
  ])('are none from %j to %j', (from, to) => expect(monthsBetween(from, to)).toBeUndefined());
});

describe('a report', () => {
  it('counts all sessions and events there are, each in one month', async () => {
    const whole = await read('2024-01', '2026-12');
    const { sessionsScalp, sessionsLip, sessionsVitiligo, adverseEvents } = whole.totals;
    const before = await read('2021-01', '2023-12');
    const sessions = sessionsScalp + sessionsLip + sessionsVitiligo;
    const earlier = before.totals.sessionsScalp + before.totals.sessionsLip + before.totals.sessionsVitiligo;
    expect(sessions + earlier).toBe(seeded.sessions);
    expect(adverseEvents + before.totals.adverseEvents).toBe(seeded.events);
    expect(sessions).toBeGreaterThan(0);
  });

  it('is the sum of its parts, wherever it is cut', async () => {
    const whole = await read('2025-01', '2026-06');
    for (const cut of ['2025-01', '2025-09', '2026-05']) {
      const first = await read('2025-01', cut);
      const second = await read(addMonths(cut, 1), '2026-06');
      expect([...first.months, ...second.months]).toEqual(whole.months);
      expect(sumMonths([first.totals, second.totals])).toEqual(whole.totals);
    }
  });

  it('never counts more answers than check-ins, nor more who came than visits', async () => {
    for (const month of (await read('2024-01', '2026-12')).months) {
      expect(month.checkInsAnswered).toBeLessThanOrEqual(month.checkIns);
      expect(month.came + month.noShows).toBeLessThanOrEqual(month.visits);
      for (const name of countNames) expect(month[name]).toBeGreaterThanOrEqual(0);
    }
  });

  it('has a row for a month in which nothing happened, and nothing of another clinic', async () => {
    const stranger = await read('2025-01', '2025-12', as('owner', await testTenant(services.db)));
    expect(stranger.months).toHaveLength(12);
    for (const name of countNames) expect(stranger.totals[name]).toBe(0);
  });

  it.each(['assistant', 'desk'] as const)('is not for the role %s', async (role) => {
    expect(await readReport(services, as(role), { from: '2026-01', to: '2026-02' })).toMatchObject({
      reason: 'not-allowed',
    });
  });

  it('counts what came into stock, was used and thrown away, and what runs out of date while some is left', async () => {
    const of = await testTenant(services.db);
    const [left, empty] = [await sampleLot(services.db, of, 'L-1'), await sampleLot(services.db, of, 'L-2')];
    await sql`update stock_lots set expires_on = '2026-09-30' where tenant_id = ${of}`.execute(services.db);
    const moves = [
      [left, 'receipt', 10, '2026-06-30T20:00:00Z'],
      [left, 'used', -4, '2026-07-02T06:00:00Z'],
      [empty, 'receipt', 5, '2026-07-03T06:00:00Z'],
      [empty, 'wasted', -5, '2026-07-04T06:00:00Z'],
    ] as const;
    for (const [lotId, kind, quantity, at] of moves)
      await sql`insert into stock_movements (tenant_id, id, lot_id, kind, quantity, book, source_kind, source_id, happened_at,
          recorded_at)
        values (${of}, ${randomUUID()}, ${lotId}, ${kind}, ${quantity}, 0, 'test', ${randomUUID()}, ${at}, ${at})`.execute(
        services.db,
      );
    const { months } = await read('2026-07', '2026-09', as('owner', of));
    expect(
      months.map(({ stockReceived, stockUsed, stockWasted, lotsExpiring }) => [
        stockReceived,
        stockUsed,
        stockWasted,
        lotsExpiring,
      ]),
    ).toEqual([
      // The first receipt fell into July on the clinic's wall.
      [2, 1, 1, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 1],
    ]);
  });

  it('shows takings only to those who may see money', async () => {
    expect((await read('2026-01', '2026-02', as('physician'))).hasMoney).toBe(false);
    expect((await read('2026-01', '2026-02', as('auditor'))).hasMoney).toBe(true);
  });
});
