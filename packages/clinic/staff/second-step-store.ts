import type { Db, Trx } from '../platform/database.ts';
import type { Role } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    second_step_roles: SecondStepRolesTable;
  }
}

interface SecondStepRolesTable {
  tenant_id: string;
  role: Role;
  required_since: Date;
  grace_days: number;
}

/** The roles of which a second step is required, in the order of their names. */
export function selectSecondStepRoles(db: Db, tenantId: string): Promise<SecondStepRolesTable[]> {
  return db
    .selectFrom('second_step_roles')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('role')
    .execute();
}

export async function replaceSecondStepRoles(
  trx: Trx,
  tenantId: string,
  rows: readonly SecondStepRolesTable[],
): Promise<void> {
  await trx.deleteFrom('second_step_roles').where('tenant_id', '=', tenantId).execute();
  if (rows.length > 0)
    await trx
      .insertInto('second_step_roles')
      .values([...rows])
      .execute();
}
