import { consentLabels } from '@undertone/clinic/consent/labels.ts';
import { listConsentTexts } from '@undertone/clinic/consent/text-commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { Link } from 'react-router';
import { intlTag, localeNames } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/texts.ts';
import './consent.css';
import { consentTextsWords } from './texts-words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician')];

/** `/desk/consent-texts`: every text in use, by treatment and language. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const [listed, tenant] = await Promise.all([
    listConsentTexts(clinic, actorOf(context)),
    mainTenant(clinic),
  ]);
  if (!listed.ok) throw new Response(listed.message, { status: 403 });
  const locale = localeOf(request);
  const date = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'medium',
    timeZone: tenant?.zone ?? 'UTC',
  });
  // Newest first within a text: the first one is in use.
  const inUse = listed.texts.filter(
    (text, at, all) =>
      all.findIndex((one) => one.treatment === text.treatment && one.language === text.language) === at,
  );
  return {
    locale,
    texts: inUse.map(({ treatment, language, version, reviewState, sha256, createdAt }) => ({
      treatment,
      language,
      version,
      reviewState,
      sha256,
      made: date.format(createdAt),
    })),
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: consentTextsWords[loaderData?.locale ?? 'en'].title }];
}

export default function ConsentTexts({ loaderData }: Route.ComponentProps) {
  const { locale, texts } = loaderData;
  const words = consentTextsWords[locale];
  const { treatments } = consentLabels[locale];
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft">{words.lead}</p>
        </div>
      </header>
      <Table
        caption={words.title}
        rows={texts}
        keyOf={(text) => `${text.treatment}/${text.language}`}
        columns={[
          {
            id: 'text',
            title: words.text,
            renderCell: (text) => (
              <Link to={`/desk/consent-texts/${text.treatment}/${text.language}`}>
                {treatments[text.treatment]}, {localeNames[text.language]}
              </Link>
            ),
          },
          { id: 'version', title: words.version, number: true, renderCell: (text) => text.version },
          {
            id: 'state',
            title: words.state,
            renderCell: (text) => (
              <Badge tone={text.reviewState === 'reviewed' ? 'verdigris' : 'ochre'}>
                {words[text.reviewState]}
              </Badge>
            ),
          },
          { id: 'made', title: words.made, renderCell: (text) => text.made },
          {
            id: 'hash',
            title: 'SHA-256',
            renderCell: (text) => <span className="hash">{text.sha256.slice(0, 16)}</span>,
          },
        ]}
      />
    </>
  );
}
