import {
  askForEarlierTime,
  countAttempt,
  issueChallenge,
  listServices,
} from '@undertone/clinic/booking/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { addDays, dayIn } from '@undertone/clinic/tenant/schema.ts';
import { data, redirect } from 'react-router';
import { isLocale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import type { Route } from './+types/waitlist.ts';
import { ConsentAndSend, ContactFields, Trouble } from './contact-fields.tsx';
import { Field } from './field.tsx';
import { solveWork, type WorkChallenge } from './proof-of-work.ts';
// oxlint-disable-next-line import/default -- Vite makes the address
import scriptUrl from './script.ts?worker&url';
import { textIn } from './slots.ts';
import {
  checkWaitlistForm,
  partsOfDay,
  readWaitlistForm,
  type WaitlistField,
  type WaitlistForm,
} from './waitlist-form.ts';
import { type WaitlistFault, waitlistWords } from './waitlist-words.ts';
import { bookWords } from './words.ts';
import '../check/check.css';
import './book.css';

/** Days a wish reaches ahead when the visitor says nothing else. */
const usualDays = 30;

export async function loader({ params, context, url }: Route.LoaderArgs) {
  const isChecked = url.searchParams.has('checked');
  const page = await pageFor(params, context, isChecked);
  return { ...page, isChecked, wanted: url.searchParams.get('service') ?? '' };
}

async function pageFor(
  params: Route.LoaderArgs['params'],
  context: Route.LoaderArgs['context'],
  isChecked: boolean,
) {
  const { clinic } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  if (!isLocale(params.lang) || tenant === undefined)
    throw new Response('There is no page here', { status: 404 });
  const locale = params.lang;
  const today = dayIn(tenant.zone, clinic.clock.now());
  return {
    locale,
    clinicName: tenant.name,
    today,
    usualEnd: addDays(today, usualDays),
    // As when booking: a treatment's list is for those who did the self-check or were examined, a talk is for everybody.
    services: (await listServices(clinic, tenant.id))
      .filter(({ kind }) => isChecked || kind !== 'treatment')
      .map(({ slug, names }) => ({ slug, name: textIn(names, locale) })),
  };
}

interface Reply {
  readonly form: WaitlistForm;
  readonly faults: Partial<Record<WaitlistField, WaitlistFault>>;
  readonly refusal: string | null;
}

/** Wishes without a check against robots that one address may make in an hour. */
const withoutWorkRule = { name: 'waitlist-address', most: 6, windowMinutes: 60 };

export async function action({ params, request, context }: Route.ActionArgs) {
  const { clinic, address } = context.get(askedContext);
  const tenant = await mainTenant(clinic);
  if (tenant === undefined) throw new Response('There is no page here', { status: 404 });
  const texts = formTexts(await request.formData());
  const { locale, services } = await pageFor(params, context, texts.checked === 'yes');
  const form = readWaitlistForm(texts, locale);
  const reply = (more: Partial<Reply>, status: number) =>
    data<Reply>({ form: { ...form, altcha: '' }, faults: {}, refusal: null, ...more }, { status });
  const checked = checkWaitlistForm(form);
  if (!checked.ok) return reply({ faults: checked.faults }, 422);
  if (!services.some(({ slug }) => slug === form.service)) return reply({ refusal: 'service-unknown' }, 404);
  let altcha: string | undefined = form.altcha;
  if (altcha === '') {
    const counted = await countAttempt(clinic, clinic.db, tenant.id, withoutWorkRule, address);
    if (!counted.ok) return reply({ refusal: counted.reason }, 429);
    const easy = await issueChallenge(clinic, tenant.id, { rounds: 1, leastTries: 1, mostTries: 2 });
    altcha = await solveWork(easy as WorkChallenge);
  }
  const wish = { ...checked.wish, altcha: altcha ?? '' };
  const answer = await askForEarlierTime(clinic, tenant.id, wish, { address });
  if (answer.ok) return redirect(`/${locale}/waitlist/${answer.token}`, 303);
  if (answer.reason === 'days-over' || answer.reason === 'days-too-many')
    return reply({ faults: { toDay: answer.reason } }, 422);
  return reply({ refusal: answer.reason }, answer.reason === 'too-many-requests' ? 429 : 409);
}

export function meta({ loaderData }: Route.MetaArgs) {
  if (!loaderData) return [];
  const words = waitlistWords[loaderData.locale];
  return [
    { title: `${words.title} · ${loaderData.clinicName}` },
    { name: 'description', content: words.lead },
  ];
}

export default function WaitlistPage({ loaderData, actionData }: Route.ComponentProps) {
  const { locale, services, today, usualEnd, isChecked, wanted } = loaderData;
  const words = waitlistWords[locale];
  const shared = bookWords[locale];
  const form = actionData?.form;
  const faults = actionData?.faults ?? {};
  const fault = (field: WaitlistField) => {
    const code = faults[field];
    return code === undefined ? undefined : words.faults[code];
  };
  return (
    <article className="text-page book">
      <header className="text-head">
        <h1>{words.title}</h1>
        <p className="text-lead">{words.lead}</p>
      </header>
      {actionData === undefined ? null : (
        <Trouble
          title={
            actionData.refusal === null
              ? shared.mistakes
              : (shared.refusals[actionData.refusal] ?? shared.refusedOther)
          }
          faults={Object.entries(faults).map(([field, code]) => [field, words.faults[code]] as const)}
        />
      )}
      <form
        method="post"
        action={`/${locale}/waitlist${isChecked ? '?checked=1' : ''}`}
        className="book-form"
        data-booking-form
        noValidate
      >
        <input type="hidden" name="altcha" value="" />
        {isChecked ? <input type="hidden" name="checked" value="yes" /> : null}
        <Field id="service" label={words.service}>
          {(described) => (
            <select {...described} name="service" defaultValue={form?.service ?? wanted}>
              {services.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div className="book-days">
          <Field id="fromDay" label={words.from} error={fault('fromDay')}>
            {(described) => (
              <input
                {...described}
                name="fromDay"
                type="date"
                min={today}
                defaultValue={form?.fromDay ?? today}
                required
              />
            )}
          </Field>
          <Field id="toDay" label={words.to} error={fault('toDay')}>
            {(described) => (
              <input
                {...described}
                name="toDay"
                type="date"
                min={today}
                defaultValue={form?.toDay ?? usualEnd}
                required
              />
            )}
          </Field>
        </div>
        <fieldset className="check-options">
          <legend className="field-label">{words.part}</legend>
          {(Object.keys(partsOfDay) as (keyof typeof partsOfDay)[]).map((part) => (
            <label key={part} className="tick">
              <input type="radio" name="part" value={part} defaultChecked={(form?.part ?? 'any') === part} />
              <span>{words.parts[part]}</span>
            </label>
          ))}
        </fieldset>
        <ContactFields
          locale={locale}
          typed={form}
          fault={fault}
          emailHint={words.emailHint}
          phoneHint={words.phoneHint}
          needsEmail
        />
        <ConsentAndSend
          locale={locale}
          isTicked={form?.consent ?? false}
          error={fault('consent')}
          send={words.join}
          scriptUrl={scriptUrl}
        />
      </form>
    </article>
  );
}
