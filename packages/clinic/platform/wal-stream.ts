import type { Socket } from 'node:net';
import { Client, type ClientConfig } from 'pg';
import { type Connection, clientSettings } from './database.ts';

/*
 * The write-ahead log as the server writes it, over PostgreSQL's own streaming replication protocol (documentation,
 * 54.4): no client program, no file of the server is touched, and the same on every system. A replication slot makes the
 * server keep what was not confirmed yet, across restarts, up to `max_slot_wal_keep_size`.
 */

/** A place in the log: bytes since its beginning. */
export type Lsn = bigint;

/** Reads PostgreSQL's `16/B374D848`. */
export function parseLsn(text: string): Lsn {
  const [high = '', low = ''] = text.split('/');
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}

export function lsnText(lsn: Lsn): string {
  return `${(lsn >> 32n).toString(16).toUpperCase()}/${(lsn & 0xffff_ffffn).toString(16).toUpperCase()}`;
}

/** Name of the server's file that holds a place of the log. */
export function segmentName(timeline: number, lsn: Lsn, segmentBytes: number): string {
  const size = BigInt(segmentBytes);
  const number = lsn / size;
  const perLog = 0x1_0000_0000n / size;
  return [BigInt(timeline), number / perLog, number % perLog]
    .map((part) => part.toString(16).toUpperCase().padStart(8, '0'))
    .join('');
}

const slotPrefix = 'undertone_archive_';
// Held while the slot is looked at and made, so that a backup and the archiver do not make two.
const slotLock = 0x5eeb_a2c4;

/** The slot that keeps the log for the archive. Its name says to which chain of the archive it belongs. */
export interface Slot {
  readonly name: string;
  readonly chain: string;
  /** The log from here on is kept. */
  readonly from: Lsn;
  /** Whether the server gave up keeping the log for it: there is a gap, and the chain cannot go on. */
  readonly isLost: boolean;
}

/** The slot of this cluster, made when there is none. A cluster that was restored has none: it begins a new chain. */
export async function ensureSlot(client: Client): Promise<Slot> {
  await client.query('select pg_advisory_lock($1)', [slotLock]);
  try {
    const present = await findSlot(client);
    if (present !== undefined) return present;
    const chain = Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('hex');
    await client.query('select pg_create_physical_replication_slot($1, true)', [`${slotPrefix}${chain}`]);
    const made = await findSlot(client);
    if (made === undefined) throw new Error('the replication slot that was made is not there');
    return made;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [slotLock]);
  }
}

export async function findSlot(client: Client): Promise<Slot | undefined> {
  const { rows } = await client.query<{ name: string; lsn: string | null; status: string | null }>(
    `select slot_name as name, restart_lsn::text as lsn, wal_status as status from pg_replication_slots
     where starts_with(slot_name, $1) order by slot_name limit 1`,
    [slotPrefix],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    name: row.name,
    chain: row.name.slice(slotPrefix.length),
    from: row.lsn === null ? 0n : parseLsn(row.lsn),
    isLost: row.lsn === null || row.status === 'lost',
  };
}

/** Lets the log go. What was not archived is then a gap, and the next chain needs a backup of its own. */
export async function dropSlot(client: Client, slot: Slot): Promise<void> {
  await client.query(
    'select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = $1',
    [slot.name],
  );
  for (let tries = 0; ; tries++) {
    try {
      await client.query('select pg_drop_replication_slot($1)', [slot.name]);
      return;
    } catch (error) {
      // 55006: its reader is still leaving; 42704: another process dropped it.
      const { code } = error as { code?: string };
      if (code === '42704') return;
      if (code !== '55006' || tries > 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

export interface WalStream {
  /** Tells the server that the log before this place is safe: it need not keep it. */
  confirm(lsn: Lsn): void;
  /** Stops or resumes reading, for a taker that cannot follow. */
  setPaused(isPaused: boolean): void;
  /** Settles when the stream has ended, with the reason. */
  readonly ended: Promise<Error>;
  close(): Promise<void>;
}

// The driver knows the protocol's messages but does not show them in its types.
interface Wire {
  on(event: 'copyData', take: (message: { readonly chunk: Buffer }) => void): void;
  once(event: 'replicationStart', take: () => void): void;
  sendCopyFromChunk(chunk: Buffer): void;
  readonly stream: Socket;
}

// The protocol counts microseconds from here.
const postgresEpochMs = Date.UTC(2000, 0, 1);

/**
 * Streams the log from a place on. `take` is given each part, in order and without gaps; it must copy what it keeps.
 * @param connection of a role that may replicate (the superuser).
 */
export async function openWalStream(
  connection: Connection,
  from: { readonly slot: string; readonly lsn: Lsn; readonly timeline: number },
  take: (lsn: Lsn, bytes: Buffer) => void,
): Promise<WalStream> {
  const client = new Client({
    ...clientSettings(connection),
    application_name: 'undertone-archive',
    replication: 'true',
  } as ClientConfig);
  let confirmed: Lsn = 0n;
  let received = from.lsn;
  let isOpen = true;
  client.on('error', () => undefined);
  await client.connect();
  const wire = (client as unknown as { connection: Wire }).connection;

  const reply = () => {
    if (!isOpen) return;
    const status = Buffer.alloc(34);
    status.write('r', 'latin1');
    status.writeBigUInt64BE(received, 1);
    status.writeBigUInt64BE(confirmed, 9);
    status.writeBigUInt64BE(confirmed, 17);
    status.writeBigUInt64BE(BigInt(Date.now() - postgresEpochMs) * 1000n, 25);
    wire.sendCopyFromChunk(status);
  };
  // The server ends a stream whose reader has said nothing for a minute (wal_sender_timeout).
  const heartbeat = setInterval(reply, 10_000);

  wire.on('copyData', ({ chunk }) => {
    // 'k' keep-alive: end of log (8 bytes), time (8), whether a reply is wanted (1).
    if (chunk[0] === 0x6b && chunk[17] === 1) reply();
    if (chunk[0] !== 0x77) return;
    // 'w' log: begin (8), end of log (8), time (8), the bytes.
    const bytes = chunk.subarray(25);
    const at = chunk.readBigUInt64BE(1);
    received = at + BigInt(bytes.length);
    take(at, bytes);
  });
  const started = new Promise<undefined>((resolve) =>
    wire.once('replicationStart', () => resolve(undefined)),
  );
  const ended = client
    .query(`START_REPLICATION SLOT ${from.slot} PHYSICAL ${lsnText(from.lsn)} TIMELINE ${from.timeline}`)
    .then(
      () => new Error('the server ended the stream'),
      (error: unknown) => error as Error,
    )
    .finally(() => {
      isOpen = false;
      clearInterval(heartbeat);
      wire.stream.destroy();
    });
  const failure = await Promise.race([started, ended]);
  if (failure !== undefined) throw failure;
  return {
    confirm(lsn) {
      confirmed = lsn;
      reply();
    },
    setPaused: (isPaused) => void (isPaused ? wire.stream.pause() : wire.stream.resume()),
    ended,
    async close() {
      isOpen = false;
      clearInterval(heartbeat);
      wire.stream.destroy();
      await ended;
    },
  };
}
