import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { testServices, testTenant } from '../platform/testing/database.ts';
import {
  acceptInvite,
  actorFrom,
  beginPasskey,
  beginPasskeySignIn,
  createOwnerInvite,
  finishPasskey,
  finishPasskeySignIn,
  listPasskeys,
  listSessions,
  removePasskey,
} from './commands.ts';
import type { Actor, From } from './schema.ts';

const services = await testServices({ env: { PUBLIC_URL: 'https://clinic.example' } });
const from: From = { address: '203.0.113.7', userAgent: 'Test browser' };

/** An authenticator in software: one key pair, ES256, no attestation (WebAuthn level 2, sections 6.1 and 6.5). */
class Authenticator {
  readonly id = randomBytes(16);
  counter = 0;
  isUserVerified = true;
  origin = 'https://clinic.example';
  host = 'clinic.example';
  readonly #key: KeyObject;
  readonly #point: { x: Buffer; y: Buffer };

  constructor() {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#key = pair.privateKey;
    const jwk = pair.publicKey.export({ format: 'jwk' });
    this.#point = { x: Buffer.from(jwk.x ?? '', 'base64url'), y: Buffer.from(jwk.y ?? '', 'base64url') };
  }

  create(challenge: string): object {
    const { x, y } = this.#point;
    // COSE key: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
    const cose = Buffer.concat([
      Buffer.from('a50102032620012158', 'hex'),
      Buffer.from([32]),
      x,
      Buffer.from('225820', 'hex'),
      y,
    ]);
    const credential = Buffer.concat([Buffer.alloc(16), uint16(this.id.length), this.id, cose]);
    const data = Buffer.concat([this.#authenticatorData(0x40), credential]);
    // {"fmt": "none", "attStmt": {}, "authData": bytes}
    const attestation = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
      Buffer.from([0x59]),
      uint16(data.length),
      data,
    ]);
    return this.#answer({
      clientDataJSON: this.#clientData('webauthn.create', challenge).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    });
  }

  get(challenge: string): object {
    this.counter++;
    const data = this.#authenticatorData(0);
    const client = this.#clientData('webauthn.get', challenge);
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
    return this.#answer({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: createSign('sha256').update(signed).sign(this.#key).toString('base64url'),
    });
  }

  #authenticatorData(flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const state = flags | 0x01 | (this.isUserVerified ? 0x04 : 0);
    return Buffer.concat([createHash('sha256').update(this.host).digest(), Buffer.from([state]), counter]);
  }

  #clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }));
  }

  #answer(response: object): object {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

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
    expect(await removePasskey(services, actor, device.id.toString('base64url'))).toBe(true);
    expect(await signInWith(tenantId, device)).toMatchObject({ reason: 'passkey-refused' });
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
