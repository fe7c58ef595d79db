import { listTexts } from '@undertone/clinic/visitor/commands.ts';
import { pageKeys } from '@undertone/clinic/visitor/schema.ts';
import { Link } from 'react-router';
import { inDigitsOf, localeNames, locales } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { siteWords } from '../site/words.ts';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/overview.ts';
import { textsWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician')];

/** `/desk/texts`: the newest version of every public text, by page and language. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const texts = await listTexts(context.get(askedContext).clinic, actorOf(context).tenantId);
  return {
    locale: localeOf(request),
    texts: texts.map(({ pageKey, language, version, state, reviewedBy }) => ({
      pageKey,
      language,
      version,
      state,
      isReviewed: reviewedBy !== null,
    })),
  };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: textsWords[loaderData?.locale ?? 'en'].title }];
}

export default function TextsOverview({ loaderData }: Route.ComponentProps) {
  const { locale, texts } = loaderData;
  const words = textsWords[locale];
  const cell = (pageKey: string, language: string) => {
    const text = texts.find((one) => one.pageKey === pageKey && one.language === language);
    return (
      <Link to={`/desk/texts/${language}/${pageKey}`}>
        {text
          ? inDigitsOf(locale, `${words.states[text.state]} ${text.version}${text.isReviewed ? ' ✓' : ''}`)
          : '—'}
      </Link>
    );
  };
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
        rows={pageKeys.map((pageKey) => ({ pageKey }))}
        keyOf={(row) => row.pageKey}
        columns={[
          { id: 'page', title: words.page, renderCell: (row) => siteWords[locale].menu[row.pageKey] },
          ...locales.map((language) => ({
            id: language,
            title: localeNames[language],
            renderCell: (row: { readonly pageKey: string }) => cell(row.pageKey, language),
          })),
        ]}
      />
    </>
  );
}
