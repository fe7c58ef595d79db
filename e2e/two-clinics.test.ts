import { spawnSync } from 'node:child_process';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createApiToken } from '@undertone/clinic/api-tokens/commands.ts';
import { optOutToken } from '@undertone/clinic/notify/commands.ts';
import { proven } from '@undertone/clinic/staff/testing.ts';
import { sql } from 'kysely';
import { expect, inject } from 'vitest';
import routes from '../packages/web/app/routes.ts';
import { rootDir } from '../tools/run.ts';
import { access, patternsOf } from './access.ts';
import { journeys, signInAsOwner, test } from './journey.ts';
import { joinSite, type Prepared, readyPatient } from './prepared.ts';

const host = 'other.localhost';
const canary = 'Quillfeather Nightheron';

/** Where the ids of an address come from, in the clinic they belong to. A new name in a route asks for its line here. */
const idsOf: Readonly<Record<string, string>> = {
  patientId: 'select id from patients',
  planId: 'select plan_id from plans',
  photoId: 'select id from photos',
  uploadId: 'select id from photo_uploads',
  sessionId: 'select id from sessions',
  consentId: 'select id from consents',
  pairId: 'select id from outcome_pairs',
  eventId: 'select id from adverse_events',
  caseId: 'select id from follow_up_cases',
  checkInId: 'select id from check_ins',
  itemId: 'select id from stock_items',
  lotId: 'select id from stock_lots',
  setId: 'select set_id from pigment_sets',
};

/** Words of addresses that are not ids. */
const wordsOf: Readonly<Record<string, string>> = {
  lang: 'en',
  language: 'en',
  page: 'home',
  treatment: 'vitiligo',
  kind: 'invoices',
  part: 'plan.json',
  side: 'left',
  size: 'thumb',
  version: '1',
  file: 'report.pdf',
  of: 'booking',
};

const nobody = '0b5e55ed-0000-4000-8000-00000000dead';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

journeys('two clinics of one installation', () => {
  test('share nothing: the owner of one walks every address with the ids of the other', async ({
    openPage,
    site,
  }) => {
    await signInAsOwner(await openPage(), site);
    const joined = await joinSite();
    try {
      const { patientId } = await readyPatient(joined, 'vitiligo', canary);
      const ours = await secretsOf(joined);
      const them = await openOther(site);
      const faults: string[] = [];
      const patterns = [...new Set(patternsOf(await routes))];
      expect(patterns.filter((pattern) => access[pattern] === undefined)).toEqual([]);
      for (const pattern of patterns) {
        for (const path of await addressesOf(joined, pattern, patientId)) {
          for (const suffix of ['', '.data']) {
            if (/\.(ics|pdf|csv|json|txt|xml|png)$/.test(path) && suffix !== '') continue;
            if (path.endsWith('/live')) continue; // goes on for ever, and is told of one clinic's rows alone
            look(`GET ${path}${suffix}`, await them.ask(path + suffix), path, pattern);
          }
          const form = new URLSearchParams({ ...everyField(patientId), act: 'x', intent: 'x' });
          look(
            `POST ${path}`,
            await them.ask(path, { method: 'POST', body: form.toString() }),
            path,
            pattern,
          );
        }
      }
      expect(faults).toEqual([]);

      function look(what: string, answer: Answer, path: string, pattern: string) {
        if (answer.status >= 500) faults.push(`${what}: ${answer.status}`);
        if (answer.body.includes(canary)) faults.push(`${what} tells a name of the other clinic`);
        // The address asked for may come back in a page; what was not asked for may not.
        const told = ours.find((id) => !path.includes(id) && answer.body.includes(id) && id !== patientId);
        if (told !== undefined) faults.push(`${what} tells the id ${told}`);
        // A page for a token nobody made says so, and need not be an error.
        const namesOne = [...pattern.matchAll(/:(\w+)/g)].some(
          ([, name]) => wordsOf[name ?? ''] === undefined && name !== 'token',
        );
        if (
          namesOne &&
          what.startsWith('GET') &&
          answer.status === 200 &&
          !/SingleFetch|"redirect"|40[34]/.test(answer.body)
        )
          faults.push(`${what}: 200`);
      }
    } finally {
      await joined.stop();
    }
  }, 240_000);

  test('a session, a token and a link of one are nothing at the address of the other', async ({
    openPage,
    site,
  }) => {
    const page = await openPage();
    await signInAsOwner(page, site);
    const cookies = (await page.context().cookies(site))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const port = new URL(site).port;
    const ask = (path: string, headers: Record<string, string>) => askAt(port, path, { headers });
    expect((await ask('/desk', { Host: `localhost:${port}`, Cookie: cookies })).status).toBe(200);
    await openOther(site);
    const elsewhere = await ask('/desk', { Host: `${host}:${port}`, Cookie: cookies });
    expect(elsewhere.status).toBe(302);
    expect(elsewhere.headers.location).toContain('/sign-in');
    const joined = await joinSite();
    try {
      const made = await createApiToken(joined.clinic, await proven(joined.clinic, joined.actor), {
        name: 'Sample program',
        scopes: ['bookings:read'],
        days: 1,
      });
      if (!made.ok) throw new Error('no token');
      const bearer = { Authorization: `Bearer ${made.secret}` };
      const path = '/api/v1/staff/bookings?from=2026-01-01&to=2026-01-02';
      expect((await ask(path, { Host: `localhost:${port}`, ...bearer })).status).not.toBe(404);
      expect((await ask(path, { Host: `${host}:${port}`, ...bearer })).status).toBe(404);
    } finally {
      await joined.stop();
    }
  }, 60_000);
});

/** Ids of everything the first clinic has, however it is called. */
async function secretsOf({ clinic, actor }: Prepared): Promise<readonly string[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.table_name as table, c.column_name as column from information_schema.columns c
    where c.table_schema = 'public' and c.data_type = 'uuid' and c.column_name in ('id', 'patient_id', 'plan_id')
      and exists (select 1 from information_schema.columns t where t.table_schema = 'public'
        and t.table_name = c.table_name and t.column_name = 'tenant_id')`.execute(clinic.db);
  const found = new Set<string>();
  for (const { table, column } of rows) {
    const { rows: ids } = await sql<{ id: string | null }>`select distinct ${sql.ref(column)}::text as id
      from ${sql.table(table)} where tenant_id = ${actor.tenantId} limit 2000`.execute(clinic.db);
    for (const { id } of ids) if (id !== null) found.add(id);
  }
  return [...found];
}

/** The address for a pattern, its ids taken from rows of the first clinic; a dead one where it has none. */
async function addressesOf(
  { clinic, actor }: Prepared,
  pattern: string,
  patientId: string,
): Promise<readonly string[]> {
  let path = pattern.replace('*', 'x');
  for (const [, name = ''] of pattern.matchAll(/:(\w+)\??/g)) {
    const query = idsOf[name];
    let id = wordsOf[name] ?? nobody;
    if (name === 'patientId') id = patientId;
    else if (name === 'token') id = optOutToken(clinic.keys, actor.tenantId, 'nobody@example.org');
    else if (query !== undefined) {
      const { rows } = await sql<Record<string, string>>`${sql.raw(query)} where tenant_id = ${actor.tenantId}
        order by 1 limit 1`.execute(clinic.db);
      id = Object.values(rows[0] ?? {})[0] ?? nobody;
    }
    path = path.replace(new RegExp(`:${name}\\b\\??`), id);
  }
  return [path];
}

function everyField(id: string): Record<string, string> {
  return Object.fromEntries(
    ['id', 'patientId', 'planId', 'bookingId', 'version', 'to'].map((name) => [name, id]),
  );
}

/** The second clinic, opened from the command line beside the running site, and its owner signed in. */
async function openOther(site: string) {
  const { port } = new URL(site);
  const home = inject('site')?.home ?? '';
  const main = join(rootDir, 'packages', 'web', 'cli', 'main.ts');
  const added = spawnSync(
    process.execPath,
    [main, 'tenant', 'add', 'Other sample clinic', '--host', host, '--json'],
    {
      encoding: 'utf8',
      env: { ...process.env, UNDERTONE_HOME: home, PORT: port, LOG_TO: 'file' },
    },
  );
  if (added.status !== 0) {
    if (!added.stderr.includes('belongs to a clinic here already')) throw new Error(added.stderr);
    return { ask: () => Promise.reject(new Error('only the first to open it is its owner')) };
  }
  const { ownerLink, url } = JSON.parse(added.stdout) as { ownerLink: string; url: string };
  expect(url).toBe(`http://${host}:${port}`);
  // The running site hears of it within five seconds and one request.
  for (const home = { headers: { Host: `${host}:${port}` } }; ; await pause(500)) {
    if ((await askAt(port, '/en', home)).body.includes('Other sample clinic')) break;
  }
  const joined = await askAt(port, new URL(ownerLink).pathname, {
    method: 'POST',
    headers: { Host: `${host}:${port}`, Origin: url, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      name: 'Other owner',
      email: 'other-owner@example.org',
      password: 'eleven quiet herons upstream',
    }).toString(),
  });
  expect(joined.status).toBe(302);
  const cookie = [joined.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0])
    .join('; ');
  return {
    ask: (path: string, init: { method?: string; body?: string } = {}) =>
      askAt(port, path, {
        ...init,
        headers: {
          Host: `${host}:${port}`,
          Cookie: cookie,
          Origin: url,
          ...(init.body !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
        },
      }),
  };
}

/** Asks the site under whatever host name; waits where the site says so. */
async function askAt(
  port: string,
  path: string,
  init: { method?: string; headers: Record<string, string>; body?: string },
): Promise<Answer> {
  for (;;) {
    const answer = await new Promise<Answer>((resolve, reject) => {
      const asked = request(
        { host: '127.0.0.1', port, path, method: init.method ?? 'GET', headers: init.headers },
        (reply) => {
          const parts: Buffer[] = [];
          reply.on('data', (part: Buffer) => parts.push(part));
          reply.on('end', () =>
            resolve({
              status: reply.statusCode ?? 0,
              headers: reply.headers,
              body: Buffer.concat(parts).toString('utf8'),
            }),
          );
        },
      );
      asked.on('error', reject);
      asked.end(init.body);
    });
    if (answer.status !== 429) return answer;
    await pause(1000 * Number(answer.headers['retry-after'] ?? '1'));
  }
}
