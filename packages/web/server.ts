import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { createRequest, sendResponse } from '@remix-run/node-fetch-server';
import { handleApi } from '@undertone/clinic/api.ts';
import { isUnstorableText } from '@undertone/clinic/platform/refusals.ts';
import { inNoTenant, inTenant } from '@undertone/clinic/platform/scope.ts';
import { entrantFrom } from '@undertone/clinic/staff/commands.ts';
import type { Clinic } from '@undertone/clinic/start.ts';
import { type TenantSite, tenantSites } from '@undertone/clinic/tenant/commands.ts';
import { createRequestHandler, RouterContextProvider, type ServerBuild } from 'react-router';
import type { Asked, askedContext } from './app/server/context.ts';
import { loggedPath } from './app/server/log-fault.ts';
import { readSessionToken } from './app/server/session-cookie.ts';
import { type Bundle, keepBundle } from './server/bundle.ts';
import { floodGuard } from './server/flood.ts';
import { contentSecurityPolicy, securityHeaders, styleAttributeHashes } from './server/headers.ts';
import { kindOf, mayReadMetrics, openMetrics } from './server/metrics.ts';
import { errorResponse } from './server/problem.ts';
import { bodyLimitBytes, clientAddress, isLoopbackName, originIsOurs } from './server/request.ts';
import { openSites } from './server/sites.ts';
import { chooseEncoding, type ServeStatic, staticFiles } from './server/static.ts';
import { type DevServer, openDevServer } from './server/vite-dev.ts';

export interface WebOptions {
  readonly clinic: Clinic;
  /** The built pages; undefined serves from the sources through Vite, with hot reload. */
  readonly bundle: Bundle | undefined;
  readonly port: number;
  readonly host: string;
  /** Serve the page of specimens too. Default: only without a bundle. */
  readonly specimens?: boolean;
}

export interface Web {
  readonly port: number;
  /**
   * For so long everything is served as before, but `/readyz` answers 503 and every connection is closed with its answer: a
   * balancer sends the next requests elsewhere. Settles when the time is over, or at once when the pages are stopped or
   * `leave` is aborted.
   */
  drain(milliseconds: number, leave: AbortSignal): Promise<void>;
  /** Stops taking requests, waits for those under way (at most 5 s), then closes every connection. */
  stop(): Promise<void>;
}

/** What a built bundle or Vite gives us: the routes, and the key under which {@link Asked} travels. */
type App = ServerBuild & { entry: { module: { askedContext: typeof askedContext } } };

/** Requests an address may make at once, and every second after that. A page with its data is about three. */
const floodLimits = { burst: 400, perSecond: 40 };

/**
 * Serves the pages. The order in {@link answer} is the security story: request id, security headers, static files,
 * floods, size and origin of what is sent, the actor, and only then the application.
 * @throws an error with code `EADDRINUSE` when the port is taken
 */
export async function startWeb(options: WebOptions): Promise<Web> {
  const { clinic, bundle, port, host, specimens = bundle === undefined } = options;
  const { log } = clinic;
  const { publicUrl: mainUrl, trustedProxies, hstsSubdomains: subdomains } = clinic.config.http;
  if (clinic.fence === undefined)
    throw new Error('pages are served behind the fence between clinics: start the clinic with fenced: true.');
  const httpServer = createServer({ requestTimeout: 120_000, headersTimeout: 20_000, maxHeaderSize: 16_384 });
  const dev = bundle ? undefined : await openDevServer(httpServer);
  const serveStatic: ServeStatic = bundle ? await staticFiles(bundle.clientDir) : dev!.serveStatic;
  const built = bundle && ((await import(pathToFileURL(bundle.serverFile).href)) as App);
  const loadApp = async (): Promise<App> => built ?? ((await dev!.loadApp()) as App);
  const flood = floodGuard(floodLimits);
  const keeping = bundle && setInterval(() => void keepBundle(bundle), 3_600_000).unref();
  let stopping = false;
  const going = new AbortController();
  let isDraining = false;

  const metrics = openMetrics(clinic);
  const sites = await openSites(clinic, () => tenantSites(clinic));

  /** From here on, whatever is asked of the database is asked for the clinic of the host name. */
  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const isProbe = /^\/(healthz|readyz|metrics)(\?|$)/.test(req.url ?? '');
    const site = await sites.of(req.headers.host, isProbe);
    const work = () => answerFor(site, req, res);
    return site === undefined ? inNoTenant(work) : inTenant(site.id, work, site.publicUrl);
  }

  async function answerFor(
    site: TenantSite | undefined,
    req: IncomingMessage,
    res: ServerResponse,
  ): Promise<void> {
    const cameMs = performance.now();
    const publicUrl = site?.publicUrl ?? mainUrl;
    // 1. Request id.
    const requestId = randomBytes(9).toString('base64url');
    const nonce = randomBytes(18).toString('base64url');
    res.setHeader('X-Request-Id', requestId);
    if (isDraining) res.setHeader('Connection', 'close');

    // 2. Security headers. The content security policy follows with the page: it names the page's nonce.
    const https = publicUrl.startsWith('https:');
    const request = understand(req, res, {
      protocol: https ? 'https:' : 'http:',
      ...(trustedProxies > 0 && { host: new URL(publicUrl).host }),
    });
    if (!request) return void res.writeHead(400, { Connection: 'close' }).end();
    const url = new URL(request.url);
    res.once('finish', () =>
      metrics.note(kindOf(url.pathname), res.statusCode, (performance.now() - cameMs) / 1000),
    );
    const sendsBody = request.method !== 'GET' && request.method !== 'HEAD';
    const limitBytes = bodyLimitBytes(url.pathname);
    if (sendsBody) {
      stopBodyAt(req, limitBytes);
      res.once('finish', () => void drain(req, request));
    }
    const trustworthy = https || isLoopbackName(url.hostname);
    for (const [name, value] of Object.entries(securityHeaders({ https, trustworthy, subdomains })))
      res.setHeader(name, value);

    const isApi = /^\/(api|fhir)\//.test(url.pathname);
    const asksForPage = !isApi && !url.pathname.endsWith('.data');
    const send = async (response: Response): Promise<void> => {
      const out = await finish(response, {
        nonce,
        https,
        dev: dev !== undefined,
        accepts: req.headers['accept-encoding'],
      });
      if (request.method !== 'HEAD') return await sendResponse(res, out);
      // Nobody reads it: what a stream listens to is let go.
      await out.body?.cancel();
      await sendResponse(res, new Response(null, out));
    };
    const refuse = (status: number, code: string, title: string, headers: Record<string, string> = {}) =>
      send(errorResponse(asksForPage, { status, code, title, requestId }, nonce, headers));

    try {
      // 3. Health, for whatever watches the process; then static files.
      if (url.pathname === '/healthz')
        return await send(plain(stopping ? 503 : 200, stopping ? 'stopping' : 'ok'));
      if (url.pathname === '/readyz') {
        const isGoing = stopping || isDraining;
        const ready = !isGoing && (await clinic.ready());
        return await send(plain(ready ? 200 : 503, ready ? 'ready' : isGoing ? 'stopping' : 'not ready'));
      }
      if (url.pathname === '/metrics') {
        const mayRead = mayReadMetrics(clinic.config.http.metricsToken, {
          address: clientAddress(req, trustedProxies),
          authorization: req.headers.authorization,
          isForwarded: req.headers['x-forwarded-for'] !== undefined || req.headers.forwarded !== undefined,
        });
        if (!mayRead) return await refuse(404, 'not-found', 'There is nothing here');
        const headers = { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' };
        return await send(new Response(await metrics.text(), { headers }));
      }
      if (await serveStatic(req, res, url.pathname)) return;
      if (stopping) return await refuse(503, 'stopping', 'The server is stopping', { 'Retry-After': '30' });

      // 4. Floods.
      const address = clientAddress(req, trustedProxies);
      const waitSeconds = flood.waitSeconds(address, Date.now());
      if (waitSeconds > 0) {
        return await refuse(429, 'too-many-requests', 'Too many requests', {
          'Retry-After': String(waitSeconds),
        });
      }

      // 5. What is sent to us: methods we know, not too much of it, and from our own pages.
      if (!['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(request.method)) {
        return await refuse(405, 'method-not-allowed', 'This method is not served');
      }
      if (sendsBody) {
        if (Number(req.headers['content-length'] ?? 0) > limitBytes) {
          res.setHeader('Connection', 'close');
          return await refuse(413, 'body-too-large', `At most ${limitBytes} bytes are taken here`);
        }
        if (!originIsOurs(req.headers, { publicUrl, host: url.host, isApi })) {
          return await refuse(403, 'foreign-origin', 'The request did not come from this site');
        }
      }

      // The public API and calendar feeds: open to everybody, or to whoever holds a link.
      const apiReply = await handleApi(request, {
        services: clinic,
        address,
        ...(site !== undefined && { tenantId: site.id }),
      });
      if (apiReply) return await send(apiReply);

      // 6. Who asks.
      const token = readSessionToken(req.headers.cookie, https);
      const entrant = token === undefined ? undefined : await entrantFrom(clinic, token);
      // A session of another clinic's pages is none here, whatever brought its cookie.
      const member = entrant?.actor.tenantId === site?.id ? entrant : undefined;
      // Who owes a second step is nobody to every page but the one where it is set up.
      const actor = member?.owes === undefined ? member?.actor : undefined;
      const waiting = actor === undefined ? member : undefined;

      // 7. The application.
      const app = await loadApp();
      const context = new RouterContextProvider();
      const asked: Asked = {
        requestId,
        nonce,
        clinic,
        actor,
        ...(waiting && { waiting }),
        address,
        publicUrl,
        https,
        specimens,
      };
      context.set(app.entry.module.askedContext, asked);
      const handle = createRequestHandler(app, dev ? 'development' : 'production');
      const response = await handle(request, context);
      if (asked.isUnreadable === true)
        return await refuse(400, 'unreadable-form', 'What was sent is not a form this page can read');
      if (response.status >= 500 && !isRendered(response)) {
        return await refuse(response.status, 'internal', 'Something went wrong on our side');
      }
      if (isApi && response.status >= 400 && !isProblem(response)) {
        return await refuse(
          response.status,
          response.status === 404 ? 'not-found' : 'refused',
          response.statusText || 'Refused',
        );
      }
      if (!response.headers.has('Cache-Control')) {
        response.headers.set('Cache-Control', member ? 'private, no-store' : 'private, no-cache');
      }
      await send(response);
    } catch (error) {
      // Nobody waits any more. Not `req.destroyed`: that is true of every request whose body was read to its end.
      if (res.destroyed && !res.headersSent) return;
      // A link or token of one clinic at another's address leads nowhere.
      if ((error as { code?: string }).code === 'tenant-mismatch' && !res.headersSent)
        return await refuse(404, 'not-found', 'There is nothing here');
      if (isUnstorableText(error) && !res.headersSent)
        return await refuse(400, 'unreadable-text', 'What was sent holds a character that cannot be kept');
      const path = loggedPath(url.pathname);
      log.error({ err: error, requestId, method: request.method, path }, 'request failed');
      if (res.headersSent) res.destroy();
      else await refuse(500, 'internal', 'Something went wrong on our side');
    }
  }

  httpServer.on('request', (req, res) => {
    answer(req, res).catch((error: unknown) => {
      log.error({ err: error }, 'answer failed');
      res.destroy();
    });
  });
  await listen(httpServer, port, host);
  return {
    port: (httpServer.address() as { port: number }).port,
    async drain(milliseconds, leave) {
      isDraining = true;
      const signal = AbortSignal.any([going.signal, leave]);
      await pause(milliseconds, undefined, { signal }).catch(() => undefined);
    },
    stop: () =>
      stopWeb(httpServer, dev, () => {
        stopping = true;
        going.abort();
        clearInterval(keeping);
        // Streams of events end with it; a screen that keeps one open would hold up the end.
        void clinic.notices.close();
      }),
  };
}

/** The request as the web's own object; undefined when its address, host or headers make no sense. */
function understand(
  req: IncomingMessage,
  res: ServerResponse,
  options: { protocol: string; host?: string },
): Request | undefined {
  try {
    return createRequest(req, res, options);
  } catch {
    return undefined;
  }
}

function plain(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}

function isRendered(response: Response): boolean {
  return /html|problem\+json|x-script/.test(response.headers.get('Content-Type') ?? '');
}

function isProblem(response: Response): boolean {
  return response.headers.get('Content-Type')?.startsWith('application/problem+json') ?? false;
}

/** A body without a declared length is cut off where it exceeds the limit. Must follow `createRequest` at once. */
function stopBodyAt(req: IncomingMessage, limitBytes: number): void {
  let bytes = 0;
  req.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limitBytes)
      req.destroy(Object.assign(new Error('body too large'), { code: 'body-too-large' }));
  });
}

/**
 * What was sent and not read is taken off the line, up to the limit: else the next request on the same connection, which a
 * proxy may make for somebody else, would wait behind it until the connection is given up.
 */
async function drain(req: IncomingMessage, request: Request): Promise<void> {
  if (req.complete || req.destroyed) return;
  if (request.body && !request.body.locked) await request.body.cancel().catch(() => undefined);
  req.resume();
}

const compress = { br: promisify(brotliCompress), gzip: promisify(gzip) };
const brotliFast = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** Gives a page its policy, and compresses pages and data. Event streams and files pass untouched. */
async function finish(
  response: Response,
  given: { nonce: string; https: boolean; dev: boolean; accepts: string | string[] | undefined },
): Promise<Response> {
  const type = response.headers.get('Content-Type') ?? '';
  const whole =
    /^(text\/(html|x-script|plain|xml|calendar)|application\/(json|problem\+json|xml|ld\+json))/.test(type);
  if (!whole || response.body === null) return response;
  const body = Buffer.from(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  if (type.startsWith('text/html')) {
    const styleHashes = styleAttributeHashes(body.toString('utf8'));
    headers.set('Content-Security-Policy', contentSecurityPolicy({ ...given, styleHashes }));
  }
  headers.append('Vary', 'Accept-Encoding');
  const encoding =
    body.length < 1024 || headers.has('Content-Encoding')
      ? 'identity'
      : chooseEncoding(given.accepts, { br: 1, gzip: 1 });
  let bytes: Buffer = body;
  if (encoding === 'br') bytes = await compress.br(body, brotliFast);
  if (encoding === 'gzip') bytes = await compress.gzip(body);
  if (encoding !== 'identity') headers.set('Content-Encoding', encoding);
  headers.set('Content-Length', String(bytes.length));
  return new Response(new Uint8Array(bytes), {
    status: response.status,
    statusText: response.statusText,
    headers,
  });
}

function listen(httpServer: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    httpServer.once('error', reject);
    httpServer.listen(port, host, () => {
      httpServer.off('error', reject);
      resolve();
    });
  });
}

async function stopWeb(httpServer: Server, dev: DevServer | undefined, say: () => void): Promise<void> {
  say();
  const closed = new Promise<void>((resolve) => {
    httpServer.close(() => resolve());
  });
  httpServer.closeIdleConnections();
  const late = setTimeout(() => httpServer.closeAllConnections(), 5000);
  await dev?.close();
  await closed;
  clearTimeout(late);
}
