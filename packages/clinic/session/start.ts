import { recordAudit } from '../audit/commands.ts';
import type { Treatment } from '../candidacy/rules.ts';
import { planFacts, readPlan } from '../planning/commands.ts';
import type { Db } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { openRecord } from '../record/commands.ts';
import type { PatientRecord } from '../record/schema.ts';
import { readScreening } from '../screening/commands.ts';
import { requireReady } from '../screening/gate.ts';
import { membersToTell } from '../staff/commands.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { readShelf } from '../stock/commands.ts';
import { listBranches, listTenants } from '../tenant/commands.ts';
import { dayIn } from '../tenant/schema.ts';
import { earlierNumbing } from './elsewhere.ts';
import { recordOf } from './journal.ts';
import { type ProposalSources, proposeFrom } from './propose.ts';
import { badForm, by, noSuchPatient, notAllowed } from './refusals.ts';
import { ruledOutBy } from './ruled-out.ts';
import {
  type NumbingProduct,
  type Opening,
  type SessionRefusal,
  type StartForm,
  startForm,
  type UsableLot,
} from './schema.ts';
import { insertSession, type Session, selectJournal, selectSession, selectSessionsOf } from './store.ts';

type StartServices = Pick<Services, 'db' | 'clock'>;

/**
 * Begins a session, if the checklist of screening, spots, plan and consent allows it. Everything the tablet needs without
 * a line is gathered here once: lots, people, what the numbing ledger must know, what is proposed from plan and last time.
 */
export async function startSession(
  services: StartServices,
  actor: Actor,
  form: StartForm,
): Promise<{ ok: true; sessionId: string; isNew: boolean } | SessionRefusal> {
  if (!can(actor.role, 'session.write')) return notAllowed;
  const parsed = startForm.safeParse(form);
  if (!parsed.success) return badForm(parsed.error);
  const { patientId, treatment, sessionId, ageYears } = parsed.data;
  const { tenantId } = actor;
  const begun = await selectSession(services.db, tenantId, sessionId);
  if (begun !== undefined) {
    const isSame = begun.patientId === patientId && begun.treatment === treatment;
    return isSame ? { ok: true, sessionId, isNew: false } : idTaken;
  }
  const opened = await openRecord(services, actor, patientId);
  if (!opened.ok) return opened.reason === 'not-allowed' ? notAllowed : noSuchPatient;
  const { patient } = opened.record;
  if (patient.mergedInto !== null) return merged;
  const people = await sessionPeople(services, actor);
  const operatorId = parsed.data.operatorId ?? actor.staffId;
  const physicianId = parsed.data.physicianId;
  if (!people.some(({ id }) => id === operatorId)) return noSuchPerson('operatorId');
  if (!people.some(({ id, isPhysician }) => id === physicianId && isPhysician))
    return noSuchPerson('physicianId');
  const branches = await listBranches(services, tenantId);
  const branchId = parsed.data.branchId ?? (branches.length === 1 ? (branches[0]?.id ?? null) : null);
  if (parsed.data.branchId !== undefined && !branches.some(({ id }) => id === branchId)) return noSuchBranch;

  const plan = await planOf(services, actor, patientId, treatment, parsed.data.planId);
  if (plan !== undefined && 'ok' in plan) return plan;
  const lots = await usableLots(services, actor, branchId);
  const screening = await readScreening(services, actor, patientId, treatment);
  const hasAmideFinding = screening.ok && screening.screening.findings.some(({ gate }) => gate === 'G10');
  const startedAt = services.clock.now();
  const zone = (await listTenants(services)).find(({ id }) => id === tenantId)?.zone ?? 'UTC';

  return services.db.transaction().execute(async (trx) => {
    const ready = await requireReady(services, trx, tenantId, patientId, treatment);
    if (!ready.ok)
      return {
        ok: false,
        reason: ready.reason,
        message: ready.message,
        ...(ready.field && { field: ready.field }),
      };
    const before = await selectSessionsOf(trx, tenantId, patientId);
    const open = before.find((one) => one.state === 'open' && one.treatment === treatment);
    if (open !== undefined) return { ok: true, sessionId: open.id, isNew: false };
    const ageMonths =
      ageInMonths(patient.birthDate, dayIn(zone, startedAt)) ??
      (ageYears === undefined ? undefined : ageYears * 12);
    const ruledOut = ruledOutBy(opened.record.health);
    const opening: Opening = {
      ...(ageMonths !== undefined && { ageMonths }),
      mayHavePrilocaine: !ready.restrictions.includes('no-prilocaine') && !ruledOut.has('prilocaine'),
      mayHaveAmides: !hasAmideFinding && !ruledOut.has('amides'),
      earlier: await earlierNumbing(trx, tenantId, patientId, startedAt),
      proposal: proposeFrom({
        ...(plan && { plan }),
        ...(await lastOf(trx, tenantId, before, treatment)),
        lots,
      }),
      lots,
      people,
    };
    await insertSession(trx, {
      tenantId,
      id: sessionId,
      patientId,
      treatment,
      branchId,
      planId: plan?.planId ?? null,
      planVersion: plan?.version ?? null,
      operatorId,
      physicianId,
      opening: withRecordFacts(opening, opened.record),
      startedAt,
      startedBy: actor.staffId,
    });
    await recordAudit(services, trx, {
      ...by(actor),
      action: 'session.started',
      subject: { kind: 'session', id: sessionId },
      change: {
        after: {
          patientId,
          treatment,
          planId: plan?.planId ?? null,
          planVersion: plan?.version ?? null,
          operatorId,
          physicianId,
          mayHavePrilocaine: opening.mayHavePrilocaine,
          mayHaveAmides: opening.mayHaveAmides,
        },
      },
    });
    return { ok: true, sessionId, isNew: true };
  });
}

/** Who may work in a session, and who of them countersigns. */
export async function sessionPeople(
  services: Pick<Services, 'db'>,
  actor: Actor,
): Promise<Opening['people']> {
  if (!can(actor.role, 'session.read')) return [];
  return (await membersToTell(services, actor.tenantId))
    .filter(({ role }) => can(role, 'session.write'))
    .map(({ id, name, role }) => ({ id, name, isPhysician: can(role, 'session.sign') }));
}

/** What the record knows stands in for what nobody entered last time. */
function withRecordFacts(opening: Opening, { patient }: PatientRecord): Opening {
  const { weightKg, sex } = patient;
  return {
    ...opening,
    proposal: {
      ...opening.proposal,
      fields: {
        ...(weightKg !== null && { weightKg }),
        ...(sex !== null && { sex: sex === 'other' ? ('unknown' as const) : sex }),
        ...opening.proposal.fields,
      },
    },
  };
}

/**
 * Whole months; where only an age was told, the least that fits.
 * @param today day of the clinic's calendar, as the birth date is
 */
export function ageInMonths(birthDate: string | null, today: string): number | undefined {
  if (birthDate === null) return undefined;
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number);
  const [yearNow = 0, monthNow = 1, dayNow = 1] = today.split('-').map(Number);
  return Math.max(0, (yearNow - year) * 12 + monthNow - month - (dayNow < day ? 1 : 0));
}

/** The plan that counts: the signed one of the treatment, or the one asked for. */
async function planOf(
  services: StartServices,
  actor: Actor,
  patientId: string,
  treatment: Treatment,
  planId: string | undefined,
): Promise<ProposalSources['plan'] | SessionRefusal> {
  const facts = await services.db
    .transaction()
    .execute((trx) => planFacts(trx, actor.tenantId, patientId, treatment));
  const counts = facts.planId !== undefined && facts.version !== undefined ? facts : undefined;
  if (planId !== undefined && counts?.planId !== planId) return noSuchPlan;
  if (counts?.planId === undefined) return undefined;
  const read = await readPlan(services, actor, counts.planId, counts.version);
  return read.ok ? { planId: counts.planId, version: read.plan.version, document: read.document } : read;
}

async function lastOf(
  db: Db,
  tenantId: string,
  before: readonly Session[],
  treatment: Treatment,
): Promise<Pick<ProposalSources, 'last'>> {
  const last = before.find((one) => one.treatment === treatment && one.performedAt !== null);
  if (last === undefined) return {};
  return { last: { sessionId: last.id, record: recordOf(await selectJournal(db, tenantId, last.id)) } };
}

/** Lots that may be used today, of everything a session takes. */
async function usableLots(
  services: StartServices,
  actor: Actor,
  branchId: string | null,
): Promise<readonly UsableLot[]> {
  const stock = await readShelf(services, actor, branchId);
  if (!stock.ok) return [];
  return stock.items
    .filter(({ item }) => item.retiredAt === null)
    .flatMap(({ item, lots }) => {
      const numbing = item.kind === 'drug' ? numbingOf(item) : undefined;
      return lots
        .filter(({ fault, balance }) => fault === undefined && balance > 0)
        .map((lot) => ({
          id: lot.id,
          kind: item.kind,
          name: item.name,
          lotNumber: lot.lotNumber,
          expiresOn: lot.expiresOn,
          unit: item.unit,
          isOpen: lot.openedAt !== null,
          ...(numbing && { numbing }),
        }));
    });
}

/** A drug of the stock as a product of the ledger; undefined when it holds nothing that numbs, or is counted in pieces. */
export function numbingOf(item: {
  readonly id: string;
  readonly name: string;
  readonly actives: readonly { readonly substance: string; readonly mgPer: number; readonly per: string }[];
}): NumbingProduct | undefined {
  const per = item.actives[0]?.per;
  if ((per !== 'ml' && per !== 'g') || item.actives.some((one) => one.per !== per)) return undefined;
  const actives = item.actives.flatMap(({ substance, mgPer }) => {
    const named = substances[substance.trim().toLowerCase()];
    return named === undefined ? [] : [{ substance: named, mgPer }];
  });
  if (!actives.some(({ substance }) => substance !== 'epinephrine')) return undefined;
  return { id: item.id, name: item.name, route: per === 'ml' ? 'injected' : 'topical', actives };
}

const substances: Readonly<Record<string, NumbingProduct['actives'][number]['substance'] | undefined>> = {
  lidocaine: 'lidocaine',
  lignocaine: 'lidocaine',
  xylocaine: 'lidocaine',
  prilocaine: 'prilocaine',
  epinephrine: 'epinephrine',
  adrenaline: 'epinephrine',
};

const refusal = (reason: string, message: string, field: string): SessionRefusal => ({
  ok: false,
  reason,
  message,
  field,
});
const idTaken = refusal('id-taken', 'Another session has this id; open the page again.', 'sessionId');
const merged = refusal('merged-patient', 'This record was merged into another; open that one.', 'patientId');
const noSuchBranch = refusal('no-such-branch', 'There is no such branch.', 'branchId');
const noSuchPlan = refusal('no-such-plan', 'This is not the signed plan of this treatment.', 'planId');
const noSuchPerson = (field: string) =>
  refusal('no-such-person', 'Choose somebody of this clinic who may do this.', field);
