import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/** Trial and patch spots with their readings; which readings are due follows from the protocol (screening/spots.ts). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table screening_spots (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    patient_id uuid not null,
    treatment text not null check (treatment in ('scalp', 'lip', 'vitiligo')),
    kind text not null check (kind in ('trial', 'patch')),
    place text not null,
    what text not null,
    lot_ids uuid[] not null,
    placed_at timestamptz,
    recorded_at timestamptz not null,
    recorded_by uuid not null,
    set_aside_at timestamptz,
    set_aside_by uuid,
    set_aside_reason text,
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    check ((set_aside_at is null) = (set_aside_reason is null)),
    check (placed_at is not null or set_aside_at is not null)
  )`.execute(db);
  await sql`comment on column screening_spots.placed_at is
    'Null: the physician decided in writing to go without such a spot.'`.execute(db);
  await sql`comment on column screening_spots.what is 'Pigments, anaesthetic and aftercare that were tried.'`.execute(
    db,
  );
  await sql`create index screening_spots_of_patient on screening_spots (tenant_id, patient_id, treatment)`.execute(
    db,
  );
  await fenceByTenant(db, 'screening_spots');

  await sql`create table spot_readings (
    tenant_id uuid not null references tenants (tenant_id),
    spot_id uuid not null,
    seq integer not null check (seq > 0),
    reading text not null check (reading in ('minute-20', 'hour-48', 'day-8', 'week-6', 'week-12')),
    outcome text not null check (outcome in ('clear', 'adverse', 'unclear')),
    signs jsonb not null,
    lab double precision[] check (lab is null or array_length(lab, 1) = 3),
    surround_lab double precision[] check (surround_lab is null or array_length(surround_lab, 1) = 3),
    note text not null,
    read_at timestamptz not null,
    read_by uuid not null,
    primary key (tenant_id, spot_id, seq),
    foreign key (tenant_id, spot_id) references screening_spots (tenant_id, id)
  )`.execute(db);
  await sql`comment on column spot_readings.lab is 'CIELAB of the spot, D65, 10 degree observer, median of three.'`.execute(
    db,
  );
  await sql`comment on column spot_readings.surround_lab is 'CIELAB of the skin around, same conditions.'`.execute(
    db,
  );
  await sql`create trigger spot_readings_never_change before update on spot_readings
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'spot_readings');
}
