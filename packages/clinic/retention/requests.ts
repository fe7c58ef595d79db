/** The wish to be erased: recorded at the desk or told by link, looked at, decided by the owner. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '../audit/commands.ts';
import { countAttempt, type RateRule } from '../booking/limits.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import type { Job } from '../platform/jobs.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { patientFacts } from '../record/commands.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { duesOf, keptOf } from './erase.ts';
import { type Asked, erasureOfToken, erasureToken, isRightAnswer, proofFor } from './links.ts';
import {
  alreadyAsked,
  linkExpired,
  linkUnknown,
  merged,
  notAllowed,
  notFound,
  onHold,
  wrongAnswer,
  wrongState,
} from './refusals.ts';
import { countRows } from './remove.ts';
import { isOpen } from './rules.ts';
import { type Erasure, type Kept, type LegalHold, type RetentionRefusal, reasonText } from './schema.ts';
import {
  erasureOf,
  insertErasure,
  lockErasure,
  selectErasure,
  selectErasures,
  selectHolds,
  updateErasure,
} from './store.ts';
import { subjectsOf } from './subjects.ts';

export type RetentionServices = Pick<Services, 'db' | 'keys' | 'clock'>;

/** Carries one erasure out. The row keeps its own state, so a run cut off is simply done again. */
export const eraseJob: Job<{ tenantId: string; erasureId: string }> = {
  name: 'retention.erase',
  payload: z.object({ tenantId: z.uuid(), erasureId: z.uuid() }),
  retries: 10,
  expiresAfterSeconds: 600,
};

const linkDays = 14;
const answersPerLink: RateRule = { name: 'erasure-answer', most: 10, windowMinutes: 60 };

/** How an erasure of this patient stands, and what it would take. */
export interface ErasureReview {
  readonly patientId: string;
  /** Null for a number without a name that invoices still refer to. */
  readonly name: string | null;
  /** Rows that go now, by table. */
  readonly now: Readonly<Record<string, number>>;
  readonly kept: readonly Kept[];
  /** Visits that are still to come: they are cancelled. */
  readonly visitsToCome: number;
  /** Requests under the same telephone or address by another name, which are left alone. */
  readonly sameContactOtherName: number;
  readonly holds: readonly LegalHold[];
  /** The newest first. */
  readonly erasures: readonly Erasure[];
}

export async function reviewErasure(
  services: RetentionServices,
  actor: Actor,
  patientId: string,
): Promise<{ ok: true; review: ErasureReview } | RetentionRefusal> {
  if (!can(actor.role, 'patient.read')) return notAllowed;
  if (!isUuid(patientId)) return notFound;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const facts = await patientFacts(services, trx, actor.tenantId, patientId);
    if (facts === undefined) return notFound;
    const subjects = await subjectsOf(services, trx, actor.tenantId, patientId);
    if (subjects === undefined) return merged;
    const { due, until } = await duesOf(services, trx, actor.tenantId, subjects);
    const review: ErasureReview = {
      patientId,
      name: facts.patient.name,
      now: await countRows(trx, actor.tenantId, subjects, due),
      kept: await keptOf(trx, actor.tenantId, subjects, until),
      visitsToCome: await visitsToCome(services, trx, actor.tenantId, subjects.bookings),
      sameContactOtherName: subjects.sameContactOtherName,
      holds: await selectHolds(trx, actor.tenantId, subjects.patients),
      erasures: (await selectErasures(trx, actor.tenantId, { patientId, limit: 20 })).map(erasureOf),
    };
    await audit(services, trx, actor, 'erasure.reviewed', patientId);
    return { ok: true as const, review };
  });
}

async function visitsToCome(
  services: RetentionServices,
  trx: Trx,
  tenantId: string,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  const row = await trx
    .selectFrom('bookings')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', [...ids])
    .where('status', 'in', ['held', 'confirmed'])
    .where('starts_at', '>', services.clock.now())
    .executeTakeFirst();
  return row?.count ?? 0;
}

/** The desk records that somebody asked to be erased, and how. */
export async function requestErasure(
  services: RetentionServices,
  actor: Actor,
  patientId: string,
  note: string,
): Promise<{ ok: true; erasureId: string } | RetentionRefusal> {
  const words = reasonText.safeParse(note);
  if (!words.success) return badForm(words.error, 'note');
  return open(services, actor, patientId, (_person, id, now) => ({
    id,
    state: 'requested',
    source: 'desk',
    note: words.data,
    asked: null,
    proof: null,
    expires_at: null,
    requested_at: now,
  }));
}

/** A link by which the patient asks: given out at the desk. It tells nothing and is good for {@link linkDays} days. */
export async function inviteErasure(
  services: RetentionServices,
  actor: Actor,
  patientId: string,
): Promise<{ ok: true; erasureId: string; token: string } | RetentionRefusal> {
  const made = await open(services, actor, patientId, (person, id, now) => ({
    id,
    state: 'invited',
    source: 'patient',
    note: '',
    ...proofFor(services.keys, id, person),
    expires_at: new Date(now.getTime() + linkDays * 86_400_000),
    requested_at: null,
  }));
  return made.ok ? { ...made, token: erasureToken(services.keys, actor.tenantId, made.erasureId) } : made;
}

type Opening = Pick<
  Parameters<typeof insertErasure>[1],
  'id' | 'state' | 'source' | 'note' | 'asked' | 'proof' | 'expires_at' | 'requested_at'
>;

async function open(
  services: RetentionServices,
  actor: Actor,
  patientId: string,
  opening: (
    person: { birthDate: string | null; phones: readonly string[] },
    id: string,
    now: Date,
  ) => Opening,
): Promise<{ ok: true; erasureId: string } | RetentionRefusal> {
  if (!can(actor.role, 'patient.write')) return notAllowed;
  if (!isUuid(patientId)) return notFound;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const facts = await patientFacts(services, trx, actor.tenantId, patientId);
    if (facts === undefined) return notFound;
    if (facts.patient.mergedInto !== null) return merged;
    const id = randomUUID();
    const now = services.clock.now();
    const row = opening(facts.patient, id, now);
    // A link that was given out and not used makes room for a wish told at the desk, or for another link.
    for (const one of await selectErasures(trx, actor.tenantId, {
      patientId,
      states: ['invited'],
      limit: 5,
    })) {
      await updateErasure(trx, actor.tenantId, one.id, { state: 'refused', decided_at: now, proof: null });
    }
    const written = await insertErasure(trx, {
      tenant_id: actor.tenantId,
      patient_id: patientId,
      patient_ids: [patientId],
      recorded_at: now,
      recorded_by: actor.staffId,
      decided_at: null,
      decided_by: null,
      ...row,
    });
    if (!written) return alreadyAsked;
    await audit(
      services,
      trx,
      actor,
      row.state === 'invited' ? 'erasure.invited' : 'erasure.requested',
      patientId,
      {
        erasureId: id,
      },
    );
    return { ok: true as const, erasureId: id };
  });
}

/** The link of an invitation that still stands, to be shown at the desk again. */
export function erasureLink(services: Pick<Services, 'keys'>, tenantId: string, erasureId: string): string {
  return erasureToken(services.keys, tenantId, erasureId);
}

/** What the page behind the link shows: nothing about anybody. */
export async function openErasureLink(
  services: RetentionServices,
  tenantId: string,
  token: string,
): Promise<{ ok: true; asked: Asked; isTaken: boolean } | RetentionRefusal> {
  const id = erasureOfToken(services.keys, tenantId, token);
  const row = id === undefined ? undefined : await selectErasure(services.db, tenantId, id);
  if (row === undefined || row.state === 'refused') return linkUnknown;
  if (row.state !== 'invited') return { ok: true, asked: 'nothing', isTaken: true };
  if (row.expires_at !== null && row.expires_at <= services.clock.now()) return linkExpired;
  return { ok: true, asked: row.asked ?? 'nothing', isTaken: false };
}

/** The patient asks. Taken once; said again it stays as it is. */
export async function confirmErasure(
  services: RetentionServices,
  tenantId: string,
  token: string,
  answer: string,
): Promise<{ ok: true } | RetentionRefusal> {
  const opened = await openErasureLink(services, tenantId, token);
  if (!opened.ok) return opened;
  const id = erasureOfToken(services.keys, tenantId, token) as string;
  const counted = await countAttempt(services, services.db, tenantId, answersPerLink, id);
  if (!counted.ok) return { ...wrongAnswer, message: counted.message };
  return asTenant(services.db, tenantId, async (trx) => {
    const row = await lockErasure(trx, tenantId, id);
    if (row === undefined) return linkUnknown;
    if (row.state !== 'invited') return { ok: true as const };
    if (!isRightAnswer(services.keys, row, answer)) return wrongAnswer;
    await updateErasure(trx, tenantId, id, {
      state: 'requested',
      requested_at: services.clock.now(),
      proof: null,
    });
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'link', id },
      action: 'erasure.requested',
      subject: { kind: 'patient', id: row.patient_id },
      change: { after: { erasureId: id } },
    });
    return { ok: true as const };
  });
}

/** The owner decides. Approved, the erasure is carried out by a job; a hold that stands forbids it. */
export async function decideErasure(
  services: RetentionServices & Pick<Services, 'jobs'>,
  actor: Actor,
  erasureId: string,
  decision: { readonly approve: true } | { readonly approve: false; readonly reason: string },
): Promise<{ ok: true } | RetentionRefusal> {
  if (!can(actor.role, 'patient.erase')) return notAllowed;
  if (!isUuid(erasureId)) return notFound;
  const why = decision.approve ? undefined : reasonText.safeParse(decision.reason);
  if (why?.success === false) return badForm(why.error, 'reason');
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const row = await lockErasure(trx, actor.tenantId, erasureId);
    if (row === undefined) return notFound;
    if (row.state !== 'requested' && row.state !== 'invited') return wrongState;
    const now = services.clock.now();
    const decided = { decided_at: now, decided_by: actor.staffId, proof: null };
    if (why !== undefined) {
      await updateErasure(trx, actor.tenantId, erasureId, {
        ...decided,
        state: 'refused',
        refusal: why.data ?? '',
      });
      await audit(services, trx, actor, 'erasure.refused', row.patient_id, { erasureId });
      return { ok: true as const };
    }
    if (row.state !== 'requested') return wrongState;
    const subjects = await subjectsOf(services, trx, actor.tenantId, row.patient_id);
    if (subjects === undefined) return merged;
    const holds = await selectHolds(trx, actor.tenantId, subjects.patients);
    if (holds.some(({ liftedAt }) => liftedAt === null)) return onHold;
    await updateErasure(trx, actor.tenantId, erasureId, { ...decided, state: 'approved' });
    await services.jobs.send(trx, eraseJob, { tenantId: actor.tenantId, erasureId });
    await audit(services, trx, actor, 'erasure.approved', row.patient_id, { erasureId });
    return { ok: true as const };
  });
}

/** The register, open ones first: for the owner. */
export async function listErasures(
  services: RetentionServices,
  actor: Actor,
): Promise<{ ok: true; erasures: readonly Erasure[] } | RetentionRefusal> {
  if (!can(actor.role, 'patient.erase')) return notAllowed;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const rows = await selectErasures(trx, actor.tenantId, { limit: 500 });
    const erasures = rows.map(erasureOf);
    await recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'erasure.listed',
      subject: { kind: 'patient', id: null },
      change: { after: { erasures: erasures.length } },
    });
    return {
      ok: true as const,
      erasures: erasures.toSorted((a, b) => Number(isOpen(b.state)) - Number(isOpen(a.state))),
    };
  });
}

export async function readErasure(
  services: RetentionServices,
  actor: Actor,
  erasureId: string,
): Promise<{ ok: true; erasure: Erasure } | RetentionRefusal> {
  if (!can(actor.role, 'patient.erase')) return notAllowed;
  if (!isUuid(erasureId)) return notFound;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const row = await selectErasure(trx, actor.tenantId, erasureId);
    if (row === undefined) return notFound;
    await audit(services, trx, actor, 'erasure.read', row.patient_id, { erasureId });
    return { ok: true as const, erasure: erasureOf(row) };
  });
}

export function audit(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  actor: Actor,
  action: string,
  patientId: string,
  after?: Readonly<Record<string, string | number | boolean | null>>,
): Promise<void> {
  return recordAudit(services, trx, {
    tenantId: actor.tenantId,
    actor: { kind: 'staff', id: actor.staffId },
    action,
    subject: { kind: 'patient', id: patientId },
    ...(after !== undefined && { change: { after } }),
  });
}
