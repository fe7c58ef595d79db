import { createHash } from 'node:crypto';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { cardPng } from '@undertone/clinic/visitor/card.ts';
import { readPublicPage } from '@undertone/clinic/visitor/commands.ts';
import { pageKeySchema } from '@undertone/clinic/visitor/schema.ts';
import { isLocale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import type { Route } from './+types/card.ts';
import { cardPicture } from './card-picture.ts';
import { siteWords, stepKeys } from './words.ts';

const gone = () => new Response('There is no picture here', { status: 404 });

/**
 * `/en/og/scalp.png`: a page's picture for link previews, with its published title. Kept by caches for a day; asked
 * again, it is drawn only if the title has changed.
 */
export async function loader({ params, context, request }: Route.LoaderArgs) {
  const name = params.file.replace(/\.png$/, '');
  const pageKey = pageKeySchema.safeParse(name).data;
  const step = stepKeys.find((one) => one === name);
  if (!params.file.endsWith('.png') || !isLocale(params.lang)) return gone();
  const { clinic } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  const page =
    tenant && pageKey
      ? await readPublicPage(clinic, tenant.id, { pageKey, language: params.lang })
      : step && { title: siteWords[params.lang].steps[step].title, language: params.lang };
  const key = pageKey ?? step;
  if (!tenant || !page || !key) return gone();
  const card = {
    title: page.title,
    clinicName: tenant.name,
    language: page.language,
    pictureSvg: cardPicture(key),
  };
  const tag = `"${createHash('sha256').update(JSON.stringify(card)).digest('base64url').slice(0, 22)}"`;
  const headers = { ETag: tag, 'Cache-Control': 'public, max-age=86400' };
  if (request.headers.get('if-none-match') === tag) return new Response(null, { status: 304, headers });
  const png = await cardPng(clinic.typesetter, card);
  return new Response(Buffer.from(png), { headers: { ...headers, 'Content-Type': 'image/png' } });
}
