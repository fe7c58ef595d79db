import { type Kysely, sql } from 'kysely';
import { fenceByTenant } from './row-security.ts';

/**
 * The calculated, watermarked picture a visitor chose to send with a booking or a request to be called back. The bytes
 * lie encrypted in `files`; a row exists only as long as the consent does.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table preview_pictures (
    tenant_id uuid not null references tenants (tenant_id),
    id uuid not null,
    booking_id uuid,
    call_back_id uuid,
    file_id uuid not null,
    treatment text not null check (treatment in ('scalp', 'lip', 'vitiligo')),
    healing_state text not null check (healing_state in ('day0', 'week6', 'month12')),
    outcome text not null check (outcome in ('light', 'expected', 'dark')),
    consent_language text not null check (consent_language ~ '^[a-z]{2}$'),
    consent_words text not null check (length(consent_words) between 10 and 1000),
    consented_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, booking_id),
    unique (tenant_id, call_back_id),
    check (num_nonnulls(booking_id, call_back_id) = 1),
    foreign key (tenant_id, booking_id) references bookings (tenant_id, id),
    foreign key (tenant_id, call_back_id) references call_back_requests (tenant_id, id),
    foreign key (tenant_id, file_id) references files (tenant_id, id)
  )`.execute(db);
  await sql`comment on column preview_pictures.consent_words is 'The sentence beside the tick, as it was shown.'`.execute(
    db,
  );
  await fenceByTenant(db, 'preview_pictures');
}
