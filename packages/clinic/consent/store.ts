import type { Generated, Insertable, Selectable } from 'kysely';
import type { Treatment } from '../candidacy/rules.ts';
import type { Db, Trx } from '../platform/database.ts';
import { ofPerson } from '../record/same-person.ts';
import type { Language } from '../tenant/schema.ts';
import type { PhotoUse, SignaturePart, Stroke } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    consent_texts: TextsTable;
    consents: ConsentsTable;
    consent_signatures: SignaturesTable;
    photo_consents: PhotoConsentsTable;
    document_seals: SealsTable;
  }
}

interface TextsTable {
  tenant_id: string;
  treatment: Treatment;
  language: Language;
  version: number;
  content: string;
  sha256: Buffer;
  review_state: 'unreviewed' | 'reviewed';
  created_at: Date;
  created_by: string | null;
}

interface ConsentsTable {
  tenant_id: string;
  id: string;
  readonly seq: number;
  patient_id: string;
  treatment: Treatment;
  language: Language;
  text_version: number;
  state: 'offered' | 'signed' | 'withdrawn' | 'cancelled';
  particulars: unknown;
  answers: unknown;
  token_hash: Buffer;
  expires_at: Date;
  offered_at: Date;
  offered_by: string;
  opened_at: Date | null;
  signed_at: Date | null;
  cooling_off_until: Date | null;
  plan_id: string | null;
  plan_version: number | null;
  file_id: string | null;
  document_sha256: Buffer | null;
  withdrawn_at: Date | null;
  withdrawn_by_kind: string | null;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
}

interface SignaturesTable {
  tenant_id: string;
  consent_id: string;
  part: SignaturePart;
  name: string;
  relation: string | null;
  method: 'drawn' | 'typed';
  strokes: unknown;
  signed_at: Date;
}

interface PhotoConsentsTable {
  tenant_id: string;
  id: string;
  patient_id: string;
  consent_id: string;
  use: PhotoUse;
  identifiable: boolean;
  given_at: Date;
  withdrawn_at: Date | null;
  withdrawn_by_kind: string | null;
  withdrawn_by: string | null;
}

interface SealsTable {
  tenant_id: string;
  id: string;
  certificate: Buffer;
  sealed_key: Buffer;
  valid_until: Date;
  created_at: Date;
  is_own: Generated<boolean>;
  chain: Generated<Buffer[]>;
}

export type ConsentRow = ConsentsTable;
export type SignatureRow = SignaturesTable & { strokes: readonly Stroke[] | null };
export type PhotoConsentRow = PhotoConsentsTable;
export type TextRow = TextsTable;

/** The consents of a patient, newest first. */
export function selectConsents(
  db: Db,
  tenantId: string,
  patientId: string,
  treatment?: Treatment,
): Promise<ConsentRow[]> {
  let query = db
    .selectFrom('consents')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId));
  if (treatment !== undefined) query = query.where('treatment', '=', treatment);
  return query.orderBy('seq', 'desc').execute();
}

export function selectPhotoConsents(db: Db, tenantId: string, patientId: string): Promise<PhotoConsentRow[]> {
  return db
    .selectFrom('photo_consents')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId))
    .orderBy('given_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function selectText(
  db: Db,
  tenantId: string,
  treatment: Treatment,
  language: Language,
  version?: number,
): Promise<TextRow | undefined> {
  let query = db
    .selectFrom('consent_texts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('treatment', '=', treatment)
    .where('language', '=', language);
  if (version !== undefined) query = query.where('version', '=', version);
  return query.orderBy('version', 'desc').limit(1).executeTakeFirst();
}

export function selectTexts(db: Db, tenantId: string): Promise<TextRow[]> {
  return db
    .selectFrom('consent_texts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('treatment')
    .orderBy('language')
    .orderBy('version', 'desc')
    .execute();
}

/** False when this version is there already. */
export async function insertText(trx: Trx, row: TextRow): Promise<boolean> {
  const written = await trx
    .insertInto('consent_texts')
    .values(row)
    .onConflict((c) => c.columns(['tenant_id', 'treatment', 'language', 'version']).doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function insertConsent(trx: Trx, row: Omit<ConsentRow, 'seq'>): Promise<void> {
  await trx
    .insertInto('consents')
    .values({
      ...row,
      particulars: JSON.stringify(row.particulars),
      answers: JSON.stringify(row.answers),
    } as ConsentRow)
    .execute();
}

export async function updateConsent(
  trx: Trx,
  tenantId: string,
  id: string,
  change: Partial<Omit<ConsentRow, 'tenant_id' | 'id' | 'seq'>>,
): Promise<void> {
  await trx
    .updateTable('consents')
    .set({
      ...change,
      ...(change.answers !== undefined && { answers: JSON.stringify(change.answers) }),
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/** @param lock against other changes, until the transaction ends */
export async function selectConsent(
  db: Db,
  tenantId: string,
  id: string,
  lock = false,
): Promise<ConsentRow | undefined> {
  const query = db.selectFrom('consents').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/** Offers nobody has signed, of one treatment: a new one takes their place. */
export async function cancelOffers(
  trx: Trx,
  tenantId: string,
  patientId: string,
  treatment: Treatment,
): Promise<void> {
  await trx
    .updateTable('consents')
    .set({ state: 'cancelled' })
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId))
    .where('treatment', '=', treatment)
    .where('state', '=', 'offered')
    .execute();
}

export async function insertSignatures(trx: Trx, rows: readonly SignatureRow[]): Promise<void> {
  await trx
    .insertInto('consent_signatures')
    .values(
      rows.map((row) => ({ ...row, strokes: row.strokes === null ? null : JSON.stringify(row.strokes) })),
    )
    .execute();
}

export function selectSignatures(
  db: Db,
  tenantId: string,
  consentIds: readonly string[],
): Promise<Pick<SignaturesTable, 'consent_id' | 'part' | 'name' | 'relation' | 'method'>[]> {
  if (consentIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('consent_signatures')
    .select(['consent_id', 'part', 'name', 'relation', 'method'])
    .where('tenant_id', '=', tenantId)
    .where('consent_id', 'in', consentIds)
    .execute();
}

export async function insertPhotoConsents(trx: Trx, rows: readonly PhotoConsentRow[]): Promise<void> {
  if (rows.length > 0) await trx.insertInto('photo_consents').values(rows).execute();
}

/** Ends what is in force, of one consent or of one use, or of all. @returns the uses that ended */
export async function endPhotoConsents(
  trx: Trx,
  tenantId: string,
  patientId: string,
  which: { readonly consentId?: string; readonly use?: PhotoUse },
  withdrawn: { readonly at: Date; readonly byKind: string; readonly by: string | null },
): Promise<PhotoUse[]> {
  let query = trx
    .updateTable('photo_consents')
    .set({ withdrawn_at: withdrawn.at, withdrawn_by_kind: withdrawn.byKind, withdrawn_by: withdrawn.by })
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId))
    .where('withdrawn_at', 'is', null);
  if (which.consentId !== undefined) query = query.where('consent_id', '=', which.consentId);
  if (which.use !== undefined) query = query.where('use', '=', which.use);
  return (await query.returning('use').execute()).map(({ use }) => use);
}

export type SealRow = Selectable<SealsTable>;

/** Of those the program made, the certificate that is valid longest. */
export function selectSeal(db: Db, tenantId: string): Promise<SealRow | undefined> {
  return db
    .selectFrom('document_seals')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('is_own', '=', false)
    .orderBy('valid_until', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The one the clinic brought, valid or not. */
export function selectOwnSeal(db: Db, tenantId: string): Promise<SealRow | undefined> {
  return db
    .selectFrom('document_seals')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('is_own', '=', true)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Takes what the clinic brought away with its key. What it sealed carries the certificate with it. */
export async function removeOwnSeals(trx: Trx, tenantId: string): Promise<void> {
  await trx
    .deleteFrom('document_seals')
    .where('tenant_id', '=', tenantId)
    .where('is_own', '=', true)
    .execute();
}

export async function insertSeal(trx: Trx, row: Insertable<SealsTable>): Promise<void> {
  await trx.insertInto('document_seals').values(row).execute();
}
