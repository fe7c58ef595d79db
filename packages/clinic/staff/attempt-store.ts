import type { Db, Trx } from '../platform/database.ts';
import { type AttemptKind, attemptMemoryMs, waitAfter } from './rules.ts';

declare module '../platform/database.ts' {
  interface Tables {
    sign_in_attempts: SignInAttemptsTable;
    staff_known_addresses: StaffKnownAddressesTable;
  }
}

interface SignInAttemptsTable {
  tenant_id: string;
  kind: AttemptKind;
  key_hash: Buffer;
  attempts: number;
  last_at: Date;
  blocked_until: Date | null;
}

interface StaffKnownAddressesTable {
  tenant_id: string;
  staff_id: string;
  address_hash: Buffer;
  last_at: Date;
}

/**
 * Counts an attempt on each key before it is tried, so that many at once cannot slip through together.
 * @returns the instant until which attempts are refused, if one of the keys is blocked; then nothing was counted.
 */
export async function reserveAttempt(
  trx: Trx,
  tenantId: string,
  keys: readonly { kind: AttemptKind; hash: Buffer }[],
  at: Date,
): Promise<Date | undefined> {
  // Always in one order: two attempts that share keys must not lock each other out.
  const ordered = keys.toSorted((a, b) => a.kind.localeCompare(b.kind));
  await trx
    .insertInto('sign_in_attempts')
    .values(
      ordered.map(({ kind, hash }) => ({
        tenant_id: tenantId,
        kind,
        key_hash: hash,
        attempts: 0,
        last_at: at,
        blocked_until: null,
      })),
    )
    .onConflict((c) => c.columns(['tenant_id', 'kind', 'key_hash']).doNothing())
    .execute();
  const rows: SignInAttemptsTable[] = [];
  for (const { kind, hash } of ordered) {
    const row = await trx
      .selectFrom('sign_in_attempts')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('kind', '=', kind)
      .where('key_hash', '=', hash)
      .forUpdate()
      .executeTakeFirstOrThrow();
    rows.push(row);
  }
  const blocked = rows.flatMap((row) =>
    row.blocked_until !== null && row.blocked_until > at ? [row.blocked_until.getTime()] : [],
  );
  if (blocked.length > 0) return new Date(Math.max(...blocked));
  for (const row of rows) {
    const isOld = at.getTime() - row.last_at.getTime() > attemptMemoryMs;
    const attempts = (isOld ? 0 : row.attempts) + 1;
    const waitSeconds = waitAfter(row.kind, attempts);
    await trx
      .updateTable('sign_in_attempts')
      .set({
        attempts,
        last_at: at,
        blocked_until: waitSeconds > 0 ? new Date(at.getTime() + waitSeconds * 1000) : null,
      })
      .where('tenant_id', '=', tenantId)
      .where('kind', '=', row.kind)
      .where('key_hash', '=', row.key_hash)
      .execute();
  }
  return undefined;
}

/** After a success: the pair is forgotten, the shared counts give back what this attempt took. */
export async function forgiveAttempt(
  trx: Trx,
  tenantId: string,
  keys: readonly { kind: AttemptKind; hash: Buffer }[],
): Promise<void> {
  for (const { kind, hash } of keys.toSorted((a, b) => a.kind.localeCompare(b.kind))) {
    const where = trx
      .updateTable('sign_in_attempts')
      .where('tenant_id', '=', tenantId)
      .where('kind', '=', kind)
      .where('key_hash', '=', hash);
    if (kind === 'pair') await where.set({ attempts: 0, blocked_until: null }).execute();
    else
      await where
        .set((e) => ({ attempts: e.fn('greatest', [e('attempts', '-', 1), e.lit(0)]), blocked_until: null }))
        .execute();
  }
}

export async function isKnownAddress(
  db: Db,
  tenantId: string,
  staffId: string,
  addressHash: Buffer,
): Promise<boolean> {
  const row = await db
    .selectFrom('staff_known_addresses')
    .select('last_at')
    .where('tenant_id', '=', tenantId)
    .where('staff_id', '=', staffId)
    .where('address_hash', '=', addressHash)
    .executeTakeFirst();
  return row !== undefined;
}

export async function rememberAddress(
  trx: Trx,
  tenantId: string,
  staffId: string,
  addressHash: Buffer,
  at: Date,
): Promise<void> {
  await trx
    .insertInto('staff_known_addresses')
    .values({ tenant_id: tenantId, staff_id: staffId, address_hash: addressHash, last_at: at })
    .onConflict((c) => c.columns(['tenant_id', 'staff_id', 'address_hash']).doUpdateSet({ last_at: at }))
    .execute();
}
