import type { Trx } from '../platform/database.ts';
import { closedChannels } from './commands.ts';
import { type PatientMessage, patientMessages } from './contact-rules.ts';

/** Ways of the outbox; SMS and WhatsApp go by the clinic's adapter, which is closed when both are. */
export interface OpenWays {
  readonly email: boolean;
  readonly webhook: boolean;
}

/** On which ways a message may go to a person; without a record nobody has withdrawn anything. */
export async function openWays(
  trx: Trx,
  tenantId: string,
  patientId: string | null,
  message: PatientMessage,
): Promise<OpenWays> {
  const { purpose } = patientMessages[message];
  if (purpose === null || patientId === null) return { email: true, webhook: true };
  const closed = await closedChannels(trx, tenantId, patientId, purpose);
  return { email: !closed.has('email'), webhook: !(closed.has('sms') && closed.has('whatsapp')) };
}
