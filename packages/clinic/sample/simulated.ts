/*
 * A clinic full of invented people, for tests, the demonstration and benchmarks.
 *
 *   seedSimulated(services, { tenantId, patients: 200_000, seed: 1 })   { patients }
 *
 * Everyone is marked `synthetic`. The same seed writes the same rows; rows that are there already stay as they are.
 */
import { sql } from 'kysely';
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { indexNames } from '../record/search-store.ts';
import { simulatedPatient } from './simulated-people.ts';

export interface SimulatedClinic {
  readonly tenantId: string;
  readonly patients: number;
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
}

/** People written in one statement and one transaction. */
const batch = 5000;

/** Writes the people in batches, each its own transaction, and one entry in the audit chain at the end. */
export async function seedSimulated(
  services: Pick<Services, 'db' | 'clock'>,
  { tenantId, patients, seed, onProgress }: SimulatedClinic,
): Promise<{ patients: number }> {
  const now = services.clock.now();
  const written = { patients: 0 };
  for (let from = 1; from <= patients; from += batch) {
    const people = Array.from({ length: Math.min(batch, patients - from + 1) }, (_, i) =>
      simulatedPatient(seed, from + i, now),
    );
    await services.db.transaction().execute(async (trx) => {
      written.patients += await insertRows(trx, 'patients', {
        tenant_id: ['uuid', people.map(() => tenantId)],
        id: ['uuid', people.map(({ id }) => id)],
        name: ['text', people.map(({ name }) => name)],
        language: ['text', people.map(({ language }) => language)],
        synthetic: ['boolean', people.map(() => true)],
        created_at: ['timestamptz', people.map(({ createdAt }) => createdAt)],
      });
      await indexNames(trx, tenantId, people);
    });
    onProgress?.(from + people.length - 1);
  }
  await services.db.transaction().execute((trx) =>
    recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'system', id: null },
      action: 'sample.simulated',
      subject: { kind: 'tenant', id: tenantId },
      change: { after: { seed, ...written } },
    }),
  );
  // The planner must know that the tables have grown.
  await sql`analyze patients, name_words, patient_words`.execute(services.db);
  return written;
}

/** Columns by name, each with its SQL type and one value a row. */
export type Columns = Readonly<Record<string, readonly [type: string, values: readonly unknown[]]>>;

/**
 * Many rows by one statement with one array a column: about as quick as COPY, and it can leave alone what is there.
 * @returns how many rows were new
 */
export async function insertRows(trx: Trx, table: string, columns: Columns): Promise<number> {
  const names = Object.keys(columns);
  const lists = names.map((name) => sql`${columns[name][1]}::${sql.raw(columns[name][0])}[]`);
  const { numAffectedRows } =
    await sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
    select * from unnest(${sql.join(lists)}) on conflict do nothing`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}
