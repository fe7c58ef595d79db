import { readSecondStepRule, setSecondStepRule } from '@undertone/clinic/staff/commands.ts';
import { type Role, role } from '@undertone/clinic/staff/schema.ts';
import { useState } from 'react';
import { data, Form, useNavigation } from 'react-router';
import { intlTag, messagesFor } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { wholeOf } from '../setup/answer.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox, RadioGroup, TextField } from '../ui/fields.tsx';
import { Alert, Card } from '../ui/surfaces.tsx';
import type { Route } from './+types/second-step-rule.ts';
import { proofStatus, proving } from './ask-proof.ts';
import { ProofPage } from './proof.tsx';
import { proofWords } from './proof-words.ts';
import { staffWords } from './words.ts';
import '../export/export.css';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner')];

/** `/desk/staff/second-step`: of whom a second step is required, and how many days they have. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const read = await readSecondStepRule(context.get(askedContext).clinic, actorOf(context));
  if (!read.ok) throw new Response(read.message, { status: 403 });
  return { locale: localeOf(request), rule: read.rule };
}

type Who = 'nobody' | 'some' | 'everybody';

interface Answer {
  readonly saved?: boolean;
  readonly fault?: 'roles' | 'days' | 'other';
  /** What was chosen, so that nothing is lost. */
  readonly typed?: { readonly who: Who; readonly roles: readonly string[]; readonly days: string };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const answer = await proving({ request, context }, async (form): Promise<Answer | 'proof-needed'> => {
    const text = (name: string) => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    const chosen = form.getAll('role').flatMap((one) => role.safeParse(one).data ?? []);
    const who = (['nobody', 'some', 'everybody'] as const).find((one) => one === text('who')) ?? 'nobody';
    const typed = { who, roles: chosen, days: text('days') };
    if (who === 'some' && chosen.length === 0) return { fault: 'roles', typed };
    const roles: Record<Who, readonly Role[]> = { nobody: [], some: chosen, everybody: role.options };
    const saved = await setSecondStepRule(clinic, actor, {
      roles: [...roles[who]],
      graceDays: wholeOf(typed.days),
    });
    if (saved.ok) return { saved: true };
    if (saved.reason === 'proof-needed') return 'proof-needed';
    return { fault: saved.field === 'graceDays' ? 'days' : 'other', typed };
  });
  if ('proof' in answer) return data(answer, { status: proofStatus(answer.proof) });
  return data(answer, { status: answer.fault === undefined ? 200 : 422 });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: proofWords[loaderData?.locale ?? 'en'].rule }];
}

export default function SecondStepRule({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, rule } = loaderData;
  if (actionData !== undefined && 'proof' in actionData)
    return <ProofPage locale={locale} asked={actionData.proof} to="/desk/staff/second-step" />;
  return (
    <RuleForm
      key={`${rule.roles.join()} ${rule.graceDays} ${JSON.stringify(actionData?.typed)}`}
      locale={locale}
      rule={rule}
      answer={actionData}
    />
  );
}

function RuleForm({
  locale,
  rule,
  answer,
}: {
  readonly locale: Route.ComponentProps['loaderData']['locale'];
  readonly rule: Route.ComponentProps['loaderData']['rule'];
  readonly answer: Answer | undefined;
}) {
  const words = proofWords[locale];
  const { roles } = messagesFor(locale);
  const isBusy = useNavigation().state !== 'idle';
  const inForce: Who =
    rule.roles.length === 0 ? 'nobody' : rule.roles.length === role.options.length ? 'everybody' : 'some';
  const { fault, typed } = answer ?? {};
  const [who, setWho] = useState<string>(typed?.who ?? inForce);
  const list = new Intl.ListFormat(intlTag(locale));
  return (
    <>
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.rule}</h1>
          <p className="soft measure">{words.ruleLead}</p>
        </div>
      </header>
      <div className="stack measure">
        {answer?.saved === true ? <Alert tone="verdigris" title={words.saved} live /> : null}
        {fault === 'other' ? <Alert tone="oxide" title={staffWords[locale].notDone} live /> : null}
        <p>
          {rule.roles.length === 0
            ? words.ruleNobody
            : words.ruleNow(list.format(rule.roles.map((one) => roles[one])))}
        </p>
        <Card>
          <Form method="post" className="stack">
            <RadioGroup
              label={words.who}
              name="who"
              value={who}
              onChange={setWho}
              options={[
                { id: 'nobody', label: words.nobody },
                { id: 'some', label: words.some },
                { id: 'everybody', label: words.everybody },
              ]}
            />
            {who === 'some' ? (
              <fieldset className="export-scopes">
                <legend>{words.roles}</legend>
                {role.options.map((one) => (
                  <Checkbox
                    key={one}
                    name="role"
                    value={one}
                    defaultSelected={(typed?.roles ?? rule.roles).includes(one)}
                  >
                    {roles[one]}
                  </Checkbox>
                ))}
                {fault === 'roles' ? <p className="field-error">{words.rolesNeeded}</p> : null}
              </fieldset>
            ) : null}
            <TextField
              label={words.days}
              hint={words.daysHint}
              name="days"
              inputMode="numeric"
              defaultValue={typed?.days ?? String(rule.graceDays)}
              error={fault === 'days' ? words.daysFault : undefined}
            />
            <div>
              <Button type="submit" look="strong" isDisabled={isBusy}>
                {words.save}
              </Button>
            </div>
          </Form>
        </Card>
        <p className="soft">{words.recovery}</p>
      </div>
    </>
  );
}
