import { type Kysely, sql } from 'kysely';

/**
 * Fences a table by tenant: a role that may not bypass row-level security sees and writes only the rows of the tenant
 * its transaction stated (`asTenant` in platform/database.ts), and none if it stated none. The table's owner passes.
 */
export async function fenceByTenant(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`alter table ${sql.table(table)} enable row level security`.execute(db);
  await sql`create policy ${sql.id(`${table}_by_tenant`)} on ${sql.table(table)}
    using (tenant_id = undertone_tenant()) with check (tenant_id = undertone_tenant())`.execute(db);
}
