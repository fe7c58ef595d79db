/*
 * What the clinic's own results say, counted.
 *
 *   refreshFollowed(trx, tenantId, sessionIds | 'all')          keep the counts with what they come from
 *   readRates(services, actor, query, by), funnelOf(total, rows), readCusum(services, actor, query)
 *   publicRates(services, tenantId, treatment?)                 what the public risk page may show
 */
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

export * from './queries.ts';
