import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { useEffect, useEffectEvent } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Form, NavLink, Outlet, useLocation } from 'react-router';
import { deskTag, inDigitsOf, intlTag, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { SignOut } from '../session/sign-out.tsx';
import { notSentEvent } from '../shared/no-line.ts';
import { proofWords } from '../staff/proof-words.ts';
import { staffWords } from '../staff/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { useFirstFault } from '../ui/first-fault.ts';
import { Mark } from '../ui/mark.tsx';
import { useShownPlace } from '../ui/shown-place.ts';
import { Alert } from '../ui/surfaces.tsx';
import { Toasts, useToast } from '../ui/toast.tsx';
import type { Route } from './+types/layout.ts';
import { deskPlaces } from './places.ts';

/** Everything inside this layout is for staff. Pages that need a certain role add `staffOnly('owner', …)`. */
export const middleware: Route.MiddlewareFunction[] = [staffOnly()];

/** With so many days left or fewer the second step is asked for on every page; before that on the first one. */
const insistentDays = 3;

export async function loader({ request, context }: Route.LoaderArgs) {
  const { name, role, emergencyUntil, secondStepBy } = actorOf(context);
  const tenant = await mainTenant(context.get(askedContext).clinic);
  const locale = localeOf(request);
  const time = new Intl.DateTimeFormat(deskTag(locale), {
    timeStyle: 'short',
    timeZone: tenant?.zone ?? 'UTC',
  });
  return {
    locale,
    name,
    role,
    emergency: emergencyUntil === undefined ? null : time.format(emergencyUntil),
    secondStepDays: secondStepBy?.daysLeft ?? null,
    clinicName: tenant?.name ?? 'Undertone',
    isSample: tenant?.sample ?? false,
  };
}

/** Says that a form found no line; the page stays with everything typed. */
function NotSent({ text }: { readonly text: string }) {
  const toast = useToast();
  const say = useEffectEvent(() => toast({ text, tone: 'oxide', stays: true }));
  useEffect(() => {
    const listen = (event: Event) => {
      event.preventDefault();
      say();
    };
    window.addEventListener(notSentEvent, listen);
    return () => window.removeEventListener(notSentEvent, listen);
  }, []);
  return null;
}

export default function DeskLayout({ loaderData }: Route.ComponentProps) {
  const { locale, name, role, clinicName, emergency, secondStepDays } = loaderData;
  const words = messagesFor(locale);
  const groups = deskPlaces(role, locale);
  const placesRow = useShownPlace<HTMLElement>();
  useFirstFault();
  const isHome = useLocation().pathname === '/desk';
  return (
    <I18nProvider locale={intlTag(locale)}>
      <Toasts label={words.common.notices} closeLabel={words.common.close}>
        <NotSent text={words.faults.notSent} />
        <div className="desk" data-density="desk">
          <a className="skip-link" href="#content">
            {words.common.skip}
          </a>
          <header className="desk-rail">
            <NavLink className="wordmark" to="/desk" end>
              <Mark />
              {clinicName}
            </NavLink>
            <nav aria-label={words.desk.places} ref={placesRow}>
              {groups.map((places) => (
                <ul className="desk-places" key={places[0]?.to}>
                  {places.map(({ to, label, isExact }) => (
                    <li key={to}>
                      <NavLink to={to} end={isExact}>
                        {label}
                      </NavLink>
                    </li>
                  ))}
                </ul>
              ))}
            </nav>
            <div className="desk-person">
              <span className="desk-name">
                {name}
                <br />
                <span className="soft">{words.roles[role]}</span>
              </span>
              <SignOut locale={locale} label={words.desk.signOut} />
            </div>
          </header>
          <main className="desk-main" id="content">
            {emergency === null ? null : (
              <Alert tone="oxide" title={staffWords[locale].emergencyOpen(emergency)}>
                <Form method="post" action="/desk/emergency">
                  <input type="hidden" name="act" value="end" />
                  <button type="submit" className="button">
                    {staffWords[locale].endEmergency}
                  </button>
                </Form>
              </Alert>
            )}
            {secondStepDays === null || (secondStepDays > insistentDays && !isHome) ? null : (
              <Alert tone="ochre" title={inDigitsOf(locale, proofWords[locale].banner(secondStepDays))}>
                <p>{proofWords[locale].bannerText}</p>
                <ButtonLink to="/desk/account">{proofWords[locale].bannerGo}</ButtonLink>
              </Alert>
            )}
            <Outlet />
          </main>
        </div>
      </Toasts>
    </I18nProvider>
  );
}
