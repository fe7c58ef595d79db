import { ownAccount } from '@undertone/clinic/staff/account.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { intlTag, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Stipple } from '../ui/mark.tsx';
import { Card } from '../ui/surfaces.tsx';
import type { Route } from './+types/home.ts';

export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const [account, tenant] = await Promise.all([ownAccount(clinic, actor), mainTenant(clinic)]);
  const locale = localeOf(request);
  // Dates are written on the server, in the clinic's zone: a browser's own tables may word them differently.
  const date = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'full',
    timeZone: tenant?.zone ?? 'UTC',
  });
  return {
    locale,
    name: actor.name,
    mayPlan: can(actor.role, 'plan.write'),
    hasCode: account?.hasCode ?? false,
    isSample: tenant?.sample ?? false,
    today: date.format(clinic.clock.now()),
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: messagesFor(loaderData?.locale ?? 'en').desk.title }];
}

export default function DeskHome({ loaderData }: Route.ComponentProps) {
  const { locale, name, mayPlan, hasCode, isSample, today } = loaderData;
  const words = messagesFor(locale).desk;
  const steps = [
    {
      to: '/studio',
      title: words.nextPlan,
      text: words.nextPlanText,
      go: words.nextPlanGo,
      isOffered: mayPlan,
    },
    {
      to: '/desk/account',
      title: words.nextSecond,
      text: words.nextSecondText,
      go: words.nextSecondGo,
      isOffered: !hasCode,
    },
    {
      to: `/${locale}`,
      title: words.nextSite,
      text: words.nextSiteText,
      go: words.nextSiteGo,
      isOffered: true,
    },
  ].filter(({ isOffered }) => isOffered);
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.greeting(name)}</h1>
          <p className="soft figures">{today}</p>
        </div>
        <div className="desk-ramp">
          <Stipple columns={48} rows={5} seed={3} />
        </div>
      </header>
      <div className="stack-l">
        <section className="stack">
          <h2>{words.next}</h2>
          <div className="desk-steps">
            {steps.map((step, at) => (
              <Card key={step.to}>
                <h3>{step.title}</h3>
                <p className="soft">{step.text}</p>
                <p>
                  <ButtonLink to={step.to} look={at === 0 ? 'strong' : 'plain'}>
                    {step.go}
                  </ButtonLink>
                </p>
              </Card>
            ))}
          </div>
        </section>
        {isSample ? <p className="soft small">{words.sampleNote}</p> : null}
      </div>
    </>
  );
}
