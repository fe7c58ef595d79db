import { describe, expect, it } from 'vitest';
import { testServices, testTenant } from '../platform/testing/database.ts';
import {
  acceptInvite,
  actorFrom,
  beginPasskey,
  beginPasskeyProof,
  beginPasskeySignIn,
  createOwnerInvite,
  finishPasskey,
  finishPasskeyProof,
  finishPasskeySignIn,
  listPasskeys,
  listSessions,
  removePasskey,
} from './commands.ts';
import type { Actor, From } from './schema.ts';
import { Authenticator } from './testing.ts';

const services = await testServices({ env: { PUBLIC_URL: 'https://clinic.example' } });
const from: From = { address: '203.0.113.7', userAgent: 'Test browser' };

async function owner(): Promise<{ tenantId: string; actor: Actor }> {
  const tenantId = await testTenant(services.db);
  const invite = await createOwnerInvite(services, tenantId);
  const form = { name: 'Asha', email: 'asha@clinic.example', password: 'green tea at half past four' };
  const accepted = await acceptInvite(services, invite?.token ?? '', form, from);
  if (!accepted.ok || accepted.session === undefined) throw new Error('not accepted');
  return { tenantId, actor: accepted.session.actor };
}

async function registered() {
  const { tenantId, actor } = await owner();
  const device = new Authenticator();
  const begun = await beginPasskey(services, actor);
  if (!begun.ok) throw new Error('not begun');
  const response = device.create(begun.options.challenge);
  const finished = await finishPasskey(services, actor, {
    challengeId: begun.challengeId,
    response,
    name: ' Phone ',
  });
  return { tenantId, actor, device, begun, finished };
}

async function signInWith(tenantId: string, device: Authenticator) {
  const begun = await beginPasskeySignIn(services, tenantId);
  const response = device.get(begun.options.challenge);
  return finishPasskeySignIn(services, tenantId, { challengeId: begun.challengeId, response }, from);
}

describe('a passkey', () => {
  it('is registered under its name and signs in without e-mail, password or code', async () => {
    const { tenantId, actor, device, finished } = await registered();
    expect(finished).toMatchObject({ ok: true, passkey: { name: 'Phone' } });
    const signedIn = await signInWith(tenantId, device);
    if (!signedIn.ok) throw new Error(signedIn.message);
    expect(await actorFrom(services, signedIn.session.token)).toMatchObject({
      staffId: actor.staffId,
      role: 'owner',
    });
    expect((await listSessions(services, signedIn.session.actor)).map((one) => one.method)).toContain(
      'passkey',
    );
    expect((await listPasskeys(services, actor))[0]?.lastUsedAt).toEqual(services.clock.now());
  });

  it('is asked for with user verification, for this site, and offered once per device', async () => {
    const { actor, device } = await registered();
    const again = await beginPasskey(services, actor);
    expect(again).toMatchObject({
      options: {
        rp: { id: 'clinic.example' },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        excludeCredentials: [{ id: device.id.toString('base64url') }],
      },
    });
  });

  it('is refused when its challenge was answered before, is old, or belongs to somebody else', async () => {
    const { tenantId, actor, device, begun } = await registered();
    const replay = {
      challengeId: begun.challengeId,
      response: device.create(begun.options.challenge),
      name: '',
    };
    expect(await finishPasskey(services, actor, replay)).toMatchObject({ reason: 'passkey-refused' });

    const old = await beginPasskeySignIn(services, tenantId);
    services.clock.advance(5 * 60_000);
    const late = { challengeId: old.challengeId, response: device.get(old.options.challenge) };
    expect(await finishPasskeySignIn(services, tenantId, late, from)).toMatchObject({
      reason: 'passkey-refused',
    });

    const stranger = await owner();
    const theirs = await beginPasskey(services, stranger.actor);
    if (!theirs.ok) throw new Error('not begun');
    const stolen = {
      challengeId: theirs.challengeId,
      response: device.create(theirs.options.challenge),
      name: '',
    };
    expect(await finishPasskey(services, actor, stolen)).toMatchObject({ reason: 'passkey-refused' });
  });

  it.each([
    ['another site', (device: Authenticator) => void (device.origin = 'https://clinic.example.evil')],
    ['another host', (device: Authenticator) => void (device.host = 'evil.example')],
    ['no user verification', (device: Authenticator) => void (device.isUserVerified = false)],
    ['a counter that went back', (device: Authenticator) => void (device.counter = -1)],
  ])('is refused with %s', async (_what, spoil) => {
    const { tenantId, device } = await registered();
    device.counter = 5;
    expect(await signInWith(tenantId, device)).toMatchObject({ ok: true });
    spoil(device);
    expect(await signInWith(tenantId, device)).toMatchObject({ reason: 'passkey-refused' });
  });

  it('of another key, another clinic, or removed, opens nothing', async () => {
    const { tenantId, actor, device } = await registered();
    const impostor = Object.assign(new Authenticator(), { id: device.id });
    expect(await signInWith(tenantId, impostor)).toMatchObject({ reason: 'passkey-refused' });
    expect(await signInWith(await testTenant(services.db), device)).toMatchObject({
      reason: 'passkey-refused',
    });
    services.clock.advance(5 * 60_000);
    const id = device.id.toString('base64url');
    expect(await removePasskey(services, actor, id)).toMatchObject({ reason: 'proof-needed' });
    const answer = await beginPasskeyProof(services, actor);
    if (!answer.ok) throw new Error('not begun');
    const response = device.get(answer.options.challenge);
    const proof = { challengeId: answer.challengeId, response };
    expect(await finishPasskeyProof(services, actor, proof)).toEqual({ ok: true });
    expect(await removePasskey(services, actor, 'another')).toMatchObject({ reason: 'not-found' });
    expect(await removePasskey(services, actor, id)).toEqual({ ok: true });
    expect(await signInWith(tenantId, device)).toMatchObject({ reason: 'passkey-refused' });
  });

  it('proves who its owner is, once for each challenge, and nobody else', async () => {
    const { actor, device } = await registered();
    const stranger = await registered();
    const begun = await beginPasskeyProof(services, actor);
    if (!begun.ok) throw new Error('not begun');
    expect(begun.options.allowCredentials?.map(({ id }) => id)).toEqual([device.id.toString('base64url')]);
    const foreign = {
      challengeId: begun.challengeId,
      response: stranger.device.get(begun.options.challenge),
    };
    expect(await finishPasskeyProof(services, actor, foreign)).toMatchObject({ reason: 'passkey-refused' });
    const own = { challengeId: begun.challengeId, response: device.get(begun.options.challenge) };
    expect(await finishPasskeyProof(services, actor, own)).toMatchObject({ reason: 'passkey-refused' });
    const bare = await owner();
    expect(await beginPasskeyProof(services, bare.actor)).toMatchObject({ reason: 'passkey-refused' });
  });

  it.each([null, {}, 'text', { id: 5 }, { id: 'x', rawId: 'x', type: 'public-key', response: {} }])(
    'is refused politely when the answer is %j',
    async (response) => {
      const { tenantId, actor } = await owner();
      const begun = await beginPasskeySignIn(services, tenantId);
      const answer = { challengeId: begun.challengeId, response };
      expect(await finishPasskeySignIn(services, tenantId, answer, from)).toMatchObject({
        reason: 'passkey-refused',
      });
      const register = await beginPasskey(services, actor);
      if (!register.ok) throw new Error('not begun');
      const made = { challengeId: register.challengeId, response, name: '' };
      expect(await finishPasskey(services, actor, made)).toMatchObject({ reason: 'passkey-refused' });
      expect(await finishPasskey(services, actor, { ...made, challengeId: 'nonsense' })).toMatchObject({
        reason: 'passkey-refused',
      });
    },
  );
});
