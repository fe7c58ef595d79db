import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { type ArchiveState, backupPlace, readArchiveState, writeArchiveState } from './archive-state.ts';
import { lastBackup } from './backup-manifest.ts';
import type { ByteStore } from './byte-store.ts';
import type { Config } from './config.ts';
import type { Connection } from './database.ts';
import { copyOfNewRows } from './file-copies.ts';
import type { Keys } from './keys.ts';
import type { Logger } from './log.ts';
import { beginChain, type ChainWriter, resumeChain } from './wal-archive.ts';
import {
  dropSlot,
  ensureSlot,
  findSlot,
  type Lsn,
  lsnText,
  openWalStream,
  parseLsn,
  type Slot,
  type WalStream,
} from './wal-stream.ts';

/** Archives the log and new files of an embedded server while it runs. */
export interface Archiver {
  /** Archives everything confirmed so far. @throws what stands in the way; `archive-off` when there is no folder. */
  flush(): Promise<void>;
  /** Archives what is left, as far as that is possible, and stops. */
  stop(): Promise<void>;
}

export interface ArchiverOptions {
  readonly config: Pick<Config, 'home' | 'backups'>;
  /** The superuser's way in, and the cluster's folder. */
  readonly admin: Connection;
  readonly cluster: string;
  /** Folder or bucket of the encrypted files. */
  readonly files: ByteStore;
  readonly keys: Keys;
  readonly log: Logger;
  /** How often; default 20 s, so that the log of the last minute is always elsewhere. */
  readonly everyMs?: number;
  /** Free bytes on the database's disk below which the log is let go rather than kept. Default 1 GB. */
  readonly leastFreeBytes?: number;
}

// A stretch is at most about this long, and the reader waits when so much more came than was written.
const stretchBytes = 4 * 1024 * 1024;
const waitingBytes = 48 * 1024 * 1024;
const stalledMs = 30_000;

/**
 * Begins archiving as soon as a folder is known, and goes on until stopped. Nothing that fails here touches the clinic:
 * the server keeps the log until it is archived, at most `max_slot_wal_keep_size` of it and only while the disk has room;
 * the state says what is wrong, and the work is tried again.
 */
export function startArchiver(options: ArchiverOptions): Archiver {
  const over = new AbortController();
  const { config, log } = options;
  let session: Awaited<ReturnType<typeof openSession>> | undefined;
  let wake = new AbortController();
  let state: ArchiveState | undefined;

  const rest = async (milliseconds: number): Promise<void> => {
    wake = new AbortController();
    await pause(milliseconds, undefined, { signal: AbortSignal.any([over.signal, wake.signal]) }).catch(
      () => undefined,
    );
  };
  const say = async (next: ArchiveState): Promise<void> => {
    state = next;
    await writeArchiveState(config.home, next);
  };
  const report = async (folder: string, writer: ChainWriter, isNew: boolean): Promise<void> => {
    const before = state?.folder === folder ? state : undefined;
    const { id } = writer.chain;
    const hasGap = isNew && before?.chain != null && before.chain !== id;
    const isContinued = (await lastBackup(config.home))?.chain === id;
    await say({
      folder,
      chain: id,
      until: writer.at,
      failing: null,
      brokenAt: isContinued ? null : hasGap ? new Date().toISOString() : (before?.brokenAt ?? null),
    });
  };
  const reportFailure = async (folder: string, error: unknown): Promise<void> => {
    const { code, message } = error as { code?: string; message: string };
    if (state?.failing?.message !== message) log.error({ err: error }, 'the log cannot be archived');
    const before = state ?? { folder, chain: null, until: null, failing: null, brokenAt: null };
    const since = before.failing?.since ?? new Date().toISOString();
    await say({ ...before, folder, failing: { since, code: code ?? 'unknown', message } });
  };

  const work = (async () => {
    state = await readArchiveState(config.home);
    let failures = 0;
    while (!over.signal.aborted) {
      const folder = await backupPlace(config);
      if (folder === undefined) {
        await rest(5000);
        continue;
      }
      try {
        session = await openSession(options, folder, () => wake.abort());
        await report(folder, session.writer, session.isNew);
        failures = 0;
        while (!over.signal.aborted && (await backupPlace(config)) === folder) {
          await session.cover();
          await report(folder, session.writer, false);
          await rest(session.isBehind() ? 0 : (options.everyMs ?? 20_000));
        }
      } catch (error) {
        failures++;
        await reportFailure(folder, error).catch(() => undefined);
        if (await letGo(options).catch(() => false))
          await say({ ...(state as ArchiveState), brokenAt: new Date().toISOString() }).catch(
            () => undefined,
          );
      } finally {
        const open = session;
        session = undefined;
        if (over.signal.aborted) await open?.cover().catch(() => undefined);
        if (over.signal.aborted && open) await report(folder, open.writer, false).catch(() => undefined);
        await open?.close();
      }
      await rest(Math.min(1000 * 2 ** failures, 30_000));
    }
  })();

  return {
    async flush() {
      const present = () => session;
      for (let tries = 0; present() === undefined && tries < 100; tries++) await pause(50);
      const open = present();
      if (open === undefined)
        throw Object.assign(
          new Error(state?.failing?.message ?? 'nothing is archived: no folder is known.'),
          {
            code: 'archive-off' as const,
          },
        );
      await open.cover();
    },
    async stop() {
      over.abort();
      await work;
    },
  };
}

/** One connection's work: from an open stream until something fails. */
async function openSession(options: ArchiverOptions, root: string, onMuch: () => void) {
  const control = new Client(options.admin as ClientConfig);
  control.on('error', () => undefined);
  await control.connect();
  let stream: WalStream | undefined;
  try {
    const { slot, writer, isNew } = await openChain(control, options, root);
    let waiting: Buffer[] = [];
    let waitingLength = 0;
    let received: Lsn = writer.to;
    let failure: Error | undefined;
    let arrived: () => void = () => undefined;
    const from = { slot: slot.name, lsn: writer.to, timeline: writer.chain.timeline };
    const opened = await openWalStream(options.admin, from, (at, bytes) => {
      if (at !== received) {
        failure ??= new Error(`the log came at ${lsnText(at)} instead of ${lsnText(received)}`);
        return;
      }
      waiting.push(Buffer.from(bytes));
      waitingLength += bytes.length;
      received += BigInt(bytes.length);
      if (waitingLength > stretchBytes) onMuch();
      if (waitingLength > waitingBytes) opened.setPaused(true);
      arrived();
    });
    stream = opened;
    void opened.ended.then((why) => {
      failure ??= why;
      arrived();
      onMuch();
    });
    const copy = copyOfNewRows(control, options.files, join(root, 'files'));

    const writeStretch = async (at: Date): Promise<void> => {
      const part = Buffer.concat(waiting);
      waiting = [];
      waitingLength = 0;
      try {
        await writer.append(at, part);
      } catch (error) {
        failure ??= error as Error;
        throw error;
      }
      opened.setPaused(false);
      opened.confirm(writer.to);
    };

    const coverOnce = async (): Promise<void> => {
      if (failure !== undefined) throw failure;
      const { rows } = await control.query<{ at: Date; lsn: string }>(
        'select clock_timestamp() as at, pg_current_wal_flush_lsn()::text as lsn',
      );
      const [now] = rows;
      if (now === undefined) throw new Error('the database does not say where its log ends');
      const { at, lsn } = now;
      const before = new Date(writer.at);
      const goal = parseLsn(lsn);
      const deadline = performance.now() + stalledMs;
      // First everything the log may speak of, then the log that speaks of it.
      await copy();
      for (;;) {
        if (failure !== undefined) throw failure;
        const isThere = received >= goal;
        if (isThere) return writeStretch(at);
        // A stretch on the way to the goal says nothing new about time.
        if (waitingLength > stretchBytes) await writeStretch(before);
        if (performance.now() > deadline)
          throw new Error(
            `the log did not come within ${stalledMs / 1000} s; the database may be overloaded`,
          );
        await new Promise<void>((resolve) => {
          const late = setTimeout(resolve, 250);
          arrived = () => {
            clearTimeout(late);
            resolve();
          };
        });
      }
    };

    // One at a time, whoever asks.
    let last: Promise<void> = Promise.resolve();
    return {
      writer,
      isNew,
      isBehind: () => waitingLength > stretchBytes,
      cover: () => (last = last.catch(() => undefined).then(coverOnce)),
      close: async () => {
        await opened.close();
        await control.end().catch(() => undefined);
      },
    };
  } catch (error) {
    await stream?.close();
    await control.end().catch(() => undefined);
    throw error;
  }
}

/** The chain to go on with, or a new one where the old cannot go on: the log was let go, or the folder has less. */
async function openChain(
  control: Client,
  options: ArchiverOptions,
  root: string,
): Promise<{ slot: Slot; writer: ChainWriter; isNew: boolean }> {
  const { rows } = await control.query<{ system: string; timeline: number; segment: number }>(
    `select (select system_identifier::text from pg_control_system()) as system,
      ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int as timeline,
      (select setting::int from pg_settings where name = 'wal_segment_size') as segment`,
  );
  const [facts] = rows;
  if (facts === undefined) throw new Error('the database does not say whose log it writes');
  const { system, timeline, segment } = facts;
  const slot = await ensureSlot(control);
  if (!slot.isLost) {
    const writer = await resumeChain(options.keys, root, slot.chain);
    // The server keeps whole files of the log: also what lies in the slot's own file before it, where a chain begins.
    if (writer !== undefined && writer.chain.timeline === timeline && beginOfFile(slot.from) <= writer.to)
      return { slot, writer, isNew: false };
    if (writer === undefined && !(await isUsedElsewhere(options, slot))) {
      return { slot, writer: await begin(slot), isNew: true };
    }
  }
  options.log.warn({ chain: slot.chain }, 'the archive has a gap: a new chain begins');
  await dropSlot(control, slot);
  const fresh = await ensureSlot(control);
  return { slot: fresh, writer: await begin(fresh), isNew: true };

  function beginOfFile(lsn: Lsn): Lsn {
    return lsn - (lsn % BigInt(segment));
  }

  function begin({ chain, from }: Slot): Promise<ChainWriter> {
    const whose = { id: chain, system, timeline, segmentBytes: segment, from: lsnText(beginOfFile(from)) };
    return beginChain(options.keys, root, whose, new Date());
  }
}

/** Whether this chain was already written to some folder: what it has there is missing here. */
async function isUsedElsewhere({ config }: ArchiverOptions, slot: Slot): Promise<boolean> {
  return (await readArchiveState(config.home))?.chain === slot.chain;
}

/** Rather a gap in the archive than a database without room: the log is let go when its disk is nearly full. */
async function letGo(options: ArchiverOptions): Promise<boolean> {
  const disk = await statfs(options.cluster);
  if (disk.bavail * disk.bsize > (options.leastFreeBytes ?? 1024 ** 3)) return false;
  const client = new Client(options.admin as ClientConfig);
  client.on('error', () => undefined);
  await client.connect();
  try {
    const slot = await findSlot(client);
    if (slot === undefined) return false;
    options.log.error({ chain: slot.chain }, 'the disk is nearly full: log that was not archived is let go');
    await dropSlot(client, slot);
    return true;
  } finally {
    await client.end();
  }
}
