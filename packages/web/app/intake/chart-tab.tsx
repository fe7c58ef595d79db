import { treatmentSchema } from '@undertone/clinic/candidacy/schema.ts';
import {
  acceptIntake,
  handOver,
  listIntake,
  returnIntake,
  sendIntake,
  withdrawIntake,
} from '@undertone/clinic/intake/commands.ts';
import { type PersonField, personFields } from '@undertone/clinic/intake/rules.ts';
import { gatesAsked } from '@undertone/clinic/screening/protocol.ts';
import { signOut } from '@undertone/clinic/staff/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { dayIn } from '@undertone/clinic/tenant/schema.ts';
import { data, Form, redirectDocument, useNavigation } from 'react-router';
import { patientOf } from '../chart/patient.ts';
import { intlTag } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, refusedStatus } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { endedSessionCookie, readSessionToken } from '../server/session-cookie.ts';
import { Button } from '../ui/button.tsx';
import { Select, TextField } from '../ui/fields.tsx';
import { Alert, Badge, EmptyState } from '../ui/surfaces.tsx';
import type { Route } from './+types/chart-tab.ts';
import { Answers } from './answers.tsx';
import { passCookie } from './pass-cookie.ts';
import { intakeView } from './view.ts';
import { intakeWords } from './words.ts';
import '../record/record.css';
import './desk-intake.css';

/** `/desk/patients/:patientId/intake`: forms of this patient, and sending or handing over a new one. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const locale = localeOf(request);
  const patient = await patientOf(context);
  const listed = await listIntake(clinic, actor, patient.id);
  if (!listed.ok) throw new Response(listed.message, { status: 403 });
  const tenant = await mainTenant(clinic);
  const own = await gatesAsked(clinic, actor.tenantId);
  const now = clinic.clock.now();
  const day = new Intl.DateTimeFormat(intlTag(locale), {
    dateStyle: 'medium',
    timeZone: tenant?.zone ?? 'UTC',
  });
  return {
    locale,
    mayWrite: can(actor.role, 'patient.write') && patient.mergedInto === null,
    forms: listed.forms.map((form) => ({
      id: form.id,
      treatment: form.treatment,
      state: form.state,
      made: day.format(form.createdAt),
      until: form.state === 'open' && form.expiresAt > now ? day.format(form.expiresAt) : null,
      link: form.state === 'open' && form.expiresAt > now ? form.link : null,
      view: intakeView(
        form,
        patient,
        locale,
        dayIn(tenant?.zone ?? 'UTC', now),
        tenant?.country ?? 'IN',
        own,
      ),
    })),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic, https } = context.get(askedContext);
  const actor = actorOf(context);
  const { id: patientId } = await patientOf(context);
  const form = await request.formData();
  const typed = formTexts(form);
  const refuse = (reason: keyof (typeof intakeWords)['en']['refusals']) =>
    data(
      { refused: reason, sentTo: undefined, done: undefined, reopened: false },
      { status: refusedStatus({ reason }) },
    );
  const done = (what: string, more: { sentTo?: 'email' | 'phone' | 'nobody'; reopened?: boolean } = {}) =>
    data({ refused: undefined, done: what, sentTo: more.sentTo, reopened: more.reopened ?? false });
  const formId = typed.form ?? '';
  switch (typed.intent) {
    case 'send': {
      const sent = await sendIntake(clinic, actor, {
        patientId,
        treatment: treatmentSchema.parse(typed.treatment),
      });
      return sent.ok ? done('send', { sentTo: sent.sentTo }) : refuse(sent.reason);
    }
    case 'hand-over': {
      const handed = await handOver(clinic, actor, {
        patientId,
        treatment: treatmentSchema.parse(typed.treatment),
      });
      if (!handed.ok) return refuse(handed.reason);
      const token = readSessionToken(request.headers.get('Cookie'), https);
      if (token !== undefined) await signOut(clinic, token);
      const headers = new Headers();
      headers.append('Set-Cookie', endedSessionCookie(https));
      headers.append('Set-Cookie', passCookie(handed.formId, handed.pass, https));
      throw redirectDocument(`/${handed.language}/intake/${handed.token}`, { headers });
    }
    case 'accept': {
      const take = form
        .getAll('take')
        .filter((one): one is PersonField => personFields.includes(one as PersonField));
      const accepted = await acceptIntake(clinic, actor, formId, { take });
      return accepted.ok
        ? done('accept', { reopened: accepted.reopened.length > 0 })
        : refuse(accepted.reason);
    }
    case 'return': {
      const returned = await returnIntake(clinic, actor, formId);
      return returned.ok ? done('return') : refuse(returned.reason);
    }
    case 'withdraw': {
      const ended = await withdrawIntake(clinic, actor, formId);
      return ended.ok ? done('withdraw') : refuse(ended.reason);
    }
    default:
      throw new Response('There is no such act', { status: 400 });
  }
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: intakeWords[loaderData?.locale ?? 'en'].tab }];
}

export default function IntakeTab({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, forms, mayWrite } = loaderData;
  const words = intakeWords[locale];
  const isBusy = useNavigation().state !== 'idle';
  return (
    <div className="stack-l">
      {actionData?.refused ? <Alert tone="oxide" title={words.refusals[actionData.refused]} live /> : null}
      {actionData?.sentTo ? (
        <Alert
          tone={actionData.sentTo === 'nobody' ? 'ochre' : 'verdigris'}
          title={words.sentTo[actionData.sentTo]}
          live
        />
      ) : null}
      {actionData?.done === 'accept' ? (
        <Alert tone="verdigris" title={words.accepted} live>
          {actionData.reopened ? words.reopened : undefined}
        </Alert>
      ) : null}
      {forms.map((form) => (
        <section key={form.id} className="stack intake-form-card">
          <header className="row">
            <h2>{words.treatments[form.treatment]}</h2>
            <Badge
              tone={form.state === 'submitted' ? 'ochre' : form.state === 'accepted' ? 'verdigris' : 'plain'}
            >
              {words.formStates[form.state]}
            </Badge>
            <span className="soft small figures">
              {[form.made, form.until && words.until(form.until), words.answered(form.view.progress)]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </header>
          {form.link === null ? null : <TextField label={words.link} value={form.link} isReadOnly />}
          {form.state === 'submitted' ? (
            <Answers {...{ locale, isBusy }} formId={form.id} view={form.view} mayAct={mayWrite} />
          ) : null}
          {form.state === 'accepted' ? (
            <details>
              <summary>{words.said}</summary>
              <Answers {...{ locale, isBusy }} formId={form.id} view={form.view} mayAct={false} />
            </details>
          ) : null}
          {mayWrite && form.state === 'open' ? (
            <Form method="post">
              <input type="hidden" name="form" value={form.id} />
              <Button type="submit" name="intent" value="withdraw" look="quiet" isDisabled={isBusy}>
                {words.withdraw}
              </Button>
            </Form>
          ) : null}
        </section>
      ))}
      {forms.length === 0 ? <EmptyState title={words.none}>{words.noneText}</EmptyState> : null}
      {mayWrite ? (
        <Form method="post" className="stack record-form">
          <Select
            label={words.treatment}
            name="treatment"
            defaultValue={forms[0]?.treatment ?? 'vitiligo'}
            options={(['vitiligo', 'lip', 'scalp'] as const).map((id) => ({
              id,
              label: words.treatments[id],
            }))}
          />
          <div className="row">
            <Button type="submit" name="intent" value="send" look="strong" isPending={isBusy}>
              {words.sendLink}
            </Button>
            <Button type="submit" name="intent" value="hand-over" isDisabled={isBusy}>
              {words.handOver}
            </Button>
          </div>
          <p className="soft small">{words.handOverHint}</p>
        </Form>
      ) : null}
    </div>
  );
}
