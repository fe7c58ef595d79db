import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { openDatabase } from '../platform/database.ts';
import { testServices } from '../platform/testing/database.ts';
import type { Actor } from '../staff/schema.ts';
import { testActor } from '../staff/testing.ts';
import {
  changeItem,
  countLot,
  createItem,
  giveBack,
  holdLot,
  openLot,
  readLot,
  readPaper,
  readStock,
  receive,
  releaseLot,
  takeFromLot,
  takeFromLots,
  wasteFromLot,
} from './commands.ts';
import type { Lot } from './rules.ts';
import { seedSampleStock } from './sample.ts';
import { blackInk, madeItem, paper, receivedLot } from './testing.ts';

const services = await testServices();
// Another process of the same clinic: its own connections.
const elsewhere = openDatabase(services.database.connection, { poolSize: 4, log: pino({ level: 'silent' }) });
afterAll(() => elsewhere.close());

const act = () => randomUUID();

async function shelf(role: 'owner' | 'assistant' | 'physician' = 'physician') {
  const actor = await testActor(services, role);
  const item = await madeItem(services, actor);
  const lot = await receivedLot(services, actor, item);
  return { actor, item, lot };
}

function take(actor: Actor, lotId: string, quantity: number, more: object = {}, db = services.db) {
  return db.transaction().execute((trx) =>
    takeFromLot(services, trx, {
      tenantId: actor.tenantId,
      actor,
      lotId,
      quantity,
      unit: 'drop',
      sourceKind: 'session',
      sourceId: randomUUID(),
      ...more,
    }),
  );
}

async function pageOf(actor: Actor, lot: Pick<Lot, 'id'>) {
  const page = await readLot(services, actor, lot.id);
  if (!page.ok) throw new Error(page.message);
  return page;
}

describe('the ledger', () => {
  it('holds what came, less what went, whatever was done in whatever order', async () => {
    const { actor, item } = await shelf();
    interface Step {
      readonly lot: Lot;
      readonly drops: number;
    }
    const common = ({ lot, drops }: Step) => ({
      lotId: lot.id,
      actId: act(),
      quantity: drops,
      unit: 'drop' as const,
      reason: 'test',
    });
    // What is done, and what should be there afterwards.
    const acts = {
      use: (step: Step) => take(actor, step.lot.id, step.drops),
      waste: (step: Step) => wasteFromLot(services, actor, common(step)),
      count: (step: Step) => countLot(services, actor, common(step)),
      open: (step: Step) => openLot(services, actor, common(step)),
      back: (step: Step) =>
        services.db.transaction().execute((trx) =>
          giveBack(services, trx, {
            ...common(step),
            tenantId: actor.tenantId,
            actor,
            sourceKind: 'session',
            sourceId: act(),
          }),
        ),
      receive: async ({ lot, drops }: Step) => ({
        ok: true,
        lot: await receivedLot(services, actor, item, { lotNumber: lot.lotNumber, quantity: drops }),
      }),
    };
    const after: Record<keyof typeof acts, (had: number, drops: number) => number> = {
      use: (had, drops) => had - drops,
      waste: (had, drops) => had - drops,
      count: (_, drops) => drops,
      open: (had) => had,
      back: (had, drops) => had + drops,
      receive: (had, drops) => had + drops,
    };
    const step = fc.record({
      what: fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[])),
      drops: fc.integer({ min: 1, max: 120 }),
    });
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        number++;
        const lot = await receivedLot(services, actor, item, { lotNumber: `P-${number}`, quantity: 100 });
        let drops = 100;
        for (const one of steps) {
          expect(await acts[one.what]({ lot, drops: one.drops })).toMatchObject({ ok: true });
          drops = after[one.what](drops, one.drops);
        }
        const { lot: now, movements } = await pageOf(actor, lot);
        expect(now.balance).toBe(drops * 50);
        // Each movement stands on the one before it, and their sum is the balance.
        let book = 0;
        for (const one of movements.toReversed()) {
          expect(one.book).toBe(book);
          book += one.quantity;
          expect(one.flags.includes('below-zero')).toBe(one.quantity < 0 && book < 0);
        }
        expect(book).toBe(now.balance);
      }),
      { numRuns: 15 },
    );
  });

  it('is never rewritten', async () => {
    const { lot } = await shelf();
    for (const statement of [
      sql`update stock_movements set quantity = 1 where lot_id = ${lot.id}`,
      sql`delete from stock_movements where lot_id = ${lot.id}`,
      sql`truncate stock_movements`,
    ]) {
      await expect(statement.execute(services.db)).rejects.toMatchObject({ code: '23001' });
    }
  });

  it('counts a source once, however often it is told, and says so when the quantity differs', async () => {
    const { actor, lot } = await shelf();
    const sourceId = randomUUID();
    const first = await take(actor, lot.id, 4, { sourceId });
    const again = await Promise.all([1, 2, 3].map(() => take(actor, lot.id, 4, { sourceId })));
    expect(new Set([first, ...again].map((one) => one.ok && one.movement.id)).size).toBe(1);
    expect(await take(actor, lot.id, 5, { sourceId })).toMatchObject({ reason: 'source-differs' });
    expect((await pageOf(actor, lot)).lot.balance).toBe((300 - 4) * 50);
  });

  it('never lets two processes take the last drops without saying so', async () => {
    const { actor, item } = await shelf();
    const lot = await receivedLot(services, actor, item, { lotNumber: 'last', quantity: 10 });
    const taken = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        take(actor, lot.id, 3, {}, i % 2 === 0 ? services.db : elsewhere.db),
      ),
    );
    const movements = taken.map((one) => {
      if (!one.ok) throw new Error(one.message);
      return one.movement;
    });
    expect(movements.filter(({ flags }) => flags.length === 0)).toHaveLength(3);
    expect(movements.filter(({ flags }) => flags.includes('below-zero'))).toHaveLength(9);
    const page = await pageOf(actor, lot);
    expect(page.lot.balance).toBe((10 - 36) * 50);
    expect(page.alerts).toEqual(['below-zero']);
  });

  it('takes several lots in one go from two processes, in any order, without a deadlock', async () => {
    const { actor, item, lot } = await shelf();
    const other = await receivedLot(services, actor, item, { lotNumber: 'second' });
    const takes = [lot, other].map(({ id }) => ({ lotId: id, quantity: 1, unit: 'drop' as const }));
    const done = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        (i % 2 === 0 ? services.db : elsewhere.db).transaction().execute((trx) =>
          takeFromLots(services, trx, {
            tenantId: actor.tenantId,
            actor,
            sourceKind: 'session',
            sourceId: randomUUID(),
            takes: i % 2 === 0 ? takes : takes.toReversed(),
          }),
        ),
      ),
    );
    expect(done.every(({ ok }) => ok)).toBe(true);
    expect((await pageOf(actor, lot)).lot.balance).toBe(290 * 50);
    expect((await pageOf(actor, other)).lot.balance).toBe(290 * 50);
  });

  it('takes all or nothing', async () => {
    const { actor, item, lot } = await shelf();
    const held = await receivedLot(services, actor, item, { lotNumber: 'held' });
    await holdLot(services, actor, { lotId: held.id, actId: act(), reason: 'a bump' });
    const takes = [lot, held].map(({ id }) => ({ lotId: id, quantity: 1, unit: 'drop' as const }));
    const done = await services.db.transaction().execute((trx) =>
      takeFromLots(services, trx, {
        tenantId: actor.tenantId,
        actor,
        sourceKind: 'session',
        sourceId: 'x',
        takes,
      }),
    );
    expect(done).toMatchObject({ reason: 'held', lotId: held.id });
    expect((await pageOf(actor, lot)).lot.balance).toBe(300 * 50);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e12, 0.001])(
    'refuses to take %d drops',
    async (n) => {
      const { actor, lot } = await shelf();
      expect(await take(actor, lot.id, n)).toMatchObject({ reason: 'wrong-unit', field: 'quantity' });
      expect(await take(actor, lot.id, 1, { unit: 'piece' })).toMatchObject({ reason: 'wrong-unit' });
    },
  );
});

describe('a lot that may not be used', () => {
  it('refuses while on hold; what was used before is entered and flagged; released it serves again', async () => {
    const { actor, lot } = await shelf();
    expect(await holdLot(services, actor, { lotId: lot.id, actId: act(), reason: ' ' })).toMatchObject({
      reason: 'needs-reason',
    });
    await holdLot(services, actor, { lotId: lot.id, actId: act(), reason: 'Late nodules' });
    expect(await take(actor, lot.id, 1)).toMatchObject({ reason: 'held', message: /Late nodules/ });
    expect(await take(actor, lot.id, 1, { alreadyUsed: true })).toMatchObject({
      ok: true,
      movement: { flags: ['held'], quantity: -50 },
    });
    const assistant = await testActor(services, 'assistant', actor.tenantId);
    const release = { lotId: lot.id, actId: act(), reason: 'Cultures stayed clean' };
    expect(await releaseLot(services, assistant, release)).toMatchObject({ reason: 'not-allowed' });
    expect(await releaseLot(services, actor, release)).toMatchObject({ ok: true });
    expect(await take(actor, lot.id, 1)).toMatchObject({ ok: true, movement: { flags: [] } });
  });

  it('refuses on the day after its expiry, in the clinic’s own zone', async () => {
    const { actor, item } = await shelf();
    const lot = await receivedLot(services, actor, item, { lotNumber: 'e', expiresOn: '2026-03-05' });
    // 18:29 UTC is 23:59 in Kolkata.
    expect(await take(actor, lot.id, 1, { usedAt: new Date('2026-03-05T18:29:00Z') })).toMatchObject({
      ok: true,
    });
    expect(await take(actor, lot.id, 1, { usedAt: new Date('2026-03-05T18:31:00Z') })).toMatchObject({
      reason: 'expired',
    });
  });

  it('refuses past its opened life until another container is opened', async () => {
    const { actor, lot } = await shelf();
    const opened = await openLot(services, actor, { lotId: lot.id, actId: act() });
    expect(opened).toMatchObject({ ok: true, lot: { discardBy: '2026-05-31' } });
    const late = { usedAt: new Date('2026-06-01T06:00:00Z') };
    expect(await take(actor, lot.id, 1, late)).toMatchObject({ reason: 'discard-passed' });
    services.clock.set('2026-06-01T06:00:00Z');
    expect(await openLot(services, actor, { lotId: lot.id, actId: act() })).toMatchObject({ ok: true });
    expect(await take(actor, lot.id, 1)).toMatchObject({ ok: true });
    services.clock.set('2026-03-02T04:30:00Z');
  });

  it('refuses once an ingredient of the blocklist is known to be in it', async () => {
    const { actor, item, lot } = await shelf();
    const form = { ...blackInk, ingredients: [{ cas: '1344-48-5' }] };
    expect(await changeItem(services, actor, item, form)).toMatchObject({ ok: true, item: { version: 2 } });
    expect(await take(actor, lot.id, 1)).toMatchObject({ reason: 'blocked' });
    expect(await changeItem(services, actor, item, blackInk)).toMatchObject({ reason: 'changed-meanwhile' });
  });
});

describe('a delivery', () => {
  const delivery = (itemId: string) => ({
    itemId,
    lotNumber: 'D-1',
    expiresOn: '2027-01-01',
    quantity: 15,
    unit: 'ml' as const,
    receiptId: randomUUID(),
  });

  it.each([
    ['77766', '1344-48-5'],
    ['77199', '1306-23-6'],
  ])('with CI %s is refused, also with a reason, and nothing is kept', async (ciNumber, cas) => {
    const actor = await testActor(services, 'owner');
    for (const ingredient of [{ ciNumber }, { cas }]) {
      const item = await madeItem(services, actor, {
        ...blackInk,
        name: `Red ${JSON.stringify(ingredient)}`,
        ingredients: [ingredient],
      });
      const form = { ...delivery(item.id), acceptedReason: 'because' };
      expect(await receive(services, actor, form, paper)).toMatchObject({ reason: 'receipt-refused' });
    }
    const stock = await readStock(services, actor);
    expect(stock.ok && stock.items.flatMap(({ lots }) => lots)).toEqual([]);
  });

  it('with a warning needs a reason, which is kept with what was found', async () => {
    const actor = await testActor(services, 'owner');
    const made = await createItem(services, actor, {
      ...blackInk,
      ingredients: [{ ciNumber: '74160', percent: 12 }],
    });
    const item = made.ok ? made.item : undefined;
    const form = delivery(item?.id ?? '');
    const asked = await receive(services, actor, form);
    expect(asked).toMatchObject({ reason: 'receipt-needs-reason', field: 'acceptedReason' });
    expect(!asked.ok && asked.findings?.map(({ code, review }) => [code, review])).toEqual([
      ['eu-restricted-blue', 'unreviewed'],
      ['no-safety-sheet', 'unreviewed'],
      ['no-certificate', 'unreviewed'],
    ]);
    const done = await receive(services, actor, { ...form, acceptedReason: 'Lip trial, sheet ordered' });
    expect(done).toMatchObject({
      ok: true,
      lot: { balance: 15_000, acceptedReason: 'Lip trial, sheet ordered', findings: { length: 3 } },
    });
  });

  it('sent twice counts once; more of the same lot adds to it; another expiry is questioned', async () => {
    const { actor, item } = await shelf();
    const form = delivery(item.id);
    const both = await Promise.all([1, 2].map(() => receive(services, actor, form, paper)));
    const lots = both.flatMap((one) => (one.ok ? [one.lot] : []));
    expect(lots.length).toBeGreaterThan(0);
    expect((await pageOf(actor, lots[0] as Lot)).lot.balance).toBe(15_000);
    await receive(services, actor, { ...form, receiptId: act(), lotNumber: 'd-1' }, paper);
    expect((await pageOf(actor, lots[0] as Lot)).lot.balance).toBe(30_000);
    const other = { ...form, receiptId: act(), expiresOn: '2028-01-01' };
    expect(await receive(services, actor, other, paper)).toMatchObject({
      reason: 'expiry-differs',
      field: 'expiresOn',
    });
  });

  it.each([
    ['an expired one', { expiresOn: '2026-03-01' }, 'receipt-refused'],
    ['no lot number', { lotNumber: '  ' }, 'bad-form'],
    ['no quantity', { quantity: 0 }, 'bad-form'],
    ['another sort of unit', { unit: 'g' as const }, 'wrong-unit'],
    ['an item nobody knows', { itemId: randomUUID() }, 'no-such-item'],
  ])('is refused for %s', async (_, change, reason) => {
    const { actor, item } = await shelf();
    expect(await receive(services, actor, { ...delivery(item.id), ...change }, paper)).toMatchObject({
      ok: false,
      reason,
    });
  });

  it('keeps its certificate encrypted, and shows it to those who may see the stock', async () => {
    const { actor, item, lot } = await shelf();
    expect(await readPaper(services, actor, { lotId: lot.id })).toMatchObject({
      mediaType: 'application/pdf',
      bytes: Buffer.from(paper.bytes),
    });
    expect(await readPaper(services, actor, { itemId: item.id })).toMatchObject({ ok: true });
    const bad = { bytes: new Uint8Array(4), mediaType: 'text/html' };
    expect(await receive(services, actor, delivery(item.id), bad)).toMatchObject({
      reason: 'paper-unusable',
      field: 'certificate',
    });
  });
});

describe('a count', () => {
  it('that differs needs a reason and becomes a movement; one that agrees leaves its mark too', async () => {
    const { actor, lot } = await shelf();
    const count = { lotId: lot.id, actId: act(), quantity: 290, unit: 'drop' as const, reason: '' };
    expect(await countLot(services, actor, count)).toMatchObject({ reason: 'needs-reason' });
    const done = await countLot(services, actor, { ...count, reason: 'A cap was left open' });
    expect(done).toMatchObject({ ok: true, difference: -500, lot: { balance: 290 * 50 } });
    await countLot(services, actor, { ...count, actId: act() });
    const { movements } = await pageOf(actor, lot);
    expect(movements.map(({ kind, quantity, said }) => [kind, quantity, said])).toEqual([
      ['counted', 0, 290],
      ['counted', -500, 290],
      ['receipt', 15_000, 300],
    ]);
  });

  it('puts an overdrawn lot right', async () => {
    const { actor, item } = await shelf();
    const lot = await receivedLot(services, actor, item, { lotNumber: 'c', quantity: 2 });
    await take(actor, lot.id, 5);
    expect((await pageOf(actor, lot)).alerts).toEqual(['below-zero']);
    const count = { lotId: lot.id, actId: act(), quantity: 0, unit: 'drop' as const, reason: 'Empty' };
    expect(await countLot(services, actor, count)).toMatchObject({ ok: true, difference: 150 });
    expect((await pageOf(actor, lot)).alerts).toEqual([]);
  });
});

describe('the list', () => {
  it('says what is low by what may still be used, and what ends soon', async () => {
    const actor = await testActor(services, 'owner');
    const item = await madeItem(services, actor, { ...blackInk, lowAt: 100 });
    const good = await receivedLot(services, actor, item, { lotNumber: 'a', quantity: 101 });
    const soon = await receivedLot(services, actor, item, { lotNumber: 'b', expiresOn: '2026-04-01' });
    const first = await readStock(services, actor);
    expect(first.ok && first.items[0]).toMatchObject({ isLow: false, usable: 401 * 50 });
    expect(first.ok && first.items[0]?.lots.map(({ alerts }) => alerts)).toEqual([['expiring'], []]);
    await holdLot(services, actor, { lotId: soon.id, actId: act(), reason: 'A letter from the maker' });
    await take(actor, good.id, 1);
    const then = await readStock(services, actor);
    expect(then.ok && then.items[0]).toMatchObject({ isLow: true, usable: 100 * 50 });
    expect(then.ok && then.items[0]?.lots[0]?.alerts).toEqual(['held']);
  });

  it('is of one clinic, and written by those who keep it', async () => {
    const { actor, item, lot } = await shelf('assistant');
    const stranger = await testActor(services, 'owner');
    expect(await readStock(services, stranger)).toMatchObject({ items: [] });
    expect(await readLot(services, stranger, lot.id)).toMatchObject({ reason: 'no-such-lot' });
    expect(await take(stranger, lot.id, 1)).toMatchObject({ reason: 'no-such-lot' });
    for (const role of ['desk', 'auditor'] as const) {
      const reader = await testActor(services, role, actor.tenantId);
      expect(await readStock(services, reader)).toMatchObject({ ok: true });
      expect(await createItem(services, reader, blackInk)).toMatchObject({ reason: 'not-allowed' });
      expect(await take(reader, lot.id, 1)).toMatchObject({ reason: 'not-allowed' });
      expect(await changeItem(services, reader, item, blackInk)).toMatchObject({ reason: 'not-allowed' });
    }
  });

  it('leaves an entry for every act, without what people typed', async () => {
    const { actor, lot } = await shelf();
    await take(actor, lot.id, 2);
    await holdLot(services, actor, { lotId: lot.id, actId: act(), reason: 'Mrs Somebody called' });
    const entries = await listAudit(services, actor.tenantId);
    expect(entries.map(({ entry }) => entry?.action).slice(0, 4)).toEqual([
      'stock.held',
      'stock.used',
      'stock.receipt',
      'stock.item-created',
    ]);
    expect(JSON.stringify(entries)).not.toContain('Somebody');
  });

  it('refuses two items of one name and maker', async () => {
    const { actor } = await shelf();
    expect(await createItem(services, actor, { ...blackInk, name: 'SCALP black' })).toMatchObject({
      reason: 'item-named-already',
      field: 'name',
    });
  });
});

describe('the sample shelf', () => {
  it('is put up once, may be used today, and its blocklist is empty', async () => {
    const actor = await testActor(services, 'owner');
    for (let time = 0; time < 2; time += 1) {
      await services.db.transaction().execute((trx) => seedSampleStock(services, trx, actor.tenantId));
    }
    const stock = await readStock(services, actor);
    const items = stock.ok ? stock.items : [];
    expect(items.length).toBeGreaterThan(4);
    expect(items.flatMap(({ lots }) => lots.flatMap(({ alerts }) => alerts))).toEqual([]);
    expect(items.every(({ lots, usable }) => lots.length === 1 && usable > 0)).toBe(true);
    expect(items.every(({ item }) => item.name.startsWith('Sample'))).toBe(true);
  });
});
