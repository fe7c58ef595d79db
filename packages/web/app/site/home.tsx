import { listBranches, mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { readPublicPage } from '@undertone/clinic/visitor/commands.ts';
import { parseText } from '@undertone/clinic/visitor/rules.ts';
import { placeOf } from '../book/slots.ts';
import { isLocale, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { Stipple } from '../ui/mark.tsx';
import type { Route } from './+types/home.ts';
import { cardMeta } from './card-meta.ts';
import { NextSteps } from './next-steps.tsx';
import { clinicThing } from './structured-data.ts';
import { TextBlocks } from './text-blocks.tsx';
import { stateOf, TextState } from './text-state.tsx';
import { siteWords } from './words.ts';

/** The first page: what is treated, in dots; the clinic's own words; the way on. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { clinic, publicUrl } = context.get(askedContext);
  const locale = isLocale(params.lang) ? params.lang : ('en' as const);
  const tenant = await mainTenant(clinic);
  const branches = tenant === undefined ? [] : await listBranches(clinic, tenant.id);
  const page = tenant && (await readPublicPage(clinic, tenant.id, { pageKey: 'home', language: locale }));
  return {
    locale,
    publicUrl,
    zone: tenant?.zone ?? 'UTC',
    clinicName: tenant?.name ?? 'Undertone',
    physician: tenant?.facts.physician ?? null,
    phone: tenant?.facts.phone ?? null,
    places: branches
      .filter(({ addressLines, phone }) => addressLines?.length || phone)
      .map((branch) => ({ id: branch.id, where: placeOf(branch), phone: branch.phone ?? null })),
    text: page
      ? {
          title: page.title,
          description: page.description,
          blocks: parseText(page.body).blocks,
          state: stateOf(page),
        }
      : null,
    jsonLd: tenant ? [clinicThing(tenant, publicUrl)] : [],
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  const { locale, clinicName, text, jsonLd, publicUrl } = loaderData;
  const words = messagesFor(locale).home;
  const title = text?.title ?? words.title;
  const description = text?.description ?? words.lead;
  return [
    { title: `${title} · ${clinicName}` },
    { name: 'description', content: description },
    ...cardMeta({ locale, pageKey: 'home', title, description, publicUrl }),
    ...jsonLd.map((thing) => ({ 'script:ld+json': thing })),
  ];
}

export default function Home({ loaderData }: Route.ComponentProps) {
  const { locale, zone, physician, phone, places, text } = loaderData;
  const words = messagesFor(locale).home;
  const treated = [
    ['hairline', 'scalp', words.scalp, words.scalpText],
    ['mouth', 'lip', words.lip, words.lipText],
    ['patch', 'vitiligo', words.vitiligo, words.vitiligoText],
  ] as const;
  return (
    <>
      <section className="site-hero">
        <div className="site-hero-words" lang={text?.state.language}>
          <h1>{text?.title ?? words.title}</h1>
          <p>{text?.description ?? words.lead}</p>
        </div>
        <div className="site-hero-ramp">
          <Stipple columns={112} rows={13} />
        </div>
      </section>
      {text === null ? null : (
        <section className="site-section site-intro">
          <div className="text-body" lang={text.state.language}>
            <TextBlocks blocks={text.blocks} locale={locale} cited={[]} />
          </div>
          <TextState locale={locale} zone={zone} {...text.state} />
        </section>
      )}
      <section className="site-section site-words">
        <h2>{words.treats}</h2>
        <div className="site-columns">
          {treated.map(([tone, pageKey, title, about]) => (
            <article key={pageKey} className="site-treated">
              <Stipple columns={28} rows={15} tone={tone} />
              <h3>
                <a href={`/${locale}/${pageKey}`}>{title}</a>
              </h3>
              <p>{about}</p>
            </article>
          ))}
        </div>
      </section>
      <section className="site-section site-words">
        <NextSteps locale={locale} pageKey="home" />
      </section>
      <section className="site-section site-pairs">
        <div className="stack">
          <h2>{words.risks}</h2>
          <p>{words.risksText}</p>
          <p>
            <a href={`/${locale}/risks`}>{siteWords[locale].menu.risks}</a>
          </p>
        </div>
        <div className="stack">
          <h2>{words.looksFor}</h2>
          <p>{words.looksForText}</p>
        </div>
        <div className="stack">
          <h2>{words.doctor}</h2>
          {physician ? (
            <p>
              {physician.name}
              <br />
              <span className="soft">
                {physician.title}, {physician.degrees}
              </span>
            </p>
          ) : (
            <p className="soft">{words.toComplete}</p>
          )}
        </div>
        <div className="stack">
          <h2>{words.appointment}</h2>
          <p>
            <a href={`/${locale}/book`}>{siteWords[locale].steps.book.title}</a>
          </p>
          <p className="soft">{phone ?? words.toComplete}</p>
          {places.map((place) => (
            <p key={place.id}>
              {place.where}
              {place.phone === null ? null : (
                <>
                  <br />
                  <a href={`tel:${place.phone.replaceAll(/[^+\d]/g, '')}`}>{place.phone}</a>
                </>
              )}
            </p>
          ))}
        </div>
      </section>
    </>
  );
}
