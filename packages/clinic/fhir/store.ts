/** Pages of resources out of the statements of sources.ts. Reads only. */
import type { Resource } from '@medplum/fhirtypes';
import { type RawBuilder, sql } from 'kysely';
import type { Trx } from '../platform/database.ts';
import { isUuid } from '../platform/uuid.ts';
import type { FhirQuery, MapContext, Span } from './schema.ts';
import { type Rows, type Source, unknown } from './sources.ts';

export interface Selected {
  readonly resources: readonly Resource[];
  /** Whose data they are; each once. */
  readonly patientIds: readonly string[];
  /** Set when there are more: search again after it. */
  readonly after: string | undefined;
}

/** In order of id, or the newest first where the sources say so, at most `query.count`. */
export async function selectResources(
  trx: Trx,
  context: MapContext,
  sources: readonly Source[],
  query: FhirQuery,
): Promise<Selected> {
  const parts = partsOf(context, sources, query);
  if (parts.length === 0) return { resources: [], patientIds: [], after: undefined };
  const direction = sql.raw(parts.every(({ rows }) => rows.newest !== undefined) ? 'desc' : 'asc');
  const statements = parts.map(({ rows, filter, index }) => {
    const byTime = rows.newest?.at;
    const order =
      rows.id === `${rows.key}::text` || rows.keyType === 'number' ? '' : `, (${rows.id}) collate "C"`;
    return sql`(select ${sql.lit(index)}::int as source, ${sql.raw(rows.id)} as id, (${sql.raw(rows.patient)})::text as patient_id,
        ${sql.raw(byTime ?? `''`)} as at, ${sql.raw(rows.updated)} as updated, ${sql.raw(rows.row)} as row
      ${filter} order by ${byTime === undefined ? sql`` : sql`${sql.raw(byTime)} ${direction}, `}${sql.raw(rows.key)} ${direction}${sql.raw(order)}
      limit ${query.count + 1})`;
  });
  const { rows } = await sql<{
    source: number;
    id: string;
    patient_id: string | null;
    updated_text: string | null;
    row: never;
  }>`select source, id, patient_id, to_jsonb(updated) #>> '{}' as updated_text, row
    from (${sql.join(statements, sql` union all `)}) every_source
    order by at collate "C" ${direction}, id collate "C" ${direction} limit ${query.count + 1}`.execute(trx);
  const page = rows.slice(0, query.count);
  const asked = { ...context, ...(query.patientIds !== undefined && { ofPatients: query.patientIds }) };
  return {
    resources: page.map(({ source, row, updated_text }) =>
      (sources[source] as Source).map(row, updated_text, asked),
    ),
    // What concerns several is found for those who were asked for. Others it names are in the log, once for all readers.
    patientIds: [
      ...new Set(
        page.flatMap(({ patient_id }) => (patient_id === null ? (query.patientIds ?? []) : [patient_id])),
      ),
    ],
    after: rows.length > query.count ? page.at(-1)?.id : undefined,
  };
}

export async function countResources(
  trx: Trx,
  context: MapContext,
  sources: readonly Source[],
  query: FhirQuery,
): Promise<number> {
  const parts = partsOf(context, sources, query);
  if (parts.length === 0) return 0;
  const counts = parts.map(({ filter }) => sql`select count(*) as n ${filter}`);
  const { rows } = await sql<{ n: number }>`select sum(n)::bigint as n
    from (${sql.join(counts, sql` union all `)}) every_source`.execute(trx);
  return rows[0]?.n ?? 0;
}

const uuidLength = 36;

/** `from … where …` of each source that can have what is asked for. */
function partsOf({ tenantId, branches }: MapContext, sources: readonly Source[], query: FhirQuery) {
  if (query.ids?.length === 0 || query.patientIds?.length === 0) return [];
  return sources.flatMap(({ rows }, index) => {
    const id = sql.raw(rows.id);
    const key = sql.raw(rows.key);
    const conditions: RawBuilder<unknown>[] = [sql`true`];
    if (query.ids !== undefined) {
      const keys = keysOf(rows, query.ids);
      if (keys.length === 0) return [];
      conditions.push(
        rows.keyType === 'number'
          ? sql`${key} = any (${keys}::bigint[])`
          : sql`${key} = any (${keys}::uuid[])`,
        sql`${id} = any (${[...query.ids]}::text[])`,
      );
    }
    if (query.patientIds !== undefined)
      conditions.push(
        rows.several === undefined
          ? sql`${sql.raw(rows.patient)} = any (${[...query.patientIds]}::uuid[])`
          : sql`${key} in (${rows.several.keysOf(tenantId, query.patientIds)})`,
      );
    if (query.onlyOfPatients === true)
      conditions.push(sql.raw(rows.several?.isOfSomebody ?? `${rows.patient} is not null`));
    if (branches !== undefined && rows.branch !== undefined)
      conditions.push(sql`${sql.raw(rows.branch)} = any (${[...branches]}::uuid[])`);
    if (query.identifier !== undefined) {
      if (rows.identifier === undefined) return [];
      // Where the id is the identifier, its index finds it.
      const keys = rows.identifier === rows.id ? keysOf(rows, [query.identifier]) : undefined;
      if (keys?.length === 0) return [];
      if (keys !== undefined) conditions.push(sql`${key} = any (${keys}::uuid[])`);
      conditions.push(sql`${sql.raw(rows.identifier)} = ${query.identifier}`);
    }
    if (query.targets !== undefined) {
      const about = Object.entries(rows.targets ?? {}).flatMap(([type, target]) => {
        const ids = query.targets?.flatMap((one) =>
          one.startsWith(`${type}/`) ? [one.slice(type.length + 1)] : [],
        );
        const keys = ids?.map((one) => one.slice(0, uuidLength)).filter(isUuid) ?? [];
        if (keys.length === 0) return [];
        return [
          sql`(${sql.raw(target.key)} = any (${keys}::uuid[]) and ${sql.raw(target.id)} = any (${ids}::text[]))`,
        ];
      });
      if (about.length === 0) return [];
      conditions.push(sql`(${sql.join(about, sql` or `)})`);
    }
    if (query.after !== undefined) {
      const [from] = keysOf(rows, [query.after]);
      if (rows.newest !== undefined) {
        if (from === undefined) return [];
        conditions.push(
          sql`(${sql.raw(rows.newest.at)}, ${key}) < (${rows.newest.atKey(tenantId, from)}, ${from}::bigint)`,
        );
      } else {
        if (from !== undefined) conditions.push(sql`${key} >= ${from}`);
        conditions.push(sql`${id} > ${query.after} collate "C"`);
      }
    }
    conditions.push(...within(rows, rows.updated, query.updated));
    for (const { from } of query.updated ?? [])
      if (from !== undefined && rows.changes !== undefined)
        conditions.push(sql`${key} in (${changedSince(tenantId, rows.changes, from)})`);
    if (query.when !== undefined) {
      if (rows.when === undefined) return [];
      conditions.push(...within(rows, rows.when, query.when));
    }
    const filter = sql`from ${sql.raw(rows.table)} ${sql.raw(rows.alias)} ${sql.raw(rows.joins ?? '')}
      where ${sql.raw(rows.alias)}.tenant_id = ${tenantId}
        ${rows.where === undefined ? sql`` : sql`and ${sql.raw(rows.where)}`}
        ${sql.join(
          conditions.map((one) => sql`and ${one}`),
          sql` `,
        )}`;
    return [{ rows, filter, index }];
  });
}

/** Of ids, what an index of the source is in order of; those that cannot be ids of this source are left out. */
function keysOf(rows: Rows, ids: readonly string[]): string[] {
  if (rows.keyType === 'number')
    return ids.filter((id) => /^\d{12}$/.test(id)).map((id) => String(Number(id)));
  return [...new Set(ids.map((id) => id.slice(0, uuidLength)).filter(isUuid))];
}

/** A kind of which no time of the last change is kept is not left out for it. */
function within(rows: Rows, column: string, spans: readonly Span[] = []): RawBuilder<unknown>[] {
  if (column === unknown) return [];
  const at = sql.raw(column);
  const value = (instant: Date) => (rows.hasTextTimes === true ? textTime(instant) : instant);
  return spans.flatMap(({ from, before }) => [
    ...(from === undefined ? [] : [sql`${at} >= ${value(from)}`]),
    ...(before === undefined ? [] : [sql`${at} < ${value(before)}`]),
  ]);
}

/** Years beyond 9999 are written with a sign, which sorts before every digit. */
function textTime(instant: Date): string {
  const text = instant.toISOString();
  return text.startsWith('+') ? '~' : text;
}

function changedSince(tenantId: string, changes: NonNullable<Rows['changes']>, from: Date) {
  const each = changes.map(
    ({ table, key, at }) => sql`select c.${sql.id(key)} from ${sql.table(table)} c
      where c.tenant_id = ${tenantId} and ${sql.raw(at)} >= ${from}`,
  );
  return sql.join(each, sql` union all `);
}

/** The record a patient's id stands for today, with every record merged into it; empty when there is none. */
export async function selectRecordsOf(trx: Trx, tenantId: string, patientId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`with standing as (
      select coalesce(merged_into, id) as id from patients where tenant_id = ${tenantId} and id = ${patientId})
    select id from standing
    union select p.id from patients p join standing s on p.merged_into = s.id where p.tenant_id = ${tenantId}`.execute(
    trx,
  );
  return rows.map(({ id }) => id);
}
