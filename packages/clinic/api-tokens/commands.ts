/*
 * Tokens with which other programs ask in a member's name.
 *
 *   createApiToken(services, actor, form)      { ok: true, id, secret }: the secret is told this once (staff.manage, proved lately)
 *   listApiTokens(services, actor)             { ok: true, tokens }
 *   revokeApiToken(services, actor, id)        { ok: true }
 *   admitProgram(services, request, wish)      { ok: true, member }: who the program acts for, or why it may not
 *
 * A token carries scopes, each bound to an action of `can`: it may do what its scopes say and its maker's role allows at
 * that moment, and nothing once the maker's account is shut out. Every use leaves an entry `api-token.used`, before
 * whatever it then does leaves its own; what scope or role refuse leaves `api-token.refused`.
 */
import { randomUUID } from 'node:crypto';
import { countRecent, recordAudit } from '../audit/commands.ts';
import { countAttempt } from '../booking/limits.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { proofFault } from '../staff/commands.ts';
import { refusalsAnHour } from '../staff/refused.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { newToken, readToken } from '../staff/tokens.ts';
import { listBranches } from '../tenant/commands.ts';
import { actionOf, bearerOf, tokenRate } from './rules.ts';
import {
  type ApiTokenForm,
  type ApiTokenRefusal,
  type ApiTokenView,
  apiTokenForm,
  type Scope,
  type TokenMember,
} from './schema.ts';
import {
  insertToken,
  revokeToken,
  selectAllTokens,
  selectByHash,
  selectById,
  type TokenRow,
  touchToken,
} from './store.ts';

type TokenServices = Pick<Services, 'db' | 'clock' | 'keys'>;

export async function createApiToken(
  services: TokenServices,
  actor: Actor,
  form: ApiTokenForm,
): Promise<{ ok: true; id: string; secret: string } | ApiTokenRefusal> {
  if (!can(actor.role, 'staff.manage')) return notAllowed;
  const parsed = apiTokenForm.safeParse(form);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = String(issue?.path[0] ?? '');
    return { ok: false, reason: 'bad-form', message: issue?.message ?? 'Not usable.', field };
  }
  const fault = await proofFault(services, actor);
  if (fault !== undefined) return { ...fault, reason: 'proof-needed' };
  const { name, days } = parsed.data;
  const branches = [...new Set(parsed.data.branches)].toSorted();
  const scopes = [...new Set(parsed.data.scopes)].toSorted();
  if (scopes.some((scope) => !can(actor.role, actionOf[scope]))) return notAllowed;
  const madeAt = services.clock.now();
  const id = randomUUID();
  const token = newToken(actor.tenantId);
  const secret = `utk_${token.text}`;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    const open = new Set((await listBranches({ db: trx }, actor.tenantId)).map((branch) => branch.id));
    if (branches.some((branch) => !open.has(branch))) return noSuchBranch;
    await insertToken(trx, {
      tenant_id: actor.tenantId,
      id,
      name,
      scopes,
      branches: branches.length === 0 ? null : branches,
      token_hash: token.hash,
      made_by: actor.staffId,
      made_at: madeAt,
      expires_at: new Date(madeAt.getTime() + days * 86_400_000),
    });
    await recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'api-token.made',
      subject: { kind: 'api-token', id },
      change: { after: { scopes, days, ...(branches.length > 0 && { branches }) } },
    });
    return { ok: true as const, id, secret };
  });
}

export async function listApiTokens(
  services: TokenServices,
  actor: Actor,
): Promise<{ ok: true; tokens: readonly ApiTokenView[] } | ApiTokenRefusal> {
  if (!can(actor.role, 'staff.manage')) return notAllowed;
  const rows = await asTenant(services.db, actor.tenantId, (trx) => selectAllTokens(trx, actor.tenantId));
  const now = services.clock.now();
  return {
    ok: true,
    tokens: rows.map((row) => ({
      id: row.id,
      name: row.name,
      scopes: row.scopes,
      branches: row.branches ?? undefined,
      madeBy: row.maker_name,
      madeAt: row.made_at,
      expiresAt: row.expires_at,
      lastUsedAt: row.last_used_at,
      state: stateOf(row, now),
    })),
  };
}

export async function revokeApiToken(
  services: TokenServices,
  actor: Actor,
  id: string,
): Promise<{ ok: true } | ApiTokenRefusal> {
  if (!can(actor.role, 'staff.manage')) return notAllowed;
  if (!isUuid(id)) return notFound;
  return asTenant(services.db, actor.tenantId, async (trx) => {
    if (!(await revokeToken(trx, actor.tenantId, id, actor.staffId, services.clock.now()))) return notFound;
    await recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'api-token.revoked',
      subject: { kind: 'api-token', id },
    });
    return { ok: true as const };
  });
}

/**
 * Who a request with `Authorization: Bearer utk_…` acts for. A token is 256 bits of chance, so strangers are not counted
 * here: the web's guard against floods is enough for them.
 * @param wish.operation name of what is asked, for the audit chain: never an address with somebody's data
 */
export async function admitProgram(
  services: TokenServices,
  authorization: string | null,
  wish: { readonly scope: Scope; readonly operation: string },
): Promise<{ ok: true; member: TokenMember } | ApiTokenRefusal> {
  const text = bearerOf(authorization);
  const key = text === undefined ? undefined : readToken(text);
  if (key === undefined) return authorization === null ? tokenMissing : tokenInvalid;
  const { tenantId } = key;
  return asTenant(services.db, tenantId, async (trx) => {
    const row = await selectByHash(trx, tenantId, key.hash);
    const now = services.clock.now();
    if (row === undefined || stateOf(row, now) !== 'good') return tokenInvalid;
    const counted = await countAttempt(services, trx, tenantId, tokenRate, row.id);
    if (!counted.ok) return counted;
    const refusal = row.scopes.includes(wish.scope)
      ? can(row.maker_role, actionOf[wish.scope])
        ? undefined
        : makerMayNot
      : scopeMissing(wish.scope);
    if (refusal !== undefined) {
      await noteRefused(services, trx, row, tenantId, { operation: wish.operation, reason: refusal.reason });
      return refusal;
    }
    if (row.last_used_at === null || now.getTime() - row.last_used_at.getTime() >= 60_000)
      await touchToken(trx, tenantId, row.id, now);
    await recordAudit(services, trx, {
      tenantId,
      actor: { kind: 'staff', id: row.made_by },
      action: 'api-token.used',
      subject: { kind: 'api-token', id: row.id },
      change: { after: { operation: wish.operation } },
    });
    return {
      ok: true as const,
      member: {
        tenantId,
        staffId: row.made_by,
        role: row.maker_role,
        name: row.maker_name,
        sessionId: row.id,
        ...branchesOf(row),
        tokenId: row.id,
      },
    };
  });
}

/** What a program was refused stands in the chain as well, as often an hour as what a member was. */
async function noteRefused(
  services: TokenServices,
  trx: Trx,
  { id, made_by: maker }: TokenRow,
  tenantId: string,
  after: { readonly operation: string; readonly reason: string },
): Promise<void> {
  const action = 'api-token.refused';
  const since = new Date(services.clock.now().getTime() - 3_600_000);
  const before = await countRecent(trx, { tenantId, actorId: maker, action, since });
  if (before >= refusalsAnHour) return;
  await recordAudit(services, trx, {
    tenantId,
    actor: { kind: 'staff', id: maker },
    action,
    subject: { kind: 'api-token', id },
    change: { after: { ...after, ofTheHour: before + 1 } },
  });
}

/** Those a token opens that was given out earlier, for what is done in its name later; undefined: all. */
export async function branchesOfToken(
  trx: Trx,
  tenantId: string,
  id: string,
): Promise<readonly string[] | undefined> {
  const row = await selectById(trx, tenantId, id);
  return row === undefined ? [] : branchesOf(row).branches;
}

/** No more than its maker's, and no more than it was given. */
function branchesOf({ branches, maker_branches }: TokenRow): { branches?: readonly string[] } {
  if (branches === null) return maker_branches === null ? {} : { branches: maker_branches };
  return {
    branches: branches.filter((one) => maker_branches === null || maker_branches.includes(one)),
  };
}

function stateOf(row: TokenRow, now: Date): ApiTokenView['state'] {
  if (row.revoked_at !== null) return 'revoked';
  if (row.maker_disabled_at !== null) return 'maker-gone';
  return row.expires_at <= now ? 'expired' : 'good';
}

const scopeMissing = (scope: Scope): ApiTokenRefusal => ({
  ok: false,
  reason: 'scope-missing',
  message: `This needs a token with the scope ${scope}; ask the clinic's owner for one.`,
});
const notAllowed: ApiTokenRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
const noSuchBranch: ApiTokenRefusal = {
  ok: false,
  reason: 'no-such-branch',
  message: 'One of these branches is closed or unknown; look at the list again.',
  field: 'branches',
};
const makerMayNot: ApiTokenRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'The role of whoever made this token does not allow this.',
};
const notFound: ApiTokenRefusal = {
  ok: false,
  reason: 'not-found',
  message: 'There is no such token, or it was ended already.',
};
const tokenMissing: ApiTokenRefusal = {
  ok: false,
  reason: 'token-missing',
  message: 'Send the header Authorization: Bearer, with a token from the clinic’s page “Programs”.',
};
const tokenInvalid: ApiTokenRefusal = {
  ok: false,
  reason: 'token-invalid',
  message: 'This token is unknown, has expired, or was ended. Ask the clinic’s owner for another.',
};
