import { randomInt, randomUUID } from 'node:crypto';
import type { OutcomeInput } from '@undertone/engine/outcome/index.ts';
import { fromPlan } from '@undertone/engine/outcome/index.ts';
import type { PlanDocument } from '@undertone/engine/plan/document.ts';
import { recordAudit } from '../audit/commands.ts';
import { readPhoto } from '../photos/commands.ts';
import { readPlan, readPlanPart } from '../planning/commands.ts';
import { decodePhoto, encodeJpeg, stripLocation } from '../platform/images/index.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { getPatient } from '../record/commands.ts';
import { type Session, sessionFacts } from '../session/commands.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { listTenants } from '../tenant/commands.ts';
import { addDays, dayIn, daysBetween } from '../tenant/schema.ts';
import { compareWithPlan } from './against-plan.ts';
import { type Aligned, alignPhotos, statementOf } from './align.ts';
import { by, noSuchPatient, notAllowed, notFound } from './refusals.ts';
import { firstDay, medianReading, timePointAt } from './rules.ts';
import {
  type FromPhotos,
  type Outcome,
  type OutcomeForm,
  type OutcomeRefusal,
  outcomeForm,
} from './schema.ts';
import { insertOutcome, insertPair, insertRating, selectOutcome, selectOutcomes, withdraw } from './store.ts';

type RecordServices = Pick<Services, 'db' | 'clock' | 'files'>;

/** A photograph of the record by its id, or a file: JPEG, PNG, WebP, AVIF or HEIC. */
export type OutcomePhoto = Uint8Array | { readonly photoId: string };

export interface OutcomePhotos {
  /** Absent: the photo the plan was made from. */
  readonly before?: OutcomePhoto;
  readonly after: OutcomePhoto;
}

/**
 * Records a healed result at a time point of the protocol: readings against the plan's prediction, photographs against the
 * earlier one, the patient's own score and the physician's rating. Refused before day 35: no verdict before week 6.
 */
export async function recordOutcome(
  services: RecordServices,
  actor: Actor,
  form: OutcomeForm,
  photos?: OutcomePhotos,
): Promise<{ ok: true; outcome: Outcome } | OutcomeRefusal> {
  if (!can(actor.role, 'outcome.write')) return notAllowed;
  const parsed = outcomeForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const asked = parsed.data;
  if (asked.readings === null && !photos && asked.patientScore === null && asked.rating === null) {
    return {
      ok: false,
      reason: 'nothing-recorded',
      message: 'Give a reading, a photo, a score or a rating.',
      field: 'readings',
    };
  }
  const when = await timesOf(services, actor, asked);
  if (!when.ok) return when;
  const patient = await getPatient(services, actor, asked.patientId);
  if (!patient.ok) return patient.reason === 'not-allowed' ? notAllowed : noSuchPatient;
  const planned = await planOf(services, actor, asked, when.session);
  if (planned && !planned.ok) return planned;
  const plan = planned?.document;

  const compared = plan && asked.readings ? compareWithPlan(plan, asked.readings, when.daysAfter) : undefined;
  const seen = photos ? await photosSeen(services, actor, asked.patientId, photos, planned) : undefined;
  if (seen && !seen.ok) return seen;

  const id = randomUUID();
  const { tenantId } = actor;
  const recordedAt = services.clock.now();
  return services.db.transaction().execute(async (trx) => {
    await insertOutcome(trx, {
      tenantId,
      id,
      patientId: asked.patientId,
      sessionId: asked.sessionId,
      planId: planned?.planId ?? null,
      planVersion: planned?.version ?? null,
      treatment: asked.treatment,
      timePoint: when.timePoint,
      performedOn: when.performedOn,
      takenOn: asked.takenOn,
      daysAfter: when.daysAfter,
      readings: asked.readings && {
        ...asked.readings,
        median: {
          region: medianReading(asked.readings.region),
          surround: asked.readings.surround ? medianReading(asked.readings.surround) : null,
        },
      },
      againstPlan: compared?.against ?? null,
      fromPhotos: seen?.statement ?? null,
      lesson: compared?.lesson ?? null,
      patientScore: asked.patientScore,
      note: asked.note,
      recordedBy: actor.staffId,
      recordedAt,
    });
    if (seen?.aligned) {
      const put = (bytes: Uint8Array, mediaType = 'image/jpeg') =>
        services.files.put(trx, { tenantId, bytes, mediaType });
      const before = await put(seen.aligned.before);
      const after = await put(seen.aligned.after);
      const original = seen.original && (await put(seen.original.bytes, seen.original.mediaType));
      await insertPair(trx, {
        tenant_id: tenantId,
        id: randomUUID(),
        outcome_id: id,
        before_file: before.id,
        after_file: after.id,
        original_file: original?.id ?? null,
        seed: randomInt(2 ** 31 - 1),
        made_at: recordedAt,
      });
    }
    if (asked.rating) {
      await insertRating(trx, {
        tenant_id: tenantId,
        id: randomUUID(),
        outcome_id: id,
        kind: 'physician',
        rater_id: actor.staffId,
        rating: asked.rating,
        rating_before: null,
        rated_at: recordedAt,
      });
    }
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'outcome.recorded',
      subject: { kind: 'outcome', id },
      change: {
        after: {
          patientId: asked.patientId,
          sessionId: asked.sessionId,
          timePoint: when.timePoint,
          readings: asked.readings !== null,
          photos: photos !== undefined,
        },
      },
    });
    const outcome = await selectOutcome(trx, tenantId, id);
    if (!outcome)
      throw Object.assign(new Error('the outcome just written is gone'), { code: 'outcome-lost' });
    return { ok: true as const, outcome };
  });
}

/** A patient's results, oldest first, withdrawn ones too. */
export async function listOutcomes(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  patientId: string,
): Promise<{ ok: true; outcomes: readonly Outcome[] } | OutcomeRefusal> {
  if (!can(actor.role, 'outcome.read')) return notAllowed;
  if (!isUuid(patientId)) return noSuchPatient;
  return services.db.transaction().execute(async (trx) => {
    const outcomes = await selectOutcomes(trx, actor.tenantId, patientId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'outcome.listed',
      subject: { kind: 'patient', id: patientId },
    });
    return { ok: true as const, outcomes };
  });
}

/** Takes back a result recorded by mistake, with the reason; it stays readable and counts nowhere. */
export async function withdrawOutcome(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  id: string,
  reason: string,
): Promise<{ ok: true } | OutcomeRefusal> {
  if (!can(actor.role, 'outcome.write')) return notAllowed;
  if (!isUuid(id)) return notFound;
  const said = reason.trim().slice(0, 1000);
  if (said === '') return { ok: false, reason: 'bad-form', message: 'Say why.', field: 'reason' };
  return services.db.transaction().execute(async (trx) => {
    const done = await withdraw(trx, actor.tenantId, id, {
      staffId: actor.staffId,
      at: services.clock.now(),
      reason: said,
    });
    if (!done) return notFound;
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'outcome.withdrawn',
      subject: { kind: 'outcome', id },
    });
    return { ok: true as const };
  });
}

type Asked = ReturnType<typeof outcomeForm.parse>;

/** Days and the time point; a refusal before week 6, and for days that have not come. */
async function timesOf(services: RecordServices, actor: Actor, asked: Asked) {
  const zone = (await listTenants(services)).find(({ id }) => id === actor.tenantId)?.zone ?? 'UTC';
  const session = asked.sessionId
    ? await sessionFacts(services.db, actor.tenantId, asked.sessionId)
    : undefined;
  if (asked.sessionId && (session?.patientId !== asked.patientId || !session.performedAt)) {
    return {
      ok: false,
      reason: 'no-such-session',
      message: 'This patient has no such session in which anything was done.',
      field: 'sessionId',
    } as const;
  }
  const performedOn = session?.performedAt ? dayIn(zone, session.performedAt) : (asked.performedOn ?? '');
  if (asked.takenOn > dayIn(zone, services.clock.now())) {
    return {
      ok: false,
      reason: 'in-future',
      message: 'This day has not come yet.',
      field: 'takenOn',
    } as const;
  }
  const daysAfter = daysBetween(performedOn, asked.takenOn);
  const timePoint = timePointAt(daysAfter);
  if (timePoint === undefined) {
    return {
      ok: false,
      reason: 'too-early',
      message: `Day ${daysAfter} after the session: skin is not healed before week 6. Record the result from ${addDays(performedOn, firstDay)} on.`,
      field: 'takenOn',
    } as const;
  }
  return { ok: true, session, performedOn, daysAfter, timePoint } as const;
}

interface Planned {
  readonly ok: true;
  readonly planId: string;
  readonly version: number;
  readonly document: PlanDocument;
}

/** The plan named, else that of the session. */
async function planOf(
  services: RecordServices,
  actor: Actor,
  asked: Asked,
  session: Session | undefined,
): Promise<Planned | OutcomeRefusal | undefined> {
  const planId = asked.planId ?? session?.planId ?? null;
  if (planId === null) return undefined;
  const version = asked.planVersion ?? (planId === session?.planId ? session.planVersion : null) ?? undefined;
  const read = await readPlan(services, actor, planId, version);
  if (!read.ok || read.plan.patientId !== asked.patientId) {
    return {
      ok: false,
      reason: 'no-such-plan',
      message: 'This patient has no such plan.',
      field: 'planId',
    };
  }
  return { ok: true, planId, version: read.plan.version, document: read.document };
}

interface Seen {
  readonly ok: true;
  readonly statement: FromPhotos;
  readonly aligned?: { readonly before: Uint8Array; readonly after: Uint8Array };
  readonly original?: { readonly bytes: Uint8Array; readonly mediaType: string };
}

/** Decodes, compares and cuts the photographs. */
async function photosSeen(
  services: RecordServices,
  actor: Actor,
  patientId: string,
  photos: OutcomePhotos,
  planned: Planned | undefined,
): Promise<Seen | OutcomeRefusal> {
  const given = await bytesOf(services, actor, patientId, photos.after, 'photoAfter');
  if (!given.ok) return given;
  const after = await decodePhoto(given.bytes);
  if (!after.ok)
    return { ok: false, reason: 'photo-unreadable', message: after.message, field: 'photoAfter' };
  const ofPlan = !photos.before && planned;
  const chosen = photos.before && (await bytesOf(services, actor, patientId, photos.before, 'photoBefore'));
  if (chosen && !chosen.ok) return chosen;
  const earlier =
    chosen?.bytes ?? (ofPlan ? await photoOfPlan(services, actor, ofPlan.planId, ofPlan.version) : undefined);
  // A photograph of the record is kept there already.
  const stripped = 'photoId' in photos.after ? undefined : stripLocation(given.bytes);
  const original =
    'photoId' in photos.after
      ? undefined
      : stripped
        ? { bytes: stripped, mediaType: `image/${after.source.format}` }
        : { bytes: await encodeJpeg(after.picture, 92), mediaType: 'image/jpeg' };
  if (!earlier) {
    return {
      ok: true,
      statement: {
        ok: false,
        reason: 'no-earlier-photo',
        message: 'There is no earlier photo to compare with; the later one was not compared.',
      },
      ...(original ? { original } : {}),
    };
  }
  const before = await decodePhoto(earlier);
  if (!before.ok)
    return { ok: false, reason: 'photo-unreadable', message: before.message, field: 'photoBefore' };
  const part = ofPlan ? fromPlan(ofPlan.document) : {};
  const isPlans =
    ofPlan &&
    ofPlan.document.inputs.photo.widthPx === before.picture.widthPx &&
    ofPlan.document.inputs.photo.heightPx === before.picture.heightPx;
  const input: OutcomeInput = {
    ...(isPlans ? part : {}),
    before: before.picture,
    after: after.picture,
  };
  let aligned: Aligned;
  try {
    aligned = await alignPhotos(input);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== 'align-failed' && code !== 'align-slow') throw error;
    return {
      ok: true,
      statement: {
        ok: false,
        reason: code,
        message: 'The photos could not be compared on this machine; the reading counts.',
      },
    };
  }
  return {
    ok: true,
    statement: statementOf(aligned.outcome),
    aligned: {
      before: await encodeJpeg(aligned.pair.before, 90),
      after: await encodeJpeg(aligned.pair.after, 90),
    },
    ...(original ? { original } : {}),
  };
}

/** The bytes of a photograph: of the patient's own record, or as they were sent. */
async function bytesOf(
  services: RecordServices,
  actor: Actor,
  patientId: string,
  photo: OutcomePhoto,
  field: 'photoBefore' | 'photoAfter',
): Promise<{ readonly ok: true; readonly bytes: Uint8Array } | OutcomeRefusal> {
  if (!('photoId' in photo)) return { ok: true, bytes: photo };
  const read = await readPhoto(services, actor, photo.photoId, 'original');
  if (read.ok && read.photo.patientId === patientId) return { ok: true, bytes: read.bytes };
  return {
    ok: false,
    reason: 'photo-unreadable',
    message: 'This patient has no such photo; choose it again.',
    field,
  };
}

async function photoOfPlan(
  services: RecordServices,
  actor: Actor,
  planId: string,
  version: number,
): Promise<Uint8Array | undefined> {
  const part = await readPlanPart(services, actor, planId, 'photo', version);
  return part.ok ? part.bytes : undefined;
}
