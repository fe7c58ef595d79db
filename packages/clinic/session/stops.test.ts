import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testServices } from '../platform/testing/database.ts';
import { openRecall } from '../stock/recall.ts';
import { pushEntries, readSession } from './commands.ts';
import type { DeviceEntry } from './schema.ts';
import { stopFlags } from './stops.ts';
import { begunSession, lidocaine1, testTablet } from './testing.ts';

const services = await testServices();
const pigment = { name: 'Sample beige', zone: 'upper-lip', drops: 3 };

describe('a session that is stopped from outside', () => {
  it('law: what was done on the person after a stop is marked, and nothing else', () => {
    const tablet = testTablet('a');
    const entries = [
      tablet.write('pigment', { ...pigment, lotId: 'held' }),
      tablet.write('pigment', { ...pigment, lotId: 'other' }),
      tablet.write('numbing', lidocaine1(1)),
      tablet.write('note', { text: 'x' }),
      tablet.write('void', { of: 'x', reason: '' }),
    ];
    const instant = fc
      .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
      .map((at) => at.toISOString());
    fc.assert(
      fc.property(
        fc.constantFrom(...entries),
        instant,
        fc.option(instant),
        fc.option(instant),
        (entry, at, withdrawn, held) => {
          const stops = {
            ...(withdrawn !== null && { consentWithdrawnAt: withdrawn }),
            ...(held !== null && { heldLots: [{ id: 'held', heldAt: held }] }),
          };
          const isAct = entry.kind === 'pigment' || entry.kind === 'numbing';
          const flags = stopFlags(stops, entry, at);
          expect(flags.includes('consent-withdrawn')).toBe(isAct && withdrawn !== null && at >= withdrawn);
          const isHeld = entry.kind === 'pigment' && entry.body.lotId === 'held';
          expect(flags.includes('held-lot')).toBe(isHeld && held !== null && at >= held);
        },
      ),
    );
    expect(stopFlags(undefined, entries[0] as DeviceEntry, '2026-03-02T05:00:00.000Z')).toEqual([]);
  });

  it('takes what a recalled lot has done already, marks it, and tells the tablet with its next push', async () => {
    const begun = await begunSession(services);
    const { actor, sessionId, lots } = begun;
    const tablet = testTablet(actor.staffId, services.clock.now().getTime());
    const push = async (entries: readonly DeviceEntry[]) => {
      const sentAt = services.clock.now().toISOString();
      const answer = await pushEntries(services, actor, sessionId, {
        sentAt,
        knownSeq: 0,
        entries: [...entries],
      });
      if (!answer.ok) throw new Error(answer.message);
      return answer;
    };
    const before = tablet.write('pigment', { ...pigment, lotId: lots.pigment });
    expect((await push([before])).ruledOut.stops).toBeUndefined();
    services.clock.advance(60_000);
    expect(
      await openRecall(services, actor, { lotId: lots.pigment, reason: 'Told by the maker' }),
    ).toMatchObject({
      ok: true,
    });
    services.clock.advance(60_000);
    const now = services.clock.now().getTime();
    const after = tablet.write('pigment', { ...pigment, lotId: lots.pigment }, 1, now);
    const other = tablet.write('pigment', { ...pigment, lotId: lots.other }, 1, now);
    const answer = await push([after, other]);
    expect(answer.refused).toEqual([]);
    expect(answer.journal.map(({ flags }) => flags)).toEqual([[], ['held-lot'], []]);
    expect(answer.ruledOut.stops?.heldLots?.map(({ id }) => id)).toEqual([lots.pigment]);
    const read = await readSession(services, actor, sessionId);
    expect(read.ok && read.opening.stops).toEqual(answer.ruledOut.stops);
  });
});
