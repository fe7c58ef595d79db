import { createHash } from 'node:crypto';

/** How the visitor's browser reached us. Secure-context headers over plain http would only raise warnings. */
export interface Reach {
  readonly https: boolean;
  /** https, or a loopback name: where browsers allow cross-origin isolation and the camera. */
  readonly trustworthy: boolean;
  /** Whether every host below this one speaks https too: they may be somebody else's. */
  readonly subdomains?: boolean;
}

/**
 * Headers of every answer. Pages are isolated from other origins (COOP, COEP, CORP): everything we show is our own,
 * and isolation gives the engine's workers shared memory and precise timers.
 */
export function securityHeaders(reach: Reach): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy':
      'camera=(self), microphone=(), geolocation=(), payment=(), usb=(), bluetooth=(), browsing-topics=()',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(reach.trustworthy && {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    }),
    ...(reach.https && {
      'Strict-Transport-Security': `max-age=63072000${reach.subdomains === true ? '; includeSubDomains' : ''}`,
    }),
  };
}

export interface PolicyOptions {
  readonly nonce: string;
  /** Hashes of the `style` attributes the server wrote into this page, from {@link styleAttributeHashes}. */
  readonly styleHashes: readonly string[];
  readonly https: boolean;
  /** Vite's development server adds style elements and a socket of its own. */
  readonly dev: boolean;
}

/**
 * The content security policy of one page. Scripts run with the page's nonce or from our own files; WebAssembly may
 * compile (face and silhouette models), strings may not become code.
 */
export function contentSecurityPolicy({ nonce, styleHashes, https, dev }: PolicyOptions): string {
  const styles = dev
    ? "'self' 'unsafe-inline'"
    : [
        "'self'",
        `'nonce-${nonce}'`,
        ...(styleHashes.length > 0 ? ["'unsafe-hashes'", ...styleHashes] : []),
      ].join(' ');
  const directives = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    `style-src ${styles}`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ];
  return directives.join('; ');
}

const entities: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#x27;': "'",
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
};

/**
 * A `style` attribute in server-rendered HTML is inline style to the policy. Instead of allowing all of them, each
 * page's policy names the hashes of its own. React escapes every text and attribute, so only its own tags match.
 * @returns distinct `'sha256-…'` sources
 */
export function styleAttributeHashes(html: string): string[] {
  const hashes = new Set<string>();
  for (const [, raw = ''] of html.matchAll(/<[a-zA-Z][^<>]*?\sstyle="([^"]*)"/g)) {
    const style = raw.replaceAll(/&(?:quot|#x27|amp|lt|gt);/g, (entity) => entities[entity] ?? entity);
    hashes.add(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  }
  return [...hashes];
}
