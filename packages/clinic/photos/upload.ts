/*
 * A photograph comes in pieces, so that a bad line costs the piece and not the file.
 *
 *   beginUpload(services, actor, form)                    { ok: true, state }; the same form again changes nothing
 *   addPiece(services, actor, uploadId, offset, bytes)    { ok: true, state }; a piece out of its place is refused with
 *                                                         the place to go on at, so a piece sent twice is there once
 *   uploadState(services, actor, uploadId)                { ok: true, state }
 *
 * With the last byte the whole is compared with the promised hash, decoded under limits, and put in the record.
 */
import { createHash } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import { decodePhoto } from '../platform/images/index.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { getPatient } from '../record/commands.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { makeCopies } from './jobs.ts';
import { by, notAllowed, notFound } from './refusals.ts';
import { type PhotoRefusal, type UploadState, uploadForm } from './schema.ts';
import {
  deleteParts,
  insertPart,
  insertPhoto,
  insertUpload,
  lockUpload,
  type StoredUpload,
  selectParts,
  selectPhoto,
  updateUpload,
} from './store.ts';

type UploadServices = Pick<Services, 'db' | 'clock' | 'files' | 'jobs'>;
type Answer = { readonly ok: true; readonly state: UploadState } | PhotoRefusal;

export async function beginUpload(services: UploadServices, actor: Actor, form: unknown): Promise<Answer> {
  if (!can(actor.role, 'photo.write')) return notAllowed;
  const parsed = uploadForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const about = parsed.data;
  const patient = await getPatient(services, actor, about.patientId);
  if (!patient.ok) return { ...notFound, field: 'patientId', message: 'There is no such patient.' };
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const isNew = await insertUpload(trx, {
      tenant_id: tenantId,
      id: about.uploadId,
      patient_id: about.patientId,
      about,
      size_bytes: about.sizeBytes,
      sha256: Buffer.from(about.sha256, 'hex'),
      created_at: services.clock.now(),
      created_by: actor.staffId,
    });
    const upload = await lockUpload(trx, tenantId, about.uploadId);
    if (!upload) return notFound;
    if (!isNew && (upload.sha256.toString('hex') !== about.sha256 || upload.patient_id !== about.patientId)) {
      return {
        ok: false,
        reason: 'other-upload',
        message: 'Another file was sent under this id; begin with a new one.',
        field: 'uploadId',
      };
    }
    return { ok: true, state: await stateOf(trx, upload) };
  });
}

export async function uploadState(services: UploadServices, actor: Actor, uploadId: string): Promise<Answer> {
  if (!can(actor.role, 'photo.write')) return notAllowed;
  if (!isUuid(uploadId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const upload = await lockUpload(trx, actor.tenantId, uploadId);
    return upload ? { ok: true as const, state: await stateOf(trx, upload) } : notFound;
  });
}

export async function addPiece(
  services: UploadServices,
  actor: Actor,
  uploadId: string,
  offset: number,
  bytes: Uint8Array,
): Promise<Answer> {
  if (!can(actor.role, 'photo.write')) return notAllowed;
  if (!isUuid(uploadId)) return notFound;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const upload = await lockUpload(trx, tenantId, uploadId);
    if (!upload) return notFound;
    const state = await stateOf(trx, upload);
    if (state.photoId !== undefined) return { ok: true, state };
    if (offset !== upload.received_bytes) {
      return {
        ok: false,
        reason: 'wrong-offset',
        message: `The next byte wanted is number ${upload.received_bytes}, not ${offset}.`,
        offset: upload.received_bytes,
      };
    }
    if (offset + bytes.length > upload.size_bytes) {
      return {
        ok: false,
        reason: 'too-many-bytes',
        message: `The file was announced with ${upload.size_bytes} bytes; this piece goes beyond its end.`,
      };
    }
    if (bytes.length > 0) {
      const file = await services.files.put(trx, {
        tenantId,
        bytes,
        mediaType: 'application/octet-stream',
      });
      await insertPart(
        trx,
        { tenant_id: tenantId, upload_id: uploadId, at_byte: offset, file_id: file.id },
        bytes.length,
      );
    }
    const received = offset + bytes.length;
    if (received < upload.size_bytes) return { ok: true, state: { ...state, offset: received } };
    return finish(services, trx, actor, upload);
  });
}

/** The last byte is there. */
async function finish(
  services: UploadServices,
  trx: Trx,
  actor: Actor,
  upload: StoredUpload,
): Promise<Answer> {
  const { tenantId } = actor;
  const pieces: Uint8Array[] = [];
  for (const fileId of await selectParts(trx, tenantId, upload.id)) {
    const piece = await services.files.get(trx, tenantId, fileId);
    if (piece) pieces.push(piece.bytes);
  }
  const bytes = Buffer.concat(pieces);
  for (const fileId of await deleteParts(trx, tenantId, upload.id))
    await services.files.delete(trx, tenantId, fileId);
  const refuse = async (refusal: PhotoRefusal): Promise<PhotoRefusal> => {
    // Begun again from the first byte; what was refused is not kept.
    await updateUpload(trx, tenantId, upload.id, { received_bytes: 0, refusal: refusal.reason });
    return refusal;
  };
  if (!createHash('sha256').update(bytes).digest().equals(upload.sha256)) {
    return refuse({
      ok: false,
      reason: 'content-mismatch',
      message: 'What arrived is not the file that was announced; it is sent again from the beginning.',
      offset: 0,
    });
  }
  const decoded = await decodePhoto(bytes);
  if (!decoded.ok) return refuse(decoded);
  const { picture, source } = decoded;
  const { about } = upload;
  const file = await services.files.put(trx, { tenantId, bytes, mediaType: `image/${source.format}` });
  await insertPhoto(trx, tenantId, {
    id: upload.id,
    patientId: upload.patient_id,
    sessionId: about.sessionId ?? null,
    treatment: about.treatment,
    view: about.view,
    origin: about.origin,
    takenAt: new Date(about.takenAt),
    addedAt: services.clock.now(),
    addedBy: upload.created_by,
    fileId: file.id,
    sha256: about.sha256,
    widthPx: picture.widthPx,
    heightPx: picture.heightPx,
  });
  await updateUpload(trx, tenantId, upload.id, { refusal: null });
  await services.jobs.send(trx, makeCopies, { tenantId, photoId: upload.id }, { id: upload.id });
  await recordAudit(services, trx, {
    ...by(actor),
    action: 'photo.added',
    subject: { kind: 'patient', id: upload.patient_id },
    change: {
      after: { photoId: upload.id, treatment: about.treatment, view: about.view, sha256: about.sha256 },
    },
  });
  return {
    ok: true,
    state: {
      uploadId: upload.id,
      offset: upload.size_bytes,
      sizeBytes: upload.size_bytes,
      photoId: upload.id,
    },
  };
}

async function stateOf(trx: Trx, upload: StoredUpload): Promise<UploadState> {
  const photo = await selectPhoto(trx, upload.tenant_id, upload.id);
  return {
    uploadId: upload.id,
    offset: upload.received_bytes,
    sizeBytes: upload.size_bytes,
    ...(photo && { photoId: photo.id }),
  };
}
