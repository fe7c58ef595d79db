import { countAttempt, rateRules } from '@undertone/clinic/booking/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import type { RouterContextProvider } from 'react-router';
import { isLocale } from '../locales/index.ts';
import { askedContext } from './context.ts';

/** The address of such a page is a key: it goes to no other site and stays in no shared cache. */
export const privately = { 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'same-origin' };

const nothingHere = () => new Response('There is no page here', { status: 404 });

/**
 * For pages opened by a link from a message. Openings are counted by network address: nobody tries keys one after another.
 * @throws the answer 404 where there is no clinic, 429 past the count
 */
export async function openByLink(context: Readonly<RouterContextProvider>) {
  const { clinic, address } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  if (tenant === undefined) throw nothingHere();
  const counted = await countAttempt(clinic, clinic.db, tenant.id, rateRules.linkPerAddress, address);
  if (!counted.ok) {
    throw new Response('Too many requests', {
      status: 429,
      headers: { 'Retry-After': String(counted.retryAfterSeconds) },
    });
  }
  return { clinic, tenant };
}

/** The same in the language of the address. @throws also 404 where it is none of ours */
export async function openByLinkIn(lang: string | undefined, context: Readonly<RouterContextProvider>) {
  if (!isLocale(lang)) throw nothingHere();
  return { locale: lang, ...(await openByLink(context)) };
}
