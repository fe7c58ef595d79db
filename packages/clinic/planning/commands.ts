/*
 * Plans of patients. Every function asks what the actor's role allows and leaves an entry in the audit chain.
 *
 *   savePlan(services, actor, { patientId, document, parts, planId? })   { ok: true, plan: { planId, version, … } }
 *   listPlans(services, actor, patientId)                                { ok: true, plans }
 *   readPlan(services, actor, planId, version?)                          { ok: true, plan, document, parts }
 *   readPlanPart(services, actor, planId, part, version?)                { ok: true, bytes, mediaType }
 *   saveDraft, readDraft, listDrafts, discardDraft                       work that is not yet a plan; drafts.ts
 *   signPlan(services, actor, planId, version)                           { ok: true, signature }; signing.ts
 *   planFacts(trx, tenantId, patientId, treatment)                       the plan that counts, for other subjects
 *   reproducePlan(services, actor, planId, version?)                     what making it again gives; reproduce.ts
 */
import { createHash, randomUUID } from 'node:crypto';
import type { PlanDocument } from '@undertone/engine/plan/document.ts';
import { recordAudit } from '../audit/commands.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { getPatient } from '../record/commands.ts';
import { isSamePerson } from '../record/same-person.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { deleteDraft, lockDraft } from './draft-store.ts';
import { by, noSuchPatient, noSuchPlan, notAllowed, otherPatient } from './refusals.ts';
import { type PlanningRefusal, type PlanPart, type PlanSummary, partMediaTypes, planParts } from './rules.ts';
import { parsePlan } from './schema.ts';
import { insertPlan, lockPlan, selectPlan, selectPlanFiles, selectPlans } from './store.ts';

export { discardDraft, draftJobs, draftKeptDays, listDrafts, readDraft, saveDraft } from './drafts.ts';
export { reproducePlan } from './reproduce.ts';
export { isSignatureGenuine, planFacts, signPlan } from './signing.ts';

type PlanningServices = Pick<Services, 'db' | 'clock' | 'files'>;

export interface PlanToSave {
  readonly patientId: string;
  /** The text of plan.json. It is kept as it is, byte for byte. */
  readonly document: string;
  /** The photo must be the file the plan was made from, unchanged. */
  readonly parts: Partial<Record<PlanPart, { readonly bytes: Uint8Array; readonly mediaType: string }>>;
  /** An existing plan of the same patient gets a new version; without it a new plan begins. */
  readonly planId?: string;
  /** The draft it was made from, which ends with it… */
  readonly draftId?: string;
  /** …unless it was saved from elsewhere since this revision: that work is not in the plan. */
  readonly draftRevision?: number;
}

export async function savePlan(
  services: PlanningServices,
  actor: Actor,
  toSave: PlanToSave,
): Promise<{ ok: true; plan: PlanSummary } | PlanningRefusal> {
  if (!can(actor.role, 'plan.write')) return notAllowed;
  if (toSave.planId !== undefined && !isUuid(toSave.planId)) return noSuchPlan;
  if (toSave.draftId !== undefined && !isUuid(toSave.draftId))
    return { ok: false, reason: 'plan-invalid', message: 'This is no id of a draft.', field: 'draftId' };
  const parsed = parsePlan(toSave.document);
  if (!parsed.ok) return parsed;
  const wrongPart = partProblem(toSave, parsed.plan);
  if (wrongPart) return wrongPart;
  const patient = await getPatient(services, actor, toSave.patientId);
  if (!patient.ok) return patient.reason === 'not-allowed' ? notAllowed : noSuchPatient;
  const { tenantId } = actor;
  const planId = toSave.planId ?? randomUUID();
  const createdAt = services.clock.now();
  return services.db.transaction().execute(async (trx) => {
    const before = await lockPlan(trx, tenantId, planId);
    if (toSave.planId !== undefined && before.version === 0) return noSuchPlan;
    if (
      before.patientId !== undefined &&
      !(await isSamePerson(trx, actor.tenantId, before.patientId, toSave.patientId))
    )
      return otherPatient;
    const version = before.version + 1;
    const files: { part: PlanPart; fileId: string }[] = [];
    for (const part of planParts) {
      const given = toSave.parts[part];
      if (!given) continue;
      const stored = await services.files.put(trx, { tenantId, ...given });
      files.push({ part, fileId: stored.id });
    }
    const sha256 = createHash('sha256').update(toSave.document).digest();
    await insertPlan(
      trx,
      {
        tenant_id: tenantId,
        plan_id: planId,
        version,
        patient_id: toSave.patientId,
        document: toSave.document,
        sha256,
        created_at: createdAt,
        created_by: actor.staffId,
      },
      files,
    );
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'plan.saved',
      subject: { kind: 'plan', id: planId },
      change: {
        after: {
          patientId: toSave.patientId,
          version,
          sha256: sha256.toString('hex'),
          parts: files.map(({ part }) => part),
        },
      },
    });
    const draft = toSave.draftId === undefined ? undefined : await lockDraft(trx, tenantId, toSave.draftId);
    const isNewer = draft !== undefined && draft.revision > (toSave.draftRevision ?? Infinity);
    if (draft && !isNewer && (await isSamePerson(trx, tenantId, draft.patientId, toSave.patientId))) {
      await deleteDraft(trx, tenantId, draft.draftId);
      await recordAudit(services, trx, {
        ...by(actor),
        action: 'plan-draft.became-plan',
        subject: { kind: 'plan-draft', id: draft.draftId },
        change: { after: { planId, version } },
      });
    }
    const { treatment, engineVersion } = parsed.plan;
    return {
      ok: true as const,
      plan: {
        planId,
        version,
        patientId: toSave.patientId,
        treatment,
        engineVersion,
        createdAt,
        createdBy: actor.staffId,
      },
    };
  });
}

export async function listPlans(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  patientId: string,
): Promise<{ ok: true; plans: readonly PlanSummary[] } | PlanningRefusal> {
  if (!can(actor.role, 'plan.read')) return notAllowed;
  if (!isUuid(patientId)) return noSuchPatient;
  return services.db.transaction().execute(async (trx) => {
    const plans = await selectPlans(trx, actor.tenantId, patientId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'plan.listed',
      subject: { kind: 'patient', id: patientId },
    });
    return { ok: true as const, plans };
  });
}

export async function readPlan(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  planId: string,
  version?: number,
): Promise<
  | { ok: true; plan: PlanSummary; document: PlanDocument; text: string; parts: readonly PlanPart[] }
  | PlanningRefusal
> {
  if (!can(actor.role, 'plan.read')) return notAllowed;
  if (!isUuid(planId)) return noSuchPlan;
  return services.db.transaction().execute(async (trx) => {
    const stored = await selectPlan(trx, actor.tenantId, planId, version);
    if (!stored) return noSuchPlan;
    const { document: text, sha256: _, ...plan } = stored;
    const parsed = parsePlan(text);
    if (!parsed.ok) return parsed;
    const files = await selectPlanFiles(trx, actor.tenantId, planId, stored.version);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'plan.read',
      subject: { kind: 'plan', id: planId },
      change: { after: { version: stored.version } },
    });
    return {
      ok: true as const,
      plan,
      document: parsed.plan,
      text,
      parts: planParts.filter((part) => files[part]),
    };
  });
}

export async function readPlanPart(
  services: PlanningServices,
  actor: Actor,
  planId: string,
  part: PlanPart,
  version?: number,
): Promise<{ ok: true; bytes: Uint8Array; mediaType: string } | PlanningRefusal> {
  if (!can(actor.role, 'plan.read') || (part === 'photo' && !can(actor.role, 'photo.read')))
    return notAllowed;
  if (!isUuid(planId)) return noSuchPlan;
  return services.db.transaction().execute(async (trx) => {
    const stored = await selectPlan(trx, actor.tenantId, planId, version);
    if (!stored) return noSuchPlan;
    const files = await selectPlanFiles(trx, actor.tenantId, planId, stored.version);
    const fileId = files[part];
    const file = fileId && (await services.files.get(trx, actor.tenantId, fileId));
    if (!file) return { ...noSuchPlan, message: `The plan keeps no ${part}.`, field: 'part' };
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'plan.part-read',
      subject: { kind: 'plan', id: planId },
      change: { after: { version: stored.version, part } },
    });
    return { ok: true as const, bytes: file.bytes, mediaType: file.mediaType };
  });
}

function partProblem({ parts }: PlanToSave, plan: PlanDocument): PlanningRefusal | undefined {
  for (const part of planParts) {
    const given = parts[part];
    if (given && !partMediaTypes[part].includes(given.mediaType)) {
      return {
        ok: false,
        reason: 'plan-invalid',
        message: `The ${part} cannot be kept as ${given.mediaType}; give ${partMediaTypes[part].join(' or ')}.`,
        field: `parts.${part}`,
      };
    }
  }
  const photo = parts.photo && createHash('sha256').update(parts.photo.bytes).digest('hex');
  if (photo !== undefined && photo !== plan.inputs.photo.sha256) {
    return {
      ok: false,
      reason: 'photo-mismatch',
      message: 'The photo is not the one the plan was made from; send the original file, unchanged.',
      field: 'parts.photo',
    };
  }
  return undefined;
}
