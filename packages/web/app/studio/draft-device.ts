/*
 * What this device keeps of studio work until the server has it, in IndexedDB: a lost line, a reload or a closed tab costs
 * nothing. A draft goes from here as soon as it and its photograph are saved; one without a patient stays for two weeks.
 * Not encrypted against whoever holds the unlocked device (see session/device-store.ts), so it goes at sign-out too.
 */
import type { DraftContent } from './draft-content.ts';

export interface DeviceDraft extends DraftContent {
  readonly draftId: string;
  /** Who worked: shown to and sent under no one else's name. */
  readonly staffId: string;
  readonly patientId: string | null;
  readonly planId: string | null;
  /** What the server had when this was made; 0 when it had nothing. */
  readonly revision: number;
  readonly isSaved: boolean;
  readonly isPhotoThere: boolean;
  readonly file: File;
  readonly changedAtMs: number;
}

const name = 'undertone-studio';
const store = 'drafts';
const keptMs = 14 * 86_400_000;

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.addEventListener('upgradeneeded', () =>
      request.result.createObjectStore(store, { keyPath: 'draftId' }),
    );
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('no storage')));
  });
}

async function inStore<T>(
  mode: IDBTransactionMode,
  act: (drafts: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await database();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = db.transaction(store, mode, { durability: 'strict' });
      const request = act(transaction.objectStore(store));
      transaction.addEventListener('complete', () => resolve(request.result));
      transaction.addEventListener('error', () => reject(transaction.error ?? new Error('failed')));
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')));
    });
  } finally {
    db.close();
  }
}

export const writeDraft = (draft: DeviceDraft) => inStore('readwrite', (drafts) => drafts.put(draft));
export const dropDraft = (draftId: string) => inStore('readwrite', (drafts) => drafts.delete(draftId));

/** The device's copy, if it is this person's. */
export async function draftHere(draftId: string, staffId: string): Promise<DeviceDraft | undefined> {
  const found = await inStore<DeviceDraft | undefined>('readonly', (drafts) => drafts.get(draftId));
  return found?.staffId === staffId ? found : undefined;
}

/** Drafts of this person that no server has, the last changed first; what is too old goes. */
export async function draftsHere(staffId: string, nowMs: number): Promise<readonly DeviceDraft[]> {
  const all = await inStore<DeviceDraft[]>('readonly', (drafts) => drafts.getAll());
  for (const one of all) if (nowMs - one.changedAtMs > keptMs) await dropDraft(one.draftId);
  return all
    .filter((one) => one.staffId === staffId && nowMs - one.changedAtMs <= keptMs)
    .toSorted((a, b) => b.changedAtMs - a.changedAtMs);
}

/** False where this browser certainly keeps no draft; asking must not make an empty database. */
async function isThere(): Promise<boolean> {
  if (typeof indexedDB === 'undefined') return false;
  const databases = await (indexedDB as Partial<IDBFactory>).databases?.call(indexedDB);
  return databases === undefined || databases.some((one) => one.name === name);
}

/** How many drafts are on this device and nowhere else, whoever's. */
export async function draftsOnlyHere(): Promise<number> {
  return (await isThere()) ? inStore('readonly', (drafts) => drafts.count()) : 0;
}

/** At sign-out. */
export async function forgetDrafts(): Promise<void> {
  if (await isThere()) await inStore('readwrite', (drafts) => drafts.clear());
}
