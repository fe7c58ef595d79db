import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { ensureBundle } from '../../packages/web/server/bundle.ts';
import { browserIsRequired, type FoundChromium, findChromium } from '../../tools/chromium.ts';
import { removeHome, startSite } from '../../tools/site.ts';
import { leaksIn, logsOf, personalTexts } from './personal-data.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Undefined when this machine has no browser: the journeys are then skipped. */
    chromium: FoundChromium | undefined;
    site: { readonly url: string; readonly home: string; readonly ownerLink: string } | undefined;
  }
}

/** One browser looked for, one bundle built and one site started for all journeys. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const chromium = await findChromium();
  if (!chromium.ok) {
    if (browserIsRequired()) throw new Error(`The browser journeys must run here. ${chromium.message}`);
    process.stderr.write(`\n*** BROWSER JOURNEYS SKIPPED ***\n${chromium.message}\n\n`);
    project.provide('chromium', undefined);
    project.provide('site', undefined);
    return undefined;
  }
  process.stdout.write(`browser: ${chromium.from}\n`);
  await ensureBundle((text) => process.stdout.write(`pages: ${text}\n`));
  const site = await startSite();
  project.provide('chromium', chromium);
  project.provide('site', { url: site.url, home: site.home, ownerLink: site.ownerLink ?? '' });
  return async () => {
    // After all journeys: nothing of anybody they made may stand in a log.
    const people = await personalTexts(site.home);
    const leaks = leaksIn(logsOf(site.home, site.printed()), people);
    await site.stop();
    await removeHome(site.home);
    process.stdout.write(`logs: looked for ${people.length} names, addresses and numbers\n`);
    if (leaks.length > 0) {
      process.exitCode = 1;
      // A leak is not bad luck: without its report the run is not tried again.
      rmSync(process.env.UNDERTONE_TEST_REPORT ?? '', { force: true });
      throw new Error(`personal data in the logs:\n${leaks.join('\n')}`);
    }
  };
}
