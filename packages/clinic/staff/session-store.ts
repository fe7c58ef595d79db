import type { Db, Trx } from '../platform/database.ts';
import { attemptMemoryMs } from './rules.ts';
import type { SessionView } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    staff_sessions: StaffSessionsTable;
  }
}

export interface StaffSessionsTable {
  tenant_id: string;
  id: string;
  staff_id: string;
  token_hash: Buffer;
  state: 'awaiting-code' | 'active';
  method: SessionView['method'];
  address: string;
  user_agent: string;
  code_failures: number;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  emergency_until: Date | null;
  emergency_reason: string | null;
  proved_at: Date | null;
}

export async function insertSession(
  trx: Trx,
  row: Omit<StaffSessionsTable, 'emergency_until' | 'emergency_reason' | 'proved_at'>,
): Promise<void> {
  await trx
    .insertInto('staff_sessions')
    .values({ ...row, emergency_until: null, emergency_reason: null, proved_at: null })
    .execute();
}

/** A session that is open now, with its member of staff; not one that is idle too long, ended, or of a disabled member. */
export function selectOpenSession(
  db: Db,
  key: { tenantId: string; hash: Buffer },
  state: StaffSessionsTable['state'],
  at: Date,
  idleSince: Date,
) {
  return db
    .selectFrom('staff_sessions as s')
    .innerJoin('staff as m', (join) =>
      join.onRef('m.tenant_id', '=', 's.tenant_id').onRef('m.id', '=', 's.staff_id'),
    )
    .leftJoin('second_step_roles as r', (join) =>
      join.onRef('r.tenant_id', '=', 'm.tenant_id').onRef('r.role', '=', 'm.role'),
    )
    .select([
      's.id',
      's.tenant_id',
      's.staff_id',
      's.last_seen_at',
      's.code_failures',
      's.expires_at',
      's.emergency_until',
      's.method',
      'm.role',
      'm.name',
      'm.email',
      'm.created_at as joined_at',
      (e) =>
        e
          .selectFrom('staff_branches as b')
          .select((of) => of.fn.agg<string[] | null>('array_agg', ['b.branch_id']).as('branches'))
          .whereRef('b.tenant_id', '=', 'm.tenant_id')
          .whereRef('b.staff_id', '=', 'm.id')
          .as('branches'),
      'r.required_since',
      'r.grace_days',
      (e) =>
        e
          .or([
            e('m.totp_confirmed_at', 'is not', null),
            e.exists(
              e
                .selectFrom('staff_passkeys as p')
                .select(e.lit(1).as('one'))
                .whereRef('p.tenant_id', '=', 'm.tenant_id')
                .whereRef('p.staff_id', '=', 'm.id'),
            ),
          ])
          .as('has_second_step'),
    ])
    .where('s.tenant_id', '=', key.tenantId)
    .where('s.token_hash', '=', key.hash)
    .where('s.state', '=', state)
    .where('s.revoked_at', 'is', null)
    .where('s.expires_at', '>', at)
    .where('s.last_seen_at', '>', idleSince)
    .where('m.disabled_at', 'is', null)
    .executeTakeFirst();
}

/** Opens or ends the emergency of a session. */
export async function setEmergency(
  trx: Trx,
  tenantId: string,
  sessionId: string,
  emergency: { readonly until: Date; readonly reason: string } | null,
): Promise<void> {
  await trx
    .updateTable('staff_sessions')
    .set({ emergency_until: emergency?.until ?? null, emergency_reason: emergency?.reason ?? null })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', sessionId)
    .execute();
}

/** When the member last proved who she is in this session; undefined when it is none of hers, or over. */
export async function selectProof(
  db: Db,
  of: { readonly tenantId: string; readonly staffId: string; readonly sessionId: string },
): Promise<Date | undefined> {
  const row = await db
    .selectFrom('staff_sessions')
    .select((e) => e.fn.coalesce('proved_at', 'created_at').as('proved_at'))
    .where('tenant_id', '=', of.tenantId)
    .where('id', '=', of.sessionId)
    .where('staff_id', '=', of.staffId)
    .where('state', '=', 'active')
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row?.proved_at;
}

/** Notes a proof, or that the session has now seen a second step, or both. */
export async function updateProof(
  trx: Trx,
  tenantId: string,
  sessionId: string,
  proof: { readonly proved_at?: Date; readonly method?: StaffSessionsTable['method'] },
): Promise<void> {
  await trx
    .updateTable('staff_sessions')
    .set(proof)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', sessionId)
    .execute();
}

export async function touchSession(db: Db, tenantId: string, id: string, at: Date): Promise<void> {
  await db
    .updateTable('staff_sessions')
    .set({ last_seen_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

/** Counts a wrong code against the sign-in under way; the new count. */
export async function countCodeFailure(trx: Trx, tenantId: string, id: string): Promise<number> {
  const row = await trx
    .updateTable('staff_sessions')
    .set((e) => ({ code_failures: e('code_failures', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .returning('code_failures')
    .executeTakeFirst();
  return row?.code_failures ?? Number.MAX_SAFE_INTEGER;
}

export function selectSessions(
  db: Db,
  tenantId: string,
  staffId: string,
  at: Date,
  idleSince: Date,
): Promise<StaffSessionsTable[]> {
  return db
    .selectFrom('staff_sessions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('staff_id', '=', staffId)
    .where('state', '=', 'active')
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .where('last_seen_at', '>', idleSince)
    .orderBy('last_seen_at', 'desc')
    .execute();
}

/** Ends sessions of a member: one, all but one, or all. @returns how many were open. */
export async function revokeSessions(
  trx: Trx,
  tenantId: string,
  staffId: string,
  which: { only: string } | { allBut: string } | 'all',
  at: Date,
): Promise<number> {
  let query = trx
    .updateTable('staff_sessions')
    .set({ revoked_at: at })
    .where('tenant_id', '=', tenantId)
    .where('staff_id', '=', staffId)
    .where('revoked_at', 'is', null);
  if (which !== 'all')
    query = 'only' in which ? query.where('id', '=', which.only) : query.where('id', '<>', which.allBut);
  const written = await query.executeTakeFirst();
  return Number(written.numUpdatedRows);
}

/** Forgets what is over: sessions ended more than 90 days ago, links and challenges past, attempts past memory. */
export async function deletePast(trx: Trx, at: Date): Promise<void> {
  const before = (days: number) => new Date(at.getTime() - days * 86_400_000);
  await trx.deleteFrom('staff_sessions').where('expires_at', '<', before(90)).execute();
  await trx.deleteFrom('staff_challenges').where('expires_at', '<', at).execute();
  await trx.deleteFrom('staff_invites').where('expires_at', '<', before(90)).execute();
  await trx.deleteFrom('staff_known_addresses').where('last_at', '<', before(180)).execute();
  await trx
    .deleteFrom('sign_in_attempts')
    .where('last_at', '<', new Date(at.getTime() - attemptMemoryMs))
    .execute();
}
