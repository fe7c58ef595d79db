import type { Clinic } from '@undertone/clinic/start.ts';
import { type TenantSite, tenantSites } from '@undertone/clinic/tenant/commands.ts';
import { siteOf } from '@undertone/clinic/tenant/rules.ts';

/** Which clinic a request is for. */
export interface Sites {
  /** @param hostHeader `Host` as it was sent @returns undefined for a name of no clinic here */
  of(hostHeader: string | undefined): TenantSite | undefined;
}

/** A clinic added from the command line is served after this long at most, in milliseconds. */
const freshMs = 5000;

/**
 * Knows the clinics by host name without asking the database at each request: the list is read again behind the requests'
 * back, so that nobody waits for it and health can be told while the database is away.
 */
export async function openSites(clinic: Clinic): Promise<Sites> {
  let known = await tenantSites(clinic);
  let readMs = performance.now();
  const readAgain = () => {
    if (performance.now() - readMs < freshMs) return;
    readMs = performance.now();
    tenantSites(clinic).then(
      (sites) => {
        known = sites;
      },
      (error: unknown) => clinic.log.warn({ err: error }, 'the clinics could not be listed'),
    );
  };
  return {
    of(hostHeader) {
      readAgain();
      return siteOf(known, hostnameOf(hostHeader));
    },
  };
}

function hostnameOf(hostHeader: string | undefined): string {
  try {
    return new URL(`http://${hostHeader ?? ''}`).hostname;
  } catch {
    return '';
  }
}
