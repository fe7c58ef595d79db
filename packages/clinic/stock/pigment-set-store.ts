import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import type { PigmentSetSummary } from './rules.ts';

declare module '../platform/database.ts' {
  interface Tables {
    pigment_sets: PigmentSetsTable;
  }
}

interface PigmentSetsTable {
  tenant_id: string;
  set_id: string;
  version: number;
  document: string;
  readonly name: string;
  readonly kind: string;
  readonly dose_calibrated: boolean;
  readonly pigment_count: number;
  readonly method: string | null;
  readonly source: string | null;
  created_at: Date;
  created_by: string;
}

type WrittenColumns = Pick<
  PigmentSetsTable,
  'tenant_id' | 'set_id' | 'version' | 'document' | 'created_at' | 'created_by'
>;

/** Locks the set against other new versions and tells the latest, 0 for a set that is not there yet. */
export async function lockPigmentSet(trx: Trx, tenantId: string, setId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`pigments ${tenantId} ${setId}`}, 0))`.execute(
    trx,
  );
  const row = await trx
    .selectFrom('pigment_sets')
    .select((of) => of.fn.max('version').as('version'))
    .where('tenant_id', '=', tenantId)
    .where('set_id', '=', setId)
    .executeTakeFirst();
  return row?.version ?? 0;
}

export async function insertPigmentSet(trx: Trx, set: WrittenColumns): Promise<PigmentSetSummary> {
  const row = await trx
    .insertInto('pigment_sets')
    .values(set as PigmentSetsTable)
    .returningAll()
    .executeTakeFirstOrThrow();
  return summaryOf(row);
}

/** The latest version of every set, newest first. */
export async function selectPigmentSets(db: Db, tenantId: string): Promise<readonly PigmentSetSummary[]> {
  const rows = await db
    .selectFrom('pigment_sets')
    .distinctOn('set_id')
    .select([
      'set_id',
      'version',
      'name',
      'kind',
      'dose_calibrated',
      'pigment_count',
      'method',
      'source',
      'created_at',
      'created_by',
    ])
    .where('tenant_id', '=', tenantId)
    .orderBy('set_id')
    .orderBy('version', 'desc')
    .execute();
  return rows.map(summaryOf).sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

/** One version of a set, the latest when none is named. */
export async function selectPigmentSet(
  db: Db,
  tenantId: string,
  setId: string,
  version?: number,
): Promise<{ set: PigmentSetSummary; document: string } | undefined> {
  let query = db
    .selectFrom('pigment_sets')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('set_id', '=', setId);
  if (version !== undefined) query = query.where('version', '=', version);
  const row = await query.orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row && { set: summaryOf(row), document: row.document };
}

function summaryOf(row: Omit<PigmentSetsTable, 'tenant_id' | 'document'>): PigmentSetSummary {
  return {
    setId: row.set_id,
    version: row.version,
    name: row.name,
    kind: row.kind as PigmentSetSummary['kind'],
    doseCalibrated: row.dose_calibrated,
    pigmentCount: row.pigment_count,
    provenance: { method: row.method ?? 'given', source: row.source ?? '' },
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}
