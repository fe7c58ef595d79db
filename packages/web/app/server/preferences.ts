import { type Locale, preferredLocale, readLocaleCookie } from '../locales/index.ts';

export type Theme = 'light' | 'dark';

export function localeOf(request: Request): Locale {
  return preferredLocale(
    readLocaleCookie(request.headers.get('Cookie')),
    request.headers.get('Accept-Language'),
  );
}

/** Undefined follows the device. */
export function themeOf(request: Request): Theme | undefined {
  const chosen = /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(request.headers.get('Cookie') ?? '')?.[1];
  return chosen as Theme | undefined;
}

const year = 365 * 24 * 3600;

/** Remembers a choice of appearance or language for a year; `undefined` forgets it. */
export function preferenceCookie(name: 'theme' | 'lang', value: string | undefined, https: boolean): string {
  const life = value === undefined ? 0 : year;
  return `${name}=${value ?? ''}; Path=/; SameSite=Lax; Max-Age=${life}${https ? '; Secure' : ''}`;
}

/**
 * A path of this site to go to next, from a form or address that anybody may have written.
 * @returns the path, or `fallback` when it would lead elsewhere
 */
export function ownPath(path: unknown, fallback: string): string {
  if (typeof path !== 'string' || !/^\/(?![/\\])[^\\\s]*$/.test(path)) return fallback;
  const base = 'http://own.invalid';
  const url = URL.canParse(path, base) ? new URL(path, base) : undefined;
  return url?.origin === base ? `${url.pathname}${url.search}` : fallback;
}
