import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Form, NavLink, Outlet } from 'react-router';
import { calendarWords } from '../calendar/words.ts';
import { followUpPlaces } from '../followup/places.ts';
import { intlTag, messagesFor } from '../locales/index.ts';
import { moneyWords } from '../money/words.ts';
import { outcomeWords } from '../outcome/words.ts';
import { pigmentWords } from '../pigments/words.ts';
import { reportWords } from '../reports/words.ts';
import { spotsPlace } from '../screening/places.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { SignOut } from '../session/sign-out.tsx';
import { staffWords } from '../staff/words.ts';
import { stockWords } from '../stock/words.ts';
import { textsWords } from '../texts/words.ts';
import { Mark } from '../ui/mark.tsx';
import { Alert } from '../ui/surfaces.tsx';
import { Toasts } from '../ui/toast.tsx';
import type { Route } from './+types/layout.ts';

/** Everything inside this layout is for staff. Pages that need a certain role add `staffOnly('owner', …)`. */
export const middleware: Route.MiddlewareFunction[] = [staffOnly()];

export async function loader({ request, context }: Route.LoaderArgs) {
  const { name, role, emergencyUntil } = actorOf(context);
  const tenant = await mainTenant(context.get(askedContext).clinic);
  const locale = localeOf(request);
  const time = new Intl.DateTimeFormat(intlTag(locale), {
    timeStyle: 'short',
    timeZone: tenant?.zone ?? 'UTC',
  });
  return {
    locale,
    name,
    role,
    emergency: emergencyUntil === undefined ? null : time.format(emergencyUntil),
    clinicName: tenant?.name ?? 'Undertone',
    isSample: tenant?.sample ?? false,
  };
}

export default function DeskLayout({ loaderData }: Route.ComponentProps) {
  const { locale, name, role, clinicName, emergency } = loaderData;
  const words = messagesFor(locale);
  const places = [
    { to: '/desk', label: words.desk.today, isOpen: true, isExact: true },
    {
      to: '/desk/inbox',
      label: calendarWords[locale].inbox,
      isOpen: can(role, 'booking.read'),
      isExact: true,
    },
    {
      to: '/desk/calendar',
      label: calendarWords[locale].calendar,
      isOpen: can(role, 'booking.read'),
      isExact: true,
    },
    { to: '/desk/patients', label: words.desk.patients, isOpen: can(role, 'patient.read'), isExact: false },
    { to: '/desk/spots', label: spotsPlace[locale], isOpen: can(role, 'patient.read'), isExact: true },
    {
      to: '/desk/followup',
      label: followUpPlaces[locale].followUp,
      isOpen: can(role, 'followup.read'),
      isExact: false,
    },
    {
      to: '/desk/surveillance',
      label: followUpPlaces[locale].surveillance,
      isOpen: can(role, 'report.read'),
      isExact: false,
    },
    {
      to: '/desk/outcomes',
      label: outcomeWords[locale].report,
      isOpen: can(role, 'report.read'),
      isExact: true,
    },
    {
      to: '/desk/ratings',
      label: outcomeWords[locale].rate,
      isOpen: can(role, 'outcome.rate'),
      isExact: true,
    },
    { to: '/studio', label: words.desk.studio, isOpen: can(role, 'plan.write'), isExact: true },
    {
      to: '/desk/pigments',
      label: pigmentWords[locale].title,
      isOpen: can(role, 'plan.write'),
      isExact: true,
    },
    { to: '/desk/stock', label: stockWords[locale].title, isOpen: can(role, 'stock.read'), isExact: false },
    {
      to: '/desk/reports',
      label: reportWords[locale].title,
      isOpen: can(role, 'report.read'),
      isExact: true,
    },
    { to: '/desk/money', label: moneyWords[locale].title, isOpen: can(role, 'payment.read'), isExact: false },
    {
      to: '/desk/texts',
      label: textsWords[locale].title,
      isOpen: can(role, 'content.publish'),
      isExact: false,
    },
    {
      to: '/desk/staff',
      label: staffWords[locale].title,
      isOpen: can(role, 'staff.manage'),
      isExact: true,
    },
    { to: '/desk/audit', label: staffWords[locale].log, isOpen: can(role, 'audit.read'), isExact: true },
    { to: '/desk/account', label: words.desk.account, isOpen: true, isExact: true },
  ].filter(({ isOpen }) => isOpen);
  return (
    <I18nProvider locale={intlTag(locale)}>
      <Toasts label={words.common.notices} closeLabel={words.common.close}>
        <div className="desk" data-density="desk">
          <a className="skip-link" href="#content">
            {words.common.skip}
          </a>
          <header className="desk-rail">
            <NavLink className="wordmark" to="/desk" end>
              <Mark />
              {clinicName}
            </NavLink>
            <nav aria-label={words.desk.places}>
              <ul className="desk-places">
                {places.map(({ to, label, isExact }) => (
                  <li key={to}>
                    <NavLink to={to} end={isExact}>
                      {label}
                    </NavLink>
                  </li>
                ))}
              </ul>
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
            <Outlet />
          </main>
        </div>
      </Toasts>
    </I18nProvider>
  );
}
