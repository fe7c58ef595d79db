import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { listAudit, recordAudit } from '../audit/commands.ts';
import { allHandlers } from '../jobs.ts';
import { asTenant } from '../platform/database.ts';
import { handle } from '../platform/jobs.ts';
import { connectAsAdmin, testServices, testTenant } from '../platform/testing/database.ts';
import { createPatient, getPatient } from '../record/commands.ts';
import { carryOut, decideErasure, requestErasure } from '../retention/commands.ts';
import { checkLog, readLog } from './audit-log.ts';
import { acceptInvite, actorFrom, createInvite, createOwnerInvite } from './commands.ts';
import { breakGlass, endEmergency } from './emergency.ts';
import { actions, by, can, emergencyMinutes, emergencyRole } from './rules.ts';
import { type Actor, type Role, role as roles } from './schema.ts';

// Every job is known to the queue; none is run behind the test's back.
const inert = allHandlers({} as Parameters<typeof allHandlers>[0]).map(({ job }) =>
  handle(job, async () => undefined),
);
const services = await testServices({ handlers: inert });
const from = { address: '203.0.113.7', userAgent: 'Test browser' };
const why = 'Somebody fainted at the front desk';

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
    expect(log.map(({ entry }) => entry?.action).slice(0, 2)).toEqual(['patient.read', 'staff.glass-broken']);
    expect(JSON.stringify(log)).not.toContain(why);
    const shown = await readLog(services, at.owner, { actorId: actor.staffId });
    expect(shown.ok && shown.lines[1]?.why).toEqual({ state: 'said', words: why });
  });

  it('leaves no word of its reason once a record opened in it is erased, and the chain whole', async () => {
    const at = await clinic();
    const made = await createPatient(services, at.owner, { name: 'Sample patient 015', language: 'en' });
    const other = await createPatient(services, at.owner, { name: 'Sample patient 016', language: 'en' });
    if (!made.ok || !other.ok) throw new Error('no patient');
    const open = async (role: 'auditor' | 'desk', patientId: string) => {
      const { token, actor } = await at.member(role);
      await breakGlass(services, actor, `${why} (${role})`);
      await getPatient(services, await again(token), patientId);
    };
    await open('auditor', made.patient.id);
    await open('desk', other.patient.id);
    const { tenantId } = at.owner;
    const asked = await requestErasure(services, at.owner, made.patient.id, 'By letter');
    if (!asked.ok) throw new Error(asked.message);
    expect(await decideErasure(services, at.owner, asked.erasureId, { approve: true })).toEqual({ ok: true });
    expect(await carryOut(services, tenantId, asked.erasureId)).toBe('done');
    const left = await sql<{
      reason: string;
    }>`select reason from emergency_reasons where tenant_id = ${tenantId}`.execute(services.db);
    expect(left.rows).toEqual([{ reason: `${why} (desk)` }]);
    const entries = await sql<{ all: string }>`select string_agg(entry, ' ') as all from audit_entries
      where tenant_id = ${tenantId}`.execute(services.db);
    expect(entries.rows[0]?.all).not.toContain(why);
    const log = await readLog(services, at.owner, {});
    const reasons = log.ok ? log.lines.flatMap((line) => (line.why === null ? [] : [line.why])) : [];
    expect(reasons).toEqual([{ state: 'said', words: `${why} (desk)` }, { state: 'erased' }]);
    expect(await checkLog(services, at.owner)).toMatchObject({ ok: true, faults: [] });
  });

  it('shows a reason somebody changed behind the program as what it is, and words of old entries as they stand', async () => {
    const at = await clinic();
    const { actor } = await at.member('desk');
    await breakGlass(services, actor, why);
    await asTenant(services.db, actor.tenantId, (trx) =>
      recordAudit(services, trx, {
        ...by(actor),
        action: 'staff.glass-broken',
        subject: { kind: 'staff', id: actor.staffId },
        reason: 'the words of an old entry',
      }),
    );
    const admin = await connectAsAdmin(services.database);
    await admin.query("set session_replication_role = 'replica'");
    await admin.query(`update emergency_reasons set reason = reason || '!' where tenant_id = $1`, [
      actor.tenantId,
    ]);
    await admin.end();
    const log = await readLog(services, at.owner, { actorId: actor.staffId });
    expect(log.ok && log.lines.map((line) => line.why).slice(0, 2)).toEqual([
      { state: 'said', words: 'the words of an old entry' },
      { state: 'altered' },
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
