/*
 * A clinic full of invented people, for tests, the demonstration and benchmarks.
 *
 *   seedSimulated(services, { tenantId, patients: 200_000, seed: 1 })   { patients, sessions, checkIns, … }
 *
 * Everyone is marked `synthetic`. The same seed and clock write the same rows; rows that are there already stay as they
 * are. Half as many sessions as patients and five check-ins a patient come on average; what is true of them
 * is `simulatedTruth`.
 */
import { sql } from 'kysely';
import { recordAudit } from '../audit/commands.ts';
import { redFlagVersion } from '../followup/red-flags.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { refreshFollowed } from '../surveillance/commands.ts';
import { type SimulatedSession, simulatedSessions, simulatedTruth } from './simulated-lives.ts';
import { idKind, type SimulatedPatient, simulatedId, simulatedPatient } from './simulated-people.ts';
import { simulatedHealing } from './simulated-results.ts';

export interface SimulatedClinic {
  readonly tenantId: string;
  readonly patients: number;
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
}

export interface SimulatedCounts {
  readonly patients: number;
  readonly sessions: number;
  readonly checkIns: number;
  readonly cases: number;
  readonly events: number;
  readonly outcomes: number;
}

/** People written in one transaction. */
const batch = 4000;

/** Writes the people in batches, each its own transaction, and one entry in the audit chain at the end. */
export async function seedSimulated(
  services: Pick<Services, 'db' | 'clock'>,
  { tenantId, patients, seed, onProgress }: SimulatedClinic,
): Promise<SimulatedCounts> {
  const now = services.clock.now();
  const written = { patients: 0, sessions: 0, checkIns: 0, cases: 0, events: 0, outcomes: 0 };
  const place = { tenantId, seed, now };
  if (patients > 0) await services.db.transaction().execute((trx) => writeStaffAndLots(trx, place));
  for (let from = 1; from <= patients; from += batch) {
    const people = Array.from({ length: Math.min(batch, patients - from + 1) }, (_, i) =>
      simulatedPatient(seed, from + i, now),
    );
    const sessions = people.flatMap((patient) => simulatedSessions(seed, patient, now));
    await services.db.transaction().execute(async (trx) => {
      written.patients += await writePatients(trx, place, people);
      written.sessions += await writeSessions(trx, place, sessions);
      written.checkIns += await writeCheckIns(trx, place, sessions);
      written.cases += await writeCases(trx, place, sessions);
      written.events += await writeEvents(trx, place, sessions);
      written.outcomes += await writeOutcomes(trx, place, sessions);
    });
    onProgress?.(from + people.length - 1);
  }
  await services.db.transaction().execute(async (trx) => {
    await refreshFollowed(trx, tenantId, 'all');
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'system', id: null },
      action: 'sample.simulated',
      subject: { kind: 'tenant', id: tenantId },
      change: { after: { seed, ...written } },
    });
  });
  // The planner must know that the tables have grown.
  for (const table of [
    'patients',
    'sessions',
    'session_lots',
    'check_ins',
    'check_in_answers',
    'follow_up_cases',
    'adverse_events',
    'outcomes',
    'outcome_ratings',
    'followed_sessions',
    'followed_lots',
  ])
    await sql`analyze ${sql.table(table)}`.execute(services.db);
  return written;
}

interface Place {
  readonly tenantId: string;
  readonly seed: number;
  readonly now: Date;
}

/** The operators nobody can sign in as, and the pigment lots they used. */
async function writeStaffAndLots(trx: Trx, { tenantId, seed, now }: Place): Promise<void> {
  const long = new Date(now.getTime() - 1200 * dayMs);
  const operators = simulatedTruth.operatorFactor.map((_, i) => i);
  await insertRows(trx, 'staff', {
    tenant_id: ['uuid', operators.map(() => tenantId)],
    id: ['uuid', operators.map((i) => operatorId(seed, i))],
    email: ['text', operators.map((i) => `sample-operator-${i + 1}-${seed}@example.invalid`)],
    name: ['text', operators.map((i) => `Sample operator ${i + 1}`)],
    role: ['text', operators.map(() => 'physician')],
    disabled_at: ['timestamptz', operators.map(() => long)],
    created_at: ['timestamptz', operators.map(() => long)],
  });
  const item = simulatedId(seed, idKind.lot, 0);
  await insertRows(trx, 'stock_items', {
    tenant_id: ['uuid', [tenantId]],
    id: ['uuid', [item]],
    version: ['integer', [1]],
    kind: ['text', ['pigment']],
    name: ['text', [`Sample pigment (simulated ${seed})`]],
    base_unit: ['text', ['ul']],
    unit: ['text', ['drop']],
    created_at: ['timestamptz', [long]],
    changed_at: ['timestamptz', [long]],
  });
  const lots = Array.from({ length: simulatedTruth.lots }, (_, i) => i);
  await insertRows(trx, 'stock_lots', {
    tenant_id: ['uuid', lots.map(() => tenantId)],
    id: ['uuid', lots.map((i) => lotId(seed, i))],
    item_id: ['uuid', lots.map(() => item)],
    lot_number: ['text', lots.map((i) => `SIM-${seed}-${String(i).padStart(3, '0')}`)],
    received_at: ['timestamptz', lots.map(() => long)],
  });
}

const dayMs = 86_400_000;
const operatorId = (seed: number, i: number) => simulatedId(seed, idKind.plan, i + 1);
/** Identifier of a simulated lot, counted from 0; `simulatedTruth.badLot` is one of them. */
export const lotId = (seed: number, i: number): string => simulatedId(seed, idKind.lot, i + 1);

function writePatients(trx: Trx, { tenantId }: Place, people: readonly SimulatedPatient[]): Promise<number> {
  return insertRows(trx, 'patients', {
    tenant_id: ['uuid', people.map(() => tenantId)],
    id: ['uuid', people.map(({ id }) => id)],
    name: ['text', people.map(({ name }) => name)],
    language: ['text', people.map(({ language }) => language)],
    birth_date: ['date', people.map(({ birthDate }) => birthDate)],
    sex: ['text', people.map(({ sex }) => sex)],
    synthetic: ['boolean', people.map(() => true)],
    created_at: ['timestamptz', people.map(({ createdAt }) => createdAt)],
  });
}

async function writeSessions(
  trx: Trx,
  { tenantId, seed }: Place,
  sessions: readonly SimulatedSession[],
): Promise<number> {
  const opening = JSON.stringify({
    mayHavePrilocaine: true,
    mayHaveAmides: true,
    earlier: [],
    proposal: { zones: [], fields: {}, pigments: [], needles: [] },
    lots: [],
    people: [],
  });
  const operator = ({ operator: i }: SimulatedSession) => operatorId(seed, i);
  const ended = ({ performedAt }: SimulatedSession) => new Date(performedAt.getTime() + 5_400_000);
  const count = await insertRows(trx, 'sessions', {
    tenant_id: ['uuid', sessions.map(() => tenantId)],
    id: ['uuid', sessions.map(({ id }) => id)],
    patient_id: ['uuid', sessions.map(({ patientId }) => patientId)],
    treatment: ['text', sessions.map(({ treatment }) => treatment)],
    operator_id: ['uuid', sessions.map(operator)],
    physician_id: ['uuid', sessions.map(operator)],
    state: ['text', sessions.map(() => 'kept')],
    opening: ['jsonb', sessions.map(() => opening)],
    started_at: ['timestamptz', sessions.map(({ performedAt }) => performedAt)],
    started_by: ['uuid', sessions.map(operator)],
    performed_at: ['timestamptz', sessions.map(({ performedAt }) => performedAt)],
    ended_at: ['timestamptz', sessions.map(ended)],
    kept_at: ['timestamptz', sessions.map(ended)],
    kept_by: ['uuid', sessions.map(operator)],
    kept_times: ['integer', sessions.map(() => 1)],
  });
  const used = sessions.flatMap((session) => session.lots.map((lot) => ({ session, lot })));
  await insertRows(trx, 'session_lots', {
    tenant_id: ['uuid', used.map(() => tenantId)],
    session_id: ['uuid', used.map(({ session }) => session.id)],
    lot_id: ['uuid', used.map(({ lot }) => lotId(seed, lot))],
    zone: ['text', used.map(({ session }) => session.zone)],
    kind: ['text', used.map(() => 'pigment')],
    drops: ['numeric', used.map(() => 6)],
    quantity: ['numeric', used.map(() => 6)],
    unit: ['text', used.map(() => 'drop')],
  });
  return count;
}

async function writeCheckIns(
  trx: Trx,
  { tenantId }: Place,
  sessions: readonly SimulatedSession[],
): Promise<number> {
  const rows = sessions.flatMap((session) => session.checkIns.map((one) => ({ session, one })));
  const count = await insertRows(trx, 'check_ins', {
    tenant_id: ['uuid', rows.map(() => tenantId)],
    id: ['uuid', rows.map(({ one }) => one.id)],
    patient_id: ['uuid', rows.map(({ session }) => session.patientId)],
    session_id: ['uuid', rows.map(({ session }) => session.id)],
    treatment: ['text', rows.map(({ session }) => session.treatment)],
    protocol_day: ['text', rows.map(({ one }) => one.day)],
    day_number: ['integer', rows.map(({ one }) => one.dayNumber)],
    performed_at: ['timestamptz', rows.map(({ session }) => session.performedAt)],
    due_at: ['timestamptz', rows.map(({ one }) => one.dueAt)],
    state: ['text', rows.map(({ one }) => one.state)],
    next_at: ['timestamptz', rows.map(({ one }) => (one.state === 'planned' ? one.dueAt : null))],
    sent_at: ['timestamptz', rows.map(({ one }) => (one.state === 'planned' ? null : one.dueAt))],
    to_call_at: [
      'timestamptz',
      rows.map(({ one }) => (one.state === 'to-call' ? new Date(one.dueAt.getTime() + 2 * dayMs) : null)),
    ],
    answered_at: ['timestamptz', rows.map(({ one }) => one.answeredAt)],
    answer_version: ['integer', rows.map(({ one }) => (one.answers ? 1 : 0))],
    urgency: ['text', rows.map(({ one }) => one.urgency)],
    created_at: ['timestamptz', rows.map(({ session }) => session.performedAt)],
  });
  const answered = rows.flatMap(({ one }) => (one.answers ? [one] : []));
  await insertRows(trx, 'check_in_answers', {
    tenant_id: ['uuid', answered.map(() => tenantId)],
    check_in_id: ['uuid', answered.map(({ id }) => id)],
    version: ['integer', answered.map(() => 1)],
    answers: ['jsonb', answered.map(({ answers }) => JSON.stringify(answers))],
    context: ['jsonb', answered.map(({ context }) => JSON.stringify(context))],
    urgency: ['text', answered.map(({ urgency }) => urgency)],
    matched: ['text[]', answered.map(({ matched }) => matched)],
    reasons: ['text[]', answered.map(({ reasons }) => reasons)],
    rules_version: ['text', answered.map(() => redFlagVersion)],
    said_by: ['text', answered.map(() => 'patient')],
    answered_at: ['timestamptz', answered.map(({ answeredAt }) => answeredAt)],
  });
  return count;
}

function writeCases(
  trx: Trx,
  { tenantId, seed }: Place,
  sessions: readonly SimulatedSession[],
): Promise<number> {
  const rows = sessions.flatMap((session) =>
    session.checkIns.flatMap((one) => (one.case ? [{ session, one, opened: one.case }] : [])),
  );
  return insertRows(trx, 'follow_up_cases', {
    tenant_id: ['uuid', rows.map(() => tenantId)],
    id: ['uuid', rows.map(({ opened }) => opened.id)],
    patient_id: ['uuid', rows.map(({ session }) => session.patientId)],
    session_id: ['uuid', rows.map(({ session }) => session.id)],
    check_in_id: ['uuid', rows.map(({ one }) => one.id)],
    source: ['text', rows.map(() => 'check-in')],
    urgency: ['text', rows.map(({ one }) => one.urgency)],
    state: ['text', rows.map(({ opened }) => (opened.answeredAt ? 'answered' : 'open'))],
    opened_at: ['timestamptz', rows.map(({ one }) => one.answeredAt)],
    timer_from: ['timestamptz', rows.map(({ one }) => one.answeredAt)],
    next_at: [
      'timestamptz',
      rows.map(({ opened, one }) =>
        opened.answeredAt || !one.answeredAt ? null : new Date(one.answeredAt.getTime() + dayMs),
      ),
    ],
    answered_at: ['timestamptz', rows.map(({ opened }) => opened.answeredAt)],
    answered_by: [
      'uuid',
      rows.map(({ opened, session }) => (opened.answeredAt ? operatorId(seed, session.operator) : null)),
    ],
    outcome: ['text', rows.map(({ opened }) => (opened.answeredAt ? 'advised' : null))],
  });
}

function writeEvents(
  trx: Trx,
  { tenantId, seed, now }: Place,
  sessions: readonly SimulatedSession[],
): Promise<number> {
  const rows = sessions.flatMap((session) => session.events.map((event) => ({ session, event })));
  const at = (day: string) => new Date(`${day}T06:00:00Z`);
  return insertRows(trx, 'adverse_events', {
    tenant_id: ['uuid', rows.map(() => tenantId)],
    id: ['uuid', rows.map(({ event }) => event.id)],
    version: ['integer', rows.map(() => 1)],
    patient_id: ['uuid', rows.map(({ session }) => session.patientId)],
    session_id: ['uuid', rows.map(({ session }) => session.id)],
    treatment: ['text', rows.map(({ session }) => session.treatment)],
    lot_id: ['uuid', rows.map(({ event }) => (event.lot === null ? null : lotId(seed, event.lot)))],
    kind: ['text', rows.map(({ event }) => event.kind)],
    grade: ['integer', rows.map(({ event }) => event.grade)],
    onset_on: ['date', rows.map(({ event }) => event.onsetOn)],
    found_by: ['text', rows.map(({ event }) => event.foundBy)],
    outcome: ['text', rows.map(({ event }) => (event.resolvedOn ? 'resolved' : 'ongoing'))],
    resolved_on: ['date', rows.map(({ event }) => event.resolvedOn)],
    recorded_at: [
      'timestamptz',
      rows.map(({ event }) => new Date(Math.min(at(event.onsetOn).getTime(), now.getTime()))),
    ],
    changed_at: [
      'timestamptz',
      rows.map(({ event }) => new Date(Math.min(at(event.onsetOn).getTime(), now.getTime()))),
    ],
  });
}

async function writeOutcomes(
  trx: Trx,
  { tenantId, seed }: Place,
  sessions: readonly SimulatedSession[],
): Promise<number> {
  const rows = sessions.flatMap((session) => (session.result ? [{ session, result: session.result }] : []));
  const at = (day: string) => new Date(`${day}T09:00:00Z`);
  const count = await insertRows(trx, 'outcomes', {
    tenant_id: ['uuid', rows.map(() => tenantId)],
    id: ['uuid', rows.map(({ result }) => result.id)],
    patient_id: ['uuid', rows.map(({ session }) => session.patientId)],
    session_id: ['uuid', rows.map(({ session }) => session.id)],
    treatment: ['text', rows.map(({ session }) => session.treatment)],
    time_point: ['text', rows.map(() => 'week6')],
    performed_on: ['date', rows.map(({ result }) => result.performedOn)],
    taken_on: ['date', rows.map(({ result }) => result.takenOn)],
    days_after: ['integer', rows.map(({ result }) => result.daysAfter)],
    patient_score: ['integer', rows.map(({ result }) => result.patientScore)],
    skin_group: ['text', rows.map(({ result }) => result.skinGroup)],
    state: ['text', rows.map(() => 'week6')],
    shares: ['jsonb', rows.map(({ result }) => JSON.stringify(result.shares))],
    ln_retention: ['double precision', rows.map(({ result }) => result.lnRetention)],
    ln_sd: ['double precision', rows.map(() => simulatedHealing.readingSd)],
    drift_a: ['double precision', rows.map(({ result }) => result.driftA)],
    drift_b: ['double precision', rows.map(({ result }) => result.driftB)],
    recorded_at: ['timestamptz', rows.map(({ result }) => at(result.takenOn))],
  });
  await insertRows(trx, 'outcome_ratings', {
    tenant_id: ['uuid', rows.map(() => tenantId)],
    id: ['uuid', rows.map(({ result }) => result.id)],
    outcome_id: ['uuid', rows.map(({ result }) => result.id)],
    kind: ['text', rows.map(() => 'physician')],
    rater_id: ['uuid', rows.map(({ session }) => operatorId(seed, session.operator))],
    rating: ['text', rows.map(({ result }) => result.rating)],
    rated_at: ['timestamptz', rows.map(({ result }) => at(result.takenOn))],
  });
  return count;
}

/** Columns by name, each with its SQL type and one value a row; a type ending in [] takes lists of plain words. */
export type Columns = Readonly<Record<string, readonly [type: string, values: readonly unknown[]]>>;

/**
 * Many rows by one statement with one array a column: about as quick as COPY, and it can leave alone what is there.
 * @returns how many rows were new
 */
export async function insertRows(trx: Trx, table: string, columns: Columns): Promise<number> {
  const names = Object.keys(columns);
  if (names.every((name) => columns[name][1].length === 0)) return 0;
  const lists = names.map((name) => {
    const [type, values] = columns[name];
    return type.endsWith('[]')
      ? sql`${values.map((list) => `{${(list as readonly string[]).join(',')}}`)}::text[]`
      : sql`${values}::${sql.raw(type)}[]`;
  });
  const picked = names.map((name) => sql`${sql.ref(name)}::${sql.raw(columns[name][0])}`);
  const { numAffectedRows } =
    await sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
      select ${sql.join(picked)} from unnest(${sql.join(lists)}) as given (${sql.join(names.map((name) => sql.ref(name)))})
      on conflict do nothing`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}
