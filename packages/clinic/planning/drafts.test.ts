import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { standingClock } from '../platform/clock.ts';
import { testServices } from '../platform/testing/database.ts';
import { testPatient } from '../record/testing/patient.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { testActor } from '../staff/testing.ts';
import {
  discardDraft,
  draftJobs,
  draftKeptDays,
  listDrafts,
  readDraft,
  saveDraft,
  savePlan,
} from './commands.ts';
import { type DraftForm, type DraftStep, draftStateSchema } from './draft-schema.ts';
import { samplePlan } from './testing.ts';

const services = await testServices();

const actorAs = (role: Role, tenantId?: string) => testActor(services, role, tenantId);

const patientOf = async (actor: Actor) => (await testPatient(services, actor)).id;

const noLab = { L: '', a: '', b: '' };
const step = (value = 255): DraftStep => ({ id: randomUUID(), runs: [24, value], source: 'brush', taps: [] });

function formOf(patientId: string, steps: readonly DraftStep[], baseRevision = 0): DraftForm {
  return {
    patientId,
    planId: null,
    baseRevision,
    steps: [...steps],
    state: draftStateSchema.parse({
      format: 'undertone/studio-draft',
      version: 1,
      treatment: 'scalp',
      site: null,
      photo: {
        photoId: randomUUID(),
        name: 'scalp.jpg',
        sha256: 'ab'.repeat(32),
        widthPx: 6,
        heightPx: 4,
      },
      tool: 'add',
      brushPx: 20,
      steps: steps.map(({ id }) => id),
      at: steps.length - 1,
      ruler: null,
      mmPerPxTyped: '0,2',
      irisScale: null,
      readings: { patch: { ...noLab, L: '61,' }, surround: noLab, tanned: noLab },
      spectra: { patch: null, surround: null, tanned: null },
      conditions: { instrument: 'contact-colorimeter', white: 'D65/10' },
      pigmentsId: 'sample',
      only: null,
      seed: 1,
      view: 'week6',
      range: 'expected',
    }),
  };
}

describe('a draft', () => {
  it('comes back as it was saved, half-typed numbers, steps undone and all, and each save is told', async () => {
    const actor = await actorAs('physician');
    const patientId = await patientOf(actor);
    const draftId = randomUUID();
    const steps = [step(), step(128), step(0)];
    const first = formOf(patientId, steps.slice(0, 1));
    expect(await saveDraft(services, actor, draftId, first)).toMatchObject({ ok: true, revision: 1 });
    const next = formOf(patientId, steps, 1);
    const undone = { ...next, state: { ...next.state, at: 1 }, steps: steps.slice(1) };
    expect(await saveDraft(services, actor, draftId, undone)).toMatchObject({ ok: true, revision: 2 });
    const read = await readDraft(services, actor, draftId);
    if (!read.ok) throw new Error(read.message);
    expect(read.draft).toMatchObject({ draftId, patientId, revision: 2, state: undone.state });
    expect(new Map(read.steps.map((one) => [one.id, one]))).toEqual(
      new Map(steps.map((one) => [one.id, one])),
    );
    const entries = await listAudit(services, actor.tenantId);
    expect(entries.map((row) => row.entry?.action).slice(0, 3)).toEqual([
      'plan-draft.read',
      'plan-draft.saved',
      'patient.read',
    ]);
    const told = JSON.stringify(entries.map((row) => row.entry));
    expect(told).not.toContain('61,');
    expect(told).not.toContain('scalp.jpg');
  });

  it('keeps no step its history has let go, and says which it lacks without keeping half', async () => {
    const actor = await actorAs('owner');
    const patientId = await patientOf(actor);
    const draftId = randomUUID();
    const [a, b] = [step(), step(0)];
    await saveDraft(services, actor, draftId, formOf(patientId, [a]));
    const lacking = { ...formOf(patientId, [a, b], 1), steps: [] };
    expect(await saveDraft(services, actor, draftId, lacking)).toMatchObject({
      ok: false,
      reason: 'steps-missing',
      stepIds: [b.id],
    });
    expect(await readDraft(services, actor, draftId)).toMatchObject({ ok: true, draft: { revision: 1 } });
    await saveDraft(services, actor, draftId, formOf(patientId, [b], 1));
    const read = await readDraft(services, actor, draftId);
    expect(read.ok && read.steps.map(({ id }) => id)).toEqual([b.id]);
  });

  it('is never saved over what another device saved since, whichever comes first', async () => {
    const actor = await actorAs('physician');
    const patientId = await patientOf(actor);
    const draftId = randomUUID();
    await saveDraft(services, actor, draftId, formOf(patientId, [step()]));
    const both = [step(1), step(2)].map((one) => formOf(patientId, [one], 1));
    const answers = await Promise.all(both.map((form) => saveDraft(services, actor, draftId, form)));
    expect(answers.map((one) => (one.ok ? 'saved' : one.reason)).sort()).toEqual(['other-device', 'saved']);
    const lost = both[answers.findIndex((one) => !one.ok)];
    const apart = await saveDraft(services, actor, randomUUID(), { ...lost, baseRevision: 0 });
    expect(apart).toMatchObject({ ok: true, revision: 1 });
    const listed = await listDrafts(services, actor, patientId);
    expect(listed.ok && listed.drafts).toHaveLength(2);
    // Two devices that begin the same draft cannot both have begun it.
    expect(await saveDraft(services, actor, draftId, formOf(patientId, [step()]))).toMatchObject({
      ok: false,
      reason: 'other-device',
    });
  });

  it('is saved once when the same save is sent again because its answer was lost', async () => {
    const actor = await actorAs('physician');
    const patientId = await patientOf(actor);
    const draftId = randomUUID();
    const [a, b] = [step(), step(0)];
    for (const form of [formOf(patientId, [a]), formOf(patientId, [a, b], 1)]) {
      const first = await saveDraft(services, actor, draftId, form);
      expect(first).toMatchObject({ ok: true, revision: form.baseRevision + 1 });
      expect(await saveDraft(services, actor, draftId, form)).toEqual(first);
      const other = { ...actor, staffId: randomUUID() };
      expect(await saveDraft(services, other, draftId, form)).toMatchObject({ reason: 'other-device' });
    }
    const listed = await listDrafts(services, actor, patientId);
    expect(listed.ok && listed.drafts.map(({ revision }) => revision)).toEqual([2]);
  });

  it('stays when a plan of another patient names it', async () => {
    const actor = await actorAs('physician');
    const draftId = randomUUID();
    await saveDraft(services, actor, draftId, formOf(await patientOf(actor), [step()]));
    const { plan, photo } = await samplePlan({ mmPerPx: 0.3 });
    const saved = await savePlan(services, actor, {
      patientId: await patientOf(actor),
      document: JSON.stringify(plan.document),
      parts: { photo: { bytes: photo, mediaType: 'image/jpeg' } },
      draftId,
    });
    expect(saved.ok).toBe(true);
    expect(await readDraft(services, actor, draftId)).toMatchObject({ ok: true, draft: { revision: 1 } });
  });

  it('ends with the plan made from it, and a save that comes late is told so', async () => {
    const actor = await actorAs('physician');
    const patientId = await patientOf(actor);
    const draftId = randomUUID();
    await saveDraft(services, actor, draftId, formOf(patientId, [step()]));
    const { plan, photo } = await samplePlan({ mmPerPx: 0.3 });
    const saved = await savePlan(services, actor, {
      patientId,
      document: JSON.stringify(plan.document),
      parts: { photo: { bytes: photo, mediaType: 'image/jpeg' } },
      draftId,
    });
    expect(saved.ok).toBe(true);
    expect(await readDraft(services, actor, draftId)).toMatchObject({ reason: 'no-such-draft' });
    expect(await saveDraft(services, actor, draftId, formOf(patientId, [step()], 1))).toMatchObject({
      reason: 'draft-gone',
    });
    expect(await discardDraft(services, actor, draftId)).toEqual({ ok: true });
  });

  it('stays when a plan is made from an older revision than another device has saved since', async () => {
    const actor = await actorAs('physician');
    const patientId = await patientOf(actor);
    const draftId = randomUUID();
    await saveDraft(services, actor, draftId, formOf(patientId, [step()]));
    const other = { ...actor, staffId: randomUUID() };
    const newer = formOf(patientId, [step(7)], 1);
    expect(await saveDraft(services, other, draftId, newer)).toMatchObject({ ok: true, revision: 2 });
    const { plan, photo } = await samplePlan({ mmPerPx: 0.3 });
    const made = (draftRevision: number) =>
      savePlan(services, actor, {
        patientId,
        document: JSON.stringify(plan.document),
        parts: { photo: { bytes: photo, mediaType: 'image/jpeg' } },
        draftId,
        draftRevision,
      });
    expect((await made(1)).ok).toBe(true);
    expect(await readDraft(services, other, draftId)).toMatchObject({
      ok: true,
      draft: { revision: 2, state: newer.state },
    });
    // Letting go of what one has seen does not let go of what came since.
    expect(await discardDraft(services, actor, draftId, 1)).toMatchObject({ reason: 'other-device' });
    expect(await readDraft(services, other, draftId)).toMatchObject({ ok: true });
    expect((await made(2)).ok).toBe(true);
    expect(await readDraft(services, other, draftId)).toMatchObject({ reason: 'no-such-draft' });
    expect(await discardDraft(services, actor, draftId, 1)).toEqual({ ok: true });
  });

  it('is for those who may make plans, of the same clinic, and for one patient', async () => {
    const actor = await actorAs('physician');
    const patientId = await patientOf(actor);
    const draftId = randomUUID();
    const form = formOf(patientId, [step()]);
    await saveDraft(services, actor, draftId, form);
    for (const role of ['assistant', 'desk'] as const) {
      const other = await actorAs(role, actor.tenantId);
      expect(await saveDraft(services, other, draftId, { ...form, baseRevision: 1 })).toMatchObject({
        reason: 'not-allowed',
      });
      expect(await readDraft(services, other, draftId)).toMatchObject({ reason: 'not-allowed' });
      expect(await listDrafts(services, other, patientId)).toMatchObject({ reason: 'not-allowed' });
      expect(await discardDraft(services, other, draftId)).toMatchObject({ reason: 'not-allowed' });
    }
    const stranger = await actorAs('owner');
    expect(await readDraft(services, stranger, draftId)).toMatchObject({ reason: 'no-such-draft' });
    await discardDraft(services, stranger, draftId);
    const another = await patientOf(actor);
    expect(
      await saveDraft(services, actor, draftId, { ...form, patientId: another, baseRevision: 1 }),
    ).toMatchObject({ reason: 'no-such-draft' });
    expect(await readDraft(services, actor, draftId)).toMatchObject({ ok: true });
  });

  it.each([
    ['a step shown that is not there', (form: DraftForm) => ({ ...form, state: { ...form.state, at: 5 } })],
    ['no form', () => null],
    [
      'a photograph of no size',
      (form: DraftForm) => ({
        ...form,
        state: { ...form.state, photo: { ...form.state.photo, widthPx: 0 } },
      }),
    ],
  ])('is refused with its field: %s', async (_, change) => {
    const actor = await actorAs('physician');
    const form = formOf(await patientOf(actor), [step()]);
    expect(await saveDraft(services, actor, randomUUID(), change(form))).toMatchObject({
      ok: false,
      reason: 'bad-form',
    });
  });

  it('is forgotten when nobody has touched it for long, and only then', async () => {
    const actor = await actorAs('physician');
    const patientId = await patientOf(actor);
    const [old, young] = [randomUUID(), randomUUID()];
    await saveDraft(services, actor, old, formOf(patientId, [step()]));
    await saveDraft(services, actor, young, formOf(patientId, [step()]));
    const now = services.clock.now().getTime();
    const ago = (days: number) => new Date(now - days * 86_400_000);
    await sql`update plan_drafts set updated_at = ${ago(draftKeptDays + 1)} where id = ${old}`.execute(
      services.db,
    );
    await sql`update plan_drafts set updated_at = ${ago(draftKeptDays - 1)} where id = ${young}`.execute(
      services.db,
    );
    const [forget] = draftJobs({ db: services.db, clock: standingClock(new Date(now)) });
    await forget?.run({}, {} as never);
    const listed = await listDrafts(services, actor, patientId);
    expect(listed.ok && listed.drafts.map(({ draftId }) => draftId)).toEqual([young]);
  });
});
