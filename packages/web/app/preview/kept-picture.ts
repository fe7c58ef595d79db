/**
 * The marked preview picture on the visitor's device: in this tab only, gone when it is closed. It is kept by a press
 * of its own and sent by a tick of its own in the booking form.
 */
import type { PreviewShown } from '@undertone/clinic/visitor/schema.ts';

const key = 'undertone-preview-picture';

export interface KeptPicture {
  /** `data:image/jpeg;base64,…` */
  readonly address: string;
  readonly shows: PreviewShown;
}

/** False when the browser refuses storage, or the picture is too large for it. */
export async function keepPicture(jpeg: Blob, shows: PreviewShown): Promise<boolean> {
  const bytes = new Uint8Array(await jpeg.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  try {
    sessionStorage.setItem(key, JSON.stringify({ address: `data:image/jpeg;base64,${btoa(text)}`, shows }));
    return true;
  } catch {
    return false;
  }
}

/** What was kept; the server checks what it is sent, so that this page needs no schema of it. */
export function keptPicture(): KeptPicture | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Partial<KeptPicture> | null;
    if (kept?.shows === undefined || !kept.address?.startsWith('data:image/jpeg;base64,')) return undefined;
    return { address: kept.address, shows: kept.shows };
  } catch {
    return undefined;
  }
}

/** The kept picture as a file to send. */
export function fileOf({ address }: KeptPicture): File {
  const text = atob(address.slice(address.indexOf(',') + 1));
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return new File([bytes], 'preview.jpg', { type: 'image/jpeg' });
}
