/** What keeps robots out without a third party: proof of work, used once, and counts per address and person. */
import { createHash } from 'node:crypto';
import { createChallenge, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import './tables.ts';

/** PBKDF2 rounds per try, and how many tries a solver needs (chosen at random between the two). */
export interface WorkCost {
  readonly rounds: number;
  readonly leastTries: number;
  readonly mostTries: number;
}

/** About half a second on a cheap phone (altcha-lib 2.8, PBKDF2/SHA-256). */
const usualCost: WorkCost = { rounds: 1000, leastTries: 200, mostTries: 600 };

const challengeMinutes = 20;

export type Challenge = Awaited<ReturnType<typeof createChallenge>>;

export async function issueChallenge(
  services: Pick<Services, 'keys' | 'clock'>,
  tenantId: string,
  cost: WorkCost = usualCost,
): Promise<Challenge> {
  const secret = services.keys.mac('altcha', tenantId).toString('hex');
  return createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: cost.rounds,
    counter: randomInt(cost.leastTries, cost.mostTries),
    deriveKey,
    // In the signed data, not as `expiresAt`: that would be held against the machine's clock, not the clinic's.
    data: { goodUntil: Math.floor(services.clock.now().getTime() / 1000) + challengeMinutes * 60 },
    hmacSignatureSecret: secret,
    hmacKeySignatureSecret: `${secret}.key`,
  });
}

export type ChallengeRefusal = {
  ok: false;
  reason: 'challenge-invalid' | 'challenge-expired' | 'challenge-used';
  message: string;
};

/** Checks a solution without writing. `hash` is what {@link spendChallenge} takes. */
export async function checkChallenge(
  services: Pick<Services, 'keys' | 'clock'>,
  tenantId: string,
  payload: string,
): Promise<{ ok: true; hash: Buffer; expiresAt: Date } | ChallengeRefusal> {
  const invalid: ChallengeRefusal = {
    ok: false,
    reason: 'challenge-invalid',
    message: 'The check against robots did not pass. Please reload the page and try again.',
  };
  let decoded: { challenge?: Challenge; solution?: { counter: number; derivedKey: string } };
  try {
    decoded = JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as typeof decoded;
  } catch {
    return invalid;
  }
  const { challenge, solution } = decoded ?? {};
  if (challenge?.parameters === undefined || challenge.signature === undefined || solution === undefined) {
    return invalid;
  }
  const secret = services.keys.mac('altcha', tenantId).toString('hex');
  try {
    const result = await verifySolution({
      challenge,
      solution,
      deriveKey,
      hmacSignatureSecret: secret,
      hmacKeySignatureSecret: `${secret}.key`,
    });
    if (!result.verified) return invalid;
  } catch {
    return invalid;
  }
  const expiresAt = new Date(Number(challenge.parameters.data?.goodUntil) * 1000);
  if (!(expiresAt > services.clock.now())) {
    const message = 'The check against robots has expired. Please try again.';
    return { ok: false, reason: 'challenge-expired', message };
  }
  return { ok: true, hash: createHash('sha256').update(challenge.signature).digest(), expiresAt };
}

/** Marks a solution as used; false when it was used before. Verification alone would pass a replay. */
export async function spendChallenge(
  trx: Trx,
  tenantId: string,
  challenge: { hash: Buffer; expiresAt: Date },
): Promise<boolean> {
  const written = await trx
    .insertInto('used_challenges')
    .values({ tenant_id: tenantId, challenge_hash: challenge.hash, expires_at: challenge.expiresAt })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export interface RateRule {
  readonly name: string;
  readonly most: number;
  readonly windowMinutes: number;
}

export const rateRules = {
  challengePerAddress: { name: 'challenge-address', most: 120, windowMinutes: 60 },
  bookingPerAddress: { name: 'booking-address', most: 30, windowMinutes: 60 },
  bookingPerPhone: { name: 'booking-phone', most: 5, windowMinutes: 24 * 60 },
  bookingPerEmail: { name: 'booking-email', most: 5, windowMinutes: 24 * 60 },
  linkPerAddress: { name: 'link-address', most: 120, windowMinutes: 60 },
} as const satisfies Record<string, RateRule>;

/**
 * Counts one attempt. With a plain connection it is committed at once, so that a refused request still counts. The
 * subject is kept only as a keyed hash. Windows are fixed; the answer says when this one ends.
 */
export async function countAttempt(
  services: Pick<Services, 'keys' | 'clock'>,
  db: Db | Trx,
  tenantId: string,
  rule: RateRule,
  subject: string,
): Promise<
  { ok: true } | { ok: false; reason: 'too-many-requests'; message: string; retryAfterSeconds: number }
> {
  const windowMs = rule.windowMinutes * 60_000;
  const now = services.clock.now().getTime();
  const start = new Date(Math.floor(now / windowMs) * windowMs);
  const hash = services.keys.mac('rate', `${tenantId} ${rule.name} ${subject.trim().toLowerCase()}`);
  const answer = await sql<{ count: number }>`
    insert into rate_counts (tenant_id, subject, window_start, count) values (${tenantId}, ${hash}, ${start}, 1)
    on conflict (tenant_id, subject, window_start) do update set count = rate_counts.count + 1
    returning count`.execute(db);
  if ((answer.rows[0]?.count ?? 0) <= rule.most) return { ok: true };
  const retryAfterSeconds = Math.ceil((start.getTime() + windowMs - now) / 1000);
  return {
    ok: false,
    reason: 'too-many-requests',
    message: 'Too many requests from here for now. Please try later, or call the clinic.',
    retryAfterSeconds,
  };
}

/** Forgets counts and solutions that no longer matter, and idempotency keys after two days. */
export async function sweepLimits(services: Pick<Services, 'clock'>, db: Db): Promise<void> {
  const now = services.clock.now();
  await db.deleteFrom('used_challenges').where('expires_at', '<', now).execute();
  const twoDaysAgo = new Date(now.getTime() - 2 * 86_400_000);
  await db.deleteFrom('rate_counts').where('window_start', '<', twoDaysAgo).execute();
  await db.deleteFrom('idempotency_keys').where('created_at', '<', twoDaysAgo).execute();
}
