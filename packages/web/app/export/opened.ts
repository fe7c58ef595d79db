import { recordLinkId } from '@undertone/clinic/export/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import type { RouterContextProvider } from 'react-router';
import { isLocale, type Locale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';

/** What every request by a patient's link needs. @throws a 404 page for another language or an empty database */
export async function openedFor(
  request: Request,
  params: { readonly lang: string; readonly token: string },
  context: Readonly<RouterContextProvider>,
) {
  const { clinic, https } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  if (!isLocale(params.lang) || tenant === undefined)
    throw new Response('There is no page here', { status: 404 });
  const linkId = recordLinkId(clinic.keys, tenant.id, params.token);
  const start = `${nameOf(linkId ?? '', https)}=`;
  const pass = (request.headers.get('Cookie') ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(start))
    ?.slice(start.length);
  const locale: Locale = params.lang;
  return { clinic, https, tenant, locale, pass };
}

const nameOf = (linkId: string, https: boolean) =>
  `${https ? '__Host-' : ''}undertone-record-${linkId.slice(0, 8)}`;

/** For one link, unreadable by scripts, gone with the browser. */
export function passCookie(linkId: string, pass: string, https: boolean): string {
  return `${nameOf(linkId, https)}=${pass}; Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}`;
}

/** The address is a secret: no other site may learn it, and no cache may keep what it shows. */
export const privately = { 'Referrer-Policy': 'same-origin', 'Cache-Control': 'private, no-store' };
