import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import type { PlanPart, PlanSummary } from './rules.ts';

declare module '../platform/database.ts' {
  interface Tables {
    plans: PlansTable;
    plan_files: PlanFilesTable;
  }
}

interface PlansTable {
  tenant_id: string;
  plan_id: string;
  version: number;
  patient_id: string;
  document: string;
  sha256: Buffer;
  readonly treatment: string;
  readonly engine_version: string;
  created_at: Date;
  created_by: string;
}

interface PlanFilesTable {
  tenant_id: string;
  plan_id: string;
  version: number;
  part: PlanPart;
  file_id: string;
}

export interface StoredPlan extends PlanSummary {
  readonly document: string;
  readonly sha256: Buffer;
}

/** Locks the plan against other new versions and tells the latest, 0 for a plan that is not there yet. */
export async function lockPlan(
  trx: Trx,
  tenantId: string,
  planId: string,
): Promise<{ version: number; patientId: string | undefined }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`plan ${tenantId} ${planId}`}, 0))`.execute(trx);
  const row = await trx
    .selectFrom('plans')
    .select(['version', 'patient_id'])
    .where('tenant_id', '=', tenantId)
    .where('plan_id', '=', planId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { version: row?.version ?? 0, patientId: row?.patient_id };
}

export async function insertPlan(
  trx: Trx,
  plan: Omit<PlansTable, 'treatment' | 'engine_version'>,
  files: readonly { readonly part: PlanPart; readonly fileId: string }[],
): Promise<void> {
  const { tenant_id, plan_id, version } = plan;
  await trx
    .insertInto('plans')
    .values(plan as PlansTable)
    .execute();
  if (files.length === 0) return;
  await trx
    .insertInto('plan_files')
    .values(files.map(({ part, fileId }) => ({ tenant_id, plan_id, version, part, file_id: fileId })))
    .execute();
}

/** All plans of a patient, newest first, every version. */
export async function selectPlans(
  db: Db,
  tenantId: string,
  patientId: string,
): Promise<readonly PlanSummary[]> {
  const rows = await db
    .selectFrom('plans')
    .select(['plan_id', 'version', 'patient_id', 'treatment', 'engine_version', 'created_at', 'created_by'])
    .where('tenant_id', '=', tenantId)
    .where('patient_id', '=', patientId)
    .orderBy('created_at', 'desc')
    .orderBy('version', 'desc')
    .execute();
  return rows.map(summaryOf);
}

/** One version of a plan, the latest when none is named. */
export async function selectPlan(
  db: Db,
  tenantId: string,
  planId: string,
  version?: number,
): Promise<StoredPlan | undefined> {
  let query = db
    .selectFrom('plans')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('plan_id', '=', planId);
  if (version !== undefined) query = query.where('version', '=', version);
  const row = await query.orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row && { ...summaryOf(row), document: row.document, sha256: row.sha256 };
}

export async function selectPlanFiles(
  db: Db,
  tenantId: string,
  planId: string,
  version: number,
): Promise<Partial<Record<PlanPart, string>>> {
  const rows = await db
    .selectFrom('plan_files')
    .select(['part', 'file_id'])
    .where('tenant_id', '=', tenantId)
    .where('plan_id', '=', planId)
    .where('version', '=', version)
    .execute();
  return Object.fromEntries(rows.map(({ part, file_id }) => [part, file_id]));
}

function summaryOf(row: Omit<PlansTable, 'tenant_id' | 'document' | 'sha256'>): PlanSummary {
  return {
    planId: row.plan_id,
    version: row.version,
    patientId: row.patient_id,
    treatment: row.treatment as PlanSummary['treatment'],
    engineVersion: row.engine_version,
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}
