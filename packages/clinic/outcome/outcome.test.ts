import { randomUUID } from 'node:crypto';
import { followUpCase } from '@undertone/engine/simulator/follow-up-cases.ts';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { savePlan } from '../planning/commands.ts';
import { decodePhoto, encodeJpeg } from '../platform/images/index.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { createPatient } from '../record/commands.ts';
import { insertRows } from '../sample/simulated.ts';
import type { Actor, Role } from '../staff/schema.ts';
import {
  learnedHealingFor,
  listOutcomes,
  nextToRate,
  openPair,
  outcomeReport,
  pairPicture,
  ratePair,
  recordOutcome,
  withdrawOutcome,
} from './commands.ts';
import type { OutcomeForm } from './schema.ts';
import { patchPlan } from './testing.ts';

const services = await testServices();

async function clinic() {
  const tenantId = await testTenant(services.db);
  const member = async (role: Role): Promise<Actor> => {
    const staffId = randomUUID();
    await services.db.transaction().execute((trx) =>
      insertRows(trx, 'staff', {
        tenant_id: ['uuid', [tenantId]],
        id: ['uuid', [staffId]],
        email: ['text', [`${staffId}@example.invalid`]],
        name: ['text', ['Test']],
        role: ['text', [role]],
        created_at: ['timestamptz', [services.clock.now()]],
      }),
    );
    return { tenantId, staffId, role, name: 'Test', sessionId: randomUUID() };
  };
  const physician = await member('physician');
  const made = await createPatient(services, physician, {
    name: 'Sample patient 014',
    language: 'en',
    synthetic: true,
  });
  if (!made.ok) throw new Error(made.message);
  return { tenantId, member, physician, patientId: made.patient.id };
}

const form = (patientId: string, more: Partial<OutcomeForm> = {}): OutcomeForm => ({
  patientId,
  performedOn: '2026-01-10',
  treatment: 'vitiligo',
  takenOn: '2026-02-21',
  patientScore: 7,
  ...more,
});

/** A photograph of the patch before, and healed. */
const visits = followUpCase(9107, { taken: [0.9, 1], detail01: [0.5, 1] });
const photos = { before: await encodeJpeg(visits.before), after: await encodeJpeg(visits.after) };

describe('recording an outcome', () => {
  it('waits for week 6, and names the first day it may be done', async () => {
    const { physician, patientId } = await clinic();
    expect(
      await recordOutcome(services, physician, form(patientId, { takenOn: '2026-02-10' })),
    ).toMatchObject({
      ok: false,
      reason: 'too-early',
      field: 'takenOn',
      message: expect.stringContaining('2026-02-14') as string,
    });
    expect(
      await recordOutcome(services, physician, form(patientId, { takenOn: '2026-03-30' })),
    ).toMatchObject({
      reason: 'in-future',
    });
  });

  it.each([
    [{ patientScore: 11 }, 'patientScore'],
    [{ takenOn: 'soon' }, 'takenOn'],
    [{ performedOn: null }, 'performedOn'],
    [{ readings: { white: 'D65/10', region: [{ L: 140, a: 0, b: 0 }] } }, 'readings.region.0.L'],
    [{ patientScore: null }, 'readings'],
  ] as const)('names the field that is wrong: %j', async (wrong, field) => {
    const { physician, patientId } = await clinic();
    const answer = await recordOutcome(services, physician, form(patientId, wrong as Partial<OutcomeForm>));
    expect(answer).toMatchObject({ ok: false, field });
  });

  it('is not for the desk, nor for a patient of another clinic', async () => {
    const { member, patientId } = await clinic();
    expect(await recordOutcome(services, await member('desk'), form(patientId))).toMatchObject({
      reason: 'not-allowed',
    });
    const other = await clinic();
    expect(await recordOutcome(services, other.physician, form(patientId))).toMatchObject({
      reason: 'no-such-patient',
    });
    expect(await listOutcomes(services, other.physician, patientId)).toEqual({ ok: true, outcomes: [] });
  });

  it('lays the healed reading beside what the plan predicted, and learns from it', async () => {
    const { physician, patientId, tenantId } = await clinic();
    const plan = await patchPlan();
    const saved = await savePlan(services, physician, {
      patientId,
      document: JSON.stringify(plan),
      parts: {},
    });
    if (!saved.ok) throw new Error(saved.message);
    const predicted =
      plan.match.kind === 'recipe' &&
      plan.match.predicted.find((p) => p.state === 'week6' && p.illuminant === 'D65');
    if (!predicted) throw new Error('the plan predicts nothing');
    const { L, a, b, white } = predicted.lab;
    const answer = await recordOutcome(
      services,
      physician,
      form(patientId, {
        planId: saved.plan.planId,
        readings: {
          white: white as 'D65/10',
          region: [
            { L, a, b },
            { L: L + 0.3, a, b },
            { L: L - 0.2, a, b },
          ],
          surround: [{ L: L - 1, a, b }],
        },
        rating: 'good',
      }),
    );
    if (!answer.ok) throw new Error(answer.message);
    const { againstPlan } = answer.outcome;
    expect(answer.outcome).toMatchObject({
      timePoint: 'week6',
      daysAfter: 42,
      physicianRating: 'good',
      blindedRating: null,
    });
    expect(againstPlan).toMatchObject({ state: 'week6', withinAll: true });
    expect(againstPlan?.missDeltaE00).toBeLessThan(0.5);
    expect(againstPlan?.retention01).toBeCloseTo(againstPlan?.expectedRetention01 ?? 0, 1);
    const learned = await learnedHealingFor(services, physician);
    expect(learned).toMatchObject({
      ok: true,
      learned: { results: 1, people: 1, isEnough: false, healing: [] },
    });
    await withdrawOutcome(services, physician, answer.outcome.id, 'wrong patient');
    expect(await learnedHealingFor(services, physician)).toMatchObject({ learned: { results: 0 } });
    const actions = (await listAudit(services, tenantId)).map((row) => row.entry?.action);
    expect(actions).toContain('outcome.recorded');
    expect(actions).toContain('outcome.withdrawn');
  });

  it('refuses a plan or session of somebody else', async () => {
    const { physician, patientId } = await clinic();
    expect(await recordOutcome(services, physician, form(patientId, { planId: randomUUID() }))).toMatchObject(
      { reason: 'no-such-plan' },
    );
    expect(
      await recordOutcome(services, physician, form(patientId, { sessionId: randomUUID() })),
    ).toMatchObject({ reason: 'no-such-session' });
  });

  it('refuses a photo that is none', async () => {
    const { physician, patientId } = await clinic();
    expect(
      await recordOutcome(services, physician, form(patientId), {
        after: new TextEncoder().encode('no photo'),
      }),
    ).toMatchObject({ reason: 'photo-unreadable', field: 'photoAfter' });
  });
});

describe('a pair of photographs', () => {
  it('is compared, then rated by somebody who cannot know whose it is or which is the later one', async () => {
    const { physician, patientId, member, tenantId } = await clinic();
    const answer = await recordOutcome(services, physician, form(patientId, { rating: 'good' }), photos);
    if (!answer.ok) throw new Error(answer.message);
    const { fromPhotos } = answer.outcome;
    expect(fromPhotos).toMatchObject({ ok: true, regionFrom: 'proposed' });
    expect(fromPhotos?.ok && fromPhotos.errorPx).toBeLessThan(2);
    expect(
      fromPhotos?.ok && (fromPhotos.before?.value ?? 0) - (fromPhotos.after?.value ?? 0),
    ).toBeGreaterThan(0);

    // Whoever treated may not rate blind.
    expect(await nextToRate(services, physician)).toEqual({ ok: true, pairId: undefined, waiting: 0 });
    const rater = await member('assistant');
    const next = await nextToRate(services, rater);
    if (!next.ok || !next.pairId) throw new Error('nothing to rate');
    expect(Object.keys(next).sort()).toEqual(['ok', 'pairId', 'waiting']);
    expect(await pairPicture(services, physician, next.pairId, 'a')).toMatchObject({ reason: 'not-blind' });

    const secrets = [
      'Sample patient',
      patientId,
      answer.outcome.id,
      '2026-01-10',
      '2026-02-21',
      'before',
      'after',
      'Exif',
      'week6',
    ];
    const pictures = [];
    for (const side of ['a', 'b'] as const) {
      const shown = await pairPicture(services, rater, next.pairId, side);
      if (!shown.ok) throw new Error(shown.message);
      const text = Buffer.from(shown.bytes).toString('latin1');
      for (const secret of secrets) expect(text).not.toContain(secret);
      const decoded = await decodePhoto(shown.bytes);
      if (!decoded.ok) throw new Error(decoded.message);
      pictures.push(decoded.picture);
    }
    expect([pictures[0].widthPx, pictures[0].heightPx]).toEqual([pictures[1].widthPx, pictures[1].heightPx]);
    expect(secrets.some((secret) => (next.pairId as string).includes(secret))).toBe(false);

    // The order is that of the seed, which stays as it was drawn; another clinic has no such pair.
    const pair = await services.db
      .selectFrom('outcome_pairs')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .executeTakeFirstOrThrow();
    const kept = await services.files.get(
      services.db,
      tenantId,
      pair.seed % 2 === 1 ? pair.before_file : pair.after_file,
    );
    const first = await pairPicture(services, rater, next.pairId, 'a');
    expect(first.ok && Buffer.compare(Buffer.from(first.bytes), kept?.bytes ?? Buffer.alloc(0))).toBe(0);
    const changed = services.db.updateTable('outcome_pairs').set({ seed: pair.seed + 1 });
    await expect(changed.where('tenant_id', '=', tenantId).execute()).rejects.toMatchObject({
      code: '23001',
    });
    const other = await clinic();
    expect(await openPair(services, await other.member('assistant'), pair.id)).toMatchObject({
      reason: 'not-found',
    });

    expect(await ratePair(services, rater, next.pairId, { a: 'good', b: 'splendid' })).toMatchObject({
      reason: 'bad-form',
      field: 'b',
    });
    expect(await ratePair(services, rater, next.pairId, { a: 'poor', b: 'excellent' })).toEqual({ ok: true });
    expect(await ratePair(services, rater, next.pairId, { a: 'poor', b: 'good' })).toMatchObject({
      reason: 'already-rated',
    });
    expect(await openPair(services, rater, next.pairId)).toMatchObject({ reason: 'already-rated' });

    // What was said of the later picture counts, whichever letter it had.
    const listed = await listOutcomes(services, physician, patientId);
    expect(listed.ok && listed.outcomes[0]?.blindedRating).toBe(pair.seed % 2 === 1 ? 'excellent' : 'poor');
    const report = await outcomeReport(services, physician);
    expect(report).toMatchObject({ ok: true, report: { agreement: { pairs: 1, isEnough: false } } });
  });
});
