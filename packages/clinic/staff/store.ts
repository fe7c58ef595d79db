import type { Db, Trx } from '../platform/database.ts';
import { type AttemptKind, attemptMemoryMs, waitAfter } from './rules.ts';
import type { Role, SessionView } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    staff: StaffTable;
    staff_invites: StaffInvitesTable;
    staff_sessions: StaffSessionsTable;
    staff_recovery_codes: StaffRecoveryCodesTable;
    staff_passkeys: StaffPasskeysTable;
    staff_challenges: StaffChallengesTable;
    sign_in_attempts: SignInAttemptsTable;
    staff_known_addresses: StaffKnownAddressesTable;
  }
}

export interface StaffTable {
  tenant_id: string;
  id: string;
  email: string;
  name: string;
  role: Role;
  password_hash: string | null;
  password_changed_at: Date | null;
  totp_sealed: Buffer | null;
  totp_confirmed_at: Date | null;
  totp_last_step: number;
  disabled_at: Date | null;
  created_at: Date;
}

interface StaffInvitesTable {
  tenant_id: string;
  token_hash: Buffer;
  role: Role;
  staff_id: string | null;
  created_by: string | null;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

export interface StaffSessionsTable {
  tenant_id: string;
  id: string;
  staff_id: string;
  token_hash: Buffer;
  state: 'awaiting-code' | 'active';
  method: SessionView['method'];
  address: string;
  user_agent: string;
  code_failures: number;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  emergency_until: Date | null;
  emergency_reason: string | null;
}

interface StaffRecoveryCodesTable {
  tenant_id: string;
  staff_id: string;
  code_hash: Buffer;
  used_at: Date | null;
}

export interface StaffPasskeysTable {
  tenant_id: string;
  credential_id: string;
  staff_id: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
  name: string;
  backed_up: boolean;
  created_at: Date;
  last_used_at: Date | null;
}

interface StaffChallengesTable {
  tenant_id: string;
  id: string;
  kind: 'passkey-register' | 'passkey-sign-in';
  staff_id: string | null;
  challenge: string;
  expires_at: Date;
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

export function selectStaffByEmail(db: Db, tenantId: string, email: string): Promise<StaffTable | undefined> {
  return db
    .selectFrom('staff')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('email', '=', email)
    .executeTakeFirst();
}

export function selectStaff(db: Db, tenantId: string, id: string): Promise<StaffTable | undefined> {
  return db
    .selectFrom('staff')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** As {@link selectStaff}, holding the row until the transaction ends. */
export function lockStaff(trx: Trx, tenantId: string, id: string): Promise<StaffTable | undefined> {
  return trx
    .selectFrom('staff')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export function selectAllStaff(db: Db, tenantId: string): Promise<StaffTable[]> {
  return db
    .selectFrom('staff')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** False when the e-mail is taken. */
export async function insertStaff(trx: Trx, row: StaffTable): Promise<boolean> {
  const written = await trx
    .insertInto('staff')
    .values(row)
    .onConflict((c) => c.columns(['tenant_id', 'email']).doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function updateStaff(
  trx: Trx,
  tenantId: string,
  id: string,
  change: Partial<StaffTable>,
): Promise<void> {
  await trx.updateTable('staff').set(change).where('tenant_id', '=', tenantId).where('id', '=', id).execute();
}

/** Owners who can still sign in, locked, so that two requests cannot remove the last two. */
export async function lockOwners(trx: Trx, tenantId: string): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom('staff')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('role', '=', 'owner')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => row.id);
}

export async function insertInvite(trx: Trx, row: StaffInvitesTable): Promise<void> {
  await trx.insertInto('staff_invites').values(row).execute();
}

/** Ends unused links: for a new owner link (no member yet), or a member's earlier password links. */
export async function deleteUnusedInvites(
  trx: Trx,
  tenantId: string,
  which: { role: Role } | { staffId: string },
): Promise<void> {
  let query = trx.deleteFrom('staff_invites').where('tenant_id', '=', tenantId).where('used_at', 'is', null);
  query =
    'role' in which
      ? query.where('role', '=', which.role).where('staff_id', 'is', null)
      : query.where('staff_id', '=', which.staffId);
  await query.execute();
}

export function selectInvite(
  db: Db,
  tenantId: string,
  tokenHash: Buffer,
  at: Date,
): Promise<StaffInvitesTable | undefined> {
  return db
    .selectFrom('staff_invites')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst();
}

/** Marks the link used; undefined when another request was quicker or it has expired. */
export function useInvite(
  trx: Trx,
  tenantId: string,
  tokenHash: Buffer,
  at: Date,
): Promise<StaffInvitesTable | undefined> {
  return trx
    .updateTable('staff_invites')
    .set({ used_at: at })
    .where('tenant_id', '=', tenantId)
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .returningAll()
    .executeTakeFirst();
}

export async function insertSession(
  trx: Trx,
  row: Omit<StaffSessionsTable, 'emergency_until' | 'emergency_reason'>,
): Promise<void> {
  await trx
    .insertInto('staff_sessions')
    .values({ ...row, emergency_until: null, emergency_reason: null })
    .execute();
}

/** A session that is open now, with its member of staff; not one that is idle too long, ended, or of a disabled member. */
export function selectOpenSession(
  db: Db,
  key: { tenantId: string; hash: Buffer },
  state: StaffSessionsTable['state'],
  at: Date,
  idleSince: Date,
) {
  return db
    .selectFrom('staff_sessions as s')
    .innerJoin('staff as m', (join) =>
      join.onRef('m.tenant_id', '=', 's.tenant_id').onRef('m.id', '=', 's.staff_id'),
    )
    .select([
      's.id',
      's.tenant_id',
      's.staff_id',
      's.last_seen_at',
      's.code_failures',
      's.expires_at',
      's.emergency_until',
      'm.role',
      'm.name',
      'm.email',
    ])
    .where('s.tenant_id', '=', key.tenantId)
    .where('s.token_hash', '=', key.hash)
    .where('s.state', '=', state)
    .where('s.revoked_at', 'is', null)
    .where('s.expires_at', '>', at)
    .where('s.last_seen_at', '>', idleSince)
    .where('m.disabled_at', 'is', null)
    .executeTakeFirst();
}

/** Opens or ends the emergency of a session. */
export async function setEmergency(
  trx: Trx,
  tenantId: string,
  sessionId: string,
  emergency: { readonly until: Date; readonly reason: string } | null,
): Promise<void> {
  await trx
    .updateTable('staff_sessions')
    .set({ emergency_until: emergency?.until ?? null, emergency_reason: emergency?.reason ?? null })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', sessionId)
    .execute();
}

export async function touchSession(db: Db, tenantId: string, id: string, at: Date): Promise<void> {
  await db
    .updateTable('staff_sessions')
    .set({ last_seen_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/** Counts a wrong code against the sign-in under way; the new count. */
export async function countCodeFailure(trx: Trx, tenantId: string, id: string): Promise<number> {
  const row = await trx
    .updateTable('staff_sessions')
    .set((e) => ({ code_failures: e('code_failures', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .returning('code_failures')
    .executeTakeFirst();
  return row?.code_failures ?? Number.MAX_SAFE_INTEGER;
}

export function selectSessions(
  db: Db,
  tenantId: string,
  staffId: string,
  at: Date,
  idleSince: Date,
): Promise<StaffSessionsTable[]> {
  return db
    .selectFrom('staff_sessions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('staff_id', '=', staffId)
    .where('state', '=', 'active')
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .where('last_seen_at', '>', idleSince)
    .orderBy('last_seen_at', 'desc')
    .execute();
}

/** Ends sessions of a member: one, all but one, or all. @returns how many were open. */
export async function revokeSessions(
  trx: Trx,
  tenantId: string,
  staffId: string,
  which: { only: string } | { allBut: string } | 'all',
  at: Date,
): Promise<number> {
  let query = trx
    .updateTable('staff_sessions')
    .set({ revoked_at: at })
    .where('tenant_id', '=', tenantId)
    .where('staff_id', '=', staffId)
    .where('revoked_at', 'is', null);
  if (which !== 'all')
    query = 'only' in which ? query.where('id', '=', which.only) : query.where('id', '<>', which.allBut);
  const written = await query.executeTakeFirst();
  return Number(written.numUpdatedRows);
}

/** Forgets what is over: sessions ended more than 90 days ago, links and challenges past, attempts past memory. */
export async function deletePast(trx: Trx, at: Date): Promise<void> {
  const before = (days: number) => new Date(at.getTime() - days * 86_400_000);
  await trx.deleteFrom('staff_sessions').where('expires_at', '<', before(90)).execute();
  await trx.deleteFrom('staff_challenges').where('expires_at', '<', at).execute();
  await trx.deleteFrom('staff_invites').where('expires_at', '<', before(90)).execute();
  await trx.deleteFrom('staff_known_addresses').where('last_at', '<', before(180)).execute();
  await trx
    .deleteFrom('sign_in_attempts')
    .where('last_at', '<', new Date(at.getTime() - attemptMemoryMs))
    .execute();
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

/** Takes a time-based code's step for use; false when it or a later one was used before. */
export async function useTotpStep(
  trx: Trx,
  tenantId: string,
  staffId: string,
  step: number,
): Promise<boolean> {
  const written = await trx
    .updateTable('staff')
    .set({ totp_last_step: step })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', staffId)
    .where('totp_last_step', '<', step)
    .executeTakeFirst();
  return written.numUpdatedRows > 0n;
}

export async function replaceRecoveryCodes(
  trx: Trx,
  tenantId: string,
  staffId: string,
  hashes: readonly Buffer[],
): Promise<void> {
  await trx
    .deleteFrom('staff_recovery_codes')
    .where('tenant_id', '=', tenantId)
    .where('staff_id', '=', staffId)
    .execute();
  if (hashes.length === 0) return;
  await trx
    .insertInto('staff_recovery_codes')
    .values(hashes.map((code_hash) => ({ tenant_id: tenantId, staff_id: staffId, code_hash, used_at: null })))
    .execute();
}

/** Uses a recovery code up; false when there is no such unused code. */
export async function useRecoveryCode(
  trx: Trx,
  tenantId: string,
  staffId: string,
  hash: Buffer,
  at: Date,
): Promise<boolean> {
  const written = await trx
    .updateTable('staff_recovery_codes')
    .set({ used_at: at })
    .where('tenant_id', '=', tenantId)
    .where('staff_id', '=', staffId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return written.numUpdatedRows > 0n;
}

export async function insertChallenge(trx: Trx, row: StaffChallengesTable): Promise<void> {
  await trx.insertInto('staff_challenges').values(row).execute();
}

/** Takes a challenge out: it can be answered once, and in time. */
export function takeChallenge(
  trx: Trx,
  tenantId: string,
  id: string,
  kind: StaffChallengesTable['kind'],
  at: Date,
): Promise<StaffChallengesTable | undefined> {
  return trx
    .deleteFrom('staff_challenges')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('expires_at', '>', at)
    .returningAll()
    .executeTakeFirst();
}

/** False when the passkey is registered already. */
export async function insertPasskey(trx: Trx, row: StaffPasskeysTable): Promise<boolean> {
  const written = await trx
    .insertInto('staff_passkeys')
    .values(row)
    .onConflict((c) => c.columns(['tenant_id', 'credential_id']).doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export function selectPasskeys(db: Db, tenantId: string, staffId: string): Promise<StaffPasskeysTable[]> {
  return db
    .selectFrom('staff_passkeys')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('staff_id', '=', staffId)
    .orderBy('created_at')
    .execute();
}

/** The passkey, held until the transaction ends, so that its counter cannot be used twice. */
export function lockPasskey(
  trx: Trx,
  tenantId: string,
  credentialId: string,
): Promise<StaffPasskeysTable | undefined> {
  return trx
    .selectFrom('staff_passkeys')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('credential_id', '=', credentialId)
    .forUpdate()
    .executeTakeFirst();
}

export async function updatePasskey(
  trx: Trx,
  tenantId: string,
  credentialId: string,
  change: Pick<StaffPasskeysTable, 'counter' | 'backed_up' | 'last_used_at'>,
): Promise<void> {
  await trx
    .updateTable('staff_passkeys')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('credential_id', '=', credentialId)
    .execute();
}

export async function deletePasskey(
  trx: Trx,
  tenantId: string,
  staffId: string,
  credentialId: string,
): Promise<boolean> {
  const gone = await trx
    .deleteFrom('staff_passkeys')
    .where('tenant_id', '=', tenantId)
    .where('staff_id', '=', staffId)
    .where('credential_id', '=', credentialId)
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}
