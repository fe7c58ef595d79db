/**
 * Many patients at once, for the import of tables, in its transaction: the caller has asked for the role and writes the
 * audit entry, as with intake-door.ts.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Trx } from '../platform/database.ts';
import { tablesOfPatients } from './merge-store.ts';
import type { Patient } from './schema.ts';
import { indexNames } from './search-store.ts';
import { patientOf } from './tables.ts';

/** A patient as a table tells of one. */
export interface TabledPatient {
  readonly id: string;
  readonly name: string;
  readonly language: Patient['language'];
  readonly birthDate: string | null;
  readonly birthDateExact: boolean;
  readonly sex: Patient['sex'];
  readonly phones: readonly string[];
  readonly email: string | null;
  readonly weightKg: number | null;
  /** Becomes an entry of the history. */
  readonly note: string | null;
}

export async function addPatients(
  trx: Trx,
  tenantId: string,
  people: readonly TabledPatient[],
  by: { readonly staffId: string; readonly at: Date; readonly today: string },
): Promise<void> {
  if (people.length === 0) return;
  const rows = people.map((one) => ({
    tenant_id: tenantId,
    id: one.id,
    name: one.name,
    language: one.language,
    synthetic: false,
    created_at: by.at.toISOString(),
    created_by: by.staffId,
    birth_date: one.birthDate,
    birth_date_exact: one.birthDateExact,
    sex: one.sex,
    phones: one.phones,
    phone_digits: one.phones.map((phone) => phone.replaceAll(/\D/g, '')).join(' '),
    email: one.email,
    weight_kg: one.weightKg,
    weighed_on: one.weightKg === null ? null : by.today,
  }));
  const columns = sql.join(Object.keys(rows[0] ?? {}).map((name) => sql.ref(name)));
  await sql`insert into patients (${columns})
    select ${columns} from jsonb_populate_recordset(null::patients, ${JSON.stringify(rows)}::jsonb)`.execute(
    trx,
  );
  const notes = people.flatMap(({ id, note }) =>
    note === null ? [] : [{ id: randomUUID(), patientId: id, note }],
  );
  if (notes.length > 0) {
    await trx
      .insertInto('health_entries')
      .values(
        notes.map(({ id, patientId, note }) => ({
          tenant_id: tenantId,
          id,
          patient_id: patientId,
          kind: 'history' as const,
          flag: null,
          note,
          source: 'desk' as const,
          noted_at: by.at,
          noted_by: by.staffId,
          ended_at: null,
          ended_by: null,
        })),
      )
      .execute();
  }
  await indexNames(trx, tenantId, people);
}

/** Everybody in the record who shares a telephone, an e-mail or a birth date with one of these. */
export async function patientsNear(
  trx: Trx,
  tenantId: string,
  of: {
    readonly phones: readonly string[];
    readonly emails: readonly string[];
    readonly birthDates: readonly string[];
  },
): Promise<readonly Patient[]> {
  const rows = await trx
    .selectFrom('patients')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('merged_into', 'is', null)
    .where(sql<boolean>`erased_at is null`)
    .where(
      // Each of the five numbers against a hash of all that are asked for; an overlap of arrays compares every pair.
      sql<boolean>`(${sql.join(
        [1, 2, 3, 4, 5].map((i) => sql`phones[${sql.lit(i)}] = any(${[...of.phones]}::text[])`),
        sql` or `,
      )} or lower(email) = any(${[...of.emails]}::text[])
        or birth_date = any(${[...of.birthDates]}::date[]))`,
    )
    .execute();
  return rows.map(patientOf);
}

/** Why a patient who was imported cannot be taken back: named by the tables that refer to one, or `changed`. */
export interface Standing {
  readonly id: string;
  readonly because: 'changed' | { readonly table: string };
}

/**
 * Takes imported patients back: those nobody has changed and nothing was built upon go with the note that came with them.
 * @param at when they were imported: a note of that very instant came with them
 * @returns those that stay, and why
 */
export async function takeBackPatients(
  trx: Trx,
  tenantId: string,
  ids: readonly string[],
): Promise<{ readonly gone: readonly string[]; readonly standing: readonly Standing[] }> {
  const all = sql`any(${[...ids]}::uuid[])`;
  const { rows: found } = await sql<{
    id: string;
    version: number;
    created_at: Date;
  }>`select id, version, created_at
    from patients where tenant_id = ${tenantId} and id = ${all} for update`.execute(trx);
  const standing = new Map<string, Standing>();
  for (const { id, version } of found) if (version !== 1) standing.set(id, { id, because: 'changed' });
  for (const { name } of await tablesOfPatients(trx)) {
    // The note that came with the row was written by the same person at the same instant.
    const own =
      name === 'health_entries'
        ? sql`and not exists (select 1 from patients p where p.tenant_id = t.tenant_id and p.id = t.patient_id
            and p.created_at = t.noted_at and p.created_by = t.noted_by and t.ended_at is null)`
        : sql``;
    const { rows } = await sql<{ id: string }>`select distinct patient_id as id from ${sql.table(name)} t
      where tenant_id = ${tenantId} and patient_id = ${all} ${own}`.execute(trx);
    for (const { id } of rows) if (!standing.has(id)) standing.set(id, { id, because: { table: name } });
  }
  const { rows: merged } = await sql<{ id: string }>`select from_id as id from patient_merges
    where tenant_id = ${tenantId} and from_id = ${all}
    union select into_id from patient_merges where tenant_id = ${tenantId} and into_id = ${all}`.execute(trx);
  for (const { id } of merged)
    if (!standing.has(id)) standing.set(id, { id, because: { table: 'patient_merges' } });
  const gone = found.map(({ id }) => id).filter((id) => !standing.has(id));
  const going = sql`any(${gone}::uuid[])`;
  await sql`delete from health_entries where tenant_id = ${tenantId} and patient_id = ${going}`.execute(trx);
  await sql`delete from patient_words where tenant_id = ${tenantId} and patient_id = ${going}`.execute(trx);
  await sql`delete from patients where tenant_id = ${tenantId} and id = ${going}`.execute(trx);
  return { gone, standing: [...standing.values()] };
}
