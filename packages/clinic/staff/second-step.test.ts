import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import { openClinic } from '../open-clinic.ts';
import { inTenant } from '../platform/scope.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import {
  acceptInvite,
  actorFrom,
  beginPasskey,
  beginPasskeyProof,
  beginTotp,
  confirmTotp,
  createInvite,
  createOwnerInvite,
  createRecoveryLink,
  entrantFrom,
  finishPasskey,
  finishPasskeyProof,
  listStaff,
  readSecondStepRule,
  setSecondStepRule,
  signIn,
  signOut,
  takeSecondStepOff,
} from './commands.ts';
import { can } from './rules.ts';
import type { Actor, From, OpenedSession, Role } from './schema.ts';
import { Authenticator, proven } from './testing.ts';

const services = await testServices({ env: { PUBLIC_URL: 'https://clinic.example' } });
const here: From = { address: '203.0.113.7', userAgent: 'Test browser' };
const password = 'green tea at half past four';
const dayMs = 86_400_000;
const everybody: readonly Role[] = ['owner', 'physician', 'assistant', 'desk', 'auditor'];

async function clinic() {
  const tenantId = await testTenant(services.db);
  const join = async (token: string, email: string): Promise<OpenedSession> => {
    const accepted = await acceptInvite(services, token, { name: `Member ${email}`, email, password }, here);
    if (!accepted.ok || !accepted.session) throw new Error('not accepted');
    return accepted.session;
  };
  const invite = await createOwnerInvite(services, tenantId);
  const owner = await join(invite?.token ?? '', 'owner@example.org');
  const member = async (role: Role) => {
    const made = await createInvite(services, await proven(services, owner.actor), role);
    if (!('token' in made)) throw new Error(made.message);
    return join(made.token, `${role}@example.org`);
  };
  const requires = async (roles: readonly Role[], graceDays: number) =>
    setSecondStepRule(services, await proven(services, owner.actor), { roles: [...roles], graceDays });
  const enter = async (email: string, words = password) => {
    const answer = await signIn(services, tenantId, { email, password: words }, here);
    if (!answer.ok || answer.next !== 'done') throw new Error('not signed in');
    return answer.session;
  };
  return { tenantId, owner, member, requires, enter };
}

const owes = async ({ token }: OpenedSession) => (await entrantFrom(services, token))?.owes;

/** A code works once: the next one comes half a minute later. */
async function setUpCode(actor: Actor): Promise<void> {
  services.clock.advance(30_000);
  const begun = await beginTotp(services, actor);
  if (!begun.ok) throw new Error(begun.message);
  const totp = new TOTP({ secret: begun.secret, digits: 6, period: 30, algorithm: 'SHA1' });
  const code = totp.generate({ timestamp: services.clock.now().getTime() });
  expect(await confirmTotp(services, actor, code)).toMatchObject({ ok: true });
}

describe('a second step that is required', () => {
  it('is what a new clinic starts with, for who can read records, after days in which all is open', async () => {
    const opened = await openClinic(services, {
      name: 'New clinic',
      host: 'new-clinic.example',
      country: 'IN',
      zone: 'Asia/Kolkata',
      currency: 'INR',
      languages: ['en'],
      branch: 'First',
    });
    if (!opened.ok) throw new Error(opened.message);
    services.clock.advance(40 * dayMs);
    await inTenant(opened.tenantId, async () => {
      const invite = await createOwnerInvite(services, opened.tenantId);
      const form = { name: 'Owner', email: 'owner@example.org', password };
      const joined = await acceptInvite(services, invite?.token ?? '', form, here);
      if (!joined.ok || !joined.session) throw new Error('not accepted');
      const { actor, token } = joined.session;
      expect(await owes(joined.session)).toBeUndefined();
      expect((await actorFrom(services, token))?.secondStepBy?.daysLeft).toBe(14);
      expect(await readSecondStepRule(services, actor)).toMatchObject({
        rule: { roles: everybody.filter((one) => can(one, 'patient.read')).toSorted(), graceDays: 14 },
      });
      const changed = await setSecondStepRule(services, await proven(services, actor), {
        roles: [],
        graceDays: 14,
      });
      expect(changed).toEqual({ ok: true });
      expect(await actorFrom(services, token)).not.toHaveProperty('secondStepBy');
    });
  });

  it('is asked of the roles named and of nobody else', async () => {
    const at = await clinic();
    const desk = await at.member('desk');
    const physician = await at.member('physician');
    expect(await at.requires(['desk'], 0)).toEqual({ ok: true });
    expect(await owes(desk)).toBe('set-up');
    expect(await owes(physician)).toBeUndefined();
    expect(await owes(at.owner)).toBeUndefined();
    expect(await actorFrom(services, desk.token)).toBeUndefined();
  });

  it('leaves days to set it up, then opens nothing else until it is', async () => {
    const at = await clinic();
    const desk = await at.member('desk');
    await at.requires(everybody, 3);
    expect((await actorFrom(services, desk.token))?.secondStepBy?.daysLeft).toBe(3);
    services.clock.advance(2 * dayMs + 1);
    const later = await at.enter('desk@example.org');
    expect((await actorFrom(services, later.token))?.secondStepBy?.daysLeft).toBe(1);
    services.clock.advance(dayMs);
    const late = await at.enter('desk@example.org');
    expect(await owes(late)).toBe('set-up');
    await setUpCode(late.actor);
    expect(await owes(late)).toBeUndefined();
    expect(await actorFrom(services, late.token)).not.toHaveProperty('secondStepBy');
  });

  it('gives who joins later the same days', async () => {
    const at = await clinic();
    await at.requires(everybody, 3);
    services.clock.advance(30 * dayMs);
    const owner = await at.enter('owner@example.org');
    expect(await owes(owner)).toBe('set-up');
    await setUpCode(owner.actor);
    const made = await createInvite(services, owner.actor, 'desk');
    if (!('token' in made)) throw new Error(made.message);
    const form = { name: 'New', email: 'new@example.org', password };
    const joined = await acceptInvite(services, made.token, form, here);
    if (!joined.ok || !joined.session) throw new Error('not accepted');
    expect((await actorFrom(services, joined.session.token))?.secondStepBy?.daysLeft).toBe(3);
  });

  it('is met by a passkey, but not by the password of who has one', async () => {
    const at = await clinic();
    const desk = await at.member('desk');
    await at.requires(everybody, 0);
    const device = new Authenticator();
    const begun = await beginPasskey(services, desk.actor);
    if (!begun.ok) throw new Error(begun.message);
    const response = device.create(begun.options.challenge);
    await finishPasskey(services, desk.actor, { challengeId: begun.challengeId, response, name: 'Phone' });
    expect(await owes(desk)).toBeUndefined();
    const byPassword = await at.enter('desk@example.org');
    expect(await owes(byPassword)).toBe('show');
    const proof = await beginPasskeyProof(services, byPassword.actor);
    if (!proof.ok) throw new Error(proof.message);
    const shown = { challengeId: proof.challengeId, response: device.get(proof.options.challenge) };
    expect(await finishPasskeyProof(services, byPassword.actor, shown)).toEqual({ ok: true });
    expect(await owes(byPassword)).toBeUndefined();
  });

  it('keeps the day a role was first named when the rule is changed, and forgets it when the role is left out', async () => {
    const at = await clinic();
    const desk = await at.member('desk');
    await at.requires(['desk'], 10);
    services.clock.advance(60_000);
    await at.requires(['desk', 'owner'], 10);
    const leftMs = async () => {
      const until = (await actorFrom(services, desk.token))?.secondStepBy?.until;
      return until === undefined ? undefined : until.getTime() - services.clock.now().getTime();
    };
    expect(await leftMs()).toBe(10 * dayMs - 60_000);
    await at.requires(['owner'], 10);
    expect(await leftMs()).toBeUndefined();
    await at.requires(['desk'], 10);
    expect(await leftMs()).toBe(10 * dayMs);
  });

  it('is set by owners alone, within limits, and stands in the chain with what it was', async () => {
    const at = await clinic();
    const desk = await at.member('desk');
    expect(await setSecondStepRule(services, desk.actor, { roles: [], graceDays: 0 })).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await readSecondStepRule(services, desk.actor)).toMatchObject({ reason: 'not-allowed' });
    expect(await at.requires(everybody, 91)).toMatchObject({ reason: 'bad-form', field: 'graceDays' });
    expect(await at.requires(['desk', 'desk'], 7)).toEqual({ ok: true });
    expect(await readSecondStepRule(services, at.owner.actor)).toEqual({
      ok: true,
      rule: { roles: ['desk'], graceDays: 7 },
    });
    const entries = await listAudit(services, at.tenantId);
    expect(entries[0]?.entry).toMatchObject({
      action: 'staff.second-step-required',
      change: { before: { roles: [] }, after: { roles: ['desk'], graceDays: 7 } },
    });
  });
});

describe('nobody is locked out', () => {
  it('for whoever must set it up can do so, sign out, and come back', async () => {
    const at = await clinic();
    await at.requires(everybody, 0);
    expect(await owes(at.owner)).toBe('set-up');
    await signOut(services, at.owner.token);
    expect(await entrantFrom(services, at.owner.token)).toBeUndefined();
    const back = await at.enter('owner@example.org');
    await setUpCode(back.actor);
    expect((await actorFrom(services, back.token))?.role).toBe('owner');
  });

  it('for an owner takes off what a member lost, and her next sign-in sets it up anew', async () => {
    const at = await clinic();
    const desk = await at.member('desk');
    await setUpCode(desk.actor);
    await at.requires(['desk'], 0);
    expect(await takeSecondStepOff(services, desk.actor, at.owner.actor.staffId)).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await takeSecondStepOff(services, at.owner.actor, desk.actor.staffId)).toEqual({ ok: true });
    expect(await entrantFrom(services, desk.token)).toBeUndefined();
    const listed = await listStaff(services, at.owner.actor);
    if ('ok' in listed) throw new Error(listed.message);
    expect(listed.map((one) => one.hasSecondStep)).toEqual([false, false]);
    expect(await owes(await at.enter('desk@example.org'))).toBe('set-up');
    expect(await takeSecondStepOff(services, at.owner.actor, 'no id')).toMatchObject({ reason: 'not-found' });
    const other = await clinic();
    expect(await takeSecondStepOff(services, other.owner.actor, desk.actor.staffId)).toMatchObject({
      reason: 'not-found',
    });
  });

  it('for an owner who lost code and passkey comes in by a link made on the machine', async () => {
    const at = await clinic();
    await setUpCode(at.owner.actor);
    const device = new Authenticator();
    const begun = await beginPasskey(services, at.owner.actor);
    if (!begun.ok) throw new Error(begun.message);
    const response = device.create(begun.options.challenge);
    await finishPasskey(services, at.owner.actor, { challengeId: begun.challengeId, response, name: '' });
    await at.requires(everybody, 0);
    const link = await createRecoveryLink(services, at.tenantId, 'owner@example.org');
    if (!('token' in link)) throw new Error(link.message);
    const form = { name: '', email: '', password: 'a brown hen among the lilies' };
    const accepted = await acceptInvite(services, link.token, form, here);
    if (!accepted.ok || !accepted.session) throw new Error('not accepted');
    expect(await owes(accepted.session)).toBe('set-up');
    await setUpCode(accepted.session.actor);
    expect(await owes(accepted.session)).toBeUndefined();
  });
});
