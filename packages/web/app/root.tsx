import banglaFont from '@fontsource/anek-bangla/files/anek-bangla-bengali-400-normal.woff2?url';
import devanagariFont from '@fontsource/anek-devanagari/files/anek-devanagari-devanagari-400-normal.woff2?url';
import latinFont from '@fontsource-variable/anek-latin/files/anek-latin-latin-wght-normal.woff2?url';
import type { ReactNode } from 'react';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteLoaderData,
} from 'react-router';
import type { Route } from './+types/root.ts';
import { FaultPage } from './fault-page.tsx';
import { isLocale, type Locale } from './locales/index.ts';
import { usePageInfo } from './page-info.ts';
import { localeOf, themeOf } from './server/preferences.ts';
import { useRouteHeading } from './shared/route-heading.ts';
import './ui/index.css';

/** A route whose pages need no scripts says so in its `handle`: then none are sent. The innermost route decides. */
export interface RouteHandle {
  readonly scripts?: boolean;
}

export function loader({ request, url }: Route.LoaderArgs) {
  const first = url.pathname.split('/')[1];
  return { locale: isLocale(first) ? first : localeOf(request), theme: themeOf(request) };
}

const indicFonts: Readonly<Partial<Record<Locale, string>>> = {
  hi: devanagariFont,
  ne: devanagariFont,
  bn: banglaFont,
};

export function Layout({ children }: { readonly children: ReactNode }) {
  const { nonce, requestId } = usePageInfo();
  const chosen = useRouteLoaderData<typeof loader>('root');
  const locale = chosen?.locale ?? 'en';
  const needsScripts = useMatches().reduce(
    (outer, { handle }) => (handle as RouteHandle | undefined)?.scripts ?? outer,
    true,
  );
  const indicFont = indicFonts[locale];
  return (
    <html lang={locale} data-theme={chosen?.theme} data-request={requestId} suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta property="csp-nonce" nonce={nonce} suppressHydrationWarning />
        <link rel="preload" as="font" type="font/woff2" href={latinFont} crossOrigin="anonymous" />
        {indicFont === undefined ? null : (
          <link rel="preload" as="font" type="font/woff2" href={indicFont} crossOrigin="anonymous" />
        )}
        <link rel="icon" href="/mark.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        {needsScripts ? (
          <>
            <ScrollRestoration />
            <Scripts />
          </>
        ) : null}
      </body>
    </html>
  );
}

export default function App() {
  useRouteHeading();
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  const locale = useRouteLoaderData<typeof loader>('root')?.locale ?? 'en';
  return <FaultPage error={error} locale={locale} />;
}
