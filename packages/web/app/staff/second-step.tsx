import { ownAccount } from '@undertone/clinic/staff/account.ts';
import { listPasskeys, proofFault } from '@undertone/clinic/staff/commands.ts';
import { data, Form, redirect } from 'react-router';
import { messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { entrantOf, entrantsOnly } from '../server/guard.ts';
import { localeOf, ownPath } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import type { Route } from './+types/second-step.ts';
import { proofStatus, proving } from './ask-proof.ts';
import { actOnCode, type CodeAnswer } from './code-acts.ts';
import { Door } from './door.tsx';
import { Passkeys } from './passkeys.tsx';
import { ProofForm } from './proof.tsx';
import { proofWords } from './proof-words.ts';
import { SecondStep } from './second-step-card.tsx';

export const middleware: Route.MiddlewareFunction[] = [entrantsOnly];

/** `/second-step`: all that opens to a member of whom a second step is required, until she has set it up or shown it. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const { actor, owes } = entrantOf(context);
  const account = await ownAccount(clinic, actor);
  return {
    locale: localeOf(request),
    to: ownPath(url.searchParams.get('to'), '/desk'),
    owes: owes ?? 'nothing',
    hasCode: account?.hasCode ?? false,
    ways: { hasCode: account?.hasCode ?? false, hasPasskey: (await listPasskeys(clinic, actor)).length > 0 },
  };
}

interface Answer extends CodeAnswer {
  readonly passkeyName?: string;
  readonly shown?: boolean;
}

export async function action({ request, context, url }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const { actor, owes } = entrantOf(context);
  const answer = await proving({ request, context }, async (sent): Promise<Answer | 'proof-needed'> => {
    const form = formTexts(sent);
    if (form.act === 'show') return { shown: true };
    // Who has a second step shows it; a password alone adds no other.
    if (owes === 'show') return { fault: 'other' };
    if (form.act === 'add-passkey')
      return (await proofFault(clinic, actor)) === undefined
        ? { passkeyName: form.name ?? '' }
        : 'proof-needed';
    return (await actOnCode(clinic, actor, form)) ?? { fault: 'other' };
  });
  const headers = { 'Cache-Control': 'no-store' };
  if ('proof' in answer) return data(answer, { status: proofStatus(answer.proof), headers });
  if (answer.shown === true) return redirect(ownPath(url.searchParams.get('to'), '/desk'));
  return data(answer, answer.fault === undefined ? { headers } : { status: 422, headers });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: proofWords[loaderData?.locale ?? 'en'].dueTitle }, { name: 'robots', content: 'noindex' }];
}

export default function SecondStepPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, to, owes, hasCode, ways } = loaderData;
  const words = proofWords[locale];
  const all = messagesFor(locale);
  const asked = actionData !== undefined && 'proof' in actionData ? actionData.proof : undefined;
  const answer = actionData !== undefined && !('proof' in actionData) ? actionData : undefined;
  const title = { 'set-up': words.dueTitle, show: words.showTitle, nothing: words.doneTitle }[owes];
  const lead = { 'set-up': words.dueLead, show: words.showLead, nothing: words.doneLead }[owes];
  return (
    <Door locale={locale} words={all}>
      <div className="stack-s">
        <h1>{title}</h1>
        <p className="soft">{lead}</p>
      </div>
      {owes === 'show' ? (
        <ProofForm
          locale={locale}
          asked={asked ?? { fields: [['act', 'show']], ways }}
          isPasswordEnough={ways.hasCode}
        />
      ) : asked !== undefined ? (
        <ProofForm locale={locale} asked={asked} />
      ) : (
        <>
          {owes === 'set-up' || answer?.recoveryCodes ? (
            <SecondStep words={all} locale={locale} hasCode={hasCode} answer={answer} isOnTheWay />
          ) : null}
          {owes === 'set-up' ? (
            <Passkeys locale={locale} passkeys={[]} proved={answer?.passkeyName} />
          ) : (
            <p>
              <ButtonLink to={to} look="strong">
                {words.goOn}
              </ButtonLink>
            </p>
          )}
        </>
      )}
      <Form method="post" action="/sign-out">
        <Button type="submit" look="quiet">
          {all.desk.signOut}
        </Button>
      </Form>
    </Door>
  );
}
