import { changeBranch, listAllBranches, setBranchClosed } from '@undertone/clinic/booking/commands.ts';
import { Form, redirect, useNavigation } from 'react-router';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { Route } from './+types/branch.ts';
import { answerOf, formOf, textOf, typedOf } from './answer.ts';
import { branchWords } from './branch-words.ts';
import { Input, Notice } from './parts.tsx';
import './setup.css';
import { setupWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/setup/branches/:id`: one branch; `new` for another. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const listed = await listAllBranches(context.get(askedContext).clinic, actorOf(context));
  if (!listed.ok) throw new Response(listed.message, { status: 403 });
  const found = listed.branches.find(({ id }) => id === params.id);
  if (found === undefined && params.id !== 'new')
    throw new Response('There is no such branch', { status: 404 });
  return {
    locale: localeOf(request),
    isNew: found === undefined,
    isOpen: found === undefined || found.closedAt === null,
    name: found?.name ?? '',
    town: found?.town ?? '',
    address: (found?.addressLines ?? []).join('\n'),
    phone: found?.phone ?? '',
    zone: found?.zone ?? listed.branches[0]?.zone ?? '',
  };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const typed = typedOf(await request.formData());
  const intent = textOf(typed, 'intent');
  if (intent === 'close' || intent === 'reopen') {
    const done = await setBranchClosed(clinic, actor, params.id, intent === 'close');
    return done.ok ? redirect('/desk/setup/branches', 303) : answerOf(intent, done, typed);
  }
  const saved = await changeBranch(clinic, actor, {
    ...(params.id !== 'new' && { id: params.id }),
    name: textOf(typed, 'name'),
    town: textOf(typed, 'town'),
    address: textOf(typed, 'address'),
    phone: textOf(typed, 'phone'),
    zone: textOf(typed, 'zone'),
  });
  if (saved.ok && params.id === 'new') return redirect('/desk/setup/branches', 303);
  return answerOf('save', saved, typed);
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: loaderData?.name || branchWords[loaderData?.locale ?? 'en'].title }];
}

export default function BranchPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, isNew, isOpen, name, town, address, phone, zone } = loaderData;
  const words = branchWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const fill = formOf(actionData, 'save', locale);
  const refused = actionData?.ok === false ? actionData : undefined;
  const own = Object.entries(words.faults).find(([reason]) => reason === refused?.reason)?.[1];
  return (
    <>
      <header className="desk-head">
        <h1>{name || words.add}</h1>
        <ButtonLink to="/desk/setup/branches">{setupWords[locale].back}</ButtonLink>
      </header>
      <div className="stack-l">
        {own === undefined ? (
          <Notice answer={actionData} locale={locale} />
        ) : (
          <Alert tone="oxide" title={setupWords[locale].notSaved} live>
            <p>{own}</p>
          </Alert>
        )}
        <Form method="post" className="setup-form">
          <input type="hidden" name="intent" value="save" />
          <Input
            id="name"
            label={setupWords[locale].name}
            value={fill.value('name', name)}
            error={refused?.field === 'name' ? words.faults.name : undefined}
          />
          <Input
            id="address"
            label={words.address}
            value={fill.value('address', address)}
            error={fill.error('address')}
            hint={words.addressHint}
            lines={2}
          />
          <Input id="town" label={words.town} value={fill.value('town', town)} error={fill.error('town')} />
          <Input
            id="phone"
            label={words.phone}
            value={fill.value('phone', phone)}
            error={fill.error('phone')}
            type="tel"
            inputMode="tel"
          />
          <Input
            id="zone"
            label={words.zone}
            value={fill.value('zone', zone)}
            hint={words.zoneHint}
            error={
              refused?.field !== 'zone'
                ? undefined
                : refused.reason === 'zone-fixed'
                  ? words.faults['zone-fixed']
                  : words.faults.zone
            }
          />
          <p className="row">
            <Button type="submit" look="strong" isDisabled={isBusy}>
              {setupWords[locale].save}
            </Button>
            {isNew ? null : <ButtonLink to="/desk/setup/hours">{words.hours}</ButtonLink>}
          </p>
        </Form>
        {isNew ? null : (
          <Form method="post" className="stack-s">
            <input type="hidden" name="intent" value={isOpen ? 'close' : 'reopen'} />
            <p className="soft">{isOpen ? words.closeText : words.reopenText}</p>
            <p>
              <Button type="submit" look={isOpen ? 'grave' : 'plain'} isDisabled={isBusy}>
                {isOpen ? words.close : words.reopen}
              </Button>
            </p>
          </Form>
        )}
      </div>
    </>
  );
}
