import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolders } from '@undertone/clinic/platform/folders.ts';
import { badInput } from './io.ts';

/** Writes a file so that its name appears only when its bytes are complete. */
export async function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  const target = resolve(path);
  const unfinished = join(dirname(target), `.${basename(target)}-${randomUUID()}`);
  try {
    await writeSynced(unfinished, data);
    await rename(unfinished, target);
  } catch (error) {
    await discard(unfinished);
    throw unwritable(path, error);
  }
}

/**
 * Writes files into a folder so that none of them appears before all are written. A folder that does not exist yet
 * appears whole; in one that does, the files are renamed into place at the end, `last` last.
 */
export async function writeFolder(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  last: string,
): Promise<void> {
  if (folder.trim() === '') throw badInput('The folder to write to has no name; name one.');
  const target = resolve(folder);
  const unfinished = join(dirname(target), `.${basename(target)}-${randomUUID()}`);
  try {
    makeFolders(unfinished);
    for (const [name, data] of Object.entries(files)) await writeSynced(join(unfinished, name), data);
    const exists = await readdir(target).then(
      () => true,
      (error: { code?: string }) => {
        if (error.code === 'ENOENT') return false;
        throw error;
      },
    );
    if (!exists) {
      await rename(unfinished, target);
      return;
    }
    const names = Object.keys(files).sort((a, b) => Number(a === last) - Number(b === last));
    for (const name of names) await rename(join(unfinished, name), join(target, name));
    await rm(unfinished, { recursive: true, force: true });
  } catch (error) {
    await discard(unfinished);
    throw unwritable(folder, error);
  }
}

async function writeSynced(path: string, data: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What was not finished; where its folder is a file there is nothing to remove, and the first error matters. */
async function discard(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

function unwritable(path: string, error: unknown): unknown {
  const { code } = error as { code?: string };
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'the folder it should lie in does not exist',
    ENOTDIR: 'it or a folder above it is a file',
    EISDIR: 'it is a folder',
    EACCES: 'you may not write there',
    EPERM: 'you may not write there',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    EEXIST: 'something is in the way',
    ENOTEMPTY: 'something is in the way',
  };
  const reason = code === undefined ? undefined : reasons[code];
  return reason ? badInput(`"${path}" cannot be written: ${reason}; name another place.`) : error;
}
