import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Tables brought in from elsewhere: the file while it is needed, what became of each row, and the mapping for next time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table imports (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    kind text not null check (kind in ('patients', 'appointments')),
    state text not null check (state in
      ('staged', 'checking', 'running', 'cancelled', 'imported', 'failed', 'undoing', 'undone', 'discarded')),
    file_id uuid,
    format jsonb not null,
    mapping jsonb not null,
    corrections jsonb not null default '{}',
    is_dry boolean not null default true,
    rows_done integer not null default 0,
    rows_total integer,
    counts jsonb not null default '{"ready": 0, "imported": 0, "duplicate": 0, "faulty": 0}',
    wants_cancel boolean not null default false,
    created_at timestamptz not null,
    created_by uuid not null,
    started_at timestamptz,
    finished_at timestamptz,
    undone_at timestamptz,
    undone_by uuid,
    primary key (tenant_id, id),
    foreign key (tenant_id, file_id) references files (tenant_id, id)
  )`.execute(db);
  for (const [column, text] of [
    ['file_id', 'The table as it was uploaded; null once it is not needed any more.'],
    ['format', 'Encoding, separator, names of the columns. Nothing of a row.'],
    ['mapping', 'Which column is what, how dates are written, what to do with duplicates.'],
    ['corrections', 'Cells put right by hand, by number of the row; emptied with the file.'],
    ['rows_done', 'Rows settled so far: a run that was cut off goes on behind them.'],
    ['is_dry', 'Whether the last run only checked.'],
  ] as const) {
    await sql`comment on column imports.${sql.id(column)} is ${sql.lit(text)}`.execute(db);
  }
  await sql`create index imports_newest on imports (tenant_id, created_at desc)`.execute(db);
  await fenceByTenant(db, 'imports');

  await sql`create table import_rows (
    tenant_id uuid not null,
    import_id uuid not null,
    row_number integer not null check (row_number > 0),
    outcome text not null check (outcome in ('imported', 'duplicate', 'faulty', 'kept')),
    subject_id uuid,
    faults jsonb not null default '[]',
    primary key (tenant_id, import_id, row_number),
    foreign key (tenant_id, import_id) references imports (tenant_id, id) on delete cascade
  )`.execute(db);
  await sql`comment on table import_rows is 'What became of each row: ids, columns and codes, never what stood in it.'`.execute(
    db,
  );
  await sql`comment on column import_rows.subject_id is 'What it became, or whom it resembles.'`.execute(db);
  await sql`comment on column import_rows.outcome is 'kept: could not be undone, because something was built upon it; faults say what.'`.execute(
    db,
  );
  await sql`create index import_rows_of_subject on import_rows (tenant_id, subject_id) where subject_id is not null`.execute(
    db,
  );
  await sql`create index import_rows_told on import_rows (tenant_id, import_id, outcome, row_number)`.execute(
    db,
  );
  await fenceByTenant(db, 'import_rows');

  await sql`create table import_mappings (
    tenant_id uuid not null references tenants (tenant_id),
    kind text not null check (kind in ('patients', 'appointments')),
    columns_hash bytea not null check (octet_length(columns_hash) = 32),
    mapping jsonb not null,
    saved_at timestamptz not null,
    primary key (tenant_id, kind, columns_hash)
  )`.execute(db);
  await sql`comment on table import_mappings is 'How tables with the same names of columns were read the last time.'`.execute(
    db,
  );
  await fenceByTenant(db, 'import_mappings');
}
