import { type Calibration, checkHealing, learnedHealing } from '@undertone/engine/learn/index.ts';
import type { LearnedHealing } from '@undertone/engine/match/index.ts';
import { recordAudit } from '../audit/commands.ts';
import type { Services } from '../platform/services.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { by, notAllowed } from './refusals.ts';
import { type Agreement, agreement } from './rules.ts';
import type { OutcomeRefusal } from './schema.ts';
import { selectLessons, selectRatingPairs } from './store.ts';

type LearningServices = Pick<Services, 'db' | 'clock'>;

const ownResults = 'healed results of this clinic';

/**
 * What the clinic's own results say of healing, for a plan made now (`PlanInput.learned`). Numbers of groups, of nobody in
 * particular; with few results it says so and holds none.
 */
export async function learnedHealingFor(
  services: LearningServices,
  actor: Actor,
): Promise<{ ok: true; learned: LearnedHealing } | OutcomeRefusal> {
  if (!can(actor.role, 'plan.read')) return notAllowed;
  return services.db.transaction().execute(async (trx) => {
    const lessons = await selectLessons(trx, actor.tenantId);
    const learned = learnedHealing(lessons, ownResults);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'outcome.learned-from',
      subject: { kind: 'tenant', id: actor.tenantId },
      change: { after: { results: learned.results } },
    });
    return { ok: true as const, learned };
  });
}

export interface OutcomeReport {
  readonly learned: LearnedHealing;
  /** Each result against what those of other people made the clinic expect; ids only. */
  readonly calibration: Calibration;
  /** Physician against blinded rater, on the later pictures. */
  readonly agreement: Agreement;
  /** Of pairs rated blind: how often the later picture was put above, level with, below the earlier one. */
  readonly blind: { readonly better: number; readonly same: number; readonly worse: number };
}

/** Predicted against healed over all results, whether intervals hold, and whether two raters agree. */
export async function outcomeReport(
  services: LearningServices,
  actor: Actor,
): Promise<{ ok: true; report: OutcomeReport } | OutcomeRefusal> {
  if (!can(actor.role, 'report.read')) return notAllowed;
  return services.db.transaction().execute(async (trx) => {
    const lessons = await selectLessons(trx, actor.tenantId);
    const rated = await selectRatingPairs(trx, actor.tenantId);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'outcome.report-read',
      subject: { kind: 'tenant', id: actor.tenantId },
      change: { after: { results: lessons.length, rated: rated.length } },
    });
    const steps = { poor: 0, fair: 1, good: 2, excellent: 3 } as const;
    const rise = rated.map(({ blinded, blindedBefore }) => Math.sign(steps[blinded] - steps[blindedBefore]));
    return {
      ok: true as const,
      report: {
        learned: learnedHealing(lessons, ownResults),
        calibration: checkHealing(lessons),
        agreement: agreement(rated.map(({ physician, blinded }) => [physician, blinded] as const)),
        blind: {
          better: rise.filter((r) => r > 0).length,
          same: rise.filter((r) => r === 0).length,
          worse: rise.filter((r) => r < 0).length,
        },
      },
    };
  });
}
