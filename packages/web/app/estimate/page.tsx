import { listServices } from '@undertone/clinic/booking/commands.ts';
import { publicTax } from '@undertone/clinic/money/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { dayIn } from '@undertone/clinic/tenant/schema.ts';
import { doiUrl, sourceByNumber } from '@undertone/clinic/visitor/sources.ts';
import { moneyOf } from '../book/slots.ts';
import { intlTag, isLocale, type Locale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { cardMeta } from '../site/card-meta.ts';
import type { Route } from './+types/page.ts';
import { estimate, extents, reasons, taxFor, treatments } from './rules.ts';
import { estimateWords } from './words.ts';
import '../book/book.css';
import '../check/check.css';

/** Sources of how often a retouch was needed, and of the tax where the clinic has set none. */
const retouchSource = 14;
const taxSource = 84;

export async function loader({ params, context, url }: Route.LoaderArgs) {
  if (!isLocale(params.lang)) throw new Response('There is no page here', { status: 404 });
  const { clinic, publicUrl } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  const treatment = treatments.find((one) => one === url.searchParams.get('treatment')) ?? null;
  const extent =
    (treatment && extents[treatment].find(({ id }) => id === url.searchParams.get('extent'))) ?? null;
  const reason =
    (treatment && reasons[treatment].find((id) => id === url.searchParams.get('reason'))) ?? null;
  const services = tenant === undefined ? [] : await listServices(clinic, tenant.id);
  const own =
    tenant === undefined ? null : await publicTax(clinic, tenant.id, dayIn(tenant.zone, clinic.clock.now()));
  const tax =
    reason === null
      ? null
      : taxFor(reason, tenant?.country ?? 'IN', own && { ...own, 'born-or-injured': own.restoring });
  const service = services.find((one) => one.kind === 'treatment' && one.slug === treatment);
  return {
    locale: params.lang,
    publicUrl,
    clinicName: tenant?.name ?? 'Undertone',
    treatment,
    extent,
    reason,
    price: service?.price ?? null,
    deposit: service?.deposit ?? null,
    estimate:
      extent === null || reason === null ? null : estimate(extent, tax, service?.price?.amountMinor ?? null),
    sources: (extent === null
      ? []
      : [extent.source, retouchSource, ...(tax?.isAdvice ? [taxSource] : [])]
    ).flatMap((number) => {
      const source = sourceByNumber.get(number);
      return source === undefined
        ? []
        : [{ number, citation: source.citation, grade: source.grade, url: doiUrl(source) ?? null }];
    }),
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  const words = estimateWords[loaderData.locale];
  return [
    { title: `${words.title} · ${loaderData.clinicName}` },
    { name: 'description', content: words.lead },
    ...cardMeta({ ...loaderData, pageKey: 'estimate', title: words.title, description: words.lead }),
  ];
}

export default function EstimatePage({ loaderData }: Route.ComponentProps) {
  const { locale, treatment, extent, reason } = loaderData;
  const words = estimateWords[locale];
  return (
    <article className="text-page book">
      <header className="text-head">
        <h1>{words.title}</h1>
        <p className="text-lead">{words.lead}</p>
        <p className="text-state">{words.unreviewed}</p>
      </header>
      {treatment === null ? (
        <section className="stack" aria-labelledby="choose">
          <h2 id="choose">{words.choose}</h2>
          <ul className="choice-list">
            {treatments.map((one) => (
              <li key={one}>
                <a href={`/${locale}/estimate?treatment=${one}`}>{words.treatments[one]}</a>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <form method="get" action={`/${locale}/estimate`} className="book-form">
          <input type="hidden" name="treatment" value={treatment} />
          <p className="row">
            <strong>{words.treatments[treatment]}</strong>
            <a href={`/${locale}/estimate`}>{words.other}</a>
          </p>
          <fieldset className="check-options">
            <legend className="field-label">{words.where}</legend>
            {extents[treatment].map(({ id }, at) => (
              <label key={id} className="tick">
                <input
                  type="radio"
                  name="extent"
                  value={id}
                  defaultChecked={extent === null ? at === 0 : extent.id === id}
                />
                <span>{words.extents[id]}</span>
              </label>
            ))}
          </fieldset>
          <fieldset className="check-options">
            <legend className="field-label">{words.why}</legend>
            {reasons[treatment].map((id, at) => (
              <label key={id} className="tick">
                <input
                  type="radio"
                  name="reason"
                  value={id}
                  defaultChecked={reason === null ? at === 0 : reason === id}
                />
                <span>{words.reasons[id]}</span>
              </label>
            ))}
          </fieldset>
          <p>
            <button type="submit" className="button" data-look="strong">
              {words.show}
            </button>
          </p>
        </form>
      )}
      {loaderData.estimate === null ? null : <Result {...loaderData} found={loaderData.estimate} />}
    </article>
  );
}

type ResultProps = Pick<Route.ComponentProps['loaderData'], 'treatment' | 'price' | 'deposit' | 'sources'> & {
  readonly locale: Locale;
  readonly found: ReturnType<typeof estimate>;
};

function Result({ locale, treatment, price, deposit, sources, found }: ResultProps) {
  const words = estimateWords[locale];
  const count = new Intl.NumberFormat(intlTag(locale));
  const { visits, taxPercent, totalMinor } = found;
  const money = (amountMinor: number) => moneyOf({ amountMinor, currency: price?.currency ?? 'INR' }, locale);
  const tax =
    taxPercent === null
      ? words.priceOpen
      : taxPercent.least === taxPercent.most
        ? words.taxFixed(count.format(taxPercent.most))
        : words.taxRange(count.format(taxPercent.least), count.format(taxPercent.most));
  return (
    <section className="stack" aria-labelledby="estimate">
      <h2 id="estimate">{words.result}</h2>
      <dl className="book-choice">
        <div>
          <dt>{words.visits}</dt>
          <dd>
            <strong>{words.visitsRange(count.format(visits.least), count.format(visits.most))}</strong>
            <br />
            <span className="soft">{words.retouch}</span>
          </dd>
        </div>
        <div>
          <dt>{words.perVisit}</dt>
          <dd>{price === null ? words.priceOpen : money(price.amountMinor)}</dd>
        </div>
        <div>
          <dt>{words.tax}</dt>
          <dd>{tax}</dd>
        </div>
        <div>
          <dt>{words.total}</dt>
          <dd>
            {totalMinor === null ? (
              words.priceOpen
            ) : (
              <strong>{words.totalRange(money(totalMinor.least), money(totalMinor.most))}</strong>
            )}
          </dd>
        </div>
        {deposit === null ? null : (
          <div>
            <dt>{words.deposit}</dt>
            <dd>{moneyOf(deposit, locale)}</dd>
          </div>
        )}
      </dl>
      <h3>{words.moves}</h3>
      <ul className="book-series">
        {words.drivers.map((driver) => (
          <li key={driver}>{driver}</li>
        ))}
      </ul>
      <p className="measure">{words.notAPromise}</p>
      <p className="row">
        <a className="button" data-look="strong" href={`/${locale}/check?treatment=${treatment}`}>
          {words.check}
        </a>
        <a className="button" href={`/${locale}/book?service=consultation`}>
          {words.talk}
        </a>
      </p>
      <div className="text-note">
        <p>{words.source}</p>
        <ul className="book-series" lang="en">
          {sources.map(({ number, citation, grade, url }) => (
            <li key={number}>
              {url === null ? (
                citation
              ) : (
                <a href={url} rel="noreferrer">
                  {citation}
                </a>
              )}{' '}
              <span className="source-grade">{grade}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
