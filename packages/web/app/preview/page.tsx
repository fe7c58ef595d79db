import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { intlTag, isLocale } from '../locales/index.ts';
import type { RouteHandle } from '../root.tsx';
import { askedContext } from '../server/context.ts';
import type { Route } from './+types/page.ts';
import { Preview } from './preview.tsx';
import { previewWords } from './words.ts';
import '../studio/studio.css';
import './preview.css';

/** The picture is worked on in the visitor's browser: this page carries scripts, the rest of the site does not. */
export const handle: RouteHandle = { scripts: true };

export async function loader({ params, context }: Route.LoaderArgs) {
  if (!isLocale(params.lang)) throw new Response('There is no page here', { status: 404 });
  const tenant = await mainTenant(context.get(askedContext).clinic);
  return { locale: params.lang, clinicName: tenant?.name ?? 'Undertone' };
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  const words = previewWords[loaderData.locale];
  return [
    { title: `${words.title} · ${loaderData.clinicName}` },
    { name: 'description', content: words.lead },
  ];
}

export default function PreviewPage({ loaderData }: Route.ComponentProps) {
  const { locale, clinicName } = loaderData;
  const words = previewWords[locale];
  return (
    <I18nProvider locale={intlTag(locale)}>
      <article className="site-section preview stack-l">
        <header className="stack">
          <h1>{words.title}</h1>
          <p className="measure">{words.lead}</p>
        </header>
        <Preview locale={locale} clinicName={clinicName} />
        <section className="stack preview-honest" aria-labelledby="honest">
          <h2 id="honest">{words.honestTitle}</h2>
          <ul>
            {words.honest.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      </article>
    </I18nProvider>
  );
}
