import type { Db, Trx } from '../platform/database.ts';
import { ofPerson } from '../record/same-person.ts';
import type { Draft, IntakeForm } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    intake_forms: IntakeFormsTable;
    intake_saves: {
      tenant_id: string;
      form_id: string;
      version: number;
      edits: unknown;
      saved_at: Date;
      saved_by: string | null;
    };
  }
}

interface IntakeFormsTable {
  tenant_id: string;
  id: string;
  patient_id: string | null;
  booking_id: string | null;
  treatment: IntakeForm['treatment'];
  language: IntakeForm['language'];
  state: IntakeForm['state'];
  asks: IntakeForm['asks'];
  proof: Buffer | null;
  draft: unknown;
  version: number;
  expires_at: Date;
  created_at: Date;
  created_by: string | null;
  submitted_at: Date | null;
  settled_at: Date | null;
  settled_by: string | null;
}

export interface StoredForm extends IntakeForm {
  readonly proof: Buffer | null;
}

/** False when this booking has a form already. */
export async function insertForm(
  trx: Trx,
  form: Pick<
    StoredForm,
    | 'tenantId'
    | 'id'
    | 'patientId'
    | 'bookingId'
    | 'treatment'
    | 'language'
    | 'asks'
    | 'proof'
    | 'draft'
    | 'expiresAt'
    | 'createdAt'
  >,
  createdBy: string | null,
): Promise<boolean> {
  const written = await trx
    .insertInto('intake_forms')
    .values({
      tenant_id: form.tenantId,
      id: form.id,
      patient_id: form.patientId,
      booking_id: form.bookingId,
      treatment: form.treatment,
      language: form.language,
      state: 'open',
      asks: form.asks,
      proof: form.proof,
      draft: JSON.stringify(form.draft),
      version: 0,
      expires_at: form.expiresAt,
      created_at: form.createdAt,
      created_by: createdBy,
      submitted_at: null,
      settled_at: null,
      settled_by: null,
    })
    .onConflict((c) => c.columns(['tenant_id', 'booking_id']).where('booking_id', 'is not', null).doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function selectForm(db: Db, tenantId: string, id: string): Promise<StoredForm | undefined> {
  const row = await db
    .selectFrom('intake_forms')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && formOf(row);
}

/** Held against other saves until the transaction ends. */
export async function lockForm(trx: Trx, tenantId: string, id: string): Promise<StoredForm | undefined> {
  const row = await trx
    .selectFrom('intake_forms')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && formOf(row);
}

export async function selectFormOfBooking(
  db: Db,
  tenantId: string,
  bookingId: string,
): Promise<StoredForm | undefined> {
  const row = await db
    .selectFrom('intake_forms')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('booking_id', '=', bookingId)
    .executeTakeFirst();
  return row && formOf(row);
}

/** A patient's forms, the newest first. */
export async function selectForms(
  db: Db,
  tenantId: string,
  patientId: string,
): Promise<readonly StoredForm[]> {
  const rows = await db
    .selectFrom('intake_forms')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(formOf);
}

/** Forms that were sent in and wait for staff, the longest waiting first. */
export async function selectWaiting(db: Db, tenantId: string): Promise<readonly StoredForm[]> {
  const rows = await db
    .selectFrom('intake_forms')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'submitted')
    .orderBy('submitted_at')
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.map(formOf);
}

/** Keeps a save and the draft it leads to. */
export async function insertSave(
  trx: Trx,
  form: StoredForm,
  save: { readonly edits: Draft; readonly draft: Draft; readonly at: Date; readonly by: string | null },
): Promise<void> {
  const version = form.version + 1;
  await trx
    .insertInto('intake_saves')
    .values({
      tenant_id: form.tenantId,
      form_id: form.id,
      version,
      edits: JSON.stringify(save.edits),
      saved_at: save.at,
      saved_by: save.by,
    })
    .execute();
  await trx
    .updateTable('intake_forms')
    .set({ draft: JSON.stringify(save.draft), version })
    .where('tenant_id', '=', form.tenantId)
    .where('id', '=', form.id)
    .execute();
}

export async function updateForm(
  trx: Trx,
  tenantId: string,
  id: string,
  change: Partial<
    Pick<
      IntakeFormsTable,
      'state' | 'patient_id' | 'submitted_at' | 'settled_at' | 'settled_by' | 'expires_at'
    >
  >,
): Promise<void> {
  await trx
    .updateTable('intake_forms')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

function formOf(row: IntakeFormsTable): StoredForm {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    patientId: row.patient_id,
    bookingId: row.booking_id,
    treatment: row.treatment,
    language: row.language,
    state: row.state,
    asks: row.asks,
    proof: row.proof,
    draft: row.draft as Draft,
    version: row.version,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    submittedAt: row.submitted_at,
    settledAt: row.settled_at,
  };
}
