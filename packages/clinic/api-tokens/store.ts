import type { ColumnType, Insertable, Selectable } from 'kysely';
import type { Trx } from '../platform/database.ts';
import type { Role } from '../staff/schema.ts';
import type { Scope } from './schema.ts';

declare module '../platform/database.ts' {
  interface Tables {
    api_tokens: ApiTokensTable;
  }
}

export interface ApiTokensTable {
  tenant_id: string;
  id: string;
  name: string;
  scopes: Scope[];
  token_hash: Buffer;
  made_by: string;
  made_at: Date;
  expires_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
  revoked_by: string | null;
  /** Null: as many as its maker has. */
  branches: ColumnType<string[] | null, string[] | null | undefined>;
}

/** A token beside its maker, whose account and role it stands and falls with. */
export type TokenRow = Omit<Selectable<ApiTokensTable>, 'token_hash' | 'revoked_by'> & {
  maker_name: string;
  maker_role: Role;
  maker_disabled_at: Date | null;
  /** Null: works at all branches. */
  maker_branches: string[] | null;
};

export async function insertToken(
  trx: Trx,
  row: Omit<Insertable<ApiTokensTable>, 'last_used_at' | 'revoked_at' | 'revoked_by'>,
): Promise<void> {
  await trx
    .insertInto('api_tokens')
    .values({ ...row, last_used_at: null, revoked_at: null, revoked_by: null })
    .execute();
}

function selectTokens(trx: Trx, tenantId: string) {
  return trx
    .selectFrom('api_tokens as t')
    .innerJoin('staff as s', (join) =>
      join.onRef('s.tenant_id', '=', 't.tenant_id').onRef('s.id', '=', 't.made_by'),
    )
    .where('t.tenant_id', '=', tenantId)
    .select([
      't.tenant_id',
      't.id',
      't.name',
      't.scopes',
      't.made_by',
      't.made_at',
      't.expires_at',
      't.last_used_at',
      't.revoked_at',
      't.branches',
      's.name as maker_name',
      's.role as maker_role',
      's.disabled_at as maker_disabled_at',
      (e) =>
        e
          .selectFrom('staff_branches as b')
          .select((of) => of.fn.agg<string[] | null>('array_agg', ['b.branch_id']).as('branches'))
          .whereRef('b.tenant_id', '=', 's.tenant_id')
          .whereRef('b.staff_id', '=', 's.id')
          .as('maker_branches'),
    ]);
}

export function selectAllTokens(trx: Trx, tenantId: string): Promise<readonly TokenRow[]> {
  return selectTokens(trx, tenantId).orderBy('t.made_at', 'desc').orderBy('t.id').limit(500).execute();
}

export function selectByHash(trx: Trx, tenantId: string, hash: Buffer): Promise<TokenRow | undefined> {
  return selectTokens(trx, tenantId).where('t.token_hash', '=', hash).executeTakeFirst();
}

export async function touchToken(trx: Trx, tenantId: string, id: string, at: Date): Promise<void> {
  await trx
    .updateTable('api_tokens')
    .set({ last_used_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute();
}

export function selectById(trx: Trx, tenantId: string, id: string): Promise<TokenRow | undefined> {
  return selectTokens(trx, tenantId).where('t.id', '=', id).executeTakeFirst();
}

/** @returns whether it was not revoked before. */
export async function revokeToken(
  trx: Trx,
  tenantId: string,
  id: string,
  by: string,
  at: Date,
): Promise<boolean> {
  const done = await trx
    .updateTable('api_tokens')
    .set({ revoked_at: at, revoked_by: by })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
