/**
 * A request that makes something, done once however often it is sent: its key, a hash of what was asked, and the ids of
 * what came of it. No person's data lies here, and it is forgotten after two days (limits.ts).
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Db, Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import type { Refusal } from './queries.ts';

export const idempotencyKey = z
  .string()
  .regex(
    /^[\x21-\x7e]{8,200}$/,
    'Send 8 to 200 visible characters, the same for every retry of one request.',
  );

export const keyMissing: Refusal<'idempotency-key-missing'> = {
  ok: false,
  reason: 'idempotency-key-missing',
  message: 'Send the header Idempotency-Key: 8 to 200 visible characters, the same for every retry.',
};
const keyReused: Refusal<'idempotency-key-reused'> = {
  ok: false,
  reason: 'idempotency-key-reused',
  message: 'This Idempotency-Key was used with other content. Use a new key for a new request.',
};

/** SHA-256 of what was asked, whatever the order of its fields. */
export function contentHash(content: unknown): Buffer {
  const sorted = JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(sorted).digest();
}

/** @returns false when somebody has claimed it; waits for one who is about to. */
export async function claimKey(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
  key: string,
  hash: Buffer,
): Promise<boolean> {
  const written = await trx
    .insertInto('idempotency_keys')
    .values({ tenant_id: tenantId, key, request_hash: hash, reply: null, created_at: services.clock.now() })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** @param ids of what was made, and nothing else */
export async function keepReply(
  trx: Trx,
  tenantId: string,
  key: string,
  ids: Readonly<Record<string, string>>,
): Promise<void> {
  await trx
    .updateTable('idempotency_keys')
    .set({ reply: JSON.stringify(ids) })
    .where('tenant_id', '=', tenantId)
    .where('key', '=', key)
    .execute();
}

/** What came of the request with this key; undefined when there was none. */
export async function earlierReply(
  db: Db,
  tenantId: string,
  key: string,
  hash: Buffer,
): Promise<{ readonly ok: true; readonly ids: unknown } | Refusal<'idempotency-key-reused'> | undefined> {
  const row = await db
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'reply'])
    .where('tenant_id', '=', tenantId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return row.request_hash.equals(hash) ? { ok: true, ids: row.reply } : keyReused;
}
