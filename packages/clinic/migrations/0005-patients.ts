import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** The people a clinic treats: enough to hang a photograph and a plan on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table patients (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    name text not null check (name <> ''),
    language text not null check (language in ('bn', 'en', 'hi', 'ne')),
    synthetic boolean not null,
    created_at timestamptz not null,
    created_by uuid,
    primary key (tenant_id, id)
  )`.execute(db);
  await sql`comment on column patients.synthetic is 'Invented for the demonstration: nobody real.'`.execute(
    db,
  );
  await sql`comment on column patients.created_by is 'The member of staff; null when the program did.'`.execute(
    db,
  );
  await sql`create index patients_newest on patients (tenant_id, created_at desc, id)`.execute(db);
  await fenceByTenant(db, 'patients');
}
