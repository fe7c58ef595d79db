import { sql } from 'kysely';
import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { listAudit, verifyAudit } from '../audit/commands.ts';
import { testServices, testTenant } from '../platform/testing/database.ts';
import {
  acceptInvite,
  actorFrom,
  beginTotp,
  changePassword,
  confirmTotp,
  createInvite,
  createOwnerInvite,
  createPasswordLink,
  createRecoveryLink,
  listSessions,
  listStaff,
  prove,
  readInvite,
  removeTotp,
  revokeSession,
  setDisabled,
  setRole,
  signIn,
  signInWithCode,
  signOut,
} from './commands.ts';
import { hashPassword, isPassword } from './passwords.ts';
import type { Actor, From, OpenedSession } from './schema.ts';

const services = await testServices();
const here: From = { address: '203.0.113.7', userAgent: 'Test browser' };
const elsewhere: From = { address: '198.51.100.9', userAgent: 'Another browser' };
const password = 'green tea at half past four';

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('expected a value');
  return value;
}

/** A clinic with an owner who has just signed in for the first time. */
async function clinicWithOwner(): Promise<{
  tenantId: string;
  session: OpenedSession;
  actor: Actor;
  email: string;
}> {
  const tenantId = await testTenant(services.db);
  const invite = given(await createOwnerInvite(services, tenantId));
  const email = 'owner@clinic.example';
  const accepted = await acceptInvite(services, invite.token, { name: 'Asha Owner', email, password }, here);
  if (!accepted.ok || accepted.session === undefined) throw new Error('the invitation was refused');
  return { tenantId, session: accepted.session, actor: accepted.session.actor, email };
}

async function codeFor(uri: string): Promise<string> {
  const parameters = new URL(uri).searchParams;
  const totp = new TOTP({ secret: parameters.get('secret') ?? '', digits: 6, period: 30, algorithm: 'SHA1' });
  return totp.generate({ timestamp: services.clock.now().getTime() });
}

describe('the first owner', () => {
  it('comes in by the printed link, once', async () => {
    const tenantId = await testTenant(services.db);
    const invite = given(await createOwnerInvite(services, tenantId));
    expect(await readInvite(services, invite.token)).toMatchObject({ ok: true, role: 'owner', tenantId });
    const form = { name: 'Asha', email: ' Asha@Clinic.Example ', password };
    const accepted = await acceptInvite(services, invite.token, form, here);
    expect(accepted).toMatchObject({
      ok: true,
      session: { actor: { tenantId, role: 'owner', name: 'Asha' } },
    });
    expect(await acceptInvite(services, invite.token, form, here)).toMatchObject({
      reason: 'invite-invalid',
    });
    expect(await createOwnerInvite(services, tenantId)).toBeUndefined();
  });

  it('is not let in by a link that a later start replaced, or that is three days old', async () => {
    const tenantId = await testTenant(services.db);
    const first = given(await createOwnerInvite(services, tenantId));
    const second = given(await createOwnerInvite(services, tenantId));
    expect(await readInvite(services, first.token)).toMatchObject({ reason: 'invite-invalid' });
    expect(await readInvite(services, second.token)).toMatchObject({ ok: true });
    services.clock.advance(72 * 3_600_000);
    expect(await readInvite(services, second.token)).toMatchObject({ reason: 'invite-invalid' });
  });

  it('keeps the link usable when the form was refused', async () => {
    const tenantId = await testTenant(services.db);
    const { token } = given(await createOwnerInvite(services, tenantId));
    const form = { name: 'Asha', email: 'a@b.example', password: 'short' };
    expect(await acceptInvite(services, token, form, here)).toMatchObject({
      reason: 'password-weak',
      field: 'password',
    });
    expect(await acceptInvite(services, token, { ...form, email: 'nobody' }, here)).toMatchObject({
      reason: 'bad-form',
      field: 'email',
    });
    expect(await acceptInvite(services, token, { ...form, password }, here)).toMatchObject({ ok: true });
  });

  it('makes one account when the link is used twice at the same moment', async () => {
    const tenantId = await testTenant(services.db);
    const { token } = given(await createOwnerInvite(services, tenantId));
    const tries = await Promise.all(
      ['a', 'b'].map((who) =>
        acceptInvite(services, token, { name: who, email: `${who}@c.example`, password }, here),
      ),
    );
    expect(tries.filter((answer) => answer.ok)).toHaveLength(1);
  });
});

describe('a session', () => {
  it('is found by its token, and by nothing the database holds', async () => {
    const { session, actor } = await clinicWithOwner();
    expect(await actorFrom(services, session.token)).toEqual(actor);
    const stored = await sql<{
      row: string;
    }>`select s::text as row from staff_sessions s where id = ${actor.sessionId}`.execute(services.db);
    const row = given(stored.rows[0]).row;
    expect(row).not.toContain(session.token);
    const hash = given(/\\\\x([0-9a-f]{64})/.exec(row)?.[1]);
    for (const wrong of [
      hash,
      '',
      'x',
      `${session.token}A`,
      session.token.slice(0, -1) + (session.token.endsWith('A') ? 'B' : 'A'),
    ]) {
      expect(await actorFrom(services, wrong)).toBeUndefined();
    }
  });

  it('ends after an hour without use, after twelve hours in any case, and lives on while used', async () => {
    const { session } = await clinicWithOwner();
    for (let minutes = 0; minutes < 11 * 60; minutes += 50) {
      services.clock.advance(50 * 60_000);
      expect(await actorFrom(services, session.token)).toBeDefined();
    }
    services.clock.advance(61 * 60_000);
    expect(await actorFrom(services, session.token)).toBeUndefined();
    const second = await clinicWithOwner();
    services.clock.advance(60 * 60_000);
    expect(await actorFrom(services, second.session.token)).toBeUndefined();
  });

  it('is new at every sign-in, listed, and ended by its owner', async () => {
    const { tenantId, session, actor, email } = await clinicWithOwner();
    const again = await signIn(services, tenantId, { email, password }, elsewhere);
    if (!again.ok || again.next !== 'done') throw new Error('sign-in failed');
    expect(again.session.token).not.toBe(session.token);
    const list = await listSessions(services, actor);
    expect(
      list.map((one) => `${one.address} ${one.isThisOne}`).toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['198.51.100.9 false', '203.0.113.7 true']);
    expect(await revokeSession(services, actor, 'others')).toEqual({ ok: true, ended: 1 });
    expect(await actorFrom(services, again.session.token)).toBeUndefined();
    await signOut(services, session.token);
    expect(await actorFrom(services, session.token)).toBeUndefined();
  });

  it('of one person cannot be ended by another', async () => {
    const a = await clinicWithOwner();
    const b = await clinicWithOwner();
    const others = { id: a.actor.sessionId };
    expect(await revokeSession(services, b.actor, others)).toEqual({ ok: true, ended: 0 });
    expect(await actorFrom(services, a.session.token)).toBeDefined();
  });
});

describe('signing in', () => {
  it('gives the same refusal for an unknown e-mail, a wrong password and a disabled account', async () => {
    const { tenantId, actor, email } = await clinicWithOwner();
    const link = await createInvite(services, actor, 'desk');
    if (!('token' in link)) throw new Error('no link');
    await acceptInvite(services, link.token, { name: 'Desk', email: 'desk@clinic.example', password }, here);
    const members = await listStaff(services, actor);
    const desk = given('ok' in members ? undefined : members.find((one) => one.role === 'desk'));
    await setDisabled(services, actor, desk.id, true);
    const answers = [
      await signIn(services, tenantId, { email: 'unknown@clinic.example', password }, elsewhere),
      await signIn(services, tenantId, { email, password: 'wrong password here' }, elsewhere),
      await signIn(services, tenantId, { email: 'desk@clinic.example', password }, elsewhere),
    ];
    expect(answers[0]).toMatchObject({ ok: false, reason: 'sign-in-refused' });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('does not know an account of another clinic', async () => {
    const { email } = await clinicWithOwner();
    const other = await testTenant(services.db);
    expect(await signIn(services, other, { email, password }, here)).toMatchObject({
      reason: 'sign-in-refused',
    });
  });

  it('is slowed down after wrong passwords, ever more, and the right one is then refused too', async () => {
    const { tenantId, email } = await clinicWithOwner();
    const wrong = { email, password: 'not this one either' };
    for (let n = 0; n < 5; n++)
      expect(await signIn(services, tenantId, wrong, elsewhere)).toMatchObject({ reason: 'sign-in-refused' });
    const blocked = await signIn(services, tenantId, { email, password }, elsewhere);
    expect(blocked).toMatchObject({ reason: 'too-many-attempts', retryAfterSeconds: 30 });
    services.clock.advance(30_000);
    expect(await signIn(services, tenantId, wrong, elsewhere)).toMatchObject({ reason: 'sign-in-refused' });
    expect(await signIn(services, tenantId, wrong, elsewhere)).toMatchObject({
      reason: 'too-many-attempts',
      retryAfterSeconds: 60,
    });
    services.clock.advance(60_000);
    expect(await signIn(services, tenantId, { email, password }, elsewhere)).toMatchObject({
      ok: true,
      next: 'done',
    });
    expect(await signIn(services, tenantId, wrong, elsewhere)).toMatchObject({ reason: 'sign-in-refused' });
  });

  it('cannot be locked for its owner by strangers, from however many places they try', async () => {
    const { tenantId, email } = await clinicWithOwner();
    let refused = 0;
    for (let n = 0; n < 60; n++) {
      const from = { address: `192.0.2.${n}`, userAgent: '' };
      const answer = await signIn(services, tenantId, { email, password: 'guess after guess' }, from);
      if (!answer.ok && answer.reason === 'too-many-attempts') refused++;
    }
    expect(refused).toBeGreaterThan(30);
    expect(await signIn(services, tenantId, { email, password }, here)).toMatchObject({ ok: true });
    expect(
      await signIn(services, tenantId, { email: 'someone.else@clinic.example', password }, here),
    ).toMatchObject({ reason: 'sign-in-refused' });
  });

  it('lets no more guesses through when they come all at once', async () => {
    const { tenantId, email } = await clinicWithOwner();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        signIn(services, tenantId, { email, password: 'all at once now' }, elsewhere),
      ),
    );
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'sign-in-refused')).toHaveLength(5);
  });
});

describe('the second factor', () => {
  async function enrolled() {
    const owner = await clinicWithOwner();
    const begun = await beginTotp(services, owner.actor);
    if (!begun.ok) throw new Error('not begun');
    const confirmed = await confirmTotp(services, owner.actor, await codeFor(begun.uri));
    if (!confirmed.ok) throw new Error('not confirmed');
    return { ...owner, uri: begun.uri, recoveryCodes: confirmed.recoveryCodes };
  }

  it('is asked for once it is confirmed, and its secret is sealed in the database', async () => {
    const { tenantId, email, uri, actor } = await enrolled();
    const stored = await sql<{
      row: string;
    }>`select s::text as row from staff s where id = ${actor.staffId}`.execute(services.db);
    expect(stored.rows[0]?.row).not.toContain(new URL(uri).searchParams.get('secret'));
    const first = await signIn(services, tenantId, { email, password }, here);
    if (!first.ok || first.next !== 'code') throw new Error('no code asked');
    expect(await actorFrom(services, first.ticket)).toBeUndefined();
    services.clock.advance(30_000);
    const code = await codeFor(uri);
    expect(await signInWithCode(services, first.ticket, code, here)).toMatchObject({
      ok: true,
      next: 'done',
    });
    expect(await signInWithCode(services, first.ticket, code, here)).toMatchObject({
      reason: 'ticket-expired',
    });
  });

  it('takes a code once', async () => {
    const { tenantId, email, uri } = await enrolled();
    services.clock.advance(30_000);
    const code = await codeFor(uri);
    expect(await signIn(services, tenantId, { email, password, code }, here)).toMatchObject({ next: 'done' });
    expect(await signIn(services, tenantId, { email, password, code }, here)).toMatchObject({
      reason: 'code-refused',
    });
  });

  it('takes each recovery code once, written with or without its dashes', async () => {
    const { tenantId, email, recoveryCodes } = await enrolled();
    expect(new Set(recoveryCodes).size).toBe(10);
    const code = given(recoveryCodes[3]);
    const typed = code.replaceAll('-', ' ').toLowerCase();
    expect(await signIn(services, tenantId, { email, password, code: typed }, here)).toMatchObject({
      next: 'done',
    });
    expect(await signIn(services, tenantId, { email, password, code }, here)).toMatchObject({
      reason: 'code-refused',
    });
    expect(
      await signIn(services, tenantId, { email, password, code: given(recoveryCodes[4]) }, here),
    ).toMatchObject({ next: 'done' });
  });

  it('ends a ticket after five wrong codes, and slows down whoever has the password alone', async () => {
    const { tenantId, email } = await enrolled();
    const first = await signIn(services, tenantId, { email, password }, elsewhere);
    if (!first.ok || first.next !== 'code') throw new Error('no code asked');
    const reasons: string[] = [];
    for (let n = 0; n < 6; n++) {
      const answer = await signInWithCode(services, first.ticket, '000000', elsewhere);
      if (!answer.ok) reasons.push(answer.reason);
    }
    expect(reasons).toEqual([
      'code-refused',
      'code-refused',
      'code-refused',
      'code-refused',
      'ticket-expired',
      'ticket-expired',
    ]);
    for (let n = 0; n < 4; n++) await signIn(services, tenantId, { email, password }, elsewhere);
    expect(await signIn(services, tenantId, { email, password }, elsewhere)).toMatchObject({
      reason: 'too-many-attempts',
    });
  });

  it('stays in force when the password is renewed by a link, and leaves only with a proof', async () => {
    const { tenantId, email, actor, uri } = await enrolled();
    const link = await createPasswordLink(services, actor, actor.staffId);
    if (!('token' in link)) throw new Error('no link');
    const renewed = 'a quite different sentence';
    const accepted = await acceptInvite(
      services,
      link.token,
      { name: '', email: '', password: renewed },
      here,
    );
    expect(accepted).toEqual({ ok: true, session: undefined });
    expect(await signIn(services, tenantId, { email, password: renewed }, here)).toMatchObject({
      next: 'code',
    });
    services.clock.advance(60_000);
    const back = await signIn(
      services,
      tenantId,
      { email, password: renewed, code: await codeFor(uri) },
      here,
    );
    if (!back.ok || back.next !== 'done') throw new Error('not signed in');
    services.clock.advance(5 * 60_000);
    expect(await removeTotp(services, back.session.actor)).toMatchObject({ reason: 'proof-needed' });
    const proof = { password: renewed, code: await codeFor(uri) };
    expect(await prove(services, back.session.actor, { ...proof, password }, here)).toMatchObject({
      reason: 'password-wrong',
    });
    expect(await prove(services, back.session.actor, proof, here)).toEqual({ ok: true });
    expect(await removeTotp(services, back.session.actor)).toEqual({ ok: true });
    expect(await signIn(services, tenantId, { email, password: renewed }, here)).toMatchObject({
      next: 'done',
    });
  });
});

describe('members', () => {
  it('are managed by owners alone', async () => {
    const { actor } = await clinicWithOwner();
    const desk: Actor = { ...actor, role: 'desk' };
    expect(await createInvite(services, desk, 'owner')).toMatchObject({ reason: 'not-allowed' });
    expect(await createPasswordLink(services, desk, actor.staffId)).toMatchObject({ reason: 'not-allowed' });
    expect(await listStaff(services, desk)).toMatchObject({ reason: 'not-allowed' });
    expect(await setRole(services, desk, desk.staffId, 'owner')).toMatchObject({ reason: 'not-allowed' });
  });

  it('always keep one owner', async () => {
    const { actor } = await clinicWithOwner();
    expect(await setRole(services, actor, actor.staffId, 'desk')).toMatchObject({ reason: 'last-owner' });
    expect(await setDisabled(services, actor, actor.staffId, true)).toMatchObject({ reason: 'last-owner' });
  });

  it('lose their other sessions when they change their password', async () => {
    const { tenantId, session, actor, email } = await clinicWithOwner();
    const other = await signIn(services, tenantId, { email, password }, here);
    if (!other.ok || other.next !== 'done') throw new Error('not signed in');
    expect(await changePassword(services, actor, 'something else', 'a new long sentence')).toMatchObject({
      reason: 'password-wrong',
    });
    expect(await changePassword(services, actor, password, 'a new long sentence')).toEqual({ ok: true });
    expect(await actorFrom(services, other.session.token)).toBeUndefined();
    expect(await actorFrom(services, session.token)).toBeDefined();
  });

  it('of another clinic cannot be touched', async () => {
    const a = await clinicWithOwner();
    const b = await clinicWithOwner();
    expect(await setRole(services, b.actor, a.actor.staffId, 'desk')).toMatchObject({ reason: 'not-found' });
    expect(await setRole(services, b.actor, 'no id', 'desk')).toMatchObject({ reason: 'not-found' });
    expect(await createPasswordLink(services, b.actor, 'no id')).toMatchObject({ reason: 'not-found' });
    expect(await revokeSession(services, b.actor, { id: 'no id' })).toEqual({ ok: true, ended: 0 });
    expect(await createPasswordLink(services, b.actor, a.actor.staffId)).toMatchObject({
      reason: 'not-found',
    });
  });
});

it('leaves a chain that verifies and holds no name, e-mail or address', async () => {
  const { tenantId, email } = await clinicWithOwner();
  await signIn(services, tenantId, { email, password: 'wrong password here' }, elsewhere);
  await signIn(services, tenantId, { email, password }, elsewhere);
  expect((await verifyAudit(services)).ok).toBe(true);
  const entries = await listAudit(services, tenantId);
  expect(entries.map((row) => row.entry?.action)).toEqual([
    'staff.signed-in',
    'staff.sign-in-refused',
    'staff.signed-in',
    'staff.joined',
    'staff.invited',
  ]);
  expect(JSON.stringify(entries)).not.toMatch(/Asha|@|203\.0|198\.51/);
});

it('hashes passwords so that equal ones differ, and checks them whatever way they were typed', async () => {
  const [a, b] = [await hashPassword('ﬁve naïve words here'), await hashPassword('ﬁve naïve words here')];
  expect(a).not.toBe(b);
  expect(a).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPassword('five naïve words here', a)).toBe(true);
  expect(await isPassword('five naive words here', a)).toBe(false);
  expect(await isPassword('anything', null)).toBe(false);
});

describe('an owner who is locked out', () => {
  it('comes in again by a link made on the machine, with a new password and no second step', async () => {
    const at = await clinicWithOwner();
    const begun = await beginTotp(services, at.actor);
    if (!begun.ok) throw new Error(begun.message);
    expect(await confirmTotp(services, at.actor, await codeFor(begun.uri))).toMatchObject({ ok: true });
    expect(await createRecoveryLink(services, at.tenantId, 'nobody@clinic.example')).toMatchObject({
      reason: 'not-found',
    });
    const link = await createRecoveryLink(services, at.tenantId, ' Owner@Clinic.example ');
    if (!('url' in link)) throw new Error(link.message);
    expect(await actorFrom(services, at.session.token)).toBeUndefined();
    const next = 'a brown hen among the lilies';
    const form = { name: 'Asha Owner', email: at.email, password: next };
    expect(await acceptInvite(services, link.token, form, here)).toMatchObject({ ok: true });
    const signedIn = await signIn(services, at.tenantId, { email: at.email, password: next }, here);
    expect(signedIn).toMatchObject({ ok: true, next: 'done' });
    expect(await acceptInvite(services, link.token, form, here)).toMatchObject({ reason: 'invite-invalid' });
  });

  it('is an owner: nobody else is let in this way', async () => {
    const at = await clinicWithOwner();
    const invite = await createInvite(services, at.actor, 'physician');
    if (!('url' in invite)) throw new Error(invite.message);
    const email = 'physician@clinic.example';
    await acceptInvite(services, invite.token, { name: 'Member', email, password }, here);
    expect(await createRecoveryLink(services, at.tenantId, email)).toMatchObject({ reason: 'not-found' });
  });
});
