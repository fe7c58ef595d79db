import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { testServices } from '../platform/testing/database.ts';
import { testPatient } from '../record/testing/patient.ts';
import type { Role } from '../staff/schema.ts';
import { testActor } from '../staff/testing.ts';
import { isSignatureGenuine, planFacts, readPlan, savePlan, signPlan } from './commands.ts';
import { samplePlan } from './testing.ts';

const services = await testServices();
const { plan, photo } = await samplePlan({ mmPerPx: 0.3 });
const document = JSON.stringify(plan.document);
const parts = { photo: { bytes: photo, mediaType: 'image/jpeg' } };

const actorAs = (role: Role, tenantId?: string) => testActor(services, role, tenantId, 'Test physician');

async function patientWithPlan() {
  const actor = await actorAs('physician');
  const { id: patientId } = await testPatient(services, actor);
  const saved = await savePlan(services, actor, { patientId, document, parts });
  if (!saved.ok) throw new Error(saved.message);
  const facts = () =>
    services.db.transaction().execute((trx) => planFacts(trx, actor.tenantId, patientId, 'scalp'));
  return { actor, patientId, planId: saved.plan.planId, facts };
}

describe('a signature under a plan', () => {
  it('is given once, names all that was signed, and stands in the audit chain', async () => {
    const { actor, planId, facts } = await patientWithPlan();
    expect(await facts()).toEqual({ state: 'unsigned', planId, version: 1 });
    const both = await Promise.all([
      signPlan(services, actor, planId, 1),
      signPlan(services, actor, planId, 1),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ reason: 'already-signed' });
    const read = await readPlan(services, actor, planId);
    const signature = read.ok ? read.plan.signature : undefined;
    expect(signature).toMatchObject({ signerName: 'Test physician', signedBy: actor.staffId });
    expect(await facts()).toEqual({ state: 'signed', planId, version: 1 });
    const entries = await listAudit(services, actor.tenantId);
    const signed = entries.find(({ entry }) => entry?.action === 'plan.signed');
    expect(JSON.stringify(signed?.entry)).toContain(signature?.contentSha256);
    const genuine = await services.db
      .transaction()
      .execute((trx) => isSignatureGenuine(services, trx, actor.tenantId, planId, 1));
    expect(genuine).toBe(true);
  });

  it('cannot be altered, and is superseded by a version that asks for its own', async () => {
    const { actor, patientId, planId, facts } = await patientWithPlan();
    await signPlan(services, actor, planId, 1);
    await expect(
      services.db.updateTable('plan_signatures').set({ signer_name: 'Another' }).execute(),
    ).rejects.toMatchObject({ code: '23001' });
    await savePlan(services, actor, { patientId, planId, document, parts: {} });
    expect(await facts()).toEqual({ state: 'unsigned', planId, version: 2 });
    expect(await signPlan(services, actor, planId, 1)).toMatchObject({ reason: 'not-latest' });
    const first = await readPlan(services, actor, planId, 1);
    expect(first.ok && first.plan.signature?.signerName).toBe('Test physician');
  });

  it('leaves a signed plan in force while another is only drafted', async () => {
    const { actor, patientId, planId, facts } = await patientWithPlan();
    await signPlan(services, actor, planId, 1);
    services.clock.advance(60_000);
    await savePlan(services, actor, { patientId, document, parts: {} });
    expect(await facts()).toEqual({ state: 'signed', planId, version: 1 });
  });

  it('is a physician’s, in her own clinic', async () => {
    const { actor, planId } = await patientWithPlan();
    for (const role of ['assistant', 'desk', 'auditor'] as const)
      expect(await signPlan(services, await actorAs(role, actor.tenantId), planId, 1)).toMatchObject({
        reason: 'not-allowed',
      });
    expect(await signPlan(services, await actorAs('physician'), planId, 1)).toMatchObject({
      reason: 'no-such-plan',
    });
  });
});
