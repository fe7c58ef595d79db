/** What every act on an import goes through: the right to it, a lock on its row, an entry in the chain, refusals. */
import { recordAudit } from '../audit/commands.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { isUuid } from '../platform/uuid.ts';
import { can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import type { ImportRefusal } from './schema.ts';
import { type ImportRow, lockImport } from './store.ts';

export type ImportServices = Pick<Services, 'db' | 'files' | 'keys' | 'clock' | 'log' | 'jobs'>;

/** Counts and choices for the chain, never what stands in a table. */
type Facts = Readonly<Record<string, string | number | boolean>>;

/**
 * @param work answers a refusal, or what the chain shall say besides; keys of files it gives to `gone` lose their bytes once
 *   the transaction is kept
 */
export async function act(
  services: ImportServices,
  actor: Actor,
  id: string,
  action: string,
  work: (trx: Trx, row: ImportRow, gone: string[]) => Promise<ImportRefusal | { readonly facts?: Facts }>,
): Promise<{ ok: true } | ImportRefusal> {
  if (!can(actor.role, 'data.import')) return notAllowed;
  if (!isUuid(id)) return notFound;
  const gone: string[] = [];
  const done = await asTenant(services.db, actor.tenantId, async (trx) => {
    const row = await lockImport(trx, actor.tenantId, id);
    if (row === undefined) return notFound;
    const answer = await work(trx, row, gone);
    if ('ok' in answer) return answer;
    await audit(services, trx, actor, action, id, answer.facts);
    return { ok: true as const };
  });
  if (gone.length > 0)
    await asTenant(services.db, actor.tenantId, (trx) => services.files.removeBytes(trx, gone));
  return done;
}

export function audit(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  actor: Actor,
  action: string,
  id: string,
  after?: Facts,
): Promise<void> {
  return recordAudit(services, trx, {
    tenantId: actor.tenantId,
    actor: { kind: 'staff', id: actor.staffId },
    action,
    subject: { kind: 'import', id },
    ...(after !== undefined && { change: { after } }),
  });
}

export function refusal(reason: ImportRefusal['reason'], message: string): ImportRefusal {
  return { ok: false, reason, message };
}
export const notAllowed = refusal('not-allowed', 'Your role does not allow this.');
export const notFound = refusal('not-found', 'There is no such import.');
