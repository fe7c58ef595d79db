/*
 * Work in the studio before it is a plan, kept as it goes. Every function asks for `plan.write` and leaves an entry.
 *
 *   saveDraft(services, actor, draftId, form)     { ok: true, revision, savedAt }; `other-device` when it was saved from
 *                                                 elsewhere since: the device then goes on under a new id, nothing is lost
 *   readDraft(services, actor, draftId)           { ok: true, draft, steps }
 *   listDrafts(services, actor, patientId)        { ok: true, drafts }, the last changed first
 *   discardDraft(services, actor, draftId)        { ok: true }; also when it was gone; given the last revision known, only
 *                                                 what nobody has saved from elsewhere since
 *   draftJobs(services)                           forgets drafts nobody has touched for ninety days
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { recordAudit } from '../audit/commands.ts';
import { type Handler, handle, type Job } from '../platform/jobs.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { getPatient } from '../record/commands.ts';
import { isSamePerson } from '../record/same-person.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { type Draft, type DraftRefusal, type DraftStep, draftFormSchema, stepsOf } from './draft-schema.ts';
import {
  deleteDraft,
  insertDraft,
  lockDraft,
  selectDrafts,
  selectOldDrafts,
  selectSteps,
  updateDraft,
  writeSteps,
} from './draft-store.ts';
import { by } from './refusals.ts';

type DraftServices = Pick<Services, 'db' | 'clock'>;

const notAllowed: DraftRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
const noSuchDraft: DraftRefusal = {
  ok: false,
  reason: 'no-such-draft',
  message: 'There is no such draft; it may have become a plan, or been discarded.',
  field: 'draftId',
};

const otherDevice: DraftRefusal = {
  ok: false,
  reason: 'other-device',
  message: 'The draft was saved from another device since; what was done here goes on as a draft of its own.',
};

/** What {@link saveDraft} rolls its transaction back with. */
interface Turned {
  readonly code: 'draft-refused';
  readonly refusal: DraftRefusal;
}

export async function saveDraft(
  services: DraftServices,
  actor: Actor,
  draftId: string,
  form: unknown,
): Promise<{ ok: true; revision: number; savedAt: Date } | DraftRefusal> {
  if (!can(actor.role, 'plan.write')) return notAllowed;
  if (!isUuid(draftId)) return noSuchDraft;
  const parsed = draftFormSchema.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { patientId, planId, baseRevision, state, steps } = parsed.data;
  const patient = await getPatient(services, actor, patientId);
  if (!patient.ok)
    return {
      ok: false,
      reason: 'no-such-patient',
      message: 'There is no such patient.',
      field: 'patientId',
    };
  const { tenantId } = actor;
  const now = services.clock.now();
  const refuse = (refusal: DraftRefusal): never => {
    const turned: Turned = { code: 'draft-refused', refusal };
    throw Object.assign(new Error(refusal.message), turned);
  };
  try {
    return await services.db.transaction().execute(async (trx) => {
      const saved = { draftId, revision: baseRevision + 1, updatedAt: now, updatedBy: actor.staffId, state };
      const isNew = baseRevision === 0 && (await insertDraft(trx, tenantId, { ...saved, patientId, planId }));
      const before = await lockDraft(trx, tenantId, draftId);
      if (!before) {
        return refuse({
          ok: false,
          reason: 'draft-gone',
          message: 'The draft has become a plan or was discarded since; what was done goes on as a new one.',
        });
      }
      if (!(await isSamePerson(trx, tenantId, before.patientId, patientId))) return refuse(noSuchDraft);
      if (!isNew) {
        // The answer to this same save was lost on its way.
        const isAgain =
          before.revision === saved.revision &&
          before.updatedBy === actor.staffId &&
          isDeepStrictEqual(before.state, JSON.parse(JSON.stringify(state)));
        if (isAgain) return { ok: true as const, revision: before.revision, savedAt: before.updatedAt };
        if (before.revision !== baseRevision) {
          return refuse(otherDevice);
        }
        await updateDraft(trx, tenantId, saved);
      }
      const named = stepsOf(state);
      const there = await writeSteps(trx, tenantId, draftId, steps, named);
      const stepIds = named.filter((id) => !there.has(id));
      if (stepIds.length > 0) {
        return refuse({
          ok: false,
          reason: 'steps-missing',
          message: 'Steps the draft names have not arrived; they are sent again.',
          stepIds,
        });
      }
      await recordAudit(services, trx, {
        ...by(actor),
        action: 'plan-draft.saved',
        subject: { kind: 'plan-draft', id: draftId },
        change: { after: { patientId, revision: saved.revision, treatment: state.treatment } },
      });
      return { ok: true as const, revision: saved.revision, savedAt: now };
    });
  } catch (error) {
    if ((error as Partial<Turned>).code === 'draft-refused') return (error as Turned).refusal;
    throw error;
  }
}

export async function readDraft(
  services: DraftServices,
  actor: Actor,
  draftId: string,
): Promise<{ ok: true; draft: Draft; steps: readonly DraftStep[] } | DraftRefusal> {
  if (!can(actor.role, 'plan.write')) return notAllowed;
  if (!isUuid(draftId)) return noSuchDraft;
  return services.db.transaction().execute(async (trx) => {
    // Held, so that state and steps are of one save.
    const draft = await lockDraft(trx, actor.tenantId, draftId);
    if (!draft) return noSuchDraft;
    const steps = await selectSteps(trx, actor.tenantId, draftId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'plan-draft.read',
      subject: { kind: 'plan-draft', id: draftId },
      change: { after: { patientId: draft.patientId, revision: draft.revision } },
    });
    return { ok: true as const, draft, steps };
  });
}

export async function listDrafts(
  services: DraftServices,
  actor: Actor,
  patientId: string,
): Promise<{ ok: true; drafts: readonly Draft[] } | DraftRefusal> {
  if (!can(actor.role, 'plan.write')) return notAllowed;
  if (!isUuid(patientId)) return noSuchDraft;
  return services.db.transaction().execute(async (trx) => {
    const drafts = await selectDrafts(trx, actor.tenantId, patientId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'plan-draft.listed',
      subject: { kind: 'patient', id: patientId },
    });
    return { ok: true as const, drafts };
  });
}

export async function discardDraft(
  services: DraftServices,
  actor: Actor,
  draftId: string,
  lastRevision = Infinity,
): Promise<{ ok: true } | DraftRefusal> {
  if (!can(actor.role, 'plan.write')) return notAllowed;
  if (!isUuid(draftId)) return noSuchDraft;
  return services.db.transaction().execute(async (trx) => {
    const draft = await lockDraft(trx, actor.tenantId, draftId);
    if (draft && draft.revision > lastRevision) return otherDevice;
    if (await deleteDraft(trx, actor.tenantId, draftId))
      await recordAudit(services, trx, {
        ...by(actor),
        action: 'plan-draft.discarded',
        subject: { kind: 'plan-draft', id: draftId },
      });
    return { ok: true as const };
  });
}

/** Once a night. */
const forgetDrafts: Job = {
  name: 'planning.forget-drafts',
  payload: z.object({}),
  schedule: '47 20 * * *',
};

/** A draft is no record; what nobody touched for this long is in nobody's mind either. */
export const draftKeptDays = 90;

export function draftJobs(services: DraftServices): readonly Handler[] {
  return [
    handle(forgetDrafts, async () => {
      const before = new Date(services.clock.now().getTime() - draftKeptDays * 86_400_000);
      for (const { tenantId, draftId } of await selectOldDrafts(services.db, before)) {
        await services.db.transaction().execute(async (trx) => {
          const still = await lockDraft(trx, tenantId, draftId);
          if (!still || still.updatedAt >= before) return;
          await deleteDraft(trx, tenantId, draftId);
          await recordAudit(services, trx, {
            tenantId,
            actor: { kind: 'system', id: null },
            action: 'plan-draft.forgotten',
            subject: { kind: 'plan-draft', id: draftId },
          });
        });
      }
    }),
  ];
}
