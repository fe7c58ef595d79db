import { gates as shippedGates, textOf, treatments } from '@undertone/clinic/candidacy/rules.ts';
import { readProtocols, reviewProtocol, saveGate, saveSpot } from '@undertone/clinic/screening/protocol.ts';
import { effectsOf, gateChange, spotChange } from '@undertone/clinic/screening/protocol-rules.ts';
import { spotKinds, spotSigns } from '@undertone/clinic/screening/spots.ts';
import { staffNames } from '@undertone/clinic/staff/commands.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { typedNumber } from '@undertone/clinic/tenant/schema.ts';
import { data, Form, Link, useNavigation } from 'react-router';
import { deskTag, locales } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { Button } from '../ui/button.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { Route } from './+types/gates.ts';
import { GateForm, optionLabel, SpotForm } from './gates-forms.tsx';
import { gatesWords } from './gates-words.ts';
import './screening.css';
import { screeningWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician')];

/** `/desk/gates`: what is asked before a treatment, the schedules of test spots, and their versions; `?gate=`, `?spot=` to change one, `&for=` that of a treatment. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const [read, names, tenant] = await Promise.all([
    readProtocols(clinic, actor),
    staffNames(clinic, actor.tenantId),
    mainTenant(clinic),
  ]);
  if (!read.ok) throw new Response(read.message, { status: 403 });
  const locale = localeOf(request);
  const moment = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: tenant?.zone ?? 'UTC',
  });
  const { latest, version, isDraft, laxer, versions } = read.protocols;
  const gate = shippedGates.find(({ id }) => id === url.searchParams.get('gate'))?.id ?? null;
  const spot = spotKinds.find((kind) => kind === url.searchParams.get('spot')) ?? null;
  const treatment = treatments.find((one) => one === url.searchParams.get('for')) ?? null;
  return {
    locale,
    treatment,
    version,
    isDraft,
    laxer,
    latest,
    gate,
    spot,
    versions: versions.map((one) => ({
      version: one.version,
      about: one.about,
      isInForce: one.isInForce,
      reviewState: one.reviewState,
      sha256: one.sha256,
      at: moment.format(one.createdAt),
      who: one.createdBy === undefined ? null : (names.get(one.createdBy) ?? null),
    })),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic } = context.get(askedContext);
  const actor = actorOf(context);
  const sent = await request.formData();
  const form = formTexts(sent);
  const version = Number(form.version);
  if (form.do === 'review') {
    if (form.read !== 'yes') return refused('bad-form', 'read');
    return answered(await reviewProtocol(clinic, actor, version));
  }
  if (form.do === 'gate') {
    const words = Object.fromEntries(
      locales.map((one) => [
        one,
        { question: form[`question-${one}`] ?? '', reason: form[`reason-${one}`] ?? '' },
      ]),
    );
    const actions = Object.fromEntries(
      Object.entries(form).flatMap(([name, value]) =>
        name.startsWith('action-') ? [[name.slice('action-'.length), value]] : [],
      ),
    );
    const waits = Object.fromEntries(
      Object.entries(form).flatMap(([name, value]) =>
        name.startsWith('wait-') ? [[name.slice('wait-'.length), typedNumber(value ?? '')]] : [],
      ),
    );
    const change = gateChange.safeParse({
      gate: form.gate,
      words,
      source: form.source ?? '',
      actions,
      waits,
    });
    if (!change.success) return refused('bad-form', change.error.issues[0]?.path.join('.') ?? '');
    return answered(await saveGate(clinic, actor, version, change.data));
  }
  const readings = (form.readings ?? '').split(' ').map((id) => ({
    id,
    from: typedNumber(form[`from-${id}`] ?? ''),
    until: typedNumber(form[`until-${id}`] ?? ''),
    isRequired: form[`required-${id}`] === 'yes',
    signs: spotSigns.filter((sign) => form[`sign-${id}-${sign}`] === 'yes'),
  }));
  const requiredFor = treatments.filter((one) => form[`for-${one}`] === 'yes');
  const change = spotChange.safeParse({
    kind: form.kind,
    ...(form.treatment && { treatment: form.treatment, isOwn: form.isOwn === 'yes' }),
    requiredFor,
    source: form.source ?? '',
    readings,
  });
  if (!change.success) {
    const [field, at, name] = change.error.issues[0]?.path ?? [];
    return refused(
      'bad-form',
      field === 'readings' ? `${String(name)}-${readings[Number(at)]?.id}` : String(field),
    );
  }
  return answered(await saveSpot(clinic, actor, version, change.data));
}

function answered(done: Awaited<ReturnType<typeof saveGate>>) {
  return done.ok
    ? { did: 'saved' as const, version: done.version, isInForce: done.isInForce }
    : refused(done.reason, done.field ?? '');
}

function refused(reason: string, field: string) {
  return data({ did: 'refused' as const, reason, field }, { status: reason === 'not-allowed' ? 403 : 422 });
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: gatesWords[loaderData?.locale ?? 'en'].title }];
}

export default function GatesPage({ loaderData, actionData: given }: Route.ComponentProps) {
  const { locale, version, isDraft, laxer, latest, gate, spot, treatment, versions } = loaderData;
  const words = gatesWords[locale];
  // What was done is said once the page shows it.
  const actionData = useNavigation().state === 'idle' ? given : undefined;
  const fault = actionData?.did === 'refused' ? actionData : undefined;
  const texts = textOf(locale);
  const common = screeningWords[locale];
  return (
    <div className="stack-l">
      <header className="desk-head">
        <div className="stack-s">
          <h1>{words.title}</h1>
          <p className="soft measure">{words.lead}</p>
        </div>
        {gate === null && spot === null ? null : <Link to="/desk/gates">{words.back}</Link>}
      </header>
      {fault ? (
        <Alert
          tone="oxide"
          title={`${words.notDone}: ${words.faults[fault.reason] ?? words.faults['bad-form'] ?? ''}`}
          live
        />
      ) : null}
      {actionData?.did === 'saved' ? (
        <Alert
          tone={actionData.isInForce ? 'verdigris' : 'ochre'}
          title={
            actionData.isInForce ? words.inForceNow(actionData.version) : words.draftNow(actionData.version)
          }
          live
        />
      ) : null}
      {isDraft ? (
        <section className="stack" aria-labelledby="draft">
          <h2 id="draft">{words.draft}</h2>
          <p className="measure">{words.draftText}</p>
          {laxer.length === 0 ? null : (
            <p>
              {words.laxer}: <strong>{laxer.join(', ')}</strong>
            </p>
          )}
          <Form method="post" className="stack" key={`review-${version}`}>
            <input type="hidden" name="do" value="review" />
            <input type="hidden" name="version" value={version} />
            <label className="tick">
              <input
                type="checkbox"
                name="read"
                value="yes"
                aria-invalid={fault?.field === 'read'}
                aria-describedby={fault?.field === 'read' ? 'read-fault' : undefined}
              />
              <span>{words.iHaveRead}</span>
            </label>
            {fault?.field === 'read' ? (
              <p className="field-error" id="read-fault">
                {words.tickFirst}
              </p>
            ) : null}
            <div>
              <Button type="submit">{words.review}</Button>
            </div>
          </Form>
        </section>
      ) : null}
      {gate === null && spot === null ? (
        <>
          <Table
            caption={words.title}
            rows={latest.gates}
            keyOf={({ id }) => id}
            columns={[
              {
                id: 'gate',
                title: words.gate,
                renderCell: ({ id }) => (
                  <Link to={`?gate=${id}`} aria-label={words.change(id)}>
                    {id}
                  </Link>
                ),
              },
              {
                id: 'question',
                title: words.question,
                renderCell: ({ id }) => latest.words[locale][id].question,
              },
              {
                id: 'actions',
                title: words.whenAnswered('…'),
                renderCell: (one) =>
                  effectsOf(one)
                    .map(
                      ({ key, effect }) =>
                        `${optionLabel(one.id, key, texts, common)}: ${words.actions[effect.action]}`,
                    )
                    .join(' · '),
              },
              {
                id: 'state',
                title: words.state,
                renderCell: ({ reviewState }) => (
                  <Badge tone={reviewState === 'reviewed' ? 'verdigris' : 'ochre'}>
                    {words[reviewState]}
                  </Badge>
                ),
              },
            ]}
          />
          <section className="stack">
            <h2>{words.spots}</h2>
            <ul className="screening-choice">
              {spotKinds.flatMap((kind) =>
                [null, ...treatments].map((one) => (
                  <li key={`${kind} ${one}`}>
                    <Link className="button" to={one === null ? `?spot=${kind}` : `?spot=${kind}&for=${one}`}>
                      {words.change(
                        one === null
                          ? common.kinds[kind]
                          : `${common.kinds[kind]}, ${common.treatments[one]}`,
                      )}
                    </Link>
                  </li>
                )),
              )}
            </ul>
          </section>
          <section className="stack">
            <h2>{words.history}</h2>
            {versions.length === 0 ? <p className="soft">{words.noHistory}</p> : null}
            <ul className="spot-readings">
              {versions.map((one) => (
                <li key={one.version}>
                  <span className="row">
                    <Badge tone={one.isInForce ? 'verdigris' : 'ochre'}>
                      {`${words.version(one.version)}: ${one.isInForce ? words.inForce : words.wasDraft}, ${words[one.reviewState]}`}
                    </Badge>
                    <span>{one.about === '' ? words.everything : one.about}</span>
                    <span>{one.who ?? words.program}</span>
                    <span className="soft">{one.at}</span>
                  </span>
                  <span className="hash">SHA-256 {one.sha256}</span>
                </li>
              ))}
            </ul>
          </section>
        </>
      ) : null}
      {gate === null ? null : (
        <GateForm
          key={`${gate} ${version}`}
          locale={locale}
          protocol={latest}
          gateId={gate}
          version={version}
          fault={fault?.field}
        />
      )}
      {spot === null ? null : (
        <SpotForm
          key={`${spot} ${treatment} ${version}`}
          locale={locale}
          protocol={latest}
          kind={spot}
          treatment={treatment}
          version={version}
          fault={fault?.field}
        />
      )}
    </div>
  );
}
