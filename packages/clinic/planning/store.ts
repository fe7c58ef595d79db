import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import { ofPerson } from '../record/same-person.ts';
import type { PlanPart, PlanSignature, PlanSummary } from './rules.ts';

declare module '../platform/database.ts' {
  interface Tables {
    plans: PlansTable;
    plan_files: PlanFilesTable;
    plan_signatures: PlanSignaturesTable;
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

interface PlanSignaturesTable {
  tenant_id: string;
  plan_id: string;
  version: number;
  signed_by: string;
  signer_name: string;
  signed_at: Date;
  content_sha256: Buffer;
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

/** Versions with their signatures. */
const signed = (db: Db, tenantId: string) =>
  db
    .selectFrom('plans as p')
    .leftJoin('plan_signatures as s', (join) =>
      join
        .onRef('s.tenant_id', '=', 'p.tenant_id')
        .onRef('s.plan_id', '=', 'p.plan_id')
        .onRef('s.version', '=', 'p.version'),
    )
    .select([
      'p.plan_id',
      'p.version',
      'p.patient_id',
      'p.treatment',
      'p.engine_version',
      'p.created_at',
      'p.created_by',
      's.signed_by',
      's.signer_name',
      's.signed_at',
      's.content_sha256',
    ])
    .where('p.tenant_id', '=', tenantId);

/** Plans of a patient, newest first, every version. */
export async function selectPlans(
  db: Db,
  tenantId: string,
  patientId: string,
): Promise<readonly PlanSummary[]> {
  const rows = await signed(db, tenantId)
    .where(ofPerson('p.patient_id', tenantId, patientId))
    .orderBy('p.created_at', 'desc')
    .orderBy('p.version', 'desc')
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
  let query = signed(db, tenantId).select(['p.document', 'p.sha256']).where('p.plan_id', '=', planId);
  if (version !== undefined) query = query.where('p.version', '=', version);
  const row = await query.orderBy('p.version', 'desc').limit(1).executeTakeFirst();
  return row && { ...summaryOf(row), document: row.document, sha256: row.sha256 };
}

/** False when this version is signed already. */
export async function insertSignature(
  trx: Trx,
  tenantId: string,
  { planId, version }: { readonly planId: string; readonly version: number },
  signature: PlanSignature,
): Promise<boolean> {
  const written = await trx
    .insertInto('plan_signatures')
    .values({
      tenant_id: tenantId,
      plan_id: planId,
      version,
      signed_by: signature.signedBy,
      signer_name: signature.signerName,
      signed_at: signature.signedAt,
      content_sha256: Buffer.from(signature.contentSha256, 'hex'),
    })
    .onConflict((c) => c.columns(['tenant_id', 'plan_id', 'version']).doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
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

interface SummaryRow {
  readonly plan_id: string;
  readonly version: number;
  readonly patient_id: string;
  readonly treatment: string;
  readonly engine_version: string;
  readonly created_at: Date;
  readonly created_by: string;
  readonly signed_by: string | null;
  readonly signer_name: string | null;
  readonly signed_at: Date | null;
  readonly content_sha256: Buffer | null;
}

function summaryOf(row: SummaryRow): PlanSummary {
  const { signed_by, signer_name, signed_at, content_sha256 } = row;
  return {
    planId: row.plan_id,
    version: row.version,
    patientId: row.patient_id,
    treatment: row.treatment as PlanSummary['treatment'],
    engineVersion: row.engine_version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    ...(signed_by !== null && signer_name !== null && signed_at !== null && content_sha256 !== null
      ? {
          signature: {
            signedBy: signed_by,
            signerName: signer_name,
            signedAt: signed_at,
            contentSha256: content_sha256.toString('hex'),
          },
        }
      : {}),
  };
}
