import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testServices } from '../platform/testing/database.ts';
import type { Actor } from '../staff/schema.ts';
import { testActor } from '../staff/testing.ts';
import {
  changeItem,
  countLot,
  openLot,
  readLot,
  readShelf,
  readStock,
  takeFromLot,
  transferLot,
  wasteFromLot,
} from './commands.ts';
import { blackInk, madeItem, receivedLot } from './testing.ts';

const services = await testServices();

/** A clinic with branches, the first the main one, and 300 drops at the main one. */
async function clinicOf(branches: number) {
  const actor = await testActor(services, 'owner');
  const ids: string[] = [];
  for (let n = 0; n < branches; n++) {
    const id = randomUUID();
    await sql`insert into branches (tenant_id, id, name, town, zone, created_at)
      values (${actor.tenantId}, ${id}, ${`Branch ${n + 1}`}, null, 'Asia/Kolkata',
        timestamptz '2026-01-01' + ${n} * interval '1 hour')`.execute(services.db);
    ids.push(id);
  }
  const item = await madeItem(services, actor);
  const lot = await receivedLot(services, actor, item);
  const held = async (branchId: string) => {
    const page = await readLot(services, actor, lot.id, branchId);
    if (!page.ok) throw new Error(page.message);
    return page.lot.balance;
  };
  const send = (from: string, to: string, drops: number, actId: string = randomUUID(), who: Actor = actor) =>
    transferLot(services, who, { lotId: lot.id, branchId: from, to, quantity: drops, unit: 'drop', actId });
  const boundTo = (...own: string[]): Actor => ({ ...actor, role: 'assistant', branches: own });
  const [main = '', other = '', third = ''] = ids;
  return { actor, item, lot, ids, main, other, third, held, send, boundTo };
}

const drop = blackInk.unit === 'drop' ? 50 : Number.NaN;

describe('stock at branches', () => {
  it('lies at the main branch when none is named, also what was written before branches were known', async () => {
    const { actor, lot, main, other, held } = await clinicOf(2);
    expect([await held(main), await held(other)]).toEqual([300 * drop, 0]);
    await sql`insert into stock_movements (tenant_id, id, lot_id, kind, quantity, book, source_kind, source_id, happened_at, recorded_at)
      values (${actor.tenantId}, ${randomUUID()}, ${lot.id}, 'used', ${-2 * drop}, ${300 * drop}, 'session', 'before', now(), now())`.execute(
      services.db,
    );
    expect([await held(main), await held(other)]).toEqual([298 * drop, 0]);
  });

  it('goes from one branch to another once, and is refused where it cannot', async () => {
    const { lot, main, other, held, send, actor } = await clinicOf(2);
    const actId = randomUUID();
    expect(await send(main, other, 100, actId)).toMatchObject({ ok: true, lot: { balance: 200 * drop } });
    expect(await send(main, other, 100, actId)).toMatchObject({ ok: true });
    expect([await held(main), await held(other)]).toEqual([200 * drop, 100 * drop]);
    expect(await send(main, other, 201)).toMatchObject({ reason: 'more-than-there', field: 'quantity' });
    expect(await send(main, main, 1)).toMatchObject({ reason: 'same-branch' });
    expect(await send(main, randomUUID(), 1)).toMatchObject({ reason: 'no-such-branch', field: 'to' });
    expect(await send(main, other, -1)).toMatchObject({ reason: 'wrong-unit' });
    await sql`update stock_lots set held_at = now(), held_reason = 'x' where id = ${lot.id}`.execute(
      services.db,
    );
    expect(await send(main, other, 1)).toMatchObject({ reason: 'held' });
    expect(await send(main, other, 1, randomUUID(), { ...actor, role: 'desk' })).toMatchObject({
      reason: 'not-allowed',
    });
  });

  it('sent at once from two sides never leaves more than there was, and pressed twice goes once', async () => {
    const { main, other, held, send } = await clinicOf(2);
    const sent = await Promise.all([send(main, other, 200), send(main, other, 200), send(main, other, 200)]);
    expect(sent.filter(({ ok }) => ok)).toHaveLength(1);
    const actId = randomUUID();
    const twice = await Promise.all([send(other, main, 150, actId), send(other, main, 150, actId)]);
    expect(twice.map(({ ok }) => ok)).toEqual([true, true]);
    expect([await held(main), await held(other)]).toEqual([250 * drop, 50 * drop]);
  });

  it('law: whatever is sent where, the sum changes only by what was used, counted or thrown away', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            what: fc.constantFrom('send', 'send', 'use', 'waste', 'count'),
            from: fc.nat(2),
            to: fc.nat(2),
            drops: fc.integer({ min: 1, max: 200 }),
          }),
          { minLength: 4, maxLength: 14 },
        ),
        async (steps) => {
          const { actor, lot, ids, held, send } = await clinicOf(3);
          const model = [300, 0, 0];
          const answers: unknown[] = [];
          const expected: unknown[] = [];
          for (const { what, from, to, drops } of steps) {
            const branchId = ids[from] ?? '';
            const act = {
              lotId: lot.id,
              actId: randomUUID(),
              branchId,
              quantity: drops,
              unit: 'drop' as const,
            };
            const there = model[from] ?? 0;
            if (what === 'send') {
              answers.push((await send(branchId, ids[to] ?? '', drops)).ok);
              const isSent = from !== to && drops <= there;
              expected.push(isSent);
              model[from] = isSent ? there - drops : there;
              if (isSent) model[to] = (model[to] ?? 0) + drops;
            } else if (what === 'use') {
              const source = { tenantId: actor.tenantId, actor, sourceKind: 'session', sourceId: act.actId };
              const taken = await services.db
                .transaction()
                .execute((trx) => takeFromLot(services, trx, { ...act, ...source }));
              answers.push(taken.ok && [taken.movement.branchId, taken.movement.book, taken.movement.flags]);
              expected.push([branchId, there * drop, drops > there ? ['below-zero'] : []]);
              model[from] = there - drops;
            } else if (what === 'waste') {
              answers.push((await wasteFromLot(services, actor, { ...act, reason: 'spilt' })).ok);
              expected.push(true);
              model[from] = there - drops;
            } else {
              const counted = await countLot(services, actor, { ...act, reason: 'counted' });
              answers.push(counted.ok && counted.difference);
              expected.push((drops - there) * drop);
              model[from] = drops;
            }
          }
          expect(answers).toEqual(expected);
          expect(await Promise.all(ids.map(held))).toEqual(model.map((drops) => drops * drop));
          const { rows } = await sql<{ all: number; moved: number }>`select sum(quantity)::bigint as all,
            coalesce(sum(quantity) filter (where kind in ('sent', 'arrived')), 0)::bigint as moved
            from stock_movements where lot_id = ${lot.id}`.execute(services.db);
          expect(rows[0]).toEqual({ all: model.reduce((sum, drops) => sum + drops * drop, 0), moved: 0 });
        },
      ),
      { numRuns: 12 },
    );
  });

  it('has a container in use at each branch, whose days go with the last of a lot', async () => {
    const { actor, lot, main, other, third, send } = await clinicOf(3);
    const at = async (branchId: string) => {
      const page = await readLot(services, actor, lot.id, branchId);
      return page.ok ? page.lot.discardBy : undefined;
    };
    const open = (branchId: string) =>
      openLot(services, actor, { lotId: lot.id, branchId, actId: randomUUID() });
    await send(main, other, 100);
    expect(await open(main)).toMatchObject({ ok: true });
    const first = await at(main);
    expect([first === null, await at(other)]).toEqual([false, null]);
    services.clock.advance(10 * 86_400_000);
    await open(other);
    const second = await at(other);
    expect(
      second !== null && first !== null && second !== undefined && first !== undefined && second > first,
    ).toBe(true);
    await send(main, third, 50);
    expect(await at(third)).toBeNull();
    await send(main, other, 150);
    expect(await at(other)).toBe(first);
    await send(other, third, 250);
    expect(await at(third)).toBe(first);
  });

  it('is ordered by each branch’s own mark', async () => {
    const { actor, item, main, other, send } = await clinicOf(2);
    const marked = async (branchId: string, lowAt: number | null) => {
      const now = await readStock(services, actor, item.id, branchId);
      const version = now.ok ? (now.items[0]?.item.version ?? 0) : 0;
      return changeItem(services, actor, { id: item.id, version }, { ...blackInk, lowAt, branchId });
    };
    expect(await marked(main, 20)).toMatchObject({ ok: true });
    expect(await marked(other, 60)).toMatchObject({ ok: true });
    await send(main, other, 50);
    const low = async (branchId: string) => {
      const stock = await readStock(services, actor, item.id, branchId);
      return stock.ok ? stock.items.map((one) => [one.item.lowAt, one.isLow]) : stock.reason;
    };
    expect([await low(main), await low(other)]).toEqual([[[20 * drop, false]], [[60 * drop, true]]]);
  });

  it('shows members who are bound their own branches alone; a session takes from where it is held', async () => {
    const { lot, main, other, boundTo, send } = await clinicOf(2);
    await send(main, other, 100);
    const bound = boundTo(other);
    expect(await readStock(services, bound, undefined, main)).toMatchObject({ reason: 'no-such-branch' });
    expect(await readLot(services, bound, lot.id, main)).toMatchObject({ reason: 'no-such-branch' });
    expect(await readLot(services, bound, lot.id)).toMatchObject({
      branchId: other,
      lot: { balance: 100 * drop },
      branches: [{ branchId: other }],
    });
    const act = { lotId: lot.id, branchId: main, actId: randomUUID() };
    for (const refused of [
      await openLot(services, bound, act),
      await countLot(services, bound, { ...act, quantity: 1, unit: 'drop', reason: 'x' }),
      await wasteFromLot(services, bound, { ...act, quantity: 1, unit: 'drop', reason: 'x' }),
      await send(main, other, 1, randomUUID(), bound),
    ])
      expect(refused).toMatchObject({ ok: false, reason: 'no-such-branch' });
    expect(await send(other, main, 10, randomUUID(), bound)).toMatchObject({ ok: true });
    expect(await readStock(services, boundTo())).toMatchObject({ reason: 'no-such-branch' });
    expect(await readShelf(services, bound, main)).toMatchObject({ ok: true, branchId: main });
  });
});
