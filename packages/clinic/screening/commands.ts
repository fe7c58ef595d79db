/*
 * Screening of one patient for one treatment. Every function asks what the actor's role allows and leaves an entry in
 * the audit chain.
 *
 *   readScreening(services, actor, patientId, treatment)   { ok: true, screening }: answers, findings, decisions, spots
 *   saveAnswers(services, actor, form)                     answers taken by staff
 *   decide(services, actor, form)                          the physician's signed decision over every gate raised
 *   reopenScreening(services, trx, …)                      door for intake, follow-up and record, in their transaction
 *
 * Spots are in spot-commands.ts, the checklist in gate.ts.
 */
import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { recordAudit } from '../audit/commands.ts';
import { canonicalJson } from '../audit/rules.ts';
import type { AuditActor } from '../audit/schema.ts';
import { type Finding, type Treatment, treatments } from '../candidacy/rules.ts';
import { type Answers, answersSchema } from '../candidacy/schema.ts';
import type { Trx } from '../platform/database.ts';
import { badForm } from '../platform/refusals.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { getPatient } from '../record/commands.ts';
import { personOf } from '../record/same-person.ts';
import { by, can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { withRecordedAge } from './age.ts';
import { type DecisionDocument, dayReader, decisionFactsOf, documentOf } from './course.ts';
import { answersOf, decisionOf } from './person.ts';
import { protocolNow, signedProtocol } from './protocol.ts';
import type { ScreeningProtocol } from './protocol-rules.ts';
import { findingsOf } from './readiness.ts';
import { decisionFault, needsDecision, uncovered } from './rules.ts';
import {
  type AnswersForm,
  answersForm,
  type DecisionForm,
  decisionForm,
  type ScreeningRefusal,
} from './schema.ts';
import {
  type AnswerSource,
  type Course,
  insertAnswers,
  insertDecision,
  insertReopening,
  type ReopeningCause,
  type StoredAnswers,
  type StoredSpot,
  selectDecisions,
  selectSpots,
  selectTreatments,
} from './store.ts';

type ScreeningServices = Pick<Services, 'db' | 'clock'>;

export interface DecisionView extends DecisionDocument {
  readonly id: string;
  readonly sha256: string;
  readonly reopening: { readonly because: ReopeningCause; readonly at: Date } | undefined;
}

export interface Screening {
  readonly treatment: Treatment;
  /** What the clinic screens by today. */
  readonly protocol: ScreeningProtocol;
  /** Today in the clinic's zone. */
  readonly today: string;
  readonly answers: StoredAnswers | undefined;
  /** What the gates say about the latest answers, for a physician's eyes. */
  readonly findings: readonly Finding[];
  /** Gates among them that no decision in force has let pass. */
  readonly undecided: readonly string[];
  /** Newest first. */
  readonly decisions: readonly DecisionView[];
  readonly spots: readonly StoredSpot[];
}

export async function readScreening(
  services: ScreeningServices,
  actor: Actor,
  patientId: string,
  treatment: Treatment,
): Promise<{ ok: true; screening: Screening } | ScreeningRefusal> {
  if (!can(actor.role, 'screening.read')) return notAllowed;
  if (!isUuid(patientId)) return noSuchPatient;
  return services.db.transaction().execute(async (trx) => {
    const course = { tenantId: actor.tenantId, patientId, treatment };
    const dayOf = await dayReader(trx, actor.tenantId);
    const now = services.clock.now();
    const answers = await answersOf(trx, course, dayOf(now));
    const decisions = await selectDecisions(trx, course);
    const aged = await withRecordedAge(services, trx, actor.tenantId, patientId, answers?.answers);
    const protocol = await protocolNow(trx, actor.tenantId);
    const findings = findingsOf({ answers: aged, treatment, now, dayOf, protocol });
    const facts = decisionFactsOf(await decisionOf(trx, course));
    const inForce = facts === undefined || facts.isReopened ? [] : facts.covered;
    const spots = await selectSpots(trx, actor.tenantId, patientId, treatment);
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'screening.read',
      subject: { kind: 'patient', id: patientId },
      change: { after: { treatment } },
    });
    return {
      ok: true as const,
      screening: {
        treatment,
        protocol,
        today: dayOf(now),
        answers,
        findings,
        undecided: uncovered(findings, inForce).map(({ gate }) => gate),
        decisions: decisions.map((decision) => ({
          ...documentOf(decision),
          id: decision.id,
          sha256: decision.sha256,
          reopening: decision.reopening,
        })),
        spots,
      },
    };
  });
}

/** Answers taken by staff, who see the physician's gates too. What is left out stays as it was. */
export async function saveAnswers(
  services: ScreeningServices,
  actor: Actor,
  form: AnswersForm,
): Promise<{ ok: true; version: number; reopened: boolean } | ScreeningRefusal> {
  if (!can(actor.role, 'screening.write')) return notAllowed;
  const parsed = answersForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { patientId, treatment, answers } = parsed.data;
  const patient = await getPatient(services, actor, patientId);
  if (!patient.ok) return noSuchPatient;
  return services.db.transaction().execute(async (trx) => {
    const result = await takeAnswers(
      services,
      trx,
      { tenantId: actor.tenantId, patientId, treatment },
      { answers, source: 'staff', sourceId: null, by: { kind: 'staff', id: actor.staffId } },
    );
    return { ok: true as const, ...result };
  });
}

/** The physician's decision over every gate raised, and over the whole; signed with name, instant and hash. */
export async function decide(
  services: ScreeningServices,
  actor: Actor,
  form: DecisionForm,
): Promise<{ ok: true; decisionId: string; sha256: string } | ScreeningRefusal> {
  if (!can(actor.role, 'screening.decide')) return notAllowed;
  const parsed = decisionForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { patientId, treatment, answersVersion, overall, untilDate, reason, gates } = parsed.data;
  return services.db.transaction().execute(async (trx) => {
    const course = await lockCourse(trx, { tenantId: actor.tenantId, patientId, treatment });
    const now = services.clock.now();
    const dayOf = await dayReader(trx, actor.tenantId);
    const answers = await answersOf(trx, course, dayOf(now));
    if (answers === undefined) {
      return refusal('answers-missing', 'Nothing has been answered yet; go through the gates first.');
    }
    if (answers.version !== answersVersion) {
      return refusal(
        'answers-changed',
        'The answers have changed meanwhile; look at them again and decide then.',
      );
    }
    const aged = await withRecordedAge(services, trx, actor.tenantId, patientId, answers.answers);
    const { protocol, ...kept } = await signedProtocol(services, trx, actor.tenantId);
    const findings = findingsOf({ answers: aged, treatment, now, dayOf, protocol });
    const draft = { overall, reason, gates, ...(untilDate !== undefined && { untilDate }) };
    const fault = decisionFault(draft, findings, treatment, dayOf(now));
    if (fault) return { ok: false as const, ...fault };
    const id = randomUUID();
    const until = overall === 'wait' ? (untilDate ?? null) : null;
    const document: DecisionDocument = {
      v: 1,
      patientId: course.patientId,
      treatment,
      answersVersion,
      overall,
      untilDate: until,
      reason,
      findings: findings.map((finding) => {
        const decided = gates.find(({ gate }) => gate === finding.gate);
        // What only informs is let pass by the signature itself.
        return {
          ...finding,
          word: needsDecision(finding) ? (decided?.word ?? 'no') : 'go',
          reason: decided?.reason ?? '',
        };
      }),
      protocol: { version: kept.version, sha256: kept.sha256 },
      signedBy: { id: actor.staffId, name: actor.name, role: actor.role },
      signedAt: now.toISOString(),
    };
    const text = canonicalJson(document);
    const sha256 = createHash('sha256').update(text).digest();
    await insertDecision(trx, {
      tenant_id: actor.tenantId,
      id,
      patient_id: course.patientId,
      treatment,
      answers_version: answersVersion,
      overall,
      until_date: until,
      document: text,
      sha256,
      signed_at: now,
      signed_by: actor.staffId,
    });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'screening.decided',
      subject: { kind: 'patient', id: patientId },
      change: {
        after: {
          decisionId: id,
          treatment,
          answersVersion,
          overall,
          untilDate: until,
          gates: Object.fromEntries(document.findings.map(({ gate, word }) => [gate, word])),
          sha256: sha256.toString('hex'),
        },
      },
    });
    return { ok: true as const, decisionId: id, sha256: sha256.toString('hex') };
  });
}

export interface Reopening {
  readonly tenantId: string;
  readonly by: AuditActor;
  readonly patientId: string;
  /** Left out: every treatment this patient was screened for. */
  readonly treatment?: Treatment;
  readonly because: ReopeningCause;
  /** The intake, the adverse event. */
  readonly sourceId?: string;
  /**
   * New answers by gate; what is left out stays as it was. With them, a decision is opened again only if they raise
   * something it has not let pass; without them, always.
   */
  readonly answers?: Answers;
  /** Where the answers come from. Default `intake`. */
  readonly source?: AnswerSource;
}

/**
 * Takes answers from intake, or opens the decisions of a patient again, in the transaction of the subject that asks.
 * The caller has checked who may do so. A refusal once decided stays until a physician decides anew.
 * @returns the treatments whose decision was opened again.
 */
export async function reopenScreening(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  reopening: Reopening,
): Promise<{ reopened: readonly Treatment[] }> {
  const { tenantId, patientId, treatment, by: actor, sourceId, because } = reopening;
  const reopened: Treatment[] = [];
  if (reopening.answers !== undefined) {
    const answers = answersSchema.parse(reopening.answers);
    for (const one of treatment === undefined ? treatments : [treatment]) {
      const result = await takeAnswers(
        services,
        trx,
        { tenantId, patientId, treatment: one },
        { answers, source: reopening.source ?? 'intake', sourceId: sourceId ?? null, by: actor },
      );
      if (result.reopened) reopened.push(one);
    }
    return { reopened };
  }
  const concerned = treatment === undefined ? await selectTreatments(trx, tenantId, patientId) : [treatment];
  for (const one of concerned) {
    const course = await lockCourse(trx, { tenantId, patientId, treatment: one });
    if (await reopen(services, trx, course, because, sourceId ?? null, actor)) reopened.push(one);
  }
  return { reopened };
}

interface Given {
  readonly answers: Answers;
  readonly source: AnswerSource;
  readonly sourceId: string | null;
  readonly by: AuditActor;
}

async function takeAnswers(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  asked: Course,
  given: Given,
): Promise<{ version: number; reopened: boolean }> {
  const course = await lockCourse(trx, asked);
  const now = services.clock.now();
  const dayOf = await dayReader(trx, course.tenantId);
  const before = await answersOf(trx, course, dayOf(now));
  const answers = { ...before?.answers, ...given.answers };
  if (before !== undefined && canonicalJson(plain(before.answers)) === canonicalJson(plain(answers))) {
    return { version: before.version, reopened: false };
  }
  const version = (before?.version ?? 0) + 1;
  await insertAnswers(trx, course, {
    version,
    answers,
    source: given.source,
    source_id: given.sourceId,
    given_at: now,
    given_by_kind: given.by.kind,
    given_by: given.by.id,
  });
  const decision = decisionFactsOf(await decisionOf(trx, course));
  const aged = await withRecordedAge(services, trx, course.tenantId, course.patientId, answers);
  const protocol = await protocolNow(trx, course.tenantId);
  const findings = findingsOf({ answers: aged, treatment: course.treatment, now, dayOf, protocol });
  const raised = decision === undefined ? [] : uncovered(findings, decision.covered);
  const reopened =
    raised.length > 0 && (await reopen(services, trx, course, 'answers-changed', given.sourceId, given.by));
  await recordAudit(services, trx, {
    tenantId: course.tenantId,
    actor: given.by,
    action: 'screening.answered',
    subject: { kind: 'patient', id: course.patientId },
    change: {
      after: {
        treatment: course.treatment,
        version,
        source: given.source,
        gates: Object.keys(given.answers).toSorted(),
      },
    },
  });
  return { version, reopened };
}

async function reopen(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  course: Course,
  because: ReopeningCause,
  sourceId: string | null,
  actor: AuditActor,
): Promise<boolean> {
  const decision = await decisionOf(trx, course);
  if (decision === undefined || decision.reopening !== undefined || decision.overall !== 'go') return false;
  await insertReopening(trx, {
    tenant_id: course.tenantId,
    decision_id: decision.id,
    because,
    source_id: sourceId,
    reopened_at: services.clock.now(),
    reopened_by_kind: actor.kind,
    reopened_by: actor.id,
  });
  await recordAudit(services, trx, {
    tenantId: course.tenantId,
    actor,
    action: 'screening.reopened',
    subject: { kind: 'patient', id: course.patientId },
    change: { after: { decisionId: decision.id, treatment: course.treatment, because, sourceId } },
  });
  return true;
}

/** Answers and decisions of one screening follow one another. @returns the screening of the record that stands */
async function lockCourse(trx: Trx, { tenantId, patientId, treatment }: Course): Promise<Course> {
  const { id } = await personOf(trx, tenantId, patientId);
  const key = `screening ${tenantId} ${id} ${treatment}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
  return { tenantId, patientId: id, treatment };
}

/** Without fields that are undefined, which the database drops. */
function plain(answers: Answers): unknown {
  return JSON.parse(JSON.stringify(answers));
}

function refusal(reason: ScreeningRefusal['reason'], message: string): ScreeningRefusal {
  return { ok: false, reason, message };
}

const notAllowed = refusal('not-allowed', 'Your role does not allow this.');
const noSuchPatient: ScreeningRefusal = {
  ...refusal('no-such-patient', 'There is no such patient.'),
  field: 'patientId',
};
