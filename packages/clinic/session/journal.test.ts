import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testServices } from '../platform/testing/database.ts';
import { keepSession, pushEntries, readSession } from './commands.ts';
import { happenedAt, type KnownEntry, lotsUsed, mayNumb, recordOf, type SessionRecord } from './journal.ts';
import type { DeviceEntry, JournalEntry } from './schema.ts';
import { anotherSession, type Begun, begunSession, emptyOpening, lidocaine1, testTablet } from './testing.ts';

const services = await testServices();

/** What somebody does on a tablet; `pick` chooses among what the tablet knows. */
const actSchema = fc.record({
  kind: fc.constantFrom('pigment', 'other', 'needle', 'pass', 'numbing', 'machine', 'weight', 'note', 'void'),
  amount: fc.integer({ min: 1, max: 5 }),
  pick: fc.nat(1000),
});
type Act = typeof actSchema extends fc.Arbitrary<infer T> ? T : never;

/** What the line does to a sending: `lost` never arrives, `deaf` arrives but the answer is lost, `again` arrives twice. */
const lineSchema = fc.constantFrom('up', 'up', 'lost', 'deaf', 'again');
const stepSchema = fc.record({
  tablet: fc.constantFrom(0, 1),
  acts: fc.array(actSchema, { maxLength: 3 }),
  line: lineSchema,
  /** Old sendings that were held up on the way arrive now, in this order. */
  stragglers: fc.array(fc.nat(1000), { maxLength: 2 }),
  passMs: fc.integer({ min: 0, max: 600_000 }),
});
type Step = typeof stepSchema extends fc.Arbitrary<infer T> ? T : never;

/** A tablet as its page works: a queue, what it knows of the journal, a clock of its own that is wrong. */
function deviceOf(begun: Begun, skewMs: number) {
  const tablet = testTablet(begun.actor.staffId);
  let known: readonly JournalEntry[] = [];
  let queue: DeviceEntry[] = [];
  const seq = () => known.at(-1)?.seq ?? 0;
  const now = () => services.clock.now().getTime() + skewMs;
  return {
    written: [] as DeviceEntry[],
    all: (): KnownEntry[] => [...known, ...queue],
    get waiting() {
      return queue.length;
    },
    act({ kind, amount, pick }: Act) {
      const { pigment, other, needle } = begun.lots;
      const record = recordOf(this.all());
      const replaces = (held: readonly { readonly id: string }[] | undefined) =>
        (held ?? []).map(({ id }) => id);
      const write = <K extends DeviceEntry['kind']>(...args: Parameters<typeof tablet.write<K>>) => {
        const entry = tablet.write(args[0], args[1], seq(), now());
        queue.push(entry);
        this.written.push(entry);
      };
      if (kind === 'pigment' || kind === 'other')
        write('pigment', {
          lotId: kind === 'pigment' ? pigment : other,
          name: 'Scalp black',
          zone: 'a',
          drops: amount,
        });
      else if (kind === 'needle') write('needle', { lotId: needle, name: '3 round', zone: 'a', count: 1 });
      else if (kind === 'pass') write('pass', { zone: 'b', passes: amount });
      else if (kind === 'numbing') {
        // As the page does: what would pass the limit, as far as this tablet knows, is not written.
        const next = lidocaine1(amount);
        const at = new Date(now()).toISOString();
        if (mayNumb(record, emptyOpening(begun.actor), next, at).ok) write('numbing', next);
      } else if (kind === 'machine')
        write('set', {
          field: 'machine',
          value: `Machine ${amount}`,
          replaces: replaces(record.fields.machine),
        });
      else if (kind === 'weight')
        write('set', { field: 'weightKg', value: 55 + amount, replaces: replaces(record.fields.weightKg) });
      else if (kind === 'note') write('note', { text: `Note ${amount}` });
      else {
        const entry = record.pigments[pick % Math.max(1, record.pigments.length)];
        if (entry) write('void', { of: entry.id, reason: 'Miscounted' });
      }
    },
    sending: () => ({
      sentAt: new Date(now()).toISOString(),
      knownSeq: seq(),
      entries: [...queue],
    }),
    heard({ journal, refused }: { journal: readonly JournalEntry[]; refused: readonly { id: string }[] }) {
      const ids = new Set([...known.map(({ id }) => id), ...journal.map(({ id }) => id)]);
      known = [...known, ...journal.filter((entry) => entry.seq > seq())];
      queue = queue.filter(({ id }) => !ids.has(id) && !refused.some((one) => one.id === id));
    },
  };
}

/** A record without what depends on the way it travelled. */
function essence(record: SessionRecord) {
  const plain = (done: readonly { readonly id: string; readonly body: unknown; readonly at: string }[]) =>
    done.map(({ id, body, at }) => ({ id, body, at }));
  return {
    fields: Object.fromEntries(
      Object.entries(record.fields).map(([field, held]) => [
        field,
        held.map(({ id, value }) => ({ id, value })),
      ]),
    ),
    conflicts: record.conflicts,
    numbing: plain(record.numbing),
    pigments: plain(record.pigments),
    needles: plain(record.needles),
    passes: plain(record.passes),
    notes: plain(record.notes),
    voided: record.voided.map(({ entry, reason }) => ({ id: entry.id, reason })),
    lots: lotsUsed(record),
  };
}

/** What a tablet gets when it opens the session. */
async function opened(begun: Begun) {
  const read = await readSession(services, begun.actor, begun.sessionId);
  if (!read.ok) throw new Error(read.message);
  return { journal: read.journal, refused: [] };
}

const shelf = await begunSession(services);

async function ready(): Promise<Begun> {
  const begun = await anotherSession(services, shelf);
  const tablet = testTablet(begun.actor.staffId);
  const height = tablet.write('set', { field: 'heightCm', value: 170, replaces: [] });
  const weight = tablet.write('set', { field: 'weightKg', value: 60, replaces: [] });
  await pushEntries(services, begun.actor, begun.sessionId, {
    sentAt: services.clock.now().toISOString(),
    knownSeq: 0,
    entries: [height, weight],
  });
  return begun;
}

describe('two tablets and a bad line', () => {
  it('law: nothing is lost, nothing counts twice, and everybody ends with the same record', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(stepSchema, { minLength: 3, maxLength: 10 }),
        fc.integer({ min: -1e9, max: 1e9 }),
        async (steps: Step[], skewMs) => {
          const begun = await ready();
          const devices = [deviceOf(begun, skewMs), deviceOf(begun, -skewMs)] as const;
          for (const device of devices) device.heard(await opened(begun));
          const onTheWay: ReturnType<(typeof devices)[0]['sending']>[] = [];
          const deliver = async (sending: (typeof onTheWay)[number]) => {
            const answer = await pushEntries(services, begun.actor, begun.sessionId, sending);
            if (!answer.ok) throw new Error(answer.message);
            return answer;
          };
          const done = new Map<string, number>();
          for (const { tablet, acts, line, stragglers, passMs } of steps) {
            const device = devices[tablet as 0 | 1];
            for (const act of acts) {
              const before = device.written.length;
              device.act(act);
              for (const entry of device.written.slice(before))
                done.set(entry.id, services.clock.now().getTime());
            }
            const sending = device.sending();
            onTheWay.push(sending);
            if (line === 'up') device.heard(await deliver(sending));
            if (line === 'deaf') await deliver(sending);
            if (line === 'again') {
              const first = await deliver(sending);
              device.heard(await deliver(sending));
              device.heard(first);
            }
            for (const at of stragglers) {
              // A straggler's clock readings are as old as it is: what was in it is in the journal by then, or it is new.
              const late = onTheWay[at % onTheWay.length];
              if (late && late.entries.every(({ id }) => done.has(id))) await deliver(late);
            }
            services.clock.advance(passMs);
          }
          // The line is good again: each asks until there is nothing new.
          for (const device of [...devices, ...devices]) device.heard(await deliver(device.sending()));

          const read = await readSession(services, begun.actor, begun.sessionId);
          if (!read.ok) throw new Error(read.message);
          const kept = recordOf(read.journal);
          const [one, two] = devices;
          expect([one.waiting, two.waiting]).toEqual([0, 0]);
          expect(recordOf(one.all())).toEqual(kept);
          expect(recordOf(two.all())).toEqual(kept);
          const written = [...one.written, ...two.written];
          const ids = read.journal.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids.slice(2).toSorted()).toEqual(written.map(({ id }) => id).toSorted());
          expect(read.journal.map(({ seq }) => seq)).toEqual(ids.map((_, i) => i + 1));
          const standing = written.filter(
            ({ id, kind }) =>
              kind === 'pigment' && !written.some((other) => other.kind === 'void' && other.body.of === id),
          );
          expect(kept.pigments).toHaveLength(standing.length);
        },
      ),
      { numRuns: 8 },
    );
  }, 180_000);

  it('law: the record is the same whatever the order of the entries and however often each is given', () => {
    const entries = fc.array(fc.tuple(actSchema, fc.constantFrom(0, 1), fc.boolean()), { maxLength: 20 });
    fc.assert(
      fc.property(entries, fc.infiniteStream(fc.nat(1000)), (acts, chance) => {
        const begun = {
          actor: { staffId: crypto.randomUUID() },
          lots: { pigment: crypto.randomUUID(), other: crypto.randomUUID(), needle: crypto.randomUUID() },
        } as Begun;
        const devices = [deviceOf(begun, 0), deviceOf(begun, 0)] as const;
        for (const [act, at] of acts) devices[at as 0 | 1].act(act);
        const all = devices.flatMap((device) => device.all());
        const doubled = all.flatMap((entry, i) => (acts[i]?.[2] ? [entry, entry] : [entry]));
        const next = () => chance.next().value ?? 0;
        const shuffled = doubled
          .map((entry) => ({ entry, by: next() }))
          .toSorted((a, b) => a.by - b.by)
          .map(({ entry }) => entry);
        expect(essence(recordOf(shuffled))).toEqual(essence(recordOf(all)));
      }),
    );
  });
});

describe('a field', () => {
  const set = (tablet: ReturnType<typeof testTablet>, value: string, replaces: string[] = []) =>
    tablet.write('set', { field: 'machine', value, replaces });

  it('shows both values of two tablets that did not see each other, and one once it was chosen', () => {
    const [one, two] = [testTablet(crypto.randomUUID()), testTablet(crypto.randomUUID())];
    const [first, second] = [set(one, 'Rotary'), set(two, 'Pen')];
    const both = recordOf([first, second]);
    expect(both.conflicts).toEqual(['machine']);
    expect(both.fields.machine?.map(({ value }) => value).toSorted()).toEqual(['Pen', 'Rotary']);
    const chosen = recordOf([first, second, set(one, 'Pen', [first.id, second.id])]);
    expect(chosen.conflicts).toEqual([]);
    expect(chosen.fields.machine?.map(({ value }) => value)).toEqual(['Pen']);
  });

  it('is no conflict when both wrote the same', () => {
    const [one, two] = [testTablet(crypto.randomUUID()), testTablet(crypto.randomUUID())];
    expect(recordOf([set(one, 'Pen'), set(two, 'Pen')]).conflicts).toEqual([]);
  });
});

describe('the time of an entry', () => {
  it('law: a clock that is wrong but runs gives the true time; no entry is later than its arrival', () => {
    const ms = fc.integer({ min: 0, max: 2e12 });
    fc.assert(
      fc.property(
        ms,
        fc.integer({ min: 0, max: 1e9 }),
        fc.integer({ min: -1e12, max: 1e12 }),
        (madeMs, laterMs, skewMs) => {
          fc.pre(madeMs + skewMs >= 0);
          const by = (at: number) => new Date(at + skewMs).toISOString();
          const received = new Date(madeMs + laterMs);
          expect(happenedAt(by(madeMs), by(madeMs + laterMs), received).getTime()).toBe(madeMs);
          expect(happenedAt(by(madeMs + laterMs), by(madeMs), received) <= received).toBe(true);
        },
      ),
    );
  });
});

it('keeping is for a session that has not moved since the page looked', async () => {
  const begun = await ready();
  expect(await keepSession(services, begun.actor, begun.sessionId, 1)).toMatchObject({
    reason: 'journal-moved',
  });
});
