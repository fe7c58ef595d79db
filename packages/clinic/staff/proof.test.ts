import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { createApiToken } from '../api-tokens/commands.ts';
import { listAudit } from '../audit/commands.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import {
  acceptInvite,
  beginPasskey,
  beginTotp,
  confirmTotp,
  createInvite,
  createOwnerInvite,
  createPasswordLink,
  listPasskeys,
  listSessions,
  listStaff,
  prove,
  readSecondStepRule,
  removePasskey,
  removeTotp,
  renewRecoveryCodes,
  revokeSession,
  setDisabled,
  setRole,
  setSecondStepRule,
  signIn,
  takeSecondStepOff,
  waysToProve,
} from './commands.ts';
import { proofMinutes } from './rules.ts';
import type { Actor, From } from './schema.ts';

const services = await testServices();
const here: From = { address: '203.0.113.7', userAgent: 'Test browser' };
const password = 'green tea at half past four';

async function clinicWithOwner(): Promise<Actor> {
  const tenantId = await testTenant(services.db);
  const invite = await createOwnerInvite(services, tenantId);
  const form = { name: 'Asha Owner', email: 'owner@clinic.example', password };
  const accepted = await acceptInvite(services, invite?.token ?? '', form, here);
  if (!accepted.ok || accepted.session === undefined) throw new Error('the invitation was refused');
  return accepted.session.actor;
}

/** Every act on what guards an account; none of them may happen long after the proof. */
const acts: Readonly<Record<string, (actor: Actor) => Promise<unknown>>> = {
  'adding a passkey': (actor) => beginPasskey(services, actor),
  'removing a passkey': (actor) => removePasskey(services, actor, 'any'),
  'setting up a code': (actor) => beginTotp(services, actor),
  'turning a code off': (actor) => removeTotp(services, actor),
  'new recovery codes': (actor) => renewRecoveryCodes(services, actor),
  'ending other sessions': (actor) => revokeSession(services, actor, 'others'),
  'ending another session': (actor) => revokeSession(services, actor, { id: actor.tenantId }),
  'inviting a member': (actor) => createInvite(services, actor, 'desk'),
  'a link for a password': (actor) => createPasswordLink(services, actor, actor.staffId),
  'changing a role': (actor) => setRole(services, actor, actor.staffId, 'owner'),
  'shutting a member out': (actor) => setDisabled(services, actor, actor.staffId, false),
  'taking off a second step': (actor) => takeSecondStepOff(services, actor, actor.staffId),
  'requiring a second step': (actor) =>
    setSecondStepRule(services, actor, { roles: ['owner'], graceDays: 7 }),
  'a token for a program': (actor) =>
    createApiToken(services, actor, { name: 'Program', scopes: ['fhir:read'], days: 1 }),
};

describe('what guards an account', () => {
  it.each(Object.entries(acts))('is not touched long after the proof: %s', async (_name, act) => {
    const actor = await clinicWithOwner();
    services.clock.advance(proofMinutes * 60_000);
    expect(await act(actor)).toMatchObject({ ok: false, reason: 'proof-needed' });
    expect(await prove(services, actor, { password, code: '' }, here)).toEqual({ ok: true });
    services.clock.advance(proofMinutes * 60_000 - 1);
    expect(await act(actor)).not.toMatchObject({ reason: 'proof-needed' });
  });

  it.each(Object.entries(acts))('is not touched in a session that is none: %s', async (_name, act) => {
    const actor = await clinicWithOwner();
    const made = { ...actor, sessionId: actor.staffId };
    expect(await act(made)).toMatchObject({ ok: false, reason: 'proof-needed' });
  });

  it('can be looked at, and the present session ended, at any time', async () => {
    const actor = await clinicWithOwner();
    services.clock.advance(proofMinutes * 60_000);
    expect(await listSessions(services, actor)).toHaveLength(1);
    expect(await listPasskeys(services, actor)).toEqual([]);
    expect(await listStaff(services, actor)).toHaveLength(1);
    expect(await readSecondStepRule(services, actor)).toMatchObject({ ok: true });
    expect(await revokeSession(services, actor, { id: actor.sessionId })).toEqual({ ok: true, ended: 1 });
  });
});

describe('a proof', () => {
  it('counts in its own session alone', async () => {
    const actor = await clinicWithOwner();
    services.clock.advance(proofMinutes * 60_000);
    const email = 'owner@clinic.example';
    const other = await signIn(services, actor.tenantId, { email, password }, here);
    if (!other.ok || other.next !== 'done') throw new Error('not signed in');
    expect(await beginTotp(services, actor)).toMatchObject({ reason: 'proof-needed' });
    expect(await beginTotp(services, other.session.actor)).toMatchObject({ ok: true });
  });

  it('needs the code too where one is in force, and uses it up', async () => {
    const actor = await clinicWithOwner();
    const begun = await beginTotp(services, actor);
    if (!begun.ok) throw new Error(begun.message);
    const { secret } = begun;
    const code = () =>
      new TOTP({ secret, digits: 6, period: 30, algorithm: 'SHA1' }).generate({
        timestamp: services.clock.now().getTime(),
      });
    expect(await confirmTotp(services, actor, code())).toMatchObject({ ok: true });
    expect(await waysToProve(services, actor)).toEqual({ hasCode: true, hasPasskey: false });
    services.clock.advance(proofMinutes * 60_000);
    expect(await prove(services, actor, { password, code: '' }, here)).toMatchObject({ field: 'code' });
    expect(await prove(services, actor, { password: 'wrong', code: code() }, here)).toMatchObject({
      field: 'password',
    });
    expect(await prove(services, actor, { password, code: code() }, here)).toEqual({ ok: true });
    expect(await prove(services, actor, { password, code: code() }, here)).toMatchObject({ field: 'code' });
    const entries = await listAudit(services, actor.tenantId);
    const noted = entries.map((row) => row.entry?.action).filter((action) => action?.includes('prove'));
    expect(noted).toEqual(['staff.proved']);
    expect(entries.filter((row) => row.entry?.action === 'staff.proof-refused')).toHaveLength(3);
  });

  it('is slowed down for whoever guesses, and the right password is then refused too', async () => {
    const actor = await clinicWithOwner();
    for (let n = 0; n < 5; n++) {
      expect(await prove(services, actor, { password: `guess ${n}`, code: '' }, here)).toMatchObject({
        reason: 'password-wrong',
      });
    }
    expect(await prove(services, actor, { password, code: '' }, here)).toMatchObject({
      reason: 'too-many-attempts',
    });
  });
});
