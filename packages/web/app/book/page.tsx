import { randomUUID } from 'node:crypto';
import { countAttempt, issueChallenge, requestBooking } from '@undertone/clinic/booking/commands.ts';
import type { Slot } from '@undertone/clinic/booking/schema.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { attachPreviewPicture } from '@undertone/clinic/visitor/preview-picture.ts';
import { data, redirect } from 'react-router';
import { intlTag, isLocale, type Locale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { cardMeta } from '../site/card-meta.ts';
import type { Route } from './+types/page.ts';
import { BookingTrouble, DetailsForm } from './details-form.tsx';
import { solveWork, type WorkChallenge } from './proof-of-work.ts';
import {
  type BookingForm,
  checkBookingForm,
  pictureToAttach,
  readBookingForm,
  sharedAnswers,
} from './request.ts';
import { SlotPicker } from './slot-picker.tsx';
import { momentOf, moneyOf } from './slots.ts';
import { type BookingView, bookingView, type Chosen } from './view.ts';
import { waitlistWords } from './waitlist-words.ts';
import { bookWords } from './words.ts';
import '../check/check.css';
import './book.css';

export async function loader({ params, context, url }: Route.LoaderArgs) {
  if (!isLocale(params.lang)) throw new Response('There is no page here', { status: 404 });
  const { clinic, publicUrl } = context.get(askedContext);
  const view = await bookingView(
    clinic,
    params.lang,
    chosenFrom((name) => url.searchParams.get(name)),
  );
  if (view === undefined) throw new Response('There is no page here', { status: 404 });
  return {
    locale: params.lang,
    publicUrl,
    chosen: chosenFrom((name) => url.searchParams.get(name)),
    received: url.searchParams.has('received'),
    isPictureLost: url.searchParams.get('picture') === 'lost',
    view,
    key: randomUUID(),
  };
}

function chosenFrom(get: (name: string) => string | null | undefined): Chosen {
  const text = (name: string) => (get(name) ?? '').slice(0, 80);
  return {
    service: text('service'),
    branch: text('branch'),
    staff: text('staff'),
    from: text('from'),
    start: text('start'),
    checked: text('checked') !== '',
  };
}

/** What a form that was sent comes back with. */
interface Reply {
  readonly form: BookingForm;
  readonly chosen: Chosen;
  readonly view: BookingView;
  readonly faults: Extract<ReturnType<typeof checkBookingForm>, { ok: false }>['faults'];
  /** Code of a refusal. */
  readonly refusal: string | null;
  readonly alternatives: readonly { readonly start: string; readonly label: string }[];
  readonly key: string;
}

/** Requests without a check against robots that one address may make in an hour; they only reach a list. */
const callBackRule = { name: 'call-back-address', most: 6, windowMinutes: 60 };

export async function action({ params, request, context, url }: Route.ActionArgs) {
  if (!isLocale(params.lang)) throw new Response('There is no page here', { status: 404 });
  const locale = params.lang;
  const { clinic, address } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  if (tenant === undefined) throw new Response('There is no page here', { status: 404 });
  const sent = await request.formData();
  const texts = formTexts(sent);
  const chosen = chosenFrom((name) => texts[name] ?? url.searchParams.get(name));
  const read = readBookingForm({ ...texts, service: chosen.service }, locale);
  const reply = async (more: Partial<Reply>, status: number) => {
    const view = await bookingView(clinic, locale, chosen);
    if (view === undefined) throw new Response('There is no page here', { status: 404 });
    const whole: Reply = {
      // A solved challenge serves one attempt.
      form: { ...read, altcha: '' },
      chosen,
      view,
      faults: {},
      refusal: null,
      alternatives: [],
      key: read.key === '' ? randomUUID() : read.key,
      ...more,
    };
    return data(whole, { status });
  };

  if (texts.send !== 'yes') {
    // A choice on the way, from a visitor without scripts who carries answers along.
    const carries = texts.takeAlong === 'yes' && sharedAnswers(read.answers) !== undefined;
    const form = { ...read, answers: carries ? read.answers : '', share: carries, altcha: '' };
    return reply({ form }, 200);
  }

  const checked = checkBookingForm(read);
  if (!checked.ok) return reply({ faults: checked.faults }, 422);
  let altcha: string | undefined = read.altcha;
  if (altcha === '') {
    const counted = await countAttempt(clinic, clinic.db, tenant.id, callBackRule, address);
    if (!counted.ok) return reply({ refusal: counted.reason }, 429);
    // The desk's list of call-backs needs no work from the visitor: the limits above and per telephone protect it.
    const easy = await issueChallenge(clinic, tenant.id, { rounds: 1, leastTries: 1, mostTries: 2 });
    altcha = await solveWork(easy as WorkChallenge);
  }
  const answer = await requestBooking(
    clinic,
    tenant.id,
    { ...checked.request, altcha: altcha ?? '' },
    { idempotencyKey: read.key === '' ? randomUUID() : read.key, address },
  );
  if (answer.ok) {
    const made = answer.reply;
    const picture = pictureToAttach(read, sent.get('picture'));
    const attached =
      picture &&
      (await attachPreviewPicture(clinic, tenant.id, {
        of:
          made.kind === 'booking'
            ? { kind: 'booking', id: made.booking.id }
            : { kind: 'call-back', id: made.request },
        bytes: new Uint8Array(await picture.file.arrayBuffer()),
        shows: picture.shows,
        consent: { language: locale, words: bookWords[locale].sendPicture },
      }));
    // The visit is held either way; a picture that could not be read is said, not insisted on.
    const lost = attached?.ok === false ? 'picture=lost' : '';
    const to =
      made.kind === 'booking'
        ? `/${locale}/booking/${made.token}${lost && `?${lost}`}`
        : `/${locale}/book?received=1${lost && `&${lost}`}`;
    return redirect(to, 303);
  }
  const alternatives = 'alternatives' in answer ? (answer.alternatives ?? []) : [];
  const zone = (await bookingView(clinic, locale, { ...chosen, service: '' }))?.zone ?? tenant.zone;
  return reply(
    {
      refusal: answer.reason,
      alternatives: alternatives.map(({ start }: Slot) => ({ start, label: momentOf(start, zone, locale) })),
      // Other words under the same key are a new wish: it gets a key of its own.
      ...(answer.reason === 'idempotency-key-reused' ? { key: randomUUID() } : {}),
    },
    answer.reason === 'too-many-requests' ? 429 : 409,
  );
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  const words = bookWords[loaderData.locale];
  return [
    { title: `${words.title} · ${loaderData.view.clinicName}` },
    { name: 'description', content: words.lead },
    ...cardMeta({ ...loaderData, pageKey: 'book', title: words.title, description: words.lead }),
  ];
}

export default function BookPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale } = loaderData;
  const words = bookWords[locale];
  const { view, chosen } = actionData ?? loaderData;
  const form = actionData?.form;
  if (loaderData.received && actionData === undefined) {
    return <Received locale={locale} isPictureLost={loaderData.isPictureLost} />;
  }
  return (
    <article className="text-page book">
      <header className="text-head">
        <h1>{words.title}</h1>
        {view.service === null ? <p className="text-lead">{words.lead}</p> : null}
      </header>
      {view.service === null ? (
        <Services locale={locale} view={view} />
      ) : (
        <>
          {actionData === undefined ? null : <BookingTrouble locale={locale} {...actionData} />}
          <Choice
            locale={locale}
            view={view}
            chosen={chosen}
            isTaken={actionData?.refusal === 'slot-taken'}
          />
          {view.needsCheck ? (
            <CheckFirst locale={locale} view={view} />
          ) : chosen.start === '' || view.moment === null ? (
            <Times locale={locale} view={view} chosen={chosen} answers={form?.answers ?? ''} />
          ) : (
            <DetailsForm
              locale={locale}
              service={view.service}
              chosen={chosen}
              form={form}
              faults={actionData?.faults ?? {}}
              refusal={actionData?.refusal ?? null}
              alternatives={actionData?.alternatives ?? []}
              idempotencyKey={actionData?.key ?? loaderData.key}
            />
          )}
        </>
      )}
    </article>
  );
}

interface ReceivedProps {
  readonly locale: Locale;
  readonly isPictureLost: boolean;
}

function Received({ locale, isPictureLost }: ReceivedProps) {
  const words = bookWords[locale];
  return (
    <article className="text-page">
      <header className="text-head">
        <h1>{words.received}</h1>
        <p className="text-lead">{words.receivedText}</p>
      </header>
      <p className="measure">{words.receivedNext}</p>
      {isPictureLost ? <p className="measure">{words.pictureLost}</p> : null}
    </article>
  );
}

function Services({ locale, view }: { readonly locale: Locale; readonly view: BookingView }) {
  const words = bookWords[locale];
  const count = new Intl.NumberFormat(intlTag(locale));
  if (view.services.length === 0) return <p className="measure">{words.nothingYet}</p>;
  return (
    <section className="stack" aria-labelledby="what">
      <h2 id="what">{words.what}</h2>
      <ul className="choice-list">
        {view.services.map((service) => (
          <li key={service.slug}>
            <a href={`/${locale}/book?service=${service.slug}`}>
              {service.name}
              <span className="soft">{words.minutes(count.format(service.durationMinutes))}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ChoiceProps {
  readonly locale: Locale;
  readonly view: BookingView;
  readonly chosen: Chosen;
}

/** What has been chosen so far, each with a way back. A time that somebody else took is not shown as chosen. */
function Choice({ locale, view, chosen, isTaken }: ChoiceProps & { readonly isTaken: boolean }) {
  const words = bookWords[locale];
  const { service } = view;
  if (service === null) return null;
  const count = new Intl.NumberFormat(intlTag(locale));
  const back = new URLSearchParams({ service: service.slug });
  for (const name of ['branch', 'staff'] as const) if (chosen[name] !== '') back.set(name, chosen[name]);
  if (chosen.checked) back.set('checked', '1');
  return (
    <dl className="book-choice">
      <div>
        <dt>{words.service}</dt>
        <dd>
          {service.name} <span className="soft">{words.minutes(count.format(service.durationMinutes))}</span>
        </dd>
        <dd>
          <a href={`/${locale}/book`} aria-label={`${words.change}: ${words.service}`}>
            {words.change}
          </a>
        </dd>
      </div>
      {chosen.start === '' || view.moment === null || view.needsCheck || isTaken ? null : (
        <div>
          <dt>{words.time}</dt>
          <dd>
            {view.moment} <span className="soft">{view.zoneName}</span>
          </dd>
          <dd>
            <a href={`/${locale}/book?${back}`} aria-label={`${words.change}: ${words.time}`}>
              {words.change}
            </a>
          </dd>
        </div>
      )}
      <div>
        <dt>{words.place}</dt>
        <dd>{view.place}</dd>
      </div>
      <div>
        <dt>{words.price}</dt>
        <dd>
          {service.price === null ? words.priceOpen : moneyOf(service.price, locale)}
          {service.deposit === null ? '' : ` · ${words.deposit}: ${moneyOf(service.deposit, locale)}`}
        </dd>
      </div>
      {service.preparation === '' ? null : (
        <div>
          <dt>{words.preparation}</dt>
          <dd>{service.preparation}</dd>
        </div>
      )}
    </dl>
  );
}

function CheckFirst({ locale, view }: { readonly locale: Locale; readonly view: BookingView }) {
  const words = bookWords[locale];
  const service = view.service?.slug ?? '';
  return (
    <section className="stack" aria-labelledby="check-first">
      <h2 id="check-first">{words.checkFirst}</h2>
      <p className="measure">{words.checkFirstText}</p>
      <p className="row">
        <a
          className="button"
          data-look="strong"
          href={`/${locale}/check?treatment=${view.service?.treatment ?? ''}`}
        >
          {words.toCheck}
        </a>
        <a className="button" href={`/${locale}/book?service=consultation`}>
          {words.talkInstead}
        </a>
      </p>
      <p>
        <a href={`/${locale}/book?service=${service}&checked=seen`}>{words.alreadySeen}</a>
      </p>
    </section>
  );
}

interface TimesProps extends ChoiceProps {
  /** Answers that a visitor without scripts carries along. */
  readonly answers: string;
}

function Times({ locale, view, chosen, answers }: TimesProps) {
  const words = bookWords[locale];
  const method = answers === '' ? 'get' : 'post';
  const action = `/${locale}/book`;
  const carried = {
    service: chosen.service,
    ...(chosen.checked ? { checked: '1' } : {}),
    ...(answers === '' ? {} : { answers, takeAlong: 'yes' }),
  };
  const places = {
    ...(chosen.branch === '' ? {} : { branch: chosen.branch }),
    ...(chosen.staff === '' ? {} : { staff: chosen.staff }),
  };
  return (
    <section className="stack" aria-labelledby="when">
      <h2 id="when">{words.when}</h2>
      {view.branches.length > 1 || view.staff.length > 1 ? (
        <form method={method} action={action} className="row book-filter">
          {Object.entries(carried).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {view.branches.length > 1 ? (
            <label className="field">
              <span className="field-label">{words.where}</span>
              <select className="input" name="branch" defaultValue={chosen.branch}>
                {view.branches.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
          {view.staff.length > 1 ? (
            <label className="field">
              <span className="field-label">{words.who}</span>
              <select className="input" name="staff" defaultValue={chosen.staff}>
                <option value="">{words.anyone}</option>
                {view.staff.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
          <button type="submit" className="button">
            {words.show}
          </button>
        </form>
      ) : null}
      <SlotPicker
        locale={locale}
        days={view.days}
        zone={view.zoneName}
        place={view.place}
        hidden={{ ...carried, ...places }}
        method={method}
        action={method === 'get' ? `${action}#details` : action}
        laterFrom={view.laterFrom}
        isFirst={view.isFirst}
      />
      {view.service === null ? null : (
        <p>
          <a href={`/${locale}/waitlist?service=${view.service.slug}${chosen.checked ? '&checked=1' : ''}`}>
            {waitlistWords[locale].invite}
          </a>
        </p>
      )}
    </section>
  );
}
