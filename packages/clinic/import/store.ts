import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import type { Counts, Import, ImportKind, ImportState, Mapping, TableFormat, TellingRow } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    imports: ImportsTable;
    import_rows: ImportRowsTable;
    import_mappings: {
      tenant_id: string;
      kind: ImportKind;
      columns_hash: Buffer;
      mapping: unknown;
      saved_at: Date;
    };
  }
}

export type Corrections = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface ImportsTable {
  tenant_id: string;
  id: string;
  kind: ImportKind;
  state: ImportState;
  file_id: string | null;
  format: unknown;
  mapping: unknown;
  corrections: unknown;
  is_dry: boolean;
  rows_done: number;
  rows_total: number | null;
  counts: unknown;
  wants_cancel: boolean;
  created_at: Date;
  created_by: string;
  started_at: Date | null;
  finished_at: Date | null;
  undone_at: Date | null;
  undone_by: string | null;
}
export type ImportRow = Omit<ImportsTable, 'format' | 'mapping' | 'corrections' | 'counts'> & {
  format: TableFormat;
  mapping: Mapping;
  corrections: Corrections;
  counts: Counts;
};

interface ImportRowsTable {
  tenant_id: string;
  import_id: string;
  row_number: number;
  outcome: TellingRow['outcome'];
  subject_id: string | null;
  faults: unknown;
}

export function importOf(row: ImportRow): Import {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    isDry: row.is_dry,
    hasFile: row.file_id !== null,
    format: row.format,
    mapping: row.mapping,
    rowsDone: row.rows_done,
    rowsTotal: row.rows_total,
    counts: row.counts,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    undoneAt: row.undone_at,
  };
}

export const noCounts: Counts = { ready: 0, imported: 0, duplicate: 0, faulty: 0 };

export async function insertImport(
  trx: Trx,
  row: Pick<
    ImportRow,
    'tenant_id' | 'id' | 'kind' | 'file_id' | 'format' | 'mapping' | 'created_at' | 'created_by'
  >,
): Promise<void> {
  await trx
    .insertInto('imports')
    .values({
      ...row,
      format: JSON.stringify(row.format),
      mapping: JSON.stringify(row.mapping),
      corrections: '{}',
      counts: JSON.stringify(noCounts),
      state: 'staged',
      is_dry: true,
      rows_done: 0,
      rows_total: null,
      wants_cancel: false,
      started_at: null,
      finished_at: null,
      undone_at: null,
      undone_by: null,
    })
    .execute();
}

export async function lockImport(trx: Trx, tenantId: string, id: string): Promise<ImportRow | undefined> {
  const row = await trx
    .selectFrom('imports')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row as ImportRow | undefined;
}

export async function selectImport(db: Db, tenantId: string, id: string): Promise<ImportRow | undefined> {
  const row = await db
    .selectFrom('imports')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row as ImportRow | undefined;
}

export async function selectImports(db: Db, tenantId: string, limit: number): Promise<readonly ImportRow[]> {
  const rows = await db
    .selectFrom('imports')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows as ImportRow[];
}

export async function updateImport(
  trx: Trx,
  tenantId: string,
  id: string,
  change: Partial<Omit<ImportRow, 'tenant_id' | 'id' | 'kind' | 'created_at' | 'created_by' | 'format'>>,
): Promise<void> {
  const { mapping, corrections, counts, ...rest } = change;
  await trx
    .updateTable('imports')
    .set({
      ...rest,
      ...(mapping !== undefined && { mapping: JSON.stringify(mapping) }),
      ...(corrections !== undefined && { corrections: JSON.stringify(corrections) }),
      ...(counts !== undefined && { counts: JSON.stringify(counts) }),
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

export async function deleteRows(trx: Trx, tenantId: string, importId: string): Promise<void> {
  await trx
    .deleteFrom('import_rows')
    .where('tenant_id', '=', tenantId)
    .where('import_id', '=', importId)
    .execute();
}

/** Rows an undoing had to leave count as imported again, so that the next one asks for them. */
export async function askKeptRowsAgain(trx: Trx, tenantId: string, importId: string): Promise<void> {
  await trx
    .updateTable('import_rows')
    .set({ outcome: 'imported', faults: '[]' })
    .where('tenant_id', '=', tenantId)
    .where('import_id', '=', importId)
    .where('outcome', '=', 'kept')
    .execute();
}

export async function insertRows(
  trx: Trx,
  tenantId: string,
  importId: string,
  rows: readonly TellingRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map((row) => ({
    tenant_id: tenantId,
    import_id: importId,
    row_number: row.rowNumber,
    outcome: row.outcome,
    subject_id: row.subjectId,
    faults: row.faults,
  }));
  await sql`insert into import_rows (tenant_id, import_id, row_number, outcome, subject_id, faults)
    select tenant_id, import_id, row_number, outcome, subject_id, faults
    from jsonb_populate_recordset(null::import_rows, ${JSON.stringify(values)}::jsonb)`.execute(trx);
}

/** Rows that people must look at: faulty, resembling somebody, or kept when the import was undone. */
export async function selectTellingRows(
  db: Db,
  tenantId: string,
  importId: string,
  limit: number,
): Promise<readonly TellingRow[]> {
  const rows = await db
    .selectFrom('import_rows')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('import_id', '=', importId)
    .where('outcome', '<>', 'imported')
    .orderBy('row_number')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    rowNumber: row.row_number,
    outcome: row.outcome,
    subjectId: row.subject_id,
    faults: row.faults as TellingRow['faults'],
  }));
}

/** The next rows to be taken back, the last imported first. */
export async function selectImported(
  trx: Trx,
  tenantId: string,
  importId: string,
  limit: number,
): Promise<readonly { rowNumber: number; subjectId: string }[]> {
  const rows = await trx
    .selectFrom('import_rows')
    .select(['row_number', 'subject_id'])
    .where('tenant_id', '=', tenantId)
    .where('import_id', '=', importId)
    .where('outcome', '=', 'imported')
    .where('subject_id', 'is not', null)
    .orderBy('row_number', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ rowNumber: row.row_number, subjectId: row.subject_id as string }));
}

export async function selectMapping(
  db: Db,
  tenantId: string,
  kind: ImportKind,
  columnsHash: Buffer,
): Promise<Mapping | undefined> {
  const row = await db
    .selectFrom('import_mappings')
    .select('mapping')
    .where('tenant_id', '=', tenantId)
    .where('kind', '=', kind)
    .where('columns_hash', '=', columnsHash)
    .executeTakeFirst();
  return row?.mapping as Mapping | undefined;
}

export async function upsertMapping(
  trx: Trx,
  tenantId: string,
  kind: ImportKind,
  columnsHash: Buffer,
  mapping: Mapping,
  at: Date,
): Promise<void> {
  await trx
    .insertInto('import_mappings')
    .values({
      tenant_id: tenantId,
      kind,
      columns_hash: columnsHash,
      mapping: JSON.stringify(mapping),
      saved_at: at,
    })
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'kind', 'columns_hash'])
        .doUpdateSet({ mapping: JSON.stringify(mapping), saved_at: at }),
    )
    .execute();
}
