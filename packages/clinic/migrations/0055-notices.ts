import { type Kysely, sql } from 'kysely';

/**
 * Tells every listening process that something at the desk has changed: which clinic and what kind, and for bookings the
 * stretch of time. Nothing about anybody. The server hands a notice out when the transaction commits, and the same one
 * only once a transaction.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create function tell_booking_changed() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'INSERT' then
        perform pg_notify('undertone_desk',
          format('%s booking %s %s', old.tenant_id, old.occupied_from_min, old.occupied_to_min));
      end if;
      if tg_op <> 'DELETE' then
        perform pg_notify('undertone_desk',
          format('%s booking %s %s', new.tenant_id, new.occupied_from_min, new.occupied_to_min));
      end if;
      return null;
    end $$`.execute(db);
  await sql`create trigger bookings_tell after insert or update or delete on bookings
    for each row execute function tell_booking_changed()`.execute(db);

  await sql`create function tell_desk_changed() returns trigger language plpgsql as $$
    begin
      perform pg_notify('undertone_desk', format('%s %s', new.tenant_id, tg_argv[0]));
      return null;
    end $$`.execute(db);
  await sql`create trigger call_back_requests_tell after insert or update on call_back_requests
    for each row execute function tell_desk_changed('call-back')`.execute(db);
  await sql`create trigger messages_tell after update of state on messages
    for each row when (new.state = 'failed' or old.state = 'failed')
    execute function tell_desk_changed('message')`.execute(db);
}
