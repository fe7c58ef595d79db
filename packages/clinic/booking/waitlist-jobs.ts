import { z } from 'zod';
import type { Job } from '../platform/jobs.ts';

/** A time has become free: by cancelling (the booking's own time) or by moving (the time it left). */
export const freedSlotJob: Job<{
  tenantId: string;
  bookingId: string;
  freed?: { startMinute: number; practitionerId?: string | undefined } | undefined;
}> = {
  name: 'booking.slot-freed',
  payload: z.object({
    tenantId: z.uuid(),
    bookingId: z.uuid(),
    freed: z.object({ startMinute: z.int(), practitionerId: z.uuid().optional() }).optional(),
  }),
};

/** Every minute: holds and offers whose time is over, counts nobody needs. */
export const sweepJob: Job = { name: 'booking.sweep', payload: z.object({}), schedule: '* * * * *' };
