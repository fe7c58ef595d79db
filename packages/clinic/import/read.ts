import { type Premises, readPremises } from '../booking/import-door.ts';
import { asTenant } from '../platform/database.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { audit, type ImportServices, notAllowed, notFound } from './act.ts';
import { appointmentOf, cellsOf, landsOf, patientOf, type Surroundings } from './rows.ts';
import { bytesOf, surroundingsOf } from './run.ts';
import {
  type Field,
  fieldsOf,
  type Import,
  type ImportRefusal,
  type PreviewRow,
  type TellingRow,
} from './schema.ts';
import { type ImportRow, importOf, selectImport, selectTellingRows } from './store.ts';
import { rowsOf, type TableRow } from './table.ts';

const previewRows = 8;
/** Rows in which cells can be put right on the page. */
const mendableRows = 50;

export interface ReadImport {
  readonly import: Import;
  readonly fields: readonly Field[];
  /** The first rows as they would land. */
  readonly preview: readonly PreviewRow[];
  /** Rows of the last run that people must look at. */
  readonly told: readonly TellingRow[];
  /** What stands in the cells of faulty rows, by number and field, so that it can be put right; corrections included. */
  readonly cells: Readonly<Record<string, Readonly<Partial<Record<Field, string>>>>>;
  readonly premises: Pick<Premises, 'services' | 'practitioners' | 'branches'>;
}

export async function readImport(
  services: ImportServices,
  actor: Actor,
  id: string,
): Promise<({ ok: true } & ReadImport) | ImportRefusal> {
  if (!can(actor.role, 'data.import')) return notAllowed;
  if (!isUuid(id)) return notFound;
  const found = await asTenant(services.db, actor.tenantId, async (trx) => {
    const row = await selectImport(trx, actor.tenantId, id);
    if (row === undefined) return undefined;
    await audit(services, trx, actor, 'import.read', id);
    return {
      row,
      told: await selectTellingRows(trx, actor.tenantId, id, 500),
      premises: await readPremises(trx, actor.tenantId),
    };
  });
  if (found === undefined) return notFound;
  const { row, told, premises } = found;
  const around = await surroundingsOf(services, actor.tenantId);
  const wanted = new Set(
    told
      .filter(({ outcome }) => outcome === 'faulty')
      .slice(0, mendableRows)
      .map(({ rowNumber }) => rowNumber),
  );
  const preview: PreviewRow[] = [];
  const cells: Record<string, Partial<Record<Field, string>>> = {};
  if (row.file_id !== null && row.state === 'staged') {
    const lastWanted = Math.max(0, ...wanted);
    for await (const one of tableRows(services, actor.tenantId, row)) {
      if (one.number === 0) continue;
      if (one.number <= previewRows) preview.push(landing(row, one, around, premises));
      if (wanted.has(one.number)) {
        const cell = cellsOf(one.cells, row.mapping, row.corrections[one.number]);
        cells[one.number] = Object.fromEntries(fieldsOf[row.kind].map((field) => [field, cell(field)]));
      }
      if (one.number >= previewRows && one.number >= lastWanted) break;
    }
  }
  return {
    ok: true,
    import: importOf(row),
    fields: fieldsOf[row.kind],
    preview,
    told,
    cells,
    premises,
  };
}

async function* tableRows(
  services: ImportServices,
  tenantId: string,
  row: ImportRow,
): AsyncGenerator<TableRow> {
  try {
    yield* rowsOf(bytesOf(services, tenantId, row.file_id as string), row.format);
  } catch (error) {
    // What is wrong with the file is told by a run; the page shows what could be read.
    if ((error as { code?: string }).code !== 'not-a-table') throw error;
  }
}

function landing(row: ImportRow, one: TableRow, around: Surroundings, premises: Premises): PreviewRow {
  const cell = cellsOf(one.cells, row.mapping, row.corrections[one.number]);
  const base = { rowNumber: one.number, cells: one.cells };
  if (row.kind === 'patients') {
    const read = patientOf('', cell, row.mapping, around);
    return read.ok
      ? { ...base, lands: landsOf(read.value), faults: [] }
      : { ...base, lands: {}, faults: read.faults };
  }
  const read = appointmentOf(cell, row.mapping, around, premises);
  if (!read.ok) return { ...base, lands: {}, faults: read.faults };
  const names = Object.fromEntries([
    ...premises.services.map((each) => [each.id, each.names[0] ?? each.slug]),
    ...premises.practitioners.map(({ id, name }) => [id, name]),
    ...premises.branches.map(({ id, name }) => [id, name]),
  ]) as Record<string, string>;
  return { ...base, lands: landsOf({ ...read.value, names }), faults: [] };
}
