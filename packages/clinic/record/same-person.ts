/*
 * Two records that were merged are one person, and some rows stay with the record they were written for: what is sealed,
 * and what is known by its patient. Whoever asks for "the rows of this patient" therefore asks for those of the person.
 *
 *   .where(ofPerson('patient_id', tenantId, patientId))     in a query, or within a sql template
 *   await personOf(db, tenantId, patientId)                 { id: the record that stands, earlier: those merged into it }
 *
 * Either record may be named. Nothing is written, so undoing a merge needs nothing undone here.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/database.ts';

/** The record that stands for a patient, and every record merged into it; asked once, used by index. */
const idsOf = (tenantId: string, patientId: string) => sql`
  with standing as (
    select coalesce(merged_into, id) as id from patients where tenant_id = ${tenantId} and id = ${patientId})
  select id from standing
  union select p.id from patients p join standing s on p.merged_into = s.id where p.tenant_id = ${tenantId}`;

/** True of rows whose patient is this person, under whichever record they were written. */
export function ofPerson(column: string, tenantId: string, patientId: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} = any(array(${idsOf(tenantId, patientId)}))`;
}

export interface Person {
  /** The record that stands; the one asked for where there is no such patient. */
  readonly id: string;
  /** Records merged into it, and since when. */
  readonly earlier: readonly { readonly id: string; readonly mergedAt: Date }[];
}

export async function personOf(db: Db, tenantId: string, patientId: string): Promise<Person> {
  const { rows } = await sql<{ id: string; merged_at: Date | null }>`
    select i.id, (select max(m.merged_at) from patient_merges m
      where m.tenant_id = ${tenantId} and m.from_id = i.id and m.undone_at is null) as merged_at
    from (${idsOf(tenantId, patientId)}) i`.execute(db);
  const standing = rows.find(({ merged_at }) => merged_at === null);
  return {
    id: standing?.id ?? patientId,
    earlier: rows.flatMap(({ id, merged_at }) =>
      merged_at === null ? [] : [{ id, mergedAt: new Date(merged_at) }],
    ),
  };
}

export async function isSamePerson(db: Db, tenantId: string, a: string, b: string): Promise<boolean> {
  return a === b || (await personOf(db, tenantId, a)).id === (await personOf(db, tenantId, b)).id;
}
