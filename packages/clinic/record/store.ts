import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import type { Patient } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    patients: PatientsTable;
  }
}

interface PatientsTable {
  tenant_id: string;
  id: string;
  name: string;
  language: Patient['language'];
  synthetic: boolean;
  created_at: Date;
  created_by: string | null;
}

/** False when this id is there already. */
export async function insertPatient(trx: Trx, patient: Patient, createdBy: string | null): Promise<boolean> {
  const { tenantId, createdAt, ...rest } = patient;
  const written = await trx
    .insertInto('patients')
    .values({ ...rest, tenant_id: tenantId, created_at: createdAt, created_by: createdBy })
    .onConflict((c) => c.columns(['tenant_id', 'id']).doNothing())
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
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

/** Names that hold every word of the text, letters with and without accents alike; the newest first for an empty text. */
export async function selectPatientsLike(
  db: Db,
  tenantId: string,
  text: string,
  limit: number,
): Promise<readonly Patient[]> {
  let query = db.selectFrom('patients').selectAll().where('tenant_id', '=', tenantId);
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const pattern = `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    query = query.where(sql<boolean>`unaccent(name) ilike unaccent(${pattern})`);
  }
  const ordered =
    text.trim() === '' ? query.orderBy('created_at', 'desc') : query.orderBy(sql`name collate "und-x-icu"`);
  return (await ordered.orderBy('id').limit(limit).execute()).map(patientOf);
}

function patientOf({ tenant_id, created_at, created_by: _by, ...rest }: PatientsTable): Patient {
  return { ...rest, tenantId: tenant_id, createdAt: created_at };
}
