import type { Treatment } from '../candidacy/rules.ts';
import type { Db } from '../platform/database.ts';
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
    .where('patient_id', '=', patientId);
  if (treatment !== undefined) query = query.where('treatment', '=', treatment);
  return query.orderBy('seq', 'desc').execute();
}

export function selectPhotoConsents(db: Db, tenantId: string, patientId: string): Promise<PhotoConsentRow[]> {
  return db
    .selectFrom('photo_consents')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('patient_id', '=', patientId)
    .orderBy('given_at', 'desc')
    .orderBy('id')
    .execute();
}
