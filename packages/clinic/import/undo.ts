/** Takes a whole import back, exactly: every row goes, unless something was built upon it since, which is named. */
import { sql } from 'kysely';
import { recordAudit } from '../audit/commands.ts';
import { takeBackVisits } from '../booking/import-door.ts';
import { asTenant } from '../platform/database.ts';
import { takeBackPatients } from '../record/import-door.ts';
import type { RunServices } from './run.ts';
import type { FaultCode, ImportState } from './schema.ts';
import { lockImport, selectImported, updateImport } from './store.ts';

const batchRows = 500;

export async function runUndo(
  services: Pick<RunServices, 'db' | 'clock'>,
  tenantId: string,
  importId: string,
): Promise<ImportState | 'gone'> {
  for (;;) {
    const state = await asTenant(services.db, tenantId, async (trx) => {
      const row = await lockImport(trx, tenantId, importId);
      if (row === undefined) return 'gone';
      if (row.state !== 'undoing') return row.state;
      const batch = await selectImported(trx, tenantId, importId, batchRows);
      if (batch.length === 0) {
        await updateImport(trx, tenantId, importId, { state: 'undone', undone_at: services.clock.now() });
        return 'undone';
      }
      const ids = batch.map(({ subjectId }) => subjectId);
      const standing = new Map<string, FaultCode>();
      if (row.kind === 'patients') {
        const taken = await takeBackPatients(trx, tenantId, ids);
        for (const { id, because } of taken.standing) {
          standing.set(
            id,
            because === 'changed'
              ? 'has-been-changed'
              : because.table === 'bookings'
                ? 'has-visits'
                : 'has-papers',
          );
        }
      } else {
        const taken = await takeBackVisits(trx, tenantId, ids);
        for (const { id, because } of taken.standing) {
          standing.set(id, because === 'changed' ? 'has-been-changed' : 'has-papers');
        }
      }
      for (const [id, code] of standing) {
        await sql`update import_rows set outcome = 'kept', faults = ${JSON.stringify([{ field: null, code }])}::jsonb
          where tenant_id = ${tenantId} and import_id = ${importId} and subject_id = ${id}`.execute(trx);
      }
      const gone = ids.filter((id) => !standing.has(id));
      await sql`delete from import_rows where tenant_id = ${tenantId} and import_id = ${importId}
        and subject_id = any(${gone}::uuid[])`.execute(trx);
      await recordAudit(services, trx, {
        tenantId,
        actor: { kind: 'staff', id: row.undone_by ?? row.created_by },
        action: 'import.rows-undone',
        subject: { kind: 'import', id: importId },
        change: { after: { kind: row.kind, gone, kept: [...standing.keys()] } },
      });
      return 'undoing';
    });
    if (state !== 'undoing') return state;
  }
}
