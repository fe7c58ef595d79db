/*
 * Two records of one person become one, reversibly.
 *
 *   mergePatients(services, actor, { fromId, intoId })   { ok: true, mergeId, moved, stayed }
 *   undoMerge(services, actor, mergeId)                  { ok: true, patientId }
 *
 * Every table with a `patient_id` takes part, found in the database's own catalogue: a subject that adds a table need
 * not tell this one. Rows whose key holds the patient, which are sealed by a trigger, or which would stand twice, stay
 * with the record they were made for and are counted in `stayed`; the chart links to it. What moved is listed row by row, so
 * that undoing brings back exactly those rows; what was written after the merge stays where it was written.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import { isUuid } from '../platform/uuid.ts';
import { by, can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { mergedAway, notAllowed, notFound, type RecordServices } from './commands.ts';
import {
  insertMerge,
  insertMergeRows,
  moveRow,
  moveRows,
  selectMerge,
  selectMergeRows,
  settleMerge,
  tablesOfPatients,
} from './merge-store.ts';
import type { Patient, RecordRefusal } from './schema.ts';
import { lockPatient, type PatientDetails, updatePatient } from './store.ts';

/** Taken over when the remaining record has none. */
const fillable = ['birthDate', 'sex', 'email', 'fitzpatrick', 'monk', 'weightKg', 'guardian'] as const;
/** Fields that only mean something together with another. */
const together: Partial<Record<string, keyof PatientDetails>> = {
  birthDate: 'birthDateExact',
  weightKg: 'weighedOn',
};

type Filled = Partial<Record<keyof PatientDetails, { before: unknown; after: unknown }>>;

export interface Merged {
  readonly ok: true;
  readonly mergeId: string;
  /** Rows by table. */
  readonly moved: Readonly<Record<string, number>>;
  readonly stayed: Readonly<Record<string, number>>;
}

export async function mergePatients(
  services: RecordServices,
  actor: Actor,
  { fromId, intoId }: { readonly fromId: string; readonly intoId: string },
): Promise<Merged | RecordRefusal> {
  if (!can(actor.role, 'patient.write')) return notAllowed;
  if (!isUuid(fromId) || !isUuid(intoId)) return notFound;
  if (fromId.toLowerCase() === intoId.toLowerCase()) return sameRecord;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const pair = await lockPair(trx, tenantId, fromId, intoId);
    if (pair === undefined) return notFound;
    const { from, into } = pair;
    if (from.mergedInto !== null || into.mergedInto !== null) return mergedAway;
    const filled = filledBy(from, into);
    const at = services.clock.now();
    const mergeId = randomUUID();
    await insertMerge(trx, {
      tenant_id: tenantId,
      id: mergeId,
      from_id: from.id,
      into_id: into.id,
      filled: JSON.stringify(filled),
      merged_at: at,
      merged_by: actor.staffId,
    });
    const moved: Record<string, number> = {};
    const stayed: Record<string, number> = {};
    for (const table of await tablesOfPatients(trx)) {
      const { gone, left } = await moveRows(trx, table, tenantId, from.id, into.id);
      await insertMergeRows(trx, tenantId, mergeId, table.name, gone, true);
      await insertMergeRows(trx, tenantId, mergeId, table.name, left, false);
      if (gone.length > 0) moved[table.name] = gone.length;
      if (left.length > 0) stayed[table.name] = left.length;
    }
    const values = Object.fromEntries(Object.entries(filled).map(([field, { after }]) => [field, after]));
    await updatePatient(trx, tenantId, into.id, into.version, values, at);
    await sql`update patients set merged_into = ${into.id}, version = version + 1, changed_at = ${at}
      where tenant_id = ${tenantId} and id = ${from.id}`.execute(trx);
    // Records merged into that one before stand behind the same person now.
    await sql`update patients set merged_into = ${into.id}
      where tenant_id = ${tenantId} and merged_into = ${from.id}`.execute(trx);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'patient.merged',
      subject: { kind: 'patient', id: into.id },
      change: { after: { mergeId, fromId: from.id, moved, stayed, filled: Object.keys(filled).toSorted() } },
    });
    return { ok: true as const, mergeId, moved, stayed };
  });
}

export async function undoMerge(
  services: RecordServices,
  actor: Actor,
  mergeId: string,
): Promise<{ ok: true; patientId: string } | RecordRefusal> {
  if (!can(actor.role, 'patient.write')) return notAllowed;
  if (!isUuid(mergeId)) return notMerged;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const merge = await selectMerge(trx, tenantId, mergeId);
    if (merge === undefined || merge.undone_at !== null) return notMerged;
    const pair = await lockPair(trx, tenantId, merge.from_id, merge.into_id);
    if (pair === undefined) return notFound;
    const { from, into } = pair;
    if (into.mergedInto !== null) return mergedAway;
    const at = services.clock.now();
    const tables = new Map((await tablesOfPatients(trx)).map((table) => [table.name, table]));
    for (const row of await selectMergeRows(trx, tenantId, mergeId)) {
      const table = tables.get(row.table_name);
      if (table !== undefined) await moveRow(trx, table, row.row_key, tenantId, into.id, from.id);
    }
    // What somebody has corrected since is not taken back.
    const back = Object.entries(merge.filled as Filled).filter(
      ([field, { after }]) => JSON.stringify(into[field as keyof Patient]) === JSON.stringify(after),
    );
    const values = Object.fromEntries(back.map(([field, { before }]) => [field, before]));
    await updatePatient(trx, tenantId, into.id, into.version, values, at);
    await sql`update patients set merged_into = null, version = version + 1, changed_at = ${at}
      where tenant_id = ${tenantId} and id = ${from.id}`.execute(trx);
    await sql`update patients set merged_into = ${from.id}
      where tenant_id = ${tenantId} and merged_into = ${into.id} and id in (select from_id from patient_merges
        where tenant_id = ${tenantId} and into_id = ${from.id} and undone_at is null)`.execute(trx);
    await settleMerge(trx, tenantId, mergeId, { at, by: actor.staffId });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'patient.unmerged',
      subject: { kind: 'patient', id: from.id },
      change: { after: { mergeId, intoId: into.id } },
    });
    return { ok: true as const, patientId: from.id };
  });
}

/** Both, always locked in the same order, so that two merges cannot wait for each other. */
async function lockPair(
  trx: Trx,
  tenantId: string,
  fromId: string,
  intoId: string,
): Promise<{ from: Patient; into: Patient } | undefined> {
  const locked = new Map<string, Patient | undefined>();
  for (const id of [fromId, intoId].toSorted()) locked.set(id, await lockPatient(trx, tenantId, id));
  const from = locked.get(fromId);
  const into = locked.get(intoId);
  return from && into ? { from, into } : undefined;
}

function filledBy(from: Patient, into: Patient): Filled {
  const filled: Filled = {};
  for (const field of fillable) {
    if (into[field] !== null || from[field] === null) continue;
    filled[field] = { before: into[field], after: from[field] };
    const other = together[field];
    if (other !== undefined) filled[other] = { before: into[other], after: from[other] };
  }
  const phones = [...new Set([...into.phones, ...from.phones])];
  if (phones.length > into.phones.length) filled.phones = { before: into.phones, after: phones };
  return filled;
}

const sameRecord: RecordRefusal = {
  ok: false,
  reason: 'same-record',
  message: 'These are one and the same record; choose another one.',
};
const notMerged: RecordRefusal = {
  ok: false,
  reason: 'not-merged',
  message: 'There is no such merge, or it is undone already.',
};
