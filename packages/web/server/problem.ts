/** Problem details of RFC 9457, with the stable `code` that programs may rely on. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  readonly requestId?: string;
}

export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  const { status, code, title, detail, requestId } = problem;
  return new Response(
    JSON.stringify({ type: `urn:undertone:problem:${code}`, title, status, code, detail, requestId }),
    {
      status,
      headers: { ...headers, 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
    },
  );
}

const titles: Readonly<Record<number, readonly [title: string, advice: string]>> = {
  400: ['The request could not be understood', 'Go back and try again.'],
  403: ['The request was refused', 'Open the page again from this site and repeat what you did.'],
  404: ['There is no page here', 'Check the address, or start from the first page.'],
  405: ['This cannot be done here', 'Go back and try again.'],
  413: ['That is too large', 'Send a smaller file or a shorter text.'],
  429: ['Too many requests', 'Wait a little, then try again.'],
  503: ['The clinic’s system is starting or stopping', 'Try again in a minute.'],
};

const fault = [
  'Something went wrong on our side',
  'Nothing you did caused it. Try again; if it happens again, tell the clinic the number below.',
] as const;

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The page for answers given before or instead of the application: plain, calm, without anything to load. */
function plainErrorPage(status: number, requestId: string, nonce: string): string {
  const [title, advice] = titles[status] ?? fault;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style nonce="${escapeHtml(nonce)}">
:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-content:center;padding:1.5rem;box-sizing:border-box;
font:1.0625rem/1.6 'Anek Latin Variable',system-ui,sans-serif;color:#262626;background:#f4f4f4}
main{max-width:32rem}h1{font-size:1.6rem;line-height:1.2;font-weight:500;margin:0 0 .5rem}p{margin:0 0 1rem}
a{color:inherit}code{font-size:.875rem;color:#5e5e5e}
@media(prefers-color-scheme:dark){body{color:#e2e2e2;background:#1b1b1b}code{color:#ababab}}
</style></head><body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(advice)}</p>
<p><a href="/">First page</a></p><p><code>${status} · ${escapeHtml(requestId)}</code></p></main></body></html>`;
}

/** A problem object for programs, a page for people. */
export function errorResponse(
  asksForPage: boolean,
  problem: Problem & { readonly requestId: string },
  nonce: string,
  headers: Record<string, string> = {},
): Response {
  if (!asksForPage) return problemResponse(problem, headers);
  return new Response(plainErrorPage(problem.status, problem.requestId, nonce), {
    status: problem.status,
    headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}
