/** At which branches a patient is seen, for what is written to her. */
import { sql } from 'kysely';
import type { Db } from '../platform/database.ts';
import { ofPerson } from '../record/same-person.ts';
import './tables.ts';

/** The branch of her next visit first, then those of past ones, the latest first; none twice. */
export async function branchesOfPatient(
  db: Db,
  tenantId: string,
  patientId: string,
  now: Date,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('bookings')
    .select('branch_id')
    .where('tenant_id', '=', tenantId)
    .where(ofPerson('patient_id', tenantId, patientId))
    .where('status', 'in', ['confirmed', 'arrived', 'completed'])
    .orderBy(sql`ends_at < ${now}`)
    .orderBy(sql`abs(extract(epoch from starts_at - ${now}))`)
    .orderBy('id')
    .limit(50)
    .execute();
  return [...new Set(rows.map((row) => row.branch_id))];
}
