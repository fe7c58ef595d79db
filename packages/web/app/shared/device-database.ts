/*
 * What this browser keeps for us, in IndexedDB: photographs on their way, studio work, entries of a session. Not encrypted
 * against whoever holds the unlocked device (see session/device-store.ts).
 */

/** Opens a database of ours; `make` gives it its stores where there was none. The caller closes it. */
export function openDatabase(name: string, make: (db: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.addEventListener('upgradeneeded', () => make(request.result));
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('no storage')));
  });
}

/** False where this browser certainly has no such database; asking must not make an empty one. */
export async function hasDatabase(name: string): Promise<boolean> {
  if (typeof indexedDB === 'undefined') return false;
  const databases = await (indexedDB as Partial<IDBFactory>).databases?.call(indexedDB);
  return databases === undefined || databases.some((one) => one.name === name);
}

/** Kept when what was written in the transaction is on the disk. */
export function whenDone(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('error', () => reject(transaction.error ?? new Error('failed')));
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')));
  });
}

/** A database with one store. @returns what makes one request in a transaction of its own and waits until it is on the disk */
export function oneStore(place: {
  readonly database: string;
  readonly store: string;
  readonly keyPath: string;
}) {
  const { database, store, keyPath } = place;
  return async <T>(mode: IDBTransactionMode, act: (held: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const db = await openDatabase(database, (made) => made.createObjectStore(store, { keyPath }));
    try {
      const transaction = db.transaction(store, mode, { durability: 'strict' });
      const done = whenDone(transaction);
      const request = act(transaction.objectStore(store));
      await done;
      return request.result;
    } finally {
      db.close();
    }
  };
}
