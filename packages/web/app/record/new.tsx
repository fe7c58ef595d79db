import { createPatient, likePatients } from '@undertone/clinic/record/commands.ts';
import { ageOn, phoneInWords } from '@undertone/clinic/record/rules.ts';
import type { PatientForm } from '@undertone/clinic/record/schema.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { dayIn } from '@undertone/clinic/tenant/schema.ts';
import { data, Form, redirect, useLocation, useNavigation } from 'react-router';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Alert } from '../ui/surfaces.tsx';
import type { Route } from './+types/new.ts';
import { FirstFields } from './fields.tsx';
import { patientFormOf } from './form.ts';
import './record.css';
import { recordWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant', 'desk')];

/** `/desk/patients/new`: a name is enough. Whoever may be known already is named before anything is written. */
export function loader({ request }: Route.LoaderArgs) {
  return { locale: localeOf(request) };
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: recordWords[loaderData?.locale ?? 'en'].newPatient }];
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const typed = formTexts(await request.formData());
  const form: PatientForm = { name: '', language: localeOf(request), ...patientFormOf(typed) };
  if (typed.sure !== 'yes') {
    const like = await likePatients(clinic, actor, form);
    if (!like.ok) return data({ typed, refused: like, alike: [] }, { status: refusedStatus(like) });
    if (like.alike.length > 0) {
      const today = dayIn((await mainTenant(clinic))?.zone ?? 'UTC', clinic.clock.now());
      const alike = like.alike.map(({ patient, by }) => ({
        id: patient.id,
        name: patient.name,
        phone: patient.phone && phoneInWords(patient.phone),
        age: ageOn(today, patient) ?? null,
        by,
      }));
      return data({ typed, refused: undefined, alike }, { status: 409 });
    }
  }
  const made = await createPatient(clinic, actor, form);
  if (!made.ok) return data({ typed, refused: made, alike: [] }, { status: refusedStatus(made) });
  return redirect(`/desk/patients/${made.patient.id}`);
}

export default function NewPatient({ loaderData, actionData }: Route.ComponentProps) {
  const { locale } = loaderData;
  const wanted = useLocation().state as { readonly name?: string } | null;
  const words = recordWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  const { typed = { name: wanted?.name ?? '' }, refused, alike = [] } = actionData ?? {};
  return (
    <>
      <header className="desk-head">
        <h1>{words.newPatient}</h1>
      </header>
      <Form method="post" className="stack record-form">
        {refused && refused.field === undefined ? (
          <Alert tone="oxide" title={words.refusals[refused.reason]} live />
        ) : null}
        <FirstFields locale={locale} typed={typed} refused={refused} />
        {alike.length === 0 ? (
          <p>
            <Button type="submit" look="strong" isPending={isBusy}>
              {words.create}
            </Button>
          </p>
        ) : (
          <Alert tone="ochre" title={words.alike} live>
            <p>{words.alikeText}</p>
            <ul className="record-alike">
              {alike.map((one) => (
                <li key={one.id} className="row">
                  <span className="stack-s record-alike-who">
                    <strong>{one.name}</strong>
                    <span className="soft small figures">
                      {[one.phone, one.age && words.years(one.age.years, one.age.isExact)]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                    <span className="small">{one.by.map((by) => words.likeBy[by]).join(', ')}</span>
                  </span>
                  <ButtonLink to={`/desk/patients/${one.id}`} look="strong">
                    {words.open}
                  </ButtonLink>
                </li>
              ))}
            </ul>
            <Button type="submit" name="sure" value="yes" isPending={isBusy}>
              {words.createAnyway}
            </Button>
          </Alert>
        )}
      </Form>
    </>
  );
}
