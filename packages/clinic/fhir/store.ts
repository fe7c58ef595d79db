/** Pages of resources out of the statements of sources.ts. Reads only. */
import type { Resource } from '@medplum/fhirtypes';
import { sql } from 'kysely';
import type { Trx } from '../platform/database.ts';
import type { FhirQuery, MapContext } from './schema.ts';
import type { Source } from './sources.ts';

export interface Selected {
  readonly resources: readonly Resource[];
  /** Whose data they are; each once. */
  readonly patientIds: readonly string[];
  /** Set when there are more: search again after it. */
  readonly after: string | undefined;
}

/** In order of id, at most `query.count`. */
export async function selectResources(
  trx: Trx,
  context: MapContext,
  sources: readonly Source[],
  query: FhirQuery,
): Promise<Selected> {
  if (sources.length === 0 || query.ids?.length === 0 || query.patientIds?.length === 0)
    return { resources: [], patientIds: [], after: undefined };
  const parts = sources.map(
    ({ statement }, i) =>
      sql`select ${sql.lit(i)}::int as source, t.* from (${statement(context.tenantId)}) t
        where true
        ${query.ids === undefined ? sql`` : sql`and t.id = any (${[...query.ids]}::text[])`}
        ${query.patientIds === undefined ? sql`` : sql`and t.patient_id = any (${[...query.patientIds]}::uuid[])`}
        ${query.onlyOfPatients === true ? sql`and t.patient_id is not null` : sql``}
        ${query.identifier === undefined ? sql`` : sql`and t.identifier = ${query.identifier}`}
        ${query.after === undefined ? sql`` : sql`and t.id > ${query.after} collate "C"`}
        ${sql.join(
          (query.updated ?? []).flatMap(({ from, before }) => [
            ...(from === undefined ? [] : [sql`and (t.updated is null or t.updated >= ${from})`]),
            ...(before === undefined ? [] : [sql`and (t.updated is null or t.updated < ${before})`]),
          ]),
          sql` `,
        )}`,
  );
  const { rows } = await sql<{
    source: number;
    id: string;
    patient_id: string | null;
    updated_text: string | null;
    row: never;
  }>`select source, id, patient_id, to_jsonb(updated) #>> '{}' as updated_text, row
    from (${sql.join(parts, sql` union all `)}) every_source
    order by id collate "C" limit ${query.count + 1}`.execute(trx);
  const page = rows.slice(0, query.count);
  return {
    resources: page.map(({ source, row, updated_text }) =>
      (sources[source] as Source).map(row, updated_text, context),
    ),
    patientIds: [...new Set(page.flatMap(({ patient_id }) => (patient_id === null ? [] : [patient_id])))],
    after: rows.length > query.count ? page.at(-1)?.id : undefined,
  };
}

/** The record a patient's id stands for today, with every record merged into it; empty when there is none. */
export async function selectRecordsOf(trx: Trx, tenantId: string, patientId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from patients asked
    join patients p on p.tenant_id = asked.tenant_id
      and coalesce(p.merged_into, p.id) = coalesce(asked.merged_into, asked.id)
    where asked.tenant_id = ${tenantId} and asked.id = ${patientId}`.execute(trx);
  return rows.map(({ id }) => id);
}
