import { listWaitlist, readSetup, removeFromWaitlist } from '@undertone/clinic/booking/commands.ts';
import { whatsAppLink } from '@undertone/clinic/notify/rules.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data, Form, useNavigation } from 'react-router';
import { deskTag, isLocale, localeNames } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button } from '../ui/button.tsx';
import { Alert, Badge, EmptyState } from '../ui/surfaces.tsx';
import type { Route } from './+types/waitlist.ts';
import { allowed, readersOnly, writerOf } from './access.ts';
import './calendar.css';
import { Reach } from './reach.tsx';
import { waitlistDeskWords } from './waitlist-words.ts';
import { calendarWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [readersOnly];

/** `/desk/waitlist`: who waits for which service since when, how they are reached, and what is held for them. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const member = actorOf(context);
  const locale = localeOf(request);
  const [tenant, setup, listed] = await Promise.all([
    mainTenant(clinic),
    readSetup(clinic.db, member.tenantId),
    listWaitlist(clinic, member),
  ]);
  const words = waitlistDeskWords[locale];
  const tag = deskTag(locale);
  const timeZone = tenant?.zone ?? 'UTC';
  const moment = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' });
  // Minutes of a wall clock, not of a zone.
  const clock = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  const wall = (minute: number) => clock.format(minute * 60_000);
  return {
    locale,
    mayWrite: can(member.role, 'booking.write'),
    people: allowed(listed).people.map((one) => {
      const service = setup.services.find(({ id }) => id === one.serviceId);
      const own = isLocale(one.language) ? one.language : 'en';
      const greeting = waitlistDeskWords[own].greeting(one.name, tenant?.name ?? '');
      return {
        id: one.id,
        name: one.name,
        phone: one.phone,
        email: one.email,
        language: localeNames[own],
        chat: one.phone === null ? null : (whatsAppLink(one.phone, tenant?.country ?? '', greeting) ?? null),
        service: service?.names[locale] ?? service?.names.en ?? '',
        since: words.since(moment.format(one.since)),
        days: words.days(day.format(Date.parse(one.fromDay)), day.format(Date.parse(one.toDay))),
        hours:
          one.earliestMin === 0 && one.latestMin === 1440
            ? null
            : words.hours(wall(one.earliestMin), wall(one.latestMin)),
        held:
          one.offer === null
            ? null
            : words.held(moment.format(one.offer.startMinute * 60_000), moment.format(one.offer.until)),
      };
    }),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = writerOf(context);
  const { id = '' } = formTexts(await request.formData());
  const answer = await removeFromWaitlist(clinic, actor, id);
  return data({ ok: answer.ok }, { status: answer.ok ? 200 : refusedStatus(answer) });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: waitlistDeskWords[loaderData?.locale ?? 'en'].title }];
}

export default function Waitlist({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, people, mayWrite } = loaderData;
  const words = waitlistDeskWords[locale];
  const isBusy = useNavigation().state === 'submitting';
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>
            {words.title} {people.length === 0 ? null : <span className="soft figures">{people.length}</span>}
          </h1>
          <p className="soft measure">{words.lead}</p>
        </div>
      </header>
      <div className="stack-l">
        {actionData === undefined ? null : (
          <Alert
            tone={actionData.ok ? 'verdigris' : 'oxide'}
            title={actionData.ok ? words.removed : words.gone}
            live
          />
        )}
        {people.length === 0 ? (
          <EmptyState title={words.nobody}>{words.nobodyText}</EmptyState>
        ) : (
          <ul className="inbox-pile">
            {people.map((one) => (
              <li key={one.id} className="inbox-entry">
                <div className="stack-s">
                  <h2 className="inbox-name">
                    {one.name} <span className="soft">{one.service}</span>
                  </h2>
                  <p className="small soft">{[one.days, one.hours].filter(Boolean).join(', ')}</p>
                  <p className="small soft">
                    {[one.since, one.language, one.phone, one.email].filter(Boolean).join(' · ')}
                  </p>
                  {one.held === null ? <Badge>{words.waits}</Badge> : <Badge tone="ochre">{one.held}</Badge>}
                </div>
                <div className="inbox-acts">
                  {one.phone === null ? null : (
                    <Reach phone={one.phone} chat={one.chat} words={calendarWords[locale]} />
                  )}
                  {one.email === null ? null : (
                    <a className="button" href={`mailto:${one.email}`}>
                      {words.mail}
                    </a>
                  )}
                  {mayWrite ? (
                    <Form method="post" preventScrollReset>
                      <Button
                        type="submit"
                        name="id"
                        value={one.id}
                        aria-label={`${words.remove}: ${one.name}`}
                        isDisabled={isBusy}
                      >
                        {words.remove}
                      </Button>
                    </Form>
                  ) : null}
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
