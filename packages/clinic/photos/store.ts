import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import { ofPerson } from '../record/same-person.ts';
import type { Photo, PhotoLine, UploadForm } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    photos: PhotosTable;
    photo_copies: PhotoCopiesTable;
    photo_uploads: PhotoUploadsTable;
    photo_upload_parts: PhotoUploadPartsTable;
    photo_lines: PhotoLinesTable;
  }
}

interface PhotosTable {
  tenant_id: string;
  id: string;
  patient_id: string;
  session_id: string | null;
  treatment: Photo['treatment'];
  view: Photo['view'];
  origin: Photo['origin'];
  taken_at: Date;
  added_at: Date;
  added_by: string;
  file_id: string;
  sha256: Buffer;
  width_px: number;
  height_px: number;
}

interface PhotoCopiesTable {
  tenant_id: string;
  photo_id: string;
  size: 'thumb' | 'screen';
  recipe: string;
  file_id: string;
}

interface PhotoUploadsTable {
  tenant_id: string;
  id: string;
  patient_id: string;
  about: UploadForm;
  size_bytes: number;
  sha256: Buffer;
  received_bytes: number;
  refusal: string | null;
  created_at: Date;
  created_by: string;
}

interface PhotoUploadPartsTable {
  tenant_id: string;
  upload_id: string;
  at_byte: number;
  file_id: string;
}

interface PhotoLinesTable {
  tenant_id: string;
  id: string;
  photo_id: string;
  kind: PhotoLine['kind'];
  x1_px: number;
  y1_px: number;
  x2_px: number;
  y2_px: number;
  mm: number;
  drawn_at: Date;
  drawn_by: string;
}

export interface StoredPhoto extends Photo {
  readonly fileId: string;
}

export async function insertPhoto(trx: Trx, tenantId: string, photo: StoredPhoto): Promise<void> {
  await trx
    .insertInto('photos')
    .values({
      tenant_id: tenantId,
      id: photo.id,
      patient_id: photo.patientId,
      session_id: photo.sessionId,
      treatment: photo.treatment,
      view: photo.view,
      origin: photo.origin,
      taken_at: photo.takenAt,
      added_at: photo.addedAt,
      added_by: photo.addedBy,
      file_id: photo.fileId,
      sha256: Buffer.from(photo.sha256, 'hex'),
      width_px: photo.widthPx,
      height_px: photo.heightPx,
    })
    .execute();
}

/** Photographs of a patient, the last taken first. */
export async function selectPhotos(
  db: Db,
  tenantId: string,
  patientId: string,
): Promise<readonly StoredPhoto[]> {
  const rows = await db
    .selectFrom('photos')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId))
    .orderBy('taken_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(photoOf);
}

export async function selectPhoto(db: Db, tenantId: string, id: string): Promise<StoredPhoto | undefined> {
  const row = await db
    .selectFrom('photos')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && photoOf(row);
}

export async function selectCopy(
  db: Db,
  tenantId: string,
  photoId: string,
  size: 'thumb' | 'screen',
  recipe: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('photo_copies')
    .select('file_id')
    .where('tenant_id', '=', tenantId)
    .where('photo_id', '=', photoId)
    .where('size', '=', size)
    .where('recipe', '=', recipe)
    .executeTakeFirst();
  return row?.file_id;
}

/** Puts a copy in the place of one by an earlier recipe. */
export async function upsertCopy(trx: Trx, copy: PhotoCopiesTable): Promise<void> {
  await trx
    .insertInto('photo_copies')
    .values(copy)
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'photo_id', 'size'])
        .doUpdateSet({ recipe: copy.recipe, file_id: copy.file_id }),
    )
    .execute();
}

export type StoredUpload = PhotoUploadsTable;

/** False when this upload was begun before. */
export async function insertUpload(
  trx: Trx,
  upload: Omit<PhotoUploadsTable, 'received_bytes' | 'refusal'>,
): Promise<boolean> {
  const written = await trx
    .insertInto('photo_uploads')
    .values({
      ...upload,
      about: sql`${JSON.stringify(upload.about)}::jsonb`,
      received_bytes: 0,
      refusal: null,
    })
    .onConflict((c) => c.columns(['tenant_id', 'id']).doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Locked, so that two pieces of one file come one after the other. */
export async function lockUpload(trx: Trx, tenantId: string, id: string): Promise<StoredUpload | undefined> {
  return trx
    .selectFrom('photo_uploads')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function insertPart(trx: Trx, part: PhotoUploadPartsTable, sizeBytes: number): Promise<void> {
  await trx.insertInto('photo_upload_parts').values(part).execute();
  await trx
    .updateTable('photo_uploads')
    .set({ received_bytes: part.at_byte + sizeBytes })
    .where('tenant_id', '=', part.tenant_id)
    .where('id', '=', part.upload_id)
    .execute();
}

/** Files of the pieces in their order. */
export async function selectParts(db: Db, tenantId: string, uploadId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('photo_upload_parts')
    .select('file_id')
    .where('tenant_id', '=', tenantId)
    .where('upload_id', '=', uploadId)
    .orderBy('at_byte')
    .execute();
  return rows.map(({ file_id }) => file_id);
}

/** Forgets the pieces; the bytes are swept from the disk in the night. @returns their files, to be deleted. */
export async function deleteParts(trx: Trx, tenantId: string, uploadId: string): Promise<readonly string[]> {
  const rows = await trx
    .deleteFrom('photo_upload_parts')
    .where('tenant_id', '=', tenantId)
    .where('upload_id', '=', uploadId)
    .returning('file_id')
    .execute();
  return rows.map(({ file_id }) => file_id);
}

export async function updateUpload(
  trx: Trx,
  tenantId: string,
  id: string,
  change: { readonly received_bytes?: number; readonly refusal?: string | null },
): Promise<void> {
  await trx
    .updateTable('photo_uploads')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/** Uploads begun before an instant, whole or not, of every clinic. */
export async function selectOldUploads(
  db: Db,
  before: Date,
): Promise<readonly { tenantId: string; id: string }[]> {
  const rows = await db
    .selectFrom('photo_uploads')
    .select(['tenant_id', 'id'])
    .where('created_at', '<', before)
    .execute();
  return rows.map(({ tenant_id, id }) => ({ tenantId: tenant_id, id }));
}

export async function deleteUpload(trx: Trx, tenantId: string, id: string): Promise<void> {
  await trx.deleteFrom('photo_uploads').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
}

export async function insertLine(trx: Trx, line: PhotoLinesTable): Promise<void> {
  await trx.insertInto('photo_lines').values(line).execute();
}

export async function selectLines(db: Db, tenantId: string, photoId: string): Promise<readonly PhotoLine[]> {
  const rows = await db
    .selectFrom('photo_lines')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('photo_id', '=', photoId)
    .orderBy('drawn_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    x1Px: row.x1_px,
    y1Px: row.y1_px,
    x2Px: row.x2_px,
    y2Px: row.y2_px,
    mm: row.mm,
    drawnAt: row.drawn_at,
  }));
}

function photoOf(row: PhotosTable): StoredPhoto {
  return {
    id: row.id,
    patientId: row.patient_id,
    sessionId: row.session_id,
    treatment: row.treatment,
    view: row.view,
    origin: row.origin,
    takenAt: row.taken_at,
    addedAt: row.added_at,
    addedBy: row.added_by,
    sha256: row.sha256.toString('hex'),
    widthPx: row.width_px,
    heightPx: row.height_px,
    fileId: row.file_id,
  };
}
