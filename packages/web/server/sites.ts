import { setTimeout as pause } from 'node:timers/promises';
import type { Clinic } from '@undertone/clinic/start.ts';
import type { TenantSite } from '@undertone/clinic/tenant/commands.ts';
import { siteOf } from '@undertone/clinic/tenant/rules.ts';

/** Which clinic a request is for. */
export interface Sites {
  /**
   * At once for the name of a clinic that is known. Any other name may be that of a clinic added meanwhile: it waits for the
   * list to be read, so that its first visitor is not shown another clinic.
   * @param hostHeader `Host` as it was sent
   * @param isProbe whether whatever watches the process asks, under any name: it never waits
   * @returns undefined for a name of no clinic here
   */
  of(
    hostHeader: string | undefined,
    isProbe?: boolean,
  ): TenantSite | undefined | Promise<TenantSite | undefined>;
}

/** How old the list of clinics becomes while names in it are asked for, in milliseconds. */
const freshMs = 5000;

/** How long a request for an unknown name waits for a database that does not answer. */
const patienceMs = 5000;

/**
 * Knows the clinics by host name without asking the database at each request: for names it knows the list is read again
 * behind the requests' back, so that nobody waits for it. Names that no clinic has for itself (this machine's own, an
 * address in figures) never wait, so that health can be told while the database is away.
 * @param list every clinic with its address, as they are now
 */
export async function openSites(
  clinic: Pick<Clinic, 'config' | 'log'>,
  list: () => Promise<readonly TenantSite[]>,
): Promise<Sites> {
  let known = await list();
  let readMs = performance.now();
  let reading: Promise<void> | undefined;
  const read = () => {
    readMs = performance.now();
    reading ??= list()
      .then(
        (sites) => {
          known = sites;
        },
        (error: unknown) => clinic.log.warn({ err: error }, 'the clinics could not be listed'),
      )
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  const main = new URL(clinic.config.http.publicUrl).hostname;
  return {
    of(hostHeader, isProbe = false) {
      const name = hostnameOf(hostHeader);
      const isKnown = name === main || known.some(({ host }) => host === name) || isOfNoClinic(name);
      if (isKnown || isProbe) {
        if (performance.now() - readMs >= freshMs) void read();
        return siteOf(known, name);
      }
      const late = new AbortController();
      return Promise.race([
        read(),
        pause(patienceMs, undefined, { signal: late.signal }).catch(() => undefined),
      ]).then(() => {
        late.abort();
        return siteOf(known, name);
      });
    },
  };
}

/** No name, this machine's own, or an address in figures. */
const isOfNoClinic = (name: string) =>
  name === '' || name === 'localhost' || name.startsWith('[') || /^\d+(\.\d+){3}$/.test(name);

function hostnameOf(hostHeader: string | undefined): string {
  try {
    return new URL(`http://${hostHeader ?? ''}`).hostname;
  } catch {
    return '';
  }
}
