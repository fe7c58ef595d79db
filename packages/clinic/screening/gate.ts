/**
 * The gate before a session: the checklist shown in the chart, and the same one enforced.
 *
 *   readinessFor(services, actor, patientId, treatment)         { ok: true, readiness } for a page
 *   requireReady(services, trx, tenantId, patientId, treatment) { ok: true, readiness, restrictions } or a refusal, for commands
 */
import { recordAudit } from '../audit/commands.ts';
import { evaluate, type Treatment } from '../candidacy/rules.ts';
import { consentFacts } from '../consent/facts.ts';
import { planFacts } from '../planning/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { withRecordedAge } from './age.ts';
import { dayReader, decisionFactsOf, spotFactsOf } from './course.ts';
import { answersOf, decisionOf } from './person.ts';
import { protocolNow } from './protocol.ts';
import { type Readiness, type ReadinessFacts, readiness } from './readiness.ts';
import type { ScreeningRefusal } from './schema.ts';
import { selectSpots } from './store.ts';

type Restriction = ReturnType<typeof evaluate>['restrictions'][number];

/** Everything `readiness` weighs, read in one transaction. */
async function readinessFacts(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
  patientId: string,
  treatment: Treatment,
): Promise<ReadinessFacts> {
  const course = { tenantId, patientId, treatment };
  const dayOf = await dayReader(trx, tenantId);
  const now = services.clock.now();
  const answers = await answersOf(trx, course, dayOf(now));
  const decision = await decisionOf(trx, course);
  const spots = await selectSpots(trx, tenantId, patientId, treatment);
  return {
    treatment,
    protocol: await protocolNow(trx, tenantId),
    now,
    dayOf,
    answers: await withRecordedAge(services, trx, tenantId, patientId, answers?.answers),
    decision: decisionFactsOf(decision),
    ...spotFactsOf(spots),
    plan: await planFacts(trx, tenantId, patientId, treatment),
    consent: await consentFacts(trx, tenantId, patientId, treatment),
  };
}

/** The checklist for a page; those without a look at the screening see it without its gates. */
export async function readinessFor(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  patientId: string,
  treatment: Treatment,
): Promise<{ ok: true; readiness: Readiness } | ScreeningRefusal> {
  if (!can(actor.role, 'patient.read')) return notAllowed;
  if (!isUuid(patientId)) return noSuchPatient;
  return services.db.transaction().execute(async (trx) => {
    const found = readiness(await readinessFacts(services, trx, actor.tenantId, patientId, treatment));
    await recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'readiness.read',
      subject: { kind: 'patient', id: patientId },
      change: { after: { treatment } },
    });
    return { ok: true, readiness: can(actor.role, 'screening.read') ? found : withoutGates(found) };
  });
}

/**
 * Asked by every command that begins a treatment, in its transaction. `restrictions` bind the session even when it may
 * begin: `no-prilocaine` rules out one numbing cream (G24), `avoid-pigment-of-earlier-reaction` a pigment (G09).
 */
export async function requireReady(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenantId: string,
  patientId: string,
  treatment: Treatment,
): Promise<
  | { ok: true; readiness: Readiness; restrictions: readonly Restriction[] }
  | (ScreeningRefusal & { readiness: Readiness })
> {
  const facts = await readinessFacts(services, trx, tenantId, patientId, treatment);
  const found = readiness(facts);
  if (found.next !== undefined) {
    const { step, reason } = found.next;
    return {
      ok: false,
      reason: 'not-ready',
      message: `A session cannot begin yet: ${step} (${reason}). See the checklist in the chart.`,
      field: step,
      readiness: found,
    };
  }
  const { restrictions } = evaluate(facts.answers ?? {}, {
    treatment,
    today: facts.dayOf(facts.now),
    audience: 'physician',
    gates: facts.protocol?.gates,
  });
  return { ok: true, readiness: found, restrictions };
}

function withoutGates(found: Readiness): Readiness {
  const steps = found.steps.map(({ gates: _gates, ...step }) => step);
  const next = steps.find(({ state }) => state !== 'done');
  return { ...found, steps, ...(next && { next }) };
}

const notAllowed: ScreeningRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
const noSuchPatient: ScreeningRefusal = {
  ok: false,
  reason: 'no-such-patient',
  message: 'There is no such patient.',
  field: 'patientId',
};
