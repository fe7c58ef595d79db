/** For tests: members of staff, patients who can be reached, and sessions in the database. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Treatment } from '../../candidacy/gates.ts';
import type { Db } from '../../platform/database.ts';
import type { Actor } from '../../staff/schema.ts';

export async function samplePatient(
  db: Db,
  tenantId: string,
  { email = `patient-${randomUUID().slice(0, 8)}@example.org` as string | null, language = 'en' } = {},
): Promise<string> {
  const id = randomUUID();
  await sql`insert into patients (tenant_id, id, name, language, synthetic, created_at, email, phones)
    values (${tenantId}, ${id}, 'Sample patient 014', ${language}, true, now(), ${email}, '{+919800000014}')`.execute(
    db,
  );
  return id;
}

/** A session that was kept, with the lots it used. */
export async function sampleSession(
  db: Db,
  session: {
    readonly tenantId: string;
    readonly patientId: string;
    readonly operator: Actor;
    readonly performedAt: Date;
    readonly treatment?: Treatment;
    readonly lots?: readonly string[];
    readonly zone?: string;
  },
): Promise<string> {
  const { tenantId, patientId, operator, performedAt, treatment = 'lip', lots = [], zone = '' } = session;
  const id = randomUUID();
  await sql`insert into sessions (tenant_id, id, patient_id, treatment, operator_id, physician_id, state, opening, started_at,
      started_by, performed_at, ended_at, kept_at, kept_by, kept_times)
    values (${tenantId}, ${id}, ${patientId}, ${treatment}, ${operator.staffId}, ${operator.staffId}, 'kept', '{}',
      ${performedAt}, ${operator.staffId}, ${performedAt}, ${performedAt}, ${performedAt}, ${operator.staffId}, 1)`.execute(
    db,
  );
  for (const lotId of lots) {
    await sql`insert into session_lots (tenant_id, session_id, lot_id, zone, kind, drops, quantity, unit)
      values (${tenantId}, ${id}, ${lotId}, ${zone}, 'pigment', 4, 4, 'drop')`.execute(db);
  }
  return id;
}

/** A lot of a pigment. */
export async function sampleLot(db: Db, tenantId: string, number: string): Promise<string> {
  const itemId = randomUUID();
  const lotId = randomUUID();
  await sql`insert into stock_items (tenant_id, id, version, kind, name, base_unit, unit, created_at, changed_at)
    values (${tenantId}, ${itemId}, 1, 'pigment', ${`Sample pigment ${number}`}, 'ul', 'drop', now(), now())`.execute(
    db,
  );
  await sql`insert into stock_lots (tenant_id, id, item_id, lot_number, received_at)
    values (${tenantId}, ${lotId}, ${itemId}, ${number}, now())`.execute(db);
  return lotId;
}
