/*
 * What this device keeps of studio work until the server has it, in IndexedDB: a lost line, a reload or a closed tab costs
 * nothing. A draft goes from here as soon as it and its photograph are saved; one without a patient stays for two weeks.
 * Not encrypted against whoever holds the unlocked device (see session/device-store.ts), so it goes at sign-out too.
 */
import { hasDatabase, oneStore } from '../shared/device-database.ts';
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

const database = 'undertone-studio';
const keptMs = 14 * 86_400_000;

const inStore = oneStore({ database, store: 'drafts', keyPath: 'draftId' });

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

/** How many drafts are on this device and nowhere else, whoever's. */
export async function draftsOnlyHere(): Promise<number> {
  return (await hasDatabase(database)) ? inStore('readonly', (drafts) => drafts.count()) : 0;
}

/** At sign-out. */
export async function forgetDrafts(): Promise<void> {
  if (await hasDatabase(database)) await inStore('readwrite', (drafts) => drafts.clear());
}
