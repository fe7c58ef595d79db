/** The rows themselves: counted for the review, removed by the erasure. One transaction, so that a crash leaves all or none. */
import { sql } from 'kysely';
import type { Trx } from '../platform/database.ts';
import { patientFates } from './fates.ts';
import type { RecordKind } from './schema.ts';
import { idsOf, type Subjects } from './subjects.ts';

/** Rows by table that records of these kinds have, of everything that belongs to the patient. */
export async function countRows(
  trx: Trx,
  tenantId: string,
  subjects: Subjects,
  kinds: ReadonlySet<RecordKind>,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const fate of patientFates) {
    if (!kinds.has(fate.kind)) continue;
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(fate.table)}
      where tenant_id = ${tenantId} and ${fate.where(subjects)}`.execute(trx);
    const count = rows[0]?.count ?? 0;
    // A table named twice for one kind is first emptied in part: the larger count holds the other.
    if (count > 0) counts[fate.table] = Math.max(counts[fate.table] ?? 0, count);
  }
  return counts;
}

export interface Removed {
  readonly gone: Readonly<Record<string, number>>;
  /** Keys under which the bytes lie that nobody can read any more. */
  readonly fileKeys: readonly string[];
}

/**
 * Removes or empties every row of these kinds, the rows of files they named, and jobs of the queue about them. The
 * transaction must have named its erasure (`undertone.erasing`), else sealed rows refuse.
 */
export async function removeRows(
  trx: Trx,
  tenantId: string,
  subjects: Subjects,
  kinds: ReadonlySet<RecordKind>,
): Promise<Removed> {
  const due = patientFates.filter(({ kind }) => kinds.has(kind));
  const files = new Set<string>();
  for (const fate of due) {
    for (const column of fate.files ?? []) {
      const { rows } = await sql<{ id: string }>`select ${sql.ref(column)} as id from ${sql.table(fate.table)}
        where tenant_id = ${tenantId} and ${fate.where(subjects)} and ${sql.ref(column)} is not null`.execute(
        trx,
      );
      for (const { id } of rows) files.add(id);
    }
  }
  const gone: Record<string, number> = {};
  for (const fate of due) {
    const { numAffectedRows = 0n } =
      fate.set === undefined
        ? await sql`delete from ${sql.table(fate.table)}
            where tenant_id = ${tenantId} and ${fate.where(subjects)}`.execute(trx)
        : await sql`update ${sql.table(fate.table)} set ${fate.set(subjects)}
            where tenant_id = ${tenantId} and ${fate.where(subjects)}`.execute(trx);
    if (numAffectedRows > 0n) gone[fate.table] = (gone[fate.table] ?? 0) + Number(numAffectedRows);
  }
  const { rows: keys } = await sql<{ key: string }>`delete from files
    where tenant_id = ${tenantId} and id = any(${[...files]}::uuid[]) returning key`.execute(trx);
  if (keys.length > 0) gone.files = keys.length;
  const jobs = await removeJobs(trx, idsOf(subjects));
  if (jobs > 0) gone['jobs.job'] = jobs;
  return { gone, fileKeys: keys.map(({ key }) => key) };
}

/** Jobs that name one of these ids, waiting or done: also what they answered, which may quote a fault. */
async function removeJobs(trx: Trx, ids: readonly string[]): Promise<number> {
  const there = await sql<{ there: boolean }>`select to_regclass('jobs.job') is not null as there`.execute(
    trx,
  );
  if (!there.rows[0]?.there) return 0;
  const { numAffectedRows = 0n } = await sql`delete from jobs.job where jsonb_typeof(data) = 'object'
    and exists (select 1 from jsonb_each_text(data) as v where v.value = any(${[...ids]}::text[]))`.execute(
    trx,
  );
  return Number(numAffectedRows);
}

/**
 * The patient's own row, last. It goes when no invoice, payment or package refers to it, else it stays as a number without
 * a name.
 */
export async function settleIdentity(
  trx: Trx,
  tenantId: string,
  subjects: Subjects,
): Promise<'gone' | 'number-only'> {
  const { rows } = await sql<{ id: string }>`
    select patient_id as id from invoices where tenant_id = ${tenantId} and patient_id = any(${[...subjects.patients]}::uuid[])
    union select patient_id from payments where tenant_id = ${tenantId} and patient_id = any(${[...subjects.patients]}::uuid[])
    union select patient_id from package_uses where tenant_id = ${tenantId} and patient_id = any(${[...subjects.patients]}::uuid[])`.execute(
    trx,
  );
  const kept = rows.map(({ id }) => id);
  await sql`update patients set merged_into = null where tenant_id = ${tenantId} and id = any(${[...subjects.patients]}::uuid[])`.execute(
    trx,
  );
  await sql`delete from patients where tenant_id = ${tenantId} and id = any(${[...subjects.patients]}::uuid[])
    and id <> all(${kept}::uuid[])`.execute(trx);
  await sql`update patients set name = '–', language = 'en', birth_date = null, birth_date_exact = true, sex = null,
      phones = '{}', phone_digits = '', email = null, fitzpatrick = null, monk = null, weight_kg = null, weighed_on = null,
      guardian = null, changed_at = ${subjects.now}, version = version + 1, erased_at = ${subjects.now}
    where tenant_id = ${tenantId} and id = any(${kept}::uuid[])`.execute(trx);
  return kept.length === 0 ? 'gone' : 'number-only';
}

/** Entries of the audit log in which the person's words stand; there should be none. */
export async function auditEntriesNaming(
  trx: Trx,
  tenantId: string,
  { names, emails, phones }: Subjects,
): Promise<readonly number[]> {
  // A name of one short word ("Ram") would be found in half the log.
  const telling = [...names.filter((name) => name.includes(' ') || name.length >= 6), ...emails, ...phones];
  if (telling.length === 0) return [];
  const { rows } = await sql<{ seq: number }>`select seq from audit_entries where tenant_id = ${tenantId}
    and exists (select 1 from unnest(${telling}::text[]) as t where position(t in lower(entry)) > 0)
    order by seq limit 100`.execute(trx);
  return rows.map(({ seq }) => seq);
}
