import { listServices } from '@undertone/clinic/booking/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { findQuestions, readPublicPage } from '@undertone/clinic/visitor/commands.ts';
import { publishedRates } from '@undertone/clinic/visitor/rates.ts';
import { type Risk, risks } from '@undertone/clinic/visitor/risks.ts';
import { type Block, parseText, questionsOf } from '@undertone/clinic/visitor/rules.ts';
import { pageKeySchema } from '@undertone/clinic/visitor/schema.ts';
import { doiUrl, sourceByNumber } from '@undertone/clinic/visitor/sources.ts';
import { moneyOf } from '../book/slots.ts';
import { treatments } from '../estimate/rules.ts';
import { isLocale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import type { Route } from './+types/text-page.ts';
import { cardMeta } from './card-meta.ts';
import { NextSteps } from './next-steps.tsx';
import { RiskTable } from './risk-table.tsx';
import { jsonLdOf } from './structured-data.ts';
import { TextBlocks } from './text-blocks.tsx';
import { stateOf, TextState } from './text-state.tsx';
import { siteWords } from './words.ts';

/** Any page of the public site that is a text of the clinic: `/en/scalp`, `/bn/faq`. */
export async function loader({ params, context, url }: Route.LoaderArgs) {
  const pageKey = pageKeySchema.safeParse(params.page);
  if (!pageKey.success || pageKey.data === 'home' || !isLocale(params.lang))
    throw new Response('There is no page here', { status: 404 });
  const locale = params.lang;
  const { clinic, publicUrl } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  const page =
    tenant && (await readPublicPage(clinic, tenant.id, { pageKey: pageKey.data, language: locale }));
  if (!tenant || !page) throw new Response('There is no page here', { status: 404 });

  const parsed = parseText(page.body);
  const shownRisks: readonly Risk[] = parsed.blocks.some((block) => block.kind === 'slot') ? risks : [];
  const cited = [
    ...new Set([...parsed.sources, ...shownRisks.flatMap((risk) => risk.figures.map((f) => f.source))]),
  ];
  const treatment = treatments.find((one) => one === pageKey.data) ?? null;
  const offered = treatment === null ? [] : await listServices(clinic, tenant.id);
  const price = offered.find(({ kind, slug }) => kind === 'treatment' && slug === treatment)?.price ?? null;
  const query = pageKey.data === 'faq' ? (url.searchParams.get('q') ?? '').trim().slice(0, 200) : '';
  const found = query === '' ? [] : await findQuestions(clinic, tenant.id, page.language, query);
  return {
    locale,
    publicUrl,
    zone: tenant.zone,
    pageKey: pageKey.data,
    page: {
      title: page.title,
      description: page.description,
      ...stateOf(page),
    },
    clinicName: tenant.name,
    blocks: parsed.blocks,
    treatment,
    price: price === null ? null : moneyOf(price, locale),
    risks: shownRisks,
    ownRates: shownRisks.length === 0 ? null : await publishedRates(clinic, tenant.id),
    sources: cited.flatMap((number) => {
      const source = sourceByNumber.get(number);
      return source ? [{ ...source, url: doiUrl(source) ?? null }] : [];
    }),
    search: { query, found: found.map(({ headingId }) => headingId) },
    jsonLd: jsonLdOf({ page, blocks: parsed.blocks, tenant, publicUrl, locale }),
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  const { page, pageKey, clinicName, jsonLd, locale, publicUrl } = loaderData;
  return [
    { title: `${page.title} · ${clinicName}` },
    { name: 'description', content: page.description },
    ...cardMeta({ locale, pageKey, title: page.title, description: page.description, publicUrl }),
    ...jsonLd.map((thing) => ({ 'script:ld+json': thing })),
  ];
}

export default function TextPage({ loaderData }: Route.ComponentProps) {
  const { locale, zone, pageKey, page, blocks, risks: shownRisks, ownRates, sources, search } = loaderData;
  const { treatment, price } = loaderData;
  const words = siteWords[locale];
  const cited = sources.map((source) => source.number);
  return (
    <article className="text-page" lang={page.language}>
      <header className="text-head">
        <h1>{page.title}</h1>
        <p className="text-lead">{page.description}</p>
        <TextState locale={locale} zone={zone} {...page} />
      </header>
      <div className="text-body">
        {pageKey === 'faq' ? (
          <Questions blocks={blocks} locale={locale} cited={cited} search={search} />
        ) : (
          <TextBlocks
            blocks={blocks}
            locale={locale}
            cited={cited}
            slots={{
              'risk-table':
                ownRates === null ? null : (
                  <RiskTable risks={shownRisks} locale={locale} cited={cited} own={ownRates} />
                ),
            }}
          />
        )}
      </div>
      {treatment === null ? null : (
        <section className="text-body" lang={locale} aria-labelledby="price">
          <h2 id="price">{words.price.title}</h2>
          <p>
            {price === null ? words.price.open : words.price.from(price)}{' '}
            <a href={`/${locale}/estimate?treatment=${treatment}`}>{words.price.more}</a>
          </p>
        </section>
      )}
      <NextSteps locale={locale} pageKey={pageKey} />
      {sources.length === 0 ? null : (
        <aside className="text-sources" lang={locale} aria-labelledby="sources">
          <h2 id="sources">{words.sources}</h2>
          <ol lang="en">
            {sources.map((source) => (
              <li key={source.number} id={`source-${source.number}`}>
                {source.url ? (
                  <a href={source.url} rel="noreferrer">
                    {source.citation}
                  </a>
                ) : (
                  source.citation
                )}{' '}
                <span className="source-grade">{source.grade}</span>
              </li>
            ))}
          </ol>
          <p className="soft">{words.sourcesNote}</p>
        </aside>
      )}
    </article>
  );
}

interface QuestionsProps {
  readonly blocks: readonly Block[];
  readonly locale: keyof typeof siteWords;
  readonly cited: readonly number[];
  readonly search: { readonly query: string; readonly found: readonly string[] };
}

/** The FAQ: a search that works without scripts, then every question as a disclosure. */
function Questions({ blocks, locale, cited, search }: QuestionsProps) {
  const words = siteWords[locale];
  const all = questionsOf(blocks);
  const found = search.found.flatMap((id) => all.filter((question) => question.id === id));
  const shown = search.query === '' ? all : found;
  return (
    <>
      <search>
        <form className="faq-search" method="get">
          <label htmlFor="faq-q">{words.searchLabel}</label>
          <div>
            <input
              id="faq-q"
              name="q"
              type="search"
              defaultValue={search.query}
              maxLength={200}
              autoComplete="off"
            />
            <button type="submit">{words.searchButton}</button>
          </div>
        </form>
      </search>
      {search.query === '' ? null : (
        <output>
          {found.length === 0 ? words.nothingFound(search.query) : words.found(found.length, search.query)}{' '}
          <a href={`/${locale}/faq`}>{words.allQuestions}</a>
        </output>
      )}
      {shown.map((question) => (
        <details key={question.id} id={question.id} className="faq-question" open={search.query !== ''}>
          <summary>{question.question}</summary>
          <TextBlocks blocks={question.answer} locale={locale} cited={cited} />
        </details>
      ))}
    </>
  );
}
