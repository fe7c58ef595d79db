import type { Trx } from '../platform/database.ts';
import type { Asks, BulkWish, ExportState } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    exports: ExportsTable;
    export_files: ExportFilesTable;
    record_links: RecordLinksTable;
  }
}

export interface ExportsTable {
  tenant_id: string;
  id: string;
  kind: 'record' | 'fhir';
  patient_id: string | null;
  link_id: string | null;
  token_id: string | null;
  wish: BulkWish | Record<string, never>;
  state: ExportState;
  asked_by: string;
  asked_at: Date;
  as_of: Date | null;
  ready_at: Date | null;
  expires_at: Date | null;
  fault: string | null;
}

export interface ExportFilesTable {
  tenant_id: string;
  export_id: string;
  seq: number;
  type: string | null;
  resources: number | null;
  size_bytes: number;
  file_id: string;
}

export interface RecordLinksTable {
  tenant_id: string;
  id: string;
  patient_id: string;
  asks: Asks;
  proof: Buffer;
  made_by: string;
  made_at: Date;
  expires_at: Date;
}

export async function insertExport(
  trx: Trx,
  row: Pick<ExportsTable, 'tenant_id' | 'id' | 'kind' | 'asked_by' | 'asked_at'> &
    Partial<Pick<ExportsTable, 'patient_id' | 'link_id' | 'token_id'>> & { readonly wish?: BulkWish },
): Promise<void> {
  await trx
    .insertInto('exports')
    .values({
      patient_id: null,
      link_id: null,
      token_id: null,
      ...row,
      wish: JSON.stringify(row.wish ?? {}) as never,
      state: 'queued',
      as_of: null,
      ready_at: null,
      expires_at: null,
      fault: null,
    })
    .execute();
}

export function selectExport(
  trx: Trx,
  tenantId: string,
  id: string,
  lock = false,
): Promise<ExportsTable | undefined> {
  const query = trx.selectFrom('exports').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/** The newest first, with the size of their files. */
export function selectExportsOf(
  trx: Trx,
  tenantId: string,
  of: { readonly patientId: string } | { readonly linkId: string },
): Promise<readonly (ExportsTable & { size_bytes: string | number | null })[]> {
  const query = trx
    .selectFrom('exports as e')
    .selectAll('e')
    .select((eb) =>
      eb
        .selectFrom('export_files as f')
        .select((f) => f.fn.sum<string | number | null>('f.size_bytes').as('bytes'))
        .whereRef('f.tenant_id', '=', 'e.tenant_id')
        .whereRef('f.export_id', '=', 'e.id')
        .as('size_bytes'),
    )
    .where('e.tenant_id', '=', tenantId)
    .where('e.kind', '=', 'record')
    .orderBy('e.asked_at', 'desc')
    .limit(20);
  return (
    'linkId' in of ? query.where('e.link_id', '=', of.linkId) : query.where('e.patient_id', '=', of.patientId)
  ).execute();
}

export async function updateExport(
  trx: Trx,
  tenantId: string,
  id: string,
  values: Partial<Pick<ExportsTable, 'state' | 'as_of' | 'ready_at' | 'expires_at' | 'fault'>>,
): Promise<void> {
  await trx
    .updateTable('exports')
    .set(values)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

export async function insertExportFile(trx: Trx, row: ExportFilesTable): Promise<void> {
  await trx.insertInto('export_files').values(row).execute();
}

export function selectExportFiles(
  trx: Trx,
  tenantId: string,
  exportId: string,
): Promise<readonly ExportFilesTable[]> {
  return trx
    .selectFrom('export_files')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('export_id', '=', exportId)
    .orderBy('seq')
    .execute();
}

export async function deleteExportFiles(trx: Trx, tenantId: string, exportId: string): Promise<void> {
  await trx
    .deleteFrom('export_files')
    .where('tenant_id', '=', tenantId)
    .where('export_id', '=', exportId)
    .execute();
}

export async function selectPast(trx: Trx, tenantId: string, now: Date): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom('exports')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'ready')
    .where('expires_at', '<=', now)
    .limit(100)
    .execute();
  return rows.map(({ id }) => id);
}

export async function insertLink(trx: Trx, row: RecordLinksTable): Promise<void> {
  await trx.insertInto('record_links').values(row).execute();
}

export function selectLink(trx: Trx, tenantId: string, id: string): Promise<RecordLinksTable | undefined> {
  return trx
    .selectFrom('record_links')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}
