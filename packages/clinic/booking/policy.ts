/** What a person may change about a booking, and until when. */
export interface ChangePolicy {
  /** Cancelling earlier than this many hours before the visit is free of consequences. */
  readonly freeCancelHours: number;
  /** Moving the visit by link is possible until this many hours before it. */
  readonly moveUntilHours: number;
  readonly maxMoves: number;
}

export type BookingStatus =
  | 'held'
  | 'confirmed'
  | 'arrived'
  | 'completed'
  | 'cancelled'
  | 'no-show'
  | 'expired';

/** Statuses that keep the slot taken. */
export const activeStatuses = ['held', 'awaiting-confirmation', 'confirmed', 'arrived', 'completed'] as const;

export interface PolicyBooking {
  readonly status: BookingStatus;
  readonly startMinute: number;
  readonly moves: number;
}

export type PolicyAnswer =
  | { ok: true; late: boolean }
  | {
      ok: false;
      reason: 'not-open' | 'already-started' | 'too-late-to-move' | 'moved-too-often';
      message: string;
    };

const open: readonly BookingStatus[] = ['held', 'confirmed'];

export function mayCancel(booking: PolicyBooking, nowMinute: number, policy: ChangePolicy): PolicyAnswer {
  const common = stillOpen(booking, nowMinute);
  if (common !== undefined) return common;
  return { ok: true, late: booking.startMinute - nowMinute < policy.freeCancelHours * 60 };
}

export function mayMove(booking: PolicyBooking, nowMinute: number, policy: ChangePolicy): PolicyAnswer {
  const common = stillOpen(booking, nowMinute);
  if (common !== undefined) return common;
  if (booking.startMinute - nowMinute < policy.moveUntilHours * 60) {
    const message = `Visits can be moved by link until ${policy.moveUntilHours} hours before. Please call the clinic.`;
    return { ok: false, reason: 'too-late-to-move', message };
  }
  if (booking.moves >= policy.maxMoves) {
    const message = `This visit was already moved ${booking.moves} times. Please call the clinic.`;
    return { ok: false, reason: 'moved-too-often', message };
  }
  return { ok: true, late: false };
}

function stillOpen(booking: PolicyBooking, nowMinute: number): PolicyAnswer | undefined {
  if (!open.includes(booking.status)) {
    return { ok: false, reason: 'not-open', message: 'This booking is no longer open.' };
  }
  if (booking.startMinute <= nowMinute) {
    return { ok: false, reason: 'already-started', message: 'This visit has begun. Please call the clinic.' };
  }
  return undefined;
}

/** A visit can be marked as missed once its start has passed without an arrival. */
export function mayMarkNoShow(booking: PolicyBooking, nowMinute: number): boolean {
  return booking.status === 'confirmed' && booking.startMinute <= nowMinute;
}
