import { attachIntake, waitingIntake } from '@undertone/clinic/intake/commands.ts';
import { valueOf } from '@undertone/clinic/intake/rules.ts';
import { createPatient, likePatients } from '@undertone/clinic/record/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data, Form, redirect, useNavigation } from 'react-router';
import { deskTag } from '../locales/index.ts';
import { recordWords } from '../record/words.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Alert, Badge, EmptyState } from '../ui/surfaces.tsx';
import type { Route } from './+types/inbox.ts';
import { intakeWords } from './words.ts';
import '../record/record.css';
import './desk-intake.css';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant', 'desk')];

/** `/desk/intake`: forms that were sent in and wait, the longest waiting first; those of strangers get a record here. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const waiting = await waitingIntake(clinic, actor);
  if (!waiting.ok) throw new Response(waiting.message, { status: 403 });
  const tenant = await mainTenant(clinic);
  const day = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: tenant?.zone ?? 'UTC',
  });
  const forms = [];
  for (const form of waiting.forms) {
    const text = (name: string) => valueOf(form.draft, name);
    const alike =
      form.patientId === null
        ? await likePatients(clinic, actor, {
            name: text('name'),
            language: form.language,
            ...(text('phone') !== '' && { phones: [text('phone')] }),
            ...(text('birthDate') !== '' && { birthDate: text('birthDate') }),
          })
        : undefined;
    forms.push({
      id: form.id,
      patientId: form.patientId,
      name: text('name'),
      treatment: form.treatment,
      at: form.submittedAt === null ? '' : day.format(form.submittedAt),
      alike: alike?.ok
        ? alike.alike.map(({ patient, by }) => ({ id: patient.id, name: patient.name, by }))
        : [],
    });
  }
  return { locale, forms, mayWrite: can(actor.role, 'patient.write') };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const typed = formTexts(await request.formData());
  const waiting = await waitingIntake(clinic, actor);
  const form = waiting.ok ? waiting.forms.find(({ id }) => id === typed.form) : undefined;
  if (form === undefined) return data({ refused: 'not-found' as const }, { status: 404 });
  let patientId = typed.patient ?? '';
  if (typed.intent === 'make') {
    const made = await createPatient(clinic, actor, {
      name: valueOf(form.draft, 'name'),
      language: form.language,
    });
    if (!made.ok) return data({ refused: 'bad-form' as const }, { status: refusedStatus(made) });
    patientId = made.patient.id;
  }
  const attached = await attachIntake(clinic, actor, form.id, patientId);
  if (!attached.ok) return data({ refused: attached.reason }, { status: refusedStatus(attached) });
  return redirect(`/desk/patients/${patientId}/intake`);
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: intakeWords[loaderData?.locale ?? 'en'].inbox }];
}

export default function IntakeInbox({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, forms, mayWrite } = loaderData;
  const words = intakeWords[locale];
  const record = recordWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  return (
    <>
      <header className="desk-head">
        <h1>{words.inbox}</h1>
      </header>
      {actionData?.refused ? <Alert tone="oxide" title={words.refusals[actionData.refused]} live /> : null}
      {forms.length === 0 ? <EmptyState title={words.inboxEmpty}>{words.inboxEmptyText}</EmptyState> : null}
      <ul className="record-entries">
        {forms.map((form) => (
          <li key={form.id} className="row">
            <span className="stack-s record-entry">
              <strong>{form.name}</strong>
              <span className="row soft small">
                {words.treatments[form.treatment]} · <span className="figures">{form.at}</span>
                {form.patientId === null ? <Badge tone="ochre">{words.unknownPerson}</Badge> : null}
              </span>
            </span>
            {form.patientId === null ? (
              mayWrite ? (
                <Form method="post" className="stack-s">
                  <input type="hidden" name="form" value={form.id} />
                  <span className="small">{words.whose}</span>
                  <div className="row">
                    {form.alike.map((one) => (
                      <Button key={one.id} type="submit" name="patient" value={one.id} isDisabled={isBusy}>
                        {one.name} ({one.by.map((by) => record.likeBy[by]).join(', ')})
                      </Button>
                    ))}
                    <Button type="submit" name="intent" value="make" isDisabled={isBusy}>
                      {words.makeRecord}
                    </Button>
                  </div>
                </Form>
              ) : null
            ) : (
              <ButtonLink to={`/desk/patients/${form.patientId}/intake`}>{words.look}</ButtonLink>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
