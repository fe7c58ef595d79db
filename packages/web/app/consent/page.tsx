import { type Treatment, treatments } from '@undertone/clinic/candidacy/rules.ts';
import { treatmentSchema } from '@undertone/clinic/candidacy/schema.ts';
import {
  offerConsent,
  readConsents,
  withdrawConsent,
  withdrawPhotoUse,
} from '@undertone/clinic/consent/commands.ts';
import { consentLabels } from '@undertone/clinic/consent/labels.ts';
import { type ConsentRefusal, type PhotoUse, photoUses } from '@undertone/clinic/consent/schema.ts';
import { sendConsentLink } from '@undertone/clinic/consent/sending.ts';
import { readinessFor } from '@undertone/clinic/screening/gate.ts';
import { signOut } from '@undertone/clinic/staff/commands.ts';
import { can } from '@undertone/clinic/staff/rules.ts';
import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { data, Form, Link, redirect, useNavigation } from 'react-router';
import { patientOf } from '../chart/patient.ts';
import { deskTag, type Locale, localeNames } from '../locales/index.ts';
import { Checklist } from '../screening/checklist.tsx';
import { screeningWords } from '../screening/words.ts';
import { askedContext } from '../server/context.ts';
import { formTexts } from '../server/form.ts';
import { actorOf, staffOnly } from '../server/guard.ts';
import { localeOf } from '../server/preferences.ts';
import { endedSessionCookie, readSessionToken } from '../server/session-cookie.ts';
import { Button } from '../ui/button.tsx';
import { Alert, Badge, EmptyState, type Tone } from '../ui/surfaces.tsx';
import type { Route } from './+types/page.ts';
import './consent.css';
import { OfferForm } from './offer-form.tsx';
import { plannedPigments } from './planned-pigments.ts';
import { readOfferForm } from './read-offer-form.ts';
import { consentWords } from './words.ts';

export const middleware: Route.MiddlewareFunction[] = [staffOnly('owner', 'physician', 'assistant')];

function treatmentOf(url: URL): Treatment {
  const asked = treatmentSchema.safeParse(url.searchParams.get('treatment'));
  return asked.success ? asked.data : 'vitiligo';
}

/** `/desk/patients/:patientId/consent?treatment=`: what was asked, signed and withdrawn, and the next text to hand over. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const { clinic, publicUrl } = context.get(askedContext);
  const actor = actorOf(context);
  const patient = await patientOf(context);
  const treatment = treatmentOf(url);
  const [read, ready, tenant] = await Promise.all([
    readConsents(clinic, actor, patient.id),
    readinessFor(clinic, actor, patient.id, treatment),
    mainTenant(clinic),
  ]);
  if (!read.ok || !ready.ok) throw new Response('Consent cannot be shown', { status: 403 });
  const locale = localeOf(request);
  const mayOffer = can(actor.role, 'consent.write');
  const moment = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: tenant?.zone ?? 'UTC',
  });
  const when = (at: Date | undefined) => (at === undefined ? undefined : moment.format(at));
  return {
    locale,
    zone: tenant?.zone ?? 'UTC',
    patientId: patient.id,
    language: patient.language,
    treatment,
    readiness: ready.readiness,
    mayOffer,
    pigments: mayOffer ? await plannedPigments(clinic, actor, patient.id, treatment) : '',
    me: actor.name,
    photos: read.photos,
    consents: read.consents.map((one) => ({
      id: one.id,
      treatment: one.treatment,
      language: one.language,
      textVersion: one.textVersion,
      state: one.isExpired ? ('expired' as const) : one.state,
      offered: when(one.offeredAt),
      signed: when(one.signedAt),
      coolingOff: when(one.coolingOffUntil),
      withdrawn: when(one.withdrawnAt),
      withdrawnReason: one.withdrawnReason ?? '',
      tries: one.tries,
      sha256: one.documentSha256,
      signatures: one.signatures,
      path: one.token === undefined ? undefined : `/${one.language}/consent/${one.token}`,
    })),
    publicUrl,
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { clinic, https } = context.get(askedContext);
  const actor = actorOf(context);
  const { id: patientId } = await patientOf(context);
  const form = formTexts(await request.formData());
  switch (form.do) {
    case 'offer': {
      const done = await offerConsent(clinic, actor, readOfferForm(patientId, form));
      return done.ok ? { did: 'offer' as const } : refused(done);
    }
    case 'hand-over': {
      const read = await readConsents(clinic, actor, patientId);
      if (!read.ok) return refused(read);
      const offered = read.consents.find(({ id, token }) => id === form.consentId && token !== undefined);
      if (offered?.token === undefined) throw new Response('It can no longer be signed', { status: 409 });
      const session = readSessionToken(request.headers.get('Cookie'), https);
      if (session !== undefined) await signOut(clinic, session);
      return redirect(`/${offered.language}/consent/${offered.token}`, {
        headers: { 'Set-Cookie': endedSessionCookie(https) },
      });
    }
    case 'send': {
      const done = await sendConsentLink(clinic, actor, form.consentId ?? '');
      return done.ok ? { did: 'send' as const } : refused(done);
    }
    case 'withdraw': {
      const done = await withdrawConsent(clinic, actor, form.consentId ?? '', form.reason ?? '');
      return done.ok ? { did: 'withdraw' as const } : refused(done);
    }
    case 'end-use': {
      const use = photoUses.find((one) => one === form.use);
      if (use === undefined) throw new Response('There is no such use', { status: 400 });
      const done = await withdrawPhotoUse(clinic, actor, patientId, use);
      return done.ok ? { did: 'end-use' as const } : refused(done);
    }
    default:
      throw new Response('There is no such act', { status: 400 });
  }
}

function refused({ reason, field }: ConsentRefusal) {
  return data(
    { did: 'refused' as const, reason, field: field ?? '' },
    { status: reason === 'not-allowed' ? 403 : 422 },
  );
}

export function meta({ loaderData }: Route.MetaArgs) {
  return [{ title: consentWords[loaderData?.locale ?? 'en'].title }];
}

const toneOf: Readonly<Record<string, Tone>> = {
  offered: 'nil',
  signed: 'verdigris',
  withdrawn: 'oxide',
  cancelled: 'plain',
  expired: 'ochre',
};

export default function ConsentPage({ loaderData, actionData: answered }: Route.ComponentProps) {
  // What was done is said once the page shows it.
  const actionData = useNavigation().state === 'idle' ? answered : undefined;
  const { locale, zone, patientId, treatment, readiness, consents, photos, mayOffer } = loaderData;
  const words = consentWords[locale];
  const base = `/desk/patients/${patientId}`;
  const fault = actionData?.did === 'refused' ? actionData : undefined;
  /** Something is handed over or in force: a new one is the exception. */
  const isAnswered = consents.some(
    (one) => one.treatment === treatment && (one.state === 'offered' || one.state === 'signed'),
  );
  const own = consents.filter((one) => one.treatment === treatment);
  return (
    <div className="stack-l">
      <nav aria-label={words.treatment}>
        <ul className="screening-choice">
          {treatments.map((one) => (
            <li key={one}>
              <Link
                className="button"
                to={`?treatment=${one}`}
                aria-current={one === treatment ? 'page' : undefined}
              >
                {screeningWords[locale].treatments[one]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {fault ? (
        <Alert
          tone="oxide"
          title={`${words.notDone}: ${words.faults[fault.reason] ?? words.faults['bad-form'] ?? ''}`}
          live
        />
      ) : null}
      {actionData?.did === 'offer' ? <Alert tone="verdigris" title={words.prepared} live /> : null}
      {actionData?.did === 'send' ? <Alert tone="verdigris" title={words.linkSent} live /> : null}
      {actionData?.did === 'withdraw' ? <Alert tone="ochre" title={words.withdrawnDone} live /> : null}
      {actionData?.did === 'end-use' ? <Alert tone="ochre" title={words.photoUseEnded} live /> : null}
      <Checklist
        readiness={readiness}
        locale={locale}
        zone={zone}
        base={base}
        linked={['intake', 'screening', 'spots', 'plan']}
      />
      <section className="stack">
        <h2>{words.title}</h2>
        {own.length === 0 ? <EmptyState title={words.none}>{words.noneText}</EmptyState> : null}
        {own.map((one) => (
          <ConsentCard key={one.id} consent={one} locale={locale} publicUrl={loaderData.publicUrl} />
        ))}
      </section>
      {mayOffer ? (
        <details className="consent-offer" open={!isAnswered || fault !== undefined}>
          <summary>{words.offer}</summary>
          <OfferForm
            key={`offer-${treatment}-${own.length}`}
            locale={locale}
            treatment={treatment}
            language={loaderData.language}
            operator={loaderData.me}
            pigments={loaderData.pigments}
            fault={fault}
          />
          <p className="small">
            <Link to="/desk/consent-texts">{words.texts}</Link>. {words.textsHint}
          </p>
        </details>
      ) : (
        <Alert title={words.onlyPhysician} />
      )}
      <PhotoUses photos={photos} locale={locale} />
    </div>
  );
}

type ConsentOnPage = Route.ComponentProps['loaderData']['consents'][number];

function ConsentCard({
  consent,
  locale,
  publicUrl,
}: {
  readonly consent: ConsentOnPage;
  readonly locale: Locale;
  readonly publicUrl: string;
}) {
  const words = consentWords[locale];
  const parts = consentLabels[locale].parts;
  return (
    <article className="finding" data-tone={toneOf[consent.state]} data-consent={consent.state}>
      <div className="row">
        <Badge tone={toneOf[consent.state] ?? 'plain'}>{words.states[consent.state]}</Badge>
        <span>
          {localeNames[consent.language]}, {words.text(consent.textVersion)}
        </span>
      </div>
      <dl className="facts">
        <dt>{words.offered}</dt>
        <dd>{consent.offered}</dd>
        {consent.signed === undefined ? null : (
          <>
            <dt>{words.signed}</dt>
            <dd>
              {consent.signed}:{' '}
              {consent.signatures.map(({ part, name }) => `${name} (${parts[part]})`).join(', ')}
              {', '}
              {words.tries(consent.tries)}
            </dd>
            <dt>{words.coolingOff}</dt>
            <dd>{consent.coolingOff}</dd>
          </>
        )}
      </dl>
      {consent.withdrawn === undefined ? null : (
        <p>{words.withdrawn(consent.withdrawn, consent.withdrawnReason)}</p>
      )}
      {consent.path === undefined ? null : (
        <div className="stack-s">
          <Form method="post" reloadDocument className="row">
            <input type="hidden" name="do" value="hand-over" />
            <Button type="submit" look="strong" name="consentId" value={consent.id}>
              {words.handOver}
            </Button>
            <a className="button" href={consent.path}>
              {words.tablet}
            </a>
            <span className="soft small">{words.handOverHint}</span>
          </Form>
          <div className="field">
            <label className="field-label" htmlFor={`link-${consent.id}`}>
              {words.link}
            </label>
            <input
              className="input"
              id={`link-${consent.id}`}
              readOnly
              value={`${publicUrl}${consent.path}`}
              onFocus={(event) => event.currentTarget.select()}
              aria-describedby={`link-hint-${consent.id}`}
            />
            <span className="field-hint" id={`link-hint-${consent.id}`}>
              {words.linkHint}
            </span>
          </div>
          <Form method="post" className="row">
            <input type="hidden" name="do" value="send" />
            <Button type="submit" name="consentId" value={consent.id}>
              {words.sendLink}
            </Button>
            <span className="soft small">{words.sendLinkHint}</span>
          </Form>
        </div>
      )}
      {consent.sha256 === undefined ? null : (
        <>
          <p>
            <a href={`/desk/consents/${consent.id}/consent.pdf`}>{words.document}</a>
          </p>
          <p className="hash">SHA-256 {consent.sha256}</p>
        </>
      )}
      {consent.state === 'signed' ? (
        <details className="consent-withdraw">
          <summary>{words.withdraw}</summary>
          <Form method="post" className="screening-form">
            <input type="hidden" name="do" value="withdraw" />
            <input type="hidden" name="consentId" value={consent.id} />
            <p>{words.withdrawText}</p>
            <div className="field">
              <label className="field-label" htmlFor={`why-${consent.id}`}>
                {words.withdrawReason}
              </label>
              <input className="input" id={`why-${consent.id}`} name="reason" maxLength={1000} />
            </div>
            <div>
              <Button type="submit" look="grave">
                {words.withdrawNow}
              </Button>
            </div>
          </Form>
        </details>
      ) : null}
    </article>
  );
}

function PhotoUses({
  photos,
  locale,
}: {
  readonly photos: Readonly<
    Record<PhotoUse, { readonly isGiven: boolean; readonly isIdentifiable: boolean }>
  >;
  readonly locale: Locale;
}) {
  const words = consentWords[locale];
  return (
    <section className="stack">
      <h2>{words.photos}</h2>
      <ul className="spot-readings">
        {photoUses.map((use) => {
          const { isGiven, isIdentifiable } = photos[use];
          return (
            <li key={use}>
              <div className="row">
                <strong>{words.photoUses[use]}</strong>
                <Badge tone={isGiven ? 'verdigris' : 'plain'}>{isGiven ? words.given : words.notGiven}</Badge>
                {isGiven ? (
                  <>
                    <span className="soft small">
                      {isIdentifiable ? words.identifiable : words.notIdentifiable}
                    </span>
                    <Form method="post">
                      <input type="hidden" name="do" value="end-use" />
                      <Button type="submit" look="quiet" name="use" value={use}>
                        {words.endUse(words.photoUses[use])}
                      </Button>
                    </Form>
                  </>
                ) : null}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
