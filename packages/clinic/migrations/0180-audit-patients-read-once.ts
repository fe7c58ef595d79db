import { type Kysely, sql } from 'kysely';

/**
 * The entry of a search that found hundreds was read as JSON again for each of them, which took most of the search's time
 * (354 patients: 62 of 102 ms). Read once, it finds the same.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create or replace function audit_patients_in(entry text) returns setof uuid language sql stable as $$
    with said as materialized (select entry::jsonb as it),
    named as materialized (
      select distinct (it ->> 'tenantId')::uuid as tenant_id,
        case when one ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then one::uuid end as id
      from said
        cross join unnest(array['patients', 'found', 'people']) as list
        cross join lateral (select it #> array['change', 'after', list] as ids) lists
        cross join lateral jsonb_array_elements_text(
          case when jsonb_typeof(lists.ids) = 'array' then lists.ids else '[]' end) as one)
    select p.id from named join patients p on p.tenant_id = named.tenant_id and p.id = named.id $$`.execute(
    db,
  );
}
