import { formOfToken } from '@undertone/clinic/intake/links.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import type { RouterContextProvider } from 'react-router';
import { isLocale, type Locale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { readPass } from './pass-cookie.ts';

/** What every request about a form by its link needs. @throws a 404 page for another language or an empty database */
export async function openedFor(
  request: Request,
  params: { readonly lang: string; readonly token: string },
  context: Readonly<RouterContextProvider>,
) {
  const { clinic, https } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  if (!isLocale(params.lang) || tenant === undefined)
    throw new Response('There is no page here', { status: 404 });
  const formId = formOfToken(clinic.keys, tenant.id, params.token);
  const pass = formId === undefined ? undefined : readPass(request.headers.get('Cookie'), formId, https);
  const locale: Locale = params.lang;
  return { clinic, https, tenant, locale, pass };
}

/** The address is a secret: no other site may learn it, and no cache may keep what it shows. */
export const privately = { 'Referrer-Policy': 'same-origin', 'Cache-Control': 'private, no-store' };
