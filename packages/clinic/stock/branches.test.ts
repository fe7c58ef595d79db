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
  receiveTransfer,
  takeFromLot,
  transferLot,
  wasteFromLot,
} from './commands.ts';
import { openRecall } from './recall.ts';
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
  /** Counts in what has been on the way to a branch the longest; as sent, if not said otherwise. */
  const receive = async (at: string, drops?: number, reason = '', who: Actor = actor) => {
    const page = await readLot(services, actor, lot.id, at);
    const sent = page.ok ? page.onTheWay.find(({ to }) => to === at) : undefined;
    return receiveTransfer(services, who, {
      transferId: sent?.id ?? randomUUID(),
      quantity: drops ?? (sent?.quantity ?? 0) / drop,
      unit: 'drop',
      reason,
    });
  };
  const bring = async (from: string, to: string, drops: number) => {
    const sent = await send(from, to, drops);
    return sent.ok ? receive(to) : sent;
  };
  const boundTo = (...own: string[]): Actor => ({ ...actor, role: 'assistant', branches: own });
  const [main = '', other = '', third = ''] = ids;
  return { actor, item, lot, ids, main, other, third, held, send, receive, bring, boundTo };
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
    const { lot, main, other, held, send, receive, actor } = await clinicOf(2);
    const actId = randomUUID();
    expect(await send(main, other, 100, actId)).toMatchObject({ ok: true, lot: { balance: 200 * drop } });
    expect(await send(main, other, 100, actId)).toMatchObject({ ok: true });
    expect([await held(main), await held(other)]).toEqual([200 * drop, 0]);
    expect(await receive(other)).toMatchObject({ ok: true, lot: { balance: 100 * drop }, difference: 0 });
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
    const { actor, lot, main, other, held, send, receive } = await clinicOf(2);
    const sent = await Promise.all([send(main, other, 200), send(main, other, 200), send(main, other, 200)]);
    expect(sent.filter(({ ok }) => ok)).toHaveLength(1);
    const page = await readLot(services, actor, lot.id, other);
    const transferId = page.ok ? (page.onTheWay[0]?.id ?? '') : '';
    const counted = { transferId, quantity: 200, unit: 'drop' as const };
    const received = await Promise.all(
      Array.from({ length: 3 }, () => receiveTransfer(services, actor, counted)),
    );
    expect(received.map(({ ok }) => ok)).toEqual([true, true, true]);
    const actId = randomUUID();
    const twice = await Promise.all([send(other, main, 150, actId), send(other, main, 150, actId)]);
    expect(twice.map(({ ok }) => ok)).toEqual([true, true]);
    expect([await held(main), await held(other)]).toEqual([100 * drop, 50 * drop]);
    await receive(main);
    expect([await held(main), await held(other)]).toEqual([250 * drop, 50 * drop]);
  });

  it('on the way can be used at neither place, is held and recalled with its lot, and is counted in there or back here', async () => {
    const { actor, lot, main, other, third, held, send, receive, boundTo } = await clinicOf(3);
    await send(main, other, 300);
    const shelf = async (branchId: string) => {
      const found = await readShelf(services, actor, branchId);
      return found.ok && found.items.map(({ usable }) => usable);
    };
    expect([await shelf(main), await shelf(other)]).toEqual([[0], [0]]);
    const recalled = await openRecall(services, actor, { lotId: lot.id, reason: 'Told by the maker' });
    const onTheWay = { from: main, to: other, quantity: 300 * drop };
    expect(recalled).toMatchObject({ ok: true, onTheWay: [onTheWay] });
    const stock = await readStock(services, actor, undefined, other);
    expect(stock).toMatchObject({ ok: true, onTheWay: [onTheWay] });
    const transferId = stock.ok ? (stock.onTheWay[0]?.id ?? '') : '';

    expect(await receive(other, 290)).toMatchObject({ reason: 'needs-reason', field: 'reason' });
    expect(await receive(other, -1)).toMatchObject({ reason: 'wrong-unit' });
    expect(await receive(other, undefined, '', boundTo(third))).toMatchObject({ reason: 'no-such-branch' });
    expect(await receive(other, undefined, '', { ...actor, role: 'desk' })).toMatchObject({
      reason: 'not-allowed',
    });
    const counted = { transferId, unit: 'drop', reason: 'one bottle broke' } as const;
    expect(
      await receiveTransfer(services, actor, { ...counted, branchId: third, quantity: 290 }),
    ).toMatchObject({ reason: 'no-such-transfer' });
    const back = { ...counted, branchId: main, quantity: 290 };
    expect(await receiveTransfer(services, boundTo(other), back)).toMatchObject({ reason: 'no-such-branch' });
    expect(await receiveTransfer(services, actor, back)).toMatchObject({ ok: true, difference: -10 * drop });
    expect([await held(main), await held(other)]).toEqual([290 * drop, 0]);
    expect(await readLot(services, actor, lot.id, main)).toMatchObject({
      fault: 'held',
      onTheWay: [],
      movements: [{ kind: 'counted', reason: 'one bottle broke' }, { kind: 'arrived' }, {}, {}, {}],
    });
  });

  it('law: sent, counted in, used in any order, the sum of shelves and ways changes only by what was used, counted or thrown away', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            what: fc.constantFrom('send', 'send', 'receive', 'receive', 'back', 'use', 'waste', 'count'),
            from: fc.nat(2),
            to: fc.nat(2),
            drops: fc.integer({ min: 1, max: 200 }),
          }),
          { minLength: 4, maxLength: 14 },
        ),
        async (steps) => {
          const { actor, lot, ids, held, send, receive } = await clinicOf(3);
          const model = [300, 0, 0];
          const ways: { readonly from: number; readonly to: number; readonly drops: number }[] = [];
          const answers: unknown[] = [];
          const expected: unknown[] = [];
          for (const { what, from, to, drops } of steps) {
            // What was sent first is counted in first: no two are sent at one instant.
            services.clock.advance(1000);
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
              if (isSent) ways.push({ from, to, drops });
            } else if (what === 'receive') {
              const at = ways.findIndex((one) => one.to === to);
              const received = await receive(ids[to] ?? '', drops, 'counted');
              answers.push(received.ok && received.difference);
              expected.push(at >= 0 && (drops - (ways[at]?.drops ?? 0)) * drop);
              if (at >= 0) model[to] = (model[to] ?? 0) + drops;
              if (at >= 0) ways.splice(at, 1);
            } else if (what === 'back') {
              const page = await readLot(services, actor, lot.id, branchId);
              const sent = page.ok ? page.onTheWay[0] : undefined;
              const back = { transferId: sent?.id ?? '', branchId: sent?.from ?? null };
              const quantity = (sent?.quantity ?? 0) / drop;
              answers.push((await receiveTransfer(services, actor, { ...back, quantity, unit: 'drop' })).ok);
              const [first] = ways.splice(0, 1);
              expected.push(first !== undefined);
              if (first) model[first.from] = (model[first.from] ?? 0) + first.drops;
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
          const onTheWay = ways.reduce((sum, { drops }) => sum + drops * drop, 0);
          expect(rows[0]).toEqual({
            all: model.reduce((sum, drops) => sum + drops * drop, 0),
            moved: 0 - onTheWay,
          });
        },
      ),
      { numRuns: 12 },
    );
  });

  it('has a container in use at each branch, whose days go with the last of a lot', async () => {
    const { actor, lot, main, other, third, bring } = await clinicOf(3);
    const at = async (branchId: string) => {
      const page = await readLot(services, actor, lot.id, branchId);
      return page.ok ? page.lot.discardBy : undefined;
    };
    const open = (branchId: string) =>
      openLot(services, actor, { lotId: lot.id, branchId, actId: randomUUID() });
    await bring(main, other, 100);
    expect(await open(main)).toMatchObject({ ok: true });
    const first = await at(main);
    expect([first === null, await at(other)]).toEqual([false, null]);
    services.clock.advance(10 * 86_400_000);
    await open(other);
    const second = await at(other);
    expect(
      second !== null && first !== null && second !== undefined && first !== undefined && second > first,
    ).toBe(true);
    await bring(main, third, 50);
    expect(await at(third)).toBeNull();
    await bring(main, other, 150);
    expect(await at(other)).toBe(first);
    await bring(other, third, 250);
    expect(await at(third)).toBe(first);
  });

  it('is ordered by each branch’s own mark', async () => {
    const { actor, item, main, other, bring } = await clinicOf(2);
    const marked = async (branchId: string, lowAt: number | null) => {
      const now = await readStock(services, actor, item.id, branchId);
      const version = now.ok ? (now.items[0]?.item.version ?? 0) : 0;
      return changeItem(services, actor, { id: item.id, version }, { ...blackInk, lowAt, branchId });
    };
    expect(await marked(main, 20)).toMatchObject({ ok: true });
    expect(await marked(other, 60)).toMatchObject({ ok: true });
    await bring(main, other, 50);
    const low = async (branchId: string) => {
      const stock = await readStock(services, actor, item.id, branchId);
      return stock.ok ? stock.items.map((one) => [one.item.lowAt, one.isLow]) : stock.reason;
    };
    expect([await low(main), await low(other)]).toEqual([[[20 * drop, false]], [[60 * drop, true]]]);
  });

  it('shows members who are bound their own branches alone; a session takes from where it is held', async () => {
    const { lot, main, other, third, boundTo, bring, send } = await clinicOf(3);
    await bring(main, other, 100);
    const bound = boundTo(other);
    await send(main, third, 10);
    expect(await readLot(services, bound, lot.id)).toMatchObject({ onTheWay: [] });
    expect(await readLot(services, boundTo(third), lot.id)).toMatchObject({ onTheWay: [{ to: third }] });
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
