import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, sql } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { type Database, type Db, openPool, type Tables } from './database.ts';
import type { Logger } from './log.ts';
import { asSystem, presentScope } from './scope.ts';

/**
 * The second wall between clinics. Pages and jobs work as a role that owns nothing and may not pass the row-level
 * policies; each of their connections says for which clinic it is used. A query that forgets `where tenant_id = …` then
 * still sees one clinic alone.
 */
export interface Fence {
  /** What commands are given: each statement is made for the clinic stated with `inTenant`, or as the owner within `asSystem`. */
  readonly db: Db;
  /** The role that works; undefined when the database's account may neither use nor make one: see {@link Fence.why}. */
  readonly role: string | undefined;
  /** Why there is no such role, and what to do. */
  readonly why: string | undefined;
  /** Lets the role send jobs; once the queue's own tables stand. */
  admitToQueue(): Promise<void>;
  close(): Promise<void>;
}

/** Taken while rights are given: two processes that start at once would trip over each other in the catalogue. */
const rightsLock = 0x0fe2_ce00;

/**
 * Raises the fence: finds or makes the role `<account>_app`, gives it what it needs on every table, and opens the pool
 * that works as it. Where the account may not make roles, work goes on as the owner: commands still state their clinic
 * and still ask for its rows by name, but the database does not stop one that forgets.
 */
export async function raiseFence(
  owner: Database,
  options: { readonly poolSize: number; readonly log: Logger },
): Promise<Fence> {
  const found = await asSystem('schema', () => findRole(owner.db));
  const role = 'role' in found ? found.role : undefined;
  const why = 'why' in found ? found.why : undefined;
  if (role !== undefined) await asSystem('schema', () => giveRights(owner.db, role));
  else options.log.warn({ why }, 'row-level security does not bind this program');
  const pool = openPool(owner.connection, options);
  return {
    db: new Kysely<Tables>({
      dialect: new PostgresDialect({ pool: scopedPool(pool, owner.pool, role) }),
    }),
    role,
    why,
    admitToQueue: () =>
      role === undefined ? Promise.resolve() : asSystem('schema', () => giveQueueRights(owner.db, role)),
    close: () => pool.end(),
  };
}

/** Hands out connections that say for which clinic they are used; asks the server only when that has changed. */
function scopedPool(working: Pool, owner: Pool, role: string | undefined): PostgresPool {
  // What each connection has said. A new one has said nothing and is not yet the role.
  const stated = new WeakMap<PoolClient, string>();
  return {
    async connect(): Promise<PostgresPoolClient> {
      const scope = presentScope();
      if (scope === undefined) {
        throw Object.assign(
          new Error(
            'the database was asked for no clinic in particular; state one with inTenant, or a reason with asSystem (platform/scope.ts).',
          ),
          { code: 'no-tenant-stated' as const },
        );
      }
      if ('door' in scope) return owner.connect();
      const client = await working.connect();
      const wanted = scope.tenantId ?? '';
      if (stated.get(client) === wanted) return client;
      try {
        await state(client, wanted, stated.has(client) ? undefined : role);
        stated.set(client, wanted);
        return client;
      } catch (error) {
        // Whatever it is now, it is not what was asked for: the connection is not used again.
        client.release(true);
        throw error;
      }
    },
    end: () => working.end(),
    options: working.options,
  };
}

async function state(client: PoolClient, tenantId: string, role: string | undefined): Promise<void> {
  const steps = [`select set_config('undertone.tenant_id', ${client.escapeLiteral(tenantId)}, false)`];
  if (role !== undefined) steps.unshift(`set role ${client.escapeIdentifier(role)}`);
  await client.query(steps.join('; '));
}

/** The role this account may work as; made if there is none and the account may make one. */
export async function findRole(db: Db): Promise<{ readonly role: string } | { readonly why: string }> {
  const { rows } = await sql<{ me: string; role: string; there: boolean; usable: boolean; passes: boolean }>`
    select current_user as me, r.name as role, p.oid is not null as there,
      coalesce(pg_has_role(current_user, p.oid, 'member'), false) as usable,
      coalesce(p.rolsuper or p.rolbypassrls, false) as passes
    from (select (current_user || '_app')::name as name) r left join pg_roles p on p.rolname = r.name`.execute(
    db,
  );
  const found = rows[0];
  if (found === undefined) throw new Error('the server does not say who we are');
  const { me, role, there, usable, passes } = found;
  const todo = `Let the server's administrator run: create role "${role}" nologin; grant "${role}" to "${me}";`;
  if (there && passes)
    return { why: `Role ${role} may pass row-level security. Take BYPASSRLS and SUPERUSER from it.` };
  if (there && usable) return { role };
  try {
    if (!there) await sql`create role ${sql.id(role)} nologin`.execute(db);
    await sql`grant ${sql.id(role)} to ${sql.id(me)}`.execute(db);
    return { role };
  } catch (error) {
    const { code } = error as { code?: string };
    // 42501: not allowed. 42710 and 23505: another process made it this very moment.
    if (code === '42710' || code === '23505') return findRole(db);
    if (code !== '42501') throw error;
    return { why: `The database account ${me} may not make roles, and there is no role ${role}. ${todo}` };
  }
}

/**
 * Gives the role what it lacks: reading and adding everywhere, changing and deleting where no trigger forbids it to
 * everybody. Tables of the schema's own steps stay closed. Does nothing when all is given.
 */
async function giveRights(db: Db, role: string): Promise<void> {
  const lacking = sql<{ name: string; right: string; given: boolean; wanted: boolean }>`
    select relname as name, privilege as right, given, wanted from (
      select c.relname, privilege, has_table_privilege(${role}, c.oid, privilege) as given,
        c.relname not like 'schema\\_steps%' and not exists (
          select 1 from pg_trigger t join pg_proc f on f.oid = t.tgfoid
          where t.tgrelid = c.oid and f.proname = 'refuse_change' and t.tgqual is null and t.tgattr = ''::int2vector
            and (t.tgtype & case privilege when 'UPDATE' then 16 when 'DELETE' then 8 else 0 end) <> 0) as wanted
      from pg_class c cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as privilege
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')) rights
    where given <> wanted order by 1, 2`;
  const { rows } = await lacking.execute(db);
  if (rows.length === 0) return;
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${rightsLock})`.execute(trx);
    for (const { name, right, wanted } of (await lacking.execute(trx)).rows) {
      const what = sql.raw(right);
      if (wanted) await sql`grant ${what} on ${sql.table(name)} to ${sql.id(role)}`.execute(trx);
      else await sql`revoke ${what} on ${sql.table(name)} from ${sql.id(role)}`.execute(trx);
    }
    await sql`grant usage on all sequences in schema public to ${sql.id(role)}`.execute(trx);
  });
}

/** Sending a job is an insert into the queue, in the sender's transaction; reading and doing jobs stays with the owner. */
async function giveQueueRights(db: Db, role: string): Promise<void> {
  const { rows } = await sql<{ given: boolean }>`
    select has_schema_privilege(${role}, 'jobs', 'USAGE')
      and has_table_privilege(${role}, 'jobs.job_common', 'INSERT')
      and has_table_privilege(${role}, 'jobs.queue', 'SELECT') as given`.execute(db);
  if (rows[0]?.given) return;
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${rightsLock})`.execute(trx);
    await sql`grant usage on schema jobs to ${sql.id(role)}`.execute(trx);
    await sql`grant insert on jobs.job, jobs.job_common to ${sql.id(role)}`.execute(trx);
    await sql`grant select (id, start_after) on jobs.job, jobs.job_common to ${sql.id(role)}`.execute(trx);
    await sql`grant select on jobs.queue to ${sql.id(role)}`.execute(trx);
  });
}
