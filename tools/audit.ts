// `npm run audit`: Lighthouse (mobile, slow 4G simulated) and axe on every public page of the real site, in the same
// Chromium as the journeys. Arguments are the pages to measure (`/en /hi/vitiligo`); without any, the whole sitemap, the
// waiting list and `/en/booking`, which stands for the page behind a booking's link.
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe, { type Result } from 'axe-core';
import lighthouse from 'lighthouse';
import type { Browser } from 'playwright-core';
import { solveWork, type WorkChallenge } from '../packages/web/app/book/proof-of-work.ts';
import { locales } from '../packages/web/app/locales/index.ts';
import { ensureBundle } from '../packages/web/server/bundle.ts';
import { findChromium, launchChromium } from './chromium.ts';
import { freePort, removeHome, startSite } from './site.ts';

/** Least score of each category, of 100. */
const bar = 95;
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

interface Measured {
  readonly path: string;
  readonly scores: Readonly<Record<(typeof categories)[number], number>>;
  /** Time until the largest part of the page is painted, in milliseconds, on the simulated phone. */
  readonly largestPaintMs: number;
  /** Scripts sent, compressed, in kB. */
  readonly scriptKb: number;
  readonly axeFaults: readonly string[];
}

const found = await findChromium();
if (!found.ok) {
  process.stderr.write(`audit: ${found.message}\n`);
  process.exit(1);
}
await ensureBundle((text) => process.stdout.write(`pages: ${text}\n`));
const site = await startSite();
const port = await freePort();
const browser = await launchChromium({ ...found, args: [...found.args, `--remote-debugging-port=${port}`] });
try {
  const given = process.argv.slice(2);
  const asked =
    given.length > 0
      ? given
      : [...(await sitemapPaths(site.url)), ...locales.map((locale) => `/${locale}/waitlist`), '/en/booking'];
  const paths = await Promise.all(
    asked.map(async (path) => (path === '/en/booking' ? bookedPath(site.url) : path)),
  );
  const reports = await mkdtemp(join(tmpdir(), 'undertone-audit-'));
  const low: string[] = [];
  process.stdout.write(`\n${'page'.padEnd(28)} perf  a11y  best   seo    LCP ms  JS kB  axe\n`);
  for (const path of paths) {
    const page = await measure(path, reports);
    // A booking's key is of no use after this run, and too long for a table.
    const shown = path.replace(/(?<=\/booking\/).+/, '…');
    const scores = categories.map((category) => String(page.scores[category]).padStart(5)).join(' ');
    process.stdout.write(
      `${shown.padEnd(28)}${scores} ${String(page.largestPaintMs).padStart(9)} ${String(page.scriptKb).padStart(6)} ${String(page.axeFaults.length).padStart(4)}\n`,
    );
    for (const category of categories) {
      if (page.scores[category] < bar) low.push(`${shown}: ${category} ${page.scores[category]}`);
    }
    low.push(...page.axeFaults.map((fault) => `${shown}: ${fault}`));
  }
  process.stdout.write(`\nFull reports: ${reports}\n`);
  process.stdout.write(
    low.length === 0
      ? `audit: every page reaches ${bar}\n`
      : `audit: below the bar:\n  ${low.join('\n  ')}\n`,
  );
  process.exitCode = low.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  await site.stop();
  await removeHome(site.home);
}

async function sitemapPaths(url: string): Promise<string[]> {
  const xml = await (await fetch(`${url}/sitemap.xml`)).text();
  return [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address = '']) => new URL(address).pathname);
}

/** Asks for a visit as a visitor's browser does; @returns the page behind its link. */
async function bookedPath(url: string): Promise<string> {
  const ask = async <T>(path: string): Promise<T> => (await (await fetch(url + path)).json()) as T;
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const { slots } = await ask<{ slots: { start: string }[] }>(
    `/api/v1/availability?service=consultation&from=${day(1)}&to=${day(30)}`,
  );
  const reply = await fetch(`${url}/api/v1/bookings`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
    body: JSON.stringify({
      service: 'consultation',
      start: slots[0]?.start,
      name: 'Sample patient 014',
      email: 'patient014@example.org',
      altcha: await solveWork(await ask<WorkChallenge>('/api/v1/challenge')),
    }),
  });
  const { token } = (await reply.json()) as { token?: string };
  if (token === undefined) throw new Error(`No visit could be booked: ${reply.status}`);
  return `/en/booking/${token}`;
}

async function measure(path: string, reports: string): Promise<Measured> {
  const run = await lighthouse(site.url + path, {
    port,
    output: 'html',
    logLevel: 'error',
    onlyCategories: [...categories],
    // The page behind a booking's link is kept out of search engines on purpose.
    skipAudits: path.includes('/booking/') ? ['is-crawlable'] : [],
  });
  const fault = run ? run.lhr.runtimeError?.message : 'no result';
  if (!run || fault !== undefined) throw new Error(`Lighthouse could not measure ${path}: ${fault}`);
  await mkdir(reports, { recursive: true });
  const html = Array.isArray(run.report) ? run.report.join('') : run.report;
  await writeFile(join(reports, `${path.slice(1, 60).replaceAll('/', '-') || 'start'}.html`), html);
  const { audits, categories: scored } = run.lhr;
  const requests = audits['network-requests']?.details as
    | { items: readonly { resourceType?: string; transferSize?: number }[] }
    | undefined;
  const scriptBytes = (requests?.items ?? [])
    .filter(({ resourceType }) => resourceType === 'Script')
    .reduce((sum, { transferSize }) => sum + (transferSize ?? 0), 0);
  const score = (category: string) => Math.round((scored[category]?.score ?? 0) * 100);
  return {
    path,
    scores: {
      performance: score('performance'),
      accessibility: score('accessibility'),
      'best-practices': score('best-practices'),
      seo: score('seo'),
    },
    largestPaintMs: Math.round(audits['largest-contentful-paint']?.numericValue ?? 0),
    scriptKb: Math.round(scriptBytes / 1000),
    axeFaults: await axeFaultsAt(browser, site.url + path),
  };
}

async function axeFaultsAt(inBrowser: Browser, address: string): Promise<string[]> {
  const page = await inBrowser.newPage();
  try {
    await page.goto(address);
    await page.evaluate(axe.source);
    const { violations } = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as {
      violations: Result[];
    };
    return violations.map(({ id, help, nodes }) => `axe ${id}: ${help} (${nodes.length})`);
  } finally {
    await page.close();
  }
}
