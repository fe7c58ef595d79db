import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { savePractitioner, saveService, saveWeek } from '@undertone/clinic/booking/setup.ts';
import { solved } from '@undertone/clinic/booking/testing/clinic.ts';
import { readConfig } from '@undertone/clinic/platform/config.ts';
import { asTenant } from '@undertone/clinic/platform/database.ts';
import { type Clinic, type StartedClinic, startClinic } from '@undertone/clinic/start.ts';
import { listBranches, mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { sql } from 'kysely';
import type { Site } from '../site.ts';

/*
 * A clinic with room for many bookings, in the sample clinic of a site that was started for a trial: practitioners of its
 * own, all day and every day, for a short visit without a room. The trial speaks to the site over HTTP like anybody; it
 * joins the database only to prepare, and to compare afterwards.
 */
export interface TrialClinic extends TrialPlace {
  readonly clinic: Clinic;
  /** A solved challenge that costs next to nothing: the trial measures the clinic, not the visitor's machine. */
  readonly challenge: () => Promise<string>;
  /** The owner's cookie at the site. */
  readonly cookie: string;
  readonly leave: () => Promise<void>;
}

/** Where visits of a trial take place. */
export interface TrialPlace {
  readonly tenantId: string;
  readonly branchId: string;
  readonly serviceId: string;
  readonly practitionerIds: readonly string[];
}

export interface JoinOptions {
  /** Settings beside the data folder. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** The present moment at the site, where it is not the machine's. */
  readonly clockMs?: (() => number) | undefined;
}

export const trialService = 'trial-visit';
const visitMin = 15;
const openMin = 6 * 60;
const closeMin = 22 * 60;

const owner = {
  name: 'Sample owner',
  email: 'owner@example.org',
  password: 'nine grey herons over the weir',
};

/** Opens the clinic of a data folder beside the program that runs on it. */
export function joinClinic(home: string, env: Readonly<Record<string, string>> = {}): Promise<StartedClinic> {
  return startClinic(readConfig({ UNDERTONE_HOME: home, LOG_LEVEL: 'silent', ...env }), {
    beside: 'join',
    work: false,
    migrate: false,
  });
}

/** Joins the site's clinic and prepares it. */
export async function joinTrial(
  site: Site,
  practitioners: number,
  options: JoinOptions = {},
): Promise<TrialClinic> {
  const started = await joinClinic(site.home, options.env);
  const { clinic } = started;
  const { clockMs } = options;
  const clock = clockMs === undefined ? clinic.clock : { now: () => new Date(clockMs()) };
  const tenantId = (await mainTenant(clinic))?.id ?? '';
  return {
    clinic,
    ...(await preparePlace(clinic, tenantId, practitioners)),
    challenge: () => solved({ ...clinic, clock }, tenantId),
    cookie: await signIn(site, new URL(site.ownerLink ?? '/sign-in', site.url)),
    leave: () => started.stop(),
  };
}

/** Opens a clinic all day and every day, with so many practitioners for one short visit. */
export async function preparePlace(
  clinic: Clinic,
  tenantId: string,
  practitioners: number,
): Promise<TrialPlace> {
  const branchId = (await listBranches(clinic, tenantId))[0]?.id ?? '';
  const serviceId = randomUUID();
  const practitionerIds = Array.from({ length: practitioners }, () => randomUUID());
  const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, openMin, closeMin }));
  await asTenant(clinic.db, tenantId, async (trx) => {
    await saveService(trx, tenantId, {
      id: serviceId,
      slug: trialService,
      names: { en: 'Visit of the trial' },
      kind: 'consultation',
      treatment: null,
      durationMin: visitMin,
      stepMin: visitMin,
      noticeMin: 0,
      horizonDays: 365,
    });
    await saveWeek(trx, tenantId, branchId, null, week);
    for (const [i, id] of practitionerIds.entries()) {
      await savePractitioner(trx, tenantId, {
        id,
        name: `Trial practitioner ${i + 1}`,
        position: 100 + i,
        serviceIds: [serviceId],
        branches: [{ branchId, hours: null }],
      });
    }
  });
  return { tenantId, branchId, serviceId, practitionerIds };
}

/**
 * Makes the owner's account by her link.
 * @param link at the host name of her clinic
 * @returns her cookie
 */
export async function signIn({ url }: Site, link: URL): Promise<string> {
  const form = new URLSearchParams(owner).toString();
  const headers = {
    Host: link.host,
    Origin: link.origin,
    'Content-Type': 'application/x-www-form-urlencoded',
  };
  const answer = await askAt(url, link.pathname, { method: 'POST', headers, body: form });
  if (answer.status !== 302) throw new Error(`the trial could not sign in: ${answer.status}`);
  return answer.cookies.map((line) => line.split(';')[0]).join('; ');
}

/** Asks the site under any host name, which `fetch` does not let one choose. */
export function askAt(
  url: string,
  path: string,
  given: {
    readonly method?: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  },
): Promise<{ readonly status: number; readonly cookies: readonly string[] }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const asked = request(
      { hostname, port, path, method: given.method ?? 'GET', headers: given.headers, timeout: 30_000 },
      (reply) => {
        reply.on('error', reject);
        reply.on('end', () =>
          resolve({ status: reply.statusCode ?? 0, cookies: reply.headers['set-cookie'] ?? [] }),
        );
        reply.resume();
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('not answered within 30 s')));
    asked.on('error', reject);
    asked.end(given.body);
  });
}

/** Starts of visits on a day so many days ahead, in the clinic's zone (UTC+05:30, without summer time). */
export function startsOn(daysAhead: number): readonly string[] {
  const day = new Date(Date.now() + 5.5 * 3_600_000 + daysAhead * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: (closeMin - openMin) / visitMin }, (_, i) => {
    const minute = openMin + i * visitMin;
    const clock = [Math.floor(minute / 60), minute % 60]
      .map((part) => String(part).padStart(2, '0'))
      .join(':');
    return `${day}T${clock}:00+05:30`;
  });
}

/**
 * Writes so many bookings into each place in SQL: nine in ten in the past, the rest spread over the next 60 days such that
 * times stay free. Nobody may be served meanwhile.
 * @returns how many there are then.
 */
export async function fillBookings(
  clinic: Clinic,
  places: readonly TrialPlace[],
  bookings: number,
): Promise<number> {
  const firstMinute = Math.floor(Date.now() / 86_400_000) * 1440 - 330;
  const perDay = (closeMin - openMin) / visitMin;
  // Every second time of a day to come, so that half of it is free; every time of a day gone by.
  const insert = (
    { tenantId, branchId, serviceId, practitionerIds }: TrialPlace,
    count: number,
    from: string,
    step: number,
    sign: 1 | -1,
  ) =>
    sql`insert into bookings (tenant_id, id, kind, status, branch_id, service_id, practitioner_id, person_key,
        start_min, end_min, occupied_from_min, occupied_to_min, language, source, created_at, changed_at)
      select ${tenantId}, gen_random_uuid(), 'visit', ${sign < 0 ? 'completed' : 'confirmed'}, ${branchId}, ${serviceId},
        person, ${from} || n, at, at + ${visitMin}, at, at + ${visitMin}, 'en', 'import', now(), now()
      from (select n, (${[...practitionerIds]}::uuid[])[1 + n % ${practitionerIds.length}] as person,
        ${firstMinute}::int + ${sign}::int * (1 + n / ${practitionerIds.length} / ${Math.floor(perDay / step)}) * 1440
          + ${openMin} + (n / ${practitionerIds.length} % ${Math.floor(perDay / step)}) * ${visitMin * step} as at
        from generate_series(0, ${count - 1}) n) x`.execute(clinic.db);
  // Constraints look at all rows together at the end; with a million that is most of the time this takes.
  const constraints = await sql<{ name: string; definition: string }>`
    select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
    where conrelid = 'bookings'::regclass and contype in ('x', 'f')`.execute(clinic.db);
  await sql`alter table bookings disable trigger bookings_tell`.execute(clinic.db);
  for (const { name } of constraints.rows)
    await sql`alter table bookings drop constraint ${sql.id(name)}`.execute(clinic.db);
  for (const place of places) {
    const ahead = Math.min(Math.floor(bookings / 10), (place.practitionerIds.length * 60 * perDay) / 2);
    await insert(place, ahead, 'ahead', 2, 1);
    await insert(place, bookings - ahead, 'past', 1, -1);
  }
  for (const { name, definition } of constraints.rows)
    await sql`alter table bookings add constraint ${sql.id(name)} ${sql.raw(definition)}`.execute(clinic.db);
  await sql`alter table bookings enable trigger bookings_tell`.execute(clinic.db);
  await sql`vacuum analyze bookings`.execute(clinic.db);
  const { rows } = await sql<{ n: number }>`select count(*) as n from bookings`.execute(clinic.db);
  return rows[0]?.n ?? 0;
}
