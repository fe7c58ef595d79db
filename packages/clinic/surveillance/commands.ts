import type { Trx } from '../platform/database.ts';
import { deriveFollowed } from './store.ts';

/**
 * Brings what is counted up to date with sessions, lots, check-ins and adverse events. Call it in the transaction that
 * changed any of them for these sessions; `all` after rows were brought in from outside.
 */
export function refreshFollowed(
  trx: Trx,
  tenantId: string,
  sessionIds: readonly string[] | 'all',
): Promise<void> {
  return deriveFollowed(trx, tenantId, sessionIds);
}
