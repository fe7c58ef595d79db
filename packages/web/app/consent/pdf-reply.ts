/** Answers with the sealed PDF, or says that there is none. */
export function pdfReply(
  found: { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: string },
): Response {
  if (!found.ok) {
    throw new Response('There is no such document', { status: found.reason === 'not-allowed' ? 403 : 404 });
  }
  return new Response(Uint8Array.from(found.bytes), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'inline; filename="consent.pdf"',
      'Cache-Control': 'private, no-store',
      'Referrer-Policy': 'same-origin',
    },
  });
}
