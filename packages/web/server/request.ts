import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A name that always means the same machine: browsers trust it without https. */
export function isLoopbackName(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

/**
 * The visitor's address. Each proxy appends the address it saw to `X-Forwarded-For`, so with n trusted proxies the
 * n-th entry from the right was written by one of them; anything further left may be invented by the visitor.
 */
export function clientAddress(req: IncomingMessage, trustedProxies: number): string {
  const direct = (req.socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '');
  if (trustedProxies === 0) return direct;
  const chain = String(req.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return chain.at(-trustedProxies) ?? direct;
}

/** Longest body taken, in bytes: pictures and papers where they are sent, forms and JSON everywhere else. */
export function bodyLimitBytes(pathname: string): number {
  return /^\/(studio|desk)\/.*(photo|picture|upload|plan|stock)/.test(pathname) ||
    /^\/studio(\.data)?$/.test(pathname) ||
    /^\/desk\/imports(\.data)?$/.test(pathname)
    ? 64 * 1024 * 1024
    : // A patient's photograph with the answer to a check-in.
      /^\/[a-z]{2}\/checkin\//.test(pathname)
      ? 25 * 1024 * 1024
      : 1024 * 1024;
}

/**
 * Whether a request that changes something comes from our own pages. Browsers send `Origin` with every such
 * request. Only a program without a session cookie may omit it, and only under `/api/`: there is then nothing of
 * a signed-in person's to misuse.
 */
export function originIsOurs(
  headers: IncomingHttpHeaders,
  ours: { readonly publicUrl: string; readonly host: string; readonly isApi: boolean },
): boolean {
  const { origin } = headers;
  if (origin === undefined) return ours.isApi && headers.cookie === undefined;
  if (origin === new URL(ours.publicUrl).origin) return true;
  const name = URL.canParse(origin) ? new URL(origin) : undefined;
  return name !== undefined && name.host === ours.host && isLoopbackName(name.hostname);
}
