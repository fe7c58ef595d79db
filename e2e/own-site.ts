import { readConfig } from '@undertone/clinic/platform/config.ts';
import { type Clinic, startClinic } from '@undertone/clinic/start.ts';
import type { Page } from 'playwright-core';
import { removeHome, type Site, startSite } from '../tools/site.ts';
import { type PageOptions, signInAsOwner, test } from './journey.ts';

export interface OwnSite {
  /** Settings of this site's process beyond the usual ones; a journey that needs some overrides it. */
  readonly settings: Readonly<Record<string, string>>;
  /** A site of the file's own: nobody else writes in its clinic, and its letters can be read. */
  readonly own: Site;
  /** Its address, without a trailing slash. */
  readonly site: string;
  /** The same clinic's database, beside its server. */
  readonly clinic: Clinic;
  /** A page signed in as this clinic's owner. A refused form is answered with 422, which a browser notes in its console. */
  readonly openDesk: (options?: PageOptions) => Promise<Page>;
}

/** As `test`, on a site started for this file alone: for journeys that change what every page of a clinic shows. */
export const testOnOwnSite = test.extend<OwnSite>({
  settings: [async ({}, use) => use({}), { scope: 'file' }],
  own: [
    async ({ settings }, use) => {
      const started = await startSite({ env: settings });
      await use(started);
      await started.stop();
      await removeHome(started.home);
    },
    { scope: 'file' },
  ],
  clinic: [
    async ({ own }, use) => {
      const config = readConfig({ UNDERTONE_HOME: own.home, LOG_TO: 'file' });
      const started = await startClinic(config, { beside: 'join', work: false, migrate: false });
      await use(started.clinic);
      await started.stop();
    },
    { scope: 'file' },
  ],
  site: async ({ own }, use) => use(own.url),
  openDesk: async ({ openPage, own }, use) => {
    await use(async ({ allowed = [], ...options } = {}) => {
      const page = await openPage({ allowed: [/status of 422/, ...allowed], ...options });
      await signInAsOwner(page, own.url, own.ownerLink);
      return page;
    });
  },
});
