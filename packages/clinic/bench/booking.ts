// Free times at growing sizes: the algebra alone, the query and the answer in one process, and over HTTP.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { findAvailability } from '../booking/queries.ts';
import {
  type AvailabilityInput,
  availability,
  minutesPerDay,
  normalise,
  resolveZone,
} from '../booking/rules.ts';
import { makeTestClinic, type TestClinic } from '../booking/testing/clinic.ts';
import { standingClock } from '../platform/clock.ts';
import { type Db, migrate, openDatabase } from '../platform/database.ts';
import { startPostgres } from '../platform/postgres.ts';

export const name = 'booking';
export const describe = 'free times with 1, 20, 50 people and up to 50 000 bookings (algebra, query, HTTP)';

const now = '2026-03-01T18:30:00Z';
const firstDay = '2026-03-02';
/** Bookings are spread evenly over this many days; a month's view meets about a third of them. */
const spreadDays = 90;

export async function run(args: readonly string[]): Promise<void> {
  const repeats = Number(args[0] ?? 60);
  const staff = args[1] === undefined ? [1, 20, 50] : [Number(args[1])];
  console.log('Algebra alone (zone resolved each time), milliseconds');
  console.log('people  days  bookings      entries    p50     p95');
  for (const [people, days] of [
    [1, 1],
    [20, 30],
    [20, 90],
    [50, 90],
  ] as const) {
    for (const bookings of [0, 1000, 10_000, 50_000]) {
      const input = inputOf(people, days, bookings);
      let entries = 0;
      const times = measure(repeats, () => {
        const zone = resolveZone('America/New_York', input.zone.fromMinute, input.zone.toMinute);
        entries = availability({ ...input, zone }).staffIndexes.length;
      });
      console.log(
        `${pad(people, 6)}${pad(days, 6)}${pad(bookings, 10)}${pad(entries, 13)}${ms(times, 0.5)}${ms(times, 0.95)}`,
      );
    }
  }
  await withServer(async (db, server) => {
    console.log('\nOne query and its answer, in process and over HTTP, milliseconds');
    console.log('people  bookings  view   rows in reach  slots   process p50     p95   HTTP p50     p95');
    for (const people of staff) {
      for (const bookings of [0, 1000, 10_000, 50_000]) {
        const clinic = await makeTestClinic(db, {
          staff: people,
          service: { noticeMin: 0 },
          week: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, openMin: 480, closeMin: 1200 })),
        });
        const written = await fill(db, clinic, bookings);
        if (written < bookings) continue;
        const web = await server(clinic.tenantId);
        for (const [view, to] of [
          ['day', firstDay],
          ['month', '2026-03-31'],
        ] as const) {
          const services = { db, clock: standingClock(now) };
          const query = { service: 'visit', from: firstDay, to };
          let slots = 0;
          const inside = await measureAsync(repeats, async () => {
            const found = await findAvailability(services, clinic.tenantId, query);
            slots = found.ok ? found.slots.length : -1;
          });
          const url = `${web.url}/api/v1/availability?${new URLSearchParams(query).toString()}`;
          const outside = await measureAsync(repeats, async () => {
            await (await fetch(url)).arrayBuffer();
          });
          const reach = Math.round((bookings * (view === 'day' ? 1 : 30)) / spreadDays);
          console.log(
            `${pad(people, 6)}${pad(bookings, 10)}  ${view.padEnd(6)}${pad(reach, 14)}${pad(slots, 7)}${ms(inside, 0.5, 14)}${ms(inside, 0.95)}${ms(outside, 0.5, 11)}${ms(outside, 0.95)}`,
          );
        }
        await web.stop();
      }
    }
  });
  console.log(
    '\nNo npm package was found with the same rules (people, rooms, machines, buffers, notice, zone changes); one with a part of them is compared in docs/benchmarks.md.',
  );
}

/** Fills the diary with visits of 15 minutes and more, spread evenly over people and days. */
async function fill(db: Db, clinic: TestClinic, bookings: number): Promise<number> {
  const from = Date.parse('2026-03-01T18:30:00Z') / 60_000;
  await sql`insert into bookings (tenant_id, id, kind, status, branch_id, service_id, practitioner_id, person_key,
      start_min, end_min, occupied_from_min, occupied_to_min, language, source, created_at, changed_at)
    select ${clinic.tenantId}, gen_random_uuid(), 'visit', 'confirmed', ${clinic.branchId}, ${clinic.serviceId},
      (${[...clinic.staffIds]}::uuid[])[1 + n % ${clinic.staffIds.length}], 'p' || n, at, at + 10, at, at + 10, 'en', 'import',
      now(), now()
    from (select n, ${from}::int + day * 1440 + 480 + slot * 10 as at from (
      select n, (n / ${clinic.staffIds.length}) % ${spreadDays} as day,
        n / ${clinic.staffIds.length * spreadDays} as slot
      from generate_series(0, ${bookings - 1}) n) x where slot < 72) y`.execute(db);
  // As a clinic's table lies: filled over months, cleaned by the server's own vacuum since.
  await sql`vacuum analyze bookings`.execute(db);
  await sql`analyze`.execute(db);
  const row = await sql<{
    n: number;
  }>`select count(*) as n from bookings where tenant_id = ${clinic.tenantId}`.execute(db);
  return row.rows[0]?.n ?? 0;
}

function inputOf(people: number, days: number, bookings: number): AvailabilityInput {
  const fromMinute = Date.parse('2026-03-02T05:00:00Z') / 60_000;
  const toMinute = fromMinute + days * minutesPerDay;
  const each = Math.floor(bookings / people);
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const busy = () =>
    normalise(
      Array.from({ length: each }, () => {
        const start = fromMinute + Math.floor(random() * days * 288) * 5;
        return [start, start + 15] as const;
      }),
    );
  const weekly = [1, 2, 3, 4, 5, 6].flatMap((weekday) => [
    { weekday, openMin: 600, closeMin: 780 },
    { weekday, openMin: 840, closeMin: 1140 },
  ]);
  return {
    zone: resolveZone('America/New_York', fromMinute - 4 * minutesPerDay, toMinute + 4 * minutesPerDay),
    nowMinute: fromMinute - 600,
    fromMinute,
    toMinute,
    service: {
      durationMin: 45,
      bufferBeforeMin: 5,
      bufferAfterMin: 10,
      stepMin: 15,
      noticeMin: 60,
      horizonDays: 120,
    },
    branchHours: { weekly, exceptions: [] },
    staff: Array.from({ length: people }, (_, i) => ({
      id: `s${i}`,
      busy: busy(),
      hours: { weekly, exceptions: [] },
    })),
    rooms: Array.from({ length: 10 }, (_, i) => ({ id: `r${i}`, busy: [] })),
  };
}

async function withServer(
  work: (
    db: Db,
    server: (tenantId: string) => Promise<{ url: string; stop: () => Promise<void> }>,
  ) => Promise<void>,
): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'undertone-bench-'));
  chmodSync(home, 0o711);
  const log = pino({ level: 'silent' });
  const postgres = await startPostgres({
    home,
    database: { binaries: undefined, account: undefined, folder: undefined },
    log,
  });
  const database = openDatabase(postgres.connection, { poolSize: 10, log });
  try {
    await migrate(database.db);
    await work(database.db, async (tenantId) => {
      const given = JSON.stringify({ connection: postgres.connection, tenantId, now, home });
      const file = join(import.meta.dirname, '..', 'booking', 'testing', 'race-server.ts');
      const child = spawn(process.execPath, [file, given], { stdio: ['pipe', 'pipe', 'inherit'] });
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      return {
        url: `http://127.0.0.1:${line.toString().trim()}`,
        stop: async () => {
          const gone = once(child, 'exit');
          child.stdin.end();
          await gone;
        },
      };
    });
  } finally {
    await database.close();
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

function measure(repeats: number, work: () => void): number[] {
  for (let i = 0; i < 5; i += 1) work();
  return Array.from({ length: repeats }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}

async function measureAsync(repeats: number, work: () => Promise<void>): Promise<number[]> {
  for (let i = 0; i < 5; i += 1) await work();
  const times: number[] = [];
  for (let i = 0; i < repeats; i += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times;
}

function ms(times: readonly number[], quantile: number, width = 8): string {
  const sorted = [...times].sort((a, b) => a - b);
  return pad((sorted[Math.floor(quantile * (sorted.length - 1))] ?? Number.NaN).toFixed(2), width);
}

function pad(value: number | string, width: number): string {
  return String(value).padStart(width);
}
