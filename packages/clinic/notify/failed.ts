/** What becomes of messages that were given up: another address, another try, or the word of who told the person. */
import { recordAudit } from '../audit/commands.ts';
import { asTenant, type Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { by, can } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { deliverJob, type MessageRefusal, maySee } from './commands.ts';
import type { Channel } from './schema.ts';
import { readdress, selectMessage, settleMessage } from './store.ts';

type FailedServices = Pick<Services, 'jobs' | 'clock'>;

/** A message that was given up, for a command that puts its address right. @param lock nobody tries it again meanwhile */
export async function failedMessage(
  trx: Trx,
  member: Pick<Actor, 'tenantId' | 'branches'>,
  id: string,
  lock = false,
): Promise<
  { channel: Channel; recipient: string; subject: { kind: string; id: string } | undefined } | MessageRefusal
> {
  const row = await selectMessage(trx, member.tenantId, id, lock);
  if (row?.state !== 'failed' || !maySee(member, row)) return notFailed;
  const { channel, recipient, subject_kind: kind, subject_id: about } = row;
  return { channel, recipient, subject: kind === null || about === null ? undefined : { kind, id: about } };
}

/**
 * Sends a message that was given up to another address, and with it whatever else waits for the wrong one about the same
 * thing. The caller asks for the role and writes the entry.
 */
export async function sendElsewhere(
  services: FailedServices,
  trx: Trx,
  tenantId: string,
  messageId: string,
  recipient: string,
): Promise<void> {
  const now = services.clock.now();
  for (const id of await readdress(trx, tenantId, messageId, recipient, now))
    await services.jobs.send(trx, deliverJob, { tenantId, messageId: id });
}

/** Takes a message from the pile because the person knows by another way: told on the telephone, or no longer in need. */
export async function settleByHand(
  services: Pick<Services, 'db' | 'clock'>,
  member: Actor,
  messageId: string,
): Promise<{ ok: true } | MessageRefusal> {
  if (!can(member.role, 'booking.write')) return notAllowed;
  const { tenantId } = member;
  return asTenant(services.db, tenantId, async (trx) => {
    const change = { state: 'withdrawn' as const, settled_at: services.clock.now() };
    if (!maySee(member, await selectMessage(trx, tenantId, messageId))) return notFailed;
    if (!(await settleMessage(trx, tenantId, messageId, ['failed'], change))) return notFailed;
    await recordAudit(services, trx, {
      ...by(member),
      action: 'message.settled-by-hand',
      subject: { kind: 'message', id: messageId },
    });
    return { ok: true as const };
  });
}

const notFailed: MessageRefusal = {
  ok: false,
  reason: 'not-failed',
  message: 'This message is not among those that were given up. Please look again.',
};

const notAllowed: MessageRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
