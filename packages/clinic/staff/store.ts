import type { Db, Trx } from '../platform/database.ts';
import type { Role } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    staff: StaffTable;
    staff_recovery_codes: StaffRecoveryCodesTable;
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

interface StaffRecoveryCodesTable {
  tenant_id: string;
  staff_id: string;
  code_hash: Buffer;
  used_at: Date | null;
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
