import { index, type RouteConfig, route } from '@react-router/dev/routes';

/** Every address of the program. */
const routes: RouteConfig = [
  index('site/choose-language.ts'),
  route('preferences', 'shared/preferences.ts'),

  route('ui', 'specimens/page.tsx'),

  route('robots.txt', 'site/robots.ts'),
  route('sitemap.xml', 'site/sitemap.ts'),
  route(':lang', 'site/layout.tsx', [index('site/home.tsx'), route(':page', 'site/text-page.tsx')]),
  route('*', 'shared/missing.tsx'),
];

export default routes;
