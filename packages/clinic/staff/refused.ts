import { recordAudit } from '../audit/commands.ts';
import type { Services } from '../platform/services.ts';
import type { Actor } from './schema.ts';

/**
 * Notes in the chain that a member asked for a page the role does not open (ASVS 16.3.2).
 * @param path of a staff page: it holds ids, never a name; what follows a question mark is not kept
 */
export async function noteRoleRefusal(
  services: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  path: string,
): Promise<void> {
  await services.db.transaction().execute((trx) =>
    recordAudit(services, trx, {
      tenantId: actor.tenantId,
      actor: { kind: 'staff', id: actor.staffId },
      action: 'staff.role-refused',
      subject: { kind: 'staff', id: actor.staffId },
      change: { after: { role: actor.role, path: path.slice(0, 300) } },
    }),
  );
}
