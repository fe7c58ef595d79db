import { sql } from 'kysely';
import type { Db, Trx } from '../platform/database.ts';
import './tables.ts';

/** What of the set-up can be taken out of use. */
export type SetupKind = 'service' | 'practitioner' | 'room' | 'machine';

export interface SetupPerson {
  id: string;
  name: string;
  staff_id: string | null;
  position: number;
  has_feed: boolean;
  feed_shows_names: boolean;
  service_ids: string[];
  branches: { branch_id: string; own_hours: boolean }[];
}

export async function selectSetupPeople(db: Db | Trx, tenantId: string): Promise<SetupPerson[]> {
  const { rows } =
    await sql<SetupPerson>`select p.id, p.name, p.staff_id, p.position, p.feed_hash is not null as has_feed,
      p.feed_shows_names,
      (select coalesce(json_agg(service_id), '[]') from practitioner_services s
        where s.tenant_id = p.tenant_id and s.practitioner_id = p.id) as service_ids,
      (select coalesce(json_agg(json_build_object('branch_id', branch_id, 'own_hours', own_hours)), '[]')
        from practitioner_branches b where b.tenant_id = p.tenant_id and b.practitioner_id = p.id) as branches
    from practitioners p where p.tenant_id = ${tenantId} and p.left_at is null
    order by p.position, p.name, p.id`.execute(db);
  return rows;
}

export function selectPlaces(db: Db | Trx, tenantId: string, table: 'rooms' | 'machines') {
  return db
    .selectFrom(table)
    .select(['id', 'branch_id', 'name', 'kinds'])
    .where('tenant_id', '=', tenantId)
    .where('retired_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

export function selectSetupHours(db: Db | Trx, tenantId: string) {
  return db
    .selectFrom('opening_hours')
    .select(['branch_id', 'practitioner_id', 'weekday', 'open_min', 'close_min'])
    .where('tenant_id', '=', tenantId)
    .orderBy('weekday')
    .orderBy('open_min')
    .execute();
}

export function selectSetupExceptions(db: Db | Trx, tenantId: string, fromDay: string) {
  return db
    .selectFrom('opening_exceptions')
    .select(['id', 'branch_id', 'practitioner_id', 'day', 'spans', 'reason'])
    .where('tenant_id', '=', tenantId)
    .where('day', '>=', fromDay)
    .orderBy('day')
    .orderBy('id')
    .execute();
}

/** Every address a service has or had: a retired one's links lead nowhere else. */
export async function usedSlugs(db: Db | Trx, tenantId: string): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('services').select('slug').where('tenant_id', '=', tenantId).execute();
  return new Set(rows.map(({ slug }) => slug));
}

/** Own hours of a person at branches where they work no more. */
export async function deleteMissing(trx: Trx, tenantId: string, practitionerId: string): Promise<void> {
  await sql`delete from opening_hours h where h.tenant_id = ${tenantId} and h.practitioner_id = ${practitionerId}
    and not exists (select 1 from practitioner_branches b where b.tenant_id = h.tenant_id
      and b.practitioner_id = h.practitioner_id and b.branch_id = h.branch_id)`.execute(trx);
}

export async function deleteException(trx: Trx, tenantId: string, id: string): Promise<boolean> {
  const done = await trx
    .deleteFrom('opening_exceptions')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return done.numDeletedRows > 0n;
}

/** @returns whether it was there and in use */
export async function retireRow(
  trx: Trx,
  tenantId: string,
  kind: SetupKind,
  id: string,
  at: Date,
): Promise<boolean> {
  const [table, column] =
    kind === 'practitioner' ? (['practitioners', 'left_at'] as const) : ([`${kind}s`, 'retired_at'] as const);
  const done = await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${at}
    where tenant_id = ${tenantId} and id = ${id} and ${sql.ref(column)} is null`.execute(trx);
  return (done.numAffectedRows ?? 0n) > 0n;
}
