import { countRecent, recordAudit } from '../audit/commands.ts';
import type { Services } from '../platform/services.ts';
import { by } from './rules.ts';
import type { Actor } from './schema.ts';

/** Entries of the chain that refusals of one member make within an hour; a member who goes on asking cannot fill it. */
export const refusalsAnHour = 30;

const action = 'staff.role-refused';

/**
 * Notes that a member was refused something by role or branch (ASVS 5.0, 16.3.2): each in the program's log, and the first
 * {@link refusalsAnHour} of an hour in the chain, numbered. Several at once may each take the same number.
 * @param asked method and path of a staff page, which hold ids, never a name; what follows a question mark is not kept
 */
export async function noteRefusal(
  services: Pick<Services, 'db' | 'clock' | 'log'>,
  actor: Actor,
  asked: { readonly method: string; readonly path: string; readonly requestId: string },
): Promise<void> {
  const { tenantId, staffId, role } = actor;
  const { requestId, method } = asked;
  const path = asked.path.slice(0, 300);
  services.log.warn({ staffId, role, method, path, requestId }, 'refused to the role');
  await services.db.transaction().execute(async (trx) => {
    const since = new Date(services.clock.now().getTime() - 3_600_000);
    const before = await countRecent(trx, { tenantId, actorId: staffId, action, since });
    if (before >= refusalsAnHour) return;
    await recordAudit(services, trx, {
      ...by(actor),
      action,
      subject: { kind: 'staff', id: staffId },
      requestId,
      change: { after: { role, method, path, ofTheHour: before + 1 } },
    });
  });
}
