import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createApiToken } from '@undertone/clinic/api-tokens/commands.ts';
import { scopes } from '@undertone/clinic/api-tokens/schema.ts';
import { askForRecord, makeRecordLink } from '@undertone/clinic/export/commands.ts';
import { stageImport } from '@undertone/clinic/import/commands.ts';
import { optOutToken } from '@undertone/clinic/notify/commands.ts';
import { inTenant } from '@undertone/clinic/platform/scope.ts';
import { requestErasure } from '@undertone/clinic/retention/commands.ts';
import { membersToTell } from '@undertone/clinic/staff/commands.ts';
import type { Actor } from '@undertone/clinic/staff/schema.ts';
import { proven } from '@undertone/clinic/staff/testing.ts';
import { tenantSites } from '@undertone/clinic/tenant/commands.ts';
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
  importId: 'select id from imports',
  exportId: 'select id from exports',
  erasureId: 'select id from erasures',
  draftId: 'select id from plan_drafts',
};

/** What `:id` names where an address says only that; by its beginning. */
const idsUnder: readonly (readonly [RegExp, string])[] = [
  [/desk\/setup\/services/, 'select id from services'],
  [/desk\/setup\/people/, 'select id from practitioners'],
  [/desk\/setup\/places/, 'select id from rooms'],
  [/desk\/setup\/branches/, 'select id from branches'],
  [/desk\/previews/, 'select booking_id from preview_pictures'],
  [/desk\/stock\/items/, 'select id from stock_items'],
  [/desk\/stock\/lots/, 'select id from stock_lots'],
  [/desk\/money/, 'select id from invoices'],
];

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

const instant = (days: number) =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T06:00:00Z`;

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
      await papersOf(joined, patientId);
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

  test('are nothing to each other’s programs: every FHIR kind, the export in bulk and the staff API', async ({
    openPage,
    site,
  }) => {
    await signInAsOwner(await openPage(), site);
    const joined = await joinSite();
    try {
      const { port } = new URL(site);
      const { patientId } = await readyPatient(joined, 'vitiligo', canary);
      await openOther(site);
      const ourSecret = await tokenOf(joined, undefined, 'Sample program of the first');
      const us = programOf(port, 'localhost', ourSecret);
      const them = programOf(port, host, await tokenOf(joined, host, 'Sample program of the other'));
      const secrets = await secretsOf(joined);
      const faults: string[] = [];
      const expectNothing = (what: string, path: string, answer: Answer) => {
        if (answer.status >= 500) faults.push(`${what}: ${answer.status}`);
        if (answer.body.includes(canary)) faults.push(`${what} tells a name of the other clinic`);
        const told = secrets.find((id) => !path.includes(id) && answer.body.includes(id));
        if (told !== undefined) faults.push(`${what} tells the id ${told}`);
      };
      const expectMissing = async (path: string, init: { method?: string; body?: string } = {}) => {
        const answer = await them(path, init);
        const what = `${init.method ?? 'GET'} ${path}`;
        expectNothing(what, path + (init.body ?? ''), answer);
        if (answer.status < 400) faults.push(`${what}: ${answer.status}`);
      };

      // FHIR: whatever the first finds by a search, the other neither finds nor opens.
      const metadata = JSON.parse((await them('/fhir/R4/metadata')).body) as {
        rest: { resource: { type: string }[] }[];
      };
      const types = metadata.rest.flatMap(({ resource }) => resource.map(({ type }) => type));
      expect(types.length).toBeGreaterThan(15);
      let opened = 0;
      for (const type of types) {
        for (const query of ['', `?patient=${patientId}`, `?_id=${patientId}`, '?_count=200'])
          expectNothing(`${type}${query}`, query, await them(`/fhir/R4/${type}${query}`));
        const found = await us(`/fhir/R4/${type}`);
        if (found.status !== 200) continue;
        const { entry = [] } = JSON.parse(found.body) as { entry?: { resource: { id: string } }[] };
        for (const { resource } of entry.slice(0, 3)) {
          const path = `/fhir/R4/${type}/${resource.id}`;
          opened++;
          // Entries of the audit log are counted in each clinic: under that number the other has one of its own.
          if (type === 'AuditEvent') expectNothing(path, path, await them(path));
          else await expectMissing(path);
        }
        for (const url of new Set(found.body.match(/Binary\/[\w-]+/g) ?? []))
          await expectMissing(`/fhir/R4/${url}`);
      }
      expect(opened).toBeGreaterThan(types.length / 2);
      expect((await us(`/fhir/R4/Patient/${patientId}/$everything`)).body).toContain(canary);
      await expectMissing(`/fhir/R4/Patient/${patientId}/$everything`);

      // The export in bulk: its state, its files, its end.
      const begun = await us('/fhir/R4/$export?_type=Patient');
      expect(begun.status).toBe(202);
      const exportId = String(begun.headers['content-location']).split('/').at(-1) ?? '';
      const status = `/fhir/R4/$export-status/${exportId}`;
      await expectMissing(status);
      await expectMissing(status, { method: 'DELETE' });
      await expect.poll(async () => (await us(status)).status, { timeout: 120_000, interval: 500 }).toBe(200);
      const { output } = JSON.parse((await us(status)).body) as { output: { url: string }[] };
      for (const { url } of output) {
        const { pathname } = new URL(url);
        expect((await us(pathname)).status).toBe(200);
        await expectMissing(pathname);
      }
      expect(output.length).toBeGreaterThan(0);

      // The staff API: every route of the description that a program may call.
      const { paths } = JSON.parse((await them('/api/v1/openapi.json')).body) as {
        paths: Record<string, Record<string, object>>;
      };
      const bookings = await us(`/api/v1/staff/bookings?from=${instant(-40)}&to=${instant(40)}`);
      const ourBooking =
        (JSON.parse(bookings.body) as { bookings: { id: string }[] }).bookings[0]?.id ?? nobody;
      let walked = 0;
      for (const [pattern, methods] of Object.entries(paths)) {
        if (!pattern.startsWith('/api/v1/staff/')) continue;
        const id = pattern.includes('/patients/') ? patientId : ourBooking;
        const path = pattern.replace('{id}', id);
        for (const method of Object.keys(methods)) {
          walked++;
          if (method === 'get' && !pattern.includes('{id}')) {
            const asked = `${path}?from=${instant(-40)}&to=${instant(40)}`;
            expectNothing(`GET ${asked}`, asked, await them(asked));
          } else if (pattern.endsWith('/search')) {
            const answer = await them(path, { method: 'POST', body: JSON.stringify({ text: 'Nightheron' }) });
            if (answer.status !== 200) faults.push(`POST ${path}: ${answer.status}`);
            expectNothing(`POST ${path}`, path, answer);
          } else if (pattern.includes('{id}')) {
            const body = method === 'get' ? {} : { body: JSON.stringify({ action: 'arrived' }) };
            await expectMissing(path, { method: method.toUpperCase(), ...body });
          } else if (pattern.endsWith('/bookings')) {
            // A visit of somebody of the other clinic cannot be written into one's own diary.
            const body = {
              service: 'consultation',
              start: instant(5),
              patient: patientId,
              ignoreHours: true,
            };
            await expectMissing(path, { method: 'POST', body: JSON.stringify(body) });
          }
        }
      }
      expect(walked).toBeGreaterThanOrEqual(7);

      // And a token at the other's address is none at all.
      const stray = programOf(port, host, ourSecret);
      for (const path of [
        '/fhir/R4/Patient',
        `/fhir/R4/Patient/${patientId}`,
        status,
        '/api/v1/staff/bookings',
      ])
        expect((await stray(path)).status).toBeGreaterThanOrEqual(400);
      expect(faults).toEqual([]);
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

/** The HTTP API of one clinic as a program with every scope asks it. */
function programOf(port: string, named: string, secret: string) {
  return (path: string, init: { method?: string; body?: string } = {}) =>
    askAt(port, path, {
      ...init,
      headers: {
        Host: `${named}:${port}`,
        Authorization: `Bearer ${secret}`,
        ...(path.includes('$export?') && { Accept: 'application/fhir+json', Prefer: 'respond-async' }),
        ...(init.body !== undefined && {
          'Content-Type': 'application/json',
          'Content-Length': String(Buffer.byteLength(init.body)),
          'Idempotency-Key': randomUUID(),
        }),
      },
    });
}

/** A token of the clinic at a host name, made by its owner. */
async function tokenOf({ clinic }: Prepared, at: string | undefined, name: string): Promise<string> {
  const site = (await tenantSites(clinic)).find((one) =>
    at === undefined ? one.host === null : one.host === at,
  );
  const tenantId = site?.id ?? '';
  const [member] = await inTenant(tenantId, () => membersToTell(clinic, tenantId));
  if (member === undefined) throw new Error(`nobody works at ${at}`);
  const actor: Actor = {
    tenantId,
    staffId: member.id,
    role: 'owner',
    name: member.name,
    sessionId: randomUUID(),
  };
  return inTenant(tenantId, async () => {
    const made = await createApiToken(clinic, await proven(clinic, actor), {
      name,
      scopes: [...scopes],
      days: 1,
    });
    if (!made.ok) throw new Error(made.message);
    return made.secret;
  });
}

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
    const query = idsOf[name] ?? (name === 'id' ? idsUnder.find(([of]) => of.test(pattern))?.[1] : undefined);
    expect(
      query ?? wordsOf[name] ?? (name === 'token' ? name : undefined),
      `:${name} of ${pattern}`,
    ).toBeDefined();
    let id = wordsOf[name] ?? nobody;
    if (name === 'patientId') id = patientId;
    else if (name === 'token') id = await tokenFor({ clinic, actor }, pattern, patientId);
    else if (query !== undefined) {
      const { rows } = await sql<Record<string, string>>`${sql.raw(query)} where tenant_id = ${actor.tenantId}
        order by 1 limit 1`.execute(clinic.db);
      id = Object.values(rows[0] ?? {})[0] ?? nobody;
    }
    path = path.replace(new RegExp(`:${name}\\b\\??`), id);
  }
  return [path];
}

/** What a copy, an erasure and a table leave behind in the first clinic, so that their addresses have true ids. */
async function papersOf({ clinic, actor }: Prepared, patientId: string): Promise<void> {
  await inTenant(actor.tenantId, async () => {
    const made = [
      await askForRecord(clinic, actor, patientId),
      await requestErasure(clinic, actor, patientId, 'Sample wish of the walk.'),
      await stageImport(clinic, actor, 'patients', Buffer.from(`name,phone\n${canary},9800000055\n`)),
    ];
    expect(made.filter(({ ok }) => !ok)).toEqual([]);
  });
}

/** A link the first clinic gave out, where one is quickly made; for the others one of its opt-outs. */
async function tokenFor(
  { clinic, actor }: Pick<Prepared, 'clinic' | 'actor'>,
  pattern: string,
  patientId: string,
): Promise<string> {
  const usual = optOutToken(clinic.keys, actor.tenantId, 'nobody@example.org');
  if (!/\/record\/|record\/:token/.test(pattern)) return usual;
  const made = await inTenant(actor.tenantId, () => makeRecordLink(clinic, actor, patientId));
  return made.ok ? (made.url.split('/').at(-1) ?? usual) : usual;
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
  // Tried again, the clinic is there and its owner has an account.
  const isThere = added.stderr.includes('belongs to a clinic here already');
  if (added.status !== 0 && !isThere) throw new Error(added.stderr);
  const url = `http://${host}:${port}`;
  const invite = isThere ? undefined : (JSON.parse(added.stdout) as { ownerLink: string; url: string });
  expect(invite?.url ?? url).toBe(url);
  // Whoever comes first, after a moment in which nobody did, is shown this clinic and no other.
  const own = { headers: { Host: `${host}:${port}` } };
  expect((await askAt(port, '/en', own)).body).toContain('Other sample clinic');
  const account = { email: 'other-owner@example.org', password: 'eleven quiet herons upstream' };
  const joined = await askAt(port, invite === undefined ? '/sign-in' : new URL(invite.ownerLink).pathname, {
    method: 'POST',
    headers: { Host: `${host}:${port}`, Origin: url, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      ...account,
      ...(invite && { name: 'Other owner' }),
      step: 'password',
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
