import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** What photographs of a person may be used for: one row a yes, ended by a withdrawal. No row means no. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table photo_consents (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    patient_id uuid not null,
    consent_id uuid not null,
    use text not null check (use in ('record', 'teaching', 'publication', 'social-media')),
    identifiable boolean not null,
    given_at timestamptz not null,
    withdrawn_at timestamptz,
    withdrawn_by_kind text,
    withdrawn_by text,
    primary key (tenant_id, id),
    unique (tenant_id, consent_id, use),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    foreign key (tenant_id, consent_id) references consents (tenant_id, id)
  )`.execute(db);
  await sql`create index photo_consents_in_force on photo_consents (tenant_id, patient_id)
    where withdrawn_at is null`.execute(db);
  await fenceByTenant(db, 'photo_consents');
}
