import { askedContext } from '../server/context.ts';
import type { Route } from './+types/robots.ts';

/** `/robots.txt`: the public site may be read; staff pages and personal links may not. */
export function loader({ context }: Route.LoaderArgs) {
  const { publicUrl } = context.get(askedContext);
  const closed = ['/desk', '/studio', '/sign-in', '/invite/', '/api/', '/*/booking/', '/*/intake/'];
  const lines = [
    'User-agent: *',
    ...closed.map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${publicUrl}/sitemap.xml`,
    '',
  ];
  return new Response(lines.join('\n'), { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}
