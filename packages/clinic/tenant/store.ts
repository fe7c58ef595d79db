import type { ColumnType } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import type { Branch, ClinicFacts, Language, Tenant } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    tenants: TenantsTable;
    branches: BranchesTable;
  }
}

interface TenantsTable {
  tenant_id: string;
  name: string;
  country: string;
  zone: string;
  currency: string;
  languages: Language[];
  facts: unknown;
  sample: boolean;
  host: ColumnType<string | null, string | null | undefined>;
  created_at: Date;
}

interface BranchesTable {
  tenant_id: string;
  id: string;
  name: string;
  town: string | null;
  zone: string;
  closed_at: Date | null;
  address_lines: ColumnType<string[] | null, readonly string[] | null | undefined>;
  phone: ColumnType<string | null, string | null | undefined>;
  created_at: Date;
}

export async function insertTenant(
  trx: Trx,
  tenant: Tenant & { readonly host?: string },
  at: Date,
): Promise<boolean> {
  const { id, facts, languages, ...rest } = tenant;
  const written = await trx
    .insertInto('tenants')
    .values({
      ...rest,
      tenant_id: id,
      languages: [...languages],
      facts: JSON.stringify(facts),
      created_at: at,
    })
    .onConflict((c) => c.column('tenant_id').doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function insertBranch(trx: Trx, branch: Branch, at: Date): Promise<void> {
  const { tenantId, addressLines, ...rest } = branch;
  await trx
    .insertInto('branches')
    .values({
      ...rest,
      address_lines: addressLines ?? null,
      tenant_id: tenantId,
      closed_at: null,
      created_at: at,
    })
    .onConflict((c) => c.columns(['tenant_id', 'id']).doNothing())
    .execute();
}

/** All clinics of this installation, the first one opened first. */
export async function selectTenants(db: Db): Promise<readonly Tenant[]> {
  const rows = await db
    .selectFrom('tenants')
    .select(['tenant_id', 'name', 'country', 'zone', 'currency', 'languages', 'facts', 'sample'])
    .orderBy('created_at')
    .orderBy('tenant_id')
    .execute();
  return rows.map(({ tenant_id, facts, ...rest }) => ({
    ...rest,
    id: tenant_id,
    facts: facts as ClinicFacts,
  }));
}

/** Host names of all clinics, the first one opened first. */
export async function selectHosts(
  db: Db,
): Promise<readonly { readonly id: string; readonly host: string | null }[]> {
  return db
    .selectFrom('tenants')
    .select(['tenant_id as id', 'host'])
    .orderBy('created_at')
    .orderBy('tenant_id')
    .execute();
}

export type BranchOfAll = Branch & { readonly closedAt: Date | null };

/** Every branch, closed ones too, the first one opened first. */
export async function selectEveryBranch(db: Db, tenantId: string): Promise<readonly BranchOfAll[]> {
  const rows = await db
    .selectFrom('branches')
    .select(['id', 'name', 'town', 'zone', 'address_lines as addressLines', 'phone', 'closed_at as closedAt'])
    .where('tenant_id', '=', tenantId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, tenantId }));
}

/** Adds a branch or changes it. @param closedAt left out: as it was, like the branch's address and telephone */
export async function writeBranch(trx: Trx, branch: Branch, at: Date, closedAt?: Date | null): Promise<void> {
  const { tenantId, id, name, town, zone } = branch;
  const { addressLines, phone } = branch;
  const reach = {
    ...(addressLines !== undefined && { address_lines: addressLines as string[] | null }),
    ...(phone !== undefined && { phone }),
  };
  const change = { name, town, zone, ...reach, ...(closedAt !== undefined && { closed_at: closedAt }) };
  await trx
    .insertInto('branches')
    .values({
      tenant_id: tenantId,
      id,
      name,
      town,
      zone,
      ...reach,
      closed_at: closedAt ?? null,
      created_at: at,
    })
    .onConflict((c) => c.columns(['tenant_id', 'id']).doUpdateSet(change))
    .execute();
}

export async function selectBranches(db: Db, tenantId: string): Promise<readonly Branch[]> {
  const rows = await db
    .selectFrom('branches')
    .select(['tenant_id', 'id', 'name', 'town', 'zone', 'address_lines as addressLines', 'phone'])
    .where('tenant_id', '=', tenantId)
    .where('closed_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(({ tenant_id, ...rest }) => ({ ...rest, tenantId: tenant_id }));
}
