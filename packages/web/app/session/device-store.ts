/*
 * What a tablet keeps of sessions while it needs to, in IndexedDB.
 *
 *   device   this browser's id and how many entries it has written: no health data
 *   mirrors  a session as the server told it, so that the page opens without a line
 *   queue    entries that are not yet saved, and those the server refused until somebody has looked
 *
 * Nothing here is encrypted against whoever holds the unlocked tablet: a key the page could use, they could use. So it is
 * kept short: a mirror goes when its session is kept and saved, when a day has passed, and at sign-out.
 */
import type { DeviceEntry, JournalEntry, Opening, SessionRefusal } from '@undertone/clinic/session/schema.ts';
import { hasDatabase, openDatabase, whenDone } from '../shared/device-database.ts';

export interface SessionHead {
  readonly id: string;
  readonly patientId: string;
  readonly treatment: 'vitiligo' | 'lip' | 'scalp';
  readonly state: 'open' | 'kept' | 'signed';
  readonly operatorId: string;
  readonly physicianId: string;
  readonly startedAt: string;
  readonly signedAt: string | null;
  readonly sha256: string | null;
  readonly journalSeq: number;
  readonly isBehind: boolean;
}

export interface Mirror {
  readonly sessionId: string;
  /** Whom the tablet is for: to treat the right person matters more than a name less on the device. */
  readonly patientName: string;
  readonly session: SessionHead;
  readonly opening: Opening;
  readonly journal: readonly JournalEntry[];
  /** Server's clock less the device's, milliseconds, when last heard. */
  readonly clockSkewMs: number;
  /** By the device's clock. */
  readonly savedAtMs: number;
}

export interface Queued {
  readonly sessionId: string;
  readonly entry: DeviceEntry;
  readonly refusal?: Omit<SessionRefusal, 'ok'>;
}

const name = 'undertone-sessions';
/** A mirror nobody needed for this long is not kept. */
const mirrorMs = 24 * 3_600_000;

let opening: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opening ??= openDatabase(name, (db) => {
    db.createObjectStore('device');
    db.createObjectStore('mirrors', { keyPath: 'sessionId' });
    db.createObjectStore('queue', { keyPath: 'entry.id' }).createIndex('of', 'sessionId');
  }).then((db) => {
    // Another page of ours that deletes the database must not wait for this one.
    db.addEventListener('versionchange', () => {
      db.close();
      opening = undefined;
    });
    return db;
  });
  return opening;
}

/** Runs `work` in one transaction and waits until it is on the disk. */
async function within<T>(
  stores: readonly string[],
  mode: IDBTransactionMode,
  work: (trx: IDBTransaction) => Promise<T>,
): Promise<T> {
  const db = await database();
  const trx = db.transaction(stores, mode, { durability: 'strict' });
  const done = whenDone(trx);
  const [result] = await Promise.all([work(trx), done]);
  return result;
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('failed')));
  });
}

/** An id as `crypto.randomUUID` makes them, also where a page without https may not call it. */
export function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Puts an entry in the queue with the next count of this device; it is on the disk when the promise is kept. */
export function enqueue(
  sessionId: string,
  make: (deviceId: string, counter: number) => DeviceEntry,
): Promise<Queued> {
  return within(['device', 'queue'], 'readwrite', async (trx) => {
    const device = trx.objectStore('device');
    const before = (await answerOf(device.get('self'))) as { id: string; counter: number } | undefined;
    const self = { id: before?.id ?? newId(), counter: (before?.counter ?? 0) + 1 };
    const queued: Queued = { sessionId, entry: make(self.id, self.counter) };
    await answerOf(device.put(self, 'self'));
    await answerOf(trx.objectStore('queue').put(queued));
    return queued;
  });
}

/** What waits for a session, in the order it was written. */
export async function queueOf(sessionId: string): Promise<readonly Queued[]> {
  const all = await within(['queue'], 'readonly', (trx) =>
    answerOf(trx.objectStore('queue').index('of').getAll(sessionId) as IDBRequest<Queued[]>),
  );
  return all.toSorted((a, b) => a.entry.counter - b.entry.counter);
}

export function readMirror(sessionId: string): Promise<Mirror | undefined> {
  return within(['mirrors'], 'readonly', (trx) =>
    answerOf(trx.objectStore('mirrors').get(sessionId) as IDBRequest<Mirror | undefined>),
  );
}

/** Writes what the server said and takes off the queue what it has, all or nothing. */
export function settle(
  mirror: Mirror,
  refused: readonly (Omit<SessionRefusal, 'ok'> & { readonly id: string })[],
): Promise<void> {
  return within(['mirrors', 'queue'], 'readwrite', async (trx) => {
    const queue = trx.objectStore('queue');
    await answerOf(trx.objectStore('mirrors').put(mirror));
    const waiting = (await answerOf(queue.index('of').getAll(mirror.sessionId))) as Queued[];
    const saved = new Set(mirror.journal.map(({ id }) => id));
    for (const one of waiting) {
      const why = refused.find(({ id }) => id === one.entry.id);
      if (saved.has(one.entry.id)) await answerOf(queue.delete(one.entry.id));
      else if (why) {
        const { id: _, ...refusal } = why;
        await answerOf(queue.put({ ...one, refusal }));
      }
    }
  });
}

/** Somebody has looked at what the server refused. */
export function dropEntry(id: string): Promise<unknown> {
  return within(['queue'], 'readwrite', (trx) => answerOf(trx.objectStore('queue').delete(id)));
}

/** Forgets a session of which nothing waits. */
export function forget(sessionId: string): Promise<unknown> {
  return within(['mirrors'], 'readwrite', (trx) => answerOf(trx.objectStore('mirrors').delete(sessionId)));
}

/** Mirrors of sessions that nobody has needed for a day go; their unsaved entries stay. */
export function forgetOld(nowMs: number): Promise<void> {
  return within(['mirrors'], 'readwrite', async (trx) => {
    const mirrors = trx.objectStore('mirrors');
    const all = (await answerOf(mirrors.getAll())) as Mirror[];
    for (const one of all)
      if (nowMs - one.savedAtMs > mirrorMs) await answerOf(mirrors.delete(one.sessionId));
  });
}

/** Entries on this device that no server has, of any session. */
export async function unsavedCount(): Promise<number> {
  if (!(await hasDatabase(name))) return 0;
  return within(['queue'], 'readonly', (trx) => answerOf(trx.objectStore('queue').count()));
}

/** Everything about patients leaves the device, at sign-out; its own id and count stay. */
export async function forgetEverything(): Promise<void> {
  if (await hasDatabase(name)) {
    await within(['mirrors', 'queue'], 'readwrite', async (trx) => {
      await answerOf(trx.objectStore('mirrors').clear());
      await answerOf(trx.objectStore('queue').clear());
    });
  }
  if (typeof caches === 'undefined') return;
  for (const cache of await caches.keys())
    if (cache.startsWith('undertone-session-')) await caches.delete(cache);
}
