import type { Db, Trx } from '../platform/database.ts';
import { ofPerson } from '../record/same-person.ts';
import type { Draft, DraftState, DraftStep } from './draft-schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    plan_drafts: PlanDraftsTable;
    plan_draft_steps: { tenant_id: string; draft_id: string; id: string; step: unknown };
  }
}

interface PlanDraftsTable {
  tenant_id: string;
  id: string;
  patient_id: string;
  plan_id: string | null;
  revision: number;
  state: unknown;
  created_at: Date;
  created_by: string;
  updated_at: Date;
  updated_by: string;
}

/** Held against other saves until the transaction ends. */
export async function lockDraft(trx: Trx, tenantId: string, draftId: string): Promise<Draft | undefined> {
  const row = await drafts(trx, tenantId).where('id', '=', draftId).forUpdate().executeTakeFirst();
  return row && draftOf(row);
}

/** Drafts of a person, the last changed first. */
export async function selectDrafts(db: Db, tenantId: string, patientId: string): Promise<readonly Draft[]> {
  const rows = await drafts(db, tenantId)
    .where(ofPerson('patient_id', tenantId, patientId))
    .orderBy('updated_at', 'desc')
    .execute();
  return rows.map(draftOf);
}

/** False when a draft of this id is there already. */
export async function insertDraft(
  trx: Trx,
  tenantId: string,
  { draftId, patientId, planId, revision, updatedAt, updatedBy, state }: Draft,
): Promise<boolean> {
  const written = await trx
    .insertInto('plan_drafts')
    .values({
      tenant_id: tenantId,
      id: draftId,
      patient_id: patientId,
      plan_id: planId,
      revision,
      state: JSON.stringify(state),
      created_at: updatedAt,
      created_by: updatedBy,
      updated_at: updatedAt,
      updated_by: updatedBy,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function updateDraft(
  trx: Trx,
  tenantId: string,
  { draftId, revision, updatedAt, updatedBy, state }: Omit<Draft, 'patientId' | 'planId'>,
): Promise<void> {
  await trx
    .updateTable('plan_drafts')
    .set({ revision, state: JSON.stringify(state), updated_at: updatedAt, updated_by: updatedBy })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', draftId)
    .execute();
}

/** Its steps go with it. False when it was gone already. */
export async function deleteDraft(trx: Trx, tenantId: string, draftId: string): Promise<boolean> {
  const gone = await trx
    .deleteFrom('plan_drafts')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', draftId)
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

/** Adds what is new, lets go of what the history no longer names. @returns the ids that are there afterwards */
export async function writeSteps(
  trx: Trx,
  tenantId: string,
  draftId: string,
  steps: readonly DraftStep[],
  named: readonly string[],
): Promise<ReadonlySet<string>> {
  const fresh = steps.filter(({ id }) => named.includes(id));
  if (fresh.length > 0)
    await trx
      .insertInto('plan_draft_steps')
      .values(
        fresh.map((step) => ({
          tenant_id: tenantId,
          draft_id: draftId,
          id: step.id,
          step: JSON.stringify(step),
        })),
      )
      .onConflict((conflict) => conflict.columns(['tenant_id', 'draft_id', 'id']).doNothing())
      .execute();
  let unnamed = trx
    .deleteFrom('plan_draft_steps')
    .where('tenant_id', '=', tenantId)
    .where('draft_id', '=', draftId);
  if (named.length > 0) unnamed = unnamed.where('id', 'not in', [...named]);
  await unnamed.execute();
  const rows = await trx
    .selectFrom('plan_draft_steps')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('draft_id', '=', draftId)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

export async function selectSteps(db: Db, tenantId: string, draftId: string): Promise<readonly DraftStep[]> {
  const rows = await db
    .selectFrom('plan_draft_steps')
    .select('step')
    .where('tenant_id', '=', tenantId)
    .where('draft_id', '=', draftId)
    .execute();
  return rows.map(({ step }) => step as DraftStep);
}

/** Ids of drafts nobody has changed since. */
export async function selectOldDrafts(
  db: Db,
  before: Date,
): Promise<readonly { readonly tenantId: string; readonly draftId: string }[]> {
  return db
    .selectFrom('plan_drafts')
    .select(['tenant_id as tenantId', 'id as draftId'])
    .where('updated_at', '<', before)
    .execute();
}

const drafts = (db: Db, tenantId: string) =>
  db.selectFrom('plan_drafts').selectAll().where('tenant_id', '=', tenantId);

const draftOf = (row: PlanDraftsTable): Draft => ({
  draftId: row.id,
  patientId: row.patient_id,
  planId: row.plan_id,
  revision: row.revision,
  updatedAt: row.updated_at,
  updatedBy: row.updated_by,
  state: row.state as DraftState,
});
