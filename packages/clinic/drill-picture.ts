import { sql } from 'kysely';
import type { Db, Trx } from './platform/database.ts';
import type { Clinic } from './start.ts';

/** What a clinic holds at one moment. */
export interface Picture {
  /** By table: how many rows, and a digest over all of them. */
  readonly tables: ReadonlyMap<string, { readonly rows: number; readonly digest: string }>;
  /** By clinic and id: SHA-256 in hexadecimal of what the file was when it was put away. */
  readonly files: ReadonlyMap<string, string>;
}

export async function pictureOf(db: Db | Trx): Promise<Picture> {
  const found = await sql<{ name: string }>`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1`.execute(db);
  const tables = new Map<string, { rows: number; digest: string }>();
  for (const { name } of found.rows) {
    // The queue's own bookkeeping moves by itself, also on a clinic at rest.
    if (name.startsWith('jobs.')) continue;
    const { rows } = await sql<{ rows: number; digest: string }>`
      select count(*) as rows, coalesce(encode(sha256(convert_to(string_agg(line, E'\\n' order by line), 'UTF8')), 'hex'), '') as digest
      from (select md5(t::text) as line from ${sql.raw(name)} t) lines`.execute(db);
    tables.set(name, rows[0] ?? { rows: 0, digest: '' });
  }
  const files = new Map<string, string>();
  for (const row of await db.selectFrom('files').select(['tenant_id', 'id', 'sha256']).execute())
    files.set(`${row.tenant_id} ${row.id}`, row.sha256.toString('hex'));
  return { tables, files };
}

/** What a restored clinic holds otherwise: its tables by their digests, its files by opening each. */
export async function differencesFrom(then: Picture, restored: Clinic): Promise<readonly string[]> {
  const now = await pictureOf(restored.db);
  const differences = [...new Set([...then.tables.keys(), ...now.tables.keys()])].flatMap((name) => {
    const [a, b] = [then.tables.get(name), now.tables.get(name)];
    if (a?.digest === b?.digest && a?.rows === b?.rows) return [];
    return [
      `table ${name}: ${a?.rows ?? 'none'} rows then, ${b?.rows ?? 'none'} restored, or other values in them`,
    ];
  });
  if (now.files.size !== then.files.size)
    differences.push(`${then.files.size} files then, ${now.files.size} restored`);
  for (const [key, sha256] of then.files) {
    const [tenantId = '', id = ''] = key.split(' ');
    // `get` opens the bytes and fails when one differs from what was written.
    const file = await restored.files.get(restored.db, tenantId, id).catch(() => undefined);
    if (file?.sha256 !== sha256) differences.push(`file ${id} is missing or another`);
  }
  return differences;
}
