/**
 * The preview picture a visitor sends along with a booking, by a tick of its own. It is the calculated, watermarked
 * picture, never the photograph it was calculated from. It lives as long as the consent and the booking do: taken back,
 * cancelled, missed or a month past, it is shredded.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { recordAudit } from '../audit/commands.ts';
import type { AuditActor } from '../audit/schema.ts';
import { openLink } from '../booking/commands.ts';
import { asTenant, type Db, type Trx } from '../platform/database.ts';
import { decodePhoto, encodeJpeg } from '../platform/images/index.ts';
import { type Handler, handle, type Job } from '../platform/jobs.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { pictureMostBytes, pictureMostPixels } from './picture-limits.ts';
import type { PreviewShown } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    preview_pictures: PreviewPicturesTable;
  }
}

interface PreviewPicturesTable {
  tenant_id: string;
  id: string;
  booking_id: string | null;
  call_back_id: string | null;
  file_id: string;
  treatment: PreviewShown['treatment'];
  healing_state: PreviewShown['state'];
  outcome: PreviewShown['range'];
  consent_language: string;
  consent_words: string;
  consented_at: Date;
}

/** What the picture came with: a visit that is held, or a request to be called back. */
export interface PictureOf {
  readonly kind: 'booking' | 'call-back';
  readonly id: string;
}

export interface PictureToAttach {
  readonly of: PictureOf;
  /** JPEG or PNG, at most {@link pictureMostBytes}. */
  readonly bytes: Uint8Array;
  readonly shows: PreviewShown;
  /** The sentence beside the tick, as it was shown, and its language. */
  readonly consent: { readonly language: string; readonly words: string };
}

export interface PictureRefusal {
  readonly ok: false;
  readonly reason: 'not-allowed' | 'not-found' | 'picture-unreadable' | 'picture-too-large';
  readonly message: string;
  readonly field?: string;
}

export interface AttachedPicture {
  readonly id: string;
  readonly shows: PreviewShown;
  readonly consentedAt: Date;
}

const notAllowed: PictureRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
const notFound: PictureRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'No preview picture came with this booking, or it was taken back.',
};

/** Days after a visit for which its link lives, and with it the visitor's own way of taking the picture back. */
const keptDays = 30;

/**
 * Keeps the picture with an open booking or call-back. It is decoded under limits and written anew, so that nothing but
 * pixels is kept. A second picture for the same booking leaves the first: a repeated request changes nothing.
 */
export async function attachPreviewPicture(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
  tenantId: string,
  { of, bytes, shows, consent }: PictureToAttach,
): Promise<{ ok: true; id: string } | PictureRefusal> {
  if (!isUuid(of.id)) return notFound;
  if (bytes.length > pictureMostBytes) {
    const message = `The picture has ${Math.ceil(bytes.length / 1000)} kB; at most ${pictureMostBytes / 1000} kB are taken.`;
    return { ok: false, reason: 'picture-too-large', message, field: 'picture' };
  }
  const decoded = await decodePhoto(bytes, { maxBytes: pictureMostBytes, maxPixels: pictureMostPixels });
  if (!decoded.ok) {
    return { ok: false, reason: 'picture-unreadable', message: decoded.message, field: 'picture' };
  }
  const clean = await encodeJpeg(decoded.picture, 85);
  return asTenant(services.db, tenantId, async (trx) => {
    const open = await lockOpen(trx, tenantId, of);
    if (!open) return notFound;
    const column = of.kind === 'booking' ? 'booking_id' : 'call_back_id';
    const earlier = await trx
      .selectFrom('preview_pictures')
      .select('id')
      .where('tenant_id', '=', tenantId)
      .where(column, '=', of.id)
      .executeTakeFirst();
    if (earlier) return { ok: true as const, id: earlier.id };
    const id = randomUUID();
    const file = await services.files.put(trx, { tenantId, bytes: clean, mediaType: 'image/jpeg' });
    await trx
      .insertInto('preview_pictures')
      .values({
        tenant_id: tenantId,
        id,
        booking_id: of.kind === 'booking' ? of.id : null,
        call_back_id: of.kind === 'call-back' ? of.id : null,
        file_id: file.id,
        treatment: shows.treatment,
        healing_state: shows.state,
        outcome: shows.range,
        consent_language: consent.language,
        consent_words: consent.words,
        consented_at: services.clock.now(),
      })
      .execute();
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'visitor', id: null },
      action: 'preview-picture.attached',
      subject: { kind: of.kind, id: of.id },
      change: { after: { pictureId: id, sha256: file.sha256, ...shows, consentLanguage: consent.language } },
    });
    return { ok: true as const, id };
  });
}

/** Locks what the picture belongs to, so that it cannot be cancelled meanwhile. False when it is not open. */
async function lockOpen(trx: Trx, tenantId: string, of: PictureOf): Promise<boolean> {
  const row =
    of.kind === 'booking'
      ? await trx
          .selectFrom('bookings')
          .select('id')
          .where('tenant_id', '=', tenantId)
          .where('id', '=', of.id)
          .where('status', 'in', ['held', 'confirmed'])
          .forUpdate()
          .executeTakeFirst()
      : await trx
          .selectFrom('call_back_requests')
          .select('id')
          .where('tenant_id', '=', tenantId)
          .where('id', '=', of.id)
          .where('state', '!=', 'closed')
          .forUpdate()
          .executeTakeFirst();
  return row !== undefined;
}

type Found = AttachedPicture & { readonly fileId: string; readonly tenantId: string };

/** Pictures with the booking they now belong to; a call-back that became a booking hands its picture on. */
function pictures(db: Db) {
  return db
    .selectFrom('preview_pictures as p')
    .leftJoin('call_back_requests as c', (on) =>
      on.onRef('c.tenant_id', '=', 'p.tenant_id').onRef('c.id', '=', 'p.call_back_id'),
    )
    .leftJoin('bookings as b', (on) =>
      on
        .onRef('b.tenant_id', '=', 'p.tenant_id')
        .on((e) => e('b.id', '=', e.fn.coalesce('p.booking_id', 'c.booking_id'))),
    );
}

async function pictureWith(
  db: Db,
  tenantId: string,
  of: PictureOf,
  { evenEnded = false }: { readonly evenEnded?: boolean } = {},
): Promise<Found | undefined> {
  const row = await pictures(db)
    .selectAll('p')
    .where('p.tenant_id', '=', tenantId)
    .where(of.kind === 'booking' ? 'b.id' : 'p.call_back_id', '=', of.id)
    .where((e) =>
      evenEnded ? e.val(true) : e.or([e('b.id', 'is', null), e('b.status', 'not in', endedStatuses)]),
    )
    .orderBy('p.consented_at', 'desc')
    .executeTakeFirst();
  return (
    row && {
      tenantId,
      id: row.id,
      fileId: row.file_id,
      shows: { treatment: row.treatment, state: row.healing_state, range: row.outcome },
      consentedAt: row.consented_at,
    }
  );
}

const endedStatuses = ['cancelled', 'expired', 'no-show'] as const;

async function shred(
  services: Pick<Services, 'clock' | 'files'>,
  trx: Trx,
  picture: { readonly tenantId: string; readonly id: string; readonly fileId: string },
  by: { readonly actor: AuditActor; readonly why: 'taken-back' | 'removed' | 'ended' },
): Promise<boolean> {
  const gone = await trx
    .deleteFrom('preview_pictures')
    .where('tenant_id', '=', picture.tenantId)
    .where('id', '=', picture.id)
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) return false;
  await services.files.delete(trx, picture.tenantId, picture.fileId);
  await recordAudit(services, trx, {
    tenantId: picture.tenantId,
    actor: by.actor,
    action: 'preview-picture.shredded',
    subject: { kind: 'preview-picture', id: picture.id },
    change: { after: { why: by.why } },
  });
  return true;
}

// ---- The visitor, by the link of the booking ----------------------------------------------------------------------

/** The booking's id behind a link that may look at its picture. */
async function bookingBehind(
  services: Pick<Services, 'db' | 'clock' | 'keys'>,
  tenantId: string,
  token: string,
): Promise<{ bookingId: string; linkId: string } | undefined> {
  const opened = await openLink(services, services.db, tenantId, token, ['manage', 'confirm']);
  return opened.ok ? { bookingId: opened.link.subjectId, linkId: opened.link.id } : undefined;
}

/** Whether a picture is kept with the booking of a link, and what it shows. */
export async function previewPictureByToken(
  services: Pick<Services, 'db' | 'clock' | 'keys'>,
  tenantId: string,
  token: string,
): Promise<AttachedPicture | undefined> {
  const link = await bookingBehind(services, tenantId, token);
  const found = link && (await pictureWith(services.db, tenantId, { kind: 'booking', id: link.bookingId }));
  return found && { id: found.id, shows: found.shows, consentedAt: found.consentedAt };
}

/** Takes the consent back: the picture is shredded at once, of a cancelled visit too. Doing it twice is doing it once. */
export async function takeBackPreviewPicture(
  services: Pick<Services, 'db' | 'clock' | 'keys' | 'files'>,
  tenantId: string,
  token: string,
): Promise<{ ok: true } | PictureRefusal> {
  const link = await bookingBehind(services, tenantId, token);
  if (!link) return notFound;
  await asTenant(services.db, tenantId, async (trx) => {
    const of = { kind: 'booking' as const, id: link.bookingId };
    const found = await pictureWith(trx, tenantId, of, { evenEnded: true });
    const actor = { kind: 'link' as const, id: link.linkId };
    if (found) await shred(services, trx, found, { actor, why: 'taken-back' });
  });
  return { ok: true };
}

// ---- The clinic -----------------------------------------------------------------------------------------------------

/** The picture itself, for whoever may read patients. Looking leaves an entry in the audit chain. */
export async function readPreviewPicture(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
  actor: Actor,
  of: PictureOf,
): Promise<{ ok: true; bytes: Uint8Array; mediaType: string; picture: AttachedPicture } | PictureRefusal> {
  if (!can(actor.role, 'patient.read')) return notAllowed;
  if (!isUuid(of.id)) return notFound;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const found = await pictureWith(trx, actor.tenantId, of);
    const file = found && (await services.files.get(trx, actor.tenantId, found.fileId));
    if (!found || !file) return notFound;
    await recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'preview-picture.read',
      subject: { kind: 'preview-picture', id: found.id },
      change: { after: { of: of.kind, ofId: of.id } },
    });
    const { id, shows, consentedAt } = found;
    return {
      ok: true as const,
      bytes: file.bytes,
      mediaType: file.mediaType,
      picture: { id, shows, consentedAt },
    };
  });
}

/** Which of these bookings or call-backs came with a picture, for a mark in a list. Nothing of it is shown. */
export async function withPreviewPicture(
  services: Pick<Services, 'db'>,
  actor: Actor,
  kind: PictureOf['kind'],
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (!can(actor.role, 'patient.read') || ids.length === 0) return new Set();
  const rows = await pictures(services.db)
    .select(kind === 'booking' ? 'b.id as id' : 'p.call_back_id as id')
    .where('p.tenant_id', '=', actor.tenantId)
    .where(kind === 'booking' ? 'b.id' : 'p.call_back_id', 'in', ids)
    .where((e) => e.or([e('b.id', 'is', null), e('b.status', 'not in', endedStatuses)]))
    .execute();
  return new Set(rows.flatMap(({ id }) => (id === null ? [] : [id])));
}

/** A person asked for it by telephone or in the clinic: the picture is shredded. */
export async function removePreviewPicture(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
  actor: Actor,
  of: PictureOf,
): Promise<{ ok: true } | PictureRefusal> {
  if (!can(actor.role, 'booking.write')) return notAllowed;
  if (!isUuid(of.id)) return notFound;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const found = await pictureWith(trx, actor.tenantId, of);
    const by = { actor: { kind: 'staff' as const, id: actor.staffId }, why: 'removed' as const };
    return found && (await shred(services, trx, found, by)) ? { ok: true as const } : notFound;
  });
}

/** Shreds pictures whose booking was cancelled, missed or expired, or lies {@link keptDays} back. */
export async function sweepPreviewPictures(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
): Promise<{ shredded: number }> {
  const { db, clock } = services;
  const until = new Date(clock.now().getTime() - keptDays * 86_400_000);
  const ended = await pictures(db)
    .select(['p.tenant_id as tenantId', 'p.id as id', 'p.file_id as fileId'])
    .where(
      sql<boolean>`case when b.id is null then c.state = 'closed' or c.changed_at < ${until}
        else b.status = any(${[...endedStatuses]}) or b.ends_at < ${until} end`,
    )
    .limit(500)
    .execute();
  const by = { actor: { kind: 'system' as const, id: null }, why: 'ended' as const };
  for (const picture of ended) {
    await asTenant(db, picture.tenantId, (trx) => shred(services, trx, picture, by));
  }
  return { shredded: ended.length };
}

/** Every minute: consent ends with the booking it was given for. */
const sweepPreviewsJob: Job = {
  name: 'visitor.preview-pictures',
  payload: z.object({}),
  schedule: '* * * * *',
};

export function visitorJobs(services: Pick<Services, 'db' | 'clock' | 'files'>): readonly Handler[] {
  return [
    handle(sweepPreviewsJob, async () => {
      await sweepPreviewPictures(services);
    }),
  ];
}
