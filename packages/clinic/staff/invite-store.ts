import type { Db, Trx } from '../platform/database.ts';
import type { Role } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    staff_invites: StaffInvitesTable;
  }
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
