import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import { createPatient, getPatient } from '../record/commands.ts';
import { checkLog, readLog } from './audit-log.ts';
import { acceptInvite, actorFrom, createInvite, createOwnerInvite } from './commands.ts';
import { breakGlass, endEmergency } from './emergency.ts';
import { actions, can, emergencyMinutes, emergencyRole } from './rules.ts';
import { type Actor, type Role, role as roles } from './schema.ts';

const services = await testServices();
const from = { address: '203.0.113.7', userAgent: 'Test browser' };
const why = 'Patient fainted in the waiting room';

async function clinic() {
  const tenantId = await testTenant(services.db);
  const join = async (token: string, email: string) => {
    const form = { name: `Member ${email}`, email, password: 'nine grey herons over the weir' };
    const accepted = await acceptInvite(services, token, form, from);
    if (!accepted.ok || !accepted.session) throw new Error('not accepted');
    return accepted.session;
  };
  const invite = await createOwnerInvite(services, tenantId);
  const owner = await join(invite?.token ?? '', 'owner@example.org');
  const member = async (role: Role) => {
    const made = await createInvite(services, owner.actor, role);
    if (!('token' in made)) throw new Error(made.message);
    return join(made.token, `${role}@example.org`);
  };
  return { owner: owner.actor, member };
}

const again = async (token: string): Promise<Actor> => {
  const actor = await actorFrom(services, token);
  if (!actor) throw new Error('the session is over');
  return actor;
};

describe('an emergency', () => {
  it('opens the record to one who may not read it, for half an hour, with the reason in the chain', async () => {
    const at = await clinic();
    const made = await createPatient(services, at.owner, { name: 'Sample patient 014', language: 'en' });
    if (!made.ok) throw new Error(made.message);
    const { token, actor } = await at.member('auditor');
    expect(await getPatient(services, actor, made.patient.id)).toMatchObject({ reason: 'not-allowed' });

    expect(await breakGlass(services, actor, 'short')).toMatchObject({ reason: 'bad-form', field: 'reason' });
    expect(await breakGlass(services, actor, why)).toMatchObject({ ok: true, role: 'assistant' });
    const raised = await again(token);
    expect(raised.role).toBe('assistant');
    expect(await getPatient(services, raised, made.patient.id)).toMatchObject({ ok: true });
    expect(await breakGlass(services, raised, why)).toMatchObject({ reason: 'not-allowed' });

    services.clock.advance(emergencyMinutes * 60_000);
    const later = await again(token);
    expect(later).toMatchObject({ role: 'auditor' });
    expect(later.emergencyUntil).toBeUndefined();
    expect(await getPatient(services, later, made.patient.id)).toMatchObject({ reason: 'not-allowed' });
    const log = await listAudit(services, actor.tenantId, { actorId: actor.staffId });
    expect(log.map(({ entry }) => [entry?.action, entry?.reason]).slice(0, 2)).toEqual([
      ['patient.read', undefined],
      ['staff.glass-broken', why],
    ]);
  });

  it('ends at once when it is given back, and touches no other session', async () => {
    const at = await clinic();
    const { token, actor } = await at.member('desk');
    await breakGlass(services, actor, why);
    const other = await at.member('assistant');
    expect((await again(other.token)).role).toBe('assistant');
    await endEmergency(services, await again(token));
    expect((await again(token)).role).toBe('desk');
  });

  it('never gives the rights of an owner, nor anything to one who has them', async () => {
    for (const role of roles.options) {
      const taken = emergencyRole(role);
      for (const action of ['staff.manage', 'settings.write', 'audit.read', 'payment.refund'] as const) {
        expect(taken !== undefined && can(taken, action)).toBe(false);
      }
    }
    const at = await clinic();
    expect(await breakGlass(services, at.owner, why)).toMatchObject({ reason: 'not-allowed' });
    expect(actions.every((action) => can('owner', action))).toBe(true);
  });
});

describe('the log', () => {
  it('is read by owner and auditor only, a page at a time, and the reading is in it', async () => {
    const at = await clinic();
    const { actor } = await at.member('auditor');
    const first = await readLog(services, actor, {});
    if (!first.ok) throw new Error(first.message);
    expect(first.lines[0]).toMatchObject({ who: 'Member auditor@example.org' });
    const second = await readLog(services, actor, {});
    expect(second.ok && second.lines[0]?.entry?.action).toBe('audit.read');
    const one = await readLog(services, actor, { actorId: at.owner.staffId, before: 3 });
    expect(one.ok && one.lines.every(({ seq }) => seq < 3)).toBe(true);
    for (const role of ['desk', 'assistant', 'physician'] as const) {
      const { actor: other } = await at.member(role);
      expect(await readLog(services, other, {})).toMatchObject({ reason: 'not-allowed' });
      expect(await checkLog(services, other)).toMatchObject({ reason: 'not-allowed' });
    }
    expect(await checkLog(services, actor)).toMatchObject({ ok: true, faults: [] });
  });
});
