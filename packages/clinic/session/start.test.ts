import { randomUUID } from 'node:crypto';
import type { PlanDocument } from '@undertone/engine/plan/document.ts';
import { describe, expect, it } from 'vitest';
import { samplePlan } from '../planning/testing.ts';
import { testServices } from '../platform/testing/database.ts';
import { createPatient } from '../record/commands.ts';
import type { Actor } from '../staff/schema.ts';
import { testMember } from '../staff/testing.ts';
import { listSessions, sessionPeople, startSession } from './commands.ts';
import { recordOf } from './journal.ts';
import { proposeFrom } from './propose.ts';
import type { StartForm, UsableLot } from './schema.ts';
import { ageInMonths, numbingOf } from './start.ts';
import { lidocaine1, testTablet } from './testing.ts';

const services = await testServices();

async function formFor(actor: Actor, form: Partial<StartForm> = {}): Promise<StartForm> {
  const made = await createPatient(services, actor, {
    name: 'Sample patient 102',
    language: 'ne',
    synthetic: true,
  });
  if (!made.ok) throw new Error(made.message);
  return {
    sessionId: randomUUID(),
    patientId: made.patient.id,
    treatment: 'lip',
    physicianId: actor.staffId,
    ...form,
  };
}

describe('an age in months', () => {
  it.each([
    ['2026-10-24', '2026-11-23', 0],
    ['2026-10-24', '2026-11-24', 1],
    ['2020-12-31', '2026-11-30', 70],
    ['2025-11-24', '2026-11-24', 12],
    ['2026-11-25', '2026-11-24', 0],
  ])('of who was born on %s is on %s %i', (birthDate, today, months) =>
    expect(ageInMonths(birthDate, today)).toBe(months),
  );
});

describe('beginning a session', () => {
  it('waits for the checklist, and says which step', async () => {
    const actor = await testMember(services);
    const form = await formFor(actor);
    expect(await startSession(services, actor, form)).toMatchObject({
      ok: false,
      reason: 'not-ready',
      field: 'intake',
    });
    expect(await listSessions(services, actor, form.patientId)).toEqual({ ok: true, sessions: [] });
  });

  it('is for those who treat, with a physician of the clinic who countersigns', async () => {
    const actor = await testMember(services);
    const form = await formFor(actor);
    for (const role of ['desk', 'auditor'] as const) {
      const member = await testMember(services, role, actor.tenantId);
      expect(await startSession(services, member, form)).toMatchObject({ reason: 'not-allowed' });
    }
    const assistant = await testMember(services, 'assistant', actor.tenantId);
    expect(await startSession(services, actor, { ...form, physicianId: assistant.staffId })).toMatchObject({
      reason: 'no-such-person',
      field: 'physicianId',
    });
    expect(await startSession(services, actor, { ...form, operatorId: randomUUID() })).toMatchObject({
      reason: 'no-such-person',
      field: 'operatorId',
    });
    expect(await sessionPeople(services, assistant)).toContainEqual({
      id: assistant.staffId,
      name: 'Sample assistant',
      isPhysician: false,
    });
    const stranger = await testMember(services);
    expect(await startSession(services, stranger, { ...form, physicianId: stranger.staffId })).toMatchObject({
      reason: 'no-such-patient',
    });
  });
});

describe('what is proposed', () => {
  const lot = (over: Partial<UsableLot>): UsableLot => ({
    id: randomUUID(),
    kind: 'pigment',
    name: 'Scalp black',
    lotNumber: 'L-1',
    expiresOn: '2027-01-31',
    unit: 'drop',
    isOpen: false,
    ...over,
  });
  const tablet = testTablet(randomUUID());
  const last = {
    sessionId: randomUUID(),
    record: recordOf([
      tablet.write('set', { field: 'machine', value: 'Rotary', replaces: [] }),
      tablet.write('pigment', { lotId: randomUUID(), name: 'scalp Black', zone: 'crown', drops: 9 }),
      tablet.write('needle', { lotId: randomUUID(), name: '3 round', zone: 'crown', count: 1 }),
      tablet.write('pass', { zone: 'crown', passes: 3 }),
    ]),
  };

  it('repeats last time with lots that may be used today: the opened one first, then the first to expire', () => {
    const open = lot({ isOpen: true, expiresOn: '2028-01-01' });
    const early = lot({ expiresOn: '2026-06-01' });
    const needle = lot({ kind: 'needle', name: '3 Round', unit: 'piece' });
    const proposal = proposeFrom({ last, lots: [lot({}), early, open, needle] });
    expect(proposal).toMatchObject({
      lastSessionId: last.sessionId,
      zones: ['crown'],
      fields: { machine: 'Rotary' },
      pigments: [{ name: 'scalp Black', zone: 'crown', drops: 9, lotId: open.id }],
      needles: [{ name: '3 round', lotId: needle.id }],
      passes: 3,
    });
    expect(proposeFrom({ last, lots: [lot({}), early] }).pigments[0]?.lotId).toBe(early.id);
    expect(proposeFrom({ last, lots: [] }).pigments[0]).not.toHaveProperty('lotId');
  });

  it('repeats diluent, consumables, passes zone by zone and doses, each from a lot that may be used today', () => {
    const saline = lot({ kind: 'consumable', name: 'Saline', unit: 'ml' });
    const gauze = lot({ kind: 'consumable', name: 'Gauze', unit: 'piece' });
    const dose = { ...lidocaine1(6), lotId: randomUUID() };
    const numbing = lot({ kind: 'drug', name: 'Lidocaine', unit: 'ml', numbing: dose.product });
    const record = recordOf([
      tablet.write('diluent', { lotId: randomUUID(), name: 'saline', zone: 'crown', drops: 20 }),
      tablet.write('consumable', { lotId: randomUUID(), name: 'Gauze', zone: 'crown', count: 3 }),
      tablet.write('pass', { zone: 'hairline', passes: 2, depthMm: 0.5 }),
      tablet.write('pass', { zone: 'crown', passes: 3 }),
      tablet.write('numbing', dose),
      tablet.write('numbing', { ...dose, skin: 'broken', reason: 'Pain at the border' }),
    ]);
    const again = { sessionId: randomUUID(), record };
    expect(proposeFrom({ last: again, lots: [gauze, numbing, saline] })).toMatchObject({
      diluents: [{ name: 'Saline', zone: 'crown', drops: 20, lotId: saline.id }],
      consumables: [{ name: 'Gauze', count: 3, lotId: gauze.id }],
      passLines: [
        { zone: 'hairline', passes: 2, depthMm: 0.5 },
        { zone: 'crown', passes: 3 },
      ],
      // Broken skin is numbed again for a reason of its day.
      numbing: [{ amount: 6, lotId: numbing.id }],
    });
    const bare = proposeFrom({ last: again, lots: [] });
    expect(bare.diluents?.[0]).not.toHaveProperty('lotId');
    expect(bare.numbing).toEqual([]);
  });

  it('takes from a plan what the plan decides: depth, passes, dilution', async () => {
    const { plan } = await samplePlan({ mmPerPx: 0.3 });
    const document: PlanDocument = plan.document;
    const proposal = proposeFrom({ plan: { planId: randomUUID(), version: 1, document }, last, lots: [] });
    expect(proposal.fields.depth).toEqual({
      lowMm: document.needle.depthMm.low,
      highMm: document.needle.depthMm.high,
    });
    expect(proposal.fields.machine).toBe('Rotary');
    expect(proposal.passes).toBeGreaterThanOrEqual(document.needle.passes.low);
    expect(proposal.fields.diluentParts).toBeGreaterThan(0);
  });
});

describe('a drug of the stock in the numbing ledger', () => {
  const item = (actives: { substance: string; mgPer: number; per: string }[]) => ({
    id: randomUUID(),
    name: 'Local',
    actives,
  });
  it('is injected when counted by millilitre, put on when by gram', () => {
    expect(numbingOf(item([{ substance: 'Lignocaine', mgPer: 20, per: 'ml' }]))).toMatchObject({
      route: 'injected',
      actives: [{ substance: 'lidocaine', mgPer: 20 }],
    });
    expect(numbingOf(item([{ substance: 'prilocaine', mgPer: 25, per: 'g' }]))).toMatchObject({
      route: 'topical',
    });
  });
  it('is none when it does not numb or cannot be measured', () => {
    expect(numbingOf(item([{ substance: 'adrenaline', mgPer: 1, per: 'ml' }]))).toBeUndefined();
    expect(numbingOf(item([{ substance: 'lidocaine', mgPer: 5, per: 'piece' }]))).toBeUndefined();
    expect(numbingOf(item([]))).toBeUndefined();
  });
});
