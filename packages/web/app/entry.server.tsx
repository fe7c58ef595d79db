import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { isUnstorableText } from '@undertone/clinic/platform/refusals.ts';
import { renderToPipeableStream } from 'react-dom/server';
import {
  type EntryContext,
  type HandleErrorFunction,
  type RouterContextProvider,
  ServerRouter,
} from 'react-router';
import { PageInfoContext } from './page-info.ts';
import { askedContext } from './server/context.ts';
import { logFault } from './server/log-fault.ts';

export { askedContext } from './server/context.ts';

/** Longest a page may take to render, in milliseconds. */
const renderLimitMs = 10_000;

/**
 * Renders a page whole before it is sent: the content security policy in its header names the hashes of the styles
 * in its body, and a page that fails half-way becomes an honest error instead of half a page.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  routerContext: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  const { nonce, requestId } = context.get(askedContext);
  headers.set('Content-Type', 'text/html; charset=utf-8');
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const html = await new Promise<string>((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(
      <PageInfoContext value={{ nonce, requestId }}>
        <ServerRouter context={routerContext} url={request.url} nonce={nonce} />
      </PageInfoContext>,
      {
        nonce,
        onAllReady() {
          const body = new PassThrough();
          text(body).then(resolve, reject);
          pipe(body);
        },
        onShellError: reject,
        onError: reject,
      },
    );
    setTimeout(abort, renderLimitMs).unref();
  });
  return new Response(html, { status, headers });
}

/** Faults of loaders, actions and rendering. Refusals (thrown responses) are answers, not faults. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted) return;
  const asked = (context as Readonly<RouterContextProvider>).get(askedContext);
  const { clinic, requestId } = asked;
  // What the runtime says of a body that is no form (fetch standard, "package data"); it has no code.
  const isNoForm = error instanceof TypeError && /FormData|multipart\/form-data/.test(error.message);
  if (isNoForm || isUnstorableText(error)) {
    asked.isUnreadable = true;
    return;
  }
  const { pathname } = new URL(request.url);
  logFault(clinic.log, error, { requestId, method: request.method, pathname });
};
