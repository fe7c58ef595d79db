import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { isLocale, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { Stipple } from '../ui/mark.tsx';
import type { Route } from './+types/home.ts';

export async function loader({ params, context }: Route.LoaderArgs) {
  const tenant = await mainTenant(context.get(askedContext).clinic);
  return {
    locale: isLocale(params.lang) ? params.lang : ('en' as const),
    clinicName: tenant?.name ?? 'Undertone',
    physician: tenant?.facts.physician ?? null,
    phone: tenant?.facts.phone ?? null,
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  const words = messagesFor(loaderData.locale).home;
  return [
    { title: `${words.title} · ${loaderData.clinicName}` },
    { name: 'description', content: words.lead },
  ];
}

export default function Home({ loaderData }: Route.ComponentProps) {
  const { locale, physician, phone } = loaderData;
  const words = messagesFor(locale).home;
  const treated = [
    ['hairline', words.scalp, words.scalpText],
    ['mouth', words.lip, words.lipText],
    ['patch', words.vitiligo, words.vitiligoText],
  ] as const;
  return (
    <>
      <section className="site-hero">
        <div className="site-hero-words">
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
        <div className="site-hero-ramp">
          <Stipple columns={112} rows={13} />
        </div>
      </section>
      <section className="site-section stack-l">
        <h2>{words.treats}</h2>
        <div className="site-columns">
          {treated.map(([tone, title, text]) => (
            <article key={title} className="site-treated">
              <Stipple columns={28} rows={15} tone={tone} />
              <h3>{title}</h3>
              <p>{text}</p>
            </article>
          ))}
        </div>
      </section>
      <section className="site-section site-pairs">
        <div className="stack">
          <h2>{words.risks}</h2>
          <p>{words.risksText}</p>
        </div>
        <div className="stack">
          <h2>{words.looksFor}</h2>
          <p>{words.looksForText}</p>
        </div>
        <div className="stack">
          <h2>{words.doctor}</h2>
          {physician ? (
            <p>
              {physician.name}
              <br />
              <span className="soft">
                {physician.title}, {physician.degrees}
              </span>
            </p>
          ) : (
            <p className="soft">{words.toComplete}</p>
          )}
        </div>
        <div className="stack">
          <h2>{words.appointment}</h2>
          <p>{words.appointmentText}</p>
          <p className="soft">{phone ?? words.toComplete}</p>
        </div>
      </section>
    </>
  );
}
