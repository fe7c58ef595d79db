/** The self-check a visitor sent along with a booking: its answers are theirs to give, and were given with consent. */
import { type Answers, selfCheckSchema } from '../candidacy/schema.ts';
import type { Db } from '../platform/database.ts';
import './tables.ts';

/** The newest answers for a treatment among a patient's bookings, or those of one booking. */
export async function sharedAnswers(
  db: Db,
  tenantId: string,
  of: { readonly patientId: string } | { readonly bookingId: string },
  treatment: string,
): Promise<Answers | undefined> {
  const rows = await db
    .selectFrom('bookings')
    .select('self_check')
    .where('tenant_id', '=', tenantId)
    .where('self_check', 'is not', null)
    .where((eb) => ('patientId' in of ? eb('patient_id', '=', of.patientId) : eb('id', '=', of.bookingId)))
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute();
  for (const { self_check } of rows) {
    const shared = selfCheckSchema.safeParse(self_check);
    if (shared.success && shared.data.treatment === treatment) return shared.data.answers;
  }
  return undefined;
}
