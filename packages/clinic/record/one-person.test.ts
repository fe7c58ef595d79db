import { describe, expect, it } from 'vitest';
import { gatesFor } from '../candidacy/rules.ts';
import type { Answers } from '../candidacy/schema.ts';
import { testServices } from '../platform/testing/database.ts';
import { decide, readScreening, saveAnswers } from '../screening/commands.ts';
import { readinessFor } from '../screening/gate.ts';
import { placeSpot, readSpot } from '../screening/spot-commands.ts';
import { keepSession, listSessions, pushEntries, signSession, verifySession } from '../session/commands.ts';
import { earlierNumbing } from '../session/elsewhere.ts';
import { type Begun, begunSession, lidocaine1, testTablet } from '../session/testing.ts';
import type { Actor } from '../staff/schema.ts';
import { testMember } from '../staff/testing.ts';
import { readRecall } from '../stock/recall.ts';
import { closedChannels, createPatient } from './commands.ts';
import { setContactConsent } from './health.ts';
import { mergePatients, undoMerge } from './merge.ts';
import { isSamePerson, personOf } from './same-person.ts';

const services = await testServices();
const treatment = 'lip';

async function patient(actor: Actor, name = 'Sample patient 140'): Promise<string> {
  const made = await createPatient(services, actor, { name, language: 'en', synthetic: true });
  if (!made.ok) throw new Error(made.message);
  return made.patient.id;
}

async function merged(actor: Actor, fromId: string, intoId: string): Promise<string> {
  const answer = await mergePatients(services, actor, { fromId, intoId });
  if (!answer.ok) throw new Error(answer.message);
  services.clock.advance(60_000);
  return answer.mergeId;
}

const clear = Object.fromEntries(
  gatesFor(treatment, 'physician').map((gate) => [gate.id, { choice: gate.options[0].id }]),
) as Answers;

async function answered(actor: Actor, patientId: string, answers: Answers = clear): Promise<void> {
  const saved = await saveAnswers(services, actor, { patientId, treatment, answers });
  if (!saved.ok) throw new Error(saved.message);
}

async function decided(actor: Actor, patientId: string, overall: 'go' | 'no'): Promise<void> {
  const { answers, findings } = await screening(actor, patientId);
  const reason = 'Looked at and weighed.';
  const done = await decide(services, actor, {
    patientId,
    treatment,
    answersVersion: answers?.version ?? 1,
    overall,
    reason,
    gates: findings.map(({ gate }) => ({ gate, word: overall, reason })),
  });
  if (!done.ok) throw new Error(done.message);
}

async function screening(actor: Actor, patientId: string) {
  const read = await readScreening(services, actor, patientId, treatment);
  if (!read.ok) throw new Error(read.message);
  return read.screening;
}

async function step(actor: Actor, patientId: string, name: 'screening' | 'spots') {
  const read = await readinessFor(services, actor, patientId, treatment);
  return read.ok ? read.readiness.steps.find((one) => one.step === name) : undefined;
}

/** A session of a few seconds ago with a dose, a pigment and all it needs, kept and signed. */
async function treated(begun: Begun, millilitres: number): Promise<void> {
  const tablet = testTablet(begun.actor.staffId, services.clock.now().getTime());
  const { pigment, needle } = begun.lots;
  const pushed = await pushEntries(services, begun.actor, begun.sessionId, {
    sentAt: services.clock.now().toISOString(),
    knownSeq: 0,
    entries: [
      tablet.write('set', { field: 'weightKg', value: 60, replaces: [] }),
      tablet.write('set', { field: 'heightCm', value: 165, replaces: [] }),
      tablet.write('numbing', lidocaine1(millilitres)),
      tablet.write('pigment', { lotId: pigment, name: 'Scalp black', zone: 'upper-lip', drops: 4 }),
      tablet.write('needle', { lotId: needle, name: '3 round', zone: 'upper-lip', count: 1 }),
      tablet.write('pass', { zone: 'upper-lip', passes: 1 }),
      tablet.write('set', { field: 'bleeding', value: 'none', replaces: [] }),
      tablet.write('set', { field: 'endpoint', value: 'even-colour', replaces: [] }),
      tablet.write('set', { field: 'stopReason', value: 'as-planned', replaces: [] }),
    ],
  });
  if (!pushed.ok || pushed.refused.length > 0) throw new Error(JSON.stringify(pushed));
  const { journalSeq } = pushed.session;
  await keepSession(services, begun.actor, begun.sessionId, journalSeq);
  const signed = await signSession(services, begun.actor, begun.sessionId, journalSeq);
  if (!signed.ok) throw new Error(signed.message);
}

describe('two records that are one person', () => {
  it('are named by either, also through merges of merges, until they are parted', async () => {
    const actor = await testMember(services);
    const [a, b, c] = [await patient(actor), await patient(actor), await patient(actor)];
    await merged(actor, a, b);
    const last = await merged(actor, b, c);
    const { tenantId } = actor;
    for (const id of [a, b, c]) {
      const person = await personOf(services.db, tenantId, id);
      expect([person.id, person.earlier.map((one) => one.id).toSorted()]).toEqual([c, [a, b].toSorted()]);
    }
    expect(await isSamePerson(services.db, tenantId, a, c)).toBe(true);
    await undoMerge(services, actor, last);
    expect(await isSamePerson(services.db, tenantId, a, c)).toBe(false);
    expect(await isSamePerson(services.db, tenantId, a, b)).toBe(true);
  });

  it('are weighed together: the graver answer of either asks for a decision, and undoing takes it back', async () => {
    const actor = await testMember(services);
    const [from, into] = [await patient(actor), await patient(actor)];
    await answered(actor, from, { ...clear, G12: { choice: 'yes' } });
    await answered(actor, into);
    await decided(actor, into, 'go');
    const before = await step(actor, into, 'screening');
    expect(before).toMatchObject({ state: 'done' });
    const mergeId = await merged(actor, from, into);
    for (const id of [from, into]) {
      expect(await step(actor, id, 'screening')).toMatchObject({ gates: ['G12'] });
      expect((await screening(actor, id)).undecided).toContain('G12');
    }
    await undoMerge(services, actor, mergeId);
    expect(await step(actor, into, 'screening')).toEqual(before);

    await merged(actor, from, into);
    await decided(actor, into, 'go');
    expect(await step(actor, into, 'screening')).toMatchObject({ state: 'done' });
    // Asked again since, the person of today counts, not the earlier record.
    await answered(actor, into, { G12: { choice: 'no' } });
    expect((await screening(actor, into)).findings.map(({ gate }) => gate)).not.toContain('G12');
  });

  it('a refusal in either record stands until a physician decides anew', async () => {
    const actor = await testMember(services);
    const [from, into] = [await patient(actor), await patient(actor)];
    await answered(actor, from);
    await decided(actor, from, 'no');
    await answered(actor, into);
    await decided(actor, into, 'go');
    await merged(actor, from, into);
    expect(await step(actor, into, 'screening')).toMatchObject({ state: 'blocked', reason: 'decided-no' });
    await decided(actor, into, 'go');
    expect(await step(actor, into, 'screening')).toMatchObject({ state: 'done' });
  });

  it('a spot that reacted under one of them blocks the person', async () => {
    const actor = await testMember(services);
    const [from, into] = [await patient(actor), await patient(actor)];
    const placed = await placeSpot(services, actor, {
      patientId: from,
      treatment,
      kind: 'patch',
      place: 'Behind the ear',
      what: 'Scalp black, lot L-1',
    });
    if (!placed.ok) throw new Error(placed.message);
    services.clock.advance(3 * 86_400_000);
    const read = await readSpot(services, actor, {
      spotId: placed.spotId,
      reading: 'hour-48',
      outcome: 'adverse',
      signs: { reaction: 'adverse' },
    });
    expect(read).toMatchObject({ ok: true });
    await merged(actor, from, into);
    expect(await step(actor, into, 'spots')).toMatchObject({ state: 'blocked', reason: 'reading-adverse' });
  });

  it('doses of the last day count over both, sessions stand in one list, and what was signed stays whole', async () => {
    const begun = await begunSession(services);
    const { actor, tenantId, patientId, sessionId } = begun;
    await treated(begun, 20);
    const into = await patient(actor);
    const earlier = (id: string) => earlierNumbing(services.db, tenantId, id, services.clock.now());
    expect(await earlier(into)).toEqual([]);
    const mergeId = await merged(actor, patientId, into);
    expect(await earlier(into)).toMatchObject([{ given: { amount: 20 } }]);
    expect(await listSessions(services, actor, into)).toMatchObject({ sessions: [{ id: sessionId }] });
    expect(await verifySession(services, actor, sessionId)).toMatchObject({ isWhole: true });
    await undoMerge(services, actor, mergeId);
    expect(await earlier(into)).toEqual([]);
    expect(await verifySession(services, actor, sessionId)).toMatchObject({ isWhole: true });
  });

  it('a recall reaches the person once, with the sessions of both', async () => {
    const begun = await begunSession(services);
    const { actor, patientId, lots } = begun;
    await treated(begun, 4);
    const into = await patient(actor, 'Sample patient 141');
    await merged(actor, patientId, into);
    const page = await readRecall(services, actor, lots.pigment);
    expect(page).toMatchObject({ people: [{ patientId: into, name: 'Sample patient 141' }] });
    expect(page.ok && page.people).toHaveLength(1);
  });

  it('what was said last of being contacted counts, whichever record it was said to', async () => {
    const actor = await testMember(services);
    const [from, into] = [await patient(actor), await patient(actor)];
    const say = (patientId: string, given: boolean) =>
      setContactConsent(services, actor, patientId, { channel: 'sms', purpose: 'aftercare', given });
    const closed = (id: string) =>
      services.db.transaction().execute((trx) => closedChannels(trx, actor.tenantId, id, 'aftercare'));
    await say(from, true);
    await say(into, true);
    services.clock.advance(60_000);
    await say(from, false);
    await merged(actor, from, into);
    for (const id of [from, into]) expect([...(await closed(id))]).toEqual(['sms']);
    services.clock.advance(60_000);
    await say(into, false);
    services.clock.advance(60_000);
    await say(into, true);
    for (const id of [from, into]) expect([...(await closed(id))]).toEqual([]);
  });
});
