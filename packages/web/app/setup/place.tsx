import { changePlace, readWholeSetup, retire } from '@undertone/clinic/booking/commands.ts';
import { listBranches } from '@undertone/clinic/tenant/commands.ts';
import { Form, redirect, useNavigation } from 'react-router';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import type { Route } from './+types/place.ts';
import { type Answer, answerOf, formOf, textOf, typedOf } from './answer.ts';
import { Choice, Input, Notice, Retire } from './parts.tsx';
import './setup.css';
import { setupWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

function tableOf(kind: string): 'rooms' | 'machines' {
  if (kind === 'rooms' || kind === 'machines') return kind;
  throw new Response('There is no page here', { status: 404 });
}

/** `/desk/setup/places/:kind/:id`: one room or machine; `new` for another. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const table = tableOf(params.kind);
  const setup = await readWholeSetup(clinic, actor);
  if (!setup.ok) throw new Response(setup.message, { status: 403 });
  const found = setup[table].find(({ id }) => id === params.id);
  if (found === undefined && params.id !== 'new')
    throw new Response('There is no such place', { status: 404 });
  const branches = await listBranches(clinic, actor.tenantId);
  return {
    locale: localeOf(request),
    table,
    isNew: found === undefined,
    branches: Object.fromEntries(branches.map(({ id, name }) => [id, name])),
    name: found?.name ?? '',
    kinds: found?.kinds.join(', ') ?? '',
    branchId: found?.branch_id ?? branches[0]?.id ?? '',
  };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const table = tableOf(params.kind);
  const typed = typedOf(await request.formData());
  if (textOf(typed, 'intent') === 'retire') {
    const done = await retire(clinic, actor, table === 'rooms' ? 'room' : 'machine', params.id);
    return done.ok ? redirect('/desk/setup', 303) : answerOf('retire', done, typed);
  }
  const saved = await changePlace(clinic, actor, table, {
    ...(params.id !== 'new' && { id: params.id }),
    name: textOf(typed, 'name'),
    branchId: textOf(typed, 'branchId'),
    kinds: textOf(typed, 'kinds')
      .split(',')
      .map((kind) => kind.trim())
      .filter((kind) => kind !== ''),
  });
  if (saved.ok && params.id === 'new') return redirect('/desk/setup', 303);
  return answerOf('save', saved, typed);
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: loaderData?.name || setupWords[loaderData?.locale ?? 'en'].title }];
}

export default function PlacePage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, table, isNew, branches, name, kinds, branchId } = loaderData;
  const words = setupWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const answer: Answer | undefined = actionData;
  const fill = formOf(answer, 'save', locale);
  return (
    <>
      <header className="desk-head">
        <h1>{name || (table === 'rooms' ? words.addRoom : words.addMachine)}</h1>
        <ButtonLink to="/desk/setup">{words.back}</ButtonLink>
      </header>
      <div className="stack-l">
        <Notice answer={answer} locale={locale} />
        <Form method="post" className="setup-form">
          <input type="hidden" name="intent" value="save" />
          <Input id="name" label={words.name} value={fill.value('name', name)} error={fill.error('name')} />
          <Input
            id="kinds"
            label={words.suits}
            value={fill.value('kinds', kinds)}
            error={fill.error('kinds')}
            hint={words.suitsHint}
          />
          {Object.keys(branches).length > 1 ? (
            <Choice
              id="branchId"
              label={words.branch}
              value={fill.value('branchId', branchId)}
              options={branches}
            />
          ) : (
            <input type="hidden" name="branchId" value={branchId} />
          )}
          <p>
            <Button type="submit" look="strong" isDisabled={isBusy}>
              {words.save}
            </Button>
          </p>
        </Form>
        {isNew ? null : <Retire words={words} isBusy={isBusy} />}
      </div>
    </>
  );
}
