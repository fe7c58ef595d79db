import { treatmentSchema } from '@undertone/clinic/candidacy/schema.ts';
import { consentLabels } from '@undertone/clinic/consent/labels.ts';
import { signatureParts } from '@undertone/clinic/consent/schema.ts';
import {
  listConsentTexts,
  reviewConsentText,
  saveConsentText,
} from '@undertone/clinic/consent/text-commands.ts';
import { language as languageSchema } from '@undertone/clinic/tenant/schema.ts';
import { data, Form, Link, useNavigation } from 'react-router';
import { localeNames } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Said } from '../shared/said.tsx';
import { Button } from '../ui/button.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import type { Route } from './+types/text-editor.ts';
import './consent.css';
import '../screening/screening.css';
import { readTextForm } from './text-form.ts';
import { consentTextsWords } from './texts-words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician')];

async function versionsOf(params: Route.LoaderArgs['params'], context: Route.LoaderArgs['context']) {
  const treatment = treatmentSchema.safeParse(params.treatment);
  const language = languageSchema.safeParse(params.language);
  if (!treatment.success || !language.success) throw new Response('There is no such text', { status: 404 });
  const { clinic } = context.get(askedContext);
  const listed = await listConsentTexts(clinic, actorOf(context));
  if (!listed.ok) throw new Response(listed.message, { status: 403 });
  const versions = listed.texts.filter(
    (text) => text.treatment === treatment.data && text.language === language.data,
  );
  const current = versions[0];
  if (current === undefined) throw new Response('There is no such text', { status: 404 });
  return { clinic, versions, current };
}

/** `/desk/consent-texts/:treatment/:language`: the text in use, to be read, changed and reviewed. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const { versions, current } = await versionsOf(params, context);
  return {
    locale: localeOf(request),
    current: {
      treatment: current.treatment,
      language: current.language,
      version: current.version,
      reviewState: current.reviewState,
      sha256: current.sha256,
      content: current.content,
    },
    versions: versions.map(({ version, reviewState, sha256 }) => ({ version, reviewState, sha256 })),
  };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { clinic, current } = await versionsOf(params, context);
  const actor = actorOf(context);
  const form = formTexts(await request.formData());
  const done =
    form.do === 'review'
      ? await reviewConsentText(clinic, actor, current.treatment, current.language, Number(form.version))
      : await saveConsentText(clinic, actor, readTextForm(current.content, form));
  if (done.ok) return { did: 'saved' as const, version: done.text.version, message: '' };
  return data(
    {
      did: 'refused' as const,
      version: 0,
      reason: done.reason,
      message: done.message,
      isHours: done.field === 'coolingOffHours',
    },
    { status: done.reason === 'not-allowed' ? 403 : 422 },
  );
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: consentTextsWords[loaderData?.locale ?? 'en'].title }];
}

export default function ConsentTextEditor({ loaderData, actionData: answered }: Route.ComponentProps) {
  const { locale, current, versions } = loaderData;
  const words = consentTextsWords[locale];
  const labels = consentLabels[locale];
  const isBusy = useNavigation().state !== 'idle';
  // What was done is said once the page shows it.
  const actionData = isBusy ? undefined : answered;
  const { content, language } = current;
  const isHoursWrong = actionData?.did === 'refused' && 'isHours' in actionData && actionData.isHours;
  return (
    <div className="stack-l">
      <header className="desk-head">
        <div className="stack-s">
          <h1>
            {labels.treatments[current.treatment]}, {localeNames[language]}
          </h1>
          <p className="row">
            <Badge>{`${words.version} ${current.version}`}</Badge>
            <Badge tone={current.reviewState === 'reviewed' ? 'verdigris' : 'ochre'}>
              {words[current.reviewState]}
            </Badge>
          </p>
        </div>
        <Link to="/desk/consent-texts">{words.title}</Link>
      </header>
      {actionData?.did === 'refused' ? (
        <Alert
          tone="oxide"
          title={`${words.notDone}: ${words.faults['reason' in actionData ? actionData.reason : ''] ?? words.faults['bad-form'] ?? ''}`}
          live
        >
          <Said>{actionData.message}</Said>
        </Alert>
      ) : null}
      {actionData?.did === 'saved' ? (
        <Alert tone="verdigris" title={words.saved(actionData.version)} live />
      ) : null}
      <Form method="post" className="screening-form" key={current.version}>
        <input type="hidden" name="do" value="save" />
        <Field label={words.leadField} name="lead" value={content.lead} lang={language} />
        <div className="field">
          <label className="field-label" htmlFor="hours">
            {words.hours}
          </label>
          <input
            className="input"
            id="hours"
            name="hours"
            inputMode="numeric"
            autoComplete="off"
            required
            defaultValue={content.coolingOffHours}
            aria-invalid={isHoursWrong}
            aria-describedby="hours-hint"
          />
          <span className={isHoursWrong ? 'field-error' : 'field-hint'} id="hours-hint">
            {words.hoursHint}
          </span>
        </div>
        <p className="soft small">{words.linesHint}</p>
        {content.sections.map(({ id, heading, lines }) => (
          <fieldset key={id} className="consent-question">
            <legend lang={language}>{heading}</legend>
            <Field label={words.heading} name={`heading-${id}`} value={heading} lang={language} />
            <Field
              label={words.lines}
              name={`lines-${id}`}
              value={lines.join('\n')}
              rows={Math.max(2, lines.length + 1)}
              lang={language}
            />
          </fieldset>
        ))}
        <p className="soft small">{words.risksHint}</p>
        <h2>{words.questions}</h2>
        {content.questions.map(({ id, question, options, right, because }, at) => (
          <fieldset key={id} className="consent-question">
            <legend>
              {words.question} {at + 1}
            </legend>
            <Field label={words.question} name={`question-${id}`} value={question} lang={language} />
            {options.map((option, n) => (
              <div key={option.id} className="stack-s">
                <Field
                  label={words.option(n + 1)}
                  name={`option-${id}-${option.id}`}
                  value={option.text}
                  lang={language}
                />
                <label className="row small">
                  <input
                    type="radio"
                    name={`right-${id}`}
                    value={option.id}
                    defaultChecked={option.id === right}
                  />
                  {words.right}
                  <span className="visually-hidden"> {words.option(n + 1)}</span>
                </label>
              </div>
            ))}
            <Field label={words.because} name={`because-${id}`} value={because} lang={language} />
          </fieldset>
        ))}
        <h2>{words.declarations}</h2>
        {signatureParts.map((part) => (
          <Field
            key={part}
            label={labels.parts[part]}
            name={`declaration-${part}`}
            value={content.declarations[part]}
            rows={2}
            lang={language}
          />
        ))}
        <div>
          <Button type="submit" look="strong" isPending={isBusy}>
            {words.save}
          </Button>
        </div>
      </Form>
      {current.reviewState === 'unreviewed' ? (
        <Form method="post" className="stack">
          <input type="hidden" name="do" value="review" />
          <input type="hidden" name="version" value={current.version} />
          <p className="soft small">{words.reviewHint}</p>
          <div>
            <Button type="submit">{words.review}</Button>
          </div>
        </Form>
      ) : null}
      <section className="stack">
        <h2>{words.history}</h2>
        <ul className="spot-readings">
          {versions.map(({ version, reviewState, sha256 }) => (
            <li key={version}>
              <span className="row">
                <Badge>{`${words.version} ${version}`}</Badge>
                {words[reviewState]}
              </span>
              <span className="hash">SHA-256 {sha256}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Field({
  label,
  name,
  value,
  rows = 1,
  lang,
}: {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly rows?: number;
  readonly lang: string;
}) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={name}>
        {label}
      </label>
      {rows > 1 ? (
        <textarea
          className="input"
          id={name}
          name={name}
          rows={rows}
          lang={lang}
          defaultValue={value}
          required
        />
      ) : (
        <input className="input" id={name} name={name} lang={lang} defaultValue={value} required />
      )}
    </div>
  );
}
