import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { listAudit, verifyAudit } from '../audit/commands.ts';
import { testServices } from '../platform/testing/database.ts';
import { testMember } from '../staff/testing.ts';
import { readLot } from '../stock/commands.ts';
import { madeItem, receivedLot } from '../stock/testing.ts';
import {
  keepSession,
  pushEntries,
  readSession,
  sessionsOfLots,
  signSession,
  unsignedSessions,
  verifySession,
} from './commands.ts';
import type { DeviceEntry } from './schema.ts';
import { type Begun, begunSession, lidocaine1, testTablet } from './testing.ts';

const services = await testServices();
const sentAt = () => services.clock.now().toISOString();

async function sent(begun: Begun, entries: readonly DeviceEntry[], knownSeq = 0) {
  const answer = await pushEntries(services, begun.actor, begun.sessionId, {
    sentAt: sentAt(),
    knownSeq,
    entries: [...entries],
  });
  if (!answer.ok) throw new Error(answer.message);
  return answer;
}

/** Everything a session must have, by one tablet. */
function whole(begun: Begun, drops = 12) {
  const tablet = testTablet(begun.actor.staffId, services.clock.now().getTime());
  const { pigment, needle } = begun.lots;
  return {
    tablet,
    entries: [
      tablet.write('pigment', { lotId: pigment, name: 'Scalp black', zone: 'upper-lip', drops }),
      tablet.write('needle', { lotId: needle, name: '3 round', zone: 'upper-lip', count: 2 }),
      tablet.write('pass', { zone: 'upper-lip', passes: 2, depthMm: 0.5 }),
      tablet.write('set', { field: 'bleeding', value: 'none', replaces: [] }),
      tablet.write('set', { field: 'endpoint', value: 'even-colour', replaces: [] }),
      tablet.write('set', { field: 'stopReason', value: 'as-planned', replaces: [] }),
    ],
  };
}

async function balance(begun: Begun, lotId: string): Promise<number> {
  const page = await readLot(services, begun.actor, lotId);
  if (!page.ok) throw new Error(page.message);
  return page.lot.balance;
}

describe('the journal', () => {
  it('takes entries once however often they are sent, and answers with what the device does not know', async () => {
    const begun = await begunSession(services);
    const { entries } = whole(begun);
    const first = await sent(begun, entries.slice(0, 3));
    expect(first.journal.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    const again = await sent(begun, entries, 3);
    expect(again.journal.map(({ seq }) => seq)).toEqual([4, 5, 6]);
    const read = await readSession(services, begun.actor, begun.sessionId);
    expect(read.ok && read.journal.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
  });

  it('refuses at its field what cannot be used, and keeps the rest', async () => {
    const begun = await begunSession(services);
    const { tablet, entries } = whole(begun);
    const bad = tablet.write('pigment', { lotId: begun.lots.pigment, name: 'x', zone: '', drops: -1 });
    const nowhere = tablet.write('pigment', { lotId: randomUUID(), name: 'x', zone: '', drops: 1 });
    const nobody = tablet.write('photo', { photoId: randomUUID(), view: 'front', moment: 'before' });
    const answer = await sent(begun, [...entries, bad, nowhere, nobody]);
    expect(answer.journal).toHaveLength(entries.length);
    expect(answer.refused).toMatchObject([
      { id: bad.id, reason: 'bad-entry', field: 'drops' },
      { id: nowhere.id, reason: 'no-such-lot' },
      { id: nobody.id, reason: 'no-such-photo' },
    ]);
  });

  it('puts a wrong clock right by how long ago the device says it was', async () => {
    const begun = await begunSession(services);
    const deviceNow = Date.parse('2011-01-01T00:10:00Z');
    const tablet = testTablet(begun.actor.staffId, deviceNow - 600_000);
    const answer = await pushEntries(services, begun.actor, begun.sessionId, {
      sentAt: new Date(deviceNow).toISOString(),
      knownSeq: 0,
      entries: [tablet.write('note', { text: 'Ten minutes ago' })],
    });
    const expected = new Date(services.clock.now().getTime() - 600_000).toISOString();
    expect(answer.ok && answer.journal[0]?.happenedAt).toBe(expected);
  });

  it('knows which lot touched whom before the session is kept', async () => {
    const begun = await begunSession(services);
    await sent(begun, whole(begun).entries);
    expect(await sessionsOfLots(services.db, begun.tenantId, [begun.lots.pigment])).toMatchObject([
      { patientId: begun.patientId, sessionId: begun.sessionId, zone: 'upper-lip', drops: 12, state: 'open' },
    ]);
  });

  it('is closed to roles and clinics that have no part in it', async () => {
    const begun = await begunSession(services);
    const { entries } = whole(begun);
    const push = { sentAt: sentAt(), knownSeq: 0, entries };
    for (const role of ['desk', 'auditor'] as const) {
      const member = await testMember(services, role, begun.tenantId);
      expect(await pushEntries(services, member, begun.sessionId, push)).toMatchObject({
        reason: 'not-allowed',
      });
      expect(await readSession(services, member, begun.sessionId)).toMatchObject({ reason: 'not-allowed' });
      expect(await keepSession(services, member, begun.sessionId, 0)).toMatchObject({
        reason: 'not-allowed',
      });
    }
    const stranger = await testMember(services);
    expect(await pushEntries(services, stranger, begun.sessionId, push)).toMatchObject({
      reason: 'no-such-session',
    });
    const assistant = await testMember(services, 'assistant', begun.tenantId);
    expect(await signSession(services, assistant, begun.sessionId, 0)).toMatchObject({
      reason: 'not-allowed',
    });
  });
});

describe('the numbing limit', () => {
  it('stops an entry its own device should have stopped', async () => {
    const begun = await begunSession(services);
    const tablet = testTablet(begun.actor.staffId);
    const answer = await sent(begun, [
      tablet.write('set', { field: 'weightKg', value: 60, replaces: [] }),
      tablet.write('set', { field: 'heightCm', value: 165, replaces: [] }),
      tablet.write('numbing', lidocaine1(20)),
      tablet.write('numbing', lidocaine1(7.5)),
    ]);
    expect(answer.journal).toHaveLength(3);
    expect(answer.refused).toMatchObject([{ reason: 'over-limit', field: 'amount' }]);
  });

  it('keeps what two tablets gave without knowing of each other, says so, and asks a physician for a word', async () => {
    const begun = await begunSession(services);
    const [one, two] = [testTablet(begun.actor.staffId), testTablet(begun.actor.staffId)];
    const { journal } = await sent(begun, [
      one.write('set', { field: 'weightKg', value: 60, replaces: [] }),
      one.write('set', { field: 'heightCm', value: 165, replaces: [] }),
    ]);
    await sent(begun, [one.write('numbing', lidocaine1(20), journal.length)]);
    const late = await sent(begun, [two.write('numbing', lidocaine1(20), journal.length)]);
    expect(late.refused).toEqual([]);
    expect(late.journal.at(-1)?.flags).toEqual(['over-limit']);
    const rest = await sent(begun, whole(begun).entries);
    const seq = rest.session.journalSeq;
    expect(await keepSession(services, begun.actor, begun.sessionId, seq)).toMatchObject({
      reason: 'incomplete',
      faults: ['over-limit-note-missing'],
    });
    const noted = await sent(begun, [
      two.write('set', { field: 'overLimitNote', value: 'Observed two hours, well.', replaces: [] }),
    ]);
    expect(await keepSession(services, begun.actor, begun.sessionId, noted.session.journalSeq)).toMatchObject(
      {
        ok: true,
      },
    );
  });
});

describe('keeping and signing', () => {
  it('moves the stock once, by what the journal says', async () => {
    const begun = await begunSession(services);
    const before = await balance(begun, begun.lots.pigment);
    const { session } = await sent(begun, whole(begun).entries);
    for (let tries = 0; tries < 3; tries++) {
      expect(await keepSession(services, begun.actor, begun.sessionId, session.journalSeq)).toMatchObject({
        ok: true,
        session: { state: 'kept', isBehind: false },
      });
    }
    expect(before - (await balance(begun, begun.lots.pigment))).toBe(12 * 50);
  });

  it('moves diluent, consumables and drugs by their lots too, and recall knows whom they touched', async () => {
    const begun = await begunSession(services);
    const { actor, tenantId } = begun;
    const saline = await madeItem(services, actor, { kind: 'consumable', name: 'Saline', unit: 'ml' });
    const diluent = await receivedLot(services, actor, saline, { lotNumber: 'S-1', quantity: 10 });
    const gauze = await madeItem(services, actor, { kind: 'consumable', name: 'Gauze', unit: 'piece' });
    const swabs = await receivedLot(services, actor, gauze, { lotNumber: 'G-1', quantity: 40 });
    const { tablet, entries } = whole(begun);
    const answer = await sent(begun, [
      ...entries,
      tablet.write('diluent', { lotId: diluent.id, name: 'Saline', zone: 'upper-lip', drops: 20 }),
      tablet.write('consumable', { lotId: swabs.id, name: 'Gauze', zone: 'upper-lip', count: 3 }),
    ]);
    expect(answer.refused).toEqual([]);
    expect(await sessionsOfLots(services.db, tenantId, [diluent.id, swabs.id])).toMatchObject([
      { patientId: begun.patientId, state: 'open' },
      { patientId: begun.patientId, state: 'open' },
    ]);
    const before = [await balance(begun, diluent.id), await balance(begun, swabs.id)];
    await keepSession(services, actor, begun.sessionId, answer.session.journalSeq);
    // A drop is 50 µL here; a lot of saline is counted in them whatever unit it came in.
    expect((before[0] ?? 0) - (await balance(begun, diluent.id))).toBe(20 * 50);
    expect((before[1] ?? 0) - (await balance(begun, swabs.id))).toBe(3);
  });

  it('after late entries moves it by the difference, in either direction', async () => {
    const begun = await begunSession(services);
    const before = await balance(begun, begun.lots.pigment);
    const { tablet, entries } = whole(begun);
    const { session } = await sent(begun, entries);
    await keepSession(services, begun.actor, begun.sessionId, session.journalSeq);
    const late = testTablet(begun.actor.staffId);
    const more = await sent(begun, [
      late.write('pigment', { lotId: begun.lots.pigment, name: 'Scalp black', zone: 'lower-lip', drops: 3 }),
      tablet.write('void', { of: entries[0]?.id ?? '', reason: 'Counted twice' }),
      late.write('pigment', { lotId: begun.lots.other, name: 'Scalp black', zone: 'upper-lip', drops: 4 }),
    ]);
    expect(more.session.isBehind).toBe(true);
    expect(await signSession(services, begun.actor, begun.sessionId, more.session.journalSeq)).toMatchObject({
      reason: 'not-kept',
    });
    expect(await keepSession(services, begun.actor, begun.sessionId, more.session.journalSeq)).toMatchObject({
      ok: true,
    });
    expect(before - (await balance(begun, begun.lots.pigment))).toBe(3 * 50);
    expect(before - (await balance(begun, begun.lots.other))).toBe(4 * 50);
  });

  it('waits for its signature from keeping to signing, and is shown to those who may read sessions', async () => {
    const begun = await begunSession(services);
    const waiting = async () => {
      const found = await unsignedSessions(services, begun.actor);
      return found.ok && [found.count, ...found.sessions.map(({ id, patientId }) => ({ id, patientId }))];
    };
    const { session } = await sent(begun, whole(begun).entries);
    expect(await waiting()).toEqual([0]);
    await keepSession(services, begun.actor, begun.sessionId, session.journalSeq);
    expect(await waiting()).toEqual([1, { id: begun.sessionId, patientId: begun.patientId }]);
    const desk = await testMember(services, 'desk', begun.tenantId);
    expect(await unsignedSessions(services, desk)).toMatchObject({ reason: 'not-allowed' });
    const stranger = await testMember(services);
    expect(await unsignedSessions(services, stranger)).toEqual({ ok: true, count: 0, sessions: [] });
    await signSession(services, begun.actor, begun.sessionId, session.journalSeq);
    expect(await waiting()).toEqual([0]);
    const listed = await listAudit(services, begun.tenantId, { subjectId: begun.tenantId });
    expect(listed.filter(({ entry }) => entry?.action === 'session.unsigned-listed')).toHaveLength(3);
  });

  it('does not keep what the page has not shown', async () => {
    const begun = await begunSession(services);
    const { session } = await sent(begun, whole(begun).entries);
    expect(await keepSession(services, begun.actor, begun.sessionId, session.journalSeq - 1)).toMatchObject({
      reason: 'journal-moved',
    });
  });

  it('asks for what is missing', async () => {
    const begun = await begunSession(services);
    expect(await keepSession(services, begun.actor, begun.sessionId, 0)).toMatchObject({
      reason: 'incomplete',
      faults: ['stop-reason-missing', 'nothing-done'],
    });
  });

  it('plans check-ins for a session that was performed, none for one that was called off', async () => {
    const performed = await begunSession(services);
    const { session } = await sent(performed, whole(performed).entries);
    await keepSession(services, performed.actor, performed.sessionId, session.journalSeq);
    const off = await begunSession(services);
    const tablet = testTablet(off.actor.staffId);
    const said = await sent(off, [
      tablet.write('set', { field: 'stopReason', value: 'patient-wish', replaces: [] }),
    ]);
    await keepSession(services, off.actor, off.sessionId, said.session.journalSeq);
    const planned = async (sessionId: string) =>
      (await services.db.selectFrom('check_ins').select('id').where('session_id', '=', sessionId).execute())
        .length;
    expect(await planned(performed.sessionId)).toBeGreaterThan(5);
    expect(await planned(off.sessionId)).toBe(0);
  });

  it('signing closes the record; what comes later stands beside it and leaves the signed text whole', async () => {
    const begun = await begunSession(services);
    const { tablet, entries } = whole(begun);
    const { session } = await sent(begun, entries);
    await keepSession(services, begun.actor, begun.sessionId, session.journalSeq);
    const early = await sent(begun, [tablet.write('addendum', { text: 'Too early' })]);
    expect(early.refused).toMatchObject([{ reason: 'not-signed' }]);
    const signed = await signSession(services, begun.actor, begun.sessionId, session.journalSeq);
    if (!signed.ok) throw new Error(signed.message);
    const late = testTablet(begun.actor.staffId);
    const after = await sent(begun, [
      late.write('note', { text: 'Written while the line was down' }),
      late.write('addendum', { text: 'The lower lip was not treated.' }),
    ]);
    expect(after.journal.slice(-2).map(({ flags }) => flags)).toEqual([['after-signing'], ['after-signing']]);
    expect(await verifySession(services, begun.actor, begun.sessionId)).toMatchObject({
      isWhole: true,
      sha256: signed.sha256,
    });
    expect(await keepSession(services, begun.actor, begun.sessionId, 99)).toMatchObject({
      reason: 'already-signed',
    });
    const entriesOf = await listAudit(services, begun.tenantId, { subjectId: begun.sessionId });
    expect(entriesOf.find(({ entry }) => entry?.action === 'session.signed')?.entry?.change).toMatchObject({
      after: { sha256: signed.sha256 },
    });
  });

  it('waits with signing until a physician has chosen between two values', async () => {
    const begun = await begunSession(services);
    const [one, two] = [testTablet(begun.actor.staffId), testTablet(begun.actor.staffId)];
    const machine = (tablet: typeof one, value: string, replaces: string[] = []) =>
      tablet.write('set', { field: 'machine', value, replaces });
    const [rotary, pen] = [machine(one, 'Rotary'), machine(two, 'Pen')];
    await sent(begun, [rotary, ...whole(begun).entries]);
    const { session } = await sent(begun, [pen]);
    await keepSession(services, begun.actor, begun.sessionId, session.journalSeq);
    expect(await signSession(services, begun.actor, begun.sessionId, session.journalSeq)).toMatchObject({
      faults: ['conflict'],
    });
    const assistant = await testMember(services, 'assistant', begun.tenantId);
    const choice = { sentAt: sentAt(), knownSeq: 0, entries: [machine(two, 'Pen', [rotary.id, pen.id])] };
    const refused = await pushEntries(services, assistant, begun.sessionId, choice);
    expect(refused.ok && refused.refused).toMatchObject([{ reason: 'physician-decides' }]);
    const chosen = await sent(begun, choice.entries);
    await keepSession(services, begun.actor, begun.sessionId, chosen.session.journalSeq);
    expect(
      await signSession(services, begun.actor, begun.sessionId, chosen.session.journalSeq),
    ).toMatchObject({
      ok: true,
    });
  });

  it('leaves a whole audit chain', async () => {
    expect((await verifyAudit(services)).faults).toEqual([]);
  });
});
