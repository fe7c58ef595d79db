import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { pageKeys } from '@undertone/clinic/visitor/schema.ts';
import { data, Outlet } from 'react-router';
import { isLocale, localeNames, locales, messagesFor } from '../locales/index.ts';
import type { RouteHandle } from '../root.tsx';
import { askedContext } from '../server/context.ts';
import { preferenceCookie } from '../server/preferences.ts';
import { Mark } from '../ui/mark.tsx';
import type { Route } from './+types/layout.ts';
import { siteWords, stepKeys } from './words.ts';
import './text-page.css';

/** Content pages are complete without scripts; a page that needs them sets its own handle. */
export const handle: RouteHandle = { scripts: false };

export async function loader({ params, context, url }: Route.LoaderArgs) {
  if (!isLocale(params.lang)) throw new Response('There is no page here', { status: 404 });
  const { clinic, https, publicUrl } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  const rest = url.pathname.replace(/^\/[a-z]{2}(?=\/|$)/, '').replace(/\/$/, '');
  return data(
    {
      locale: params.lang,
      clinicName: tenant?.name ?? 'Undertone',
      isSample: tenant?.sample ?? false,
      town: tenant?.facts.town ?? null,
      rest,
      publicUrl,
    },
    {
      headers: {
        'Set-Cookie': preferenceCookie('lang', params.lang, https),
        'Content-Language': params.lang,
      },
    },
  );
}

export function headers({ loaderHeaders }: Route.HeadersArgs) {
  return loaderHeaders;
}

export default function SiteLayout({ loaderData }: Route.ComponentProps) {
  const { locale, clinicName, isSample, town, rest, publicUrl } = loaderData;
  const words = messagesFor(locale);
  return (
    <div className="site">
      <link rel="canonical" href={`${publicUrl}/${locale}${rest}`} />
      {locales.map((other) => (
        <link key={other} rel="alternate" hrefLang={other} href={`${publicUrl}/${other}${rest}`} />
      ))}
      <link rel="alternate" hrefLang="x-default" href={`${publicUrl}/`} />
      <a className="skip-link" href="#content">
        {words.common.skip}
      </a>
      <header className="site-head">
        <a className="wordmark" href={`/${locale}`}>
          <Mark />
          {clinicName}
        </a>
        <nav aria-label={words.common.language}>
          <ul className="language-list">
            {locales.map((other) => (
              <li key={other}>
                <a
                  href={`/${other}${rest}`}
                  hrefLang={other}
                  lang={other}
                  aria-current={other === locale ? 'true' : undefined}
                >
                  {localeNames[other]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <nav className="site-menu" aria-label={siteWords[locale].menuLabel}>
          <ul>
            {pageKeys.map((key) => {
              const path = key === 'home' ? '' : `/${key}`;
              return (
                <li key={key}>
                  <a href={`/${locale}${path}`} aria-current={rest === path ? 'page' : undefined}>
                    {siteWords[locale].menu[key]}
                  </a>
                </li>
              );
            })}
            {stepKeys.map((step) => (
              <li key={step} className="site-step">
                <a href={`/${locale}/${step}`} aria-current={rest === `/${step}` ? 'page' : undefined}>
                  {siteWords[locale].steps[step].title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main className="site-main" id="content">
        <Outlet />
      </main>
      <footer className="site-foot">
        <span>
          {clinicName}
          {isSample ? ` · ${words.home.sample} · ${words.home.place}` : town === null ? '' : ` · ${town}`}
        </span>
        <span>{words.home.unreviewed}</span>
        <a href="/sign-in">{words.home.staff}</a>
      </footer>
    </div>
  );
}
