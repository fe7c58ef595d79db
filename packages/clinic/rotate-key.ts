import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import type { Config } from './platform/config.ts';
import type { Db, Trx } from './platform/database.ts';
import {
  dropNext,
  masterKeyInUse,
  nextKeyFile,
  openRoot,
  readNext,
  sealRoot,
  settleNext,
} from './platform/key-ring.ts';
import { type Keys, keysOf, readMasterKey, readSecret, syncFolder } from './platform/keys.ts';
import { type SealedColumn, sealedColumns } from './sealed-columns.ts';
import { startClinic } from './start.ts';

export interface KeyChange {
  readonly from: string;
  readonly to: string;
  /** Values sealed anew, by column. */
  readonly sealed: Readonly<Record<string, number>>;
  /** Undefined when the new key is in place; else the file it waits in until UNDERTONE_MASTER_KEY is changed to it. */
  readonly waitsIn: string | undefined;
}

/**
 * Changes the master key while the clinic is stopped. Everything sealed is sealed anew in one transaction, so there is
 * never a half-changed database: cut off at any point, the next start goes on with whichever key the database is
 * sealed with (`openClinicKeys`). The old key is kept under the name of its id, for the backups made under it.
 * @throws `already-running`, and whatever a start throws; `seal-broken` when a value does not open, and nothing changes.
 */
export async function rotateMasterKey(
  config: Config,
  onProgress: (sealed: number) => void = () => undefined,
): Promise<KeyChange> {
  const started = await startClinic(config, { work: false });
  try {
    const { db, clock } = started.clinic;
    const inUse = await masterKeyInUse(db);
    const oldMaster = await readMasterKey(config);
    const old = keysOf(oldMaster);
    if (inUse?.sealedRoot === undefined || inUse.id !== old.id)
      throw new Error('the clinic has no key in use');
    const root = openRoot(old, inUse.sealedRoot);

    // A key an earlier attempt left is taken up again.
    await readSecret(nextKeyFile(config), () => randomBytes(32).toString('base64'));
    await syncFolder(dirname(nextKeyFile(config)));
    const newMaster = await readNext(config);
    if (newMaster === undefined) {
      await dropNext(config);
      throw Object.assign(new Error('the next key was left half-written and is removed; run this again.'), {
        code: 'master-key-unreadable' as const,
      });
    }
    const next = keysOf(newMaster);
    const sealed: Record<string, number> = {};
    await db.transaction().execute(async (trx) => {
      let done = 0;
      for (const column of sealedColumns) {
        await sql`lock table ${sql.table(column.table)} in share row exclusive mode`.execute(trx);
        const count = await sealAnew(trx, column, old, next, (n) => onProgress(done + n));
        sealed[`${column.table}.${column.column}`] = count;
        done += count;
      }
      await sql`update platform.master_keys set in_use = false where in_use`.execute(trx);
      await sql`insert into platform.master_keys (id, sealed_root, in_use, since)
        values (${next.id}, ${sealRoot(next, root)}, true, ${clock.now()})`.execute(trx);
    });
    const isGiven = config.files.masterKey !== undefined;
    if (!isGiven) await settleNext(config);
    return { from: old.id, to: next.id, sealed, waitsIn: isGiven ? nextKeyFile(config) : undefined };
  } finally {
    await started.stop();
  }
}

async function sealAnew(
  trx: Trx,
  { table, column, key, purpose, context, names }: SealedColumn,
  old: Keys,
  next: Keys,
  onProgress: (sealed: number) => void,
): Promise<number> {
  const keyColumns = sql.join(key.map((name) => sql.ref(name)));
  let done = 0;
  for (let after: Record<string, string> | undefined; ; ) {
    const past: ReturnType<typeof sql> =
      after === undefined
        ? sql`true`
        : sql`(${keyColumns}) > (${sql.join(key.map((name) => sql`${after?.[name]}::uuid`))})`;
    const { rows } = await sql<{ sealed: Buffer; context: string } & Record<string, string>>`
      select ${keyColumns}, ${sql.ref(column)} as sealed, ${sql.raw(context)} as context
      from ${sql.table(table)} where ${sql.ref(column)} is not null and ${past}
      order by ${keyColumns} limit 2000`.execute(trx);
    if (rows.length === 0) return done;
    const anew = rows.map((row) => {
      const value = next.seal(purpose, row.context, old.open(purpose, row.context, row.sealed));
      return [...key.map((name) => row[name]), value.toString('hex')];
    });
    const name = names === undefined ? sql`` : sql`, ${sql.ref(names)} = ${next.id}`;
    await sql`update ${sql.table(table)} t set ${sql.ref(column)} = decode(s.value, 'hex')${name}
      from (select ${sql.join(key.map((one, i) => sql`(item ->> ${sql.lit(i)})::uuid as ${sql.ref(one)}`))},
          item ->> ${sql.lit(key.length)} as value
        from jsonb_array_elements(${JSON.stringify(anew)}::jsonb) as item) s
      where ${sql.join(
        key.map((one) => sql`t.${sql.ref(one)} = s.${sql.ref(one)}`),
        sql` and `,
      )}`.execute(trx);
    done += rows.length;
    onProgress(done);
    after = rows.at(-1);
  }
}

/** Whether every sealed value of the database opens with these keys; the first that does not is named. */
export async function unopenedSeal(db: Db, keys: Keys): Promise<string | undefined> {
  for (const { table, column, purpose, context } of sealedColumns) {
    const { rows } = await sql<{ sealed: Buffer; context: string }>`
      select ${sql.ref(column)} as sealed, ${sql.raw(context)} as context from ${sql.table(table)}
      where ${sql.ref(column)} is not null`.execute(db);
    for (const row of rows) {
      try {
        keys.open(purpose, row.context, row.sealed);
      } catch {
        return `${table}.${column} ${row.context}`;
      }
    }
  }
  return undefined;
}
