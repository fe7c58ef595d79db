/*
 * Photographs on their way to the server, kept in IndexedDB until it has them: a reload, a closed lid or a lost line
 * costs nothing. They are sent in pieces; where the line broke, the server says where to go on. Gone from the device as
 * soon as they are in the record.
 */
import type { PhotoRefusal, UploadForm, UploadState } from '@undertone/clinic/photos/schema.ts';
import { oneStore } from '../shared/device-database.ts';

export interface Queued {
  readonly form: UploadForm;
  /** Who took it: sent under no one else's name. */
  readonly staffId: string;
  readonly file: Blob;
  /** Why the server did not take it; kept until somebody has looked. */
  readonly refusal?: string;
}

/** Small enough to arrive between two breaks of a bad line. */
const pieceBytes = 256 * 1024;

const inStore = oneStore({
  database: 'undertone-photographs',
  store: 'photographs',
  keyPath: 'form.uploadId',
});

export const queued = (): Promise<Queued[]> => inStore('readonly', (photographs) => photographs.getAll());
export const enqueue = (one: Queued) => inStore('readwrite', (photographs) => photographs.put(one));
export const dequeue = (uploadId: string) =>
  inStore('readwrite', (photographs) => photographs.delete(uploadId));

/** Reads a file once for its hash, and keeps it until it is saved. @returns the id it will have in the record */
export async function keepForSending(
  file: Blob,
  about: Omit<UploadForm, 'uploadId' | 'sizeBytes' | 'sha256'>,
  staffId: string,
): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  const sha256 = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const form = { ...about, uploadId: crypto.randomUUID(), sizeBytes: file.size, sha256 };
  await enqueue({ form, staffId, file });
  return form.uploadId;
}

type Answer = { readonly ok: true; readonly state: UploadState } | PhotoRefusal;

/** @throws when the line is down or the server does not answer as itself. */
async function ask(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(path, init);
  if (response.redirected || !response.headers.get('content-type')?.includes('json'))
    throw new Error('The server did not answer.');
  return (await response.json()) as Answer;
}

/**
 * Sends one photograph from where it stands.
 * @returns undefined when it is in the record, else why the server will not take it.
 * @throws when the line breaks; called again, it goes on.
 */
export async function send(
  { form, file }: Queued,
  onProgress: (sent01: number) => void,
): Promise<PhotoRefusal | undefined> {
  let answer = await ask('/desk/photo-uploads', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(form),
  });
  let restarts = 0;
  for (;;) {
    if (!answer.ok) {
      const goesOn = answer.offset !== undefined && (answer.reason !== 'content-mismatch' || restarts++ < 2);
      if (!goesOn) return answer;
    } else if (answer.state.photoId !== undefined) return undefined;
    const offset: number = answer.ok ? answer.state.offset : (answer.offset ?? 0);
    onProgress(offset / form.sizeBytes);
    answer = await ask(`/desk/photo-uploads/${form.uploadId}`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/octet-stream', 'Upload-Offset': String(offset) },
      body: file.slice(offset, offset + pieceBytes),
    });
  }
}
