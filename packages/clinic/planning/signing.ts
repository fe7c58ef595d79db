import { createHash } from 'node:crypto';
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { by, noSuchPlan, notAllowed } from './refusals.ts';
import {
  type PlanFacts,
  type PlanningRefusal,
  type PlanSignature,
  planParts,
  planThatCounts,
} from './rules.ts';
import { insertSignature, lockPlan, selectPlan, selectPlanFiles, selectPlans } from './store.ts';

/**
 * Signs the latest version of a plan. From then on that version is what was agreed: nothing of it can change, a new
 * version supersedes it and asks for its own signature. The hash of everything signed goes into the audit chain.
 */
export async function signPlan(
  services: Pick<Services, 'db' | 'clock' | 'files'>,
  actor: Actor,
  planId: string,
  version: number,
): Promise<{ ok: true; signature: PlanSignature } | PlanningRefusal> {
  if (!can(actor.role, 'plan.sign')) return notAllowed;
  if (!isUuid(planId)) return noSuchPlan;
  const { tenantId } = actor;
  return services.db.transaction().execute(async (trx) => {
    const latest = await lockPlan(trx, tenantId, planId);
    const plan = await selectPlan(trx, tenantId, planId, version);
    if (!plan) return noSuchPlan;
    if (latest.version !== version) {
      return {
        ok: false,
        reason: 'not-latest',
        message: `Version ${version} has been followed by version ${latest.version}; read and sign that one.`,
        field: 'version',
      };
    }
    const signature: PlanSignature = {
      signedBy: actor.staffId,
      signerName: actor.name,
      signedAt: services.clock.now(),
      contentSha256: await contentHash(services, trx, tenantId, planId, version, plan.sha256),
    };
    if (!(await insertSignature(trx, tenantId, { planId, version }, signature))) {
      return {
        ok: false,
        reason: 'already-signed',
        message: 'This version is signed already.',
        field: 'version',
      };
    }
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'plan.signed',
      subject: { kind: 'plan', id: planId },
      change: {
        after: {
          patientId: plan.patientId,
          version,
          contentSha256: signature.contentSha256,
          engineVersion: plan.engineVersion,
        },
      },
    });
    return { ok: true, signature };
  });
}

/**
 * Whether a signed version is still what was signed.
 * @returns undefined when it is not signed.
 */
export async function isSignatureGenuine(
  services: Pick<Services, 'files'>,
  trx: Trx,
  tenantId: string,
  planId: string,
  version: number,
): Promise<boolean | undefined> {
  const plan = await selectPlan(trx, tenantId, planId, version);
  if (!plan?.signature) return undefined;
  const sha256 = createHash('sha256').update(plan.document).digest();
  return (
    plan.signature.contentSha256 === (await contentHash(services, trx, tenantId, planId, version, sha256))
  );
}

/** The plan that counts for a treatment, inside the transaction of whoever asks. */
export async function planFacts(
  trx: Trx,
  tenantId: string,
  patientId: string,
  treatment: string,
): Promise<PlanFacts> {
  const versions = await selectPlans(trx, tenantId, patientId);
  const latest = new Map<string, (typeof versions)[number]>();
  for (const one of versions) {
    if (one.treatment === treatment && (latest.get(one.planId)?.version ?? 0) < one.version)
      latest.set(one.planId, one);
  }
  return planThatCounts([...latest.values()]);
}

/** SHA-256 over the SHA-256 of the document, then the name and SHA-256 of each part in the order of `planParts`. */
async function contentHash(
  services: Pick<Services, 'files'>,
  trx: Trx,
  tenantId: string,
  planId: string,
  version: number,
  document: Uint8Array,
): Promise<string> {
  const hash = createHash('sha256').update(document);
  const files = await selectPlanFiles(trx, tenantId, planId, version);
  for (const part of planParts) {
    const fileId = files[part];
    const file = fileId && (await services.files.find(trx, tenantId, fileId));
    if (file) hash.update(part).update(Buffer.from(file.sha256, 'hex'));
  }
  return hash.digest('hex');
}
