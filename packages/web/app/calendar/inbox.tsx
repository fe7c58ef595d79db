import {
  cancelBooking,
  confirmBooking,
  correctMessage,
  listCalendar,
  listCallBacks,
  readSetup,
  settleCallBack,
} from '@undertone/clinic/booking/commands.ts';
import { actorFor } from '@undertone/clinic/booking/roles.ts';
import { isoDay, localDayOf, minutesPerDay, resolveZone } from '@undertone/clinic/booking/rules.ts';
import { listFailedMessages, retryMessage } from '@undertone/clinic/notify/commands.ts';
import { settleByHand } from '@undertone/clinic/notify/failed.ts';
import { failureKindOf, whatsAppLink } from '@undertone/clinic/notify/rules.ts';
import { isUuid } from '@undertone/clinic/platform/uuid.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { withPreviewPicture } from '@undertone/clinic/visitor/preview-picture.ts';
import { type ReactNode, useState } from 'react';
import { data, Link, useRevalidator } from 'react-router';
import { deskTag, inDigitsOf, isLocale, type Locale, localeNames } from '../locales/index.ts';
import { deskPictureWords } from '../preview/desk-words.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { useSaid } from '../shared/said.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Stipple } from '../ui/mark.tsx';
import { PileAct } from '../ui/pile-act.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import type { Route } from './+types/inbox.ts';
import { allowed, readersOnly, writerOf } from './access.ts';
import './calendar.css';
import { Failed, type FailedMessage } from './failed.tsx';
import { failedWords } from './failed-words.ts';
import { OptIn } from './opt-in.tsx';
import { type InboxAnswer, replyToOptIn } from './opt-in-answer.ts';
import { Reach } from './reach.tsx';
import { useLive } from './use-live.ts';
import { waitlistDeskWords } from './waitlist-words.ts';
import { instantInText, wishedTime } from './wish.ts';
import { calendarWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [readersOnly];

/** As far ahead as requests are looked for, in days: the longest range the site offers. */
const lookAheadDays = 93;

/** `/desk/inbox`: people to call back, times held for people who have not confirmed, messages that did not arrive. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const member = actorOf(context);
  const { tenantId, role } = member;
  const locale = localeOf(request);
  const now = clinic.clock.now();
  const nowMinute = Math.floor(now.getTime() / 60_000);
  const [tenant, setup, called, listed, failed] = await Promise.all([
    mainTenant(clinic),
    readSetup(clinic.db, tenantId),
    listCallBacks(clinic, member),
    listCalendar(clinic, member, {
      fromMinute: nowMinute,
      toMinute: nowMinute + lookAheadDays * minutesPerDay,
    }),
    listFailedMessages(clinic, member),
  ]);
  const { callBacks } = allowed(called);
  const { entries } = allowed(listed);
  const { messages } = allowed(failed);
  const [calledPictures, heldPictures] = await Promise.all([
    withPreviewPicture(
      clinic,
      member,
      'call-back',
      callBacks.map(({ id }) => id),
    ),
    withPreviewPicture(
      clinic,
      member,
      'booking',
      entries.map(({ id }) => id),
    ),
  ]);
  const zone = tenant?.zone ?? 'UTC';
  const table = resolveZone(zone, nowMinute - minutesPerDay, nowMinute + (lookAheadDays + 1) * minutesPerDay);
  const tag = deskTag(locale);
  const moment = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
  const clock = new Intl.DateTimeFormat(tag, { timeStyle: 'short', timeZone: zone });
  const serviceName = (id: string | null) => {
    const service = setup.services.find((one) => one.id === id);
    return service?.names[locale] ?? service?.names.en ?? null;
  };
  const chat = (phone: string, name: string, language: string) => {
    const words = calendarWords[isLocale(language) ? language : 'en'];
    return whatsAppLink(phone, tenant?.country ?? '', words.greeting(name, tenant?.name ?? '')) ?? null;
  };
  return {
    locale,
    zone,
    mayWrite: can(role, 'booking.write'),
    callBacks: callBacks.map(({ id, serviceId, name, phone, language, wish, tries, createdAt }) => ({
      id,
      name,
      phone,
      wish: wish?.replace(instantInText, (instant) => moment.format(Date.parse(instant))) ?? null,
      day: wishedTime(wish, zone)?.day ?? null,
      tries,
      language: isLocale(language) ? localeNames[language] : language,
      service: serviceName(serviceId),
      asked: moment.format(createdAt),
      hasPicture: calledPictures.has(id),
      chat: chat(phone, name, language),
    })),
    requests: entries
      .filter((one) => one.status === 'held' && (one.holdExpiresAt === null || one.holdExpiresAt > now))
      .sort((a, b) => (a.holdExpiresAt?.getTime() ?? 0) - (b.holdExpiresAt?.getTime() ?? 0))
      .map((one) => ({
        id: one.id,
        name: one.name ?? '',
        phone: one.phone,
        email: one.email,
        service: serviceName(one.serviceId),
        at: moment.format(one.startMinute * 60_000),
        day: isoDay(localDayOf(table, one.startMinute)),
        hasPicture: heldPictures.has(one.id),
        until: one.holdExpiresAt === null ? null : clock.format(one.holdExpiresAt),
        chat: one.phone === null ? null : chat(one.phone, one.name ?? '', one.language),
      })),
    failed: messages.map(({ settledAt, dueAt, subject, ...message }) => {
      const visit = subject?.kind === 'booking' ? entries.find(({ id }) => id === subject.id) : undefined;
      const phone = visit?.phone ?? (message.channel === 'webhook' ? message.recipient : null);
      return {
        ...message,
        kind: failureKindOf(message.lastError),
        at: moment.format(settledAt ?? dueAt),
        phone,
        chat: phone === null ? null : chat(phone, visit?.name ?? message.name ?? '', message.language),
        day: visit === undefined ? null : isoDay(localDayOf(table, visit.startMinute)),
      };
    }) satisfies FailedMessage[],
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = writerOf(context);
  const { tenantId } = actor;
  const { intent, id = '', recipient = '' } = formTexts(await request.formData());
  if (intent === 'opt-in') return replyToOptIn(clinic, actor, localeOf(request), recipient);
  const missing = {
    ok: false as const,
    reason: 'not-found',
    message: 'There is no such entry any more. Please look again.',
  };
  if (!isUuid(id)) return replyTo(missing);
  switch (intent) {
    case 'not-reached':
    case 'closed':
      return replyTo(await settleCallBack(clinic, actor, id, { state: intent }));
    case 'retry': {
      const answer = await retryMessage(clinic, actor, id);
      return answer.ok ? onItsWay(localeOf(request)) : replyTo(answer);
    }
    case 'correct': {
      const answer = await correctMessage(clinic, actor, id, recipient);
      if (answer.ok) return onItsWay(localeOf(request));
      if (answer.reason !== 'bad-address') return replyTo(answer);
      const correct = { id, typed: recipient };
      return data<InboxAnswer>({ ok: false, message: answer.message, correct }, { status: 422 });
    }
    case 'told':
      return replyTo(await settleByHand(clinic, actor, id));
    case 'confirm':
    case 'cancel': {
      const by = actorFor(actor);
      const answer =
        intent === 'confirm'
          ? await confirmBooking(clinic, tenantId, id, by)
          : await cancelBooking(clinic, tenantId, id, by, { by: 'clinic' });
      return replyTo(answer);
    }
    default:
      return replyTo(missing);
  }
}

function onItsWay(locale: Locale) {
  return data<InboxAnswer>({ ok: true, message: failedWords[locale].onItsWay });
}

function replyTo(
  answer: { readonly ok: true } | { readonly ok: false; readonly reason: string; readonly message: string },
) {
  return answer.ok
    ? data<InboxAnswer>({ ok: true, message: '' })
    : data<InboxAnswer>({ ok: false, message: answer.message }, { status: refusedStatus(answer) });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: calendarWords[loaderData?.locale ?? 'en'].inbox }];
}

export default function Inbox({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, callBacks, requests, failed, mayWrite } = loaderData;
  const words = calendarWords[locale];
  // The page is fetched again whenever bookings change, which forgets the answer of the last form: it is kept here.
  const [answer, setAnswer] = useState<InboxAnswer>();
  if (actionData !== undefined && actionData !== answer) setAnswer(actionData);
  const say = useSaid();
  const { revalidate } = useRevalidator();
  useLive('', () => void revalidate());
  // A refusal of a typed address stands at its field, in the words of the page.
  const refusalOf = (refused: InboxAnswer & { ok: false }) =>
    refused.correct === undefined ? say(refused.message).text : failedWords[locale].correct;
  const isEmpty = callBacks.length + requests.length + failed.length === 0;
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.inbox}</h1>
          <p className="soft">
            {words.inboxLead} {words.zone(loaderData.zone)}.
          </p>
          <p>
            <Link to="/desk/waitlist">{waitlistDeskWords[locale].title}</Link>
          </p>
        </div>
      </header>
      <div className="stack-l">
        {answer === undefined ? null : (
          <Alert
            tone={answer.ok ? 'verdigris' : 'oxide'}
            title={answer.ok ? answer.message || words.done : refusalOf(answer)}
            live
          />
        )}
        {isEmpty ? (
          <div className="empty">
            <Stipple columns={34} rows={14} tone="patch" />
            <h2>{words.inboxEmpty}</h2>
            <p className="soft measure">{words.inboxEmptyText}</p>
          </div>
        ) : null}
        {callBacks.length === 0 ? null : (
          <Pile title={words.callBacks} count={inDigitsOf(locale, `${callBacks.length}`)}>
            {callBacks.map((one) => (
              <li key={one.id} className="inbox-entry">
                <div className="stack-s">
                  <h3 className="inbox-name">
                    {one.name} <span className="figures soft">{one.phone}</span>
                  </h3>
                  <p className="small soft">
                    {[one.service, one.language, words.waiting(one.asked)].filter(Boolean).join(' · ')}
                  </p>
                  {one.wish === null ? null : <p>{one.wish}</p>}
                  {one.tries > 0 ? <Badge tone="ochre">{words.tries(one.tries)}</Badge> : null}
                </div>
                <div className="inbox-acts">
                  <Reach phone={one.phone} chat={one.chat} words={words} />
                  {one.hasPicture ? (
                    <ButtonLink to={`/desk/previews/call-back/${one.id}`}>
                      {deskPictureWords[locale].title}
                    </ButtonLink>
                  ) : null}
                  {mayWrite ? (
                    <>
                      <ButtonLink
                        to={`/desk/calendar?new=1&callback=${one.id}${one.day === null ? '' : `&date=${one.day}`}`}
                        look="strong"
                      >
                        {words.bookIt}
                      </ButtonLink>
                      <PileAct id={one.id} intent="not-reached" label={words.notReached} of={one.name} />
                      <PileAct id={one.id} intent="closed" label={words.closeRequest} of={one.name} />
                    </>
                  ) : null}
                </div>
              </li>
            ))}
          </Pile>
        )}
        {requests.length === 0 ? null : (
          <Pile
            title={words.requests}
            text={words.requestsText}
            count={inDigitsOf(locale, `${requests.length}`)}
          >
            {requests.map((one) => (
              <li key={one.id} className="inbox-entry">
                <div className="stack-s">
                  <h3 className="inbox-name">
                    {one.name} <span className="figures soft">{one.at}</span>
                  </h3>
                  <p className="small soft">
                    {[one.service, one.email, one.phone].filter(Boolean).join(' · ')}
                  </p>
                  {one.until === null ? null : <Badge tone="ochre">{words.heldUntil(one.until)}</Badge>}
                </div>
                <div className="inbox-acts">
                  {one.phone === null ? null : <Reach phone={one.phone} chat={one.chat} words={words} />}
                  <ButtonLink to={`/desk/calendar?view=day&date=${one.day}`}>{words.openDay}</ButtonLink>
                  {one.hasPicture ? (
                    <ButtonLink to={`/desk/previews/booking/${one.id}`}>
                      {deskPictureWords[locale].title}
                    </ButtonLink>
                  ) : null}
                  {mayWrite ? (
                    <>
                      <PileAct
                        id={one.id}
                        intent="confirm"
                        label={words.confirm}
                        of={one.name}
                        look="strong"
                      />
                      <PileAct id={one.id} intent="cancel" label={words.cancel} of={one.name} />
                    </>
                  ) : null}
                </div>
              </li>
            ))}
          </Pile>
        )}
        {failed.length === 0 ? null : (
          <Pile
            title={failedWords[locale].title}
            text={failedWords[locale].text}
            count={inDigitsOf(locale, `${failed.length}`)}
          >
            {failed.map((one) => (
              <Failed key={one.id} locale={locale} message={one} mayWrite={mayWrite} answer={answer} />
            ))}
          </Pile>
        )}
        {mayWrite ? <OptIn locale={locale} answer={answer} /> : null}
      </div>
    </>
  );
}

function Pile({
  title,
  text,
  count,
  children,
}: {
  readonly title: string;
  readonly text?: string;
  readonly count: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="stack">
      <div>
        <h2>
          {title} <span className="soft figures">{count}</span>
        </h2>
        {text === undefined ? null : <p className="small soft">{text}</p>}
      </div>
      <ul className="inbox-pile">{children}</ul>
    </section>
  );
}
