/** Making what was asked for, in the background, and taking it away again. */
import { z } from 'zod';
import { branchesOfToken } from '../api-tokens/commands.ts';
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import { type Handler, handle, type Job } from '../platform/jobs.ts';
import { inTenant } from '../platform/scope.ts';
import type { Services } from '../platform/services.ts';
import { can } from '../staff/rules.ts';
import type { Actor, Role } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import { bulkFiles } from './bulk.ts';
import { type RecordServices, recordZip } from './record.ts';
import { type BulkWish, keptHours } from './schema.ts';
import {
  deleteExportFiles,
  type ExportsTable,
  insertExportFile,
  selectExport,
  selectExportFiles,
  selectPast,
  updateExport,
} from './store.ts';

/** Size of the pieces a zip is kept in, in bytes: one is in memory at a time. */
const pieceBytes = 8 * 1024 * 1024;
const retries = 3;

export const makeExportJob: Job<{ tenantId: string; exportId: string }> = {
  name: 'export.make',
  payload: z.object({ tenantId: z.uuid(), exportId: z.uuid() }),
  retries,
  expiresAfterSeconds: 3600,
};

export const sweepExportsJob: Job = { name: 'export.sweep', payload: z.object({}), schedule: '27 * * * *' };

/**
 * Makes one copy. A run that was cut off left nothing: all that is written is one transaction. What is read is one moment,
 * in a second transaction that only reads: the first must be able to take its place in the audit chain behind others.
 */
export async function makeExport(
  services: RecordServices,
  tenantId: string,
  exportId: string,
): Promise<void> {
  await inTenant(tenantId, () =>
    services.db.transaction().execute(async (trx) => {
      const row = await selectExport(trx, tenantId, exportId, true);
      // Asked for again after it was made, or cancelled meanwhile.
      if (row === undefined || row.state !== 'queued') return;
      const actor = await makerOf(trx, row);
      if (actor === undefined)
        return updateExport(trx, tenantId, exportId, { state: 'failed', fault: 'not-allowed' });
      // Before anything is read: what changes meanwhile is in the next export since then, too.
      const asOf = services.clock.now();
      const made = await services.db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(
          (moment): Promise<Made | undefined> =>
            row.kind === 'record'
              ? makeRecord(services, trx, moment, row, actor)
              : makeBulk(services, trx, moment, row, actor),
        );
      if (made === undefined)
        return updateExport(trx, tenantId, exportId, { state: 'failed', fault: 'not-found' });
      const now = services.clock.now();
      await updateExport(trx, tenantId, exportId, {
        state: 'ready',
        as_of: asOf,
        ready_at: now,
        expires_at: new Date(now.getTime() + keptHours[row.kind] * 3_600_000),
      });
      await recordAudit(services, trx, {
        tenantId,
        actor: row.link_id === null ? { kind: 'staff', id: row.asked_by } : { kind: 'link', id: row.link_id },
        action: row.kind === 'record' ? 'record.exported' : 'fhir.exported',
        subject:
          row.patient_id === null
            ? { kind: 'tenant', id: tenantId }
            : { kind: 'patient', id: row.patient_id },
        change: { after: { exportId, ...(row.token_id !== null && { token: row.token_id }), ...made } },
      });
    }),
  );
}

/** Counts of what was made, for the audit chain. */
type Made = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

/** Who it is made for: as they are today. Undefined when they may no longer. */
async function makerOf(trx: Trx, row: ExportsTable): Promise<Actor | undefined> {
  const member = await trx
    .selectFrom('staff')
    .select(['name', 'role', 'disabled_at'])
    .where('tenant_id', '=', row.tenant_id)
    .where('id', '=', row.asked_by)
    .executeTakeFirst();
  if (member === undefined || member.disabled_at !== null || !can(member.role as Role, 'data.export'))
    return undefined;
  const branches =
    row.token_id === null ? undefined : await branchesOfToken(trx, row.tenant_id, row.token_id);
  return {
    tenantId: row.tenant_id,
    ...(branches !== undefined && { branches }),
    staffId: row.asked_by,
    role: member.role as Role,
    name: member.name,
    sessionId: row.token_id ?? row.id,
  };
}

async function makeRecord(services: RecordServices, trx: Trx, moment: Trx, row: ExportsTable, actor: Actor) {
  const made = await recordZip(services, moment, actor, row.patient_id ?? '');
  if (made === undefined) return undefined;
  let waiting: Buffer[] = [];
  let bytes = 0;
  let seq = 0;
  const keep = async () => {
    if (bytes === 0) return;
    seq += 1;
    await keepFile(services, trx, row, seq, Buffer.concat(waiting), 'application/zip');
    waiting = [];
    bytes = 0;
  };
  for await (const chunk of made.chunks) {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes >= pieceBytes) await keep();
  }
  await keep();
  const { patientIds, ...counts } = made.summary;
  return { ...counts, records: patientIds.length };
}

async function makeBulk(services: RecordServices, trx: Trx, moment: Trx, row: ExportsTable, actor: Actor) {
  const wish = row.wish as BulkWish;
  let seq = 0;
  const counts: Record<string, number> = {};
  for await (const { type, resources, bytes } of bulkFiles(services, moment, actor, wish)) {
    seq += 1;
    await keepFile(services, trx, row, seq, bytes, 'application/fhir+ndjson', { type, resources });
    counts[type] = (counts[type] ?? 0) + resources;
  }
  return { files: seq, resources: counts };
}

async function keepFile(
  services: Pick<Services, 'files'>,
  trx: Trx,
  { tenant_id, id }: ExportsTable,
  seq: number,
  bytes: Buffer,
  mediaType: string,
  about?: { readonly type: string; readonly resources: number },
): Promise<void> {
  const file = await services.files.put(trx, { tenantId: tenant_id, bytes, mediaType });
  await insertExportFile(trx, {
    tenant_id,
    export_id: id,
    seq,
    type: about?.type ?? null,
    resources: about?.resources ?? null,
    size_bytes: bytes.length,
    file_id: file.id,
  });
}

/** Removes the files of an export, and with them the keys that open their bytes. */
export async function dropFiles(
  services: Pick<Services, 'files'>,
  trx: Trx,
  tenantId: string,
  exportId: string,
): Promise<void> {
  const files = await selectExportFiles(trx, tenantId, exportId);
  await deleteExportFiles(trx, tenantId, exportId);
  for (const { file_id } of files) await services.files.delete(trx, tenantId, file_id);
}

/** Takes away what has expired. */
export async function sweepExports(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
  tenantId: string,
): Promise<number> {
  return inTenant(tenantId, () =>
    services.db.transaction().execute(async (trx) => {
      const past = await selectPast(trx, tenantId, services.clock.now());
      for (const id of past) {
        await dropFiles(services, trx, tenantId, id);
        await updateExport(trx, tenantId, id, { state: 'expired' });
      }
      return past.length;
    }),
  );
}

export function exportJobs(services: RecordServices): readonly Handler[] {
  return [
    handle(makeExportJob, async ({ tenantId, exportId }, { attempt }) => {
      try {
        await makeExport(services, tenantId, exportId);
      } catch (error) {
        if (attempt >= retries)
          await inTenant(tenantId, () =>
            services.db
              .transaction()
              .execute((trx) =>
                updateExport(trx, tenantId, exportId, { state: 'failed', fault: 'internal' }),
              ),
          );
        throw error;
      }
    }),
    handle(sweepExportsJob, async () => {
      for (const { id } of await listTenants(services)) await sweepExports(services, id);
    }),
  ];
}
