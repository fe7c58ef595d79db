import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { gatesFor, type Treatment } from '../candidacy/rules.ts';
import type { Answers } from '../candidacy/schema.ts';
import { testServices } from '../platform/testing/database.ts';
import { testPatient } from '../record/testing/patient.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { testActor } from '../staff/testing.ts';
import { decide, readScreening, reopenScreening, saveAnswers } from './commands.ts';
import { readinessFor, requireReady } from './gate.ts';
import type { GateWord } from './rules.ts';
import type { DecisionForm } from './schema.ts';
import {
  dueSpotReadings,
  healedTestSpots,
  placeSpot,
  readSpot,
  setSpotAside,
  waiveSpot,
} from './spot-commands.ts';

const services = await testServices();
const hourMs = 3_600_000;

const actorAs = (role: Role, tenantId?: string) => testActor(services, role, tenantId, 'Sample physician');

const patientOf = async (actor: Actor) =>
  (await testPatient(services, actor, { name: 'Sample patient', language: 'bn' })).id;

function clearAnswers(treatment: Treatment): Answers {
  return Object.fromEntries(
    gatesFor(treatment, 'physician').map((gate) => [gate.id, { choice: gate.options[0].id }]),
  );
}

async function screeningOf(actor: Actor, patientId: string, treatment: Treatment) {
  const read = await readScreening(services, actor, patientId, treatment);
  if (!read.ok) throw new Error(read.message);
  return read.screening;
}

async function stepOf(actor: Actor, patientId: string, treatment: Treatment, step: string) {
  const found = await readinessFor(services, actor, patientId, treatment);
  return found.ok ? found.readiness.steps.find((one) => one.step === step) : undefined;
}

/** A decision with the same word and reason at every gate raised. */
async function decideAll(
  actor: Actor,
  patientId: string,
  treatment: Treatment,
  overall: GateWord,
  extra: Partial<DecisionForm> = {},
) {
  const { answers, findings } = await screeningOf(actor, patientId, treatment);
  return decide(services, actor, {
    patientId,
    treatment,
    answersVersion: answers?.version ?? 1,
    overall,
    gates: findings.map(({ gate }) => ({ gate, word: overall, reason: 'Looked at and weighed.' })),
    ...extra,
  });
}

describe('screening', () => {
  it('raises what was answered, waits for the physician, and keeps the decision signed with its hash', async () => {
    const actor = await actorAs('physician');
    const patientId = await patientOf(actor);
    const answers: Answers = { ...clearAnswers('lip'), G12: { choice: 'yes' } };
    expect(await saveAnswers(services, actor, { patientId, treatment: 'lip', answers })).toMatchObject({
      version: 1,
    });
    expect(await stepOf(actor, patientId, 'lip', 'screening')).toMatchObject({
      state: 'open',
      gates: ['G12'],
    });
    const undecided = {
      patientId,
      treatment: 'lip' as const,
      answersVersion: 1,
      overall: 'go' as const,
      gates: [],
    };
    expect(await decide(services, actor, undecided)).toMatchObject({
      reason: 'gate-undecided',
      field: 'gate.G12',
    });
    const decided = await decideAll(actor, patientId, 'lip', 'go', { reason: 'Prophylaxis prescribed.' });
    if (!decided.ok) throw new Error(decided.message);
    expect(await stepOf(actor, patientId, 'lip', 'screening')).toMatchObject({ state: 'done' });
    const { decisions, undecided: left } = await screeningOf(actor, patientId, 'lip');
    expect(left).toEqual([]);
    expect(decisions[0]).toMatchObject({
      overall: 'go',
      signedBy: { id: actor.staffId, name: 'Sample physician', role: 'physician' },
      signedAt: services.clock.now().toISOString(),
    });
    const row = await services.db
      .selectFrom('screening_decisions')
      .selectAll()
      .where('id', '=', decided.decisionId)
      .executeTakeFirstOrThrow();
    expect(createHash('sha256').update(row.document).digest('hex')).toBe(decided.sha256);
    const entries = await listAudit(services, actor.tenantId, { subjectId: patientId });
    const entry = entries.find((one) => one.entry?.action === 'screening.decided')?.entry;
    expect(entry?.change).toMatchObject({ after: { sha256: decided.sha256, gates: { G12: 'go' } } });
    expect(JSON.stringify(entries)).not.toContain('Prophylaxis');
  });

  it('asks a written reason against a STOP, and takes none under 18 on the scalp', async () => {
    const actor = await actorAs('owner');
    const patientId = await patientOf(actor);
    const stop: Answers = { ...clearAnswers('scalp'), G15: { choice: 'yes' } };
    await saveAnswers(services, actor, { patientId, treatment: 'scalp', answers: stop });
    const without = { gates: [{ gate: 'G15' as const, word: 'go' as const, reason: ' ok ' }] };
    expect(await decideAll(actor, patientId, 'scalp', 'go', without)).toMatchObject({
      reason: 'reason-missing',
      field: 'reason.G15',
    });
    expect(await decideAll(actor, patientId, 'scalp', 'go')).toMatchObject({ ok: true });
    const minor: Answers = { G26: { choice: 'under-18', date: '2012-05-01' } };
    expect(
      await saveAnswers(services, actor, { patientId, treatment: 'scalp', answers: minor }),
    ).toMatchObject({
      reopened: true,
    });
    expect(await decideAll(actor, patientId, 'scalp', 'go')).toMatchObject({ reason: 'hard-stop' });
    expect(
      await decideAll(actor, patientId, 'scalp', 'wait', { reason: 'Under age.', untilDate: '2026-03-01' }),
    ).toMatchObject({ reason: 'until-in-past' });
    expect(
      await decideAll(actor, patientId, 'scalp', 'wait', { reason: 'Under age.', untilDate: '2030-05-01' }),
    ).toMatchObject({ ok: true });
    expect(await stepOf(actor, patientId, 'scalp', 'screening')).toMatchObject({
      state: 'blocked',
      reason: 'decided-wait',
      untilDate: '2030-05-01',
    });
  });

  it('shows the day a DEFER ends', async () => {
    const actor = await actorAs('physician');
    const patientId = await patientOf(actor);
    const answers: Answers = { ...clearAnswers('lip'), G22: { choice: 'young', date: '2025-09-01' } };
    await saveAnswers(services, actor, { patientId, treatment: 'lip', answers });
    expect(await stepOf(actor, patientId, 'lip', 'screening')).toMatchObject({
      state: 'blocked',
      reason: 'findings-stop',
      untilDate: '2026-09-01',
    });
  });

  it('is opened again by intake answers that change it, not by those that do not', async () => {
    const actor = await actorAs('physician');
    const patientId = await patientOf(actor);
    const { tenantId } = actor;
    const intake = (answers: Answers) =>
      services.db.transaction().execute((trx) =>
        reopenScreening(services, trx, {
          tenantId,
          by: { kind: 'link', id: null },
          patientId,
          treatment: 'lip',
          because: 'answers-changed',
          answers,
        }),
      );
    expect(await intake(clearAnswers('lip'))).toEqual({ reopened: [] });
    expect(await decideAll(actor, patientId, 'lip', 'go')).toMatchObject({ ok: true });
    expect(await intake(clearAnswers('lip'))).toEqual({ reopened: [] });
    expect(await intake({ G30: { choice: 'yes' } })).toEqual({ reopened: [] });
    expect(await stepOf(actor, patientId, 'lip', 'screening')).toMatchObject({ state: 'done' });
    expect(await intake({ G24: { choice: 'yes' } })).toEqual({ reopened: ['lip'] });
    expect(await stepOf(actor, patientId, 'lip', 'screening')).toMatchObject({
      state: 'open',
      reason: 'decision-reopened',
    });
    const stale = { answersVersion: 1, gates: [] };
    expect(await decideAll(actor, patientId, 'lip', 'go', stale)).toMatchObject({
      reason: 'answers-changed',
    });
    expect(await decideAll(actor, patientId, 'lip', 'go')).toMatchObject({ ok: true });
    const event = () =>
      services.db.transaction().execute((trx) =>
        reopenScreening(services, trx, {
          tenantId,
          by: { kind: 'staff', id: actor.staffId },
          patientId,
          because: 'adverse-event',
          sourceId: randomUUID(),
        }),
      );
    expect(await event()).toEqual({ reopened: ['lip'] });
    expect(await event()).toEqual({ reopened: [] });
  });

  it('is decided by physicians and owners, written by assistants, hidden from the desk', async () => {
    const owner = await actorAs('owner');
    const patientId = await patientOf(owner);
    const assistant = await actorAs('assistant', owner.tenantId);
    const form = { patientId, treatment: 'scalp' as const, answers: clearAnswers('scalp') };
    expect(await saveAnswers(services, assistant, form)).toMatchObject({ ok: true });
    expect(await decideAll(assistant, patientId, 'scalp', 'go')).toMatchObject({ reason: 'not-allowed' });
    const waiver = {
      patientId,
      treatment: 'scalp' as const,
      kind: 'trial' as const,
      reason: 'Not on the scalp.',
    };
    expect(await waiveSpot(services, assistant, waiver)).toMatchObject({ reason: 'not-allowed' });
    for (const role of ['desk', 'auditor'] as const) {
      const actor = await actorAs(role, owner.tenantId);
      expect(await readScreening(services, actor, patientId, 'scalp')).toMatchObject({
        reason: 'not-allowed',
      });
      expect(await saveAnswers(services, actor, form)).toMatchObject({ reason: 'not-allowed' });
    }
    const desk = await actorAs('desk', owner.tenantId);
    await saveAnswers(services, owner, { ...form, answers: { G16: { choice: 'pregnant' } } });
    const seen = await readinessFor(services, desk, patientId, 'scalp');
    expect(seen).toMatchObject({ ok: true, readiness: { isReady: false } });
    expect(JSON.stringify(seen)).not.toContain('G16');
    const stranger = await actorAs('owner');
    expect(await screeningOf(stranger, patientId, 'scalp')).toMatchObject({ answers: undefined });
  });

  it('refuses a session, saying which step is missing', async () => {
    const actor = await actorAs('owner');
    const patientId = await patientOf(actor);
    const asked = await services.db
      .transaction()
      .execute((trx) => requireReady(services, trx, actor.tenantId, patientId, 'vitiligo'));
    expect(asked).toMatchObject({ ok: false, reason: 'not-ready', field: 'intake' });
  });
});

describe('a trial spot', () => {
  it('is due at its weeks, holds the session back, and counts only when read in time', async () => {
    const actor = await actorAs('physician');
    const patientId = await patientOf(actor);
    const placed = await placeSpot(services, actor, {
      patientId,
      treatment: 'vitiligo',
      kind: 'trial',
      place: 'Left forearm',
      what: 'Recipe of the plan',
      placedAt: new Date(services.clock.now().getTime() - 41 * 24 * hourMs),
    });
    if (!placed.ok) throw new Error(placed.message);
    const { spotId } = placed;
    const listed = await dueSpotReadings(services, await actorAs('desk', actor.tenantId));
    expect(listed).toMatchObject({ ok: true, due: [{ spotId, reading: 'week-6', state: 'soon' }] });
    const reading = { spotId, reading: 'week-6' as const, outcome: 'clear' as const };
    expect(await readSpot(services, actor, reading)).toMatchObject({ reason: 'reading-too-early' });
    expect(await readSpot(services, actor, { ...reading, reading: 'day-8' })).toMatchObject({
      reason: 'reading-not-of-this-spot',
    });
    services.clock.advance(24 * hourMs);
    expect(await readSpot(services, actor, { ...reading, signs: { halo: 'adverse' } })).toMatchObject({
      reason: 'outcome-against-signs',
    });
    const withColour = { ...reading, lab: [61.2, 12, 18.5] as [number, number, number] };
    expect(await readSpot(services, actor, withColour)).toEqual({ ok: true, isLate: false });
    expect(await stepOf(actor, patientId, 'vitiligo', 'spots')).toMatchObject({
      state: 'blocked',
      reason: 'reading-awaited',
    });
    services.clock.advance(60 * 24 * hourMs);
    expect(await readSpot(services, actor, { ...reading, reading: 'week-12' })).toEqual({
      ok: true,
      isLate: true,
    });
    expect(await stepOf(actor, patientId, 'vitiligo', 'spots')).toMatchObject({ state: 'done' });
    const healed = await healedTestSpots(services, actor, patientId, 'vitiligo');
    expect(healed).toMatchObject({ ok: true, spots: [{ spotId, weeksAfter: 6, lab: [61.2, 12, 18.5] }] });
  });

  it('that turned out badly stops the treatment until a physician sets it aside in writing', async () => {
    const actor = await actorAs('physician');
    const patientId = await patientOf(actor);
    const form = { patientId, treatment: 'vitiligo' as const, kind: 'trial' as const };
    const placed = await placeSpot(services, actor, { ...form, place: 'Hand', what: 'Beige' });
    if (!placed.ok) throw new Error(placed.message);
    const { spotId } = placed;
    // A halo does not wait for week 6.
    expect(await readSpot(services, actor, { spotId, reading: 'week-6', outcome: 'adverse' })).toMatchObject({
      ok: true,
    });
    expect(await stepOf(actor, patientId, 'vitiligo', 'spots')).toMatchObject({ reason: 'reading-adverse' });
    expect(await setSpotAside(services, actor, spotId, 'no')).toMatchObject({ reason: 'reason-missing' });
    expect(await setSpotAside(services, actor, spotId, 'Scratched, not Koebner.')).toEqual({ ok: true });
    expect(await stepOf(actor, patientId, 'vitiligo', 'spots')).toMatchObject({ reason: 'spot-missing' });
    expect(await waiveSpot(services, actor, { ...form, reason: 'Treated here before.' })).toMatchObject({
      ok: true,
    });
    expect(await stepOf(actor, patientId, 'vitiligo', 'spots')).toMatchObject({ state: 'done' });
    expect(await readSpot(services, actor, { spotId, reading: 'week-6', outcome: 'clear' })).toMatchObject({
      reason: 'spot-set-aside',
    });
  });
});
