/*
 * Patients and appointments from tables of other programs. docs/data.md
 *
 *   stageImport(services, actor, kind, bytes)      { ok: true, import }: nothing is in the record yet
 *   readImport(services, actor, id)                the import with its first rows as they would land, and what is wrong
 *   changeImport(services, actor, id, change)      columns, dates, duplicates; cells put right by hand
 *   startImport(services, actor, id, { dry })      a check, or the import itself, by a job with progress
 *   cancelImport, undoImport, discardImport        stop; take all of it back; forget the file
 *   listImports(services, actor)
 *   tableOf(services, actor, kind)                 the record as such a table, as a stream of text
 *   importJobs(services)
 */
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { asTenant } from '../platform/database.ts';
import { type Handler, handle, type Job } from '../platform/jobs.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import { act, audit, type ImportServices, notAllowed, refusal } from './act.ts';
import { guessFields, plainName, shownDateOrder } from './columns.ts';
import { dropFile, runImport } from './run.ts';
import {
  type Field,
  fieldsOf,
  type Import,
  type ImportKind,
  type ImportRefusal,
  importKinds,
  type Mapping,
  mapping as mappingShape,
  mostBytes,
} from './schema.ts';
import {
  askKeptRowsAgain,
  type Corrections,
  deleteRows,
  type ImportRow,
  importOf,
  insertImport,
  noCounts,
  selectImport,
  selectImports,
  selectMapping,
  updateImport,
  upsertMapping,
} from './store.ts';
import { formatOf, rowsOf } from './table.ts';
import { runUndo } from './undo.ts';

export { tableOf } from './give.ts';
export { readImport } from './read.ts';

const runJob: Job<{ tenantId: string; importId: string }> = {
  name: 'import.run',
  payload: z.object({ tenantId: z.uuid(), importId: z.uuid() }),
  retries: 10,
  expiresAfterSeconds: 4 * 3600,
};
/** Every night: tables that were uploaded and not imported within a week are forgotten. */
const sweepJob: Job = { name: 'import.sweep', payload: z.object({}), schedule: '29 20 * * *' };
const keptDays = 7;

/** Takes a table in and looks at its beginning. What its columns are is remembered from the last one like it, or guessed. */
export async function stageImport(
  services: ImportServices,
  actor: Actor,
  kind: ImportKind,
  bytes: Uint8Array,
): Promise<{ ok: true; import: Import } | ImportRefusal> {
  if (!can(actor.role, 'data.import')) return notAllowed;
  if (!importKinds.includes(kind)) return { ...notATable, field: 'kind' };
  if (bytes.length === 0) return emptyFile;
  if (bytes.length > mostBytes) return tooLarge;
  const format = await formatOf(bytes).catch((error: { code?: string }) => {
    if (error.code !== 'not-a-table') throw error;
  });
  // Workbooks of spreadsheets are zip archives.
  if (format === undefined || (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3)) return notATable;
  if (format.columns.length < 2 && kind === 'appointments') return noColumns;
  const known = await selectMapping(services.db, actor.tenantId, kind, columnsHash(format.columns));
  const fields = known?.fields ?? guessFields(kind, format.columns);
  const dated = fields.findIndex((field) => field === 'birthDate' || field === 'date');
  // The table itself says how its days are written; an earlier one only where every day here could be read either way.
  let shown: Mapping['dateOrder'] | undefined;
  let count = 0;
  for await (const { number, cells } of rowsOf(piecesOf(bytes), format)) {
    if (number === 0) continue;
    count = number;
    const said = shownDateOrder([cells[dated] ?? '']);
    // A day with its year first says nothing of those that have it last.
    if (said !== undefined && shown !== 'dmy' && shown !== 'mdy') shown = said;
    if (shown === 'dmy' || shown === 'mdy' || dated < 0) break;
  }
  if (count === 0) return emptyFile;
  const id = randomUUID();
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const dateOrder = shown ?? known?.dateOrder ?? 'dmy';
    const mapping: Mapping =
      known !== undefined
        ? { ...known, dateOrder }
        : {
            fields,
            dateOrder,
            duplicates: 'skip',
            serviceId: null,
            practitionerId: null,
            branchId: null,
          };
    const file = await services.files.put(trx, { tenantId: actor.tenantId, bytes, mediaType: 'text/csv' });
    await insertImport(trx, {
      tenant_id: actor.tenantId,
      id,
      kind,
      file_id: file.id,
      format,
      mapping,
      created_at: services.clock.now(),
      created_by: actor.staffId,
    });
    await audit(services, trx, actor, 'import.staged', id, {
      kind,
      bytes: bytes.length,
      columns: format.columns.length,
    });
    return {
      ok: true as const,
      import: importOf((await selectImport(trx, actor.tenantId, id)) as ImportRow),
    };
  });
}

/** A large table bit by bit, so that no more of it is read than is needed. */
function piecesOf(bytes: Uint8Array): Uint8Array[] {
  const step = 256 * 1024;
  return Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) =>
    bytes.subarray(i * step, (i + 1) * step),
  );
}

function columnsHash(columns: readonly string[]): Buffer {
  return createHash('sha256').update(columns.map(plainName).join('\n')).digest();
}

export interface ImportChange {
  readonly mapping?: z.input<typeof mappingShape>;
  /** By number of the row and field: what shall stand there. */
  readonly corrections?: Corrections;
}

export async function changeImport(
  services: ImportServices,
  actor: Actor,
  id: string,
  change: ImportChange,
): Promise<{ ok: true } | ImportRefusal> {
  return act(services, actor, id, 'import.changed', async (trx, row) => {
    if (row.state !== 'staged') return wrongState;
    const parsed = change.mapping === undefined ? undefined : mappingShape.safeParse(change.mapping);
    if (parsed?.success === false) return badForm;
    const mapping = parsed?.data ?? row.mapping;
    const faulty = mappingFault(row, mapping);
    if (faulty !== undefined) return faulty;
    const corrections = { ...row.corrections };
    for (const [number, cells] of Object.entries(change.corrections ?? {})) {
      if (!/^\d{1,9}$/.test(number)) return badForm;
      const mended: Record<string, string> = { ...corrections[number] };
      for (const [field, text] of Object.entries(cells)) {
        if (!fieldsOf[row.kind].includes(field as Field) || text.length > 2000 || text.includes('\0'))
          return badForm;
        mended[field] = text.toWellFormed();
      }
      corrections[number] = mended;
    }
    if (Object.keys(corrections).length > 5000) return badForm;
    await updateImport(trx, actor.tenantId, id, { mapping, corrections });
    const fields = mapping.fields.filter((field) => field !== null).length;
    return { facts: { fields, corrections: Object.keys(corrections).length } };
  });
}

function mappingFault(row: ImportRow, { fields }: Mapping): ImportRefusal | undefined {
  if (fields.length !== row.format.columns.length) return badForm;
  const given = fields.filter((field) => field !== null);
  const unknown = given.find((field) => !fieldsOf[row.kind].includes(field as Field));
  if (unknown !== undefined) return badForm;
  const twice = given.find((field, i) => given.indexOf(field) !== i);
  if (twice !== undefined) return { ...columnTwice, field: twice };
  const has = (field: Field) => given.includes(field);
  if (!has('name') && !(row.kind === 'patients' && (has('givenName') || has('familyName')))) {
    return { ...columnMissing, field: 'name' };
  }
  if (row.kind === 'appointments' && !has('date')) return { ...columnMissing, field: 'date' };
  return undefined;
}

/** Begins a check or the import; the job goes on by itself. */
export async function startImport(
  services: ImportServices,
  actor: Actor,
  id: string,
  how: { readonly dry: boolean },
): Promise<{ ok: true } | ImportRefusal> {
  return act(services, actor, id, 'import.started', async (trx, row) => {
    if (row.state !== 'staged' || row.file_id === null) return wrongState;
    const faulty = mappingFault(row, row.mapping);
    if (faulty !== undefined) return faulty;
    await deleteRows(trx, actor.tenantId, id);
    await updateImport(trx, actor.tenantId, id, {
      state: how.dry ? 'checking' : 'running',
      is_dry: how.dry,
      rows_done: 0,
      counts: noCounts,
      wants_cancel: false,
      started_at: services.clock.now(),
      finished_at: null,
    });
    // What was only looked at is no word on the next table.
    if (!how.dry)
      await upsertMapping(
        trx,
        actor.tenantId,
        row.kind,
        columnsHash(row.format.columns),
        row.mapping,
        services.clock.now(),
      );
    await services.jobs.send(trx, runJob, { tenantId: actor.tenantId, importId: id });
    return { facts: { dry: how.dry } };
  });
}

/** Asks a run to stop after the rows it is at; what it has imported stays until it is undone. */
export async function cancelImport(
  services: ImportServices,
  actor: Actor,
  id: string,
): Promise<{ ok: true } | ImportRefusal> {
  return act(services, actor, id, 'import.cancelled', async (trx, row) => {
    if (row.state !== 'checking' && row.state !== 'running') return wrongState;
    await updateImport(trx, actor.tenantId, id, { wants_cancel: true });
    return {};
  });
}

/** Takes everything back that the import brought. */
export async function undoImport(
  services: ImportServices,
  actor: Actor,
  id: string,
): Promise<{ ok: true } | ImportRefusal> {
  return act(services, actor, id, 'import.undo', async (trx, row, gone) => {
    if (
      row.state !== 'imported' &&
      row.state !== 'cancelled' &&
      row.state !== 'undone' &&
      !(row.state === 'failed' && !row.is_dry)
    ) {
      return wrongState;
    }
    gone.push(...(await dropFile(services, trx, actor.tenantId, row)));
    // Rows that stayed the last time are asked again.
    await askKeptRowsAgain(trx, actor.tenantId, id);
    await updateImport(trx, actor.tenantId, id, { state: 'undoing', undone_by: actor.staffId });
    await services.jobs.send(trx, runJob, { tenantId: actor.tenantId, importId: id });
    return {};
  });
}

/** Forgets an uploaded table that is not wanted. */
export async function discardImport(
  services: ImportServices,
  actor: Actor,
  id: string,
): Promise<{ ok: true } | ImportRefusal> {
  return act(services, actor, id, 'import.discarded', async (trx, row, gone) => {
    if (row.state !== 'staged' && row.state !== 'failed') return wrongState;
    gone.push(...(await dropFile(services, trx, actor.tenantId, row)));
    await deleteRows(trx, actor.tenantId, id);
    await updateImport(trx, actor.tenantId, id, { state: 'discarded' });
    return {};
  });
}

export async function listImports(
  services: ImportServices,
  actor: Actor,
): Promise<{ ok: true; imports: readonly Import[] } | ImportRefusal> {
  if (!can(actor.role, 'data.import')) return notAllowed;
  const rows = await asTenant(services.db, actor.tenantId, (trx) => selectImports(trx, actor.tenantId, 50));
  return { ok: true, imports: rows.map(importOf) };
}

/** Goes on with whatever this import is at. */
export async function carryOn(
  services: Omit<ImportServices, 'jobs'>,
  tenantId: string,
  importId: string,
  signal?: AbortSignal,
): Promise<string> {
  const state = await runImport(services, tenantId, importId, signal);
  return state === 'undoing' ? runUndo(services, tenantId, importId) : state;
}

export function importJobs(services: Omit<ImportServices, 'jobs'>): readonly Handler[] {
  return [
    handle(runJob, async ({ tenantId, importId }, { signal }) => {
      const state = await carryOn(services, tenantId, importId, signal);
      services.log.info({ tenantId, importId, state }, 'import worked on');
    }),
    handle(sweepJob, async () => {
      for (const { id } of await listTenants(services)) {
        const keys: string[] = [];
        await asTenant(services.db, id, async (trx) => {
          const until = new Date(services.clock.now().getTime() - keptDays * 86_400_000);
          for (const row of await selectImports(trx, id, 1000)) {
            if (
              row.file_id === null ||
              row.created_at > until ||
              !['staged', 'failed', 'cancelled'].includes(row.state)
            )
              continue;
            keys.push(...(await dropFile(services, trx, id, row)));
            if (row.state !== 'cancelled') await updateImport(trx, id, row.id, { state: 'discarded' });
          }
        });
        await asTenant(services.db, id, (trx) => services.files.removeBytes(trx, keys));
      }
    }),
  ];
}

const emptyFile = refusal('empty-file', 'The file has no rows. Choose another.');
const tooLarge = refusal(
  'too-large',
  'The file is larger than 60 MB. Divide it and import the parts one after the other.',
);
const notATable = refusal(
  'not-a-table',
  'This is no table of text. In the spreadsheet choose "Save as" and the format CSV, then choose that file.',
);
const noColumns = refusal('no-columns', 'The first line must hold the names of the columns.');
const badForm = refusal('bad-form', 'This cannot be used; load the page again.');
const columnTwice = refusal('column-twice', 'Two columns are given as the same thing. Choose one of them.');
const columnMissing = refusal('column-missing', 'No column is given as this, and every row needs it.');
const wrongState = refusal('wrong-state', 'The import has gone on meanwhile; load the page again.');
