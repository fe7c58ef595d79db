import {
  type BookingLinkPurpose,
  bookingByToken,
  cancelByToken,
  changeByToken,
  declineOffer,
  listServices,
} from '@undertone/clinic/booking/commands.ts';
import type { PublicBooking } from '@undertone/clinic/booking/schema.ts';
import { previewPictureByToken, takeBackPreviewPicture } from '@undertone/clinic/visitor/preview-picture.ts';
import { data, redirect } from 'react-router';
import type { Locale } from '../locales/index.ts';
import { openByLinkIn, privately } from '../server/by-link.ts';
import type { Asked } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import type { Route } from './+types/visit.ts';
import { SlotPicker } from './slot-picker.tsx';
import { clockOf, momentOf, placeOf, textIn, zoneName } from './slots.ts';
import { bookingView } from './view.ts';
import { waitlistWords } from './waitlist-words.ts';
import { bookWords } from './words.ts';
import './book.css';

/** The page behind a booking's link: what is agreed, and what may be done about it. Opening it changes nothing. */
export async function loader({ params, context, url }: Route.LoaderArgs) {
  const { locale, clinic, tenant } = await openByLinkIn(params.lang, context);
  const found = await bookingByToken(clinic, tenant.id, params.token);
  if (!found.ok) {
    const gone = {
      locale,
      clinicName: tenant.name,
      visit: null,
      picker: null,
      done: null,
      picture: null,
    };
    return data(gone, { status: found.reason === 'link-expired' ? 410 : 404, headers: privately });
  }
  const { booking, purpose } = found;
  const wantsMove = url.searchParams.has('move') && booking.mayMove.allowed && purpose === 'manage';
  const view = wantsMove
    ? await bookingView(clinic, locale, {
        service: booking.service,
        branch: booking.branch.id,
        staff: '',
        from: url.searchParams.get('from') ?? '',
        start: '',
        checked: true,
      })
    : undefined;
  const chosen = url.searchParams.get('start');
  return data(
    {
      locale,
      clinicName: tenant.name,
      visit: {
        ...(await shown(clinic, tenant.id, booking, locale)),
        token: params.token,
        purpose,
      },
      picker:
        view === undefined
          ? null
          : {
              days: view.days,
              zoneName: view.zoneName,
              place: view.place,
              laterFrom: view.laterFrom,
              isFirst: view.isFirst,
              chosen:
                chosen === null || Number.isNaN(Date.parse(chosen))
                  ? null
                  : { start: chosen, label: momentOf(chosen, booking.zone, locale) },
            },
      done: url.searchParams.get('done'),
      picture: (await previewPictureByToken(clinic, tenant.id, params.token))
        ? ('kept' as const)
        : url.searchParams.get('picture') === 'lost'
          ? ('lost' as const)
          : null,
    },
    { headers: privately },
  );
}

export function headers({ loaderHeaders, parentHeaders }: Route.HeadersArgs) {
  const all = new Headers(parentHeaders);
  for (const [name, value] of loaderHeaders) all.set(name, value);
  return all;
}

async function shown(clinic: Asked['clinic'], tenantId: string, booking: PublicBooking, locale: Locale) {
  const service = (await listServices(clinic, tenantId)).find(({ slug }) => slug === booking.service);
  const { zone } = booking;
  return {
    status: booking.status,
    service: service === undefined ? booking.service : textIn(service.names, locale),
    preparation: service === undefined ? '' : textIn(service.preparation, locale),
    moment: momentOf(booking.start, zone, locale),
    end: clockOf(booking.end, zone, locale),
    zoneName: zoneName(zone, new Date(booking.start), locale),
    place: placeOf(booking.branch),
    staff: booking.staff.name,
    name: booking.name,
    heldUntil: booking.holdExpiresAt === null ? null : momentOf(booking.holdExpiresAt, zone, locale),
    mayCancel: booking.mayCancel,
    mayMove: booking.mayMove.allowed,
    series: (booking.series ?? []).map(({ start, status }) => ({
      start,
      status,
      label: momentOf(start, zone, locale),
    })),
    policy: textIn(booking.policy, locale),
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  const { locale, clinic, tenant } = await openByLinkIn(params.lang, context);
  const form = formTexts(await request.formData());
  const here = `/${locale}/booking/${params.token}`;
  const { token } = params;
  if (form.do === 'take-picture-back') {
    await takeBackPreviewPicture(clinic, tenant.id, token);
    return redirect(`${here}?done=picture-taken-back`, 303);
  }
  if (form.do === 'decline') {
    const letGo = await declineOffer(clinic, tenant.id, token);
    return letGo.ok
      ? redirect(`${here}?done=declined`, 303)
      : data({ refusal: letGo.reason as string, alternatives: [] }, { status: 409 });
  }
  // A picture goes with its visit, at once, and not only when the sweep next comes by.
  const shredPicture =
    form.do === 'cancel' ? () => takeBackPreviewPicture(clinic, tenant.id, token) : undefined;
  const answer =
    form.do === 'cancel'
      ? await cancelByToken(clinic, tenant.id, token, (form.reason ?? '').trim().slice(0, 500) || undefined)
      : form.do === 'move' && form.start !== undefined && !Number.isNaN(Date.parse(form.start))
        ? await changeByToken(clinic, tenant.id, token, { action: 'move', start: form.start })
        : await changeByToken(clinic, tenant.id, token, { action: 'confirm' });
  if (answer.ok) {
    await shredPicture?.();
    const done = form.do === 'cancel' ? 'cancelled' : form.do === 'move' ? 'moved' : 'confirmed';
    return redirect(`${here}?done=${done}`, 303);
  }
  const alternatives = 'alternatives' in answer ? (answer.alternatives ?? []) : [];
  const found = await bookingByToken(clinic, tenant.id, token);
  const zone = found.ok ? found.booking.zone : tenant.zone;
  return data(
    {
      refusal: answer.reason as string,
      alternatives: alternatives.map(({ start }) => ({ start, label: momentOf(start, zone, locale) })),
    },
    { status: 409 },
  );
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  return [
    { title: `${bookWords[loaderData.locale].visit} · ${loaderData.clinicName}` },
    { name: 'description', content: bookWords[loaderData.locale].lead },
    { name: 'robots', content: 'noindex' },
  ];
}

type Visit = Awaited<ReturnType<typeof shown>> & {
  readonly token: string;
  readonly purpose: BookingLinkPurpose;
};

export default function VisitPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, visit, picker, done, picture } = loaderData;
  const words = bookWords[locale];
  if (visit === null) {
    return (
      <article className="text-page">
        <header className="text-head">
          <h1>{words.linkGone}</h1>
          <p className="text-lead">{words.linkGoneText}</p>
        </header>
        <p>
          <a className="button" href={`/${locale}/book`}>
            {words.title}
          </a>
        </p>
      </article>
    );
  }
  const here = `/${locale}/booking/${visit.token}`;
  const isOpen = visit.status === 'held' || visit.status === 'confirmed';
  return (
    <article className="text-page book">
      <header className="text-head">
        <h1>{words.visit}</h1>
        <output className="book-state" data-state={visit.status}>
          {words.states[visit.status] ?? visit.status}
        </output>
        {done === 'moved' ? <p>{words.moved}</p> : null}
        {done === 'picture-taken-back' ? <p>{words.pictureTakenBack}</p> : null}
        {picture === 'lost' ? <p>{words.pictureLost}</p> : null}
        {done === 'declined' ? (
          <p>{waitlistWords[locale].declined}</p>
        ) : visit.status === 'cancelled' ? (
          <p>{words.cancelled}</p>
        ) : null}
      </header>
      {actionData === undefined ? null : (
        <div className="alert" data-tone="oxide" role="alert">
          <div className="alert-title">
            {actionData.refusal === 'slot-taken'
              ? words.taken
              : (words.refusals[actionData.refusal] ?? words.refusedOther)}
          </div>
          {actionData.alternatives.map(({ start, label }) => (
            <form key={start} method="post" action={here}>
              <input type="hidden" name="do" value="move" />
              <button type="submit" className="button" name="start" value={start}>
                {words.moveTo(label)}
              </button>
            </form>
          ))}
        </div>
      )}
      {picker === null ? (
        <Agreed locale={locale} visit={visit} here={here} isOpen={isOpen} hasPicture={picture === 'kept'} />
      ) : (
        <section className="stack" aria-labelledby="move">
          <h2 id="move">{words.move}</h2>
          <p>
            {words.time}: {visit.moment}, {visit.zoneName}. <a href={here}>{words.keep}</a>
          </p>
          {picker.chosen === null ? (
            <SlotPicker
              locale={locale}
              days={picker.days}
              zone={picker.zoneName}
              place={picker.place}
              hidden={{ move: '1' }}
              method="get"
              action={here}
              laterFrom={picker.laterFrom}
              isFirst={picker.isFirst}
            />
          ) : (
            <form method="post" action={here} className="stack">
              <input type="hidden" name="do" value="move" />
              <input type="hidden" name="start" value={picker.chosen.start} />
              <p className="row">
                <button type="submit" className="button" data-look="strong">
                  {words.moveTo(picker.chosen.label)}
                </button>
                <a className="button" href={`${here}?move=1`}>
                  {words.otherTimes}
                </a>
              </p>
            </form>
          )}
        </section>
      )}
    </article>
  );
}

interface AgreedProps {
  readonly locale: Locale;
  readonly visit: Visit;
  readonly here: string;
  readonly isOpen: boolean;
  /** A preview picture is kept with the visit. */
  readonly hasPicture: boolean;
}

function Agreed({ locale, visit, here, isOpen, hasPicture }: AgreedProps) {
  const words = bookWords[locale];
  const waiting = waitlistWords[locale];
  const mayConfirm = visit.status === 'held' && visit.purpose !== 'manage';
  const isOffer = visit.purpose === 'accept-offer';
  return (
    <>
      <dl className="book-choice">
        <div>
          <dt>{words.service}</dt>
          <dd>{visit.service}</dd>
        </div>
        <div>
          <dt>{words.time}</dt>
          <dd>
            <strong>{visit.moment}</strong> – {visit.end} <span className="soft">{visit.zoneName}</span>
          </dd>
        </div>
        <div>
          <dt>{words.place}</dt>
          <dd>{visit.place}</dd>
        </div>
        <div>
          <dt>{words.person}</dt>
          <dd>{visit.staff}</dd>
        </div>
        <div>
          <dt>{words.name}</dt>
          <dd>{visit.name}</dd>
        </div>
        {visit.preparation === '' || !isOpen ? null : (
          <div>
            <dt>{words.preparation}</dt>
            <dd>{visit.preparation}</dd>
          </div>
        )}
      </dl>
      {visit.series.length > 1 ? (
        <section className="stack-s" aria-labelledby="series">
          <h2 id="series">{words.allVisits}</h2>
          <ol className="book-series">
            {visit.series.map(({ start, status, label }) => (
              <li key={start}>
                {label} <span className="soft">{words.states[status] ?? status}</span>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
      {mayConfirm ? (
        <form method="post" action={here} className="stack">
          <p>
            {isOffer ? '' : `${words.confirmText} `}
            {visit.heldUntil === null
              ? ''
              : isOffer
                ? waiting.takeText(visit.heldUntil)
                : words.heldUntil(visit.heldUntil)}
          </p>
          <p className="row">
            <button type="submit" className="button" data-look="strong" name="do" value="confirm">
              {isOffer ? waiting.take : words.confirm}
            </button>
            {isOffer ? (
              <button type="submit" className="button" name="do" value="decline">
                {waiting.decline}
              </button>
            ) : null}
          </p>
        </form>
      ) : visit.status === 'held' ? (
        <div className="alert" data-tone="ochre">
          <div className="alert-title">
            {visit.heldUntil === null ? '' : words.heldUntil(visit.heldUntil)}
          </div>
          <div>{words.heldNext}</div>
        </div>
      ) : visit.status === 'confirmed' ? (
        <p className="measure">{words.confirmedNext}</p>
      ) : null}
      {hasPicture ? (
        <form method="post" action={here} className="stack">
          <p className="measure">{words.pictureKept}</p>
          <p>
            <button type="submit" className="button" name="do" value="take-picture-back">
              {words.pictureTakeBack}
            </button>
          </p>
        </form>
      ) : null}
      {isOpen ? (
        <>
          <p className="row">
            <a className="button" href={`${here}/calendar.ics`} download="visit.ics">
              {words.calendarFile}
            </a>
            {visit.mayMove && visit.purpose === 'manage' ? (
              <a className="button" href={`${here}?move=1`}>
                {words.moveGo}
              </a>
            ) : null}
          </p>
          <section className="stack book-policy" aria-labelledby="policy">
            <h2 id="policy">{words.policy}</h2>
            <p className="measure">{visit.policy}</p>
            {visit.mayCancel.allowed && visit.purpose !== 'accept-offer' ? (
              <details>
                <summary>{words.cancel}</summary>
                <form method="post" action={here} className="stack">
                  {visit.mayCancel.late ? <p>{words.cancelLate}</p> : null}
                  <div className="field">
                    <label className="field-label" htmlFor="reason">
                      {words.cancelWhy} <span className="field-optional">· {words.optional}</span>
                    </label>
                    <input className="input" id="reason" name="reason" maxLength={500} />
                  </div>
                  <p>
                    <button type="submit" className="button" data-look="grave" name="do" value="cancel">
                      {words.cancelGo}
                    </button>
                  </p>
                </form>
              </details>
            ) : null}
          </section>
        </>
      ) : (
        <p>
          <a className="button" href={`/${locale}/book`}>
            {words.bookAgain}
          </a>
        </p>
      )}
    </>
  );
}
