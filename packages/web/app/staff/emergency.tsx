import { breakGlass, endEmergency } from '@undertone/clinic/staff/emergency.ts';
import { emergencyMinutes, emergencyRole } from '@undertone/clinic/staff/rules.ts';
import { data, Form, redirect, useNavigation } from 'react-router';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Alert, Card } from '../ui/surfaces.tsx';
import type { Route } from './+types/emergency.ts';
import { staffWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly()];

/** `/desk/emergency`: rights of the next role for a short time, with a reason. */
export function loader({ request, context }: Route.LoaderArgs) {
  const actor = actorOf(context);
  const isOpen = actor.emergencyUntil !== undefined;
  return { locale: localeOf(request), isOpen, isPossible: isOpen || emergencyRole(actor.role) !== undefined };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const form = formTexts(await request.formData());
  if (form.act === 'end') {
    await endEmergency(clinic, actor);
    return redirect('/desk');
  }
  const answer = await breakGlass(clinic, actor, form.reason ?? '');
  if (answer.ok) return redirect('/desk/patients');
  return data({ reason: answer.reason, typed: form.reason ?? '' }, { status: refusedStatus(answer) });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: staffWords[loaderData?.locale ?? 'en'].emergency }];
}

export default function Emergency({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, isOpen, isPossible } = loaderData;
  const words = staffWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  return (
    <>
      <header className="desk-head">
        <h1>{words.emergency}</h1>
      </header>
      <div className="stack measure">
        {isOpen ? null : isPossible ? (
          <Card>
            <p>{words.emergencyText(emergencyMinutes)}</p>
            <Form method="post" className="stack">
              <TextField
                label={words.emergencyReason}
                hint={words.emergencyReasonHint}
                name="reason"
                lines={3}
                isRequired
                defaultValue={actionData?.typed ?? ''}
                error={actionData?.reason === 'bad-form' ? words.emergencyReasonNeeded : undefined}
              />
              <div>
                <Button type="submit" look="grave" isDisabled={isBusy}>
                  {words.openEmergency}
                </Button>
              </div>
            </Form>
          </Card>
        ) : (
          <Alert title={words.emergencyNone} />
        )}
      </div>
    </>
  );
}
