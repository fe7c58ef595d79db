/**
 * A coarse guard against floods from one address: a bucket of tokens in this process's memory. Limits that must
 * hold across processes (sign-in, bookings) are kept in the database by their own subjects.
 */
export interface FloodGuard {
  /** @returns 0 when the request may pass, else how many seconds to wait */
  waitSeconds(address: string, nowMs: number): number;
}

export interface FloodLimits {
  /** Requests an address may send at once after a pause. */
  readonly burst: number;
  readonly perSecond: number;
}

const mostAddresses = 50_000;

export function floodGuard({ burst, perSecond }: FloodLimits): FloodGuard {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    waitSeconds(address, nowMs) {
      const bucket = buckets.get(address) ?? { tokens: burst, atMs: nowMs };
      const tokens = Math.min(burst, bucket.tokens + (Math.max(0, nowMs - bucket.atMs) / 1000) * perSecond);
      const passes = tokens >= 1;
      // Deleting first keeps the map in order of last use, so the oldest entry is the first.
      buckets.delete(address);
      buckets.set(address, { tokens: passes ? tokens - 1 : tokens, atMs: nowMs });
      if (buckets.size > mostAddresses) {
        for (const oldest of buckets.keys()) {
          buckets.delete(oldest);
          break;
        }
      }
      return passes ? 0 : Math.ceil((1 - tokens) / perSecond);
    },
  };
}
