import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * Photographs of the record. The file as it was taken lies in the file store and never changes; what pages show are
 * copies without metadata, named by the recipe that made them. A photograph arrives in pieces that survive a lost line.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table photos (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    patient_id uuid not null,
    session_id uuid,
    treatment text not null check (treatment in ('scalp', 'lip', 'vitiligo')),
    view text not null check (view <> ''),
    origin text not null check (origin in ('camera', 'upload')),
    taken_at timestamptz not null,
    added_at timestamptz not null,
    added_by uuid not null,
    file_id uuid not null,
    sha256 bytea not null check (octet_length(sha256) = 32),
    width_px integer not null check (width_px > 0),
    height_px integer not null check (height_px > 0),
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id),
    foreign key (tenant_id, file_id) references files (tenant_id, id)
  )`.execute(db);
  await sql`comment on column photos.id is 'the id of the upload it came by: sent twice, it is there once'`.execute(
    db,
  );
  await sql`comment on column photos.width_px is 'upright, after the orientation in the file was followed'`.execute(
    db,
  );
  await sql`create index photos_of_patient on photos (tenant_id, patient_id, taken_at)`.execute(db);
  await sql`create trigger photos_never_change before update on photos
    for each row execute function refuse_change()`.execute(db);
  await fenceByTenant(db, 'photos');

  await sql`create table photo_copies (
    tenant_id uuid not null references tenants (tenant_id),
    photo_id uuid not null,
    size text not null check (size in ('thumb', 'screen')),
    recipe text not null,
    file_id uuid not null,
    primary key (tenant_id, photo_id, size),
    foreign key (tenant_id, photo_id) references photos (tenant_id, id) on delete cascade,
    foreign key (tenant_id, file_id) references files (tenant_id, id)
  )`.execute(db);
  await fenceByTenant(db, 'photo_copies');

  await sql`create table photo_uploads (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    patient_id uuid not null,
    about jsonb not null,
    size_bytes bigint not null check (size_bytes > 0),
    sha256 bytea not null check (octet_length(sha256) = 32),
    received_bytes bigint not null default 0 check (received_bytes >= 0 and received_bytes <= size_bytes),
    refusal text,
    created_at timestamptz not null,
    created_by uuid not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, patient_id) references patients (tenant_id, id)
  )`.execute(db);
  await sql`comment on column photo_uploads.refusal is
    'why the whole file was not taken: the stable reason of the decoder, or content-mismatch'`.execute(db);
  await sql`create index photo_uploads_by_age on photo_uploads (created_at)`.execute(db);
  await fenceByTenant(db, 'photo_uploads');

  await sql`create table photo_upload_parts (
    tenant_id uuid not null references tenants (tenant_id),
    upload_id uuid not null,
    at_byte bigint not null check (at_byte >= 0),
    file_id uuid not null,
    primary key (tenant_id, upload_id, at_byte),
    foreign key (tenant_id, upload_id) references photo_uploads (tenant_id, id) on delete cascade,
    foreign key (tenant_id, file_id) references files (tenant_id, id)
  )`.execute(db);
  await fenceByTenant(db, 'photo_upload_parts');

  await sql`create table photo_lines (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    photo_id uuid not null,
    kind text not null check (kind in ('scale', 'length')),
    x1_px real not null,
    y1_px real not null,
    x2_px real not null,
    y2_px real not null,
    mm real not null check (mm > 0),
    drawn_at timestamptz not null,
    drawn_by uuid not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, photo_id) references photos (tenant_id, id) on delete cascade
  )`.execute(db);
  await sql`comment on column photo_lines.kind is
    'scale: a line over something of known length, typed; length: measured by the newest scale before it'`.execute(
    db,
  );
  await sql`comment on column photo_lines.x1_px is 'pixels of the upright photograph at its full size'`.execute(
    db,
  );
  await fenceByTenant(db, 'photo_lines');
}
