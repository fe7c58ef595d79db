import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * What FHIR finds by people and by time. Where a table has millions of rows, make its index beforehand, `concurrently`, under
 * the same name; the step then passes over it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table audit_patients (
    tenant_id uuid not null references tenants (tenant_id),
    patient_id uuid not null,
    seq bigint not null,
    primary key (tenant_id, patient_id, seq)
  )`.execute(db);
  await sql`comment on table audit_patients is
    'Patients an entry of the audit chain names in a list. Derived from the entry by the database, to find it by them.'`.execute(
    db,
  );
  await sql`create index audit_patients_of_entry on audit_patients (tenant_id, seq)`.execute(db);
  await fenceByTenant(db, 'audit_patients');
  // Searches say whom they found, recalls whom a lot touched: lists of ids, of which those of patients count.
  await sql`create function audit_patients_in(entry text) returns setof uuid language sql stable as $$
    select distinct p.id
    from unnest(array['patients', 'found', 'people']) as list
      cross join lateral (select entry::jsonb #> array['change', 'after', list] as ids) named
      cross join lateral jsonb_array_elements_text(
        case when jsonb_typeof(named.ids) = 'array' then named.ids else '[]' end) as one
      join patients p on p.tenant_id = (entry::jsonb ->> 'tenantId')::uuid
        and p.id = case when one ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then one::uuid end $$`.execute(
    db,
  );
  await sql`create function note_audit_patients() returns trigger language plpgsql as $$
  begin
    insert into audit_patients (tenant_id, patient_id, seq)
    select new.tenant_id, id, new.seq from audit_patients_in(new.entry) as id
    on conflict do nothing;
    return null;
  end $$`.execute(db);
  const namesSeveral = /"(patients|found|people)":\["/.source;
  const fill = sql`insert into audit_patients (tenant_id, patient_id, seq)
    select e.tenant_id, id, e.seq from audit_entries e cross join lateral audit_patients_in(e.entry) as id
    where e.entry ~ ${namesSeveral}
      and e.seq > coalesce((select max(n.seq) from audit_patients n where n.tenant_id = e.tenant_id), 0)`;
  // Writing goes on while the chain is read; what came meanwhile is read once nobody writes, with the trigger's lock.
  await fill.execute(db);
  await sql`create trigger audit_entries_name_patients after insert on audit_entries
    for each row when (new.entry ~ ${sql.lit(namesSeveral)}) execute function note_audit_patients()`.execute(
    db,
  );
  await fill.execute(db);

  for (const [table, at] of [
    ['patients', '(coalesce(changed_at, created_at))'],
    ['bookings', 'changed_at'],
    ['health_entries', '(greatest(noted_at, ended_at))'],
    ['consents', '(greatest(offered_at, signed_at, withdrawn_at))'],
    ['photo_consents', '(greatest(given_at, withdrawn_at))'],
    ['contact_consents', '(greatest(given_at, withdrawn_at))'],
    ['intake_forms', '(greatest(created_at, submitted_at, settled_at))'],
    ['intake_saves', 'saved_at'],
    ['screening_answers', 'given_at'],
    ['screening_decisions', 'signed_at'],
    ['check_in_answers', 'answered_at'],
    ['sessions', '(greatest(started_at, kept_at, signed_at))'],
    ['session_entries', 'received_at'],
    ['spot_readings', 'read_at'],
    ['outcomes', '(greatest(recorded_at, withdrawn_at))'],
    ['outcome_ratings', 'rated_at'],
    ['plans', 'created_at'],
    ['plan_signatures', 'signed_at'],
    ['photos', 'added_at'],
    ['adverse_events', 'changed_at'],
  ] as const) {
    await sql`create index if not exists ${sql.id(`${table}_by_change`)} on ${sql.table(table)}
      (tenant_id, ${sql.raw(at)})`.execute(db);
  }
  await sql`create index if not exists bookings_by_start on bookings (tenant_id, starts_at)`.execute(db);
  // In the order of bytes: what is compared is ISO 8601 as Date.toISOString writes it.
  await sql`create index if not exists audit_entries_by_time on audit_entries (tenant_id, at collate "C", seq)`.execute(
    db,
  );

  await sql`alter table api_tokens add column branches uuid[]`.execute(db);
  await sql`comment on column api_tokens.branches is
    'Branches whose days the program sees; null: those of the member who made it.'`.execute(db);
}
