import { sql, type Updateable } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import { type HealthFlag, healthFlagIds } from './flags.ts';
import { ofPerson } from './same-person.ts';
import type { ContactConsent, HealthEntry, Patient, PatientRecord } from './schema.ts';
import { indexNames } from './search-store.ts';
import {
  type ContactConsentsTable,
  type HealthEntriesTable,
  type PatientsTable,
  patientOf,
} from './tables.ts';

export type PatientDetails = Omit<
  Patient,
  'tenantId' | 'id' | 'synthetic' | 'createdAt' | 'mergedInto' | 'version'
>;

/** A patient as first written; details may be left out. */
export type NewPatient = Pick<Patient, 'tenantId' | 'id' | 'name' | 'language' | 'synthetic' | 'createdAt'> &
  Partial<PatientDetails>;

/** False when this id is there already. */
export async function insertPatient(
  trx: Trx,
  patient: NewPatient,
  createdBy: string | null,
): Promise<boolean> {
  const { tenantId, id, synthetic, createdAt, ...details } = patient;
  const written = await trx
    .insertInto('patients')
    .values({
      tenant_id: tenantId,
      id,
      synthetic,
      created_at: createdAt,
      created_by: createdBy,
      ...columnsOf(details),
    } as PatientsTable)
    .onConflict((c) => c.columns(['tenant_id', 'id']).doNothing())
    .executeTakeFirst();
  if ((written.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
  await indexNames(trx, tenantId, [{ id, name: patient.name }]);
  return true;
}

/** Writes what is given. @returns false when the version is no longer the one named */
export async function updatePatient(
  trx: Trx,
  tenantId: string,
  id: string,
  version: number,
  details: Partial<PatientDetails>,
  at: Date,
): Promise<boolean> {
  const written = await trx
    .updateTable('patients')
    .set({ ...columnsOf(details), version: version + 1, changed_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (written.numUpdatedRows === 0n) return false;
  if (details.name !== undefined) await indexNames(trx, tenantId, [{ id, name: details.name }]);
  return true;
}

function columnsOf(details: Partial<PatientDetails>): Updateable<PatientsTable> {
  const { birthDate, birthDateExact, phones, weightKg, weighedOn, guardian, ...same } = details;
  return {
    ...same,
    ...(birthDate !== undefined && { birth_date: birthDate }),
    ...(birthDateExact !== undefined && { birth_date_exact: birthDateExact }),
    ...(phones !== undefined && {
      phones: [...phones],
      phone_digits: phones.map((phone) => phone.replaceAll(/\D/g, '')).join(' '),
    }),
    ...(weightKg !== undefined && { weight_kg: weightKg }),
    ...(weighedOn !== undefined && { weighed_on: weighedOn }),
    ...(guardian !== undefined && { guardian: guardian && (JSON.stringify(guardian) as never) }),
  };
}

export async function selectPatient(db: Db, tenantId: string, id: string): Promise<Patient | undefined> {
  const row = await db
    .selectFrom('patients')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && patientOf(row);
}

/** The patient, held against other changes until the transaction ends. */
export async function lockPatient(trx: Trx, tenantId: string, id: string): Promise<Patient | undefined> {
  const row = await trx
    .selectFrom('patients')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && patientOf(row);
}

export async function insertHealthEntry(
  trx: Trx,
  entry: Omit<HealthEntriesTable, 'ended_at' | 'ended_by'>,
): Promise<void> {
  await trx
    .insertInto('health_entries')
    .values({ ...entry, ended_at: null, ended_by: null })
    .execute();
}

/** False when there is no such entry that still holds. */
export async function endHealthEntry(
  trx: Trx,
  tenantId: string,
  patientId: string,
  id: string,
  ended: { at: Date; by: string },
): Promise<boolean> {
  const written = await trx
    .updateTable('health_entries')
    .set({ ended_at: ended.at, ended_by: ended.by })
    .where('tenant_id', '=', tenantId)
    .where('patient_id', '=', patientId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return written.numUpdatedRows > 0n;
}

export async function selectHealth(
  db: Db,
  tenantId: string,
  patientId: string,
): Promise<readonly HealthEntry[]> {
  const rows = await db
    .selectFrom('health_entries')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId))
    .orderBy(sql`ended_at is not null`)
    .orderBy('noted_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    flag: healthFlagIds.includes(row.flag as HealthFlag) ? (row.flag as HealthFlag) : null,
    note: row.note,
    source: row.source,
    notedAt: row.noted_at,
    endedAt: row.ended_at,
  }));
}

/** Gives a consent; one that stands already stays as it was. @returns whether it is new */
export async function insertContactConsent(
  trx: Trx,
  consent: Omit<ContactConsentsTable, 'withdrawn_at'>,
): Promise<boolean> {
  const written = await trx
    .insertInto('contact_consents')
    .values({ ...consent, withdrawn_at: null })
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'patient_id', 'channel', 'purpose'])
        .where('withdrawn_at', 'is', null)
        .doNothing(),
    )
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** @returns whether one stood */
export async function withdrawContactConsent(
  trx: Trx,
  consent: Pick<ContactConsentsTable, 'tenant_id' | 'patient_id' | 'channel' | 'purpose'>,
  at: Date,
): Promise<boolean> {
  const written = await trx
    .updateTable('contact_consents')
    .set({ withdrawn_at: at })
    .where('tenant_id', '=', consent.tenant_id)
    .where(ofPerson('patient_id', consent.tenant_id, consent.patient_id))
    .where('channel', '=', consent.channel)
    .where('purpose', '=', consent.purpose)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return written.numUpdatedRows > 0n;
}

export async function selectContactConsents(
  db: Db,
  tenantId: string,
  patientId: string,
): Promise<readonly ContactConsent[]> {
  const rows = await db
    .selectFrom('contact_consents')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId))
    .orderBy('given_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    channel: row.channel,
    purpose: row.purpose,
    givenAt: row.given_at,
    givenVia: row.given_via,
    withdrawnAt: row.withdrawn_at,
  }));
}

/** Records that may be the same person: by telephone, e-mail, or a name that sounds alike. Compared further by `likeness`. */
export async function selectAlike(
  db: Db,
  tenantId: string,
  person: { readonly phones: readonly string[]; readonly email: string | null },
  ids: readonly string[],
  limit: number,
): Promise<readonly Patient[]> {
  const rows = await db
    .selectFrom('patients')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('merged_into', 'is', null)
    .where((eb) =>
      eb.or([
        ...person.phones.map((phone) => eb('phone_digits', 'like', `%${phone.slice(1)}%`)),
        ...(person.email === null ? [] : [eb(sql`lower(email)`, '=', person.email.toLowerCase())]),
        ...(ids.length === 0 ? [] : [eb('id', 'in', [...ids])]),
      ]),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(patientOf);
}

export async function selectMerged(
  db: Db,
  tenantId: string,
  patientId: string,
): Promise<PatientRecord['merged']> {
  const rows = await db
    .selectFrom('patient_merges')
    .select(['id', 'from_id', 'merged_at'])
    .where('tenant_id', '=', tenantId)
    .where('into_id', '=', patientId)
    .where('undone_at', 'is', null)
    .orderBy('merged_at', 'desc')
    .execute();
  return rows.map((row) => ({ id: row.from_id, mergeId: row.id, mergedAt: row.merged_at }));
}
