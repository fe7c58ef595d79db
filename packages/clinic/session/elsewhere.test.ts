import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testServices } from '../platform/testing/database.ts';
import { createPatient } from '../record/commands.ts';
import { noteHealth } from '../record/health.ts';
import { mergePatients, undoMerge } from '../record/merge.ts';
import { pushEntries, readSession } from './commands.ts';
import { withNews } from './elsewhere.ts';
import { knowing, type RuledOutKind, ruledOutKinds, withRuledOut } from './ruled-out.ts';
import type { DeviceEntry, EarlierDose } from './schema.ts';
import { anotherSession, type Begun, begunSession, emptyOpening, lidocaine1, testTablet } from './testing.ts';

const services = await testServices();

async function sent(
  begun: Begun,
  entries: readonly DeviceEntry[],
  knownEarlier?: number,
  knownRuledOut?: readonly RuledOutKind[],
) {
  const answer = await pushEntries(services, begun.actor, begun.sessionId, {
    sentAt: services.clock.now().toISOString(),
    knownSeq: 0,
    ...(knownEarlier !== undefined && { knownEarlier }),
    ...(knownRuledOut && { knownRuledOut: [...knownRuledOut] }),
    entries: [...entries],
  });
  if (!answer.ok) throw new Error(answer.message);
  return answer;
}

const tabletOf = ({ actor }: Begun) => testTablet(actor.staffId, services.clock.now().getTime());

/** One person with two records, a session open on each. */
async function twoRecords() {
  const first = await begunSession(services);
  const made = await createPatient(services, first.actor, {
    name: 'Sample patient 102',
    language: 'en',
    synthetic: true,
  });
  if (!made.ok) throw new Error(made.message);
  const second = await anotherSession(services, { ...first, patientId: made.patient.id });
  for (const one of [first, second])
    await sent(one, [
      tabletOf(one).write('set', { field: 'weightKg', value: 60, replaces: [] }),
      testTablet(one.actor.staffId).write('set', { field: 'heightCm', value: 165, replaces: [] }),
    ]);
  const merge = async () => {
    const answer = await mergePatients(services, first.actor, {
      fromId: second.patientId,
      intoId: first.patientId,
    });
    if (!answer.ok) throw new Error(answer.message);
    return answer.mergeId;
  };
  return { first, second, merge };
}

describe('doses written on another record of the person', () => {
  it('reach the tablet whose session is open when the records become one, and its hard stop counts them', async () => {
    const { first, second, merge } = await twoRecords();
    await sent(first, [tabletOf(first).write('numbing', lidocaine1(20), 9)]);
    expect((await sent(second, [])).earlier).toEqual([]);
    await merge();
    const heard = await sent(second, []);
    expect(heard.earlier).toMatchObject([{ given: { amount: 20 } }]);
    const tablet = tabletOf(second);
    const refused = await sent(second, [tablet.write('numbing', lidocaine1(20), 9)], heard.earlier.length);
    expect(refused.refused).toMatchObject([{ reason: 'over-limit', field: 'amount' }]);
    const little = await sent(second, [tablet.write('numbing', lidocaine1(2), 9)], heard.earlier.length);
    expect(little.refused).toEqual([]);
    // And back: the other tablet hears of the two millilitres.
    expect((await sent(first, [])).earlier).toMatchObject([{ given: { amount: 2 } }]);
    const opened = await readSession(services, second.actor, second.sessionId);
    expect(opened.ok && opened.opening.earlier).toHaveLength(1);
  });

  it('that a tablet could not know of are kept beside its own, flagged: what was given stays given', async () => {
    const { first, second, merge } = await twoRecords();
    await sent(first, [tabletOf(first).write('numbing', lidocaine1(20), 9)]);
    await merge();
    const late = await sent(second, [tabletOf(second).write('numbing', lidocaine1(20), 9)], 0);
    expect(late.refused).toEqual([]);
    expect(late.journal.at(-1)?.flags).toEqual(['over-limit']);
  });

  it('no longer count when the merge is undone, or the dose was taken back there', async () => {
    const { first, second, merge } = await twoRecords();
    const tablet = tabletOf(first);
    const dose = tablet.write('numbing', lidocaine1(20), 9);
    await sent(first, [dose]);
    const mergeId = await merge();
    expect((await sent(second, [])).earlier).toHaveLength(1);
    expect(await undoMerge(services, first.actor, mergeId)).toMatchObject({ ok: true });
    expect((await sent(second, [])).earlier).toMatchObject([{ isGone: true }]);
    await merge();
    expect((await sent(second, [])).earlier[0]).not.toHaveProperty('isGone');
    await sent(first, [tablet.write('void', { of: dose.id, reason: 'typed twice' })]);
    const heard = await sent(second, []);
    expect(heard.earlier).toMatchObject([{ isGone: true }]);
    const given = await sent(second, [tabletOf(second).write('numbing', lidocaine1(20), 9)], 1);
    expect(given.refused).toEqual([]);
    expect(given.journal.at(-1)?.flags).toEqual([]);
  });

  it('count when two tablets write at the same moment: one of the two is flagged', async () => {
    const { first, second, merge } = await twoRecords();
    await merge();
    const answers = await Promise.all(
      [first, second].map((one) => sent(one, [tabletOf(one).write('numbing', lidocaine1(20), 9)], 0)),
    );
    const flags = answers.flatMap(({ journal }) => journal.flatMap((entry) => entry.flags));
    expect(flags).toEqual(['over-limit']);
  });
});

describe('what the record rules out after a session began', () => {
  it('reaches the open tablet with the merge, refuses from then on, and goes when the merge is undone', async () => {
    const { first, second, merge } = await twoRecords();
    const noted = await noteHealth(services, first.actor, first.patientId, {
      kind: 'allergy',
      flag: 'amide-anaesthetic-allergy',
      note: '',
    });
    expect(noted.ok).toBe(true);
    expect((await sent(second, [])).ruledOut).toMatchObject({ mayHaveAmides: true });
    const mergeId = await merge();
    expect((await sent(second, [])).ruledOut).toMatchObject({
      mayHaveAmides: false,
      learnt: { amides: services.clock.now().toISOString() },
    });
    const opened = await readSession(services, second.actor, second.sessionId);
    expect(opened.ok && opened.opening.mayHaveAmides).toBe(false);
    const tablet = tabletOf(second);
    const refused = await sent(second, [tablet.write('numbing', lidocaine1(2), 9)], 0, ['amides']);
    expect(refused.refused).toMatchObject([{ reason: 'amide-ruled-out', field: 'product' }]);
    expect(await undoMerge(services, first.actor, mergeId)).toMatchObject({ ok: true });
    expect((await sent(second, [])).ruledOut).toEqual({
      mayHaveAmides: true,
      mayHavePrilocaine: true,
      learnt: {},
    });
    const given = await sent(second, [tablet.write('numbing', lidocaine1(2), 9)], 0);
    expect([given.refused, given.journal.at(-1)?.flags]).toEqual([[], []]);
  });

  it('is noted on what a tablet gave that could not know of it: what was given stays given', async () => {
    const { first, second, merge } = await twoRecords();
    await noteHealth(services, first.actor, first.patientId, {
      kind: 'allergy',
      flag: 'amide-anaesthetic-allergy',
      note: '',
    });
    await merge();
    const late = await sent(second, [tabletOf(second).write('numbing', lidocaine1(2), 9)], 0);
    expect([late.refused, late.journal.at(-1)?.flags]).toEqual([[], ['ruled-out']]);
  });

  it('follows the record to and fro, and never gives back what the session began without', () => {
    const now = new Date('2026-03-02T05:00:00Z');
    const sets = fc.array(fc.subarray([...ruledOutKinds]), { maxLength: 6 });
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), sets, (mayHaveAmides, mayHavePrilocaine, rounds) => {
        const begun = { ...emptyOpening({ staffId: '' }), mayHaveAmides, mayHavePrilocaine };
        let opening = begun;
        for (const round of rounds) {
          const ruledOut = new Set(round);
          opening = withRuledOut(opening, ruledOut, now);
          expect(opening.mayHaveAmides).toBe(mayHaveAmides && !ruledOut.has('amides'));
          expect(opening.mayHavePrilocaine).toBe(mayHavePrilocaine && !ruledOut.has('prilocaine'));
          expect(withRuledOut(opening, ruledOut, now)).toBe(opening);
          expect(knowing(opening)).toMatchObject({ mayHaveAmides, mayHavePrilocaine });
          expect(knowing(opening, round)).toEqual(opening);
        }
      }),
    );
  });
});

describe('the list of doses elsewhere', () => {
  const dose = fc.record({
    at: fc.constant('2026-03-02T04:30:00.000Z'),
    of: fc.constantFrom('a', 'b', 'c', 'd'),
    given: fc.constant(lidocaine1(1)),
  }) as fc.Arbitrary<EarlierDose>;
  const unique = fc.uniqueArray(dose, { selector: ({ of }) => of });

  it('only grows, counts exactly what is there now, and has no news twice', () => {
    const now = new Date('2026-03-02T05:00:00Z');
    fc.assert(
      fc.property(unique, fc.array(unique, { maxLength: 5 }), (initial, rounds) => {
        let known: readonly EarlierDose[] = initial;
        for (const there of rounds) {
          const next = withNews(known, there, now) ?? known;
          expect(next.map(({ of }) => of).slice(0, known.length)).toEqual(known.map(({ of }) => of));
          const counted = next.filter(({ isGone }) => isGone === undefined).map(({ of }) => of);
          expect(new Set(counted)).toEqual(new Set(there.map(({ of }) => of)));
          expect(withNews(next, there, now)).toBeUndefined();
          known = next;
        }
      }),
    );
  });
});
