import type { Db, Trx } from '../platform/database.ts';

declare module '../platform/database.ts' {
  interface Tables {
    staff_branches: StaffBranchesTable;
  }
}

interface StaffBranchesTable {
  tenant_id: string;
  staff_id: string;
  branch_id: string;
}

/** The branches each member is bound to; members who work at all of them are left out. */
export async function selectStaffBranches(
  db: Db,
  tenantId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom('staff_branches')
    .select(['staff_id', 'branch_id'])
    .where('tenant_id', '=', tenantId)
    .orderBy('branch_id')
    .execute();
  const bound = new Map<string, string[]>();
  for (const { staff_id, branch_id } of rows) {
    const list = bound.get(staff_id) ?? [];
    list.push(branch_id);
    bound.set(staff_id, list);
  }
  return bound;
}

export async function replaceStaffBranches(
  trx: Trx,
  tenantId: string,
  staffId: string,
  branchIds: readonly string[],
): Promise<void> {
  await trx
    .deleteFrom('staff_branches')
    .where('tenant_id', '=', tenantId)
    .where('staff_id', '=', staffId)
    .execute();
  if (branchIds.length === 0) return;
  await trx
    .insertInto('staff_branches')
    .values(branchIds.map((branch_id) => ({ tenant_id: tenantId, staff_id: staffId, branch_id })))
    .execute();
}
