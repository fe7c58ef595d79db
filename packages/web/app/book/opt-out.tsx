import { isOptOutLink, optInByLink, optOut } from '@undertone/clinic/notify/commands.ts';
import { data } from 'react-router';
import type { RouteHandle } from '../root.tsx';
import { openByLink, privately } from '../server/by-link.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { localeOf } from '../server/preferences.ts';
import type { Route } from './+types/opt-out.ts';
import { optOutWords } from './opt-out-words.ts';
import '../site/text-page.css';

export const handle: RouteHandle = { scripts: false };

export function headers() {
  return privately;
}

/** `/opt-out/{token}`: asks first, and takes it back by the same link. Programs that open links in messages to look at them change nothing. */
export function loader({ request, params, context }: Route.LoaderArgs) {
  const isKnown = isOptOutLink(context.get(askedContext).clinic.keys, params.token);
  return data({ locale: localeOf(request), isKnown }, { status: isKnown ? 200 : 404 });
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic, tenant } = await openByLink(context);
  const { intent } = formTexts(await request.formData());
  const isBack = intent === 'again';
  const answer = await (isBack ? optInByLink : optOut)(clinic, tenant.id, params.token);
  return data({ isDone: answer.ok, isBack }, { status: answer.ok ? 200 : 404 });
}

export function meta({ loaderData }: Route.MetaArgs) {
  const words = optOutWords[loaderData?.locale ?? 'en'];
  return [
    { title: words.title },
    { name: 'description', content: words.text },
    { name: 'robots', content: 'noindex' },
  ];
}

export default function OptOutPage({ loaderData, actionData, params }: Route.ComponentProps) {
  const { locale, isKnown } = loaderData;
  const words = optOutWords[locale];
  const isOut = actionData?.isDone === true && !actionData.isBack;
  const [title, text] =
    !isKnown || actionData?.isDone === false
      ? [words.unknown, words.unknownText]
      : actionData === undefined
        ? [words.title, words.text]
        : [words.done, isOut ? words.doneText : words.againDone];
  return (
    <div className="site">
      <main className="site-main text-page" id="content">
        <header className="text-head">
          <h1>{title}</h1>
          <p className="text-lead">{text}</p>
        </header>
        {isKnown && actionData === undefined ? (
          <form method="post" action={`/opt-out/${params.token}`} className="stack">
            <p className="measure">{words.still}</p>
            <p>
              <button type="submit" className="button" data-look="strong">
                {words.stop}
              </button>
            </p>
          </form>
        ) : null}
        {isOut ? (
          <form method="post" action={`/opt-out/${params.token}`}>
            <button type="submit" name="intent" value="again" className="button">
              {words.again}
            </button>
          </form>
        ) : null}
        {isKnown && actionData === undefined ? null : (
          <p>
            <a href={`/${locale}`}>{words.home}</a>
          </p>
        )}
      </main>
    </div>
  );
}
