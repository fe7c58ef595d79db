import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { isLocale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { cardMeta } from '../site/card-meta.ts';
import { studioWords } from '../studio/words.ts';
import { PictureWell } from '../ui/pictures.tsx';
import type { Route } from './+types/page.ts';
// oxlint-disable-next-line import/default -- Vite makes the address
import scriptUrl from './script.ts?worker&url';
import { previewWords } from './words.ts';
import '../studio/studio.css';
import './preview.css';

export async function loader({ params, context }: Route.LoaderArgs) {
  if (!isLocale(params.lang)) throw new Response('There is no page here', { status: 404 });
  const { clinic, publicUrl } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  return { locale: params.lang, publicUrl, clinicName: tenant?.name ?? 'Undertone' };
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  const words = previewWords[loaderData.locale];
  return [
    { title: `${words.title} · ${loaderData.clinicName}` },
    { name: 'description', content: words.lead },
    ...cardMeta({ ...loaderData, pageKey: 'preview', title: words.title, description: words.lead }),
  ];
}

export default function PreviewPage({ loaderData }: Route.ComponentProps) {
  const { locale, clinicName } = loaderData;
  const words = previewWords[locale];
  return (
    <article className="site-section preview stack-l">
      <header className="stack">
        <h1>{words.title}</h1>
        <p className="measure">{words.lead}</p>
      </header>
      {/* The tool takes this place, as large as the offer, when it is asked for; until then the page carries almost no script. */}
      <div data-preview data-locale={locale} data-clinic={clinicName} tabIndex={-1}>
        <div className="preview-place preview-offer">
          <PictureWell>
            <div className="preview-start stack">
              <button type="button" className="button" data-look="strong" data-preview-start>
                {words.start}
              </button>
              <output>
                <span data-preview-loading hidden>
                  {words.starting}
                </span>
              </output>
              <p className="alert" data-tone="oxide" role="alert" data-preview-failed hidden>
                {words.startFailed}
              </p>
            </div>
          </PictureWell>
          <div className="preview-controls stack">
            <ul>
              {(['scalp', 'lip', 'vitiligo'] as const).map((treatment) => (
                <li key={treatment}>
                  <strong>{studioWords[locale].treatments[treatment]}</strong>: {words.empty[treatment]}
                </li>
              ))}
            </ul>
            <p className="field-hint">{words.weight}</p>
          </div>
        </div>
        <p className="alert preview-none" data-preview-none>
          {words.needsScript}
        </p>
      </div>
      <section className="stack preview-honest" aria-labelledby="honest">
        <h2 id="honest">{words.honestTitle}</h2>
        <ul>
          {words.honest.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <script type="module" src={scriptUrl} />
    </article>
  );
}
