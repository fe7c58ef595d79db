import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { standingClock } from '../platform/clock.ts';
import { type Db, migrate, openDatabase } from '../platform/database.ts';
import { startPostgres } from '../platform/postgres.ts';
import { findPatients } from '../record/commands.ts';
import { indexNames, selectFound } from '../record/search-store.ts';
import { givenNames, surnames } from '../record/testing/given-names.ts';
import { insertRows } from '../sample/simulated.ts';
import { mixedSeed, seededChance } from '../sample/simulated-people.ts';
import type { Actor } from '../staff/schema.ts';

export const name = 'record';
export const describe =
  'finding one of 200 000 patients as letters are typed, by script, misspelling and telephone';

const now = '2026-03-01T18:30:00Z';

/** Somebody by number: ordinary names in a script of the region, and for variety a made-up middle name for most. */
function personOf(number: number): { id: string; name: string; phone: string } {
  const chance = seededChance(mixedSeed(11, number));
  const pick = <T>(list: readonly T[]) => list[Math.floor(chance.uniform() * list.length)] as T;
  const script = chance.index([0.15, 0.15, 0.7]);
  const spelt = (names: readonly string[]) =>
    names[Math.min(script, 1 + Math.floor(chance.uniform() * names.length))] ?? '';
  const syllables = 'ba ko ri ta lo mi na su de pa go vi ru sha ne dhi ma ki lu jo'.split(' ');
  const middle = Array.from({ length: 2 + Math.floor(chance.uniform() * 3) }, () => pick(syllables)).join('');
  return {
    id: randomUUID(),
    name: [spelt(pick(givenNames)), chance.uniform() < 0.6 ? middle : '', spelt(pick(surnames))]
      .filter((w) => w !== '')
      .join(' '),
    phone: `+919${String(Math.floor(chance.uniform() * 1e9)).padStart(9, '0')}`,
  };
}

export async function run(args: readonly string[]): Promise<void> {
  const patients = Number(args[0] ?? 200_000);
  await withDatabase(async (db) => {
    const tenantId = randomUUID();
    await sql`insert into tenants (tenant_id, name, country, zone, currency, languages, created_at)
      values (${tenantId}, 'Bench', 'IN', 'Asia/Kolkata', 'INR', '{en}', now())`.execute(db);
    const start = performance.now();
    await fill(db, tenantId, patients);
    const { rows } = await sql<{ words: number; size: string }>`
      select (select count(*) from name_words) as words,
        pg_size_pretty(pg_total_relation_size('name_words') + pg_total_relation_size('patient_words')) as size`.execute(
      db,
    );
    console.log(
      `${patients} patients, ${rows[0]?.words} different words, search tables ${rows[0]?.size}; written in ${((performance.now() - start) / 1000).toFixed(0)} s\n`,
    );
    const services = { db, clock: standingClock(now) };
    const actor: Actor = {
      tenantId,
      staffId: randomUUID(),
      role: 'desk',
      name: 'Bench',
      sessionId: randomUUID(),
    };
    const asked = queriesOf(patients);
    console.log(
      'milliseconds                   asked  found    query p50     p95     max   with audit p50     p95',
    );
    for (const [kind, texts] of Object.entries(asked)) {
      for (const text of texts.slice(0, 5)) await selectFound(db, tenantId, text, 20);
      const query: number[] = [];
      const whole: number[] = [];
      const missed: string[] = [];
      for (const text of texts) {
        let at = performance.now();
        if ((await selectFound(db, tenantId, text, 20)).length === 0) missed.push(text);
        query.push(performance.now() - at);
        at = performance.now();
        await findPatients(services, actor, text, 20);
        whole.push(performance.now() - at);
      }
      console.log(
        `${kind.padEnd(30)}${pad(texts.length, 6)}${pad(texts.length - missed.length, 7)}${ms(query, 0.5, 13)}${ms(query, 0.95)}${ms(query, 1)}${ms(whole, 0.5, 17)}${ms(whole, 0.95)}`,
      );
      if (missed.length > 0 && kind !== nobody) console.log(`  not found: ${missed.join(', ')}`);
    }
  });
}

const nobody = 'nobody’s name';

/** What is asked for, from people who are there. */
function queriesOf(patients: number): Record<string, string[]> {
  const chance = seededChance(5);
  const people = Array.from({ length: 200 }, () => personOf(1 + Math.floor(chance.uniform() * patients)));
  const names = people.map((one) => one.name);
  const mistyped = (text: string) => {
    const at = 1 + Math.floor(chance.uniform() * (text.length - 3));
    return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
  };
  const pick = <T>(list: readonly T[]) => list[Math.floor(chance.uniform() * list.length)] as T;
  const typed = names.flatMap((text) =>
    [1, 2, 3, 5, 8].map((length) => Array.from(text).slice(0, length).join('')),
  );
  return {
    'letters as they are typed': typed.filter((_, at) => at % 2 === 0),
    'whole names': names,
    'first name in another script': names.map(() => pick(givenNames)[pick([0, 1])] ?? ''),
    'words turned round': names.map((text) => text.split(' ').toReversed().join(' ')),
    'surname, then two letters': names.map((text) => {
      const words = text.split(' ');
      return `${words.at(-1)} ${words[0]?.slice(0, 2)}`;
    }),
    'two letters turned round': names.map((text) => mistyped(text.split(' ')[0] ?? '')),
    'last four digits': people.map(({ phone }) => phone.slice(-4)),
    'whole telephone number': people.map(({ phone }) => phone.slice(3)),
    [nobody]: names.map(() => `Qx${Math.floor(chance.uniform() * 1e6)}`),
  };
}

async function fill(db: Db, tenantId: string, patients: number): Promise<void> {
  const batch = 5000;
  for (let from = 1; from <= patients; from += batch) {
    const people = Array.from({ length: Math.min(batch, patients - from + 1) }, (_, i) => personOf(from + i));
    await db.transaction().execute(async (trx) => {
      await insertRows(trx, 'patients', {
        tenant_id: ['uuid', people.map(() => tenantId)],
        id: ['uuid', people.map(({ id }) => id)],
        name: ['text', people.map((one) => one.name)],
        language: ['text', people.map(() => 'en')],
        synthetic: ['boolean', people.map(() => true)],
        created_at: ['timestamptz', people.map(() => now)],
        phone_digits: ['text', people.map(({ phone }) => phone.slice(1))],
      });
      await indexNames(trx, tenantId, people);
    });
  }
  await sql`vacuum analyze`.execute(db);
}

export async function withDatabase(work: (db: Db) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'undertone-bench-'));
  chmodSync(home, 0o711);
  const log = pino({ level: 'silent' });
  const postgres = await startPostgres({
    home,
    database: { binaries: undefined, account: undefined, folder: undefined },
    log,
  });
  const database = openDatabase(postgres.connection, { poolSize: 4, log });
  try {
    await migrate(database.db);
    await work(database.db);
  } finally {
    await database.close();
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

function ms(times: readonly number[], quantile: number, width = 8): string {
  const sorted = times.toSorted((a, b) => a - b);
  return pad((sorted[Math.floor(quantile * (sorted.length - 1))] ?? Number.NaN).toFixed(2), width);
}

function pad(value: number | string, width: number): string {
  return String(value).padStart(width);
}
