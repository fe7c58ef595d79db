import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The few works that see more than one clinic, each with why it must. Everything else states the clinic it works for
 * ({@link inTenant}) and is shown that one alone. docs/security.md lists them, and a test holds that list, this one
 * and the callers together: a new door is a decision.
 */
export const systemDoors = {
  schema: 'steps of the schema, and the rights of the working role on tables that are new',
  tenants: 'which clinic a host name belongs to, and for which clinics a scheduled job is due',
  'file-sweep': 'bytes in the store that no clinic has a row for',
  'audit-anchor': 'the ends of all chains, written outside the database',
  erasure: 'rows the working role may not change at all, of one patient, after an owner approved it',
  'job-counts': 'how many jobs wait or failed, for the measures; no clinic is in them',
} as const;
export type SystemDoor = keyof typeof systemDoors;

/** For whom statements are made: one clinic, nobody yet (a host that belongs to no clinic), or the system through a door. */
export type Scope =
  | { readonly tenantId: string | undefined; readonly publicUrl?: string }
  | { readonly door: SystemDoor };

/*
 * One carrier for the whole process. The pages' bundle and server.ts hold two copies of this module, which must read what
 * the other has stated; so it is found under a name registered with the process. It holds nothing itself.
 */
const carrierName = Symbol.for('undertone.scope');
const ofProcess = globalThis as { [carrierName]?: AsyncLocalStorage<Scope> };
const carrier = (ofProcess[carrierName] ??= new AsyncLocalStorage<Scope>());

/** For whom the caller works; undefined where nobody has said so. */
export function presentScope(): Scope | undefined {
  return carrier.getStore();
}

/** Address of the pages of the clinic at work, where it has one of its own. */
export function presentPublicUrl(): string | undefined {
  const scope = presentScope();
  return scope !== undefined && 'tenantId' in scope ? scope.publicUrl : undefined;
}

/**
 * Runs `work` for one clinic: every statement it makes sees that clinic's rows and no others.
 * @param publicUrl address of this clinic's own pages, where it has one
 * @throws `tenant-mismatch` when another clinic was stated already: work for one never turns into work for another.
 */
export function inTenant<T>(tenantId: string, work: () => T, publicUrl?: string): T {
  const present = presentScope();
  if (present !== undefined && 'tenantId' in present && present.tenantId !== undefined) {
    if (present.tenantId === tenantId) return work();
    throw Object.assign(
      new Error('work for one clinic asked for another; state the clinic once, at the border.'),
      { code: 'tenant-mismatch' as const },
    );
  }
  return carrier.run({ tenantId, ...(publicUrl !== undefined && { publicUrl }) }, work);
}

/** Runs `work` for a visitor of no clinic: it may ask, and sees nothing. */
export function inNoTenant<T>(work: () => T): T {
  return carrier.run({ tenantId: undefined }, work);
}

/** Runs `work` past the fence, for the reason named. */
export function asSystem<T>(door: SystemDoor, work: () => T): T {
  return carrier.run({ door }, work);
}
