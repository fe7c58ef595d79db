/** Every change of a booking leaves an event (history, undo, other screens) and an entry in the audit chain. */
import { recordAudit } from '../audit/commands.ts';
import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { type Actor, auditActor } from './roles.ts';
import { type BookingRow, insertEvent } from './store.ts';

export type { Actor } from './roles.ts';

/** What is remembered of a booking at a point in time: where and when, never who. */
export interface Snapshot {
  [key: string]: string | number | boolean | null;
  status: BookingRow['status'];
  branch_id: string;
  practitioner_id: string | null;
  room_id: string | null;
  machine_id: string | null;
  start_min: number;
  end_min: number;
  occupied_from_min: number;
  occupied_to_min: number;
  patient_id: string | null;
  version: number;
}

export function snapshot(row: BookingRow): Snapshot {
  return {
    status: row.status,
    branch_id: row.branch_id,
    practitioner_id: row.practitioner_id,
    room_id: row.room_id,
    machine_id: row.machine_id,
    start_min: row.start_min,
    end_min: row.end_min,
    occupied_from_min: row.occupied_from_min,
    occupied_to_min: row.occupied_to_min,
    patient_id: row.patient_id,
    version: row.version,
  };
}

/** Call it last in the transaction: the audit chain is locked until the commit. */
export async function remember(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  actor: Actor,
  changes: readonly { what: string; before?: BookingRow | undefined; after: BookingRow }[],
): Promise<void> {
  for (const { what, before, after } of changes) {
    await insertEvent(trx, {
      tenantId: after.tenant_id,
      bookingId: after.id,
      what,
      before: before === undefined ? undefined : snapshot(before),
      after: snapshot(after),
      actor,
      at: services.clock.now(),
    });
  }
  for (const { what, before, after } of changes) {
    await recordAudit(services, trx, {
      tenantId: after.tenant_id,
      actor: auditActor(actor),
      action: `booking.${what}`,
      subject: { kind: 'booking', id: after.id },
      change: { ...(before === undefined ? {} : { before: snapshot(before) }), after: snapshot(after) },
    });
  }
}
