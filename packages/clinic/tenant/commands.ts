import type { Trx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { type Branch, clinicFacts, isZone, type Tenant } from './schema.ts';
import { insertBranch, insertTenant, selectBranches, selectTenants } from './store.ts';

/**
 * Opens a clinic with its first branch; opening the same one again changes nothing.
 * @returns whether it was new.
 * @throws `unknown-zone` when this machine does not know the time zone.
 */
export async function openTenant(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenant: Tenant,
  branch: Branch,
): Promise<boolean> {
  for (const zone of [tenant.zone, branch.zone]) {
    if (!isZone(zone)) {
      throw Object.assign(new Error(`"${zone}" is not a time zone; use a name such as Asia/Kolkata.`), {
        code: 'unknown-zone' as const,
      });
    }
  }
  const at = services.clock.now();
  const isNew = await insertTenant(trx, { ...tenant, facts: clinicFacts.parse(tenant.facts) }, at);
  if (isNew) await insertBranch(trx, branch, at);
  return isNew;
}

/** All clinics of this installation, the first one opened first. */
export function listTenants(services: Pick<Services, 'db'>): Promise<readonly Tenant[]> {
  return selectTenants(services.db);
}

/** The clinic that addresses without another name belong to: the first one opened. Undefined in an empty database. */
export async function mainTenant(services: Pick<Services, 'db'>): Promise<Tenant | undefined> {
  return (await selectTenants(services.db))[0];
}

export function listBranches(services: Pick<Services, 'db'>, tenantId: string): Promise<readonly Branch[]> {
  return selectBranches(services.db, tenantId);
}
