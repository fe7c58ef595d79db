import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { readConfig } from '../../packages/clinic/platform/config.ts';
import { openDatabase } from '../../packages/clinic/platform/database.ts';
import { runningPostgres } from '../../packages/clinic/platform/postgres.ts';

/** A word of somebody's that a log must not hold, and the column it stands in. */
export interface Personal {
  readonly column: string;
  readonly text: string;
}

/**
 * Every name, address and number of people in the database of a site: all text columns of all tables whose name says so.
 * Shorter than six characters is passed over, because it would be found in ids and paths by chance.
 */
export async function personalTexts(home: string): Promise<readonly Personal[]> {
  const config = readConfig({ UNDERTONE_HOME: home });
  const running = await runningPostgres(config);
  if (running === undefined) throw new Error(`no server runs on ${home}`);
  const admin = 'url' in running.admin ? running.admin : { ...running.admin, database: 'undertone' };
  const database = openDatabase(admin, { poolSize: 2, log: pino({ level: 'silent' }) });
  const { db } = database;
  try {
    const columns = await sql<{ table: string; column: string }>`
      select table_name as table, column_name as column from information_schema.columns
      where table_schema = 'public' and data_type = 'text'
        and (column_name ~ '(^|_)(phone|email|recipient|guardian_name)$' or (column_name = 'name'
          and table_name ~ '^(patients|staff|bookings|waitlist)'))`.execute(db);
    const found: Personal[] = [];
    for (const { table, column } of columns.rows) {
      const { rows } = await sql<{ text: string }>`
        select distinct ${sql.ref(column)} as text from ${sql.table(table)}
        where length(${sql.ref(column)}) >= 6`.execute(db);
      found.push(...rows.map(({ text }) => ({ column: `${table}.${column}`, text })));
    }
    return found;
  } finally {
    await database.close();
  }
}

/** Lines of a log that hold somebody's data, as it stands or as an address would carry it. */
export function leaksIn(log: string, people: readonly Personal[]): readonly string[] {
  return people
    .filter(({ text }) =>
      [text, encodeURIComponent(text), encodeURIComponent(text).replaceAll('%20', '+')].some((form) =>
        log.includes(form),
      ),
    )
    .map(({ column, text }) => {
      const line = log.split('\n').find((one) => one.includes(text)) ?? '';
      return `${column} stands in the log: ${line.slice(0, 300)}`;
    });
}

/** Everything the site wrote to its logs and said on its outputs. */
export function logsOf(home: string, printed: string): string {
  const folder = join(home, 'log');
  return [printed, ...readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))].join('\n');
}
