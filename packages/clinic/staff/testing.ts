import {
  createHash,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import { sql } from 'kysely';
import type { Services } from '../platform/services.ts';
import { type TestServices, testTenant } from '../platform/testing/database.ts';
import type { Actor, Role } from './schema.ts';
import { insertSession, selectProof, updateProof } from './session-store.ts';

/** Somebody of this role, of a clinic of their own unless one is named. No row of `staff` knows them. */
export async function testActor(
  services: Pick<TestServices, 'db'>,
  role: Role,
  tenantId?: string,
  name = 'Test',
): Promise<Actor> {
  const id = tenantId ?? (await testTenant(services.db));
  return { tenantId: id, staffId: randomUUID(), role, name, sessionId: randomUUID() };
}

/** As {@link testActor}, and in `staff`. */
export async function testMember(
  services: Pick<TestServices, 'db'>,
  role: Role = 'physician',
  tenantId?: string,
): Promise<Actor> {
  const actor = await testActor(services, role, tenantId, `Sample ${role}`);
  await sql`insert into staff (tenant_id, id, email, name, role, created_at)
    values (${actor.tenantId}, ${actor.staffId}, ${`${role}-${actor.staffId}@example.org`}, ${actor.name}, ${role}, now())`.execute(
    services.db,
  );
  return actor;
}

/** A made-up actor who has just proved who she is, in the session she names. She must be in `staff`. */
export async function proven(services: Pick<Services, 'db' | 'clock'>, actor: Actor): Promise<Actor> {
  const at = services.clock.now();
  const { tenantId, sessionId } = actor;
  await services.db.transaction().execute(async (trx) => {
    if ((await selectProof(trx, actor)) !== undefined)
      return updateProof(trx, tenantId, sessionId, { proved_at: at });
    await insertSession(trx, {
      tenant_id: actor.tenantId,
      id: actor.sessionId,
      staff_id: actor.staffId,
      token_hash: randomBytes(32),
      state: 'active',
      method: 'password',
      address: '203.0.113.7',
      user_agent: 'Test browser',
      code_failures: 0,
      created_at: at,
      last_seen_at: at,
      expires_at: new Date(at.getTime() + 12 * 3_600_000),
      revoked_at: null,
    });
  });
  return actor;
}

/** An authenticator in software: one key pair, ES256, no attestation (WebAuthn level 2, sections 6.1 and 6.5). */
export class Authenticator {
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
