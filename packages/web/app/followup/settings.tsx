import { readLocalNumbers, saveLocalNumbers } from '@undertone/clinic/followup/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { role } from '@undertone/clinic/staff/schema.ts';
import { data, Form, useNavigation } from 'react-router';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button } from '../ui/button.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { Route } from './+types/settings.ts';
import { Field, tied } from './fields.tsx';
import './followup.css';
import { settingsWords } from './settings-words.ts';

export const middleware: Route.MiddlewareFunction[] = [
  staffOnly(...role.options.filter((one) => can(one, 'settings.write'))),
];

const fields = ['emergency.0', 'emergency.1', 'emergency.2', 'crisis.name', 'crisis.number'] as const;
type Name = (typeof fields)[number];

/** `/desk/followup/settings`: whom patients are told to call. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const { numbers, isOwn, country } = await readLocalNumbers(clinic, actorOf(context).tenantId);
  const given: Record<Name, string> = {
    'emergency.0': numbers.emergency[0] ?? '',
    'emergency.1': numbers.emergency[1] ?? '',
    'emergency.2': numbers.emergency[2] ?? '',
    'crisis.name': numbers.crisis.name,
    'crisis.number': numbers.crisis.number,
  };
  return { locale: localeOf(request), isOwn, country, given };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const form = formTexts(await request.formData());
  const text = (name: Name) => (form[name] ?? '').trim();
  const emergency = [text('emergency.0'), text('emergency.1'), text('emergency.2')];
  const saved = await saveLocalNumbers(clinic, actorOf(context), {
    // The first is needed; the others are left out where they are empty.
    emergency: emergency.filter((number, i) => i === 0 || number !== ''),
    crisis: { name: text('crisis.name'), number: text('crisis.number') },
  });
  if (saved.ok) return data({ ok: true as const, field: null, form });
  return data({ ok: false as const, field: saved.field ?? null, form }, { status: 422 });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: settingsWords[loaderData?.locale ?? 'en'].title }];
}

export default function FollowUpSettings({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, isOwn, country, given } = loaderData;
  const words = settingsWords[locale];
  const navigation = useNavigation();
  const labels: Record<Name, string> = {
    'emergency.0': words.emergency,
    'emergency.1': words.second,
    'emergency.2': words.third,
    'crisis.name': words.crisisName,
    'crisis.number': words.crisisNumber,
  };
  const isOptional = (name: Name) => name !== 'emergency.0' && name !== 'crisis.number';
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
          {isOwn ? null : <p className="small soft">{words.ofCountry(country)}</p>}
        </div>
      </header>
      <Form method="post" className="followup-form">
        {actionData?.ok ? <Alert tone="verdigris" title={words.saved} live /> : null}
        {fields.map((name) => {
          const error = actionData?.ok === false && actionData.field === name ? words.wrong : undefined;
          return (
            <Field
              key={name}
              id={name}
              label={labels[name]}
              error={error}
              {...(isOptional(name) && { optional: words.optional })}
            >
              <input
                {...tied(name, error)}
                inputMode={name === 'crisis.name' ? 'text' : 'tel'}
                defaultValue={actionData?.form[name] ?? given[name]}
              />
            </Field>
          );
        })}
        <p>
          <Button type="submit" look="strong" isDisabled={navigation.state === 'submitting'}>
            {words.save}
          </Button>
        </p>
      </Form>
    </>
  );
}
