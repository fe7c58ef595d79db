/*
 * An erasure is carried out in three steps, each of which may be cut off and done again:
 *
 *   1. one transaction: every row goes or is emptied, and what lies outside the database is written down   (sweeping)
 *   2. bytes of files, whose keys are gone already, and messages in the outbox folder
 *   3. the register beside the master key; then done, or waiting until the law lets the rest go
 *
 * docs/data.md, docs/decisions/0009-erasure.md
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { recordAudit } from '../audit/commands.ts';
import { asTenant, type Db, type Trx } from '../platform/database.ts';
import { asSystem, inTenant } from '../platform/scope.ts';
import type { Services } from '../platform/services.ts';
import { listTenants } from '../tenant/commands.ts';
import { dayIn } from '../tenant/schema.ts';
import { readRegister, register } from './register.ts';
import { auditEntriesNaming, countRows, removeRows, settleIdentity } from './remove.ts';
import { freeFrom } from './rules.ts';
import {
  type ErasureState,
  type ErasureSummary,
  type Kept,
  type RecordKind,
  type RetentionRule,
  recordKinds,
} from './schema.ts';
import {
  type ErasureRow,
  insertErasure,
  lockErasure,
  selectAnchors,
  selectErasure,
  selectHolds,
  selectSchedule,
  updateErasure,
} from './store.ts';
import { type Subjects, subjectsOf } from './subjects.ts';

export type EraseServices = Pick<Services, 'db' | 'files' | 'keys' | 'config' | 'clock' | 'log'>;

/** What may go today, and until when the rest must stay. */
export interface Dues {
  readonly due: ReadonlySet<RecordKind>;
  readonly until: ReadonlyMap<RecordKind, { readonly day: string; readonly rule: RetentionRule }>;
  readonly schedule: readonly RetentionRule[];
}

/** @param services.clock says which day it is in the clinic's zone */
export async function duesOf(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
  subjects: Subjects,
): Promise<Dues> {
  const today = await todayOf(services, trx, tenantId);
  const schedule = await selectSchedule(trx, tenantId);
  const anchors = await selectAnchors(trx, tenantId, subjects);
  const until = new Map<RecordKind, { day: string; rule: RetentionRule }>();
  for (const rule of schedule) {
    const day = freeFrom(rule, anchors, 'law');
    if (day !== null && day > today) until.set(rule.kind, { day, rule });
  }
  return { due: new Set(recordKinds.filter((kind) => !until.has(kind))), until, schedule };
}

export async function todayOf(services: Pick<Services, 'clock'>, db: Db, tenantId: string): Promise<string> {
  const tenant = (await listTenants({ db })).find(({ id }) => id === tenantId);
  return dayIn(tenant?.zone ?? 'UTC', services.clock.now());
}

/** What is kept of these kinds: how many rows, until when, and by which rule. Kinds without a row are left out. */
export async function keptOf(
  trx: Trx,
  tenantId: string,
  subjects: Subjects,
  until: Dues['until'],
): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for (const [kind, { day, rule }] of until) {
    const counts = await countRows(trx, tenantId, subjects, new Set([kind]));
    const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
    if (rows > 0) kept.push({ kind, rows, until: day, source: rule.source, review: rule.review });
  }
  return kept;
}

/**
 * Carries an approved erasure out, or goes on with one that was cut off or whose date has come.
 * @returns the state it is in afterwards; `on-hold` when a legal hold stands, and nothing was touched.
 */
export async function carryOut(
  services: EraseServices,
  tenantId: string,
  erasureId: string,
): Promise<ErasureState | 'on-hold' | 'gone'> {
  const state = await pastTheFence(services.db, (trx) => removeAll(services, trx, tenantId, erasureId));
  if (state !== 'sweeping') return state;
  return inTenant(tenantId, async () => {
    const row = (await selectErasure(services.db, tenantId, erasureId)) as ErasureRow;
    if (!(await services.files.removeBytes(services.db, row.leftover.fileKeys)))
      throw Object.assign(new Error('a backup is under way: the bytes of files go when it has ended.'), {
        code: 'backup-under-way' as const,
      });
    await removeLetters(services.config.home, row.leftover.messageIds);
    await register(services, {
      tenantId,
      erasureId,
      patientIds: row.patient_ids,
      at: services.clock.now().toISOString(),
    });
    return asTenant(services.db, tenantId, (trx) => settle(services, trx, tenantId, erasureId));
  });
}

/** As the owner: the working role may not touch sealed rows at all, not even in an erasure (platform/fence.ts). */
export function pastTheFence<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  return asSystem('erasure', () => db.transaction().execute(work));
}

async function removeAll(
  services: EraseServices,
  trx: Trx,
  tenantId: string,
  erasureId: string,
): Promise<ErasureState | 'on-hold' | 'gone'> {
  const row = await lockErasure(trx, tenantId, erasureId);
  if (row === undefined) return 'gone';
  const now = services.clock.now();
  const isDue = row.state === 'waiting' && row.resume_at !== null && row.resume_at <= now;
  if (row.state !== 'approved' && !isDue) return row.state;
  // Whoever writes something about the patient now waits, and then finds nobody.
  await sql`select 1 from patients where tenant_id = ${tenantId} and id = ${row.patient_id} for update`.execute(
    trx,
  );
  const subjects = await subjectsOf(services, trx, tenantId, row.patient_id);
  if (subjects === undefined) {
    await updateErasure(trx, tenantId, erasureId, {
      state: 'done',
      finished_at: now,
      resume_at: null,
      note: '',
    });
    return 'done';
  }
  if ((await selectHolds(trx, tenantId, subjects.patients)).some(({ liftedAt }) => liftedAt === null))
    return 'on-hold';
  const { due, until } = await duesOf(services, trx, tenantId, subjects);
  const auditEntries = await auditEntriesNaming(trx, tenantId, subjects);
  await updateErasure(trx, tenantId, erasureId, {
    state: 'running',
    patient_ids: [...subjects.patients],
    resume_at: null,
  });
  await sql`select set_config('undertone.erasing', ${erasureId}, true)`.execute(trx);
  const { gone, fileKeys } = await removeRows(trx, tenantId, subjects, due);
  const kept = await keptOf(trx, tenantId, subjects, until);
  const isTreated = kept.some(({ kind }) => kind === 'treatment');
  const identity = isTreated ? 'kept' : await settleIdentity(trx, tenantId, subjects);
  const before = row.summary;
  const summary: ErasureSummary = {
    gone: added(before?.gone ?? {}, gone),
    filesGone: (before?.filesGone ?? 0) + fileKeys.length,
    kept: identity === 'number-only' && kept.length === 0 ? [] : kept,
    identity,
    auditEntries: [...new Set([...(before?.auditEntries ?? []), ...auditEntries])],
  };
  await updateErasure(trx, tenantId, erasureId, {
    state: 'sweeping',
    note: '',
    proof: null,
    asked: null,
    leftover: { fileKeys, messageIds: subjects.messages },
    summary,
  });
  await recordAudit(services, trx, {
    tenantId,
    actor: { kind: 'system', id: null },
    action: 'patient.erased',
    subject: { kind: 'patient', id: row.patient_id },
    change: {
      after: {
        erasureId,
        records: [...subjects.patients],
        gone: summary.gone,
        files: summary.filesGone,
        kept: kept.map(({ kind, rows, until: day }) => ({ kind, rows, until: day })),
        identity,
      },
    },
  });
  return 'sweeping';
}

async function settle(
  services: EraseServices,
  trx: Trx,
  tenantId: string,
  erasureId: string,
): Promise<ErasureState> {
  const row = await lockErasure(trx, tenantId, erasureId);
  if (row?.state !== 'sweeping') return row?.state ?? 'done';
  const days = (row.summary?.kept ?? []).flatMap(({ until }) => (until === null ? [] : [until])).toSorted();
  const [next] = days;
  const state = next === undefined ? 'done' : 'waiting';
  await updateErasure(trx, tenantId, erasureId, {
    state,
    leftover: { fileKeys: [], messageIds: [] },
    // The day begins at different instants on earth: by noon it has come everywhere the clinic could be.
    resume_at: next === undefined ? null : new Date(`${next}T12:00:00Z`),
    finished_at: services.clock.now(),
  });
  services.log.info({ tenantId, erasureId, state }, 'erasure carried out');
  return state;
}

/** Without a mail server, messages are written to the folder `outbox`: those that went to this person go. */
async function removeLetters(home: string, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  const folder = join(home, 'outbox');
  const ids = new Set(messageIds);
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith('.eml')) continue;
    const head = (await readFile(join(folder, name), 'latin1')).split(/\r?\n\r?\n/, 1)[0] ?? '';
    const id = /^message-id:\s*<([0-9a-f-]{36})@/im.exec(head)?.[1];
    if (id !== undefined && ids.has(id)) await rm(join(folder, name), { force: true });
  }
}

function added(
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum: Record<string, number> = { ...one };
  for (const [key, count] of Object.entries(other)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}

/**
 * After a restore: whoever was erased since the backup is erased again, before anybody signs in. Reads the register
 * beside the master key and compares it with the database.
 * @returns how many erasures were carried out again.
 * @throws the first fault, after the others of the register have had their turn.
 */
export async function reapplyErasures(services: EraseServices): Promise<number> {
  let again = 0;
  const newest = new Map((await readRegister(services)).map((entry) => [entry.erasureId, entry]));
  const faults: unknown[] = [];
  for (const { tenantId, erasureId, patientIds, at } of newest.values()) {
    try {
      const isNeeded = await asTenant(services.db, tenantId, (trx) =>
        readmit(services, trx, { tenantId, erasureId, patientIds, at: new Date(at) }),
      );
      if (!isNeeded) continue;
      const state = await carryOut(services, tenantId, erasureId);
      services.log.info({ tenantId, erasureId, state }, 'erasure applied again after a restore');
      again += 1;
    } catch (error) {
      const { code } = error as { code?: string };
      services.log.error({ tenantId, erasureId, code }, 'erasure not applied again after a restore');
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
  return again;
}

/** Makes the register's erasure one of the database again. @returns whether anything of it must be carried out */
async function readmit(
  services: EraseServices,
  trx: Trx,
  entry: { tenantId: string; erasureId: string; patientIds: readonly string[]; at: Date },
): Promise<boolean> {
  const { tenantId, erasureId } = entry;
  const row = await lockErasure(trx, tenantId, erasureId);
  if (row !== undefined && (row.state === 'done' || row.state === 'waiting')) return false;
  if (row?.state === 'sweeping') return true;
  const { rows } = await sql<{ id: string }>`select id from patients where tenant_id = ${tenantId}
    and id = any(${[...entry.patientIds]}::uuid[]) and merged_into is null and erased_at is null`.execute(
    trx,
  );
  const patientId = rows[0]?.id;
  if (patientId === undefined) return false;
  if (row === undefined) {
    await sql`update erasures set state = 'refused', decided_at = coalesce(decided_at, ${entry.at}), resume_at = null
      where tenant_id = ${tenantId} and patient_id = ${patientId} and state not in ('done', 'refused')`.execute(
      trx,
    );
    await insertErasure(trx, {
      tenant_id: tenantId,
      id: erasureId,
      patient_id: patientId,
      patient_ids: [...entry.patientIds],
      source: 'desk',
      state: 'approved',
      asked: null,
      proof: null,
      expires_at: null,
      note: '',
      recorded_at: entry.at,
      recorded_by: null,
      requested_at: entry.at,
      decided_at: entry.at,
      decided_by: null,
    });
  } else {
    await updateErasure(trx, tenantId, erasureId, {
      state: 'approved',
      decided_at: row.decided_at ?? entry.at,
    });
  }
  await recordAudit(services, trx, {
    tenantId,
    actor: { kind: 'system', id: null },
    action: 'erasure.applied-again',
    subject: { kind: 'patient', id: patientId },
    change: { after: { erasureId } },
  });
  return true;
}
