import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { testServices } from '../platform/testing/database.ts';
import { testPatient } from '../record/testing/patient.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { testActor } from '../staff/testing.ts';
import { listPlans, readPlan, readPlanPart, savePlan } from './commands.ts';
import { parsePlan, planSchema } from './schema.ts';
import { samplePlan } from './testing.ts';

const services = await testServices();
const { plan, photo, pictures } = await samplePlan({ mmPerPx: 0.3 });
const text = JSON.stringify(plan.document);

const actorAs = (role: Role, tenantId?: string) => testActor(services, role, tenantId);

const patientOf = async (actor: Actor) => (await testPatient(services, actor)).id;

const parts = {
  photo: { bytes: photo, mediaType: 'image/jpeg' },
  week6: { bytes: pictures.week6, mediaType: 'image/jpeg' },
  map: { bytes: new TextEncoder().encode(plan.mapSvg), mediaType: 'image/svg+xml' },
};

describe('the plan document', () => {
  it('comes back from its text as it was', () => {
    const parsed = parsePlan(text);
    expect(parsed).toEqual({ ok: true, plan: plan.document });
    expect(JSON.stringify(parsed.ok && parsed.plan)).toBe(text);
    expect(planSchema.safeParse(plan.document).success).toBe(true);
  });

  it.each([
    ['no JSON', '{', 'plan-unreadable'],
    ['another document', '{"format":"undertone/pigments","version":1}', 'plan-unreadable'],
    ['a later version', JSON.stringify({ ...plan.document, version: 2 }), 'plan-newer'],
    ['a missing part', JSON.stringify({ ...plan.document, dots: undefined }), 'plan-invalid'],
    [
      'a mask that does not fill the photo',
      JSON.stringify({
        ...plan.document,
        inputs: { ...plan.document.inputs, region: { ...plan.document.inputs.region, maskRuns: [10, 255] } },
      }),
      'plan-invalid',
    ],
  ])('is refused for %s', (_, given, reason) => {
    expect(parsePlan(given)).toMatchObject({ ok: false, reason });
  });
});

describe('a saved plan', () => {
  it('is read back byte for byte with its files, which lie encrypted', async () => {
    const actor = await actorAs('physician');
    const patientId = await patientOf(actor);
    const saved = await savePlan(services, actor, { patientId, document: text, parts });
    if (!saved.ok) throw new Error(saved.message);
    expect(saved.plan).toMatchObject({ version: 1, treatment: 'scalp', patientId });
    const read = await readPlan(services, actor, saved.plan.planId);
    expect(read).toMatchObject({ ok: true, text, parts: ['photo', 'week6', 'map'] });
    const kept = await readPlanPart(services, actor, saved.plan.planId, 'photo');
    expect(kept.ok && Buffer.compare(Buffer.from(kept.bytes), Buffer.from(photo))).toBe(0);
    const entries = await listAudit(services, actor.tenantId);
    expect(entries.map((row) => row.entry?.action).slice(0, 3)).toEqual([
      'plan.part-read',
      'plan.read',
      'plan.saved',
    ]);
  });

  it('gets versions that leave the earlier ones as they were', async () => {
    const actor = await actorAs('owner');
    const patientId = await patientOf(actor);
    const first = await savePlan(services, actor, { patientId, document: text, parts: {} });
    if (!first.ok) throw new Error(first.message);
    const changed = JSON.stringify({ ...plan.document, inputs: { ...plan.document.inputs, seed: 99 } });
    const { planId } = first.plan;
    const both = await Promise.all([
      savePlan(services, actor, { patientId, planId, document: changed, parts: {} }),
      savePlan(services, actor, { patientId, planId, document: changed, parts: {} }),
    ]);
    expect(new Set(both.map((one) => one.ok && one.plan.version))).toEqual(new Set([2, 3]));
    expect(await readPlan(services, actor, planId, 1)).toMatchObject({ text });
    expect(await readPlan(services, actor, planId)).toMatchObject({ text: changed, plan: { version: 3 } });
    const listed = await listPlans(services, actor, patientId);
    expect(listed.ok && listed.plans.map((one) => one.version)).toEqual([3, 2, 1]);
    await expect(services.db.updateTable('plans').set({ document: '{}' }).execute()).rejects.toMatchObject({
      code: '23001',
    });
  });

  it('belongs to one patient of one clinic', async () => {
    const actor = await actorAs('owner');
    const patientId = await patientOf(actor);
    const other = await patientOf(actor);
    const saved = await savePlan(services, actor, { patientId, document: text, parts: {} });
    if (!saved.ok) throw new Error(saved.message);
    const { planId } = saved.plan;
    const moved = await savePlan(services, actor, { patientId: other, planId, document: text, parts: {} });
    expect(moved).toMatchObject({ ok: false, reason: 'other-patient' });
    const stranger = await actorAs('owner');
    expect(await readPlan(services, stranger, planId)).toMatchObject({ reason: 'no-such-plan' });
    expect(await savePlan(services, stranger, { patientId, document: text, parts: {} })).toMatchObject({
      reason: 'no-such-patient',
    });
  });

  it('is written by physicians and owners only, and not shown to the desk', async () => {
    const owner = await actorAs('owner');
    const patientId = await patientOf(owner);
    const saved = await savePlan(services, owner, { patientId, document: text, parts: {} });
    if (!saved.ok) throw new Error(saved.message);
    for (const role of ['assistant', 'desk', 'auditor'] as const) {
      const actor = await actorAs(role, owner.tenantId);
      expect(await savePlan(services, actor, { patientId, document: text, parts: {} })).toMatchObject({
        reason: 'not-allowed',
      });
    }
    const desk = await actorAs('desk', owner.tenantId);
    expect(await readPlan(services, desk, saved.plan.planId)).toMatchObject({ reason: 'not-allowed' });
    expect(await listPlans(services, desk, patientId)).toMatchObject({ reason: 'not-allowed' });
  });

  it('keeps nothing when it is refused', async () => {
    const actor = await actorAs('owner');
    const patientId = await patientOf(actor);
    const wrong = { ...parts, photo: { bytes: photo.subarray(1), mediaType: 'image/jpeg' } };
    expect(await savePlan(services, actor, { patientId, document: text, parts: wrong })).toMatchObject({
      reason: 'photo-mismatch',
    });
    expect(await savePlan(services, actor, { patientId, document: '{}', parts })).toMatchObject({
      reason: 'plan-unreadable',
    });
    const svg = { map: { bytes: photo, mediaType: 'text/html' } };
    expect(await savePlan(services, actor, { patientId, document: text, parts: svg })).toMatchObject({
      field: 'parts.map',
    });
    expect(await listPlans(services, actor, patientId)).toMatchObject({ plans: [] });
  });
});
