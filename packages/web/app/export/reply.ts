import type { FetchedFile } from '@undertone/clinic/export/commands.ts';

/** A file to keep, piece by piece: nothing of it lies in memory whole. */
export function fileReply(
  found: { readonly ok: true; readonly file: FetchedFile } | { readonly ok: false; readonly reason: string },
): Response {
  if (!found.ok)
    throw new Response('There is no such copy', { status: found.reason === 'not-allowed' ? 403 : 404 });
  const { file } = found;
  const pieces = file.pieces();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(new Uint8Array(next.value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'Content-Type': file.mediaType,
      'Content-Length': String(file.sizeBytes),
      'Content-Disposition': `attachment; filename="${file.name}"`,
      'Cache-Control': 'private, no-store',
      'Referrer-Policy': 'same-origin',
    },
  });
}
