import type { Trx } from '../platform/database.ts';
import { asSystem, presentScope } from '../platform/scope.ts';
import type { Services } from '../platform/services.ts';
import { siteUrl } from './rules.ts';
import { type Branch, clinicFacts, isZone, type Tenant } from './schema.ts';
import { insertBranch, insertTenant, selectBranches, selectHosts, selectTenants } from './store.ts';

export { type BranchOfAll, selectEveryBranch, writeBranch } from './store.ts';

/**
 * Opens a clinic with its first branch; opening the same one again changes nothing.
 * @returns whether it was new.
 * @throws `unknown-zone` when this machine does not know the time zone.
 */
export async function openTenant(
  services: Pick<Services, 'clock'>,
  trx: Trx,
  tenant: Tenant & { readonly host?: string },
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

/** The clinics the caller may see, the first one opened first: the one stated, or all for who works past the fence. */
export async function listTenants(services: Pick<Services, 'db'>): Promise<readonly Tenant[]> {
  const scope = presentScope();
  const tenants = await selectTenants(services.db);
  // Also where the database does not see to it (platform/fence.ts).
  return scope !== undefined && 'tenantId' in scope
    ? tenants.filter(({ id }) => id === scope.tenantId)
    : tenants;
}

/** A clinic and where its pages are. */
export interface TenantSite {
  readonly id: string;
  /** Host name of its own pages, lower case; null: at the address of the settings, if it is the first clinic. */
  readonly host: string | null;
  /** Address of its pages without a trailing slash. */
  readonly publicUrl: string;
}

/** Every clinic of this installation with its address, the first one opened first. */
export function tenantSites(services: Pick<Services, 'db' | 'config'>): Promise<readonly TenantSite[]> {
  return asSystem('tenants', async () => {
    // Read here: for a clinic stated, the address of the settings is that clinic's own.
    const main = services.config.http.publicUrl;
    return (await selectHosts(services.db)).map(({ id, host }) => ({
      id,
      host,
      publicUrl: siteUrl(main, host),
    }));
  });
}

/** The clinic at work: the one stated; where none is, the first one opened. Undefined in an empty database. */
export async function mainTenant(services: Pick<Services, 'db'>): Promise<Tenant | undefined> {
  return (await listTenants(services))[0];
}

/** The branches that are open, the first one opened first. */
export function listBranches(services: Pick<Services, 'db'>, tenantId: string): Promise<readonly Branch[]> {
  return selectBranches(services.db, tenantId);
}
