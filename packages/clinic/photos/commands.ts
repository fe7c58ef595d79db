/*
 * Photographs of the record. Every function asks what the actor's role allows and leaves an entry in the audit chain.
 *
 *   beginUpload, addPiece, uploadState                          how they come in; upload.ts
 *   listPhotos(services, actor, patientId)                      { ok: true, photos }, the last taken first
 *   readPhoto(services, actor, photoId, size)                   { ok: true, photo, bytes, mediaType }
 *   readPhotoLines(services, actor, photoId)                    { ok: true, lines }
 *   drawLine(services, actor, form)                             { ok: true, line }
 *   photoForUse(services, actor, photoId, use)                  { ok: true, … }, or `no-consent`
 */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import { photoConsents } from '../consent/facts.ts';
import type { PhotoUse } from '../consent/schema.ts';
import { stripLocation } from '../platform/images/index.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { copyOf } from './copies.ts';
import { by, notAllowed, notFound } from './refusals.ts';
import { lengthPx, mmPerPxOf } from './rules.ts';
import { lineForm, type Photo, type PhotoLine, type PhotoRefusal, type PhotoSize } from './schema.ts';
import { insertLine, type StoredPhoto, selectLines, selectPhoto, selectPhotos } from './store.ts';

export { photoJobs } from './jobs.ts';
export { addPiece, beginUpload, uploadState } from './upload.ts';

type PhotoServices = Pick<Services, 'db' | 'clock' | 'files'>;

export async function listPhotos(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  patientId: string,
): Promise<{ ok: true; photos: readonly Photo[] } | PhotoRefusal> {
  if (!can(actor.role, 'photo.read')) return notAllowed;
  if (!isUuid(patientId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const photos = await selectPhotos(trx, actor.tenantId, patientId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'photo.listed',
      subject: { kind: 'patient', id: patientId },
    });
    return { ok: true as const, photos: photos.map(plain) };
  });
}

/** What is served never says where it was taken: copies carry no metadata, the original is stripped on the way out. */
export async function readPhoto(
  services: PhotoServices,
  actor: Actor,
  photoId: string,
  size: PhotoSize,
): Promise<{ ok: true; photo: Photo; bytes: Uint8Array; mediaType: string } | PhotoRefusal> {
  if (!can(actor.role, 'photo.read')) return notAllowed;
  if (!isUuid(photoId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const { tenantId } = actor;
    const photo = await selectPhoto(trx, tenantId, photoId);
    if (!photo) return notFound;
    const fileId = size === 'original' ? photo.fileId : await copyOf(services, trx, tenantId, photo, size);
    const file = await services.files.get(trx, tenantId, fileId);
    const bytes = file && (size === 'original' ? stripLocation(file.bytes) : file.bytes);
    if (!file || !bytes) return notFound;
    // A page of thumbnails is one act, which its list has recorded.
    if (size !== 'thumb') {
      await recordAudit(services, trx, {
        ...by(actor),
        action: 'photo.read',
        subject: { kind: 'patient', id: photo.patientId },
        change: { after: { photoId, size } },
      });
    }
    return { ok: true as const, photo: plain(photo), bytes, mediaType: file.mediaType };
  });
}

/**
 * A photograph for something else than the record: teaching, publication, social media. Only while the person's consent
 * to that very use is in force; the answer says whether she may be recognisable in it.
 */
export async function photoForUse(
  services: PhotoServices,
  actor: Actor,
  photoId: string,
  use: Exclude<PhotoUse, 'record'>,
): Promise<
  { ok: true; photo: Photo; bytes: Uint8Array; mediaType: string; isIdentifiable: boolean } | PhotoRefusal
> {
  if (!can(actor.role, 'photo.read') || !can(actor.role, 'photo.use')) return notAllowed;
  if (!isUuid(photoId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const { tenantId } = actor;
    const photo = await selectPhoto(trx, tenantId, photoId);
    if (!photo) return notFound;
    const consent = (await photoConsents(trx, tenantId, photo.patientId))[use];
    if (!consent.isGiven) {
      return {
        ok: false,
        reason: 'no-consent',
        message: `The person has not agreed to this use (${use}), or has taken it back. Ask for it in her consents first.`,
        field: 'use',
      };
    }
    const fileId = await copyOf(services, trx, tenantId, photo, 'screen');
    const file = await services.files.get(trx, tenantId, fileId);
    if (!file) return notFound;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'photo.used',
      subject: { kind: 'patient', id: photo.patientId },
      change: { after: { photoId, use, identifiable: consent.isIdentifiable } },
    });
    return {
      ok: true,
      photo: plain(photo),
      bytes: file.bytes,
      mediaType: file.mediaType,
      isIdentifiable: consent.isIdentifiable,
    };
  });
}

export async function readPhotoLines(
  services: PhotoServices,
  actor: Actor,
  photoId: string,
): Promise<{ ok: true; photo: Photo; lines: readonly PhotoLine[] } | PhotoRefusal> {
  if (!can(actor.role, 'photo.read')) return notAllowed;
  if (!isUuid(photoId)) return notFound;
  return services.db.transaction().execute(async (trx) => {
    const photo = await selectPhoto(trx, actor.tenantId, photoId);
    if (!photo) return notFound;
    const lines = await selectLines(trx, actor.tenantId, photoId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'photo.lines-read',
      subject: { kind: 'patient', id: photo.patientId },
      change: { after: { photoId } },
    });
    return { ok: true as const, photo: plain(photo), lines };
  });
}

/** A line over something of known length sets the scale; any other line is measured by the newest scale. */
export async function drawLine(
  services: PhotoServices,
  actor: Actor,
  form: unknown,
): Promise<{ ok: true; line: PhotoLine } | PhotoRefusal> {
  if (!can(actor.role, 'photo.write')) return notAllowed;
  const parsed = lineForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { photoId, kind, mm, ...ends } = parsed.data;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const photo = await selectPhoto(trx, tenantId, photoId);
    if (!photo) return notFound;
    const mmPerPx = mmPerPxOf(await selectLines(trx, tenantId, photoId));
    const length = kind === 'scale' ? mm : mmPerPx && mmPerPx * lengthPx(ends);
    if (length === undefined) {
      return {
        ok: false,
        reason: 'no-scale',
        message: 'Draw a line over something whose length you know first.',
        field: 'kind',
      };
    }
    const line: PhotoLine = { id: randomUUID(), kind, ...ends, mm: length, drawnAt: services.clock.now() };
    await insertLine(trx, {
      tenant_id: tenantId,
      id: line.id,
      photo_id: photoId,
      kind,
      x1_px: ends.x1Px,
      y1_px: ends.y1Px,
      x2_px: ends.x2Px,
      y2_px: ends.y2Px,
      mm: length,
      drawn_at: line.drawnAt,
      drawn_by: actor.staffId,
    });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'photo.line-drawn',
      subject: { kind: 'patient', id: photo.patientId },
      change: { after: { photoId, lineId: line.id, kind } },
    });
    return { ok: true, line };
  });
}

function plain({ fileId: _fileId, ...photo }: StoredPhoto): Photo {
  return photo;
}
