import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '@undertone/clinic/platform/config.ts';
import { openLog } from '@undertone/clinic/platform/log.ts';
import { startPostgres } from '@undertone/clinic/platform/postgres.ts';
import { chooseAccount } from '@undertone/clinic/platform/postgres-account.ts';
import { findBinaries } from '@undertone/clinic/platform/postgres-binaries.ts';
import { Client } from 'pg';
import { freePort } from '../site.ts';
import { childrenOf, killHard } from './processes.ts';

/** A database server of its own, outside every data folder, as a clinic that has grown has one. Nobody starts it again. */
export interface Cluster {
  readonly port: number;
  /** For the program, by the address of the server or of something before it. */
  url(port?: number): string;
  /** Asks as the superuser. */
  ask<T extends object>(statement: string): Promise<T[]>;
  /** Kills the server and each of its processes without warning. */
  kill(): Promise<void>;
  /** Fast shutdown: what is under way is broken off. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /**
   * Makes a second server from this one while it works, which follows it by streaming replication under this name.
   * Base copy and replication slot by SQL: no client program is needed.
   */
  follow(name: string): Promise<Cluster>;
  remove(): void;
}

/** Makes a cluster with the program's roles and its database, and starts it. */
export async function newCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'undertone-cluster-'));
  const config = readConfig({ UNDERTONE_HOME: folder, LOG_LEVEL: 'silent' });
  const made = await startPostgres({ home: folder, database: config.database, log: openLog(config) });
  await made.stop();
  const secret = (name: string) => readFileSync(join(folder, 'secrets', name), 'utf8').trim();
  // Connections by address, and of a follower.
  appendFileSync(
    join(made.cluster, 'pg_hba.conf'),
    'host all all 127.0.0.1/32 scram-sha-256\nhost replication all 127.0.0.1/32 scram-sha-256\n',
  );
  const passwords = { admin: secret('postgres-admin.password'), program: secret('postgres.password') };
  const cluster = await clusterAt(folder, made.cluster, passwords);
  await cluster.start();
  return cluster;
}

async function clusterAt(
  folder: string,
  data: string,
  passwords: { readonly admin: string; readonly program: string },
): Promise<Cluster> {
  const port = await freePort();
  const account = chooseAccount({ named: undefined, cluster: data, home: folder });
  const { postgres } = findBinaries(undefined, join(folder, 'postgres'), account);
  let child: ChildProcess | undefined;
  const ended = () =>
    new Promise((resolve) =>
      (child?.exitCode ?? child?.signalCode ?? null) === null ? child?.once('exit', resolve) : resolve(null),
    );
  const url = (user: string, password: string, database: string, at = port) =>
    `postgres://${user}:${password}@127.0.0.1:${at}/${database}`;

  const ask = async <T extends object>(statement: string): Promise<T[]> => {
    const client = new Client({ connectionString: url('postgres', passwords.admin, 'undertone') });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<T>(statement)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  const start = async () => {
    const log = openSync(join(folder, 'cluster.log'), 'a');
    const settings = {
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: '',
      wal_level: 'logical',
      log_min_error_statement: 'panic',
    };
    const args = [
      '-D',
      data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ];
    child = spawn(postgres, args, {
      ...account.spawn,
      cwd: data,
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log, log],
    });
    for (let waitedMs = 0; ; waitedMs += 50) {
      const open = await ask('select 1').then(
        () => true,
        () => false,
      );
      if (open) return;
      if (child.exitCode !== null || waitedMs > 60_000)
        throw new Error(
          `the database server did not start:\n${readFileSync(join(folder, 'cluster.log'), 'utf8').slice(-2000)}`,
        );
      await pause(50);
    }
  };

  return {
    port,
    url: (at) => url('undertone', passwords.program, 'undertone', at),
    ask,
    start,
    kill: async () => {
      const pid = child?.pid ?? 0;
      const all = [pid, ...childrenOf(pid).map((one) => one.pid)];
      const gone = ended();
      all.forEach(killHard);
      await gone;
    },
    stop: async () => {
      const gone = ended();
      child?.kill('SIGINT');
      await gone;
    },
    follow: async (name) => {
      const own = await mkdtemp(join(tmpdir(), 'undertone-cluster-'));
      const copy = join(own, 'postgres', 'data');
      mkdirSync(join(own, 'postgres'), { recursive: true });
      await copyWhileItWorks(url('postgres', passwords.admin, 'undertone'), data, copy, name);
      writeFileSync(join(copy, 'standby.signal'), '');
      const upstream = `host=127.0.0.1 port=${port} user=postgres password=${passwords.admin} application_name=${name}`;
      appendFileSync(
        join(copy, 'postgresql.auto.conf'),
        `primary_conninfo = '${upstream}'\nprimary_slot_name = '${name}'\n`,
      );
      // The server's account reads what was written here, and must be able to reach it.
      const { uid, gid } = statSync(data);
      for (const path of [
        own,
        join(own, 'postgres'),
        copy,
        join(copy, 'standby.signal'),
        join(copy, 'backup_label'),
      ])
        if (existsSync(path)) chownSync(path, uid, gid);
      const follower = await clusterAt(own, copy, passwords);
      await follower.start();
      return follower;
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

/** A base copy (PostgreSQL documentation, 25.3.3): the log it needs is kept by the slot and comes by streaming. */
async function copyWhileItWorks(admin: string, from: string, to: string, slot: string): Promise<void> {
  const client = new Client({ connectionString: admin });
  await client.connect();
  try {
    await client.query('select pg_create_physical_replication_slot($1, true)', [slot]);
    await client.query(`select pg_backup_start('follower', true)`);
    const left =
      /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\//;
    cpSync(from, to, {
      recursive: true,
      preserveTimestamps: true,
      filter: (path) => {
        const name = path.slice(from.length + 1);
        return !left.test(name) && !/^postmaster\.|pgsql_tmp/.test(name);
      },
    });
    const { rows } = await client.query<{ label: string }>(
      'select labelfile as label from pg_backup_stop(false)',
    );
    writeFileSync(join(to, 'backup_label'), rows[0]?.label ?? '');
    mkdirSync(join(to, 'pg_wal', 'archive_status'), { recursive: true });
    // Copied by us, owned by the account of the first.
    const { uid, gid } = statSync(from);
    const { globSync } = await import('node:fs');
    for (const path of globSync('**/*', { cwd: to })) chownSync(join(to, path), uid, gid);
    chownSync(to, uid, gid);
  } finally {
    await client.end();
  }
}
