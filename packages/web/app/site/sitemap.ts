import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { publishedPages } from '@undertone/clinic/visitor/commands.ts';
import { locales } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import type { Route } from './+types/sitemap.ts';
import { stepKeys } from './words.ts';

/**
 * `/sitemap.xml`: every published page and every step a visitor can take, in every language, each with its translations
 * (sitemaps.org, hreflang).
 */
export async function loader({ context }: Route.LoaderArgs) {
  const { clinic, publicUrl } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  const texts = tenant ? await publishedPages(clinic, tenant.id) : [];
  const steps = stepKeys.flatMap((pageKey) =>
    locales.map((language) => ({ pageKey, language, publishedAt: null })),
  );
  const pages = [...texts, ...steps];
  const address = (language: string, pageKey: string) =>
    `${publicUrl}/${language}${pageKey === 'home' ? '' : `/${pageKey}`}`;
  const entries = pages.map(({ pageKey, language, publishedAt }) => {
    const others = pages
      .filter((other) => other.pageKey === pageKey)
      .map(
        (other) =>
          `<xhtml:link rel="alternate" hreflang="${other.language}" href="${escapeXml(address(other.language, pageKey))}"/>`,
      );
    return [
      '<url>',
      `<loc>${escapeXml(address(language, pageKey))}</loc>`,
      publishedAt ? `<lastmod>${publishedAt.toISOString()}</lastmod>` : '',
      ...others,
      '</url>',
    ].join('');
  });
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${entries.join('\n')}
</urlset>
`;
  return new Response(xml, { headers: { 'Content-Type': 'application/xml; charset=utf-8' } });
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
