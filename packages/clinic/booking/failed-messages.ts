/** A message about a visit that did not arrive: its address is put right, there and in the visit, and it goes out again. */
import { z } from 'zod';
import { recordAudit } from '../audit/commands.ts';
import type { MessageRefusal } from '../notify/commands.ts';
import { failedMessage, sendElsewhere } from '../notify/failed.ts';
import { asTenant } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { by, can, mayAt } from '../staff/rules.ts';
import type { Actor } from '../staff/schema.ts';
import { notYourBranch } from './roles.ts';
import { emailSchema, phoneSchema } from './schema.ts';
import { selectBooking, updateBooking } from './store.ts';

/**
 * Gives a message that was given up another address. A visit that held the wrong address gets the right one too, so that
 * its later messages arrive. The audit entry names who did it and what about, not the addresses.
 */
export async function correctMessage(
  services: Pick<Services, 'db' | 'jobs' | 'clock'>,
  member: Actor,
  messageId: string,
  recipient: string,
): Promise<
  { ok: true } | MessageRefusal | { ok: false; reason: 'bad-address'; message: string; field: 'recipient' }
> {
  if (!can(member.role, 'booking.write')) return notAllowed;
  const { tenantId } = member;
  return asTenant(services.db, tenantId, async (trx) => {
    const seen = await failedMessage(trx, member, messageId);
    if ('ok' in seen) return seen;
    // The visit is locked before its messages, as by whoever moves or cancels it.
    const { subject } = seen;
    const visit =
      subject?.kind === 'booking' ? await selectBooking(trx, tenantId, subject.id, true) : undefined;
    if (visit !== undefined && !mayAt(member, visit.branch_id)) return notYourBranch;
    const found = await failedMessage(trx, member, messageId, true);
    if ('ok' in found) return found;
    const address = found.channel === 'email' ? emailSchema : phoneSchema;
    const parsed = address.safeParse(recipient.trim());
    if (!parsed.success) {
      const message = z.prettifyError(parsed.error).replace(/^✖ /, '');
      return { ok: false as const, reason: 'bad-address' as const, message, field: 'recipient' as const };
    }
    await sendElsewhere(services, trx, tenantId, messageId, parsed.data);
    const column = found.channel === 'email' ? ('email' as const) : ('phone' as const);
    if (visit?.[column] === found.recipient)
      await updateBooking(trx, tenantId, visit.id, { [column]: parsed.data }, services.clock.now());
    await recordAudit(services, trx, {
      ...by(member),
      action: 'message.address-corrected',
      subject: { kind: 'message', id: messageId },
      ...(visit !== undefined && { change: { after: { bookingId: visit.id } } }),
    });
    return { ok: true as const };
  });
}

const notAllowed: MessageRefusal = {
  ok: false,
  reason: 'not-allowed',
  message: 'Your role does not allow this.',
};
