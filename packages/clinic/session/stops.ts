/*
 * What ends a session from outside while it is open: the person takes her consent back, or a lot she is treated with is put
 * on hold. What is in the skin by then is written down all the same and marked; the tablet is told with its next push.
 */
import { consentFacts } from '../consent/facts.ts';
import type { Db } from '../platform/database.ts';
import { heldLots } from '../stock/commands.ts';
import type { DeviceEntry, EntryFlag, JournalEntry, Stops } from './schema.ts';
import type { Session } from './store.ts';

/** Acts on the person. What is voided, noted or set stops nothing. */
const acts: ReadonlySet<DeviceEntry['kind']> = new Set(['pigment', 'needle', 'diluent', 'numbing', 'pass']);

export function lotOf(entry: DeviceEntry): string | undefined {
  switch (entry.kind) {
    case 'pigment':
    case 'needle':
    case 'consumable':
    case 'diluent':
    case 'numbing':
      return entry.body.lotId;
    default:
      return undefined;
  }
}

/** As it is now; undefined when nothing stops it, or it is signed. */
export async function stopsOf(
  db: Db,
  { tenantId, patientId, treatment, state, opening }: Session,
  entries: readonly (DeviceEntry | JournalEntry)[],
): Promise<Stops | undefined> {
  if (state === 'signed') return undefined;
  const consent = await consentFacts(db, tenantId, patientId, treatment);
  const lots = new Set([...opening.lots.map(({ id }) => id), ...entries.flatMap((one) => lotOf(one) ?? [])]);
  const held = await heldLots(db, tenantId, [...lots]);
  const withdrawnAt = consent.state === 'withdrawn' ? consent.withdrawnAt : undefined;
  if (withdrawnAt === undefined && held.length === 0) return undefined;
  return {
    ...(withdrawnAt !== undefined && { consentWithdrawnAt: withdrawnAt.toISOString() }),
    ...(held.length > 0 && {
      heldLots: held.map(({ id, heldAt }) => ({ id, heldAt: heldAt.toISOString() })),
    }),
  };
}

/** What stands against an entry of that instant. What was done before the stop bears no mark. */
export function stopFlags(stops: Stops | undefined, entry: DeviceEntry, at: string): readonly EntryFlag[] {
  const lotId = lotOf(entry);
  const heldAt = stops?.heldLots?.find(({ id }) => id === lotId)?.heldAt;
  const since = stops?.consentWithdrawnAt;
  return [
    ...(since !== undefined && acts.has(entry.kind) && at >= since ? (['consent-withdrawn'] as const) : []),
    ...(heldAt !== undefined && at >= heldAt ? (['held-lot'] as const) : []),
  ];
}
