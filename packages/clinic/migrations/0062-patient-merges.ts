import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Two records of one person become one, and can be parted again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table patients
    add column merged_into uuid,
    add foreign key (tenant_id, merged_into) references patients (tenant_id, id),
    add check (merged_into <> id)`.execute(db);
  await sql`comment on column patients.merged_into is 'The record that stands for this one; null for a record of its own.'`.execute(
    db,
  );
  await sql`create index patients_merged on patients (tenant_id, merged_into) where merged_into is not null`.execute(
    db,
  );
  await sql`create table patient_merges (
    tenant_id uuid not null,
    id uuid not null,
    from_id uuid not null,
    into_id uuid not null,
    filled jsonb not null,
    merged_at timestamptz not null,
    merged_by uuid not null,
    undone_at timestamptz,
    undone_by uuid,
    primary key (tenant_id, id),
    foreign key (tenant_id, from_id) references patients (tenant_id, id),
    foreign key (tenant_id, into_id) references patients (tenant_id, id)
  )`.execute(db);
  await sql`comment on column patient_merges.filled is
    'Fields of the remaining record that were empty and took the other record''s value: undoing empties them again.'`.execute(
    db,
  );
  await sql`create unique index patient_merges_standing on patient_merges (tenant_id, from_id) where undone_at is null`.execute(
    db,
  );
  await fenceByTenant(db, 'patient_merges');
  await sql`create table patient_merge_rows (
    tenant_id uuid not null,
    merge_id uuid not null,
    table_name text not null,
    row_key jsonb not null,
    moved boolean not null,
    primary key (tenant_id, merge_id, table_name, row_key),
    foreign key (tenant_id, merge_id) references patient_merges (tenant_id, id)
  )`.execute(db);
  await sql`comment on column patient_merge_rows.moved is 'False: the row is sealed or would stand twice, and stayed where it was.'`.execute(
    db,
  );
  await fenceByTenant(db, 'patient_merge_rows');
}
