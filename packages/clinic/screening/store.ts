import type { Treatment } from '../candidacy/rules.ts';
import type { Answers } from '../candidacy/schema.ts';
import type { Db, Trx } from '../platform/database.ts';
import { ofPerson } from '../record/same-person.ts';
import type { GateWord } from './rules.ts';
import type { ReadingId, ReadingOutcome, SpotKind, SpotSign } from './spots.ts';

declare module '../platform/database.ts' {
  interface Tables {
    screening_answers: AnswersTable;
    screening_decisions: DecisionsTable;
    screening_reopenings: ReopeningsTable;
    screening_spots: SpotsTable;
    spot_readings: ReadingsTable;
  }
}

interface AnswersTable {
  tenant_id: string;
  patient_id: string;
  treatment: Treatment;
  version: number;
  answers: unknown;
  source: AnswerSource;
  source_id: string | null;
  given_at: Date;
  given_by_kind: string;
  given_by: string | null;
}

interface DecisionsTable {
  tenant_id: string;
  id: string;
  readonly seq: number;
  patient_id: string;
  treatment: Treatment;
  answers_version: number;
  overall: GateWord;
  until_date: string | null;
  document: string;
  sha256: Buffer;
  signed_at: Date;
  signed_by: string;
}

interface ReopeningsTable {
  tenant_id: string;
  decision_id: string;
  because: ReopeningCause;
  source_id: string | null;
  reopened_at: Date;
  reopened_by_kind: string;
  reopened_by: string | null;
}

interface SpotsTable {
  tenant_id: string;
  id: string;
  patient_id: string;
  treatment: Treatment;
  kind: SpotKind;
  place: string;
  what: string;
  lot_ids: string[];
  placed_at: Date | null;
  recorded_at: Date;
  recorded_by: string;
  set_aside_at: Date | null;
  set_aside_by: string | null;
  set_aside_reason: string | null;
}

interface ReadingsTable {
  tenant_id: string;
  spot_id: string;
  seq: number;
  reading: ReadingId;
  outcome: ReadingOutcome;
  signs: unknown;
  lab: number[] | null;
  surround_lab: number[] | null;
  note: string;
  read_at: Date;
  read_by: string;
}

export type AnswerSource = 'intake' | 'staff' | 'self-check';
export type ReopeningCause = 'answers-changed' | 'adverse-event' | 'record-changed' | 'physician';

/** Whose screening: one patient, one treatment. */
export interface Course {
  readonly tenantId: string;
  readonly patientId: string;
  readonly treatment: Treatment;
}

export interface StoredAnswers {
  readonly version: number;
  readonly answers: Answers;
  readonly source: AnswerSource;
  readonly givenAt: Date;
  readonly givenBy: string | undefined;
}

export interface StoredDecision {
  readonly id: string;
  readonly answersVersion: number;
  readonly overall: GateWord;
  readonly untilDate: string | undefined;
  readonly document: string;
  readonly sha256: string;
  readonly signedAt: Date;
  readonly signedBy: string;
  readonly reopening: { readonly because: ReopeningCause; readonly at: Date } | undefined;
}

export interface StoredReading {
  readonly seq: number;
  readonly reading: ReadingId;
  readonly outcome: ReadingOutcome;
  readonly signs: Partial<Record<SpotSign, ReadingOutcome>>;
  readonly lab: readonly number[] | undefined;
  readonly surroundLab: readonly number[] | undefined;
  readonly note: string;
  readonly readAt: Date;
  readonly readBy: string;
}

export interface StoredSpot extends Course {
  readonly id: string;
  readonly kind: SpotKind;
  readonly place: string;
  readonly what: string;
  readonly lotIds: readonly string[];
  /** Undefined: a written decision to go without. */
  readonly placedAt: Date | undefined;
  readonly setAside: { readonly at: Date; readonly by: string; readonly reason: string } | undefined;
  readonly readings: readonly StoredReading[];
}

/** Something of one record of a person. */
export type OfRecord<T> = T & { readonly patientId: string };

/** The latest answers of each record of the person, the newest first. */
export async function selectLatestAnswers(
  db: Db,
  course: Course,
): Promise<readonly OfRecord<StoredAnswers>[]> {
  const rows = await db
    .selectFrom('screening_answers')
    .selectAll()
    .distinctOn('patient_id')
    .where('tenant_id', '=', course.tenantId)
    .where(ofPerson('patient_id', course.tenantId, course.patientId))
    .where('treatment', '=', course.treatment)
    .orderBy('patient_id')
    .orderBy('version', 'desc')
    .execute();
  return rows
    .map((row) => ({
      patientId: row.patient_id,
      version: row.version,
      answers: row.answers as Answers,
      source: row.source,
      givenAt: row.given_at,
      givenBy: row.given_by ?? undefined,
    }))
    .toSorted((a, b) => b.givenAt.getTime() - a.givenAt.getTime() || b.version - a.version);
}

/** Treatments this patient has answers for. */
export async function selectTreatments(db: Db, tenantId: string, patientId: string): Promise<Treatment[]> {
  const rows = await db
    .selectFrom('screening_answers')
    .select('treatment')
    .distinct()
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId))
    .execute();
  return rows.map(({ treatment }) => treatment);
}

export async function insertAnswers(
  trx: Trx,
  course: Course,
  row: Omit<AnswersTable, 'tenant_id' | 'patient_id' | 'treatment' | 'answers'> & {
    readonly answers: Answers;
  },
): Promise<void> {
  await trx
    .insertInto('screening_answers')
    .values({ ...row, ...keysOf(course), answers: JSON.stringify(row.answers) })
    .execute();
}

/** Of every record of the person, newest first. */
export async function selectDecisions(
  db: Db,
  course: Course,
  limit = 20,
): Promise<readonly OfRecord<StoredDecision>[]> {
  const rows = await db
    .selectFrom('screening_decisions as d')
    .leftJoin('screening_reopenings as r', (join) =>
      join.onRef('r.tenant_id', '=', 'd.tenant_id').onRef('r.decision_id', '=', 'd.id'),
    )
    .selectAll('d')
    .select(['r.because', 'r.reopened_at'])
    .where('d.tenant_id', '=', course.tenantId)
    .where(ofPerson('d.patient_id', course.tenantId, course.patientId))
    .where('d.treatment', '=', course.treatment)
    .orderBy('d.seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    patientId: row.patient_id,
    id: row.id,
    answersVersion: row.answers_version,
    overall: row.overall,
    untilDate: row.until_date ?? undefined,
    document: row.document,
    sha256: row.sha256.toString('hex'),
    signedAt: row.signed_at,
    signedBy: row.signed_by,
    reopening:
      row.because !== null && row.reopened_at !== null
        ? { because: row.because, at: row.reopened_at }
        : undefined,
  }));
}

export async function insertDecision(trx: Trx, row: Omit<DecisionsTable, 'seq'>): Promise<void> {
  await trx
    .insertInto('screening_decisions')
    .values(row as DecisionsTable)
    .execute();
}

export async function insertReopening(trx: Trx, row: ReopeningsTable): Promise<void> {
  await trx
    .insertInto('screening_reopenings')
    .values(row)
    .onConflict((c) => c.columns(['tenant_id', 'decision_id']).doNothing())
    .execute();
}

export async function insertSpot(trx: Trx, row: SpotsTable): Promise<void> {
  await trx.insertInto('screening_spots').values(row).execute();
}

export async function updateSpotSetAside(
  trx: Trx,
  tenantId: string,
  spotId: string,
  setAside: { at: Date; by: string; reason: string },
): Promise<void> {
  await trx
    .updateTable('screening_spots')
    .set({ set_aside_at: setAside.at, set_aside_by: setAside.by, set_aside_reason: setAside.reason })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', spotId)
    .execute();
}

export async function insertReading(trx: Trx, row: ReadingsTable): Promise<void> {
  await trx
    .insertInto('spot_readings')
    .values({ ...row, signs: JSON.stringify(row.signs) })
    .execute();
}

/** Locks the spot against other readings. */
export async function lockSpot(trx: Trx, tenantId: string, spotId: string): Promise<StoredSpot | undefined> {
  const row = await trx
    .selectFrom('screening_spots')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', spotId)
    .forUpdate()
    .executeTakeFirst();
  return row && (await withReadings(trx, tenantId, [row]))[0];
}

/** The spots of one patient, of every treatment or of one, oldest first. */
export async function selectSpots(
  db: Db,
  tenantId: string,
  patientId: string,
  treatment?: Treatment,
): Promise<readonly StoredSpot[]> {
  let query = db
    .selectFrom('screening_spots')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId));
  if (treatment !== undefined) query = query.where('treatment', '=', treatment);
  return withReadings(db, tenantId, await query.orderBy('recorded_at').orderBy('id').execute());
}

/** Spots that count and were placed since then, over all patients: those that may have readings due. */
export async function selectSpotsPlacedSince(
  db: Db,
  tenantId: string,
  since: Date,
): Promise<readonly StoredSpot[]> {
  const rows = await db
    .selectFrom('screening_spots')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('placed_at', '>=', since)
    .where('set_aside_at', 'is', null)
    .orderBy('placed_at')
    .execute();
  return withReadings(db, tenantId, rows);
}

async function withReadings(
  db: Db,
  tenantId: string,
  spots: readonly SpotsTable[],
): Promise<readonly StoredSpot[]> {
  if (spots.length === 0) return [];
  const readings = await db
    .selectFrom('spot_readings')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(
      'spot_id',
      'in',
      spots.map(({ id }) => id),
    )
    .orderBy('seq')
    .execute();
  return spots.map((spot) => ({
    tenantId,
    patientId: spot.patient_id,
    treatment: spot.treatment,
    id: spot.id,
    kind: spot.kind,
    place: spot.place,
    what: spot.what,
    lotIds: spot.lot_ids,
    placedAt: spot.placed_at ?? undefined,
    setAside:
      spot.set_aside_at !== null && spot.set_aside_by !== null && spot.set_aside_reason !== null
        ? { at: spot.set_aside_at, by: spot.set_aside_by, reason: spot.set_aside_reason }
        : undefined,
    readings: readings
      .filter((reading) => reading.spot_id === spot.id)
      .map((reading) => ({
        seq: reading.seq,
        reading: reading.reading,
        outcome: reading.outcome,
        signs: reading.signs as StoredReading['signs'],
        lab: reading.lab ?? undefined,
        surroundLab: reading.surround_lab ?? undefined,
        note: reading.note,
        readAt: reading.read_at,
        readBy: reading.read_by,
      })),
  }));
}

function keysOf({ tenantId, patientId, treatment }: Course) {
  return { tenant_id: tenantId, patient_id: patientId, treatment };
}
