/** The event on `window` that says a form could not be sent. Whoever tells the person prevents its default. */
export const notSentEvent = 'undertone:not-sent';

/** The status a form that could not be sent ends with: nothing is asked for anew, everything stays as it is on the page. */
export const notSentStatus = 503;

/**
 * Lets the page stay when a form finds no line, or only a proxy without the program behind it. React Router would put the
 * fault page in its place, and everything typed would be gone.
 * It is given the answer of an action that returned nothing, as React Router 8.4 writes it (single fetch: the turbo-stream
 * of `{ data: undefined }`); `walk.test.ts` holds it to that.
 */
export function stayWithoutLine(): void {
  const send = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    if (!isForm(input, init)) return send(input, init);
    try {
      const reply = await send(input, init);
      const isProxy = [502, 503, 504].includes(reply.status) && !reply.headers.has('X-Remix-Response');
      return isProxy && isSaid() ? nothingReturned() : reply;
    } catch (error) {
      if (init?.signal?.aborted || !isSaid()) throw error;
      return nothingReturned();
    }
  };
}

/** Tells the page; where nobody on it says it to the person, React Router's own way is better than silence. */
function isSaid(): boolean {
  return !window.dispatchEvent(new Event(notSentEvent, { cancelable: true }));
}

function nothingReturned(): Response {
  return new Response('[{"_1":-7},"data"]\n', {
    status: notSentStatus,
    headers: { 'Content-Type': 'text/x-script', 'X-Remix-Response': 'yes' },
  });
}

/** A form that React Router sends: not a question, not what a page fetches by itself. */
function isForm(input: RequestInfo | URL, init: RequestInit | undefined): boolean {
  const method = init?.method ?? 'GET';
  if (method === 'GET' || method === 'HEAD' || input instanceof Request) return false;
  return new URL(input, location.href).pathname.endsWith('.data');
}
