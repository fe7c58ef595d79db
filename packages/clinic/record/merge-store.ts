import { sql } from 'kysely';
import type { Trx } from '../platform/database.ts';
import type { PatientMergesTable } from './tables.ts';

/** A table whose rows belong to patients. */
export interface PatientTable {
  readonly name: string;
  readonly keyColumns: readonly string[];
}

/** Rows that stay with one record: the words of its own name, and which entries of the audit chain name it. */
const ownTables = ['patient_words', 'audit_patients'];

/** Every table with `tenant_id`, `patient_id` and a primary key, by name. */
export async function tablesOfPatients(trx: Trx): Promise<readonly PatientTable[]> {
  const { rows } = await sql<{ name: string; columns: string[] }>`
    select c.relname as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_index i
        join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as columns
    from pg_class c
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
      and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'patient_id' and not a.attisdropped)
      and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
    order by 1`.execute(trx);
  return rows
    .filter(({ name, columns }) => columns !== null && !ownTables.includes(name))
    .map(({ name, columns }) => ({ name, keyColumns: columns }));
}

type Key = Readonly<Record<string, unknown>>;

/** Moves what can be moved. All rows of a table at once; one by one when some of them refuse. */
export async function moveRows(
  trx: Trx,
  table: PatientTable,
  tenantId: string,
  fromId: string,
  intoId: string,
): Promise<{ gone: readonly Key[]; left: readonly Key[] }> {
  const key = sql`jsonb_build_object(${sql.join(table.keyColumns.flatMap((name) => [sql.lit(name), sql.ref(name)]))})`;
  const { rows } = await sql<{ key: Key }>`select ${key} as key from ${sql.table(table.name)}
    where tenant_id = ${tenantId} and patient_id = ${fromId} order by 1`.execute(trx);
  const keys = rows.map((row) => row.key);
  if (keys.length === 0) return { gone: [], left: [] };
  // A row known by its patient would become another row, and others may point to it.
  if (table.keyColumns.includes('patient_id')) return { gone: [], left: keys };
  const all = await attempt(
    trx,
    async () =>
      void (await sql`update ${sql.table(table.name)} set patient_id = ${intoId}
        where tenant_id = ${tenantId} and patient_id = ${fromId}`.execute(trx)),
  );
  if (all) return { gone: keys, left: [] };
  const gone: Key[] = [];
  const left: Key[] = [];
  for (const one of keys) {
    const isMoved = await moveRow(trx, table, one, tenantId, fromId, intoId);
    (isMoved ? gone : left).push(one);
  }
  return { gone, left };
}

/** @returns false when the database refuses: the row is sealed, or one like it stands there already */
export function moveRow(
  trx: Trx,
  table: PatientTable,
  key: unknown,
  tenantId: string,
  fromId: string,
  intoId: string,
): Promise<boolean> {
  const isRow = sql.join(
    table.keyColumns.map(
      (name) => sql`${sql.ref(name)}::text = (${JSON.stringify(key)}::jsonb) ->> ${sql.lit(name)}`,
    ),
    sql` and `,
  );
  return attempt(
    trx,
    async () =>
      void (await sql`update ${sql.table(table.name)} set patient_id = ${intoId}
        where tenant_id = ${tenantId} and patient_id = ${fromId} and ${isRow}`.execute(trx)),
  );
}

/** Integrity constraints (class 23) and what triggers raise (class P0, and others they choose) are refusals, not faults. */
async function attempt(trx: Trx, work: () => Promise<void>): Promise<boolean> {
  await sql`savepoint one_move`.execute(trx);
  try {
    await work();
    await sql`release savepoint one_move`.execute(trx);
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined || !/^(23|P0|42501|55)/.test(code)) throw error;
    await sql`rollback to savepoint one_move`.execute(trx);
    return false;
  }
}

export async function insertMerge(
  trx: Trx,
  merge: Omit<PatientMergesTable, 'undone_at' | 'undone_by'>,
): Promise<void> {
  await trx
    .insertInto('patient_merges')
    .values({ ...merge, undone_at: null, undone_by: null })
    .execute();
}

export async function insertMergeRows(
  trx: Trx,
  tenantId: string,
  mergeId: string,
  table: string,
  keys: readonly Key[],
  moved: boolean,
): Promise<void> {
  if (keys.length === 0) return;
  await trx
    .insertInto('patient_merge_rows')
    .values(
      keys.map((key) => ({
        tenant_id: tenantId,
        merge_id: mergeId,
        table_name: table,
        row_key: JSON.stringify(key),
        moved,
      })),
    )
    .execute();
}

export function selectMerge(
  trx: Trx,
  tenantId: string,
  mergeId: string,
): Promise<PatientMergesTable | undefined> {
  return trx
    .selectFrom('patient_merges')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', mergeId)
    .forUpdate()
    .executeTakeFirst();
}

export function selectMergeRows(
  trx: Trx,
  tenantId: string,
  mergeId: string,
): Promise<{ table_name: string; row_key: unknown }[]> {
  return trx
    .selectFrom('patient_merge_rows')
    .select(['table_name', 'row_key'])
    .where('tenant_id', '=', tenantId)
    .where('merge_id', '=', mergeId)
    .where('moved', '=', true)
    .execute();
}

export async function settleMerge(
  trx: Trx,
  tenantId: string,
  mergeId: string,
  undone: { at: Date; by: string },
): Promise<void> {
  await trx
    .updateTable('patient_merges')
    .set({ undone_at: undone.at, undone_by: undone.by })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', mergeId)
    .execute();
}
