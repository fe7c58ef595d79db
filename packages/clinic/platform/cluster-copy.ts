/** A cluster of PostgreSQL as it is copied while it works, between pg_backup_start and pg_backup_stop. */
import { randomBytes } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { PackedFile } from './archive.ts';
import type { Manifest } from './backup-manifest.ts';
import { nameIn, walk } from './file-copies.ts';
import { type Lsn, lsnText, parseLsn } from './wal-stream.ts';

// What PostgreSQL makes anew or must not find (PostgreSQL documentation, 25.3.4).
const emptied = [
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
];
const left = new Set(['postmaster.pid', 'postmaster.opts', 'backup_label', 'tablespace_map']);
/** Where the cluster lies in a packed backup. */
export const clusterPrefix = 'postgres/data/';
/** Stands for a folder the server wants to be there, also empty. */
export const keepFolder = '.folder';

export type LogRange = Omit<NonNullable<Manifest['log']>, 'chain'>;

/**
 * @param folder of the cluster
 * @param client a superuser's connection, which holds the backup open
 * @param tellLog is told which log belongs to it, before the last files
 */
export async function* packCluster(
  folder: string,
  client: Client,
  tellLog: (range: LogRange) => void,
): AsyncGenerator<PackedFile> {
  const slot = `undertone_backup_${randomBytes(4).toString('hex')}`;
  // Holds the log from here on until this session ends, so that none of it is recycled before it is copied.
  await client.query('select pg_create_physical_replication_slot($1, true, true)', [slot]);
  const start = await client.query<{ file: string; lsn: string }>(
    `select pg_walfile_name(lsn) as file, lsn::text as lsn from pg_backup_start('undertone', true) as lsn`,
  );
  for await (const path of walk(folder)) {
    const name = nameIn(folder, path);
    const [first = ''] = name.split('/');
    if (
      emptied.includes(first) ||
      left.has(name) ||
      /(^|\/)(pgsql_tmp|t\d+_\d+)|pg_internal\.init/.test(name)
    )
      continue;
    yield { path: `${clusterPrefix}${name}`, content: contentOf(path) };
  }
  for (const name of [
    ...emptied,
    'pg_wal/archive_status',
    'pg_wal/summaries',
    'pg_tblspc',
    'pg_logical/mappings',
    'pg_logical/snapshots',
    'pg_commit_ts',
    'pg_twophase',
    'pg_stat',
  ]) {
    yield { path: `${clusterPrefix}${name}/${keepFolder}`, content: bytes('') };
  }
  const stop = await client.query<{ label: string; file: string; lsn: string }>(
    `select labelfile as label, pg_walfile_name(lsn) as file, lsn::text as lsn from pg_backup_stop(false)`,
  );
  const { label, file: lastLog, lsn: endLsn } = stop.rows[0] ?? { label: '', file: '', lsn: '0/0' };
  const ended = await client.query<{ at: Date; segment: number }>(
    `select clock_timestamp() as at, setting::int as segment from pg_settings where name = 'wal_segment_size'`,
  );
  await client.query('select pg_switch_wal()');
  const [ending] = ended.rows;
  if (ending === undefined) throw new Error('the database does not say when the backup ended');
  const { at: until, segment } = ending;
  const wholeFiles = (lsn: Lsn) => lsn - (lsn % BigInt(segment));
  tellLog({
    timeline: Number.parseInt(lastLog.slice(0, 8), 16),
    from: lsnText(wholeFiles(parseLsn(start.rows[0]?.lsn ?? '0/0'))),
    // An end on the border belongs to the file before it, as in pg_walfile_name.
    to: lsnText(wholeFiles(parseLsn(endLsn) - 1n) + BigInt(segment)),
    until: until.toISOString(),
  });
  yield { path: `${clusterPrefix}backup_label`, content: bytes(label) };
  const firstLog = start.rows[0]?.file ?? '';
  for (const name of (await readdir(join(folder, 'pg_wal'))).sort()) {
    const isNeeded = /^[0-9A-F]{24}$/.test(name) && name >= firstLog && name <= lastLog;
    if (isNeeded)
      yield {
        path: `${clusterPrefix}pg_wal/${name}`,
        content: contentOf(join(folder, 'pg_wal', name)),
      };
  }
}

/** The bytes of a file that may vanish or change meanwhile: the log of the time of the backup repairs both. */
export async function* contentOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, 'r').catch((error: { code?: string }) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return;
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(256 * 1024));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* bytes(text: string): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from(text));
}
