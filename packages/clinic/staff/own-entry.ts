import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { by } from './rules.ts';
import type { Actor } from './schema.ts';

/** Notes in the chain what a member did with her own account. */
export function noteOwn(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  actor: Actor,
  action: string,
): Promise<void> {
  return recordAudit(services, trx, {
    ...by(actor),
    action,
    subject: { kind: 'staff', id: actor.staffId },
  });
}
