import { leaveWaitlist, listServices, waitlistPlaceByToken } from '@undertone/clinic/booking/commands.ts';
import { data, redirect } from 'react-router';
import { intlTag } from '../locales/index.ts';
import { openByLinkIn, privately } from '../server/by-link.ts';
import type { Route } from './+types/waitlist-place.ts';
import { momentOf, textIn } from './slots.ts';
import { partsOfDay } from './waitlist-form.ts';
import { waitlistWords } from './waitlist-words.ts';
import { bookWords } from './words.ts';
import './book.css';

export function headers({ loaderHeaders, parentHeaders }: Route.HeadersArgs) {
  const all = new Headers(parentHeaders);
  for (const [name, value] of loaderHeaders) all.set(name, value);
  return all;
}

/** `/en/waitlist/{token}`: where a wish stands. Opening it changes nothing. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const { locale, clinic, tenant } = await openByLinkIn(params.lang, context);
  const found = await waitlistPlaceByToken(clinic, tenant.id, params.token);
  if (!found.ok) {
    const status = found.reason === 'link-expired' ? 410 : 404;
    return data({ locale, clinicName: tenant.name, place: null }, { status, headers: privately });
  }
  const { place } = found;
  const service = (await listServices(clinic, tenant.id)).find(({ slug }) => slug === place.service);
  const day = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'long', timeZone: 'UTC' });
  const part = (Object.keys(partsOfDay) as (keyof typeof partsOfDay)[]).find(
    (one) =>
      partsOfDay[one].earliestMin === place.earliestMin && partsOfDay[one].latestMin === place.latestMin,
  );
  return data(
    {
      locale,
      clinicName: tenant.name,
      place: {
        token: params.token,
        state: place.state,
        service: service === undefined ? place.service : textIn(service.names, locale),
        from: day.format(new Date(place.fromDay)),
        to: day.format(new Date(place.toDay)),
        part: part ?? 'any',
        offerUntil: place.offerUntil === null ? null : momentOf(place.offerUntil, tenant.zone, locale),
      },
    },
    { headers: privately },
  );
}

export async function action({ params, context }: Route.ActionArgs) {
  const { locale, clinic, tenant } = await openByLinkIn(params.lang, context);
  await leaveWaitlist(clinic, tenant.id, params.token);
  return redirect(`/${locale}/waitlist/${params.token}`, 303);
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  return [
    { title: `${waitlistWords[loaderData.locale].place} · ${loaderData.clinicName}` },
    { name: 'description', content: waitlistWords[loaderData.locale].lead },
    { name: 'robots', content: 'noindex' },
  ];
}

export default function WaitlistPlacePage({ loaderData }: Route.ComponentProps) {
  const { locale, place } = loaderData;
  const words = waitlistWords[locale];
  const shared = bookWords[locale];
  if (place === null) {
    return (
      <article className="text-page">
        <header className="text-head">
          <h1>{shared.linkGone}</h1>
          <p className="text-lead">{shared.linkGoneText}</p>
        </header>
        <p>
          <a className="button" href={`/${locale}/waitlist`}>
            {words.title}
          </a>
        </p>
      </article>
    );
  }
  const isOpen = place.state === 'waiting' || place.state === 'offered';
  return (
    <article className="text-page book">
      <header className="text-head">
        <h1>{words.place}</h1>
        <output className="book-state" data-state={isOpen ? 'held' : place.state}>
          {words.states[place.state]}
        </output>
      </header>
      <dl className="book-choice">
        <div>
          <dt>{words.service}</dt>
          <dd>{place.service}</dd>
        </div>
        <div>
          <dt>{words.days}</dt>
          <dd>{words.daysText(place.from, place.to)}</dd>
        </div>
        <div>
          <dt>{words.part}</dt>
          <dd>{words.parts[place.part]}</dd>
        </div>
      </dl>
      {place.state === 'waiting' ? <p className="measure">{words.waitingNext}</p> : null}
      {place.state === 'offered' && place.offerUntil !== null ? (
        <p className="measure">{words.offeredNext(place.offerUntil)}</p>
      ) : null}
      {place.state === 'booked' ? <p className="measure">{words.bookedNext}</p> : null}
      {isOpen ? (
        <form method="post" action={`/${locale}/waitlist/${place.token}`} className="stack">
          <p className="measure soft">{words.keepLink}</p>
          <p>
            <button type="submit" className="button" data-look="grave">
              {words.leave}
            </button>
          </p>
        </form>
      ) : (
        <p>
          <a className="button" href={`/${locale}/waitlist`}>
            {words.joinAgain}
          </a>
        </p>
      )}
    </article>
  );
}
