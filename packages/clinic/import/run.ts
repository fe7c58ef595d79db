/**
 * An import at work: the file is read as a stream, five hundred rows are one transaction, and each transaction writes how far
 * it has come. Cut off anywhere, it goes on behind the last five hundred; two at once, the second stops.
 */
import { createHash, randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import { addVisit, clashOf, type Premises, readPremises, wallReader } from '../booking/import-door.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { addPatients, patientsNear, type TabledPatient } from '../record/import-door.ts';
import { likeness } from '../record/rules.ts';
import type { Patient } from '../record/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import { dayIn } from '../tenant/schema.ts';
import {
  appointmentOf,
  cellsOf,
  patientOf,
  type Surroundings,
  sameness,
  type TabledAppointment,
} from './rows.ts';
import type { Counts, Fault, FaultCode, ImportState, TellingRow } from './schema.ts';
import { type ImportRow, insertRows, lockImport, selectImport, updateImport } from './store.ts';
import { rowsOf, type TableRow } from './table.ts';

export type RunServices = Pick<Services, 'db' | 'files' | 'keys' | 'clock' | 'log'>;

const batchRows = 500;
const partBytes = 1024 * 1024;

/** The file in parts, never whole in memory. */
export async function* bytesOf(
  services: Pick<Services, 'db' | 'files'>,
  tenantId: string,
  fileId: string,
): AsyncGenerator<Uint8Array> {
  for (let start = 0; ; start += partBytes) {
    const part = await services.files.get(services.db, tenantId, fileId, { start, end: start + partBytes });
    if (part === undefined || part.bytes.length === 0) return;
    yield part.bytes;
    if (part.bytes.length < partBytes) return;
  }
}

export async function surroundingsOf(
  services: Pick<Services, 'db' | 'clock'>,
  tenantId: string,
): Promise<Surroundings> {
  const tenant = (await listTenants(services)).find(({ id }) => id === tenantId);
  const now = services.clock.now();
  return {
    country: tenant?.country ?? 'IN',
    language: tenant?.languages[0] ?? 'en',
    today: dayIn(tenant?.zone ?? 'UTC', now),
    nowMinute: Math.floor(now.getTime() / 60_000),
  };
}

interface Work {
  readonly services: RunServices;
  readonly tenantId: string;
  readonly row: ImportRow;
  readonly around: Surroundings;
  readonly premises: Premises;
  readonly instantOf: ReturnType<typeof wallReader>;
  /** Who stood in the file before, by short hashes: a hundred thousand are a few megabytes. */
  readonly seen: Set<number>;
}

/** Checks or imports what is left of the file. @returns the state afterwards */
export async function runImport(
  services: RunServices,
  tenantId: string,
  importId: string,
  signal?: AbortSignal,
): Promise<ImportState | 'gone'> {
  const row = await asTenant(services.db, tenantId, (trx) => selectImport(trx, tenantId, importId));
  if (row === undefined) return 'gone';
  if ((row.state !== 'checking' && row.state !== 'running') || row.file_id === null) return row.state;
  const work: Work = {
    services,
    tenantId,
    row,
    around: await surroundingsOf(services, tenantId),
    premises: await asTenant(services.db, tenantId, (trx) => readPremises(trx, tenantId)),
    instantOf: wallReader(),
    seen: new Set(),
  };
  let batch: TableRow[] = [];
  let last = 0;
  try {
    for await (const one of rowsOf(bytesOf(services, tenantId, row.file_id), row.format)) {
      if (one.number === 0) continue;
      last = one.number;
      if (one.number <= row.rows_done) {
        remember(work, one);
        continue;
      }
      batch.push(one);
      if (batch.length < batchRows) continue;
      const state = await settle(work, batch);
      if (state !== undefined) return state;
      batch = [];
      signal?.throwIfAborted();
    }
    if (batch.length > 0) {
      const state = await settle(work, batch);
      if (state !== undefined) return state;
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'not-a-table') throw error;
    await asTenant(services.db, tenantId, async (trx) => {
      await updateImport(trx, tenantId, importId, {
        state: 'failed',
        rows_total: last,
        finished_at: services.clock.now(),
      });
    });
    return 'failed';
  }
  return finish(work, last);
}

function remember(work: Work, one: TableRow): void {
  if (work.row.kind !== 'patients') return;
  const read = patientOf(
    '',
    cellsOf(one.cells, work.row.mapping, work.row.corrections[one.number]),
    work.row.mapping,
    work.around,
  );
  if (read.ok) for (const key of sameness(read.value)) work.seen.add(shortHash(key));
}

function shortHash(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6);
}

/** @returns a state when the run must end here: cancelled, or another has gone on in its place */
async function settle(work: Work, batch: readonly TableRow[]): Promise<ImportState | undefined> {
  const { services, tenantId, row } = work;
  const first = batch[0]?.number ?? 1;
  const end = batch.at(-1)?.number ?? 0;
  return asTenant(services.db, tenantId, async (trx) => {
    const now = await lockImport(trx, tenantId, row.id);
    if (now === undefined || now.state !== row.state || now.rows_done !== first - 1)
      return now?.state ?? 'discarded';
    if (now.wants_cancel) {
      const state = now.is_dry ? 'staged' : 'cancelled';
      await updateImport(trx, tenantId, row.id, {
        state,
        wants_cancel: false,
        finished_at: services.clock.now(),
      });
      return state;
    }
    const told = row.kind === 'patients' ? await people(work, trx, batch) : await visits(work, trx, batch);
    await insertRows(trx, tenantId, row.id, told.rows);
    const counts: Counts = {
      ready: now.counts.ready + told.ready,
      imported: now.counts.imported + told.rows.filter(({ outcome }) => outcome === 'imported').length,
      duplicate: now.counts.duplicate + told.rows.filter(({ outcome }) => outcome === 'duplicate').length,
      faulty: now.counts.faulty + told.rows.filter(({ outcome }) => outcome === 'faulty').length,
    };
    await updateImport(trx, tenantId, row.id, { rows_done: end, counts });
    const ids = told.rows.flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId]));
    if (ids.length > 0) {
      await recordAudit(services, trx, {
        tenantId,
        actor: { kind: 'staff', id: row.created_by },
        action: row.is_dry ? 'import.compared' : 'import.rows',
        subject: { kind: 'import', id: row.id },
        change: { after: { kind: row.kind, fromRow: first, toRow: end, found: ids } },
      });
    }
    return undefined;
  });
}

interface Told {
  readonly rows: readonly TellingRow[];
  /** Rows a check found in order. */
  readonly ready: number;
}

async function people(work: Work, trx: Trx, batch: readonly TableRow[]): Promise<Told> {
  const { row, tenantId, around, services } = work;
  const rows: TellingRow[] = [];
  const read: { number: number; patient: TabledPatient }[] = [];
  for (const { number, cells } of batch) {
    const one = patientOf(
      randomUUID(),
      cellsOf(cells, row.mapping, row.corrections[number]),
      row.mapping,
      around,
    );
    if (one.ok) read.push({ number, patient: one.value });
    else rows.push({ rowNumber: number, outcome: 'faulty', subjectId: null, faults: one.faults });
  }
  const near = await patientsNear(trx, tenantId, {
    phones: [...new Set(read.flatMap(({ patient }) => patient.phones))],
    emails: [
      ...new Set(
        read.flatMap(({ patient }) => (patient.email === null ? [] : [patient.email.toLowerCase()])),
      ),
    ],
    birthDates: [
      ...new Set(
        read.flatMap(({ patient }) =>
          patient.birthDate === null || !patient.birthDateExact ? [] : [patient.birthDate],
        ),
      ),
    ],
  });
  const alike = likenessFinder(near);
  const added: TabledPatient[] = [];
  for (const { number, patient } of read) {
    const keys = sameness(patient).map(shortHash);
    const isInFile = keys.some((key) => work.seen.has(key));
    for (const key of keys) work.seen.add(key);
    const found = alike(patient);
    const faults: Fault[] =
      found !== undefined
        ? [{ field: null, code: found.code }]
        : isInFile
          ? [{ field: null, code: 'alike-in-file' }]
          : [];
    if (faults.length > 0 && row.mapping.duplicates === 'skip') {
      rows.push({ rowNumber: number, outcome: 'duplicate', subjectId: found?.id ?? null, faults });
      continue;
    }
    added.push(patient);
    if (!row.is_dry) rows.push({ rowNumber: number, outcome: 'imported', subjectId: patient.id, faults });
  }
  if (!row.is_dry) {
    await addPatients(trx, tenantId, added, {
      staffId: row.created_by,
      at: services.clock.now(),
      today: around.today,
    });
  }
  return { rows, ready: row.is_dry ? added.length : 0 };
}

/** Who of these may be the same person: by telephone, by e-mail, or by the whole name and the birth date together. */
function likenessFinder(near: readonly Patient[]) {
  const by = new Map<string, Patient[]>();
  const put = (key: string, patient: Patient) => by.set(key, [...(by.get(key) ?? []), patient]);
  for (const one of near) {
    for (const phone of one.phones) put(phone, one);
    if (one.email !== null) put(one.email.toLowerCase(), one);
    if (one.birthDate !== null) put(one.birthDate, one);
  }
  return (
    person: Pick<TabledPatient, 'name' | 'phones' | 'email' | 'birthDate' | 'birthDateExact'>,
  ): { id: string; code: FaultCode } | undefined => {
    const keys = [
      ...person.phones,
      ...(person.email ? [person.email.toLowerCase()] : []),
      ...(person.birthDate ? [person.birthDate] : []),
    ];
    for (const other of new Set(keys.flatMap((key) => by.get(key) ?? []))) {
      const shared = likeness(person, other);
      if (shared.includes('phone')) return { id: other.id, code: 'alike-phone' };
      if (shared.includes('email')) return { id: other.id, code: 'alike-email' };
      if (shared.includes('birth-date') && shared.includes('name')) {
        return { id: other.id, code: 'alike-name-and-birth-date' };
      }
    }
    return undefined;
  };
}

async function visits(work: Work, trx: Trx, batch: readonly TableRow[]): Promise<Told> {
  const { row, tenantId, around, premises, services } = work;
  const rows: TellingRow[] = [];
  const read: { number: number; visit: TabledAppointment; startMinute: number }[] = [];
  for (const { number, cells } of batch) {
    const one = appointmentOf(
      cellsOf(cells, row.mapping, row.corrections[number]),
      row.mapping,
      around,
      premises,
    );
    if (!one.ok) {
      rows.push({ rowNumber: number, outcome: 'faulty', subjectId: null, faults: one.faults });
      continue;
    }
    const zone = premises.branches.find(({ id }) => id === one.value.branchId)?.zone ?? 'UTC';
    const startMinute = work.instantOf(zone, one.value.day, one.value.minute);
    if (startMinute === undefined) {
      rows.push({
        rowNumber: number,
        outcome: 'faulty',
        subjectId: null,
        faults: [{ field: 'time', code: 'no-such-time' }],
      });
      continue;
    }
    read.push({ number, visit: one.value, startMinute });
  }
  const near = await patientsNear(trx, tenantId, {
    phones: [...new Set(read.flatMap(({ visit }) => (visit.phone === null ? [] : [visit.phone])))],
    emails: [
      ...new Set(read.flatMap(({ visit }) => (visit.email === null ? [] : [visit.email.toLowerCase()]))),
    ],
    birthDates: [],
  });
  const alike = likenessFinder(near);
  let ready = 0;
  for (const { number, visit, startMinute } of read) {
    const { name, phone, email } = visit;
    const known = alike({
      name,
      phones: phone === null ? [] : [phone],
      email,
      birthDate: null,
      birthDateExact: true,
    });
    const tabled = { ...visit, startMinute, patientId: known?.id ?? null };
    if (row.is_dry) {
      const clash = await clashOf(services, trx, tenantId, premises, tabled);
      if (clash === undefined) ready += 1;
      else
        rows.push({
          rowNumber: number,
          outcome: 'faulty',
          subjectId: null,
          faults: [{ field: null, code: `clash-${clash}` }],
        });
      continue;
    }
    const placed = await addVisit(services, trx, tenantId, premises, tabled, {
      kind: 'staff',
      id: row.created_by,
    });
    rows.push(
      placed.ok
        ? { rowNumber: number, outcome: 'imported', subjectId: placed.bookingId, faults: [] }
        : {
            rowNumber: number,
            outcome: 'faulty',
            subjectId: null,
            faults: [{ field: null, code: `clash-${placed.clash}` }],
          },
    );
  }
  return { rows, ready };
}

/** The whole file is settled: a check leaves it as it lies, an import needs it no longer. */
async function finish(work: Work, last: number): Promise<ImportState> {
  const { services, tenantId, row } = work;
  const keys: string[] = [];
  const state = await asTenant(services.db, tenantId, async (trx) => {
    const now = await lockImport(trx, tenantId, row.id);
    if (now === undefined || now.state !== row.state) return now?.state ?? 'discarded';
    const at = services.clock.now();
    if (now.is_dry) {
      await updateImport(trx, tenantId, row.id, { state: 'staged', rows_total: last, finished_at: at });
      return 'staged';
    }
    keys.push(...(await dropFile(services, trx, tenantId, now)));
    await updateImport(trx, tenantId, row.id, { state: 'imported', rows_total: last, finished_at: at });
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'staff', id: row.created_by },
      action: 'import.finished',
      subject: { kind: 'import', id: row.id },
      change: { after: { kind: row.kind, rows: last, ...now.counts } },
    });
    return 'imported';
  });
  await services.files.removeBytes(services.db, keys);
  return state;
}

/** Forgets the uploaded table and what was put right in it. @returns keys of bytes to be removed after the commit */
export async function dropFile(
  services: Pick<Services, 'files'>,
  trx: Trx,
  tenantId: string,
  row: Pick<ImportRow, 'id' | 'file_id'>,
): Promise<readonly string[]> {
  if (row.file_id === null) return [];
  const file = await trx
    .selectFrom('files')
    .select('key')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', row.file_id)
    .executeTakeFirst();
  await updateImport(trx, tenantId, row.id, { file_id: null, corrections: {} });
  await services.files.delete(trx, tenantId, row.file_id);
  return file === undefined ? [] : [file.key];
}
